"""Daftarkan usaha and Pemberitahuan: by keys alone, nothing lost, nothing half."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from models import hints, registration  # noqa: F401 - hints brings the search index
from models.errors import DiskFull
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE, FrozenClock
from tests.ui.desk import Desk
from ui import theme
from ui.context import Context
from ui.register_page import RegisterPage
from ui.words import register as words

SITI = {
    "owner.name": "Siti Aminah", "owner.nik": "3513 1447 0582 9917", "owner.phone": "0812-0000-0142",
    "owner.village": VILLAGE, "business.name": "Batik Rengganis Ayu", "consent.informed": "signed",
}  # fmt: skip
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(ctx: Context, shown: Callable[..., QWidget]) -> Iterator[Desk]:
    """The page as F2 opens it."""
    made = Desk(ctx, RegisterPage)
    shown(made)
    made.page.open()
    yield made
    made.page.leave()


def edit(desk: Desk, key: str) -> Any:
    return desk.page.form.form.editors[key].widget


def problem(desk: Desk, key: str) -> str:
    return desk.page.form.form.fields[key].problem


def fill_four(desk: Desk) -> None:
    """The four mandatory fields, typed."""
    desk.page.form.form.lead_to("owner.name")
    desk.type("Mistijah")
    desk.page.form.form.lead_to("owner.phone")
    desk.type("081200000791")
    desk.page.form.form.lead_to("business.name")
    desk.type("Keripik Bu Mis")


def test_registers_with_at_most_seventy_keys_and_no_mouse(desk: Desk, store: Store) -> None:
    assert desk.focus() is edit(desk, "owner.name")
    desk.type("Mistijah")
    desk.enter()
    desk.type("3513144705829917")
    desk.enter()
    desk.type("081200000791")
    desk.enter()
    desk.press(Qt.Key.Key_U, ALT)
    desk.type("Keripik Bu Mis")
    desk.enter()
    desk.type("keri")
    desk.enter()
    desk.submit()
    desk.type("1")
    desk.submit()
    assert desk.keys <= 70
    (owner,) = store.find("owner")
    (business,) = store.find("business")
    assert (owner["name"], owner["nik"], owner["phone"]) == ("Mistijah", "3513144705829917", "+6281200000791")
    assert (owner["sex"], owner["birth_date"], owner["village"]) == ("P", "1982-05-07", VILLAGE)
    assert (business["name"], business["kbli"][:5]) == ("Keripik Bu Mis", "2025:")
    assert "keri" in business["activity"].casefold()
    assert store.find("consent")[0]["informed"] == "signed"
    assert desk.went == [("owners", {"owner_id": owner["id"], "business_id": business["id"]})]
    assert desk.said == [words.SAVED]


def test_every_mnemonic_leads_to_its_field(desk: Desk) -> None:
    for key, field in desk.page.form.form.fields.items():
        text = field.title.text()
        letter = Qt.Key(ord(text[text.index("&") + 1].upper()))
        desk.press(letter, ALT)
        widget = edit(desk, key)
        assert desk.focus() is widget or widget.isAncestorOf(desk.focus()), key


def test_nik_groups_counts_and_fills(desk: Desk) -> None:
    desk.enter()
    desk.type("351314470582991")
    assert edit(desk, "owner.nik").text() == "3513 1447 0582 991"
    assert edit(desk, "owner.nik").count() == "15/16"
    assert problem(desk, "owner.nik") == ""  # never while it is typed
    desk.enter()
    assert problem(desk, "owner.nik") == "Kurang 1 angka. NIK berisi 16 angka."
    desk.page.form.form.lead_to("owner.nik")
    desk.press(Qt.Key.Key_End)
    desk.type("7")
    assert problem(desk, "owner.nik") == ""
    assert desk.page.form.typed()["owner.sex"] == "P"
    assert edit(desk, "owner.birth_date").text() == "7 Mei 1982"
    assert desk.page.form.form.fields["owner.sex"].findChildren(QLabel)[-1].text() == "Terisi dari NIK."


def test_nik_does_not_overwrite_what_a_person_wrote(desk: Desk) -> None:
    desk.page.form.form.lead_to("owner.birth_date")
    desk.type("8/5/1982")
    desk.page.form.form.lead_to("owner.nik")
    desk.type("3513144705829917")
    desk.enter()
    assert edit(desk, "owner.birth_date").text() == "8 Mei 1982"
    assert "KTP" in problem(desk, "owner.birth_date")


def test_without_the_four_nothing_is_saved(desk: Desk, store: Store) -> None:
    desk.submit()
    summary = desk.page.form.form.summary
    assert summary.isVisible()
    assert summary.hasFocus()
    said = [label.text() for label in summary.findChildren(QLabel)]
    assert "Ada 3 isian yang perlu diperbaiki" in said
    assert problem(desk, "owner.name") == "Tulis nama pemilik."
    assert problem(desk, "business.name") == "Tulis nama usaha."
    desk.submit()
    assert not desk.page.view.at_notice
    desk.page.form.form.summary.setFocus()
    desk.enter()
    assert desk.focus() is edit(desk, "owner.name")
    assert store.count("owner") == 0


def test_soft_faults_are_said_once_then_saved_as_they_stand(desk: Desk, store: Store) -> None:
    fill_four(desk)
    desk.page.form.form.lead_to("owner.nik")
    desk.type("351314470582991")
    desk.submit()
    said = [label.text() for label in desk.page.form.form.summary.findChildren(QLabel)]
    assert "Tekan Ctrl+Enter lagi untuk menyimpan apa adanya." in said
    desk.submit()
    assert desk.page.view.at_notice
    desk.type("1")
    desk.submit()
    assert store.find("owner")[0]["nik"] == "351314470582991"


def test_another_fault_is_said_again(desk: Desk) -> None:
    fill_four(desk)
    desk.page.form.form.lead_to("owner.nik")
    desk.type("351314470582991")
    desk.submit()
    desk.page.form.form.lead_to("business.nib")
    desk.type("123")
    desk.submit()
    assert not desk.page.view.at_notice


def test_the_question_must_be_answered_and_nothing_is_preset(desk: Desk, store: Store) -> None:
    fill_four(desk)
    desk.submit()
    notice = desk.page.notice
    assert [row.isChecked() for row in notice.answers.rows] == [False] * 4
    assert [p.value() for p in notice.purposes.values()] == ["", "", ""]
    desk.submit()
    assert notice.summary.isVisible()
    assert store.count("owner") == 0


def test_digits_answer_and_purposes_are_taken_back(desk: Desk, store: Store) -> None:
    fill_four(desk)
    desk.submit()
    desk.type("2")
    notice = desk.page.notice
    assert notice.witness.isVisible()
    yes, no = notice.purposes["filing"].answers.buttons()
    yes.click()
    notice.purposes["photo"].answers.buttons()[1].click()
    no.click()
    no.click()  # pressed again: not asked after all
    assert notice.purposes["filing"].value() == ""
    yes.click()
    desk.submit()
    (consent,) = store.find("consent")
    assert (consent["informed"], consent["filing"], consent["photo"], consent["sharing"]) == (
        "read_aloud",
        "yes",
        "no",
        None,
    )


def test_refusal_is_asked_once_and_leaves_one_count(desk: Desk, store: Store, ctx: Context) -> None:
    fill_four(desk)
    desk.page.save_draft()
    desk.submit()
    desk.type("4")
    ctx.dialogs.answer = False
    desk.submit()
    assert store.drafts("register") != []
    ctx.dialogs.answer = True
    desk.submit()
    assert [q.title for q in ctx.dialogs.asked] == [words.REFUSE_TITLE] * 2
    assert store.setting("refusals:2026-11") == 1
    assert store.drafts() == []
    assert store.count("owner") == 0
    assert desk.page.form.typed()["owner.name"] == ""


def test_draft_is_kept_by_itself_and_resumed(desk: Desk, store: Store, clock: FrozenClock, qtbot: Any) -> None:
    clock.forward(seconds=15)
    desk.type("Siti Aminah")
    with qtbot.waitSignal(desk.page.draft.noted, timeout=5000):
        pass  # a second after the last key
    assert desk.page.draft.note.text() == "Draf tersimpan otomatis 09.42.15"
    desk.enter()
    desk.type("3513")
    desk.enter()  # leaving a field keeps it too
    (draft,) = store.drafts("register")
    assert draft.data["title"] == "Siti Aminah"
    desk.press(Qt.Key.Key_Escape)
    assert desk.went == [("back", {})]
    desk.page.open()
    assert desk.page.form.typed()["owner.name"] == ""
    desk.page.open(draft=draft.key)
    assert desk.page.form.typed()["owner.name"] == "Siti Aminah"
    assert edit(desk, "owner.nik").text() == "3513"


def test_what_is_typed_stands_there_again_in_another_look(desk: Desk, ctx: Context) -> None:
    assert desk.page.again() == {}
    desk.type("Mistijah")
    desk.page.leave()
    anew = Desk(ctx, RegisterPage)
    anew.page.open(**desk.page.again())
    assert anew.page.form.typed()["owner.name"] == "Mistijah"


def test_a_correction_left_unfinished_goes_on_instead_of_a_second_draft(desk: Desk, store: Store) -> None:
    ids = register(store, 1, name="Keripik Contoh")
    for _ in range(2):
        desk.page.open(**ids)
        edit(desk, "owner.address").setFocus()
        desk.type("Jl. Mawar")
        desk.page.save_draft()
        desk.page.cancel()
    (draft,) = store.drafts("register")
    assert draft.data["entry"]["owner.address"] == "Jl. MawarJl. Mawar"


def test_an_untouched_page_leaves_no_draft(desk: Desk, store: Store) -> None:
    desk.page.save_draft()
    desk.press(Qt.Key.Key_Escape)
    assert store.drafts() == []


def test_draft_is_deleted_only_after_asking(desk: Desk, store: Store, ctx: Context) -> None:
    desk.type("Siti")
    desk.page.save_draft()
    ctx.dialogs.answer = False
    desk.page.delete_draft()
    assert len(store.drafts()) == 1
    ctx.dialogs.answer = True
    desk.page.delete_draft()
    assert store.drafts() == []
    assert ctx.dialogs.asked[0].title.id == "Hapus draf “Siti”?"


def test_leaving_and_coming_back_finds_the_entry_as_it_was(desk: Desk) -> None:
    desk.type("Siti")
    desk.page.leave()
    desk.page.open()
    assert desk.page.form.typed()["owner.name"] == "Siti"


def test_same_phone_is_shown_beside_and_the_owner_can_be_used(desk: Desk, store: Store) -> None:
    _, siti = registration.register(store, SITI)
    fill_four(desk)
    desk.page.form.form.lead_to("owner.phone")
    edit(desk, "owner.phone").clear()
    desk.type("081200000142")
    desk.enter()
    panel = desk.page.hints
    assert panel.taken == {"phone"}
    desk.press(Qt.Key.Key_D, ALT)
    assert desk.focus() is panel.buttons[0]
    desk.enter()
    assert desk.page.form.typed()["owner.name"] == "Siti Aminah"
    assert desk.page.form.typed()["business.name"] == "Keripik Bu Mis"
    desk.submit()
    desk.submit()  # her answer stands already
    assert store.count("owner") == 1
    assert {b["name"] for b in store.find("business", owner_id=siti.owner_id)} == {
        "Batik Rengganis Ayu",
        "Keripik Bu Mis",
    }


def test_same_nik_opens_what_is_there(desk: Desk, store: Store) -> None:
    _, siti = registration.register(store, SITI)
    fill_four(desk)
    desk.page.form.form.lead_to("owner.nik")
    desk.type("3513144705829917")
    desk.enter()
    assert desk.page.view.footer.primary.text() == "Buka data yang ada"
    desk.submit()
    assert desk.went == [("owners", {"owner_id": siti.owner_id, "business_id": siti.business_id})]
    assert store.drafts("register") != []


def test_same_nik_of_another_person_is_saved_with_a_reason(desk: Desk, store: Store) -> None:
    registration.register(store, SITI)
    fill_four(desk)
    desk.page.form.form.lead_to("owner.nik")
    desk.type("3513144705829917")
    desk.enter()
    panel = desk.page.hints
    panel.keep_apart.emit()
    assert panel.reason.hasFocus()  # not without a reason
    desk.type("NIK salah di data lama")
    desk.enter()
    desk.type("1")
    desk.submit()
    mistijah = next(o for o in store.find("owner") if o["name"] == "Mistijah")
    assert mistijah["note"] == "Orang berbeda dengan NIK yang sama: NIK salah di data lama"


def test_correcting_writes_only_what_changed(desk: Desk, store: Store) -> None:
    _, siti = registration.register(store, SITI)
    desk.page.open(owner_id=siti.owner_id, business_id=siti.business_id)
    assert desk.page.title() == "Ubah data usaha"
    assert edit(desk, "owner.nik").text() == "3513 1447 0582 9917"
    desk.page.form.form.lead_to("owner.rt")
    desk.type("3")
    desk.submit()
    assert [c.field for c in store.history("owner", siti.owner_id)] == ["rt"]
    assert desk.went[-1][0] == "owners"


def test_a_full_disk_loses_nothing(desk: Desk, store: Store, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_four(desk)
    desk.submit()
    desk.type("1")

    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(registration, "register", full)
    desk.submit()
    assert [type(e) for e in ctx.dialogs.errors] == [DiskFull]
    assert desk.page.form.typed()["owner.name"] == "Mistijah"
    monkeypatch.undo()
    desk.submit()
    assert store.count("owner") == 1


def test_pasted_rubbish_is_cleaned_at_the_field(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("Siti\x00 Ami\nnah")
    desk.press(Qt.Key.Key_V, CTRL)
    assert edit(desk, "owner.name").text() == "Siti Ami nah"


def test_village_search_begins_at_home_and_can_go_outside(desk: Desk) -> None:
    desk.page.form.form.lead_to("owner.village")
    village = edit(desk, "owner.village")
    village.selectAll()
    desk.type("semam")
    desk.enter()
    assert desk.page.form.typed()["owner.village"] == "3513141003"
    village.selectAll()
    desk.type("gubeng")
    desk.enter()  # no such village at home: the line "Di luar wilayah"
    desk.enter()
    assert desk.page.form.typed()["owner.village"].startswith("3578")


def test_a_product_outside_the_list_is_other(desk: Desk) -> None:
    desk.page.form.form.lead_to("business.activity")
    desk.type("xyzq")
    desk.page.form.form.lead_to("business.name")
    assert problem(desk, "business.activity") == "" or "Lainnya" in problem(desk, "business.activity")
    desk.page.form.form.lead_to("business.activity")
    edit(desk, "business.activity").clear()
    desk.type("xyzq")
    desk.enter()
    entry = desk.page.form.typed()
    assert (entry["business.activity"], entry["business.kbli"]) == ("xyzq", "")
    assert desk.page.form.check_key("business.activity", "xyzq") == []


def test_sales_of_a_month_show_the_year_and_the_scale(desk: Desk) -> None:
    desk.page.form.form.lead_to("business.sales_month")
    desk.type("1,5 juta")
    said = {label.text() for label in desk.page.form.findChildren(QLabel)}
    assert {"Rp18.000.000/tahun", "Mikro: penjualan sampai Rp2 miliar per tahun"} <= said


@pytest.mark.parametrize("lang", ["id", "en"])
def test_mnemonics_are_unique_and_every_edit_is_named(ctx: Context, shown: Callable[..., QWidget], lang: str) -> None:
    ctx.lang = lang  # pyright: ignore[reportAttributeAccessIssue]
    desk = Desk(ctx, RegisterPage)
    shown(desk)
    desk.page.open()
    labels = [f.title.text() for f in desk.page.form.form.fields.values()]
    letters = [text[text.index("&") + 1].casefold() for text in labels]
    assert len(set(letters)) == len(letters)
    assert "d" not in letters  # Alt+D leads to the hints
    for kind in (QLineEdit, QPlainTextEdit):
        assert all(w.accessibleName() for w in desk.findChildren(kind))


@pytest.mark.parametrize(("width", "height", "k"), [(1366, 688, 1.0), (1100, 640, 1.0), (1366, 688, 1.28)])
def test_nothing_stands_outside(
    ctx: Context, shown: Callable[..., QWidget], wear: Any, width: int, height: int, k: float
) -> None:
    wear(theme.Theme("light", k))
    ctx.theme = theme.Theme("light", k)
    desk = Desk(ctx, RegisterPage)
    shown(desk, width - (208 if width >= 1180 else 60), height - 56)
    desk.page.open()
    QApplication.processEvents()
    for step in (0, 3):
        desk.page.show_step(step)
        QApplication.processEvents()
        area: QScrollArea = desk.page.view.steps.currentWidget()
        assert area.widget().width() <= area.viewport().width()
        for child in area.widget().findChildren(QWidget):
            if child.isVisible() and child.window() is desk:
                right = child.mapTo(area.widget(), child.rect().topRight()).x()
                assert right <= area.widget().width(), child


def test_escape_in_the_panel_returns_to_the_field_and_leaves_nothing(desk: Desk, store: Store) -> None:
    registration.register(store, SITI)
    desk.page.form.form.lead_to("owner.phone")
    desk.type("081200000142")
    desk.enter()
    where = desk.focus()
    desk.press(Qt.Key.Key_D, ALT)
    assert desk.page.hints.isAncestorOf(desk.focus())
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is where
    assert desk.went == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.went[-1][0] == "back"
