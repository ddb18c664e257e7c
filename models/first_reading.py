"""The first reading of a scope that comes in ready-made parts; a broken line resumes at the next part."""

from models import inbox, outbox, parts
from models.entities import SYNCED
from models.store import Changes, Store


def unread(store: Store, sizes: dict[str, int], least: int) -> list[str]:
    """The scopes of at least so many records of which nothing is here that the server knows.

    What is here may have been deleted, and no part names deletions.
    """
    here = outbox.scopes(store)
    large = [scope for scope, size in sizes.items() if size >= least and scope in here and here[scope].cursor == 0]
    return [scope for scope in large if parts.progress(store, scope)[0] or not _sent(store, scope)]


def _sent(store: Store, scope: str) -> bool:
    known = " UNION ALL ".join(f'SELECT 1 FROM "{name}" WHERE scope = :scope AND _seq IS NOT NULL' for name in SYNCED)
    return bool(store.query(f"{known} LIMIT 1", {"scope": scope}))


def take(store: Store, scope: str, upto: int, no: int, whole: list[inbox.Columns]) -> Changes:
    """One part, and that it was taken."""
    with store.transaction(applying=True):
        changes = inbox.apply_part(store, scope, upto, whole)
        listing, _ = parts.progress(store, scope)
        parts.advance(store, scope, listing, no + 1)
    return changes


def end(store: Store, scope: str, upto: int) -> None:
    """All parts are here: what changed since is pulled from `upto` on."""
    with store.transaction(applying=True):
        store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ?", (upto, scope))
        parts.forget(store, scope)
