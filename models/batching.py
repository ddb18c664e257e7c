"""A batch in the making: what waits of some records, as the exact bytes to send and what they stand for."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from models.canonical import extra_values, payload
from models.conflicts import DELETED
from models.schema import Entity, Row
from models.store import Store

LARGEST = 4 << 20  # characters of one batch, before compression
MOST_OPERATIONS = 4_500  # in one batch; a record's edits are never parted, so this stays below the server's limit
CHUNK = 500  # records read at a time

Edit = tuple[str, int, int, int]  # field, base, hlc, number

# What the map of a batch says of one operation: act, entity, id, {field: number of the edit}.
Sent = tuple[str, str, str, dict[str, int]]

_encode = msgspec.json.encode


class Batch:
    """A batch being put together."""

    def __init__(self, store: Store, scope: str, ctr: int, event: str = "") -> None:
        self.store, self.scope, self.ctr, self.event = store, scope, ctr, event
        self.size = 0
        self.ins: list[dict[str, Any]] = []
        self.upd: list[tuple[Any, ...]] = []
        self.cut: list[tuple[Any, ...]] = []
        self.mov: list[tuple[Any, ...]] = []
        self.map: dict[str, list[Sent]] = {"ins": [], "upd": [], "del": [], "mov": []}

    def row(self) -> tuple[str, int, bytes, str]:
        """What goes into sync_inflight."""
        parts = {"ins": self.ins, "upd": self.upd, "del": self.cut, "mov": self.mov, "event": self.event}
        body = {"scope": self.scope, "ctr": self.ctr} | {name: part for name, part in parts.items() if part}
        sent = [operation for part in self.map.values() for operation in part]
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

    def move(self, moves: Iterable[tuple[str, str, int, str]]) -> None:
        """Adds what shall move elsewhere: entity, id, stamp, the other scope."""
        for entity, row_id, hlc, target in moves:
            if not self._full(1):
                self.mov.append((entity, row_id, hlc, target))
                self.map["mov"].append(("mov", entity, row_id, {}))

    def _full(self, more: int) -> bool:
        return self.size >= LARGEST or sum(map(len, self.map.values())) + more > MOST_OPERATIONS

    def _edits(self, entity: Entity, ids: list[str]) -> dict[str, list[Edit]]:
        found = self.store.query(
            f'SELECT p.row_id, p.field, p.base, p.hlc, p.edit_no FROM sync_pending p JOIN "{entity.name}" r '
            "ON r.id = p.row_id WHERE p.tbl = ? AND p.row_id IN (SELECT value FROM json_each(?)) "
            "AND coalesce(p.base_scope, r.scope) = ? ORDER BY p.field",
            (entity.name, _encode(ids).decode(), self.scope),
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
        chosen = "WHERE id IN (SELECT value FROM json_each(?))"
        self.store.query(f'UPDATE "{entity.name}" SET _seq = 0 {chosen}', (_encode(ids).decode(),))
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
