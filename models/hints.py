"""Who may already be registered: the same NIK, the same phone number, the same name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models import search
from models.lists import page
from models.schema import Row
from models.store import Store

Signal = Literal["nik", "phone", "name"]
NAMESAKES = 20  # more people of one name are no hint any more


@dataclass(frozen=True, slots=True)
class Hint:
    """An owner who may be the same person: what agrees, the owner, and the list row of a business."""

    signals: tuple[Signal, ...]
    owner: Row
    listed: Row | None


def already_there(store: Store, owner: Mapping[str, Any]) -> list[Hint]:
    """The owners whose NIK, phone or name equal those of a row being filled in; the surest first."""
    found: dict[str, list[Signal]] = {}
    for signal in ("nik", "phone"):
        if owner.get(signal):
            for same in store.find("owner", **{signal: owner[signal]}):
                found.setdefault(same["id"], []).append(signal)
    for owner_id in _namesakes(store, str(owner.get("name") or "")):
        found.setdefault(owner_id, []).append("name")
    found.pop(str(owner.get("id")), None)
    hints = [_hint(store, owner_id, tuple(signals)) for owner_id, signals in found.items()]
    return sorted(hints, key=lambda h: ("nik" not in h.signals, -len(h.signals)))


def _namesakes(store: Store, name: str) -> list[str]:
    wanted = search.words(name)
    if not wanted:
        return []
    rows = page(store, search.namesakes(store, name))
    same = {row["owner_id"] for row in rows if row["owner_id"] and search.words(row["owner"]) == wanted}
    return sorted(same) if len(same) <= NAMESAKES else []


def _hint(store: Store, owner_id: str, signals: tuple[Signal, ...]) -> Hint:
    owner = store.get("owner", owner_id)
    assert owner is not None  # noqa: S101 - found in this same thread
    docs = store.query(
        "SELECT rowid * 2 FROM business WHERE owner_id = ? AND deleted IS NULL ORDER BY rowid LIMIT 1", (owner_id,)
    )
    rows = page(store, [doc for (doc,) in docs])
    return Hint(signals, owner, rows[0] if rows else None)
