"""Who in a file may already be there: in the store, or in an earlier row of the same file.

A valid NIK decides: two different ones are two persons, whatever else they share. Without it, the
same phone with a like name, or the same name in the same village, may be the same person; only a
person decides. Nobody is ever merged by likeness.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.import_rows import CheckedRow
from models.names import name_key, names_alike

MANY = 20  # an office's own number in every row identifies nobody

Reason = Literal["nik", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Person:
    """An owner to compare with: in the store (`id`) or in a row of the file (`row`)."""

    name: str
    nik: str = ""  # only when valid
    phone: str = ""
    village: str = ""
    businesses: tuple[str, ...] = ()
    id: str = ""
    row: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the one in the row, and why; the strongest reason first."""

    person: Person
    reasons: tuple[Reason, ...]


@dataclass
class People:
    """Persons by what they are recognised by."""

    by_nik: dict[str, Person] = field(default_factory=dict[str, Person])
    by_phone: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[tuple[tuple[str, ...], str], list[Person]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person) -> None:
        """Let a person be found."""
        if person.nik:
            self.by_nik.setdefault(person.nik, person)
        if person.phone:
            self.by_phone[person.phone].append(person)
        self.by_name[name_key(person.name), person.village].append(person)

    def matches(self, person: Person) -> list[Match]:
        """Who may be this person, the likeliest first."""
        found: dict[tuple[str, int], tuple[Person, list[Reason]]] = {}
        for other, reason in self._alike(person):
            found.setdefault((other.id, other.row), (other, []))[1].append(reason)
        strength = {"nik": 0, "phone": 1, "name": 2}
        matches = [Match(other, tuple(reasons)) for other, reasons in found.values()]
        return sorted(matches, key=lambda m: (strength[m.reasons[0]], -len(m.reasons)))

    def _alike(self, person: Person) -> Iterable[tuple[Person, Reason]]:
        if person.nik and (other := self.by_nik.get(person.nik)):
            yield other, "nik"
        for other in self.by_phone.get(person.phone, ())[:MANY]:
            if not _certainly_two(person, other) and names_alike(person.name, other.name):
                yield other, "phone"
        for other in self.by_name.get((name_key(person.name), person.village), ())[:MANY]:
            if not _certainly_two(person, other):
                yield other, "name"

    def shares_phone(self, person: Person) -> Person | None:
        """Somebody else with the same number: a family's phone, or a slip."""
        return next(
            (o for o in self.by_phone.get(person.phone, ())[:MANY] if not names_alike(o.name, person.name)), None
        )


def _certainly_two(one: Person, other: Person) -> bool:
    return bool(one.nik and other.nik and one.nik != other.nik)


def person_of(row: CheckedRow) -> Person:
    """The owner in a row, with what it may be recognised by: nothing that is marked as wrong."""
    owner, business = row.owner, row.business
    return Person(
        name=str(owner.get("name") or ""),
        nik="" if "owner.nik" in row.wrong else str(owner.get("nik") or ""),
        phone="" if "owner.phone" in row.wrong else str(owner.get("phone") or ""),
        village=str(owner.get("village") or ""),
        businesses=(str(business["name"]),) if business.get("name") else (),
        row=row.number,
        address=str(owner.get("address") or ""),
    )


def same_owner_again(person: Person, match: Match) -> bool:
    """One person with a second business in the same file: same NIK, like name, another business."""
    ours, theirs = {b.casefold() for b in person.businesses}, {b.casefold() for b in match.person.businesses}
    return (
        bool(match.person.row)
        and "nik" in match.reasons
        and names_alike(person.name, match.person.name)
        and not ours & theirs
    )


def match_rows(rows: Sequence[CheckedRow], known: People) -> tuple[dict[int, list[Match]], dict[int, Person]]:
    """Possible duplicates of each row in the store and in the rows above it; and who shares its phone."""
    above = People()
    found: dict[int, list[Match]] = {}
    sharing: dict[int, Person] = {}
    for row in rows:
        person = person_of(row)
        if not name_key(person.name):
            continue
        if matches := known.matches(person) + above.matches(person):
            found[row.number] = matches
        elif other := (known.shares_phone(person) or above.shares_phone(person)) if person.phone else None:
            sharing[row.number] = other
        above.add(person)
    return found, sharing
