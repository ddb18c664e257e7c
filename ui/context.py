"""What every page is given: the store's helper, the clock, who works here, and the window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from models.clock import Clock
from models.errors import AppError
from models.i18n import Lang, Words
from ui.events import Events
from ui.opened_files import OpenedFiles
from ui.theme import Theme

if TYPE_CHECKING:
    from models.accounts import Account
    from ui.background import Background
    from ui.dialogs import Dialogs
    from ui.sync_service import SyncService


@dataclass(frozen=True, slots=True)
class Profile:
    """Who works at this laptop, and for which office."""

    name: str
    role: str = ""  # the words under the name: "Kasie Patokan"
    office: str = ""  # the window's title: "Kelurahan Patokan, Kec. Kraksaan"
    home_scope: str = ""  # region code of the office, without dots
    staff_id: str = ""
    sample: bool = False  # "Kantor contoh": never connects
    account: "Account | None" = None


class Host(Protocol):
    """What a page may ask of the window that holds it."""

    def go(self, key: str, **args: object) -> None: ...
    def back(self) -> None: ...
    def toast(self, words: Words, action: Words | None = None, act: Callable[[], object] | None = None) -> None: ...
    def show_error(self, error: AppError) -> None: ...
    def restyle(self, *, lang: Lang | None = None, theme: Theme | None = None) -> None: ...
    def lock_out(self, meanwhile: Callable[[], Words] | None = None) -> None: ...


@dataclass
class Context:
    """Handed to every page; pages know nothing else of the program."""

    background: "Background"
    events: Events
    dialogs: "Dialogs"
    clock: Clock
    profile: Profile
    lang: Lang = "id"
    theme: Theme = field(default_factory=Theme)
    host: Host | None = None
    sync: "SyncService | None" = None
    opened: OpenedFiles = field(default_factory=OpenedFiles)  # copies in the system's viewer
    kept: dict[str, object] = field(default_factory=dict[str, object])  # what pages take along into another look

    def words(self, words: Words, **values: object) -> str:
        """A text in the user's language, its places filled when there are any."""
        return (words.fill(**values) if values else words).to(self.lang)

    def go(self, key: str, **args: object) -> None:
        """Show a screen of the `SCREENS` table; `args` reach its `open`."""
        self._host.go(key, **args)

    def back(self) -> None:
        """Show the screen that stood there before."""
        self._host.back()

    def toast(self, words: Words, action: Words | None = None, act: Callable[[], object] | None = None) -> None:
        """Say something for a moment; with an action it stays until the next one."""
        self._host.toast(words, action, act)

    def show_error(self, error: AppError) -> None:
        """Say what went wrong and how to mend it."""
        self._host.show_error(error)

    def restyle(self, *, lang: Lang | None = None, theme: Theme | None = None) -> None:
        """Another language, theme or text size: the pages are built anew."""
        self._host.restyle(lang=lang, theme=theme)

    def lock_out(self, meanwhile: Callable[[], Words] | None = None) -> None:
        """Close the data and show the unlock screen; `meanwhile` works beside the screen while it is closed."""
        self._host.lock_out(meanwhile)

    @property
    def _host(self) -> Host:
        if self.host is None:
            msg = "this context stands in no window"
            raise RuntimeError(msg)
        return self.host
