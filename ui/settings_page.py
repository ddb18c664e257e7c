"""Pengaturan: sections at the left, rows of "title, one line why, control" at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from models.i18n import Words
from ui import icons, theme
from ui.context import Context
from ui.page import Page
from ui.settings_account import OfficeSection, ProfileSection
from ui.settings_backup import BackupSection
from ui.settings_rows import Section
from ui.settings_simple import AboutSection, LookSection
from ui.widgets import column, frame, row
from ui.words import settings as w

SECTIONS: dict[str, Callable[[Context], Section]] = {
    "profile": ProfileSection,
    "look": LookSection,
    "office": OfficeSection,
    "backup": BackupSection,
    "about": AboutSection,
}


class SettingsPage(Page):
    """Changes apply at once; there is no OK."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._stack = QStackedWidget()
        self._entries: dict[str, QPushButton] = {}
        self._sections: dict[str, Section] = {}
        self.rail = self._rail()
        whole = row()
        whole.addWidget(self.rail)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    @override
    def title(self) -> str:
        return self.ctx.words(w.TITLE)

    @override
    def open(self, **args: object) -> None:
        key = str(args.get("section", "look"))
        self.show_section(key)
        self._entries[key].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def leave(self) -> None:
        for section in self._sections.values():
            section.leave()

    @override
    def regions(self) -> tuple[QWidget, ...]:
        return (self.rail, self._stack)

    def show_section(self, key: str) -> None:
        """Bring a section to the front, building it the first time."""
        self._entries[key].setChecked(True)
        if key not in self._sections:
            section = SECTIONS[key](self.ctx)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(section)
            self._sections[key] = section
            self._stack.addWidget(area)
        self._stack.setCurrentIndex(list(self._sections).index(key))
        self._sections[key].open()

    def _rail(self) -> QWidget:
        body = column(margins=(12, 16, 12, 16), spacing=4)
        group = QButtonGroup(self)
        for key, icon, words in w.SECTIONS:
            entry = self._entry(key, icon, words)
            group.addButton(entry)
            body.addWidget(entry)
        body.addStretch()
        rail = frame("rail", body)
        rail.setFixedWidth(theme.current().room(228))
        return rail

    def _entry(self, key: str, icon: str, words: Words) -> QPushButton:
        entry = QPushButton(self.ctx.words(words).replace("&", "&&"))
        entry.setProperty("kind", "railentry")
        entry.setCheckable(True)
        icons.put(entry, icon, "ink2", 18, stroke=1.75, gap=8)
        entry.clicked.connect(lambda: self.show_section(key))
        self._entries[key] = entry
        return entry
