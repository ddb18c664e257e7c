"""What was sent but not taken: refused by the server, or kept there for a supervisor."""

from collections.abc import Container, Mapping
from typing import Any

import msgspec

from models import shadows
from models.batching import Sent
from models.clock import millis
from models.entities import SYNCED
from models.store import Change, Changes, Store


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


def set_back(store: Store, only: Container[tuple[str, str]] | None = None) -> Changes:
    """Once all was read (of `only` these records): edits that neither wait nor stand on the server give way to what does.

    They were left with a supervisor, or lost to somebody's where the record had moved meanwhile.
    """
    under: dict[tuple[str, str], dict[str, Any]] = {}
    for name, row_id, field, value in store.query(_UNDER):
        if only is None or (name, row_id) in only:
            under.setdefault((name, row_id), {})[field] = value
    now = millis(store.clock.now())
    changes: list[Change] = []
    with store.transaction(applying=True):
        for (name, row_id), values in under.items():
            entity = SYNCED[name]
            waits = {entity.unit(field) for field in shadows.pending(store, name, row_id)}
            if shown := {f: v for f, v in values.items() if not waits & {"", entity.unit(f)}}:
                # a stamp of its own: else the next edit would carry these along
                ((hlc,),) = store.query("UPDATE sync_device SET hlc = hlc + 1 RETURNING hlc")
                verb = shadows.show(store, entity, row_id, shown, "", hlc, now)
                changes += [Change(name, row_id, verb)] if verb else []
    return Changes(tuple(changes))


# What the server refused stays on the screen until somebody mends it; a move that came too late holds no value.
_UNDER = (
    "SELECT tbl, row_id, field, value FROM sync_shadow s WHERE NOT EXISTS "
    "(SELECT 1 FROM sync_quarantine q WHERE q.tbl = s.tbl AND q.row_id = s.row_id AND q.body <> '{}')"
)
