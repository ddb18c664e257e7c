"""The figures of the home page, its follow-ups, and the card of one business."""

from datetime import date

import pytest

from models import summaries
from models.lists import ListQuery, page, row_ids
from models.store import Store
from models.summaries import WORKING_LISTS
from tests.factories import consultation, follow_up, register
from tests.fakes import FrozenClock, owner

STAFF = "0190a000-0000-7000-8000-000000000001"


def test_an_empty_office_has_nothing_to_count(store: Store) -> None:
    assert summaries.figures(store) == summaries.Figures(0, 0, 0, 0, 0)
    assert summaries.follow_ups(store) == []
    assert summaries.recent(store, 4) == []
    assert summaries.to_check(store) == {}


def test_figures_count_live_records_of_the_office_month(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=-60)
    old = register(store, 1, nib="0000000000142")
    clock.forward(days=60)
    fresh = register(store, 2)
    store.delete("business", register(store, 3)["business_id"])
    for day in ("2026-11-01", "2026-11-24", "2026-10-31"):
        store.save("consultation", consultation(**old, held_on=day))
    store.save("consultation", consultation(**fresh))
    store.delete("consultation", store.save("consultation", consultation(**fresh)).first_id("consultation"))
    figures = summaries.figures(store)
    assert figures == summaries.Figures(businesses=2, new_this_month=1, with_nib=1, sessions=3, persons=2)
    assert figures.without_nib == 1


def test_registered_in_the_first_night_of_the_month_is_of_this_month(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=-24, hours=15, minutes=18)  # 1 November 01.00 at the office, 31 October in UTC
    register(store, 1)
    clock.forward(days=23)
    assert summaries.figures(store).new_this_month == 1


@pytest.mark.parametrize(("key", "count"), [("late", 2), ("soon", 4), ("week", 5), ("all", 6)])
def test_working_lists(store: Store, key: str, count: int) -> None:
    who = register(store)
    for due in ("2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"):
        store.save("follow_up", follow_up(**who, due=due))
    rows = summaries.follow_ups(store)
    assert [row["days"] for row in rows] == [-4, -1, 0, 1, 7, 8]
    (working,) = [w for w in WORKING_LISTS if w.key == key]
    assert sum(working.holds(row) for row in rows) == count


@pytest.mark.parametrize(
    ("values", "mine"),
    [
        ({"responsible": "me"}, True),
        ({"responsible": "me", "responsible_name": "Sri Wahyuni"}, True),
        ({"responsible": "me", "responsible_name": "Sri Wahyuni", "responsible_id": STAFF}, True),
        ({"responsible": "me", "responsible_name": "Dewi Anggraini"}, False),
        ({"responsible": "me", "responsible_name": "Dewi Anggraini", "responsible_id": STAFF[:-1] + "2"}, False),
        ({"responsible": "kasie"}, True),
        ({"responsible": "kasie", "scope": "3513141001"}, False),
        ({"responsible": "other_office", "responsible_name": "DKUPP"}, False),
        ({"state": "done"}, False),
    ],
)
def test_mine_is_what_was_given_to_me(store: Store, values: dict[str, str], mine: bool) -> None:
    store.set_setting("staff_id", STAFF)
    store.save("follow_up", follow_up(**register(store), **values))
    assert bool(summaries.follow_ups(store)) is mine


def test_a_follow_up_names_the_owner_and_the_business(store: Store) -> None:
    who = register(store, owner={"name": "Siti Aminah"}, name="Batik Rengganis Ayu")
    store.save("follow_up", follow_up(owner_id=who["owner_id"]))
    (row,) = summaries.follow_ups(store)
    assert (row["owner"], row["business"], row["phone"]) == ("Siti Aminah", "Batik Rengganis Ayu", "+6281200000001")


def test_those_of_one_day_stand_by_time(store: Store) -> None:
    who = register(store)
    for time in ("13.00", None, "09.30"):
        store.save("follow_up", follow_up(**who, due_time=time))
    assert [row["due_time"] for row in summaries.follow_ups(store)] == [None, "09.30", "13.00"]


def test_done_can_be_taken_back_and_postponed_moves(store: Store) -> None:
    follow_up_id = store.save("follow_up", follow_up(**register(store))).first_id("follow_up")
    assert summaries.finish(store, follow_up_id).touches("follow_up")
    assert summaries.follow_ups(store) == []
    done = store.get("follow_up", follow_up_id)
    assert done
    assert (done["state"], done["done_on"]) == ("done", "2026-11-24")
    summaries.reopen(store, follow_up_id)
    summaries.postpone(store, follow_up_id, date(2026, 11, 30))
    (row,) = summaries.follow_ups(store)
    assert (row["due"], row["days"]) == ("2026-11-30", 6)


def test_recent_ones_stand_first_and_the_newest_fill_up(store: Store) -> None:
    ids = [register(store, n, name=f"Warung {n}")["business_id"] for n in range(1, 6)]
    alone = store.save("owner", owner(9, name="Hartatik")).first_id("owner")
    for entity, record_id in (("business", ids[0]), ("owner", alone), ("business", ids[1]), ("business", ids[0])):
        assert not summaries.note_opened(store, entity, record_id)
    store.delete("business", ids[4])
    names = [row["business"] or row["owner"] for row in summaries.recent(store, 4)]
    assert names == ["Warung 1", "Warung 2", "Hartatik", "Warung 4"]


def test_what_waits_to_be_checked(store: Store) -> None:
    register(store, 1, owner={"informed": "signed"})
    register(store, 2, owner={"nik": "3513145713880000"})
    assert summaries.to_check(store) == {"not_informed": 1, "nik_check": 1}


def test_the_card_of_a_business(store: Store) -> None:
    who = register(store, sales_year=186_000_000)
    other = store.save("business", {"owner_id": who["owner_id"], "name": "Kantin", "village": "3513141017"})
    for day in ("2026-07-01", "2026-11-20", "2026-09-03", "2026-10-10"):
        store.save("consultation", consultation(**who, held_on=day))
    store.save("follow_up", follow_up(**who))
    store.save("follow_up", follow_up(**who, state="done"))
    rows = page(store, row_ids(store, ListQuery(sort="business")))
    kantin, warung = (summaries.card(store, row) for row in rows)
    assert warung.scale
    assert warung.scale.code == "micro"
    assert [row["held_on"] for row in warung.sessions] == ["2026-11-20", "2026-10-10", "2026-09-03"]
    assert len(warung.follow_ups) == 1
    assert kantin.business
    assert kantin.business["id"] == other.first_id("business")
    assert (kantin.sessions, kantin.follow_ups, kantin.scale) == ((), (), None)


def test_the_card_of_an_owner_without_a_business(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Suliha")).first_id("owner")
    store.save("consultation", consultation(owner_id=owner_id))
    (row,) = page(store, row_ids(store, ListQuery()))
    card = summaries.card(store, row)
    assert card.owner
    assert card.owner["name"] == "Suliha"
    assert card.business is None
    assert len(card.sessions) == 1
