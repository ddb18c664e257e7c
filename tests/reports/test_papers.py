"""What holds for every paper, filled, blank and extreme, on every size."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pypdf import PdfReader

import reports
from models.store import Store
from reports.office import FREE, STATE_FEES
from reports.paper import SIZES
from tests.reports import gallery
from tests.reports import pdf as read_back
from tests.reports.gallery import Case
from tests.reports.gallery_office import MARKUP

SPREAD = re.compile(r"\d{4} ?\d{4} ?\d{4} ?\d{4}")
# What the owner of a business takes home.
TAKEN_HOME = (
    "ringkasan", "surat-pendampingan", "surat-usaha", "rekomendasi-merek", "data-oss", "data-pirt", "data-halal", "data-saya",
    "konsultasi", "konsultasi-2", "daftar-dokumen", "antrean",
)  # fmt: skip
TO_FILL = {"formulir", "persetujuan", "konsultasi", "konsultasi-2", "daftar-hadir", "dokumentasi"}
PAGES = {
    "ringkasan": 1, "persetujuan": 1, "surat-pendampingan": 1, "surat-usaha": 1, "rekomendasi-merek": 1, "data-oss": 2,
    "data-pirt": 1, "data-halal": 1, "konsultasi": 1, "konsultasi-2": 1, "daftar-dokumen": 1, "daftar-hadir": 5, "dokumentasi": 1,
    "sertifikat": 1, "antrean": 1, "serah-terima": 2, "tanda-sinkron": 1, "kartu-pintasan": 1, "kunci-pemulihan": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """A case on its first size, and how it reads."""

    case: Case
    size: str
    pdf: bytes
    reader: PdfReader
    text: str


@pytest.fixture(scope="module")
def office() -> Iterator[Store]:
    with gallery.office() as store:
        yield store


@pytest.fixture(scope="module")
def printed(office: Store) -> list[Printed]:
    found: list[Printed] = []
    for case in gallery.cases(office):
        size = case.paper.sizes[0]
        pdf = reports.render(case.paper, case.data, size, case.parts)
        reader = PdfReader(io.BytesIO(pdf))
        found.append(
            Printed(case, size, pdf, reader, " ".join(" ".join(p.extract_text().split()) for p in reader.pages))
        )
    return found


def one(printed: list[Printed], key: str, variant: str = "filled") -> Printed:
    return next(p for p in printed if (p.case.paper.key, p.case.variant) == (key, variant))


def wrong(printed: list[Printed], holds: Any) -> list[str]:
    return [p.case.name for p in printed if not holds(p)]


def test_every_paper_is_shown_and_every_size_is_exact(printed: list[Printed]) -> None:
    assert {p.case.paper.key for p in printed} == set(reports.PAPERS)
    for p in printed:
        for name in p.case.paper.sizes:
            size = SIZES[name]
            pdf = p.pdf if name == p.size else reports.render(p.case.paper, p.case.data, name, p.case.parts)
            for page in read_back.read(pdf).pages:
                wide, high = (float(side) / read_back.MM for side in page.mediabox[2:])
                assert wide == pytest.approx(size.width_mm, abs=0.05), p.case.name
                assert high == pytest.approx(size.height_mm, abs=0.05) or (size.roll and high < size.height_mm), (
                    p.case.name
                )


def test_as_many_pages_as_it_takes(printed: list[Printed]) -> None:
    assert {key: len(one(printed, key).reader.pages) for key in PAGES} == PAGES


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


def test_no_number_of_a_person_stands_there_unasked(printed: list[Printed], office: Store) -> None:
    whole = {str(o[name]) for o in office.find("owner") for name in ("nik", "family_card", "npwp") if o[name]}
    assert len(whole) > 50
    for p in printed:
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


def test_what_people_typed_is_never_markup(printed: list[Printed]) -> None:
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
        assert bare in one(printed, key, "extreme").text.replace(" ", ""), key


def test_nothing_stands_beyond_the_margins(printed: list[Printed]) -> None:
    for p in printed:
        assert min(min(sides) for sides in read_back.boxes(p.pdf)) >= 4 * read_back.MM - 0.5, p.case.name


def test_in_english_all_is_english(office: Store, printed: list[Printed]) -> None:
    for p in printed:
        if p.case.variant == "filled" and hasattr(p.case.data, "office"):
            request = gallery.request(office, p.case.paper, **dict(p.case.about))
            data = p.case.paper.collect(office, replace(request, lang="en"))
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
