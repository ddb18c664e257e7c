"""Attendance list, photo sheet, certificate and queue ticket of an event; the sheet of one session."""

import re

import pytest

import reports
from models.errors import AppError
from models.store import Store
from reports.attendance_list import ROWS
from tests.reports import gallery, gallery_office
from tests.reports import pdf as read_back
from tests.reports.printed import Gallery

LIST, CERTIFICATE, TICKET = (reports.PAPERS[key] for key in ("daftar-hadir", "sertifikat", "antrean"))


def test_a_hundred_and_twenty_guests_sign_on_five_pages_that_stand_alone(papers: Gallery) -> None:
    found = papers.one("daftar-hadir").pages
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


def test_hands_do_not_meet(papers: Gallery) -> None:
    page = papers.one("daftar-hadir").reader.pages[0]
    places: dict[int, float] = {}
    page.extract_text(visitor_text=lambda text, _cm, tm, _font, size: (
        places.update({int(text.strip(" .\n")): tm[4]}) if re.fullmatch(r"\s*\d+\.\s*", text) else None))  # fmt: skip
    assert len({round(x) for n, x in places.items() if n % 2}) == 1
    assert (
        min(x for n, x in places.items() if not n % 2) - max(x for n, x in places.items() if n % 2) > 15 * read_back.MM
    )


def test_an_empty_list_has_the_rows_but_no_names(papers: Gallery) -> None:
    found = read_back.pages(reports.render(LIST, papers.one("daftar-hadir").case.data, "F4", frozenset()))
    assert len(found) == 5
    assert "Batik" not in " ".join(found)
    assert "Workshop Peningkatan" in found[4]


def test_photos_are_numbered_and_empty_frames_wait_for_glue(papers: Gallery) -> None:
    page = papers.one("dokumentasi").reader.pages[0]
    assert len(page.images) == 4
    assert "120 hadir, 120 undangan" in " ".join(page.extract_text().split())
    blank = " ".join(papers.one("dokumentasi", "blank").pages)
    assert blank.count("tempel foto di sini") == 4
    assert "SHA-256" in papers.text("dokumentasi")
    assert "SHA-256" not in blank  # of originals that nobody has


def test_nine_photos_flow_and_none_is_lost(papers: Gallery) -> None:
    assert sum(len(page.images) for page in papers.one("dokumentasi", "extreme").reader.pages) == 9


def test_only_who_was_there_gets_a_certificate(office: Store) -> None:
    about = gallery_office.about(office, CERTIFICATE, "filled") or {}
    request = gallery.request(office, CERTIFICATE, **about)
    assert "bukan sertifikat kompetensi" in read_back.text(
        reports.render(CERTIFICATE, CERTIFICATE.collect(office, request), "A4L")
    )
    office.save("attendance", {"id": request.record_id, "presence": "invited"})
    with pytest.raises(AppError, match="not marked as present"):
        CERTIFICATE.collect(office, request)


def test_a_ticket_names_nobody_and_is_cut_where_it_ends(papers: Gallery) -> None:
    for size in TICKET.sizes:
        found = papers.one("antrean", "filled", size).text
        assert "B-011" in found
        assert "Meja 2 · Legalitas" in found
        assert "Lilik" not in found
        assert "0812" not in found
    assert float(papers.one("antrean", "filled", "R58").reader.pages[0].mediabox[3]) / read_back.MM < 130


def test_a_slip_of_any_length_is_one(papers: Gallery) -> None:
    for size in TICKET.sizes:
        (page,) = papers.one("antrean", "extreme", size).pages
        assert "Z-99999" in page
        assert "…" in page  # what is endless ends, so that the slip stays one
        assert "dibayar langsung dengan kode billing" in page


def test_the_sheet_says_what_is_there_and_what_to_bring(papers: Gallery) -> None:
    found = papers.one("konsultasi").text
    assert re.search(r"Sudah ada Tolong dibawa NIB Daftar bahan dan bukti halalnya KTP Uraian", found)
    for words in (
        "B-011",
        "mulai 09.38",
        "Bertemu lagi: Selasa, 1 Desember 2026 — Kasie Semampir, Rini Astuti",
        "Meja 2 · Legalitas",
    ):
        assert words in found


def test_two_on_one_page_are_for_owner_and_archive(papers: Gallery) -> None:
    (page,) = papers.one("konsultasi-2").pages
    assert page.count("LEMBAR KONSULTASI") == 2
    assert "untuk: pelaku usaha" in page
    assert "untuk: arsip kantor" in page


def test_a_long_session_goes_on_on_further_pages_in_both_halves(papers: Gallery) -> None:
    found = papers.one("konsultasi-2", "extreme").pages
    titles = [[int(n) for n in re.findall(r"Dokumen (\d+)\.", page)] for page in found]
    assert len(found) > 2
    assert sorted(n for page in titles for n in page) == sorted([*range(1, 61)] * 2)
