"""What was sent but not taken: refused by the server, or kept there for a supervisor."""

from collections.abc import Mapping

import msgspec

from models.batching import Sent
from models.store import Store


def refused(store: Store, scope: str, sent: Sent, reason: str) -> None:
    """Sets aside what the server refused, so that it is shown and does not come back by itself."""
    act, entity, row_id, numbers = sent
    row = store.get(entity, row_id) or {}
    fields = row if act == "ins" else {n: row.get(n) for n in numbers}
    store.query(
        "INSERT INTO sync_quarantine (scope, tbl, row_id, body, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        (scope, entity, row_id, msgspec.json.encode(fields).decode(), reason, store.clock.stamp()),
    )
    if act == "ins":
        _not_taken(store, entity, row_id)
    else:
        handed_in(store, sent)


def _not_taken(store: Store, entity: str, row_id: str) -> None:
    store.query(f'UPDATE "{entity}" SET _seq = NULL WHERE id = ?', (row_id,))
    edited = store.query(
        "DELETE FROM sync_pending WHERE tbl = ? AND row_id = ? AND field <> '' RETURNING 1", (entity, row_id)
    )
    store.query("DELETE FROM sync_shadow WHERE tbl = ? AND row_id = ?", (entity, row_id))
    if not edited:  # else the record was mended meanwhile and goes out whole again
        store.query("DELETE FROM sync_pending WHERE tbl = ? AND row_id = ?", (entity, row_id))


def handed_in(store: Store, sent: Sent) -> None:
    """What was sent no longer waits here, except what was edited again meanwhile."""
    act, entity, row_id, numbers = sent
    done(store, entity, row_id, numbers)
    if act == "mov":
        store.query("DELETE FROM sync_move WHERE tbl = ? AND row_id = ? AND done = 0", (entity, row_id))


def done(store: Store, entity: str, row_id: str, numbers: Mapping[str, int]) -> None:
    """These edits no longer wait, unless they were edited again: `{field: number of the edit}`."""
    for field, number in numbers.items():
        store.query(
            "DELETE FROM sync_pending WHERE tbl = ? AND row_id = ? AND field = ? AND edit_no = ?",
            (entity, row_id, field, number),
        )
