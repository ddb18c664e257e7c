"""Sinkronisasi: conflicts settled by keys, what waits in words, and the log; without a line."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from models import attaching, sync_events
from models.braking import Brake
from models.errors import AppError
from models.i18n import Words
from models.pictures import prepare
from models.settling import Question, ask_owner, open_conflicts
from models.waiting import title_of, waiting_items
from sync.engine import Outcome
from sync.link import MassDeletion
from tests.fakes import business, owner
from tests.pictures import document
from tests.ui.desk import Desk
from ui.conflict_review import value_text
from ui.sync_page import SyncPage
from ui.sync_service import SyncService
from ui.words import sync as w


@pytest.fixture
def siti(store):
    """An owner and a business that were sent long ago."""
    with store.transaction(applying=True):
        first = store.save("owner", owner(name="Siti Aminah", phone="+6281200000142")).first_id("owner")
        row = business(first, name="Batik Rengganis Ayu", main_product="Batik tulis motif mangga & anggur")
        second = store.save("business", row).first_id("business")
        for entity in ("owner", "business"):
            store.query(f"UPDATE {entity} SET _seq = 1")  # the server has them
    return first, second


def dispute(store, entity, row_id, unit, kept, lost):
    """Another laptop's value is in use, mine was kept aside."""
    with store.transaction(applying=True):
        store.save(
            "conflict",
            {
                "entity": entity, "row_id": row_id, "unit": unit, "state": "open",
                "kept": json.dumps(kept), "kept_by": "Dewi Anggraini", "kept_at": "2026-11-23T03:14:00.000Z",
                "lost": json.dumps(lost), "lost_by": store.user, "lost_at": "2026-11-23T07:50:00.000Z",
            },
        )  # fmt: skip


@pytest.fixture
def disputed(store, siti):
    """Three facts of one record, and one of another."""
    person, shop = siti
    dispute(
        store,
        "business",
        shop,
        "main_product",
        {"main_product": "Batik tulis"},
        {"main_product": "Batik tulis motif mangga & anggur"},
    )
    dispute(
        store, "business", shop, "address", {"address": "Jl. Mawar 2", "rt": 3}, {"address": "Jl. Mawar 20", "rt": 3}
    )
    dispute(store, "business", shop, "nib", {"nib": None}, {"nib": "0000000000142"})
    dispute(store, "owner", person, "phone", {"phone": "+6281200000168"}, {"phone": "+6281200000142"})
    return siti


@pytest.fixture
def desk(ctx, shown):
    made = Desk(ctx, SyncPage)
    ctx.sync = SyncService(ctx.background, ctx.events, ctx.clock, ctx.profile)
    made.page.deleteLater()
    made = Desk(ctx, SyncPage)
    ctx.events.changed.connect(made.page.refresh)
    shown(made)
    made.page.open()
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_nothing_is_chosen_beforehand_and_every_fact_needs_an_answer(disputed, desk, qtbot):
    card = desk.page.card
    assert card.isVisible()
    assert "Perlu Anda putuskan (1 dari 2)" in texts(card)
    assert [line.choice for line in card.review.rows] == [None, None, None]
    assert not card.keep.isEnabled()
    rows = card.review.rows
    qtbot.keyClick(rows[0], Qt.Key.Key_1)
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    qtbot.keyClick(rows[1], Qt.Key.Key_2)
    assert not card.keep.isEnabled()
    assert "NIB — belum dipilih" in texts(card.review)
    qtbot.keyClick(rows[2], Qt.Key.Key_1)
    assert card.keep.isEnabled()


def test_my_value_stands_at_the_left_and_groups_stay_together(disputed, desk):
    main, address, nib = desk.page.card.review.rows
    assert [v.text for v in main.values] == ["Batik tulis motif mangga & anggur", "Batik tulis"]
    assert [v.text for v in address.values] == ["Jl. Mawar 20, RT 003", "Jl. Mawar 2, RT 003"]
    assert [v.text for v in nib.values] == ["0000 0000 00142", "(kosong)"]
    heads = texts(desk.page.card.review)
    assert "Anda, kemarin 14.50" in heads
    assert "Dewi Anggraini, kemarin 10.14" in heads


def test_settling_writes_the_choice_and_goes_on_to_the_next_record(disputed, desk, store, qtbot):
    _, shop = disputed
    for line, key in zip(desk.page.card.review.rows, (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1), strict=True):
        qtbot.keyClick(line, key)
    desk.page.card.keep.click()
    row = store.get("business", shop)
    assert (row["main_product"], row["nib"]) == ("Batik tulis motif mangga & anggur", "0000000000142")
    assert [c.entity for c in open_conflicts(store)] == ["owner"]
    qtbot.waitUntil(lambda: "Perlu Anda putuskan (1 dari 1)" in texts(desk.page.card))
    assert desk.said[-1] == w.KEPT


def test_later_moves_a_record_to_the_end_and_the_last_cannot_wait(disputed, desk):
    card = desk.page.card
    card.later.click()
    assert card.waiting[0].conflicts[0].entity == "owner"
    card.review.rows[0].choose(0)
    card.keep.click()
    assert not card.later.isEnabled()


def test_asking_the_owner_makes_a_follow_up_on_a_working_day(disputed, desk, store):
    desk.page.card.review.rows[0].choose(0)
    desk.page.card.ask.click()
    (task,) = store.find("follow_up")
    assert (task["kind"], task["due"], task["state"]) == ("we_call", "2026-11-25", "open")
    assert task["what"] == "Tanyakan mana yang benar: Alamat usaha, RT, NIB"
    assert desk.said[-1].id == "Tindak lanjut dibuat: tanya Siti Aminah."


def test_an_owner_who_is_not_here_cannot_be_asked(store):
    with pytest.raises(AppError, match="not on this laptop"):
        ask_owner(store, Question("Alamat?", "Sri Wahyuni", owner_id=store.clock.new_id()))


def test_a_deleted_record_against_an_edit_is_said_in_words(store, siti):
    dispute(store, "owner", siti[0], "deleted", {"deleted": None}, {"deleted": 1})
    (conflict,) = open_conflicts(store)
    assert (value_text(conflict, conflict.kept, "id"), value_text(conflict, conflict.lost, "en")) == (
        "Tetap ada",
        "Deleted",
    )


def test_what_waits_is_named_for_people(store, siti):
    person, shop = siti
    store.save("consultation", {"owner_id": person, "held_on": "2026-11-24", "topics": "nib,halal"})
    store.save("business", {"id": shop, "note": "x"})
    titles = [(item.title.id, item.new) for item in waiting_items(store, 5)]
    assert titles == [
        ("Usaha: Batik Rengganis Ayu — Siti Aminah", False),
        ("Sesi konsultasi: Siti Aminah — NIB, Halal", True),
    ]
    assert title_of(store, "owner", "none") == Words("Pelaku usaha", "Owner")


def test_alone_the_page_offers_to_connect_and_refuses_a_mistyped_code(desk, qtbot):
    card = desk.page.connect_card
    assert card.isVisible()
    assert "Belum tersambung ke kantor" in texts(desk.page.state)
    card.code.setText("KR74P2M0")
    card.go()
    assert card.code_field.problem


def test_the_log_is_saved_in_words(desk, store, ctx, tmp_path):
    sync_events.record(store, "done", Words("Terkirim 22 data", "Sent 22 items"))
    ctx.dialogs.file = tmp_path / "log.txt"
    desk.page._save_log()
    assert "Terkirim 22 data" in (tmp_path / "log.txt").read_text(encoding="utf-8")
    ctx.dialogs.file = tmp_path / "none" / "log.txt"
    desk.page._save_log()
    assert ctx.dialogs.errors


def test_files_that_wait_are_counted_beside_the_records(desk, store, siti):
    file = prepare(document(size=4_400_000), "a.pdf")
    assert "0 berkas" in texts(desk.page)
    desk.ctx.background.write(desk, lambda s: attaching.attach(s, file, "other", owner_id=siti[0]))
    desk.ctx.sync.show()
    QTest.qWait(0)
    assert "1 berkas · 4,2 MB" in texts(desk.page)


def test_what_a_sync_told_without_changing_a_record_is_listed_at_once(desk, store):
    said = Words("Terkirim 3 data, diterima 0 perubahan", "Sent 3 records, received 0 changes")
    sync_events.record(store, "done", said)
    desk.ctx.sync.show()
    QTest.qWait(0)
    assert said.id in texts(desk.page)


@pytest.mark.parametrize("yes", [False, True])
def test_much_that_would_be_deleted_waits_for_a_yes(desk, store, monkeypatch, yes):
    store.set_setting("sync.server", "https://10.20.0.5:8420")
    brake = Brake("3513141017", 60, 82)
    desk.ctx.sync._outcome = Outcome(reason=MassDeletion(brake).words, brake=brake)
    desk.ctx.sync.show()
    QTest.qWait(0)
    tried = []
    monkeypatch.setattr(desk.ctx.sync, "sync", lambda: tried.append(store.setting("sync.deletions")))
    desk.ctx.dialogs.answer = yes

    desk.page._try.click()

    assert "60 dari 82" in desk.ctx.dialogs.asked[-1].title.id
    assert any("60 dari 82" in text for text in texts(desk.page))
    assert w.DELETE_WAITS.id in texts(desk.page)
    assert tried == ([{"3513141017": 60}] if yes else [])
