"""The rail of steps beside a long form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.frames import column, frame, row
from ui.widgets.painting import paint_letters


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a rail: its title and the line under it; done steps wear a check mark."""

    title: str
    caption: str = ""
    done: bool = False


class StepRail(QWidget):
    """The steps of a long form; pressing one scrolls to its section."""

    chosen = Signal(int)

    def __init__(self, steps: Sequence[str], width: int = 196) -> None:
        super().__init__()
        self.setFixedWidth(theme.current().lines(width))
        whole = row()
        self.setLayout(whole)
        self.body = column(margins=(12, 18, 12, 18), spacing=4)
        whole.addWidget(frame("rail", self.body))
        self._items = [_StepItem(i, StepState(title)) for i, title in enumerate(steps)]
        for item in self._items:
            self.body.addWidget(item)
            item.clicked.connect(lambda _=False, i=item.number: self.chosen.emit(i))
        self.body.addStretch()

    def show_step(self, number: int, state: StepState) -> None:
        """What stands at one step."""
        self._items[number].show_state(state)

    def set_current(self, number: int) -> None:
        """Mark the step that is in view."""
        for item in self._items:
            item.setChecked(item.number == number)


class _StepItem(QPushButton):
    def __init__(self, number: int, state: StepState) -> None:
        super().__init__()
        self.number, self._state = number, state
        self.setProperty("kind", "step")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(state)

    def show_state(self, state: StepState) -> None:
        self._state = state
        self.setAccessibleName(f"{self.number + 1}. {state.title}. {state.caption}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = theme.current()
        lines = self._title_lines() * look.lines(20) + (look.lines(16) if self._state.caption else 0)
        return QSize(172, max(44, lines + 18))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, on, done = theme.current(), self.isChecked(), self._state.done
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(look.color("priSoft" if on else "surface3"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        disc = QRect(12, self.height() // 2 - 13, 26, 26)
        if done and not on:
            paint_letters(painter, disc, look.color("greenSoft"), look.color("greenInk"), "", self.font(), 13)
            painter.drawPixmap(disc.left() + 5, disc.top() + 5, icons.pixmap("check", "greenInk", 15, stroke=2.6))
        else:
            back, ink = ("pri", "onPri") if on else ("bg", "ink2")
            digits = theme.Theme().font(13, 700)
            paint_letters(painter, disc, look.color(back), look.color(ink), str(self.number + 1), digits, 13)
            if not on:
                painter.setPen(QPen(look.color("ctl"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(disc.toRectF().adjusted(0.75, 0.75, -0.75, -0.75))
        self._paint_words(painter, look)

    def _paint_words(self, painter: QPainter, look: theme.Theme) -> None:
        title_height = self._title_lines() * look.lines(20)
        whole = title_height + (look.lines(16) if self._state.caption else 0)
        top, width = (self.height() - whole) // 2, self.width() - 50 - 8
        painter.setFont(look.font(14, 600))
        painter.setPen(look.color("priInk" if self.isChecked() else "ink"))
        painter.drawText(QRect(50, top, width, title_height), self._flags(), self._state.title)
        painter.setFont(look.font(12.5))
        painter.setPen(look.color("ink3"))
        painter.drawText(QRect(50, top + title_height, width, look.lines(16)), Qt.AlignmentFlag.AlignVCenter, self._state.caption)  # fmt: skip

    def _title_lines(self) -> int:
        metrics = QFontMetrics(theme.current().font(14, 600))
        return 1 + (metrics.horizontalAdvance(self._state.title) > max(self.width(), 172) - 58)

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
