"""The declaration of what is recorded: `Kind`, `Field`, `Entity`. Rows are plain dicts.

Everything else loops over these: tables, forms, lists, checks, import, export, search, sync,
papers. Adding a fact to a record is one line in its subject file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from models.clock import SYSTEM
from models.i18n import Lang, Words

Value = str | int | None
Row = dict[str, Any]
Severity = Literal["error", "warning"]
Merge = Literal["later", "server", "max", "union"]
NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value and how to mend it.

    An `error` keeps the value from counting as valid, a `warning` asks for a second look; neither
    keeps a draft from being saved. `field` is empty until an entity says which field it was.
    """

    severity: Severity
    code: str
    words: Words
    field: str = ""
    suggestion: str = ""  # what the user probably meant, when that is known

    def at(self, field: str) -> "Problem":
        """The same problem, said of one field."""
        return Problem(self.severity, self.code, self.words, field, self.suggestion)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: the stored code and its words."""

    code: str
    words: Words


Parser = Callable[[str, date], Value]
Checker = Callable[[str, date], list[Problem]]
Shower = Callable[[Any, Lang], str]


@dataclass(frozen=True)
class Kind:
    """A sort of value: how it is typed, checked, stored and shown.

    `parse` turns what a person typed into the stored value (None when empty or unreadable) and
    never raises; `check` says what is wrong with what was typed; `parse(show(x)) == x`.
    """

    name: str
    storage: Literal["text", "integer"]
    parser: Parser
    checker: Checker
    shower: Shower
    offers: Callable[[], tuple[Option, ...]] = tuple  # what `options` are now; a reference list may change
    masker: Shower | None = None
    while_typing: tuple[str, ...] = ()  # codes that trouble a new value only: a stored due date grows old

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers of a choice, in order."""
        return self.offers()

    def parse(self, typed: str, today: date | None = None) -> Value:
        """The stored value of what a person typed."""
        return self.parser(typed, today or SYSTEM.today())

    def check(self, typed: str, today: date | None = None) -> list[Problem]:
        """What is wrong with what a person typed; an empty list when nothing is."""
        return self.checker(typed, today or SYSTEM.today())

    def check_stored(self, value: Value, today: date | None = None) -> list[Problem]:
        """What is wrong with a stored value, without what troubles a new one only."""
        return [p for p in self.check(self.show(value), today) if p.code not in self.while_typing]

    def show(self, value: Value, lang: Lang = "id") -> str:
        """The stored value for people; empty for None."""
        return "" if value is None else self.shower(value, lang)

    def mask(self, value: Value, lang: Lang = "id") -> str:
        """The value for a list that strangers may see."""
        if value is None:
            return ""
        return self.masker(value, lang) if self.masker else self.shower(value, lang)


@dataclass(frozen=True)
class Field:
    """One recorded fact, declared once.

    `required` keeps a record from being saved without it, `wanted` counts for completeness,
    `private` is masked in lists and logs, `special` (personal finance, health: UU 27/2022 Ps 4) leaves
    the office only when asked for by name, `listed` shows as a list column, `searched` feeds the
    search index, `match` feeds the duplicate hint, `group` names the fields that change hands
    only together, `merge` is the policy when two laptops changed it.
    """

    name: str
    kind: Kind
    label: Words
    section: str = ""
    help: Words = NO_WORDS
    headings: tuple[str, ...] = ()  # other spellings met in workbooks
    required: bool = False
    wanted: bool = False
    private: bool = False
    special: bool = False
    listed: bool = False
    searched: bool = False
    match: bool = False
    merge: Merge = "later"
    group: str = ""


Rule = Callable[[Row, date], Iterable[Problem]]

META = ("id", "scope", "created_at", "created_by", "extra", "deleted")


@dataclass(frozen=True, eq=False)  # declared once: asking caches for it must not hash every field
class Entity:
    """A sort of record: its name, titles, sections, fields and the rules between fields.

    `kept_with` names the references whose record's scope a new one takes, the first known one; without
    any, it is kept in the office's own scope cut to `scope_digits`.
    """

    name: str
    title: Words
    plural: Words
    fields: tuple[Field, ...]
    sections: tuple[tuple[str, Words], ...] = ()
    rules: tuple[Rule, ...] = ()
    append_only: bool = False  # never conflicts: a session is history
    kept_with: tuple[str, ...] = ("owner_id", "business_id")
    scope_digits: int = 10  # 10 kelurahan or desa, 6 kecamatan, 4 kabupaten or kota

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        doubled = {n for n in names if names.count(n) > 1 or n in META}
        if doubled:
            msg = f"{self.name}: fields declared twice or reserved: {sorted(doubled)}"
            raise ValueError(msg)
        object.__setattr__(self, "_by_name", {f.name: f for f in self.fields})

    def __getitem__(self, name: str) -> Field:
        by_name: dict[str, Field] = self.__dict__["_by_name"]
        return by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self.__dict__["_by_name"]

    def unit(self, name: str) -> str:
        """What a field changes hands with: its group, else the field alone; also for unknown names."""
        return (self[name].group or name) if name in self else name

    def row(self, **values: Value) -> Row:
        """A row of this entity; a name that is not declared is refused."""
        unknown = set(values) - set(self.__dict__["_by_name"]) - set(META)
        if unknown:
            msg = f"{self.name} has no field {sorted(unknown)}"
            raise KeyError(msg)
        return dict(values)

    def where(self, flag: str) -> Iterator[Field]:
        """The fields for which a flag is set, in order: `where("listed")`."""
        return (f for f in self.fields if getattr(f, flag))

    def problems(self, row: Mapping[str, Any], today: date | None = None) -> list[Problem]:
        """Everything that is wrong with a stored row: missing, malformed, against a rule."""
        day = today or SYSTEM.today()
        found: list[Problem] = []
        for field in self.fields:
            value = row.get(field.name)
            if value in (None, ""):
                if field.required:
                    found.append(missing(field))
                continue
            found += [p.at(field.name) for p in field.kind.check_stored(value, day)]
        for rule in self.rules:
            found += rule(dict(row), day)
        return found


def missing(field: Field) -> Problem:
    """The problem of an empty field that must be filled."""
    words = Words(f"{field.label.id} wajib diisi.", f"{field.label.en} is needed.")
    return Problem("error", "missing", words, field.name)
