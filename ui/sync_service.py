"""Keeps sending in the background: by itself, after changes, and when asked.

Network waits happen on the pool, each short step on the database worker. The line may come and go;
what needs a person reaches the pill and the page.
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models import attaching, braking, quarantine, sync_events
from models.errors import AppError, SyncTrouble
from models.onboarding import Person, change_profile, profile
from ui.background import Background
from ui.context import Profile
from ui.events import Events, SyncState
from ui.sync_looks import LOOK
from ui.sync_view import View, pill_words
from ui.words import attachments as files_words

if TYPE_CHECKING:
    from models.braking import Brake
    from models.clock import Clock
    from models.store import Changes, Store
    from sync.engine import Engine, Outcome, Progress
    from sync.enrol import Ticket
    from sync.files import Files

EVERY = timedelta(minutes=5)
JITTER = 60  # seconds at most, so that a whole office does not call at once
AFTER_EDIT = timedelta(seconds=20)


class SyncService(QObject):
    """One for each open account."""

    viewed = Signal(object)  # View
    _told = Signal(object)  # Progress, from the pool
    _broke = Signal()  # from the pool

    def __init__(self, background: Background, events: Events, clock: "Clock", who: Profile) -> None:
        super().__init__()
        self._background, self._events, self._clock, self._who = background, events, clock, who
        self._engine: Engine | None = None
        self._files: Files | None = None
        self._at_files = False
        self._outcome: Outcome | None = None
        self._running = self._again = self._paused = False
        self._next_try: datetime | None = None
        self.view: View | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.sync)
        self._told.connect(self._show_progress)
        self._broke.connect(self._give_up)
        events.changed.connect(self._edited)

    def start(self) -> None:
        """Show how things stand, then try for the first time."""
        self.show()
        if not self._who.sample:
            self._wait(timedelta(seconds=2))

    def stop(self) -> None:
        """No new try; one under way ends by itself."""
        self._timer.stop()
        self._who = replace(self._who, sample=True)

    def sync(self) -> None:
        """Try now: enrol first when a code waits, then send and receive. A pause ends with it."""
        if self._who.sample:
            return
        self._paused = False
        if self._running:
            self._again = True
            return
        self._running = True
        self._timer.stop()
        self._background.run(self, self._try, self._done, self._failed)

    def allow(self, brake: "Brake") -> None:
        """The person saw how much would be deleted and lets it happen: then try at once."""
        self._background.read(self, lambda store: braking.allow(store, brake), lambda _: self.sync())

    def pause(self) -> None:
        """Nothing goes or comes until `sync` is asked for; what runs stops between two batches."""
        self._paused = True
        self._timer.stop()
        self.show()

    def enrol(self, ticket: "Ticket", done: Callable[[], object], failed: Callable[[AppError | None], object]) -> None:
        """Make this laptop known; `failed(None)` means that nobody answered."""
        self._background.run(self, lambda: self._enrol(ticket), lambda ok: done() if ok else failed(None), failed)

    def show(self) -> None:
        """Ask anew how things stand and tell pill and page."""
        self._background.read(self, self._status, self._tell)

    def _try(self) -> "Outcome | None":
        try:
            return self._work()
        except AppError:
            raise
        except Exception:
            self._broke.emit()
            raise

    def _work(self) -> "Outcome | None":
        """On the pool: the whole sync, or None while the laptop is alone."""
        from sync import enrol, pace
        from sync.engine import Engine, Outcome
        from sync.files import Files
        from sync.status import keep_receipt, record

        access = self._background.call
        if self._engine is None:
            person = access(profile)
            if person.code and not access(enrol.link) and (ticket := _ticket(person)):
                self._enrol(ticket)
            link = access(enrol.link)
            if link is None:
                return None
            self._engine, self._files = Engine(access, link, self._clock), Files(access, link)
        began = time.monotonic()
        outcome: Outcome = self._engine.run(self._report)
        took, carried = time.monotonic() - began, outcome.sent + outcome.received
        access(lambda store: pace.learn(store, records=carried, seconds=took))
        if self._paused:  # broken off by a person: no line was lost
            access(lambda store: keep_receipt(store, outcome))
            return outcome
        access(lambda store: record(store, outcome))
        if self._files and (outcome.equal or outcome.shut_out) and not outcome.offline:
            self._exchange_files(self._files, outcome)
        return outcome

    def _report(self, progress: "Progress") -> None:
        """On the pool, before each batch."""
        from sync.engine import Offline

        if self._paused:
            raise Offline
        self._told.emit(progress)

    def _exchange_files(self, files: "Files", outcome: "Outcome") -> None:
        """After the records, and only until somebody saves new ones."""
        from sync import pace

        self._at_files = True
        began, before = time.monotonic(), self._background.call(attaching.waiting).bytes
        try:
            done = files.run(lambda: self._again or self._paused)
        finally:
            self._at_files = False
        sent, took = before - self._background.call(attaching.waiting).bytes, time.monotonic() - began
        self._background.call(lambda store: pace.learn(store, size=sent, seconds=took))
        outcome.changes |= done.changes
        if done.sent or done.fetched:
            said = files_words.DONE.fill(sent=done.sent, fetched=done.fetched)
            self._background.call(lambda store: sync_events.record(store, "done", said))

    def _enrol(self, ticket: "Ticket") -> bool:
        from sync.engine import Offline
        from sync.enrol import enrol_account, office_key

        access = self._background.call
        try:
            enrol_account(access, ticket)
        except Offline:
            access(lambda store: _remember(store, ticket))
            return False
        sealed_for, data_key = access(lambda store: (office_key(store), store.key))
        if self._who.account and sealed_for:
            self._who.account.vault(self._clock).seal_to_office(data_key, sealed_for)
        access(_forget_code)
        self._engine = self._files = self._outcome = None  # whoever was known before, this is another laptop now
        return True

    def _done(self, outcome: "Outcome | None") -> None:
        self._outcome = outcome
        self._finish()
        if outcome is not None and outcome.changes:
            self._background.announce(outcome.changes)

    def _failed(self, error: AppError) -> None:
        from sync.engine import Outcome

        self._outcome = Outcome(reason=error.words)
        if not isinstance(error, SyncTrouble):
            self._engine = self._files = None
        self._finish()

    def _give_up(self) -> None:
        """A bug, which the crash dialog tells: nothing is tried until a person asks or saves."""
        self._running = self._again = False
        self._engine = self._files = None
        self.show()

    def _finish(self) -> None:
        self._running = False
        again, self._again = self._again, False
        self._wait(timedelta(0) if again else EVERY + timedelta(seconds=random.randint(0, JITTER)))  # noqa: S311
        self.show()

    def _wait(self, delay: timedelta) -> None:
        if self._paused:
            return
        self._next_try = self._clock.now() + delay
        self._timer.start(int(delay.total_seconds() * 1000))

    def _edited(self, changes: "Changes") -> None:
        self._again = self._again or (bool(changes) and self._at_files)
        if changes and not self._running:
            self.show()
            if not self._who.sample and self._timer.remainingTime() > AFTER_EDIT.total_seconds() * 1000:
                self._wait(AFTER_EDIT)

    def _status(self, store: "Store") -> View:
        from sync.enrol import SETTING
        from sync.pace import pace
        from sync.status import needs_code, state

        alone = store.setting(SETTING) is None
        next_try = self._next_try if self._timer.isActive() else None
        files = attaching.waiting(store)
        now = state(store, self._outcome)
        seconds = 0 if alone else pace(store).seconds(now.waiting, files.bytes)
        new_code = needs_code(store, self._outcome)
        return View(now, alone, next_try, files, self._paused, quarantine.count(store), seconds, new_code)

    def _show_progress(self, progress: "Progress") -> None:
        if self.view and self._running:
            sending = replace(self.view.status, pill="sending", sent=progress.sent, total=progress.total)
            self._tell(replace(self.view, status=sending))

    def _tell(self, view: View) -> None:
        self.view = view
        self.viewed.emit(view)
        tone, _ = LOOK[view.key]
        self._events.sync.emit(SyncState(tone, pill_words(view, self._clock), view.status.conflicts))  # pyright: ignore[reportArgumentType]


def _ticket(person: Person) -> "Ticket | None":
    """A code from the first run as a ticket; None while a person has to compare the server's key."""
    from sync.engine import Offline
    from sync.enrol import Ticket
    from sync.transport import look

    if person.server_pin:
        return Ticket(person.server, person.server_pin, person.code)
    try:
        shown = look(person.server)
    except Offline:
        return None
    return Ticket(person.server, shown.pin, person.code) if shown.public else None


def _remember(store: "Store", ticket: "Ticket") -> None:
    """Keep a code that could not be tried yet."""
    person = profile(store)
    change_profile(store, replace(person, code=ticket.code, server=ticket.server, server_pin=ticket.pin))


def _forget_code(store: "Store") -> None:
    """A used code is worth nothing any more."""
    person: Person = profile(store)
    change_profile(store, replace(person, code=""))
