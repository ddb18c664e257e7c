"""Contracts as they stand: what to ask, what ends soon, deliveries; answers, renewals and their follow-ups."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.errors import InvalidRecord
from models.i18n import Words
from models.partnerships import PARTNERSHIP_CHECK, RENEW_BEFORE, Standing, standing
from models.schema import Problem, Row
from models.store import Changes, Store
from models.workdays import next_workday

RENEW = Words("Perpanjang kontrak {work}?", "Renew the contract {work}?")
ENDS_EARLIER = Words("Perpanjangan berakhir sebelum kontraknya. Tulis tanggal sesudah {ends}.",
                     "The renewal ends before the contract. Write a date after {ends}.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract with its partner, suppliers and where it stands."""

    row: Row
    partner: Row | None
    suppliers: tuple[Row, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class ContractFigures:
    """The numbers above the list of contracts that run; money in rupiah."""

    running: int
    ended: int
    value: int
    fulfilled: int
    done: int
    deliveries: int
    to_ask: int


def contracts(store: Store, *ids: str) -> list[Contract]:
    """All contracts (or these), those that need somebody first, then by their end."""
    rows = store.find_in("partnership", "id", ids) if ids else store.find("partnership")
    suppliers, deliveries, renewals, checks = (
        _by_contract(store, name, rows) for name in ("partnership_supplier", "delivery", "renewal", "partnership_check")
    )
    partners = {o["id"]: o for o in store.find_in("organisation", "id", {r["organisation_id"] for r in rows})}
    today = store.clock.today()
    found = [
        Contract(
            row, partners.get(row["organisation_id"]), tuple(suppliers[row["id"]]),
            standing(row, deliveries[row["id"]], renewals[row["id"]], checks[row["id"]], today),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda c: (not c.standing.open, not c.standing.to_ask, c.standing.ends_on))


def _by_contract(store: Store, entity: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in store.find_in(entity, "partnership_id", [r["id"] for r in rows]):
        found[row["partnership_id"]].append(row)
    return found


def figures(listed: Iterable[Contract]) -> ContractFigures:
    """The sums over contracts; value and deliveries count what runs."""
    everything = list(listed)
    running = [c.standing for c in everything if c.standing.open]
    return ContractFigures(
        len(running), len(everything) - len(running), sum(s.value for s in running), sum(s.fulfilled for s in running),
        sum(s.done for s in running), sum(s.deliveries for s in running), sum(s.to_ask for s in running))  # fmt: skip


def answer(store: Store, partnership_id: str, said: str, reason: str | None = None, note: str = "") -> Changes:
    """What was answered to "still running?": yes, stopped (with one reason) or later.

    Raises InvalidRecord when a stop has no reason.
    """
    today = store.clock.today().isoformat()
    check: Row = {"partnership_id": partnership_id, "asked_on": today, "answer": said, "reason": reason, "note": note}
    if problems := [p for p in PARTNERSHIP_CHECK.problems(check, store.clock.today()) if p.severity == "error"]:
        raise InvalidRecord(problems)
    rows: list[tuple[str, Row]] = [("partnership_check", check)]
    if said == "stopped":
        rows.append(("partnership", {"id": partnership_id, "stopped_on": today}))
    return store.save_all(rows)


def deliver(store: Store, partnership_id: str, delivery: Mapping[str, Any]) -> Changes:
    """Write down a delivery: the planned one of that number, else a new one with the next number."""
    known = store.find("delivery", partnership_id=partnership_id)
    number = delivery.get("number") or max((d["number"] for d in known), default=0) + 1
    planned = next((d["id"] for d in known if d["number"] == number), None)
    return store.save("delivery", {**delivery, "id": planned, "number": number, "partnership_id": partnership_id})


def renew(
    store: Store, partnership_id: str, until: date, value: int | None = None, deliveries: int | None = None
) -> Changes:
    """Prolong a contract; what was agreed first stays as it was. InvalidRecord when it would end earlier."""
    (contract,) = contracts(store, partnership_id)
    if until <= contract.standing.ends_on:
        words = ENDS_EARLIER.fill(ends=f"{contract.standing.ends_on:%d/%m/%Y}")
        raise InvalidRecord([Problem("error", "ends_on", words, "ends_on")])
    return store.save("renewal", {
        "partnership_id": partnership_id, "agreed_on": store.clock.today().isoformat(),
        "ends_on": until.isoformat(), "value": value, "deliveries": deliveries})  # fmt: skip


def ask_renewals(store: Store) -> Changes:
    """Make the follow-up "Perpanjang?" of every contract that ends within 45 days; each only once.

    It hangs on the first supplier whose owner is known here (for a cooperative, its chair). Its id
    follows from contract and end, so two laptops make the same one.
    """
    rows: list[tuple[str, Row]] = []
    for contract in contracts(store):
        if contract.standing.to_renew and (about := _somebody(store, contract)):
            task_id = str(uuid.uuid5(uuid.UUID(contract.row["id"]), contract.standing.ends_on.isoformat()))
            if store.get("follow_up", task_id) is None:
                rows.append(("follow_up", about | _task(store, contract) | {"id": task_id}))
    return store.save_all(rows)


def _somebody(store: Store, contract: Contract) -> Row | None:
    """Owner and business on whom a follow-up about the contract can hang."""
    for supplier in contract.suppliers:
        if supplier["business_id"] and (business := store.get("business", supplier["business_id"])):
            return {"owner_id": business["owner_id"], "business_id": business["id"]}
        for member in store.find("membership", organisation_id=supplier["organisation_id"] or "", role="chair"):
            if member["owner_id"] and store.get("owner", member["owner_id"]):
                return {"owner_id": member["owner_id"], "business_id": member["business_id"]}
    return None


def _task(store: Store, contract: Contract) -> Row:
    today, ends = store.clock.today(), contract.standing.ends_on
    due = next_workday(max(today, ends - timedelta(days=RENEW_BEFORE - 15)))  # half of the time is left to negotiate
    return {
        "kind": "we_call", "what": RENEW.fill(work=contract.row["work"]).id, "due": due.isoformat(),
        "responsible": "kasie", "state": "open"}  # fmt: skip
