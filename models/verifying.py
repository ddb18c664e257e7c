"""Looking for the record that differs: this laptop's side of `POST /v1/verify`, and the weekly recount.

`_h` of a record is the hash of the server's image of it as it was last counted. The recount makes the
hash again from what is stored, so that a cell which changed by itself shows in the scope's sum; the
comparison with the server then names the record and fetches it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from models import outbox
from models.canonical import BUCKETS, bucket, extra_values, payload, plus, row_hash
from models.clock import from_iso, millis
from models.conflicts import DELETED
from models.custody import SERVERS
from models.entities import SYNCED
from models.store import Change, Changes, Store

Key = tuple[str, str]  # entity, id

CHUNK = 2_000  # records recounted at a time
EVERY = timedelta(days=7)
_LAST = "sync.recounted"
_ANEW = "sync.reading_anew"

_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Place:
    """How far a recount is: the entity by its number, and the last row read."""

    entity: int = 0
    row: int = 0


def hashes(store: Store, scope: str) -> dict[Key, int]:
    """What is counted for the scope: the hash of each record."""
    found: dict[Key, int] = {}
    for name in SYNCED:
        rows = store.query(f'SELECT id, _h FROM "{name}" WHERE scope = ? AND _h IS NOT NULL', (scope,))
        found |= {(name, row_id): digest for row_id, digest in rows}
    rows = store.query("SELECT tbl, row_id, _h FROM sync_foreign WHERE scope = ? AND _h IS NOT NULL", (scope,))
    return found | {(name, row_id): digest for name, row_id, digest in rows}


def sums(counted: dict[Key, int]) -> list[int]:
    """The sum of each bucket."""
    parts: list[list[int]] = [[] for _ in range(BUCKETS)]
    for (_, row_id), digest in counted.items():
        parts[bucket(row_id)].append(digest)
    return [plus(0, part) for part in parts]


def restate(store: Store, scope: str) -> None:
    """Makes the scope's count and sum once more from the hashes of its records."""
    counted = hashes(store, scope)
    with store.transaction(applying=True):
        store.query(
            "UPDATE sync_scope SET cnt = ?, sum = ? WHERE scope = ?", (len(counted), plus(0, counted.values()), scope)
        )


def due(store: Store) -> bool:
    """Whether the last recount is a week ago, or lies in the future of a clock that was put right."""
    last: str | None = store.setting(_LAST)
    if last is None:  # a new account has nothing to recount yet
        recounted(store)
        return False
    return not timedelta() <= store.clock.now() - from_iso(last) < EVERY


def recounted(store: Store) -> None:
    """Remembers that all was recounted now."""
    store.set_setting(_LAST, store.clock.stamp())


def recount(store: Store, place: Place) -> tuple[Place | None, list[Key]]:
    """Recounts some records; where to go on (None at the end), and those that are no longer what was counted."""
    found: list[Key] = []
    left, names = CHUNK, list(SYNCED)
    while left > 0 and place.entity < len(names):
        name = names[place.entity]
        read, last, changed = _recount(store, name, place.row, left)
        found += [(name, row_id) for row_id in changed]
        place = Place(place.entity, last) if read == left else Place(place.entity + 1)
        left -= read
    if place.entity < len(names):
        return place, found
    for (scope,) in store.query("SELECT scope FROM sync_scope"):
        restate(store, scope)
    return None, found


def _recount(store: Store, name: str, after: int, most: int) -> tuple[int, int, list[str]]:
    """Recounts at most so many records of an entity: how many, the last one, and the ids of those that changed."""
    names = (*payload(SYNCED[name]), DELETED)
    listed = ", ".join(f'"{n}"' for n in ("rowid", "id", "_h", "extra", *names))
    rows = store.query(
        f'SELECT {listed} FROM "{name}" WHERE rowid > ? AND _h IS NOT NULL ORDER BY rowid LIMIT ?', (after, most)
    )
    shadows = _shadows(store, name) if rows else {}
    changed: list[tuple[int | None, str]] = []
    for _, row_id, counted, extra, *values in rows:
        image = dict(zip(names, values, strict=True)) | extra_values(extra) | shadows.get(row_id, {})
        gone = image.pop(DELETED) is not None
        digest = None if gone else row_hash(name, row_id, image)
        if digest != counted:
            changed.append((digest, row_id))
    if changed:
        with store.transaction(applying=True):
            store.db.conn.executemany(f'UPDATE "{name}" SET _h = ? WHERE id = ?', changed)
    return len(rows), rows[-1][0] if rows else after, [row_id for _, row_id in changed]


def _shadows(store: Store, name: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for row_id, field, value in store.query("SELECT row_id, field, value FROM sync_shadow WHERE tbl = ?", (name,)):
        found.setdefault(row_id, {})[field] = value
    return found


def forgotten(store: Store, scope: str, absent: Iterable[Key], floor: int) -> list[Key]:
    """Which records that the server no longer has it once deleted: seen at or below the floor, without unsent edits."""
    found: list[Key] = []
    for name, ids in _by_entity(absent).items():
        rows = store.query(
            f'SELECT id FROM "{name}" WHERE {_HERE} AND _seq <= ? AND id NOT IN '
            f"(SELECT row_id FROM sync_pending WHERE tbl = '{name}')",
            (scope, ids, floor),
        )
        found += [(name, row_id) for (row_id,) in rows]
    return found


def settle_absent(store: Store, scope: str, absent: Iterable[Key], floor: int) -> Changes:
    """Records that the server no longer has, nor their deletion: what it forgot goes here too, the rest is offered again.

    What only the server makes is never offered: it goes.
    """
    absent = list(absent)
    moment = millis(store.clock.now())
    gone = [*forgotten(store, scope, absent, floor), *(key for key in absent if key[0] in SERVERS)]
    with store.transaction(applying=True):
        for name, ids in _by_entity(gone).items():
            dead = f'UPDATE "{name}" SET deleted = coalesce(deleted, ?), _h = NULL WHERE {_HERE} RETURNING id'
            for (row_id,) in store.query(dead, (moment, scope, ids)):
                store.query("DELETE FROM sync_shadow WHERE tbl = ? AND row_id = ?", (name, row_id))
        ours = outbox.scopes(store)[scope].access == "write"
        for name, ids in _by_entity(set(absent).difference(gone) if ours else ()).items():
            left = store.query(f'SELECT id FROM "{name}" WHERE {_HERE}', (scope, ids))
            offer_as_new(store, name, [row_id for (row_id,) in left])
        restate(store, scope)
    return Changes(tuple(Change(name, row_id, "deleted") for name, row_id in gone))


_HERE = "scope = ? AND id IN (SELECT value FROM json_each(?)) AND _seq > 0"


def _by_entity(keys: Iterable[Key]) -> dict[str, str]:
    """The ids of each entity that this program knows, as a JSON list."""
    ids: dict[str, list[str]] = {}
    for name, row_id in keys:
        ids.setdefault(name, []).append(row_id)
    return {name: _encode(found).decode() for name, found in ids.items() if name in SYNCED}


def offer_as_new(store: Store, name: str, ids: list[str]) -> None:
    """The server does not have these records: they wait again as a whole, with all that was edited since."""
    given = (_encode(ids).decode(),)
    chosen = "IN (SELECT value FROM json_each(?))"
    for table in ("sync_shadow", "sync_pending"):
        store.query(f"DELETE FROM {table} WHERE tbl = '{name}' AND row_id {chosen}", given)
    store.query(
        "INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since) "
        f"SELECT '{name}', r.id, '', 0, hlc, 1, hlc FROM \"{name}\" r, sync_device WHERE r.id {chosen}",
        given,
    )
    store.query(f'UPDATE "{name}" SET _seq = NULL, _h = NULL WHERE id {chosen}', given)


def typed_unseen(store: Store, seq: int, unseen: Iterable[tuple[str, str, str, int, dict[str, Any]]]) -> None:
    """Of records sent as new that the server had: edits made meanwhile were typed without seeing its values.

    `seq` is the base that such edits got from the answer to their record.
    """
    for name, row_id, _, _, values in unseen:
        entity = SYNCED.get(name)
        if entity is not None:
            units = {DELETED, *(entity.unit(field) for field in values)}  # a deletion had seen none of it
            typed = store.query(
                "SELECT field FROM sync_pending WHERE tbl = ? AND row_id = ? AND base = ?", (name, row_id, seq)
            )
            fields = [field for (field,) in typed if entity.unit(field) in units]
            store.query(
                "UPDATE sync_pending SET base = 0 WHERE tbl = ? AND row_id = ? AND base = ? "
                "AND field IN (SELECT value FROM json_each(?))",
                (name, row_id, seq, _encode(fields).decode()),
            )


def read_anew(store: Store, scope: str, floor: int = 0) -> None:
    """Forgets how far the scope was read, and remembers that what is not met again was deleted or lost.

    `floor` is where the server's lay: what it has forgotten until then cannot come up in this reading.
    """
    with store.transaction(applying=True):
        outbox.pull_again(store, scope)
        store.set_setting(_ANEW, reading_anew(store) | {scope: floor})


def reading_anew(store: Store) -> dict[str, int]:
    """The scopes that are being read from the beginning once more, and the server's floor when that began."""
    return store.setting(_ANEW) or {}


def read_to_the_end(store: Store, scope: str) -> None:
    """The scope was read whole, and what was not met again is settled."""
    store.set_setting(_ANEW, {name: floor for name, floor in reading_anew(store).items() if name != scope})


def unread(store: Store, scope: str) -> list[Key]:
    """Live records of the server's that a reading from the beginning did not meet."""
    found: list[Key] = []
    for name in SYNCED:
        rows = store.query(
            f"SELECT id FROM \"{name}\" r LEFT JOIN sync_shadow s ON s.tbl = '{name}' AND s.row_id = r.id "
            f"AND s.field = '{DELETED}' WHERE scope = ? AND _seq > 0 AND _h IS NULL "
            "AND iif(s.field IS NULL, deleted, s.value) IS NULL "
            f"AND id NOT IN (SELECT row_id FROM sync_move WHERE tbl = '{name}' AND done = 1)",
            (scope,),
        )
        found += [(name, row_id) for (row_id,) in rows]
    return found
