"""A batch in the making: what waits of some records, as the exact bytes to send and what they stand for.

What was saved at once goes in one batch, so that the server never shows half of it. Each transaction leaves
a gap in the stamps (`Store.transaction`), and `sync_pending.since` is the stamp of an edit's first version:
nothing that was saved at once is parted where a record begins later than everything before it ends. Only
a large import has to be parted all the same, lest its first batch be too large for a poor line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from operator import attrgetter
from typing import Any

import msgspec
import zstandard

from models.canonical import extra_values, payload
from models.conflicts import DELETED
from models.schema import Entity, Row
from models.store import Store

LARGEST = 4 << 20  # bytes of one batch, before compression
MOST_OPERATIONS = 4_500  # in one batch; a record's edits are never parted, so this stays below the server's limit

Edit = tuple[str, int, int, int]  # field, base, hlc, number
Moving = tuple[str, str, int, str]  # entity, id, hlc, the other scope

TOGETHER = 300  # records that were saved at once and are not parted; more is an import

# What the map of a batch says of one operation: act, entity, id, {field: number of the edit}.
Sent = tuple[str, str, str, dict[str, int]]

_encode = msgspec.json.encode
_KNOWN = ("id", "deleted", "extra")  # what is read of a record before its payload


@dataclass(frozen=True, slots=True)
class Waits:
    """A record that waits: the stamp of its first unsent edit, all of them, and its columns as they stand."""

    since: int
    entity: Entity
    edits: list[Edit]
    columns: tuple[Any, ...]

    @property
    def new(self) -> bool:
        """Whether the server has never seen it."""
        return self.edits[0][0] == ""


def in_order(store: Store, entities: Iterable[Entity], scope: str) -> Iterator[Waits]:
    """What waits in a scope, read as it is asked for, in the order in which it was first edited."""
    return merge(*(_waiting(store, entity, scope) for entity in entities), key=attrgetter("since"))


def _waiting(store: Store, entity: Entity, scope: str) -> Iterator[Waits]:
    listed = ", ".join(f'r."{n}"' for n in (*_KNOWN, *payload(entity)))
    met: set[str] = set()
    for since, field, base, hlc, number, *columns in store.db.conn.execute(
        f'SELECT p.since, p.field, p.base, p.hlc, p.edit_no, {listed} FROM sync_pending p CROSS JOIN "{entity.name}" r '
        "ON r.id = p.row_id WHERE p.tbl = ? AND coalesce(p.base_scope, r.scope) = ? "
        "AND (p.field <> '' OR r.deleted IS NULL) ORDER BY p.since",
        (entity.name, scope),
    ):
        row_id = columns[0]
        if row_id not in met:
            met.add(row_id)
            edits = _edits(store, entity, row_id, scope) if field else [(field, base, hlc, number)]
            yield Waits(since, entity, edits, tuple(columns))


def _edits(store: Store, entity: Entity, row_id: str, scope: str) -> list[Edit]:
    return store.query(
        f'SELECT p.field, p.base, p.hlc, p.edit_no FROM sync_pending p JOIN "{entity.name}" r ON r.id = p.row_id '
        "WHERE p.tbl = ? AND p.row_id = ? AND coalesce(p.base_scope, r.scope) = ? ORDER BY p.field",
        (entity.name, row_id, scope),
    )  # pyright: ignore[reportReturnType]


def saved_together(records: Iterable[Waits], most: int) -> list[Waits]:
    """`most` records, or fewer when no more wait; more when what was saved at once would be parted."""
    taken: list[Waits] = []
    whole = latest = operations = size = 0
    for record in records:
        if record.since > latest + 1:  # nothing before it was saved together with it
            whole = len(taken)
            if whole >= most:
                return taken
        operations += len(record.edits)
        if len(taken) == most + TOGETHER or operations > MOST_OPERATIONS or size >= LARGEST:
            return taken[: whole or most]
        taken.append(record)
        latest = max(latest, *(hlc for _, _, hlc, _ in record.edits))
        size += len(_encode(record.columns))
    return taken


class Batch:
    """A batch being put together."""

    def __init__(self, store: Store, scope: str, ctr: int, event: str = "", epoch: str = "") -> None:
        self.store, self.scope, self.ctr, self.event, self.epoch = store, scope, ctr, event, epoch
        self.ins: list[dict[str, Any]] = []
        self.upd: list[tuple[Any, ...]] = []
        self.cut: list[tuple[Any, ...]] = []
        self.mov: list[tuple[Any, ...]] = []
        self.map: dict[str, list[Sent]] = {"ins": [], "upd": [], "del": [], "mov": []}

    def row(self) -> tuple[str, int, bytes, str]:
        """What goes into sync_inflight."""
        parts = {"ins": self.ins, "upd": self.upd, "del": self.cut, "mov": self.mov}
        texts = {"event": self.event, "epoch": self.epoch}
        body = {"scope": self.scope, "ctr": self.ctr} | {name: part for name, part in (parts | texts).items() if part}
        sent = [operation for part in self.map.values() for operation in part]
        return self.scope, self.ctr, packed(_encode(body)), _encode(sent).decode()

    def add(self, records: list[Waits]) -> None:
        """Adds records with all that waits of them."""
        entities: dict[str, list[Waits]] = {}
        for record in records:
            entities.setdefault(record.entity.name, []).append(record)
        for ours in entities.values():
            entity = ours[0].entity
            fresh = [record for record in ours if record.new]
            if fresh:
                self._insert(entity, fresh)
            names = (*_KNOWN, *payload(entity))
            for record in ours:
                if not record.new:
                    self._patch(entity, dict(zip(names, record.columns, strict=True)), record.edits)

    def move(self, moves: Iterable[Moving]) -> None:
        """Adds what shall move elsewhere."""
        for entity, row_id, hlc, target in moves:
            if sum(map(len, self.map.values())) < MOST_OPERATIONS:
                self.mov.append((entity, row_id, hlc, target))
                self.map["mov"].append(("mov", entity, row_id, {}))

    def _insert(self, entity: Entity, records: list[Waits]) -> None:
        ids, _, texts, *found = zip(*(record.columns for record in records), strict=True)
        stamps, numbers = zip(*((hlc, number) for [(_, _, hlc, number), *_] in (r.edits for r in records)), strict=True)
        columns = {"id": ids, "hlc": stamps} | dict(zip(payload(entity), found, strict=True))
        extras = [extra_values(text) for text in texts]
        for name in dict.fromkeys(n for extra in extras for n in extra):
            columns[name] = tuple(extra.get(name) for extra in extras)
        columns = {name: column for name, column in columns.items() if column.count(None) < len(ids)}
        self.ins.append({"t": entity.name, "f": list(columns), "c": list(columns.values())})
        self.map["ins"] += [("ins", entity.name, row_id, {"": n}) for row_id, n in zip(ids, numbers, strict=True)]
        chosen = "WHERE id IN (SELECT value FROM json_each(?))"
        self.store.query(f'UPDATE "{entity.name}" SET _seq = 0 {chosen}', (_encode(ids).decode(),))

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
        if gone is not None:
            _, base, hlc, number = gone[0]
            self.cut.append((*whole, base, hlc))
            self.map["del"].append(("del", *whole, {DELETED: number}))


def _members(entity: Entity, unit: str) -> Iterable[str]:
    return (f.name for f in entity.fields if entity.unit(f.name) == unit)


def packed(body: bytes) -> bytes:
    """The exact bytes of a batch as they are kept: a fifth of them has to be encrypted and written."""
    return zstandard.ZstdCompressor(level=1).compress(body)


def unpacked(kept: bytes) -> bytes:
    """What `packed` was given; files of older versions keep the bytes as they are."""
    return kept if kept.startswith(b"{") else zstandard.ZstdDecompressor().decompress(kept)
