"""A clinic with three desks and an attendance list of 120, on a real store."""

from typing import Any

import pytest

from models import event_acts as acts
from models.errors import InvalidRecord
from models.event_acts import call, call_next, cancel, give_ticket, plan_event, put_back, queue, serve, transfer
from models.event_figures import AttendanceFigures, attendance_figures, event_figures
from models.events import code, read_numbers
from models.store import Store
from tests.fakes import FrozenClock, business, owner

CLINIC = {"name": "Bupati Ngantor di Kecamatan", "kind": "clinic", "held_on": "2026-11-24"}
DESKS = ("Pembiayaan & koperasi", "Legalitas", "Kemasan & pemasaran")


@pytest.fixture
def desks(store: Store) -> list[str]:
    plan_event(store, CLINIC, DESKS)
    return [desk["id"] for desk in store.find("event_desk")]


def guest(store: Store, desk_id: str, name: str = "Buhari", **values: Any) -> str:
    return give_ticket(store, desk_id, {"name": name} | values).first_id("ticket")


def ticket(store: Store, ticket_id: str) -> dict[str, Any]:
    row = store.get("ticket", ticket_id)
    assert row is not None
    return row


def waiting(store: Store, desk_id: str) -> list[str]:
    return [code(row) for row in queue(store, desk_id)]


def test_desks_are_lettered_in_order(store: Store, desks: list[str]) -> None:
    rows = store.find("event_desk")
    assert [(d["letter"], d["name"], d["scope"]) for d in rows] == [
        (letter, name, "351314") for letter, name in zip("ABC", DESKS, strict=True)]  # fmt: skip
    assert store.find("event")[0]["state"] == "planned"


def test_each_desk_gives_its_own_numbers(store: Store, desks: list[str], clock: FrozenClock) -> None:
    first = guest(store, desks[1], "Tumini", topics="nib", phone="+6281200000123")
    guest(store, desks[0])
    second = guest(store, desks[1])
    row = ticket(store, first)
    assert (code(row), row["state"], row["arrived_at"]) == ("B-001", "waiting", clock.stamp())
    assert (row["topics"], row["phone"], row["scope"]) == ("nib", "+6281200000123", "351314")
    assert code(ticket(store, second)) == "B-002"


def test_priority_goes_first_then_as_they_came(store: Store, desks: list[str], clock: FrozenClock) -> None:
    for name, values in (("a", {}), ("b", {}), ("c", {"priority": "elderly"}), ("d", {"priority": "pregnant"})):
        guest(store, desks[1], name, **values)
        clock.forward(minutes=1)
    assert waiting(store, desks[1]) == ["B-003", "B-004", "B-001", "B-002"]
    called = call_next(store, desks[1]).first_id("ticket")
    assert (ticket(store, called)["state"], ticket(store, called)["called_at"]) == ("called", clock.stamp())
    assert waiting(store, desks[1]) == ["B-004", "B-001", "B-002"]
    assert not call_next(store, desks[0])


def test_a_guest_is_served_and_that_can_be_taken_back(store: Store, desks: list[str], clock: FrozenClock) -> None:
    one = guest(store, desks[1])
    call(store, one)
    began = clock.stamp()
    clock.forward(minutes=9)
    serve(store, one, "session-1")
    row = ticket(store, one)
    assert (row["state"], row["called_at"], row["ended_at"]) == ("served", began, clock.stamp())
    assert row["consultation_id"] == "session-1"
    acts.take_back(store, one)
    row = ticket(store, one)
    assert (row["state"], row["called_at"], row["ended_at"], row["consultation_id"]) == ("called", began, None, None)


def test_no_show_is_called_again_and_cancelling_needs_a_reason(store: Store, desks: list[str]) -> None:
    one, two = guest(store, desks[1]), guest(store, desks[1])
    call(store, one)
    acts.not_there(store, one)
    call(store, one)
    put_back(store, one)
    assert (ticket(store, one)["state"], ticket(store, one)["called_at"]) == ("waiting", None)
    with pytest.raises(InvalidRecord, match="why the session is cancelled"):
        cancel(store, two, "  ")
    cancel(store, two, "Pulang")
    assert (ticket(store, two)["state"], ticket(store, two)["reason"]) == ("cancelled", "Pulang")
    assert code(ticket(store, guest(store, desks[1]))) == "B-003"


@pytest.mark.parametrize("act", [serve, acts.take_back, lambda store, t: transfer(store, t, t)])
def test_what_the_table_does_not_allow_is_refused(store: Store, desks: list[str], act: Any) -> None:
    one = guest(store, desks[1])
    before = ticket(store, one)
    if act is acts.take_back:
        cancel(store, one, "Pulang")
        before = ticket(store, one)
    with pytest.raises(InvalidRecord):
        act(store, one)
    assert ticket(store, one) == before


def test_a_transfer_keeps_number_and_waiting_time(store: Store, desks: list[str], clock: FrozenClock) -> None:
    one, two = guest(store, desks[0]), guest(store, desks[0])
    clock.forward(minutes=5)
    guest(store, desks[1])
    arrived = ticket(store, one)["arrived_at"]
    call(store, one)
    transfer(store, one, desks[1])
    transfer(store, two, desks[1])
    row = ticket(store, one)
    assert (code(row), row["desk_id"], row["from_desk_id"], row["arrived_at"]) == ("A-001", desks[1], desks[0], arrived)
    assert waiting(store, desks[1]) == ["A-001", "A-002", "B-001"]
    assert waiting(store, desks[0]) == []
    assert code(ticket(store, guest(store, desks[0]))) == "A-003"


def test_a_transfer_stays_within_the_event_and_before_the_end(store: Store, desks: list[str]) -> None:
    plan_event(store, CLINIC, ["Lain"])
    other = store.find("event_desk", name="Lain")[0]["id"]
    one, served = guest(store, desks[0]), guest(store, desks[0])
    call(store, served)
    serve(store, served)
    for ticket_id, desk_id in ((one, other), (served, desks[1])):
        with pytest.raises(InvalidRecord, match="moved on"):
            transfer(store, ticket_id, desk_id)


def test_the_figures_of_the_clinic(store: Store, desks: list[str], clock: FrozenClock) -> None:
    """Desk 2 as drawn: 18 given, 8 served, one in session, 7 waiting, 2 who did not come."""
    tickets = [guest(store, desks[1], village="3513141017" if n else None) for n in range(18)]
    for n, ticket_id in enumerate(tickets[:11]):
        call(store, ticket_id)
        if n in (2, 5):
            acts.not_there(store, ticket_id)
        elif n < 10:
            clock.forward(minutes=9, seconds=20)
            serve(store, ticket_id)
    guest(store, desks[0])
    moved = guest(store, desks[0])
    transfer(store, moved, desks[2])
    cancel(store, moved, "Pulang")
    found = event_figures(store, store.find("event")[0]["id"])
    a, b, c = found.desks
    assert (b.given, b.served, b.at_desk, b.waiting, b.no_show) == (18, 8, 1, 7, 2)
    assert (a.given, a.waiting, c.given, c.cancelled) == (2, 1, 0, 1)
    assert (found.given, found.served, found.at_desk, found.waiting) == (20, 8, 1, 8)
    assert (found.no_show, found.cancelled, found.transferred) == (2, 1, 1)
    assert (found.service_minutes, found.waiting_minutes) == (9, 33)
    assert found.villages == {"": 3, "3513141017": 17}


def test_an_event_without_guests_has_no_times(store: Store, desks: list[str]) -> None:
    found = event_figures(store, store.find("event")[0]["id"])
    assert (found.given, found.service_minutes, found.waiting_minutes, found.villages) == (0, None, None, {})


def test_closing_ends_the_queue(store: Store, desks: list[str], clock: FrozenClock) -> None:
    event_id = store.find("event")[0]["id"]
    served, left = guest(store, desks[0]), guest(store, desks[0])
    call(store, served)
    serve(store, served)
    changes = acts.close_event(store, event_id, "Berjalan lancar.")
    event = store.get("event", event_id)
    assert event is not None
    assert (event["state"], event["closed_at"], event["minutes"]) == ("held", clock.stamp(), "Berjalan lancar.")
    assert (ticket(store, served)["state"], ticket(store, left)["state"]) == ("served", "no_show")
    assert changes.ids("ticket") == {left}
    acts.close_event(store, event_id)
    assert store.find("event")[0]["minutes"] == "Berjalan lancar."
    with pytest.raises(InvalidRecord, match="no longer"):
        acts.close_event(store, "unknown")


@pytest.fixture
def workshop(store: Store) -> str:
    row = {"name": "Workshop kemasan", "kind": "workshop", "held_on": "2026-11-26", "target": 120}
    return plan_event(store, row).first_id("event")


def people(count: int) -> list[dict[str, Any]]:
    return [{"name": f"Peserta Contoh {n}", "owner_id": f"owner-{n}"} for n in range(1, count + 1)]


def test_120_are_invited_once_and_numbered(store: Store, workshop: str) -> None:
    acts.invite(store, workshop, people(118))
    twice = acts.invite(store, workshop, [*people(120), *people(120), {"name": "Tamu"}, {"name": "Tamu"}])
    assert len(twice.items) == 4
    rows = store.find("attendance", event_id=workshop)
    assert [row["number"] for row in rows] == list(range(1, 123))
    assert acts.last_number(store, workshop) == 122


def test_27_typed_and_8_from_paper_as_drawn(store: Store, workshop: str, clock: FrozenClock) -> None:
    acts.invite(store, workshop, people(38))
    rows = store.find("attendance", event_id=workshop)
    for row in rows[:25]:
        acts.mark_present(store, row["id"])
    for name in ("Buhari", "Khotimah"):
        acts.walk_in(store, workshop, {"name": name})
    numbers, problems = read_numbers("29-33, 35, 38-39", acts.last_number(store, workshop))
    assert problems == []
    changes = acts.mark_numbers(store, workshop, [*numbers, 1])
    assert len(changes.items) == 7  # number 39 is Buhari, who is marked already
    acts.mark_numbers(store, workshop, [28])
    acts.excuse(store, rows[36]["id"])
    assert attendance_figures(store, workshop) == AttendanceFigures(40, 38, 2, 35, 27, 8, 1)
    found = attendance_figures(store, workshop)
    assert (found.walk_ins, found.excused, found.absent) == (2, 1, 5)
    marked = store.get("attendance", rows[28]["id"])
    assert marked is not None
    assert (marked["marked_from"], marked["marked_at"]) == ("paper", clock.stamp())


def test_a_mark_can_be_taken_back(store: Store, workshop: str) -> None:
    one = acts.walk_in(store, workshop, {"name": "Buhari"}).first_id("attendance")
    acts.unmark(store, one)
    row = store.get("attendance", one)
    assert row is not None
    assert (row["presence"], row["marked_at"], row["marked_from"], row["invited"]) == ("invited", None, None, 0)


def test_a_registered_business_brings_what_the_list_needs(store: Store) -> None:
    owner_id = store.save("owner", owner(name="Musyarofah")).first_id("owner")
    own = store.save("business", business(owner_id, name="Jamu Sinom")).first_id("business")
    far = business("elsewhere", name="Toko Jauh", contact_name="Pak Jauh", contact_phone="+6281200000999")
    other = store.save("business", far).first_id("business")
    nameless = store.save("business", business("elsewhere", name="Kios")).first_id("business")
    mine = acts.guest_of(store, own)
    assert (mine["name"], mine["business_name"], mine["owner_id"], mine["phone"]) == (
        "Musyarofah", "Jamu Sinom", owner_id, owner()["phone"])  # fmt: skip
    theirs = acts.guest_of(store, other)
    assert (theirs["name"], theirs["phone"]) == ("Pak Jauh", "+6281200000999")
    assert acts.guest_of(store, nameless)["name"] == "Kios"
