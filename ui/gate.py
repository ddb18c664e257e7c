"""What the screens before the shell share: the green ground, the brand, work off the main thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.accounts import Account
from models.errors import AppError
from models.i18n import Lang, Words
from ui import icons
from ui.background import Pool
from ui.widgets import column, label, row

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

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang: Lang = lang
        self.setProperty("role", "gate")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pool = Pool(lambda _: None)

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[AppError], object]) -> None:
        """Do the work beside the screen; what comes back runs here, unless the screen is gone."""
        self._pool.run(self, work, done, failed)


class Waiting(Gate):
    """Nothing to do but wait for work that needs the data closed."""

    def __init__(self, lang: Lang, said: Words) -> None:
        super().__init__(lang)
        whole = column(spacing=16)
        self.setLayout(whole)
        whole.addStretch()
        whole.addWidget(brand(64, "brand"), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(label(said.to(lang), "gatecap"), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch()
