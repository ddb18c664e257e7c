"""Merging two owners who are one person, and separating them again within 30 days.

A merge is one event: the chosen values go into the record in use, everything that hangs on the other one
moves along, the other one is deleted softly. The event keeps both records as they were, so whoever holds
it can undo it; what was changed after the merge stays as it is then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from models import outbox
from models.clock import from_iso
from models.entities import ENTITIES
from models.errors import AppError, InvalidRecord
from models.i18n import Words
from models.owners import OWNER
from models.people import name_of
from models.schema import META, Field, Problem, Row
from models.store import Change, Changes, Store

UNDO_FOR = timedelta(days=30)
Side = Literal["kept", "gone"]
# Decided by the merge itself, never by a choice of field by field.
_NOT_CHOSEN = ("informed", "legal_basis", "import_id")
_TOLD = ("refused", "signed", "read_aloud", "not_yet")  # whose answer counts when both were asked: the first of these
_STAY = ("distinct_pair", "owner_merge")  # decisions about the pair itself
MOVED = tuple(e.name for e in ENTITIES.values() if "owner_id" in e and e.name not in _STAY)

NOT_HERE = Words("Salah satu data pemilik sudah tidak ada. Muat ulang daftarnya.",
                 "One of the two records is gone. Load the list anew.")  # fmt: skip
NOT_OURS = Words("Salah satu data dijaga kantor lain. Minta kantor itu atau Dinas menggabungkannya.",
                 "One of the records is kept by another office. Ask that office or the Dinas to merge them.")  # fmt: skip
NOT_CHOSEN = Words("Pilih {field}.", "Choose {field}.")
TOO_LATE = Words("Penggabungan ini sudah lebih dari 30 hari dan tidak bisa dipisahkan lagi.",
                 "This merge is more than 30 days old and cannot be separated any more.")  # fmt: skip
UNDONE = Words("Penggabungan ini sudah dipisahkan.", "This merge was separated already.")
NEWER_FIRST = Words("Data ini sudah digabungkan lagi sesudahnya. Pisahkan dulu penggabungan yang terbaru.",
                    "This record was merged again later. Separate the newer merge first.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the two records side by side; fields of one group are chosen together by `unit`."""

    field: Field
    unit: str
    kept: Any
    gone: Any

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.kept == self.gone


def side_by_side(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> list[Line]:
    """The fields that at least one of two owners has, in the declared order."""
    fields = [
        f for f in OWNER.fields if f.name not in _NOT_CHOSEN and (kept.get(f.name), gone.get(f.name)) != (None, None)
    ]
    return [Line(f, OWNER.unit(f.name), kept.get(f.name), gone.get(f.name)) for f in fields]


def to_choose(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> list[str]:
    """The units that somebody has to choose: those that differ, also where one side is empty."""
    return list(dict.fromkeys(line.unit for line in side_by_side(kept, gone) if not line.same))


def moves_along(store: Store, kept_id: str, gone_id: str) -> dict[str, tuple[int, int]]:
    """How many records of each entity hang on the two: `{"business": (1, 1)}`."""
    counts = {name: tuple(store.count(name, owner_id=i) for i in (kept_id, gone_id)) for name in MOVED}
    return {name: (ours, theirs) for name, (ours, theirs) in counts.items() if ours or theirs}


def merge(store: Store, kept_id: str, gone_id: str, choices: Mapping[str, Side]) -> tuple[Changes, str]:
    """Make two owners one; answers the id of the event.

    `choices` says for each unit of `to_choose` whose value stands from now on. Raises InvalidRecord
    while one is open, AppError when a record is gone or kept by another office.
    """
    kept, gone = store.get("owner", kept_id), store.get("owner", gone_id)
    if kept_id == gone_id or kept is None or gone is None or kept["deleted"] or gone["deleted"]:
        raise AppError(NOT_HERE)
    _refuse_foreign(store, kept, gone)
    after = _values(kept, gone, choices)
    event: Row = {
        "id": store.clock.new_id(), "owner_id": kept_id, "gone_id": gone_id, "merged_at": store.clock.stamp(),
        "merged_by": name_of(store, store.user) or None, "after": _packed(after),
        "before": _packed({n: kept[n] for n in after}), "gone": _packed(gone),
    }  # fmt: skip
    with store.transaction():
        moved = _move(store, gone_id, kept_id)
        changes = store.save("owner", after | {"id": kept_id}) | moved | store.delete("owner", gone_id)
        event["moved"] = _packed([[c.entity, c.id] for c in moved.items])
        return changes | store.save("owner_merge", event), event["id"]


def _refuse_foreign(store: Store, *owners: Row) -> None:
    """Records of an office that this account may only read are merged there."""
    scopes = outbox.scopes(store)
    if any(o["scope"] in scopes and scopes[o["scope"]].access != "write" for o in owners):
        raise AppError(NOT_OURS)


def _values(kept: Row, gone: Row, choices: Mapping[str, Side]) -> Row:
    """What changes in the record in use."""
    open_units = [u for u in to_choose(kept, gone) if choices.get(u) not in ("kept", "gone")]
    if open_units:
        raise InvalidRecord([Problem("error", "missing", _choose(u), u) for u in open_units])
    taken = {
        line.field.name: line.gone
        for line in side_by_side(kept, gone)
        if not line.same and choices[line.unit] == "gone"
    }
    told = min(kept["informed"], gone["informed"], key=lambda i: _TOLD.index(i) if i in _TOLD else len(_TOLD))
    return taken | ({"informed": told} if told != kept["informed"] else {})


def _choose(unit: str) -> Words:
    label = next(f.label for f in OWNER.fields if OWNER.unit(f.name) == unit)
    return NOT_CHOSEN.fill(field=label)


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _move(store: Store, from_id: str, to_id: str) -> Changes:
    """Everything that hangs on one owner hangs on another from now on."""
    found = [(name, row["id"]) for name in MOVED for row in store.find(name, owner_id=from_id)]
    return store.save_all((name, {"id": record_id, "owner_id": to_id}) for name, record_id in found)


def recent(store: Store) -> list[Row]:
    """The merges that can still be undone, newest first."""
    now = store.clock.now()
    found = [m for m in store.find("owner_merge", undone_at=None) if now - from_iso(m["merged_at"]) <= UNDO_FOR]
    return sorted(found, key=lambda m: m["merged_at"], reverse=True)


def undo(store: Store, merge_id: str) -> Changes:
    """Separate two owners again. What was edited or added since the merge stays where it is.

    Raises AppError after 30 days, when it was undone already, or when a newer merge stands in the way.
    """
    event = store.get("owner_merge", merge_id)
    if event is None or event["undone_at"]:
        raise AppError(UNDONE)
    if store.clock.now() - from_iso(event["merged_at"]) > UNDO_FOR:
        raise AppError(TOO_LATE)
    kept_id, gone_id = event["owner_id"], event["gone_id"]
    kept = store.get("owner", kept_id)
    if kept is None or kept["deleted"]:
        raise AppError(NEWER_FIRST)
    before, after = json.loads(event["before"]), json.loads(event["after"])
    back = {n: before[n] for n, value in after.items() if kept[n] == value}
    with store.transaction():
        changes = _bring_back(store, gone_id, json.loads(event["gone"]))
        changes |= store.save("owner", back | {"id": kept_id})
        for entity, record_id in json.loads(event["moved"]):
            row = store.get(entity, record_id)
            if row and row["owner_id"] == kept_id:
                changes |= store.save(entity, {"id": record_id, "owner_id": gone_id})
        return changes | store.save("owner_merge", {"id": merge_id, "undone_at": store.clock.stamp()})


def _bring_back(store: Store, owner_id: str, row: Row) -> Changes:
    """The record that was merged away, also on a laptop that never held it."""
    if store.get("owner", owner_id) is not None:
        return store.restore("owner", owner_id)
    known = {n: v for n, v in row.items() if n in OWNER or (n in META and n not in ("deleted", "extra"))}
    store.save("owner", known)
    return Changes((Change("owner", owner_id, "added"),))
