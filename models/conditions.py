"""Conditions on a business as data: what a programme or a partner asks for, one condition a line.

    business.nib filled
    scale = micro
    business.kbli starts 10,11  # Olahan pangan | Processed food
    business.workers >= 1
    aid.tool older 3

A condition names a fact, an operator and a value; after `#` stand its words, where the made ones would
not do. A fact is a field of the owner or the business, or one of `DERIVED`. Nothing here asks the store.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from models import kinds
from models.assessments import SCALE
from models.businesses import BUSINESS
from models.dates import years_earlier
from models.i18n import Lang, Words, in_both
from models.owners import OWNER
from models.permits import TYPE as PERMIT_TYPE
from models.schema import Entity, Kind, Problem
from models.typed import clean, error

Outcome = Literal["met", "nearly", "missing"]
NEARLY = 80  # percent of a wanted number that is nearly enough

PERMIT_STANDING = kinds.choice("permit_standing", [
    ("issued", "terbit", "issued"), ("in_process", "diproses", "in process"), ("none", "belum ada", "none yet"),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a business: its words and the kind of its value."""

    words: Words
    kind: Kind


_OF_ENTITY: dict[str, Entity] = {"owner": OWNER, "business": BUSINESS}
DERIVED: dict[str, Fact] = {
    "scale": Fact(Words("Skala", "Scale"), SCALE),
    "seen": Fact(Words("Terakhir ditemui", "Last seen"), kinds.DATE),
    "capacity": Fact(Words("Kapasitas seminggu", "Weekly capacity"), kinds.COUNT),
    "aid.tool": Fact(Words("Dapat alat", "Had a tool"), kinds.DATE),
    "aid.any": Fact(Words("Dapat bantuan", "Had aid"), kinds.DATE),
    **{f"permit.{o.code}": Fact(o.words, PERMIT_STANDING) for o in PERMIT_TYPE.options},
}


_NOT_ASKED = ("ref", "long_text")  # links and notes say nothing that a condition could compare


def fact(key: str) -> Fact | None:
    """The fact of that name; None when there is none."""
    entity, _, name = key.partition(".")
    if entity in _OF_ENTITY and name in _OF_ENTITY[entity]:
        field = _OF_ENTITY[entity][name]
        return Fact(field.label, field.kind)
    return DERIVED.get(key)


def facts() -> dict[str, Fact]:
    """Everything a condition may look at, by its name in a line."""
    fields = {f"{name}.{field.name}": Fact(field.label, field.kind) for name, of in _OF_ENTITY.items()
              for field in of.fields if field.kind.name not in _NOT_ASKED}  # fmt: skip
    return DERIVED | fields


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `value` is text as it stands in the line, with comma between alternatives."""

    fact: str
    op: str
    value: str = ""
    label: Words | None = None

    @property
    def words(self) -> Words:
        """What is asked, for a chip: `Jumlah pekerja ≥ 1`."""
        if self.label:
            return self.label
        known = fact(self.fact)
        name = known.words if known else Words(self.fact, self.fact)
        return _OPERATORS[self.op].words.fill(name=name, value=in_both(self._shown))

    def _shown(self, lang: Lang) -> str:
        known = fact(self.fact)
        if known and known.kind.options:
            return ", ".join(known.kind.show(code, lang) for code in self.values)
        if known and known.kind is kinds.YES_NO:
            return ", ".join(known.kind.show(int(code), lang) for code in self.values if code.isdigit())
        return ", ".join(self.values)

    @property
    def values(self) -> tuple[str, ...]:
        """The alternatives."""
        return tuple(v.strip() for v in self.value.split(",") if v.strip())

    def found(self, facts: Mapping[str, Any]) -> Words:
        """What a business has to show for it: `Kapasitas seminggu: 200`, `belum ada NIB`."""
        value, known = facts.get(self.fact), fact(self.fact)
        name = known.words if known else Words(self.fact, self.fact)
        if not _filled(value):
            return Words(f"belum ada {name.id}", f"no {name.en} yet")
        shown = in_both(lambda lang: known.kind.show(value, lang)) if known else value
        return Words("{name}: {shown}", "{name}: {shown}").fill(name=name, shown=shown)

    def outcome(self, facts: Mapping[str, Any], today: date) -> Outcome:
        """Whether a business meets it, nearly does, or lacks it."""
        return _OPERATORS[self.op].judge(facts.get(self.fact), self.values, today)


Judge = Callable[[Any, tuple[str, ...], date], Outcome]


@dataclass(frozen=True, slots=True)
class _Operator:
    words: Words
    judge: Judge
    takes: Literal["nothing", "number", "anything"] = "anything"


def _yes(held: bool) -> Outcome:
    return "met" if held else "missing"


def _filled(value: Any) -> bool:
    return value not in (None, "")


def _is(value: Any, wanted: tuple[str, ...], _today: date) -> Outcome:
    if str(value) in wanted:
        return "met"
    return "nearly" if value == "in_process" and "issued" in wanted else "missing"


def _starts(value: Any, wanted: tuple[str, ...], _today: date) -> Outcome:
    text = str(value or "").rpartition(":")[2]  # a KBLI is "2025:13133"
    return _yes(text.startswith(wanted))


def _has(value: Any, wanted: tuple[str, ...], _today: date) -> Outcome:
    return _yes(any(w.casefold() in str(value or "").casefold() for w in wanted))


def _at_least(value: Any, wanted: tuple[str, ...], _today: date) -> Outcome:
    if not isinstance(value, int):
        return "missing"
    least = int(wanted[0])
    return "met" if value >= least else "nearly" if value * 100 >= least * NEARLY else "missing"


def _at_most(value: Any, wanted: tuple[str, ...], _today: date) -> Outcome:
    if not isinstance(value, int):
        return "missing"
    most = int(wanted[0])
    return "met" if value <= most else "nearly" if value * NEARLY <= most * 100 else "missing"


def _older(value: Any, wanted: tuple[str, ...], today: date) -> Outcome:
    """Never, or longer ago than so many years."""
    return _yes(not _filled(value) or str(value) <= years_earlier(today, int(wanted[0])).isoformat())


def _within(value: Any, wanted: tuple[str, ...], today: date) -> Outcome:
    return _yes(_filled(value) and str(value) > years_earlier(today, int(wanted[0])).isoformat())


_OPERATORS: dict[str, _Operator] = {
    "filled": _Operator(Words("Punya {name}", "Has {name}"), lambda v, _w, _t: _yes(_filled(v)), "nothing"),
    "empty": _Operator(Words("Belum ada {name}", "No {name} yet"), lambda v, _w, _t: _yes(not _filled(v)), "nothing"),
    "=": _Operator(Words("{name}: {value}", "{name}: {value}"), _is),
    "starts": _Operator(Words("{name} {value}…", "{name} {value}…"), _starts),
    "has": _Operator(Words("{name} memuat {value}", "{name} mentions {value}"), _has),
    ">=": _Operator(Words("{name} ≥ {value}", "{name} ≥ {value}"), _at_least, "number"),
    "<=": _Operator(Words("{name} ≤ {value}", "{name} ≤ {value}"), _at_most, "number"),
    "older": _Operator(Words("Belum {name} {value} th", "No “{name}” for {value} years"), _older, "number"),
    "within": _Operator(Words("{name} dalam {value} th", "{name} within {value} years"), _within, "number"),
}  # fmt: skip


def operators(key: str) -> list[str]:
    """The ways in which a fact may be looked at, the most telling first; none for an unknown one."""
    known = fact(key)
    if known is None:
        return []
    if known.kind.options or known.kind is kinds.YES_NO:
        own = ["="]
    elif known.kind.name in _DAYS:
        own = ["older", "within"]
    elif known.kind.storage == "integer":
        own = [">=", "<="]
    else:
        own = ["starts", "has", "="]
    return [*own, "filled", "empty"]


def takes_value(op: str) -> bool:
    """Whether a value belongs to the operator."""
    return _OPERATORS[op].takes != "nothing"


_DAYS = ("date", "day", "birth_date", "due_date")
_LINE = re.compile(r"(?P<fact>[a-z0-9_.]+)\s+(?P<op>[a-z]+|=|>=|<=)(?:\s+(?P<value>[^#]*?))?\s*(?:#\s*(?P<label>.*))?")


def read(text: str | None) -> list[Condition]:
    """The conditions of a text, one a line; lines that say nothing readable are left out (`check` tells them)."""
    return [c for c in map(_read_line, (text or "").splitlines()) if isinstance(c, Condition)]


def write(conditions: list[Condition]) -> str:
    """The text that `read` reads."""
    return "\n".join(map(_line, conditions))


def _line(condition: Condition) -> str:
    parts = [condition.fact, condition.op, *([condition.value] if condition.value else [])]
    label = condition.label
    return " ".join(parts) + (f"  # {label.id} | {label.en}" if label else "")


def _read_line(line: str) -> Condition | Problem | None:
    if not line.strip():
        return None
    parts = _LINE.fullmatch(line.strip())
    if parts is None:
        return error("condition", f"“{line.strip()[:40]}” bukan syarat. Tulis mis. business.workers >= 1.",
                     f"“{line.strip()[:40]}” is no condition. Write e.g. business.workers >= 1.")  # fmt: skip
    value, operator = (parts["value"] or "").strip(), _OPERATORS.get(parts["op"])
    if fact(parts["fact"]) is None or operator is None:
        what = parts["fact"] if fact(parts["fact"]) is None else parts["op"]
        return error("condition", f"“{what}” tidak dikenal. Pilih isian dan tanda dari daftar.",
                     f"“{what}” is not known. Choose field and sign from the list.")  # fmt: skip
    if not _value_fits(operator, value):
        return error("condition", f"Syarat “{line.strip()[:40]}” perlu nilai yang benar, mis. >= 1.",
                     f"The condition “{line.strip()[:40]}” needs a proper value, e.g. >= 1.")  # fmt: skip
    return Condition(parts["fact"], parts["op"], value, _label(parts["label"]))


def _value_fits(operator: _Operator, value: str) -> bool:
    if operator.takes == "nothing":
        return not value
    return value.isascii() and value.isdigit() and len(value) < 16 if operator.takes == "number" else bool(value)


def _label(text: str | None) -> Words | None:
    id_, _, en = (text or "").partition("|")
    return Words(id_.strip(), en.strip() or id_.strip()) if id_.strip() else None


def _parse(typed: str, _today: date) -> str | None:
    return clean(typed) or None


def _check(typed: str, _today: date) -> list[Problem]:
    return [p for p in map(_read_line, clean(typed).splitlines()) if isinstance(p, Problem)]


CONDITIONS = Kind("conditions", "text", _parse, _check, lambda value, _lang: str(value))
kinds.KINDS[CONDITIONS.name] = CONDITIONS


@dataclass(frozen=True, slots=True)
class Judged:
    """A business against a list of conditions."""

    outcomes: tuple[tuple[Condition, Outcome], ...]

    @property
    def met(self) -> int:
        """How many are met."""
        return sum(outcome == "met" for _, outcome in self.outcomes)

    @property
    def nearly(self) -> int:
        """How many are nearly met."""
        return sum(outcome == "nearly" for _, outcome in self.outcomes)

    @property
    def words(self) -> Words:
        """`Memenuhi 5 dari 6`."""
        count = {"met": self.met, "all": len(self.outcomes)}
        return Words("Memenuhi {met} dari {all}", "Meets {met} of {all}").fill(**count)


def judge(conditions: list[Condition], facts: Mapping[str, Any], today: date) -> Judged:
    """What a business meets, nearly meets and lacks."""
    return Judged(tuple((c, c.outcome(facts, today)) for c in conditions))
