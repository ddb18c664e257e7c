"""Work beside the screen: one database worker with two verbs, and a small pool for the rest.

`read` and `write` run on the one thread that owns the store, in the order in which they were
asked; `run` is for work without the store (a PDF, the network, a workbook). What comes back runs
on the main thread, and is dropped when the widget that asked is gone.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from typing_extensions import override

from models.errors import AppError
from ui.events import Events

if TYPE_CHECKING:
    from models.store import Changes, Store

T = TypeVar("T")
Failed = Callable[[AppError], object]


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work under way; `cancel` drops what has not begun and what would come back."""

    parent: QObject
    work: Callable[..., Any]
    done: Callable[[Any], object]
    failed: Failed | None
    writes: bool = False
    cancelled: bool = False
    value: Any = None
    error: Exception | None = None

    def cancel(self) -> None:
        """The answer is no longer wanted. A write is done and kept all the same."""
        self.cancelled = True

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.cancelled and shiboken6.isValid(self.parent)

    def perform(self, *args: object) -> None:
        """Do the work and keep its value or its error."""
        try:
            self.value = self.work(*args)
        except Exception as error:  # noqa: BLE001 - handed to the main thread, which decides
            self.error = error


class Closed(AppError):
    """The data was closed while something beside the screen still wanted it."""


class Pool(QObject):
    """Work without a store, on two threads. The first-run and unlock screens have only this."""

    _finished = Signal(object)

    def __init__(self, show_error: Failed) -> None:
        super().__init__()
        self._show_error = show_error
        self._threads, self._open = ThreadPoolExecutor(2, "dampingi-pool"), True
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, parent: QObject, work: Callable[[], T], done: Callable[[T], object],
            failed: Failed | None = None) -> Job:  # fmt: skip
        """Work without the store, on the pool; an `AppError` goes to `failed`, else to the window."""
        job = Job(parent, work, done, failed)
        if self._open:  # a timer of a screen that is going may come late
            self._threads.submit(self._perform, job)
        return job

    def close(self) -> None:
        """Drop what waits; what runs (a wait for the network) ends by itself and is heard by nobody."""
        self._open = False
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _perform(self, job: Job, *args: object) -> None:
        if job.writes or job.wanted:
            job.perform(*args)
            self._finished.emit(job)

    def _deliver(self, job: Job) -> None:
        if job.error is not None:
            self._refuse(job, job.error)
        elif job.wanted:
            job.done(job.value)

    def _refuse(self, job: Job, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        if job.wanted or job.writes:
            handler = job.failed if job.failed and job.wanted else self._show_error
            handler(error)


class Background(Pool):
    """The helper that every page gets in its context."""

    _announced = Signal(object)

    def __init__(self, store: "Store", events: Events, show_error: Failed) -> None:
        """Takes the store over: from now on only the worker touches it, and `close` closes it."""
        super().__init__(show_error)
        self._events = events
        self._jobs: queue.SimpleQueue[Callable[[Store], object] | None] = queue.SimpleQueue()
        self._door, self._closing = threading.Lock(), False
        self._announced.connect(events.changed.emit, Qt.ConnectionType.QueuedConnection)
        self._worker = threading.Thread(target=self._serve, args=(store,), name="dampingi-store", daemon=True)
        self._worker.start()

    def read(self, parent: QObject, work: "Callable[[Store], T]", done: Callable[[T], object],
             failed: Failed | None = None) -> Job:  # fmt: skip
        """Ask the store something; `done` gets the answer on the main thread."""
        return self._on_store(Job(parent, work, done, failed))

    def write(self, parent: QObject, work: "Callable[[Store], Changes | tuple[Changes, T]]",
              done: Callable[[Any], object] = lambda _: None, failed: Failed | None = None) -> Job:  # fmt: skip
        """Change the store. `work` returns `Changes`, or `(Changes, value)` for `done`.

        After the commit every page hears of the changes, then `done` is called (with None when
        there is no value). A write is finished even when the page that asked is gone.
        """
        return self._on_store(Job(parent, work, done, failed, writes=True))

    def call(self, work: "Callable[[Store], T]") -> T:
        """For threads that are not the main one: do it on the database worker and wait for it."""
        if threading.current_thread() is threading.main_thread():
            msg = "the main thread must not wait for the store"
            raise RuntimeError(msg)
        if threading.current_thread() is self._worker:
            msg = "the database worker cannot wait for itself"
            raise RuntimeError(msg)
        future: Future[T] = Future()

        def serve(store: "Store") -> None:
            try:
                future.set_result(work(store))
            except BaseException as error:  # noqa: BLE001 - raised again by the caller
                future.set_exception(error)

        with self._door:
            if self._closing:
                raise Closed
            self._jobs.put(serve)
        return future.result()

    def announce(self, changes: "Changes") -> None:
        """Tell the pages what changed by other means than `write`; from any thread."""
        self._announced.emit(changes)

    @override
    def close(self) -> None:
        """Finish what was asked of the store, close it, end the threads."""
        with self._door:
            self._closing = True
            self._jobs.put(None)
        self._worker.join()
        super().close()

    def _on_store(self, job: Job) -> Job:
        self._jobs.put(lambda store: self._perform(job, store))
        return job

    def _serve(self, store: "Store") -> None:
        while (job := self._jobs.get()) is not None:
            job(store)
        store.close()

    @override
    def _deliver(self, job: Job) -> None:
        if job.writes and job.error is None:
            changes, job.value = job.value if isinstance(job.value, tuple) else (job.value, None)
            if changes:  # a kept draft changes no record
                self._events.changed.emit(changes)
        super()._deliver(job)
