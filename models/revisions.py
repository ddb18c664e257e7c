"""What became of a closed report: which figures are others by now, and which records did that."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from models import sketches, statistics
from models.assessments import SCALES
from models.closing import ENTITY, counted, member
from models.entities import ENTITIES
from models.figures import BREAKDOWNS, DERIVED, FIGURES, UNKNOWN, Unit, group_words, title_of, version
from models.i18n import Words
from models.people import name_of
from models.readiness import STAGES
from models.schema import Row
from models.services import SERVICES
from models.sketches import Sketch, key_of, sketch
from models.statistics import AREA_FIGURES, CASE_FIGURES, Counted, Report
from models.store import Store

BUSINESS_GROUPS = ("scale", "stage")
SUM_OF = {"workers": "businesses", "financed_sum": "financed"}  # what adds its amounts to a sum
_OF = Words("{title}: {group}", "{title}: {group}")
# What says where a business stands, besides itself.
_SPEAKING = ("assessment", "permit", "financing", "facilitation")


@dataclass(frozen=True, slots=True)
class Cause:
    """A record that counts otherwise than at the cut-off: `came` newly, or no longer (both: in another group).

    `through` is the sort of record that was written last about it, `at` (ISO 8601 UTC) and `by` whom.
    """

    entity: str
    record_id: str
    name: str  # of the business, person or thing; empty when it has none
    came: bool
    went: bool
    through: Words
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is another now."""

    key: str
    words: Words
    then: int
    now: int
    unit: Unit
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """How a closed report and the records stand to each other today."""

    changes: tuple[Changed, ...]
    new_meanings: bool  # figures are defined otherwise than at the cut-off
    too_many: bool  # more records changed than can be told

    def __bool__(self) -> bool:
        return bool(self.changes)


def revision(store: Store, report: Report) -> Revision:
    """Compare a closed report with what a new count gives."""
    record = (store.get(ENTITY, report.closing.record_id) if report.closing else None) or {}
    period, within = report.now.period, report.within
    differing = list(_differing(report, _again(store, report)))
    causes: dict[str, list[Cause]] | None = {}
    if differing:
        causes = _causes(store, sketches.from_text(record.get("members") or ""), list(counted(store, period, within)))
    changes = tuple(
        Changed(key, words, then, now, FIGURES[key].unit if key in FIGURES else "count", _behind(key, causes or {}))
        for key, words, then, now in differing
    )
    return Revision(changes, record.get("definitions") != version(), causes is None)


def _behind(key: str, causes: Mapping[str, Sequence[Cause]]) -> tuple[Cause, ...]:
    """The records behind a figure; behind a sum whose amounts are gone with their records, those records."""
    return tuple(causes.get(key) or causes.get(SUM_OF.get(key, ""), ()))


@dataclass(frozen=True, slots=True)
class _Again:
    """A closed period counted now."""

    now: Counted
    areas: Mapping[str, Mapping[str, int]]
    cases: Mapping[str, Mapping[str, int]]


def _again(store: Store, report: Report) -> _Again:
    period, within = report.now.period, report.within
    areas = {area.code: area.values for area in statistics.areas(store, period, within)}
    return _Again(statistics.count(store, period, within), areas, statistics.cases(store, period, within))


_Line = tuple[str, Words, int, int]  # key as in `closing.counted`, words, then, now


def _differing(frozen: Report, again: _Again) -> Iterator[_Line]:
    """The figures that differ; divided ones only where the whole does not say it."""
    then, now = frozen.now.values, again.now.values
    same = {key for key in then if key in now and then[key] == now[key]}
    yield from ((key, title_of(key), then[key], now[key]) for key in then if key in now and key not in same)
    divided = [*BUSINESS_GROUPS, *(key for key, breakdown in BREAKDOWNS.items() if breakdown.figure in same)]
    for key in (key for key in divided if key in frozen.now.groups):
        yield from _of_group(key, frozen.now.groups[key], again.now.groups.get(key, {}))
    services = {code: service.short for code, service in SERVICES.items()}
    yield from _of_table(services, CASE_FIGURES, same, frozen.cases, again.cases)
    names = {a.code: a.words for a in frozen.areas}
    names |= {code: statistics.area_words(code, frozen.within) for code in again.areas}
    yield from _of_table(names, AREA_FIGURES, same, {a.code: a.values for a in frozen.areas}, again.areas)


def _of_group(key: str, then: Mapping[str, int], now: Mapping[str, int]) -> Iterator[_Line]:
    title, words = group_words(key)
    for code in dict.fromkeys([*then, *now]):
        was, became = then.get(code, 0), now.get(code, 0)
        if was != became:
            yield f"{key}:{code}", _OF.fill(title=title, group=words(code)), was, became


def _of_table(
    names: Mapping[str, Words], keys: Iterable[str], same: set[str],
    then: Mapping[str, Mapping[str, int]], now: Mapping[str, Mapping[str, int]],
) -> Iterator[_Line]:  # fmt: skip
    for key in (key for key in keys if key in same):
        for code in dict.fromkeys([*then, *now]):
            was, became = then.get(code, {}).get(key, 0), now.get(code, {}).get(key, 0)
            if was != became:
                yield key, _OF.fill(title=title_of(key), group=names.get(code, Words(code, code))), was, became


def _causes(store: Store, then: Sketch | None, now: list[tuple[str, int, str]]) -> dict[str, list[Cause]] | None:
    """The records behind each key that count otherwise; None when they are too many to tell."""
    found = sketches.difference(then, sketch(member(*line) for line in now)) if then else None
    if found is None:
        return None
    came = {(key, i) for key, n, i in now if key_of(member(key, n, i)) in found.came}
    went = _gone(store, found.went, [i for _, i in came])
    newly, no_longer = {i for _, i in came}, {i for _, i in went}
    told: dict[str, Cause] = {}
    causes: dict[str, list[Cause]] = defaultdict(list)
    for key, record_id in sorted(came | went):
        if record_id not in told:
            entity = FIGURES[key].table if key in FIGURES else "business"
            told[record_id] = _cause(store, entity, record_id, came=record_id in newly, went=record_id in no_longer)
        causes[key].append(told[record_id])
    return causes


def _gone(store: Store, wanted: frozenset[int], likely: Iterable[str]) -> set[tuple[str, str]]:
    """What is counted no longer: any key with any record, deleted ones too, until all is found; those that came first."""
    keys: dict[str, list[str]] = defaultdict(list)
    for figure in FIGURES.values():
        keys[figure.table].append(figure.key)
    keys["business"] += [
        *DERIVED,
        *(f"scale:{code}" for code in (*SCALES, UNKNOWN)),
        *(f"stage:{code}" for code in STAGES),
    ]
    every = ((named, i) for table, named in keys.items() for (i,) in store.query(f'SELECT id FROM "{table}"'))
    found: set[tuple[str, str]] = set()
    for named, record_id in chain(((list(chain(*keys.values())), i) for i in likely), every):
        if len(found) == len(wanted):
            break
        found |= {(key, record_id) for key in named if key_of(member(key, 1, record_id)) in wanted}
    return found


def _cause(store: Store, entity: str, record_id: str, *, came: bool, went: bool) -> Cause:
    row = store.get(entity, record_id) or {}
    touched = [(*_touched(store, entity, row), entity)]
    if entity == "business":
        touched += [(*_touched(store, name, about), name) for name in _SPEAKING
                    for about in store.find(name, business_id=record_id)]  # fmt: skip
    at, by, through = max(touched)
    return Cause(entity, record_id, _name(store, row), came, went, ENTITIES[through].title, at, name_of(store, by))


def _touched(store: Store, entity: str, row: Row) -> tuple[str, str]:
    """When a record was written last, and by whom."""
    changes = store.history(entity, row["id"])[:1]
    return max([(row["created_at"], row["created_by"] or ""), *((change.at, change.by) for change in changes)])


def _name(store: Store, row: Row) -> str:
    """What people call a record: by its own name, else by the business or the person that it is about."""
    if row.get("name"):
        return str(row["name"])
    for entity, reference in (("business", "business_id"), ("owner", "owner_id"), ("organisation", "organisation_id")):
        about = store.get(entity, row[reference]) if row.get(reference) else None
        if about:
            return str(about["name"])
    return str(row.get("guest") or "")
