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
from models.clock import HLC_BITS, Clock, iso, millis
from server.batches import Operation, Plan, batch_of, read_batch
from server.database import Database
from server.holding import REVOKED, content, hold, settle
from server.merging import Work
from server.moving import Elsewhere, Works, locking
from server.rights import WRITE, Right
from server.rows import fetch, put, record_row
from server.tables import BATCH, CHANGE, LANE, RECORD_TABLES, SCOPE
from sync.protocol import MAX_SKEW_MS, Ack, BadMessage, Status, body_hash, encode

ANSWERS_KEPT = 64  # of each lane, for a laptop that did not hear


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a device, and the person whose account it is. The server itself sends as `OURSELVES`."""

    device: str
    user: str


OURSELVES = Sender("00000000-0000-0000-0000-000000000000", "")


@dataclass(frozen=True, slots=True)
class Offer:
    """How a batch was handed in: by whom, as which bytes, when, and what they may do there."""

    sender: Sender
    digest: bytes
    now: datetime
    right: Right = WRITE


@dataclass(frozen=True, slots=True)
class ScopeState:
    head: int
    count: int
    sum: int
    epoch: object


States = dict[str, ScopeState | None]


def push(db: Database, clock: Clock, sender: Sender, scope: str, body: bytes, right: Right = WRITE) -> bytes:
    """Takes a batch; the answer's bytes, the stored ones when it was taken before."""
    try:
        plan = read_batch(body, trusted=sender is OURSELVES)
    except BadMessage:
        return refusal(scope, 0, "invalid")
    offer = Offer(sender, body_hash(body), clock.now(), right)
    return locking(db, {plan.scope} | plan.targets, lambda conn, scopes: _take(conn, plan, offer, scopes))


def refusal(scope: str, ctr: int, status: Status) -> bytes:
    """The answer to a batch of which nothing was taken."""
    return encode(Ack(scope, ctr, status))


def _take(conn: Connection, plan: Plan, offer: Offer, scopes: list[str]) -> bytes:
    states = lock(conn, scopes)
    state = states[plan.scope]
    if state is None:
        return refusal(plan.scope, plan.ctr, "no-grant")
    if plan.epoch not in ("", str(state.epoch)):  # its bases count in numbers that were lost
        return refusal(plan.scope, plan.ctr, "gap")
    known = _answered_before(conn, plan, offer.sender, offer.digest)
    if known is not None:
        return known
    answer = encode(apply(conn, plan, offer, states))
    _close(conn, plan, offer.sender, (offer.digest, answer, iso(offer.now)))
    return answer


def apply(conn: Connection, plan: Plan, offer: Offer, states: States) -> Ack:
    """Does what a batch asks for, as far as its sender may; what they may not waits for a supervisor."""
    held: dict[str, list[Operation]] = {}
    works = _begin(conn, plan, offer, states)
    waiting = offer.right.waiting(plan.operations, works.main.has)
    for operation in plan.operations:
        if operation.place in waiting:
            held.setdefault(waiting[operation.place], []).append(operation)
        elif operation.act == "mov" and operation.target not in offer.right.targets:
            works.main.refused.append((operation.place, "target"))
        else:
            works.apply(operation)
    works.finish()
    for work in works.every():
        _write(conn, work, states[work.scope])
    for reason, operations in held.items():
        batch = encode(batch_of(plan, operations))
        sent = offer.sender.device, offer.sender.user, plan.ctr, offer.digest
        hold(conn, plan.scope, sent, (reason, len(operations), batch), iso(offer.now))
    state, main = states[plan.scope], works.main
    assert state is not None  # noqa: S101 - a batch is only taken in a scope that stands
    refused = plan.refused + [one for work in works.every() for one in work.refused]
    unseen = [change for change in main.unseen if change[:2] not in main.left]
    # Whoever brought a deleted record back may hold it elsewhere by now: the page sends it whole to everybody.
    first = main.head if main.revived else state.head
    return Ack(plan.scope, plan.ctr, "done", first, main.head, unseen, refused, sorted(waiting), works.moved)


def _begin(conn: Connection, plan: Plan, offer: Offer, states: States) -> Works:
    """The batch's work, with the records that it names."""
    sender, now = offer.sender, offer.now
    latest = (millis(now) + MAX_SKEW_MS) << HLC_BITS

    def make(scope: str) -> Work | None:
        if scope not in states:
            raise Elsewhere(scope)
        state = states[scope]
        if state is None:
            return None
        ctr = plan.ctr if scope == plan.scope else 0  # elsewhere it is no batch of this lane
        return Work(conn, scope, ctr, sender.device, sender.user, state.head, latest, iso(now))

    main = make(plan.scope)
    assert main is not None  # noqa: S101 - a batch is only taken in a scope that stands
    ids: dict[str, set[str]] = {}
    for operation in plan.operations:
        ids.setdefault(operation.entity, set()).add(operation.id)
    for entity, wanted in ids.items():
        main.load(entity, fetch(conn, main.scope, entity, wanted))
    works = Works(conn, main, make)
    works.look(plan.operations)
    return works


def withhold(conn: Connection, sender: Sender, body: bytes, now: datetime) -> bytes:
    """Keeps a whole batch for a supervisor; the stored answer when it was taken while its sender still might."""
    try:
        plan = read_batch(body)
    except BadMessage:
        return refusal("", 0, "invalid")
    digest = body_hash(body)
    taken = conn.execute(_STORED, {"at_scope": plan.scope, "of": sender.device, "number": plan.ctr}).one_or_none()
    if taken is not None and bytes(taken.body_hash) == digest:
        return bytes(taken.answer)
    sent = sender.device, sender.user, plan.ctr, digest
    count = len(plan.operations) + len(plan.refused)
    hold(conn, plan.scope, sent, (REVOKED, count, body), iso(now))
    return refusal(plan.scope, plan.ctr, "held")


def accept(db: Database, clock: Clock, held_id: str, by: str) -> Ack | None:
    """Does what held work asks for, as its author's; None when it does not wait (any more)."""
    with db.read() as conn:
        found = content(conn, held_id)
    if found is None:
        return None
    plan = read_batch(bytes(found.body))
    now = clock.now()
    offer = Offer(
        Sender(str(found.device), str(found.user_id)), bytes(found.digest), now, Right(targets=frozenset(plan.targets))
    )

    def work(conn: Connection, scopes: list[str]) -> Ack | None:
        states = lock(conn, scopes)
        if states[plan.scope] is None or content(conn, held_id) is None:
            return None
        settle(conn, held_id, "accepted", by, iso(now))
        return apply(conn, plan, offer, states)

    return locking(db, {plan.scope} | plan.targets, work)


def lock(conn: Connection, scopes: list[str]) -> States:
    """The rows of these scopes, held until commit; None for one that does not stand.

    An update in form only: it locks on every engine alike.
    """
    found = {scope: conn.execute(_LOCK, {"wanted": scope}).one_or_none() for scope in scopes}
    return {scope: None if row is None else ScopeState(*row) for scope, row in found.items()}


_LOCK = (
    sa.update(SCOPE)
    .where(SCOPE.c.scope == sa.bindparam("wanted"))
    .values(head=SCOPE.c.head)
    .returning(SCOPE.c.head, SCOPE.c.cnt, SCOPE.c.sum, SCOPE.c.epoch)
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


def _write(conn: Connection, work: Work, state: ScopeState | None) -> None:
    """Writes what changed in a scope, its head, its count and sum of live records."""
    assert state is not None  # noqa: S101 - work begins only in a scope that stands
    gained: list[int] = []
    lost = [digest for digest in map(work.hash_before, work.left) if digest is not None]
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
    put(conn, CHANGE, work.changes)
    count, total = state.count + len(gained) - len(lost), plus(state.sum, gained, lost)
    conn.execute(_MOVE, {"at_scope": work.scope, "new_head": work.head, "new_cnt": count, "new_sum": total})


def _close(conn: Connection, plan: Plan, sender: Sender, stored: tuple[bytes, bytes, str]) -> None:
    """Moves the lane on and keeps the answer for a while."""
    digest, answer, at = stored
    put(conn, LANE, [(plan.scope, sender.device, plan.ctr)])
    lane = {"scope": plan.scope, "device": sender.device, "ctr": plan.ctr}
    conn.execute(_KEEP, lane | {"body_hash": digest, "answer": answer, "at": at})
    conn.execute(_DROP, {"at_scope": plan.scope, "of": sender.device, "number": plan.ctr - ANSWERS_KEPT})
