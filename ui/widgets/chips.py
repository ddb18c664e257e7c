"""Chips: filters and topics that are pressed, states that are read, and the sync pill."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui import icons
from ui.events import SyncState
from ui.widgets.painting import CHIP_ICONS, TONES, chip_size, paint_chip

PILL_ICONS = {"ok": "cloud-check", "info": "refresh-cw", "wait": "cloud-off", "gr": "git-merge", "bad": "circle-alert"}


class Chip(QPushButton):
    """A filter or topic that is on or off; a check mark shows it, not the colour alone."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._mark)

    def _mark(self, on: bool) -> None:
        if on:
            icons.put(self, "check", "priInk", 14, stroke=2.5, gap=2)
        else:
            self.setIcon(QIcon())


class StatusChip(QWidget):
    """A state: an icon and a word on a soft ground. tone: ok wait bad info gr neu prs."""

    def __init__(self, tone: str, text: str, icon: str | None = None) -> None:
        super().__init__()
        self._tone, self._text = tone, text
        self._icon = CHIP_ICONS.get(tone, "") if icon is None else icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_state(self, tone: str, text: str, icon: str | None = None) -> None:
        """Another state in the same place."""
        self._tone, self._text = tone, text
        self._icon = CHIP_ICONS.get(tone, "") if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word on the chip."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._text, self._icon)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._tone, self._text, self._icon)


class SyncPill(QPushButton):
    """How sending stands, in the top bar of every screen."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self.setProperty("kind", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_state(self, state: SyncState) -> None:
        """Wear the tone and the words of a state."""
        self.setProperty("tone", state.tone)
        icons.put(self, PILL_ICONS[state.tone], TONES[state.tone][1], 16, gap=3)
        words = state.words.to("en" if self._lang == "en" else "id")
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip("")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show()

    def shorten(self, *, short: bool) -> None:
        """Only the icon, in the colour of the state, where a title needs the room; the words are its tooltip."""
        self.setText("" if short else self.accessibleName())
        self.setToolTip(self.accessibleName() if short else "")
