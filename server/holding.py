"""Work that waits for a supervisor: sent by a laptop that was shut out, or where its person may not write.

Nothing of it stands in any record until it is accepted; then it is judged like every batch, as its
author's and with the bases it was made on. Refused work is kept.
"""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.attachments import ATTACHMENT
from models.clock import Clock, iso
from server.database import Database
from server.tables import HELD
from sync.protocol import Batch

Sent = tuple[str, str, int, bytes]  # device, user, counter, hash of the batch's bytes
REVOKED = "device-revoked"
_NAMESPACE = uuid.UUID("9d0c7f6e-2c53-5a0b-8f0e-51c1a3a7b3d4")


@dataclass(frozen=True, slots=True)
class Held:
    """One piece of waiting work, without its content."""

    id: str
    scope: str
    at: str
    device: str
    user: str
    reason: str
    operations: int
    state: str


def hold(conn: Connection, scope: str, sent: Sent, work: tuple[str, int, bytes], at: str) -> None:
    """Sets work aside: (reason, number of operations, the batch's bytes). The same bytes are kept once."""
    device, user, ctr, digest = sent
    reason, operations, body = work
    here = {"at_scope": scope, "of": device, "number": ctr, "hash": digest, "why": reason}
    if conn.execute(_KNOWN, here).first() is None:
        row = {"scope": scope, "device": device, "user_id": user, "ctr": ctr, "digest": digest, "reason": reason}
        name = "/".join((scope, device, str(ctr), digest.hex(), reason))
        held_id = str(uuid.uuid5(_NAMESPACE, name))
        conn.execute(_HOLD, row | {"id": held_id, "at": at, "operations": operations, "body": body, "state": "waiting"})


_HERE = (HELD.c.scope == sa.bindparam("at_scope")) & (HELD.c.device == sa.bindparam("of"))
_SAME = (HELD.c.ctr == sa.bindparam("number")) & (HELD.c.digest == sa.bindparam("hash"))
_KNOWN = sa.select(HELD.c.id).where(_HERE & _SAME & (HELD.c.reason == sa.bindparam("why")))
_HOLD = sa.insert(HELD)


def listed(db: Database, *, settled: bool = False) -> list[Held]:
    """What waits, oldest first; with `settled` also what was decided."""
    wanted = sa.true() if settled else HELD.c.state == "waiting"
    query = sa.select(HELD).where(wanted).order_by(HELD.c.at, HELD.c.ctr, HELD.c.id)
    with db.read() as conn:
        return [
            Held(str(r.id), r.scope, r.at, str(r.device), str(r.user_id), r.reason, r.operations, r.state)
            for r in conn.execute(query)
        ]


def content(conn: Connection, held_id: str) -> "sa.Row[tuple[object, ...]] | None":
    """A piece of waiting work, whole; None when there is none that waits."""
    return conn.execute(sa.select(HELD).where((HELD.c.id == held_id) & (HELD.c.state == "waiting"))).one_or_none()


def settle(conn: Connection, held_id: str, state: str, by: str, at: str) -> None:
    """Writes down what was decided."""
    conn.execute(sa.update(HELD).where(HELD.c.id == held_id).values(state=state, settled_by=by, settled_at=at))


def refuse(db: Database, clock: Clock, held_id: str, by: str) -> bool:
    """Decides that held work shall not count; False when it does not wait (any more)."""

    def work(conn: Connection) -> bool:
        if content(conn, held_id) is None:
            return False
        settle(conn, held_id, "refused", by, iso(clock.now()))
        return True

    return db.write(work)


def sorts(db: Database, held_id: str) -> dict[str, int]:
    """What held work is about, without its content: how many operations on records of each sort."""
    with db.read() as conn:
        body = conn.execute(sa.select(HELD.c.body).where(HELD.c.id == held_id)).scalar()
    batch: dict[str, Any] = msgspec.json.decode(bytes(body or b"{}"))
    found: Counter[str] = Counter()
    for columns in batch.get("ins", []):
        found[columns["t"]] += len(columns["c"][0])
    for part in ("upd", "del", "mov"):
        found.update(operation[0] for operation in batch.get(part, []))
    return dict(found)


def file_size(conn: Connection, device: str, scope: str, sha256: str) -> int | None:
    """The size of a file that a record in a device's held work names; None when none does."""
    mine = (HELD.c.device == device) & (HELD.c.scope == scope)
    for body in conn.execute(sa.select(HELD.c.body).where(mine)).scalars():
        for columns in msgspec.json.decode(bytes(body), type=Batch).ins:
            if columns.t == ATTACHMENT.name and {"sha256", "size"} <= set(columns.f):
                named = dict(zip(columns.c[columns.f.index("sha256")], columns.c[columns.f.index("size")], strict=True))
                if type(named.get(sha256)) is int:
                    return named[sha256]
    return None
