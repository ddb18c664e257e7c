"""Which stretch of time a report is about: this month, its year, and whatever else in a menu."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from models import periods
from models.dates import months_later
from models.i18n import Words
from models.periods import Period
from ui.context import Context
from ui.widgets import IconButton, Segmented, row
from ui.words import reports as words

MONTHS_BACK, EVENTS_SHOWN, CLOSED_SHOWN, NAME_SHOWN = 18, 12, 24, 24


class PeriodChooser(QWidget):
    """The month and the year side by side, an event between them when one was chosen; older ones by the menu."""

    chosen = Signal(object)  # a Period

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._first = ctx.clock.today()
        self._events: Sequence[Period] = ()
        self._closed: Sequence[Period] = ()
        self._offered: list[Period] = []
        self.period = periods.month(ctx.clock.today())
        self._line = row(spacing=6)
        self.setLayout(self._line)
        self.segments = Segmented([("", "")])
        self._line.addWidget(self.segments)
        self.more = IconButton("chevron-down", ctx.words(words.OTHER_PERIOD), self._menu)
        self.more.setProperty("framed", True)
        self._line.addWidget(self.more)
        self.show_period(self.period)

    def offer(self, first: date, events: Sequence[Period], closed: Sequence[Period] = ()) -> None:
        """What the menu offers: from the first day with data, these events, and what is closed."""
        self._first, self._events, self._closed = first, events, closed

    def show_period(self, period: Period) -> None:
        """Make it the chosen one; nobody is told."""
        self.period = period
        offered = [periods.month(period.last), periods.year(period.last)]
        if period.kind == "event":
            offered.append(period)
        if offered != self._offered:
            self._rebuild(offered)
        self.segments.set_value(str(self._offered.index(period)))

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.segments.setFocus(reason)

    def _rebuild(self, offered: list[Period]) -> None:
        had_focus = any(b.hasFocus() for b in self.segments.buttons())
        self._offered = offered
        old, self.segments = self.segments, Segmented([(str(i), self._name(p)) for i, p in enumerate(offered)])
        self.segments.setAccessibleName(self._ctx.words(words.PERIOD))
        self._line.replaceWidget(old, self.segments)
        old.deleteLater()
        self.segments.chosen.connect(lambda code: self._choose(self._offered[int(code)]))
        if had_focus:
            self.setFocus()

    def _name(self, period: Period) -> str:
        name = period.name or self._ctx.words(period.words)
        cut = name if len(name) <= NAME_SHOWN else f"{name[: NAME_SHOWN - 1]}…"
        return cut.replace("&", "&&")

    def _choose(self, period: Period) -> None:
        self.show_period(period)
        self.chosen.emit(period)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, offered in self.choices():
            part = menu.addMenu(self._ctx.words(title))
            for period in offered:
                action = part.addAction(self._ctx.words(period.words).replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(period == self.period)
                action.triggered.connect(lambda _=False, p=period: self._choose(p))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def choices(self) -> list[tuple[Words, list[Period]]]:
        """What the menu offers, by sort, the newest first."""
        today = self._ctx.clock.today()
        months = [periods.month(months_later(today.replace(day=1), -n)) for n in range(MONTHS_BACK)]
        years = [periods.year(date(year, 1, 1)) for year in range(today.year, min(self._first, today).year - 1, -1)]
        offered = [
            (words.MONTH, [m for m in months if m.last >= self._first]),
            (words.YEAR, years),
            (words.EVENT, list(self._events[:EVENTS_SHOWN])),
            (words.CLOSED_PERIODS, list(self._closed[:CLOSED_SHOWN])),
        ]
        return [(title, found) for title, found in offered if found]
