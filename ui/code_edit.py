"""The enrolment code in eight boxes: one real edit behind them, so that pasting works."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from models.codes import LENGTH, clean_code
from ui import theme
from ui.widgets import TextEdit

BOX, HIGH, GAP, DASH = 46, 54, 8, 26


class CodeEdit(TextEdit):
    """Upper-cases what is typed; the letters O and I become the digits they look like."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "code")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._tidy)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._left(LENGTH - 1) + BOX + 4, HIGH + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, text = theme.current(), self.text()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.Theme().font(22, 700, theme.TITLE))
        wrong = self.property("invalid") == "error"
        at = min(len(text), LENGTH - 1)
        for n in range(LENGTH):
            here = self.hasFocus() and n == at
            box = QRect(2 + self._left(n), 2, BOX, HIGH)
            edge = "grape" if here else "red" if wrong else "ctl"
            width = 2 if here or wrong else 1
            painter.setPen(QPen(look.color(edge), width))
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.setPen(look.color("ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text[n : n + 1])
            if here and n >= len(text):
                painter.fillRect(box.center().x(), box.center().y() - 12, 1, 24, look.color("ink"))
        painter.fillRect(2 + self._left(4) - GAP - 11, 2 + HIGH // 2, 10, 2, look.color("ctl"))

    @staticmethod
    def _left(n: int) -> int:
        return n * (BOX + GAP) + (DASH - GAP + 2 if n >= LENGTH // 2 else 0)

    def _tidy(self, typed: str) -> None:
        code = clean_code(typed)[:LENGTH]
        if code != typed:
            self.setText(code)
