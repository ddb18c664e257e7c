"""The figures of an office for a period: counted, divided, set beside those of the period before.

What each number means stands in `models/figures.py`. A report is a frozen picture of one moment: it
says until when the data goes and how much of it is not yet sent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models import outbox, reference
from models.classes import all_known
from models.figures import BREAKDOWNS, FIGURES, NOT_FILLED, UNKNOWN, statement
from models.i18n import Words
from models.periods import Period, of_event
from models.readiness import Known, recorded_before, standing, workers_in
from models.reference import DISTRICT_DIGITS, VILLAGE_DIGITS
from models.schema import Row
from models.services import SERVICES
from models.store import Store

# The table by area, on the screen and on paper: its short heads, and what stands between area and coverage.
AREA, COVERAGE = Words("Wilayah", "Area"), Words("Cakupan NIB", "NIB coverage")
AREA_HEADS = {
    "businesses": Words("Usaha", "Businesses"), "with_nib": Words("Punya NIB", "With NIB"), "sessions": Words("Sesi", "Sessions"),
    "cases_running": Words("Berjalan", "Running"), "cases_issued": Words("Terbit", "Issued"),
}  # fmt: skip
AREA_FIGURES = tuple(AREA_HEADS)
SERIES_FIGURES = ("sessions", "cases_issued")
CASE_FIGURES = (
    "cases_before", "cases_opened", "cases_issued", "cases_refused", "cases_cancelled", "cases_running", "cases_late",
)  # fmt: skip
_RW = Words("RW {n:02d}", "RW {n:02d}")
_RW_OF = ("CASE WHEN coalesce(business.village, owner.village, {table}.scope) = {table}.scope"
          " THEN coalesce(business.rw, owner.rw) END")  # fmt: skip
_ELSEWHERE = Words("Luar wilayah atau belum diisi", "Elsewhere or not filled in")


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one period: by key of `FIGURES` and `DERIVED`, and divided by key of `BREAKDOWNS`.

    Besides these, `groups` has `scale` and `stage`. Groups stand in falling order.
    """

    period: Period
    values: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]

    def percent(self, part: str, whole: str) -> int | None:
        """`part` of `whole` in per cent, rounded; None when there is no whole."""
        return share(self.values.get(part, 0), self.values.get(whole, 0))


@dataclass(frozen=True, slots=True)
class Area:
    """A line of the table by area: an RW, a village or a kecamatan."""

    code: str
    words: Words
    values: Mapping[str, int]  # by AREA_FIGURES


@dataclass(frozen=True, slots=True)
class Month:
    """A point of the course over months."""

    period: Period
    values: Mapping[str, int]  # by SERIES_FIGURES


@dataclass(frozen=True, slots=True)
class Closing:
    """That a report stands as it was closed: its record, by whom, and how many laptops had not synced (None: not known)."""

    record_id: str
    by: str
    laptops: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, as counted at one moment on one laptop."""

    within: str  # region code
    now: Counted
    before: Counted | None
    areas: tuple[Area, ...]
    months: tuple[Month, ...]
    cases: Mapping[str, Mapping[str, int]]  # by service, then by CASE_FIGURES
    counted_at: datetime
    unsent: int  # records of this laptop that the server does not have yet
    closing: Closing | None = None  # None: counted now

    @property
    def place(self) -> Words:
        """`Kel. Patokan`: what the sums are about."""
        return place_words(self.within)

    def change(self, key: str) -> int | None:
        """How much a figure rose since the period before; None when there is nothing to compare with."""
        if self.before is None or key not in self.before.values:
            return None
        return self.now.values[key] - self.before.values[key]


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded half up; None when there is no whole."""
    return (200 * part + whole) // (2 * whole) if whole else None


def report(store: Store, period: Period, within: str) -> Report:
    """Count everything for a period and an area (a region code of 4, 6 or 10 digits)."""
    before = period.before()
    return Report(
        within=within,
        now=count(store, period, within),
        before=count(store, before, within) if before else None,
        areas=areas(store, period, within),
        months=months(store, period, within),
        cases=cases(store, period, within),
        counted_at=store.clock.now(),
        unsent=outbox.waiting(store),
    )


def count(store: Store, period: Period, within: str) -> Counted:
    """All figures of one period; for an event those that can be counted for one."""
    wanted = [f for f in FIGURES.values() if f.at_events or period.kind != "event"]
    values = {f.key: _single(store, f.key, period, within) for f in wanted}
    groups = {b.key: divided(store, period, within, b.key) for b in BREAKDOWNS.values() if b.figure in values}
    if period.kind == "event":
        return Counted(period, values, groups)
    derived, more = _derived(store, period, within)
    return Counted(period, values | derived, groups | more)


def divided(store: Store, period: Period, within: str, key: str) -> dict[str, int]:
    """A breakdown, the largest group first."""
    breakdown = BREAKDOWNS[key]
    counted: Counter[str] = Counter()
    for value, n in _by(store, breakdown.figure, breakdown.by, values_of(store, period, within)):
        for group in breakdown.groups(UNKNOWN if value in (None, "") else str(value)):
            counted[group] += n
    place = {code: n for n, code in enumerate(breakdown.codes)}  # equal groups stand as their options are declared
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], place.get(pair[0], len(place)))))


def areas(store: Store, period: Period, within: str) -> tuple[Area, ...]:
    """The RW of a village, the villages of a kecamatan, or the kecamatan of a regency."""
    counted: dict[str, Counter[str]] = {}
    keys = [key for key in AREA_FIGURES if FIGURES[key].at_events or period.kind != "event"]
    for key in keys:
        for value, n in _by(store, key, _area_of(FIGURES[key].table, within), values_of(store, period, within)):
            counted.setdefault(UNKNOWN if value is None else str(value), Counter())[key] += n
    known = sorted(counted, key=lambda code: (code == UNKNOWN, code.zfill(VILLAGE_DIGITS)))
    return tuple(Area(code, area_words(code, within), {k: counted[code][k] for k in keys}) for code in known)


def _area_of(table: str, within: str) -> str:
    if len(within) == VILLAGE_DIGITS:
        return _RW_OF.format(table=table)
    digits = VILLAGE_DIGITS if len(within) == DISTRICT_DIGITS else DISTRICT_DIGITS
    return f"substr({table}.scope, 1, {digits})"


def area_words(code: str, within: str) -> Words:
    """What a line of the table by area is called."""
    if code == UNKNOWN:
        return _ELSEWHERE
    if len(within) == VILLAGE_DIGITS:
        return _RW.fill(n=int(code))
    found = reference.region(code)
    return Words(found.name, found.name) if found else Words(code, code)


def months(store: Store, period: Period, within: str) -> tuple[Month, ...]:
    """The course of `SERIES_FIGURES` over the months that the period shows."""
    return tuple(
        Month(m, {key: _single(store, key, m, within) for key in SERIES_FIGURES})
        for m in period.months()
        if m.first <= store.clock.today()
    )


def _single(store: Store, key: str, period: Period, within: str) -> int:
    return int(store.query(statement(FIGURES[key]), values_of(store, period, within))[0][0])


def cases(store: Store, period: Period, within: str) -> dict[str, dict[str, int]]:
    """What happened to the cases of each service: open at first, opened, closed how, open at the end, late."""
    counted: dict[str, Counter[str]] = {}
    if period.kind == "event":
        return {}
    for key in CASE_FIGURES:
        for service, n in _by(store, key, "facilitation.service", values_of(store, period, within)):
            counted.setdefault(str(service), Counter())[key] += n
    order = [*SERVICES, *sorted(counted.keys() - SERVICES.keys())]
    return {code: {key: counted[code][key] for key in CASE_FIGURES} for code in order if code in counted}


def events(store: Store) -> list[Period]:
    """The events one can ask about, the newest first."""
    rows = [row for row in store.find("event") if row.get("held_on") and row["state"] != "cancelled"]
    return [of_event(row) for row in sorted(rows, key=lambda row: (row["held_on"], row["id"]), reverse=True)]


def first_day(store: Store) -> date:
    """The day of the oldest registration, from which on there is something to count; today when there is none."""
    (oldest,) = store.query("SELECT min(created_at) FROM business WHERE deleted IS NULL")[0]
    return datetime.fromisoformat(oldest).astimezone(store.clock.zone).date() if oldest else store.clock.today()


def place_words(within: str) -> Words:
    """`Kel. Patokan`, `Kec. Kraksaan`, `Kab. Probolinggo`."""
    found = reference.region(within)
    return Words(found.title, found.title) if found else NOT_FILLED


def _by(store: Store, key: str, column: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return store.query(statement(FIGURES[key], column), values)


def values_of(store: Store, period: Period, within: str) -> Row:
    """The named values of a statement; at an event everybody counts, wherever they come from."""
    where = "%" if period.kind == "event" else f"{within}%"
    return period.values(store.clock.zone, store.clock.today()) | {"within": where}


@dataclass(frozen=True, slots=True)
class Derived:
    """What has to be looked at business by business: where it stands, whether it rose, who works there."""

    business_id: str
    scale: str
    stage: str
    moved_up: bool
    moved_up_before: bool
    workers: int


_Judged = tuple[str, str, bool, bool, int]  # the fields of `Derived` after the id


def derived(store: Store, period: Period, within: str) -> Iterator[Derived]:
    """The standing of each business of a period; alike ones, as a list without particulars has many, are judged once."""
    until, year = min(period.last, store.clock.today()), period.last.year
    which = f"business.scope LIKE :within AND {FIGURES['businesses'].where}"
    judged: dict[tuple[Any, ...], _Judged] = {}
    for known in all_known(store, which, values_of(store, period, within)):
        alike = _alike(known)
        found = judged.get(alike) or _judged(known, year, until)
        if alike:
            judged[alike] = found
        yield Derived(known.business["id"], *found)


def _alike(known: Known) -> tuple[Any, ...]:
    """What a business without other records is judged by; nothing when it has some."""
    if known.permits or known.assessments or known.financing or known.cases:
        return ()
    told = {name: value for name, value in known.business.items() if name not in ("id", "owner_id", "existence")}
    return (*(told | {"created_at": str(told["created_at"])[:4]}).values(),)


def _judged(known: Known, year: int, until: date) -> _Judged:
    now, before, earlier = (standing(known, y, until) for y in (year, year - 1, year - 2))
    rose = recorded_before(known, year) and now.above(before)
    rose_before = recorded_before(known, year - 1) and before.above(earlier)
    return now.scale or UNKNOWN, now.stage, rose, rose_before, workers_in(known, year)


def _derived(store: Store, period: Period, within: str) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    values: Counter[str] = Counter(moved_up=0, moved_up_before=0, workers=0)
    scales: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    for business in derived(store, period, within):
        scales[business.scale] += 1
        stages[business.stage] += 1
        for key in values:
            values[key] += getattr(business, key)
    return dict(values), {"scale": dict(scales.most_common()), "stage": dict(stages.most_common())}
