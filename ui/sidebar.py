"""The dark column at the left: the mark, the screens, and who works here."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, theme
from ui.context import Context
from ui.screens import SCREENS
from ui.shortcuts import hint
from ui.widgets.buttons import IconButton, NavButton
from ui.widgets.frames import Avatar, column, row
from ui.widgets.labels import ElidedLabel, label
from ui.words import shell as words

WIDE, NARROW = 208, 60


class Sidebar(QFrame):
    """Entries for the screens of the table; 208 px, or 60 with icons only."""

    def __init__(self, ctx: Context, go: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName(ctx.words(words.SIDEBAR))
        self.entries: dict[str, NavButton] = {}
        self.narrow = False
        whole = column(margins=(10, 14, 10, 10), spacing=2)
        self.setLayout(whole)
        whole.addLayout(self._brand())
        whole.addSpacing(12)
        self._add_entries(whole, ctx, go, "top")
        whole.addStretch()
        self._add_entries(whole, ctx, go, "bottom")
        whole.addSpacing(8)
        line = QFrame()
        line.setProperty("role", "sideline")
        whole.addWidget(line)
        whole.addWidget(self._person(ctx))
        self.set_narrow(narrow=False)

    @property
    def last(self) -> QWidget:
        """Where Tab leaves the sidebar."""
        return self._lock

    def set_current(self, key: str) -> None:
        """Light up the entry of a screen, or of the one it stands under."""
        shown = key if key in self.entries else SCREENS[key].under
        for name, entry in self.entries.items():
            entry.setChecked(name == shown)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, or icons and names."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else theme.current().room(WIDE))
        for entry in self.entries.values():
            entry.set_narrow(narrow=narrow)
        for part in (self._name, self._texts, self._lock):
            part.setVisible(not narrow)

    def _brand(self) -> QHBoxLayout:
        line = row(margins=(8, 2, 8, 0), spacing=10)
        mark = QLabel()
        mark.setPixmap(icons.pixmap(icons.LOGO, "ink", 30))
        mark.setFixedSize(30, 30)
        self._name = label("Dampingi", "brand")
        line.addWidget(mark)
        line.addWidget(self._name)
        line.addStretch()
        return line

    def _add_entries(self, whole: QVBoxLayout, ctx: Context, go: Callable[[str], object], place: str) -> None:
        for screen in SCREENS.values():
            if screen.place != place:
                continue
            entry = NavButton(ctx.words(screen.title), screen.icon, screen.keys)
            entry.clicked.connect(lambda _=False, key=screen.key: go(key))
            self.entries[screen.key] = entry
            whole.addWidget(entry)

    def _person(self, ctx: Context) -> QWidget:
        block = QWidget()
        line = row(margins=(6, 8, 0, 0), spacing=10)
        block.setLayout(line)
        line.addWidget(Avatar(ctx.profile.name, person=True))
        self._texts = QWidget()
        texts = column(spacing=0)
        self._texts.setLayout(texts)
        texts.addWidget(ElidedLabel(ctx.profile.name, "sidename"))
        if ctx.profile.role:
            texts.addWidget(ElidedLabel(ctx.profile.role, "sidecap"))
        line.addWidget(self._texts, 1)
        self._lock = IconButton("lock", ctx.words(words.LOCK), ctx.lock_out, color="sideInk", hint=hint("lock"))
        self._lock.setProperty("role", "side")
        line.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        return block
