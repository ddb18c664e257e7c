"""Tables and the blocks that divide a page: where things stand, and that none is lost."""

import pytest

from reports.blocks import Notice, Paragraph, Signatures, Signer
from reports.page import SLIP, TICKET, Block, Frame, Sheet, write
from reports.paper import MM, SIZES, Letterhead
from reports.shapes import Beside, Lists, NewPage, Pills, Space, Ticks, Together
from reports.tables import CheckBox, Column, Table
from tests.reports import pdf as read_back


def page(*blocks: Block, frame: Frame | None = None, size: str = "A4", **more: object) -> bytes:
    sheet = Sheet("Contoh", "Contoh versi 1", "arsip", Letterhead(), blocks, frame=frame or Frame(kop=False), **more)  # type: ignore[arg-type]
    return write([sheet], SIZES[size])


def boxes(pdf: bytes) -> list[tuple[float, float]]:
    """Left and right edge of every check box: a path of four curves begins at its lower left."""
    drawn = read_back.operators(pdf)
    corners = [values for op, values in drawn if op == "c"]
    return [
        (min(v[0] for v in group), max(v[4] for v in group))
        for group in (corners[n : n + 4] for n in range(0, len(corners), 4))
    ]


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_a_box_stands_where_its_column_says(align, share: float) -> None:
    table = Table([Column("A", 40), Column("B", 60, align=align)], [("x", CheckBox(side=4 * MM))], grid=True)
    ((left, right),) = boxes(page(table))
    free = (60 - 4 - 4) * MM
    assert left == pytest.approx((18 + 40 + 2) * MM + share * free, abs=2)
    assert right - left == pytest.approx(4 * MM, abs=2)


def test_a_joined_cell_takes_the_room_of_both() -> None:
    words = "tugas Dinas dan kelurahan bersama"
    columns = [Column("A"), Column("B", 20), Column("C", 40)]
    assert words in read_back.read(page(Table(columns, [("x", words, None)]))).pages[0].extract_text()
    assert words not in read_back.read(page(Table(columns, [("x", words, "")]))).pages[0].extract_text()


def test_rows_have_their_least_height_and_grow_when_they_must() -> None:
    def count(row_mm: float, text: str) -> int:
        rows = [(text,)] * 60
        return len(read_back.read(page(Table([Column("A")], rows, row_mm=row_mm))).pages)

    assert count(4, "x") < count(20, "x")
    assert count(4, "kata " * 60) > count(4, "x")


def test_a_boxed_row_stays_whole_where_a_ruled_one_breaks() -> None:
    rows = [("\n".join(f"baris {n}.{m}" for m in range(12)),) for n in range(20)]
    for grid in (True, False):
        found = read_back.pages(page(Table([Column("A")], rows, grid=grid)))
        torn = [n for n in range(20) if sum(f"baris {n}." in text for text in found) > 1]
        assert bool(torn) is not grid


def test_what_belongs_together_moves_together_until_it_is_too_long() -> None:
    filler = Table([Column("A")], [("x",)] * 30)
    short = Together([Paragraph(f"satu {n}") for n in range(12)])
    found = read_back.pages(page(filler, short))
    assert len([text for text in found if "satu" in text]) == 1
    long = read_back.pages(page(filler, Together([Paragraph(f"satu {n} .") for n in range(200)])))
    assert [n for n in range(200) if any(f"satu {n} ." in text for text in long)] == list(range(200))


def test_no_row_of_a_table_stands_alone_on_a_page() -> None:
    table = Table([Column("A")], [(f"baris {n}.",) for n in range(12)])
    for lead in range(180, 265, 4):
        counts = [p.count("baris") for p in read_back.pages(page(Paragraph("awal"), Space(lead), table))]
        assert sum(counts) == 12
        assert 1 not in counts


def test_a_new_page_begins_at_its_top() -> None:
    first, second = read_back.read(page(Paragraph("satu"), NewPage(), Paragraph("dua", gap=30 * MM))).pages
    assert "dua" not in first.extract_text()
    places: list[float] = []
    second.extract_text(visitor_text=lambda text, _cm, tm, _f, _s: places.append(tm[5]) if "dua" in text else None)
    assert places[0] > (297 - 30) * MM


def test_the_narrow_column_stays_on_the_first_page() -> None:
    side = [Signatures([Signer("Konsultan", "Dewi")])]
    first, *rest = read_back.pages(page(Beside([Table([Column("A")], [("x",)] * 80)], side, 38 * MM)))
    assert "Dewi" in first
    assert rest
    assert not any("Dewi" in text for text in rest)


def test_words_to_tick_wrap_and_none_is_lost() -> None:
    words = [f"pilihan nomor {n}" for n in range(40)]
    for columns in (0, 3):
        found = read_back.text(page(Ticks([CheckBox(label=w) for w in words], columns)))
        assert [w for w in words if w in found] == words
    listed = read_back.text(page(Lists(["Ada", "Belum"], [words[:3], words[3:]], (1, 2))))
    assert [w for w in words if w in listed] == words
    in_pills = read_back.text(page(Pills("Topik", words, 18 * MM)))
    assert [w for w in words if w in in_pills] == words


def test_a_long_notice_leaves_its_box_and_goes_on() -> None:
    words = [f"kata{n}" for n in range(3000)]
    notice = Notice(" ".join(words), head="Saran")
    found = set(read_back.text(page(notice, frame=SLIP, size="A5L", promise="Gratis.")).split())
    assert [w for w in words if w in found] == words


def test_a_promise_in_the_footer_is_never_cut() -> None:
    promise = "Pendampingan ini gratis. " * 9 + "Titik terakhir."
    assert "Titik terakhir." in read_back.text(page(Paragraph("x"), frame=SLIP, size="A5L", promise=promise))


def test_a_roll_is_as_long_as_its_words() -> None:
    heights = [
        float(read_back.read(page(*[Paragraph("x")] * n, frame=TICKET, size="R58")).pages[0].mediabox[3])
        for n in (1, 11)
    ]
    assert heights[1] - heights[0] == pytest.approx(10 * 13.5)
