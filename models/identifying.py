"""What tells who somebody is, by the kind of each field, and what stands in its place once a person is erased.

Pure, for laptop and server: names, texts, numbers, contacts, addresses and births go; choices, amounts, days and
regions stay.
"""

from collections.abc import Mapping
from typing import Any

from models import kinds
from models.canonical import ORIGIN
from models.conflicts import CONFLICT
from models.schema import Entity, Field, Row

ERASED = "(dihapus)"  # stands in a field that may not be empty
ANY = "*"  # a reference to a record of any sort
_COUNTED = (kinds.YES_NO, kinds.YEAR, kinds.DATE, kinds.DUE_DATE, kinds.DAY, kinds.MOMENT,
            kinds.REGION, kinds.VILLAGE, kinds.KBLI, kinds.REF)  # fmt: skip
# Numbers of the office, not of the person: used again they would stand for two.
_KEPT = ("consultation.number", "facilitation.number", "ticket.letter", "attachment.sha256", "checklist_item.key",
         "conflict.entity", "conflict.unit")  # fmt: skip
# Who of the office did it: no data of the person.
_OFFICERS = ("staff_name", "responsible_name", "by", "sent_by", "answered_by", "decided_by", "merged_by", "approved_by",
             "reviewer", "author", "scale_by")  # fmt: skip
_COUNTED_BY = ("nib",)  # a number whose being there is counted
# References to a person that do not bear the entity's name.
_ALSO = {"distinct_pair": ("owner_id", "other_id"), "owner_merge": ("owner_id", "gone_id")}


def identifies(entity: Entity, field: Field) -> bool:
    """Whether a field could tell who somebody is, or is specially protected."""
    if f"{entity.name}.{field.name}" in _KEPT or field.name in _OFFICERS:
        return False
    if field.kind in (kinds.MONEY, kinds.COUNT):
        return False  # sums must stay as they were
    return field.special or not (field.kind.options or field.kind in _COUNTED)


def without(entity: Entity, row: Row) -> Row:
    """What must change in a record so that it tells nobody's name."""
    return {"id": row["id"]} | {n: v for n, v in redacted(entity, row).items() if n in entity and row[n] != v}


def redacted(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record as they may be kept of somebody who was erased; what a newer program recorded goes."""
    return {n: _left(entity, n, v) for n, v in values.items()}


def _left(entity: Entity, name: str, value: Any) -> Any:
    if value in (None, "") or name in ORIGIN:
        return value
    if name not in entity:
        return None
    if not identifies(entity, entity[name]):
        return value
    return ERASED if entity[name].required or name in _COUNTED_BY else None


def parents(entity: Entity) -> dict[str, str]:
    """The references of a record: by field, the entity that it hangs on; `ANY` for a conflict."""
    if entity is CONFLICT:
        return {"row_id": ANY}
    also = _ALSO.get(entity.name, ())
    names = [field.name for field in entity.fields if field.kind is kinds.REF]
    return {name: "owner" if name in also else name.removesuffix("_id") for name in names}
