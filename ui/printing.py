"""Printers and the desktop around them: the one place that touches real devices. Tests put a named fake here."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from models.errors import AppError
from models.files import file_errors
from reports.paper import SIZES, Size
from ui.page_picture import page_count, page_image, page_sizes
from ui.words import preview as words

DPI = 300
TITLE = "Dampingi"  # all that a queue shows of a paper
EXACT_MM = 0.5  # a named size this near is the size itself, rounded to points
TOLERANCE_MM = 2.0  # a driver's "F4" or "Folio" within this is the same sheet
FOLDER = "Dampingi"


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer of this computer and the sizes of `reports.paper.SIZES` it knows."""

    name: str
    sizes: frozenset[str]
    usual: bool = False


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What to print: `shrink` fits an F4 page onto A4."""

    pdf: bytes
    printer: str
    size: str
    copies: int = 1
    shrink: bool = False


class Desk(Protocol):
    """What the preview needs of the computer it runs on."""

    def printers(self) -> Sequence[PrinterChoice]: ...
    def print_out(self, job: PrintJob) -> None: ...
    def share_folder(self) -> Path: ...
    def show_folder(self, folder: Path) -> None: ...
    def copy(self, text: str) -> None: ...


class SystemDesk:
    """The real one. `printers` and `print_out` may take seconds: call them beside the screen."""

    def printers(self) -> Sequence[PrinterChoice]:
        """The printers installed here, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        found = [
            PrinterChoice(info.printerName(), _known_sizes(info), info.printerName() == usual)
            for info in QPrinterInfo.availablePrinters()
        ]
        return sorted(found, key=lambda choice: (not choice.usual, choice.name.casefold()))

    def print_out(self, job: PrintJob) -> None:
        """Send it to the printer. AppError when the printer does not take it."""
        info = QPrinterInfo.printerInfo(job.printer)
        if info.isNull():
            raise AppError(words.SILENT)
        if cups := which("lp"):
            hand_over(cups, job, _media(info, SIZES["A4"] if job.shrink else _true_size(job)))
        else:
            paint(QPrinter(info, QPrinter.PrinterMode.HighResolution), job)

    def share_folder(self) -> Path:
        """Where papers for WhatsApp are put: `Documents/Dampingi`, made when missing."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents or Path.home()) / FOLDER
        with file_errors():
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def show_folder(self, folder: Path) -> None:
        """Open it in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""
        QGuiApplication.clipboard().setText(text)


def _known_sizes(info: QPrinterInfo) -> frozenset[str]:
    """Sizes the driver lists; all of them when it takes any size."""
    if info.supportsCustomPageSizes():
        return frozenset(SIZES)
    listed = [page.size(QPageSize.Unit.Millimeter) for page in info.supportedPageSizes()]
    return frozenset(name for name, size in SIZES.items() if any(_is_size(one, size) for one in listed))


def _is_size(listed: QSizeF, size: Size) -> bool:
    return _apart(listed, size) <= TOLERANCE_MM


def _apart(listed: QSizeF, size: Size) -> float:
    """By how many millimetres a sheet differs, whichever way it lies."""
    sides = zip(sorted((listed.width(), listed.height())), sorted((size.width_mm, size.height_mm)), strict=True)
    return max(abs(one - other) for one, other in sides)


def _media(info: QPrinterInfo, size: Size) -> str:
    """What CUPS is to call a size: the driver's own name for it, else its measures, upright."""
    near = TOLERANCE_MM if not info.supportsCustomPageSizes() else EXACT_MM
    listed = [(_apart(page.size(QPageSize.Unit.Millimeter), size), page.key()) for page in info.supportedPageSizes()]
    if listed and min(listed)[0] <= near:
        return min(listed)[1]
    width, height = sorted((size.width_mm, size.height_mm))
    return f"Custom.{width:g}x{height:g}mm"


def hand_over(lp: str, job: PrintJob, media: str) -> None:
    """Give the very PDF to CUPS, by its command `lp`: letters stay letters. AppError when it is refused."""
    page, sheet = _true_size(job), SIZES["A4"]
    shrinks = job.shrink and _place(page, sheet).width() < page.width_mm * DPI / 25.4
    done = subprocess.run(  # noqa: S603 - one fixed command; a printer's name is an argument, never a shell's word
        [lp, "-d", job.printer, "-n", str(job.copies), "-t", TITLE, "-o", f"media={media}",
         "-o", f"print-scaling={'fit' if shrinks else 'none'}"],
        input=job.pdf, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise AppError(words.SILENT)


def page_size(size: Size) -> QPageSize:
    """A size as Qt's printers take it, upright; exact, or else F4 would become 215.9 mm wide."""
    sides = sorted((size.width_mm, size.height_mm))
    return QPageSize(QSizeF(*sides), QPageSize.Unit.Millimeter, size.name, QPageSize.SizeMatchPolicy.ExactMatch)


def _true_size(job: PrintJob) -> Size:
    """The size of the job's pages; a roll is as long as its paper became."""
    size = SIZES[job.size]
    return replace(size, height_mm=page_sizes(job.pdf)[0][1] / 72 * 25.4) if size.roll else size


def paint(printer: QPrinter, job: PrintJob) -> None:
    """Paint every page on the printer, to its true size or shrunk to A4. May run on any thread."""
    page = _true_size(job)
    sheet = SIZES["A4"] if job.shrink else page
    lies = QPageLayout.Orientation.Landscape if sheet.width_mm > sheet.height_mm else QPageLayout.Orientation.Portrait
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(page_size(sheet), lies, QMarginsF(0, 0, 0, 0)))
    printer.setDocName(TITLE)
    copies = 1 if printer.supportsMultipleCopies() else job.copies
    if copies != job.copies:
        printer.setCopyCount(job.copies)
    painter = QPainter()
    if not painter.begin(printer):
        raise AppError(words.SILENT)
    try:
        pages = [number for _ in range(copies) for number in range(page_count(job.pdf))]
        for turn, number in enumerate(pages):
            if turn and not printer.newPage():
                raise AppError(words.SILENT)
            painter.drawImage(_place(page, sheet), page_image(job.pdf, number, DPI / 72))
    finally:
        painter.end()


def _place(page: Size, sheet: Size) -> QRectF:
    """Where the page lies on the sheet, in dots: true to size, or as large as fits, in the middle."""
    factor = min(1.0, sheet.width_mm / page.width_mm, sheet.height_mm / page.height_mm)
    width, height = page.width_mm * factor, page.height_mm * factor
    dot = DPI / 25.4
    return QRectF((sheet.width_mm - width) / 2 * dot, (sheet.height_mm - height) / 2 * dot, width * dot, height * dot)
