"""What leaves this laptop: its scopes, what waits, and the batches taken from it.

A batch is taken in one transaction: the exact bytes go into `sync_inflight`, durable before anything
is sent, with a map of which edits they stand for. `models/inbox.py` settles them when the answer
comes. Until then, and after any crash, the same bytes are sent again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from models.canonical import extra_values, payload
from models.conflicts import DELETED
from models.entities import SYNCED
from models.schema import Entity, Row
from models.store import Store

LARGEST = 4 << 20  # characters of one batch, before compression
MOST_OPERATIONS = 4_500  # in one batch; a record's edits are never parted, so this stays below the server's limit
CHUNK = 500  # records read at a time

Edit = tuple[str, int, int, int]  # field, base, hlc, number

_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Scope:
    """Where this laptop stands in one scope. `count` and `sum` are over the server's images."""

    scope: str
    cursor: int
    count: int
    sum: int
    epoch: str
    ctr: int
    access: str


@dataclass(frozen=True, slots=True)
class Flying:
    """A batch that was taken and is not yet answered for."""

    scope: str
    ctr: int
    body: bytes
    records: int


# What the map of a batch says of one operation: act, entity, id, {field: number of the edit}.
Sent = tuple[str, str, str, dict[str, int]]


def scopes(store: Store) -> dict[str, Scope]:
    """The scopes granted to this account."""
    found = store.query("SELECT scope, cursor, cnt, sum, coalesce(epoch, ''), ctr, access FROM sync_scope")
    return {row[0]: Scope(*row) for row in found}


def grants_version(store: Store) -> int:
    """The version of the grants that this laptop knows."""
    return store.query("SELECT coalesce(max(grant_ver), 0) FROM sync_scope")[0][0]


def set_grants(store: Store, version: int, granted: dict[str, str]) -> None:
    """Takes over what the account may read and write; a scope that was taken away leaves the laptop."""
    known = scopes(store)
    with store.transaction(applying=True):
        for scope, access in granted.items():
            store.query(
                "INSERT INTO sync_scope (scope, access, grant_ver) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET access = excluded.access, grant_ver = excluded.grant_ver",
                (scope, access, version),
            )
        for scope in known.keys() - granted.keys():
            _leave(store, scope)


def _leave(store: Store, scope: str) -> None:
    """Removes a scope's records, except those with work that was never sent."""
    for name in SYNCED:
        store.query(
            f'DELETE FROM "{name}" WHERE scope = ? AND id NOT IN (SELECT row_id FROM sync_pending WHERE tbl = ?)',
            (scope, name),
        )
    for table in ("sync_foreign", "sync_scope"):
        store.query(f"DELETE FROM {table} WHERE scope = ?", (scope,))


def waiting(store: Store) -> int:
    """How many records wait to be sent."""
    return store.query("SELECT count(*) FROM (SELECT 1 FROM sync_pending GROUP BY tbl, row_id)")[0][0]


def sendable(store: Store) -> bool:
    """Whether anything waits in a scope that this account may write."""
    granted = "r.scope IN (SELECT scope FROM sync_scope WHERE access = 'write')"
    useful = "(p.field <> '' OR r.deleted IS NULL)"
    return any(
        store.query(
            f'SELECT 1 FROM sync_pending p JOIN "{name}" r ON r.id = p.row_id '
            f"WHERE p.tbl = '{name}' AND {granted} AND {useful} LIMIT 1"
        )
        for name in _edited(store)
    )


def _edited(store: Store) -> list[str]:
    """The entities of which something waits, in the declared order."""
    found = {name for (name,) in store.query("SELECT DISTINCT tbl FROM sync_pending")}
    return [name for name in SYNCED if name in found]


def flying(store: Store) -> list[Flying]:
    """The batches without an answer, in order."""
    found = store.query("SELECT scope, ctr, body, json_array_length(map) FROM sync_inflight ORDER BY scope, ctr")
    return [Flying(scope, ctr, bytes(body), records) for scope, ctr, body, records in found]


def take(store: Store, most: int) -> list[Flying]:
    """Batches to send now: those still unanswered, and up to `most` records of each other scope."""
    if not store.query("SELECT 1 FROM sync_pending LIMIT 1"):
        return []
    with store.transaction(applying=True):
        busy = {batch.scope for batch in flying(store)}
        for scope in scopes(store).values():
            if scope.access == "write" and scope.scope not in busy:
                _take_scope(store, scope, most)
    return flying(store)


def _take_scope(store: Store, scope: Scope, most: int) -> None:
    edited = _edited(store)
    picked = sorted(pick for name in edited for pick in _pick(store, name, scope.scope, most))[:most]
    if len(picked) < most:
        _forget_never_sent(store, edited)
    if not picked:
        return
    batch = _Batch(store, scope.scope, scope.ctr + 1)
    for name in edited:
        batch.add(SYNCED[name], [row_id for row_id, entity in picked if entity == name])
    store.query("INSERT INTO sync_inflight VALUES (?, ?, ?, ?)", batch.row())
    store.query("UPDATE sync_scope SET ctr = ? WHERE scope = ?", (scope.ctr + 1, scope.scope))


def _pick(store: Store, name: str, scope: str, most: int) -> list[tuple[str, str]]:
    """(id, entity) of what waits in a scope, oldest record first: ids begin with the time."""
    return store.query(
        f'SELECT DISTINCT p.row_id, p.tbl FROM sync_pending p JOIN "{name}" r ON r.id = p.row_id '
        "WHERE p.tbl = ? AND r.scope = ? AND (p.field <> '' OR r.deleted IS NULL) ORDER BY p.row_id LIMIT ?",
        (name, scope, most),
    )


def _forget_never_sent(store: Store, edited: list[str]) -> None:
    """A record made and deleted between two syncs concerns nobody else."""
    for name in edited:
        store.query(
            f"DELETE FROM sync_pending WHERE tbl = '{name}' AND field = '' AND row_id IN "
            f'(SELECT id FROM "{name}" WHERE deleted IS NOT NULL AND _seq IS NULL)'
        )


class _Batch:
    """A batch being put together."""

    def __init__(self, store: Store, scope: str, ctr: int) -> None:
        self.store, self.scope, self.ctr = store, scope, ctr
        self.size = 0
        self.ins: list[dict[str, Any]] = []
        self.upd: list[tuple[Any, ...]] = []
        self.cut: list[tuple[Any, ...]] = []
        self.map: dict[str, list[Sent]] = {"ins": [], "upd": [], "del": []}

    def row(self) -> tuple[str, int, bytes, str]:
        """What goes into sync_inflight."""
        parts = {"ins": self.ins, "upd": self.upd, "del": self.cut}
        body = {"scope": self.scope, "ctr": self.ctr} | {name: part for name, part in parts.items() if part}
        sent = self.map["ins"] + self.map["upd"] + self.map["del"]
        return self.scope, self.ctr, _encode(body), _encode(sent).decode()

    def add(self, entity: Entity, ids: list[str]) -> None:
        """Adds records with all that waits of them, until the batch is full."""
        for start in range(0, len(ids), CHUNK):
            edits = self._edits(entity, ids[start : start + CHUNK])
            fresh = {row_id: parts[0] for row_id, parts in edits.items() if parts[0][0] == ""}
            if fresh and not self._full(len(fresh)):
                self._insert(entity, fresh)
            known = [row_id for row_id in edits if row_id not in fresh]
            rows = _rows(self.store, entity, known) if known else {}
            for row_id in known:
                if not self._full(len(edits[row_id])):
                    self._patch(entity, rows[row_id], edits[row_id])

    def _full(self, more: int) -> bool:
        return self.size >= LARGEST or sum(map(len, self.map.values())) + more > MOST_OPERATIONS

    def _edits(self, entity: Entity, ids: list[str]) -> dict[str, list[Edit]]:
        found = self.store.query(
            "SELECT row_id, field, base, hlc, edit_no FROM sync_pending "
            "WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?)) ORDER BY field",
            (entity.name, _encode(ids).decode()),
        )
        edits: dict[str, list[Edit]] = {}
        for row_id, field, base, hlc, number in found:
            edits.setdefault(row_id, []).append((field, base, hlc, number))
        return edits

    def _insert(self, entity: Entity, edits: dict[str, Edit]) -> None:
        names = ("id", "extra", *payload(entity))
        found = dict(zip(names, zip(*_select(self.store, entity, names, list(edits)), strict=True), strict=True))
        extras = [extra_values(text) for text in found.pop("extra")]
        ids = found["id"]
        columns = {"id": ids, "hlc": tuple(edits[row_id][2] for row_id in ids)} | found
        for name in dict.fromkeys(n for extra in extras for n in extra):
            columns[name] = tuple(extra.get(name) for extra in extras)
        columns = {name: column for name, column in columns.items() if column.count(None) < len(ids)}
        self.ins.append({"t": entity.name, "f": list(columns), "c": list(columns.values())})
        self.map["ins"] += [("ins", entity.name, row_id, {"": edits[row_id][3]}) for row_id in ids]
        self.store.db.conn.executemany(f'UPDATE "{entity.name}" SET _seq = 0 WHERE id = ?', [(i,) for i in ids])
        self.size += sum(sum(map(len, map(str, column))) for column in columns.values())

    def _patch(self, entity: Entity, row: Row, edits: list[Edit]) -> None:
        """One operation for each (base, stamp); what changes hands together is sent together."""
        whole = (entity.name, row["id"])
        units: dict[str, list[Edit]] = {}
        for edit in edits:
            units.setdefault(entity.unit(edit[0]), []).append(edit)
        gone = units.pop(DELETED, None)
        patches: dict[tuple[int, int], tuple[Row, dict[str, int]]] = {}
        for unit, parts in units.items():
            stamp = min(base for _, base, _, _ in parts), max(hlc for _, _, hlc, _ in parts)
            values, numbers = patches.setdefault(stamp, ({}, {}))
            values.update({n: row[n] for n in _members(entity, unit)})
            numbers.update({field: number for field, _, _, number in parts})
        if gone is not None and row["deleted"] is None:  # brought back: any patch does that
            _, base, hlc, number = gone[0]
            patches.setdefault((base, hlc), ({}, {}))[1][DELETED] = number
            gone = None
        for (base, hlc), (values, numbers) in patches.items():
            self.upd.append((*whole, base, hlc, values))
            self.map["upd"].append(("upd", *whole, numbers))
            self.size += sum(len(str(v)) for v in values.values())
        if gone is not None:
            _, base, hlc, number = gone[0]
            self.cut.append((*whole, base, hlc))
            self.map["del"].append(("del", *whole, {DELETED: number}))


def _members(entity: Entity, unit: str) -> Iterable[str]:
    return (f.name for f in entity.fields if entity.unit(f.name) == unit)


def _rows(store: Store, entity: Entity, ids: list[str]) -> dict[str, Row]:
    names = ("id", "deleted", *payload(entity))
    return {row[0]: dict(zip(names, row, strict=True)) for row in _select(store, entity, names, ids)}


def _select(store: Store, entity: Entity, names: Sequence[str], ids: list[str]) -> list[tuple[Any, ...]]:
    listed = ", ".join(f'"{n}"' for n in names)
    return store.query(
        f'SELECT {listed} FROM "{entity.name}" WHERE id IN (SELECT value FROM json_each(?))', (_encode(ids).decode(),)
    )


def start_over(store: Store, scope: str, head: int, ctr: int, epoch: str) -> None:
    """The server's memory is not what it was: everything of the scope is compared and offered anew.

    What the server no longer has (made after `head`) is sent again as new; the rest is pulled from
    the beginning. Nothing here is lost, and equal values meet without a conflict.
    """
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_inflight WHERE scope = ?", (scope,))
        for name in SYNCED:
            _offer_again(store, name, scope, head)
        pull_again(store, scope)
        store.query("UPDATE sync_scope SET ctr = ?, epoch = ? WHERE scope = ?", (ctr, epoch, scope))


def _offer_again(store: Store, name: str, scope: str, head: int) -> None:
    lost = f'(SELECT id FROM "{name}" WHERE scope = ? AND (_seq > ? OR _seq = 0))'
    store.query(f"DELETE FROM sync_shadow WHERE tbl = '{name}' AND row_id IN {lost}", (scope, head))
    store.query(f"DELETE FROM sync_pending WHERE tbl = '{name}' AND field <> '' AND row_id IN {lost}", (scope, head))
    store.query(
        f"INSERT INTO sync_pending SELECT '{name}', id, '', 0, (SELECT hlc FROM sync_device), 1 "
        f'FROM "{name}" WHERE id IN {lost} AND deleted IS NULL ON CONFLICT DO NOTHING',
        (scope, head),
    )
    store.query(f'UPDATE "{name}" SET _seq = NULL WHERE id IN {lost}', (scope, head))


def pull_again(store: Store, scope: str) -> None:
    """Forgets how far the scope was read: all of it comes once more and is compared."""
    with store.transaction(applying=True):
        for name in SYNCED:
            store.query(f'UPDATE "{name}" SET _h = NULL WHERE scope = ? AND _h IS NOT NULL', (scope,))
        store.query("UPDATE sync_foreign SET _h = NULL WHERE scope = ?", (scope,))
        store.query("UPDATE sync_scope SET cursor = 0, cnt = 0, sum = 0 WHERE scope = ?", (scope,))


def set_epoch(store: Store, scope: str, epoch: str) -> None:
    """Remembers which life of the server this scope belongs to."""
    with store.transaction(applying=True):
        store.query("UPDATE sync_scope SET epoch = ? WHERE scope = ?", (epoch, scope))


def meet_schema(store: Store, schema: str) -> None:
    """A server that was updated may take what it could not take before: new sorts of records are offered again."""
    if store.setting("sync.schema") == schema:
        return
    with store.transaction(applying=True):
        for row in store.query("SELECT id, tbl, row_id FROM sync_quarantine WHERE reason = 'unknown-entity'"):
            store.query(
                "INSERT INTO sync_pending SELECT ?, ?, '', 0, hlc, 1 FROM sync_device WHERE true ON CONFLICT DO NOTHING",
                row[1:],
            )
            store.query("DELETE FROM sync_quarantine WHERE id = ?", row[:1])
        store.set_setting("sync.schema", schema)


def hear_clock(store: Store, hlc: int) -> None:
    """Later edits here count as later than what the server has seen, however wrong this clock is."""
    with store.transaction(applying=True):
        store.query("UPDATE sync_device SET hlc = max(hlc, ?)", (hlc,))


def device(store: Store) -> str:
    """Under which id the server knows this account on this laptop; empty before enrolment."""
    return store.query("SELECT coalesce(id, '') FROM sync_device")[0][0]


def become(store: Store, device_id: str, pin: str, user: str) -> None:
    """Takes over the identity that the server gave; inside the caller's transaction.

    An account that was enrolled before (its data came from a backup) gets a new device: nothing of
    what waits is lost, and everything is compared once more.
    """
    for scope in scopes(store).values():
        start_over(store, scope.scope, scope.cursor, 0, scope.epoch)
    for name in SYNCED:
        store.query(f'UPDATE "{name}" SET created_by = ? WHERE created_by = ? AND _seq IS NULL', (user, store.user))
    store.query("UPDATE sync_device SET id = ?, server_pin = ?", (device_id, pin))
    sign_as(store, user)


def sign_as(store: Store, user: str) -> None:
    """From now on edits are this person's."""
    with store.transaction():
        store.query("UPDATE sync_device SET user = ?", (user,))
    store.user = user


def adopt(store: Store, region: str) -> None:
    """Records made before enrolment move to where their author may keep records, if they lie elsewhere."""
    writable = [scope.scope for scope in scopes(store).values() if scope.access == "write"]
    home = region if region in writable else next((s for s in sorted(writable, key=len, reverse=True)), "")
    if not home:
        return
    for name in SYNCED:
        store.query(
            f'UPDATE "{name}" SET scope = ? WHERE _seq IS NULL AND scope NOT IN (SELECT value FROM json_each(?))',
            (home, _encode(writable).decode()),
        )
    store.home_scope = home
    store.set_setting("home_scope", home)
