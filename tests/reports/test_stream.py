"""A file written while it is drawn: whole, right, and nothing kept of the pages that are done."""

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

from reports import summary
from reports.blocks import Notice
from reports.page import Sheet, write, write_to
from reports.paper import SIZES, Letterhead
from tests.reports import pdf as read_back
from tests.reports.samples import DRAWN, FULL

A4 = SIZES["A4"]
USUAL = summary.PAPER.usual_parts


def sheets(count: int) -> Iterator[Sheet]:
    for number in range(count):
        yield summary.layout(replace(DRAWN, number=f"RP/2026/11/{number:06d}", owner_name=f"Siti {number}"), USUAL)


class Watched(io.BytesIO):
    """Notes how much was written each time a sheet is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[int] = []

    def watch(self, given: Iterator[Sheet]) -> Iterator[Sheet]:
        for sheet in given:
            self.reached.append(self.tell())
            yield sheet


class Nowhere(io.BytesIO):
    """Keeps nothing of what it is given."""

    def write(self, data: bytes, /) -> int:
        return len(data)


def test_each_page_is_in_the_file_before_the_next_sheet_is_asked_for() -> None:
    out = Watched()
    write_to(out, out.watch(sheets(6)), A4, papers_only=True)
    steps = [after - before for before, after in zip(out.reached, out.reached[1:], strict=False)]
    assert min(steps) > 2_000
    assert [f"Siti {n}" in page for n, page in enumerate(read_back.pages(out.getvalue()))] == [True] * 6


def test_every_object_stands_where_the_file_says() -> None:
    data = write(sheets(3), A4, "Tiga")
    start = int(data.rpartition(b"startxref\n")[2].split()[0])
    lines = data[start:].split(b"\n")
    count = int(lines[1].split()[1])
    entries = [line.split() for line in lines[2 : 2 + count]]
    assert entries[0][2] == b"f"
    for number, (offset, generation, state) in enumerate(entries[1:], start=1):
        assert state == b"n"
        assert data[int(offset) :].startswith(b"%d %d obj" % (number, int(generation)))


def test_a_mass_run_bookmarks_its_papers_and_one_paper_its_sections() -> None:
    out = io.BytesIO()
    write_to(out, sheets(3), A4, "Tiga", papers_only=True)
    reader = read_back.read(out.getvalue())
    assert [mark.title for mark in reader.outline] == [f"Ringkasan Pendampingan RP/2026/11/{n:06d}" for n in range(3)]
    assert [reader.get_destination_page_number(mark) for mark in reader.outline] == [0, 1, 2]
    paper, sections = read_back.read(write(sheets(1), A4)).outline
    assert paper.title == "Ringkasan Pendampingan RP/2026/11/000000"
    assert sections[0].title == "1. Identitas"


def test_letters_met_on_a_later_page_are_in_the_fonts() -> None:
    many = [
        replace(DRAWN, owner_name=name, owner={**DRAWN.owner, "owner": name}) for name in ("Núñez", "Gómez", "Müller")
    ]
    text = read_back.text(write((summary.layout(data, USUAL) for data in many), A4))
    assert [name for name in ("Núñez", "Gómez", "Müller") if name not in text] == []


def test_another_paper_may_be_written_while_a_long_one_is() -> None:
    alone, between = write(sheets(2), A4), b""

    def interrupted() -> Iterator[Sheet]:
        nonlocal between
        for sheet in sheets(2):
            between = write([summary.layout(FULL, USUAL)], SIZES["F4"])
            yield sheet

    out = io.BytesIO()
    write_to(out, interrupted(), A4)
    assert out.getvalue() == alone
    assert between == write([summary.layout(FULL, USUAL)], SIZES["F4"])


def test_nothing_is_kept_of_a_page_that_is_done() -> None:
    """reportlab would hold 30 KB a page; the measure in whole megabytes is `bench/papers.py`."""
    write_to(io.BytesIO(), sheets(5), A4)  # what is made once
    out, kept = Nowhere(), []

    def measured() -> Iterator[Sheet]:
        for sheet in sheets(15):
            kept.append(tracemalloc.get_traced_memory()[0])
            yield sheet

    tracemalloc.start()
    try:
        write_to(out, measured(), A4, papers_only=True)
    finally:
        tracemalloc.stop()
    assert (kept[-1] - kept[4]) / 10 < 8_000


def test_a_file_of_one_empty_sheet_is_a_file() -> None:
    reader = read_back.read(write([Sheet("Contoh", "Contoh", "arsip", Letterhead(), [Notice("Halo")])], A4))
    assert len(reader.pages) == 1
    assert reader.metadata
    assert reader.metadata.title == "Contoh"
