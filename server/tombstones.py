"""Deletions are remembered for a year; then the scope's floor rises over them.

A laptop that read the scope up to a number below the floor may have missed some, so it reads the scope
anew: what it holds and the server no longer knows was deleted.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import Clock, iso
from server.database import Database
from server.push import lock
from server.tables import CHANGE, RECORD_TABLES, SCOPE

KEPT = timedelta(days=365)


def purge(db: Database, clock: Clock, kept: timedelta = KEPT) -> int:
    """Forgets the deletions that are older; how many."""
    with db.read() as conn:
        scopes = conn.execute(sa.select(SCOPE.c.scope).order_by(SCOPE.c.scope)).scalars().all()
    before = clock.now() - kept
    return sum(db.write(lambda conn, scope=scope: _purge(conn, scope, before)) for scope in scopes)


def _purge(conn: Connection, scope: str, before: datetime) -> int:
    lock(conn, [scope])
    is_old = (CHANGE.c.scope == scope) & (CHANGE.c.op == "del") & (CHANGE.c.at < iso(before))
    old = sa.select(CHANGE.c.seq).where(is_old)
    forgotten: list[int] = []
    for name in conn.execute(sa.select(CHANGE.c.entity).where(is_old).distinct()).scalars().all():
        table = RECORD_TABLES[name]
        mark = table.c["_deleted"]
        dead = sa.delete(table).where((table.c.scope == scope) & mark.in_(old)).returning(mark)
        forgotten += conn.execute(dead).scalars()
    if forgotten:
        raised = sa.update(SCOPE).where((SCOPE.c.scope == scope) & (SCOPE.c.floor < max(forgotten)))
        conn.execute(raised.values(floor=max(forgotten)))
    return len(forgotten)
