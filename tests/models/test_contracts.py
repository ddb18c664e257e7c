"""Contracts: silent, ending, renewed, stopped; the sums of the sample office."""

from datetime import date, timedelta

import pytest

from models import contracts
from models.errors import InvalidRecord
from models.partnerships import PARTNERSHIP, delivery_state, standing
from models.store import Store
from tests.factories import register
from tests.fakes import FrozenClock

TODAY = date(2026, 11, 24)
MILLION = 1_000_000
# Partner, kind, work, from, to, value, deliveries, done: days of the deliveries with their value.
CONTRACTS = [
    ("PT Sandang Argopuro", "pmdn", "Kain batik seragam", "2026-03-01", "2027-02-28", 96, 8, [12] * 5, "2026-11-03"),
    ("PT Nusa Rasa Internasional", "pma", "Keripik & emping", "2026-06-01", "2027-05-31", 54, 12, [4, 5], "2026-09-23"),
    ("Perum Jasa Bahari", "bumn", "Konsumsi & bingkisan", "2026-07-01", "2026-12-31", 18, 6, [3] * 4, "2026-11-18"),
    ("Swalayan Bayuangga", "offtaker", "Sambal kemasan", "2026-08-01", "2027-07-31", 24, 12, [2] * 3, "2026-11-16"),
]


def contract(starts: str = "2026-01-01", ends: str = "2027-12-31", **values: object) -> dict[str, object]:
    return {"starts_on": starts, "ends_on": ends} | values


@pytest.fixture
def office(store: Store) -> dict[str, str]:
    """The four contracts of the sample office; ids by partner."""
    ids: dict[str, str] = {}
    for name, kind, work, starts, ends, value, planned, done, last in CONTRACTS:
        partner = store.save("organisation", {"name": name, "kind": kind}).first_id("organisation")
        row = {"organisation_id": partner, "work": work, "starts_on": starts, "ends_on": ends,
               "value": value * MILLION, "deliveries": planned}  # fmt: skip
        ids[name] = store.save("partnership", row).first_id("partnership")
        for number, worth in enumerate(done, start=1):
            day = date.fromisoformat(last) - timedelta(days=14 * (len(done) - number))
            contracts.deliver(store, ids[name], {"delivered_on": day.isoformat(), "value": worth * MILLION})
    return ids


def test_the_contracts_of_the_sample_office(store: Store, office: dict[str, str]) -> None:
    listed = contracts.contracts(store)
    sums = contracts.figures(listed)
    assert (sums.value, sums.fulfilled, sums.done, sums.deliveries) == (192 * MILLION, 87 * MILLION, 14, 38)
    assert (sums.running, sums.ended, sums.to_ask) == (4, 0, 1)
    assert [(c.partner or {})["name"] for c in listed][:2] == ["PT Nusa Rasa Internasional", "Perum Jasa Bahari"]
    words = {(c.partner or {})["name"]: c.standing.words.id for c in listed}
    assert words == {
        "PT Nusa Rasa Internasional": "62 hari diam", "Perum Jasa Bahari": "habis 37 hari lagi",
        "PT Sandang Argopuro": "berjalan", "Swalayan Bayuangga": "berjalan",
    }  # fmt: skip
    assert [c.row["id"] for c in contracts.contracts(store, office["Swalayan Bayuangga"])] == [
        office["Swalayan Bayuangga"]
    ]


@pytest.mark.parametrize(
    ("days", "state", "to_ask"),
    [(0, "running", False), (30, "running", False), (31, "ask", True), (45, "ask", True), (46, "silent", True)],
)
def test_it_is_asked_after_30_days_and_an_alarm_after_45(days: int, state: str, to_ask: bool) -> None:
    checks = [{"asked_on": (TODAY - timedelta(days=days)).isoformat(), "answer": "yes"}]
    found = standing(contract(), [], [], checks, TODAY)
    assert (found.state, found.to_ask, found.silent) == (state, to_ask, days)


@pytest.mark.parametrize(
    ("starts", "ends", "state", "days"),
    [
        ("2026-12-01", "2027-12-31", "planned", 7),
        ("2026-11-01", "2027-01-08", "ending", 45),
        ("2026-11-01", "2027-01-09", "running", 0),
        ("2026-11-01", "2026-11-24", "ending", 0),
        ("2026-01-01", "2026-11-23", "ended", 0),
    ],
)
def test_the_term_decides_first(starts: str, ends: str, state: str, days: int) -> None:
    found = standing(contract(starts, ends), [], [], [], TODAY)
    assert (found.state, found.days) == (state, days)
    assert found.open is (state != "ended")
    assert found.to_renew is (state == "ending")


def test_later_is_asked_again_after_seven_days() -> None:
    for days, to_ask in ((6, False), (7, True)):
        checks = [{"asked_on": (TODAY - timedelta(days=days)).isoformat(), "answer": "later"}]
        assert standing(contract(), [], [], checks, TODAY).to_ask is to_ask


@pytest.mark.parametrize(
    ("delivery", "state"),
    [({"delivered_on": "2026-11-01"}, "done"), ({"planned_on": "2026-11-23"}, "late"),
     ({"planned_on": "2026-11-24"}, "planned"), ({}, "planned")],
)  # fmt: skip
def test_a_delivery_is_done_late_or_planned(delivery: dict[str, str], state: str) -> None:
    assert delivery_state(delivery, TODAY) == state


def test_still_running_keeps_the_date_and_a_stop_needs_one_reason(store: Store, office: dict[str, str]) -> None:
    nusa = office["PT Nusa Rasa Internasional"]
    contracts.answer(store, nusa, "yes", note="Bu Endah: kirim lagi Desember")
    (found,) = contracts.contracts(store, nusa)
    assert (found.standing.state, found.standing.silent, found.standing.to_ask) == ("running", 0, False)
    with pytest.raises(InvalidRecord, match="Choose one reason"):
        contracts.answer(store, nusa, "stopped")
    contracts.answer(store, nusa, "stopped", "price")
    (found,) = contracts.contracts(store, nusa)
    assert (found.standing.words.en, found.standing.open) == ("stopped", False)
    assert contracts.figures(contracts.contracts(store)).ended == 1


def test_a_renewal_prolongs_and_adds(store: Store, office: dict[str, str]) -> None:
    bahari = office["Perum Jasa Bahari"]
    with pytest.raises(InvalidRecord, match="31/12/2026"):
        contracts.renew(store, bahari, date(2026, 12, 31))
    contracts.renew(store, bahari, date(2027, 6, 30), 18 * MILLION, 6)
    (found,) = contracts.contracts(store, bahari)
    assert (found.standing.state, found.standing.ends_on) == ("running", date(2027, 6, 30))
    assert (found.standing.value, found.standing.deliveries) == (36 * MILLION, 12)
    assert found.row["ends_on"] == "2026-12-31"


def test_deliveries_fill_the_planned_one_or_count_on(store: Store, office: dict[str, str]) -> None:
    argopuro = office["PT Sandang Argopuro"]
    contracts.deliver(store, argopuro, {"planned_on": "2026-12-02", "what": "120 lembar"})
    contracts.deliver(store, argopuro, {"number": 6, "delivered_on": "2026-11-24"})
    rows = store.find("delivery", partnership_id=argopuro)
    assert [r["number"] for r in rows] == [1, 2, 3, 4, 5, 6]
    assert (rows[-1]["planned_on"], rows[-1]["delivered_on"]) == ("2026-12-02", "2026-11-24")


def test_45_days_before_the_end_a_follow_up_is_made_once(
    store: Store, office: dict[str, str], clock: FrozenClock
) -> None:
    bahari = office["Perum Jasa Bahari"]
    assert not contracts.ask_renewals(store)  # nobody here to hang it on
    who = register(store, 1, name="Kue Lumpur Bu Rofi")
    store.save("partnership_supplier", {"partnership_id": bahari, "name": "Warung lain", "business_id": None})
    store.save("partnership_supplier", {"partnership_id": bahari, "name": "Bu Rofi", "business_id": who["business_id"]})
    made = contracts.ask_renewals(store)
    (task,) = store.find("follow_up")
    assert (task["owner_id"], task["what"]) == (who["owner_id"], "Perpanjang kontrak Konsumsi & bingkisan?")
    assert made.ids("follow_up") == {task["id"]}
    assert not contracts.ask_renewals(store)
    store.delete("follow_up", task["id"])
    assert not contracts.ask_renewals(store)
    clock.forward(days=60)
    assert not contracts.ask_renewals(store)


def test_the_follow_up_of_a_cooperatives_contract_hangs_on_its_chair(store: Store, office: dict[str, str]) -> None:
    who = register(store, 1)
    group = store.save("organisation", {"name": "Koperasi", "kind": "cooperative"}).first_id("organisation")
    member = {"organisation_id": group, "role": "chair", "joined_on": "2026-01-01"}
    store.save("membership", member | {"name": "Orang luar"})
    store.save("membership", member | {"name": "Nurul", "owner_id": who["owner_id"], "business_id": who["business_id"]})
    supplier = {"partnership_id": office["Perum Jasa Bahari"], "organisation_id": group, "name": "Koperasi"}
    store.save("partnership_supplier", supplier)
    contracts.ask_renewals(store)
    assert [t["business_id"] for t in store.find("follow_up")] == [who["business_id"]]


def test_a_contract_cannot_end_before_it_starts() -> None:
    codes = [p.code for p in PARTNERSHIP.problems(contract("2026-02-01", "2026-01-01"), TODAY)]
    assert "ends_on" in codes
    assert "ends_on" not in [p.code for p in PARTNERSHIP.problems(contract(), TODAY)]
