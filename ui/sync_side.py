"""The left column of Sinkronisasi: how it stands, what happened, what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models import backups, sync_events
from models.i18n import Words, clock_time, long_date, number
from models.sync_events import SyncEvent
from models.waiting import Waiting, waiting_items
from ui import theme
from ui.conflict_review import when_text
from ui.context import Context
from ui.sync_looks import ENTITY_ICONS, EVENT_LOOK, LOOK
from ui.sync_view import View, ahead, both
from ui.widgets import Card, ElidedLabel, Tile, clear, column, icon_label, label, link, row, rule
from ui.words import attachments as words
from ui.words import sync as w
from ui.words import sync_lists as lists

if TYPE_CHECKING:
    from models.store import Store

SHOWN_EVENTS, SHOWN_WAITING = 3, 4


@dataclass(frozen=True, slots=True)
class Side:
    """What the left column shows besides the state itself."""

    events: list[SyncEvent]
    waiting: list[Waiting]


def load(store: "Store") -> Side:
    """The newest events and what waits."""
    return Side(sync_events.events(store, SHOWN_EVENTS), waiting_items(store, SHOWN_WAITING + 1))


def newest_backup(ctx: Context) -> date | None:
    """The day of the newest backup."""
    found = backups.listed(ctx.profile.account.backups) if ctx.profile.account else []
    return found[0].day if found else None


class StateCard(Card):
    """The state in large, what the next sync carries, and the facts; `show_list` opens one of `sync_lists.LISTS`."""

    def __init__(self, ctx: Context, show_list: Callable[[str], object]) -> None:
        super().__init__(margins=(16, 16, 16, 16), spacing=10)
        self.ctx, self._show_list = ctx, show_list
        self.pause: QWidget = self  # or go on: made anew with the rest
        self._paused = False

    def show_view(self, view: View) -> None:
        """Say how sending stands."""
        clear(self.body)
        self._paused = view.paused
        status, key = view.status, view.key
        tone, icon = LOOK[key]
        head = row(spacing=12)
        head.addWidget(Tile(tone, icon, 46, 22, round_=True))
        texts = column(spacing=1)
        title, help_ = w.STATE[key]
        texts.addWidget(label(self.ctx.words(title), "h2", wrap=True))
        reason = status.reason if status.pill == "help" and status.reason else help_
        texts.addWidget(label(self.ctx.words(reason), "smallmuted", wrap=True))
        head.addLayout(texts, 1)
        if not view.alone:
            self.pause = link(self.ctx.words(w.RESUME if view.paused else w.PAUSE), self._pause)
            head.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addSpacing(4)
        waiting = self.ctx.words(ahead(view) or w.ITEMS.fill(n=number(status.waiting)))
        self._fact(w.WAITING, waiting)
        self._fact(words.TITLE, self.ctx.words(words.waiting_words(view.files.files, view.files.bytes)))
        last = when_text(status.last_ok, self.ctx.clock, self.ctx.lang) or self.ctx.words(w.NEVER)
        self._fact(w.LAST, last)
        day = newest_backup(self.ctx)
        self._fact(
            w.BACKUP, long_date(day, self.ctx.lang) if day else self.ctx.words(w.NO_BACKUP), good=day is not None
        )
        if view.set_aside:
            self._list(lists.ASIDE, self.ctx.words(w.ITEMS, n=number(view.set_aside)), "aside")

    def _pause(self) -> None:
        if self.ctx.sync:
            (self.ctx.sync.sync if self._paused else self.ctx.sync.pause)()

    def _list(self, name: Words, value: str, key: str) -> None:
        """A fact behind which a list stands."""
        line = row(spacing=8)
        line.addWidget(label(self.ctx.words(name)))
        line.addStretch()
        act = link(value, lambda: self._show_list(key))
        act.setAccessibleName(f"{self.ctx.words(name)}: {value}")
        line.addWidget(act)
        self.body.addLayout(line)

    def _fact(self, name: Words, value: str, *, good: bool = False) -> None:
        line = row(spacing=8)
        line.addWidget(label(self.ctx.words(name)))
        line.addStretch()
        if good:
            line.addWidget(icon_label("check", "greenInk", 16, stroke=2.2))
        line.addWidget(label(value, "good" if good else "bold"))
        self.body.addLayout(line)


class HistoryCard(Card):
    """What happened, and what waits; `show_list` opens the whole of either."""

    def __init__(self, ctx: Context, save: Callable[[], object], show_list: Callable[[str], object]) -> None:
        super().__init__(ctx.words(w.EVENTS), margins=(16, 12, 16, 14), spacing=10, head_height=44)
        self.ctx, self._show_list = ctx, show_list
        self.head.addWidget(link(ctx.words(w.SAVE_LOG), save))

    def show_side(self, side: Side, view: View) -> None:
        """List the newest of both."""
        clear(self.body)
        for event in reversed(side.events):
            tone, icon = EVENT_LOOK[event.sort]
            self._event(tone, icon, event.at, event.words)
        if view.next_try and not view.alone and view.status.pill in ("offline", "help"):
            moment = view.next_try
            self._event("neu", "clock", self.ctx.clock.now(), both(w.NEXT_TRY, self.ctx.clock, moment))
        if not side.events and (view.alone or not view.next_try):
            self.body.addWidget(label(self.ctx.words(w.NO_EVENTS), "muted"))
        self.body.addSpacing(4)
        self.body.addWidget(rule())
        self.body.addSpacing(2)
        self.body.addWidget(label(self.ctx.words(w.WAITING), "h3"))
        for item in side.waiting[:SHOWN_WAITING]:
            self._waiting(item)
        if not side.waiting:
            self.body.addWidget(label(self.ctx.words(w.NOTHING_WAITS), "muted"))
        self.body.addLayout(self._more(view.status.waiting - SHOWN_WAITING))
        self.body.addStretch()

    def _more(self, waiting: int) -> QHBoxLayout:
        """What leads to the whole lists."""
        line = row(spacing=8)
        if waiting > 0:
            more = self.ctx.words(w.MORE.fill(n=number(waiting, self.ctx.lang)))
            line.addWidget(link(more, lambda: self._show_list("waiting")))
        line.addStretch()
        line.addWidget(link(self.ctx.words(lists.RECEIPTS_AND_EVENTS), lambda: self._show_list("receipts")))
        return line

    def _event(self, tone: str, icon: str, at: datetime, words: Words) -> None:
        line = row(spacing=10)
        line.addWidget(Tile(tone, icon, 24, 14, round_=True))
        time = label(clock_time(at, self.ctx.lang, self.ctx.clock.zone), "smallmuted")
        time.setFixedWidth(theme.current().lines(40))
        line.addWidget(time)
        line.addWidget(ElidedLabel(self.ctx.words(words), "small"), 1)
        self.body.addLayout(line)

    def _waiting(self, item: Waiting) -> None:
        line = row(spacing=10)
        line.addWidget(icon_label(ENTITY_ICONS.get(item.entity, "file-text"), "ink2", 17))
        words = w.NEW.fill(title=item.title) if item.new else item.title
        line.addWidget(ElidedLabel(self.ctx.words(words), "small"), 1)
        line.addWidget(label(clock_time(item.at, self.ctx.lang, self.ctx.clock.zone), "smallmuted"))
        self.body.addLayout(line)
