"""The front page of Kemitraan."""

from models import cooperatives, umkm_house
from models.financing import FAMILIES, SCHEME
from models.partnership_overview import overview
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE, FrozenClock


def test_an_empty_office_has_an_empty_page(store: Store) -> None:
    page = overview(store)
    assert (page.groups, page.members, page.attention, page.coming, page.financing.amount) == ((), 0, (), (), 0)


def group(store: Store) -> str:
    row = {"name": "Koperasi Batik", "kind": "cooperative", "monthly_dues": 25_000}
    group_id = store.save("organisation", row).first_id("organisation")
    for name, village, months in (("Siti", VILLAGE, 2), ("Sumarni", "3513141009", 0)):
        member = {"organisation_id": group_id, "name": name, "village": village, "joined_on": "2026-10-01"}
        member_id = store.save("membership", member).first_id("membership")
        cooperatives.record_deposit(store, member_id, "dues", months * 25_000, store.clock.today())
    return group_id


def test_what_needs_somebody_and_what_comes(store: Store, clock: FrozenClock) -> None:
    group_id = group(store)
    who = register(store, 1)
    store.save("organisation", {"name": "UP2K Mawar", "kind": "pkk"})
    for state, disbursed in (("disbursed", 25_000_000), ("paid_off", 10_000_000), ("refused", None)):
        loan = who | {"scheme": "kur_micro", "state": state, "disbursed": disbursed}
        store.save("financing", loan)
    partner = store.save("organisation", {"name": "PT Nusa Rasa", "kind": "pma"}).first_id("organisation")
    term = {"organisation_id": partner, "work": "Emping", "value": 54_000_000}
    silent = store.save("partnership", term | {"starts_on": "2026-06-01", "ends_on": "2027-05-31"}).first_id(
        "partnership"
    )
    lost = {"organisation_id": "unknown", "work": "Bingkisan", "starts_on": "2026-11-01", "ends_on": "2026-12-31"}
    store.save("partnership", lost)
    calm = term | {"starts_on": "2026-11-01", "ends_on": "2027-12-31"}
    store.save("partnership", calm)
    for day, done in (("2026-12-02", None), ("2026-12-30", None), ("2026-11-20", "2026-11-20"), (None, None)):
        store.save("delivery", {"partnership_id": silent, "number": 6, "planned_on": day, "delivered_on": done})
    order = {"organisation_id": group_id, "item": "Mori", "quantity": 1, "unit": "gulung", "total": 1}
    store.save("purchase", order | {"state": "ordered", "arrives_on": "2026-11-26"})
    store.save("purchase", order | {"state": "cancelled", "arrives_on": "2026-11-26"})
    store.save("purchase", order | {"state": "gathering"})
    for day in ("2026-11-30", "2026-11-23", "2026-12-30"):
        store.save("meeting", {"organisation_id": group_id, "held_on": day, "place": "Balai RW 02"})
    for given in (10, 20):
        _, goods = umkm_house.hand_in(store, who["business_id"], "Kerupuk", 10_000, given, clock.today())
        umkm_house.count(store, goods, sold=given - 10, returned=0, on_shelf=10)
    page = overview(store)
    assert (len(page.groups), page.members, page.groups[0].from_here) == (2, 2, 1)
    assert (page.contracts.running, page.contracts.value) == (3, 108_000_000)
    assert (page.financing.count, page.financing.amount, page.consignments, page.shelf.sold) == (2, 35_000_000, 2, 10)
    assert [(line.sort, line.words.id, line.about) for line in page.attention] == [
        ("contract", "habis 37 hari lagi", "Bingkisan"),
        ("arrears", "1 anggota menunggak simpanan wajib: 2 bulan, Rp50.000", "Koperasi Batik"),
        ("payout", "Rumah UMKM: Rp90.000 belum diserahkan ke 1 usaha", ""),
    ]
    assert [(line.sort, line.words.en, line.day and line.day.isoformat()) for line in page.coming] == [
        ("purchase", "Joint purchase of Mori", "2026-11-26"), ("meeting", "Meeting of Koperasi Batik", "2026-11-30"),
        ("delivery", "Delivery no. 6 to PT Nusa Rasa", "2026-12-02"),
    ]  # fmt: skip
    clock.forward(days=31)
    assert [line.words.id for line in overview(store).attention][:3] == [
        "54 hari diam", "35 hari tanpa kabar", "54 hari diam",
    ]  # fmt: skip


def test_the_groups_and_the_financing_of_the_sample_office(store: Store) -> None:
    for kind, members, here in (("cooperative", 18, 5), ("pkk", 12, 12), ("group", 9, 1)):
        row = store.save("organisation", {"name": kind, "kind": kind}).first_id("organisation")
        for n in range(members):
            village = VILLAGE if n < here else "3513141009"
            member = {"organisation_id": row, "name": f"{kind} {n}", "village": village, "joined_on": "2026-01-01"}
            store.save("membership", member)
    who = register(store, 1)
    loans = [("kur_micro", 20)] * 4 + [("kur_super", 15)] + [("pnm_mekaar", 4)] * 3 + [("revolving", 5)]
    for scheme, millions in loans:
        loan = who | {"scheme": scheme, "state": "disbursed", "disbursed": millions * 1_000_000}
        store.save("financing", loan)
    page = overview(store)
    assert (len(page.groups), page.members, sum(g.from_here for g in page.groups)) == (3, 39, 18)
    assert page.financing.families == {"kur": (5, 95_000_000), "pnm": (3, 12_000_000), "revolving": (1, 5_000_000)}
    assert (page.financing.count, page.financing.amount) == (9, 112_000_000)


def test_every_scheme_belongs_to_one_family() -> None:
    listed = [scheme for _, schemes in FAMILIES.values() for scheme in schemes]
    assert sorted(listed) == sorted(o.code for o in SCHEME.options)
