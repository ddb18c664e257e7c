"""All summaries of a list into one PDF: a bar under the search field says how far it is, and can stop it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from models.errors import AppError
from models.files import chosen_file, replacing
from reports.batch import Batch, Stopped, order, summaries
from reports.paper import Officer, Request
from ui.context import Context
from ui.widgets import HintButton, icon_label, label, row
from ui.words import batch as words
from ui.words import common

SIZE = "A4"


class BatchBar(QFrame):
    """Hidden until `begin`; the work runs beside the screen and asks the store in small handfuls."""

    _reached = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setProperty("tone", "blue")
        self._ctx = ctx
        self._stop = Event()
        self.busy = False  # whether papers are being made now
        self._all = 0
        self.said, self.progress = label("", "bold"), QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel = HintButton(ctx.words(common.CANCEL), "text", size="small", clicked=self._cancel)
        line = row(margins=(14, 8, 8, 8), spacing=12)
        line.addWidget(icon_label("printer", "blueInk", 20))
        line.addWidget(self.said)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel)
        self.setLayout(line)
        self._reached.connect(self._show_progress)
        self.hide()

    def begin(self, docs: Sequence[int]) -> None:
        """Ask where to, then write the summaries of these rows of the list."""
        if self.busy or not docs:
            return
        name = f"ringkasan-{self._ctx.clock.today().isoformat()}.pdf"
        path = self._ctx.dialogs.save_file(words.SAVE, name, words.PDF_FILES)
        if path is None:
            return
        us = self._ctx.profile
        officer = Officer(us.name, us.role, us.office.partition(",")[0])
        request = Request("", "", self._ctx.clock.today(), officer, staff_id=us.staff_id, scope=us.home_scope)
        self._ctx.background.read(self, lambda store: order(store, docs, request), partial(self._write, path))

    def _write(self, path: Path, batch: Batch) -> None:
        self._stop.clear()
        self._all = len(batch.subjects)
        self.progress.setRange(0, max(1, self._all))
        self._show_progress(0)
        self.show()
        self.busy = True
        self._ctx.background.run(self, partial(self._made, path, batch), partial(self._done, path), self._failed)

    def _made(self, path: Path, batch: Batch) -> int:
        """On the pool: no widget is touched but by the signal."""
        with chosen_file(), replacing(path) as out:
            return summaries(out, batch, self._ctx.background.call, SIZE, self._go_on)

    def _go_on(self, reached: int) -> bool:
        if not self._stop.is_set():
            self._reached.emit(reached)
        return not self._stop.is_set()

    def _show_progress(self, reached: int) -> None:
        self.progress.setValue(reached)
        self.said.setText(self._ctx.words(words.MAKING, n=reached, all=self._all))

    def _cancel(self) -> None:
        self._stop.set()
        self.said.setText(self._ctx.words(words.STOPPING))

    def _done(self, path: Path, count: int) -> None:
        self._over()
        left = self._all - count
        self._ctx.toast((words.DONE_WITHOUT if left else words.DONE).fill(n=count, name=path.name, left=left))

    def _failed(self, error: AppError) -> None:
        self._over()
        if isinstance(error, Stopped):
            self._ctx.toast(error.words)
        else:
            self._ctx.show_error(error)

    def _over(self) -> None:
        self.busy = False
        self.hide()
