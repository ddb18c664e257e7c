"""A computer with two printers, or with others, or with one that keeps silent."""

from collections.abc import Sequence
from pathlib import Path

from models.errors import AppError
from ui.printing import PrinterChoice, PrintJob
from ui.words import preview as words

EPSON = PrinterChoice("EPSON L3110", frozenset({"A4", "A5"}), usual=True)
KYOCERA = PrinterChoice("Kyocera", frozenset({"A4", "F4", "A5"}))


class FakeDesk:
    """A computer whose printers take everything, or nothing when `silent`."""

    def __init__(self, folder: Path, printers: Sequence[PrinterChoice] = (EPSON, KYOCERA)) -> None:
        self.folder, self.choices, self.silent = folder, printers, False
        self.jobs: list[PrintJob] = []
        self.opened: list[Path] = []
        self.clipboard = ""

    def printers(self) -> Sequence[PrinterChoice]:
        return self.choices

    def print_out(self, job: PrintJob) -> None:
        if self.silent:
            raise AppError(words.SILENT)
        self.jobs.append(job)

    def share_folder(self) -> Path:
        return self.folder

    def show_folder(self, folder: Path) -> None:
        self.opened.append(folder)

    def copy(self, text: str) -> None:
        self.clipboard = text
