"""The import as a person does it: choose, match, mend, compare, carry in, take back; by keys alone too."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.store import Store
from tests.fakes import owner
from ui import theme
from ui.background import Background
from ui.context import Context
from ui.import_columns import KEYS, masked
from ui.import_lines import Line
from ui.import_page import ImportPage
from ui.import_table import CURE
from ui.shell import Shell
from ui.widgets.edits import TextEdit

SAMPLE = Path(__file__).parents[1] / "data" / "contoh-data-umkm.xlsx"
ROWS = [
    ["NAMA PEMILIK", "NO KTP", "HP", "USAHA", "DESA", "KET"],
    ["Paini", "35131454027899", "0812-0000-0101", "Keripik Paini", "Patokan", None],
    ["Suwarno", None, "812-0000-0627", "Kopi Suwarno", "Patokan", None],
    ["Jumaati", None, "0812-0000-0103", "Tempe Jumaati", "Patoakn", None],
    ["Siti Aminah", None, "0812-0000-0142", "Batik Rengganis", "Patokan", None],
    [None, None, "0812-0000-0105", "Jamu", "Patokan", None],
    ["Tumini", None, "0812-0000-0106", "Stik Tumini", "Patokan", None],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "data.xlsx")
    return tmp_path / "data.xlsx"


@pytest.fixture
def shell(ctx: Context, shown: Callable[[QWidget], QWidget]) -> Shell:
    window = shown(Shell(ctx, lambda **_: None, lambda: None))
    assert isinstance(window, Shell)
    window.go("import")
    return window


@pytest.fixture
def page(shell: Shell, store: Store, workbook: Path) -> ImportPage:
    """A file is read; somebody with a row's phone is there already."""
    store.save("owner", owner(1, name="Siti Aminah", phone="+6281200000142", nik=None))
    made = shell.page
    assert isinstance(made, ImportPage)
    made.read(workbook)
    return made


def lines(page: ImportPage) -> list[Line]:
    return page.review.table.lines.lines


def choose(page: ImportPage, number: int) -> Line:
    table = page.review.table
    at = next(i for i, line in enumerate(lines(page)) if line.number == number)
    table.setCurrentIndex(table.lines.index(at, CURE))
    table.setFocus()
    return lines(page)[at]


def counts(page: ImportPage) -> list[str]:
    return [chip.text() for chip in page.review.chips.values()]


def test_the_rows_to_mend_stand_there_each_with_its_remedy_and_button(page: ImportPage) -> None:
    assert counts(page) == ["Semua 6", "Siap 1", "Perlu dicek 2", "Tertahan 3"]
    assert [(line.number, line.column, line.button) for line in lines(page)] == [
        (2, "NIK", "Perbaiki"), (3, "No. HP / WhatsApp", "Terapkan"), (4, "Kelurahan / desa", "Terapkan"),
        (5, "Baris", "Bandingkan"), (6, "Nama lengkap", "Isi nama"),
    ]  # fmt: skip
    assert [line.tone for line in lines(page)] == ["blue", "amber", "amber", "grape", "red"]
    assert lines(page)[1].words == "Angka 0 di depan hilang. Jadikan 0812-0000-0627?"
    assert page.review.go.text() == "Impor 3 baris"
    assert page.review.all_cures.text() == "Terapkan semua saran (2)"
    assert page.review.sum.text() == "1 siap + 2 perlu dicek. 3 baris tertahan bisa diperbaiki nanti."


def test_identity_numbers_are_masked_on_the_screen_but_not_in_the_edit(page: ImportPage) -> None:
    line = choose(page, 2)
    assert (line.shown, page.review.columns.cards[1].caption.text()) == ("3513 •••• •••• 99", "3513 •••• •••• 99")
    page.review.table.act()
    assert page.review.table.findChild(TextEdit).text() == "35131454027899"  # type: ignore[union-attr]
    assert masked("3513144705829917", "", "id") == "3513 •••• •••• ••17"  # in whatever column it stands
    assert masked("3,57402E+15", "owner.nik", "id") == "3,57402E+15"


def test_enter_takes_the_cure_of_the_chosen_line(page: ImportPage) -> None:
    choose(page, 3)
    QTest.keyClick(page.review.table, Qt.Key.Key_Return)
    assert counts(page) == ["Semua 6", "Siap 2", "Perlu dicek 1", "Tertahan 3"]
    assert [line.number for line in lines(page)] == [2, 4, 5, 6]
    assert page.review.table.current().number == 4  # type: ignore[union-attr]


def test_typing_changes_the_content_and_the_row_is_checked_again(page: ImportPage) -> None:
    choose(page, 6)
    table = page.review.table
    QTest.keyClicks(table, "M")
    editor = table.findChild(TextEdit)
    assert editor is not None
    QTest.keyClicks(editor, "usyarofah")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the edit ends after the key
    assert page.plan is not None
    assert (page.plan.states[6], page.plan.row(6).owner["name"]) == ("ready", "Musyarofah")
    assert counts(page)[3] == "Tertahan 2"


def test_all_suggestions_never_merge_people(page: ImportPage, store: Store) -> None:
    page.review.all_cures.click()
    assert counts(page) == ["Semua 6", "Siap 3", "Perlu dicek 1", "Tertahan 2"]
    assert [line.act for line in lines(page)] == ["mend", "compare", "mend"]
    assert not page.review.all_cures.isEnabled()
    assert store.count("business") == 0


@pytest.mark.parametrize(("digit", "state", "owners", "businesses"), [
    ("1", "ready", 1, 1), ("2", "skipped", 1, 0), ("3", "ready", 2, 1)])  # fmt: skip
def test_a_possible_duplicate_is_decided_side_by_side(
    page: ImportPage, store: Store, digit: str, state: str, owners: int, businesses: int
) -> None:
    choose(page, 5)
    QTest.keyClick(page.review.table, Qt.Key.Key_Return)
    assert page.review.comparing
    QTest.keyClick(page.review.compare, digit)
    assert not page.review.comparing
    assert page.plan is not None
    assert page.plan.states[5] == state
    page.review.go.click()
    assert store.count("owner", name="Siti Aminah") == owners
    assert store.count("business", name="Batik Rengganis") == businesses


def test_a_decision_can_be_changed(page: ImportPage) -> None:
    choose(page, 5)
    page.review.table.act()
    QTest.keyClick(page.review.compare, "2")
    page.review.chips["all"].click()
    line = choose(page, 5)
    assert (line.words, line.button) == ("Dilewati: sudah ada.", "Ubah")
    page.review.table.act()
    QTest.keyClick(page.review.compare, "3")
    assert choose(page, 5).words == "Orang yang berbeda. Siap diimpor."


def test_esc_leaves_comparing_then_the_file(page: ImportPage, shell: Shell) -> None:
    choose(page, 5)
    page.review.table.act()
    page.commands()["back"]()
    assert not page.review.comparing
    page.commands()["back"]()
    assert page.choose.isVisible()
    assert page.plan is None


def test_what_was_mended_is_left_only_after_a_question(page: ImportPage, ctx: Context) -> None:
    page.review.all_cures.click()
    ctx.dialogs.answer = False  # type: ignore[attr-defined]
    page.commands()["back"]()
    assert page.review.isVisible()
    ctx.dialogs.answer = True  # type: ignore[attr-defined]
    page.commands()["back"]()
    assert page.choose.isVisible()


def test_a_review_under_way_survives_another_look(
    page: ImportPage, ctx: Context, shown: Callable[[QWidget], QWidget]
) -> None:
    page.review.all_cures.click()
    page.review.informed.set_value("signed")
    before = counts(page)
    page.leave()
    window = shown(Shell(ctx, lambda **_: None, lambda: None))
    assert isinstance(window, Shell)
    window.go("import")
    again = window.page
    assert isinstance(again, ImportPage)
    assert (counts(again), again.review.informed.value()) == (before, "signed")
    assert [c.box.currentText() for c in again.review.columns.cards] == [
        c.box.currentText() for c in page.review.columns.cards
    ]


def test_the_chips_add_up_and_all_stands_alone(page: ImportPage) -> None:
    chips = page.review.chips
    assert [key for key, chip in chips.items() if chip.isChecked()] == ["check", "held"]
    chips["check"].click()
    assert {line.number for line in lines(page)} == {4, 5, 6}
    chips["ready"].click()
    assert {line.number for line in lines(page)} == {4, 5, 6, 7}
    chips["all"].click()
    assert [key for key, chip in chips.items() if chip.isChecked()] == ["all"]
    assert [line.number for line in lines(page)] == [2, 3, 4, 5, 6, 7]
    chips["all"].click()
    assert chips["all"].isChecked()


def test_another_target_reads_the_rows_anew_and_frees_the_column_that_had_it(page: ImportPage) -> None:
    cards = page.review.columns.cards
    cards[5].box.setCurrentIndex(KEYS.index("business.name"))
    cards[5].box.activated.emit(KEYS.index("business.name"))
    assert [card.box.currentText() for card in cards] == [
        "Nama lengkap", "NIK", "No. HP / WhatsApp", "(jangan dibawa)", "Kelurahan / desa", "Nama usaha"]  # fmt: skip
    assert page.plan is not None
    assert page.plan.row(7).business["name"] == "Usaha Tumini"


def test_an_uncertain_guess_is_amber_and_says_so(shell: Shell, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["NAMA", "KELURAHN", "NIK"], ["Paini", "Patokan", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    page = shell.page
    assert isinstance(page, ImportPage)
    page.read(tmp_path / "a.xlsx")
    boxes = [card.box for card in page.review.columns.cards]
    assert [box.property("tone") for box in boxes] == ["", "amber", ""]
    assert boxes[1].accessibleDescription() == "Belum pasti. Periksa."


def test_nothing_is_written_before_the_end_then_everything(page: ImportPage, store: Store, shell: Shell) -> None:
    assert (store.count("owner"), store.count("business")) == (1, 0)
    page.review.informed.set_value("read_aloud")
    QTest.keySequence(shell, QKeySequence("Ctrl+Return"))
    assert page.result.isVisible()
    assert page.result.title.text() == "3 usaha dari 3 pemilik sudah masuk."
    assert page.result.until.text() == "Bisa dibatalkan sekaligus sampai 25 Nov 09.42."
    assert {o["informed"] for o in store.find("owner") if o["import_id"]} == {"read_aloud"}
    assert store.find("owner", name="Paini")[0]["nik"] == "35131454027899"


def test_an_import_is_undone_from_the_result_after_one_question(page: ImportPage, store: Store, ctx: Context) -> None:
    page.review.go.click()
    page.result.take_back.click()
    assert len(ctx.dialogs.asked) == 1  # type: ignore[attr-defined]
    assert (store.count("owner"), store.count("business")) == (1, 0)
    assert page.choose.isVisible()
    assert page.choose.recent.isHidden()


def test_an_import_of_today_is_offered_for_undoing(page: ImportPage, store: Store, ctx: Context) -> None:
    page.review.go.click()
    ctx.dialogs.answer = False  # type: ignore[attr-defined]
    page.result.take_back.click()
    assert store.count("business") == 3
    page.result.another.emit()
    assert not page.choose.recent.isHidden()


def test_the_layout_is_remembered_only_when_wanted(page: ImportPage, store: Store, workbook: Path) -> None:
    page.review.columns.remember.setChecked(False)
    page.review.go.click()
    assert store.query("SELECT count(*) FROM setting WHERE key LIKE 'import_layout%'") == [(0,)]
    page.read(workbook)
    page.review.columns.remember.setChecked(True)
    page.review.chips["all"].click()
    choose(page, 7)
    page.review.table.act()
    QTest.keyClick(page.review.compare, "3")
    page.review.go.click()
    assert store.query("SELECT count(*) FROM setting WHERE key LIKE 'import_layout%'") == [(1,)]


def test_the_held_rows_go_to_excel(page: ImportPage, ctx: Context, tmp_path: Path) -> None:
    ctx.dialogs.file = tmp_path / "held.xlsx"  # type: ignore[attr-defined]
    page.review.save.click()
    sheet = openpyxl.load_workbook(tmp_path / "held.xlsx").active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["4", "5", "6"]


@pytest.mark.parametrize(("name", "body", "sentence"), [
    ("a.xlsx", b"no workbook", "rusak"), ("b.xls", bytes.fromhex("D0CF11E0A1B11AE1"), ".xls"), ("none.xlsx", None, "tidak ditemukan")])  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(
    shell: Shell, ctx: Context, tmp_path: Path, name: str, body: bytes | None, sentence: str
) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    page = shell.page
    assert isinstance(page, ImportPage)
    page.read(tmp_path / name)
    assert sentence in ctx.dialogs.errors[0].words.id  # type: ignore[attr-defined]
    assert page.choose.isVisible()


def test_a_file_is_chosen_by_enter_or_dropped(shell: Shell, ctx: Context, workbook: Path) -> None:
    page = shell.page
    assert isinstance(page, ImportPage)
    ctx.dialogs.file = workbook  # type: ignore[attr-defined]
    QTest.keyClick(page.choose.zone.choose, Qt.Key.Key_Return)
    assert page.review.isVisible()
    page.commands()["back"]()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(workbook))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.choose.zone.dropEvent(drop)
    assert page.review.isVisible()


def test_one_of_several_sheets_can_be_chosen(shell: Shell, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, names in (("RW 01", ["Paini"]), ("RW 02", ["Tumini", "Jumaati"])):
        sheet = book.create_sheet(title)
        for row in (["NAMA", "DESA"], *[[n, "Patokan"] for n in names]):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    page = shell.page
    assert isinstance(page, ImportPage)
    page.read(tmp_path / "a.xlsx")
    sheets = page.review.columns.sheets
    assert [sheets.itemText(i) for i in range(sheets.count())] == ["RW 02 (2)", "RW 01 (1)"]
    sheets.activated.emit(1)
    assert counts(page)[0] == "Semua 1"


@pytest.mark.parametrize(("mode", "k", "lang"), [("light", 1.0, "id"), ("dark", 1.28, "en")])
def test_the_sample_fits_in_every_look(
    ctx: Context,
    wear: Callable[[theme.Theme], None],
    shown: Callable[..., QWidget],
    mode: theme.Mode,
    k: float,
    lang: str,
) -> None:
    wear(theme.Theme(mode, k))
    ctx.lang, ctx.theme = lang, theme.Theme(mode, k)  # type: ignore[assignment]
    window = shown(Shell(ctx, lambda **_: None, lambda: None))
    assert isinstance(window, Shell)
    window.go("import", path=SAMPLE)
    page = window.page
    assert isinstance(page, ImportPage)
    table = page.review.table
    assert sum(table.columnWidth(c) for c in range(6) if not table.isColumnHidden(c)) <= table.viewport().width()
    assert all(chip.width() >= chip.sizeHint().width() for chip in page.review.chips.values())
    assert len(lines(page)) > 30


def test_reading_runs_beside_the_screen_and_cancelling_leaves_nothing(
    ctx: Context, store: Store, store_path: Path, workbook: Path, qtbot: QtBot
) -> None:
    ctx.background = Background(store, ctx.events, ctx.dialogs.show_error)
    window = Shell(ctx, lambda **_: None, lambda: None)
    qtbot.addWidget(window)
    window.go("import")
    page = window.page
    assert isinstance(page, ImportPage)
    try:
        page.read(workbook)
        assert page.commands()
        page.commands()["back"]()  # while it is being read
        assert page.plan is None
        page.read(workbook)
        qtbot.waitUntil(lambda: page.plan is not None)
        for line in [line for line in lines(page) if line.act == "apply"]:
            page.review.cured.emit(line.finding)  # two acts, one after the other
        qtbot.waitUntil(lambda: page.review.all_cures.text() == "Terapkan semua saran (0)")
        page.review.cancelled.emit()
    finally:
        ctx.background.close()
    again = Store.open(store_path, bytes(range(32)))
    assert [again.count(e) for e in ("owner", "business", "consent")] == [0, 0, 0]
    again.close()
