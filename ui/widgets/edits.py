"""Edits for what is typed: text that groups itself, dates in plain words, choices by search."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from models.clock import Clock
from models.i18n import Lang
from ui import icons, theme

if TYPE_CHECKING:
    from models.schema import Value


def clean_paste(source: str) -> str:
    """Text from the clipboard without NUL, line breaks and half surrogates."""
    whole = source.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return " ".join(whole.replace("\x00", "").split())


class TextEdit(QLineEdit):
    """One line of plain text; `left` tells that the person went on to something else."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._clean)

    def _clean(self, text: str) -> None:
        """What the menu pastes, the mouse drops or a program fills in is cleaned as well."""
        if text and not text.isprintable():
            self.setText(clean_paste(text))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.home(False)  # a long name is read from its beginning
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.insert(clean_paste(QGuiApplication.clipboard().text()))
            return
        super().keyPressEvent(event)


class GroupedLineEdit(TextEdit):
    """Digits that group themselves while typed: `3513 1447 0582 9917`, `0812-0000-0142`.

    The caret stays behind the digit it stood behind; what is copied has no separators. `counted`
    shows how many of the digits are there once typing began.
    """

    def __init__(self, groups: Sequence[int], separator: str = " ", *, counted: bool = False) -> None:
        super().__init__()
        self._groups, self._separator = tuple(groups), separator
        self._total = sum(groups)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(self._regroup)
        self._counted = counted
        if counted:
            self.setTextMargins(0, 0, 44, 0)

    @property
    def digits(self) -> str:
        """What was typed, without separators."""
        return self.text().replace(self._separator, "")

    def count(self) -> str:
        """`15/16` while some digits are there, else empty."""
        return f"{len(self.digits)}/{self._total}" if self._counted and self.digits else ""

    @override
    def setText(self, arg__1: str | None) -> None:
        text = arg__1 or ""
        bare = text.replace(self._separator, "")
        super().setText(self._grouped(bare) if bare.isdigit() else text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText().replace(self._separator, ""))
            return
        super().keyPressEvent(event)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._regroup(self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            return
        look = theme.current()
        wrong = self.property("invalid") == "error"
        painter = QPainter(self)
        painter.setFont(look.font(12.5, 600 if wrong else 400))
        painter.setPen(look.color("red" if wrong else "ink3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -12, 0), right, self.count())

    def _grouped(self, raw: str) -> str:
        if not raw.isdigit():
            return raw
        parts, at = [], 0
        for size in self._groups:
            parts.append(raw[at : at + size])
            at += size
        parts.append(raw[at:])
        return self._separator.join(p for p in parts if p)

    def _regroup(self, text: str) -> None:
        bare = text.replace(self._separator, "")
        grouped = self._grouped(bare)
        if grouped == text or not bare.isdigit():
            return
        before = len(text[: self.cursorPosition()].replace(self._separator, ""))
        super().setText(grouped)
        self.setCursorPosition(self._place_after(grouped, before))

    def _place_after(self, grouped: str, digits: int) -> int:
        seen = 0
        for at, sign in enumerate(grouped):
            if seen == digits:
                return at
            seen += sign != self._separator
        return len(grouped)


class MoneyEdit(TextEdit):
    """Rupiah as people write it: `1,5 juta`, `500 rb`, `1.500.000`; shown whole after leaving."""

    def __init__(self) -> None:
        super().__init__()
        self.left.connect(self._tidy)

    def _tidy(self) -> None:
        from models.kinds import KINDS

        kind = KINDS["money"]
        value = kind.parse(self.text())
        if value is not None and not any(p.severity == "error" for p in kind.check(self.text())):
            self.setText(kind.show(value))


class SmartDateEdit(TextEdit):
    """A date in plain words: `7`, `+7`, `senin`, `1/12`, `besok`; a calendar opens by Alt+Down."""

    def __init__(self, clock: Clock, lang: Lang, kind: str = "date", *, calendar: str = "") -> None:
        super().__init__()
        from models.kinds import KINDS  # the unlock screen has edits too, but no kinds

        self._clock, self._kind = clock, KINDS[kind]
        self._lang: Lang = lang
        self._action = self.addAction(icons.icon("calendar", "ink3", 17), QLineEdit.ActionPosition.TrailingPosition)
        self._action.setToolTip(calendar)
        self._action.triggered.connect(self.open_calendar)
        self._calendar: QCalendarWidget | None = None
        self.left.connect(self._tidy)

    def value(self) -> "Value":
        """The ISO date of what was typed, or None."""
        return self._kind.parse(self.text(), self._clock.today())

    def day(self) -> date | None:
        """The day of what was typed, or None."""
        value = self.value()
        return date.fromisoformat(str(value)) if value else None

    def set_day(self, day: date) -> None:
        """Write a day the way people read it."""
        self.setText(self._kind.show(day.isoformat(), self._lang))

    def open_calendar(self) -> None:
        """Let the day be chosen with mouse or arrows."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.activated.connect(self._take)
            self._calendar.clicked.connect(self._take)
        day = self.day() or self._clock.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._calendar.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _take(self, chosen: QDate) -> None:
        if self._calendar:
            self._calendar.hide()
        self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.textEdited.emit(self.text())

    def _tidy(self) -> None:
        day = self.day()
        if day and not any(p.severity == "error" for p in self._kind.check(self.text(), self._clock.today())):
            self.set_day(day)
            self.setCursorPosition(0)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab goes on, Enter begins a new line."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(92)

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def setText(self, text: str) -> None:  # noqa: N802 - the same name as on one-line edits
        """Write into it."""
        self.setPlainText(text)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        lines = re.split(r"\r\n|\r|\n", source.text())
        self.insertPlainText("\n".join(clean_paste(line) for line in lines))
