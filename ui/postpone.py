"""Postponing a follow-up: tomorrow, three days, Monday or a date, always a working day."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction
from typing_extensions import override

from models.i18n import WEEKDAYS, Lang, Words, short_date
from models.workdays import next_workday
from ui.context import Context
from ui.widgets import SmartDateEdit, column, frame
from ui.words import common
from ui.words import home as words

Chosen = Callable[[date], object]
MONDAYS = 7


def named_day(day: date, lang: Lang) -> str:
    """`Rabu, 25 Nov`."""
    return f"{WEEKDAYS[lang][day.weekday()]}, {short_date(day, lang)}"


def proposals(today: date) -> list[tuple[Words, date]]:
    """The usual days, each moved to a working day."""
    monday = today + timedelta(days=MONDAYS - today.weekday())
    days = ((words.TOMORROW, today + timedelta(days=1)), (words.THREE_DAYS, today + timedelta(days=3)))
    return [(said, next_workday(day)) for said, day in (*days, (words.MONDAY, monday))]


class PostponeMenu(QMenu):
    """Opens beside a follow-up; Esc leaves everything as it was."""

    def __init__(self, ctx: Context, parent: QWidget, chosen: Chosen) -> None:
        super().__init__(parent)
        self._ctx, self._chosen = ctx, chosen
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(ctx.words(words.POSTPONE))
        for said, day in proposals(ctx.clock.today()):
            name = named_day(day, ctx.lang)
            text = name if said is words.MONDAY else f"{ctx.words(said)} — {name}"
            self.addAction(text).triggered.connect(lambda _=False, day=day: chosen(day))
        self.date = SmartDateEdit(ctx.clock, ctx.lang, "due_date", calendar=ctx.words(common.OPEN_CALENDAR))
        self.date.setPlaceholderText(ctx.words(words.OTHER_DAY))
        self.date.setAccessibleName(ctx.words(words.OTHER_DAY))
        self.date.setMinimumWidth(250)
        room = column(margins=(8, 6, 8, 6))
        room.addWidget(self.date)
        whole = QWidgetAction(self)
        whole.setDefaultWidget(frame("", room))
        self.addSeparator()
        self.addAction(whole)

    def open_at(self, corner: QPoint) -> None:
        """Show the menu with its first day chosen."""
        self.popup(corner)
        self.setActiveAction(self.actions()[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.date.hasFocus() and enter:
            self._take_typed()
            return
        super().keyPressEvent(event)

    def _take_typed(self) -> None:
        day = self.date.day()
        if day is None or day < self._ctx.clock.today():
            self.date.selectAll()
            return
        self.close()
        self._chosen(next_workday(day))
