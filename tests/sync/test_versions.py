"""Laptops and servers of different ages: what one does not know yet travels and counts all the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models import foreign, outbox
from models.entities import SYNCED
from server import batches
from sync.protocol import Hello, Limits, ScopeState, SyncAnswer, SyncRequest, decode, encode
from tests.fakes import VILLAGE, owner
from tests.sync.office import Laptop, Office

STORY = "story"


@contextmanager
def _not_known(name: str) -> Iterator[None]:
    """Inside, the program has no such entity."""
    before = dict(SYNCED)
    del SYNCED[name]
    try:
        yield
    finally:
        SYNCED.clear()
        SYNCED.update(before)  # in the order of before


@contextmanager
def only_for(laptop: Laptop) -> Iterator[None]:
    """Everything that the laptop itself does is done without the entity and its table; the server keeps knowing it."""
    access = laptop.engine._access

    def limited(work: object) -> object:
        with _not_known(STORY):
            return access(work)  # pyright: ignore[reportArgumentType, reportCallIssue]

    laptop.store.query(f"ALTER TABLE {STORY} RENAME TO hidden")
    laptop.engine._access = limited  # pyright: ignore[reportAttributeAccessIssue]
    yield
    laptop.engine._access = access
    laptop.store.query(f"ALTER TABLE hidden RENAME TO {STORY}")


def story(laptop: Laptop, owner_id: str) -> str:
    values = {"owner_id": owner_id, "title": "Dari pasar ke toko", "told_on": "2026-11-24", "action": "Foto produk"}
    return laptop.save(STORY, state="draft", **values)


@pytest.fixture
def laptops(office: Office) -> tuple[Laptop, Laptop, str]:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    return sri, dewi, sri.save("owner", **owner())


def test_an_older_laptop_keeps_new_sorts_of_records_and_stays_equal(laptops: tuple[Laptop, Laptop, str]) -> None:
    sri, dewi, owner_id = laptops
    first, second = story(sri, owner_id), story(sri, owner_id)
    sri.sync()
    with only_for(dewi):
        assert dewi.sync().equal is True
        sri.save(STORY, id=first, state="shared")
        sri.store.delete(STORY, second)
        sri.sync()
        outcome = dewi.sync()
        assert (outcome.equal, outcome.compared_anew) == (True, ())
        dewi.engine._access(lambda store: outbox.pull_again(store, VILLAGE))
        assert dewi.sync().equal is True

    with dewi.store.transaction():
        foreign.set_up(dewi.store.db)  # as when the updated program opens the file
    assert dewi.sync().equal is True
    assert dewi.get(STORY, first)["state"] == "shared"
    assert dewi.store.get(STORY, second) is None
    assert dewi.store.query("SELECT * FROM sync_foreign") == []


def test_new_sorts_of_records_wait_for_a_server_that_knows_them(
    laptops: tuple[Laptop, Laptop, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sri, dewi, owner_id = laptops
    made = story(sri, owner_id)
    older = {name: entity for name, entity in SYNCED.items() if name != STORY}
    with monkeypatch.context() as patch:
        patch.setattr(batches, "SYNCED", older)
        outcome = sri.sync()
        assert (outcome.sent, outcome.refused, outcome.equal) == (1, 1, True)

    object.__setattr__(sri.office.service, "schema", "another")
    sri.engine._greeted = False
    assert sri.sync().sent == 1
    dewi.sync()
    assert dewi.get(STORY, made)["owner_id"] == owner_id


def test_a_record_of_a_new_sort_that_went_astray_is_found_too(laptops: tuple[Laptop, Laptop, str]) -> None:
    sri, dewi, owner_id = laptops
    made = story(sri, owner_id)
    sri.sync()
    with only_for(dewi):
        dewi.sync()
        with dewi.store.transaction(applying=True):
            dewi.store.query("UPDATE sync_foreign SET body = '{}', _h = 5")
            dewi.store.query("UPDATE sync_scope SET sum = 5 WHERE scope = ?", (VILLAGE,))
        outcome = dewi.sync()
        assert (outcome.equal, outcome.compared_anew) == (True, ())
        assert [(one.entity, one.row_id) for one in outcome.mended] == [(STORY, made)]


def test_what_a_newer_side_adds_to_a_message_is_passed_over() -> None:
    answer = {
        "now": "2026-11-24T02:43:02.118Z", "tomorrow": {"a": 1},
        "pages": [{"scope": VILLAGE, "cursor": 4, "kind": "new", "gone": [["owner", "x", "y", 1]]}],
        "check": {VILLAGE: [4, 4, -19, "epoch", 2, "more"]},
    }  # fmt: skip
    read = decode(encode(answer), SyncAnswer)

    assert (read.pages[0].cursor, read.check[VILLAGE].floor) == (4, 2)
    hello = decode(encode({"proto": [1, 2], "schema": "", "now": "", "grants": 1, "scopes": {}, "mood": 1}), Hello)
    assert hello.limits == Limits()


def test_what_an_older_side_leaves_out_has_a_meaning() -> None:
    answer = decode(encode({"now": "2026-11-24T02:43:02.118Z", "check": {VILLAGE: [4, 4, -19, "epoch"]}}), SyncAnswer)
    state = decode(encode({"access": "read", "epoch": "e", "head": 9, "ctr": 0}), ScopeState)

    assert (answer.check[VILLAGE].floor, answer.more, answer.pages) == (0, False, [])
    assert state.count == 0
    assert decode(encode({"proto": 1, "schema": "", "cursors": {}}), SyncRequest).batches == []
