"""Reading a PDF back, the way a stranger would."""

import io
from typing import Any

from pypdf import PdfReader

MM = 72 / 25.4


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All text of all pages, in one line."""
    return " ".join(" ".join(page.extract_text().split()) for page in read(pdf).pages)


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
    reader = read(pdf)
    return [
        (operator.decode(), [float(x) for x in operands if isinstance(x, (int, float))])
        for page in reader.pages
        for operands, operator in page.get_contents().operations  # type: ignore[union-attr]
    ]
