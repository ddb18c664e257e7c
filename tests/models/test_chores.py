"""What is done once a day and once a month, with its note, all or nothing."""

import pytest

from models import chores, quality_lists
from models.store import Changes, Store
from tests.fakes import FrozenClock, business, owner


@pytest.fixture
def contract(store: Store) -> str:
    """A contract that ends within 45 days, with a supplier who is known here."""
    partner = store.save("organisation", {"name": "PT Nusa Rasa", "kind": "pma"}).first_id("organisation")
    person = store.save("owner", owner(1)).first_id("owner")
    shop = store.save("business", business(person)).first_id("business")
    row = {"organisation_id": partner, "work": "Keripik", "starts_on": "2026-01-05", "ends_on": "2026-12-31"}
    made = store.save("partnership", row).first_id("partnership")
    store.save("partnership_supplier", {"partnership_id": made, "business_id": shop, "name": "Keripik Contoh 1"})
    return made


def test_each_is_due_once_in_its_day_or_month(store: Store, clock: FrozenClock) -> None:
    assert chores.due(store) == ["renewals", "quality"]
    for key in chores.due(store):
        chores.do(store, key)
    assert chores.due(store) == []
    clock.forward(days=1)
    assert chores.due(store) == ["renewals"]
    clock.forward(days=10)
    assert chores.due(store) == ["renewals", "quality"]


def test_a_contract_that_ends_soon_is_asked_about_once(store: Store, clock: FrozenClock, contract: str) -> None:
    changes = chores.do(store, "renewals")
    assert changes.touches("follow_up")
    clock.forward(days=1)
    assert not chores.do(store, "renewals")
    assert store.count("follow_up") == 1


def test_the_quality_of_a_month_is_remembered(store: Store) -> None:
    store.save("owner", owner(1))
    chores.do(store, "quality")
    assert quality_lists.remembered(store, "2026-11") is not None


def test_what_fails_is_not_noted_as_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Store) -> Changes:
        raise ValueError("no")

    monkeypatch.setitem(chores.CHORES, "renewals", chores.Chore(chores.DAILY, fail))
    with pytest.raises(ValueError, match="no"):
        chores.do(store, "renewals")
    assert "renewals" in chores.due(store)
