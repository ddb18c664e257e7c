"""A pull that would take away much of a scope at once stops and asks: nothing of it is applied unasked.

An empty server, a wrong one, or one wrong press elsewhere must not empty a laptop. The person sees how
many records would go and decides; the permission holds for that many, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from models.entities import SYNCED
from models.store import Store

MOST, SHARE = 50, 10  # records, and percent of the scope: beyond both it asks
_ALLOWED = "sync.deletions"


@dataclass(frozen=True, slots=True)
class Brake:
    """How many live records of a scope would be deleted, of how many."""

    scope: str
    count: int
    of: int


def would_delete(store: Store, gone: Iterable[tuple[str, str]]) -> int:
    """How many of these (entity, id) are live here and have no unsent edits, which would keep them."""
    ids: dict[str, list[str]] = {}
    for entity, row_id in gone:
        ids.setdefault(entity, []).append(row_id)
    return sum(
        store.query(
            f'SELECT count(*) FROM "{name}" WHERE deleted IS NULL AND id IN (SELECT value FROM json_each(?)) '
            f"AND id NOT IN (SELECT row_id FROM sync_pending WHERE tbl = '{name}')",
            (msgspec.json.encode(found).decode(),),
        )[0][0]
        for name, found in ids.items()
        if name in SYNCED
    )


def check(store: Store, scope: str, coming: int, done: int = 0) -> Brake | None:
    """Why so many deletions must not go on unasked (`done` are those of the same pull that went before); else None."""
    if coming <= MOST or coming <= _allowed(store).get(scope, 0):
        return None
    live = done + sum(
        store.query(f'SELECT count(*) FROM "{name}" WHERE scope = ? AND deleted IS NULL', (scope,))[0][0]
        for name in SYNCED
    )
    return Brake(scope, coming, live) if coming * 100 > live * SHARE else None


def allow(store: Store, brake: Brake) -> None:
    """A person has seen the number and lets it happen."""
    store.set_setting(_ALLOWED, _allowed(store) | {brake.scope: brake.count})


def forget(store: Store) -> None:
    """The pull for which somebody was asked is over."""
    if _allowed(store):
        store.set_setting(_ALLOWED, {})


def _allowed(store: Store) -> dict[str, int]:
    return store.setting(_ALLOWED) or {}
