"""Choices that stand open: segmented buttons, answer rows."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.frames import column, row
from ui.widgets.painting import paint_letters


class Segmented(QWidget):
    """Two to five answers side by side; may be empty; arrows move, Space chooses."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, size: str = "", stretch: bool = False) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in options]
        line = row()
        self.setLayout(line)
        for i, (_, words) in enumerate(options):
            button = _SegmentButton(words, size, "first" if i == 0 else "last" if i == len(options) - 1 else "")
            self._group.addButton(button, i)
            line.addWidget(button, 1 if stretch else 0)
        wide = QSizePolicy.Policy.Preferred if stretch else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a label leads only to what takes the focus
        self._one_stop()
        self._group.idToggled.connect(self._toggled)
        self._group.idClicked.connect(lambda i: self.chosen.emit(self._codes[i]))

    def value(self) -> str | None:
        """The chosen code, None while nothing is chosen."""
        at = self._group.checkedId()
        return self._codes[at] if at >= 0 else None

    def set_value(self, code: str | None) -> None:
        """Choose one, or none."""
        if code in self._codes:
            self._group.button(self._codes.index(code)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def buttons(self) -> list[QAbstractButton]:
        """The answers in order."""
        return self._group.buttons()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        buttons = self._group.buttons()
        at = next((i for i, b in enumerate(buttons) if b.hasFocus()), max(0, self._group.checkedId()))
        button = buttons[(at + step) % len(buttons)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _toggled(self, at: int, on: bool) -> None:
        button = self._group.button(at)
        if on:
            icons.put(button, "check", "priInk", 14, stroke=2.5, gap=2)
        else:
            button.setIcon(QIcon())
        self._one_stop()

    def _one_stop(self) -> None:
        """Tab stops once, at the answer chosen; the arrows do the rest."""
        stop = self._group.checkedButton() or self._group.button(0)
        for button in self._group.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)


class _SegmentButton(QPushButton):
    def __init__(self, words: str, size: str, edge: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "seg")
        self.setProperty("scale", size)
        self.setProperty("edge", edge)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size if self.isChecked() else QSize(size.width() + 2, size.height())


class AnswerRow(QRadioButton):
    """A big answer that its digit chooses: radio, digit tile, bold words, a line of help, an icon."""

    def __init__(self, digit: str, words: str, help_: str = "", icon: str = "") -> None:
        super().__init__()
        self._digit, self._words, self._help, self._icon = digit, words, help_, icon
        self.setText("")
        self.setAccessibleName(words)
        self.setAccessibleDescription(help_)
        self.setMinimumHeight(theme.current().lines(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, theme.current().lines(56))

    @override
    def hitButton(self, _pos: QPoint) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(look.color("pri" if on else "line"), 1))
        painter.setBrush(look.color("priSoft" if on else "surface2" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        middle = self.height() // 2
        self._paint_radio(painter, QRectF(14.75, middle - 9.25, 18.5, 18.5), on=on)
        tile = QRect(47, middle - 11, 22, 22)
        back, ink = ("pri", "onPri") if on else ("surface3", "ink2")
        paint_letters(painter, tile, look.color(back), look.color(ink), self._digit, theme.Theme().font(13, 700), 6)
        self._paint_words(painter, look)
        if self._icon:
            shape = icons.pixmap(self._icon, "pri" if on else "ink3", 19)
            painter.drawPixmap(self.width() - 14 - 19, middle - 9, shape)

    def _paint_radio(self, painter: QPainter, box: QRectF, *, on: bool) -> None:
        look = theme.current()
        painter.setPen(QPen(look.color("pri" if on else "ctl"), 1.5))
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(box)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("pri"))
            painter.drawEllipse(box.center(), 5, 5)

    def _paint_words(self, painter: QPainter, look: theme.Theme) -> None:
        left, right = 81, self.width() - 46
        lines = [(self._words, look.font(14, 600), "ink", 20), (self._help, look.font(12.5), "ink3", 18)]
        shown = [line for line in lines if line[0]]
        top = (self.height() - sum(look.lines(line[3]) for line in shown)) // 2
        for text, font, ink, height in shown:
            painter.setFont(font)
            painter.setPen(look.color(ink))
            room = QRect(left, top, right - left, look.lines(height))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)
            top += look.lines(height)


class Answers(QWidget):
    """Answer rows of which one holds; its digits choose from anywhere inside."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str, str]]) -> None:
        """`options` are (code, words, help, icon)."""
        super().__init__()
        self._codes = [option[0] for option in options]
        self.rows = [AnswerRow(str(i + 1), *option[1:]) for i, option in enumerate(options)]
        stack = column(spacing=8)
        self.setLayout(stack)
        for answer in self.rows:
            stack.addWidget(answer)
            answer.clicked.connect(self._tell)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.rows[0])

    def value(self) -> str | None:
        """The chosen code, None while nothing is chosen."""
        return next((c for c, r in zip(self._codes, self.rows, strict=True) if r.isChecked()), None)

    def set_value(self, code: str | None) -> None:
        """Choose one, or none."""
        for known, answer in zip(self._codes, self.rows, strict=True):
            answer.setAutoExclusive(False)
            answer.setChecked(known == code)
            answer.setAutoExclusive(True)

    def choose(self, digit: int) -> None:
        """Choose by the digit on the row, 1 for the first."""
        if 1 <= digit <= len(self.rows):
            self.rows[digit - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.rows[digit - 1].click()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self.choose(int(event.text()))
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        self.chosen.emit(self.value() or "")
