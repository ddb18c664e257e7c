"""Who may already be registered: the owners whom a row being typed resembles, with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models import duplicates
from models.duplicates import Twin
from models.likeness import LIKELY, Likeness
from models.lists import page
from models.schema import Row
from models.store import Store

Signal = Literal["nik", "phone", "name"]
# What the form speaks of -> the reasons that say it.
_SIGNALS: dict[Signal, tuple[Any, ...]] = {
    "nik": ("nik",),
    "phone": ("phone",),
    "name": ("name", "name_sound", "name_close"),
}
_ALONE = ("nik", "phone", "name")  # enough of a hint, whatever the score


@dataclass(frozen=True, slots=True)
class Hint:
    """An owner who may be the same person: what agrees, the owner, and the list row of a business."""

    signals: tuple[Signal, ...]
    owner: Row
    listed: Row | None
    likeness: Likeness


def already_there(store: Store, owner: Mapping[str, Any]) -> list[Hint]:
    """The owners who may be the one being filled in; the surest first."""
    found = [t for t in duplicates.twins(store, owner) if t.likeness.score >= LIKELY or t.likeness.has(*_ALONE)]
    hints = [_hint(store, t) for t in found]
    return sorted((h for h in hints if h.signals), key=lambda h: ("nik" not in h.signals, -h.likeness.score))


def _hint(store: Store, twin: Twin) -> Hint:
    signals: tuple[Signal, ...] = tuple(s for s, codes in _SIGNALS.items() if twin.likeness.has(*codes))
    owner = store.get("owner", twin.owner["id"]) or {}
    docs = store.query(
        "SELECT rowid * 2 FROM business WHERE owner_id = ? AND deleted IS NULL ORDER BY rowid LIMIT 1", (owner["id"],)
    )
    rows = page(store, [doc for (doc,) in docs])
    return Hint(signals, owner, rows[0] if rows else None, twin.likeness)
