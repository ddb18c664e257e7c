"""A seminar and the yearly numbers of a city: 2017 as it was counted, ten rise in 2026, one entry comes late."""

from datetime import date

from models import closing, event_acts, event_figures, revisions, statistics
from models.periods import year
from models.statistics import Report
from tests import fakes
from tests.stories.people import DEWI, MILLION, PATOKAN, SRI, colleagues, later, meet, on
from tests.sync.office import Laptop

CITY = {"micro": (5_505, 300 * MILLION), "small": (41, 3_000 * MILLION), "medium": (16, 20_000 * MILLION)}
IN_2017, IN_2026 = year(date(2017, 1, 1)), year(date(2026, 1, 1))


def census(sri: Laptop) -> list[str]:
    """The list of 2017: it names businesses and not people, so they hang on one owner until somebody visits."""
    owner_id = sri.save("owner", **fakes.owner(name="Daftar UMKM 2017", nik=None))
    sales = [sold for count, sold in CITY.values() for _ in range(count)]
    rows = [
        fakes.business(owner_id, n, sales_year=sold, numbers_year=2017) | {"id": sri.clock.new_id()}
        for n, sold in enumerate(sales)
    ]
    sri.store.save_all(("business", row) for row in rows)
    return [row["id"] for row in rows]


def closed_2017(laptop: Laptop) -> Report:
    report = closing.closed(laptop.store, IN_2017, PATOKAN)
    assert report is not None
    assert report.now.groups["scale"] == {"micro": 5_505, "small": 41, "medium": 16, "-": 1}
    return report


def test_a_seminar_and_the_yearly_numbers() -> None:
    sri, dewi = laptops = colleagues(on(2017, 12, 31))
    businesses = census(sri)
    unknown = sri.save("business", **fakes.business(sri.store.find("owner")[0]["id"], 6_000))
    meet(sri, dewi)
    closing.close(dewi.store, IN_2017, PATOKAN, DEWI.name)

    # Nine years later ten of them report what they sold, and come to the seminar of their city.
    later(sri, dewi, days=3_239)
    rising = businesses[:10]
    dewi.store.save_all(
        ("assessment", {"business_id": business, "year": 2026, "sales": 2_500 * MILLION}) for business in rising
    )
    seminar = event_acts.plan_event(dewi.store, {"name": "Seminar Naik Kelas", "kind": "seminar",
                                                 "held_on": str(dewi.clock.today())}).first_id("event")  # fmt: skip
    guests = [event_acts.guest_of(dewi.store, business) | {"owner_id": None} for business in rising]
    event_acts.invite(dewi.store, seminar, guests)
    meet(sri, dewi)
    event_acts.mark_numbers(sri.store, seminar, range(1, 10))
    event_acts.close_event(sri.store, seminar)
    assert not revisions.revision(sri.store, closed_2017(sri))

    # The last sheet of 2017 turns up: the closed report stands, and says what would be another number by now.
    sri.save("assessment", business_id=unknown, year=2017, sales=100 * MILLION)
    meet(sri, dewi)
    for laptop in laptops:
        present = event_figures.attendance_figures(laptop.store, seminar)
        assert (present.names, present.present, present.absent) == (10, 9, 1)
    now = statistics.count(dewi.store, IN_2026, PATOKAN)
    assert now.groups["scale"] == {"micro": 5_496, "small": 51, "medium": 16}
    assert (now.values["moved_up"], now.values["moved_up_before"]) == (10, 0)
    revised = revisions.revision(dewi.store, closed_2017(dewi))
    assert [(c.words.id, c.then, c.now) for c in revised.changes] == [
        ("Usaha menurut skala: Mikro", 5_505, 5_506),
        ("Usaha menurut skala: Belum diisi", 1, 0),
    ]
    for change in revised.changes:
        (cause,) = change.causes
        assert (cause.record_id, cause.through.id, cause.by) == (unknown, "Angka tahunan", SRI.name)
