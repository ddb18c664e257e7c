"""The Ctrl+K palette: businesses and actions by typing a few letters."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsDropShadowEffect, QWidget
from typing_extensions import override

from models import search, summaries
from models.kinds import KINDS
from models.lists import page
from models.schema import Row
from models.store import Store
from ui import theme
from ui.background import Job
from ui.context import Context
from ui.palette_list import Item, PaletteList
from ui.screens import SCREENS
from ui.shortcuts import hint
from ui.widgets import TextEdit, frame, icon_label, key_box, label, row, rule
from ui.widgets.frames import column
from ui.words import common
from ui.words import palette as words

WIDTH, HEIGHT, TOP = 640, 520, 76
SHOWN, RECENT = 6, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the store said: the rows, whether they are the recent ones, and what was probably meant."""

    typed: str
    rows: list[Row]
    meant: str


def ask(store: Store, typed: str) -> Answer:
    """The best rows for what was typed; the recent ones for nothing."""
    if not typed.strip():
        return Answer("", summaries.recent(store, RECENT), "")
    rows = page(store, search.best(store, typed, SHOWN))
    return Answer(typed, rows, "" if rows else search.suggestion(store, typed))


def open_palette(window: QWidget, ctx: Context) -> "Palette":
    """Show the palette over the window; the one that is there already stays."""
    palette = next((p for p in window.findChildren(Palette) if p.isVisible()), None) or Palette(window, ctx)
    palette.field.setFocus()
    return palette


class Palette(QWidget):
    """A field and a list over the darkened window; Esc or a click beside it closes."""

    def __init__(self, window: QWidget, ctx: Context) -> None:
        super().__init__(window)
        self._window, self._ctx, self._before = window, ctx, QApplication.focusWidget()
        self._job: Job | None = None
        self.list = PaletteList()
        self.list.clicked.connect(lambda _: self._run(self.list.current()))
        self.field = TextEdit()
        self.field.setProperty("role", "palette")
        self.field.setPlaceholderText(ctx.words(common.SEARCH))
        self.field.setAccessibleName(ctx.words(words.NAME))
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.box = self._build()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self._ask("")
        self.show()
        self.raise_()

    def close_palette(self) -> None:
        """Away with it; the focus goes back to where it was."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()
        if self._before:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> QWidget:
        whole = column()
        box = frame("dialog", whole)
        box.setParent(self)
        head = row(margins=(18, 0, 18, 0), spacing=12)
        head.addWidget(icon_label("search", "ink", 20, stroke=2))
        head.addWidget(self.field, 1)
        head.addWidget(key_box("Esc"))
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(theme.current().room(56))
        body = column(margins=(8, 2, 8, 6))
        body.addWidget(self.list)
        whole.addWidget(top)
        whole.addWidget(rule())
        whole.addLayout(body, 1)
        whole.addWidget(self._foot())
        shadow = QGraphicsDropShadowEffect(box)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        dark = theme.Theme("light").color("ink")
        dark.setAlphaF(0.22)
        shadow.setColor(dark)
        box.setGraphicsEffect(shadow)
        return box

    def _foot(self) -> QWidget:
        line = row(margins=(18, 0, 18, 0), spacing=6)
        said = ((("↑", "↓"), words.CHOOSE), (("Enter",), words.OPEN), (("Ctrl Enter",), words.SESSION))
        for keys, what in said:
            for key in keys:
                line.addWidget(key_box(key))
            line.addWidget(label(self._ctx.words(what), "cap"))
            line.addSpacing(10)
        line.addStretch()
        foot = frame("palettefoot", line)
        foot.setFixedHeight(theme.current().room(38))
        return foot

    def _ask(self, typed: str) -> None:
        if self._job:
            self._job.cancel()
        self._job = self._ctx.background.read(self, lambda store: ask(store, typed), self._show)

    def _show(self, answer: Answer) -> None:
        self.list.show_items([*self._hits(answer), *self._acts(answer)], answer.typed)
        self._place()

    def _place(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = min(theme.current().room(WIDTH), window.width() - 48)
        fixed = theme.current().room(56) + theme.current().room(38) + 11
        height = min(fixed + self.list.content_height(), theme.current().room(HEIGHT), window.height() - TOP - 24)
        self.box.setGeometry(QRect((window.width() - width) // 2, TOP, width, height))

    def _hits(self, answer: Answer) -> list[Item]:
        if not answer.rows:
            return self._misses(answer)
        said = words.FOUND if answer.typed else words.RECENT
        return [Item(self._ctx.words(said)), *map(self._hit, answer.rows)]

    def _hit(self, listed: Row) -> Item:
        ids = {"owner_id": listed["owner_id"] or "", "business_id": listed["business_id"] or ""}
        name = listed["business"] or listed["owner"]
        who = listed["owner"] if listed["business"] else self._ctx.words(words.OWNER_ONLY)
        place = self._ctx.words(words.RW, n=listed["rw"]) if listed["rw"] else ""
        parts = (who, place, KINDS["phone"].show(listed["phone"], self._ctx.lang))
        icon = "store" if listed["business"] else "user-round"
        return Item(name, " · ".join(p for p in parts if p), icon, "", lambda: self._ctx.go("owners", **ids), ids)

    def _misses(self, answer: Answer) -> list[Item]:
        if not answer.typed:
            return []
        items = [Item(self._ctx.words(words.NOTHING, text=answer.typed))]
        if answer.meant:
            text = self._ctx.words(words.MEANT, text=answer.meant)
            items.append(Item(text, "", "search", "", lambda: self.field.setText(answer.meant)))
        return items

    def _acts(self, answer: Answer) -> list[Item]:
        go, say, typed = self._ctx.go, self._ctx.words, answer.typed.strip()
        items = [Item(say(words.ACTS))]
        if typed:
            text = say(words.REGISTER_IT, text=typed)
            items.append(Item(text, "", "plus", hint("register"), lambda: go("register", business_name=typed)))
            if len(answer.rows) == SHOWN:
                items.append(Item(say(words.SEE_ALL), "", "list", "", lambda: go("owners", text=typed)))
            items += self._acts_for(answer.rows[0]) if answer.rows else []
            items += self._screens(typed)
        else:
            items.append(Item(say(common.REGISTER), "", "plus", hint("register"), lambda: go("register")))
            items += self._screens("")
        return items

    def _acts_for(self, listed: Row) -> list[Item]:
        """What is often done with the first business that was found."""
        if not listed["owner_id"]:
            return []
        name, ids = listed["business"] or listed["owner"], self._hit(listed).ids
        session = self._ctx.words(words.SESSION_FOR, name=name)
        paper = self._ctx.words(words.PRINT_FOR, name=name)
        return [
            Item(session, "", "messages-square", hint("session"), lambda: self._ctx.go("session", **ids)),
            Item(paper, "", "printer", hint("print").replace("+", " "), lambda: self._ctx.go("preview", **ids)),
        ]

    def _screens(self, typed: str) -> list[Item]:
        """The screens whose name holds what was typed."""
        items: list[Item] = []
        for screen in SCREENS.values():
            name = self._ctx.words(screen.title)
            wanted = search.fold(typed) in search.fold(name) if typed else True
            if screen.exists and screen.icon and wanted:
                act = lambda key=screen.key: self._ctx.go(key)  # noqa: E731
                items.append(Item(name, "", screen.icon, screen.keys.replace("+", " "), act))
        return items

    def _run(self, item: Item | None) -> None:
        if item is None or item.run is None:
            return
        if item.icon != "search":  # the suggestion only changes what is typed
            self._before = None
            self.close_palette()
        item.run()

    def _session(self) -> None:
        """Ctrl+Enter: a session with the chosen business, else with the first one."""
        chosen = self.list.current()
        ids = next((i.ids for i in (chosen, *self.list.items) if i and i.ids.get("owner_id")), None)
        if ids:
            self._before = None
            self.close_palette()
            self._ctx.go("session", **ids)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # the keys of the window wait until the palette is away
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
            self._session()
        elif enter:
            self._run(self.list.current())
        elif (item := self._by_key(event)) is not None:
            self._run(item)
        else:
            return False
        return True

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
