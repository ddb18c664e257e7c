"""The lists of Sinkronisasi by keys: what waits, what was set aside and how it goes again, receipts, the log; pause."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from models import outbox, quarantine, receipts, sync_events
from models.attaching import Waiting
from models.i18n import Words
from sync.enrol import SETTING
from sync.pace import Pace, learn, pace
from sync.status import SyncState
from tests.fakes import FrozenClock, business, owner
from tests.sync.office import Office
from tests.ui.desk import Desk
from ui.sync_page import SyncPage
from ui.sync_service import SyncService
from ui.sync_view import View, ahead, pill_words
from ui.words import sync as w
from ui.words import sync_lists as lists


@pytest.fixture
def desk(ctx, shown):
    ctx.sync = SyncService(ctx.background, ctx.events, ctx.clock, ctx.profile)
    made = Desk(ctx, SyncPage)
    ctx.events.changed.connect(made.page.refresh)
    shown(made)
    made.page.open()
    return made


def texts(widget):
    QApplication.processEvents()  # a line is shown a moment after it was put in
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def button(widget, words):
    return next(b for b in widget.findChildren(QPushButton) if b.text() == words.id and b.isVisible())


def refuse(store, entity, row_id, reason, body="{}"):
    with store.transaction(applying=True):
        store.query(
            "INSERT INTO sync_quarantine (scope, tbl, row_id, body, reason, at) VALUES ('x', ?, ?, ?, ?, ?)",
            (entity, row_id, body, reason, store.clock.stamp()),
        )


def test_everything_that_waits_is_listed(desk, store):
    for n in range(1, 8):
        store.save("owner", owner(n))
    desk.page.refresh(None)
    desk.page.show_list("waiting")
    assert sum(text.startswith("Pelaku usaha: Siti Contoh") for text in texts(desk.page.lists)) == 7


def test_what_was_set_aside_says_why_and_can_be_sent_again(desk, store, qtbot):
    person = store.save("owner", owner(1)).first_id("owner")
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_pending")
    refuse(store, "owner", person, "text")
    desk.page.show_list("aside")
    said = texts(desk.page.lists)
    assert "Pelaku usaha: Siti Contoh 1" in said
    assert any(quarantine.REASONS["text"].cure.id in text for text in said)
    button(desk.page.lists, lists.OPEN).click()
    assert desk.went == [("owners", {"owner_id": person})]
    button(desk.page.lists, lists.SEND_AGAIN).click()
    assert (outbox.waiting(store), quarantine.count(store)) == (1, 0)
    assert lists.NOTHING_ASIDE.id in texts(desk.page.lists)


def test_a_receipt_is_read_and_printed(desk, store):
    receipts.keep(store, receipts.Done({"owner": 3, "business": 4}, {"follow_up": 5}, {"owner": 2}, equal=True))
    desk.page.show_list("receipts")
    said = texts(desk.page.lists)
    assert "7 terkirim, 5 diterima" in said
    assert (
        "Laptop dan server sama · Tanpa tanda tangan server · 2 berbeda, sudah disamakan · Pelaku usaha 3 · Usaha 4 · Tindak lanjut 5"
        in said
    )
    button(desk.page.lists, lists.PRINT).click()
    [(key, args)] = desk.went
    assert (key, args["paper"], args["given"].equal) == ("preview", "tanda-sinkron", True)
    assert (sum(line.sent for line in args["given"].counted), args["given"].mended) == (7, 2)


def test_the_log_is_whole_and_escape_leads_back(desk, store, qtbot):
    for n in range(6):
        sync_events.record(store, "done", Words(f"Kejadian {n}", f"Event {n}"))
    desk.page.show_list("events")
    assert sum(text.startswith("Kejadian ") for text in texts(desk.page.lists)) >= 6
    assert desk.page.lists.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.page.lists.isVisible()
    assert desk.went == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.went == [("back", {})]


def test_the_lists_are_switched_by_keys(desk, qtbot):
    desk.page.show_list("waiting")
    QTest.keyClick(desk.focus(), Qt.Key.Key_Right)
    assert desk.page.lists.key == "aside"


def test_a_pause_lasts_until_sending_is_asked_for(desk, ctx, store):
    store.set_setting(SETTING, {"address": "https://127.0.0.1:9", "pin": "", "office_key": ""})
    store.save("owner", owner(1))
    ctx.sync.show()
    assert desk.page.state.pause.text() == w.PAUSE.id
    desk.page.state.pause.click()
    assert (ctx.sync.view.key, ctx.sync.view.next_try) == ("paused", None)
    assert desk.page.state.pause.text() == w.RESUME.id
    assert pill_words(ctx.sync.view, ctx.clock).id == "Dijeda · 1 menunggu"
    store.save("owner", owner(2))
    ctx.events.changed.emit(store.save("owner", owner(3)))
    assert ctx.sync.view.next_try is None, "an edit does not wake it"


def test_what_the_next_sync_carries_is_said_with_its_time(store):
    view = View(SyncState("offline", waiting=12), alone=False, files=Waiting(3, 1_200_000), seconds=40)
    assert ahead(view) == Words("12 data · sekitar 40 detik", "12 items · about 40 seconds")
    assert ahead(View(SyncState("ok"), alone=False)) is None
    assert Pace(records=100, bytes=40_000).seconds(12, 1_200_000) == 35
    assert Pace().seconds(0, 0) == 0


def test_the_pace_is_learnt_from_what_was_carried(store):
    learn(store, records=10, seconds=10)
    assert pace(store) == Pace(), "a few records say little about the line"
    learn(store, records=500, seconds=2)
    assert pace(store) == Pace(records=200, bytes=40_000)


def test_a_field_set_aside_is_offered_again_with_what_the_server_has(clock: FrozenClock):
    office = Office(clock)
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    person = sri.save("owner", **owner(1, note="semula"))
    sri.sync()
    sri.save("owner", id=person, note="x" * 30_000)
    assert sri.sync().refused == 1
    [item] = quarantine.listed(sri.store)
    assert (item.reason, item.title.id) == ("text", "Pelaku usaha: Siti Contoh 1")
    with sri.store.transaction(applying=True):
        sri.store.query("UPDATE owner SET note = 'pendek' WHERE id = ?", (person,))
    assert quarantine.send_again(sri.store, item.id)
    assert quarantine.send_again(sri.store, item.id).items == ()
    outcome = sri.sync()
    assert (outcome.sent, outcome.equal) == (1, True)
    dewi.sync()
    assert dewi.get("owner", person)["note"] == "pendek"


def test_what_was_mended_by_an_edit_is_no_worry_any_more(clock: FrozenClock):
    office = Office(clock)
    sri = office.laptop()
    person = sri.save("owner", **owner(1, note="semula"))
    sri.sync()
    sri.save("owner", id=person, note="x" * 30_000)
    sri.sync()
    assert quarantine.count(sri.store) == 1
    sri.clock.forward(minutes=1)
    sri.save("owner", id=person, note="pendek")
    assert (quarantine.count(sri.store), quarantine.listed(sri.store)) == (0, [])


def test_a_record_set_aside_goes_again_whole(clock: FrozenClock):
    office = Office(clock)
    sri = office.laptop()
    person = sri.save("owner", **owner(1))
    shop = sri.save("business", **business(person))
    with sri.store.transaction(applying=True):
        sri.store.query("UPDATE business SET main_product = ? WHERE id = ?", ("x" * 30_000, shop))
    assert sri.sync().refused == 1
    with sri.store.transaction(applying=True):
        sri.store.query("UPDATE business SET main_product = 'Keripik' WHERE id = ?", (shop,))
    quarantine.send_again(sri.store, quarantine.listed(sri.store)[0].id)
    outcome = sri.sync()
    assert (outcome.sent, outcome.refused, outcome.equal) == (1, 0, True)


def test_every_reason_of_the_server_has_words():
    assert quarantine.reason("of-tomorrow") is quarantine.OTHER
    assert all(why.what.id and why.cure.en for why in quarantine.REASONS.values())
