"""What was sent but not taken: refused by the server, or kept there for a supervisor."""

from collections.abc import Mapping
from typing import Any

import msgspec

from models.batching import Sent
from models.clock import millis
from models.conflicts import DELETED
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


def set_back(store: Store) -> Changes:
    """Once all was read: edits that neither wait nor stand on the server give way to what does.

    They were left with a supervisor, or lost to somebody's where the record had moved meanwhile.
    """
    under: dict[tuple[str, str], dict[str, Any]] = {}
    for name, row_id, field, value in store.query(_UNDER):
        under.setdefault((name, row_id), {})[field] = value
    changes: list[Change] = []
    with store.transaction(applying=True):
        for (name, row_id), values in under.items():
            pending = store.query("SELECT field FROM sync_pending WHERE tbl = ? AND row_id = ?", (name, row_id))
            waits = {SYNCED[name].unit(field) for (field,) in pending}
            known = {f: v for f, v in values.items() if f in SYNCED[name] or f == DELETED}  # others stand in no column
            shown = {field: value for field, value in known.items() if SYNCED[name].unit(field) not in waits}
            if shown and "" not in waits:
                _show(store, name, row_id, shown)
                store.query("UPDATE sync_device SET hlc = hlc + 1")  # else the next edit would carry these along
                changes.append(Change(name, row_id, "changed"))
    return Changes(tuple(changes))


# What the server refused stays on the screen until somebody mends it; a move that came too late holds no value.
_UNDER = (
    "SELECT tbl, row_id, field, value FROM sync_shadow s WHERE NOT EXISTS "
    "(SELECT 1 FROM sync_quarantine q WHERE q.tbl = s.tbl AND q.row_id = s.row_id AND q.body <> '{}')"
)


def _show(store: Store, name: str, row_id: str, values: Mapping[str, Any]) -> None:
    now = millis(store.clock.now())
    for field, value in values.items():
        store.query(
            f"INSERT INTO history SELECT '{name}', r.id, d.hlc + 1, ?, r.\"{field}\", ?, ?, '' "
            f'FROM "{name}" r, sync_device d WHERE r.id = ? AND r."{field}" IS NOT ? ON CONFLICT DO NOTHING',
            (field, value, now, row_id, value),
        )
        store.query(f'UPDATE "{name}" SET "{field}" = ? WHERE id = ?', (value, row_id))
        store.query("DELETE FROM sync_shadow WHERE tbl = ? AND row_id = ? AND field = ?", (name, row_id, field))
