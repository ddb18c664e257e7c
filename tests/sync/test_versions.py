"""Laptops and servers of different ages: what one does not know yet travels and counts all the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models import foreign, outbox
from models.entities import SYNCED
from server import batches
from tests.fakes import VILLAGE, owner
from tests.sync.office import Laptop, Office

FOLLOW_UP = "follow_up"


@contextmanager
def _not_known(name: str) -> Iterator[None]:
    """Inside, the program has no such entity."""
    declared = SYNCED.pop(name)
    try:
        yield
    finally:
        SYNCED[name] = declared


@contextmanager
def only_for(laptop: Laptop) -> Iterator[None]:
    """Everything that the laptop itself does is done without the entity and its table; the server keeps knowing it."""
    access = laptop.engine._access

    def limited(work: object) -> object:
        with _not_known(FOLLOW_UP):
            return access(work)  # pyright: ignore[reportArgumentType, reportCallIssue]

    laptop.store.query(f"ALTER TABLE {FOLLOW_UP} RENAME TO hidden")
    laptop.engine._access = limited  # pyright: ignore[reportAttributeAccessIssue]
    yield
    laptop.engine._access = access
    laptop.store.query(f"ALTER TABLE hidden RENAME TO {FOLLOW_UP}")


def follow_up(laptop: Laptop, owner_id: str) -> str:
    values = {"owner_id": owner_id, "kind": "visit", "due": "2026-12-01", "responsible": "me", "state": "open"}
    return laptop.save(FOLLOW_UP, **values)


@pytest.fixture
def laptops(office: Office) -> tuple[Laptop, Laptop, str]:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    return sri, dewi, sri.save("owner", **owner())


def test_an_older_laptop_keeps_new_sorts_of_records_and_stays_equal(laptops: tuple[Laptop, Laptop, str]) -> None:
    sri, dewi, owner_id = laptops
    first, second = follow_up(sri, owner_id), follow_up(sri, owner_id)
    sri.sync()
    with only_for(dewi):
        assert dewi.sync().equal is True
        sri.save(FOLLOW_UP, id=first, state="done")
        sri.store.delete(FOLLOW_UP, second)
        sri.sync()
        outcome = dewi.sync()
        assert (outcome.equal, outcome.compared_anew) == (True, ())
        dewi.engine._access(lambda store: outbox.pull_again(store, VILLAGE))
        assert dewi.sync().equal is True

    with dewi.store.transaction():
        foreign.set_up(dewi.store.db)  # as when the updated program opens the file
    assert dewi.sync().equal is True
    assert dewi.get(FOLLOW_UP, first)["state"] == "done"
    assert dewi.store.get(FOLLOW_UP, second) is None
    assert dewi.store.query("SELECT * FROM sync_foreign") == []


def test_new_sorts_of_records_wait_for_a_server_that_knows_them(
    laptops: tuple[Laptop, Laptop, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sri, dewi, owner_id = laptops
    made = follow_up(sri, owner_id)
    older = {name: entity for name, entity in SYNCED.items() if name != FOLLOW_UP}
    with monkeypatch.context() as patch:
        patch.setattr(batches, "SYNCED", older)
        outcome = sri.sync()
        assert (outcome.sent, outcome.refused, outcome.equal) == (1, 1, True)

    object.__setattr__(sri.office.service, "schema", "another")
    sri.engine._greeted = False
    assert sri.sync().sent == 1
    dewi.sync()
    assert dewi.get(FOLLOW_UP, made)["owner_id"] == owner_id
