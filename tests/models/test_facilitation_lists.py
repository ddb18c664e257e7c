"""The board and a month's figures: those of the sample office."""

from datetime import date
from typing import Any

from models.facilitation_lists import board, cases_of, month_of_cases
from models.store import Store
from tests.fakes import FrozenClock, business, owner


def case(store: Store, service: str = "nib", opened: str = "2026-11-11", **values: Any) -> str:
    row = {"owner_id": "o", "service": service, "opened_on": opened, "state": "documents"} | values
    return store.save("facilitation", row).first_id("facilitation")


def closed(outcome: str, day: str) -> dict[str, str]:
    return {"state": "closed", "outcome": outcome, "closed_on": day}


def document(store: Store, case_id: str, number: int, state: str = "missing", **values: Any) -> None:
    row = {"facilitation_id": case_id, "title": "KTP", "number": number, "mandatory": 1, "state": state} | values
    store.save("checklist_item", row)


def test_cards_stand_in_their_columns_the_most_pressing_first(store: Store) -> None:
    owner_id = store.save("owner", owner(name="Sumiati", rw=1)).first_id("owner")
    business_id = store.save("business", business(owner_id, name="Keripik Talas Bu Sum")).first_id("business")
    late = case(store, "brand", due="2026-11-20", owner_id=owner_id, business_id=business_id)
    later = case(store, "kur", due="2026-11-27", owner_id=owner_id)
    no_day = case(store, "halal", opened="2026-11-01")
    ready = case(store, "pirt", state="ready", due="2026-11-24")
    running = [case(store, state="in_process", check_on="2026-11-25"), case(store, "brand", state="submitted")]
    issued = [case(store, **closed("issued", day)) for day in ("2026-11-05", "2026-11-19")]
    case(store, **closed("issued", "2026-10-31"))
    store.delete("facilitation", case(store))
    found = board(store)
    assert {key: [card["id"] for card in cards] for key, cards in found.items()} == {
        "documents": [late, later, no_day], "ready": [ready], "running": running, "closed": issued[::-1]}  # fmt: skip
    assert [card["days"] for cards in found.values() for card in cards][:5] == [-4, 3, None, 0, 1]
    first, second, third = found["documents"]
    assert (first["owner"], first["business"], first["rw"]) == ("Sumiati", "Keripik Talas Bu Sum", 1)
    assert (second["business"], second["rw"]) == (None, 1)
    assert third["owner"] is None


def test_a_card_counts_mandatory_documents(store: Store) -> None:
    case_id = case(store)
    for number, state in enumerate(("brought", "brought", "missing", "later"), start=1):
        document(store, case_id, number, state)
    document(store, case_id, 5, "waived")
    document(store, case_id, 6, "brought", mandatory=0)
    document(store, case_id, 7, "missing", after_issue=1)
    (card,) = cases_of(store, "o")
    assert (card["brought"], card["mandatory"]) == (2, 4)


def test_cases_of_an_owner_the_newest_first(store: Store) -> None:
    old, new = case(store, opened="2026-01-02"), case(store, opened="2026-10-02")
    case(store, owner_id="another")
    assert [card["id"] for card in cases_of(store, "o")] == [new, old]


def test_november_adds_up_as_on_the_monthly_paper(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=10)  # 4 December: November is over
    for _ in range(3):
        case(store, "nib", "2026-10-20", **closed("issued", "2026-11-05"))
    case(store, "nib", "2026-11-02", **closed("issued", "2026-11-27"))
    case(store, "nib", "2026-11-03", **closed("issued", "2026-12-02"))  # still open when November ended
    case(store, "packaging", "2026-10-01")
    case(store, "packaging", "2026-11-26", **closed("cancelled", "2026-11-28"))
    case(store, "halal", "2026-11-30", **closed("refused", "2026-11-30"))
    case(store, "halal", "2026-12-01")  # of December
    case(store, "kur", "2026-09-01", **closed("issued", "2026-10-31"))  # of October
    found = month_of_cases(store, date(2026, 11, 24))
    figures = {s: (m.before, m.opened, m.issued, m.refused, m.cancelled, m.after) for s, m in found.items()}
    assert figures == {"nib": (3, 2, 4, 0, 0, 1), "packaging": (1, 1, 0, 0, 1, 1), "halal": (0, 1, 0, 1, 0, 0)}
    assert [found[s].days for s in ("nib", "packaging")] == [18, None]


def test_the_board_reads_by_its_index(store: Store) -> None:
    plan = store.query("EXPLAIN QUERY PLAN SELECT id FROM facilitation WHERE deleted IS NULL AND state = 'closed'")
    assert "facilitation_state" in str(plan)
