"""What a laptop has not seen of a scope: one consistent cut, in the order of sequence numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import ORIGIN, extra_values, payload
from models.entities import SYNCED
from server.rows import among
from server.tables import CHANGE, RECORD_TABLES, SCOPE
from sync.merge import by_unit
from sync.protocol import Check, Columns, Page

LONG_WAY = 20_000  # changes; from here on asking every table costs less than reading the changes

Row = Any  # a mapping of one record table's columns
Authors = dict[int, tuple[str, int]]  # seq: user, hlc


def check(conn: Connection, scope: str) -> Check | None:
    """How a scope stands; None when there is none."""
    found = conn.execute(_CHECK, {"wanted": scope}).one_or_none()
    return None if found is None else Check(found.head, found.cnt, found.sum, str(found.epoch))


_CHECK = sa.select(SCOPE.c.head, SCOPE.c.cnt, SCOPE.c.sum, SCOPE.c.epoch).where(SCOPE.c.scope == sa.bindparam("wanted"))


def page(conn: Connection, scope: str, cursor: int, head: int, want: int) -> tuple[Page, int]:
    """The changes after `cursor`, at most about `want` of each entity, and how many they are.

    The page ends where the first table was cut, so that nothing before its cursor is missing.
    """
    found = {name: _changed(conn, name, scope, cursor, want) for name in _concerned(conn, scope, cursor, head)}
    end = min([head, *(rows[-1]["_seq"] for rows in found.values() if len(rows) == want)])
    kept = {name: [row for row in rows if row["_seq"] <= end] for name, rows in found.items()}
    authors = _authors(conn, scope, cursor, kept)
    answer = Page(scope, end)
    for entity, rows in kept.items():
        _add(answer, entity, rows, cursor, authors)
    return answer, sum(map(len, kept.values()))


def _concerned(conn: Connection, scope: str, cursor: int, head: int) -> list[str]:
    """The entities with changes after the cursor, in the declared order; all of them when that is quicker."""
    if head - cursor > LONG_WAY:
        return list(RECORD_TABLES)
    found = set(conn.execute(_ENTITIES, {"wanted": scope, "after": cursor}).scalars())
    return [name for name in RECORD_TABLES if name in found]


_ENTITIES = (
    sa.select(CHANGE.c.entity)
    .where((CHANGE.c.scope == sa.bindparam("wanted")) & (CHANGE.c.seq > sa.bindparam("after")))
    .distinct()
)


def _changed(conn: Connection, entity: str, scope: str, cursor: int, want: int) -> Sequence[Row]:
    return conn.execute(_CHANGED[entity], {"wanted": scope, "after": cursor, "most": want}).mappings().all()


def _changed_query(table: sa.Table) -> sa.Select[Any]:
    here = (table.c.scope == sa.bindparam("wanted")) & (table.c["_seq"] > sa.bindparam("after"))
    return sa.select(table).where(here).order_by(table.c["_seq"]).limit(sa.bindparam("most"))


_CHANGED = {name: _changed_query(table) for name, table in RECORD_TABLES.items()}


def _clocks(row: Row) -> dict[str, int]:
    return msgspec.json.decode(row["_clocks"], type=dict[str, int]) if row["_clocks"] else {}


def _authors(conn: Connection, scope: str, cursor: int, found: dict[str, list[Row]]) -> Authors:
    """Who made each change of a record that the laptop may already hold."""
    wanted: set[int] = set()
    for row in (row for rows in found.values() for row in rows):
        if row["_deleted"] is not None:
            wanted.add(row["_deleted"])
        elif row["_created"] <= cursor:
            wanted |= {seq for seq in _clocks(row).values() if seq > cursor}
    if not wanted:
        return {}
    where, given = among(conn, "seq", "bigint", wanted)
    query = sa.text(f"SELECT seq, user_id, hlc FROM change WHERE scope = :scope AND {where}")
    return {seq: (user, hlc) for seq, user, hlc in conn.execute(query, {"scope": scope, "among": given})}


def _add(answer: Page, entity: str, rows: list[Row], cursor: int, authors: Authors) -> None:
    """Puts one entity's records into a page: whole, as changed fields, or gone."""
    whole: list[Row] = []
    for row in rows:
        if row["_deleted"] is not None:
            # Also from cursor 0: a laptop may hold its own records before it has read anything.
            answer.gone.append((entity, str(row["id"]), *authors[row["_deleted"]]))
        elif row["_created"] > cursor:
            whole.append(row)
        else:
            answer.upd += _patches(entity, row, cursor, authors)
    if whole:
        answer.ins.append(_columns(entity, whole))


def _columns(entity: str, rows: list[Row]) -> Columns:
    names = ("id", *payload(SYNCED[entity]), "extra")
    columns = [(name, [row[name] for row in rows]) for name in names]
    filled = [(name, column) for name, column in columns if any(v is not None for v in column)]
    return Columns(entity, [name for name, _ in filled], [column for _, column in filled])


def _patches(entity: str, row: Row, cursor: int, authors: Authors) -> Iterable[tuple[str, str, str, int, Any]]:
    """The fields that changed after the cursor, once for each change that made them what they are."""
    values = {name: row[name] for name in payload(SYNCED[entity]) if name not in ORIGIN} | extra_values(row["extra"])
    units = by_unit(SYNCED[entity], values)
    changed: dict[int, dict[str, Any]] = {}
    for unit, seq in _clocks(row).items():
        if seq > cursor:
            changed.setdefault(seq, {}).update(units.get(unit, {unit: None}))
    return [(entity, str(row["id"]), *authors[seq], values) for seq, values in sorted(changed.items())]
