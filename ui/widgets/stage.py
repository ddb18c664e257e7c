"""The room in which one page at a time stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Stage(QWidget):
    """Shows one of its pages, as large as itself.

    Unlike a `QStackedWidget` it asks no page how large it wants to be: what changes on a page is laid out
    there alone, not in the whole window, and the pages behind cost nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._front: QWidget | None = None

    def add(self, page: QWidget) -> None:
        """One more page; it stays behind until it is shown."""
        page.hide()
        page.setParent(self)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front; the focus goes along when it stood on the page before."""
        before, self._front = self._front, page
        if before is page:
            return
        focus = self.window().focusWidget()
        page.setGeometry(self.rect())
        page.raise_()
        page.show()
        if before:
            if focus and before.isAncestorOf(focus):
                (page.focusWidget() or page).setFocus(Qt.FocusReason.OtherFocusReason)
            before.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._front:
            self._front.resize(event.size())
