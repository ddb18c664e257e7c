"""Pindah desa: another village keeps an owner or a business from now on, and all that hangs on it."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from models import moving, reference, village_moves
from models.errors import AppError
from models.i18n import Words, in_both, number
from models.store import Store
from models.village_moves import Movable, Moved
from ui import theme
from ui.context import Context
from ui.register_edits import VillageEdit
from ui.widgets import Field, HintButton, Segmented, column, icon_label, label, row, rule
from ui.widgets.sheet import Sheet
from ui.words import common
from ui.words import moving as words

WIDTH = 520


def place(village: str) -> str:
    """`Kel. Semampir`; the code when no list knows it."""
    found = reference.region(village)
    return found.title if found else village


def along_words(along: Counter[str]) -> Words:
    """What moves along: `1 usaha, 5 sesi ikut pindah.`, or that nothing does."""
    others = sum(n for name, n in along.items() if name not in words.COUNTED)
    counted = [(forms, along[name]) for name, forms in words.COUNTED.items()] + [(words.OTHERS, others)]
    said = [(one if n == 1 else many, n) for (one, many), n in counted if n]
    if not said:
        return words.ALONE
    what = in_both(lambda lang: ", ".join(w.to(lang).format(n=number(n, lang)) for w, n in said))
    return words.ALONG.fill(what=what)


def open_move(ctx: Context, window: QWidget, owner_id: str, business_id: str) -> None:
    """Ask where to, over a window; what may not move says why at once."""

    def show(found: list[Movable]) -> None:
        MoveDialog(ctx, window, found).open_over(window)

    ctx.background.read(window, lambda store: village_moves.movable(store, owner_id, business_id), show)


def take_back_and_say(ctx: Context, window: QWidget, moved: Moved) -> None:
    """Undo a move, and say what came of it."""

    def say(stays: bool) -> None:
        ctx.toast(words.STAYS.fill(name=moved.what.name, place=place(moved.what.scope)) if stays else words.TOO_LATE)

    ctx.background.write(window, lambda store: village_moves.take_back(store, moved), say)


class MoveDialog(Sheet):
    """One village to choose; what goes along stands below it in words."""

    def __init__(self, ctx: Context, window: QWidget | None, found: list[Movable]) -> None:
        super().__init__(window, ctx.words(words.TITLE), ctx.words(common.CLOSE))
        self.ctx, self._over, self._found = ctx, window or self, found
        self.which = Segmented([(m.entity, ctx.words(getattr(words, m.entity.upper()))) for m in found], stretch=True)
        self.which.set_value(found[0].entity)
        self.village = VillageEdit(ctx)
        self.field = Field(ctx.words(words.VILLAGE), self.village, help_=ctx.words(words.VILLAGE_HELP))
        self.kept_by, self.along = label("", "muted", wrap=True), label("", "smallbold", wrap=True)
        self.leaves = label("", "small", wrap=True)
        self.act = HintButton(
            ctx.words(words.DO), "primary", icon="arrow-right", hint="Ctrl+Enter", clicked=self.submit
        )
        self._build()
        self.which.chosen.connect(lambda _: self._show_which())
        self.village.textEdited.connect(lambda _: self._refuse(""))
        self.village.chosen.connect(self._chosen)
        self._show_which()
        self._refuse("")
        self.village.setFocus()

    @property
    def what(self) -> Movable:
        """The record that is to move."""
        return next(m for m in self._found if m.entity == self.which.value())

    def submit(self) -> None:
        """Ask for the move; a refusal stands beside the village."""
        target, what = self.village.value(), self.what
        if not target or not self.act.isEnabled():
            self.village.setFocus()
            return
        self.ctx.background.write(
            self, lambda store: village_moves.move(store, what, target), self._moved, self._refuse
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif not enter:
            super().keyPressEvent(event)

    def _build(self) -> None:
        say = self.ctx.words
        inner = column(margins=(24, 0, 24, 16), spacing=12)
        inner.addWidget(self.kept_by)
        self.which.setVisible(len(self._found) > 1)
        self.which.setAccessibleName(say(words.WHICH))
        inner.addWidget(self.which)
        inner.addWidget(self.field)
        note, texts = row(spacing=10), column(spacing=4)
        note.addWidget(icon_label("info", "ink3", 17), 0, Qt.AlignmentFlag.AlignTop)
        for part in (self.along, label(say(words.MEANING), "small", wrap=True), self.leaves):
            texts.addWidget(part)
        note.addLayout(texts, 1)
        inner.addLayout(note)
        self.body.addLayout(inner)
        self.body.addWidget(rule())
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = row(margins=(24, 12, 24, 12), spacing=10)
        foot.addStretch()
        foot.addWidget(HintButton(self.ctx.words(common.CANCEL), hint="Esc", clicked=self.reject))
        foot.addWidget(self.act)
        return foot

    def _show_which(self) -> None:
        what = self.what
        where = ", ".join(reference.path(what.scope).split(", ")[:2]) or what.scope
        self.kept_by.setText(self.ctx.words(words.KEPT_BY, name=what.name, place=where))
        self.along.setText(self.ctx.words(along_words(what.along)))
        self._fit()

    def _chosen(self, village: str) -> None:
        scope = self.what.scope

        def look(store: Store) -> bool:
            moving.check_target(store, scope, village)
            return moving.holds(store, village)

        self.ctx.background.read(self, look, lambda holds: self._allow(village, holds=holds), self._refuse)

    def _allow(self, village: str, *, holds: bool) -> None:
        self.field.show_problem("")
        self.leaves.setText("" if holds else self.ctx.words(words.LEAVES, place=place(village)))
        self.leaves.setVisible(not holds)
        self.act.setEnabled(True)
        self._fit()
        self.act.setFocus(Qt.FocusReason.TabFocusReason)

    def _refuse(self, error: AppError | str) -> None:
        """Nothing may move as it stands: why, beside the village."""
        self.field.show_problem(self.ctx.words(error.words) if isinstance(error, AppError) else error)
        self.leaves.hide()
        self.act.setEnabled(False)
        self._fit()

    def _moved(self, moved: Moved) -> None:
        ctx, over = self.ctx, self._over
        self.accept()
        said = (words.ASKED if moved.waits else words.DONE).fill(name=moved.what.name, place=place(moved.target))
        if moved.back:
            ctx.toast(said, common.UNDO, lambda: take_back_and_say(ctx, over, moved))
        else:
            ctx.toast(said)

    def _fit(self) -> None:
        self.fit(theme.current().room(WIDTH))
