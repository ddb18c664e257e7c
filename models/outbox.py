"""What leaves this laptop: its scopes, what waits, and the batches taken from it.

A batch is taken in one transaction: the exact bytes go into `sync_inflight`, durable before anything
is sent, with a map of which edits they stand for. `models/inbox.py` settles them when the answer
comes. Until then, and after any crash, the same bytes are sent again.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from models import care, departing, parts, setting_aside
from models.batching import Batch, Moving, Sent, in_order, saved_together, unpacked
from models.custody import MOVABLE, SERVERS
from models.entities import SYNCED
from models.schema import Entity
from models.store import Changes, Store

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


def scopes(store: Store) -> dict[str, Scope]:
    """The scopes granted to this account."""
    return {name: lane for name, lane in lanes(store).items() if lane.access in ("read", "write")}


def lanes(store: Store) -> dict[str, Scope]:
    """Every scope to which something was ever sent.

    `access` is `leaving` for one that was taken away while work waits, `care` where guests' records are left,
    empty for one that was taken away.
    """
    found = store.query("SELECT scope, cursor, cnt, sum, coalesce(epoch, ''), ctr, access FROM sync_scope")
    return {row[0]: Scope(*row) for row in found}


def grants_version(store: Store) -> int:
    """The version of the grants that this laptop knows."""
    return store.query("SELECT coalesce(max(grant_ver), 0) FROM sync_scope")[0][0]


def set_grants(store: Store, version: int, granted: dict[str, str]) -> Changes:
    """Takes over what the account may read and write; what was taken away leaves once nothing of it waits."""
    known = scopes(store)
    with store.transaction(applying=True):
        wrote = {lane.scope for lane in lanes(store).values() if lane.access in ("write", "leaving")}
        wrote |= set(store.setting(_WROTE, []))
        store.set_setting(_WROTE, sorted(scope for scope in wrote if granted.get(scope) == "read"))
        for scope, access in granted.items():
            store.query(
                "INSERT INTO sync_scope (scope, access, grant_ver) VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET access = excluded.access, grant_ver = excluded.grant_ver",
                (scope, access, version),
            )
        for scope in known.keys() - granted.keys():
            store.query("UPDATE sync_scope SET access = 'leaving', grant_ver = ? WHERE scope = ?", (version, scope))
        return departing.sweep(store)


_WROTE = "sync.wrote"  # the setting that lists scopes once written and now only read: what waits there is still sent


def _open(store: Store) -> list[Scope]:
    """The scopes to which what waits is sent; guests' records only around an event."""
    wrote = store.setting(_WROTE, [])
    return [
        s
        for s in lanes(store).values()
        if s.access in ("write", "leaving")
        or s.scope in wrote
        or (s.access == "care" and care.event_for(store, s.scope))
    ]


def waiting(store: Store) -> int:
    """How many records wait to be sent."""
    return store.query(
        "SELECT (SELECT count(*) FROM (SELECT DISTINCT tbl, row_id FROM sync_pending)) + (SELECT count(*) FROM sync_move m "
        "WHERE done = 0 AND NOT EXISTS (SELECT 1 FROM sync_pending p WHERE p.tbl = m.tbl AND p.row_id = m.row_id))"
    )[0][0]


def sendable(store: Store) -> bool:
    """Whether anything waits in a scope to which this account may send."""
    lanes_open = _open(store)
    granted = "coalesce(p.base_scope, r.scope) IN (SELECT value FROM json_each(?))"
    useful = "(p.field <> '' OR r.deleted IS NULL)"
    return any(
        store.query(
            f'SELECT 1 FROM sync_pending p JOIN "{entity.name}" r ON r.id = p.row_id '
            f"WHERE p.tbl = '{entity.name}' AND {granted} AND {useful} LIMIT 1",
            (_encode([lane.scope for lane in lanes_open]).decode(),),
        )
        for entity in _edited(store)
    ) or any(_moves(store, lane.scope) for lane in lanes_open if lane.access in _MOVING)


_MOVING = ("write", "read")


def _moves(store: Store, scope: str) -> list[Moving]:
    """What shall leave a scope and is known to the server there."""
    return [
        move
        for name in MOVABLE
        for move in store.query(
            f'SELECT m.tbl, m.row_id, m.hlc, m.target FROM sync_move m JOIN "{name}" r ON r.id = m.row_id '
            "WHERE m.tbl = ? AND m.done = 0 AND r.scope = ? AND r._seq > 0",
            (name, scope),
        )
    ]


def _edited(store: Store) -> list[Entity]:
    """The entities of which something waits, in the declared order."""
    return [
        SYNCED[name]
        for (name,) in store.query(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM sync_pending WHERE tbl = value) ORDER BY key",
            (_SYNCED,),
        )
    ]


_SYNCED = _encode(list(SYNCED)).decode()


def flying(store: Store) -> list[Flying]:
    """The batches without an answer, in order: an event before the guests who were served there."""
    order = "length(scope), scope, ctr"
    found = store.query(f"SELECT scope, ctr, body, json_array_length(map) FROM sync_inflight ORDER BY {order}")
    return [Flying(scope, ctr, unpacked(bytes(body)), records) for scope, ctr, body, records in found]


def take(store: Store, most: int) -> list[Flying]:
    """Batches to send now: those still unanswered, and about `most` records of each other scope."""
    tables = ("sync_pending", "sync_inflight", "sync_move WHERE done = 0")
    if not any(store.query(f"SELECT 1 FROM {table} LIMIT 1") for table in tables):
        return []
    with store.transaction(applying=True):
        if not _take_all(store, most):  # guests go last: to find them, all that waits is looked at
            care.open_lanes(store)
            _take_all(store, most)
    return flying(store)


def _take_all(store: Store, most: int) -> bool:
    """A batch for each open scope that has none under way; whether more may wait in one of them."""
    busy = {scope for (scope,) in store.query("SELECT DISTINCT scope FROM sync_inflight")}
    free = [lane for lane in _open(store) if lane.scope not in busy]
    full = [_take_scope(store, lane, most) for lane in free]
    return any(full)


def _take_scope(store: Store, scope: Scope, most: int) -> bool:
    edited = _edited(store)
    elsewhere = _on_their_way(store, scope.scope)
    waiting = (w for w in in_order(store, edited, scope.scope) if (w.entity.name, w.columns[0]) not in elsewhere)
    picked = saved_together(waiting, most)
    if len(picked) < most:
        _forget_never_sent(store, edited)
    moves = _moves(store, scope.scope) if scope.access in _MOVING else []
    if picked or moves:
        village = moves[0][3] if moves else scope.scope if scope.access == "care" else ""
        batch = Batch(store, scope.scope, scope.ctr + 1, care.event_for(store, village) if village else "", scope.epoch)
        batch.add(picked)
        batch.move(moves)
        store.query("INSERT INTO sync_inflight VALUES (?, ?, ?, ?)", batch.row())
        store.query("UPDATE sync_scope SET ctr = ? WHERE scope = ?", (scope.ctr + 1, scope.scope))
    return len(picked) >= most


def _on_their_way(store: Store, scope: str) -> set[tuple[str, str]]:
    """Records that moved and of which an edit flies to another scope: it has to arrive before later ones."""
    maps = store.query("SELECT map FROM sync_inflight WHERE scope <> ?", (scope,))
    return {sent[1:3] for (listed,) in maps for sent in msgspec.json.decode(listed, type=list[Sent])}


def _forget_never_sent(store: Store, edited: list[Entity]) -> None:
    """A record made and deleted between two syncs concerns nobody else."""
    for entity in edited:
        never_sent = f'(SELECT id FROM "{entity.name}" WHERE deleted IS NOT NULL AND _seq IS NULL)'
        mine = f"tbl = '{entity.name}' AND row_id IN {never_sent}"
        store.query(f"DELETE FROM sync_move WHERE {mine}")
        store.query(f"DELETE FROM sync_pending WHERE field = '' AND {mine}")


def start_over(store: Store, scope: str, head: int, ctr: int, epoch: str) -> None:
    """The server's memory is not what it was: everything of the scope is compared and offered anew.

    What the server no longer has (made after `head`) is sent again as new; the rest is pulled from
    the beginning. Nothing here is lost, and equal values meet without a conflict.
    """
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_inflight WHERE scope = ?", (scope,))
        ours = lanes(store)[scope].access != "read"
        for name in SYNCED:
            if ours and name not in SERVERS:
                _offer_again(store, name, scope, head)
            store.query(
                f'DELETE FROM sync_move WHERE tbl = ? AND done = 1 AND row_id IN (SELECT id FROM "{name}" WHERE scope = ?)',
                (name, scope),
            )
        pull_again(store, scope)
        store.query("UPDATE sync_scope SET ctr = ?, epoch = ? WHERE scope = ?", (ctr, epoch, scope))


def _offer_again(store: Store, name: str, scope: str, head: int) -> None:
    lost = f'(SELECT id FROM "{name}" WHERE scope = ? AND (_seq > ? OR _seq = 0))'
    live = lost.replace("WHERE", "WHERE deleted IS NULL AND")
    store.query(f"DELETE FROM sync_shadow WHERE tbl = '{name}' AND row_id IN {live}", (scope, head))
    store.query(f"DELETE FROM sync_pending WHERE tbl = '{name}' AND field <> '' AND row_id IN {live}", (scope, head))
    capped = f"UPDATE sync_pending SET base = ? WHERE tbl = '{name}' AND base > ? AND row_id IN {lost}"
    store.query(capped, (head, head, scope, head))  # what waits of deleted records
    store.query(
        "INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since) "
        f"SELECT '{name}', r.id, '', 0, hlc, 1, hlc FROM \"{name}\" r, sync_device "
        f"WHERE r.id IN {lost} AND deleted IS NULL ON CONFLICT DO NOTHING",
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
        parts.forget(store, scope)


def meet_lanes(store: Store, counters: dict[str, int], *, restored: bool = False) -> bool:
    """Compares how far the server heard this laptop in scopes that it does not hold; False when further than it is.

    `restored` says that the server came back from a backup.
    """
    for name, lane in lanes(store).items():
        there = counters.get(name, 0)
        if lane.access in ("leaving", "care") and there > lane.ctr:
            return False
        behind = there < lane.ctr - sum(f.scope == name for f in flying(store))
        if lane.access in ("leaving", "care") and (restored or behind):
            start_over(store, name, LATEST, there, "")
    return True


LATEST = 1 << 62  # no sequence number is later


def shut_out(store: Store) -> None:
    """Remembers that the office withdrew this laptop's permission."""
    if not store.setting(REVOKED):
        store.set_setting(REVOKED, store.clock.stamp())


REVOKED = "sync.revoked"  # the setting that says when; None while the laptop may send
COPIED = "sync.copied"  # the setting that says that this file came back from a backup and has no new code yet


def came_back(store: Store) -> bool:
    """Whether this file came back from a backup: other bytes may travel under the numbers of its next batches."""
    return bool(store.setting(COPIED))


def handed_in(store: Store, scope: str, ctr: int) -> None:
    """The server keeps a batch for a supervisor: it no longer waits, and is kept in case the laptop is let in again."""
    with store.transaction(applying=True):
        for row in store.query("DELETE FROM sync_inflight WHERE scope = ? AND ctr = ? RETURNING *", (scope, ctr)):
            store.query("INSERT OR REPLACE INTO sync_handed VALUES (?, ?, ?, ?)", row)
            for sent in msgspec.json.decode(row[3], type=list[Sent]):
                setting_aside.handed_in(store, sent)


def _put_back(store: Store) -> None:
    """What was handed in while the laptop was shut out is offered again: equal values meet without a conflict."""
    for scope, ctr, body, text in store.query("SELECT * FROM sync_handed ORDER BY ctr"):
        batch: dict[str, list[Any]] = msgspec.json.decode(unpacked(bytes(body)))
        bases = iter([operation[2] for part in ("upd", "del") for operation in batch.get(part, [])])
        for move in batch.get("mov", []):
            store.query("INSERT INTO sync_move VALUES (?, ?, ?4, ?3, 0) ON CONFLICT DO NOTHING", move)
        for act, name, row_id, numbers in msgspec.json.decode(text, type=list[Sent]):
            base = next(bases) if act in ("upd", "del") else 0
            if act == "ins":
                store.query(f'UPDATE "{name}" SET _seq = NULL WHERE id = ?', (row_id,))
            for field in numbers:
                store.query(
                    "INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since) "
                    "SELECT ?, ?, ?, ?, hlc, 1, hlc FROM sync_device WHERE true ON CONFLICT DO NOTHING",
                    (name, row_id, field, base),
                )
        store.query("DELETE FROM sync_handed WHERE scope = ? AND ctr = ?", (scope, ctr))


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
                "INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since) "
                "SELECT ?, ?, '', 0, hlc, 1, hlc FROM sync_device WHERE true ON CONFLICT DO NOTHING",
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
    for lane in lanes(store).values():
        start_over(store, lane.scope, lane.cursor, 0, lane.epoch)
    _put_back(store)
    store.set_setting(REVOKED, None)
    store.set_setting(COPIED, None)
    for name in SYNCED:
        store.query(f'UPDATE "{name}" SET created_by = ? WHERE created_by = ? AND _seq IS NULL', (user, store.user))
    store.query("UPDATE sync_device SET id = ?, server_pin = ?", (device_id, pin))
    sign_as(store, user)


def sign_as(store: Store, user: str) -> None:
    """From now on edits are this person's."""
    with store.transaction():
        store.query("UPDATE sync_device SET user = ?", (user,))
    store.user = user


def adopt(store: Store, region: str, *, known: bool = False) -> None:
    """Records made before enrolment move to where their author may keep records, if they lie elsewhere.

    Not those of somebody `known` here, who takes a new code: they may have been sent, and guests belong elsewhere.
    """
    writable = [scope.scope for scope in scopes(store).values() if scope.access == "write"]
    home = region if region in writable else next((s for s in sorted(writable, key=len, reverse=True)), "")
    if not home:
        return
    for name in () if known else SYNCED:
        store.query(
            f'UPDATE "{name}" SET scope = ? WHERE _seq IS NULL AND scope NOT IN (SELECT value FROM json_each(?))',
            (home, _encode(writable).decode()),
        )
    store.home_scope = home
    store.set_setting("home_scope", home)
