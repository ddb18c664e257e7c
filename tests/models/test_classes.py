"""Naik kelas over the whole store."""

from typing import Any

from models.classes import Overview, ladder, overview, ready_to_rise
from models.permit_acts import keep
from models.readiness import NextStage
from models.store import Store
from tests.fakes import FrozenClock, business, owner

MILLION = 1_000_000


def made(store: Store, n: int, **values: Any) -> tuple[str, str]:
    owner_id = store.save("owner", owner(n)).first_id("owner")
    return owner_id, store.save("business", business(owner_id, n, **values)).first_id("business")


def test_counts_of_today(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=-400)  # October 2025
    made(store, 1, sales_year=40 * MILLION)
    _, rising = made(store, 2, market_reach="regency")
    owner_id, grown = made(store, 3, nib="1209220041235", bookkeeping="app", market_reach="national", workers=4)
    made(store, 4, sales_year=1, existence="closed")
    deleted = made(store, 5)[1]
    store.delete("business", deleted)
    clock.forward(days=400)
    keep(store, {"business_id": rising, "type": "nib", "number": "1209220041299", "issued": "2026-03-01"})
    for year, sales in ((2025, 1900), (2026, 2100)):
        store.save("assessment", {"business_id": grown, "year": year, "sales": sales * MILLION})
    assert overview(store) == Overview(
        {"micro": 1, "small": 1}, {"informal": 1, "ordered": 1, "bankable": 1}, {2026: 2, 2025: 0}
    )
    case = {
        "service": "kur",
        "opened_on": "2026-01-05",
        "state": "closed",
        "outcome": "issued",
        "closed_on": "2026-02-01",
    }
    store.save("facilitation", case | {"owner_id": owner_id})  # money that came to the owner, naming no business
    keep(store, {"business_id": grown, "type": "halal", "number": "ID35110000214820323", "issued": "2026-05-01"})
    assert overview(store).stages == {"informal": 1, "ordered": 1, "growing": 1}


def test_a_rise_of_last_year_is_counted_there(store: Store) -> None:
    _, grown = made(store, 1)
    for year, sales in ((2024, 1900), (2025, 2100)):
        store.save("assessment", {"business_id": grown, "year": year, "sales": sales * MILLION})
    assert overview(store).rose == {2026: 0, 2025: 1}


def test_ready_to_rise_lists_those_that_one_point_lifts(store: Store) -> None:
    made(store, 1)  # two points away
    owner_id, near = made(store, 2, bookkeeping="simple")
    _, ordered = made(store, 3, nib="1209220041235", bookkeeping="simple", workers=3)
    made(store, 4, nib="1209220041235", existence="moved")
    made(store, 5, nib="1209220041235", workers=4)  # bookkeeping and one more
    found = ready_to_rise(store)
    assert [(r.business_id, r.next.stage) for r in found] == [(near, "ordered"), (ordered, "bankable")]
    assert (found[0].owner_id, found[0].next) == (owner_id, NextStage("ordered", 1, ("nib",)))


def test_the_ladder_of_one_business_counts_its_own_records_only(store: Store) -> None:
    owner_id, mine = made(store, 1, nib="1209220041235")
    _, other = made(store, 2)
    store.save(
        "financing", {"owner_id": owner_id, "scheme": "pnm_mekaar", "state": "disbursed", "disbursed_on": "2026-02-01"}
    )
    store.save("financing", {"owner_id": owner_id, "business_id": other, "scheme": "bank", "state": "applied"})
    store.save("assessment", {"business_id": mine, "year": 2024, "sales": 150 * MILLION})
    store.save("assessment", {"business_id": mine, "year": 2025, "sales": 2100 * MILLION})
    found = ladder(store, mine)
    assert found is not None
    assert (sorted(found.now.points), found.now.stage, found.now.scale) == (["financing", "nib"], "ordered", "small")
    assert found.scales == {2024: "micro", 2025: "small"}
    assert found.next == NextStage("bankable", 2, ("bookkeeping", "permit", "market", "workers"))
    assert found.next.helpful[0] == "bookkeeping"
    assert found.rose  # the money came this year
    theirs = ladder(store, other)
    assert theirs is not None
    assert theirs.now.points == frozenset()
    assert ladder(store, "unknown") is None
