"""One laptop: its own home folder, its own window, driven by key events."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.clock import SYSTEM
from models.store import Store
from tests.fakes import SaidDialogs
from tests.tour.recorder import Recorder, expect
from ui import app, preferences, theme
from ui.account import OpenAccount
from ui.shell import Shell

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60.0  # seconds for one thing to happen on a slow machine


def until(happened: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Let the application run until something holds."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        QTest.qWait(5)  # runs the event loop
    return True


def settle(account: OpenAccount | None) -> None:
    """Let the pages hear everything that they asked of the store, and what they asked upon that, and paint it."""
    for _ in range(3 if account else 0):
        heard: list[None] = []
        account.background.read(account.shell, lambda _store: None, heard.append)
        until(lambda heard=heard: bool(heard))
    QTest.qWait(30)


class Heartbeat(QObject):
    """Notices how long the main thread was busy with one thing; pictures do not count.

    Counted twice: by the clock, and by what the thread itself computed, which a busy machine does not lengthen.
    """

    STEP = 5

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.computed = 0.0
        self.skip()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(self.STEP)

    def skip(self) -> None:
        """What was done just now was the tour's own work."""
        self._last, self._last_computed = time.perf_counter(), time.thread_time()

    def take(self) -> dict[str, int]:
        """The longest task since the last call, in milliseconds."""
        taken = {"longest_task_ms": round(self.longest), "longest_task_cpu_ms": round(self.computed)}
        self.longest = self.computed = 0.0
        self.skip()
        return taken

    def _beat(self) -> None:
        self.longest = max(self.longest, (time.perf_counter() - self._last) * 1000 - self.STEP)
        self.computed = max(self.computed, (time.thread_time() - self._last_computed) * 1000)
        self.skip()


class Laptop:
    """Where somebody works in the tour."""

    def __init__(self, name: str, home: Path, recorder: Recorder, heart: Heartbeat) -> None:
        self.name, self.home, self._recorder, self._heart = name, home, recorder, heart
        self.said = SaidDialogs()
        self.keys = 0
        self.sit_down()
        self.window = app.Window(home, SYSTEM, preferences.Preferences())
        self.window._dialogs = self.said  # the one edge that a tour cannot press
        self.window.resize(1366, 688)
        theme.apply(theme.Theme())
        self.window.show()
        app.warm_up().join()  # the tour types faster than anybody: it waits for what is imported meanwhile
        heart.skip()

    def sit_down(self) -> None:
        """From now on somebody works here: accounts are those of this laptop."""
        os.environ["DAMPINGI_HOME"] = str(self.home)

    @property
    def screen(self) -> Any:
        """What stands in the window: a screen before the shell, or the shell."""
        return self.window.centralWidget()

    @property
    def page(self) -> Any:
        """The page in front."""
        return self.shell.page

    @property
    def shell(self) -> Shell:
        shell = self.window.account.shell if self.window.account else None
        expect(shell is not None, f"{self.name} has no open account")
        assert shell is not None
        return shell

    def picture(self, name: str, over: QWidget | None = None) -> str:
        """A numbered screenshot of the whole window, with the dialog that stands over it."""
        settle(self.window.account)
        file = self._recorder.picture(self.window, f"{self.name}-{name}", over)
        self._heart.skip()
        return file

    def wear(self, mode: theme.Mode = "light", k: float = 1.0, lang: str = "id") -> None:
        """Another look or language for the whole window."""
        before = self.screen
        self.window.restyle(lang=lang, look=theme.Theme(mode, k))
        expect(until(lambda: self.screen is not None and self.screen is not before), "the look did not change")
        self._heart.skip()

    def focus(self) -> QWidget:
        """Where the caret stands; without a window manager nobody else gives the window back its keys."""
        front = QApplication.activeModalWidget() or self.window
        if not QApplication.activePopupWidget() and not front.isActiveWindow():
            front.activateWindow()
            until(front.isActiveWindow, 5)
        return QApplication.focusWidget() or front

    def type(self, text: str) -> None:
        """Press the keys of a text where the caret stands; no finger is faster than the event loop."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)
            self.keys += 1
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the caret stands."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.keys += 1
        QApplication.processEvents()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def shortcut(self, keys: str) -> None:
        """A key of the shortcut table: `F2`, `Ctrl+Return`."""
        combination = QKeySequence(keys)[0]
        self.press(combination.key(), combination.keyboardModifiers())

    def ask(self, work: Callable[[Store], Any]) -> Any:
        """Ask the store of the open account beside the screen, as a page does."""
        answers: list[Any] = []
        account = self.window.account
        assert account is not None
        account.background.read(self.window, work, answers.append)
        expect(until(lambda: bool(answers)), f"{self.name}: the store did not answer")
        return answers[0]

    def write(self, work: Callable[[Store], Any]) -> None:
        """Change the store of the open account as a page does."""
        done: list[Any] = []
        account = self.window.account
        assert account is not None
        account.background.write(self.window, work, done.append)
        expect(until(lambda: bool(done)), f"{self.name}: nothing was written")

    def line_to(self, address: str) -> None:
        """Under which address the server is looked for from now on; one that nobody has is a laptop without a line."""
        self.ask(lambda store: store.set_setting("sync.server", store.setting("sync.server") | {"address": address}))
        account = self.window.account
        assert account is not None
        account.sync._engine = None

    def sync(self) -> Any:
        """Press F5 and wait until it is over; how it stands then."""
        account = self.window.account
        assert account is not None
        service = account.sync
        expect(until(lambda: not service._running), f"{self.name}: an earlier sync does not end")
        views: list[Any] = []
        service.viewed.connect(views.append)
        self.shortcut("F5")
        expect(
            until(lambda: bool(views) and not service._running and service._outcome is not None),
            f"{self.name}: no sync",
        )
        expect(until(lambda: service.view.status.pill != "sending"), f"{self.name}: the sync does not end")
        service.viewed.disconnect(views.append)
        return service._outcome

    def close(self) -> None:
        self.window.close()
