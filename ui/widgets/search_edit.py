"""A choice among many by typing a few letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView
from typing_extensions import override

from ui import icons
from ui.widgets.edits import TextEdit

Found = Sequence[tuple[str, str]]  # (code, what the list says)


class ChoiceSearchEdit(TextEdit):
    """A choice among many by typing a few letters; the first match is taken with Enter.

    `find` gives what fits the typed text as `(code, words)` and must answer at once (reference
    data in memory). The chosen code is `value()`; typed text that is no choice has value None.
    """

    chosen = Signal(str)

    def __init__(self, find: Callable[[str], Found], show: Callable[[str], str] = lambda code: code) -> None:
        super().__init__()
        self._find, self._show, self._value, self._found = find, show, "", []
        self._names = QStringListModel(self)
        self._popup = QListView()
        self._popup.setProperty("role", "popup")
        self._completer = QCompleter(self._names, self)
        self._completer.setPopup(self._popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take_name)
        self.addAction(icons.icon("chevron-down", "ink2", 17), QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._search)
        self.left.connect(self._settle)

    def value(self) -> str | None:
        """The chosen code."""
        return self._value or None

    @property
    def choosing(self) -> bool:
        """Whether the list is open: Enter then takes its first line."""
        return self._popup.isVisible()

    def set_value(self, code: str | None) -> None:
        """Choose without typing."""
        self._value = code or ""
        self.setText(self._show(code) if code else "")
        self.setCursorPosition(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self._popup.isVisible()
        if opens:
            self._search(self.text() if not self._value else "")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._popup.isVisible():
            self._take_row(max(0, self._popup.currentIndex().row()))
        super().keyPressEvent(event)

    def _search(self, typed: str) -> None:
        self._value = ""
        self._found = list(self._find(typed))
        self._names.setStringList([words for _, words in self._found])
        if self._found:
            self._completer.complete()
            self._popup.setCurrentIndex(self._names.index(0, 0))
        else:
            self._popup.hide()

    def _take_name(self, words: str) -> None:
        self._take_row(next((i for i, found in enumerate(self._found) if found[1] == words), -1))

    def _take_row(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self._popup.hide()
            self.set_value(self._found[row][0])
            self.chosen.emit(self._value)

    def _settle(self) -> None:
        if not self._value and self.text().strip() and len(self._found) == 1:
            self._take_row(0)
