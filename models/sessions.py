"""Saving a consultation with the follow-up it leaves behind, in one transaction.

An entry is what stands in the form: typed texts by `entity.field`, as a draft keeps them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models import care, event_acts
from models.acts import known
from models.consultations import CONSULTATION, FOLLOW_UP
from models.errors import InvalidRecord
from models.i18n import Words
from models.numbering import next_number
from models.reference import DISTRICT_DIGITS, region
from models.schema import Entity, Field, Problem, Row
from models.store import Changes, Store
from models.workdays import day_off, next_workday

Typed = Mapping[str, str]

DRAFT = "session"  # the kind of its drafts

KEYS = (
    "consultation.topics", "consultation.note", "consultation.place", "consultation.result",
    "follow_up.kind", "follow_up.what", "follow_up.due", "follow_up.responsible", "follow_up.responsible_name",
)  # fmt: skip
_ENTITIES: dict[str, Entity] = {e.name: e for e in (CONSULTATION, FOLLOW_UP)}
NO_TOPIC = Words("Pilih paling sedikit satu topik.", "Choose at least one topic.")
NO_DUE = Words("Tulis tenggatnya, mis. 7 atau 1/12.", "Enter a due date, e.g. 7 or 1/12.")
NO_GUEST = Words("Tulis nama tamunya.", "Write the guest's name.")
REGISTER_FIRST = Words("Daftarkan tamu ini dulu; tindak lanjut perlu pelaku usaha yang terdaftar.",
                       "Register this guest first; a follow-up needs a registered owner.")  # fmt: skip
NO_NAME = Words("Tulis kantor atau nama orangnya.", "Enter the office or the person's name.")


def field_of(key: str) -> Field:
    """The declaration behind `follow_up.due`."""
    entity, name = key.split(".")
    return _ENTITIES[entity][name]


def check(entry: Typed, today: date) -> list[Problem]:
    """Everything that keeps a session from being saved, in the order in which it is read."""
    found: list[Problem] = []
    if not entry.get("consultation.topics"):
        found.append(Problem("error", "missing", NO_TOPIC, "consultation.topics"))
    if entry.get("follow_up.kind"):
        due = entry.get("follow_up.due", "").strip()
        found += (
            [p.at("follow_up.due") for p in field_of("follow_up.due").kind.check(due, today)]
            if due
            else [Problem("error", "missing", NO_DUE, "follow_up.due")]
        )
        if entry.get("follow_up.responsible") == "other_office" and not entry.get("follow_up.responsible_name"):
            found.append(Problem("error", "missing", NO_NAME, "follow_up.responsible_name"))
    return [p for p in found if p.severity == "error"]


@dataclass(frozen=True, slots=True)
class Due:
    """A due date on a working day; `why` names the day off from which it was moved."""

    day: date
    asked: date
    why: Words | None


def due_of(text: str, today: date) -> Due | None:
    """The working day meant by `7`, `senin` or `1/12`; None while it cannot be read."""
    value = field_of("follow_up.due").kind.parse(text, today)
    if value is None:
        return None
    asked = date.fromisoformat(str(value))
    return Due(next_workday(asked), asked, day_off(asked))


@dataclass(frozen=True, slots=True)
class About:
    """Whom a session is held with, and who would look after a follow-up there."""

    owner: Row
    business: Row | None
    kasie: Row | None  # of the owner's village, when it is another than mine
    past: tuple[Row, ...]  # the last sessions, newest first
    guest: bool = False  # the records will leave this laptop for the village that keeps them

    @property
    def scope(self) -> str:
        """Who keeps the owner's records."""
        return str(self.owner["scope"])


def about(store: Store, owner_id: str, business_id: str | None = None, past: int = 5) -> About | None:
    """What the form shows beside the entry; None when the owner is not here (any more)."""
    owner = store.get("owner", owner_id)
    if owner is None or owner["deleted"]:
        return None
    business = store.get("business", business_id) if business_id else None
    held = sorted(store.find("consultation", owner_id=owner_id), key=lambda r: (r["held_on"], r["id"]), reverse=True)
    staff = [] if owner["scope"] == store.home_scope else store.find("staff", region=owner["scope"], role="kasie")
    guest = care.is_guest(store, owner["scope"])
    return About(owner, business, staff[0] if staff else None, tuple(held[:past]), guest)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at an event who is not registered yet: the session is kept with the event, by name and phone."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """At which event a session is held, and which number it serves; a number names its event."""

    event_id: str = ""
    ticket_id: str = ""


NOWHERE = At()


@dataclass(frozen=True, slots=True)
class Author:
    """Who holds the session, as the record names them."""

    staff_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Held:
    """A saved session."""

    consultation_id: str
    number: str


def hold(
    store: Store,
    who: About | Guest,
    entry: Typed,
    author: Author,
    *,
    started_at: str = "",
    draft: str = "",
    at: At = NOWHERE,
) -> tuple[Changes, Held]:
    """Save a session and its follow-up, all or nothing, and drop the draft.

    Raises InvalidRecord when a topic or the due date is missing. The follow-up is kept where the
    owner is, so that it reaches the person responsible there; a guest has to be registered first.
    A session at an event counts among its figures: at the one named, else for the place "Kegiatan" at the
    only one that is held today; a ticket is served by it.
    """
    today = store.clock.today()
    problems = check(entry, today) + (_of_guest(who, entry) if isinstance(who, Guest) else [])
    if problems:
        raise InvalidRecord(problems)
    author = replace(author, staff_id=author.staff_id or store.setting("staff_id", ""))  # enrolled meanwhile
    with store.transaction():
        event = _event(store, entry, at)
        parent = _of_owner(who) if isinstance(who, About) else _with_event(store, who, event)
        held = Held(store.clock.new_id(), next_number(store, "session", parent["scope"]))
        session = parent | _parsed(entry, "consultation", today) | {"id": held.consultation_id, "number": held.number}
        session |= {"held_on": today.isoformat(), "started_at": started_at or store.clock.stamp()}
        session |= {"ended_at": store.clock.stamp(), "staff_id": author.staff_id, "staff_name": author.name}
        changes = store.save("consultation", session | {"event_id": event["id"] if event else None})
        if entry.get("follow_up.kind") and isinstance(who, About):
            task = parent | _task(entry, who, author, today) | {"consultation_id": held.consultation_id}
            changes |= store.save("follow_up", task)
        if at.ticket_id:
            changes |= event_acts.serve(store, at.ticket_id, held.consultation_id)
        store.delete_draft(DRAFT, draft)
    return changes, held


def recognise(store: Store, consultation_id: str, who: About) -> Changes:
    """The guest of a session is registered by now: it is theirs, and so is the number that they drew."""
    with store.transaction():
        known(store, "consultation", consultation_id)
        whose = {key: value for key, value in _of_owner(who).items() if key != "scope"}
        tickets = store.find("ticket", consultation_id=consultation_id)
        nobody = {"guest": None, "guest_phone": None}
        return store.save_all([("consultation", {"id": consultation_id} | whose | nobody),
                               *(("ticket", {"id": ticket["id"]} | whose) for ticket in tickets)])  # fmt: skip


def _of_guest(who: Guest, entry: Typed) -> list[Problem]:
    """What keeps a session with somebody who is not registered from being saved."""
    found = [] if who.name.strip() else [Problem("error", "missing", NO_GUEST, "consultation.guest")]
    if entry.get("follow_up.kind"):
        found.append(Problem("error", "guest", REGISTER_FIRST, "follow_up.kind"))
    return found


def _event(store: Store, entry: Typed, at: At) -> Row | None:
    """The event at which the session is held, if any."""
    if at.ticket_id or at.event_id:
        named = known(store, "ticket", at.ticket_id)["event_id"] if at.ticket_id else at.event_id
        return known(store, "event", named)
    today = store.clock.today().isoformat()
    if entry.get("consultation.place") != "event":
        return None
    held = [
        e
        for e in store.find("event")
        if e["state"] != "cancelled" and e["held_on"] <= today <= (e["until"] or e["held_on"])
    ]
    return held[0] if len(held) == 1 else None


def _of_owner(who: About) -> Row:
    business_id = who.business["id"] if who.business else None
    return {"owner_id": who.owner["id"], "business_id": business_id, "scope": who.scope}


def _with_event(store: Store, who: Guest, event: Row | None) -> Row:
    """A guest belongs to no village's office yet: kept with the event, else with the kecamatan."""
    phone = CONSULTATION["guest_phone"].kind.parse(who.phone, store.clock.today())
    scope = event["scope"] if event else store.home_scope[:DISTRICT_DIGITS]
    return {"guest": who.name, "guest_phone": phone, "scope": scope}


def _parsed(entry: Typed, entity: str, today: date) -> Row:
    return {
        key.split(".")[1]: field_of(key).kind.parse(entry.get(key, ""), today)
        for key in KEYS
        if key.startswith(f"{entity}.")
    }


def _task(entry: Typed, who: About, author: Author, today: date) -> Row:
    """The open follow-up that the entry asks for."""
    due = due_of(entry.get("follow_up.due", ""), today)
    task = _parsed(entry, "follow_up", today) | _responsible(entry, who, author)
    return task | {"due": due.day.isoformat() if due else None, "state": "open"}


def _responsible(entry: Typed, who: About, author: Author) -> dict[str, Any]:
    """Who looks after the follow-up: me, the Kasie of the owner's village, or whoever was written.

    A guest's follow-up leaves this laptop: somebody there has to look after it.
    """
    chosen = entry.get("follow_up.responsible") or "me"
    if who.guest and chosen == "me":
        chosen = "kasie"
    named = {"me": (author.name, author.staff_id), "kasie": _kasie(who)}
    name, staff_id = named.get(chosen, (entry.get("follow_up.responsible_name", ""), None))
    return {"responsible": chosen, "responsible_name": name, "responsible_id": staff_id or None}


def _kasie(who: About) -> tuple[str, str | None]:
    if who.kasie:
        return who.kasie["name"], who.kasie["id"]
    there = region(who.scope) if who.guest else None
    return (f"Kasie {there.title}" if there else "", None)
