"""Things that hold other things: cards, banners, avatars, the empty state."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.buttons import HintButton, IconButton, link
from ui.widgets.labels import ElidedLabel, icon_label, label
from ui.widgets.painting import TONES, avatar_tone, initials, paint_letters, paint_tile

BANNER_ICONS = {"amber": "cloud-off", "red": "circle-alert", "blue": "info", "green": "circle-check"}
BANNER_INKS = {"amber": "mangoInk", "red": "redInk", "blue": "blueInk", "green": "greenInk"}


def column(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """A column without margins unless asked."""
    made = QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


def row(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QHBoxLayout:
    """A row without margins unless asked."""
    made = QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and free it, what stands in layouts inside it too."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()  # it is gone only when the event loop comes round
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)
            inner.deleteLater()


def frame(role: str, layout: QVBoxLayout | QHBoxLayout | None = None) -> QFrame:
    """A styled frame: card topbar footer panel rail side ..."""
    made = QFrame()
    made.setProperty("role", role)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if layout is not None:
        made.setLayout(layout)
    return made


class Card(QFrame):
    """A card; with a title it gets a header line to which things can be added at the right."""

    def __init__(self, title: str = "", *, margins: tuple[int, int, int, int] = (16, 12, 16, 12), spacing: int = 8,
                 head_height: int = 56) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("role", "card")
        whole = column()
        self.setLayout(whole)
        self.head = row(margins=(16, 0, 16, 0), spacing=8)
        if title:
            head = frame("cardhead", self.head)
            head.setMinimumHeight(theme.current().room(head_height))
            self.title = label(title, "h2")
            self.head.addWidget(self.title)
            self.head.addStretch()
            whole.addWidget(head)
        self.body = column(margins=margins, spacing=spacing)
        whole.addLayout(self.body, 1)


class Tile(QWidget):
    """A soft square with an icon in it."""

    def __init__(self, tone: str, icon: str, size: int = 40, icon_size: int = 21, *, round_: bool = False) -> None:
        super().__init__()
        self._tone, self._icon, self._icon_size, self._radius = tone, icon, icon_size, size / 2 if round_ else 8
        self.setFixedSize(size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        back, ink = TONES[self._tone]
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(back))
        painter.drawRoundedRect(self.rect(), self._radius, self._radius)
        at = (self.width() - self._icon_size) // 2
        painter.drawPixmap(at, at, icons.pixmap(self._icon, ink, self._icon_size))


class Avatar(QWidget):
    """A tile with the initials of a business; round in mango for the person who works here."""

    def __init__(self, name: str, size: int = 34, *, person: bool = False) -> None:
        super().__init__()
        self._name, self._person = name, person
        self.setFixedSize(size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = 13 if self.width() < 40 else round(self.width() / 3)
        if self._person:
            font = theme.Theme().font(px, 700)
            mango, ink = theme.current().color("mango"), theme.Theme("light").color("ink")
            paint_letters(painter, self.rect(), mango, ink, initials(self._name), font, self.width() / 2)
        else:
            paint_tile(painter, self.rect(), avatar_tone(self._name), initials(self._name), px)


class StatCard(QPushButton):
    """A number with its name and a caption; the whole card opens the list behind it."""

    def __init__(self, tone: str, icon: str, name: str, clicked: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "stat")
        self._name = name
        inner = row(margins=(16, 0, 16, 0), spacing=12)
        inner.addWidget(Tile(tone, icon))
        texts = column()
        self.number, self.caption = label("", "stat"), ElidedLabel("", "cap")
        texts.addStretch()
        for part in (self.number, ElidedLabel(name, "smallbold"), self.caption):
            texts.addWidget(part)
        texts.addStretch()
        inner.addLayout(texts, 1)
        self.setLayout(inner)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(theme.current().lines(84))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if clicked:
            self.clicked.connect(lambda: clicked())

    def show_number(self, number: str, caption: str = "") -> None:
        """Fill in the number and the line under its name."""
        self.number.setText(number)
        self.caption.setText(caption)
        self.setAccessibleName(f"{self._name}: {number}. {caption}")


class Banner(QFrame):
    """A calm line over the page. tone: amber red blue green."""

    closed = Signal()

    def __init__(self, tone: str, bold: str, text: str = "", *, icon: str = "",
                 action: str = "", act: Callable[[], object] | None = None,
                 close: str = "") -> None:  # fmt: skip
        super().__init__()
        self.setProperty("tone", tone)
        line = row(margins=(14, 9, 14, 9), spacing=12)
        self.setLayout(line)
        line.addWidget(icon_label(icon or BANNER_ICONS[tone], BANNER_INKS[tone], 20))
        self._bold, self.text = bold, label("", wrap=True)
        self.say(text)
        line.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        if act:
            line.addWidget(link(action, act, lined=True))
        if close:
            button = IconButton("x", close, self._close, color=BANNER_INKS[tone], size=16)
            button.setProperty("role", "inner")
            line.addWidget(button)
        self.setMinimumHeight(42)

    def say(self, text: str) -> None:
        """What stands after the bold words, in one flow with them."""
        if self._bold:
            self.text.setTextFormat(Qt.TextFormat.RichText)
            self.text.setAccessibleName(f"{self._bold} {text}")
            text = f'<span style="font-weight:600">{escape(self._bold)}</span> {escape(text)}'
        self.text.setText(text)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """The stall drawing, a fact, a help sentence, one primary act and one other."""

    def __init__(self, fact: str, help_: str, buttons: Sequence[HintButton]) -> None:
        super().__init__()
        whole = column()
        self.setLayout(whole)
        picture = QLabel()
        picture.setPixmap(icons.drawing("stall", 220, 132))
        title, lead = label(fact, "h1", wrap=True), label(help_, "lead", wrap=True)
        for part in (picture, title, lead):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lead.setFixedWidth(560)
        lead.ensurePolished()
        lead.setMinimumHeight(lead.heightForWidth(560))
        whole.addStretch()
        whole.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(18)
        whole.addWidget(title)
        whole.addSpacing(4)
        whole.addWidget(lead, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(20)
        line = row(spacing=10)
        line.addStretch()
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        whole.addLayout(line)
        whole.addStretch()
