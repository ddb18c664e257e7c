"""How far the ready-made parts of a first reading were taken, scope by scope; the next run goes on from there."""

from typing import Any

from models.store import Store

_SETTING = "sync.first_reading"


def progress(store: Store, scope: str) -> tuple[Any, int]:
    """The list of parts that is being read, and the next one; (None, 0) when none was begun."""
    listing, following = _all(store).get(scope, (None, 0))
    return listing, following


def advance(store: Store, scope: str, listing: Any, following: int) -> None:
    """Remembers the list of parts, and which one comes next."""
    store.set_setting(_SETTING, _all(store) | {scope: [listing, following]})


def forget(store: Store, scope: str) -> None:
    """No parts are being read: all are here, or the scope is read in another way, or not at all."""
    if scope in (begun := _all(store)):
        store.set_setting(_SETTING, {name: state for name, state in begun.items() if name != scope})


def _all(store: Store) -> dict[str, list[Any]]:
    return store.setting(_SETTING) or {}
