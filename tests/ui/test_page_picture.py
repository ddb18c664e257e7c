"""Pages as pictures."""

from concurrent.futures import ThreadPoolExecutor

import reports
from ui.page_picture import page_picture, page_sizes
from tests.reports.samples import DRAWN, FULL

PAPER = reports.PAPERS["ringkasan"]


def test_a_page_becomes_a_picture_of_its_size_with_ink_on_white() -> None:
    pdf = reports.render(PAPER, DRAWN, "A4")
    picture = page_picture(pdf, 0, 1.0)
    assert (picture.width, picture.height) == (596, 842)
    assert picture.stride == picture.width * 4
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert picture.pixels.count(b"\x00\x00\x00") > 1000


def test_sizes_of_all_pages_in_points() -> None:
    sizes = page_sizes(reports.render(PAPER, FULL, "F4"))
    assert len(sizes) > 1
    assert {(round(w, 1), round(h, 1)) for w, h in sizes} == {(609.4, 935.4)}


def test_papers_and_pictures_of_several_threads_do_not_meet() -> None:
    def work(size: str) -> bytes:
        pdf = reports.render(PAPER, FULL, size)
        return page_picture(pdf, 0, 0.5).pixels

    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(work, ["A4", "F4"] * 6))
    assert len(set(pictures)) == 2
