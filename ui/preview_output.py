"""What a finished paper can become: sheets, a file, a message. Its number is used from then on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from models.errors import AppError
from models.files import save_chosen
from models.issued import Issue, keep
from models.numbering import take_letter
from models.store import Changes, Store
from reports.paper import Paper
from ui.context import Context
from ui.printing import Desk, PrintJob
from ui.words import preview as words

SETTING = "print"  # {"printer": name, "copies": n, "sizes": {paper key: size}}


@dataclass(frozen=True, slots=True)
class Finished:
    """A paper as it stands on the screen."""

    paper: Paper
    number: str
    issue: Issue
    size: str
    message: str
    pdf: bytes

    @property
    def file_name(self) -> str:
        """What to call it."""
        return self.paper.file_name(self.number)


class Output:
    """Prints, saves and shares for one page; says how it went."""

    def __init__(self, parent: QWidget, ctx: Context, desk: Desk) -> None:
        self._parent, self._ctx, self._desk = parent, ctx, desk

    def print_out(self, finished: Finished, job: PrintJob, over: Callable[[], object]) -> None:
        """Send it to the printer; `over` is called when the printer has it, or refused it."""

        def done(_: None) -> None:
            over()
            self._remember(finished, {"printer": job.printer, "copies": job.copies})
            self._ctx.toast(words.SENT.fill(printer=job.printer))

        def failed(error: AppError) -> None:
            over()
            self._ctx.show_error(error)

        self._ctx.background.run(self._parent, partial(self._desk.print_out, job), done, failed)

    def save(self, finished: Finished) -> None:
        """Ask where, and write it there."""
        path = self._ctx.dialogs.save_file(words.SAVE_PDF, finished.file_name, words.PDF_FILES)
        if path is None:
            return

        def done(_: None) -> None:
            self._remember(finished, {})
            self._ctx.toast(words.SAVED.fill(name=path.name))

        self._ctx.background.run(self._parent, partial(save_chosen, path, finished.pdf), done)

    def share(self, finished: Finished) -> None:
        """Put it into the folder for WhatsApp, open the folder, copy the message. Nothing is sent by us."""

        def work() -> Path:
            folder = self._desk.share_folder()
            save_chosen(folder / finished.file_name, finished.pdf)
            return folder

        def done(folder: Path) -> None:
            self._remember(finished, {})
            self._desk.copy(finished.message)
            self._desk.show_folder(folder)
            self._ctx.toast(words.READY)

        self._ctx.background.run(self._parent, work, done)

    def _remember(self, finished: Finished, chosen: dict[str, Any]) -> None:
        self._ctx.background.write(self._parent, partial(_keep, finished, chosen))


def _keep(finished: Finished, chosen: dict[str, Any], store: Store) -> Changes:
    """The paper's number is used and leads back to its record; the choices stand for the next time."""
    with store.transaction():
        if finished.number:
            take_letter(store, finished.number)
            keep(store, finished.issue)
        before = store.setting(SETTING) or {}
        sizes = before.get("sizes", {}) | {finished.paper.key: finished.size}
        store.set_setting(SETTING, before | chosen | {"sizes": sizes})
    return Changes()
