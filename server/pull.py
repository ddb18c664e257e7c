"""What a laptop has not seen of a scope: one consistent cut, in the order of sequence numbers.

A page never ends inside a batch, and it shows every record as it stood at its end: what was saved at
once is seen at once, also between two pages of a long read. Only what left the scope after that end is not in it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import ORIGIN, extra_text, extra_values, payload
from models.entities import SYNCED
from server.moving import moved_between
from server.rows import among
from server.tables import CHANGE, RECORD_TABLES, SCOPE
from sync.merge import by_unit
from sync.protocol import Check, Columns, Page

LONG_WAY = 20_000  # changes; from here on asking every table costs less than reading the changes

Row = Any  # a mapping of one record table's columns
Found = dict[str, list[Row]]  # by entity
Authors = dict[int, tuple[str, int]]  # seq: user, hlc


def check(conn: Connection, scope: str) -> Check | None:
    """How a scope stands; None when there is none."""
    found = conn.execute(_CHECK, {"wanted": scope}).one_or_none()
    return None if found is None else Check(found.head, found.cnt, found.sum, str(found.epoch), found.floor)


_CHECK = sa.select(SCOPE.c.head, SCOPE.c.cnt, SCOPE.c.sum, SCOPE.c.epoch, SCOPE.c.floor).where(
    SCOPE.c.scope == sa.bindparam("wanted")
)


def page(conn: Connection, scope: str, cursor: int, head: int, want: int) -> tuple[Page, int]:
    """The changes after `cursor`, at most about `want` of each entity, and how many they are.

    The page ends with the batch in which the first table was cut, so that nothing before its cursor is missing.
    """
    found = {name: _changed(conn, name, scope, cursor, want) for name in _concerned(conn, scope, cursor, head)}
    cut = {name: rows[-1]["_seq"] for name, rows in found.items() if len(rows) == want}
    end = _end_of_batch(conn, scope, min(cut.values()), head) if cut else head
    kept = {name: [row for row in rows if row["_seq"] <= end] for name, rows in found.items()}
    for name, last in cut.items():
        kept[name] += _changed(conn, name, scope, last, max(end - last, 0), end)
    beyond = [name for name, rows in found.items() if name in cut or (rows and rows[-1]["_seq"] > end)]
    for name in beyond:
        kept[name] += _overtaken(conn, scope, name, cursor, end)
    made = authors(conn, scope, _wanted_authors(kept, cursor))
    answer = Page(scope, end, moved=moved_between(conn, scope, cursor, end))
    for entity, rows in kept.items():
        _add(answer, entity, rows, cursor, made)
    if end < head:
        answer.ahead = conn.execute(_DELETIONS, {"wanted": scope, "after": cursor}).scalar_one()
    return answer, sum(map(len, kept.values()))


def _end_of_batch(conn: Connection, scope: str, seq: int, head: int) -> int:
    """The last number of the batch that `seq` belongs to: all its changes bear the same counter and moment."""
    here = {"wanted": scope, "at_seq": seq}
    ctr, moment = conn.execute(_MADE_IN, here).one()
    following = conn.execute(_NEXT_BATCH, here | {"ctr": ctr, "moment": moment}).scalar()
    return head if following is None else following - 1


_HERE = CHANGE.c.scope == sa.bindparam("wanted")
_DELETIONS = sa.select(sa.func.count()).where(_HERE & (CHANGE.c.seq > sa.bindparam("after")) & (CHANGE.c.op == "del"))
_SEQ: sa.BindParameter[int] = sa.bindparam("at_seq")
_MADE_IN = sa.select(CHANGE.c.ctr, CHANGE.c.at).where(_HERE & (CHANGE.c.seq == _SEQ))
_ANOTHER = (CHANGE.c.ctr != sa.bindparam("ctr")) | (CHANGE.c.at != sa.bindparam("moment"))
_NEXT_BATCH = sa.select(CHANGE.c.seq).where(_HERE & (CHANGE.c.seq > _SEQ) & _ANOTHER).order_by(CHANGE.c.seq).limit(1)


def _overtaken(conn: Connection, scope: str, name: str, cursor: int, end: int) -> list[dict[str, Any]]:
    """Records of which a change lies within the page but a later one behind it, as they stood at its end."""
    given = {"wanted": scope, "after": cursor, "end": end}
    rows = {str(row["id"]): row for row in conn.execute(_OVERTAKEN[name], given).mappings()}
    if not rows:
        return []
    where, ids = among(conn, "row_id", "uuid", rows)
    query = sa.text(
        f"SELECT row_id, seq, old FROM change WHERE scope = :scope AND entity = :entity AND seq > :after AND {where} "
        "ORDER BY seq DESC"
    )
    changes: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    asked = {"scope": scope, "entity": name, "after": cursor, "among": ids}
    for row_id, seq, old in conn.execute(query, asked):
        changes.setdefault(str(row_id), []).append((seq, extra_values(old)))
    return [_as_of(name, row, end, changes[row_id]) for row_id, row in rows.items()]


def _overtaken_query(table: sa.Table) -> sa.Select[Any]:
    within = (CHANGE.c.seq > sa.bindparam("after")) & (CHANGE.c.seq <= sa.bindparam("end"))
    changed = sa.select(CHANGE.c.row_id).where(
        (CHANGE.c.scope == sa.bindparam("wanted")) & (CHANGE.c.entity == table.name) & within
    )
    later = (table.c["_seq"] > sa.bindparam("end")) & (table.c["_created"] <= sa.bindparam("end"))
    return sa.select(table).where((table.c.scope == sa.bindparam("wanted")) & later & table.c.id.in_(changed))


_OVERTAKEN = {name: _overtaken_query(table) for name, table in RECORD_TABLES.items()}


def _as_of(name: str, row: Row, end: int, changes: Iterable[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    """A record without its changes after `end`; `changes` are the latest first, with what each replaced."""
    entity, carried = SYNCED[name], payload(SYNCED[name])
    values = {n: row[n] for n in carried} | extra_values(row["extra"])
    clocks = {unit: seq for unit, seq in _clocks(row).items() if seq <= end}
    for seq, old in changes:
        if seq > end:
            values |= old
        else:
            clocks = dict.fromkeys(map(entity.unit, old), seq) | clocks
    known = {n: values.pop(n) for n in carried}
    marks = {"extra": extra_text(values), "_clocks": msgspec.json.encode(clocks).decode(), "_deleted": None}
    return dict(row) | known | marks


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


_NO_END = (1 << 63) - 1


def _changed(conn: Connection, entity: str, scope: str, cursor: int, most: int, end: int = _NO_END) -> Sequence[Row]:
    given = {"wanted": scope, "after": cursor, "most": most, "end": end}
    return conn.execute(_CHANGED[entity], given).mappings().all()


def _changed_query(table: sa.Table) -> sa.Select[Any]:
    span = (table.c["_seq"] > sa.bindparam("after")) & (table.c["_seq"] <= sa.bindparam("end"))
    here = (table.c.scope == sa.bindparam("wanted")) & span
    return sa.select(table).where(here).order_by(table.c["_seq"]).limit(sa.bindparam("most"))


_CHANGED = {name: _changed_query(table) for name, table in RECORD_TABLES.items()}


def _clocks(row: Row) -> dict[str, int]:
    return msgspec.json.decode(row["_clocks"], type=dict[str, int]) if row["_clocks"] else {}


def _wanted_authors(found: Found, cursor: int) -> set[int]:
    """The numbers of the changes of records that the laptop may already hold."""
    wanted: set[int] = set()
    for row in (row for rows in found.values() for row in rows):
        if row["_deleted"] is not None:
            wanted.add(row["_deleted"])
        elif row["_created"] <= cursor:
            wanted |= {seq for seq in _clocks(row).values() if seq > cursor}
    return wanted


def authors(conn: Connection, scope: str, numbers: Collection[int]) -> Authors:
    """Who made these changes, and when by their clock."""
    if not numbers:
        return {}
    where, given = among(conn, "seq", "bigint", numbers)
    query = sa.text(f"SELECT seq, user_id, hlc FROM change WHERE scope = :scope AND {where}")
    return {seq: (user, hlc) for seq, user, hlc in conn.execute(query, {"scope": scope, "among": given})}


def _add(answer: Page, entity: str, rows: list[Row], cursor: int, made: Authors) -> None:
    """Puts one entity's records into a page: whole, as changed fields, or gone."""
    whole: list[Row] = []
    for row in rows:
        if row["_deleted"] is not None:
            # Also from cursor 0: a laptop may hold its own records before it has read anything.
            answer.gone.append((entity, str(row["id"]), *made[row["_deleted"]]))
        elif row["_created"] > cursor:
            whole.append(row)
        else:
            answer.upd += _patches(entity, row, cursor, made)
    if whole:
        answer.ins.append(columns(entity, whole))


def columns(entity: str, rows: Sequence[Row]) -> Columns:
    """Whole records, without the columns that are empty in all of them."""
    names = ("id", *payload(SYNCED[entity]), "extra")
    found = [(name, [row[name] for row in rows]) for name in names]
    filled = [(name, column) for name, column in found if any(v is not None for v in column)]
    return Columns(entity, [name for name, _ in filled], [column for _, column in filled])


def _patches(entity: str, row: Row, cursor: int, made: Authors) -> Iterable[tuple[str, str, str, int, Any]]:
    """The fields that changed after the cursor, once for each change that made them what they are."""
    values = {name: row[name] for name in payload(SYNCED[entity]) if name not in ORIGIN} | extra_values(row["extra"])
    units = by_unit(SYNCED[entity], values)
    changed: dict[int, dict[str, Any]] = {}
    for unit, seq in _clocks(row).items():
        if seq > cursor:
            changed.setdefault(seq, {}).update(units.get(unit, {unit: None}))
    return [(entity, str(row["id"]), *made[seq], values) for seq, values in sorted(changed.items())]
