"""How sending stands, as pill and page say it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from models import attaching
from models.i18n import Words, clock_time, in_both, number
from ui.words import sync as w

if TYPE_CHECKING:
    from models.clock import Clock
    from sync.status import SyncState as Status

PILLS = {
    "waiting": w.PILL_WAITING,
    "offline": w.PILL_OFFLINE,
    "alone": w.PILL_ALONE,
    "paused": w.PILL_PAUSED,
    "conflict": w.PILL_CONFLICT,
    "help": w.PILL_HELP,
}
MINUTE = 60


@dataclass(frozen=True, slots=True)
class View:
    """How sending stands, for page and pill; `alone` before the laptop is known to its office."""

    status: "Status"
    alone: bool
    next_try: datetime | None = None
    files: attaching.Waiting = field(default_factory=attaching.Waiting)
    paused: bool = False
    set_aside: int = 0  # what the server could not take
    seconds: int = 0  # about how long sending what waits takes
    new_code: bool = False  # only a new code of the Dinas lets this laptop send again

    @property
    def key(self) -> str:
        """A key of `ui.sync_looks.LOOK`: the server's word, and three more that only this laptop knows."""
        if self.paused:
            return "paused"
        if self.status.pill == "ok" and self.status.waiting:
            return "waiting"
        return "alone" if self.status.pill == "offline" and self.alone else self.status.pill


def pill_words(view: View, clock: "Clock") -> Words:
    """What the pill says."""
    status = view.status
    if view.key == "ok":
        return both(w.PILL_OK, clock, status.last_ok) if status.last_ok else w.PILL_OK_NEW
    if view.key == "sending":
        return w.PILL_SENDING.fill(sent=status.sent, total=status.total) if status.total else w.PILL_CONNECTING
    return PILLS[view.key].fill(n=status.conflicts if view.key == "conflict" else status.waiting)


def ahead(view: View) -> Words | None:
    """What waits and how long sending it takes: `14 data · sekitar 40 detik`; None when nothing waits."""
    if not view.seconds:
        return None
    minutes = round(view.seconds / MINUTE)
    time = w.SECONDS.fill(n=view.seconds) if view.seconds <= 2 * MINUTE else w.MINUTES.fill(n=minutes)
    return w.AHEAD.fill(n=in_both(lambda lang: number(view.status.waiting, lang)), time=time)


def both(words: Words, clock: "Clock", moment: datetime) -> Words:
    """Words whose `{time}` is written as each language writes it."""
    return words.fill(time=in_both(lambda lang: clock_time(moment, lang, clock.zone)))
