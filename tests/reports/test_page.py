"""The engine: pages, breaks, footers, and what the file says of itself."""

import re
from dataclasses import replace

import pytest
from PIL import Image

import reports
from reports.blocks import Heading, Notice, Signatures, Signer, qr_squares
from reports.forms import Boxes, FormRow
from reports.page import Block, Sheet, Strip, paginate, write
from reports.paper import SIZES, Letterhead
from reports.tables import CheckBox, Column, Table
from tests.reports import pdf as read_back
from tests.reports.samples import DRAWN, FULL

RINGKASAN = reports.PAPERS["ringkasan"]
ALL = frozenset(part.key for part in RINGKASAN.parts)


def strip(height: float = 10, **more: object) -> Strip:
    return Strip(height, lambda _pen, _x, _top: None, **more)  # type: ignore[arg-type]


def sheet(*blocks: Block) -> Sheet:
    return Sheet("Contoh", "Contoh versi 1", "arsip", Letterhead(), blocks)


def heights(strips: list[Strip], first: float = 30, further: float = 30) -> list[list[float]]:
    return [[s.height for s, _ in page.placed] for page in paginate(strips, first, further)]


@pytest.mark.parametrize("name", SIZES)
def test_pages_are_exact_to_a_tenth_of_a_millimetre(name: str) -> None:
    page = read_back.read(write([sheet(Notice("Halo"))], SIZES[name])).pages[0]
    wanted = {
        "A4": (210, 297), "F4": (215, 330), "A5": (148, 210), "A7": (74, 105), "A4L": (297, 210), "A5L": (210, 148),
        "R58": (58, 200),
    }[name]  # fmt: skip
    if SIZES[name].roll:  # cut where the words end
        wanted = (58, float(page.mediabox[3]) / read_back.MM)
        assert 40 < wanted[1] < 100
    assert [float(side) / read_back.MM for side in page.mediabox[2:]] == pytest.approx(wanted, abs=0.05)


def test_strips_fill_a_page_and_go_on_on_the_next() -> None:
    assert heights([strip(10), strip(11), strip(9), strip(12)]) == [[10, 11, 9], [12]]


def test_the_first_page_may_have_less_room() -> None:
    assert heights([strip(10)] * 5, first=10, further=20) == [[10], [10, 10], [10, 10]]


def test_what_is_kept_together_moves_together() -> None:
    assert heights([strip(20), strip(8, keep=True), strip(7)]) == [[20], [8, 7]]


def test_a_cohesion_higher_than_a_page_is_parted_instead_of_lost() -> None:
    assert heights([strip(20, keep=True)] * 3) == [[20], [20], [20]]


def test_a_strip_higher_than_a_page_stands_alone() -> None:
    assert heights([strip(5), strip(90), strip(5)]) == [[5], [90], [5]]


def test_air_is_dropped_at_the_top_of_a_page() -> None:
    pages = paginate([strip(25), strip(28, gap=4), strip(1, gap=1)], 30, 30)
    assert [[top for _, top in page.placed] for page in pages] == [[0], [0, 29]]


def test_a_table_repeats_its_head_on_each_page() -> None:
    rows = [(str(n), f"baris {n}") for n in range(1, 120)]
    pages = read_back.pages(write([sheet(Table([Column("Nomor", 20), Column("Isi")], rows))], SIZES["A4"]))
    assert len(pages) > 2
    assert all("Nomor" in page for page in pages)
    assert re.findall(r"baris (\d+)", " ".join(pages)) == [str(n) for n in range(1, 120)]


def test_a_row_longer_than_a_page_breaks_and_loses_no_word() -> None:
    words = " ".join(f"kata{n}" for n in range(3000))
    found = read_back.text(write([sheet(Table([Column("Isi")], [(words,)]))], SIZES["A4"]))
    assert [f"kata{n}" for n in range(3000)] == [word for word in found.split() if word.startswith("kata")]


def test_signatures_never_stand_alone() -> None:
    for count in range(28, 48):  # around the end of the page
        table = Table([Column("Isi")], [(f"baris {n}",) for n in range(count)], hold_end=True)
        signed = sheet(table, Notice("gratis"), Signatures([Signer("Pemilik,", "Siti")]))
        last = read_back.pages(write([signed], SIZES["A4"]))[-1]
        assert "gratis" in last
        assert f"baris {count - 1}" in last


def test_every_sheet_of_a_file_counts_its_own_pages() -> None:
    sheets = [RINGKASAN.layout(data, ALL) for data in (DRAWN, FULL, DRAWN)]
    pdf = write(sheets, SIZES["A4"], "Semua ringkasan")
    reader = read_back.read(pdf)
    marks = [page.partition("Halaman ")[2].partition(" ·")[0] for page in read_back.pages(pdf)]
    pages = len(reader.pages) - 2
    assert marks == ["1 dari 1", *(f"{n} dari {pages}" for n in range(1, pages + 1)), "1 dari 1"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Semua ringkasan"
    assert len([entry for entry in reader.outline if not isinstance(entry, list)]) == 3


def test_the_file_says_what_it_is() -> None:
    reader = read_back.read(reports.render(RINGKASAN, DRAWN, "A4"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Ringkasan Pendampingan RP/2026/11/000142"
    assert reader.metadata.author == "Dampingi"
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    first, sections = reader.outline
    assert first.title == "Ringkasan Pendampingan RP/2026/11/000142"  # type: ignore[union-attr]
    assert [entry.title for entry in sections] == [  # type: ignore[union-attr]
        "1. Identitas", "2. Konsultasi yang sudah dilakukan", "3. Fasilitasi", "4. Langkah berikutnya — centang bila sudah",
    ]  # fmt: skip


def test_all_fonts_are_embedded_and_subset() -> None:
    found = read_back.fonts(reports.render(RINGKASAN, FULL, "F4", ALL))
    assert len(found) >= 4
    for name, descriptor in found.items():
        assert name[7] == "+", name
        assert "Dampingi" in name
        assert len(descriptor["/FontFile2"].get_object().get_data()) < 20_000


def test_same_data_same_bytes() -> None:
    assert reports.render(RINGKASAN, FULL, "F4", ALL) == reports.render(RINGKASAN, FULL, "F4", ALL)


def test_nothing_is_lost_on_a_printer_that_knows_only_black_and_white() -> None:
    drawn = read_back.operators(reports.render(RINGKASAN, FULL, "A4", ALL))
    greys = {name: {values[0] for op, values in drawn if op == name} for name in ("g", "G")}
    assert max(greys["G"]) < 0.5  # strokes turn black
    assert all(grey < 0.3 or grey > 0.9 for grey in greys["g"])  # letters turn black, fills white
    assert not [op for op, _ in drawn if op in ("rg", "RG", "k", "K", "sh")]


def test_qr_code_has_finder_patterns_in_three_corners() -> None:
    squares = qr_squares("DAMPINGI:RP/2026/11/000142")
    side = len(squares)
    assert side == 25
    for row, column in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert all(squares[row][column + n] and squares[row + 6][column + n] for n in range(7))


def test_an_emblem_takes_the_place_of_the_shield(tmp_path) -> None:
    path = tmp_path / "emblem.png"
    Image.new("RGBA", (60, 90), (200, 0, 0, 128)).save(path)
    kop = replace(DRAWN.letterhead, emblem=path.read_bytes())
    page = read_back.read(reports.render(RINGKASAN, replace(DRAWN, letterhead=kop), "A4")).pages[0]
    assert len(page.images) == 1
    assert "LOGO" not in page.extract_text()


def test_digit_boxes_are_as_many_as_the_groups_say_and_stay_on_the_paper() -> None:
    drawn = read_back.operators(
        write([sheet(FormRow("NIK", [Boxes((4, 4, 4, 4))]), FormRow("Panjang", [Boxes((40,))]))], SIZES["A5"])
    )
    right_edges = [values[0] + values[2] for op, values in drawn if op == "re"]
    assert len(right_edges) == 56
    assert max(right_edges) <= (148 - 16) * read_back.MM + 0.01


def test_a_ticked_box_has_a_mark() -> None:
    def strokes(box: CheckBox) -> int:
        table = Table([Column("", 9), Column("Apa")], [(box, "KTP")])
        return [op for op, _ in read_back.operators(write([sheet(table)], SIZES["A4"]))].count("l")

    assert strokes(CheckBox(on=True)) == strokes(CheckBox()) + 2


def test_a_heading_is_never_the_last_on_its_page() -> None:
    for count in range(42, 62):
        table = Table([Column("Isi")], [(f"baris {n}",) for n in range(count)])
        blocks = [table, Heading("Bab dua"), Table([Column("Kolom")], [("sel",)])]
        (page,) = [p for p in read_back.pages(write([sheet(*blocks)], SIZES["F4"])) if "Bab dua" in p]
        assert "sel" in page


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("DINAS KOPERASI  DAN USAHA MIKRO", "Dinas Koperasi dan Usaha Mikro"),
        ("DKUPP KOTA PROBOLINGGO", "DKUPP Kota Probolinggo"),
        ("Dinas KUKM Banyuwangi", "Dinas KUKM Banyuwangi"),
    ],
)
def test_a_sentence_names_the_office_without_shouting(written: str, named: str) -> None:
    assert Letterhead(office=written).named == named
