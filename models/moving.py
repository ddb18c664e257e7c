"""Handing an owner or a business, with all that hangs on it, to the office of another village.

What the server has never seen simply gets its new place. For everything else somebody asks (`sync_move`),
the server moves it in one transaction, and each laptop lets go or takes over as it hears of it. Until then
the record stays where it is and can be edited: an edit is always sent to the scope in whose numbers its
base counts, and the server hands it on.
"""

import json
from collections.abc import Iterable

from models import care, foreign
from models.batching import Sent
from models.clock import HLC_BITS, millis
from models.custody import MOVABLE, REFERENCES
from models.errors import AppError
from models.i18n import Words
from models.reference import VILLAGE_DIGITS
from models.store import Change, Changes, Store

Moved = tuple[str, str, str, int, str]  # entity, id, by, hlc, the scope that keeps it now
SCOPE = "scope"  # the field under which a move stands in the history

GONE = Words("Data ini sudah tidak ada. Muat ulang daftarnya.", "This record is gone. Load the list anew.")
SAME = Words("Data ini sudah dijaga kelurahan itu.", "That village keeps this record already.")
HAS_LEFT = Words(
    "Data ini sudah pindah ke kelurahan lain. Sinkronkan dulu.",
    "This record has moved to another village. Synchronise first.",
)
NOT_OURS = Words(
    "Data ini dijaga kantor lain. Minta kantor itu atau Dinas memindahkannya.",
    "Another office keeps this record. Ask that office or the Dinas to move it.",
)
NOT_THERE = Words(
    "Anda tidak bertugas di kelurahan tujuan. Minta kecamatan atau Dinas memindahkannya.",
    "You do not work for that village. Ask the kecamatan or the Dinas to move it.",
)


def move(store: Store, entity: str, record_id: str, target: str) -> Changes:
    """Asks that another village keeps an owner or business from now on; AppError says why it may not.

    One transaction. What was never sent and has no server yet changes its place at once, the rest when the server has
    done it: a copy of this laptop may have sent the record, and one id must not stand in two scopes.
    """
    scope = check(store, entity, record_id)
    check_target(store, scope, target)
    along = hanging(store, entity, record_id)
    with store.transaction():
        known = store.query(f'SELECT _seq IS NOT NULL FROM "{entity}" WHERE id = ?', (record_id,))[0][0]
        if known or _held(store).get(scope) == "write":
            hlc = _tick(store)
            store.query("INSERT OR REPLACE INTO sync_move VALUES (?, ?, ?, ?, 0)", (entity, record_id, target, hlc))
        else:
            for name, row_id in along:
                _place(store, name, row_id, target)
    return Changes(tuple(Change(name, row_id, "changed") for name, row_id in along))


def check(store: Store, entity: str, record_id: str) -> str:
    """The scope that a record may leave; AppError when it is gone or not this account's to hand on."""
    row = store.get(entity, record_id) if entity in MOVABLE else None
    if row is None or row["deleted"]:
        raise AppError(GONE)
    held = _held(store)
    if held and held.get(row["scope"], "write") != "write":
        raise AppError(NOT_OURS)
    if store.query("SELECT 1 FROM sync_move WHERE tbl = ? AND row_id = ? AND done = 1", (entity, record_id)):
        raise AppError(HAS_LEFT)
    return row["scope"]


def check_target(store: Store, scope: str, target: str) -> None:
    """AppError says why what one scope keeps may not go to another village."""
    if target == scope:
        raise AppError(SAME)
    if len(target) != VILLAGE_DIGITS:
        raise AppError(NOT_OURS)
    held = _held(store)
    if held and held.get(target) != "write" and not care.event_for(store, target):
        raise AppError(NOT_THERE)


def holds(store: Store, village: str) -> bool:
    """Whether what moves to a village stays on this laptop."""
    held = _held(store)
    return not held or held.get(village) in ("read", "write")


def _held(store: Store) -> dict[str, str]:
    return dict(store.query("SELECT scope, access FROM sync_scope WHERE access <> ''"))


def _tick(store: Store) -> int:
    """The next stamp of this laptop's clock, as the triggers of capture take it."""
    store.query("UPDATE sync_device SET hlc = max(hlc + 1, ?)", (millis(store.clock.now()) << HLC_BITS,))
    return store.query("SELECT hlc FROM sync_device")[0][0]


def _place(store: Store, name: str, row_id: str, target: str) -> None:
    """A record that nobody else has seen gets another place."""
    scope, hlc = store.query(f'SELECT scope, (SELECT hlc FROM sync_device) FROM "{name}" WHERE id = ?', (row_id,))[0]
    store.query(f'UPDATE "{name}" SET scope = ? WHERE id = ? AND _seq IS NULL', (target, row_id))
    _remember(store, (name, row_id, store.user, hlc, target), scope)


def _remember(store: Store, moved: Moved, before: str) -> None:
    name, row_id, by, hlc, target = moved
    store.query(
        "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (name, row_id, hlc, SCOPE, before, target, hlc >> HLC_BITS, by),
    )


def hanging(store: Store, entity: str, record_id: str) -> list[tuple[str, str]]:
    """A record and everything live in its scope that hangs on it here, also through others."""
    scope = store.query(f'SELECT scope FROM "{entity}" WHERE id = ?', (record_id,))[0][0]
    found, layer = {(entity, record_id): None}, [record_id]
    while layer:
        fresh = {key: None for key in _referring(store, scope, layer) if key not in found}
        found |= fresh
        layer = [row_id for _, row_id in fresh]
    return list(found)


def _referring(store: Store, scope: str, ids: list[str]) -> Iterable[tuple[str, str]]:
    listed = json.dumps(ids)
    for name, fields in REFERENCES.items():
        where = " OR ".join(f'"{field}" IN (SELECT value FROM json_each(:ids))' for field in fields)
        query = f'SELECT id FROM "{name}" WHERE ({where}) AND scope = :scope AND deleted IS NULL'
        yield from ((name, row_id) for (row_id,) in store.query(query, {"ids": listed, "scope": scope}))


def asked(store: Store, record_id: str) -> str:
    """Where a record shall go, once the server hears of it; empty when it stays."""
    found = store.query("SELECT target FROM sync_move WHERE row_id = ? AND done = 0", (record_id,))
    return found[0][0] if found else ""


def asked_for(store: Store) -> dict[str, str]:
    """Every record whose move the server has not heard of, and the village it shall go to."""
    return dict(store.query("SELECT row_id, target FROM sync_move WHERE done = 0"))


def cancel(store: Store, entity: str, record_id: str) -> bool:
    """Takes a move back; False when it is on its way to the server already."""
    flying = f'%["mov","{entity}","{record_id}",%'
    if store.query("SELECT 1 FROM sync_inflight WHERE map LIKE ?", (flying,)):
        return False
    with store.transaction():
        store.query("DELETE FROM sync_move WHERE tbl = ? AND row_id = ? AND done = 0", (entity, record_id))
    return True


def leave(store: Store, scope: str, moved: Moved) -> int | None:
    """Another scope keeps this record now; the hash that no longer counts here. Nothing, if it is not in `scope`.

    It stays until it has arrived in its new scope, or, where this laptop does not hold that, until nothing of
    it waits to be sent (`models/departing.py`).
    """
    name, row_id, _, hlc, target = moved
    found = store.query(f'SELECT scope, _h FROM "{name}" WHERE id = ?', (row_id,))
    if not found or found[0][0] != scope:
        return None
    store.query("INSERT OR REPLACE INTO sync_move VALUES (?, ?, ?, ?, 1)", (name, row_id, target, hlc))
    store.query(f'UPDATE "{name}" SET _h = NULL WHERE id = ?', (row_id,))
    _remember(store, moved, scope)
    return found[0][1]


def arrive(store: Store, scope: str, name: str, ids: str) -> None:
    """Records known in another scope turn up in this one: their edits keep the base they were made on."""
    listed = "id IN (SELECT value FROM json_each(?)) AND scope <> ?"
    for row_id, before, digest in store.query(f'SELECT id, scope, _h FROM "{name}" WHERE {listed}', (ids, scope)):
        if digest is not None:
            foreign.uncount(store, before, digest)
        store.query(
            "UPDATE sync_pending SET base_scope = ? WHERE tbl = ? AND row_id = ? AND field <> '' AND base_scope IS NULL",
            (before, name, row_id),
        )
        store.query(f'UPDATE "{name}" SET scope = ?, _h = NULL WHERE id = ?', (scope, row_id))
        store.query("DELETE FROM sync_move WHERE tbl = ? AND row_id = ?", (name, row_id))


def came_back(store: Store, name: str, ids: str) -> None:
    """Records that are sent whole by the scope they left came back before they were seen elsewhere: they stay."""
    listed = "row_id IN (SELECT value FROM json_each(?))"
    store.query(f"DELETE FROM sync_move WHERE tbl = ? AND done = 1 AND {listed}", (name, ids))


def elsewhere(store: Store, scope: str, sent: Iterable[Sent]) -> set[tuple[str, str]]:
    """Which records of a batch another scope keeps by now: what arrives for them from this one is no news."""
    ids: dict[str, list[str]] = {}
    for _, name, row_id, _ in sent:
        ids.setdefault(name, []).append(row_id)
    query = (
        'SELECT id FROM "{0}" r WHERE id IN (SELECT value FROM json_each(?)) AND (scope <> ? OR EXISTS '
        "(SELECT 1 FROM sync_move m WHERE m.tbl = '{0}' AND m.row_id = r.id AND m.done = 1))"
    )
    return {
        (name, row_id)
        for name, listed in ids.items()
        for (row_id,) in store.query(query.format(name), (json.dumps(listed), scope))
    }
