"""What is known of many businesses at once, for the conditions of programmes and partners.

One question a fact, whatever the number of businesses; only the facts that are asked for are read.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from models.assessments import measures
from models.businesses import GONE
from models.lists import office_zone
from models.permits import valid_sql
from models.products import PERIODS_A_YEAR
from models.programs import RECEIVED
from models.scales import Scale, scale_of
from models.schema import Row
from models.services import SERVICES
from models.sql import codes
from models.store import NEIGHBOURS, Store

WEEKS = PERIODS_A_YEAR["week"]

_BASE = ("business.id", "business.name", "business.rw", "business.village", "owner.id", "owner.name", "owner.informed")


@dataclass(frozen=True, slots=True)
class Subject:
    """A business with the facts that were asked for; `facts` always holds those of `_BASE`."""

    business_id: str
    owner_id: str
    facts: Row


Source = Callable[[Store], dict[str, Any]]  # a value by the id of a business or its owner


def subjects(store: Store, wanted: Iterable[str] = ()) -> list[Subject]:
    """Every business of this office that stands, with what is wanted of it: keys of `conditions.fact`."""
    keys = dict.fromkeys([*_BASE, *wanted])
    columns = [k for k in keys if k.startswith(("owner.", "business.")) and k.count(".") == 1]
    listed = ", ".join('{}."{}"'.format(*k.split(".")) for k in columns)
    found = store.query(
        f"SELECT {listed} FROM business JOIN owner ON owner.id = business.owner_id AND owner.deleted IS NULL"
        " WHERE business.deleted IS NULL AND coalesce(business.existence, '') NOT IN (SELECT value FROM json_each(?))"
        f" AND owner.informed <> 'refused' AND business.scope NOT IN {NEIGHBOURS}", (json.dumps(GONE),))  # fmt: skip
    made = {k: source(store) for k in keys if (source := _source(k))}
    return [_subject(dict(zip(columns, values, strict=True)), made) for values in found]


def _subject(row: Row, made: dict[str, dict[str, Any]]) -> Subject:
    business_id, owner_id = row["business.id"], row["owner.id"]
    for key, values in made.items():
        row[key] = values.get(owner_id if key.startswith("aid.") else business_id)
    return Subject(business_id, owner_id, row)


def _source(key: str) -> Source | None:
    if key.startswith("permit."):
        return lambda store: _permits(store, key.removeprefix("permit."))
    return _SOURCES.get(key)


def _pairs(sql: str, *values: Any) -> Source:
    return lambda store: dict(store.query(sql, values))


def _scale(store: Store) -> dict[str, str]:
    """The official scale by the latest year's figures, else by those of the business."""
    today = store.clock.today()
    found: dict[str, Scale | None] = {
        business: scale_of(sales, capital, today)
        for business, sales, capital in store.query(
            "SELECT id, sales_year, capital FROM business WHERE deleted IS NULL"
        )
    }
    columns = ("year", "sales", "capital", "scale_chosen")
    for business, *values in store.query(
        f"SELECT business_id, {', '.join(columns)} FROM assessment WHERE deleted IS NULL ORDER BY year"
    ):
        figures: Row = dict(zip(columns, values, strict=True))
        found[business] = measures(figures, today).official or found.get(business)
    return {business: scale.code for business, scale in found.items() if scale}


def _seen(store: Store) -> dict[str, Any]:
    """The last session, else the day of registration."""
    return dict(store.query(
        "SELECT b.id, coalesce((SELECT max(held_on) FROM consultation WHERE deleted IS NULL AND business_id = b.id),"
        " date(b.created_at, ?)) FROM business b WHERE b.deleted IS NULL", (office_zone(store.clock),)))  # fmt: skip


def _capacity(store: Store) -> dict[str, int]:
    """What a week brings of the product that most is made of."""
    best: dict[str, int] = {}
    for business_id, amount, period in store.query(
        "SELECT business_id, capacity, period FROM product WHERE deleted IS NULL AND capacity IS NOT NULL"
    ):
        if period in PERIODS_A_YEAR:
            best[business_id] = max(best.get(business_id, 0), amount * PERIODS_A_YEAR[period] // WEEKS)
    return best


def _permits(store: Store, type_: str) -> dict[str, str]:
    """`issued` with a permit that holds today, `in_process` with an open case or a permit being made."""
    services = [s.code for s in SERVICES.values() if s.permit == type_]
    found = dict.fromkeys(
        (business for (business,) in store.query(
            "SELECT business_id FROM facilitation WHERE deleted IS NULL AND state <> 'closed'"
            " AND business_id IS NOT NULL AND service IN (SELECT value FROM json_each(?))"
            " UNION SELECT business_id FROM permit WHERE deleted IS NULL AND type = ? AND state = 'process'",
            (json.dumps(services), type_))), "in_process")  # fmt: skip
    day = {"type": type_, "day": store.clock.today().isoformat()}
    found |= dict.fromkeys((b for (b,) in store.query(_HOLDING, day)), "issued")
    if type_ == "nib":
        found |= dict.fromkeys((b for (b,) in store.query(_WITH_NIB)), "issued")
    return found


_HOLDING = f"SELECT business_id FROM permit WHERE deleted IS NULL AND type = :type AND {valid_sql(':day')}"
_WITH_NIB = "SELECT id FROM business WHERE deleted IS NULL AND coalesce(nib, '') <> ''"
_AID = f"""SELECT owner_id, max(handed_on) FROM aid_grant
 WHERE deleted IS NULL AND state IN ({codes(RECEIVED)}) AND kind LIKE ? GROUP BY owner_id"""
_SOURCES: dict[str, Source] = {
    "scale": _scale,
    "seen": _seen,
    "capacity": _capacity,
    "aid.tool": _pairs(_AID, "tool"),
    "aid.any": _pairs(_AID, "%"),
}
