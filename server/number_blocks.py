"""Blocks of readable numbers: reserved once for each laptop in each scope that it may write.

The server alone gives them out, in the scope whose numbers they are, so no two laptops hold the same number however
long they are offline. A laptop that greets is given what it lacks; the block reaches it with the sync that follows.
What was given out after the backup from which a server came back is left free for those who hold it (`skip`).
"""

import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import Clock
from models.number_blocks import NUMBER_BLOCK, SIZES
from server import ours
from server.database import Database
from server.push import OURSELVES
from server.tables import RECORD_TABLES, SCOPE

SKIPPED = 5  # ranges of each series: laptops that may have become known in a scope since the backup
_TABLE = RECORD_TABLES[NUMBER_BLOCK.name]


def lacking(conn: Connection, device: str, scopes: Iterable[str]) -> list[str]:
    """The scopes in which a laptop has no block of some series yet."""
    return [scope for scope in scopes if {b.series for b in _blocks(conn, scope) if b.device == device} != SIZES.keys()]


def reserve(db: Database, clock: Clock, device: str, scope: str) -> None:
    """Gives a laptop the next free range of each series of a scope of which it has none."""
    ours.write(db, clock, scope, NUMBER_BLOCK.name, partial(_next, clock=clock, device=device, scope=scope))


def skip(db: Database, clock: Clock) -> None:
    """Once after a backup came back: passes over as many ranges as may have been given out since, in every scope."""
    with db.read() as conn:
        scopes = [scope for scope in conn.execute(sa.select(SCOPE.c.scope)).scalars() if _blocks(conn, scope)]
    for scope in scopes:
        passed = f"{OURSELVES.device[:-12]}{secrets.token_hex(6)}"  # of no laptop; another time, another range
        make = partial(_next, clock=clock, device=passed, scope=scope, times=SKIPPED)
        ours.write(db, clock, scope, NUMBER_BLOCK.name, make)


def _next(conn: Connection, *, clock: Clock, device: str, scope: str, times: int = 1) -> list[dict[str, Any]]:
    standing = _blocks(conn, scope)
    made: list[dict[str, Any]] = []
    for series, size in SIZES.items():
        if not any(b.series == series and b.device == device for b in standing):
            first = max((b.last for b in standing if b.series == series), default=0) + 1
            last = first + times * size - 1
            block = {"series": series, "region": scope, "device": device, "first": first, "last": last}
            made.append({"id": clock.new_id()} | block | {"reserved_on": clock.today().isoformat()})
    return made


def _blocks(conn: Connection, scope: str) -> "list[sa.Row[Any]]":
    """Every block of a scope, also of laptops that are gone: what was given out once is not given again."""
    return list(conn.execute(_BLOCKS, {"at_scope": scope}).all())


_BLOCKS = sa.select(_TABLE.c.series, _TABLE.c.device, _TABLE.c.last).where(_TABLE.c.scope == sa.bindparam("at_scope"))
