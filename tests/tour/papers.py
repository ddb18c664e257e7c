"""The Ringkasan Pendampingan on A4 and F4, as the preview shows and saves it."""

import re
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.tour.laptop import Laptop, until
from tests.tour.recorder import Evidence, expect

MM = 72 / 25.4
SIZES = {"A4": (210, 297), "F4": (215, 330)}


def print_summary(laptop: Laptop, business: dict[str, Any], folder: Path) -> Evidence:
    """Open the preview, save both sizes, read them back."""
    laptop.shell.go("preview", owner_id=business["owner_id"], business_id=business["id"], paper="ringkasan")
    page, pictures, pages = laptop.page, [], {}
    expect(until(lambda: page._finished is not None), "the paper was not set")
    until(lambda: page.pages.page_count > 0)
    until(lambda: False, 0.4)  # the page's picture is made beside the screen
    pictures.append(laptop.picture("pratinjau"))
    for at, size in enumerate(SIZES):
        page.options.sheet.buttons()[at].click()
        expect(until(lambda size=size: page._finished is not None and page._finished.size == size), f"no {size}")
        target = folder / f"ringkasan-{size}.pdf"
        laptop.said.file = target
        page._when_ready(page._output.save)
        expect(until(target.is_file), f"{target.name} was not saved")
        pages[size] = _check(target, size)
    until(lambda: False, 0.4)
    pictures.append(laptop.picture("pratinjau-F4"))
    return {"pages": pages, "pictures": pictures}


def _check(target: Path, size: str) -> int:
    reader = PdfReader(target)
    box = reader.pages[0].mediabox
    wide, high = SIZES[size]
    expect(abs(float(box.width) / MM - wide) < 0.1 and abs(float(box.height) / MM - high) < 0.1, f"{size}: {box}")
    text = "".join(page.extract_text() for page in reader.pages)
    for wanted in ("Mistijah", "Keripik Bu Mis", "Pendampingan ini gratis"):
        expect(wanted in text, f"{wanted!r} is not on the paper")
    expect(not re.search(r"3574\s?0347\s?0582\s?9917", text), "the whole NIK is on the paper")
    return len(reader.pages)
