"""Pages of a PDF as pictures, by pdfium, for the screen and for printers. One at a time: pdfium knows no threads."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: four bytes a pixel (blue, green, red, unused), `stride` bytes a row."""

    width: int
    height: int
    stride: int
    pixels: bytes


@contextmanager
def _opened(pdf: bytes) -> Generator[Any]:
    import pypdfium2 - 50 ms that only paper needs

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


def page_picture(pdf: bytes, number: int, scale: float) -> Picture:
    """Page `number` (from 0) at `scale` pixels a point, on white."""
    with _opened(pdf) as document:
        bitmap = document[number].render(scale=scale, prefer_bgrx=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
