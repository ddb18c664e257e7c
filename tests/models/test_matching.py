"""Businesses that fit a partner's wishes, with reasons; data only of those who agreed."""

from models.conditions import read
from models.matching import matches
from models.store import Store
from tests.factories import register

WISHES = """business.kbli starts 10  # Camilan kering | Dry snacks
capacity >= 100
business.nib filled
permit.pirt = issued"""


def snack(store: Store, n: int, name: str, capacity: int, **values: object) -> dict[str, str]:
    row = {"kbli": "2025:10794", "nib": "0220001234567"} | values
    who = register(store, n, owner={"informed": "signed"}, name=name, **row)
    product = {"business_id": who["business_id"], "name": name, "capacity": capacity, "period": "week"}
    store.save("product", product)
    return who


def test_the_best_match_stands_first_and_says_why(store: Store) -> None:
    stik = snack(store, 1, "Stik Mangga Renyah", 200)
    talas = snack(store, 2, "Keripik Talas Bu Sum", 90)
    snack(store, 3, "Rengginang Patokan", 300, nib=None)
    register(store, 4, name="Laundry Bersih", kbli="2025:96100")
    permit = {"business_id": stik["business_id"], "subject": "business", "type": "pirt", "state": "issued"}
    store.save("permit", permit)
    store.save("facilitation", talas | {"service": "pirt", "opened_on": "2026-11-01", "state": "ready"})
    found = matches(store, read(WISHES))
    assert [m.subject.facts["business.name"] for m in found] == [
        "Stik Mangga Renyah", "Keripik Talas Bu Sum", "Rengginang Patokan",
    ]  # fmt: skip
    assert [(r.outcome, r.words.id) for r in found[1].reasons] == [
        ("met", "KBLI: 10794 · KBLI 2025"), ("nearly", "Kapasitas seminggu: 90"), ("met", "NIB: 0220 0012 34567"),
        ("nearly", "P-IRT: diproses"),
    ]  # fmt: skip
    assert found[2].reasons[2].words.en == "no NIB yet"
    assert len(matches(store, read(WISHES), 1)) == 1


def test_only_who_agreed_to_purpose_4_may_be_offered(store: Store) -> None:
    asked = [("yes", True), ("no", False)]
    for n, (answer, _) in enumerate(asked):
        who = snack(store, n, f"Usaha {n}", 200)
        consent = {"owner_id": who["owner_id"], "informed": "signed", "given_on": "2026-01-01", "sharing": answer}
        store.save("consent", consent)
    snack(store, 5, "Usaha 5", 200)
    found = {m.subject.facts["business.name"]: m.may_offer for m in matches(store, read(WISHES))}
    assert found == {"Usaha 0": True, "Usaha 1": False, "Usaha 5": False}
