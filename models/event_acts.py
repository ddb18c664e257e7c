"""Running an event: tickets at the desks, attendance of any number of people, and closing it.

A ticket's number belongs to the desk whose letter it bears; another desk may call it. Attendance rows
are numbered in the order of the printed list.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from models.acts import known
from models.errors import InvalidRecord
from models.events import LETTERS, TICKET_MOVES
from models.i18n import Words
from models.schema import Problem, Row
from models.store import Changes, Store

NOT_NOW = Words(
    "Nomor ini sudah berpindah keadaan. Lihat antrean terbaru.", "This number has moved on. Look at the queue again."
)
WHY = Words("Tulis alasan sesi dibatalkan.", "Write why the session is cancelled.")


def plan_event(store: Store, event: Mapping[str, Any], desks: Iterable[str] = ()) -> Changes:
    """A new event with its desks, lettered A, B, C… in order."""
    row = {"id": store.clock.new_id(), "state": "planned"} | dict(event)
    with store.transaction():
        changes = store.save("event", row)
        for letter, name in zip(LETTERS, desks, strict=False):
            changes |= store.save("event_desk", {"event_id": row["id"], "letter": letter, "name": name})
    return changes


# Tickets.


def give_ticket(store: Store, desk_id: str, guest: Mapping[str, Any]) -> Changes:
    """The next number of a desk for a guest: `name`, and what else is known of them."""
    with store.transaction():
        desk = known(store, "event_desk", desk_id)
        number = {"event_id": desk["event_id"], "letter": desk["letter"]}
        given = store.query("SELECT coalesce(max(number), 0) FROM ticket WHERE event_id = ? AND letter = ?",
                            (desk["event_id"], desk["letter"]))  # fmt: skip
        number |= {"number": given[0][0] + 1, "desk_id": desk_id, "state": "waiting"}
        return store.save("ticket", {"arrived_at": store.clock.stamp()} | dict(guest) | number)


def queue(store: Store, desk_id: str) -> list[Row]:
    """Who waits at a desk, in the order of the next calls: priority first, then as they came."""
    waiting = store.find("ticket", desk_id=desk_id, state="waiting")
    return sorted(waiting, key=lambda t: (t["priority"] is None, t["arrived_at"], t["number"]))


def call_next(store: Store, desk_id: str) -> Changes:
    """Call the next of a desk's queue; nothing when nobody waits."""
    with store.transaction():
        waiting = queue(store, desk_id)
        return call(store, waiting[0]["id"]) if waiting else Changes()


def call(store: Store, ticket_id: str) -> Changes:
    """Call a guest: in turn, out of turn, or again after they did not come."""
    return _set(store, ticket_id, "called", {"called_at": store.clock.stamp(), "ended_at": None})


def serve(store: Store, ticket_id: str, consultation_id: str | None = None) -> Changes:
    """The guest was served; the session that was saved, if any."""
    return _set(store, ticket_id, "served", {"ended_at": store.clock.stamp(), "consultation_id": consultation_id})


def take_back(store: Store, ticket_id: str) -> Changes:
    """Not served after all: the guest is still at the desk, since the same moment."""
    return _set(store, ticket_id, "called", {"ended_at": None, "consultation_id": None})


def not_there(store: Store, ticket_id: str) -> Changes:
    """Called, and nobody came."""
    return _set(store, ticket_id, "no_show", {"ended_at": store.clock.stamp()})


def cancel(store: Store, ticket_id: str, reason: str) -> Changes:
    """The session does not take place; the number stays taken."""
    if not reason.strip():
        raise InvalidRecord([Problem("error", "missing", WHY, "reason")])
    return _set(store, ticket_id, "cancelled", {"ended_at": store.clock.stamp(), "reason": reason})


def put_back(store: Store, ticket_id: str) -> Changes:
    """Back to the queue, with the waiting time it had."""
    return _set(store, ticket_id, "waiting", {"called_at": None, "ended_at": None, "reason": None})


def transfer(store: Store, ticket_id: str, desk_id: str) -> Changes:
    """To another desk of the event; number and waiting time stay."""
    with store.transaction():
        ticket, desk = known(store, "ticket", ticket_id), known(store, "event_desk", desk_id)
        if desk["event_id"] != ticket["event_id"] or ticket["state"] not in ("waiting", "called"):
            raise InvalidRecord([Problem("error", "move", NOT_NOW, "desk_id")])
        changes = put_back(store, ticket_id) if ticket["state"] == "called" else Changes()
        return changes | store.save("ticket", {"id": ticket_id, "desk_id": desk_id, "from_desk_id": ticket["desk_id"]})


def _set(store: Store, ticket_id: str, state: str, values: Row) -> Changes:
    with store.transaction():
        ticket = known(store, "ticket", ticket_id)
        if state not in TICKET_MOVES[ticket["state"]]:
            raise InvalidRecord([Problem("error", "move", NOT_NOW, "state")])
        return store.save("ticket", {"id": ticket_id, "state": state} | values)


# Attendance.


def invite(store: Store, event_id: str, people: Iterable[Mapping[str, Any]]) -> Changes:
    """Put people on the list, numbered after those who stand there; whoever is on it already stays as they are."""
    with store.transaction():
        there = store.find("attendance", event_id=event_id)
        listed = {row["owner_id"] for row in there if row["owner_id"]}
        number, rows = _last_number(there), list[Row]()
        for person in people:
            if person.get("owner_id") in listed:
                continue
            listed |= {person["owner_id"]} if person.get("owner_id") else set()
            number += 1
            rows.append(dict(person) | {"event_id": event_id, "number": number, "invited": 1, "presence": "invited"})
        return store.save_all(("attendance", row) for row in rows)


def guest_of(store: Store, business_id: str) -> Row:
    """What a list of participants or a ticket needs to know of a registered business."""
    business = known(store, "business", business_id)
    owner = store.get("owner", business["owner_id"]) or {}
    return {
        "owner_id": business["owner_id"], "business_id": business_id, "business_name": business["name"],
        "name": owner.get("name") or business["contact_name"] or business["name"],
        "phone": owner.get("phone") or business["contact_phone"], "village": business["village"],
    }  # fmt: skip


def walk_in(store: Store, event_id: str, person: Mapping[str, Any]) -> Changes:
    """Somebody came who was not invited."""
    with store.transaction():
        number = _last_number(store.find("attendance", event_id=event_id)) + 1
        row = dict(person) | {"event_id": event_id, "number": number, "invited": 0}
        return store.save("attendance", row | _present(store, "typed"))


def mark_present(store: Store, attendance_id: str) -> Changes:
    """They are here."""
    return store.save("attendance", {"id": attendance_id} | _present(store, "typed"))


def unmark(store: Store, attendance_id: str) -> Changes:
    """They are not here after all."""
    row = {"id": attendance_id, "presence": "invited", "marked_at": None, "marked_from": None}
    return store.save("attendance", row)


def excuse(store: Store, attendance_id: str) -> Changes:
    """They said that they cannot come."""
    row = {"id": attendance_id, "presence": "excused", "marked_at": store.clock.stamp(), "marked_from": "typed"}
    return store.save("attendance", row)


def mark_numbers(store: Store, event_id: str, numbers: Iterable[int]) -> Changes:
    """Those whose numbers bear a signature on the paper list; who is marked already stays as they are."""
    signed = set(numbers)
    with store.transaction():
        rows = [row for row in store.find("attendance", event_id=event_id) if row["number"] in signed]
        there = _present(store, "paper")
        return store.save_all(("attendance", {"id": row["id"]} | there) for row in rows if row["presence"] != "present")


def last_number(store: Store, event_id: str) -> int:
    """How far the list goes: the end for `events.read_numbers`."""
    return _last_number(store.find("attendance", event_id=event_id))


def _last_number(rows: Iterable[Row]) -> int:
    return max((row["number"] or 0 for row in rows), default=0)


def _present(store: Store, source: str) -> Row:
    return {"presence": "present", "marked_at": store.clock.stamp(), "marked_from": source}


# The end.


def close_event(store: Store, event_id: str, minutes: str | None = None) -> Changes:
    """The event is over: who still waits did not get a turn, and the figures stand."""
    with store.transaction():
        known(store, "event", event_id)
        row = {"id": event_id, "state": "held", "closed_at": store.clock.stamp()}
        changes = store.save("event", row | ({"minutes": minutes} if minutes else {}))
        waiting = store.find("ticket", event_id=event_id, state="waiting")
        ended = {"state": "no_show", "ended_at": store.clock.stamp()}
        return changes | store.save_all(("ticket", {"id": ticket["id"]} | ended) for ticket in waiting)
