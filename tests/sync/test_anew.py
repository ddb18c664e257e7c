"""Forgotten deletions and mass deletions: what a laptop that was long away does, and when it stops and asks."""

from datetime import timedelta

import pytest

from models import braking, outbox, verifying
from models.braking import Brake
from server import tombstones
from sync import engine, words
from sync.link import Offline
from sync.protocol import SyncAnswer, SyncRequest
from tests.fakes import VILLAGE, business, owner
from tests.sim.world import Line
from tests.sync.office import Laptop, Office


@pytest.fixture
def pair(office: Office) -> tuple[Laptop, Laptop, list[str]]:
    """Two laptops that hold the same four owners."""
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    ids = [sri.save("owner", **owner(n)) for n in range(4)]
    sri.sync()
    dewi.sync()
    return sri, dewi, ids


def forget_deletions(office: Office) -> None:
    office.clock.forward(days=400)
    assert tombstones.purge(office.service.db, office.clock) > 0


@pytest.fixture
def forgotten(office: Office, pair: tuple[Laptop, Laptop, list[str]]) -> tuple[Laptop, Laptop, list[str]]:
    """Sri deleted the first owner, and by the time that Dewi comes back no server knows of it."""
    sri, _, ids = pair
    sri.store.delete("owner", ids[0])
    sri.sync()
    forget_deletions(office)
    return pair


def test_a_laptop_away_for_longer_than_deletions_are_kept_reads_anew(
    forgotten: tuple[Laptop, Laptop, list[str]],
) -> None:
    sri, dewi, ids = forgotten
    dewi.save("owner", id=ids[1], note="diketik di jalan")
    fresh = dewi.save("owner", **owner(9))

    outcome = dewi.sync()

    assert (outcome.equal, outcome.reason, outcome.compared_anew) == (True, None, ())
    assert dewi.get("owner", ids[0])["deleted"]
    assert outcome.changes.ids("owner") >= {ids[0]}
    assert sri.sync().equal is True
    assert sri.get("owner", ids[1])["note"] == "diketik di jalan"
    assert sri.get("owner", fresh)["name"] == owner(9)["name"]
    assert verifying.reading_anew(dewi.store) == {}


def test_a_deletion_that_was_heard_of_only_through_another_scope_is_not_taken_back(
    forgotten: tuple[Laptop, Laptop, list[str]],
) -> None:
    _, dewi, ids = forgotten
    with dewi.store.transaction(applying=True):  # sent to the village that kept the owner before; no page told of it
        dewi.store.query("UPDATE owner SET deleted = 1 WHERE id = ?", (ids[0],))
        dewi.store.query("INSERT INTO sync_shadow VALUES ('owner', ?, 'deleted', NULL)", (ids[0],))

    assert dewi.sync().equal is True
    assert dewi.get("owner", ids[0])["deleted"] == 1
    assert dewi.store.query("SELECT * FROM sync_shadow") == []


def test_an_edit_of_a_record_whose_deletion_was_forgotten_brings_it_back(
    forgotten: tuple[Laptop, Laptop, list[str]],
) -> None:
    sri, dewi, ids = forgotten
    dewi.save("owner", id=ids[0], note="masih ada")

    outcome = dewi.sync()

    assert (outcome.equal, outcome.refused, outcome.reason) == (True, 0, None)
    assert dewi.store.query("SELECT * FROM sync_quarantine") == []
    assert sri.sync().equal is True
    assert (sri.get("owner", ids[0])["note"], sri.get("owner", ids[0])["deleted"]) == ("masih ada", None)


def test_a_deletion_of_a_forgotten_deletion_is_simply_done(
    office: Office, pair: tuple[Laptop, Laptop, list[str]]
) -> None:
    sri, dewi, ids = pair
    sri.store.delete("owner", ids[0])
    sri.sync()
    forget_deletions(office)
    dewi.store.delete("owner", ids[0])

    outcome = dewi.sync()
    assert (outcome.equal, outcome.refused, outbox.waiting(dewi.store)) == (True, 0, 0)
    assert dewi.get("owner", ids[0])["deleted"]


def test_a_reading_that_broke_off_goes_on_and_still_parts_with_what_is_gone(
    office: Office, pair: tuple[Laptop, Laptop, list[str]]
) -> None:
    sri, dewi, ids = pair
    sri.store.delete("owner", ids[0])
    sri.sync()
    forget_deletions(office)
    verifying.read_anew(dewi.store, VILLAGE)  # then the power went

    assert dewi.sync().equal is True
    assert dewi.get("owner", ids[0])["deleted"]


def test_a_record_that_was_sent_before_anything_was_read_may_be_forgotten_too(
    office: Office, pair: tuple[Laptop, Laptop, list[str]]
) -> None:
    sri, _, _ = pair
    rina = office.laptop("Rina")
    mine = rina.save("owner", **owner(9))
    answer_is_lost(rina)
    sri.sync()
    sri.store.delete("owner", mine)
    sri.sync()
    forget_deletions(office)

    outcome = rina.sync()

    assert (outcome.equal, outcome.mended, outcome.compared_anew) == (True, [], ())
    assert rina.get("owner", mine)["deleted"]


def answer_is_lost(laptop: Laptop) -> None:
    def lose() -> None:
        raise Offline

    laptop.line.before_answer = lose
    assert laptop.sync().offline is True
    laptop.line.before_answer = None


def test_a_reading_of_many_pages_ends_though_it_begins_below_the_floor(
    office: Office, pair: tuple[Laptop, Laptop, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sri, dewi, ids = pair
    for n in range(10, 20):
        sri.save("owner", **owner(n))
    sri.store.delete("owner", ids[0])
    sri.sync()
    forget_deletions(office)
    monkeypatch.setattr(engine, "WANTED", 3)

    for laptop in (dewi, office.laptop("Rina")):
        asked = count_requests(laptop)
        assert laptop.sync().equal is True
        assert len(asked) < 12
        assert [row["deleted"] for row in laptop.store.find("owner")] == [None] * 13
    assert dewi.get("owner", ids[0])["deleted"]


def count_requests(laptop: Laptop, most: int = 20) -> list[dict[str, int]]:
    """The cursors of each request from now on; after so many the line breaks."""
    asked: list[dict[str, int]] = []

    def send(request: SyncRequest) -> SyncAnswer:
        if len(asked) == most:
            raise Offline
        asked.append(request.cursors)
        return Line.sync(laptop.line, request)

    laptop.line.sync = send
    return asked


def test_a_reading_begins_once_more_when_the_floor_rises_over_it(
    office: Office, pair: tuple[Laptop, Laptop, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sri, dewi, ids = pair
    sri.store.delete("owner", ids[0])
    sri.sync()
    forget_deletions(office)
    sri.save("owner", id=ids[2], note="telepon Kamis")
    sri.sync()
    monkeypatch.setattr(engine, "WANTED", 1)
    count_requests(dewi, most=3)
    assert dewi.sync().offline is True
    assert verifying.reading_anew(dewi.store)
    sri.store.delete("owner", ids[1])
    sri.sync()
    forget_deletions(office)
    count_requests(dewi)

    outcome = dewi.sync()

    assert (outcome.equal, outcome.mended, outcome.compared_anew) == (True, [], ())
    assert dewi.get("owner", ids[1])["deleted"]


MANY = 60
BLOCKS = 6  # of numbers: three series for each of two laptops


def delete_many(laptop: Laptop, many: int = MANY) -> list[str]:
    ids = [row["id"] for row in laptop.store.find("owner")][:many]
    for row_id in ids:
        laptop.store.delete("owner", row_id)
    laptop.sync()
    return ids


@pytest.fixture
def crowd(office: Office) -> tuple[Laptop, Laptop]:
    """Two laptops with many owners and one business."""
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    made = sri.store.save_all([("owner", owner(n)) for n in range(MANY + 20)])
    sri.save("business", **business(made.first_id("owner")))
    sri.sync()
    dewi.sync()
    return sri, dewi


def test_a_pull_that_would_delete_much_stops_and_asks(office: Office, crowd: tuple[Laptop, Laptop]) -> None:
    sri, dewi = crowd
    delete_many(sri)
    fresh = dewi.save("owner", **owner(500))

    outcome = dewi.sync()

    assert outcome.brake == Brake(VILLAGE, MANY, MANY + 22 + BLOCKS)
    assert outcome.reason == words.MASS_DELETION.fill(count=MANY, of=MANY + 22 + BLOCKS)
    assert dewi.store.count("owner") == MANY + 21
    assert dewi.sync().brake is not None  # as often as it is tried
    assert outbox.waiting(dewi.store) == 0  # what waited went out all the same
    sri.sync()
    assert sri.get("owner", fresh)

    braking.allow(dewi.store, outcome.brake)
    allowed = dewi.sync()
    assert (allowed.brake, allowed.reason, allowed.equal) == (None, None, True)
    assert dewi.store.count("owner") == 21


def test_a_permission_is_for_what_was_seen_and_for_once(crowd: tuple[Laptop, Laptop]) -> None:
    sri, dewi = crowd
    braking.allow(dewi.store, Brake(VILLAGE, MANY - 1, MANY + 21 + BLOCKS))
    delete_many(sri)
    assert dewi.sync().brake is not None
    braking.allow(dewi.store, Brake(VILLAGE, MANY, MANY + 21 + BLOCKS))
    assert dewi.sync().brake is None
    assert dewi.store.setting("sync.deletions") == {}


@pytest.mark.parametrize(("many", "asks"), [(50, False), (51, True)])
def test_from_which_number_it_asks(crowd: tuple[Laptop, Laptop], many: int, asks: bool) -> None:
    sri, dewi = crowd
    delete_many(sri, many)

    assert (dewi.sync().brake is not None) is asks


def test_a_small_share_of_many_is_nothing_unusual(crowd: tuple[Laptop, Laptop]) -> None:
    assert braking.check(crowd[0].store, VILLAGE, 60, done=0) is not None
    assert braking.check(crowd[0].store, VILLAGE, 60, done=600) is None


def test_forgotten_deletions_are_counted_too(office: Office, crowd: tuple[Laptop, Laptop]) -> None:
    sri, dewi = crowd
    delete_many(sri)
    forget_deletions(office)

    outcome = dewi.sync()
    assert outcome.brake == Brake(VILLAGE, MANY, MANY + 21 + BLOCKS)
    assert dewi.store.count("owner") == MANY + 20
    braking.allow(dewi.store, outcome.brake)
    assert dewi.sync().equal is True
    assert dewi.store.count("owner") == 20
    assert timedelta(days=365) == tombstones.KEPT
