"""The box over the darkened window: a field, a list that its letters narrow, and the keys at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsDropShadowEffect, QWidget
from typing_extensions import override

from models.i18n import Words
from ui import theme
from ui.context import Context
from ui.palette_list import Item, PaletteList
from ui.widgets import TextEdit, frame, icon_label, key_box, label, row, rule
from ui.widgets.frames import column
from ui.words import palette as words

WIDTH, HEIGHT, TOP = 640, 520, 76
HEAD, FOOT = 56, 38
Keys = Sequence[tuple[tuple[str, ...], Words]]
CHOOSE: Keys = ((("↑", "↓"), words.CHOOSE), (("Enter",), words.OPEN))


class PaletteBox(QWidget):
    """A field and a list over the darkened window; Esc or a click beside it closes.

    Who fills it says what to ask for the letters (`ask`), and what Ctrl+Enter does (`enter_with_control`).
    """

    def __init__(self, window: QWidget, ctx: Context, hint: str, name: str, keys: Keys) -> None:
        super().__init__(window)
        self.window_below, self.ctx, self._before = window, ctx, QApplication.focusWidget()
        self._answered, self._hasty = "", False  # for which letters the lines are; Enter came before them
        self.list = PaletteList()
        self.list.clicked.connect(lambda _: self.run(self.list.current()))
        self.field = TextEdit()
        self.field.setProperty("role", "palette")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        self.field.textChanged.connect(self.ask)
        self.field.installEventFilter(self)
        self.box = self._build(keys)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.ask("")
        self.show()
        self.raise_()

    def ask(self, typed: str) -> None:
        """The letters changed: `show_items` what fits, now or later."""
        raise NotImplementedError

    def enter_with_control(self) -> None:
        """Ctrl+Enter."""

    def close_palette(self) -> None:
        """Away with it; the focus goes back to where it was."""
        self.window_below.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if self._before:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_items(self, items: Sequence[Item], typed: str) -> None:
        """List these; the words that were typed are underlined in them."""
        self.list.show_items(items, typed)
        self._place()
        self._answered = typed.strip()
        if self._hasty and self._answered == self.field.text().strip():
            self._hasty = False
            self.run(self.list.current())

    def run(self, item: Item | None) -> None:
        """Do what a line does; the box is away before."""
        if item is None or item.run is None:
            return
        if not item.stays:
            self.leave()
        item.run()

    def leave(self) -> None:
        """Close, with the focus wherever the act puts it."""
        self._before = None
        self.close_palette()

    def _build(self, keys: Keys) -> QWidget:
        whole = column()
        box = frame("dialog", whole)
        box.setParent(self)
        head = row(margins=(18, 0, 18, 0), spacing=12)
        head.addWidget(icon_label("search", "ink", 20, stroke=2))
        head.addWidget(self.field, 1)
        head.addWidget(key_box("Esc"))
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(theme.current().room(HEAD))
        body = column(margins=(8, 2, 8, 6))
        body.addWidget(self.list)
        whole.addWidget(top)
        whole.addWidget(rule())
        whole.addLayout(body, 1)
        whole.addWidget(self._foot(keys))
        shadow = QGraphicsDropShadowEffect(box)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        dark = theme.Theme("light").color("ink")
        dark.setAlphaF(0.22)
        shadow.setColor(dark)
        box.setGraphicsEffect(shadow)
        return box

    def _foot(self, keys: Keys) -> QWidget:
        line = row(margins=(18, 0, 18, 0), spacing=6)
        for names, what in keys:
            for name in names:
                line.addWidget(key_box(name))
            line.addWidget(label(self.ctx.words(what), "cap"))
            line.addSpacing(10)
        line.addStretch()
        foot = frame("palettefoot", line)
        foot.setFixedHeight(theme.current().room(FOOT))
        return foot

    def _place(self) -> None:
        window = self.window_below
        self.setGeometry(window.rect())
        width = min(theme.current().room(WIDTH), window.width() - 48)
        fixed = theme.current().room(HEAD) + theme.current().room(FOOT) + 11
        height = min(fixed + self.list.content_height(), theme.current().room(HEIGHT), window.height() - TOP - 24)
        self.box.setGeometry(QRect((window.width() - width) // 2, TOP, width, height))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window_below:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # the keys of the window wait until the box is away
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape or (control and key == Qt.Key.Key_K):
            self.close_palette()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.choose(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab) else -1)
        elif enter and control:
            self.enter_with_control()
        elif enter:
            self._enter()
        elif (item := self._by_key(event)) is not None:
            self.run(item)
        else:
            return False
        return True

    def _enter(self) -> None:
        """Do what the chosen line does; a scanner or a fast hand waits for the lines of what was typed."""
        self._hasty = self._answered != self.field.text().strip()
        if not self._hasty:
            self.run(self.list.current())

    def _by_key(self, event: QKeyEvent) -> Item | None:
        """The action whose key was pressed."""
        pressed = QKeySequence(event.keyCombination()).toString().replace("+", " ")
        return next((item for item in self.list.items if item.key and item.key == pressed), None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_palette()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = theme.Theme("light").color("ink")
        color.setAlphaF(0.42)
        QPainter(self).fillRect(self.rect(), color)
