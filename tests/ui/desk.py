"""A window with one page: keys as in the program; where the page wanted to go is kept."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from models.errors import AppError
from models.i18n import Words
from ui.context import Context
from ui.page import Page
from ui.shortcuts import SHORTCUTS


class Desk(QWidget):
    """Stands in for the shell: hosts a page, records what it asks of the window."""

    def __init__(self, ctx: Context, make: Callable[[Context], Page]) -> None:
        super().__init__()
        ctx.host = self  # pyright: ignore[reportAttributeAccessIssue]
        self.ctx, self.page = ctx, make(ctx)
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.said: list[Words] = []
        self.offered: Callable[[], object] | None = None
        self.keys = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        for name, shortcut in SHORTCUTS.items():
            for keys in shortcut.keys:
                QShortcut(QKeySequence(keys), self).activated.connect(lambda name=name: self._act(name))

    def go(self, key: str, **args: Any) -> None:
        self.page.leave()
        self.went.append((key, args))

    def back(self) -> None:
        self.page.leave()
        self.went.append(("back", {}))

    def toast(self, words: Words, action: Words | None = None, act: Callable[[], object] | None = None) -> None:
        self.said.append(words)
        self.offered = act

    def show_error(self, error: AppError) -> None:
        self.ctx.dialogs.show_error(error)

    def type(self, text: str) -> None:
        """Press the keys of a text where the caret stands."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
            self.keys += 1

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the caret stands."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.keys += 1
        QApplication.processEvents()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def submit(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def focus(self) -> QWidget:
        """Where the caret stands; offscreen a closed list does not give the window back at once."""
        focus = self.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def _act(self, name: str) -> None:
        if act := self.page.commands().get(name):
            act()


class Host:
    """Stands in for a window without pages: remembers where it was asked to go."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, dict[str, Any]]] = []

    def go(self, key: str, **args: Any) -> None:
        self.gone.append((key, args))
