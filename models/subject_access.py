"""What a person may ask for (UU 27/2022 Ps 5-14): a copy of everything held about them, and the register of requests.

Everything means the owner's record, whatever hangs on it however deep, every change and every showing of
private data that this laptop knows of. Nothing is masked: it is the person's own.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from models import access, identifying, kinds
from models.clock import from_iso, iso
from models.entities import ENTITIES
from models.errors import AppError
from models.i18n import Lang, Words
from models.schema import Entity, Field, Row
from models.store import Changes, Store

ANSWER_WITHIN = timedelta(hours=72)  # 3 × 24 hours
NOT_HERE = Words("Data pemilik ini tidak ada di laptop ini.", "This owner's data is not on this laptop.")
_UNREADABLE = ("thumb", "sha256", "key")  # for machines
_PERSONS = ("owner", "staff")  # what a record says of other people is theirs


def everything_of(store: Store, owner_id: str) -> dict[str, list[Row]]:
    """Every live record about a person, by entity: the owner, what refers to it, what refers to that."""
    owner = store.get("owner", owner_id)
    if owner is None:
        raise AppError(NOT_HERE)
    found: dict[str, dict[str, Row]] = {"owner": {owner_id: owner}}
    fresh: dict[str, set[str]] = {"owner": {owner_id}}
    while fresh:
        following: dict[str, set[str]] = {}
        for entity in ENTITIES.values():
            known = found.setdefault(entity.name, {})
            for row in _children(store, entity, fresh):
                if row["id"] not in known:
                    known[row["id"]] = row
                    following.setdefault(entity.name, set()).add(row["id"])
        fresh = following
    return {name: list(rows.values()) for name, rows in found.items() if rows}


def _children(store: Store, entity: Entity, parents: dict[str, set[str]]) -> Iterable[Row]:
    for name, of in identifying.parents(entity).items():
        if ids := parents.get(of):
            yield from store.find_in(entity.name, name, sorted(ids))


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one sort, each as `(label, text)` of its filled fields."""

    title: str
    records: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """A person's whole record, ready for a paper; `changes` and `viewings` are `(when, what, by whom)`."""

    name: str
    made_at: str
    sections: tuple[Section, ...]
    changes: tuple[tuple[str, str, str], ...]
    viewings: tuple[tuple[str, str, str], ...]


def personal_record(store: Store, owner_id: str, lang: Lang = "id") -> PersonalRecord:
    """Everything held about a person, in words."""
    held = everything_of(store, owner_id)
    others = _Others(store, held, lang)
    found = (_section(ENTITIES[name], rows, others, lang) for name, rows in held.items())
    sections = tuple(section for section in found if section.records)
    return PersonalRecord(
        str(held["owner"][0]["name"]), store.clock.stamp(), sections,
        tuple(_changes(store, held, lang)), tuple(_viewings(store, held, lang)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Others:
    """What a person's records refer to and is not itself the person's: an event, a cooperative, a programme."""

    store: Store
    held: Mapping[str, list[Row]]
    lang: Lang

    def named(self, field: Field, record_id: str) -> str:
        """Such a record in the words that lists show first; empty for the person's own records and for people."""
        name = field.name.removesuffix("_id")
        entity = ENTITIES.get(name)
        if entity is None or name in self.held or name in _PERSONS:
            return ""
        first = next((f for f in entity.fields if f.listed and f.kind is not kinds.REF), None)
        row = self.store.get(name, record_id)
        return first.kind.show(row[first.name], self.lang) if row and first else ""


def _section(entity: Entity, rows: list[Row], others: _Others, lang: Lang) -> Section:
    said = (tuple(_filled(entity, row, others, lang)) for row in rows)
    return Section(entity.plural.to(lang), tuple(record for record in said if record))


def _filled(entity: Entity, row: Row, others: _Others, lang: Lang) -> Iterable[tuple[str, str]]:
    for field in entity.fields:
        value = row.get(field.name)
        if field.name in _UNREADABLE or value in (None, ""):
            continue
        if field.kind is not kinds.REF:
            yield field.label.to(lang), field.kind.show(value, lang)
        elif (name := others.named(field, value)) and name not in row.values():
            yield field.label.to(lang), name


def _changes(store: Store, held: dict[str, list[Row]], lang: Lang) -> Iterable[tuple[str, str, str]]:
    for name, rows in held.items():
        for row in rows:
            for change in store.history(name, row["id"]):
                yield change.at, _label(ENTITIES[name], change.field, lang), change.by


def _viewings(store: Store, held: dict[str, list[Row]], lang: Lang) -> Iterable[tuple[str, str, str]]:
    for name, rows in held.items():
        for row in rows:
            for seen in access.viewings(store, name, row["id"]):
                yield seen.at, _label(ENTITIES[name], seen.field, lang), seen.viewer


def _label(entity: Entity, field: str, lang: Lang) -> str:
    return entity[field].label.to(lang) if field in entity else field


def as_json(store: Store, owner_id: str) -> str:
    """The same for a machine: stored values by entity and field, with changes and showings."""
    held = everything_of(store, owner_id)
    named = {name: [_known(ENTITIES[name], row) for row in rows] for name, rows in held.items()}
    changes = [
        asdict(c) | {"entity": name, "id": row["id"]}
        for name, rows in held.items() for row in rows for c in store.history(name, row["id"])
    ]  # fmt: skip
    viewings = [
        asdict(v) for name, rows in held.items() for row in rows for v in access.viewings(store, name, row["id"])
    ]
    whole = {"made_at": store.clock.stamp(), "records": named, "changes": changes, "viewings": viewings}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _known(entity: Entity, row: Row) -> Row:
    fields: tuple[Field, ...] = entity.fields
    filled = {f.name: row[f.name] for f in fields if row.get(f.name) not in (None, "")}
    return {"id": row["id"], "created_at": row["created_at"], **filled, **(row.get("extra") or {})}


def ask(store: Store, owner_id: str, kind: str) -> tuple[Changes, str]:
    """Write a request into the register; it is to be answered within 3 × 24 hours."""
    now = store.clock.now()
    row: Row = {"id": store.clock.new_id(), "owner_id": owner_id, "kind": kind, "asked_at": iso(now),
                "due_at": iso(now + ANSWER_WITHIN), "state": "open"}  # fmt: skip
    return store.save("subject_request", row), row["id"]


def answer(store: Store, request_id: str, text: str = "", *, refused: bool = False) -> Changes:
    """A request was met, or refused with a reason."""
    state = "refused" if refused else "done"
    answered = {"state": state, "answered_at": store.clock.stamp(), "answer": text}
    return store.save("subject_request", answered | {"id": request_id})


def open_requests(store: Store) -> list[tuple[Row, timedelta]]:
    """The requests that wait, the most pressing first, each with the time that is left (negative when late)."""
    now = store.clock.now()
    found = [(r, from_iso(r["due_at"]) - now) for r in store.find("subject_request", state="open")]
    return sorted(found, key=lambda pair: pair[1])
