"""Who may already be here: asked of the store a moment after name, NIK or phone changed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from models import hints, registration
from ui.background import Job
from ui.page import Page

PAUSE_MILLIS = 150
KEYS = ("owner.name", "owner.nik", "owner.phone")
NAME_FROM = 3  # letters


class Lookup(QObject):
    """`found` tells the list of `models.hints.Hint` for what stands in the form."""

    found = Signal(object)

    def __init__(self, page: Page, typed: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(page)
        self._ctx, self._typed = page.ctx, typed
        self._job: Job | None = None
        self.myself = ""  # the owner whom the entry corrects
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLIS)
        self._timer.timeout.connect(self.ask)

    def typed(self, key: str) -> None:
        """Something was typed in this field."""
        if key in KEYS:
            self._timer.start()

    def left(self, key: str) -> None:
        """A field was left: ask at once what is still to be asked."""
        if key in KEYS and self._timer.isActive():
            self.ask()

    def stop(self) -> None:
        """Nobody is to be looked for any more."""
        self._timer.stop()
        if self._job:
            self._job.cancel()

    def ask(self) -> None:
        """Ask now; an older question is dropped."""
        self.stop()
        entry = self._typed()
        person = registration.parsed({k: entry[k] for k in KEYS}, "owner", self._ctx.clock.today())
        if len(entry["owner.name"].strip()) < NAME_FROM:
            person["name"] = None
        person["id"] = self.myself or None
        self._job = self._ctx.background.read(self, lambda store: hints.already_there(store, person), self.found.emit)
