"""Pindah desa as a person asks for it: what may move, where it waits, and taking it back (`models/moving.py` does it)."""

from collections import Counter
from dataclasses import dataclass, replace

from models import moving
from models.errors import AppError
from models.store import Change, Changes, Store


@dataclass(frozen=True, slots=True)
class Movable:
    """A record that may go to another village: who keeps it, and how much of what goes along."""

    entity: str
    record_id: str
    name: str
    scope: str
    along: Counter[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was asked: `waits` until the server hears of it; `back` says whether it can be taken back."""

    what: Movable
    target: str
    waits: bool
    back: bool


def movable(store: Store, owner_id: str, business_id: str) -> list[Movable]:
    """What of a business and its owner may move: the owner with everything, and one of several businesses alone.

    A business whose owner another village keeps moves alone. AppError when nothing here may move.
    """
    found = [_one(store, "owner", owner_id)] if store.get("owner", owner_id) else []
    if business_id:
        alone = _one(store, "business", business_id)
        if not found or found[0].scope != alone.scope:
            return [alone]
        if found[0].along["business"] > 1:
            found.append(alone)
    if not found:
        raise AppError(moving.GONE)
    return found


def _one(store: Store, entity: str, record_id: str) -> Movable:
    scope = moving.check(store, entity, record_id)
    along = Counter(name for name, row_id in moving.hanging(store, entity, record_id) if row_id != record_id)
    return Movable(entity, record_id, (store.get(entity, record_id) or {})["name"], scope, along)


def move(store: Store, what: Movable, target: str) -> tuple[Changes, Moved]:
    """Ask for it; what was never sent is there at once."""
    changes = moving.move(store, what.entity, what.record_id, target)
    waits = bool(moving.asked(store, what.record_id))
    return changes, Moved(what, target, waits, waits or _may_return(store, replace(what, scope=target), what.scope))


def _may_return(store: Store, what: Movable, target: str) -> bool:
    try:
        moving.check_target(store, moving.check(store, what.entity, what.record_id), target)
    except AppError:
        return False
    return True


def take_back(store: Store, moved: Moved) -> tuple[Changes, bool]:
    """It stays where it was; False when it is on its way to the server already."""
    what = moved.what
    if moved.waits:
        stays = moving.cancel(store, what.entity, what.record_id)
        return Changes((Change(what.entity, what.record_id, "changed"),)), stays
    return moving.move(store, what.entity, what.record_id, what.scope), True


def waiting(store: Store, owner_id: str, business_id: str) -> Moved | None:
    """The move that an owner or business waits for."""
    for entity, record_id in (("owner", owner_id), ("business", business_id)):
        if target := moving.asked(store, record_id):
            row = store.get(entity, record_id) or {}
            what = Movable(entity, record_id, row.get("name") or "", row.get("scope") or "", Counter())
            return Moved(what, target, waits=True, back=True)
    return None
