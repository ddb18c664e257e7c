"""What holds for every paper, filled, blank and extreme, on every size."""

import re
from dataclasses import replace
from typing import Any

import pytest

import reports
from reports.office import FREE, STATE_FEES
from reports.paper import SIZES
from tests.reports import gallery
from tests.reports import pdf as read_back
from tests.reports.gallery_office import MARKUP
from tests.reports.printed import Gallery, Printed

SPREAD = re.compile(r"\d{4} ?\d{4} ?\d{4} ?\d{4}")
# What the owner of a business takes home.
TAKEN_HOME = (
    "ringkasan", "surat-pendampingan", "surat-usaha", "rekomendasi-merek", "data-oss", "data-pirt", "data-halal", "data-saya",
    "konsultasi", "konsultasi-2", "daftar-dokumen", "antrean",
)  # fmt: skip
TO_FILL = {"formulir", "persetujuan", "konsultasi", "konsultasi-2", "daftar-hadir", "dokumentasi", "daftar-dokumen"}
PAGES = {
    "ringkasan": 1, "persetujuan": 1, "surat-pendampingan": 1, "surat-usaha": 1, "rekomendasi-merek": 1, "data-oss": 2,
    "data-pirt": 1, "data-halal": 1, "konsultasi": 1, "konsultasi-2": 1, "daftar-dokumen": 1, "daftar-hadir": 5, "dokumentasi": 1,
    "sertifikat": 1, "antrean": 1, "serah-terima": 2, "tanda-sinkron": 1, "kartu-pintasan": 1, "kunci-pemulihan": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(papers: Gallery) -> list[Printed]:
    return papers.all


def wrong(printed: list[Printed], holds: Any) -> list[str]:
    return [p.case.name for p in printed if not holds(p)]


def test_every_paper_is_shown_and_every_size_is_exact(papers: Gallery) -> None:
    assert {p.case.paper.key for p in papers.all} == set(reports.PAPERS)
    for p in papers.sizes:
        size = SIZES[p.size]
        for wide, high in read_back.sizes(p.pdf):
            assert wide == pytest.approx(size.width_mm, abs=0.05), p.case.name
            assert high == pytest.approx(size.height_mm, abs=0.05) or (size.roll and high < size.height_mm), p.case.name


def test_as_many_pages_as_it_takes(papers: Gallery) -> None:
    assert {key: len(papers.one(key).pages) for key in PAGES} == PAGES


def test_all_fonts_are_embedded(printed: list[Printed]) -> None:
    for p in printed:
        for name, descriptor in read_back.fonts(p.pdf).items():
            assert "Dampingi" in name, p.case.name
            assert name[7] == "+", p.case.name
            assert descriptor["/FontFile2"], p.case.name


def test_nothing_is_lost_in_pure_black(printed: list[Printed]) -> None:
    for p in printed:
        drawn = read_back.operators(p.pdf)
        greys = {name: {values[0] for op, values in drawn if op == name and values} for name in ("g", "G")}
        chart_grid = {0.8} if p.case.paper.key == "laporan" else set()  # each bar says its number: the grid may go
        assert max(greys["G"] - chart_grid, default=0) < 0.5, p.case.name
        assert all(grey < 0.3 or grey > 0.9 for grey in greys["g"]), p.case.name
        assert not [op for op, _ in drawn if op in ("rg", "RG", "k", "K", "sh")], p.case.name


def test_no_number_of_a_person_stands_there_unasked(papers: Gallery) -> None:
    whole = {str(o[name]) for o in papers.store.find("owner") for name in ("nik", "family_card", "npwp") if o[name]}
    assert len(whole) > 50
    for p in papers.all:
        assert not {found.replace(" ", "") for found in SPREAD.findall(p.text)} & whole, p.case.name
        assert not whole & set(re.findall(r"\d{16}", str(p.case.data))), p.case.name


def test_the_code_and_the_file_name_tell_the_number_alone(printed: list[Printed]) -> None:
    for p in printed:
        us = p.case.data.office if hasattr(p.case.data, "office") else p.case.data
        assert getattr(us, "code", f"DAMPINGI:{us.number}") in (f"DAMPINGI:{us.number}", ""), p.case.name
        name = p.case.paper.file_name(us.number)
        assert name.isascii()
        assert re.fullmatch(r"[a-z0-9-]+(-[A-Z]+-2026-11-\d{6})?\.pdf", name)


def test_it_is_said_that_it_is_free(printed: list[Printed]) -> None:
    said = f"{FREE.id} {STATE_FEES.id}"
    assert not wrong([p for p in printed if p.case.paper.key in TAKEN_HOME], lambda p: said in p.text)


def test_the_file_says_what_it_is(printed: list[Printed]) -> None:
    for p in printed:
        assert p.reader.metadata is not None
        assert p.reader.metadata.title, p.case.name
        assert p.reader.trailer["/Root"]["/Lang"] == "id-ID", p.case.name
        assert p.reader.outline, p.case.name


def test_only_blank_forms_can_be_typed_into(printed: list[Printed]) -> None:
    filled = {p.case.paper.key for p in printed if p.reader.get_fields()}
    assert filled == TO_FILL
    assert not wrong(
        [p for p in printed if p.case.paper.key in TO_FILL and p.case.variant == "blank"],
        lambda p: p.reader.get_fields(),
    )


def test_what_people_typed_is_never_markup(papers: Gallery) -> None:
    bare = MARKUP.replace(" ", "")
    for key in (
        "ringkasan",
        "surat-pendampingan",
        "konsultasi",
        "daftar-hadir",
        "daftar-dokumen",
        "serah-terima",
        "data-saya",
        "data-oss",
    ):
        assert bare in papers.text(key, "extreme").replace(" ", ""), key


def test_nothing_stands_beyond_the_margins(printed: list[Printed]) -> None:
    for p in printed:
        assert min(min(sides) for sides in read_back.boxes(p.pdf)) >= 4 * read_back.MM - 0.5, p.case.name


def test_in_english_all_is_english(papers: Gallery) -> None:
    for p in papers.all:
        if p.case.variant == "filled" and hasattr(p.case.data, "office"):
            request = gallery.request(papers.store, p.case.paper, **dict(p.case.about))
            data = p.case.paper.collect(papers.store, replace(request, lang="en"))
            found = read_back.text(reports.render(p.case.paper, data, p.size))
            assert not [w for w in ("gratis", "Halaman", "lembar untuk", "Nama lengkap", "Tanggal") if w in found], (
                p.case.name
            )


def test_the_message_to_send_along_names_no_number_of_a_person(printed: list[Printed]) -> None:
    for p in printed:
        assert p.case.data.message(), p.case.name
        assert not SPREAD.search(p.case.data.message()), p.case.name
        assert p.case.data.subject, p.case.name
        assert set(p.case.data.counts()) <= {part.key for part in p.case.paper.parts}, p.case.name


def test_same_data_same_bytes(printed: list[Printed]) -> None:
    for p in printed:
        if p.case.variant != "extreme":
            assert reports.render(p.case.paper, p.case.data, p.size, p.case.parts) == p.pdf, p.case.name
