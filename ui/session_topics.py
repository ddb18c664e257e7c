"""The ten topics of a session, each with its digit: pressed in the group, or with Alt from anywhere."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from models.consultations import TOPICS
from models.i18n import Lang
from ui import icons, theme
from ui.widgets.painting import paint_letters

COLUMNS = 5
CHIP_AT_LEAST = 118  # px at 100 % text; narrower grids get fewer columns
DIGITS = "1234567890"
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class TopicChip(QPushButton):
    """A topic that is on or off: digit tile, name, and a check mark while it is on."""

    def __init__(self, digit: str, name: str) -> None:
        super().__init__()
        self._digit, self._name = digit, name
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAccessibleName(f"{digit} {name}")
        self.setToolTip(f"{name} (Alt+{digit})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.current().lines(CHIP_AT_LEAST), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()  # the grid moves
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, on = theme.current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.room(18)
        tile = QRect(8, (self.height() - side) // 2, side, side)
        back, ink = ("pri", "onPri") if on else ("surface3", "ink2")
        paint_letters(painter, tile, look.color(back), look.color(ink), self._digit, look.font(12, 700), 5)
        painter.setPen(look.color("priInk" if on else "ink"))
        painter.setFont(look.font(13, 600 if on else 500))
        room = self.rect().adjusted(side + 15, 0, -30 if on else -10, 0)
        cut = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)
        if on:
            mark = icons.pixmap("check", "priInk", 14, stroke=2.5)
            painter.drawPixmap(self.width() - 26, (self.height() - 14) // 2, mark)


class TopicGrid(QWidget):
    """All topics; `value` is what `consultation.topics` stores: `halal,packaging`."""

    changed = Signal()

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.chips = {
            option.code: TopicChip(digit, option.words.to(lang))
            for digit, option in zip(DIGITS, TOPICS.options, strict=True)
        }
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.setLayout(self._grid)
        self._columns = 0
        self._arrange(COLUMNS)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a label leads only to what takes the focus
        self.setFocusProxy(next(iter(self.chips.values())))
        for at, chip in enumerate(self.chips.values()):
            chip.toggled.connect(lambda _: self.changed.emit())
            if at:
                chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # one stop for Tab; arrows and digits do the rest

    def value(self) -> str:
        """The codes that are on, in their own order."""
        return ",".join(code for code, chip in self.chips.items() if chip.isChecked())

    def set_value(self, codes: str) -> None:
        """Switch exactly these on."""
        wanted = codes.split(",")
        for code, chip in self.chips.items():
            chip.setChecked(code in wanted)

    def press(self, digit: str) -> None:
        """Switch the topic of a digit."""
        chip = list(self.chips.values())[DIGITS.index(digit)]
        chip.click()

    def listen(self, page: QWidget) -> None:
        """Alt+digit anywhere on the page; the digits of the number pad stay with Windows."""
        for digit in DIGITS:
            shortcut = QShortcut(QKeySequence(f"Alt+{digit}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda d=digit: self.press(d))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        if event.text() in DIGITS and event.text():
            self.press(event.text())
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            chips = list(self.chips.values())
            at = next((i for i, chip in enumerate(chips) if chip.hasFocus()), 0)
            chips[min(max(at + step, 0), len(chips) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at_least = theme.current().lines(CHIP_AT_LEAST)
        self._arrange(COLUMNS if event.size().width() >= COLUMNS * (at_least + 8) else 3)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for chip in self.chips.values():
            self._grid.removeWidget(chip)
        for i, chip in enumerate(self.chips.values()):
            self._grid.addWidget(chip, i // columns, i % columns)
        for i in range(COLUMNS):
            self._grid.setColumnStretch(i, 1 if i < columns else 0)
