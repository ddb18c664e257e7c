"""An open account: its store on the worker, its context, and the shell that stands in the window."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models import backups, onboarding, reference_packs
from models.i18n import Lang, Words
from ui.background import Background
from ui.context import Context, Profile
from ui.dialogs import Dialogs
from ui.events import Events
from ui.gate import Opened
from ui.opened_files import OpenedFiles
from ui.preferences import Preferences
from ui.shell import Shell
from ui.sync_service import SyncService
from ui.theme import Theme
from ui.words import shell as words

CHORES_AFTER, CHORES_EVERY = 60_000, 3_600_000  # ms: when the first screens are done; a laptop may stay on for days


class Frame(Protocol):
    """What an open account asks of the window."""

    preferred: Preferences

    @property
    def dialogs(self) -> Dialogs: ...
    def show_screen(self, screen: QWidget, title: str) -> None: ...
    def restyle(self, *, lang: Lang | None = None, look: Theme | None = None) -> None: ...
    def lock_out(self, meanwhile: Callable[[], Words] | None = None) -> None: ...


class OpenAccount:
    """From unlock to lock: one store, one worker, one shell that may be built anew."""

    def __init__(self, window: Frame, opened: Opened) -> None:
        reference_packs.take_into_use(opened.store)
        self._window, self._clock = window, opened.store.clock
        self.profile = profile(opened)
        self.events = Events()
        self.background = Background(opened.store, self.events, window.dialogs.show_error)
        self.sync = SyncService(self.background, self.events, self._clock, self.profile)
        self._files = OpenedFiles(opened.account.folder / "opened")
        self.shell: Shell | None = None
        self._kept: dict[str, object] = {}
        self._place: tuple[str, dict[str, object]] = ("home", {})

    def show(self, key: str, **args: object) -> None:
        """Build the shell and begin with a screen."""
        like = self._window.preferred
        ctx = Context(
            self.background, self.events, self._window.dialogs, self._clock, self.profile, like.lang, like.theme,
            sync=self.sync, opened=self._files, kept=self._kept,
        )  # fmt: skip
        self.shell = Shell(ctx, self._restyle, self._window.lock_out)
        self._window.show_screen(self.shell, ctx.words(words.TITLE, office=self.profile.office))
        self.shell.go(key, **args)
        self.sync.show()

    def start(self) -> None:
        """Begin what goes on beside the screen: sending, and what each day asks for a little later."""
        self.sync.start()
        if not self.profile.sample:
            QTimer.singleShot(CHORES_AFTER, self.sync, self.do_chores)

    def show_again(self) -> None:
        """The same screen, built anew in the language and look of now."""
        key, args = self._place
        self.show(key, **args)

    def leave(self) -> None:
        """Save drafts and remember the place: the shell is about to go."""
        if self.shell:
            self.shell.leave()
            self._place = self.shell.place
            self.shell = None

    def close(self) -> None:
        """Save drafts, finish what was asked, close the store, leave no clear copy of a file behind."""
        self.leave()
        self.sync.stop()
        self.background.close()
        self._files.clear()

    def do_chores(self) -> None:
        """The day's backup and `models.chores`, each only when it is due; again in an hour."""
        QTimer.singleShot(CHORES_EVERY, self.sync, self.do_chores)
        if folder := self.profile.account.backups if self.profile.account else None:
            work = lambda: backups.daily(self.background.call(lambda store: store), folder, self._clock)  # noqa: E731
            self.background.run(self.sync, work, lambda _: None)
        from models import chores  # imports what nothing on the first screens needs

        self.background.read(self.sync, chores.due, self._do)

    def _do(self, due: Sequence[str]) -> None:
        """One after the other: other questions to the store slip in between."""
        from models import chores

        for key in due:
            # nobody asked for it now: what does not work is tried again in an hour
            self.background.write(self.sync, partial(chores.do, key=key), lambda _: None, lambda _: None)

    def _restyle(self, *, lang: Lang | None = None, theme: Theme | None = None) -> None:
        self._window.restyle(lang=lang, look=theme)


def profile(opened: Opened) -> Profile:
    """Who works with this store; read before the worker takes the store over."""
    store, account = opened.store, opened.account
    position = onboarding.profile(store).position
    staff_id = store.setting("staff_id", "")
    return Profile(account.name, position, account.office, store.home_scope, staff_id, account.sample, account)
