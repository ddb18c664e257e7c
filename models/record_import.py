"""Any sort of record out of a workbook: read, dry run with reasons, merge or skip, and taken back at once.

Every row ends in one of the states of `State`; nothing is written before `apply`, and nothing in a file is
lost without a word: rows in = rows stored + rows already there + rows listed with their reasons.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from models import kinds
from models.entities import ENTITIES
from models.i18n import Words
from models.import_columns import SKIP, Guess, Target, guess_columns, layout, layout_key, typed
from models.names import code
from models.privacy import in_files, parent_of
from models.schema import Entity, Field, Row, missing
from models.store import Store
from models.workbook import CellValue, IsHeading, Sheet, SheetRow, plain

# new: will be added · check: will be added, with something to look at · same: is there already
# differs: is there with other values, waits for merge or skip · held: cannot be stored as it is
State = Literal["new", "check", "same", "differs", "held"]
Choice = Literal["merge", "skip", "add"]  # into the record that is here, not at all, or as another record
STORED: tuple[State, ...] = ("new", "check")

# By what an existing record is recognised, the surest first, where it is not by all required fields.
_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "owner": (("nik",), ("name", "village")),
    "permit": (("business_id", "type", "number"), ("business_id", "type")),
    "staff": (("name", "region"),),
    "consultation": (("owner_id", "held_on", "topics"),),
    "follow_up": (("owner_id", "kind", "due", "what"),),
    "organisation": (("name",),),
    "facilitation": (("owner_id", "service", "opened_on"),),
}

NOT_READ = Words("{label}: “{text}” tidak terbaca. {how}", "{label}: “{text}” cannot be read. {how}")
UNKNOWN = Words("{label} “{text}” tidak ditemukan. Impor dulu datanya, atau tulis ID-nya.",
                "{label} “{text}” was not found. Import it first, or write its ID.")  # fmt: skip
SEVERAL = Words(
    "Ada lebih dari satu {label} “{text}”. Tulis ID-nya.", "There are several {label} “{text}”. Write the ID."
)
TWICE = Words("Sama dengan baris {row} di berkas ini.", "The same as row {row} of this file.")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is held or to be looked at; `field` is empty when it is the row as a whole."""

    field: str
    words: Words


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an existing record beside that of the file."""

    field: Field
    here: object
    file: object


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file: the values it means, what was found, and the record that it may be."""

    number: int
    values: Row
    reasons: tuple[Reason, ...]
    held: bool
    existing: Row | None = None

    @property
    def differences(self) -> list[tuple[str, object, object]]:
        """`(field, here, file)` wherever the file says something else."""
        here = self.existing or {}
        return [(n, here.get(n), v) for n, v in self.values.items() if n != "id" and v is not None and here.get(n) != v]

    @property
    def state(self) -> State:
        """What becomes of the row."""
        if self.held:
            return "held"
        if self.existing is not None:
            return "differs" if self.differences else "same"
        return "check" if self.reasons else "new"


@dataclass(frozen=True)
class RecordPlan:
    """What an import of one entity would do; never changed, every act returns the next plan."""

    entity: Entity
    sheet: Sheet
    columns: tuple[str, ...]
    defaults: Row
    rows: tuple[ReadRow, ...]
    choices: Mapping[int, Choice] = field(default_factory=dict[int, Choice])

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many rows are in each state."""
        return Counter(row.state for row in self.rows)

    @cached_property
    def _by_number(self) -> dict[int, ReadRow]:
        return {row.number: row for row in self.rows}

    def row(self, number: int) -> ReadRow:
        """The row with that number in the file."""
        return self._by_number[number]

    def side_by_side(self, number: int) -> list[Difference]:
        """What an existing record says beside the file."""
        return [Difference(self.entity[n], here, file) for n, here, file in self.row(number).differences]

    def decide(self, choice: Choice, *numbers: int) -> "RecordPlan":
        """Merge, skip or add these rows; without numbers all that differ."""
        chosen = numbers or tuple(row.number for row in self.rows if row.state == "differs")
        return replace(self, choices={**self.choices, **dict.fromkeys(chosen, choice)})

    def chosen(self, row: ReadRow) -> Choice | None:
        """What was decided about a row that differs; None for every other row and while it waits."""
        return self.choices.get(row.number) if row.state == "differs" else None

    @property
    def undecided(self) -> int:
        """How many rows differ and wait for a decision; they are left out meanwhile."""
        return sum(row.state == "differs" and self.chosen(row) is None for row in self.rows)


def targets_of(entity: Entity) -> dict[str, Target]:
    """What a column can become: the id, the fields, and records referred to by their name or id."""
    ident = Target("id", Words("ID", "ID"), kinds.TEXT, ("id", "kode data"))
    return {t.key: t for t in (ident, *(_target(f) for f in in_files(entity)))}


def _target(field: Field) -> Target:
    spellings = {plain(h) for h in (*field.headings, field.label.id, field.label.en, field.name)}
    if parent_of(field):
        spellings |= {plain(f"ID {words}") for words in (field.label.id, field.label.en)}
    return Target(field.name, field.label, kinds.TEXT if parent_of(field) else field.kind, tuple(sorted(spellings)))


def is_heading_of(entity: Entity) -> IsHeading:
    """What `workbook.read_workbook` asks of a cell."""
    known = {s for target in targets_of(entity).values() for s in target.headings}
    return lambda text: plain(text) in known


def guess(store: Store, entity: Entity, sheet: Sheet) -> list[Guess]:
    """One guess a column; a file with these headings is matched as it was the last time."""
    return guess_columns(sheet, store.clock.today(), store.setting(_layout(entity, sheet)), targets_of(entity))


def _layout(entity: Entity, sheet: Sheet) -> str:
    return f"{layout_key(sheet)}:{entity.name}"


def remember_columns(store: Store, plan: RecordPlan) -> None:
    """Keep how the columns of such a file are matched."""
    store.set_setting(_layout(plan.entity, plan.sheet), layout(plan.sheet, plan.columns))


def plan(store: Store, entity: str, sheet: Sheet, columns: Sequence[str], defaults: Row | None = None) -> RecordPlan:
    """The dry run: every row read and compared with what is here. `defaults` fill what the file does not say."""
    reading = _Reading(store, ENTITIES[entity], sheet, columns, defaults or {})
    return RecordPlan(ENTITIES[entity], sheet, tuple(columns), defaults or {}, tuple(reading.rows()))


class _Reading:
    """A file while it is read: parents by name, existing records by key."""

    def __init__(self, store: Store, entity: Entity, sheet: Sheet, columns: Sequence[str], defaults: Row) -> None:
        self.entity, self.sheet, self.columns, self.defaults = entity, sheet, columns, defaults
        self.today: date = store.clock.today()
        self.targets = targets_of(entity)
        self.parents = {
            f.name: _Parents(store, parent_of(f)) for f in entity.fields if parent_of(f) and f.name in columns
        }
        existing = store.find(entity.name)
        self.by_id = {row["id"]: row for row in existing}
        required = tuple(f.name for f in entity.where("required"))
        self.keys = _KEYS.get(entity.name, (required,))
        self.by_key: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in existing:
            for key in self.keys:
                self.by_key[self._key(row, key)].append(row)
        self.taken: set[str] = set()
        self.met: dict[tuple[object, ...], int] = {}

    def rows(self) -> Iterable[ReadRow]:
        """Each row of the sheet."""
        return (self._row(row) for row in self.sheet.rows)

    def _key(self, values: Mapping[str, object], names: tuple[str, ...]) -> tuple[object, ...]:
        return (names, *(_folded(values.get(name)) for name in names))

    def _row(self, row: SheetRow) -> ReadRow:
        values: Row = dict(self.defaults)
        reasons: list[Reason] = []
        lost: list[str] = []
        for key, cell in zip(self.columns, row.values, strict=True):
            if key != SKIP and cell is not None:
                self._value(key, cell, values, reasons, lost)
        held = bool(lost) and not self._into_note(values, lost)
        wanting = [f for f in self.entity.where("required") if values.get(f.name) is None]
        reasons += [Reason(f.name, missing(f).words) for f in wanting if f.name not in {r.field for r in reasons}]
        above = self.met.setdefault(tuple(sorted((n, str(v)) for n, v in values.items())), row.number)
        existing = self._existing(values, repeated=above != row.number)
        held = held or (bool(wanting) and existing is None)
        if above != row.number and existing is None:
            held = True
            reasons.append(Reason("", TWICE.fill(row=above)))
        return ReadRow(row.number, values, tuple(reasons), held, existing)

    def _value(self, key: str, cell: CellValue, values: Row, reasons: list[Reason], lost: list[str]) -> None:
        """One cell: its value, or why there is none."""
        target = self.targets[key]
        text = typed(cell, target.kind).removeprefix("'")
        if key in self.parents:
            found = self.parents[key].find(text)
            if isinstance(found, Words):
                reasons.append(Reason(key, _said(found, target.words, text)))
            else:
                values[key] = found
            return
        value = target.kind.parse(text, self.today)
        problems = [p for p in target.kind.check(text, self.today) if p.code not in target.kind.while_typing]
        if value is None and text.strip():
            how = problems[0].words if problems else Words("", "")
            reasons.append(Reason(key, _said(NOT_READ, target.words, text, how)))
            lost.append(f"{target.words.id}: {text}")
        elif value is not None:
            values[key] = value
            reasons += [Reason(key, p.words) for p in problems if p.severity == "error"]

    def _into_note(self, values: Row, lost: list[str]) -> bool:
        """What no field can hold goes into the note, where there is one."""
        if "note" not in self.entity:
            return False
        values["note"] = "\n".join([*([str(values["note"])] if values.get("note") else []), *lost])
        return True

    def _existing(self, values: Row, *, repeated: bool) -> Row | None:
        """The record that a row speaks of: by its id, else by what such records are recognised by.

        Each record is met once, one that says the same first; a row that repeats an earlier one word for
        word can only be such a record.
        """
        if (known := self.by_id.get(values.get("id") or "")) is not None:
            self.taken.add(known["id"])
            return known
        for names in self.keys:
            key = self._key(values, names)
            waiting = [] if None in key else [r for r in self.by_key.get(key, ()) if self._may_be(values, r)]
            equal = [r for r in waiting if all(r.get(n) == v for n, v in values.items())]
            if repeated:
                equal = waiting = [r for r in equal if not self._besides(values, r)]
            if found := equal or waiting:
                met = min(found, key=lambda r: self._besides(values, r))
                self.taken.add(met["id"])
                return met
        return None

    def _besides(self, values: Row, row: Row) -> int:
        """How many fields a record has of which the file says nothing."""
        return sum(row[f.name] is not None and values.get(f.name) is None for f in self.entity.fields)

    def _may_be(self, values: Row, row: Row) -> bool:
        """Not met by a row above, and not told apart by what such records are recognised by."""
        ours, theirs = (self._key(side, self.keys[0]) for side in (values, row))
        return row["id"] not in self.taken and (ours == theirs or None in ours or None in theirs)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _said(template: Words, label: Words, text: str, how: Words | None = None) -> Words:
    how = how or Words("", "")
    return Words(template.id.format(label=label.id, text=text[:40], how=how.id).strip(),
                 template.en.format(label=label.en, text=text[:40], how=how.en).strip())  # fmt: skip


class _Parents:
    """The records that a column may refer to: by id, by number of the state, by name."""

    def __init__(self, store: Store, entity: str) -> None:
        self.by: dict[str, set[str]] = defaultdict(set)
        names = [
            f.name for f in ENTITIES[entity].fields if f.name in ("name", "nik", "nib", "number", "title", "phone")
        ]
        self.ids: set[str] = set()
        for row in store.find(entity):
            self.ids.add(row["id"])
            for name in names:
                if row[name]:
                    self.by[_spelling(str(row[name]))].add(row["id"])

    def find(self, text: str) -> str | Words:
        """The id meant, or what to say when it is none or several."""
        if text in self.ids:
            return text
        found = self.by.get(_spelling(text), set())
        return next(iter(found)) if len(found) == 1 else SEVERAL if found else UNKNOWN


def _spelling(text: str) -> str:
    """How a name or number is compared: names as `names.code` has them, numbers by their digits."""
    digits = "".join(c for c in text if c.isalnum())
    return digits if any(c.isdigit() for c in digits) else code(text)
