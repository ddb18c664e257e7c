"""Moving to another village by keys: what goes along, what is refused and why, and taking it back."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models import care, moving
from models.store import Store
from server import staff
from sync.engine import Offline
from tests.factories import consultation, follow_up, register
from tests.fakes import VILLAGE, FrozenClock
from tests.sync.office import Laptop, Office
from tests.ui.desk import Desk
from ui.context import Context
from ui.move_dialog import MoveDialog, along_words
from ui.owners_page import OwnersPage
from ui.widgets import HintButton, StatusChip
from ui.words import moving as words

NEXT = "3513141003"  # Kelurahan Semampir, of the same kecamatan
Show = Callable[..., QWidget]
CTRL = Qt.KeyboardModifier.ControlModifier


def fill(store: Store) -> dict[str, str]:
    """Siti with two businesses, sessions and a follow-up."""
    siti = register(store, 1, owner={"name": "Siti Aminah"}, name="Batik Rengganis Ayu")
    store.save("business", {"owner_id": siti["owner_id"], "name": "Warung Bu Siti", "village": VILLAGE})
    for day in ("2026-11-20", "2026-10-02"):
        store.save("consultation", consultation(**siti, held_on=day))
    store.save("follow_up", follow_up(**siti))
    return siti


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    """Her records on a laptop of Patokan and Semampir; the server knows them."""
    store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write'), (?, 'write')", (VILLAGE, NEXT))
    made = fill(store)
    for name in ("owner", "business", "consultation", "follow_up"):
        store.query(f'UPDATE "{name}" SET _seq = 1')
    return made


@pytest.fixture
def laptop(clock: FrozenClock) -> Laptop:
    """The same, with a real server behind it."""
    office = Office(clock)
    made = office.laptop()
    staff.grant(office.service.db, office.clock, made.device.sender.user, NEXT, "write")
    made.sync()
    return made


def opened(ctx: Context, shown: Show, ids: dict[str, str]) -> Desk:
    """Pelaku Usaha with Siti's business in the panel."""
    made = Desk(ctx, OwnersPage)
    ctx.events.changed.connect(made.page.refresh)
    shown(made)
    made.page.open(**ids)
    return made


@pytest.fixture
def desk(ctx: Context, ids: dict[str, str], shown: Show) -> Desk:
    return opened(ctx, shown, ids)


def page(desk: Desk) -> OwnersPage:
    assert isinstance(desk.page, OwnersPage)
    return desk.page


def asked(desk: Desk) -> MoveDialog:
    """The dialog that Ctrl+M opened."""
    desk.press(Qt.Key.Key_M, CTRL)
    return next(d for d in desk.findChildren(MoveDialog) if d.isVisible())


def choose(dialog: MoveDialog, typed: str) -> None:
    """Type a village and take the first of the list."""
    QTest.keyClicks(dialog.village, typed)
    QTest.keyClick(dialog.village, Qt.Key.Key_Return)


def lose() -> None:
    """The line breaks before the answer."""
    raise Offline


def marks(desk: Desk) -> list[str]:
    QApplication.processEvents()
    return [c.text() for c in page(desk).panel.findChildren(StatusChip)]


def listed(desk: Desk) -> list[bool]:
    rows = page(desk).table.rows
    return [bool((rows.row(i) or {})["moves"]) for i in range(len(rows.ids))]


def test_an_owner_moves_with_everything_and_back_by_keys(desk: Desk, store: Store, ids: dict[str, str]) -> None:
    dialog = asked(desk)
    assert dialog.kept_by.text() == "Siti Aminah · sekarang dijaga Kel. Patokan, Kec. Kraksaan"
    assert dialog.along.text() == "2 usaha, 2 sesi, 1 tindak lanjut ikut pindah."
    assert not dialog.act.isEnabled()
    choose(dialog, "semampir")
    assert (dialog.village.value(), dialog.field.problem) == (NEXT, "")
    assert dialog.isVisible(), "the Enter that chooses the village moves nothing yet"
    QTest.keyClick(dialog.act, Qt.Key.Key_Return)

    assert desk.said == [words.ASKED.fill(name="Siti Aminah", place="Kel. Semampir")]
    assert moving.asked(store, ids["owner_id"]) == NEXT
    assert "Menunggu pindah ke Kel. Semampir" in marks(desk)
    assert listed(desk) == [True, True]
    next(b for b in page(desk).panel.findChildren(HintButton) if b.text() == words.STAY.id).click()
    assert desk.said[-1] == words.STAYS.fill(name="Siti Aminah", place="Kel. Patokan")
    assert moving.asked_for(store) == {}
    assert "Menunggu pindah ke Kel. Semampir" not in marks(desk)
    assert listed(desk) == [False, False]


def test_one_of_two_businesses_moves_alone_and_is_kept_there(ctx: Context, laptop: Laptop, shown: Show) -> None:
    ids = fill(laptop.store)
    laptop.sync()
    ctx.background.store = laptop.store  # pyright: ignore[reportAttributeAccessIssue]
    desk = opened(ctx, shown, ids)
    dialog = asked(desk)
    dialog.which.buttons()[1].click()
    assert dialog.along.text() == "2 sesi, 1 tindak lanjut ikut pindah."
    choose(dialog, "semampir")
    QTest.keyClick(dialog.village, Qt.Key.Key_Return, CTRL)
    laptop.sync()

    assert laptop.get("business", ids["business_id"])["scope"] == NEXT
    assert laptop.get("owner", ids["owner_id"])["scope"] == VILLAGE


def test_what_may_not_be_is_said_beside_the_village(desk: Desk) -> None:
    dialog = asked(desk)
    for typed, sentence in (("patokan, kraksaan", moving.SAME), ("lumbang", moving.NOT_THERE)):
        dialog.village.clear()
        choose(dialog, typed)
        assert (dialog.field.problem, dialog.act.isEnabled()) == (sentence.id, False)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()


def test_a_move_on_its_way_is_not_taken_back(ctx: Context, laptop: Laptop, shown: Show) -> None:
    ids = fill(laptop.store)
    laptop.sync()
    ctx.background.store = laptop.store  # pyright: ignore[reportAttributeAccessIssue]
    desk = opened(ctx, shown, ids)
    dialog = asked(desk)
    choose(dialog, "semampir")
    dialog.act.click()
    laptop.line.before_answer = lose
    assert laptop.sync().offline
    assert desk.offered
    desk.offered()
    assert desk.said[-1] == words.TOO_LATE
    assert moving.asked(laptop.store, ids["owner_id"]) == NEXT


def test_before_there_is_a_server_a_record_moves_at_once_and_back(desk: Desk, store: Store) -> None:
    store.query("DELETE FROM sync_scope")
    new = register(store, 2, owner={"name": "Tutik"}, name="Sambal Pecel Bu Tutik")
    desk.page.open(**new)
    dialog = asked(desk)
    assert dialog.which.isHidden()
    choose(dialog, "semampir")
    dialog.act.click()
    assert desk.said == [words.DONE.fill(name="Tutik", place="Kel. Semampir")]
    assert (store.get("business", new["business_id"]) or {})["scope"] == NEXT
    assert desk.offered
    desk.offered()
    assert (store.get("business", new["business_id"]) or {})["scope"] == VILLAGE


def test_a_village_of_another_office_takes_over_during_an_event_and_it_leaves(desk: Desk, store: Store) -> None:
    store.query("INSERT INTO sync_scope (scope, access) VALUES ('351314', 'write')")
    store.save("event", {"name": "Ngantor", "kind": "clinic", "held_on": "2026-11-24", "state": "planned",
                          "scope": "351314"})  # fmt: skip
    assert care.event_for(store, "3513242008")
    dialog = asked(desk)
    choose(dialog, "lumbang")
    assert dialog.act.isEnabled()
    assert "keluar dari sini" in dialog.leaves.text()


def test_a_record_of_another_office_says_so_at_once(desk: Desk, store: Store, ctx: Context) -> None:
    store.query("UPDATE sync_scope SET access = 'read' WHERE scope = ?", (VILLAGE,))
    desk.press(Qt.Key.Key_M, CTRL)
    assert [e.words for e in ctx.dialogs.errors] == [moving.NOT_OURS]  # pyright: ignore[reportAttributeAccessIssue]
    assert not desk.findChildren(MoveDialog)


def test_other_records_are_counted_together() -> None:
    assert along_words(Counter({"consent": 2, "business": 1})).id == "1 usaha, 2 catatan lain ikut pindah."
    assert along_words(Counter({"consent": 1, "product": 3})).en == "Moving along: 3 products, 1 other record."
    assert along_words(Counter()) == words.ALONE


def test_nothing_chosen_asks_to_choose(desk: Desk, store: Store) -> None:
    page(desk).panel.hide()
    desk.press(Qt.Key.Key_M, CTRL)
    assert len(desk.said) == 1
    assert not desk.findChildren(MoveDialog)
