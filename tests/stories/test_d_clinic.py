"""A clinic at Ngantor di Kecamatan: 40 guests at three desks; what was promised reaches the right Kasie."""

from collections import Counter
from itertools import islice

from models import event_acts, event_figures, facilitation_acts, sessions, statistics, summaries, working_lists
from models.facilitation_acts import Opening
from models.periods import of_event
from models.sessions import At, Author
from tests.stories.people import DEWI, PATOKAN, SEMAMPIR, SRI, colleagues, later, meet, on, registered
from tests.sync.office import Laptop

ELSEWHERE = "3513152001"  # Temenggungan in the kecamatan of Krejengan
DESKS = {"nib": 15, "packaging": 15, "halal": 10}  # the service of each desk and its guests


def register_guests(sri: Laptop) -> list[str]:
    """Twenty of Patokan, nineteen of Semampir, and one who lives in another kecamatan."""
    homes = [PATOKAN] * 20 + [SEMAMPIR] * 19
    rows = [row for n, village in enumerate(homes) for row in registered(sri.store, n, village)]
    rows += [(entity, row | {"village": ELSEWHERE}) for entity, row in registered(sri.store, 39)]
    sri.store.save_all(rows)
    return [row["id"] for entity, row in rows if entity == "business"]


def serve_desk(laptop: Laptop, author: Author, desk: str, service: str) -> None:
    """Call everybody who waits: a session, a case, and a follow-up for the Kasie of where they live."""
    event = laptop.get("event_desk", desk)["event_id"]
    while called := event_acts.call_next(laptop.store, desk):
        ticket = laptop.get("ticket", called.first_id("ticket"))
        who = sessions.about(laptop.store, ticket["owner_id"], ticket["business_id"])
        assert who is not None
        entry = {"consultation.topics": service, "consultation.place": "event", "consultation.note": "Klinik kecamatan.",
                 "follow_up.kind": "owner_sends", "follow_up.what": "Foto KTP", "follow_up.due": "7",
                 "follow_up.responsible": "kasie"}  # fmt: skip
        laptop.clock.forward(minutes=6)
        _, held = sessions.hold(laptop.store, who, entry, author, at=At(ticket_id=ticket["id"]))
        links = {"event_id": event, "consultation_id": held.consultation_id}
        opening = Opening(ticket["owner_id"], service, ticket["business_id"], links=links)
        facilitation_acts.open_case(laptop.store, opening, author)


def test_a_clinic_of_the_kecamatan() -> None:
    sri, dewi = laptops = colleagues(on(2026, 11, 24))
    guests = register_guests(sri)
    clinic = {"name": "Ngantor di Kecamatan", "kind": "clinic", "held_on": "2026-11-24"}
    event = event_acts.plan_event(sri.store, clinic, DESKS).first_id("event")
    meet(sri, dewi)
    desks = {row["name"]: row["id"] for row in dewi.store.find("event_desk", event_id=event)}

    # The queue: Sri gives the numbers of the first two desks, Dewi those of the third; nobody has a line.
    queue = iter(guests)
    for laptop, author, service in ((sri, SRI, "nib"), (sri, SRI, "packaging"), (dewi, DEWI, "halal")):
        for guest in islice(queue, DESKS[service]):
            event_acts.give_ticket(laptop.store, desks[service], event_acts.guest_of(laptop.store, guest))
        serve_desk(laptop, author, desks[service], service)

    # The guest from elsewhere is handed on to the office of that kecamatan.
    stranger = dewi.get("business", guests[-1])
    facilitation_acts.refer(dewi.store, {
        "owner_id": stranger["owner_id"], "business_id": stranger["id"], "service": "halal",
        "office": "Kecamatan Krejengan", "reason": "Tinggal di sana"}, DEWI)  # fmt: skip
    meet(sri, dewi)
    event_acts.close_event(sri.store, event, "Empat puluh tamu, tiga meja.")
    meet(sri, dewi)

    for laptop in laptops:
        found = event_figures.event_figures(laptop.store, event)
        assert (found.given, found.served, found.waiting, found.no_show) == (40, 40, 0, 0)
        assert [(d.letter, d.name, d.given, d.served) for d in found.desks] == [
            ("A", "nib", 15, 15), ("B", "packaging", 15, 15), ("C", "halal", 10, 10),
        ]  # fmt: skip
        assert found.villages == {PATOKAN: 20, SEMAMPIR: 19, ELSEWHERE: 1}
        assert found.service_minutes == 6
        assert (found.sessions, found.topics) == (40, DESKS)
        counted = statistics.count(laptop.store, of_event(laptop.get("event", event)), PATOKAN).values
        assert (counted["served"], counted["cases_opened"]) == (40, 40)
        assert Counter(case["service"] for case in laptop.store.find("facilitation")) == DESKS
        assert len({session["number"] for session in laptop.store.find("consultation")}) == 40
        assert len(working_lists.LISTS["referrals"].entries(laptop.store)) == 1

    # A week later each Kasie finds the promises of the own kelurahan, whoever held the session.
    later(sri, dewi, days=7)
    for laptop, village, count in ((sri, PATOKAN, 21), (dewi, SEMAMPIR, 19)):
        promises = summaries.follow_ups(laptop.store)
        assert len(promises) == count
        assert {laptop.get("owner", promise["owner_id"])["scope"] for promise in promises} == {village}
        assert len(working_lists.LISTS["soon"].entries(laptop.store)) == count
