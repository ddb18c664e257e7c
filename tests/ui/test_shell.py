"""The window around the pages: going, coming back, keys, refresh, the pill, another look."""

import sys
from dataclasses import replace
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.errors import DiskFull
from models.i18n import Words
from models.store import Change, Changes
from ui import screens, theme
from ui.events import SyncState
from ui.page import Page
from ui.shell import Shell
from ui.shortcuts import SHORTCUTS, hint
from ui.widgets import column


class Plain(Page):
    """A page that notes what happens to it."""

    name = "Beranda"

    def __init__(self, ctx):
        super().__init__(ctx)
        self.seen = []
        self.button = QPushButton(self.name)
        inside = QPushButton("di dalam")
        stack = column()
        self.setLayout(stack)
        stack.addWidget(inside)

    def title(self):
        return self.name

    def buttons(self):
        return [self.button]

    def commands(self):
        return {"print": lambda: self.seen.append("print")}

    def open(self, **args):
        self.seen.append(("open", args))

    def refresh(self, changes):
        self.seen.append(("refresh", changes))

    def leave(self):
        self.seen.append("leave")


class Inner(Plain):
    name = "Daftarkan usaha baru"
    shows_pill = False


@pytest.fixture
def shell(ctx, shown, monkeypatch):
    module = ModuleType("pages_of_this_test")
    module.Plain, module.Inner = Plain, Inner
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for key, screen in list(screens.SCREENS.items()):
        name = "Plain" if screen.place else "Inner"
        monkeypatch.setitem(screens.SCREENS, key, replace(screen, page=f"{module.__name__}:{name}"))
    asked = []
    made = Shell(ctx, lambda **look: asked.append(look), lambda _: asked.append("locked"))
    made.asked = asked
    made.go("home")
    return shown(made)


def press(qtbot, shell, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(shell, key, modifiers)


def test_pages_are_built_when_first_shown_and_then_kept(shell):
    first = shell.page
    assert list(shell._pages) == ["home"]
    shell.go("owners", filter="no_nib")
    assert first.seen == [("open", {}), "leave"]
    assert shell.page.seen == [("open", {"filter": "no_nib"})]
    shell.go("home")
    assert shell.page is first
    assert shell._title.text() == "Beranda"


def test_only_the_page_in_front_is_shown_and_fills_the_room(shell, qtbot):
    before = shell.page
    before.findChild(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly).setFocus()
    shell.go("owners")
    assert (before.isVisible(), shell.page.isVisible()) == (False, True)
    assert shell.page.isAncestorOf(shell.window().focusWidget()) or shell.window().focusWidget() is shell.page
    shell.resize(shell.width() + 60, shell.height() + 40)
    assert shell.page.size() == shell.page.parentWidget().size()
    shell.back()
    assert before.size() == before.parentWidget().size()
    assert before.isAncestorOf(shell.window().focusWidget()), "the focus stands where it was on this page"


def test_back_goes_the_way_that_was_come(shell, qtbot):
    shell.go("owners", filter="x")
    shell.go("register")
    press(qtbot, shell, Qt.Key.Key_Escape)
    assert shell.key == "owners"
    assert shell.page.seen[-1] == ("open", {"filter": "x"})
    press(qtbot, shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.key == "home"
    press(qtbot, shell, Qt.Key.Key_Escape)
    assert shell.key == "home"


def test_the_entry_of_an_inner_page_is_lit(shell):
    shell.go("register")
    lit = [key for key, entry in shell.sidebar.entries.items() if entry.isChecked()]
    assert lit == ["owners"]


@pytest.mark.parametrize(
    ("key", "modifiers", "screen"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "register"),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "session"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "sync"),
        (Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier, "owners"),
        (Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier, "sync"),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, "settings"),
    ],
)
def test_keys_lead_to_screens(shell, qtbot, key, modifiers, screen):
    press(qtbot, shell, key, modifiers)
    assert shell.key == screen


def test_a_page_takes_its_own_keys(shell, qtbot):
    press(qtbot, shell, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert shell.page.seen[-1] == "print"


def test_the_page_in_front_hears_of_changes_the_others_when_they_come_back(shell, ctx):
    changes = Changes((Change("owner", "1", "added"),))
    shell.go("owners")
    ctx.events.changed.emit(changes)
    assert shell.page.seen[-1] == ("refresh", changes)
    shell.go("home")
    assert shell.page.seen[-2:] == [("open", {}), ("refresh", None)]
    shell.go("owners")
    assert shell.page.seen[-1] == ("open", {})


def test_buttons_of_the_page_in_front_stand_in_the_top_bar(shell):
    home = shell.page
    assert home.button.isVisible()
    shell.go("register")
    assert not home.button.isVisible()
    assert shell.page.button.isVisible()


def test_a_button_of_the_top_bar_keeps_the_focus_when_the_bar_is_filled_anew(shell):
    shell.page.button.setFocus()
    shell.page.top_changed.emit()
    assert shell.page.button.hasFocus()


def test_the_pill_says_how_sending_stands(shell, ctx, qtbot):
    assert not shell._pill.isVisible()
    ctx.events.sync.emit(SyncState("gr", Words("2 perlu diputuskan", "2 need your decision"), 2))
    assert shell._pill.isVisible()
    assert shell._pill.text() == "2 perlu diputuskan"
    assert "2" in shell.sidebar.entries["sync"].accessibleDescription()
    shell.go("register")
    assert not shell._pill.isVisible()
    shell.go("home")
    shell._pill.click()
    assert shell.key == "sync"


def test_a_toast_goes_by_escape_before_the_page_does(shell, ctx, qtbot):
    shell.go("register")
    undone = []
    ctx.toast(Words("Tersimpan.", "Saved."), Words("Batalkan", "Undo"), lambda: undone.append(1))
    press(qtbot, shell, Qt.Key.Key_Escape)
    assert not shell._toast.isVisible()
    assert shell.key == "register"
    press(qtbot, shell, Qt.Key.Key_Escape)
    assert shell.key == "home"


def test_the_sidebar_narrows_with_the_window_and_by_key(shell, qtbot):
    assert not shell.sidebar.narrow
    shell.resize(1100, 640)
    assert shell.sidebar.narrow
    assert shell.sidebar.entries["home"].toolTip() == "Beranda (Ctrl+1)"
    press(qtbot, shell, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    assert not shell.sidebar.narrow
    shell.resize(1090, 640)
    assert not shell.sidebar.narrow


def test_text_grows_by_key(shell, ctx, qtbot):
    press(qtbot, shell, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert shell.asked == []
    press(qtbot, shell, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert shell.asked == [{"lang": None, "theme": theme.Theme("light", 1.14)}]


def test_locking_saves_the_draft_first(shell, qtbot):
    press(qtbot, shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shell.page.seen[-1] == "leave"
    assert shell.asked == ["locked"]


def test_f6_moves_between_regions(shell, qtbot):
    shell.sidebar.entries["home"].setFocus()
    press(qtbot, shell, Qt.Key.Key_F6)
    assert shell.page.isAncestorOf(shell.focusWidget())
    press(qtbot, shell, Qt.Key.Key_F6)
    assert shell.sidebar.entries["home"].hasFocus()


def test_errors_are_said_in_a_dialog(shell, ctx):
    ctx.show_error(DiskFull())
    assert [type(e) for e in ctx.dialogs.errors] == [DiskFull]


def test_no_key_stands_twice_in_the_table():
    keys = [key for s in SHORTCUTS.values() for key in s.keys] + [s.keys for s in screens.SCREENS.values() if s.keys]
    assert len(keys) == len(set(keys))
    assert hint("submit") == "Ctrl+Enter"


def test_a_context_without_a_window_says_so(ctx):
    with pytest.raises(RuntimeError, match="no window"):
        ctx.go("home")


def test_tab_goes_from_the_sidebar_through_the_bar_into_the_page(shell):
    shell.go("owners")
    shell.go("home")
    chain, at = [], shell.sidebar.last
    while (at := at.nextInFocusChain()) is not shell.sidebar.last:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
            chain.append(at)
    assert chain[0] is shell._back or chain[0] is shell.page.button
    assert chain.index(shell.page.button) < next(i for i, w in enumerate(chain) if shell.page.isAncestorOf(w))
