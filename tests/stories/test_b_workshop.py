"""A packaging workshop for 120 people of every kelurahan: a flagship product each, labour counted, data made valid."""

from models import curation, event_acts, event_figures, quality_lists, reference, reviews, statistics
from models.flagships import SIGNATURES
from models.periods import year
from tests.stories.people import DISTRICT, colleagues, meet, on, registered
from tests.sync.office import Laptop

# The kelurahan of Kraksaan; the seventh digit of a desa's code is 2.
VILLAGES = [r.code for r in reference.children(DISTRICT) if r.code[6] == "1"]
EACH = 120 // len(VILLAGES)
WORKERS = 3
WRONG = 12  # whose NIK was copied without its last digit


def register_makers(sri: Laptop) -> list[str]:
    """As many makers from each kelurahan; of the first twelve the NIK cannot be right."""
    rows = [
        row
        for n in range(120)
        for row in registered(
            sri.store, n, VILLAGES[n % len(VILLAGES)], informed="signed", workers=WORKERS,
            nik=_nik(n)[:15] if n < WRONG else _nik(n),
        )
    ]  # fmt: skip
    sri.store.save_all(rows)
    return [row["id"] for entity, row in rows if entity == "business"]


def _nik(n: int) -> str:
    return f"351314{41 + n % 30}0190{9900 + n % 100}"


def choose_flagship(laptop: Laptop, village: str, makers: list[str]) -> None:
    """From the proposal to the decree, with the makers who stand behind it."""
    day = laptop.clock.today()
    flagship = laptop.save("flagship", name="Keripik Contoh", village=village, year=day.year, state="proposed",
                           scope=village, proposed_on=str(day))  # fmt: skip
    laptop.store.save_all(("flagship_business", {"flagship_id": flagship, "business_id": maker}) for maker in makers)
    score = {"uniqueness": "5", "competitiveness": "3", "labour": "4", "signed_on": str(day)}
    curation.rate(laptop.store, flagship, [score | {"curator": f"Kurator {n}"} for n in range(SIGNATURES)])
    for step, number in (("curated", ""), ("minuted", "BA-1/2026"), ("decided", "SK-7/2026")):
        curation.take_step(laptop.store, flagship, step, day, number)


def test_a_packaging_workshop() -> None:
    sri, dewi = laptops = colleagues(on(2026, 11, 24), *VILLAGES)
    makers = register_makers(sri)
    workshop = {"name": "Pelatihan Kemasan", "kind": "workshop", "held_on": "2026-11-24", "topics": "packaging"}
    event = event_acts.plan_event(sri.store, workshop | {"target": 120}).first_id("event")
    event_acts.invite(sri.store, event, [event_acts.guest_of(sri.store, maker) for maker in makers])
    meet(sri, dewi)

    # Each types in one half of the signed paper list.
    event_acts.mark_numbers(sri.store, event, range(1, 61))
    event_acts.mark_numbers(dewi.store, event, range(61, 121))
    meet(sri, dewi)
    for laptop in laptops:
        present = event_figures.attendance_figures(laptop.store, event)
        assert (present.names, present.present, present.paper) == (120, 120, 120)
        seats = [row["village"] for row in laptop.store.find("attendance", event_id=event)]
        assert {village: seats.count(village) for village in VILLAGES} == dict.fromkeys(VILLAGES, EACH)

    # What the workshop changed: one label before and after.
    business = dewi.get("business", makers[-1])
    label = {"owner_id": business["owner_id"], "business_id": business["id"], "product": "Keripik", "quality": "4"}
    before = label | {"stage": "before", "packaging": "2", "label": "1", "label_items": "name"}
    after = label | {"stage": "after", "packaging": "4", "label": "4", "label_items": "name,ingredients,weight,expiry"}
    dewi.store.save_all(("product_review", review | {"reviewed_on": "2026-11-24"}) for review in (before, after))

    # Dewi chooses the flagship products of the kelurahan, Sri asks for the ID cards again.
    for n, village in enumerate(VILLAGES):
        choose_flagship(dewi, village, makers[n :: len(VILLAGES)])
    dirty = quality_lists.score(quality_lists.records(sri.store))
    for n, maker in enumerate(makers[:WRONG]):
        sri.store.save("owner", {"id": sri.get("business", maker)["owner_id"], "nik": _nik(n)})
    meet(sri, dewi)
    assert dirty.shaped == 120 - WRONG
    for laptop in laptops:
        clean = quality_lists.score(quality_lists.records(laptop.store))
        assert (clean.records, clean.shaped, clean.shape_percent) == (120, 120, 100)
        for village in VILLAGES:
            (chosen,) = curation.candidates(laptop.store, village, 2026)
            assert (chosen.row["state"], chosen.score) == ("decided", 81)
            assert (len(chosen.makers), chosen.workers) == (EACH, EACH * WORKERS)
        (label_now,) = reviews.progress(laptop.store.find("product_review"))
        assert (label_now.total, len(label_now.added_to_label)) == (5, 3)
        counted = statistics.count(laptop.store, year(laptop.clock.today()), DISTRICT).values
        assert (counted["workers"], counted["flagships"], counted["present"]) == (360, len(VILLAGES), 120)
