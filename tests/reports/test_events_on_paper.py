"""Attendance list, photo sheet, certificate and queue ticket of an event; the sheet of one session."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import reports
from models.errors import AppError
from models.store import Store
from reports.attendance_list import ROWS
from tests.reports import gallery, gallery_office
from tests.reports import pdf as read_back

LIST, PHOTOS, CERTIFICATE, TICKET, SHEET, TWICE = (
    reports.PAPERS[key]
    for key in ("daftar-hadir", "dokumentasi", "sertifikat", "antrean", "konsultasi", "konsultasi-2")
)


@pytest.fixture
def office() -> Iterator[Store]:
    with gallery.office() as store:
        yield store


def printed(store: Store, paper: Any, variant: str, size: str = "", parts: Any = None) -> bytes:
    about = gallery_office.about(store, paper, variant)
    assert about is not None
    data = paper.collect(store, gallery.request(store, paper, **about))
    return reports.render(paper, data, size or paper.sizes[0], parts)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read_back.read(pdf).pages]


def test_a_hundred_and_twenty_guests_sign_on_five_pages_that_stand_alone(office: Store) -> None:
    found = pages(printed(office, LIST, "filled"))
    assert len(found) == 5
    for number, page in enumerate(found):
        for words in (
            "DINAS KOPERASI",
            "Workshop Peningkatan Kualitas",
            "120 undangan",
            "Jumlah di halaman ini",
            "penanggung jawab",
        ):
            assert words in page
        signed = [
            int(n)
            for n in re.findall(r"(?<!\d)(\d{1,3})\.(?=\s|$)", page.partition("Tanda tangan")[2].partition("Jumlah")[0])
        ]
        assert [n for n in signed if n] == list(range(number * ROWS + 1, number * ROWS + ROWS + 1))


def test_hands_do_not_meet(office: Store) -> None:
    page = read_back.read(printed(office, LIST, "filled")).pages[0]
    places: dict[int, float] = {}
    page.extract_text(visitor_text=lambda text, _cm, tm, _font, size: (
        places.update({int(text.strip(" .\n")): tm[4]}) if re.fullmatch(r"\s*\d+\.\s*", text) else None))  # fmt: skip
    assert len({round(x) for n, x in places.items() if n % 2}) == 1
    assert (
        min(x for n, x in places.items() if not n % 2) - max(x for n, x in places.items() if n % 2) > 15 * read_back.MM
    )


def test_an_empty_list_has_the_rows_but_no_names(office: Store) -> None:
    named = gallery_office.about(office, LIST, "filled")
    data = LIST.collect(office, gallery.request(office, LIST, **(named or {})))
    found = pages(reports.render(LIST, data, "F4", frozenset()))
    assert len(found) == 5
    assert "Batik" not in " ".join(found)
    assert "Workshop Peningkatan" in found[4]


def test_photos_are_numbered_and_empty_frames_wait_for_glue(office: Store) -> None:
    page = read_back.read(printed(office, PHOTOS, "filled")).pages[0]
    assert len(page.images) == 4
    assert "120 hadir, 120 undangan" in " ".join(page.extract_text().split())
    blank = " ".join(pages(printed(office, PHOTOS, "blank")))
    assert blank.count("tempel foto di sini") == 4


def test_nine_photos_flow_and_none_is_lost(office: Store) -> None:
    assert sum(len(page.images) for page in read_back.read(printed(office, PHOTOS, "extreme")).pages) == 9


def test_only_who_was_there_gets_a_certificate(office: Store) -> None:
    about = gallery_office.about(office, CERTIFICATE, "filled") or {}
    request = gallery.request(office, CERTIFICATE, **about)
    assert "bukan sertifikat kompetensi" in read_back.text(
        reports.render(CERTIFICATE, CERTIFICATE.collect(office, request), "A4L")
    )
    office.save("attendance", {"id": request.record_id, "presence": "invited"})
    with pytest.raises(AppError, match="not marked as present"):
        CERTIFICATE.collect(office, request)


def test_a_ticket_names_nobody_and_is_cut_where_it_ends(office: Store) -> None:
    for size in TICKET.sizes:
        pdf = printed(office, TICKET, "filled", size)
        found = read_back.text(pdf)
        assert "B-011" in found
        assert "Meja 2 · Legalitas" in found
        assert "Lilik" not in found
        assert "0812" not in found
    assert float(read_back.read(printed(office, TICKET, "filled", "R58")).pages[0].mediabox[3]) / read_back.MM < 130


def test_a_number_of_any_length_fits_the_roll(office: Store) -> None:
    (page,) = read_back.read(printed(office, TICKET, "extreme", "R58")).pages
    assert "Z-99999" in page.extract_text()


def test_the_sheet_says_what_is_there_and_what_to_bring(office: Store) -> None:
    found = read_back.text(printed(office, SHEET, "filled"))
    assert re.search(r"Sudah ada Tolong dibawa NIB Daftar bahan dan bukti halalnya KTP Uraian", found)
    for words in (
        "B-011",
        "mulai 09.38",
        "Bertemu lagi: Selasa, 1 Desember 2026 — Kasie Semampir, Rini Astuti",
        "Meja 2 · Legalitas",
    ):
        assert words in found


def test_two_on_one_page_are_for_owner_and_archive(office: Store) -> None:
    (page,) = pages(printed(office, TWICE, "filled"))
    assert page.count("LEMBAR KONSULTASI") == 2
    assert "untuk: pelaku usaha" in page
    assert "untuk: arsip kantor" in page


def test_a_long_session_goes_on_on_further_pages_in_both_halves(office: Store) -> None:
    found = pages(printed(office, TWICE, "extreme"))
    titles = [[int(n) for n in re.findall(r"Dokumen (\d+)\.", page)] for page in found]
    assert len(found) > 2
    assert sorted(n for page in titles for n in page) == sorted([*range(1, 61)] * 2)
