"""Tukar lewat flashdisk: what waits goes onto a stick, what the Dinas answered comes off it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from models import outbox, sync_events
from models.clock import from_iso
from models.errors import AppError
from models.i18n import Words, long_date, number
from models.sync_events import SyncEvent
from ui import theme
from ui.context import Context
from ui.drives import Drive, removable
from ui.sync_lists import event_line, fill
from ui.widgets import Card, HintButton, StatusChip, column, frame, icon_label, label, link, row, rule
from ui.widgets.sheet import Sheet
from ui.words import common
from ui.words import sync_lists as lists
from ui.words import usb as w

if TYPE_CHECKING:
    from models.store import Store
    from sync.engine import Outcome
    from sync.stick import Found, Handed

EVERY = 3_000  # ms between two looks for a stick
WIDTH, PAST_HEIGHT = 640, 268


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick and what lies on it; `news` says whether its newest answer was not taken yet."""

    drive: Drive
    found: "list[Found]"
    waiting: int
    news: bool

    @property
    def answers(self) -> "list[Found]":
        """The files that can be taken, newest first."""
        return [one for one in self.found if one.head is not None]


def inspect(store: "Store", drive: Drive) -> Stick:
    """What a stick holds for this account; nothing is opened."""
    from sync import stick

    found = stick.look(store, drive.root)
    made = next((one.head.made for one in found if one.head), "")
    return Stick(drive, found, outbox.waiting(store), made > stick.taken(store))


def exchanges(store: "Store") -> list[SyncEvent]:
    """What was carried by stick, the latest first."""
    return [event for event in sync_events.events(store, sync_events.KEPT) if event.sort == "stick"]


def show_exchange(ctx: Context, window: QWidget, drives: Callable[[], list[Drive]] = removable) -> "UsbDialog":
    """Open the dialog over a window."""
    dialog = UsbDialog(ctx, window, drives)
    dialog.open_over(window)
    return dialog


class UsbDialog(Sheet):
    """Two cards and the stick above them; looks for sticks while it is open, takes nothing by itself."""

    def __init__(self, ctx: Context, window: QWidget | None, drives: Callable[[], list[Drive]] = removable) -> None:
        super().__init__(window, ctx.words(w.TITLE), ctx.words(common.CLOSE))
        self.ctx, self._drives = ctx, drives
        self.stick: Stick | None = None
        self._busy = False
        self._build()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        self.look()

    def look(self) -> None:
        """See which stick is plugged in and what lies on it."""
        if self._busy:
            return
        found = self._drives()
        if found:
            self.ctx.background.read(self, lambda store: inspect(store, found[0]), self._show)
        else:
            self._show(None)

    def _build(self) -> None:
        body = self.body
        body.addSpacing(8)
        inner = column(margins=(24, 0, 24, 16), spacing=12)
        self._exchange = QWidget()
        self._exchange.setLayout(inner)
        inner.addWidget(self._stick_card())
        cards = row(spacing=12)
        self.hand = HintButton(self.ctx.words(w.SAVE), "primary", icon="arrow-right", clicked=self._hand_over)
        self.take = HintButton(self.ctx.words(w.TAKE_NONE), icon="arrow-right", clicked=self._take_back)
        self._hand_help, self._take_help = label("", "smallmuted", wrap=True), label("", "smallmuted", wrap=True)
        cards.addWidget(self._act("upload", w.HAND, self._hand_help, self.hand), 1)
        cards.addWidget(self._act("download", w.FETCH, self._take_help, self.take), 1)
        inner.addLayout(cards)
        note = row(spacing=8)
        note.addWidget(icon_label("info", "ink3", 17), 0, Qt.AlignmentFlag.AlignTop)
        self.note = label(self.ctx.words(w.STAYS), "smallmuted", wrap=True)
        note.addWidget(self.note, 1)
        inner.addLayout(note)
        body.addWidget(self._exchange)
        self.past = self._past()
        body.addWidget(self.past)
        body.addWidget(rule())
        body.addLayout(self._foot())
        self._close.setFocus()

    def _foot(self) -> QHBoxLayout:
        foot = row(margins=(24, 12, 24, 12), spacing=10)
        self.history = link(self.ctx.words(lists.STICKS), self._toggle_past)
        foot.addWidget(self.history)
        foot.addStretch()
        self._eject = HintButton(self.ctx.words(w.EJECT), icon="log-out", clicked=lambda: self._say(w.EJECT_HELP))
        foot.addWidget(self._eject)
        self._close = HintButton(self.ctx.words(common.CLOSE), hint="Esc", clicked=self.reject)
        foot.addWidget(self._close)
        return foot

    def _past(self) -> QScrollArea:
        """The exchanges so far, in place of the two cards."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.current().lines(PAST_HEIGHT))
        area.hide()
        return area

    def _toggle_past(self) -> None:
        shown = self.past.isHidden()
        if shown:
            self.ctx.background.read(self, exchanges, self._show_past)
        self.past.setVisible(shown)
        self._exchange.setVisible(not shown)
        self.history.setText(self.ctx.words(w.BACK_TO_STICK if shown else lists.STICKS))
        self._fit()

    def _show_past(self, events: list[SyncEvent]) -> None:
        inner = column()
        fill(self.ctx, inner, [event_line(self.ctx, event) for event in events], lists.NO_STICKS)
        self.past.setWidget(frame("paper", inner))

    def _stick_card(self) -> QFrame:
        card = self._plug = Card(margins=(16, 12, 16, 12))
        line = row(spacing=12)
        line.addWidget(icon_label("usb", "pri", 22))
        texts = column(spacing=1)
        self._name, self._room = label("", "bold"), label("", "smallmuted")
        texts.addWidget(self._name)
        texts.addWidget(self._room)
        line.addLayout(texts, 1)
        self._ready = StatusChip("ok", self.ctx.words(w.READY), "check")
        line.addWidget(self._ready)
        card.body.addLayout(line)
        return card

    def _act(self, icon: str, title: Words, help_: QLabel, button: HintButton) -> Card:
        card = Card(margins=(16, 14, 16, 14), spacing=6)
        head = row(spacing=8)
        head.addWidget(icon_label(icon, "ink", 18))
        head.addWidget(label(self.ctx.words(title), "bold"), 1)
        card.body.addLayout(head)
        card.body.addWidget(help_)
        card.body.addStretch()
        card.body.addSpacing(4)
        card.body.addWidget(button)
        return card

    def _show(self, stick: Stick | None) -> None:
        self.stick = stick
        words = self.ctx.words
        self._ready.setVisible(stick is not None)
        if self._plug.property("ready") != (stick is not None):
            self._plug.setProperty("ready", stick is not None)
            self._plug.style().unpolish(self._plug)
            self._plug.style().polish(self._plug)
        self.hand.setEnabled(stick is not None and not self._busy)
        self._eject.setEnabled(stick is not None and not self._busy)
        self._name.setText(words(w.PLUGGED, name=stick.drive.name) if stick else words(w.NO_STICK))
        self._room.setText(self._room_text(stick) if stick else words(w.NO_STICK_HELP))
        waiting = number(stick.waiting, self.ctx.lang) if stick else ""
        self._hand_help.setText(words(w.HAND_HELP, n=waiting) if stick else words(w.HAND_WHEN))
        self._show_answer(stick)
        self._fit()

    def _room_text(self, stick: Stick) -> str:
        free = f"{stick.drive.free / 1e9:.1f} GB"
        if self.ctx.lang == "id":
            free = free.replace(".", ",")
        said = w.FREE.fill(free=free).to(self.ctx.lang)
        return self.ctx.words(w.FILES, free=said, n=len(stick.answers)) if stick.answers else said

    def _show_answer(self, stick: Stick | None) -> None:
        words, newest = self.ctx.words, stick.answers[0].head if stick and stick.answers else None
        self.take.setEnabled(bool(newest and stick and stick.news and not self._busy))
        if newest is None:
            trouble = next((one.trouble for one in stick.found if one.trouble), None) if stick else None
            self._take_help.setText(words(trouble.words if trouble else w.FETCH_NONE))
            self.take.setText(words(w.TAKE_NONE))
            return
        day = long_date(from_iso(newest.made).astimezone(self.ctx.clock.zone).date(), self.ctx.lang)
        count = number(newest.records, self.ctx.lang)
        known = stick is not None and not stick.news
        self._take_help.setText(words(w.FETCH_OLD, date=day) if known else words(w.FETCH_HELP, date=day, n=count))
        self.take.setText(words(w.TAKE, n=count))

    def _hand_over(self) -> None:
        from sync import stick

        if self.stick:
            root = self.stick.drive.root
            self._begin(w.SAVING)
            self.ctx.background.run(
                self, lambda: stick.hand_over(self.ctx.background.call, root), self._handed, self._failed
            )

    def _handed(self, done: "Handed") -> None:
        self._end(w.SAVED.fill(n=number(done.records, self.ctx.lang), file=done.path.name))

    def _take_back(self) -> None:
        from sync import stick

        if self.stick and self.stick.answers:
            path = self.stick.answers[0].path
            self._begin(w.TAKING)
            self.ctx.background.run(
                self, lambda: stick.take_back(self.ctx.background.call, path), self._taken, self._failed
            )

    def _taken(self, outcome: "Outcome") -> None:
        if outcome.changes:
            self.ctx.background.announce(outcome.changes)
        self._end(w.TAKEN.fill(sent=outcome.sent, received=outcome.received))

    def _failed(self, error: AppError) -> None:
        self._end(error.words)

    def _begin(self, words: Words) -> None:
        self._busy = True
        for button in (self.hand, self.take, self._eject):
            button.setEnabled(False)
        self._say(words)

    def _end(self, words: Words) -> None:
        self._busy = False
        self._say(words)
        if self.ctx.sync:
            self.ctx.sync.show()
        self.look()

    def _say(self, words: Words) -> None:
        self.note.setText(self.ctx.words(words))
        self._fit()

    def _fit(self) -> None:
        self.fit(theme.current().room(WIDTH))
