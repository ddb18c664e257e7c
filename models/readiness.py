"""Naik kelas: where a business stands between informal and growing, and what the next stage still asks.

Six whole points, each computed from records, never typed in; an application under way counts as no.
The stage follows from the points, the scale from the year's figures. What has no day is taken as having
held all along, so that a late entry never looks like a rise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.assessments import SCALES, measures, workers, year_end
from models.financing import PAID_OUT
from models.i18n import Words
from models.permits import OF_PRODUCTS, valid_on
from models.scales import scale_of
from models.schema import Row
from models.services import SERVICES

ENOUGH_WORKERS = 3
OUTSIDE = ("regency", "province", "national", "export")
BOOKS = ("simple", "app")

STAGES: dict[str, Words] = {
    "informal": Words("Informal", "Informal"),
    "ordered": Words("Tertata", "Ordered"),
    "bankable": Words("Siap bank", "Bankable"),
    "growing": Words("Berkembang", "Growing"),
}
_ORDER = tuple(STAGES)


@dataclass(frozen=True, slots=True)
class Known:
    """All that the points look at of one business; rows as the store gives them."""

    business: Mapping[str, Any]
    permits: Sequence[Row] = ()
    assessments: Sequence[Row] = ()
    financing: Sequence[Row] = ()
    cases: Sequence[Row] = ()


def _up_to(known: Known, year: int) -> list[Row]:
    """The yearly figures up to a year, the latest first."""
    return sorted((a for a in known.assessments if a["year"] <= year), key=lambda a: a["year"], reverse=True)


def _figure(known: Known, name: str, day: date) -> Any:
    """A yearly figure as it stood: of the latest year up to that day, else what the business says of itself."""
    years = _up_to(known, day.year)
    return next((a[name] for a in years if a.get(name) is not None), known.business.get(name))


def workers_in(known: Known, year: int) -> int:
    """Who works there by the latest figures up to a year, else by what the business says of itself; 0 when nobody said."""
    counts = (workers(figures) for figures in (*_up_to(known, year), known.business))
    return next((n for n in counts if n is not None), 0)


def _has_nib(known: Known, day: date) -> bool:
    noted = bool(known.business.get("nib")) and (known.business.get("nib_date") or "") <= day.isoformat()
    return noted or any(p["type"] == "nib" and valid_on(p, day) for p in known.permits)


def _has_product_permit(known: Known, day: date) -> bool:
    return any(p["type"] in OF_PRODUCTS and valid_on(p, day) for p in known.permits)


def _keeps_books(known: Known, day: date) -> bool:
    return _figure(known, "bookkeeping", day) in BOOKS


def _sells_outside(known: Known, day: date) -> bool:
    return _figure(known, "market_reach", day) in OUTSIDE


def _was_financed(known: Known, day: date) -> bool:
    by = day.isoformat()
    paid = any(f["state"] in PAID_OUT and (f.get("disbursed_on") or "") <= by for f in known.financing)
    return paid or any(_brought_money(case) and (case["closed_on"] or "") <= by for case in known.cases)


def _brought_money(case: Row) -> bool:
    service = SERVICES.get(case["service"])
    return case["outcome"] == "issued" and service is not None and service.field == "finance"


def _employs(known: Known, day: date) -> bool:
    return workers_in(known, day.year) >= ENOUGH_WORKERS


@dataclass(frozen=True, slots=True)
class Point:
    """One of the six: its words and how it is seen."""

    words: Words
    holds: Callable[[Known, date], bool]


POINTS: dict[str, Point] = {
    "nib": Point(Words("NIB", "NIB"), _has_nib),
    "permit": Point(Words("Izin / sertifikat produk", "Product permit or certificate"), _has_product_permit),
    "bookkeeping": Point(Words("Pembukuan", "Bookkeeping"), _keeps_books),
    "market": Point(Words("Pasar di luar kecamatan", "Market outside the kecamatan"), _sells_outside),
    "financing": Point(Words("Akses pembiayaan", "Access to financing"), _was_financed),
    "workers": Point(Words("Tenaga kerja ≥ 3", "At least 3 workers"), _employs),
}
# Stage: how many points it asks for, and which ones must be among them.
DEMANDS: dict[str, tuple[int, frozenset[str]]] = {
    "ordered": (2, frozenset({"nib"})),
    "bankable": (4, frozenset({"nib", "bookkeeping"})),
    "growing": (len(POINTS), frozenset(POINTS)),
}


def points(known: Known, day: date) -> frozenset[str]:
    """Which of `POINTS` a business had on a day."""
    return frozenset(key for key, point in POINTS.items() if point.holds(known, day))


def stage_of(held: frozenset[str]) -> str:
    """The stage that these points make: a key of `STAGES`."""
    reached = [stage for stage, (count, must) in DEMANDS.items() if len(held) >= count and must <= held]
    return reached[-1] if reached else _ORDER[0]


@dataclass(frozen=True, slots=True)
class NextStage:
    """What leads further: the stage, how many points are missing, and which would help."""

    stage: str
    missing: int
    helpful: tuple[str, ...]  # keys of POINTS; when `must` has some, those


def next_stage(held: frozenset[str]) -> NextStage | None:
    """The way to the next stage; None at the last."""
    here = _ORDER.index(stage_of(held))
    if here == len(_ORDER) - 1:
        return None
    stage = _ORDER[here + 1]
    count, must = DEMANDS[stage]
    lacking = must - held
    missing = max(count - len(held), len(lacking))
    others = () if missing == len(lacking) else tuple(p for p in POINTS if p not in held | lacking)
    return NextStage(stage, missing, tuple(p for p in POINTS if p in lacking) + others)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a business stood at the end of a year, or stands today."""

    points: frozenset[str] = field(default_factory=frozenset[str])
    stage: str = _ORDER[0]
    scale: str | None = None

    def above(self, other: "Standing") -> bool:
        """Whether it rose since: in scale, or in stage while its scale did not fall."""
        if self.scale and other.scale and self.scale != other.scale:
            return SCALES.index(self.scale) > SCALES.index(other.scale)
        return _ORDER.index(self.stage) > _ORDER.index(other.stage)


def standing(known: Known, year: int, today: date) -> Standing:
    """The standing at the end of a year, or today while it runs."""
    day = year_end(year, today)
    held = points(known, day)
    return Standing(held, stage_of(held), scale_in(known, year, today))


def scale_in(known: Known, year: int, today: date) -> str | None:
    """The official scale by the latest figures up to a year, else by what the business says of itself."""
    for assessment in _up_to(known, year):
        if official := measures(assessment, today).official:
            return official.code
    if (known.business.get("numbers_year") or year) > year:
        return None
    found = scale_of(known.business.get("sales_year"), known.business.get("capital"), year_end(year, today))
    return found.code if found else None


def scales_by_year(known: Known, today: date) -> dict[int, str]:
    """The official scale of each year with figures of its own, oldest first."""
    years = {a["year"]: measures(a, today).official for a in sorted(known.assessments, key=lambda a: a["year"])}
    return {year: scale.code for year, scale in years.items() if scale}


def recorded_before(known: Known, year: int) -> bool:
    """Whether anything was known of a business before a year; else it has nothing to rise from."""
    created = str(known.business.get("created_at") or "")[:4]
    recorded = [a["year"] for a in known.assessments] + ([int(created)] if created else [])
    return bool(recorded) and min(recorded) < year


def moved_up(known: Known, year: int, today: date) -> bool:
    """Whether a business rose within a year."""
    return recorded_before(known, year) and standing(known, year, today).above(standing(known, year - 1, today))
