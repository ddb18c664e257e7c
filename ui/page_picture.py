"""Pages of a PDF as images, by pdfium, for the screen and for printers. One at a time: pdfium knows no threads."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

_PDFIUM = Lock()


@contextmanager
def _opened(pdf: bytes) -> Generator[Any]:
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    return len(page_sizes(pdf))


def page_image(pdf: bytes, number: int, scale: float) -> QImage:
    """Page `number` (from 0) at `scale` pixels a point, on white."""
    with _opened(pdf) as document:
        bitmap = document[number].render(scale=scale, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # its own pixels: the page's are gone with the document


def screen_image(pdf: bytes, number: int, size: QSize) -> QImage:
    """The page in exactly `size` pixels: drawn larger and scaled down, or else hairlines come out a full pixel black."""
    with _opened(pdf) as document:
        width = document.get_page_size(number)[0]
    large = page_image(pdf, number, size.width() * 2 / width)
    return large.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
