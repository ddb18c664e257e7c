"""What the screens before the shell share: the green ground, the brand, work off the main thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.accounts import Account
from models.errors import AppError
from models.i18n import Lang
from ui import icons
from ui.widgets import label, row

if TYPE_CHECKING:
    from models.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """An account with its open store; `start` names the screen to begin with."""

    account: Account
    store: "Store"
    start: str = "home"


def brand(size: int, role: str) -> QWidget:
    """The mark and the name."""
    line = row(spacing=12 if size > 32 else 10)
    made = QWidget()
    made.setLayout(line)
    mark = label("")
    mark.setPixmap(icons.pixmap(icons.LOGO, "ink", size))
    line.addWidget(mark)
    line.addWidget(label("Dampingi", role))
    line.addStretch()
    return made


class Gate(QWidget):
    """A screen before the shell. `run` does slow work (deriving a key) beside the screen."""

    _came = Signal(object)

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang: Lang = lang
        self.setProperty("role", "gate")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pool = ThreadPoolExecutor(1, "dampingi-gate")
        self._came.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[AppError], object]) -> None:
        """Do the work on a thread of its own; what comes back runs here, unless the screen is gone."""

        def perform() -> None:
            try:
                value: Any = work()
                deliver = lambda: done(value)  # noqa: E731 - one of two short deliveries
            except AppError as error:
                refused = error
                deliver = lambda: failed(refused)  # noqa: E731
            except BaseException as error:  # noqa: BLE001 - raised again where the crash dialog sees it
                bug = error
                deliver = lambda: _raise(bug)  # noqa: E731
            if shiboken6.isValid(self):
                self._came.emit(deliver)

        self._pool.submit(perform)


def _raise(error: BaseException) -> None:
    raise error
