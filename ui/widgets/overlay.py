"""What floats over the window: the focus ring, the toast, the scrim behind a dialog."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QFrame, QWidget
from typing_extensions import override

from ui import theme
from ui.widgets.buttons import HintButton
from ui.widgets.field import ErrorSummary
from ui.widgets.frames import row
from ui.widgets.labels import label

TOAST_MILLIS = 6000
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
RING_RADII = {"chip": 20, "pill": 20, "stat": 13, "tab": 6}


class FocusRing(QWidget):
    """A 2-px ring around the button that the keyboard has reached; edits draw their own border.

    Watches only the window's input, and the focused button with what it stands in: a filter on the
    whole application would run for each event of each widget.
    """

    def __init__(self, window: QWidget, *, by_keyboard: bool = True) -> None:
        """`by_keyboard` says whether a first focus that nobody pressed a key for shows the ring."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target: QWidget | None = None
        self._keyboard = by_keyboard
        self._input: QObject | None = None  # the native window, once there is one
        self._chain: list[QWidget] = []
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a widget cannot be without it
        app.focusChanged.connect(self._follow)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._keyboard = True
        elif kind == QEvent.Type.MouseButtonPress:
            self._keyboard = False
            self._aim(None)
        elif kind in MOVES:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_side = self._target is not None and self._target.property("kind") == "nav"
        painter.setPen(QPen(theme.current().color("mango" if in_side else "grape"), 2))
        kind = self._target.property("kind") if self._target else ""
        radius = RING_RADII.get(str(kind), 11)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            self._aim(None)
            return
        native = self.window().windowHandle()
        if native is not None and native is not self._input and shiboken6.isValid(native):
            self._input = native
            native.installEventFilter(self)
        wanted = isinstance(now, (QAbstractButton, ErrorSummary)) and now.window() is self.window()
        self._aim(now if wanted and self._keyboard else None)

    def _aim(self, target: QWidget | None) -> None:
        for widget in self._chain:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._target, self._chain = target, []
        while target is not None and target is not self.window():
            target.installEventFilter(self)
            self._chain.append(target)
            target = target.parentWidget()
        self._place()
        if self._target is not None:
            QTimer.singleShot(0, self, self._place)  # a page just built is laid out by then

    def _room(self) -> QRect:
        """What can be seen of the target's surroundings: it may be scrolled under a header or footer."""
        room = self.window().rect()
        for widget in self._chain:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                view = QRect(widget.mapTo(self.window(), QPoint(0, 0)), widget.size())
                room &= view.adjusted(-4, 0, 4, 0)  # beside it nothing is covered
        return room

    def _place(self) -> None:
        target = self._target
        if target is None or not shiboken6.isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-4, -4, 4, 4)
        seen = around & self._room()
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(around)
        self.setMask(seen.translated(-around.topLeft()))
        self.raise_()
        self.show()
        self.update()


class Toast(QFrame):
    """A short message at the bottom; one at a time; with an action it stays until the next."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._frame = window
        self.setProperty("role", "toast")
        line = row(margins=(14, 8, 14, 8), spacing=12)
        self.setLayout(line)
        self._text = label("")
        self._action = HintButton("", "link")
        self._act: Callable[[], object] | None = None
        self._action.clicked.connect(self._run)
        line.addWidget(self._text)
        line.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a message, with one action when there is one."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._act = act
        self.adjustSize()
        self.place()
        self.raise_()
        self.show()
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if not action:
            self._timer.start(TOAST_MILLIS)

    def place(self) -> None:
        """Stand in the middle, above the footer."""
        window = self._frame
        self.setMaximumWidth(max(480, window.width() // 2))
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 84)

    def _run(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act:
            act()


class Scrim(QWidget):
    """Darkens the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = theme.Theme("light").color("ink")
        color.setAlphaF(0.42)
        QPainter(self).fillRect(self.rect(), color)
