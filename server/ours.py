"""Records that the server itself writes: the staff directory, reference packs, blocks of numbers.

They go through the same push as everybody's, so laptops receive them like any other record.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import HLC_BITS, Clock, millis
from server.database import Database
from server.push import OURSELVES, push
from server.tables import LANE
from sync.protocol import Ack, Batch, Columns, decode, encode

Rows = Sequence[dict[str, Any]]

ATTEMPTS = 24  # when a whole office greets at once
OVERTAKEN = ("device-forked", "already")  # another process wrote under this number of our lane


def write(db: Database, clock: Clock, scope: str, entity: str, make: Callable[[Connection], Rows]) -> int:
    """Writes the new records that `make` finds wanting, with their `id`; how many.

    What is to be written is decided on what stands, and another process may be deciding the same: then it has taken
    the next number of our lane, the batch is not taken, and `make` looks again. ValueError when one is refused.
    """
    refused: object = "nobody answered"
    for attempt in range(ATTEMPTS):
        with db.read() as conn:
            last = conn.execute(_LAST, {"at_scope": scope}).scalar() or 0
            rows = make(conn)
        if not rows:
            return 0
        ack = decode(push(db, clock, OURSELVES, scope, encode(_batch(clock, scope, last + 1, entity, rows))), Ack)
        if ack.status == "done" and not ack.refused:
            return len(rows)
        refused = ack.refused or ack.status
        if refused not in OVERTAKEN:
            break
        time.sleep(0.002 * (attempt + 1) * secrets.randbelow(10))
    msg = f"{scope}: the server's own records were not taken, {refused}"
    raise ValueError(msg)


_LAST = sa.select(LANE.c.last_ctr).where(
    (LANE.c.scope == sa.bindparam("at_scope")) & (LANE.c.device == OURSELVES.device)
)


def _batch(clock: Clock, scope: str, ctr: int, entity: str, rows: Rows) -> Batch:
    stamp, hlc = clock.stamp(), millis(clock.now()) << HLC_BITS
    names = list(dict.fromkeys(name for row in rows for name in row if name not in ("id", "scope")))
    columns = [[row["id"] for row in rows], [hlc + n for n in range(len(rows))], [stamp] * len(rows)]
    columns += [[row.get(name) for row in rows] for name in names]
    return Batch(scope, ctr, [Columns(entity, ["id", "hlc", "created_at", *names], columns)])
