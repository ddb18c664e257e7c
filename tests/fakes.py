"""The few stand-ins that tests share: the clock, dialogs, and people who do not exist."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.clock import Clock
from models.errors import AppError

MINUTE = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)  # Tuesday 24 November 2026, 09.42 at the office
VILLAGE = "3513141017"  # Kelurahan Patokan


class FrozenClock(Clock):
    """A clock that stands still until it is told to go on."""

    def __init__(self, moment: datetime = MINUTE) -> None:
        self.__dict__["moment"] = moment
        super().__init__(now=lambda: self.__dict__["moment"])

    def forward(self, **delta: float) -> datetime:
        """Goes on by `hours=1` or the like (back when negative); answers the new moment."""
        self.__dict__["moment"] += timedelta(**delta)
        return self.now()


def owner(n: int = 1, **values: Any) -> dict[str, Any]:
    """An invented owner, different for each number below 10,000."""
    row = {
        "name": f"Siti Contoh {n}",
        "nik": f"351314520190{n:04d}",
        "phone": f"+62812000{n:05d}",
        "village": VILLAGE,
        "informed": "not_yet",
    }
    return row | values


def business(owner_id: str, n: int = 1, **values: Any) -> dict[str, Any]:
    """An invented business of that owner."""
    return {"owner_id": owner_id, "name": f"Keripik Contoh {n}", "village": VILLAGE} | values


class InstantBackground:
    """`ui.background.Background` on one thread: every answer is there before the next line runs."""

    def __init__(self, store: Any, events: Any) -> None:
        self.store, self.events = store, events
        self.show_error: Any = None

    def read(self, parent: Any, work: Any, done: Any, failed: Any = None) -> Any:
        return self._finish(lambda: work(self.store), done, failed)

    def run(self, parent: Any, work: Any, done: Any, failed: Any = None) -> Any:
        return self._finish(work, done, failed)

    def write(self, parent: Any, work: Any, done: Any = lambda _: None, failed: Any = None) -> Any:
        def work_and_tell() -> Any:
            outcome = work(self.store)
            changes, value = outcome if isinstance(outcome, tuple) else (outcome, None)
            if changes:
                self.events.changed.emit(changes)
            return value

        return self._finish(work_and_tell, done, failed)

    def call(self, work: Any) -> Any:
        return work(self.store)

    def announce(self, changes: Any) -> None:
        self.events.changed.emit(changes)

    def close(self) -> None:
        """The store belongs to the test."""

    def _finish(self, work: Any, done: Any, failed: Any) -> Any:
        try:
            value = work()
        except AppError as error:
            (failed or self.show_error)(error)
        else:
            done(value)
        return Done()


class Done:
    """A job that is over."""

    def cancel(self) -> None:
        """Nothing is left to cancel."""


class SaidDialogs:
    """Dialogs that answer at once: what was asked is kept, what to answer is set before."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.errors: list[AppError] = []
        self.answer = True
        self.file: Any = None

    def confirm(self, question: Any) -> bool:
        self.asked.append(question)
        return self.answer

    def show_error(self, error: AppError) -> None:
        self.errors.append(error)

    def choose_file(self, title: Any, pattern: str) -> Any:
        self.asked.append(title)
        return self.file

    def save_file(self, title: Any, name: str, pattern: str) -> Any:
        self.asked.append(title)
        return self.file
