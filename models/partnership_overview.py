"""The front page of Kemitraan: the numbers, what needs somebody, what is coming up."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models import contracts, cooperatives, umkm_house
from models.consignment import Sales
from models.contracts import ContractFigures
from models.cooperatives import Ledger
from models.financing import FAMILIES, PAID_OUT
from models.i18n import Words, rupiah
from models.organisations import GROUPS
from models.schema import Row
from models.store import NEIGHBOURS, Store

Sort = Literal["contract", "arrears", "payout", "purchase", "delivery", "meeting"]
AHEAD = 14  # days that "coming up" looks ahead

ARREARS = Words("{n} anggota menunggak simpanan wajib: {months} bulan, {sum}",
                "{n} members are behind with dues: {months} months, {sum}")  # fmt: skip
PAYOUT = Words("Rumah UMKM: {sum} belum diserahkan ke {n} usaha", "UMKM house: {sum} not handed over to {n} businesses")
PURCHASE = Words("Pembelian bersama {item}", "Joint purchase of {item}")
DELIVERY = Words("Pengiriman ke-{n} {partner}", "Delivery no. {n} to {partner}")
MEETING = Words("Rapat {name}", "Meeting of {name}")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that needs somebody, or that comes; `id` is the record that it opens."""

    sort: Sort
    words: Words
    about: str  # a name beside it
    id: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A cooperative or group in the list."""

    row: Row
    members: int
    from_here: int  # of the village whose office this is
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Financing:
    """How often money was paid out, and how much, by family of schemes (`financing.FAMILIES`), in this office."""

    families: Mapping[str, tuple[int, int]]

    @property
    def count(self) -> int:
        """How many were paid out."""
        return sum(count for count, _ in self.families.values())

    @property
    def amount(self) -> int:
        """What was paid out, in rupiah."""
        return sum(amount for _, amount in self.families.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page."""

    groups: tuple[Group, ...]
    contracts: ContractFigures
    financing: Financing
    shelf: Sales
    consignments: int
    attention: tuple[Line, ...]
    coming: tuple[Line, ...]

    @property
    def members(self) -> int:
        """Members of all groups."""
        return sum(g.members for g in self.groups)


def overview(store: Store) -> Overview:
    """The page as it stands today."""
    groups = tuple(_groups(store))
    listed = contracts.contracts(store)
    shelf = umkm_house.shelf(store)
    attention = [*_contracts_to_ask(listed), *_arrears(groups), *_payouts(shelf)]
    coming = sorted(_coming(store, listed), key=lambda line: (line.day or date.max, line.words.id))
    return Overview(
        groups, contracts.figures(listed), _financing(store), umkm_house.total(shelf), len(shelf),
        tuple(attention), tuple(coming))  # fmt: skip


def _groups(store: Store) -> Iterable[Group]:
    for kind in GROUPS:
        for row in store.find("organisation", kind=kind):
            book = cooperatives.ledger(store, row["id"])
            here = sum(m.member["village"] == store.home_scope for m in book.members)
            yield Group(row, len(book.members), here, book)


def _financing(store: Store) -> Financing:
    paid = store.query(
        "SELECT scheme, coalesce(disbursed, 0) FROM financing WHERE deleted IS NULL"
        f" AND state IN (SELECT value FROM json_each(?)) AND scope NOT IN {NEIGHBOURS}",
        (json.dumps(PAID_OUT),),
    )
    families: dict[str, tuple[int, int]] = {}
    for family, (_, schemes) in FAMILIES.items():
        amounts = [amount for scheme, amount in paid if scheme in schemes]
        families |= {family: (len(amounts), sum(amounts))} if amounts else {}
    return Financing(families)


def _contracts_to_ask(listed: Iterable[contracts.Contract]) -> Iterable[Line]:
    for contract in listed:
        standing = contract.standing
        if standing.to_ask or standing.to_renew:
            day = standing.ends_on if standing.to_renew else None
            yield Line("contract", standing.words, _partner(contract), contract.row["id"], day)


def _partner(contract: contracts.Contract) -> str:
    return str((contract.partner or {}).get("name") or contract.row["work"])


def _arrears(groups: Iterable[Group]) -> Iterable[Line]:
    for group in groups:
        if behind := group.ledger.behind:
            months = sum(m.months_behind for m in behind)
            words = ARREARS.fill(n=len(behind), months=months, sum=rupiah(group.ledger.arrears))
            yield Line("arrears", words, group.row["name"], group.row["id"])


def _payouts(shelf: list[umkm_house.Shelf]) -> Iterable[Line]:
    owed = [line for line in shelf if line.sales.rest > 0]
    if owed:
        businesses = {line.row["business_id"] for line in owed}
        words = PAYOUT.fill(sum=rupiah(sum(line.sales.rest for line in owed)), n=len(businesses))
        yield Line("payout", words, "", owed[0].row["id"])


def _coming(store: Store, listed: list[contracts.Contract]) -> Iterable[Line]:
    today = store.clock.today()

    def near(day: str | None) -> date | None:
        found = date.fromisoformat(day) if day else None
        return found if found and 0 <= (found - today).days <= AHEAD else None

    names = {o["id"]: o["name"] for o in store.find("organisation")}
    for row in store.find("purchase"):
        if row["state"] != "cancelled" and (day := near(row["arrives_on"])):
            about = names.get(row["organisation_id"], "")
            yield Line("purchase", PURCHASE.fill(item=row["item"]), about, row["id"], day)
    for row in store.find("meeting"):
        if day := near(row["held_on"]):
            about = row["place"] or ""
            yield Line("meeting", MEETING.fill(name=names.get(row["organisation_id"], "")), about, row["id"], day)
    partners = {c.row["id"]: _partner(c) for c in listed if c.standing.open}
    for row in store.find_in("delivery", "partnership_id", partners):
        if not row["delivered_on"] and (day := near(row["planned_on"])):
            words = DELIVERY.fill(n=row["number"], partner=partners[row["partnership_id"]])
            yield Line("delivery", words, row["what"] or "", row["id"], day)
