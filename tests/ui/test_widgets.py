"""Widgets by keys and clicks: grouping, dates in words, choices, chips, the summary, the toast."""

import gc
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from models.i18n import Words
from models.kinds import KINDS
from models.schema import Field as Declared
from ui import editors, widgets
from ui.widgets.edits import clean_paste
from ui.widgets.painting import initials


def group_of(*parts):
    whole = QWidget()
    stack = QVBoxLayout(whole)
    for part in parts:
        stack.addWidget(part)
    return whole


def test_calls_that_return_none_keep_none_alive(qapp):
    """PySide6 6.12.0 drops a reference to None at each of them and kills the process."""
    label = QLabel()
    gc.collect()
    before = sys.getrefcount(None)
    for n in range(1000):
        label.setText(str(n))
    assert abs(sys.getrefcount(None) - before) < 500


def test_digits_group_themselves_and_the_caret_stays(qtbot, shown):
    nik = widgets.GroupedLineEdit((4, 4, 4, 4), counted=True)
    shown(nik, 300, 40)
    qtbot.keyClicks(nik, "351314470582991")
    assert nik.text() == "3513 1447 0582 991"
    assert nik.count() == "15/16"
    nik.setCursorPosition(4)
    qtbot.keyClicks(nik, "9")
    assert nik.text() == "3513 9144 7058 2991"
    assert nik.cursorPosition() == 6
    qtbot.keyClick(nik, Qt.Key.Key_Backspace)
    assert nik.digits == "351314470582991"


def test_what_is_copied_has_no_separators_and_paste_is_grouped(qtbot, shown):
    phone = widgets.GroupedLineEdit((4, 4, 5), "-")
    shown(phone, 300, 40)
    QGuiApplication.clipboard().setText("0812\x00\n00000142")
    qtbot.keyClick(phone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert phone.digits.replace(" ", "") == "081200000142"
    phone.setText("081200000142")
    phone.selectAll()
    qtbot.keyClick(phone, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "081200000142"


def test_what_is_no_number_is_left_as_typed(qtbot, shown):
    nik = widgets.GroupedLineEdit((4, 4, 4, 4))
    shown(nik, 300, 40)
    qtbot.keyClicks(nik, "abc 12")
    assert nik.text() == "abc 12"


@given(st.text(alphabet="0123456789", max_size=30), st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_grouping_never_loses_a_digit(digits, groups):
    edit = widgets.GroupedLineEdit(groups)
    edit.setText(digits)
    assert edit.digits == digits


@pytest.mark.parametrize(("pasted", "kept"), [("a\x00b", "ab"), ("a\ud83db", "ab"), ("a\r\nb", "a b"), ("😀", "😀")])
def test_pasted_text_is_cleaned(pasted, kept):
    assert clean_paste(pasted) == kept


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7", "2026-12-01"),
        ("+7", "2026-12-01"),
        ("besok", "2026-11-25"),
        ("senin", "2026-11-30"),
        ("1/12", "2026-12-01"),
    ],
)
def test_due_dates_in_plain_words(qtbot, shown, clock, typed, day):
    edit = widgets.SmartDateEdit(clock, "id", "due_date")
    shown(group_of(edit, widgets.TextEdit()), 300, 90)
    qtbot.keyClicks(edit, typed)
    assert edit.day().isoformat() == day
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.value() == day
    assert edit.text() == KINDS["due_date"].show(day)


def test_the_calendar_opens_by_key_and_writes_the_day(qtbot, shown, clock):
    edit = widgets.SmartDateEdit(clock, "id", calendar="Buka kalender")
    shown(edit, 300, 40)
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = edit._calendar
    assert calendar.isVisible()
    assert calendar.selectedDate().toPython() == clock.today()
    calendar.activated.emit(calendar.selectedDate())
    assert not calendar.isVisible()
    assert edit.value() == "2026-11-24"


def test_money_is_shown_whole_after_leaving(qtbot, shown):
    money = widgets.MoneyEdit()
    shown(group_of(money, widgets.TextEdit()), 300, 90)
    money.setFocus()
    qtbot.keyClicks(money, "1,5 juta")
    qtbot.keyClick(money, Qt.Key.Key_Tab)
    assert money.text() == "Rp1.500.000"


VILLAGES = {"1": "Patokan", "2": "Patemon", "3": "Semampir"}


@pytest.fixture
def choice():
    def find(typed):
        return [(code, name) for code, name in VILLAGES.items() if name.casefold().startswith(typed.casefold())]

    return widgets.ChoiceSearchEdit(find, lambda code: VILLAGES[code])


def test_three_letters_and_enter_choose_the_first(qtbot, shown, choice):
    shown(choice, 300, 40)
    choice.setFocus()
    qtbot.keyClicks(choice, "pat")
    assert choice.value() is None
    assert choice._popup.isVisible()
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(choice._popup, Qt.Key.Key_Return)
    assert told.args == ["1"]
    assert choice.text() == "Patokan"
    assert choice.value() == "1"


def test_arrow_chooses_another_and_more_typing_forgets(qtbot, shown, choice):
    shown(choice, 300, 40)
    qtbot.keyClicks(choice, "pat")
    qtbot.keyClick(choice._popup, Qt.Key.Key_Down)
    qtbot.keyClick(choice._popup, Qt.Key.Key_Return)
    assert choice.value() == "2"
    choice.setCursorPosition(len(choice.text()))
    qtbot.keyClicks(choice, "x")
    assert choice.value() is None
    assert not choice._popup.isVisible()


def test_a_single_match_is_taken_when_the_field_is_left(qtbot, shown, choice):
    shown(group_of(choice, widgets.TextEdit()), 300, 90)
    choice.setFocus()
    qtbot.keyClicks(choice, "sem")
    choice._popup.hide()
    choice.left.emit()
    assert choice.value() == "3"


def test_segments_by_arrow_and_may_be_empty(qtbot, shown):
    seg = widgets.Segmented([("P", "Perempuan"), ("L", "Laki-laki")])
    shown(seg, 300, 40)
    assert seg.value() is None
    seg.setFocus()
    heard = []
    seg.chosen.connect(heard.append)
    qtbot.keyClick(seg.buttons()[0], Qt.Key.Key_Right)
    assert seg.value() == "L"
    qtbot.keyClick(seg.buttons()[1], Qt.Key.Key_Left)
    assert heard == ["L", "P"]
    seg.set_value(None)
    assert seg.value() is None


def test_a_digit_chooses_an_answer(qtbot, shown):
    answers = widgets.Answers(
        [("a", "Sudah", "", ""), ("b", "Dibacakan", "Tulis nama saksi.", "users"), ("c", "Belum", "", "")]
    )
    shown(answers, 600, 220)
    heard = []
    answers.chosen.connect(heard.append)
    assert answers.value() is None
    qtbot.keyClicks(answers.rows[0], "2")
    assert answers.value() == "b"
    qtbot.keyClicks(answers.rows[0], "9")
    qtbot.mouseClick(answers.rows[2], Qt.MouseButton.LeftButton)
    assert heard == ["b", "c"]
    answers.set_value(None)
    assert answers.value() is None


def test_tab_leaves_a_text_area(qtbot, shown):
    area, after = widgets.TextArea(), widgets.TextEdit()
    shown(group_of(area, after), 300, 200)
    area.setFocus()
    qtbot.keyClicks(area, "baris")
    with qtbot.waitSignal(area.left):
        qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.text() == "baris"


def test_a_field_says_its_problem_without_jumping(qtbot, shown):
    edit = widgets.TextEdit()
    field = widgets.Field("NI&K", edit, help_="16 angka di KTP.", tag="(boleh kosong)")
    shown(field, 300, 90)
    height = field.sizeHint().height()
    assert (edit.accessibleName(), edit.accessibleDescription()) == ("NIK", "16 angka di KTP.")
    field.show_problem("Kurang 1 angka.")
    assert field.problem == "Kurang 1 angka."
    assert edit.accessibleDescription() == "Kurang 1 angka."
    assert abs(field.sizeHint().height() - height) <= 1
    field.show_problem("")
    assert (field.problem, edit.accessibleDescription()) == ("", "16 angka di KTP.")


def test_the_summary_takes_the_focus_and_its_lines_lead(qtbot, shown):
    summary = widgets.ErrorSummary()
    whole = group_of(widgets.TextEdit(), summary)
    shown(whole, 500, 200)
    led = []
    summary.show_problems(
        "Ada 2 isian", [("NIK: kurang 1 angka.", lambda: led.append("nik")), ("Nama", lambda: led.append("name"))]
    )
    assert summary.hasFocus()
    assert summary.accessibleName() == "Ada 2 isian"
    qtbot.keyClick(summary, Qt.Key.Key_Return)
    qtbot.keyClick(summary, Qt.Key.Key_Down)
    qtbot.keyClick(summary, Qt.Key.Key_Down)
    qtbot.keyClick(summary, Qt.Key.Key_Return)
    assert led == ["nik", "name"]
    summary.clear()
    assert not summary.isVisible()


def test_one_toast_at_a_time_and_its_action_runs_once(qtbot, shown):
    window = QWidget()
    shown(window, 800, 400)
    toast = widgets.Toast(window)
    undone = []
    toast.say("Tersimpan di laptop ini.")
    assert toast._timer.isActive()
    toast.say("B-011 disimpan.", "Batalkan", lambda: undone.append(1))
    assert not toast._timer.isActive()
    assert toast.geometry().bottom() < window.height()
    toast._action.click()
    assert undone == [1]
    assert not toast.isVisible()


def test_the_focus_ring_follows_the_keyboard_not_the_mouse(qtbot, shown):
    first, second = widgets.HintButton("Simpan", "primary", hint="F9"), widgets.HintButton("Batal")
    window = group_of(first, second)
    shown(window, 400, 200)
    ring = widgets.FocusRing(window)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry().contains(second.geometry())
    window.layout().setContentsMargins(40, 40, 0, 0)
    window.layout().activate()
    assert ring.geometry().contains(second.geometry())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=first.geometry().center())
    assert first.hasFocus()
    assert not ring.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert ring.isVisible()


def test_the_ring_stays_inside_what_scrolls(qtbot, shown):
    first, last = widgets.HintButton("Simpan"), widgets.HintButton("Batal")
    inner, window = QWidget(), QWidget()
    stack = QVBoxLayout(inner)
    for part in (first, last):
        stack.addWidget(part)
    inner.setMinimumHeight(600)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    QVBoxLayout(window).addWidget(area)
    shown(window, 400, 240)
    ring = widgets.FocusRing(window, by_keyboard=True)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    view = QRect(area.viewport().mapTo(window, QPoint(0, 0)), area.viewport().size())
    top = first.mapTo(window, QPoint(0, 0)).y()
    area.verticalScrollBar().setValue(top - view.top() + 10)  # half of the button is gone
    assert ring.isVisible()
    assert ring.mask().boundingRect().translated(ring.pos()).top() >= view.top()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not ring.isVisible()


def test_a_long_name_is_read_from_its_beginning_once_nobody_types(shown):
    edit, other = widgets.TextEdit(), widgets.TextEdit()
    edit.setText("Siti Aminah Nur Hasanah binti Haji Abdurrahman Wahid")
    holder, line = QWidget(), QVBoxLayout()
    holder.setLayout(line)
    line.addWidget(edit)
    line.addWidget(other)
    shown(holder)
    edit.setFocus()
    edit.end(False)
    QTest.keyClicks(edit, "!")
    assert edit.text().endswith("Wahid!")
    other.setFocus()
    assert edit.cursorPosition() == 0


def test_the_bold_words_of_a_banner_flow_into_its_text(shown):
    banner = widgets.Banner("amber", "Belum ada internet.", "Data Anda aman di laptop ini. " * 6)
    shown(banner, 420, 160)
    assert banner.text.height() > 2 * banner.fontMetrics().height()
    banner.say("Hartatik & <Suliha>")
    assert banner.text.accessibleName() == "Belum ada internet. Hartatik & <Suliha>"
    assert "&lt;Suliha&gt;" in banner.text.text()
    short = widgets.Banner("amber", "Belum ada internet.", "Aman.")
    shown(short, 420, 60)
    middle = short.text.mapTo(short, QPoint(0, 0)).y() + short.text.height() / 2
    assert abs(middle - short.height() / 2) <= 1


def test_a_key_stands_on_its_button_and_in_its_tooltip(qtbot, shown):
    plain, hinted = widgets.HintButton("Simpan && cetak"), widgets.HintButton("Simpan && cetak", hint="Ctrl+P")
    for button in (plain, hinted):
        qtbot.addWidget(button)
    assert hinted.hint == "Ctrl P"
    assert hinted.toolTip() == "Simpan & cetak (Ctrl+P)"
    assert hinted.sizeHint().width() > plain.sizeHint().width() + 30


@pytest.mark.parametrize(
    ("name", "letters"), [("Batik Rengganis Ayu", "BR"), ("siti", "S"), ("", "–"), ("(toko) Ana", "A")]
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_kind_has_an_editor_that_gives_back_what_it_was_given(qtbot, clock, kind, lang):
    """Typed texts go in and out unchanged, as a draft needs it."""
    samples = {
        "nik": "3513144705829917", "phone": "081200000142", "village": "3513141017", "region": "3513141017",
        "kbli": "2025:13133", "kbli_list": "2025:13133,2025:10794", "yes_no": "1", "money": "1500000", "date": "2026-11-24", "birth_date": "1982-05-07",
        "due_date": "2026-12-01", "count": "3", "year": "2020", "rt_rw": "3",
    }  # fmt: skip
    declared = Declared("x", KINDS[kind], Words("Isian", "Field"), merge="union" if "," in kind else "later")
    made = editors.editor(declared, editors.Tools(lang, clock, "3513141017"))
    qtbot.addWidget(made.widget)
    typed = KINDS[kind].options[0].code if KINDS[kind].options else samples.get(kind, "contoh")
    made.write(typed)
    assert KINDS[kind].parse(made.typed(), clock.today()) == KINDS[kind].parse(typed, clock.today())
    made.write("")
    assert made.typed() == ""


def test_villages_are_searched_near_the_office_first(clock, qtbot):
    made = editors.editor(Declared("v", KINDS["village"], Words("Kel", "V")), editors.Tools("id", clock, "3513141017"))
    qtbot.addWidget(made.widget)
    assert made.widget._find("pato")[0] == ("3513141017", "Patokan — Kec. Kraksaan")


def test_several_answers_are_chips(qtbot, clock):
    declared = Declared("t", KINDS["topics"], Words("Topik", "Topics"), merge="union")
    made = editors.editor(declared, editors.Tools("id", clock))
    qtbot.addWidget(made.widget)
    made.widget.chips["halal"].click()
    made.widget.chips["nib"].click()
    assert made.typed() == "nib,halal"


def test_enter_presses_the_focused_button_and_tab_stops_once_at_a_segmented_answer(qtbot, shown):
    pressed = []
    before, after = widgets.HintButton("Before", clicked=lambda: pressed.append("before")), widgets.HintButton("After")
    answers = widgets.Segmented([("a", "A"), ("b", "B"), ("c", "C")])
    answers.set_value("b")
    holder = widgets.frame("canvas", widgets.row())
    for part in (before, answers, after):
        holder.layout().addWidget(part)
    shown(holder)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Return)
    assert pressed == ["before"]
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert answers.buttons()[1].hasFocus()
    qtbot.keyClick(answers.buttons()[1], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_long_problem_takes_a_second_line_and_is_never_cut(qtbot, shown):
    field = widgets.Field("No. HP", widgets.TextEdit())
    shown(field, 220, 110)
    one = field._line.height()
    field.show_problem("Nomor HP mulai dengan 08 dan 10–13 angka.")
    assert field._line.height() == 2 * one
    field.show_problem("Kurang 1 angka.")
    assert field._line.height() == one
