"""Taking a flagship product through its steps, and what stands behind it: makers and workers."""

from dataclasses import dataclass
from datetime import date

from models.acts import known, refuse
from models.flagships import Step, agreed, may_step, score, steps
from models.schema import Row
from models.store import Changes, Store

_DAYS = {"curated": "curated_on", "minuted": "minuted_on", "decided": "decided_on"}


@dataclass(frozen=True, slots=True)
class Maker:
    """A business behind a flagship and the workers it brings; None workers are not known."""

    business: Row
    workers: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A flagship product with its score and what stands behind it."""

    row: Row
    score: int | None
    scores: tuple[Row, ...]  # of the curators
    makers: tuple[Maker, ...]
    steps: tuple[Step, ...]

    @property
    def workers(self) -> int:
        """The labour that it absorbs, as far as known."""
        return sum(m.workers or 0 for m in self.makers)


def candidates(store: Store, village: str, year: int) -> list[Candidate]:
    """The candidates of a village and year, the highest score first; those without one last."""
    found = [_candidate(store, row) for row in store.find("flagship", village=village, year=year)]
    return sorted(found, key=lambda c: (c.row["state"] == "dropped", c.score is None, -(c.score or 0)))


def _candidate(store: Store, row: Row) -> Candidate:
    scores = store.find("flagship_score", flagship_id=row["id"])
    made_by = {m["business_id"]: m["workers"] for m in store.find("flagship_business", flagship_id=row["id"])}
    makers = [
        Maker(b, b["workers"] if made_by[b["id"]] is None else made_by[b["id"]])
        for b in store.find_in("business", "id", made_by)
    ]
    return Candidate(row, score(row), tuple(scores), tuple(makers), tuple(steps(row, scores)))


def rate(store: Store, flagship_id: str, scores: list[Row]) -> Changes:
    """Save what the curators gave and their mean as the product's score, all or none."""
    known = {s["curator"]: s["id"] for s in store.find("flagship_score", flagship_id=flagship_id)}
    rows = [("flagship_score", s | {"id": known.get(s["curator"]), "flagship_id": flagship_id}) for s in scores]
    with store.transaction():
        changes = store.save_all(rows)
        everybody = store.find("flagship_score", flagship_id=flagship_id)
        return changes | store.save("flagship", agreed(everybody) | {"id": flagship_id})


def take_step(store: Store, flagship_id: str, step: str, day: date, number: str = "") -> Changes:
    """Go one step on: curated, minuted (with the number of the minutes), decided (with that of the decree).

    Raises InvalidRecord with what is still lacking.
    """
    numbers = {"minuted": {"minutes": number or None}, "decided": {"decree": number or None}}.get(step, {})
    row = known(store, "flagship", flagship_id) | numbers
    refuse(may_step(row, store.find("flagship_score", flagship_id=flagship_id), step))
    return store.save("flagship", numbers | {"id": flagship_id, "state": step, _DAYS[step]: day.isoformat()})


@dataclass(frozen=True, slots=True)
class Potential:
    """What a kecamatan has, and what is or could be made of it."""

    row: Row
    derived: tuple[Row, ...]

    @property
    def in_production(self) -> int:
        """How many derived products are made by now."""
        return sum(d["state"] == "made" for d in self.derived)


def potentials(store: Store, district: str) -> list[Potential]:
    """The local potential of a kecamatan, that with most derived products in production first."""
    rows = store.find("potential", district=district)
    made: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    for product in store.find_in("derived_product", "potential_id", made):
        made[product["potential_id"]].append(product)
    found = [Potential(row, tuple(made[row["id"]])) for row in rows]
    return sorted(found, key=lambda p: (-p.in_production, p.row["name"]))
