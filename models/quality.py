"""How good one registration is: what is missing, what cannot be right, and what to ask next.

Scores help, they do not punish. A record has every wanted field, the right shape (no error by its kinds
and rules), was seen within 12 months, and is there only once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import kbli
from models.assessments import workers
from models.businesses import BUSINESS
from models.i18n import Words
from models.owners import OWNER
from models.schema import Entity, Field

Rows = Sequence[Mapping[str, Any]]
PERCENT = 100


def _from_assessments(name: str) -> Callable[[Mapping[str, Any], Rows], bool]:
    """A figure of the business, or of any of its years."""
    of_year = name.removesuffix("_year")
    return lambda row, years: row.get(name) is not None or any(y.get(of_year) is not None for y in years)


# What answers a wanted field, where it is not the field alone.
_ANSWERED: dict[str, Callable[[Mapping[str, Any], Rows], bool]] = {
    "owner.nik": lambda row, _years: bool(row.get("nik") or row.get("nik_absent")),
    "business.sales_year": _from_assessments("sales_year"),
    "business.capital": _from_assessments("capital"),
    "business.workers": lambda row, years: any(workers(figures) is not None for figures in (row, *years)),
}
_ALSO_WANTED = ("business.workers",)
WANTED: tuple[str, ...] = tuple(
    f"{entity.name}.{field.name}"
    for entity in (OWNER, BUSINESS)
    for field in entity.fields
    if field.wanted or f"{entity.name}.{field.name}" in _ALSO_WANTED
)
_ENTITIES: dict[str, Entity] = {"owner": OWNER, "business": BUSINESS}


def field_of(key: str) -> Field:
    """The declaration behind `owner.nik`."""
    entity, name = key.split(".")
    return _ENTITIES[entity][name]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be right in a field: the key (`owner.nik`), the problem's code and its words."""

    key: str
    code: str
    words: Words


def gaps(owner: Mapping[str, Any], business: Mapping[str, Any], years: Rows) -> list[str]:
    """The wanted fields without an answer; `years` are the yearly figures of the business."""
    rows = {"owner": owner, "business": business}
    return [key for key in WANTED if not _answered(key, rows[key.split(".")[0]], years)]


def _answered(key: str, row: Mapping[str, Any], years: Rows) -> bool:
    if key in _ANSWERED:
        return _ANSWERED[key](row, years)
    return row.get(key.split(".")[1]) not in (None, "")


def faults(owner: Mapping[str, Any], business: Mapping[str, Any], today: date) -> list[Fault]:
    """What cannot be right: errors of kinds and rules, and a KBLI of the old list."""
    found = [
        Fault(f"{entity.name}.{p.field}", p.code, p.words)
        for entity, row in ((OWNER, owner), (BUSINESS, business))
        for p in entity.problems(row, today)
        if p.severity == "error" and p.code != "missing"
    ]
    if old := _old_kbli(business, today):
        found.append(old)
    return found


def _old_kbli(business: Mapping[str, Any], today: date) -> Fault | None:
    stored = business.get("kbli")
    if not stored or str(stored).startswith(kbli.NOW):
        return None
    problems = BUSINESS["kbli"].kind.check_stored(stored, today)
    said = next((p.words for p in problems if p.code == OLD_KBLI), None)
    return Fault("business.kbli", OLD_KBLI, said) if said else None


OLD_KBLI = "old_version"


def percent(part: int, whole: int) -> int:
    """Rounded half up; 100 of nothing."""
    return PERCENT if not whole else (2 * PERCENT * part + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of the score of one record or of many together."""

    records: int = 0
    wanted: int = 0
    filled: int = 0
    shaped: int = 0  # records without a fault
    fresh: int = 0  # seen within 12 months
    unique: int = 0  # whose owner is nobody's likely twin

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))

    @property
    def complete_percent(self) -> int:
        """Wanted fields that have an answer."""
        return percent(self.filled, self.wanted)

    @property
    def shape_percent(self) -> int:
        """Records in which nothing is wrong."""
        return percent(self.shaped, self.records)

    @property
    def fresh_percent(self) -> int:
        """Records seen within a year."""
        return percent(self.fresh, self.records)

    @property
    def unique_percent(self) -> int:
        """Records that are there only once, as far as known."""
        return percent(self.unique, self.records)

    @property
    def total(self) -> int:
        """The score shown: the mean of complete, right shape and fresh."""
        return percent(self.complete_percent + self.shape_percent + self.fresh_percent, 3 * PERCENT)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask an owner. `closes` are keys of gaps and faults, and names of other repairs."""

    key: str
    ask: Words
    closes: tuple[str, ...]


NOT_TOLD, TWIN, SHARED_PHONE, NOT_SEEN = "not_informed", "twins", "phone_shared", "not_seen"

QUESTIONS: tuple[Question, ...] = (
    Question("notice", Words("Bacakan lembar F-02, lalu tanyakan persetujuannya.",
                             "Read sheet F-02 aloud and ask what is agreed to."), (NOT_TOLD,)),
    Question("id_card", Words("Boleh saya lihat KTP-nya?", "May I see the ID card?"),
             ("owner.nik", "owner.birth_date", "owner.sex", "owner.family_card")),
    Question("sales", Words("Kira-kira penjualan sebulan berapa?", "Roughly what are the sales of a month?"),
             ("business.sales_year", "scale")),
    Question("workers", Words("Berapa orang yang bekerja, laki-laki dan perempuan?", "How many men and women work there?"),
             ("business.workers", *(f"business.{n}" for n in ("workers_men", "workers_women", "workers_paid", "workers_unpaid")))),
    Question("activity", Words("Apa yang dibuat atau dijual?", "What is made or sold?"),
             ("business.activity", "business.kbli")),
    Question("phone", Words("Nomor HP sendiri yang bisa dihubungi?", "A phone number of your own?"),
             ("owner.phone", SHARED_PHONE, "business.contact_phone")),
    Question("nib", Words("Sudah punya NIB? Boleh lihat suratnya?", "Is there a NIB? May I see it?"), ("business.nib",)),
    Question("capital", Words("Berapa modalnya, tanpa tanah dan bangunan?", "What is the capital, without land and buildings?"),
             ("business.capital", "scale")),
    Question("started", Words("Usahanya mulai tahun berapa?", "In which year did it start?"), ("business.started",)),
    Question("twin", Words("Pernah didaftar dengan nama atau alamat lain?", "Ever registered under another name or address?"),
             (TWIN,)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The question to ask next, and what its answer closes."""

    question: Question
    closes: tuple[str, ...]


def next_question(repairs: Iterable[str]) -> Asked | None:
    """The question that closes most; among equals the first of `QUESTIONS`. None when nothing is open.

    `repairs` are keys of gaps and faults and names of other repairs; without sales and capital the
    scale is one more.
    """
    open_ = set(repairs)
    if {"business.sales_year", "business.capital"} <= open_:
        open_.add("scale")
    asked = [Asked(q, tuple(c for c in q.closes if c in open_)) for q in QUESTIONS]
    best = max(asked, key=lambda a: len(a.closes))
    return best if best.closes else None
