"""Reading a PDF back, the way a stranger would."""

import io
import re
from typing import Any

from pypdf import PdfReader
from pypdfium2 import PdfDocument

MM = 72 / 25.4
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_NUMBER = re.compile(rb"-?\d*\.?\d+")


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All text of all pages, in one line."""
    return " ".join(pages(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in one line each."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(pdf)]


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """How wide and how high each page is, in millimetres."""
    return [(page.get_width() / MM, page.get_height() / MM) for page in PdfDocument(pdf)]


def fonts(pdf: bytes) -> dict[str, Any]:
    """Every font of the file by name, with its descriptor."""
    found: dict[str, Any] = {}
    for page in read(pdf).pages:
        for ref in page["/Resources"]["/Font"].values():
            font = ref.get_object()
            found[str(font["/BaseFont"])] = font.get("/FontDescriptor", {})
    return found


def operators(pdf: bytes) -> list[tuple[str, list[float]]]:
    """Every drawing operator with its numbers."""
    found: list[tuple[str, list[float]]] = []
    for page in read(pdf).pages:
        numbers: list[float] = []
        for word in _STRING.sub(b" ", page.get_contents().get_data()).split():  # type: ignore[union-attr]
            if _NUMBER.fullmatch(word):
                numbers.append(float(word))
            elif word.isalpha() or word in (b"T*", b"B*", b"f*", b"W*", b"b*"):
                found.append((word.decode(), numbers))
                numbers = []
    return found


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Around all the words of each page: how far they are from its left, lower, right and upper edge, in points."""
    document, found = PdfDocument(pdf), []
    for page in document:
        words = page.get_textpage()
        rects = [words.get_rect(n) for n in range(words.count_rects())]
        left, low, right, high = zip(*rects, strict=True)
        found.append((min(left), min(low), page.get_width() - max(right), page.get_height() - max(high)))
    return found
