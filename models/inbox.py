"""What arrives at this laptop: the answers to its batches, and what others changed.

One transaction each, with capture silent. The server's image of a record is the row on screen with
`sync_shadow` laid over it; its hash stands in `_h` and its sum in `sync_scope`. What arrives for a
unit (a field, or a group that changes hands together) with an unsent edit goes under that edit, into
the shadow; everything else goes onto the screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from models import foreign, moving, setting_aside, shadows, verifying
from models.batching import Sent, unpacked
from models.canonical import extra_values, payload, plus, row_hash, rows_of
from models.clock import HLC_BITS, millis
from models.conflicts import DELETED
from models.entities import SYNCED
from models.moving import Moved
from models.schema import Entity, Row
from models.store import Change, Changes, Store, Verb

Values = dict[str, Any]
Columns = tuple[str, list[str], list[list[Any]]]  # entity, names, columns; the first name is `id`
Patch = tuple[str, str, str, int, Values]  # entity, id, by, hlc, {field: value}
Gone = tuple[str, str, str, int]  # entity, id, by, hlc
UNKNOWN = "unknown-row"  # why the server refuses an edit of a record that it lost, or whose deletion it forgot
NEW = ""  # the pending field of a record that the server has never seen

_json = msgspec.json


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server made of a batch: its sequence before and after it, what we had not seen, what it refused.

    `held` are places of operations that a supervisor decides about, `moved` records that lie elsewhere now.
    """

    scope: str
    ctr: int
    first: int
    last: int
    unseen: Sequence[Patch] = ()
    refused: Sequence[tuple[int, str]] = ()
    held: Sequence[int] = ()
    moved: Sequence[Moved] = ()


def apply_page(
    store: Store,
    scope: str,
    cursor: int,
    whole: Iterable[Columns],
    patches: Iterable[Patch],
    gone: Iterable[Gone],
    moved: Iterable[Moved] = (),
) -> Changes:
    """Takes over what others changed, up to `cursor`."""
    with store.transaction(applying=True):
        arrival = _Arrival(store, scope, cursor)
        for one in moved:
            arrival.left(one)
        for columns in whole:
            arrival.whole(*columns)
        for patch in patches:
            arrival.patch(patch)
        for entity, row_id, by, hlc in gone:
            arrival.gone(entity, row_id, by, hlc)
        arrival.finish()
        store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ?", (cursor, scope))
    return Changes(tuple(arrival.changes))


def apply_part(store: Store, scope: str, seq: int, whole: Iterable[Columns]) -> Changes:
    """Takes over a part of a first read, as of `seq`; the cursor moves when all parts are here."""
    with store.transaction(applying=True):
        arrival = _Arrival(store, scope, seq)
        for columns in whole:
            arrival.whole(*columns)
        arrival.finish()
    return Changes(tuple(arrival.changes))


def acknowledge(store: Store, answer: Answer) -> Changes:
    """Settles a batch: what was sent is done, except what was edited again meanwhile."""
    found = store.query("SELECT body, map FROM sync_inflight WHERE scope = ? AND ctr = ?", (answer.scope, answer.ctr))
    if not found:
        return Changes()
    body: dict[str, Any] = _json.decode(unpacked(bytes(found[0][0])))
    sent = _json.decode(found[0][1], type=list[Sent])
    refused = dict(answer.refused)
    with store.transaction(applying=True):
        arrival = _Arrival(store, answer.scope, answer.last)
        arrival.old = _was_read_past(store, answer)
        for one in answer.moved if not arrival.old else ():
            arrival.left(one)
        arrival.away = {s[1:3] for s in sent} if arrival.old else moving.elsewhere(store, answer.scope, sent)
        untaken = {*refused, *answer.held}
        arrival.inserted(body.get("ins", []), {s[2] for place, s in enumerate(sent) if place in untaken})
        verifying.typed_unseen(store, answer.last, answer.unseen)
        patches = body.get("upd", [])
        first = sum(operation[0] == "ins" for operation in sent)
        for place, operation in enumerate(sent):
            if place in refused:
                arrival.refused(operation, refused[place])
            elif place in answer.held:
                setting_aside.handed_in(store, operation)
            elif operation[0] == "upd":
                arrival.accepted(operation, patches[place - first][4])
            elif operation[0] == "del":
                arrival.accepted(operation, {DELETED: 1})
        for patch in answer.unseen:
            arrival.unseen(patch)
        arrival.finish()
        store.query("DELETE FROM sync_inflight WHERE scope = ? AND ctr = ?", (answer.scope, answer.ctr))
        given_way = setting_aside.set_back(store, arrival.away) if arrival.old else Changes()
    return Changes(tuple(arrival.changes)) | given_way


def _was_read_past(store: Store, answer: Answer) -> bool:
    """Whether this is the stored answer to what a copy of this laptop sent: the pages after it were read already."""
    ((cursor,),) = store.query("SELECT cursor FROM sync_scope WHERE scope = ?", (answer.scope,))
    return cursor > answer.first


def own_range_seen(store: Store, scope: str, first: int, last: int) -> None:
    """Moves the cursor over a batch of our own when nothing of others lies before it."""
    with store.transaction(applying=True):
        store.query("UPDATE sync_scope SET cursor = ? WHERE scope = ? AND cursor = ?", (last, scope, first))


class _Arrival:
    """One transaction's worth of news for one scope, as of sequence number `seq`."""

    def __init__(self, store: Store, scope: str, seq: int) -> None:
        self.store, self.scope, self.seq = store, scope, seq
        self.changes: list[Change] = []
        self._now = millis(store.clock.now()) << HLC_BITS
        self._touched: dict[str, set[str]] = {}
        self._gained: list[int] = []
        self._lost: list[int] = []
        self._latest = 0  # the latest stamp that was heard
        self.old = False  # an answer that was given to a copy of this laptop: what it tells was read already
        self.away: set[tuple[str, str]] = set()  # records of a batch of which other answers tell what became of them

    def _note(self, entity: str, row_id: str, verb: Verb) -> None:
        self.changes.append(Change(entity, row_id, verb))

    def _touch(self, entity: str, row_id: str) -> None:
        self._touched.setdefault(entity, set()).add(row_id)

    def left(self, moved: Moved) -> None:
        """A record that another scope keeps now."""
        self._latest = max(self._latest, moved[3])
        if moved[0] in SYNCED:
            digest = moving.leave(self.store, self.scope, moved)
        else:
            digest = foreign.drop(self.store, moved[0], moved[1], self.scope)
        self._lost += [digest] if digest is not None else []
        self._note(moved[0], moved[1], "changed")

    def whole(self, name: str, names: list[str], columns: list[list[Any]]) -> None:
        """Whole records: new ones are written at once, known ones are compared field by field."""
        if name not in SYNCED:
            self._foreign(name, names, columns)
            return
        known = self._known(name, columns[0])
        for row_id, row in [pair for pair in rows_of(names, columns) if pair[0] in known] if known else []:
            if known[row_id] is None or known[row_id] != row_hash(name, row_id, row):
                self._compare(SYNCED[name], row_id, row)
            else:
                self._touch(name, row_id)
        self._add(SYNCED[name], ((row_id, row) for row_id, row in rows_of(names, columns) if row_id not in known))

    def _foreign(self, name: str, names: list[str], columns: list[list[Any]]) -> None:
        for row_id, row in rows_of(names, columns):
            self._drop(name, row_id)
            self._keep(name, row_id, row)

    def _drop(self, name: str, row_id: str) -> None:
        before = foreign.drop(self.store, name, row_id, self.scope)
        self._lost += [before] if before is not None else []

    def _keep(self, name: str, row_id: str, values: Values) -> None:
        digest, before = foreign.keep(self.store, name, row_id, self.scope, self.seq, values)
        self._gained.append(digest)
        self._lost += [before] if before is not None else []

    def _known(self, name: str, ids: list[str]) -> dict[str, int | None]:
        given = _json.encode(ids).decode()
        query = f'SELECT id, _h, scope FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))'
        found = self.store.query(query, (given,))
        if any(scope != self.scope for *_, scope in found):  # moved here from another scope
            moving.arrive(self.store, self.scope, name, given)
            found = self.store.query(query, (given,))
        moving.came_back(self.store, name, given)
        return {row_id: digest for row_id, digest, _ in found}

    def _add(self, entity: Entity, rows: Iterable[tuple[str, Row]]) -> None:
        carried = dict.fromkeys(payload(entity))
        names = ("id", "scope", *carried, "extra", "_seq", "_h")

        def made() -> Iterator[tuple[Any, ...]]:  # one by one: a page of rows would be the most that a sync holds
            for row_id, row in rows:
                digest = row_hash(entity.name, row_id, row)
                unknown = {n: row[n] for n in row.keys() - carried.keys() if row[n] is not None}
                extra = _json.encode(unknown, order="sorted").decode()
                self._gained.append(digest)
                self._note(entity.name, row_id, "added")
                yield (row_id, self.scope, *map(row.get, carried), extra, self.seq, digest)

        listed, places = ", ".join(f'"{n}"' for n in names), ", ".join("?" * len(names))
        self.store.db.conn.executemany(f'INSERT INTO "{entity.name}" ({listed}) VALUES ({places})', made())

    def _compare(self, entity: Entity, row_id: str, row: Row) -> None:
        """A whole record that this laptop has: sent again, brought back after its deletion, or sent by a copy of it."""
        self.store.query(  # deleted here before it was ever sent: now that tells somebody something
            f"UPDATE OR REPLACE sync_pending SET field = '{DELETED}' WHERE tbl = ? AND row_id = ? AND field = '{NEW}' "
            f'AND EXISTS (SELECT 1 FROM "{entity.name}" WHERE id = row_id AND deleted IS NOT NULL AND _seq IS NULL)',
            (entity.name, row_id),
        )
        names = (*payload(entity), *shadows.on_screen(self.store, entity, row_id)[1], *row)
        self.patch((entity.name, row_id, "", self._now, {n: row.get(n) for n in names} | {DELETED: None}))

    def patch(self, patch: Patch) -> None:
        """Some values of a record: onto the screen, or under an unsent edit of the same unit."""
        name, row_id, by, hlc, values = patch
        self._latest = max(self._latest, hlc)
        if name not in SYNCED:
            self._keep(name, row_id, values)
            return
        entity = SYNCED[name]
        if not self._here(name, row_id):
            return
        edited = {entity.unit(f) for f in shadows.pending(self.store, name, row_id)}
        under = {n: v for n, v in values.items() if NEW in edited or entity.unit(n) in edited}
        shadows.shade(self.store, name, row_id, under)
        self._show(entity, row_id, {n: v for n, v in values.items() if n not in under}, by, hlc)
        self._touch(name, row_id)

    def gone(self, name: str, row_id: str, by: str, hlc: int) -> None:
        """A record that somebody deleted. With unsent edits it stays: they will bring it back."""
        self._latest = max(self._latest, hlc)
        if name not in SYNCED:
            self._drop(name, row_id)
            return
        if not self._here(name, row_id):
            return
        when = max(hlc >> HLC_BITS, 1)
        if shadows.pending(self.store, name, row_id):
            shadows.shade(self.store, name, row_id, {DELETED: when})
        else:
            self._show(SYNCED[name], row_id, {DELETED: when}, by, hlc)
        self._touch(name, row_id)

    def inserted(self, parts: list[dict[str, Any]], refused: set[str]) -> None:
        """Our own new records, taken: from now on the server has them as they were sent."""
        for part in parts:
            names = part["f"][2:]
            stamped: list[tuple[int, int, str]] = []
            for row_id, _, *values in zip(*part["c"], strict=True):
                if row_id not in refused and (part["t"], row_id) not in self.away:
                    digest = row_hash(part["t"], row_id, dict(zip(names, values, strict=True)))
                    stamped.append((self.seq, digest, row_id))
            self._gained += [digest for _, digest, _ in stamped]
            table = f'UPDATE "{part["t"]}" SET _seq = ?, _h = ? WHERE id = ?'
            self.store.db.conn.executemany(table, stamped)
            gone = [row_id for row_id in part["c"][0] if (part["t"], row_id) in self.away]
            placed = f'UPDATE "{part["t"]}" SET _seq = max(ifnull(_seq, 0), ?) WHERE id = ? AND scope = ?'
            self.store.db.conn.executemany(placed, [(self.seq, row_id, self.scope) for row_id in gone])
            taken = [row_id for *_, row_id in stamped]
            self._sent_whole(part["t"], [*taken, *gone])
            self._as_sent(part["t"], taken)

    def _sent_whole(self, name: str, ids: list[str]) -> None:
        given = (name, _json.encode(ids).decode())
        chosen = "WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?))"
        self.store.query(f"DELETE FROM sync_pending {chosen} AND field = ''", given)
        self.store.query(f"UPDATE sync_pending SET base = ? {chosen} AND base = 0", (self.seq, *given))

    def _as_sent(self, name: str, ids: list[str]) -> None:
        self.store.query(
            "DELETE FROM sync_shadow AS s WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?)) "
            "AND NOT EXISTS (SELECT 1 FROM sync_pending p WHERE p.tbl = s.tbl AND p.row_id = s.row_id AND p.field = s.field)",
            (name, _json.encode(ids).decode()),
        )

    def accepted(self, sent: Sent, values: Values) -> None:
        """A patch or deletion of ours, taken: `values` are now the server's."""
        act, name, row_id, numbers = sent
        entity = SYNCED[name]
        setting_aside.done(self.store, name, row_id, numbers)
        if (name, row_id) in self.away:  # what became of it comes from there; `set_back` has the last word
            return
        edited = {entity.unit(f) for f in shadows.pending(self.store, name, row_id)}
        if act == "upd":  # and it lives, whatever it was before
            values = values | {DELETED: None}
        shadows.shade(self.store, name, row_id, {n: v for n, v in values.items() if entity.unit(n) in edited})
        shadows.unshade(self.store, name, row_id, [n for n in values if entity.unit(n) not in edited])
        self._touch(name, row_id)

    def refused(self, sent: Sent, reason: str) -> None:
        """Not taken: set aside for a person, unless it is of a record that the server does not know."""
        if reason != UNKNOWN or sent[0] not in ("upd", "del"):
            setting_aside.refused(self.store, self.scope, sent, reason)
        elif not self.old:  # else it waits, and the server is asked once more
            self._unknown(sent)

    def _unknown(self, sent: Sent) -> None:
        """The server no longer has a record that we edited: it goes out as a whole; one that we deleted is done with."""
        act, name, row_id, numbers = sent
        counted = self.store.query(f'SELECT _h FROM "{name}" WHERE id = ? AND _h IS NOT NULL', (row_id,))
        self._lost += [digest for (digest,) in counted]
        if act == "upd":
            verifying.offer_as_new(self.store, name, [row_id])
            return
        self.store.query(f'UPDATE "{name}" SET _h = NULL WHERE id = ?', (row_id,))
        for field, number in numbers.items():
            self.store.query(
                "DELETE FROM sync_pending WHERE tbl = ? AND row_id = ? AND field = ? AND edit_no = ?",
                (name, row_id, field, number),
            )
        shadows.unshade(self.store, name, row_id, list(numbers))

    def unseen(self, patch: Patch) -> None:
        """Values that we did not have when we sent; of a record that we do not have, a conflict, all of them."""
        name, row_id, _, _, values = patch
        if (name, row_id) in self.away:
            return
        if not self._exists(name, row_id):
            self.whole(name, ["id", *values], [[row_id], *([v] for v in values.values())])
        else:
            self.patch(patch)

    def _exists(self, name: str, row_id: str) -> bool:
        return bool(self.store.query(f'SELECT 1 FROM "{name}" WHERE id = ?', (row_id,)))

    def _here(self, name: str, row_id: str) -> bool:
        """Whether a record is here and kept in this scope: news of one that moved since comes from elsewhere."""
        return bool(self.store.query(f'SELECT 1 FROM "{name}" WHERE id = ? AND scope = ?', (row_id, self.scope)))

    def _show(self, entity: Entity, row_id: str, values: Values, by: str, hlc: int) -> None:
        verb = shadows.show(self.store, entity, row_id, values, by, hlc, hlc >> HLC_BITS)
        if verb is not None:
            self._note(entity.name, row_id, verb)

    def finish(self) -> None:
        """Gives every touched record its sequence and hash, the scope its count and sum, the clock what it heard."""
        for name, ids in self._touched.items():
            self._restamp(SYNCED[name], sorted(ids))
        count, total = self.store.query("SELECT cnt, sum FROM sync_scope WHERE scope = ?", (self.scope,))[0]
        count += len(self._gained) - len(self._lost)
        self.store.query(
            "UPDATE sync_scope SET cnt = ?, sum = ? WHERE scope = ?",
            (count, plus(total, self._gained, self._lost), self.scope),
        )
        self.store.query("UPDATE sync_device SET hlc = max(hlc, ?)", (self._latest,))

    def _restamp(self, entity: Entity, ids: list[str]) -> None:
        given = _json.encode(ids).decode()
        under: dict[str, Values] = {}
        for row_id, field, value in self.store.query(
            "SELECT row_id, field, value FROM sync_shadow WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?))",
            (entity.name, given),
        ):
            under.setdefault(row_id, {})[field] = value
        names = (*payload(entity), DELETED)
        listed = ", ".join(f'"{n}"' for n in ("id", "_h", "extra", *names))
        stamped: list[tuple[int | None, int | None, str]] = []
        for row_id, before, extra, *values in self.store.query(
            f'SELECT {listed} FROM "{entity.name}" WHERE id IN (SELECT value FROM json_each(?))', (given,)
        ):
            shown = dict(zip(names, values, strict=True))
            image = shown | extra_values(extra) | under.get(row_id, {})
            deleted = image.pop(DELETED)
            digest = None if deleted is not None else row_hash(entity.name, row_id, image)
            self._gained += [digest] if digest is not None else []
            self._lost += [before] if before is not None else []
            told = deleted is None or shown[DELETED] is not None  # of one deleted there, no page tells what was written
            stamped.append((self.seq if told else None, digest, row_id))
        stamp = f'UPDATE "{entity.name}" SET _seq = coalesce(?, _seq), _h = ? WHERE id = ?'
        self.store.db.conn.executemany(stamp, stamped)
