"""A food maker and a company: from the shortlist over P-IRT, PNM and export training to "still running?" a year on."""

from datetime import date

from models import aid, classes, contracts, facilitation_acts, matching, partnership_overview, statistics
from models.conditions import read
from models.facilitation_acts import Opening
from models.periods import year
from tests.stories.people import DEWI, MILLION, PATOKAN, colleagues, later, meet, on, registered
from tests.sync.office import Laptop

NEEDS = "business.kbli starts 10\nbusiness.nib filled\npermit.pirt = issued\ncapacity >= 100"
PIRT = "2063513010243-31"
PAID_OUT = 5 * MILLION


def snack_maker(laptop: Laptop) -> dict[str, str]:
    """Stik Mangga: a NIB, three workers and a notebook, but no permit for the product yet."""
    rows = registered(laptop.store, 1, informed="signed", name="Stik Mangga Contoh", kbli="2025:10794",
                      nib="1209220041235", nib_date="2026-01-05", workers=3, bookkeeping="simple",
                      sales_year=120 * MILLION, export_readiness="interested")  # fmt: skip
    owner_id, business_id = (row["id"] for _, row in rows)
    product = {"business_id": business_id, "name": "Stik mangga", "capacity": 200, "unit": "bungkus", "period": "week"}
    consent = {"owner_id": owner_id, "informed": "signed", "given_on": "2026-02-02", "filing": "yes", "sharing": "yes"}
    laptop.store.save_all([*rows, ("product", product), ("consent", consent)])
    return {"owner_id": owner_id, "business_id": business_id}


def issue_pirt(laptop: Laptop, who: dict[str, str]) -> None:
    """All documents, the application, the number, and the two commitments after it."""
    _, case = facilitation_acts.open_case(laptop.store, Opening(service="pirt", **who), DEWI)
    tick_all(laptop, case)
    facilitation_acts.move(laptop.store, case, "submitted", DEWI)
    facilitation_acts.move(laptop.store, case, "issued", DEWI, {"result_number": PIRT})
    tick_all(laptop, case)


def tick_all(laptop: Laptop, case: str) -> None:
    for item in laptop.store.find("checklist_item", facilitation_id=case, state="missing"):
        facilitation_acts.tick(laptop.store, item["id"], "brought", DEWI)


def test_a_partnership_of_a_food_maker() -> None:
    sri, dewi = laptops = colleagues(on(2026, 2, 2))
    who = snack_maker(sri)
    sri.store.save_all(registered(sri.store, 2, informed="signed", name="Laundry Contoh", kbli="2025:96100"))
    partner = dewi.save("organisation", name="PT Rasa Contoh", kind="pma", needs=NEEDS)
    meet(sri, dewi)

    # The shortlist: the maker has everything but the P-IRT, and agreed to being shown.
    (match,) = matching.matches(dewi.store, read(NEEDS))
    assert (match.judged.words.en, match.may_offer) == ("Meets 3 of 4", True)
    assert [reason.outcome for reason in match.reasons] == ["met", "met", "missing", "met"]

    # Dewi has the permit issued; Sri arranges the money and the training.
    issue_pirt(dewi, who)
    sri.save("financing", **who, scheme="pnm_mekaar", lender="PNM", ceiling=PAID_OUT, applied_on="2026-02-02",
             state="disbursed", disbursed=PAID_OUT, disbursed_on="2026-02-02")  # fmt: skip
    program = sri.save("program", name="Pelatihan Ekspor", kind="training", starts_on="2026-02-01", target=10, quota=10,
                       rules="business.export_readiness = interested,preparing", state="open")  # fmt: skip
    _, place = aid.propose(sri.store, program, who["business_id"])
    aid.hand_over(sri.store, place, sri.clock.today(), value=2 * MILLION)
    sri.store.save("business", {"id": who["business_id"], "export_readiness": "ready", "market_reach": "export"})
    meet(sri, dewi)
    for laptop in laptops:
        (match,) = matching.matches(laptop.store, read(laptop.get("organisation", partner)["needs"]))
        assert match.judged.words.en == "Meets 4 of 4"
        (permit,) = laptop.store.find("permit", type="pirt")
        assert (permit["number"], permit["state"], permit["expires"]) == (
            PIRT.replace("-", ""),
            "fulfilled",
            "2031-12-31",
        )
        assert [grant["program_name"] for grant in aid.history(laptop.store, who["owner_id"])] == ["Pelatihan Ekspor"]
        found = classes.ladder(laptop.store, who["business_id"])
        assert found is not None
        assert (found.now.stage, found.now.scale) == ("growing", "micro")

    # Two years of snacks; for the first year there is a delivery each month, then nobody hears anything.
    contract = sri.save("partnership", organisation_id=partner, work="Stik mangga", starts_on="2026-02-02",
                        ends_on="2028-02-01", value=48 * MILLION, deliveries=24)  # fmt: skip
    sri.save("partnership_supplier", partnership_id=contract, business_id=who["business_id"], name="Stik Mangga Contoh")
    meet(sri, dewi)
    for _ in range(12):
        later(sri, dewi, days=30)
        contracts.deliver(dewi.store, contract, {"delivered_on": str(dewi.clock.today()), "value": 2 * MILLION})
    later(sri, dewi, days=35)
    meet(sri, dewi)
    (silent,) = contracts.contracts(sri.store, contract)
    assert (silent.standing.words.id, silent.standing.to_ask) == ("35 hari tanpa kabar", True)
    contracts.answer(sri.store, contract, "yes", note="Kirim lagi bulan depan")
    meet(sri, dewi)

    for laptop in laptops:
        (found,) = contracts.contracts(laptop.store, contract)
        assert (found.standing.state, found.standing.last_sign) == ("running", date(2027, 3, 4))
        assert (found.standing.done, found.standing.fulfilled) == (12, 24 * MILLION)
        page = partnership_overview.overview(laptop.store)
        assert (page.contracts.running, page.contracts.to_ask) == (1, 0)
        assert (page.financing.count, page.financing.amount) == (1, PAID_OUT)
        counted = statistics.count(laptop.store, year(date(2026, 12, 31)), PATOKAN).values
        assert (counted["financed"], counted["financed_sum"], counted["permits"]) == (1, PAID_OUT, 1)
        assert (counted["cases_issued"], counted["moved_up"]) == (1, 0)  # registered that year: nothing to rise from
