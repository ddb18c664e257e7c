"""Whose data a record is, and how closely each field is kept: read off the declarations.

A record belongs to a person when a chain of references leads to an owner: a deposit through its
membership, a document through its facilitation.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from models import kinds
from models.entities import ENTITIES
from models.i18n import Words
from models.schema import Entity, Field, Row
from models.store import Store

Privacy = Literal["open", "private", "special"]
PRIVACY: dict[Privacy, Words] = {
    "open": Words("umum", "open"),
    "private": Words("pribadi", "private"),
    "special": Words("khusus (UU 27/2022 Ps 4)", "special (UU 27/2022 Art. 4)"),
}
# What the program made for itself stands in no workbook.
_OWN = {"attachment": ("thumb",), "owner_merge": ("before", "after", "gone", "moved")}
_NEAREST = ("owner_id", "business_id")  # the shortest ways to a person come first


def privacy(field: Field) -> Privacy:
    """The class of a field."""
    return "special" if field.special else "private" if field.private else "open"


def in_files(entity: Entity) -> tuple[Field, ...]:
    """The fields of an entity that workbooks carry, out of the program and into it."""
    return tuple(f for f in entity.fields if f.name not in ("import_id", *_OWN.get(entity.name, ())))


def parent_of(field: Field) -> str:
    """The entity that a reference points to; empty when it is none that is declared."""
    name = field.name.removesuffix("_id")
    return name if field.kind is kinds.REF and name in ENTITIES else ""


@cache
def way_to_person(entity: str) -> tuple[str, ...]:
    """The references that lead from a record to its owner: `("membership_id", "owner_id")`; empty for none."""
    return _way(ENTITIES[entity], frozenset())


def _way(entity: Entity, passed: frozenset[str]) -> tuple[str, ...]:
    fields = sorted(entity.fields, key=lambda f: _NEAREST.index(f.name) if f.name in _NEAREST else len(_NEAREST))
    for field in fields:
        parent = parent_of(field)
        if parent == "owner":
            return (field.name,)
        if parent and parent not in passed:
            further = _way(ENTITIES[parent], passed | {entity.name})
            if further:
                return (field.name, *further)
    return ()


def names_somebody(entity: Entity) -> bool:
    """Whether a record names a person even without a registered owner: a guest, a member, a member's deposit."""
    if entity.name == "owner":
        return False
    way = way_to_person(entity.name)
    named = any(f.private and f.required and f.kind is kinds.NAME for f in entity.fields)
    return named or (bool(way) and names_somebody(ENTITIES[way[0].removesuffix("_id")]))


def owners_of(store: Store, entity: Entity, rows: Iterable[Mapping[str, Any]]) -> dict[str, str | None]:
    """The id of the owner of each record, by record id; None where the chain ends on the way."""
    listed = list(rows)
    if entity.name == "owner":
        return {row["id"]: row["id"] for row in listed}
    way = way_to_person(entity.name)
    if not way:
        return {row["id"]: None for row in listed}
    now: dict[str, Any] = {row["id"]: row.get(way[0]) for row in listed}
    for step, field in enumerate(way[1:], start=1):
        parent = way[step - 1].removesuffix("_id")
        known: dict[str, Row] = {p["id"]: p for p in store.find_in(parent, "id", {i for i in now.values() if i})}
        now = {row_id: known[i][field] if i in known else None for row_id, i in now.items()}
    return now
