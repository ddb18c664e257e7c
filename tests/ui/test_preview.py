"""Print preview: what is seen is what is printed, saved and sent; the whole NIK is asked for and logged."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

import reports
from models import access
from models.errors import AppError
from models.files import HELD, OUT_OF_REACH
from models.i18n import Words
from models.store import Store
from reports.paper import SIZES
from tests import fakes
from tests.reports import gallery, gallery_office
from tests.reports import pdf as read_back
from tests.reports.samples import DRAWN, FULL
from tests.ui.printers import EPSON, FakeDesk
from ui.context import Context
from ui.preview_options import PreviewOptions
from ui.preview_page import PreviewPage
from ui.printing import PrintJob, page_size, paint
from ui.words import preview as words

NIK = "3513144705829917"
SHOWN_NIK = "3513 1447 0582 9917"
RINGKASAN = reports.PAPERS["ringkasan"]


class Window:
    """The window around the page: what it was asked to say and to show."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.backs = 0

    def toast(self, said, action=None, act=None) -> None:
        self.said.append(said.id)

    def back(self) -> None:
        self.backs += 1

    def show_error(self, error: AppError) -> None:
        self.said.append(error.words.id)


@pytest.fixture
def siti(store: Store) -> str:
    owner_id = store.save("owner", fakes.owner(name="Siti Aminah", nik=NIK, sex="P")).first_id("owner")
    business_id = store.save("business", fakes.business(owner_id, name="Batik Rengganis Ayu")).first_id("business")
    links = {"owner_id": owner_id, "business_id": business_id}
    for day in range(1, 6):
        store.save("consultation", links | {"held_on": f"2026-11-0{day}", "topics": "nib", "note": f"Pertemuan {day}."})
    step = {"kind": "owner_sends", "what": "Bawa KTP", "due": "2026-11-27", "responsible": "me", "state": "open"}
    store.save("follow_up", links | step)
    return owner_id


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def window(ctx: Context) -> Window:
    made = Window()
    ctx.host = made  # type: ignore[assignment]
    return made


@pytest.fixture
def page(ctx: Context, desk: FakeDesk, window: Window, siti: str, shown) -> PreviewPage:
    made = PreviewPage(ctx, desk)
    shown(made, 1158, 632)
    made.open(owner_id=siti)
    QApplication.processEvents()
    return made


def text_of(page: PreviewPage) -> str:
    assert page._finished
    return read_back.text(page._finished.pdf)


def test_the_paper_stands_there_whole_and_said_aloud(page: PreviewPage) -> None:
    assert page.title() == "Pratinjau cetak — Siti Aminah"
    assert page.pages.ready
    assert page.mark.text() == "Halaman 1 dari 1"
    assert page.pages.accessibleName() == "Pratinjau cetak — Siti Aminah. Halaman 1 dari 1"
    (rect,) = page.pages._rects()
    assert page.pages.viewport().rect().contains(rect)
    assert rect.height() / rect.width() == pytest.approx(297 / 210, abs=0.01)


def test_enter_prints_what_is_seen_with_the_usual_printer(
    page: PreviewPage, desk: FakeDesk, window: Window, qtbot
) -> None:
    qtbot.keyClick(page.options.primary, Qt.Key.Key_Return)
    (job,) = desk.jobs
    assert page._finished
    assert job == PrintJob(page._finished.pdf, "EPSON L3110", "A4", 1)
    assert window.said == ["Dikirim ke EPSON L3110."]


def test_enter_pressed_before_the_paper_is_there_is_not_lost(page: PreviewPage, desk: FakeDesk) -> None:
    finished, page._finished = page._finished, None
    page.options.enter()
    assert desk.jobs == []
    assert finished
    page._rendered(finished)
    assert len(desk.jobs) == 1


def test_enter_pressed_before_the_printers_are_known_waits_for_them(ctx: Context, shown) -> None:
    options = shown(PreviewOptions(ctx, [RINGKASAN]), 346)
    asked: list[str] = []
    options.print_asked.connect(lambda: asked.append("print"))
    options.save_asked.connect(lambda: asked.append("save"))
    options.enter()
    assert asked == []
    options.show_printers([EPSON])
    assert asked == ["print"]


def test_printer_paper_and_copies_are_remembered(
    page: PreviewPage, ctx: Context, desk: FakeDesk, siti: str, shown
) -> None:
    page.options.printer.setCurrentText("Kyocera")
    page.options.sheet.buttons()[1].click()
    page.options.copies.setValue(2)
    assert page.options.primary.text() == "Cetak 2 rangkap"
    page.options.go()
    assert (desk.jobs[0].printer, desk.jobs[0].size, desk.jobs[0].copies) == ("Kyocera", "F4", 2)
    again = shown(PreviewPage(ctx, desk))
    again.open(owner_id=siti)
    assert (again.options.printer_name, again.options.size_name, again.options.copies.value()) == ("Kyocera", "F4", 2)


def test_a_number_is_used_when_the_paper_leaves_and_stays_for_its_copies(
    page: PreviewPage, desk: FakeDesk, siti: str
) -> None:
    def number() -> str:
        return text_of(page).partition("Nomor: ")[2].partition(" ")[0]

    page.open(owner_id=siti)
    first = number()
    page.options.go()
    page.options.go()
    assert number() == first
    page.open(owner_id=siti)
    assert int(number()[-3:]) == int(first[-3:]) + 1


def test_a_silent_printer_is_named_and_no_number_is_lost(
    page: PreviewPage, desk: FakeDesk, window: Window, siti: str
) -> None:
    before = text_of(page)
    desk.silent = True
    page.options.go()
    assert window.said == ["Printer tidak menjawab. Periksa kabel dan tombol daya, atau simpan sebagai PDF."]
    assert page.options.primary.isEnabled()
    page.open(owner_id=siti)
    assert text_of(page) == before


def test_without_a_printer_the_pdf_is_the_way(ctx: Context, window: Window, siti: str, tmp_path: Path, shown) -> None:
    page = shown(PreviewPage(ctx, FakeDesk(tmp_path, ())))
    page.open(owner_id=siti)
    options = page.options
    assert options.primary.text() == "Simpan PDF"
    assert options.no_printer.isVisible()
    assert not options.save.isVisible()
    ctx.dialogs.file = tmp_path / "lembar.pdf"  # type: ignore[attr-defined]
    options.enter()
    assert read_back.read((tmp_path / "lembar.pdf").read_bytes()).metadata
    assert window.said == ["PDF tersimpan: lembar.pdf"]


def test_saving_can_be_called_off(page: PreviewPage, tmp_path: Path, window: Window) -> None:
    page.options.save.click()
    assert window.said == []
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [("/sys", HELD), ("/media/pulled-out", OUT_OF_REACH)],  # no one writes there, not even root
)
def test_a_place_that_cannot_be_written_is_said(
    page: PreviewPage, ctx: Context, window: Window, siti: str, folder: str, sentence: Words
) -> None:
    before = text_of(page)
    ctx.dialogs.file = Path(folder) / "lembar.pdf"  # type: ignore[attr-defined]
    page.options.save.click()
    assert [e.words for e in ctx.dialogs.errors] == [sentence]  # type: ignore[attr-defined]
    assert window.said == []
    page.open(owner_id=siti)
    assert text_of(page) == before


def test_for_whatsapp_the_folder_opens_and_the_message_is_copied(
    page: PreviewPage, desk: FakeDesk, window: Window
) -> None:
    page.options.share.click()
    (path,) = desk.folder.glob("*.pdf")
    assert path.name.startswith("ringkasan-RP-2026-11-")
    assert "Siti" not in path.name
    assert desk.opened == [desk.folder]
    assert "1. Bawa KTP — Ibu Siti, Jumat, 27 Nov 2026" in desk.clipboard
    assert "3513" not in desk.clipboard
    assert window.said[0].startswith("PDF ada di folder yang terbuka")


def test_the_whole_nik_asks_for_whom_and_is_logged(page: PreviewPage, store: Store, siti: str, qtbot) -> None:
    assert SHOWN_NIK not in text_of(page)
    page.options.whole_nik.click()
    assert page.options.nik_field.isVisible()
    assert SHOWN_NIK not in text_of(page)
    qtbot.keyClick(page.options.nik_for, Qt.Key.Key_Return)
    assert access.viewings(store, "owner", siti) == []
    qtbot.keyClicks(page.options.nik_for, "BRI Kraksaan")
    qtbot.keyClick(page.options.nik_for, Qt.Key.Key_Return)
    assert SHOWN_NIK in text_of(page)
    (viewing,) = access.viewings(store, "owner", siti)
    assert (viewing.purpose, viewing.field) == ("BRI Kraksaan", "nik")


def test_the_nik_is_masked_again_when_unticked_and_for_the_next_owner(page: PreviewPage, siti: str) -> None:
    for hide in (page.options.whole_nik.click, lambda: page.open(owner_id=siti)):
        page.options.whole_nik.setChecked(True)
        page.options.nik_for.setText("pemilik")
        page.options.nik_for.setFocus()
        page.options.enter()
        assert SHOWN_NIK in text_of(page)
        hide()
        assert SHOWN_NIK not in text_of(page)
        assert not page.options.whole_nik.isChecked()


def test_parts_can_be_left_out_and_all_sessions_asked_for(page: PreviewPage) -> None:
    assert "Pertemuan 1." not in text_of(page)
    page.options.parts["all_sessions"].click()
    assert "Pertemuan 1." in text_of(page)
    page.options.parts["identity"].click()
    assert "Identitas" not in text_of(page)
    assert page.options._counts["sessions"].text() == "3 terakhir"


def test_a_new_session_appears_at_once(page: PreviewPage, ctx: Context, store: Store, siti: str) -> None:
    row = {"owner_id": siti, "held_on": "2026-11-24", "topics": "nib", "note": "Baru saja."}
    page.refresh(store.save("consultation", row))
    assert "Baru saja." in text_of(page)


def test_an_owner_who_refused_is_not_shown(
    ctx: Context, window: Window, desk: FakeDesk, store: Store, siti: str, shown
) -> None:
    store.save("owner", {"id": siti, "informed": "refused"})
    page = shown(PreviewPage(ctx, desk))
    page.open(owner_id=siti)
    assert window.said == ["Pemilik menolak dicatat. Lembar dengan namanya tidak dicetak."]
    assert window.backs == 1
    assert page.title() == "Pratinjau cetak"
    page.options.enter()
    assert desk.jobs == []


def test_f4_on_a_printer_that_lacks_it_is_shrunk_unless_refused(page: PreviewPage, desk: FakeDesk) -> None:
    options = page.options
    assert not options.shrink.isVisible()
    options.sheet.buttons()[1].click()
    assert options.shrink.isVisible()
    options.go()
    options.shrink.click()
    options.go()
    assert [(job.size, job.shrink) for job in desk.jobs] == [("F4", True), ("F4", False)]
    options.printer.setCurrentText("Kyocera")
    options.printer.activated.emit(1)
    assert not options.shrink.isVisible()


def test_zoom_goes_by_steps_and_back(page: PreviewPage, qtbot) -> None:
    whole = page.pages._rects()[0].height()
    page.commands()["larger"]()
    QApplication.processEvents()
    assert page.pages._rects()[0].height() == pytest.approx(whole * 1.25, abs=2)
    assert page._zoom.text() == "125 %"
    assert page.pages.verticalScrollBar().maximum() > 0
    assert page.pages.ready
    page.commands()["normal_size"]()
    assert page._zoom.text() == "Satu halaman"
    assert not page._smaller.isEnabled()


def test_a_long_paper_scrolls_and_the_mark_follows(page: PreviewPage) -> None:
    page.pages.show_pdf(reports.render(RINGKASAN, FULL, "A4", frozenset({"sessions", "all_sessions"})))
    QApplication.processEvents()
    count = page.pages.page_count
    assert count >= 4
    bar = page.pages.verticalScrollBar()
    for value in range(0, bar.maximum() + 1, 200):
        bar.setValue(value)
        QApplication.processEvents()
        assert page.pages.ready
    bar.setValue(bar.maximum())
    assert page.mark.text() == f"Halaman {count} dari {count}"
    assert len(page.pages._images) <= 9


@pytest.mark.parametrize(
    ("size", "shrink", "wanted"), [("A4", False, (210, 297)), ("F4", False, (215, 330)), ("F4", True, (210, 297))]
)
def test_a_real_printer_gets_sheets_of_the_exact_size(
    qapp, tmp_path: Path, size: str, shrink: bool, wanted: tuple[int, int]
) -> None:
    path = tmp_path / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    pdf = reports.render(RINGKASAN, DRAWN, size)
    paint(printer, PrintJob(pdf, "out", size, shrink=shrink))
    (page,) = read_back.read(path.read_bytes()).pages
    assert [float(side) / read_back.MM for side in page.mediabox[2:]] == pytest.approx(wanted, abs=0.2)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_begin_is_an_error_with_a_remedy(qapp, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with pytest.raises(AppError, match="printer does not answer"):
        paint(printer, PrintJob(reports.render(RINGKASAN, DRAWN, "A4"), "out", "A4"))


def test_f4_is_exact_for_qt(qapp) -> None:
    size = page_size(SIZES["F4"]).size(QPageSize.Unit.Millimeter)
    assert (round(size.width(), 1), round(size.height(), 1)) == (215, 330)


def test_every_field_has_a_name_and_its_own_letter(page: PreviewPage) -> None:
    options = page.options
    for edit in (options.kind, options.printer, options.sheet, options.copies, options.nik_for):
        assert edit.accessibleName()
    letters = [pair.to(lang).partition("&")[2][0].casefold()
               for lang in ("id", "en")
               for pair in (words.KIND, words.PRINTER, words.PAPER, words.COPIES, words.NIK_FOR)]  # fmt: skip
    assert len(set(letters[:5])) == 5
    assert len(set(letters[5:])) == 5


def kinds(page: PreviewPage) -> list[str]:
    return [page.options.kind.itemData(n) for n in range(page.options.kind.count())]


def test_only_papers_about_the_same_thing_are_offered(page: PreviewPage, store: Store) -> None:
    assert kinds(page) == [key for key, paper in reports.PAPERS.items() if paper.about == "owner"]
    event = {"name": "Workshop", "kind": "workshop", "held_on": "2026-11-26", "state": "planned"}
    event_id = store.save("event", event).first_id("event")
    page.open(paper="daftar-hadir", record_id=event_id)
    assert kinds(page) == [key for key, paper in reports.PAPERS.items() if paper.about == "event"]
    assert page.title() == "Pratinjau cetak — Workshop"
    page.options.kind_chosen.emit("dokumentasi")
    assert "LEMBAR DOKUMENTASI" in text_of(page)
    page.open(paper="kartu-pintasan", given=[(words.COPIES, words.COPIES)])
    assert kinds(page) == ["kartu-pintasan"]


def test_each_paper_offers_its_own_sizes_and_what_it_masks(page: PreviewPage, store: Store) -> None:
    options = page.options
    assert [b.text() for b in options.sheet.buttons()] == ["A4", "F4"]
    assert options.whole_nik.isVisibleTo(options)
    event = {"name": "Klinik", "kind": "clinic", "held_on": "2026-11-24", "state": "planned"}
    event_id = store.save("event", event).first_id("event")
    desk_id = store.save("event_desk", {"event_id": event_id, "letter": "B", "name": "Legalitas"}).first_id(
        "event_desk"
    )
    ticket = {"event_id": event_id, "letter": "B", "number": 11, "desk_id": desk_id, "name": "Lilik", "state": "waiting",
              "arrived_at": "2026-11-24T01:20:00Z"}  # fmt: skip
    page.open(paper="antrean", record_id=store.save("ticket", ticket).first_id("ticket"))
    assert [b.text() for b in options.sheet.buttons()] == ["58 mm", "A7"]
    assert not options.whole_nik.isVisibleTo(options)
    options.sheet.buttons()[1].click()
    assert page._finished
    assert page._finished.size == "A7"
    page.open(owner_id=store.find("owner")[0]["id"])
    assert options.size_name == "A4"


def test_a_paper_without_a_number_uses_none(page: PreviewPage, store: Store, desk: FakeDesk) -> None:
    page.open(paper="persetujuan", owner_id=store.find("owner")[0]["id"])
    assert page._finished
    assert page._finished.file_name == "persetujuan.pdf"
    page.options.share_asked.emit()
    assert (desk.folder / "persetujuan.pdf").is_file()
    assert store.setting("paper_numbers") in (None, {})


@pytest.mark.parametrize(
    ("key", "size", "wanted"),
    [("sertifikat", "A4L", (297, 210)), ("antrean", "R58", (58, None)), ("konsultasi", "A5L", (210, 148))],
)
def test_sheets_that_lie_and_rolls_reach_the_printer_as_they_are(
    qapp, tmp_path: Path, key: str, size: str, wanted
) -> None:
    path, paper = tmp_path / "out.pdf", reports.PAPERS[key]
    with gallery.office() as office:
        about = gallery_office.about(office, paper, "filled")
        pdf = reports.render(paper, paper.collect(office, gallery.request(office, paper, **about)), size)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    paint(printer, PrintJob(pdf, "out", size))
    (page,) = read_back.read(path.read_bytes()).pages
    (true,) = read_back.read(pdf).pages
    high = wanted[1] or float(true.mediabox[3]) / read_back.MM
    assert [float(side) / read_back.MM for side in page.mediabox[2:]] == pytest.approx((wanted[0], high), abs=0.5)


def test_parts_of_the_paper_before_are_gone(page: PreviewPage, store: Store) -> None:
    owner_id = store.find("owner")[0]["id"]
    before = list(page.options.parts.values())
    page.open(paper="data-saya", owner_id=owner_id)
    assert not any(box.isVisibleTo(page) for box in before)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(page.options.parts) == {"changes", "viewings"}
    page.open(paper="persetujuan", owner_id=owner_id)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.options.parts == {}
    assert page._finished
