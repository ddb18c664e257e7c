"""Holding a session: number, follow-up, working days, and who looks after it."""

from typing import Any

import pytest

from models import event_acts, periods, sessions, statistics, waiting
from models.consultations import CONSULTATION
from models.errors import InvalidRecord
from models.event_figures import event_figures
from models.sessions import About, At, Author, Guest, about, check, due_of, hold
from models.store import Store
from tests.fakes import MINUTE, VILLAGE, FrozenClock, business, owner

TODAY = MINUTE.date()  # Tuesday 24 November 2026
SEMAMPIR = "3513141003"
SRI = Author("staff-sri", "Sri Wahyuni")
TOPICS = {
    "consultation.topics": "halal,packaging",
    "consultation.note": "Standing pouch.",
    "consultation.place": "office",
}
CALL = TOPICS | {"follow_up.kind": "we_call", "follow_up.due": "7", "follow_up.responsible": "me"}


def guest(store: Store, **values: Any) -> About:
    owner_id = store.save("owner", owner(**values)).first_id("owner")
    business_id = store.save("business", business(owner_id)).first_id("business")
    found = about(store, owner_id, business_id)
    assert found is not None
    return found


def test_a_session_is_kept_with_its_author_and_times(store: Store, clock: FrozenClock) -> None:
    who = guest(store)
    began = clock.now().isoformat()
    clock.forward(minutes=9)
    store.save_draft("session", "d1", {"entry": TOPICS})
    changes, held = hold(store, who, TOPICS, SRI, started_at=began, draft="d1")
    row = store.get("consultation", held.consultation_id)
    assert row is not None
    assert (row["topics"], row["note"], row["place"], row["held_on"]) == (
        "halal,packaging",
        "Standing pouch.",
        "office",
        "2026-11-24",
    )
    assert (row["staff_id"], row["staff_name"], row["started_at"]) == ("staff-sri", "Sri Wahyuni", began)
    assert row["ended_at"] == clock.stamp()
    assert (row["owner_id"], row["scope"]) == (who.owner["id"], VILLAGE)
    assert store.count("follow_up") == 0
    assert store.drafts() == []
    assert changes.ids("consultation") == {held.consultation_id}


def test_numbers_count_within_the_month_and_name_the_account(store: Store, clock: FrozenClock) -> None:
    who = guest(store)
    numbers = [hold(store, who, TOPICS, SRI)[1].number for _ in range(2)]
    clock.forward(days=7)
    numbers.append(hold(store, who, TOPICS, SRI)[1].number)
    mark = store.setting("session_mark")
    assert numbers == [f"KK/3513141017/2026/{m}-{mark}" for m in ("11/0001", "11/0002", "12/0001")]


@pytest.mark.parametrize(
    ("entry", "field", "sentence"),
    [
        ({}, "consultation.topics", "Pilih paling sedikit satu topik."),
        (CALL | {"follow_up.due": ""}, "follow_up.due", "Tulis tenggatnya, mis. 7 atau 1/12."),
        (CALL | {"follow_up.due": "32/12"}, "follow_up.due", '"32/12" bukan tanggal. Tulis hari/bulan, mis. 1/12.'),
        (
            CALL | {"follow_up.due": "23/11/2026"},
            "follow_up.due",
            "Tanggal sudah lewat. Pilih hari ini atau sesudahnya.",
        ),
        (
            CALL | {"follow_up.responsible": "other_office"},
            "follow_up.responsible_name",
            "Tulis kantor atau nama orangnya.",
        ),
    ],
)
def test_what_keeps_a_session_from_being_saved(store: Store, entry: dict[str, str], field: str, sentence: str) -> None:
    who = guest(store)
    assert [(p.field, p.words.id) for p in check(entry, TODAY)] == [(field, sentence)]
    with pytest.raises(InvalidRecord):
        hold(store, who, entry, SRI)
    assert (store.count("consultation"), store.count("follow_up")) == (0, 0)


def test_no_follow_up_asks_for_no_date() -> None:
    assert check(TOPICS | {"follow_up.due": "32/12"}, TODAY) == []


@pytest.mark.parametrize(
    ("typed", "day", "why"),
    [
        ("7", "2026-12-01", None),
        ("4", "2026-11-30", "Sabtu"),
        ("25/12", "2026-12-28", "Hari Natal"),
        ("senin", "2026-11-30", None),
        ("hari ini", "2026-11-24", None),
    ],
)
def test_due_dates_move_to_a_working_day(typed: str, day: str, why: str | None) -> None:
    due = due_of(typed, TODAY)
    assert due is not None
    assert (due.day.isoformat(), due.why and due.why.id) == (day, why)


def test_unreadable_due_is_none() -> None:
    assert due_of("32/12", TODAY) is None


def test_the_follow_up_waits_with_the_owner_on_a_working_day(store: Store) -> None:
    _, held = hold(store, guest(store), CALL | {"follow_up.due": "4", "follow_up.what": "Kirim label"}, SRI)
    (task,) = store.find("follow_up")
    assert (task["due"], task["state"], task["kind"], task["what"]) == ("2026-11-30", "open", "we_call", "Kirim label")
    assert (task["responsible"], task["responsible_name"], task["responsible_id"]) == ("me", "Sri Wahyuni", "staff-sri")
    assert (task["consultation_id"], task["scope"]) == (held.consultation_id, VILLAGE)


def test_the_kasie_of_another_village_is_found(store: Store) -> None:
    store.save(
        "staff", {"id": "staff-rini", "name": "Rini Astuti", "role": "kasie", "region": SEMAMPIR, "scope": "3513"}
    )
    who = guest(store, village=SEMAMPIR, scope=SEMAMPIR)
    hold(store, who, CALL | {"follow_up.responsible": "kasie"}, SRI)
    (task,) = store.find("follow_up")
    assert (task["responsible"], task["responsible_name"], task["responsible_id"]) == (
        "kasie",
        "Rini Astuti",
        "staff-rini",
    )
    assert task["scope"] == SEMAMPIR


def test_another_office_is_named(store: Store) -> None:
    entry = CALL | {"follow_up.responsible": "other_office", "follow_up.responsible_name": "Dinas Kesehatan"}
    hold(store, guest(store), entry, SRI)
    (task,) = store.find("follow_up")
    assert (task["responsible_name"], task["responsible_id"]) == ("Dinas Kesehatan", None)


def test_about_shows_the_last_five_newest_first(store: Store, clock: FrozenClock) -> None:
    who = guest(store)
    for _ in range(6):
        hold(store, who, TOPICS, SRI)
        clock.forward(days=1)
    again = about(store, who.owner["id"])
    assert again is not None
    assert [r["held_on"][-2:] for r in again.past] == ["29", "28", "27", "26", "25"]
    assert again.business is None
    assert again.kasie is None


def test_an_owner_who_is_gone_has_no_form(store: Store) -> None:
    who = guest(store)
    store.delete("owner", who.owner["id"])
    assert about(store, who.owner["id"]) is None
    assert about(store, "nobody") is None


def test_a_fault_halfway_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    who = guest(store)
    monkeypatch.setattr(sessions, "_task", lambda *_: {"kind": "we_call"})  # a task without a due date
    with pytest.raises(InvalidRecord):
        hold(store, who, CALL, SRI)
    assert store.count("consultation") == 0


# Events.


def clinic(store: Store, **values: Any) -> str:
    event = {"name": "Klinik", "kind": "clinic", "held_on": str(TODAY), "state": "planned"}
    return store.save("event", event | values).first_id("event")


def desk_of(store: Store, event: str) -> str:
    return store.save("event_desk", {"event_id": event, "letter": "A", "name": "Legalitas"}).first_id("event_desk")


def saved(store: Store, held: sessions.Held) -> dict[str, Any]:
    row = store.get("consultation", held.consultation_id)
    assert row is not None
    return row


def test_a_session_for_a_number_serves_it_and_counts_at_its_event(store: Store, clock: FrozenClock) -> None:
    who, event = guest(store), clinic(store)
    ticket = event_acts.give_ticket(store, desk_of(store, event), {"name": who.owner["name"]}).first_id("ticket")
    clock.forward(minutes=12)
    event_acts.call(store, ticket)
    clock.forward(minutes=7)
    changes, held = hold(store, who, TOPICS, SRI, at=At(ticket_id=ticket))
    assert saved(store, held)["event_id"] == event
    assert changes.touches("ticket")
    hold(store, who, {"consultation.topics": "halal"}, SRI, at=At(event_id=event))
    found = event_figures(store, event)
    assert (found.served, found.waiting_minutes, found.service_minutes) == (1, 12, 7)
    assert (found.sessions, found.topics) == (2, {"halal": 2, "packaging": 1})


def test_a_number_that_was_not_called_leaves_nothing_behind(store: Store) -> None:
    who, event = guest(store), clinic(store)
    ticket = event_acts.give_ticket(store, desk_of(store, event), {"name": "Buhari"}).first_id("ticket")
    for wrong in (At(ticket_id=ticket), At(event_id="gone"), At(ticket_id="gone")):
        with pytest.raises(InvalidRecord):
            hold(store, who, TOPICS, SRI, at=wrong)
    assert store.count("consultation") == 0


@pytest.mark.parametrize(
    ("events", "place", "found"),
    [
        ([{}], "event", True),
        ([{}], "office", False),
        ([], "event", False),
        ([{}, {}], "event", False),
        ([{}, {"state": "cancelled"}], "event", True),
        ([{"held_on": "2026-11-23", "until": "2026-11-25"}, {"held_on": "2026-11-23"}], "event", True),
    ],
)
def test_the_only_event_of_today_is_meant(store: Store, events: list[dict[str, Any]], place: str, found: bool) -> None:
    ids = [clinic(store, **values) for values in events]
    _, held = hold(store, guest(store), TOPICS | {"consultation.place": place}, SRI)
    assert saved(store, held)["event_id"] == (ids[0] if found else None)


def test_a_guest_who_is_not_registered_is_kept_with_the_event(store: Store) -> None:
    event = clinic(store)
    _, held = hold(store, Guest("Buhari", "0812-0000-0142"), TOPICS, SRI, at=At(event_id=event))
    row = saved(store, held)
    assert (row["scope"], row["owner_id"], row["guest"], row["guest_phone"]) == (
        VILLAGE[:6], None, "Buhari", "+6281200000142",
    )  # fmt: skip
    assert row["number"].startswith("KK/351314/2026/11/")
    assert waiting.subject_of(store, "consultation", row["id"]).id == "Buhari — Halal, Kemasan"
    hold(store, Guest("Buhari", "0812-0000-0142"), TOPICS, SRI, at=At(event_id=event))
    hold(store, Guest("Tumini"), TOPICS, SRI)
    counted = statistics.count(store, periods.month(TODAY), VILLAGE[:6])
    assert (counted.values["sessions"], counted.values["persons"]) == (3, 2)
    assert statistics.count(store, periods.month(TODAY), VILLAGE).values["sessions"] == 0


def test_a_guest_needs_a_name_and_no_follow_up(store: Store) -> None:
    for who, entry, field in ((Guest(" "), TOPICS, "consultation.guest"), (Guest("Buhari"), CALL, "follow_up.kind")):
        with pytest.raises(InvalidRecord) as refused:
            hold(store, who, entry, SRI)
        assert [p.field for p in refused.value.problems] == [field]
    assert store.count("consultation") == store.count("follow_up") == 0


def test_a_guest_who_registers_later_takes_the_session_along(store: Store) -> None:
    event = clinic(store)
    ticket = event_acts.give_ticket(store, desk_of(store, event), {"name": "Siti"}).first_id("ticket")
    event_acts.call(store, ticket)
    _, held = hold(store, Guest("Siti", "081200000001"), TOPICS, SRI, at=At(ticket_id=ticket))
    who = guest(store)
    sessions.recognise(store, held.consultation_id, who)
    row, drawn = saved(store, held), store.get("ticket", ticket)
    assert drawn is not None
    assert (row["owner_id"], row["guest"], row["guest_phone"]) == (who.owner["id"], None, None)
    assert drawn["owner_id"] == who.owner["id"]
    found = about(store, who.owner["id"])
    assert found is not None
    assert [past["id"] for past in found.past] == [held.consultation_id]
    with pytest.raises(InvalidRecord):
        sessions.recognise(store, "gone", who)


def test_a_session_with_nobody_is_to_be_checked() -> None:
    row = {"held_on": "2026-11-24", "topics": "nib"}
    assert [p.field for p in CONSULTATION.problems(row, TODAY)] == ["owner_id"]
    assert not CONSULTATION.problems(row | {"guest": "Buhari"}, TODAY)
