"""The list of businesses: filters, orders, text, and rows that disappear."""

import random

import pytest

from models import lists, outbox
from models.lists import FILTERS, SORTS, ListQuery, listing, nik_faulty, page, row_ids
from models.store import Store
from tests.factories import consultation, follow_up, register
from tests.fakes import VILLAGE, FrozenClock, owner


@pytest.fixture
def office(store: Store, clock: FrozenClock) -> Store:
    """Four businesses that differ in every filter, and an owner without a business."""
    clock.forward(days=-500)
    batik = register(store, 1, owner={"name": "Siti Aminah", "informed": "signed"}, name="Batik", nib="0000000000142",
                     rw=2, rt=3)  # fmt: skip
    kripik = register(store, 2, owner={"name": "Sumiati", "informed": "signed"}, name="Keripik", nib=None, rw=1, rt=1)
    register(
        store, 3, owner={"name": "Yuliana", "nik": "3513145713880000"}, name="Stik", nib="0000000000266", rw=2, rt=1
    )
    clock.forward(days=500)
    register(store, 4, owner={"name": "Musyarofah", "informed": "read_aloud"}, name="Jamu", nib="0000000000451", rw=4)
    store.save("owner", owner(5, name="Hartatik", nik=None, informed="signed"))
    store.save("consultation", consultation(**batik, held_on="2026-11-20"))
    store.save("consultation", consultation(owner_id=kripik["owner_id"], held_on="2025-12-31"))
    store.save("follow_up", follow_up(**batik))
    store.save("follow_up", follow_up(owner_id=kripik["owner_id"]))
    store.save("follow_up", follow_up(**register(store, 6, name="Rawon", nib="0000000000519"), state="done"))
    return store


def names(store: Store, **query: object) -> list[str]:
    """The names of the rows that fit, in order."""
    return [row["business"] or row["owner"] for row in page(store, row_ids(store, ListQuery(**query)))]


FITS = {
    "active": ["Rawon", "Hartatik", "Jamu", "Batik"],
    "no_nib": ["Keripik"],
    "follow_up": ["Batik", "Keripik"],
    "not_informed": ["Rawon", "Stik"],
    "nik_check": ["Stik"],
    "ready": ["Batik", "Jamu", "Rawon", "Stik"],
    "elsewhere": [],
}


@pytest.mark.parametrize("key", [f.key for f in FILTERS])
def test_each_filter(office: Store, key: str) -> None:
    assert sorted(names(office, filters=(key,))) == sorted(FITS[key])


def test_what_a_neighbour_keeps_is_found_but_not_listed(office: Store) -> None:
    outbox.set_grants(office, 1, {VILLAGE: "write", "3513141003": "read"})
    far = register(office, 8, name="Dodol Semampir", scope="3513141003")["business_id"]
    assert "Dodol Semampir" not in names(office)
    assert names(office, filters=("elsewhere",)) == names(office, text="dodol") == ["Dodol Semampir"]
    own, typed, shown = (
        listing(office, q) for q in (ListQuery(), ListQuery("dodol"), ListQuery(filters=("elsewhere",)))
    )
    assert [(found.total, found.elsewhere) for found in (own, typed, shown)] == [(5, 1), (6, 1), (1, 1)]
    opened = listing(office, ListQuery(), "business", far)
    assert (opened.query.filters, opened.at) == (("elsewhere",), 0)


def test_filters_hold_together(office: Store) -> None:
    assert names(office, filters=("active", "follow_up")) == ["Batik"]
    assert names(office, filters=("no_nib", "not_informed")) == []


ORDERS = {
    "latest": ["Hartatik", "Rawon", "Jamu", "Batik", "Keripik", "Stik"],
    "business": ["Batik", "Hartatik", "Jamu", "Keripik", "Rawon", "Stik"],
    "owner": ["Hartatik", "Jamu", "Batik", "Rawon", "Keripik", "Stik"],
    "place": ["Hartatik", "Rawon", "Keripik", "Stik", "Batik", "Jamu"],
}


@pytest.mark.parametrize("key", [s.key for s in SORTS])
def test_each_order(office: Store, key: str) -> None:
    found = names(office, sort=key)
    assert set(found) == set(ORDERS[key])
    if key == "latest":
        assert found[3:] == ORDERS[key][3:]  # the three of today may stand in any order
    else:
        assert found == ORDERS[key]


def test_the_last_contact_is_the_last_session_else_the_registration(office: Store) -> None:
    last = {row["business"]: row["last"] for row in page(office, row_ids(office, ListQuery()))}
    assert (last["Batik"], last["Keripik"], last["Jamu"]) == ("2026-11-20", "2025-12-31", "2026-11-24")
    assert last["Stik"] == "2025-07-12"


def test_the_first_of_january_is_of_this_year(office: Store) -> None:
    stik = office.find("business", name="Stik")[0]
    office.save("consultation", consultation(owner_id=stik["owner_id"], business_id=stik["id"], held_on="2026-01-01"))
    assert "Stik" in names(office, filters=("active",))


def test_a_deleted_session_is_no_contact(office: Store) -> None:
    held = office.find("consultation", held_on="2026-11-20")[0]
    office.delete("consultation", held["id"])
    assert "Batik" not in names(office, filters=("active",))


def test_registered_after_midnight_belongs_to_the_office_day(store: Store, clock: FrozenClock) -> None:
    clock.forward(hours=-8)  # 01.42 at the office, still the day before in UTC
    register(store, 1)
    assert page(store, row_ids(store, ListQuery()))[0]["last"] == "2026-11-24"


def test_text_and_filters_together(office: Store) -> None:
    assert names(office, text="siti") == ["Rawon", "Batik"]  # "Siti Contoh 6" and Siti Aminah
    assert names(office, text="siti", filters=("follow_up",)) == ["Batik"]
    assert names(office, text="hartatik") == ["Hartatik"]
    assert names(office, text="?!") == []


def test_many_hits_of_a_text_are_not_sorted_by_contact(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SORTED_UP_TO", 1)
    office.save("business", {"id": office.find("business", name="Stik")[0]["id"], "activity": "batik"})
    assert names(office, text="batik") == ["Stik", "Batik"]  # registered later, seen earlier
    assert names(office, text="batik", sort="business") == ["Batik", "Stik"]


def test_deleted_rows_vanish(office: Store) -> None:
    ids = row_ids(office, ListQuery())
    batik = office.find("business", name="Batik")[0]
    office.delete("business", batik["id"])
    assert "Batik" not in names(office)
    assert "Siti Aminah" in names(office)  # an owner without a business now
    assert len(page(office, ids)) == len(ids) - 1
    office.delete("owner", batik["owner_id"])
    assert "Siti Aminah" not in names(office)


def test_a_row_shows_the_business_and_its_owner(office: Store) -> None:
    (row,) = page(office, row_ids(office, ListQuery(text="batik")))
    assert (row["owner"], row["rw"], row["rt"], row["nib"]) == ("Siti Aminah", 2, 3, "0000000000142")
    assert set(row) == set(lists.COLUMNS)
    assert "nik" not in row


def test_the_quick_look_at_a_nik_agrees_with_the_kind(store: Store) -> None:
    chance = random.Random(7)
    for n in range(400):
        day, month = chance.choice([0, 1, 15, 29, 31, 40, 41, 68, 71, 72]), chance.choice([0, 1, 2, 12, 13])
        region = chance.choice(["351314", "001234", "993514", "11"])
        nik = f"{region}{day:02d}{month:02d}{chance.randrange(100):02d}{chance.choice([0, 1, 9917]):04d}"
        store.save("owner", owner(n, nik=chance.choice([nik, "1" * 16, "35131447O5829917"]), name=f"Orang {n}"))
    everyone = store.find("owner")
    faulty = {row["id"] for row in everyone if nik_faulty(row["nik"])}
    listed = {row["owner_id"] for row in page(store, row_ids(store, ListQuery(filters=("nik_check",))))}
    assert 0 < len(faulty) < len(everyone)
    assert listed == faulty
