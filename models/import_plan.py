"""What an import would do: a sheet, what each column becomes, what was cured and decided.

A plan is never changed: every act returns the plan that follows from it, so that it can be worked
out beside the screen. Nothing is written before `models.importing.apply`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from models.i18n import Words
from models.import_columns import SKIP, TARGETS, typed
from models.import_matches import Match, People, Person, match_rows, person_of, same_owner_again
from models.import_rows import CheckedRow, Finding, Level, Place, check_row
from models.workbook import Sheet, SheetRow

State = Literal["ready", "check", "held", "skipped"]
Edits = Mapping[tuple[int, str], str]  # (row number, target) -> the text put there

DUPLICATE = "duplicate"  # the code of the finding that only a decision settles
MAY_EXIST = Words("Mungkin sudah ada: {who}. Bandingkan dulu, lalu Anda putuskan.",
                  "May exist already: {who}. Compare, then you decide.")  # fmt: skip
SAME_NIK = Words("NIK sama dengan {who}. Bandingkan dulu, lalu Anda putuskan.",
                 "Same NIK as {who}. Compare, then you decide.")  # fmt: skip
IN_ROW = Words("{name}, baris {row}", "{name}, row {row}")
IN_STORE = Words("{name}, sudah terdaftar", "{name}, already registered")
SHARED_PHONE = Words("No. HP ini juga dipakai {who}. Tetap masuk; cocokkan nanti.",
                     "{who} has the same phone. Imported all the same; compare later.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a possible duplicate.

    `same_as` is the person it is, or None for a different one; `skip` leaves the row out.
    """

    same_as: Person | None = None
    skip: bool = False


@dataclass(frozen=True)
class Plan:
    """Everything known before anything is written."""

    sheet: Sheet
    place: Place
    people: People
    today: date
    columns: tuple[str, ...]
    edits: Edits = field(default_factory=dict[tuple[int, str], str])
    decisions: Mapping[int, Decision] = field(default_factory=dict[int, Decision])
    rows: tuple[CheckedRow, ...] = ()
    matches: Mapping[int, list[Match]] = field(default_factory=dict[int, list[Match]])
    sharing: Mapping[int, Person] = field(default_factory=dict[int, Person])

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """What is wrong with each row, by row number."""
        return {row.number: [*row.findings, *self._about_others(row)] for row in self.rows}

    @cached_property
    def states(self) -> dict[int, State]:
        """What becomes of each row, by row number."""
        return {row.number: self._state(row.number) for row in self.rows}

    def _state(self, number: int) -> State:
        decided = self.decisions.get(number)
        if decided and decided.skip:
            return "skipped"
        levels = {f.level for f in self.findings[number]}
        return "held" if "held" in levels else "check" if "check" in levels else "ready"

    def _about_others(self, row: CheckedRow) -> Iterable[Finding]:
        match = self.open_match(row.number)
        if match:
            words = SAME_NIK if "nik" in match.reasons else MAY_EXIST
            yield _about(row, "", DUPLICATE, "held", words, match.person)
        elif row.number in self.sharing:
            yield _about(row, "owner.phone", "shared_phone", "check", SHARED_PHONE, self.sharing[row.number])

    def open_match(self, number: int) -> Match | None:
        """The likeliest person whom a row still waits to be compared with."""
        if number in self.decisions or number not in self.matches:
            return None
        first = self.matches[number][0]
        return None if same_owner_again(person_of(self.row(number)), first) else first

    def row(self, number: int) -> CheckedRow:
        """The row with that number in the file."""
        return self._by_number[number]

    @cached_property
    def _by_number(self) -> dict[int, CheckedRow]:
        return {row.number: row for row in self.rows}

    def count(self, *states: State) -> int:
        """How many rows are in one of these states."""
        return sum(state in states for state in self.states.values())

    @cached_property
    def cures(self) -> list[Finding]:
        """Findings that a spelling or format cure would settle."""
        return [f for found in self.findings.values() for f in found if f.cure]

    def worked_out(self) -> "Plan":
        """The same plan, with all that a screen will ask of it worked out now."""
        _ = self.states, self.cures
        return self

    def owner_row(self, number: int) -> Person | int:
        """Whose business a row holds: somebody in the store, or the first row of that person in the file."""
        seen: set[int] = set()
        while number not in seen:
            seen.add(number)
            person = self._same_as(number)
            if person is None:
                return number
            if person.id:
                return person
            number = person.row
        return min(seen)

    def _same_as(self, number: int) -> Person | None:
        if number in self.decisions:
            return self.decisions[number].same_as
        if number in self.matches and self.open_match(number) is None:
            return self.matches[number][0].person
        return None


def _about(row: CheckedRow, target: str, code: str, level: Level, words: Words, person: Person) -> Finding:
    template = IN_ROW if person.row else IN_STORE
    who = template.fill(name=person.name, row=person.row)
    text = row.texts.get(target, "") if target else str(row.business.get("name") or "")
    return Finding(row.number, target, text, level, code, words.fill(who=who))


def start(sheet: Sheet, columns: Sequence[str], home: str, people: People, today: date) -> Plan:
    """The plan of a sheet with its columns as given. `home` is the office's region code."""
    return with_columns(Plan(sheet, Place(home), people, today, ()), columns)


def with_columns(plan: Plan, columns: Sequence[str]) -> Plan:
    """The plan with other columns; a target given twice stays with the later choice's first column."""
    kept = {t for t in columns if t in plan.columns}
    edits = {(row, target): text for (row, target), text in plan.edits.items() if target in kept}
    place = Place(plan.place.home, any(t.endswith(".village") for t in columns))
    return _checked(replace(plan, columns=tuple(columns), place=place, edits=edits, decisions={}, rows=()))


def with_edit(plan: Plan, number: int, target: str, text: str) -> Plan:
    """The plan after a cell was typed over."""
    return _checked(replace(plan, edits={**plan.edits, (number, target): text}), {number})


def with_cures(plan: Plan, findings: Iterable[Finding]) -> Plan:
    """The plan after these cures; `with_cures(plan, plan.cures)` is "Terapkan semua saran"."""
    edits = dict(plan.edits)
    changed: set[int] = set()
    for finding in findings:
        for target, text in finding.cure.items():
            edits[finding.row, target] = text
        changed.add(finding.row)
    return _checked(replace(plan, edits=edits), changed)


def with_decision(plan: Plan, number: int, decision: Decision | None) -> Plan:
    """The plan after a possible duplicate was decided, or left open again."""
    decisions = {n: d for n, d in plan.decisions.items() if n != number}
    if decision is not None:
        decisions[number] = decision
    return replace(plan, decisions=decisions)


def _checked(plan: Plan, changed: set[int] | None = None) -> Plan:
    """The plan with its rows read again: all of them, or only those that changed; duplicates always anew."""
    headings = {target: text for text, target in zip(plan.sheet.headings, plan.columns, strict=True) if target}
    edited: dict[int, dict[str, str]] = {}
    for (number, target), text in plan.edits.items():
        edited.setdefault(number, {})[target] = text
    old = {row.number: row for row in plan.rows} if changed is not None else {}
    rows = tuple(
        old[r.number]
        if changed is not None and r.number not in changed
        else check_row(
            r.number, {**_texts(r, plan.columns), **edited.get(r.number, {})}, headings, plan.place, plan.today
        )
        for r in plan.sheet.rows
    )
    matches, sharing = match_rows(rows, plan.people)
    decisions = {n: d for n, d in plan.decisions.items() if n in matches}
    return replace(plan, rows=rows, matches=matches, sharing=sharing, decisions=decisions)


def _texts(row: SheetRow, columns: Sequence[str]) -> dict[str, str]:
    return {t: typed(v, TARGETS[t].kind) for t, v in zip(columns, row.values, strict=True) if t != SKIP}
