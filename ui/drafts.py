"""Drafts that save themselves: a second after the last key, on leaving a field, and when asked."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.store import Changes, Store
from ui.context import Context
from ui.page import Page
from ui.widgets import icon_label, label, row
from ui.words import common

PAUSE_MILLIS = 1000
Collect = Callable[[], Mapping[str, Any] | None]


class AutoDraft(QObject):
    """The draft of one form. `collect` gives what to keep, None while nothing was typed.

    `note` says when it was saved; `noted` tells that it has something to say, or no more.
    """

    noted = Signal()

    def __init__(self, page: Page, kind: str, collect: Collect) -> None:
        super().__init__(page)
        self._ctx, self._kind, self._collect = page.ctx, kind, collect
        self.key, self.kept, self._dirty, self.filled = "", False, False, True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLIS)
        self._timer.timeout.connect(self.flush)
        self.note = DraftNote(page.ctx)

    @contextmanager
    def filling(self, key: str = "") -> Generator[None]:
        """While the program fills the form nothing counts as typed; then the draft begins anew."""
        self.filled = False
        try:
            yield
        finally:
            self.filled = True
            self.begin(key)

    def begin(self, key: str = "") -> None:
        """Start on an empty form, or go on with a draft."""
        self.done()
        self.key, self.kept = key or self._ctx.clock.new_id(), bool(key)
        self._set_told(told=False)

    def touch(self) -> None:
        """Something was typed."""
        if not self.filled:
            return
        self._dirty = True
        self._timer.start()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._timer.stop()
        data = self._collect() if self._dirty else None
        self._dirty = False
        if data is None:
            return
        self.kept = True
        kind, key = self._kind, self.key
        self._ctx.background.write(self, lambda store: _keep(store, kind, key, data), lambda _: self._tell(key))

    def delete(self) -> None:
        """Forget the draft."""
        kind, key = self._kind, self.key
        self.done()
        self._ctx.background.write(self, lambda store: _forget(store, kind, key))

    def done(self) -> None:
        """The record was saved: nothing is left to keep."""
        self._timer.stop()
        self._dirty = False

    def _tell(self, key: str) -> None:
        if key == self.key:
            self.note.show_time()
            self._set_told(told=True)

    def _set_told(self, *, told: bool) -> None:
        changed, self.note.told = told != self.note.told, told
        if changed:
            self.noted.emit()


class DraftNote(QWidget):
    """`✓ Draf tersimpan otomatis 09.42.15`, for the top bar."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx, self.told = ctx, False
        line = row(spacing=6)
        self.setLayout(line)
        line.addWidget(icon_label("check", "greenInk", 15, stroke=2.2))
        self._text = label("", "cap")
        line.addWidget(self._text)

    def show_time(self) -> None:
        """Say that the draft was saved just now."""
        self._text.setText(self._ctx.words(common.DRAFT_SAVED, time=time_of_day(self._ctx)))

    def text(self) -> str:
        """What it says."""
        return self._text.text()


def time_of_day(ctx: Context) -> str:
    """`09.42.15` (id) or `09:42:15` (en) at the office."""
    now = ctx.clock.now().astimezone(ctx.clock.zone)
    return now.strftime("%H.%M.%S" if ctx.lang == "id" else "%H:%M:%S")


def _keep(store: Store, kind: str, key: str, data: Mapping[str, Any]) -> Changes:
    store.save_draft(kind, key, data)
    return Changes()


def _forget(store: Store, kind: str, key: str) -> Changes:
    store.delete_draft(kind, key)
    return Changes()
