"""Text: one function for each role of the type scale, and a label that shortens itself."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui import icons

TITLES = {"h1": 1.6, "h2": 1.3, "h3": 1.1, "stat": 1.9}  # px between words: the title face sets them close


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text in a role of the style sheet: h1 h2 h3 bold muted small cap lead ..."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    _space_words(made, role)
    return made


def _space_words(made: QLabel, role: str) -> None:
    if role in TITLES:
        font = QFont()
        font.setWordSpacing(TITLES[role])
        made.setFont(font)


def rule() -> QFrame:
    """A thin line between things."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def icon_label(name: str, color: str = "ink3", size: int = 17, *, stroke: float = 1.75) -> QLabel:
    """An icon that is only seen, never pressed."""
    made = QLabel()
    made.setPixmap(icons.pixmap(name, color, size, stroke=stroke))
    made.setFixedSize(size, size)
    return made


def key_box(text: str) -> QLabel:
    """A key as it is printed on the keyboard."""
    made = label(text, "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room; the whole text is then its tooltip.

    Where it is given the height of two lines it takes them.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        _space_words(self, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:

        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        if self.height() >= 2 * self.fontMetrics().height():
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignTop) | Qt.TextFlag.TextWordWrap, self.text())
            return
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
