"""Forms over declared fields: inline checks, Enter, the summary, drafts, mnemonics."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from models.businesses import BUSINESS
from models.i18n import Words
from models.owners import OWNER
from models.schema import Problem
from ui.form import Form, mnemonics, summary_line

NAMES = ("name", "nik", "phone", "sex", "village", "birth_date", "note")


@pytest.fixture
def form(ctx):
    return Form(ctx, {name: OWNER[name] for name in NAMES}, titles={"nik": Words("NI&K", "NI&K")})


@pytest.fixture
def page(form, shown):
    whole = QWidget()
    stack = QVBoxLayout(whole)
    stack.addWidget(form.summary)
    for field in form.fields.values():
        stack.addWidget(field)
    shown(whole, 600, 900)
    return whole


def edit(form, key):
    return form.editors[key].widget


def test_a_field_is_checked_when_it_is_left_not_while_typing(form, page, qtbot):
    edit(form, "nik").setFocus()
    qtbot.keyClicks(edit(form, "nik"), "351314470582991")
    assert form.fields["nik"].problem == ""
    qtbot.keyClick(edit(form, "nik"), Qt.Key.Key_Tab)
    assert "Kurang 1 angka" in form.fields["nik"].problem
    edit(form, "nik").setFocus()
    edit(form, "nik").end(False)
    qtbot.keyClicks(edit(form, "nik"), "7")
    assert form.fields["nik"].problem == ""


def test_a_mended_line_leaves_the_summary_and_the_caret_stays(form, page, qtbot):
    wrong = [Problem("error", "x", Words("Kurang 1 angka.", "1 digit missing."), key) for key in ("nik", "phone")]
    form.show_problems(wrong)
    assert said(form) == [
        "Ada 2 isian yang perlu diperbaiki",
        "NIK: kurang 1 angka.",
        "No. HP / WhatsApp: kurang 1 angka.",
    ]
    edit(form, "nik").setFocus()
    qtbot.keyClicks(edit(form, "nik"), "3513144705829917")
    qtbot.keyClick(edit(form, "nik"), Qt.Key.Key_Return)
    assert said(form) == ["Ada 1 isian yang perlu diperbaiki", "No. HP / WhatsApp: kurang 1 angka."]
    assert edit(form, "phone").hasFocus()
    qtbot.keyClicks(edit(form, "phone"), "081200000142")
    qtbot.keyClick(edit(form, "phone"), Qt.Key.Key_Tab)
    assert not form.summary.isVisible()


def said(form):
    """What the summary lists."""
    parts = form.summary.findChildren(QLabel) + form.summary.findChildren(QPushButton)
    return [part.text() for part in parts if part.text() and not part.isHidden()]


def test_an_empty_field_says_nothing_when_it_is_passed(form, page, qtbot):
    edit(form, "name").setFocus()
    qtbot.keyClick(edit(form, "name"), Qt.Key.Key_Tab)
    assert form.fields["name"].problem == ""


def test_enter_goes_from_field_to_field_but_not_out_of_a_text_area(form, page, qtbot):
    edit(form, "name").setFocus()
    qtbot.keyClick(edit(form, "name"), Qt.Key.Key_Return)
    assert edit(form, "nik").hasFocus()
    qtbot.keyClick(edit(form, "nik"), Qt.Key.Key_Return)
    assert edit(form, "phone").hasFocus()
    edit(form, "note").setFocus()
    qtbot.keyClicks(edit(form, "note"), "a")
    qtbot.keyClick(edit(form, "note"), Qt.Key.Key_Return)
    assert form.typed()["note"] == "a\n"


def test_choosing_a_village_goes_on(form, page, qtbot):
    edit(form, "village").setFocus()
    qtbot.keyClicks(edit(form, "village"), "patokan")
    qtbot.keyClick(edit(form, "village")._popup, Qt.Key.Key_Return)
    assert form.typed()["village"] == "3513141017"
    assert edit(form, "birth_date").hasFocus()


def test_typing_is_told_for_the_draft_and_the_draft_comes_back(form, page, ctx, qtbot):
    heard = []
    form.changed.connect(heard.append)
    qtbot.keyClicks(edit(form, "name"), "Siti")
    form.editors["sex"].widget.buttons()[1].click()
    assert heard == ["name"] * 4 + ["sex"]
    draft = form.typed()
    again = Form(ctx, {name: OWNER[name] for name in NAMES})
    again.write(draft | {"gone": "x"})
    assert again.typed() == draft


def test_stored_values_go_in_and_out_unchanged(form):
    row = {
        "name": "Siti Aminah", "nik": "3513144705829917", "phone": "+6281200000142", "sex": "P",
        "village": "3513141017", "birth_date": "1982-05-07", "note": None,
    }  # fmt: skip
    form.fill(row)
    assert form.values() == row


@pytest.mark.parametrize("entity", [OWNER, BUSINESS], ids=lambda e: e.name)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_form_of_all_fields_is_accessible_and_its_mnemonics_are_unique(ctx, entity, lang, qtbot):
    ctx.lang = lang
    form = Form(ctx, {f.name: f for f in entity.fields})
    letters = [t[t.index("&") + 1].casefold() for t in (f.title.text() for f in form.fields.values()) if "&" in t]
    assert len(letters) == len(set(letters))
    assert len(letters) >= 15
    for key, field in form.fields.items():
        assert field.title.buddy() is field.edit
        assert field.edit.accessibleName() == entity[key].label.to(lang)


def test_problems_are_listed_marked_and_led_to(form, page, qtbot):
    long = Words("Kurang 1 angka. NIK berisi 16 angka.", "1 digit missing.")
    form.show_problems(
        [Problem("error", "x", long, "nik"), Problem("warning", "y", Words("Cocokkan lagi.", "Check."), "sex")]
    )
    assert form.summary.accessibleName() == "Ada 2 isian yang perlu diperbaiki"
    assert form.summary.hasFocus()
    assert form.fields["nik"].problem.startswith("Kurang 1 angka")
    assert form.fields["sex"].problem == "Cocokkan lagi."
    qtbot.keyClick(form.summary, Qt.Key.Key_Return)
    assert edit(form, "nik").hasFocus()
    form.show_problems([])
    assert not form.summary.isVisible()
    assert form.fields["nik"].problem == ""


@pytest.mark.parametrize(
    ("label", "sentence", "line"),
    [
        ("NIK", "Kurang 1 angka.", "NIK: kurang 1 angka."),
        ("Nama lengkap", "Nama lengkap wajib diisi.", "Nama lengkap wajib diisi."),
        ("Usaha", "NIB berisi 13 angka.", "Usaha: NIB berisi 13 angka."),
        ("", "Ada yang salah.", "Ada yang salah."),
    ],
)
def test_summary_lines(label, sentence, line):
    assert summary_line(label, sentence) == line


def test_mnemonics_keep_the_chosen_and_share_no_letter():
    made = mnemonics({"a": "Nama", "b": "&Nomor", "c": "N", "d": "Naon"})
    assert made == {"a": "N&ama", "b": "&Nomor", "c": "N", "d": "Na&on"}
