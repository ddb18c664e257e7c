"""Pages as pictures."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import reports
from tests.reports.samples import DRAWN, FULL
from ui.page_picture import page_image, page_sizes

PAPER = reports.PAPERS["ringkasan"]


def test_a_page_becomes_an_image_of_its_size_with_ink_on_white() -> None:
    image = page_image(reports.render(PAPER, DRAWN, "A4"), 0, 1.0)
    assert (image.width(), image.height()) == (596, 842)
    assert image.pixelColor(2, 2).name() == "#ffffff"
    dark = [x for x in range(image.width()) if image.pixelColor(x, 96).lightness() < 60]
    assert dark[0] == pytest.approx(18 * 72 / 25.4, abs=2)  # the thick rule of the letterhead


def test_sizes_of_all_pages_in_points() -> None:
    sizes = page_sizes(reports.render(PAPER, FULL, "F4"))
    assert len(sizes) > 1
    assert {(round(w, 1), round(h, 1)) for w, h in sizes} == {(609.4, 935.4)}


def test_papers_and_pictures_of_several_threads_do_not_meet() -> None:
    def work(size: str) -> bytes:
        pdf = reports.render(PAPER, FULL, size)
        image = page_image(pdf, 0, 0.5)
        return bytes(image.constBits())

    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(work, ["A4", "F4"] * 6))
    assert len(set(pictures)) == 2
