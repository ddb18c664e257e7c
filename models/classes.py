"""Naik kelas over all businesses of this laptop: how many stand where, who rose, who is about to."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from models.businesses import GONE
from models.readiness import (
    Known,
    NextStage,
    Standing,
    moved_up,
    next_stage,
    points,
    recorded_before,
    scales_by_year,
    standing,
)
from models.schema import Row
from models.sql import codes
from models.store import NEIGHBOURS, Store

# What the points and scales look at; reading no more keeps 20,000 businesses under a second.
_LOOKED_AT: dict[str, tuple[str, ...]] = {
    "business": ("id", "owner_id", "created_at", "existence", "nib", "nib_date", "bookkeeping", "market_reach",
                 "workers", "workers_men", "workers_women", "workers_paid", "workers_unpaid",
                 "sales_year", "capital", "numbers_year"),
    "permit": ("business_id", "type", "state", "issued", "expires"),
    "assessment": ("business_id", "year", "sales", "capital", "scale_chosen", "bookkeeping", "market_reach",
                   "workers_men", "workers_women", "workers_paid", "workers_unpaid"),
    "financing": ("business_id", "owner_id", "state", "disbursed_on"),
    "facilitation": ("business_id", "owner_id", "service", "outcome", "closed_on"),
}  # fmt: skip


def known_of(store: Store, business_id: str) -> Known | None:
    """Everything that says where one business stands; None when it is not here."""
    mine = "business_id = :of"
    or_owner = f"({mine} OR business_id IS NULL AND owner_id = (SELECT owner_id FROM business WHERE id = :of))"
    return next(_known(store, "id = :of", mine, or_owner, {"of": business_id}), None)


_HERE = f"scope NOT IN {NEIGHBOURS} AND coalesce(existence, '') NOT IN ({codes(GONE)})"


def all_known(store: Store, which: str = _HERE, values: Mapping[str, str] | None = None) -> Iterator[Known]:
    """The same of every business of this office that still exists, or of those that fit another condition on `business`."""
    return _known(store, which, "true", "true", values or {})


def _known(store: Store, which: str, mine: str, or_owner: str, values: Mapping[str, str]) -> Iterator[Known]:
    permits, assessments = (_grouped(_read(store, name, mine, values)) for name in ("permit", "assessment"))
    financing = _grouped(_read(store, "financing", or_owner, values))
    cases = _grouped(_read(store, "facilitation", f"outcome = 'issued' AND {or_owner}", values))
    for business in _read(store, "business", which, values):
        of, owner = business["id"], business["owner_id"]
        yield Known(business, permits[of], assessments[of], financing[of] + financing[owner], cases[of] + cases[owner])


def _read(store: Store, entity: str, where: str, values: Mapping[str, str]) -> Iterator[Row]:
    names = _LOOKED_AT[entity]
    found = store.query(f"SELECT {', '.join(names)} FROM {entity} WHERE deleted IS NULL AND {where}", values)
    return (dict(zip(names, row, strict=True)) for row in found)


def _grouped(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """Rows by their business; money that came to an owner without naming one, by the owner."""
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["business_id"] or row["owner_id"]].append(row)
    return grouped


@dataclass(frozen=True, slots=True)
class Overview:
    """How many businesses stand where today, and how many rose this year and the last."""

    scales: dict[str, int]  # by code of `assessments.SCALES`; without figures: not counted
    stages: dict[str, int]  # by key of `readiness.STAGES`
    rose: dict[int, int]  # by year


def overview(store: Store) -> Overview:
    """The counts of today."""
    today = store.clock.today()
    scales: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    rose = {today.year: 0, today.year - 1: 0}
    for known in all_known(store):
        years = [today.year, *(year - 1 for year in rose if recorded_before(known, year))]
        stood = {year: standing(known, year, today) for year in years}
        stages[stood[today.year].stage] += 1
        scales[stood[today.year].scale or ""] += 1
        for year in rose:
            rose[year] += year - 1 in stood and stood[year].above(stood[year - 1])
    del scales[""]
    return Overview(dict(scales), dict(stages), rose)


@dataclass(frozen=True, slots=True)
class Ready:
    """A business that is one point from its next stage."""

    business_id: str
    owner_id: str
    next: NextStage


def ready_to_rise(store: Store) -> list[Ready]:
    """Every business that one more point lifts to the next stage, as they were registered."""
    today = store.clock.today()
    found: list[Ready] = []
    for known in all_known(store):
        ahead = next_stage(points(known, today))
        if ahead and ahead.missing == 1:
            found.append(Ready(known.business["id"], known.business["owner_id"], ahead))
    return found


_ready: WeakKeyDictionary[Store, tuple[tuple[int, date], str]] = WeakKeyDictionary()


def ready_json(store: Store) -> str:
    """Ids of `ready_to_rise` for a query's `json_each`; counted anew only after something was written."""
    now = store.db.conn.total_changes, store.clock.today()
    known = _ready.get(store)
    if known is None or known[0] != now:
        known = _ready[store] = now, json.dumps([ready.business_id for ready in ready_to_rise(store)])
    return known[1]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one business, for its profile."""

    now: Standing
    next: NextStage | None
    scales: dict[int, str]  # by year with figures
    rose: bool  # this year


def ladder(store: Store, business_id: str) -> Ladder | None:
    """Where one business stands and what it lacks; None when it is not here."""
    today: date = store.clock.today()
    known = known_of(store, business_id)
    if known is None:
        return None
    now = standing(known, today.year, today)
    return Ladder(now, next_stage(now.points), scales_by_year(known, today), moved_up(known, today.year, today))
