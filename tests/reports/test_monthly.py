"""Laporan Bulanan says what was counted, of when, and names nobody who refused; its workbook holds real numbers."""

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reports
from models import closing, figure_charts, laptops, periods, sample, statistics
from models.charts import Chart, Series
from models.i18n import WIB, Words
from models.statistics import Report
from models.store import Store
from reports import figures_workbook, monthly
from reports.charts import Charts
from reports.page import Sheet, write
from reports.paper import SIZES, Letterhead, Officer, Request
from tests.fakes import FrozenClock
from tests.offices import sample_office
from tests.reports import pdf as read_back

NOVEMBER, OCTOBER = periods.month(date(2026, 11, 24)), periods.month(date(2026, 10, 1))
SRI = Officer("Sri Wahyuni", "Kasie Pemberdayaan Masyarakat", "Kelurahan Patokan")
ALL = frozenset(part.key for part in monthly.PAPER.parts)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sample_office(tmp_path_factory.mktemp("office"))
    yield store
    store.close()


def paper(store: Store, **more: Any) -> monthly.Monthly:
    given: dict[str, Any] = {"scope": sample.SCOPE, "given": NOVEMBER} | more
    return monthly.collect(store, Request("", "", store.clock.today(), SRI, **given))


def printed(store: Store, parts: frozenset[str] | None = None, size: str = "A4", **more: Any) -> str:
    return read_back.text(reports.render(monthly.PAPER, paper(store, **more), size, parts))


def test_the_month_of_a_village(office: Store) -> None:
    said = printed(office)
    for words in (
        "LAPORAN BULANAN PENDAMPINGAN USAHA MIKRO",
        "Bulan November 2026 · Kasie Pemberdayaan Masyarakat",
        "KELURAHAN PATOKAN",
        "84 usaha dampingan Oktober 82 · +2",
        "52 sudah punya NIB 62% dari usaha",
        "14 sesi konsultasi 11 orang berbeda",
        "5 fasilitasi terbit 3 NIB · 1 P-IRT · 1 Halal",
        "Jumlah 7 6 5 1 7 1",
        "Merek (HKI): lewat tenggat 4 hari",
        "Mengetahui, Lurah Patokan",
        "Patokan, 24 November 2026",
        "dihitung 24 Nov 2026 09.42 · 14 data belum terkirim",
        "Halaman 1 dari 1",
    ):
        assert words in said


@pytest.mark.parametrize("size", monthly.PAPER.sizes)
@pytest.mark.parametrize(("scope", "kop"), [("351314", "KECAMATAN KRAKSAAN"), ("3513", "KABUPATEN PROBOLINGGO")])
def test_kecamatan_and_kabupaten_with_everything(office: Store, size: str, scope: str, kop: str) -> None:
    said = printed(office, ALL, size, scope=scope)
    assert kop in said
    assert "Arti angka" in said
    assert "Persen = ber-NIB / usaha × 100" in said
    assert "Usaha mikro 386" in said
    assert "?" not in said


def test_in_english_and_of_a_year(office: Store) -> None:
    said = printed(office, ALL, lang="en", given=periods.year(date(2026, 11, 24)))
    assert "YEARLY REPORT ON ASSISTANCE TO MICRO BUSINESSES" in said
    assert "counted 24 Nov 2026 09:42 · 14 records not yet sent" in said
    assert "84 assisted businesses" in said
    assert "Usaha" not in said.replace("Kasie Pemberdayaan Masyarakat", "")


def test_who_refused_is_not_named(store: Store) -> None:
    for name, informed in (("Tumini", "refused"), ("Painah", "not_yet")):
        owner = store.save("owner", {"name": name, "village": sample.SCOPE, "informed": informed}).first_id("owner")
        store.save("facilitation", {"owner_id": owner, "service": "nib", "opened_on": "2026-11-02", "state": "documents",
                                    "due": "2026-11-10"})  # fmt: skip
    said = printed(store)
    assert "Painah" in said
    assert "Tumini" not in said


def test_an_office_without_anything_prints_too(store: Store) -> None:
    said = printed(store, ALL)
    assert "0 usaha dampingan" in said
    assert "belum ada data" in said


def test_an_event_is_closed_with_its_desks(store: Store) -> None:
    event = store.save("event", {"name": "Klinik Kraksaan", "kind": "clinic", "held_on": "2026-11-24",
                                 "state": "running", "obstacles": "Listrik padam satu jam."}).first_id("event")  # fmt: skip
    desk = store.save("event_desk", {"event_id": event, "letter": "A", "name": "Legalitas"}).first_id("event_desk")
    times = {"arrived_at": "2026-11-24T01:00:00.000Z", "called_at": "2026-11-24T01:20:00.000Z",
             "ended_at": "2026-11-24T01:29:00.000Z"}  # fmt: skip
    store.save("ticket", {"event_id": event, "letter": "A", "number": 1, "desk_id": desk, "name": "Buhari",
                          "state": "served"} | times)  # fmt: skip
    said = printed(store, given=statistics.events(store)[0])
    assert "LAPORAN KEGIATAN" in said
    assert "A · Legalitas 1 1 0" in said
    assert "Rata-rata menunggu 20 menit, dilayani 9 menit." in said
    assert "Listrik padam satu jam." in said
    assert "Buhari" not in said


def test_a_report_says_how_many_laptops_have_not_synced_once_that_is_known(store: Store) -> None:
    assert "laptop" not in printed(store)
    laptops.note(store, {sample.SCOPE: {"a": "", "b": "2026-11-24T02:00:00.000Z"}})
    assert "Dihitung 24 Nov 2026 09.42 · semua data sudah terkirim · 1 laptop belum sinkron." in printed(store)


@pytest.fixture
def closed(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    """An office of its own whose October is closed."""
    path = tmp_path / "closed.db"
    shutil.copy(empty_store, path)
    store = Store.open(path, bytes(range(32)), clock=FrozenClock(), user="Sri Wahyuni", home_scope=sample.SCOPE)
    owner = store.save("owner", {"name": "Tumini", "village": sample.SCOPE, "informed": "signed"}).first_id("owner")
    store.save("consultation", {"owner_id": owner, "held_on": "2026-10-05", "topics": "nib"})
    closing.close(store, OCTOBER, sample.SCOPE, "Sri Wahyuni")
    store.clock.forward(days=2)
    store.save("consultation", {"owner_id": owner, "held_on": "2026-10-06", "topics": "nib"})
    yield store
    store.close()


def test_a_closed_month_is_printed_as_it_was_closed(closed: Store) -> None:
    said = printed(closed, ALL, given=OCTOBER)
    assert "1 sesi konsultasi 1 orang berbeda" in said
    assert (
        "Ditutup 24 November 2026 09.42 oleh Sri Wahyuni · 2 data belum terkirim · laptop lain belum diketahui."
        " Data yang masuk sesudahnya mengubah 1 angka; lembar ini tetap seperti saat ditutup."
    ) in said
    assert "ditutup 24 Nov 2026 09.42 · 2 data belum terkirim" in said
    assert "Patokan, 26 November 2026" in said


def test_the_workbook_of_a_closed_month_says_so(closed: Store) -> None:
    report = closing.closed(closed, OCTOBER, sample.SCOPE)
    assert report is not None
    book = load_workbook(io.BytesIO(figures_workbook.workbook(report, "id", WIB)))
    meanings = dict(book["Arti angka"].iter_rows(min_row=2, values_only=True))
    assert meanings["Ditutup pada"] == "24 November 2026 09.42"
    assert (meanings["Ditutup oleh"], meanings["Laptop lain"]) == ("Sri Wahyuni", "laptop lain belum diketahui")
    figures = {row[0]: row[1] for row in book["Angka"].iter_rows(values_only=True)}
    assert figures["Sesi konsultasi"] == 1


def test_a_chart_on_paper_is_grey_and_hatched() -> None:
    labels = tuple(Words(str(n), str(n)) for n in range(3))
    series = tuple(Series(Words(name, name), (3, 0, 7)) for name in ("Sesi", "Terbit"))
    chart = Chart("bars", Words("Sesi", "Sessions"), labels, series)
    drawn = read_back.operators(write([Sheet("t", "f", "x", Letterhead(), [Charts([chart])])], SIZES["A4"]))
    names = [name for name, _ in drawn]
    assert not {"rg", "RG", "k", "K"} & set(names)  # no colour at all
    assert names.count("W") + names.count("W*") == 2 + 1  # clipped hatches: two bars that are not empty, and the legend


@pytest.fixture(scope="module")
def report(office: Store) -> Report:
    return statistics.report(office, NOVEMBER, sample.SCOPE)


def test_the_workbook_holds_numbers_under_a_frozen_head(report: Report) -> None:
    book = load_workbook(io.BytesIO(figures_workbook.workbook(report, "id", WIB)))
    assert book.sheetnames == ["Angka", "Wilayah", "Bulan", "Fasilitasi", "Rincian", "Arti angka"]
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    figures = {row[0]: row[1:] for row in book["Angka"].iter_rows(values_only=True)}
    assert figures["Angka"] == ("November 2026", "Oktober 2026", "Perubahan")
    assert figures["Usaha dampingan"] == (84, 82, 2)
    assert figures["Sesi konsultasi"] == (14, 17, -3)
    areas = list(book["Wilayah"].iter_rows(values_only=True))
    assert areas[1] == ("RW 01", 19, 12, 4, 2, 1, 63)
    assert areas[-1] == ("Kel. Patokan", 84, 52, 14, 7, 5, 62)
    months = [row[1:] for row in book["Bulan"].iter_rows(min_row=2, values_only=True)]
    assert months == list(zip(*(s.values for s in figure_charts.course(report).series), strict=True))
    groups = {(row[0], row[1]): row[2] for row in book["Rincian"].iter_rows(min_row=2, values_only=True)}
    assert groups["Topik konsultasi", "Kemasan"] == 4
    assert groups["Usaha menurut skala", "Mikro"] == 81
    meanings = dict(book["Arti angka"].iter_rows(min_row=2, values_only=True))
    assert meanings["Dihitung pada"] == "24 November 2026 09.42"
    assert meanings["Data yang belum terkirim"] == "14"
    assert set(figures) - {"Angka"} <= set(meanings)


def test_the_workbook_in_english_and_its_name(report: Report) -> None:
    book = load_workbook(io.BytesIO(figures_workbook.workbook(report, "en", WIB)))
    assert book.sheetnames == ["Figures", "Areas", "Months", "Cases", "Breakdowns", "Definitions"]
    assert figures_workbook.file_name(report) == "angka-3513141017-2026-11.xlsx"
