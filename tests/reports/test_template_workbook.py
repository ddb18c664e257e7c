"""A workbook of the Dinas: its empty cells are found, guessed, filled in a copy that looks as before."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill

from models import periods, report_templates, sample, statistics
from models.errors import FileTrouble
from models.i18n import Words
from models.report_templates import Line
from models.statistics import Report
from models.store import Store
from models.workbook import BROKEN, MISSING, OLD_FORMAT, OPEN_IN_EXCEL, PASSWORD
from reports import template_workbook
from tests.offices import sample_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sample_office(tmp_path_factory.mktemp("office"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def report(office: Store) -> Report:
    return statistics.report(office, periods.month(date(2026, 11, 24)), sample.SCOPE)


@pytest.fixture(scope="module")
def dinas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form above, a table by RW and one by service below, as offices make them."""
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    rows: list[list[Any]] = [
        ["LAPORAN PERKEMBANGAN UMKM"],
        ["Bulan", ":", None, None, "Kelurahan", ":", None],
        [],
        ["No", "Uraian", "Jumlah", "Keterangan"],
        [1, "Jumlah UMKM binaan", None, None],
        [2, "UMKM ber-NIB", None, None],
        [3, "Usaha mikro", "…", None],
        [4, "Usaha kecil", None, None],
        [5, "Pemilik perempuan", None, None],
        [6, "Anggaran Dinas", None, None],
        [],
        ["No", "RW", "Jumlah usaha November 2026", "Punya NIB", "Jumlah"],
        [1, "RW 1", None, None, "=C13+D13"],
        [2, "RW 02", None, None, "=C14+D14"],
        [3, "RW.05", None, None, "=C15+D15"],
        [],
        ["Jenis", "Dibuka", "Terbit"],
        ["NIB", None, None],
        ["Halal", None, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["C5"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet["C5"].number_format = "#,##0"
    sheet.column_dimensions["B"].width = 37
    book.create_sheet("Petunjuk").append(["Isi semua kolom", None])
    book["Petunjuk"].sheet_state = "hidden"
    path = tmp_path_factory.mktemp("dinas") / "Template Dinas.xlsx"
    book.save(path)
    return path


def choices(path: Path, report: Report, before: dict[str, str] | None = None) -> dict[str, tuple[Line, str]]:
    lines = report_templates.lines(template_workbook.read(path).spots, report)
    return {line.title: (line, report_templates.guess(line, report, before or {})) for line in lines}


def filled(path: Path, report: Report, before: dict[str, str] | None = None) -> Any:
    values: dict[Any, int | Words] = {}
    for line, key in choices(path, report, before).values():
        values |= report_templates.fill(line, key, report)
    return openpyxl.load_workbook(io.BytesIO(template_workbook.fill(path, values, "id")))


def test_each_line_is_guessed_by_its_words(dinas: Path, report: Report) -> None:
    found = {title: key for title, (_, key) in choices(dinas, report).items()}
    assert found == {
        "Bulan": "said:period",
        "Kelurahan": "said:place",
        "Jumlah UMKM binaan · Jumlah": "businesses",
        "UMKM ber-NIB · Jumlah": "with_nib",
        "Usaha mikro · Jumlah": "scale:micro",
        "Usaha kecil · Jumlah": "scale:small",
        "Pemilik perempuan · Jumlah": "sex:P",
        "Anggaran Dinas · Jumlah": "",
        "Jumlah usaha November 2026": "businesses",
        "Punya NIB": "with_nib",
        "Dibuka": "cases_opened",
        "Terbit": "cases_issued",
    }


def test_a_copy_is_filled_and_looks_as_before(dinas: Path, report: Report) -> None:
    before = dinas.read_bytes()
    sheet = filled(dinas, report)["Rekap"]
    assert (sheet["D2"].value, sheet["C2"].value, sheet["G2"].value) == (None, "November 2026", "Kel. Patokan")
    assert [sheet[f"C{row}"].value for row in range(5, 11)] == [84, 52, 81, 3, report.now.groups["sex"]["P"], None]
    assert [(sheet[f"C{row}"].value, sheet[f"D{row}"].value) for row in (13, 14, 15)] == [(19, 12), (23, 15), (11, 6)]
    assert [(sheet[f"B{row}"].value, sheet[f"C{row}"].value) for row in (18, 19)] == [(2, 3), (1, 1)]
    assert sheet["E13"].value == "=C13+D13"
    assert (sheet["C5"].number_format, sheet["C5"].fill.fgColor.rgb) == ("#,##0", "00FFF2CC")
    assert (sheet["A1"].font.size, sheet.column_dimensions["B"].width) == (14, 37)
    assert "A1:E1" in {str(area) for area in sheet.merged_cells.ranges}
    assert dinas.read_bytes() == before


def test_what_was_chosen_is_kept_for_the_next_month(dinas: Path, report: Report, store: Store) -> None:
    lines = {line.title: line for line, _ in choices(dinas, report).values()}
    report_templates.remember(store, {
        lines["Anggaran Dinas · Jumlah"].key: "financed_sum", lines["Jumlah usaha November 2026"].key: "sessions",
        lines["Usaha kecil · Jumlah"].key: "",
    })  # fmt: skip
    december = dinas.with_name("Desember.xlsx")
    book = openpyxl.load_workbook(dinas)
    book["Rekap"]["C12"].value = "Jumlah usaha Desember 2026"
    book["Rekap"].insert_rows(3)
    book.save(december)
    found = {title: key for title, (_, key) in choices(december, report, report_templates.remembered(store)).items()}
    assert found["Jumlah usaha Desember 2026"] == "sessions"
    assert (found["Anggaran Dinas · Jumlah"], found["Usaha kecil · Jumlah"]) == ("financed_sum", "")
    assert found["Usaha mikro · Jumlah"] == "scale:micro"


def test_a_choice_that_no_version_knows_is_guessed_anew(dinas: Path, report: Report) -> None:
    line, _ = choices(dinas, report)["Usaha mikro · Jumlah"]
    assert report_templates.guess(line, report, {line.key: "was_removed"}) == "scale:micro"


def test_only_so_much_is_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_templates, "MOST_REMEMBERED", 3)
    for n in range(5):
        report_templates.remember(store, {f"{n}": "sessions"})
    report_templates.remember(store, {"2": ""})
    assert report_templates.remembered(store) == {"3": "sessions", "4": "sessions", "2": ""}


def test_charts_that_the_copy_would_lose_are_told(dinas: Path, tmp_path: Path) -> None:
    assert not template_workbook.read(dinas).loses
    book: Any = openpyxl.load_workbook(dinas)
    chart: Any = BarChart()
    chart.add_data(Reference(book["Rekap"], min_col=3, min_row=5, max_row=8))
    book["Rekap"].add_chart(chart, "H2")
    book.save(tmp_path / "chart.xlsx")
    assert template_workbook.read(tmp_path / "chart.xlsx").loses


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rusak.xlsx", b"PK\x03\x04 broken", BROKEN),
        ("bukan.xlsx", b"%PDF-1.7", BROKEN),
        ("lama.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), OLD_FORMAT),
        ("sandi.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
        ("makro.xlsm", b"", template_workbook.MACROS),
        ("daftar.csv", b"a,b", BROKEN),
        ("tidak-ada.xlsx", None, MISSING),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes | None, words: Words) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileTrouble) as refused:
        template_workbook.read(tmp_path / name)
    assert refused.value.words == words


def test_a_template_that_is_open_in_excel_or_has_nothing_to_fill(tmp_path: Path, dinas: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active.append(["Kelurahan", "Patokan"])
    book.save(tmp_path / "penuh.xlsx")
    with pytest.raises(FileTrouble) as refused:
        template_workbook.read(tmp_path / "penuh.xlsx")
    assert refused.value.words == template_workbook.NO_SPOT
    shutil.copy(dinas, tmp_path / "buka.xlsx")
    (tmp_path / "~$buka.xlsx").write_bytes(b"")
    with pytest.raises(FileTrouble) as refused:
        template_workbook.fill(tmp_path / "buka.xlsx", {}, "id")
    assert refused.value.words == OPEN_IN_EXCEL


def test_a_file_cut_short_after_it_was_read_writes_nothing(tmp_path: Path, dinas: Path, report: Report) -> None:
    shutil.copy(dinas, tmp_path / "a.xlsx")
    line, key = choices(tmp_path / "a.xlsx", report)["Usaha mikro · Jumlah"]
    (tmp_path / "a.xlsx").write_bytes(dinas.read_bytes()[:900])
    with pytest.raises(FileTrouble):
        template_workbook.fill(tmp_path / "a.xlsx", report_templates.fill(line, key, report), "id")
    with zipfile.ZipFile(dinas) as whole:
        assert whole.testzip() is None
