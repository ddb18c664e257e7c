"""The one window from start to end: first run or unlock, the pages, another language, lock, close."""

from dataclasses import replace

import pytest
import shiboken6

from models import accounts, chores
from models.errors import FolderReadOnly
from models.store import Changes
from tests.fakes import VILLAGE, SaidDialogs
from ui import app, preferences, screens, theme
from ui.first_run import FirstRun
from ui.gate import Opened
from ui.page import Page
from ui.shell import Shell
from ui.unlock import UnlockScreen

PASSPHRASE = "rumput hijau kapal laut"


def keep(store):
    store.save_draft("note", "1", {"left": "yes"})
    return Changes()


class Note(Page):
    """A page that writes its draft when it is left."""

    def title(self):
        return self.ctx.words(screens.SCREENS["home"].title)

    def leave(self):
        self.ctx.background.write(self, keep)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def window(home, clock, qtbot, monkeypatch):
    page = f"{Note.__module__}:Note"
    for key, screen in screens.SCREENS.items():
        monkeypatch.setitem(screens.SCREENS, key, replace(screen, page=page))
    made = app.Window(home, clock, preferences.Preferences())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def account(home, clock):
    return accounts.create("Sri Wahyuni", "Kelurahan Patokan, Kec. Kraksaan", PASSPHRASE, VILLAGE, clock=clock)[0]


@pytest.fixture
def opened(account, clock):
    return Opened(account, accounts.unlock(account, PASSPHRASE, clock=clock))


def test_a_fresh_laptop_begins_with_the_first_run(window):
    window.begin()
    assert isinstance(window.centralWidget(), FirstRun)
    assert "Dampingi" in window.windowTitle()


def test_a_known_laptop_asks_who_works_with_the_caret_in_the_passphrase(window, account, qtbot):
    window.begin()
    screen = window.centralWidget()
    assert isinstance(screen, UnlockScreen)
    qtbot.waitUntil(lambda: window.focusWidget() is screen.passphrase_form.edit)


def test_an_open_account_stands_in_the_window(window, opened):
    window.enter(opened)
    assert isinstance(window.centralWidget(), Shell)
    assert window.windowTitle() == "Dampingi — Kelurahan Patokan, Kec. Kraksaan"
    assert window.centralWidget().ctx.profile.home_scope == VILLAGE


def test_another_language_and_look_build_the_same_page_anew_and_are_remembered(window, opened, home, qtbot):
    window.enter(opened)
    window.centralWidget().go("owners")
    before = window.centralWidget()
    window.centralWidget().restyle(lang="en", theme=theme.Theme("dark", 1.14))
    qtbot.waitUntil(lambda: window.centralWidget() not in (before, None))
    shell = window.centralWidget()
    assert not shiboken6.isValid(before)
    assert shell.key == "owners"
    assert shell.page.title() == "Home"
    assert theme.current() == theme.Theme("dark", 1.14)
    assert preferences.load(home) == replace(preferences.Preferences(), lang="en", mode="dark", k=1.14)


def test_locking_keeps_the_draft_and_asks_again(window, opened, account, clock, qtbot):
    window.enter(opened)
    window.centralWidget().lock_out()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockScreen))
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    assert [d.data for d in store.drafts("note")] == [{"left": "yes"}]
    store.close()


def test_closing_keeps_draft_and_geometry_and_lets_go_of_the_file(window, opened, account, clock, home):
    window.enter(opened)
    window.close()
    assert preferences.load(home).geometry
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    assert len(store.drafts("note")) == 1
    store.close()


def test_the_chores_of_the_day_are_done_beside_the_screen(window, opened, account, qtbot):
    window.enter(opened)
    window.account.do_chores()
    done = []
    window.account.background.read(window, lambda store: store.setting(chores.SETTING), done.append)
    qtbot.waitUntil(lambda: bool(done) and account.backups.joinpath("2026-11-24.db").exists(), timeout=20_000)
    due = []
    window.account.background.read(window, chores.due, due.append)
    qtbot.waitUntil(lambda: bool(due), timeout=20_000)
    assert due == [[]]


def test_chores_and_sticks_that_are_looked_for_after_locking_are_nobodys_business(window, opened, qtbot):
    window.enter(opened)
    was = window.account
    window.lock_out()
    was.do_chores()
    was.background.run(window, lambda: 1 / 0, lambda _: None)
    assert window.account is None
    assert isinstance(window.centralWidget(), UnlockScreen)


def test_the_sample_office_opens_without_a_question(window, qtbot):
    window.sample()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Shell), timeout=30_000)
    assert window.account.profile.sample


def test_a_start_that_cannot_be_made_says_why(window, monkeypatch, tmp_path):
    def refuse():
        raise FolderReadOnly

    dialogs = SaidDialogs()
    monkeypatch.setattr(window, "_dialogs", dialogs)
    monkeypatch.setattr(accounts, "list_accounts", refuse)
    monkeypatch.setattr(app, "warm_up", lambda: None)
    monkeypatch.setattr("ui.crash.CrashHook.install", lambda self: None)
    monkeypatch.setattr("ui.crash.watch_faults", lambda log: None)
    app.start(window)
    assert [type(e) for e in dialogs.errors] == [FolderReadOnly]


def test_the_window_is_green_with_the_mark_before_its_first_screen(window):
    picture = window.grab().toImage()
    assert picture.pixelColor(5, 5) == theme.Theme().color("side")
    middle = picture.pixelColor(window.width() // 2 - 28, window.height() // 2 - 20)
    assert middle.name() == "#f2a51e"


def test_what_pages_need_can_be_imported_beside_the_first_screen():
    thread = app.warm_up()
    thread.join(30)
    assert not thread.is_alive()
