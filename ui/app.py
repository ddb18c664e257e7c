"""The application: its look, its window, and which screen stands in it.

Start-up shows the window with the mark before anything heavy is imported, then the first screen in
it; unlock and first run need no database, and what the pages need is imported while the person types
the passphrase.
"""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QTimer
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from models import accounts
from models.clock import SYSTEM, Clock
from models.errors import AppError
from models.i18n import Lang
from ui import icons, preferences, theme
from ui.words import shell as words

if TYPE_CHECKING:
    from models.i18n import Words
    from ui.account import OpenAccount
    from ui.dialogs import Dialogs
    from ui.gate import Opened

NO_SCREEN = 3  # the Makefile runs the tour instead
HEAVY = (
    "models.database",
    "sqlite_utils",
    "sync.enrol",
    "ui.account",
    "models.access",
    "models.lists",
    "models.search",
)
SMALLEST = (960, 600)
USUAL = (1366, 688)


@dataclass(frozen=True, slots=True)
class Options:
    """The command line."""

    home: Path | None = None
    lang: Lang | None = None
    mode: theme.Mode | None = None
    demo: bool = False


class Window(QMainWindow):
    """The one window. It shows the first run, the unlock screen, or an `OpenAccount`."""

    def __init__(self, home: Path, clock: Clock, preferred: preferences.Preferences) -> None:
        super().__init__()
        self.home, self.clock, self.preferred = home, clock, preferred
        self.account: OpenAccount | None = None
        self._dialogs: Dialogs | None = None
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.restoreGeometry(QByteArray.fromBase64(preferred.geometry.encode()))

    @property
    def dialogs(self) -> "Dialogs":
        """The modals of this window."""
        if self._dialogs is None:
            from ui.dialogs import Dialogs

            self._dialogs = Dialogs(lambda: self, lambda: self.preferred.lang)
        return self._dialogs

    def begin(self) -> None:
        """The first screen: who works here, or the first run when nobody does yet."""
        known = accounts.list_accounts()
        if known:
            self.unlock(known)
        else:
            self.first_run()

    def unlock(
        self, known: Sequence[accounts.Account], said: "Words | None" = None, chosen: accounts.Account | None = None
    ) -> None:
        """Ask who works and for the passphrase."""
        from ui.unlock import UnlockScreen
        from ui.words.unlock import WINDOW

        screen = UnlockScreen(known, self.clock, self.preferred.lang, self.dialogs, said, chosen)
        screen.opened.connect(self.enter)
        screen.add_person.connect(lambda: self.first_run(may_cancel=True))
        self.show_screen(screen, f"Dampingi — {WINDOW.to(self.preferred.lang)}")

    def first_run(self, *, may_cancel: bool = False) -> None:
        """Make an account in five steps."""
        from ui.first_run import FirstRun
        from ui.version import VERSION
        from ui.words.first_run import WINDOW

        lang = self.preferred.lang
        screen = FirstRun(self.clock, lang, self.dialogs, version=VERSION, may_cancel=may_cancel)
        screen.opened.connect(self.enter)
        screen.cancelled.connect(self.begin)
        screen.language.connect(lambda lang: self._speak(lang, may_cancel=may_cancel))
        self.show_screen(screen, f"Dampingi — {WINDOW.to(lang)}")

    def sample(self) -> None:
        """Open the sample office, made first when it is not there."""
        from models.onboarding import open_sample
        from ui.gate import Gate, Opened

        gate = Gate(self.preferred.lang)
        self.show_screen(gate, "Dampingi")
        work = partial(open_sample, self.preferred.lang)
        gate.run(work, lambda made: self.enter(Opened(made.account, made.store)), self.dialogs.show_error)

    def enter(self, opened: "Opened") -> None:
        """Show the pages of an account that was opened."""
        from ui.account import OpenAccount

        self.account = OpenAccount(self, opened)
        self.account.show(opened.start)
        self.account.start()

    def restyle(self, *, lang: Lang | None = None, look: theme.Theme | None = None) -> None:
        """Another language or look for everything, remembered for the next start."""
        self.preferred = replace(self.preferred, lang=lang or self.preferred.lang)
        if look:
            self.preferred = self.preferred.with_theme(look)
        preferences.save(self.home, self.preferred)
        if self.account:
            self.account.leave()
            QTimer.singleShot(0, self, self._show_again)  # whoever asked stands on what goes now
        else:
            theme.apply(self.preferred.theme)

    def _show_again(self) -> None:
        """The old screen goes first: dressing it anew would cost seconds and be seen by nobody."""
        if self.account is None:
            return
        if old := self.centralWidget():  # taken out first it would be dressed once more
            old.deleteLater()
            QApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)
        if theme.current() != self.preferred.theme:
            theme.apply(self.preferred.theme)
        self.account.show_again()

    def lock_out(self, meanwhile: "Callable[[], Words] | None" = None) -> None:
        """Close the data and ask again who works; what needs it closed is done in between, and what it says told."""
        whose = self.account.profile.account if self.account else None
        if self.account:
            self.account.close()
            self.account = None
        if meanwhile is None:
            self.begin()
            return
        from ui.gate import Waiting

        def again(said: "Words") -> None:
            self.unlock(accounts.list_accounts(), said, whose)

        gate = Waiting(self.preferred.lang, words.MOMENT)
        self.show_screen(gate, "Dampingi")
        gate.run(meanwhile, again, lambda error: again(error.words))

    def show_screen(self, screen: QWidget, title: str) -> None:
        """Put a screen into the window; the one before is freed."""
        wanted = screen.focusWidget()
        self.setCentralWidget(screen)
        screen.show()
        if wanted:
            from PySide6.QtCore import Qt

            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setWindowTitle(title)

    def _speak(self, lang: Lang, *, may_cancel: bool) -> None:
        self.restyle(lang=lang)
        self.first_run(may_cancel=may_cancel)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Until the first screen is there: the ground and the mark."""
        if self.centralWidget():
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.preferred.theme.color("side"))
        painter.drawPixmap(self.rect().center() - QPoint(32, 32), icons.pixmap(icons.LOGO, "side", 64))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.account:
            self.account.close()
            self.account = None
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        preferences.save(self.home, replace(self.preferred, geometry=geometry))
        super().closeEvent(event)


def has_screen() -> bool:
    """Whether a window can be opened on this computer."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(options: Options, clock: Clock = SYSTEM) -> int:
    """Open Dampingi and stay until it is closed; answers the exit code."""
    if not has_screen():
        print(f"{words.NO_SCREEN.id}\n{words.NO_SCREEN.en}", file=sys.stderr)  # noqa: T201 - no window to say it in
        return NO_SCREEN
    if options.home:
        os.environ["DAMPINGI_HOME"] = str(options.home)
    home = accounts.home()
    app = application()
    preferred = preferences.load(home)
    preferred = replace(preferred, lang=options.lang or preferred.lang, mode=options.mode or preferred.mode)
    window = Window(home, clock, preferred)
    if preferred.geometry:
        window.show()
    else:
        window.showMaximized()
    QTimer.singleShot(0, lambda: start(window, demo=options.demo))
    return app.exec()


def start(window: Window, *, demo: bool = False) -> None:
    """What comes after the window is on the screen: the look, the log, the first screen."""
    from ui import crash

    theme.apply(window.preferred.theme)
    window.setWindowIcon(icons.app_icon())
    log = crash.open_log(window.home)
    crash.watch_faults(log)
    crash.CrashHook(window.dialogs, log).install()
    try:
        window.sample() if demo else window.begin()
    except AppError as error:
        window.dialogs.show_error(error)
        window.close()
    QTimer.singleShot(0, warm_up)


def application() -> QApplication:
    """The Qt application. Qt keeps the scale of the screen as it is (PassThrough) by itself."""
    if isinstance(running := QApplication.instance(), QApplication):
        return running
    app = QApplication(sys.argv[:1])
    sys.setswitchinterval(0.001)  # s: while a page is built Qt asks for Python's lock hundreds of times; 5 ms is long
    app.setApplicationName("Dampingi")
    app.setDesktopFileName("dampingi")
    return app


def warm_up() -> threading.Thread:
    """Import what the pages need, beside the first screen."""

    def load() -> None:
        from ui.screens import SCREENS

        for name in (*HEAVY, *(s.page.partition(":")[0] for s in SCREENS.values())):
            import_module(name)

    thread = threading.Thread(target=load, name="dampingi-warm-up", daemon=True)
    thread.start()
    return thread
