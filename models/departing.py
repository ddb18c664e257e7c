"""What has to leave this laptop, and does as soon as nothing of it waits to be sent.

Three things leave: the records of a scope that was taken away, guests left in another village's care, and
records that moved to a village that this account does not hold. Unsent edits always go first.
"""

import json
from collections.abc import Sequence

from models import care, parts
from models.custody import CARED_FOR
from models.entities import SYNCED
from models.store import Change, Changes, Store

_WAITS = (
    "(SELECT row_id FROM sync_pending WHERE tbl = '{name}' UNION "
    "SELECT json_extract(m.value, '$[2]') FROM sync_inflight f, json_each(f.map) m)"
)


def sweep(store: Store) -> Changes:
    """Takes away what may leave now."""
    leaving = store.query("SELECT scope, access FROM sync_scope WHERE access IN ('leaving', 'care')")
    if not leaving and not store.query("SELECT 1 FROM sync_move WHERE done = 1 LIMIT 1"):
        return Changes()
    changes = Changes()
    with store.transaction(applying=True):
        changes |= _moved(store)
        for scope, access in leaving:
            changes |= _care(store, scope) if access == "care" else _scope(store, scope)
    return changes


def vanished(store: Store) -> Changes:
    """Takes away records that moved to a scope held here and, now that it is read to its end, are not there.

    Somebody deleted them there, or moved them on, before this laptop heard of the first move.
    """
    if not store.query("SELECT 1 FROM sync_move WHERE done = 1 LIMIT 1"):
        return Changes()
    with store.transaction(applying=True):
        return _moved(store, "true")


_SEEN = "(SELECT scope FROM sync_scope WHERE access IN ('read', 'write'))"


def _moved(store: Store, where: str = f"target NOT IN {_SEEN}") -> Changes:
    """Records that moved to where this account sees nothing."""
    changes = Changes()
    for (name,) in store.query(f"SELECT DISTINCT tbl FROM sync_move WHERE done = 1 AND {where}"):
        ids = store.query(
            f"SELECT row_id FROM sync_move WHERE tbl = ? AND done = 1 AND row_id NOT IN {_WAITS.format(name=name)} "
            f"AND {where}",
            (name,),
        )
        changes |= remove(store, name, [row_id for (row_id,) in ids])
    return changes


def _care(store: Store, scope: str) -> Changes:
    """Guests whose records the server has: kept for printing until the day is over, then gone from here."""
    changes = Changes()
    for name in CARED_FOR:
        sent = store.query(
            f'SELECT id FROM "{name}" WHERE scope = ? AND _seq IS NOT NULL AND id NOT IN {_WAITS.format(name=name)}',
            (scope,),
        )
        ids = [row_id for (row_id,) in sent]
        care.keep_for_today(store, name, ids)
        changes |= remove(store, name, ids)
    store.query("UPDATE sync_scope SET cnt = 0, sum = 0 WHERE scope = ?", (scope,))
    return changes


def _scope(store: Store, scope: str) -> Changes:
    """A scope that was taken away, once nothing waits for it; its counter stays, should it come back."""
    if store.query("SELECT 1 FROM sync_inflight WHERE scope = ?", (scope,)) or _unsent(store, scope):
        return Changes()
    changes = Changes()
    for name in SYNCED:
        found = store.query(f'SELECT id FROM "{name}" WHERE scope = ?', (scope,))
        changes |= remove(store, name, [row_id for (row_id,) in found])
    store.query("DELETE FROM sync_foreign WHERE scope = ?", (scope,))
    left = sum(store.query(f'SELECT count(*) FROM "{name}" WHERE scope = ?', (scope,))[0][0] for name in SYNCED)
    if left:
        msg = f"{left} records of a scope that was taken away are still here"
        raise AssertionError(msg)
    store.query(
        "UPDATE sync_scope SET access = '', cursor = 0, cnt = 0, sum = 0, epoch = NULL WHERE scope = ?", (scope,)
    )
    parts.forget(store, scope)
    return changes


def _unsent(store: Store, scope: str) -> bool:
    return any(
        store.query(
            f'SELECT 1 FROM sync_pending p JOIN "{name}" r ON r.id = p.row_id '
            "WHERE p.tbl = ? AND ? IN (r.scope, p.base_scope) AND (p.field <> '' OR r.deleted IS NULL) LIMIT 1",
            (name, scope),
        )
        for (name,) in store.query("SELECT DISTINCT tbl FROM sync_pending")
        if name in SYNCED
    )


def remove(store: Store, name: str, ids: Sequence[str]) -> Changes:
    """Takes records off this laptop with all that is known of them here; inside an applying transaction."""
    if not ids:
        return Changes()
    listed = json.dumps(list(ids))
    store.query(f'DELETE FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))', (listed,))
    for table in ("sync_pending", "sync_shadow", "sync_move", "history"):
        store.query(f"DELETE FROM {table} WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?))", (name, listed))
    return Changes(tuple(Change(name, row_id, "deleted") for row_id in ids))
