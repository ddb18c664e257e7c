"""A batik cooperative: savings with arrears, cloth bought together, faults repaired, a contract renewed."""

from datetime import date

import pytest

from models import contracts, cooperatives, partnership_overview, statistics, summaries
from models.periods import year
from tests.stories.people import MILLION, PATOKAN, REGENCY, colleagues, later, meet, on, registered
from tests.sync.office import Laptop

DUES = 25_000
JOINED = date(2026, 1, 15)
MONTHS_PAID = [11] * 9 + [10, 9, 8]  # of eleven by November: three members are behind, by six months together
METRES = [40, 40, 40] + [20] * 9


@pytest.fixture
def laptops() -> tuple[Laptop, Laptop]:
    return colleagues(on(2026, 11, 24))


def found_cooperative(sri: Laptop) -> tuple[str, list[str]]:
    """Twelve members of two villages; the first is the chair."""
    group = sri.save("organisation", name="Koperasi Batik Contoh", kind="cooperative", monthly_dues=DUES)
    rows = [row for n in range(12) for row in registered(sri.store, n)]
    members = [
        {"id": sri.clock.new_id(), "organisation_id": group, "owner_id": business["owner_id"], "village": PATOKAN,
         "business_id": business["id"], "name": f"Siti Contoh {n}", "joined_on": JOINED.isoformat(),
         "role": "member" if n else "chair"}
        for n, (_, business) in enumerate(rows[1::2])
    ]  # fmt: skip
    sri.store.save_all([*rows, *(("membership", member) for member in members)])
    return group, [member["id"] for member in members]


def test_a_batik_cooperative(laptops: tuple[Laptop, Laptop]) -> None:
    sri, dewi = laptops
    group, members = found_cooperative(sri)
    meet(sri, dewi)

    # Sri keeps the savings book; Dewi orders the cloth meanwhile, both without a line.
    for member, months in zip(members, MONTHS_PAID, strict=True):
        cooperatives.record_deposit(sri.store, member, "share", 100_000, JOINED)
        cooperatives.record_deposit(sri.store, member, "dues", months * DUES, sri.clock.today())
    cloth = {"organisation_id": group, "item": "Kain mori", "quantity": 300, "unit": "m", "total": 7_500_000,
             "price_alone": 27_000, "arrives_on": "2026-11-30"}  # fmt: skip
    _, order = cooperatives.order_together(dewi.store, cloth, dict(zip(members, METRES, strict=True)))
    meet(sri, dewi)
    for laptop in laptops:
        book, bought = cooperatives.ledger(laptop.store, group), cooperatives.purchase(laptop.store, order)
        assert (book.share, book.dues, book.total) == (1_200_000, 126 * DUES, 4_350_000)
        assert [(line.months_behind, line.arrears) for line in book.behind] == [(3, 75_000), (2, 50_000), (1, 25_000)]
        assert sorted({share.cost for share in bought.shares}) == [500_000, 1_000_000]
        assert (sum(share.cost for share in bought.shares), bought.saved) == (7_500_000, 600_000)
        assert bought.problem is None

    # An off-taker buys for twelve months; of the first 120 pieces twenty are sent back to their makers.
    contract = sign_contract(dewi, group)
    meet(sri, dewi)
    check = {"organisation_id": group, "partnership_id": contract, "item": "Kain batik", "unit": "lembar",
             "checked_on": "2026-11-24", "checked": 120, "passed": 100}  # fmt: skip
    faults = [
        {"membership_id": members[1], "pieces": 12, "reason": "warna belang", "repair_by": "2026-12-01"},
        {"membership_id": members[2], "pieces": 8, "reason": "malam rembes", "repair_by": "2026-12-01"},
    ]
    _, check_id = cooperatives.record_check(sri.store, check, faults)
    meet(sri, dewi)
    belang = next(f for f in cooperatives.quality(dewi.store, check_id).faults if f["pieces"] == 12)
    dewi.store.save("quality_fault", {"id": belang["id"], "repaired_on": "2026-11-24"})
    meet(sri, dewi)
    for laptop in laptops:
        checked = cooperatives.quality(laptop.store, check_id)
        assert (checked.rejected, checked.problem) == (20, None)
        assert [fault["pieces"] for fault in checked.overdue(date(2026, 12, 2))] == [8]

    deliver_and_renew(laptops, contract)
    for laptop in laptops:
        found = partnership_overview.overview(laptop.store)
        assert (found.members, found.contracts.running, found.contracts.value) == (12, 1, 120 * MILLION)
        counted = statistics.count(laptop.store, year(laptop.clock.today()), REGENCY).values
        assert [counted[key] for key in ("groups", "members", "contracts")] == [1, 12, 1]


def sign_contract(dewi: Laptop, group: str) -> str:
    """Twelve months, two deliveries, 60 million rupiah."""
    partner = dewi.save("organisation", name="Toko Batik Rejeki", kind="offtaker")
    term = {"starts_on": "2026-11-24", "ends_on": "2027-11-23", "value": 60 * MILLION, "deliveries": 2}
    contract = dewi.save("partnership", organisation_id=partner, work="Kain batik", **term)
    dewi.save("partnership_supplier", partnership_id=contract, organisation_id=group, name="Koperasi Batik Contoh")
    return contract


def deliver_and_renew(laptops: tuple[Laptop, Laptop], contract: str) -> None:
    """Both deliveries are made; near the end both laptops ask about a renewal, and it is one promise."""
    sri, dewi = laptops
    for days in (120, 120):
        later(sri, dewi, days=days)
        contracts.deliver(dewi.store, contract, {"delivered_on": str(dewi.clock.today()), "value": 30 * MILLION})
    later(sri, dewi, days=90)
    meet(sri, dewi)
    for laptop in laptops:
        (found,) = contracts.contracts(laptop.store, contract)
        assert (found.standing.done, found.standing.fulfilled, found.standing.to_renew) == (2, 60 * MILLION, True)
        contracts.ask_renewals(laptop.store)
    meet(sri, dewi)
    (promise,) = summaries.follow_ups(sri.store)
    assert (promise["what"], promise["business"]) == ("Perpanjang kontrak Kain batik?", "Keripik Contoh 0")
    contracts.renew(sri.store, contract, date(2028, 11, 23), 60 * MILLION, 2)
    summaries.finish(sri.store, promise["id"])
    meet(sri, dewi)
    for laptop in laptops:
        (found,) = contracts.contracts(laptop.store, contract)
        assert (found.standing.ends_on, found.standing.deliveries) == (date(2028, 11, 23), 4)
        assert [task["state"] for task in laptop.store.find("follow_up")] == ["done"]
