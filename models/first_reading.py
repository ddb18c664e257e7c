"""How far the first reading of a scope is that comes in ready-made parts; a broken line resumes at the next part."""

from typing import Any

from models import inbox, outbox, verifying
from models.entities import SYNCED
from models.store import Changes, Store

_SETTING = "sync.first_reading"


def unread(store: Store, sizes: dict[str, int], least: int) -> list[str]:
    """The scopes of at least so many records of which nothing is here that the server knows.

    What is here may have been deleted, and no part names deletions.
    """
    here = outbox.scopes(store)
    large = [scope for scope, size in sizes.items() if size >= least and scope in here and here[scope].cursor == 0]
    return [scope for scope in large if progress(store, scope)[0] or not _sent(store, scope)]


def _sent(store: Store, scope: str) -> bool:
    known = " UNION ALL ".join(f'SELECT 1 FROM "{name}" WHERE scope = :scope AND _seq IS NOT NULL' for name in SYNCED)
    return bool(store.query(f"{known} LIMIT 1", {"scope": scope}))


def progress(store: Store, scope: str) -> tuple[Any, int]:
    """The list of parts that is being read, and the next one; (None, 0) when none was begun."""
    listing, following = _all(store).get(scope, (None, 0))
    return listing, following


def begin(store: Store, scope: str, listing: Any) -> None:
    """Remembers the list of parts."""
    store.set_setting(_SETTING, _all(store) | {scope: [listing, 0]})


def take(store: Store, scope: str, upto: int, no: int, whole: list[inbox.Columns]) -> Changes:
    """One part, and that it was taken."""
    with store.transaction(applying=True):
        changes = inbox.apply_part(store, scope, upto, whole)
        listing, _ = progress(store, scope)
        store.set_setting(_SETTING, _all(store) | {scope: [listing, no + 1]})
    return changes


def end(store: Store, scope: str, upto: int) -> None:
    """All parts are here: what changed since is pulled from `upto` on."""
    with store.transaction(applying=True):
        store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ?", (upto, scope))
        _forget(store, scope)


def give_up(store: Store, scope: str, floor: int = 0) -> None:
    """The scope is read from its beginning, page by page; what the parts brought and no page does was deleted since."""
    with store.transaction(applying=True):
        _forget(store, scope)
        verifying.read_anew(store, scope, floor)


def _forget(store: Store, scope: str) -> None:
    store.set_setting(_SETTING, {name: state for name, state in _all(store).items() if name != scope})


def _all(store: Store) -> dict[str, list[Any]]:
    return store.setting(_SETTING) or {}
