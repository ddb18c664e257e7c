"""One sync, as a list of steps: greet, then take, exchange and settle until nothing is left, then prove.

The engine reaches the database only through `Access`, which runs a short piece of work wherever the
store lives; between those pieces it waits for the network without holding anything. Whatever breaks
between two steps, the next run goes on from there.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec import Raw

from models import (
    braking,
    care,
    departing,
    erasure,
    inbox,
    laptops,
    outbox,
    receipts,
    setting_aside,
    verifying,
)
from models.braking import Brake
from models.clock import HLC_BITS, SYSTEM, Clock, from_iso, millis
from models.errors import DeviceRevoked, SyncTrouble
from models.i18n import Words
from models.outbox import Flying
from models.reference_packs import REFERENCE_PACK, take_into_use
from models.store import Changes, Store
from sync import anew, sealing, segments, verify, words
from sync.link import Access, Link, MassDeletion, NotThere, Offline
from sync.protocol import PROTO, Ack, Check, Hello, Page, SyncAnswer, SyncRequest, decode, schema_hash

FIRST_SIZE, LEAST_SIZE, LARGEST_SIZE = 200, 25, 4_000  # records of a batch
WANTED = 2_000  # records of an entity in a page; larger pages are no faster and cost memory
QUICK = 1.0  # seconds; an answer within this doubles the next batch
MOST_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running sync is, in records."""

    sent: int
    total: int


@dataclass(slots=True)
class Outcome:
    """What a sync did. `equal` says whether every scope has the server's count and sum."""

    sent: int = 0
    received: int = 0
    refused: int = 0
    held: int = 0  # records that the server keeps for a supervisor
    offline: bool = False
    shut_out: bool = False  # the office let this laptop in no more: it only hands in
    equal: bool | None = None
    unequal: tuple[str, ...] = ()
    mended: list[verify.Mended] = field(default_factory=list)  # records that differed and were fetched again
    compared_anew: tuple[str, ...] = ()  # scopes that had to be pulled once more to become equal
    skew: timedelta | None = None  # by how much the laptop is ahead, when that is worth telling
    reason: Words | None = None  # what needs help
    brake: Brake | None = None  # so much would be deleted that a person decides: `braking.allow`
    deleted: Counter[str] = field(default_factory=Counter[str])  # by scope, what others deleted
    changes: Changes = field(default_factory=Changes)
    sent_of: Counter[str] = field(default_factory=Counter[str])  # by entity, for the receipt
    received_of: Counter[str] = field(default_factory=Counter[str])
    seal: receipts.Seal | None = None  # the server's signature on its last answer


class Engine:
    """Brings one account and the server together; made once and run as often as wanted."""

    def __init__(
        self, access: Access, link: Link, clock: Clock = SYSTEM, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._access = access
        self._link = link
        self._clock = clock
        self._timer = timer
        self._size = FIRST_SIZE
        self._greeted = False

    def run(self, tell: Callable[[Progress], object] = lambda _: None) -> Outcome:
        """One whole sync. Being offline is an outcome; what needs help stands in `reason`."""
        outcome = Outcome()
        if self._access(outbox.came_back):
            outcome.reason = words.STATUS["device-forked"]
            return outcome
        try:
            if self._access(verifying.due):
                verify.recount(self._access)
            self._agree(outcome, tell)
            self._access(braking.forget)
            if outcome.equal:
                outcome.changes |= self._access(departing.vanished)
                outcome.changes |= self._access(setting_aside.set_back)
            if outcome.unequal:
                outcome.reason = words.UNEQUAL
            elif stranded := self._access(care.stranded):
                outcome.reason = care.NO_EVENT.fill(count=stranded)
        except Offline:
            outcome.offline = True
            self._size = max(self._size // 2, LEAST_SIZE)
        except DeviceRevoked as trouble:
            self._hand_in(outcome, trouble)
        except SyncTrouble as trouble:
            outcome.reason = trouble.words
            outcome.brake = trouble.brake if isinstance(trouble, MassDeletion) else None
        return outcome

    def _hand_in(self, outcome: Outcome, trouble: DeviceRevoked) -> None:
        """A laptop that was shut out hands in what was never sent; nothing on it is deleted."""
        outcome.reason = trouble.words
        self._access(outbox.shut_out)
        outcome.shut_out = True
        try:
            while batches := self._access(lambda store: outbox.take(store, LARGEST_SIZE)):
                acks = self._link.hand_in([batch.body for batch in batches]).acks
                if settle(self._access, SyncAnswer("", acks), _sizes(batches), outcome):
                    break
        except Offline:
            outcome.offline = True
        if outcome.held:
            outcome.reason = words.HANDED_IN.fill(count=outcome.held)

    def _agree(self, outcome: Outcome, tell: Callable[[Progress], object]) -> None:
        """Exchanges until both sides hold the same: what differs is named and fetched; reading all anew comes last."""
        for cure in (self._mend, self._mend, self._pull_again):
            if self._prove(self._exchange_all(outcome, tell), outcome):
                return
            cure(outcome)
        self._prove(self._exchange_all(outcome, tell), outcome)

    def _mend(self, outcome: Outcome) -> None:
        """Finds the records that differ and fetches only those; a server's own damage is told, not taken over."""
        for scope in outcome.unequal:
            try:
                found = verify.mend(self._access, self._link, scope)
            except NotThere:  # an older server
                continue
            outcome.changes |= found.changes
            outcome.mended += found.mended
            damaged = next((one.title for one in found.mended if one.on_server), None)
            if damaged is not None:
                raise SyncTrouble(words.DAMAGED_ON_SERVER.fill(title=damaged))

    def _exchange_all(self, outcome: Outcome, tell: Callable[[Progress], object]) -> dict[str, Check]:
        """Round trips until nothing is left on either side; how the scopes stand after the last one."""
        while True:
            if not self._greeted:
                self._greet(outcome)
            batches = self._access(lambda store: outbox.take(store, self._size))
            tell(self._progress(outcome))
            answer = self._exchange(batches)
            if self._remembers(answer.check):
                self._settle(answer, batches, outcome)
                more = answer.more or self._access(lambda store, check=answer.check: anew.is_ahead(store, check))
                if not (more or answer.grants or self._access(outbox.sendable)):
                    tell(self._progress(outcome))
                    return answer.check

    def _progress(self, outcome: Outcome) -> Progress:
        return Progress(outcome.sent, outcome.sent + self._access(outbox.waiting))

    def _greet(self, outcome: Outcome) -> None:
        """Takes over the grants; starts a scope over when the server lost its memory of it."""
        hello = self._link.hello()
        self._compare_clocks(hello.now, outcome)
        granted = {scope: state.access for scope, state in hello.scopes.items()}
        self._access(lambda store: outbox.set_grants(store, hello.grants, granted))
        self._access(lambda store: _meet(store, hello))
        self._access(lambda store: outbox.meet_schema(store, hello.schema))
        self._access(lambda store: laptops.note(store, hello.laptops))
        self._access(lambda store: sealing.hear(store, hello.proof_key))
        arrived = segments.first_read(self._access, self._link, hello)
        outcome.changes |= arrived
        outcome.received += len(arrived.items)
        outcome.received_of.update(change.entity for change in arrived.items)
        self._greeted = True

    def _exchange(self, batches: Sequence[Flying]) -> SyncAnswer:
        """One round trip; a quick answer makes the next batch larger."""
        scopes, version = self._access(lambda store: (outbox.scopes(store), outbox.grants_version(store)))
        cursors = {scope.scope: scope.cursor for scope in scopes.values()}
        request = SyncRequest(PROTO, schema_hash(), [Raw(batch.body) for batch in batches], cursors, version, WANTED)
        began = self._timer()
        answer = self._link.sync(request)
        if self._timer() - began < QUICK:
            self._size = min(self._size * 2, LARGEST_SIZE)
        return answer

    def _remembers(self, check: dict[str, Check]) -> bool:
        """Whether the server is still the one that this laptop knows; if not, it is greeted anew."""
        scopes = self._access(outbox.scopes)
        strange = [s for s, now in check.items() if s in scopes and _is_strange(scopes[s], now.epoch, now.head)]
        self._greeted = self._greeted and not strange
        return not strange

    def _settle(self, answer: SyncAnswer, batches: Sequence[Flying], outcome: Outcome) -> None:
        """Applies an answer: what was sent is done, what others changed is taken over."""
        self._compare_clocks(answer.now, outcome)
        outcome.seal = self._access(lambda store: sealing.seal(store, answer))
        failed = settle(self._access, answer, _sizes(batches), outcome)
        if failed or len(answer.acks) != len(batches):
            raise SyncTrouble(words.STATUS[(failed or ["invalid"])[0]])

    def _compare_clocks(self, server: str, outcome: Outcome) -> None:
        """A wrong clock is told, never used for order; from now on edits count as later than the server's time."""
        now = from_iso(server)
        ahead = self._clock.now() - now
        outcome.skew = ahead if abs(ahead) > MOST_SKEW else None
        stamp = millis(now) << HLC_BITS
        self._access(lambda store: outbox.hear_clock(store, stamp))

    def _prove(self, check: dict[str, Check], outcome: Outcome) -> bool:
        """Compares count and sum of every scope with the server's."""
        scopes = self._access(outbox.scopes)
        here = {s: (scope.cursor, scope.count, scope.sum) for s, scope in scopes.items()}
        outcome.unequal = tuple(s for s, now in check.items() if here.get(s) != (now.head, now.count, now.sum))
        outcome.equal = not outcome.unequal
        return outcome.equal

    def _pull_again(self, outcome: Outcome) -> None:
        outcome.compared_anew = outcome.unequal
        for scope in outcome.unequal:
            self._access(lambda store, scope=scope: verifying.read_anew(store, scope))


def _sizes(batches: Sequence[Flying]) -> dict[tuple[str, int], int]:
    return {(batch.scope, batch.ctr): batch.records for batch in batches}


def settle(
    access: Access,
    answer: SyncAnswer,
    sizes: Mapping[tuple[str, int], int],
    outcome: Outcome,
    since: Mapping[str, int] | None = None,
) -> list[str]:
    """Applies an answer, whichever way it came; the statuses of the batches that were not taken.

    `sizes` says how many records each batch (scope, ctr) holds, `since` where the pages begin: from where this laptop
    stands, unless the answer is an old one.
    """
    acks = [decode(bytes(raw), Ack) for raw in answer.acks]
    for ack in acks:
        if ack.status == "done":
            changes, sent = access(lambda store, ack=ack: _take_in(store, ack))
            outcome.changes |= changes
            outcome.sent_of.update(sent)
            outcome.sent += sizes.get((ack.scope, ack.ctr), 0) - len(ack.refused) - len(ack.held)
            outcome.refused += sum(reason != inbox.UNKNOWN for _, reason in ack.refused)
            outcome.held += len(ack.held)
        elif ack.status == "held":
            access(lambda store, ack=ack: outbox.handed_in(store, ack.scope, ack.ctr))
            outcome.held += sizes.get((ack.scope, ack.ctr), 0)
    pages = access(lambda store: _news(store, answer, since))
    access(lambda store: _brake(store, pages, outcome))
    for page in pages:
        changes = access(lambda store, page=page: _turn(store, page))
        if changes.touches(REFERENCE_PACK.name):
            access(take_into_use)
        arrived = {(change.entity, change.id) for change in changes.items}
        outcome.received += len(arrived)
        outcome.received_of.update(entity for entity, _ in arrived)
        outcome.changes |= changes
    outcome.changes |= access(lambda store: anew.finish(store, answer.check))
    granted = answer.grants
    if granted is not None:
        outcome.changes |= access(lambda store: outbox.set_grants(store, granted.ver, dict(granted.scopes)))
    outcome.changes |= access(departing.sweep)
    return [ack.status for ack in acks if ack.status not in ("done", "held")]


def _news(store: Store, answer: SyncAnswer, since: Mapping[str, int] | None) -> list[Page]:
    """The pages that go on from where this laptop stands.

    An answer that knows nothing of a batch in flight is older than it, and so are its pages of that scope; the same
    holds for one of before the floor rose at which a scope is read anew. One that is older than what was read of any
    scope brings none: a record may have moved on since, and come back to where it was read already.
    """
    stands = {s: at.cursor for s, at in outbox.scopes(store).items()}
    if any(stands.get(s, 0) > now.head for s, now in answer.check.items()):
        return []
    begin = since if since is not None else stands
    anew.begin(store, answer.check)
    begun = verifying.reading_anew(store)
    late = {batch.scope for batch in outbox.flying(store)}
    late |= {s for s, now in answer.check.items() if begun.get(s, 0) > now.floor}
    here = {s: at.cursor for s, at in outbox.scopes(store).items() if s not in late}
    return [p for p in answer.pages if p.scope in here and begin.get(p.scope, 0) <= here[p.scope] < p.cursor]


def _brake(store: Store, pages: Sequence[Page], outcome: Outcome) -> None:
    """Counts what the pages would delete; `MassDeletion` before any is applied when that is much of a scope."""
    for page in pages:
        coming = braking.would_delete(store, ((entity, row_id) for entity, row_id, *_ in page.gone))
        done = outcome.deleted[page.scope]
        known = page.scope in (scopes := outbox.scopes(store)) and scopes[page.scope].cursor > 0
        ahead = page.ahead if known else 0
        brake = braking.check(store, page.scope, done + max(coming, ahead), done)
        if brake:
            raise MassDeletion(brake)
        outcome.deleted[page.scope] = done + coming


def _is_strange(scope: outbox.Scope, epoch: str, head: int) -> bool:
    return scope.epoch not in ("", epoch) or head < scope.cursor


def _meet(store: Store, hello: Hello) -> None:
    """Starts over in every scope that the server knows differently; a copy of this laptop is refused."""
    restored = False
    for name, scope in outbox.scopes(store).items():
        state = hello.scopes[name]
        if _is_strange(scope, state.epoch, state.head):
            restored = True
            known = state.head if scope.epoch in ("", state.epoch) else min(state.head, state.began)
            outbox.start_over(store, name, known, state.ctr, state.epoch)
            verifying.read_anew(store, name)  # what it does not have at all is offered again
        elif state.ctr > scope.ctr:
            raise SyncTrouble(words.STATUS["device-forked"])
        elif scope.epoch != state.epoch:
            outbox.set_epoch(store, name, state.epoch)
    if not outbox.meet_lanes(store, hello.lanes, restored=restored):
        raise SyncTrouble(words.STATUS["device-forked"])


def _take_in(store: Store, ack: Ack) -> tuple[Changes, Counter[str]]:
    """One transaction: the answer to a batch, and the cursor moved over it; what of it was taken, by entity."""
    with store.transaction(applying=True):
        sent = receipts.sent_of(store, ack.scope, ack.ctr, {place for place, _ in ack.refused})
        answer = inbox.Answer(ack.scope, ack.ctr, ack.first, ack.last, ack.unseen, ack.refused, ack.held, ack.moved)
        changes = inbox.acknowledge(store, answer)
        inbox.own_range_seen(store, ack.scope, ack.first, ack.last)
    erasure.follow(store, changes)
    return changes, sent


def _turn(store: Store, page: Page) -> Changes:
    whole = [(columns.t, columns.f, columns.c) for columns in page.ins]
    changes = inbox.apply_page(store, page.scope, page.cursor, whole, page.upd, page.gone, page.moved)
    erasure.follow(store, changes)
    return changes
