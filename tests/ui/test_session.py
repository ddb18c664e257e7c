"""The session form: topics by digits, a follow-up on a working day, nothing lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from models import sessions
from models.errors import DiskFull
from models.sessions import Author
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.ui.desk import Desk
from ui import theme
from ui.context import Context
from ui.paper_chooser import PaperChooser
from ui.session_page import SessionPage
from ui.widgets import IconButton

ALT = Qt.KeyboardModifier.AltModifier
SEMAMPIR = "3513141003"


def register(store: Store, village: str = VILLAGE) -> dict[str, str]:
    """An invented owner with a business, as the arguments of the page."""
    owner_id = store.save("owner", owner(village=village, scope=village)).first_id("owner")
    business_id = store.save("business", business(owner_id, nib="0000000000142")).first_id("business")
    return {"owner_id": owner_id, "business_id": business_id}


@pytest.fixture
def who(store: Store) -> dict[str, str]:
    return register(store)


@pytest.fixture
def desk(ctx: Context, shown: Callable[..., QWidget], who: dict[str, str]) -> Iterator[Desk]:
    """The page as F4 opens it for a business."""
    made = Desk(ctx, SessionPage)
    shown(made)
    made.page.open(**who)
    yield made
    made.page.leave()


def lead(desk: Desk, key: str) -> Any:
    desk.page.form.form.lead_to(key)
    return desk.page.form.form.editors[key].widget


def choose(desk: Desk, key: str, number: int) -> None:
    desk.page.form.form.editors[key].widget.buttons()[number].click()


def texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def test_a_session_by_keys_alone(desk: Desk, store: Store, who: dict[str, str]) -> None:
    assert desk.focus() in desk.page.form.topics.chips.values()
    desk.type("35")
    desk.press(Qt.Key.Key_C, ALT)
    desk.type("Standing pouch.")
    desk.press(Qt.Key.Key_L, ALT)
    desk.press(Qt.Key.Key_Right)
    desk.enter()
    desk.type("7")
    desk.submit()
    (session,) = store.find("consultation")
    assert (session["topics"], session["note"], session["place"]) == ("halal,packaging", "Standing pouch.", "office")
    assert (session["owner_id"], session["business_id"]) == (who["owner_id"], who["business_id"])
    (task,) = store.find("follow_up")
    assert (task["kind"], task["due"], task["responsible"]) == ("owner_sends", "2026-12-01", "me")
    assert task["responsible_name"] == "Sri Wahyuni"
    assert desk.keys <= 80
    assert desk.went == [("back", {})]
    assert desk.said[0].id == f"Sesi {session['number']} tersimpan."


def test_tab_leaves_the_topics_for_the_note(desk: Desk) -> None:
    desk.type("1")
    desk.press(Qt.Key.Key_Tab)
    desk.type("a note")
    assert desk.page.form.topics.value() == "nib"
    assert desk.page.form.form.editors["consultation.note"].widget.text() == "a note"


def test_alt_digit_switches_a_topic_from_anywhere(desk: Desk) -> None:
    lead(desk, "consultation.note")
    desk.press(Qt.Key.Key_3, ALT)
    assert desk.page.form.topics.value() == "halal"
    desk.type("3")
    assert desk.page.form.typed()["consultation.note"] == "3"
    desk.press(Qt.Key.Key_3, ALT)
    assert desk.page.form.topics.value() == ""


def test_arrows_move_and_digits_choose_inside_the_topics(desk: Desk) -> None:
    chips = list(desk.page.form.topics.chips.values())
    desk.press(Qt.Key.Key_Right)
    assert desk.focus() is chips[1]
    desk.press(Qt.Key.Key_Down)
    assert desk.focus() is chips[6]
    desk.type("0")
    assert desk.page.form.topics.value() == "other"


def test_who_sits_here_is_shown_with_a_masked_nik(desk: Desk) -> None:
    said = texts(desk.page.header)
    assert "Siti Contoh 1" in said
    assert "Keripik Contoh 1 · Kel. Patokan · 3513 •••• •••• ••01" in said
    assert not any("351314520190" in text for text in said)


def test_without_a_topic_nothing_is_saved(desk: Desk, store: Store) -> None:
    desk.submit()
    summary = desk.page.form.form.summary
    assert summary.hasFocus()
    assert desk.page.form.form.fields["consultation.topics"].problem == "Pilih paling sedikit satu topik."
    desk.enter()
    assert desk.focus() in desk.page.form.topics.chips.values()
    assert store.count("consultation") == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis tenggatnya, mis. 7 atau 1/12."),
        ("32/12", '"32/12" bukan tanggal. Tulis hari/bulan, mis. 1/12.'),
        ("23/11/2026", "Tanggal sudah lewat. Pilih hari ini atau sesudahnya."),
    ],
)
def test_a_due_date_must_be_one(desk: Desk, store: Store, typed: str, sentence: str) -> None:
    desk.type("1")
    choose(desk, "follow_up.kind", 2)
    lead(desk, "follow_up.due")
    desk.type(typed)
    desk.submit()
    assert desk.page.form.form.fields["follow_up.due"].problem == sentence
    assert store.count("follow_up") == 0


def test_the_day_that_is_meant_stands_beside_and_moves_off_a_holiday(desk: Desk, store: Store) -> None:
    choose(desk, "follow_up.kind", 1)
    due = lead(desk, "follow_up.due")
    desk.type("7")
    assert "Selasa, 1 Des 2026" in texts(desk)
    due.clear()
    desk.type("25/12")
    assert "25 Des hari libur (Hari Natal). Dipindah ke Senin, 28 Des 2026 (hari kerja berikutnya)." in texts(desk)
    desk.page.form.topics.press("1")
    desk.submit()
    assert store.find("follow_up")[0]["due"] == "2026-12-28"


def test_the_follow_up_stands_there_only_when_there_is_one(desk: Desk, store: Store) -> None:
    fields = desk.page.form.form.fields
    assert not fields["follow_up.due"].isVisible()
    choose(desk, "follow_up.kind", 1)
    assert fields["follow_up.due"].isVisible()
    assert not fields["follow_up.responsible_name"].isVisible()
    choose(desk, "follow_up.responsible", 2)
    assert fields["follow_up.responsible_name"].isVisible()
    lead(desk, "follow_up.due")
    desk.type("32/12")
    choose(desk, "follow_up.kind", 0)
    desk.page.form.topics.press("1")
    desk.submit()
    assert (store.count("consultation"), store.count("follow_up")) == (1, 0)


def test_the_kasie_of_another_village_is_preset(desk: Desk, store: Store) -> None:
    store.save("staff", {"name": "Rini Astuti", "role": "kasie", "region": SEMAMPIR, "scope": "3513"})
    desk.page.open(**register(store, SEMAMPIR))
    choose(desk, "follow_up.kind", 2)
    buttons = desk.page.form.form.editors["follow_up.responsible"].widget.buttons()
    assert buttons[1].text() == "Kasie Semampir — Rini Astuti"
    assert buttons[1].isChecked()
    desk.page.form.topics.press("1")
    lead(desk, "follow_up.due")
    desk.type("3")
    desk.submit()
    (task,) = store.find("follow_up")
    assert (task["responsible_name"], task["scope"]) == ("Rini Astuti", SEMAMPIR)


def test_another_office_needs_a_name(desk: Desk, store: Store) -> None:
    desk.type("1")
    choose(desk, "follow_up.kind", 2)
    lead(desk, "follow_up.due")
    desk.type("3")
    choose(desk, "follow_up.responsible", 2)
    desk.submit()
    assert desk.page.form.form.fields["follow_up.responsible_name"].problem == "Tulis kantor atau nama orangnya."
    lead(desk, "follow_up.responsible_name")
    desk.type("Dinas Kesehatan")
    desk.submit()
    assert store.find("follow_up")[0]["responsible_name"] == "Dinas Kesehatan"


def test_earlier_sessions_stand_beside(desk: Desk, store: Store, clock: FrozenClock, who: dict[str, str]) -> None:
    assert "Belum pernah ada sesi." in texts(desk.page.past)
    found = sessions.about(store, **who)
    assert found is not None
    sessions.hold(store, found, {"consultation.topics": "nib", "consultation.note": "OSS."}, Author("", "Sri Wahyuni"))
    clock.forward(days=2)
    desk.page.open(**who)
    said = texts(desk.page.past)
    assert {"NIB", "24 Nov 2026", "OSS."} <= said


def test_draft_is_kept_and_resumed_with_its_start(desk: Desk, store: Store, clock: FrozenClock) -> None:
    began = clock.stamp()
    desk.type("3")
    desk.page.save_draft()
    desk.press(Qt.Key.Key_Escape)
    assert desk.went == [("back", {})]
    (draft,) = store.drafts("session")
    assert draft.data["title"] == "Siti Contoh 1"
    clock.forward(minutes=5)
    desk.page.open(draft=draft.key)
    assert desk.page.form.topics.value() == "halal"
    desk.submit()
    assert store.find("consultation")[0]["started_at"] == began
    assert store.drafts() == []


def test_coming_back_finds_the_unfinished_session(desk: Desk, who: dict[str, str]) -> None:
    desk.type("3")
    desk.page.leave()
    desk.page.open(**who)
    assert desk.page.form.topics.value() == "halal"


def test_a_session_left_unfinished_goes_on_instead_of_a_second_draft(
    desk: Desk, store: Store, who: dict[str, str]
) -> None:
    desk.type("3")
    desk.page.save_draft()
    desk.press(Qt.Key.Key_Escape)
    desk.page.open(**who)
    assert desk.page.form.topics.value() == "halal"
    desk.page.save_draft()
    assert len(store.drafts()) == 1


def test_the_next_session_does_not_bring_the_last_one_back_as_a_draft(
    desk: Desk, store: Store, who: dict[str, str]
) -> None:
    for _ in range(2):
        desk.page.open(**who)
        desk.type("1")
        desk.press(Qt.Key.Key_Tab)
        desk.type("a note")
        choose(desk, "follow_up.kind", 1)
        lead(desk, "follow_up.due")
        desk.type("7")
        desk.submit()
    desk.page.leave()
    assert store.count("consultation") == 2
    assert store.drafts() == []


def test_an_untouched_form_leaves_no_draft(desk: Desk, store: Store) -> None:
    desk.page.save_draft()
    desk.press(Qt.Key.Key_Escape)
    assert store.drafts() == []


def test_draft_is_deleted_only_after_asking(desk: Desk, store: Store, ctx: Context) -> None:
    desk.type("3")
    desk.page.save_draft()
    ctx.dialogs.answer = False
    desk.page.delete_draft()
    assert len(store.drafts()) == 1
    ctx.dialogs.answer = True
    desk.page.delete_draft()
    assert store.drafts() == []


def test_the_papers_of_the_owner_are_offered_beside_the_session(desk: Desk, who: dict[str, str]) -> None:
    button = next(b for b in desk.page.findChildren(IconButton) if "Semua cetakan" in b.toolTip())
    button.click()
    [chooser] = desk.findChildren(PaperChooser)
    assert chooser.list.items[0].text.startswith("Untuk Siti Contoh 1")
    assert desk.page.subject() == who


def test_save_and_print_leads_to_the_paper(desk: Desk, store: Store, who: dict[str, str]) -> None:
    desk.type("3")
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert store.count("consultation") == 1
    [held] = store.find("consultation")
    assert desk.went == [("preview", who | {"paper": "konsultasi", "record_id": held["id"]})]


def test_a_full_disk_loses_nothing(desk: Desk, store: Store, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("3")

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(sessions, "hold", full)
    desk.submit()
    assert [type(e) for e in ctx.dialogs.errors] == [DiskFull]
    monkeypatch.undo()
    desk.submit()
    assert store.count("consultation") == 1


def test_without_anybody_it_says_how_to_choose(ctx: Context, shown: Callable[..., QWidget]) -> None:
    desk = Desk(ctx, SessionPage)
    shown(desk)
    desk.page.open()
    assert "Sesi untuk siapa?" in texts(desk)
    desk.submit()
    assert desk.went == []


def test_an_owner_who_is_gone_has_no_form(desk: Desk, store: Store) -> None:
    gone = register(store)
    store.delete("owner", gone["owner_id"])
    desk.page.open(**gone)
    assert "Sesi untuk siapa?" in texts(desk)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_mnemonics_are_unique_and_every_edit_is_named(
    ctx: Context, shown: Callable[..., QWidget], who: dict[str, str], lang: str
) -> None:
    ctx.lang = lang  # pyright: ignore[reportAttributeAccessIssue]
    desk = Desk(ctx, SessionPage)
    shown(desk)
    desk.page.open(**who)
    labels = [f.title.text() for f in desk.page.form.form.fields.values()]
    letters = [text[text.index("&") + 1].casefold() for text in labels]
    assert len(set(letters)) == len(letters)
    for kind in (QLineEdit, QPlainTextEdit):
        assert all(w.accessibleName() for w in desk.findChildren(kind))


@pytest.mark.parametrize(("width", "height", "k"), [(1366, 688, 1.0), (1100, 640, 1.0), (1366, 688, 1.28)])
def test_nothing_stands_outside(
    ctx: Context, shown: Callable[..., QWidget], wear: Any, store: Store, width: int, height: int, k: float
) -> None:
    wear(theme.Theme("light", k))
    ctx.theme = theme.Theme("light", k)
    desk = Desk(ctx, SessionPage)
    shown(desk, width - (208 if width >= 1180 else 60), height - 56)
    desk.page.open(**register(store, SEMAMPIR))
    choose(desk, "follow_up.kind", 1)
    choose(desk, "follow_up.responsible", 2)
    QApplication.processEvents()
    area = desk.page.form
    assert area.widget().width() <= area.viewport().width()
    for child in area.widget().findChildren(QWidget):
        if child.isVisible() and child.window() is desk:
            right = child.mapTo(area.widget(), child.rect().topRight()).x()
            assert right <= area.widget().width(), child
