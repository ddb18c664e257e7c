"""Whole syncs of real stores with a real server: what arrives, what is told, what survives."""

from datetime import timedelta
from typing import Any

import pytest

from models import inbox, laptops, outbox, settling
from models.errors import DeviceRevoked, VersionTooOld
from models.number_blocks import SIZES
from server import holding, staff
from server.push import accept
from sync import engine as engine_module
from sync import words
from sync.engine import Offline, Progress
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.server.helpers import DIRECTORY
from tests.sim.stores import MemoryDatabase
from tests.sync.office import Laptop, Office

NEXT = "3513141018"


def test_what_one_laptop_saves_the_other_shows(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.save("business", **business(owner_id))

    sent, received = sri.sync(), dewi.sync()

    assert (sent.sent, sent.equal, sent.reason) == (2, True, None)
    assert received.received >= 2
    assert received.changes.touches("owner", "business")
    assert dewi.get("owner", owner_id)["name"] == "Siti Contoh 1"
    assert outbox.waiting(sri.store) == 0


def test_a_second_sync_with_nothing_new_is_one_request(office: Office) -> None:
    sri = office.laptop()
    sri.sync()
    asked: list[Any] = []
    sri.line.before_answer = lambda: asked.append(1)

    outcome = sri.sync()

    assert (outcome.sent, outcome.received, outcome.equal) == (0, 0, True)
    assert len(asked) == 1


def test_a_greeting_tells_which_laptops_have_not_synced(office: Office) -> None:
    sri = office.laptop()
    office.laptop("Dewi Anggraini")
    sri.sync()

    assert laptops.silent_since(sri.store, VILLAGE, office.clock.now()) == 2
    assert laptops.silent_since(sri.store, NEXT, office.clock.now()) is None


def test_the_staff_directory_arrives_and_cannot_be_written(office: Office) -> None:
    sri = office.laptop()
    office.laptop("Dewi Anggraini")
    sri.sync()

    names = {row["name"] for row in sri.store.find("staff")}
    assert {"Sri Wahyuni", "Dewi Anggraini"} <= names
    assert outbox.scopes(sri.store)[DIRECTORY].access == "read"


def test_being_offline_is_an_outcome_and_nothing_is_lost(office: Office) -> None:
    sri = office.laptop()
    sri.save("owner", **owner())
    sri.line.before_answer = _lose

    outcome = sri.sync()
    assert (outcome.offline, outcome.reason) == (True, None)
    assert [batch.ctr for batch in outbox.flying(sri.store)] == [1]

    sri.line.before_answer = None
    assert sri.sync().equal is True
    assert office.sums()[VILLAGE][0] == 1 + len(SIZES)  # the owner, and the blocks of numbers


def _lose() -> None:
    raise Offline


def test_typing_while_a_batch_is_in_flight_is_kept_and_sent_next(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.line.before_answer = lambda: _type_once(sri, owner_id)

    assert sri.sync().equal is True
    dewi.sync()

    assert dewi.get("owner", owner_id)["note"] == "diketik saat dikirim"
    assert settling.open_conflicts(dewi.store) == []


def _type_once(laptop: Laptop, owner_id: str) -> None:
    laptop.line.before_answer = None
    laptop.save("owner", id=owner_id, note="diketik saat dikirim")


def test_progress_counts_records(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "FIRST_SIZE", 10)
    sri = office.laptop()
    sri.engine._size = 10
    for n in range(25):
        sri.save("owner", **owner(n))
    told: list[Progress] = []

    sri.engine.run(told.append)

    assert told[0] == Progress(0, 25)
    assert [p.sent for p in told] == [0, 10, 25]


def test_a_quick_answer_doubles_the_batch_and_a_broken_line_halves_it(office: Office) -> None:
    sri = office.laptop()
    sri.sync()
    assert sri.engine._size == 2 * engine_module.FIRST_SIZE

    sri.line.before_answer = _lose
    sri.sync()
    assert sri.engine._size == engine_module.FIRST_SIZE


@pytest.mark.parametrize(
    ("wrong", "told"), [(timedelta(minutes=4), False), (timedelta(minutes=47), True), (timedelta(days=-900), True)]
)
def test_a_wrong_clock_is_told_and_changes_nothing(office: Office, wrong: timedelta, told: bool) -> None:
    sri = office.laptop(wrong=wrong)
    sri.save("owner", **owner())

    outcome = sri.sync()

    assert (outcome.skew == wrong) is told
    assert (outcome.equal, outcome.reason) == (True, None)


def test_a_slow_clock_still_writes_later_than_what_it_has_seen(office: Office) -> None:
    sri, dewi = office.laptop(wrong=timedelta(days=-900)), office.laptop("Dewi Anggraini")
    owner_id = dewi.save("owner", **owner())
    dewi.sync()
    sri.sync()
    dewi.save("owner", id=owner_id, note="dari Dewi")
    sri.save("owner", id=owner_id, note="dari Sri, sesudahnya")
    dewi.sync()
    sri.sync()

    assert sri.get("owner", owner_id)["note"] in ("dari Dewi", "dari Sri, sesudahnya")
    assert len(settling.open_conflicts(sri.store)) == 1


def test_a_refused_record_is_set_aside_and_the_rest_goes_on(office: Office) -> None:
    sri = office.laptop()
    owner_id = sri.save("owner", **owner())
    bad = sri.save("owner", **owner(2))
    with sri.store.transaction(applying=True):
        sri.store.query("UPDATE owner SET note = ? WHERE id = ?", ("x" * 30_000, bad))

    outcome = sri.sync()

    assert (outcome.sent, outcome.refused, outcome.equal) == (1, 1, True)
    assert [row["id"] for row in office.laptop("Dewi").store.find("owner")] == []
    assert sri.store.query("SELECT row_id, reason FROM sync_quarantine") == [(bad, "text")]
    sri.save("owner", id=bad, note="pendek")
    assert sri.sync().sent == 1
    assert sri.get("owner", owner_id)


def test_a_refused_edit_shows_here_but_is_not_the_servers(office: Office) -> None:
    sri = office.laptop()
    owner_id = sri.save("owner", **owner(note="semula"))
    sri.sync()
    sri.save("owner", id=owner_id, note="x" * 30_000)

    outcome = sri.sync()
    assert (outcome.refused, outcome.equal) == (1, True)
    sri.save("owner", id=owner_id, note="pendek")
    assert (sri.sync().equal, sri.get("owner", owner_id)["note"]) == (True, "pendek")


def test_a_record_made_and_deleted_between_two_syncs_is_nobodys_business(office: Office) -> None:
    sri = office.laptop()
    owner_id = sri.save("owner", **owner())
    sri.store.delete("owner", owner_id)

    assert (sri.sync().sent, outbox.waiting(sri.store)) == (0, 0)
    sri.store.restore("owner", owner_id)
    assert sri.sync().sent == 1


def test_a_deletion_reaches_the_others_and_can_be_taken_back(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    sri.store.delete("owner", owner_id)
    sri.sync()
    dewi.sync()
    assert dewi.get("owner", owner_id)["deleted"]

    dewi.store.restore("owner", owner_id)
    assert (dewi.sync().equal, sri.sync().equal) == (True, True)
    assert sri.get("owner", owner_id)["deleted"] is None


def test_the_history_names_who_changed_what_elsewhere(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    dewi.save("owner", id=owner_id, note="dari Dewi")
    dewi.sync()
    sri.sync()

    [change] = sri.store.history("owner", owner_id)
    assert (change.field, change.old, change.new, change.by) == ("note", None, "dari Dewi", dewi.device.sender.user)


def test_a_new_grant_brings_its_records_and_an_ended_one_takes_them_away(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    staff.grant(office.service.db, office.clock, sri.device.sender.user, NEXT, "write")
    sri.sync()
    there = sri.save("owner", **owner(scope=NEXT))
    sri.sync()
    staff.grant(office.service.db, office.clock, dewi.device.sender.user, NEXT, "write")

    assert dewi.sync().equal is True
    assert dewi.get("owner", there)
    staff.grant(office.service.db, office.clock, dewi.device.sender.user, NEXT, None)
    dewi.sync()
    assert dewi.store.get("owner", there) is None
    assert NEXT not in outbox.scopes(dewi.store)


def test_work_of_a_scope_that_was_taken_away_is_sent_first_and_then_everything_leaves(office: Office) -> None:
    sri = office.laptop()
    sri.sync()
    in_time = sri.save("owner", **owner())
    staff.grant(office.service.db, office.clock, sri.device.sender.user, VILLAGE, None)
    sri.clock.forward(minutes=30)
    too_late = sri.save("owner", **owner(2))

    outcome = sri.sync()
    assert (outcome.sent, outcome.held, outcome.reason) == (1, 1, None)
    assert (outbox.waiting(sri.store), sri.store.count("owner")) == (0, 0)
    assert VILLAGE not in outbox.scopes(sri.store)
    assert [held.reason for held in holding.listed(office.service.db)] == ["grant-ended"]
    reader = office.laptop("Dewi Anggraini")
    reader.sync()
    assert (reader.get("owner", in_time)["name"], reader.store.get("owner", too_late)) == ("Siti Contoh 1", None)


def test_work_of_a_scope_that_may_only_be_read_from_now_on_is_sent_too(office: Office) -> None:
    """What was done while it might be written counts, what was done later waits for the supervisor; nothing is stuck."""
    sri, reader = office.laptop(), office.laptop("Dewi Anggraini")
    kept = sri.save("owner", **owner())
    sri.sync()
    sri.save("owner", id=kept, note="sempat")
    outbox.take(sri.store, 10)  # on its way when the line broke
    unsent = sri.save("owner", **owner(2))
    staff.grant(office.service.db, office.clock, sri.device.sender.user, VILLAGE, "read")
    sri.clock.forward(minutes=30)
    sri.save("owner", id=kept, phone="+6281200000199")

    outcome = sri.sync()
    assert (outcome.sent, outcome.held, outcome.reason, outcome.equal) == (2, 1, None, True)
    sri.save("owner", id=kept, email="lama@contoh.id")
    assert sri.store.query("SELECT field FROM sync_pending") == [("email",)], "what was given back is no edit"
    outcome = sri.sync()
    assert (outcome.held, outcome.reason, outcome.equal, outbox.waiting(sri.store)) == (1, None, True, 0)
    reader.sync()
    for laptop in (sri, reader):
        row = laptop.get("owner", kept)
        assert (row["note"], row["phone"], row["email"]) == ("sempat", owner()["phone"], owner().get("email"))
        assert laptop.get("owner", unsent)["name"] == "Siti Contoh 2"
    waits = holding.listed(office.service.db)
    assert [held.reason for held in waits] == ["grant-ended"] * 2
    assert all(accept(office.service.db, office.clock, held.id, "") for held in waits)
    sri.sync()
    assert (sri.get("owner", kept)["phone"], sri.get("owner", kept)["email"]) == ("+6281200000199", "lama@contoh.id")


def test_a_scope_may_come_back_and_go_on(office: Office) -> None:
    sri = office.laptop()
    kept = sri.save("owner", **owner())
    sri.sync()
    user = sri.device.sender.user
    staff.grant(office.service.db, office.clock, user, VILLAGE, None)
    sri.sync()
    assert sri.store.get("owner", kept) is None

    staff.grant(office.service.db, office.clock, user, VILLAGE, "write")
    assert sri.sync().equal is True
    sri.save("owner", id=kept, note="lagi")
    assert (sri.sync().equal, sri.get("owner", kept)["note"]) == (True, "lagi")


def test_a_server_that_came_back_from_a_backup_gets_again_what_it_lost(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    kept = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    database = office.service.db
    assert isinstance(database, MemoryDatabase)
    backup = database.backup()
    lost = sri.save("owner", **owner(2))
    sri.save("owner", id=kept, note="setelah cadangan")
    sri.sync()
    dewi.sync()
    database.restore(backup)
    staff.renew_epochs(database, office.clock)

    assert (sri.sync().equal, dewi.sync().equal, sri.sync().equal) == (True, True, True)
    assert dewi.get("owner", lost)["name"] == "Siti Contoh 2"
    assert {laptop.get("owner", kept)["note"] for laptop in (sri, dewi)} == {"setelah cadangan"}


def test_a_laptop_whose_data_came_from_a_backup_asks_for_a_new_code(office: Office) -> None:
    sri = office.laptop()
    sri.save("owner", **owner())
    sri.sync()
    sri.store.query("UPDATE sync_scope SET ctr = 0")
    sri.engine._greeted = False
    sri.save("owner", **owner(2))

    outcome = sri.sync()
    assert outcome.reason == words.STATUS["device-forked"]
    assert outbox.waiting(sri.store) == 1


def test_what_went_astray_is_found_and_mended(office: Office) -> None:
    sri = office.laptop()
    owner_id = sri.save("owner", **owner())
    sri.sync()
    with sri.store.transaction(applying=True):
        sri.store.query("UPDATE owner SET name = 'verubah', _h = 5 WHERE id = ?", (owner_id,))
        sri.store.query("UPDATE sync_scope SET sum = 5 WHERE scope = ?", (VILLAGE,))

    outcome = sri.sync()
    assert (outcome.equal, outcome.compared_anew) == (True, ())
    assert [one.row_id for one in outcome.mended] == [owner_id]
    assert sri.get("owner", owner_id)["name"] == "Siti Contoh 1"


@pytest.mark.parametrize("trouble", [DeviceRevoked(), VersionTooOld()])
def test_what_the_server_refuses_is_told_in_its_own_words(office: Office, trouble: Exception) -> None:
    sri = office.laptop()

    def refuse() -> None:
        raise trouble

    sri.line.before_answer = refuse
    assert sri.sync().reason == trouble.words  # pyright: ignore[reportAttributeAccessIssue]


def test_an_answer_for_a_batch_that_is_settled_changes_nothing(office: Office) -> None:
    sri = office.laptop()
    sri.save("owner", **owner())
    sri.sync()
    before = outbox.scopes(sri.store)

    assert not inbox.acknowledge(sri.store, inbox.Answer(VILLAGE, 1, 98, 99))
    assert outbox.scopes(sri.store) == before


def test_an_older_laptop_keeps_and_returns_what_it_does_not_know(office: Office, clock: FrozenClock) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    row_id = clock.new_id()
    ack = dewi.device.push(ins=[_columns(row_id, name="Siti", village=VILLAGE, informed="not_yet", shoe_size=41)])
    assert ack.status == "done"
    sri.sync()
    assert sri.get("owner", row_id)["extra"] == {"shoe_size": 41}

    sri.save("owner", id=row_id, note="disunting")
    assert sri.sync().equal is True
    dewi.device.push(upd=[("owner", row_id, 9, 9, {"shoe_size": None})])
    assert sri.sync().equal is True
    assert sri.get("owner", row_id)["extra"] == {}


def _columns(row_id: str, **values: Any) -> Any:
    from tests.server.helpers import columns

    return columns("owner", {"id": row_id, **values})
