"""The books of a cooperative: savings with arrears, joint purchases to the rupiah, quality checks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import cooperatives
from models.errors import InvalidRecord
from models.organisations import QUALITY_CHECK, months_due, split_to_the_rupiah
from models.schema import Row
from models.store import Store

TODAY = date(2026, 11, 24)
DUES = 25_000
# Member, joined, months of dues paid, voluntary savings: the batik cooperative of the sample office.
MEMBERS = [
    ("Siti Aminah", "2026-01-15", 11, 400_000), ("Nurul Hidayati", "2026-01-15", 11, 500_000),
    ("Sumarni", "2026-01-15", 8, 50_000), ("Umi Kulsum", "2026-01-15", 9, 150_000), ("Kartini", "2026-01-15", 10, 200_000),
    *((f"Anggota {n}", "2026-01-15", 11, 100_000) for n in range(7)),
    ("Juhairiyah", "2026-06-01", 5, 100_000), ("Halimah", "2026-06-03", 6, 0),
    *((f"Anggota baru {n}", "2026-06-01", 6, 62_500) for n in range(4)),
]  # fmt: skip


@pytest.fixture
def batik(store: Store) -> dict[str, str]:
    """The cooperative and its members: ids by name, the cooperative's own under ''."""
    row = {"name": "Koperasi Produsen Batik Kraksaan", "kind": "cooperative", "deed_on": "2026-01-15",
           "share_capital": 100_000, "monthly_dues": DUES}  # fmt: skip
    ids = {"": store.save("organisation", row).first_id("organisation")}
    for name, joined, months, voluntary in MEMBERS:
        member = {"organisation_id": ids[""], "name": name, "joined_on": joined, "village": "3513141017"}
        ids[name] = store.save("membership", member).first_id("membership")
        for kind, amount in (("share", 100_000), ("dues", months * DUES), ("voluntary", voluntary)):
            cooperatives.record_deposit(store, ids[name], kind, amount, TODAY)
    return ids


def test_the_savings_of_the_sample_office(store: Store, batik: dict[str, str]) -> None:
    book = cooperatives.ledger(store, batik[""])
    assert (book.share, book.dues, book.voluntary, book.total) == (1_800_000, 4_025_000, 2_350_000, 8_175_000)
    assert [(m.member["name"], m.words.id, m.arrears) for m in book.behind] == [
        ("Sumarni", "3 bulan", 75_000), ("Umi Kulsum", "2 bulan", 50_000), ("Kartini", "1 bulan", 25_000),
        ("Juhairiyah", "1 bulan", 25_000),
    ]  # fmt: skip
    assert (book.arrears, sum(m.months_behind for m in book.behind)) == (175_000, 7)
    assert sum(m.months_due for m in book.members) * DUES == 4_200_000
    line = next(m for m in book.members if m.member["name"] == "Juhairiyah")
    assert (line.months_paid, line.months_due) == (5, 6)
    assert book.members[-1].words.id == "lunas"


def test_what_was_paid_for_months_stays_paid_when_the_dues_rise(store: Store, batik: dict[str, str]) -> None:
    store.save("organisation", {"id": batik[""], "monthly_dues": 50_000})
    book = cooperatives.ledger(store, batik[""])
    assert (sum(m.months_behind for m in book.behind), book.arrears) == (7, 350_000)


def test_an_entry_without_months_counts_by_the_dues_and_no_dues_are_nobodys_debt(store: Store) -> None:
    group = store.save("organisation", {"name": "UP2K Mawar", "kind": "pkk", "monthly_dues": 10_000})
    member = {"organisation_id": group.first_id("organisation"), "name": "Tumini", "joined_on": "2026-10-01"}
    member_id = store.save("membership", member).first_id("membership")
    entry = {"membership_id": member_id, "kind": "dues", "amount": 20_000, "paid_on": "2026-11-01"}
    store.save("savings_entry", entry)
    (line,) = cooperatives.ledger(store, member["organisation_id"]).members
    assert (line.months_paid, line.months_due) == (2, 2)
    store.save("organisation", {"id": member["organisation_id"], "monthly_dues": None})
    (line,) = cooperatives.ledger(store, member["organisation_id"]).members
    assert (line.months_paid, line.months_due, line.words.en) == (0, 0, "paid up")


def test_a_member_who_left_is_no_member_and_owes_nothing_more(store: Store, batik: dict[str, str]) -> None:
    store.save("membership", {"id": batik["Sumarni"], "left_on": "2026-08-31"})
    assert len(cooperatives.members(store, batik[""])) == len(MEMBERS) - 1
    assert months_due("2026-01-15", "2026-08-31", TODAY) == 8
    assert months_due("2026-12-01", None, TODAY) == 0


def test_dues_that_are_no_whole_months_are_asked_about(store: Store, batik: dict[str, str]) -> None:
    (problem,) = cooperatives.check_deposit(store, batik["Sumarni"], "dues", 60_000)
    assert (problem.severity, problem.words.id) == (
        "warning", "Simpanan wajib Rp25.000 sebulan; jumlah ini bukan kelipatannya. Tulis Rp50.000 atau Rp75.000.")  # fmt: skip
    assert cooperatives.check_deposit(store, batik["Sumarni"], "dues", 75_000) == []
    assert cooperatives.check_deposit(store, "nobody", "dues", 1) == []


def test_nobody_withdraws_more_than_was_saved(store: Store, batik: dict[str, str]) -> None:
    with pytest.raises(InvalidRecord, match=r"only Rp50\.000"):
        cooperatives.record_deposit(store, batik["Sumarni"], "withdrawal", 60_000, TODAY)
    _, entry = cooperatives.record_deposit(store, batik["Sumarni"], "withdrawal", 20_000, TODAY, "TT-7")
    assert (entry["receipt"], entry["months"]) == ("TT-7", None)
    line = next(m for m in cooperatives.ledger(store, batik[""]).members if m.member["name"] == "Sumarni")
    assert line.voluntary == 30_000
    assert store.find("savings_entry", membership_id=batik["Sumarni"])[-1]["scope"] == "3513"


def order(batik: dict[str, str], **values: object) -> Row:
    return {"organisation_id": batik[""], "item": "Mori primisima", "quantity": 12, "unit": "gulung",
            "total": 13_800_000, "price_alone": 1_320_000, "arrives_on": "2026-11-26"} | values  # fmt: skip


def test_the_joint_purchase_of_the_sample_office(store: Store, batik: dict[str, str]) -> None:
    parts = {"Siti Aminah": 3, "Nurul Hidayati": 3, "Umi Kulsum": 2, "Kartini": 2, "Sumarni": 1, "Juhairiyah": 1}
    _, purchase_id = cooperatives.order_together(store, order(batik), {batik[n]: q for n, q in parts.items()})
    paying = [s for s in store.find("purchase_share", purchase_id=purchase_id) if s["quantity"] > 1][:4]
    paid = [*(s for s in paying if s["quantity"] == 3), *(s for s in paying if s["quantity"] == 2)]
    for share in paid[:3]:
        store.save("purchase_share", {"id": share["id"], "paid_on": "2026-11-20"})
    single = next(s for s in store.find("purchase_share", purchase_id=purchase_id) if s["quantity"] == 1)
    store.save("purchase_share", {"id": single["id"], "paid_on": "2026-11-21"})
    bought = cooperatives.purchase(store, purchase_id)
    assert (bought.unit_price, bought.saved, bought.problem) == (1_150_000, 2_040_000, None)
    assert (bought.payers, bought.paid_quantity, bought.paid) == (4, 9, 10_350_000)
    assert sum(s.cost for s in bought.shares) == 13_800_000
    assert all(s.member for s in bought.shares)


def test_shares_that_do_not_add_up_say_what_is_missing(store: Store, batik: dict[str, str]) -> None:
    _, few = cooperatives.order_together(store, order(batik), {batik["Siti Aminah"]: 11})
    bought = cooperatives.purchase(store, few)
    assert bought.problem
    assert bought.problem.id == "Bagian anggota baru 11 dari 12 gulung. Tambah bagian atau kurangi pesanan."
    assert [s.cost for s in bought.shares] == [12_650_000]
    _, many = cooperatives.order_together(store, order(batik, price_alone=None), {batik["Siti Aminah"]: 13})
    bought = cooperatives.purchase(store, many)
    assert bought.problem
    assert "reduce a share" in bought.problem.en.lower()
    assert bought.saved == 0
    with pytest.raises(KeyError):
        cooperatives.purchase(store, "none")


def test_cloth_is_shared_to_the_rupiah(store: Store, batik: dict[str, str]) -> None:
    metres = dict.fromkeys((batik[m[0]] for m in MEMBERS[:12]), 25)
    cloth = order(batik, item="Kain mori", quantity=300, unit="m", total=7_500_001, price_alone=None)
    _, purchase_id = cooperatives.order_together(store, cloth, metres)
    costs = [s.cost for s in cooperatives.purchase(store, purchase_id).shares]
    assert (sum(costs), min(costs), max(costs)) == (7_500_001, 625_000, 625_001)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), max_size=30))
def test_shares_always_add_up(total: int, shares: list[int]) -> None:
    costs = split_to_the_rupiah(total, shares)
    assert sum(costs) == (total if sum(shares) else 0)
    assert all(abs(c * sum(shares) - total * s) < sum(shares) for c, s in zip(costs, shares, strict=True) if s)


def test_a_quality_check_says_who_repairs_what_until_when(store: Store, batik: dict[str, str]) -> None:
    check = {"organisation_id": batik[""], "item": "Kain batik", "unit": "lembar", "checked_on": "2026-11-20",
             "checked": 24, "passed": 21}  # fmt: skip
    faults = [
        {"membership_id": batik["Sumarni"], "pieces": 2, "reason": "warna belang", "repair_by": "2026-11-23"},
        {"membership_id": batik["Kartini"], "pieces": 1, "reason": "malam rembes", "repair_by": "2026-11-27"},
    ]
    _, check_id = cooperatives.record_check(store, check, faults)
    found = cooperatives.quality(store, check_id)
    assert (found.rejected, found.problem) == (3, None)
    assert [found.makers[f["membership_id"]]["name"] for f in found.overdue(TODAY)] == ["Sumarni"]
    store.save("quality_fault", {"id": found.faults[0]["id"], "repaired_on": "2026-11-24"})
    assert cooperatives.quality(store, check_id).overdue(TODAY) == []
    store.save("quality_check", {"id": check_id, "passed": 20})
    words = cooperatives.quality(store, check_id).problem
    assert words
    assert words.id == "Yang ditolak 4 lembar, sebabnya baru tercatat 3. Lengkapi sebabnya."
    with pytest.raises(KeyError):
        cooperatives.quality(store, "none")


@pytest.mark.parametrize(("checked", "passed", "wrong"), [(24, 21, False), (20, 21, True), (None, 21, False)])
def test_more_cannot_pass_than_was_checked(checked: int | None, passed: int, wrong: bool) -> None:
    row = {"checked": checked, "passed": passed}
    assert any(p.code == "passed" for p in QUALITY_CHECK.problems(row, TODAY)) is wrong
