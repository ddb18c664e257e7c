"""Sinkronisasi: how sending stands, what waits, and conflicts settled field by field, also offline."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from models import sync_events
from models.files import save_chosen
from models.i18n import Words
from models.settling import OpenConflict, open_conflicts
from models.store import Changes
from models.waiting import subject_of
from ui.conflict_card import ConflictCard
from ui.conflict_review import Reviewed
from ui.connect_card import ConnectCard
from ui.context import Context
from ui.dialogs import Question
from ui.drives import Drive, removable
from ui.page import Page
from ui.shortcuts import hint
from ui.sync_lists import ListCard
from ui.sync_side import HistoryCard, Side, StateCard, load
from ui.sync_view import View
from ui.usb_dialog import show_exchange
from ui.widgets import Card, HintButton, column, icon_label, label, row
from ui.words import sync as w
from ui.words import usb

if TYPE_CHECKING:
    from models.store import Store

LEFT, LEFT_NARROW = 372, 290
LEFT_GROWS = 0.45  # of what the text grows by: the conflicts need the rest
NARROW_BELOW = 1000  # px of page width
KEYS_BELOW = 1100  # px of page width at 100 % text below which the keys are not named


def load_conflicts(store: "Store") -> list[Reviewed]:
    """The records with open conflicts, each with its name and the row as it stands."""
    groups: dict[tuple[str, str], list[OpenConflict]] = {}
    for conflict in open_conflicts(store):
        groups.setdefault((conflict.entity, conflict.row_id), []).append(conflict)
    return [
        Reviewed(subject_of(store, entity, row_id), tuple(found), store.get(entity, row_id) or {})
        for (entity, row_id), found in groups.items()
    ]


class SyncPage(Page):
    """Everything about sending on one page; nothing here needs a line to be used."""

    shows_pill = False

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._try = HintButton(
            ctx.words(w.TRY_NOW), "primary", icon="refresh-cw", hint=hint("sync"), clicked=self._sync
        )
        self._usb = HintButton(ctx.words(usb.OPEN), icon="usb", clicked=self._exchange)
        self._usb.setEnabled(False)
        self.drives: Callable[[], list[Drive]] = removable
        self._view: View | None = None
        self._side = Side([], [])
        self._build()
        if ctx.sync:
            ctx.sync.viewed.connect(self._show_view)

    @override
    def title(self) -> str:
        return self.ctx.words(w.TITLE)

    @override
    def buttons(self) -> list[QWidget]:
        return [self._usb, self._try]

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"back": self._back}

    @override
    def open(self, **args: object) -> None:
        if self.ctx.sync:
            self.ctx.sync.show()
        self.refresh(None)
        if args.get("now"):
            self._sync()

    @override
    def refresh(self, changes: Changes | None) -> None:
        self.ctx.background.read(self, load, self._show_side)
        if self.lists.key:
            self.lists.open_list(self.lists.key)
        if changes is None or changes.touches("conflict", *(r.conflicts[0].entity for r in self.card.waiting)):
            self.ctx.background.read(self, load_conflicts, self._show_conflicts)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        left = LEFT if wide >= NARROW_BELOW else LEFT_NARROW
        self._left.setFixedWidth(round(left * (1 + (self.ctx.theme.k - 1) * LEFT_GROWS)))
        self.card.show_keys(shown=wide >= KEYS_BELOW * self.ctx.theme.k)

    @override
    def regions(self) -> tuple[QWidget, ...]:
        return (self._left, self._right)

    def _build(self) -> None:
        self.state = StateCard(self.ctx, self.show_list)
        self.history = HistoryCard(self.ctx, self._save_log, self.show_list)
        left = column(spacing=16)
        left.addWidget(self.state)
        left.addWidget(self.history, 1)
        inner = QWidget()
        inner.setProperty("role", "canvas")
        inner.setLayout(left)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setWidget(inner)
        self._left.setFixedWidth(LEFT)
        self._right = QStackedWidget()
        self.card = ConflictCard(self.ctx)
        self.connect_card = ConnectCard(self.ctx)
        self.connect_card.connected.connect(self._sync)
        alone = Card(margins=(0, 0, 0, 0))
        alone.body.addWidget(self.connect_card)
        self.lists = ListCard(self.ctx)
        self.lists.closed.connect(self._choose_part)
        sample = self._quiet("book-open", w.SAMPLE, w.SAMPLE_HELP)
        self._parts = {
            "conflict": self.card,
            "list": self.lists,
            "alone": alone,
            "sample": sample,
            "brake": self._quiet("circle-alert", w.DELETE_WAITS, w.DELETE_TEXT),
            "none": self._quiet("circle-check", w.NONE, w.NONE_HELP),
        }
        for part in self._parts.values():
            self._right.addWidget(part)
        whole = row(margins=(24, 20, 24, 20), spacing=16)
        whole.addWidget(self._left)
        whole.addWidget(self._right, 1)
        self.setLayout(whole)

    def _quiet(self, icon: str, title: Words, help_: Words) -> Card:
        made = Card(margins=(40, 24, 40, 24), spacing=6)
        made.body.addStretch()
        mark = icon_label(icon, "pri", 40, stroke=1.5)
        made.body.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        made.body.addSpacing(6)
        for words, role in ((title, "h2"), (help_, "muted")):
            line = label(self.ctx.words(words), role, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.body.addWidget(line)
        made.body.addStretch()
        return made

    def show_list(self, key: str) -> None:
        """Show one of `ui.sync_lists.LISTS` at the right."""
        self.lists.open_list(key)
        self._choose_part()
        self.lists.take_focus()

    def _back(self) -> None:
        if self.lists.key:
            self.lists.close_list()
        else:
            self.ctx.back()

    def _sync(self) -> None:
        brake = self._view.status.brake if self._view else None
        if self.ctx.sync and brake:
            numbers = {"count": brake.count, "of": brake.of}
            question = Question(w.DELETE_TITLE.fill(**numbers), w.DELETE_TEXT, w.DELETE_ACT, w.DELETE_LATER)
            if self.ctx.dialogs.confirm(question):
                self.ctx.sync.allow(brake)
        elif self.ctx.sync:
            self.ctx.sync.sync()

    def _exchange(self) -> None:
        show_exchange(self.ctx, self.window(), self.drives)

    def _show_view(self, view: View) -> None:
        self._view = view
        self._try.setEnabled(not view.alone)
        self._usb.setEnabled(not view.alone)
        self.state.show_view(view)
        self.history.show_side(self._side, view)
        if view.status.pill != "sending":  # what was sent no longer waits, though no record changed
            self.ctx.background.read(self, load, self._show_side)
        self._choose_part()

    def _show_side(self, side: Side) -> None:
        self._side = side
        if self._view:
            self.history.show_side(side, self._view)

    def _show_conflicts(self, found: list[Reviewed]) -> None:
        self.card.show_conflicts(found)
        self._choose_part()

    def _choose_part(self) -> None:
        alone = bool(self._view and self._view.alone)
        settled = "brake" if self._view and self._view.status.brake else "none"
        quiet = ("sample" if self.ctx.profile.sample else "alone") if alone else settled
        key = "list" if self.lists.key else "conflict" if self.card.waiting else quiet
        if key != "list" and self._view and self._view.new_code:
            key = "alone"
        if self._right.currentWidget() is not self._parts[key]:
            self._right.setCurrentWidget(self._parts[key])
            if key == "alone":
                self.connect_card.start()

    def _save_log(self) -> None:
        chosen = self.ctx.dialogs.save_file(w.SAVE_LOG, "dampingi-kejadian.txt", self.ctx.words(w.LOG_FILTER))
        if chosen:
            self.ctx.background.read(
                self, lambda store: _write_log(store, chosen), lambda _: self.ctx.toast(w.LOG_SAVED)
            )


def _write_log(store: "Store", target: Path) -> None:
    lines = [
        f"{e.at:%Y-%m-%d %H:%M:%S}Z  {e.sort:<8}  {e.words.id}" for e in sync_events.events(store, sync_events.KEPT)
    ]
    save_chosen(target, ("\n".join(lines) + "\n").encode())
