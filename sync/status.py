"""How sync stands, for the pill and the page Sinkronisasi: computed from the store and the last outcome."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from models import outbox, receipts, settling, sync_events
from models.braking import Brake
from models.i18n import Words
from models.store import Store
from sync import words
from sync.engine import Outcome, Progress
from sync.enrol import SETTING

MOST_NAMED = 10  # mended records told one by one
Pill = Literal["ok", "sending", "offline", "conflict", "help"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the pill says. `sent` of `total` counts while sending; `reason` says what needs help."""

    pill: Pill
    waiting: int = 0
    sent: int = 0
    total: int = 0
    conflicts: int = 0
    last_ok: datetime | None = None
    reason: Words | None = None
    brake: Brake | None = None  # so many deletions wait for a person's yes


def state(store: Store, outcome: Outcome | None = None, progress: Progress | None = None) -> SyncState:
    """The state now: while a sync runs, with its progress; afterwards, with its outcome."""
    waiting, conflicts = outbox.waiting(store), settling.count_open(store)
    enrolled = store.setting(SETTING) is not None
    reason = outcome.reason if outcome else None
    sent, total = (progress.sent, progress.total) if progress else (0, 0)
    return SyncState(
        _pill(enrolled, outcome, progress, conflicts, waiting),
        waiting,
        sent,
        total,
        conflicts,
        sync_events.last_done(store),
        reason if enrolled or reason else words.NOT_ENROLLED,
        outcome.brake if outcome else None,
    )


def _pill(enrolled: bool, outcome: Outcome | None, progress: Progress | None, conflicts: int, waiting: int) -> Pill:
    if outcome is not None and outcome.reason is not None:
        return "help"
    if progress is not None:
        return "sending"
    if not enrolled or (outcome is not None and outcome.offline) or (outcome is None and waiting):
        return "offline"
    return "conflict" if conflicts else "ok"


def needs_code(store: Store, outcome: Outcome | None) -> bool:
    """Whether only a new code of the Dinas lets this laptop send again: it was shut out, or its data are a copy."""
    copied = outcome is not None and outcome.reason == words.STATUS["device-forked"]
    return copied or outbox.came_back(store) or store.setting(outbox.REVOKED) is not None


def record(store: Store, outcome: Outcome) -> None:
    """Writes down what a sync did: in words, and as a receipt."""
    keep_receipt(store, outcome)
    if outcome.sent or outcome.received:
        sort_words = words.SENT.fill(sent=outcome.sent, received=outcome.received)
        sync_events.record(store, "done", sort_words)
    if outcome.refused:
        sync_events.record(store, "refused", words.REFUSED.fill(count=outcome.refused))
    if outcome.held and outcome.reason is None:
        sync_events.record(store, "refused", words.HELD.fill(count=outcome.held))
    for one in outcome.mended[:MOST_NAMED]:
        if not one.on_server:
            sync_events.record(store, "done", words.MENDED.fill(title=one.title))
    if outcome.skew is not None:
        minutes = max(1, round(abs(outcome.skew.total_seconds()) / 60))
        sync_events.record(store, "clock", words.CLOCK.fill(minutes=minutes))
    if outcome.offline:
        sync_events.record(store, "offline", words.LOST_LINE)
    elif outcome.reason is not None:
        sync_events.record(store, "help", outcome.reason)
    else:
        sync_events.done(store)


def keep_receipt(store: Store, outcome: Outcome, way: receipts.Way = "line") -> None:
    """Keeps what a sync carried, also one that was broken off."""
    mended = Counter(one.entity for one in outcome.mended if not one.on_server)
    receipts.keep(store, receipts.Done(
        outcome.sent_of, outcome.received_of, mended, outcome.refused, outcome.equal, way, outcome.seal))  # fmt: skip
