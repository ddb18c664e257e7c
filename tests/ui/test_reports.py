"""Laporan: the golden figures on the screen, every period, table twins, meanings, print and Excel."""

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QLabel

from models import closing, figure_charts, laptops, periods, sample, statistics
from models.charts import Chart, Series
from models.i18n import Words
from models.store import Store
from models.workbook import BROKEN
from tests.offices import KEY, USER, sample_office
from ui.charts import ChartWidget
from ui.figure_table import FigureTable
from ui.report_page import ReportPage
from ui.report_parts import FigureCard
from ui.screens import SCREENS
from ui.shell import Shell
from ui.template_dialog import TemplateDialog
from ui.widgets import HintButton, Toast
from ui.words import reports as words

OCTOBER = periods.month(date(2026, 10, 1))


@pytest.fixture
def store(tmp_path, clock) -> Iterator[Store]:
    opened = sample_office(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def page(ctx, shown):
    shell = shown(Shell(ctx, lambda **_: None, lambda: None))
    ctx.go("reports")
    return shell.findChild(ReportPage)


def said(page):
    return [card.accessibleName() for card in page.findChildren(FigureCard)]


def cells(table: FigureTable):
    return [[table.item(r, c).text() for c in range(table.columnCount())] for r in range(table.rowCount())]


def test_it_stands_in_the_sidebar_under_its_key() -> None:
    screen = SCREENS["reports"]
    assert (screen.title.id, screen.icon, screen.keys, screen.place) == ("Laporan", "chart-column", "Ctrl+7", "top")


def test_the_month_as_drawn(page) -> None:
    assert said(page)[:4] == [
        "Usaha dampingan: 84, +2 bulan ini",
        "Sudah punya NIB: 52, 62%",
        "Sesi konsultasi: 14, Okt: 17",
        "Fasilitasi terbit: 5, Okt: 6",
    ]
    assert cells(page.areas) == [
        ["RW 01", "19", "12", "4", "2", "1", ""],
        ["RW 02", "23", "15", "4", "2", "1", ""],
        ["RW 03", "17", "10", "2", "1", "2", ""],
        ["RW 04", "14", "9", "3", "1", "1", ""],
        ["RW 05", "11", "6", "1", "1", "0", ""],
        ["Kel. Patokan", "84", "52", "14", "7", "5", ""],
    ]
    assert [page.areas.cellWidget(r, 6).accessibleName() for r in range(6)] == [
        "63 %", "65 %", "59 %", "64 %", "55 %", "62 %",
    ]  # fmt: skip
    assert page.foot.text().endswith("sampai hari ini 09.42 — termasuk 14 data yang belum terkirim.")


def test_in_english(ctx, shown) -> None:
    ctx.lang = "en"
    shell = shown(Shell(ctx, lambda **_: None, lambda: None))
    ctx.go("reports")
    page = shell.findChild(ReportPage)
    assert said(page)[0] == "Assisted businesses: 84, +2 this month"
    assert page.course.chart.accessibleDescription().startswith("Sessions and cases issued: Jun 9 sessions, 1 issued;")


def test_charts_say_themselves_and_have_a_table(page, store) -> None:
    report = statistics.report(store, periods.month(date(2026, 11, 24)), sample.SCOPE)
    assert page.course.chart.accessibleDescription() == figure_charts.course(report).sentence("id")
    assert page.course.chart.isVisible()
    page.twin.click()
    assert not page.course.chart.isVisible()
    (table,) = [t for t in page.topics.findChildren(FigureTable) if t.isVisible()]
    assert cells(table)[:2] == [["NIB", "6"], ["Kemasan", "4"]]
    assert page.twin.text() == "Tampilkan grafik"
    page.twin.click()
    assert page.course.chart.isVisible()


def test_another_month_a_year_and_an_event(page, store) -> None:
    page.periods.segments.chosen.emit("1")
    assert said(page)[2].startswith("Sesi konsultasi: 1")
    assert page.periods.period == periods.year(date(2026, 1, 1))
    page.open(period=periods.month(date(2026, 8, 1)))
    assert "Sesi konsultasi: 18, Jul: 12" in said(page)
    assert [b.text() for b in page.periods.segments.buttons()] == ["Agustus 2026", "Tahun 2026"]
    store.save("event", {"name": "Klinik & pasar", "kind": "clinic", "held_on": "2026-11-27", "state": "running"})
    page.refresh(None)
    titles = {title.id: offered for title, offered in page.periods.choices()}
    assert [len(titles["Bulan"]), len(titles["Tahun"]), len(titles["Kegiatan"])] == [18, 3, 12]
    page.open(period=titles["Kegiatan"][0])
    assert said(page) == ["Sesi konsultasi: 0", "Orang berbeda: 0", "Tamu dilayani: 0", "Peserta hadir: 0",
                          "Fasilitasi dibuka: 0"]  # fmt: skip
    assert not page.areas.isVisible()


def test_figures_follow_what_is_saved(page, ctx, store) -> None:
    owner_id, business_id = store.query("SELECT owner_id, id FROM business LIMIT 1")[0]
    session = {"owner_id": owner_id, "business_id": business_id, "held_on": "2026-11-24", "topics": "halal"}
    ctx.background.write(page, lambda s: s.save("consultation", session))
    assert "Sesi konsultasi: 15, Okt: 17" in said(page)


def test_what_the_figures_mean(page) -> None:
    page.meaning.click()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Persen = ber-NIB / usaha × 100." in " ".join(shown)
    page.meaning.click()
    assert page.areas.isVisible()


@pytest.fixture
def october(page, store):
    """October, which is over and not closed, with what the server told of the laptops here."""
    laptops.note(store, {sample.SCOPE: {"a": "", "b": "2026-11-01T00:00:00.000Z", "c": ""}})
    page.open(period=OCTOBER)
    return page


def test_a_running_month_and_an_event_have_nothing_to_close(page, ctx, store) -> None:
    assert not page.strip.isVisible()
    page.commands()["close_period"]()
    assert [e.words.id for e in ctx.dialogs.errors] == [
        "November 2026 masih berjalan. Laporannya bisa ditutup mulai 30 November 2026."
    ]
    assert not store.find("closed_report")


def test_a_month_is_closed_by_its_button_and_opened_again_by_undo(october, ctx, store) -> None:
    strip = october.strip
    assert (strip.chip.text(), strip.close_button.text()) == ("Belum ditutup", "Tutup bulan")
    assert strip.note.text() == "Angka Oktober 2026 masih ikut berubah. 2 laptop belum sinkron."
    strip.close_button.click()
    assert (strip.chip.text(), strip.close_button.isVisible(), strip.changes.isVisible()) == ("Ditutup", False, False)
    assert strip.note.text() == (
        "Ditutup 24 November 2026 09.42 oleh Sri Wahyuni · 14 data belum terkirim · 2 laptop belum sinkron"
    )
    assert october.foot.text() == "Angka seperti saat laporan ditutup."
    october.close_period()
    assert len(store.find("closed_report")) == 1
    assert ctx.host.findChild(Toast).accessibleName() == "Laporan Oktober 2026 sudah ditutup."
    ctx.background.write(october, lambda s: closing.reopen(s, s.find("closed_report")[0]["id"]))
    strip.close_button.click()
    toast = ctx.host.findChild(Toast)
    assert toast.accessibleName() == "Laporan Oktober 2026 ditutup. Angkanya tidak berubah lagi."
    toast.findChild(HintButton).click()
    assert strip.chip.text() == "Belum ditutup"


def test_the_key_closes_a_year_and_the_menu_offers_what_is_closed(october) -> None:
    october.open(period=periods.year(date(2025, 1, 1)))
    assert october.strip.close_button.text() == "Tutup tahun"
    october.commands()["close_period"]()
    october.open(period=OCTOBER)
    october.commands()["close_period"]()
    offered = {title.id: [p.words.id for p in found] for title, found in october.periods.choices()}
    assert offered["Sudah ditutup"] == ["Oktober 2026", "Tahun 2025"]


def test_what_comes_late_leaves_the_closed_figures_and_shows_beside_them(october, ctx, store) -> None:
    october.close_period()
    owner_id, business_id, name = store.query("SELECT owner_id, id, name FROM business LIMIT 1")[0]
    session = {"owner_id": owner_id, "business_id": business_id, "held_on": "2026-10-09", "topics": "halal"}
    ctx.background.write(october, lambda s: s.save("consultation", session))
    assert "Sesi konsultasi: 17, Sep: 11" in said(october)
    assert (october.strip.chip.text(), october.strip.changes.isVisible()) == ("Direvisi", True)
    october.strip.changes.click()
    shown = [label.text() for label in october.changes.findChildren(QLabel) if label.isVisible()]
    assert {"Sesi konsultasi", "17 → 18", "(+1)"} <= set(shown)
    assert f"{name} — Sesi konsultasi, 24 Nov 2026 09.42, Sri Wahyuni · baru dihitung" in shown
    october.meaning.click()
    assert october.areas.isVisible()
    october.strip.changes.click()
    ctx.dialogs.answer = False
    october.changes.reopen_button.click()
    assert ctx.dialogs.asked[-1].title.id == "Buka lagi laporan Oktober 2026?"
    assert len(store.find("closed_report")) == 1
    ctx.dialogs.answer = True
    october.changes.reopen_button.click()
    assert "Sesi konsultasi: 18, Sep: 11" in said(october)
    assert october.strip.close_button.isVisible()
    october.close_period()
    ctx.background.write(
        october, lambda s: s.delete("consultation", s.find("consultation", held_on="2026-10-09")[-1]["id"])
    )
    assert october.strip.chip.text() == "Direvisi"


def test_print_opens_the_preview_of_this_period(page, ctx, monkeypatch) -> None:
    went = []
    monkeypatch.setattr(ctx.host, "go", lambda key, **args: went.append((key, args)))
    page.commands()["print"]()
    assert went == [("preview", {"paper": "laporan", "given": page.periods.period})]


def test_the_preview_shows_the_report(page, ctx) -> None:
    page.commands()["print"]()
    from ui.preview_page import PreviewPage

    preview = ctx.host.findChild(PreviewPage)
    assert preview.title() == "Pratinjau cetak — Kel. Patokan, November 2026"
    assert preview.pages.page_count == 1


def test_excel_is_saved_where_it_was_asked(page, ctx, tmp_path: Path) -> None:
    ctx.dialogs.file = tmp_path / "angka.xlsx"
    excel(page, 0)
    book = load_workbook(io.BytesIO((tmp_path / "angka.xlsx").read_bytes()))
    assert book["Angka"]["B2"].value == 84
    ctx.dialogs.file = None
    excel(page, 0)
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["angka.xlsx"]


def excel(page, entry: int) -> None:
    page.excel_menu().actions()[entry].trigger()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    book = Workbook()
    for row in (["Uraian", "Jumlah"], ["Jumlah UMKM", None], ["Anggaran", None]):
        book.active.append(row)
    book.save(tmp_path / "Template.xlsx")
    return tmp_path / "Template.xlsx"


def test_a_template_of_the_dinas_is_filled_and_remembered(page, ctx, tmp_path: Path, template: Path) -> None:
    ctx.dialogs.file = template
    excel(page, 1)
    dialog = ctx.host.window().findChild(TemplateDialog)
    assert dialog.count.text() == "1 dari 2 tempat terisi"
    budget = dialog.boxes["anggaran|jumlah"]
    budget.activated.emit(budget.findText("Sesi konsultasi"))
    assert [label.text() for label in dialog.findChildren(QLabel) if label.text() in ("84", "14")] == ["84", "14"]
    dialog.save()
    assert ctx.dialogs.errors[-1].words.id == "Pilih nama lain: template Dinas tidak ditimpa."
    ctx.dialogs.file = tmp_path / "terisi.xlsx"
    dialog.save_button.click()
    sheet = load_workbook(tmp_path / "terisi.xlsx").active
    assert [sheet["B2"].value, sheet["B3"].value] == [84, 14]
    assert not dialog.isVisible()
    ctx.dialogs.file = template
    excel(page, 1)
    again = ctx.host.window().findChildren(TemplateDialog)[-1]
    assert again.boxes["anggaran|jumlah"].currentText() == "Sesi konsultasi"
    assert again.count.text() == "2 dari 2 tempat terisi"


def test_a_file_that_is_no_template_opens_no_dialog(page, ctx, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    ctx.dialogs.file = tmp_path / "a.xlsx"
    excel(page, 1)
    assert ctx.dialogs.errors[-1].words == BROKEN
    ctx.dialogs.file = None
    excel(page, 1)
    assert ctx.host.window().findChild(TemplateDialog) is None


def test_a_save_that_was_not_wanted_and_one_that_fails_write_nothing(page, ctx, tmp_path: Path, template: Path) -> None:
    ctx.dialogs.file = template
    excel(page, 1)
    dialog = ctx.host.window().findChild(TemplateDialog)
    ctx.dialogs.file = None
    dialog.save()
    template.write_bytes(b"gone")
    ctx.dialogs.file = tmp_path / "terisi.xlsx"
    dialog.save()
    assert ctx.dialogs.errors[-1].words == BROKEN
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["Template.xlsx"]


def test_an_empty_office_says_how_to_begin(ctx, shown, tmp_path, empty_store, clock, request) -> None:
    shutil.copy(empty_store, tmp_path / "empty.db")
    ctx.background.store = Store.open(tmp_path / "empty.db", KEY, clock=clock, user=USER, home_scope=sample.SCOPE)
    request.addfinalizer(ctx.background.store.close)
    shell = shown(Shell(ctx, lambda **_: None, lambda: None))
    ctx.go("reports")
    page = shell.findChild(ReportPage)
    assert any(label.text() == words.EMPTY.id and label.isVisible() for label in page.findChildren(QLabel))
    assert not page._print.isEnabled()
    assert not page.foot.isVisible()


@pytest.mark.parametrize(
    ("kind", "values"), [("bars", (3, 0, 7)), ("hbars", (7, 3, 0)), ("line", (3, 0, 7)), ("progress", (100, 50, 0))]
)
def test_every_kind_of_chart_paints_its_largest_value_largest(shown, kind, values) -> None:
    labels = tuple(Words(t, t) for t in ("Jun", "Jul", "Agu"))
    widget = ChartWidget("id")
    widget.show_chart(Chart(kind, Words("Sesi", "Sessions"), labels, (Series(labels[0], values),)))
    shown(widget, 420, 240)
    image = widget.grab().toImage()
    colored = [sum(image.pixelColor(x, y).hsvSaturation() > 60 for x in range(image.width())) for y in range(240)]
    columns = [sum(image.pixelColor(x, y).hsvSaturation() > 60 for y in range(240)) for x in range(image.width())]
    assert max(colored) > 0
    most = colored.index(max(colored)) if kind in ("hbars", "progress") else columns.index(max(columns))
    assert most < 80 if kind in ("hbars", "progress") else most > (210 if kind == "bars" else 0)
