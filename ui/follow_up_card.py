"""The card of follow-ups: working lists, the rows, and what is done with them."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from models import summaries
from models.schema import Row
from models.summaries import WORKING_LISTS
from ui.beginnings import empty_office
from ui.context import Context
from ui.follow_up_delegate import what_to_do
from ui.follow_up_list import FollowUpList
from ui.postpone import PostponeMenu, named_day
from ui.widgets import Card, Chip, ElidedLabel, column, label, link, row
from ui.words import common
from ui.words import home as words

STRUCK_MILLIS = 4000
EVERYTHING = WORKING_LISTS[-1]  # the link at the foot, not a chip


class FollowUpCard(Card):
    """What was done stays for four seconds, struck through, and can be taken back."""

    opened = Signal(object)  # the row of a follow-up

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx.words(words.FOLLOW_UPS), margins=(1, 0, 1, 1), spacing=0)
        self._ctx, self._all = ctx, list[Row]()
        self._struck: dict[str, Row] = {}
        self._empty_office = False
        self.working = WORKING_LISTS[0]
        self.chips = {w.key: Chip(ctx.words(w.words)) for w in WORKING_LISTS[:-1]}
        self._group = QButtonGroup(self)
        for working in WORKING_LISTS[:-1]:
            chip = self.chips[working.key]
            self._group.addButton(chip)
            chip.clicked.connect(lambda _=False, working=working: self.choose(working.key))
            self.head.addWidget(chip)
        self.list = FollowUpList(ctx)
        self.list.toggled.connect(self._toggle)
        self.list.postponed.connect(self._ask_day)
        self.list.messaged.connect(self._copy)
        self.list.opened.connect(self.opened)
        self.empty_title, self.empty_text = label("", "h2", wrap=True), label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing_to_do())
        self._stack.addWidget(empty_office(ctx))
        self.body.addWidget(self._stack, 1)
        self._add_foot()

    def show_rows(self, rows: list[Row], *, empty_office: bool) -> None:
        """Show the open follow-ups; those just done stand among them a moment longer."""
        self._empty_office = empty_office
        known = {r["id"] for r in rows}
        for back in known & self._struck.keys():
            del self._struck[back]
        self._all = rows
        self._draw()

    def choose(self, key: str) -> None:
        """Show another working list."""
        self.working = next(w for w in WORKING_LISTS if w.key == key)
        self._draw()

    def _draw(self) -> None:
        left = [r for r in self._all if r["id"] not in self._struck]
        counts = {w.key: sum(map(w.holds, left)) for w in WORKING_LISTS}
        self._group.setExclusive(False)
        for working in WORKING_LISTS[:-1]:
            chip = self.chips[working.key]
            chip.setText(f"{self._ctx.words(working.words)} {counts[working.key]}")
            chip.setChecked(working is self.working)
        self._group.setExclusive(self.working is not EVERYTHING)
        shown = [r for r in (*left, *self._struck.values()) if self.working.holds(r)]
        shown.sort(key=lambda r: (r["due"], r["due_time"] or "", r["id"]))
        self.list.show_rows(shown, set(self._struck))
        self._stack.setCurrentIndex(0 if shown else 2 if self._empty_office else 1)
        for chip in self.chips.values():
            chip.setVisible(not self._empty_office)
        self.see_all.setText(self._ctx.words(words.SEE_ALL, n=len(left)))
        self.see_all.setVisible(counts[self.working.key] < len(left))
        self.keys.setVisible(bool(shown))
        self._say_empty()

    def _say_empty(self) -> None:
        self.empty_title.setText(self._ctx.words(words.ALL_DONE))
        later = next((r for r in self._all if not self.working.holds(r)), None)
        day = date.fromisoformat(later["due"]) if later else None
        said = words.NO_TASKS.to(self._ctx.lang)
        if day:
            said = self._ctx.words(words.NEXT_ONE, day=named_day(day, self._ctx.lang))
        self.empty_text.setText(said)

    def _nothing_to_do(self) -> QWidget:
        room, made = column(margins=(24, 24, 24, 24), spacing=6), QWidget()
        made.setLayout(room)
        room.addStretch()
        for part in (self.empty_title, self.empty_text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            room.addWidget(part)
        room.addStretch()
        return made

    def _add_foot(self) -> None:
        foot = row(margins=(16, 6, 16, 8), spacing=12)
        self.keys = ElidedLabel(self._ctx.words(words.KEYS), "cap")
        self.see_all = link("", lambda: self.choose(EVERYTHING.key))
        foot.addWidget(self.keys, 1)
        foot.addStretch()
        foot.addWidget(self.see_all)
        self.body.addLayout(foot)

    def _toggle(self, task: Row) -> None:
        if task["id"] in self._struck:
            self._ctx.background.write(self, lambda store: summaries.reopen(store, task["id"]))
            return
        self._struck[task["id"]] = task
        self._draw()
        self._ctx.background.write(self, lambda store: summaries.finish(store, task["id"]))
        QTimer.singleShot(STRUCK_MILLIS, self, lambda: self._forget(task))

    def _forget(self, task: Row) -> None:
        if self._struck.get(task["id"]) is task:
            del self._struck[task["id"]]
            self._draw()

    def _ask_day(self, task: Row) -> None:
        if task["id"] in self._struck:
            return
        menu = PostponeMenu(self._ctx, self, lambda day: self._postpone(task, day))
        menu.open_at(self.list.viewport().mapToGlobal(self.list.mark_of(task).bottomLeft()))

    def _postpone(self, task: Row, day: date) -> None:
        before = date.fromisoformat(task["due"])

        def move(to: date) -> None:
            self._ctx.background.write(self, lambda store: summaries.postpone(store, task["id"], to))

        move(day)
        said = words.POSTPONED.fill(day=named_day(day, self._ctx.lang))
        self._ctx.toast(said, common.UNDO, lambda: move(before))

    def _copy(self, task: Row) -> None:
        who = {"P": words.MADAM, "L": words.SIR}.get(task["sex"] or "", words.SOMEBODY).fill(name=task["owner"])
        text = self._ctx.words(
            words.MESSAGE, who=self._ctx.words(who), what=what_to_do(task, self._ctx.lang),
            office=self._ctx.profile.office, me=self._ctx.profile.name,
        )  # fmt: skip
        QGuiApplication.clipboard().setText(text)
        self._ctx.toast(words.COPIED.fill(owner=task["owner"]))
