"""The window around the pages: sidebar, top bar, the stack of pages, keys, toast."""

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from typing_extensions import override

from models.errors import AppError
from models.i18n import Lang, Words
from ui import icons, theme
from ui.context import Context
from ui.events import SyncState
from ui.page import Page
from ui.screens import SCREENS
from ui.shortcuts import SHORTCUTS, hint
from ui.sidebar import Sidebar
from ui.stick_banner import StickBanner
from ui.widgets.buttons import IconButton
from ui.widgets.chips import SyncPill
from ui.widgets.frames import column, frame, row
from ui.widgets.labels import ElidedLabel, key_box, label
from ui.widgets.overlay import FocusRing, Toast
from ui.widgets.stage import Stage
from ui.words import common

COLLAPSE_BELOW = 1180
SEARCH = (120, 280)  # px: it gives way to the title
TAB = Qt.FocusPolicy.TabFocus
Restyle = Callable[..., None]


class SearchBox(QPushButton):
    """Looks like a search field; pressing it opens the palette."""

    def __init__(self, text: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "box")
        self.setAccessibleName(text)
        self.setFixedWidth(SEARCH[1])
        line = row(margins=(11, 0, 8, 0), spacing=8)
        self.setLayout(line)
        mark = label("")
        mark.setPixmap(icons.pixmap("search", "ink3", 17))
        line.addWidget(mark)
        line.addWidget(ElidedLabel(text, "tag"), 1)
        line.addWidget(key_box(hint("palette").replace("+", " ")))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: clicked())


class Shell(QWidget):
    """Implements what `ui.context.Host` promises the pages."""

    def __init__(self, ctx: Context, restyle: Restyle, lock_out: Callable[..., object]) -> None:
        super().__init__()
        self.ctx, self._restyle, self._lock_out = ctx, restyle, lock_out
        ctx.host = self
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._history: list[tuple[str, dict[str, object]]] = []
        self._by_hand: bool | None = None  # the sidebar as the person wants it
        self.key = ""
        self._sync_state: SyncState | None = None
        self._build()
        self._connect_keys()
        ctx.events.changed.connect(self._data_changed)
        ctx.events.sync.connect(self._show_sync)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[self.key]

    @property
    def place(self) -> tuple[str, dict[str, object]]:
        """The screen in front and what shows it again as it stands."""
        key, args = self._history[-1]
        return key, {**args, **self.page.again()}

    def go(self, key: str, **args: object) -> None:
        """Bring a screen to the front, building it when it is shown for the first time."""
        if self.key:
            self.page.leave()
            if key == "help" != self.key:
                args = {"about": self.key} | args  # what is asked on the screen in front stands first
        if self.key != key:
            self._history = [h for h in self._history if h[0] != key]
        self._show(key, args)

    def back(self) -> None:
        """The screen before this one; at the first one nothing happens."""
        if len(self._history) < 2:
            return
        self.page.leave()
        self._history.pop()
        self._show(*self._history.pop())

    def toast(self, words: Words, action: Words | None = None, act: Callable[[], object] | None = None) -> None:
        """Say something at the foot of the window."""
        self._toast.say(self.ctx.words(words), self.ctx.words(action) if action else "", act)

    def show_error(self, error: AppError) -> None:
        """Say what went wrong in a dialog."""
        self.ctx.dialogs.show_error(error)

    def restyle(self, *, lang: Lang | None = None, theme: theme.Theme | None = None) -> None:
        """Build everything anew in another language or look."""
        self._restyle(lang=lang, theme=theme)

    def lock_out(self, meanwhile: Callable[[], Words] | None = None) -> None:
        """Save drafts, close the data."""
        self.leave()
        self._lock_out(meanwhile)

    def leave(self) -> None:
        """Give the page in front the chance to save its draft."""
        if self.key:
            self.page.leave()

    def _build(self) -> None:
        self.sidebar = Sidebar(self.ctx, self.go)
        self._back = IconButton("arrow-left", self.ctx.words(common.BACK), self._escape, hint="Esc")
        self._back.setProperty("framed", True)
        self._title = ElidedLabel("", "h1")
        self._stage = Stage()
        self._search = SearchBox(self.ctx.words(common.SEARCH), self._open_palette)
        self._pill = SyncPill(self.ctx.lang)
        self._pill.clicked.connect(lambda: self.go("sync"))
        self._top = row(margins=(24, 0, 24, 0), spacing=12)
        bar = frame("topbar", self._top)
        bar.setFixedHeight(theme.current().room(56))
        self._top_page: list[QWidget] = []
        whole, right = row(), column()
        whole.addWidget(self.sidebar)
        right.addWidget(bar)
        right.addWidget(StickBanner(self.ctx))
        right.addWidget(self._stage, 1)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self._toast = Toast(self)
        FocusRing(self, by_keyboard=False)

    def _show(self, key: str, args: dict[str, object]) -> None:
        fresh = key not in self._pages
        if fresh:
            page = SCREENS[key].build(self.ctx)
            page.top_changed.connect(self._fill_top)
            self._pages[key] = page
            self._stage.add(page)
        if key != self.key:
            self._toast.hide()
        self.key = key
        self._history.append((key, args))
        self._stage.show_page(self.page)
        self.sidebar.set_current(key)
        self._fill_top()
        if fresh:  # else the focus is where it was on this page
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.open(**args)
        if key in self._stale:
            self._stale.discard(key)
            self.page.refresh(None)

    def _fill_top(self) -> None:
        page = self.page
        notes, buttons = list(page.notes()), list(page.buttons())
        for gone in self._top_page:
            if gone not in notes and gone not in buttons:
                gone.hide()  # those that stay keep the focus
        while self._top.takeAt(0):
            pass
        self._top_page = [*notes, *buttons]
        self._title.setText(page.title())
        self._top.addWidget(self._back)
        self._top.addWidget(self._title, 1)
        for widget in (*notes, self._search, self._pill, *buttons):
            self._top.addWidget(widget)
        for widget in self._top_page:
            widget.show()
        self._back.setVisible(page.shows_back)
        self._search.setVisible(page.shows_search)
        self._pill.setVisible(page.shows_pill and self._sync_state is not None)
        # Tab reads as the eye does; a widget that is put into the bar anew would come last
        self._share_bar()
        bar = [w for w in (self._back, *notes, self._search, self._pill, *buttons) if w.focusPolicy() & TAB]
        for before, after in pairwise([self.sidebar.last, *bar]):
            self.setTabOrder(before, after)

    def _share_bar(self) -> None:
        """The title is read whole as long as the search field, and then the pill, can give way."""
        self._pill.shorten(short=False)
        others = [self._title, self._back, self._pill, *self._top_page]
        taken = sum(w.sizeHint().width() + 12 for w in others if not w.isHidden())
        room = self.width() - self.sidebar.width() - 48 - taken
        self._pill.shorten(short=room < (0 if self._search.isHidden() else SEARCH[0]))
        self._search.setFixedWidth(min(max(room, SEARCH[0]), SEARCH[1]))

    def _data_changed(self, changes: object) -> None:
        for key, page in self._pages.items():
            if key == self.key:
                page.refresh(changes)  # pyright: ignore[reportArgumentType]
            else:
                self._stale.add(key)

    def _show_sync(self, state: SyncState) -> None:
        self._sync_state = state
        self._pill.show_state(state)
        self._pill.setVisible(bool(self.key) and self.page.shows_pill)
        self._share_bar()
        self.sidebar.entries["sync"].set_count(state.conflicts)

    def _connect_keys(self) -> None:
        for screen in SCREENS.values():
            if screen.keys:
                self._on_keys((screen.keys,), lambda key=screen.key: self.go(key))
        self._defaults: dict[str, Callable[[], object]] = {
            "palette": self._open_palette,
            "papers": lambda: self._open_palette("ui.paper_chooser:open_papers"),
            "keys": lambda: import_module("ui.keys_box").KeysBox(self, self.ctx, self.page.commands(), self._act),
            "register": lambda: self.go("register"),
            "session": lambda: self.go("session"),
            "sync": lambda: self.go("sync", now=True),
            "next_region": lambda: self._move_region(1),
            "previous_region": lambda: self._move_region(-1),
            "lock": self.lock_out,
            "back": self._escape,
            "sidebar": self._toggle_sidebar,
            "larger": lambda: self._step_text(1),
            "smaller": lambda: self._step_text(-1),
            "normal_size": lambda: self._step_text(0),
        }
        for name, shortcut in SHORTCUTS.items():
            self._on_keys(shortcut.keys, lambda name=name: self._act(name))

    def _on_keys(self, keys: tuple[str, ...], act: Callable[[], object]) -> None:
        for one in keys:
            shortcut = QShortcut(QKeySequence(one), self)
            shortcut.activated.connect(lambda act=act: act())

    def _act(self, name: str) -> None:
        if name == "back" and self._toast.isVisible():
            self._toast.hide()
            return
        if act := self.page.commands().get(name) or self._defaults.get(name):
            act()

    def _escape(self) -> None:
        if not SCREENS[self.key].place or len(self._history) > 1:
            self.back()

    def _open_palette(self, box: str = "ui.palette:open_palette") -> None:
        """A box over the window that knows the record in front."""
        module, _, name = box.partition(":")
        getattr(import_module(module), name)(self, self.ctx, self.page.subject())

    def _toggle_sidebar(self) -> None:
        self._by_hand = not self.sidebar.narrow
        self.sidebar.set_narrow(narrow=self._by_hand)

    def _step_text(self, step: int) -> None:
        sizes = list(theme.TEXT_SIZES.values())
        at = sizes.index(self.ctx.theme.k) if step else 0
        k = sizes[min(max(at + step, 0), len(sizes) - 1)]
        if k != self.ctx.theme.k:
            self.restyle(theme=theme.Theme(self.ctx.theme.mode, k))

    def _move_region(self, step: int) -> None:
        current = next((e for e in self.sidebar.entries.values() if e.isChecked()), None)
        regions: list[QWidget] = [*([current] if current else []), *self.page.regions()]
        focus = QApplication.focusWidget()
        at = next((i for i, r in enumerate(regions) if focus and (r is focus or r.isAncestorOf(focus))), 0)
        target = regions[(at + step) % len(regions)]
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus and target.focusProxy() is None:
            target = next((w for w in target.findChildren(QWidget) if _takes_tab(w)), target)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < COLLAPSE_BELOW if self._by_hand is None else self._by_hand
        if narrow != self.sidebar.narrow:
            self.sidebar.set_narrow(narrow=narrow)
        self._share_bar()
        self._toast.place()

    @override
    def sizeHint(self) -> QSize:
        return QSize(1366, 688)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & TAB) and widget.isVisible() and widget.isEnabled()
