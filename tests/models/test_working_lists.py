"""Each working list: who stands on it, who does not, and in which order."""

from datetime import timedelta
from typing import Any

import pytest

from models import existence, working_lists
from models.errors import InvalidRecord
from models.event_acts import mark_present
from models.facilitation_acts import Opening, open_case, refer
from models.sessions import Author
from models.store import Store
from models.working_lists import LISTS, Entry, counts
from tests.fakes import MINUTE, FrozenClock, business, owner

SRI = Author("staff-sri", "Sri Wahyuni")
TODAY = MINUTE.date()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def made(store: Store, n: int = 1, about: dict[str, Any] | None = None, **values: Any) -> tuple[str, str]:
    owner_id = store.save("owner", owner(n, informed="signed") | (about or {})).first_id("owner")
    return owner_id, store.save("business", business(owner_id, n, **values)).first_id("business")


def listed(store: Store, key: str) -> list[str]:
    return [entry.id for entry in LISTS[key].entries(store)]


def permit(store: Store, business_id: str, expires: str | None, **values: Any) -> str:
    row = {"business_id": business_id, "subject": "business", "type": "pirt", "state": "fulfilled", "expires": expires}
    return store.save("permit", row | values).first_id("permit")


def test_permits_that_end(store: Store) -> None:
    owner_id, there = made(store)
    gone = made(store, 2, existence="closed")[1]
    last = permit(store, there, "2027-05-24")  # six months to the day
    month = permit(store, there, day(30))
    today = permit(store, there, day(0), type="sni", state="active")
    over = permit(store, there, day(-1), state="issued")
    for business_id, expires, values in (
        (there, "2027-05-25", {}), (there, None, {}), (there, day(5), {"state": "revoked"}),
        (there, day(5), {"type": "halal", "state": "active"}), (gone, day(5), {}),
    ):  # fmt: skip
        permit(store, business_id, expires, **values)
    assert listed(store, "permits_half_year") == [today, month, last]
    assert listed(store, "permits_month") == [today, month]
    assert listed(store, "permits_over") == [over]
    assert LISTS["permits_month"].entries(store)[1] == Entry("permit", month, owner_id, there, day(30), 30)


def test_commitments_of_a_pirt_stay_listed_until_they_are_met(store: Store) -> None:
    there = made(store)[1]
    later, first = (permit(store, there, None, state="issued", issued=issued) for issued in (day(-3), day(-9)))
    permit(store, there, None, state="fulfilled")
    assert listed(store, "commitments") == [first, later]


def test_not_seen_for_a_year(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=-400)
    never, met, met_owner, at_event, absent, gone = (
        made(store, n, **({"existence": "closed"} if n == 6 else {})) for n in range(1, 7)
    )
    clock.forward(days=35)  # 365 days ago: seen a year ago to the day
    session = {"held_on": clock.today().isoformat(), "topics": "nib"}
    store.save("consultation", session | {"owner_id": met[0], "business_id": met[1]})
    clock.forward(days=1)
    fresh = made(store, 7)
    store.save("consultation", session | {"owner_id": met_owner[0], "held_on": clock.today().isoformat()})
    event = {"event_id": "e", "name": "x", "presence": "invited", "invited": 1}
    for business_pair, present in ((at_event, True), (absent, False)):
        row = store.save("attendance", event | {"owner_id": business_pair[0]}).first_id("attendance")
        if present:
            mark_present(store, row)
    clock.forward(days=364)
    *longest, last = listed(store, "not_seen")
    assert (set(longest), last) == ({never[1], absent[1]}, met[1])
    entries = LISTS["not_seen"].entries(store)
    assert [entry.days for entry in entries] == [-400, -400, -365]
    assert fresh[1] not in listed(store, "not_seen")
    assert gone[1] not in listed(store, "not_seen")


def test_visit_again_until_somebody_was_there(store: Store) -> None:
    one, two, three, four = (made(store, n)[1] for n in range(1, 5))
    for business_id, days in ((one, 3), (two, -2), (three, 1), (four, 9)):
        existence.visit_again(store, business_id, TODAY + timedelta(days=days), "Pemilik di tambak")
    existence.visited(store, three)
    existence.found(store, four, "moved", "Menurut Pak RT")
    assert listed(store, "visit_again") == [two, one]
    row = store.get("business", one)
    assert row is not None
    assert (row["visit_again_on"], row["visit_reason"]) == (day(3), "Pemilik di tambak")


def test_striking_off_needs_a_reason_and_keeps_its_day(store: Store) -> None:
    one = made(store)[1]
    for state in ("closed", "moved", "not_found", "duplicate"):
        with pytest.raises(InvalidRecord, match="who said so"):
            existence.found(store, one, state, " ")
    existence.visit_again(store, one, TODAY, "")
    existence.found(store, one, "paused", on=TODAY - timedelta(days=4))
    row = store.get("business", one)
    assert row is not None
    assert (row["existence"], row["existence_on"], row["visit_again_on"]) == ("paused", day(-4), day(0))
    existence.found(store, one, "active")
    row = store.get("business", one)
    assert row is not None
    assert (row["existence"], row["existence_on"], row["existence_reason"]) == ("active", day(0), None)
    assert row["visit_again_on"] is None


def test_ready_to_move_up(store: Store) -> None:
    near = made(store, 1, bookkeeping="simple")
    made(store, 2)
    assert LISTS["ready"].entries(store) == [Entry("business", near[1], near[0], near[1])]


def test_a_nik_that_cannot_be_right_is_listed_once(store: Store) -> None:
    wrong, first = made(store, 1, {"nik": "3574018106900003"})
    store.save("business", business(wrong, 2))
    made(store, 3)
    entries = LISTS["nik_check"].entries(store)
    assert [entry.id for entry in entries] == [wrong]
    assert entries[0].entity == "owner"
    assert first in {b["id"] for b in store.find("business", owner_id=wrong)}


def test_waiting_for_consent(store: Store) -> None:
    not_told = made(store, 1, {"informed": "not_yet"})[0]
    told = made(store, 2)[0]
    asked = made(store, 3)[0]
    refused = made(store, 4)[0]
    for owner_id in (told, asked, refused):
        open_case(store, Opening(owner_id, "training"), SRI)
    for owner_id, answer in ((told, None), (asked, "yes"), (refused, "no")):
        row = {"owner_id": owner_id, "informed": "signed", "given_on": day(-1), "filing": answer}
        store.save("consent", row)
    assert listed(store, "consent") == [not_told, told]
    for case in store.find("facilitation", owner_id=told):
        store.save("facilitation", {"id": case["id"], "state": "closed"})
    assert listed(store, "consent") == [not_told]


def test_cases_and_referrals_that_wait(store: Store) -> None:
    owner_id = made(store)[0]
    case = {"owner_id": owner_id, "service": "nib", "opened_on": day(-20), "state": "documents"}
    late, checked = (store.save("facilitation", case | v).first_id("facilitation")
                     for v in ({"due": day(-1)}, {"check_on": day(-4), "state": "submitted"}))  # fmt: skip
    for values in ({"due": day(0)}, {"due": day(-9), "state": "closed"}, {}):
        store.save("facilitation", case | values)
    assert listed(store, "cases_late") == [checked, late]
    referral = {"owner_id": owner_id, "office": "Dinkes", "reason": "PKP"}
    waiting = refer(store, referral, SRI).first_id("referral")
    refer(store, referral | {"state": "accepted"}, SRI)
    assert listed(store, "referrals") == [waiting]


def test_follow_ups_are_those_of_the_home_page(store: Store) -> None:
    owner_id = made(store)[0]
    task = {"owner_id": owner_id, "kind": "we_call", "responsible": "me", "state": "open"}
    due = {days: store.save("follow_up", task | {"due": day(days)}).first_id("follow_up") for days in (-4, 0, 1, 7, 8)}
    assert listed(store, "late") == [due[-4]]
    assert listed(store, "soon") == [due[-4], due[0], due[1]]
    assert listed(store, "week") == [due[-4], due[0], due[1], due[7]]
    assert LISTS["late"].entries(store) == [Entry("follow_up", due[-4], owner_id, None, day(-4), -4)]


def test_counts_leave_out_empty_lists(store: Store) -> None:
    assert counts(store) == {}
    made(store, 1, {"informed": "not_yet"})
    assert counts(store) == {"consent": 1}


def test_every_list_says_what_it_is_and_why() -> None:
    for key, row in LISTS.items():
        assert row.key == key
        assert all((row.words.id, row.words.en, row.why.id, row.why.en))


def test_what_ends_is_found_by_an_index(store: Store) -> None:
    for table, column in (("permit", "expires"), ("business", "visit_again_on")):
        plan = store.query(f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE {column} < '2027'")
        assert "USING INDEX" in str(plan)
    assert working_lists.SOON == 30
