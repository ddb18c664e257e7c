"""Programmes: candidates by rule, proposals with their reasons, handover, and the history of aid."""

from datetime import date

import pytest

from models import aid
from models.errors import AppError, InvalidRecord
from models.facts import subjects
from models.programs import PROGRAM
from models.schema import Row
from models.store import Store
from tests.factories import consultation, register

TODAY = date(2026, 11, 24)
RULES = """scale = micro
business.nib filled
business.kbli starts 10,11  # Olahan pangan
business.existence = active
business.workers >= 1
aid.tool older 3"""
MAKER = {"kbli": "2025:10794", "existence": "active", "workers": 2, "sales_year": 60_000_000, "nib": "0220001234567"}


@pytest.fixture
def program(store: Store) -> str:
    """ "Bantuan alat produksi 2026" of the sample office."""
    row = {"name": "Bantuan alat produksi 2026", "kind": "tool", "organiser": "DKUPP", "starts_on": "2026-09-01",
           "ends_on": "2026-12-11", "target": 3, "quota": 3, "rules": RULES, "handover_paper": 1, "state": "open"}  # fmt: skip
    return store.save("program", row).first_id("program")


def maker(store: Store, n: int, name: str, **values: object) -> str:
    return register(store, n, name=name, **(MAKER | values))["business_id"]


def names(store: Store, program: str) -> list[str]:
    return [c.subject.facts["business.name"] for c in aid.candidates(store, program)]


def test_candidates_stand_by_what_they_meet(store: Store, program: str) -> None:
    maker(store, 1, "Kerupuk Ikan Suliha", nib=None, workers=None)
    maker(store, 2, "Rengginang Patokan", nib=None)
    maker(store, 3, "Keripik Talas Bu Sum")
    pecel = maker(store, 4, "Sambal Pecel Bu Tutik")
    aid.record_past(store, pecel, {"kind": "tool", "what": "blender", "handed_on": "2025-05-01"})
    maker(store, 5, "Tutup", existence="closed")
    register(store, 6, owner={"informed": "refused"}, name="Menolak", **MAKER)
    found = aid.candidates(store, program)
    assert [(c.subject.facts["business.name"], c.judged.words.id) for c in found] == [
        ("Keripik Talas Bu Sum", "Memenuhi 6 dari 6"), ("Rengginang Patokan", "Memenuhi 5 dari 6"),
        ("Kerupuk Ikan Suliha", "Memenuhi 4 dari 6"), ("Sambal Pecel Bu Tutik", "Memenuhi 5 dari 6"),
    ]  # fmt: skip
    assert found[-1].second_tool
    assert found[-1].second_tool.id == (
        "Sambal Pecel Bu Tutik sudah menerima blender pada 1 Mei 2025. Alat kedua dalam 3 tahun perlu alasan tertulis."
    )
    assert [h["what"] for h in found[-1].history] == ["blender"]
    assert "1 May 2025" in found[-1].second_tool.en


@pytest.mark.parametrize(
    ("kind", "gap", "given", "asks"),
    [("tool", None, "2023-11-25", True), ("tool", None, "2023-11-24", False), ("tool", 5, "2022-01-01", True),
     ("tool", 0, "2026-11-24", False), ("training", None, "2026-01-01", False)],
)  # fmt: skip
def test_only_a_second_tool_within_the_years_asks(
    store: Store, program: str, kind: str, gap: int | None, given: str, asks: bool
) -> None:
    store.save("program", {"id": program, "kind": kind, "gap_years": gap})
    business = maker(store, 1, "Keripik")
    aid.record_past(store, business, {"kind": "tool", "handed_on": given, "program_name": "Bantuan 2023"})
    (found,) = aid.candidates(store, program)
    assert (found.second_tool is not None) is asks


def test_those_who_never_had_anything_come_first(store: Store, program: str) -> None:
    trained = maker(store, 1, "Abon")
    maker(store, 2, "Bakso")
    aid.record_past(store, trained, {"kind": "training", "what": "kemasan", "handed_on": "2026-08-01"})
    assert names(store, program) == ["Bakso", "Abon"]
    assert [g["kind"] for g in aid.history(store, store.get("business", trained)["owner_id"])] == ["training"]  # type: ignore[index]


def test_a_proposal_becomes_a_handover(store: Store, program: str) -> None:
    business = maker(store, 1, "Keripik Talas Bu Sum")
    _, grant = aid.propose(store, program, business, "spinner peniris")
    with pytest.raises(AppError, match="proposed already"):
        aid.propose(store, program, business)
    aid.approve(store, grant, "Yudi Hartono")
    with pytest.raises(InvalidRecord, match="handover minutes"):
        aid.hand_over(store, grant, TODAY)
    aid.hand_over(store, grant, date(2026, 11, 17), 2_400_000, "BAST/11/2026")
    aid.seen_in_use(store, grant, TODAY)
    numbers = aid.figures(store, program)
    assert (numbers.target, numbers.proposed, numbers.handed_over, numbers.spent, numbers.left) == (
        3,
        1,
        1,
        2_400_000,
        2,
    )
    row = store.get("aid_grant", grant) or {}
    assert (row["state"], row["used_on"], row["minutes"]) == ("used", "2026-11-24", "BAST/11/2026")
    (candidate,) = aid.candidates(store, program)
    assert candidate.grant
    assert candidate.judged.met == 5  # a tool of this year counts from now on


def test_a_full_quota_waits_until_somebody_is_left_out(store: Store, program: str) -> None:
    store.save("program", {"id": program, "quota": 1})
    first, second = maker(store, 1, "Keripik"), maker(store, 2, "Kerupuk")
    _, grant = aid.propose(store, program, first)
    with pytest.raises(AppError, match="quota of 1 is full"):
        aid.propose(store, program, second)
    with pytest.raises(InvalidRecord, match="Write one reason"):
        aid.leave_out(store, grant, "  ")
    aid.leave_out(store, grant, "sudah pindah")
    aid.propose(store, program, second)
    assert store.get("aid_grant", grant)["left_out_because"] == "sudah pindah"  # type: ignore[index]
    store.save("program", {"id": program, "quota": None})
    aid.propose(store, program, first)  # back in: the same grant
    assert store.get("aid_grant", grant)["state"] == "proposed"  # type: ignore[index]
    assert aid.figures(store, program).left is None
    assert aid.figures(store, "none").target == 0


def test_against_the_rules_one_reason_is_written_and_the_dinas_decides(store: Store, program: str) -> None:
    business = maker(store, 1, "Rengginang Patokan", nib=None)
    with pytest.raises(InvalidRecord, match="not meet all rules"):
        aid.propose(store, program, business, reason=" ")
    _, grant = aid.propose(store, program, business, "oven", "NIB terbit minggu depan")
    with pytest.raises(AppError, match="has not approved"):
        aid.hand_over(store, grant, TODAY, minutes="1")
    aid.leave_out(store, grant, "anggaran", "refused")
    assert store.get("aid_grant", grant)["state"] == "refused"  # type: ignore[index]
    with pytest.raises(InvalidRecord, match="no longer on this laptop"):
        aid.propose(store, program, "nobody")


def test_nothing_is_seen_in_use_that_was_never_handed_over(store: Store, program: str) -> None:
    _, grant = aid.propose(store, program, maker(store, 1, "Keripik"))
    with pytest.raises(InvalidRecord, match="Write the day"):
        aid.seen_in_use(store, grant, TODAY)


def test_a_program_ends_after_it_begins() -> None:
    row = {"starts_on": "2026-02-01", "ends_on": "2026-01-01"}
    assert "ends_on" in [p.code for p in PROGRAM.problems(row, TODAY)]
    assert "ends_on" not in [p.code for p in PROGRAM.problems({"starts_on": "2026-02-01"}, TODAY)]


def fact_of(store: Store, key: str) -> object:
    (found,) = subjects(store, [key])
    return found.facts[key]


def test_facts_come_from_every_part_of_the_record(store: Store) -> None:
    who = register(store, 1, sales_year=60_000_000)
    of = {"business_id": who["business_id"]}
    assert (fact_of(store, "scale"), fact_of(store, "seen")) == ("micro", "2026-11-24")
    store.save("assessment", of | {"year": 2024, "sales": 3_000_000_000})
    store.save("assessment", of | {"year": 2025})
    assert fact_of(store, "scale") == "small"
    assert (fact_of(store, "capacity"), fact_of(store, "owner.sex")) == (None, None)
    product: Row = of | {"name": "Stik", "unit": "bungkus"}
    for capacity, period in ((40, "day"), (200, "week"), (900, "month"), (5, None)):
        store.save("product", product | {"capacity": capacity, "period": period})
    assert fact_of(store, "capacity") == 230
    store.save("consultation", consultation(**who, held_on="2026-03-02"))
    assert fact_of(store, "seen") == "2026-03-02"


def test_a_permit_is_issued_in_process_or_not_there(store: Store) -> None:
    who = register(store, 1)
    permit = {"business_id": who["business_id"], "subject": "business", "type": "pirt"}
    assert fact_of(store, "permit.pirt") is None
    case = store.save("facilitation", who | {"service": "pirt", "opened_on": "2026-11-01", "state": "documents"})
    assert fact_of(store, "permit.pirt") == "in_process"
    store.save("facilitation", {"id": case.first_id("facilitation"), "state": "closed", "outcome": "cancelled"})
    assert fact_of(store, "permit.pirt") is None
    old = store.save("permit", permit | {"state": "issued", "expires": "2026-11-23"}).first_id("permit")
    assert fact_of(store, "permit.pirt") is None
    store.save("permit", {"id": old, "state": "process"})
    assert fact_of(store, "permit.pirt") == "in_process"
    store.save("permit", permit | {"state": "fulfilled", "expires": "2026-11-24"})
    assert fact_of(store, "permit.pirt") == "issued"
    assert fact_of(store, "permit.nib") is None
    store.save("business", {"id": who["business_id"], "nib": "0220001234567"})
    assert fact_of(store, "permit.nib") == "issued"
