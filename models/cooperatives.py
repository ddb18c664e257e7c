"""The books of a cooperative or group: members, savings with arrears, joint purchases, quality checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.errors import InvalidRecord
from models.i18n import Words, rupiah
from models.organisations import months_due, split_to_the_rupiah
from models.schema import Problem, Row
from models.store import Changes, Store

NOT_WHOLE_MONTHS = Words(
    "Simpanan wajib {dues} sebulan; jumlah ini bukan kelipatannya. Tulis {below} atau {above}.",
    "Dues are {dues} a month; this is no multiple of it. Write {below} or {above}.",
)
MORE_THAN_SAVED = Words(
    "Simpanan sukarelanya hanya {saved}. Tulis paling banyak sebesar itu.",
    "The voluntary savings are only {saved}. Write at most that.",
)
SHARES_MISSING = Words(
    "Bagian anggota baru {covered} dari {ordered} {unit}. Tambah bagian atau kurangi pesanan.",
    "Shares cover {covered} of {ordered} {unit}. Add a share or reduce the order.",
)
SHARES_TOO_MANY = Words(
    "Bagian anggota {covered} {unit}, pesanan hanya {ordered}. Kurangi bagian atau tambah pesanan.",
    "Shares come to {covered} {unit}, the order is only {ordered}. Reduce a share or raise the order.",
)
FAULTS_MISFIT = Words(
    "Yang ditolak {rejected} {unit}, sebabnya baru tercatat {explained}. Lengkapi sebabnya.",
    "{rejected} {unit} were rejected, reasons are recorded for {explained}. Complete the reasons.",
)


@dataclass(frozen=True, slots=True)
class MemberSavings:
    """One line of the savings ledger; money in rupiah. Without monthly dues nobody is behind."""

    member: Row
    share: int
    dues: int
    voluntary: int
    months_paid: int
    months_due: int
    arrears: int  # rupiah

    @property
    def months_behind(self) -> int:
        """How many months of dues are missing."""
        return max(0, self.months_due - self.months_paid)

    @property
    def words(self) -> Words:
        """`lunas` or `3 bulan`."""
        behind = self.months_behind
        return Words("{n} bulan", "{n} months").fill(n=behind) if behind else Words("lunas", "paid up")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The savings of all members, those behind first."""

    members: tuple[MemberSavings, ...]

    @property
    def share(self) -> int:
        """Share capital paid in."""
        return sum(m.share for m in self.members)

    @property
    def dues(self) -> int:
        """Dues paid in."""
        return sum(m.dues for m in self.members)

    @property
    def voluntary(self) -> int:
        """Voluntary savings less what was withdrawn."""
        return sum(m.voluntary for m in self.members)

    @property
    def total(self) -> int:
        """Everything that the members saved."""
        return self.share + self.dues + self.voluntary

    @property
    def behind(self) -> tuple[MemberSavings, ...]:
        """The members who owe dues."""
        return tuple(m for m in self.members if m.months_behind)

    @property
    def arrears(self) -> int:
        """What they owe together."""
        return sum(m.arrears for m in self.members)


def members(store: Store, organisation_id: str) -> list[Row]:
    """The members of today, in the order in which they joined."""
    today = store.clock.today().isoformat()
    found = store.find("membership", organisation_id=organisation_id)
    return sorted((m for m in found if not m["left_on"] or m["left_on"] > today), key=lambda m: m["joined_on"])


def ledger(store: Store, organisation_id: str) -> Ledger:
    """The savings book of a cooperative as it stands today."""
    organisation = store.get("organisation", organisation_id) or {}
    people = members(store, organisation_id)
    entries: dict[str, list[Row]] = {m["id"]: [] for m in people}
    for entry in store.find_in("savings_entry", "membership_id", entries):
        entries[entry["membership_id"]].append(entry)
    fee, today = organisation.get("monthly_dues") or 0, store.clock.today()
    lines = [_line(m, entries[m["id"]], fee, today) for m in people]
    return Ledger(tuple(sorted(lines, key=lambda line: -line.months_behind)))


def _line(member: Row, entries: Sequence[Row], fee: int, today: date) -> MemberSavings:
    def paid(kind: str) -> int:
        return sum(e["amount"] for e in entries if e["kind"] == kind)

    due = months_due(member["joined_on"], member["left_on"], today) if fee else 0
    months = sum(_months(e, fee) for e in entries if e["kind"] == "dues")
    return MemberSavings(
        member, paid("share"), paid("dues"), paid("voluntary") - paid("withdrawal"), months, due,
        max(0, due - months) * fee)  # fmt: skip


def _months(entry: Row, fee: int) -> int:
    """How many months a payment of dues is for: as written down then, else by today's fee."""
    if entry["months"] is not None:
        return entry["months"]
    return entry["amount"] // fee if fee else 0


def check_deposit(store: Store, membership_id: str, kind: str, amount: int) -> list[Problem]:
    """What to ask before a deposit is written down; errors keep it from being saved."""
    member = store.get("membership", membership_id)
    organisation = store.get("organisation", member["organisation_id"]) if member else None
    fee = (organisation or {}).get("monthly_dues") or 0
    if kind == "dues" and fee and amount % fee:
        below = amount // fee * fee
        words = NOT_WHOLE_MONTHS.fill(dues=rupiah(fee), below=rupiah(below), above=rupiah(below + fee))
        return [Problem("warning", "months", words, "amount")]
    if kind == "withdrawal":
        saved = _voluntary(store, membership_id)
        if amount > saved:
            return [Problem("error", "saved", MORE_THAN_SAVED.fill(saved=rupiah(saved)), "amount")]
    return []


def _voluntary(store: Store, membership_id: str) -> int:
    entries = store.find("savings_entry", membership_id=membership_id)
    signs = {"voluntary": 1, "withdrawal": -1}
    return sum(e["amount"] * signs.get(e["kind"], 0) for e in entries)


def record_deposit(
    store: Store, membership_id: str, kind: str, amount: int, day: date, receipt: str = ""
) -> tuple[Changes, Row]:
    """Write a deposit (or withdrawal) into the savings book; answers the entry, for its receipt.

    Raises InvalidRecord when more is withdrawn than was saved.
    """
    errors = [p for p in check_deposit(store, membership_id, kind, amount) if p.severity == "error"]
    if errors:
        raise InvalidRecord(errors)
    member = store.get("membership", membership_id) or {}
    fee = (store.get("organisation", str(member.get("organisation_id"))) or {}).get("monthly_dues") or 0
    entry: Row = {
        "id": store.clock.new_id(), "membership_id": membership_id, "kind": kind, "amount": amount,
        "months": amount // fee if kind == "dues" and fee else None, "paid_on": day.isoformat(), "receipt": receipt,
    }  # fmt: skip
    return store.save("savings_entry", entry), entry


@dataclass(frozen=True, slots=True)
class Share:
    """One member's part of a joint purchase: what it costs to the rupiah, and whether it is paid."""

    share: Row
    member: Row | None
    cost: int

    @property
    def paid(self) -> bool:
        """Whether the member has paid."""
        return bool(self.share["paid_on"])


@dataclass(frozen=True, slots=True)
class Purchase:
    """A joint purchase with its shares."""

    purchase: Row
    shares: tuple[Share, ...]

    @property
    def covered(self) -> int:
        """How much of the order the shares cover."""
        return sum(s.share["quantity"] for s in self.shares)

    @property
    def unit_price(self) -> int:
        """The price of one unit, rounded down to the rupiah."""
        return self.purchase["total"] // max(1, self.purchase["quantity"])

    @property
    def saved(self) -> int:
        """What the members save against buying alone; negative when buying together is dearer."""
        alone = self.purchase["price_alone"]
        return 0 if alone is None else alone * self.purchase["quantity"] - self.purchase["total"]

    @property
    def paid_quantity(self) -> int:
        """How many units are paid for."""
        return sum(s.share["quantity"] for s in self.shares if s.paid)

    @property
    def paid(self) -> int:
        """What was paid in."""
        return sum(s.cost for s in self.shares if s.paid)

    @property
    def payers(self) -> int:
        """How many members have paid."""
        return sum(s.paid for s in self.shares)

    @property
    def problem(self) -> Words | None:
        """What is wrong with the shares; None when they add up to the order."""
        ordered = self.purchase["quantity"]
        if self.covered == ordered:
            return None
        words = SHARES_MISSING if self.covered < ordered else SHARES_TOO_MANY
        return words.fill(covered=self.covered, ordered=ordered, unit=self.purchase["unit"])


def purchase(store: Store, purchase_id: str) -> Purchase:
    """A joint purchase; KeyError when there is none.

    Shares cost their part of the order's price to the rupiah; while they do not cover the order, what
    is missing counts as one more share.
    """
    order = store.get("purchase", purchase_id)
    if order is None:
        raise KeyError(purchase_id)
    shares = store.find("purchase_share", purchase_id=purchase_id)
    people = {m["id"]: m for m in store.find("membership", organisation_id=order["organisation_id"])}
    quantities = [s["quantity"] for s in shares]
    costs = split_to_the_rupiah(order["total"], [*quantities, max(0, order["quantity"] - sum(quantities))])
    return Purchase(order, tuple(
        Share(s, people.get(s["membership_id"]), cost) for s, cost in zip(shares, costs, strict=False)))  # fmt: skip


def order_together(store: Store, order: Mapping[str, Any], shares: Mapping[str, int]) -> tuple[Changes, str]:
    """Save a joint purchase with its shares, `{membership id: quantity}`, all or none; answers its id."""
    purchase_id = order.get("id") or store.clock.new_id()
    rows: list[tuple[str, Row]] = [("purchase", {"state": "gathering", **order, "id": purchase_id})]
    rows += [
        ("purchase_share", {"purchase_id": purchase_id, "membership_id": member, "quantity": quantity})
        for member, quantity in shares.items()
    ]
    return store.save_all(rows), purchase_id


@dataclass(frozen=True, slots=True)
class Quality:
    """A quality check with what was wrong and who repairs it."""

    check: Row
    faults: tuple[Row, ...]
    makers: Mapping[str, Row]  # memberships by id

    @property
    def rejected(self) -> int:
        """How many pieces did not pass."""
        return self.check["checked"] - self.check["passed"]

    @property
    def problem(self) -> Words | None:
        """What is missing when the reasons do not add up to what was rejected."""
        explained = sum(f["pieces"] for f in self.faults)
        if explained == self.rejected:
            return None
        unit = self.check["unit"] or ""
        return FAULTS_MISFIT.fill(rejected=self.rejected, explained=explained, unit=unit)

    def overdue(self, today: date) -> list[Row]:
        """The repairs that should be done by now."""
        return [
            f for f in self.faults if not f["repaired_on"] and f["repair_by"] and f["repair_by"] < today.isoformat()
        ]


def quality(store: Store, check_id: str) -> Quality:
    """A quality check; KeyError when there is none."""
    check = store.get("quality_check", check_id)
    if check is None:
        raise KeyError(check_id)
    makers = {m["id"]: m for m in store.find("membership", organisation_id=check["organisation_id"])}
    return Quality(check, tuple(store.find("quality_fault", quality_check_id=check_id)), makers)


def record_check(store: Store, check: Mapping[str, Any], faults: Sequence[Mapping[str, Any]]) -> tuple[Changes, str]:
    """Save a quality check with its faults, all or none; answers its id."""
    check_id = check.get("id") or store.clock.new_id()
    rows: list[tuple[str, Mapping[str, Any]]] = [("quality_check", {**check, "id": check_id})]
    rows += [("quality_fault", {**fault, "quality_check_id": check_id}) for fault in faults]
    return store.save_all(rows), check_id
