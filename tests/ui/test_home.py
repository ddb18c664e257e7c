"""Beranda: figures, follow-ups by single keys, what was left unfinished, and the calm banner."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from models import summaries
from models.i18n import Words
from models.store import Store
from tests.factories import consultation, follow_up, register
from tests.fakes import FrozenClock
from tests.ui.desk import Desk
from ui import follow_up_card
from ui.context import Context
from ui.events import SyncState
from ui.home_page import HomePage, greeting
from ui.postpone import PostponeMenu, proposals

Show = Callable[..., QWidget]
OFFLINE = SyncState("wait", Words("Tanpa internet", "No internet"))


@pytest.fixture
def office(store: Store) -> Store:
    """Two businesses, a session, four follow-ups of which one is late, and a draft."""
    batik = register(store, 1, owner={"name": "Siti Aminah", "sex": "P"}, name="Batik Rengganis Ayu", nib="1" * 13)
    stik = register(store, 2, owner={"name": "Yuliana", "informed": "signed"}, name="Stik Mangga Renyah")
    store.save("consultation", consultation(**batik))
    for due, what in (("2026-11-20", "Ambil etiket"), ("2026-11-25", "Cek NIB"), ("2026-11-30", "Kirim bahan")):
        store.save("follow_up", follow_up(**batik, due=due, what=what))
    store.save("follow_up", follow_up(**stik, due="2026-11-24", what="", due_time="13.00"))
    store.save_draft("register", "d1", {"entry": {}, "title": "Siti Maryam"})
    store.save_draft("unknown", "d2", {"title": "Nobody"})
    return store


@pytest.fixture
def desk(ctx: Context, office: Store, shown: Show) -> Desk:
    """The page of that office in a window."""
    made = Desk(ctx, HomePage)
    ctx.events.changed.connect(made.page.refresh)
    shown(made)
    home(made).open()
    return made


def home(desk: Desk) -> HomePage:
    assert isinstance(desk.page, HomePage)
    return desk.page


def told(desk: Desk) -> list[str]:
    """The follow-ups on the list, by what they ask for."""
    return [row["what"] for row in home(desk).tasks.list.rows]


def lines(desk: Desk) -> list[str]:
    """The lines of the right column that can be pressed."""
    QApplication.processEvents()
    return [b.accessibleName() for b in home(desk).side.findChildren(QPushButton) if not b.isHidden()]


@pytest.mark.parametrize(
    ("hour", "nip", "said"),
    [
        (9, "", "Selamat pagi, Sri"),
        (11, "197805152003012001", "Selamat siang, Bu Sri"),
        (16, "197805152003011001", "Selamat sore, Pak Sri"),
        (20, "", "Selamat malam, Sri"),
    ],
)
def test_greets_by_the_hour_and_the_person(ctx: Context, clock: FrozenClock, hour: int, nip: str, said: str) -> None:
    clock.forward(hours=hour - 9)
    assert greeting(ctx, nip).id == said


def test_shows_the_figures(desk: Desk) -> None:
    cards = {key: (c.number.text(), c.caption.text()) for key, c in home(desk).stats.items()}
    assert cards == {
        "businesses": ("2", "+2 bulan ini"),
        "sessions": ("1", "1 orang berbeda"),
        "tasks": ("4", "1 terlambat"),
        "nib": ("1", "1 sudah (50 %)"),
    }


@pytest.mark.parametrize(
    ("card", "went"),
    [
        ("businesses", ("owners", {"filters": ()})),
        ("sessions", ("owners", {"filters": ("active",)})),
        ("nib", ("owners", {"filters": ("no_nib",)})),
    ],
)
def test_a_figure_leads_to_its_list(desk: Desk, card: str, went: Any) -> None:
    home(desk).stats[card].click()
    assert desk.went == [went]


def test_the_working_lists(desk: Desk) -> None:
    tasks = home(desk).tasks
    assert [chip.text() for chip in tasks.chips.values()] == ["Sampai besok 3", "Terlambat 1", "7 hari 4"]
    assert told(desk) == ["Ambil etiket", None, "Cek NIB"]
    tasks.chips["late"].click()
    assert told(desk) == ["Ambil etiket"]
    tasks.see_all.click()
    assert told(desk) == ["Ambil etiket", None, "Cek NIB", "Kirim bahan"]
    assert not any(chip.isChecked() for chip in tasks.chips.values())
    tasks.chips["week"].click()
    assert len(told(desk)) == 4
    assert tasks.chips["week"].isChecked()


def test_space_marks_done_and_space_again_takes_it_back(desk: Desk, office: Store) -> None:
    first = home(desk).tasks.list.rows[0]
    desk.press(Qt.Key.Key_Space)
    assert told(desk) == ["Ambil etiket", None, "Cek NIB"]  # still there, struck through
    assert home(desk).tasks.list.is_done(first)
    assert office.get("follow_up", first["id"])["state"] == "done"  # pyright: ignore[reportOptionalSubscript]
    assert home(desk).tasks.chips["late"].text() == "Terlambat 0"
    desk.press(Qt.Key.Key_Space)
    assert not home(desk).tasks.list.is_done(first)
    assert office.get("follow_up", first["id"])["state"] == "open"  # pyright: ignore[reportOptionalSubscript]


def test_what_is_done_leaves_by_itself(desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_up_card, "STRUCK_MILLIS", 1)
    desk.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: told(desk) == [None, "Cek NIB"])
    assert home(desk).tasks.list.current() == home(desk).tasks.list.rows[0]


def test_t_postpones_to_a_working_day_and_can_be_taken_back(desk: Desk, office: Store) -> None:
    first = home(desk).tasks.list.rows[0]
    desk.press(Qt.Key.Key_T)
    menu = desk.findChild(PostponeMenu)
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Besok — Rabu, 25 Nov", "3 hari — Jumat, 27 Nov", "Senin, 30 Nov",
    ]  # fmt: skip
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert office.get("follow_up", first["id"])["due"] == "2026-11-25"  # pyright: ignore[reportOptionalSubscript]
    assert desk.said[-1].id == "Ditunda sampai Rabu, 25 Nov."
    assert desk.offered
    desk.offered()
    assert office.get("follow_up", first["id"])["due"] == "2026-11-20"  # pyright: ignore[reportOptionalSubscript]


@pytest.mark.parametrize(
    ("typed", "due"),
    [("7", "2026-12-01"), ("28/11", "2026-11-30"), ("kemarin", "2026-11-20"), ("1/1/2020", "2026-11-20")],
)
def test_postponing_to_a_typed_date(desk: Desk, office: Store, typed: str, due: str) -> None:
    first = home(desk).tasks.list.rows[0]
    desk.press(Qt.Key.Key_T)
    menu = desk.findChild(PostponeMenu)
    menu.date.setFocus()
    QTest.keyClicks(menu.date, typed)
    QTest.keyClick(menu.date, Qt.Key.Key_Return)
    menu.close()
    assert office.get("follow_up", first["id"])["due"] == due  # pyright: ignore[reportOptionalSubscript]


def test_proposals_skip_the_weekend() -> None:
    friday = [(said.en, day) for said, day in proposals(date(2026, 11, 27))]
    assert friday == [(name, date(2026, 11, 30)) for name in ("Tomorrow", "3 days", "Monday")]


def test_w_copies_a_message(desk: Desk) -> None:
    desk.press(Qt.Key.Key_W)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Salam Bu Siti Aminah, kami dari Kelurahan Patokan")
    assert "Ambil etiket" in text
    assert desk.said[-1].id == "Teks WhatsApp untuk Siti Aminah disalin."


def test_enter_opens_and_f4_begins_a_session(desk: Desk) -> None:
    row = home(desk).tasks.list.rows[0]
    ids = {"owner_id": row["owner_id"], "business_id": row["business_id"]}
    desk.enter()
    desk.press(Qt.Key.Key_F4)
    assert desk.went == [("owners", ids), ("session", ids)]


def test_the_mouse_ticks_undoes_and_opens(desk: Desk) -> None:
    tasks = home(desk).tasks.list
    row, width = tasks.rows[0], tasks.viewport().width()

    def click(x: int) -> None:
        QTest.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, tasks.mark_of(row).center().y()))

    click(20)
    assert tasks.is_done(row)
    click(width - 60)
    assert not tasks.is_done(row)
    click(200)
    assert desk.went == []
    click(width - 20)
    assert desk.went[0][0] == "owners"


def test_a_row_says_everything_to_a_screen_reader(desk: Desk) -> None:
    model = home(desk).tasks.list.model()
    said = [model.index(i, 0).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(2)]
    assert said == [
        "Siti Aminah, Batik Rengganis Ayu, Terlambat 4 hari, Ambil etiket",
        "Yuliana, Stik Mangga Renyah, Hari ini, Pukul 13.00 — Kami hubungi",
    ]


def test_what_waits_stands_at_the_right(desk: Desk) -> None:
    assert lines(desk)[:2] == ["Lanjutkan draf: Siti Maryam, Tersimpan 09.42", "Belum diberi tahu, 1"]
    assert lines(desk)[2:] == ["Stik Mangga Renyah, Yuliana · baru", "Batik Rengganis Ayu, Siti Aminah · baru"]
    for button in home(desk).side.findChildren(QPushButton):
        if not button.isHidden():
            button.click()
    assert [key for key, _ in desk.went] == ["register", "owners", "owners", "owners"]
    assert desk.went[0][1] == {"draft": "d1"}
    assert desk.went[1][1] == {"filters": ("not_informed",)}


def test_a_draft_of_another_day_says_which(desk: Desk, clock: FrozenClock) -> None:
    clock.forward(days=1)
    home(desk).open()
    assert "Lanjutkan draf: Siti Maryam, Tersimpan 24 Nov, 09.42" in lines(desk)


def test_the_banner_comes_with_the_loss_of_the_line_and_can_be_closed_for_the_day(
    desk: Desk, ctx: Context, clock: FrozenClock
) -> None:
    page = home(desk)
    assert page.banner.isHidden()
    ctx.events.sync.emit(OFFLINE)
    assert not page.banner.isHidden()
    assert "data menunggu" in page.banner.text.text()
    assert not page.shows_pill
    page.banner.closed.emit()
    assert page.banner.isHidden()
    assert page.shows_pill
    clock.forward(days=1)
    page.open()
    assert not page.banner.isHidden()
    ctx.events.sync.emit(SyncState("ok", Words("Semua terkirim", "All sent")))
    assert page.banner.isHidden()


def test_changes_elsewhere_arrive(desk: Desk, ctx: Context, office: Store) -> None:
    task = home(desk).tasks.list.rows[1]
    ctx.background.write(desk, lambda store: summaries.finish(store, task["id"]))
    QApplication.processEvents()
    home(desk).refresh(None)
    assert told(desk) == ["Ambil etiket", "Cek NIB"]


def test_an_empty_office_is_told_how_to_begin(ctx: Context, shown: Show) -> None:
    desk = Desk(ctx, HomePage)
    shown(desk)
    home(desk).open()
    buttons = [b for b in home(desk).tasks.findChildren(QPushButton) if b.isVisible()]
    for button in buttons:
        button.click()
    assert [key for key, _ in desk.went] == ["register", "import"]


def test_all_done_names_the_next_day(ctx: Context, store: Store, shown: Show) -> None:
    store.save("follow_up", follow_up(**register(store), due="2026-11-30"))
    desk = Desk(ctx, HomePage)
    shown(desk)
    home(desk).open()
    assert home(desk).tasks.empty_title.text() == "Semua tindak lanjut beres. Bagus!"
    assert home(desk).tasks.empty_text.text() == "Berikutnya: Senin, 30 Nov."


def test_the_list_takes_the_focus_when_its_rows_arrive(ctx: Context, office: Store, shown: Show) -> None:
    asked: list[Any] = []
    made = Desk(ctx, HomePage)
    ctx.background.read = lambda parent, work, done, failed=None: asked.append((work, done))  # type: ignore[method-assign, assignment]
    made.layout().addWidget(made.page.buttons()[0])  # type: ignore[union-attr]
    shown(made)
    made.page.open()
    assert made.focus() is made.page.buttons()[0]
    for work, done in asked:
        done(work(office))
    assert made.focus() is home(made).tasks.list


def test_lines_that_lose_their_room_while_the_page_is_away_do_not_crowd(desk: Desk, store: Store) -> None:
    desk.page.hide()
    for n in range(12):
        register(store, n + 20, owner={"informed": "not_yet"})
    home(desk).open()
    QApplication.processEvents()
    desk.page.show()
    QApplication.processEvents()

    recent = home(desk).side.recent
    shown = [b for b in recent.findChildren(QPushButton) if b.isVisible()]
    assert 2 < len(shown) < 12
    assert all(below.y() - above.y() >= above.sizeHint().height() for above, below in pairwise(shown))
    assert shown[-1].geometry().bottom() < recent.height()
