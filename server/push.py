"""One batch of one device in one scope: one transaction, taken once however often it is sent.

The scope's row is locked by the transaction's first statement, so within a scope the order of
commits is the order of sequence numbers, and nothing is decided on values that somebody else is
just changing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import plus
from models.clock import Clock, iso
from server.batches import Plan, read_batch
from server.database import Database
from server.merging import Work
from server.rows import fetch, put, record_row
from server.tables import BATCH, CHANGE, LANE, RECORD_TABLES, SCOPE
from sync.protocol import HLC_BITS, MAX_SKEW_MS, Ack, BadMessage, Status, body_hash, encode

ANSWERS_KEPT = 64  # of each lane, for a laptop that did not hear


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a device, and the person whose account it is. The server itself sends as `OURSELVES`."""

    device: str
    user: str


OURSELVES = Sender("00000000-0000-0000-0000-000000000000", "")


@dataclass(frozen=True, slots=True)
class ScopeState:
    head: int
    count: int
    sum: int


def push(db: Database, clock: Clock, sender: Sender, scope: str, body: bytes) -> bytes:
    """Takes a batch; the answer's bytes, the stored ones when it was taken before."""
    try:
        plan = read_batch(body, trusted=sender is OURSELVES)
    except BadMessage:
        return refusal(scope, 0, "invalid")
    digest = body_hash(body)
    now = clock.now()
    return db.write(lambda conn: _take(conn, plan, sender, digest, now))


def refusal(scope: str, ctr: int, status: Status) -> bytes:
    """The answer to a batch of which nothing was taken."""
    return encode(Ack(scope, ctr, status))


def _take(conn: Connection, plan: Plan, sender: Sender, digest: bytes, now: datetime) -> bytes:
    state = _lock(conn, plan.scope)
    if state is None:
        return refusal(plan.scope, plan.ctr, "no-grant")
    known = _answered_before(conn, plan, sender, digest)
    if known is not None:
        return known
    work = _merged(conn, plan, sender, state, now)
    count, total = _write_records(conn, work, state)
    put(conn, CHANGE, work.changes)
    ack = Ack(plan.scope, plan.ctr, "done", state.head, work.head, work.unseen, plan.refused + work.refused)
    answer = encode(ack)
    _close(conn, plan, sender, (digest, answer, iso(now)))
    conn.execute(_MOVE, {"at_scope": plan.scope, "new_head": work.head, "new_cnt": count, "new_sum": total})
    return answer


def _lock(conn: Connection, scope: str) -> ScopeState | None:
    """The scope's row, held until commit. An update in form only: it locks on every engine alike."""
    found = conn.execute(_LOCK, {"wanted": scope}).one_or_none()
    return None if found is None else ScopeState(*found)


_LOCK = (
    sa.update(SCOPE)
    .where(SCOPE.c.scope == sa.bindparam("wanted"))
    .values(head=SCOPE.c.head)
    .returning(SCOPE.c.head, SCOPE.c.cnt, SCOPE.c.sum)
)


def _answered_before(conn: Connection, plan: Plan, sender: Sender, digest: bytes) -> bytes | None:
    lane = {"at_scope": plan.scope, "of": sender.device}
    last = conn.execute(_LAST, lane).scalar() or 0
    if plan.ctr == last + 1:
        return None
    if plan.ctr > last:
        return refusal(plan.scope, plan.ctr, "gap")
    stored = conn.execute(_STORED, lane | {"number": plan.ctr}).one_or_none()
    if stored is None:
        return refusal(plan.scope, plan.ctr, "already")
    same = bytes(stored.body_hash) == digest
    return bytes(stored.answer) if same else refusal(plan.scope, plan.ctr, "device-forked")


_AT: sa.BindParameter[str] = sa.bindparam("at_scope")
_OF: sa.BindParameter[str] = sa.bindparam("of")
_NUMBER: sa.BindParameter[int] = sa.bindparam("number")
_LAST = sa.select(LANE.c.last_ctr).where((LANE.c.scope == _AT) & (LANE.c.device == _OF))
_LANE = (BATCH.c.scope == _AT) & (BATCH.c.device == _OF)
_STORED = sa.select(BATCH.c.body_hash, BATCH.c.answer).where(_LANE & (BATCH.c.ctr == _NUMBER))
_KEEP = sa.insert(BATCH)
_DROP = sa.delete(BATCH).where(_LANE & (BATCH.c.ctr <= _NUMBER))
_MOVE = (
    sa.update(SCOPE)
    .where(SCOPE.c.scope == _AT)
    .values(head=sa.bindparam("new_head"), cnt=sa.bindparam("new_cnt"), sum=sa.bindparam("new_sum"))
)


def _merged(conn: Connection, plan: Plan, sender: Sender, state: ScopeState, now: datetime) -> Work:
    latest = (int(now.timestamp() * 1000) + MAX_SKEW_MS) << HLC_BITS
    work = Work(conn, plan.scope, plan.ctr, sender.device, sender.user, state.head, latest, iso(now))
    ids: dict[str, set[str]] = {}
    for operation in plan.operations:
        ids.setdefault(operation.entity, set()).add(operation.id)
    for entity, wanted in ids.items():
        work.load(entity, fetch(conn, plan.scope, entity, wanted))
    for operation in plan.operations:
        work.apply(operation)
    work.finish()
    return work


def _write_records(conn: Connection, work: Work, state: ScopeState) -> tuple[int, int]:
    """Writes what changed; the scope's new count and sum of live records."""
    gained: list[int] = []
    lost: list[int] = []
    for entity, touched in work.touched().items():
        rows: list[tuple[Any, ...]] = []
        for row_id, image, before in touched:
            row, digest = record_row(work.scope, entity, row_id, image)
            rows.append(row)
            if image.deleted is None:
                gained.append(digest)
            if before is not None:
                lost.append(before)
        put(conn, RECORD_TABLES[entity], rows)
    return state.count + len(gained) - len(lost), plus(state.sum, gained, lost)


def _close(conn: Connection, plan: Plan, sender: Sender, stored: tuple[bytes, bytes, str]) -> None:
    """Moves the lane on and keeps the answer for a while."""
    digest, answer, at = stored
    put(conn, LANE, [(plan.scope, sender.device, plan.ctr)])
    lane = {"scope": plan.scope, "device": sender.device, "ctr": plan.ctr}
    conn.execute(_KEEP, lane | {"body_hash": digest, "answer": answer, "at": at})
    conn.execute(_DROP, {"at_scope": plan.scope, "of": sender.device, "number": plan.ctr - ANSWERS_KEPT})
