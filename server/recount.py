"""The weekly look at what is stored: each record against the hash that was counted for it, each scope against its sum.

Whoever writes to the tables past this program (a hand-made UPDATE, a failing disk) leaves a record
that no longer has its hash. It is named here and told to no laptop, until an administrator has looked
at it and says `--accept`: what stands is then an edit of the server's own and reaches every laptop.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import ORIGIN, plus
from models.clock import HLC_BITS, Clock, iso, millis
from models.entities import SYNCED
from server import staff
from server.database import Database
from server.push import OURSELVES, lock
from server.rows import fetch, hash_of, put, record_row
from server.tables import CHANGE, RECORD_TABLES, SCOPE

COUNTED = "recounted"


@dataclass(frozen=True, slots=True)
class Damage:
    """A record whose stored values are not those that were counted; an empty entity means the scope's sum itself."""

    scope: str
    entity: str = ""
    row_id: str = ""


def recount(db: Database, clock: Clock) -> list[Damage]:
    """Recomputes every hash and every sum from the stored rows; what does not fit."""
    with db.read() as conn:
        scopes = conn.execute(sa.select(SCOPE.c.scope).order_by(SCOPE.c.scope)).scalars().all()
    found: list[Damage] = []
    for scope in scopes:
        with db.read() as conn:
            found += _damages(conn, scope)
    subject = ", ".join(f"{d.scope} {d.entity} {d.row_id}".strip() for d in found[:20])
    db.write(lambda conn: staff.note(conn, clock, "", COUNTED, subject))
    return found


def _damages(conn: Connection, scope: str) -> Iterator[Damage]:
    counted: list[int] = []
    for name, table in RECORD_TABLES.items():
        query = sa.select(table).where((table.c.scope == scope) & table.c["_deleted"].is_(None))
        for row in conn.execute(query.execution_options(yield_per=1_000)).mappings():
            counted.append(row["_h"])
            if hash_of(name, row) != row["_h"]:
                yield Damage(scope, name, str(row["id"]))
    standing = conn.execute(sa.select(SCOPE.c.cnt, SCOPE.c.sum).where(SCOPE.c.scope == scope)).one()
    if tuple(standing) != (len(counted), plus(0, counted)):
        yield Damage(scope)


def accept(db: Database, clock: Clock, damages: Iterable[Damage]) -> None:
    """Lets stand what stands: each record gets the next number of its scope, each scope the sum of its records."""
    by_scope: dict[str, list[Damage]] = {}
    for damage in damages:
        by_scope.setdefault(damage.scope, []).append(damage)
    for scope, found in by_scope.items():
        db.write(lambda conn, scope=scope, found=found: _accept(conn, clock, scope, found))


def _accept(conn: Connection, clock: Clock, scope: str, damages: list[Damage]) -> None:
    state = lock(conn, [scope])[scope]
    assert state is not None  # noqa: S101 - it was just read
    head, now = state.head, clock.now()
    stamp, at = millis(now) << HLC_BITS, iso(now)
    for damage in (d for d in damages if d.entity):
        head += 1
        image = fetch(conn, scope, damage.entity, [damage.row_id])[damage.row_id].image
        entity = SYNCED[damage.entity]
        image.clocks = dict.fromkeys((entity.unit(n) for n in image.values if n not in ORIGIN), head)
        image.seq = head
        put(conn, RECORD_TABLES[damage.entity], [record_row(scope, damage.entity, damage.row_id, image)[0]])
        change = (scope, head, damage.entity, damage.row_id, OURSELVES.device, "", 0, stamp, head - 1, "upd", None, at)
        put(conn, CHANGE, [change])
        staff.note(conn, clock, "", "accepted", f"{scope} {damage.entity} {damage.row_id}")
    counted = [row for name in RECORD_TABLES for row in _hashes(conn, scope, name)]
    standing = {"head": head, "cnt": len(counted), "sum": plus(0, counted)}
    conn.execute(sa.update(SCOPE).where(SCOPE.c.scope == scope).values(**standing))


def _hashes(conn: Connection, scope: str, entity: str) -> Iterable[Any]:
    table = RECORD_TABLES[entity]
    live = (table.c.scope == scope) & table.c["_deleted"].is_(None)
    return conn.execute(sa.select(table.c["_h"]).where(live)).scalars()
