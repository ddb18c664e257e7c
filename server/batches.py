"""Taking a batch apart and looking at every value before any database sees it.

One bad record must not keep the others back, and PostgreSQL refuses a whole statement for one NUL:
what does not fit is refused operation by operation, with a code that the laptop has words for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from models.canonical import ORIGIN
from models.conflicts import CONFLICT
from models.custody import MOVABLE
from models.entities import SYNCED
from models.number_blocks import NUMBER_BLOCK
from models.reference_packs import REFERENCE_PACK
from models.schema import META
from models.staff import STAFF
from sync.protocol import MAX_OPERATIONS, MAX_TEXT, BadMessage, Batch, Columns, decode, is_id

Act = Literal["ins", "upd", "del", "mov"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SCOPE = re.compile(r"[0-9]{4}|[0-9]{6}|[0-9]{10}|global")
_VILLAGE = re.compile(r"[0-9]{10}")
_INT64 = 1 << 63

# Entities that laptops may not write, or of which they may write only some fields.
WRITABLE: dict[str, frozenset[str]] = {
    STAFF.name: frozenset(),
    REFERENCE_PACK.name: frozenset(),
    NUMBER_BLOCK.name: frozenset(),
    CONFLICT.name: frozenset({"state", "choice", "settled_by"}),
}
# Of these, what may be emptied: both values of somebody who was erased.
EMPTIED = frozenset({"kept", "lost"})
# What the server made and laptops may bring back to one that lost its memory.
KEPT = frozenset({NUMBER_BLOCK.name, CONFLICT.name})

_STORAGE: dict[str, dict[str, str]] = {
    e.name: {f.name: f.kind.storage for f in e.fields} | dict.fromkeys(ORIGIN, "text") for e in SYNCED.values()
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One record made, changed, deleted or moved to `target`; `place` is where it stands in the batch."""

    place: int
    act: Act
    entity: str
    id: str
    base: int
    hlc: int
    values: dict[str, Any]
    target: str = ""


@dataclass(slots=True)
class Plan:
    """A batch whose every operation was looked at."""

    scope: str
    ctr: int
    operations: list[Operation] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    event: str = ""
    epoch: str = ""

    @property
    def targets(self) -> set[str]:
        """The other scopes that it moves records to."""
        return {operation.target for operation in self.operations if operation.act == "mov"}


def read_batch(body: bytes, *, trusted: bool = False) -> Plan:
    """What a batch asks for; `BadMessage` when it is no batch. `trusted` lifts `WRITABLE` for the server itself."""
    batch = decode(body, Batch)
    if not _SCOPE.fullmatch(batch.scope) or not 0 < batch.ctr < _INT64:
        raise BadMessage("malformed")
    plan = Plan(batch.scope, batch.ctr, event=batch.event, epoch=batch.epoch)
    doubtful = {columns.t for columns in batch.ins if not _sound(columns, trusted=trusted)}
    for place, operation in enumerate(_operations(batch)):
        if place >= MAX_OPERATIONS:
            raise BadMessage("too-many")
        looked_at = operation.act == "ins" and operation.entity not in doubtful
        if not looked_at and (reason := fault(operation, trusted=trusted)):
            plan.refused.append((place, reason))
        else:
            plan.operations.append(operation)
    return plan


def _operations(batch: Batch) -> Iterator[Operation]:
    place = 0
    for columns in batch.ins:
        for row_id, hlc, values in _rows(columns):
            yield Operation(place, "ins", columns.t, row_id, 0, hlc, values)
            place += 1
    for entity, row_id, base, hlc, values in batch.upd:
        yield Operation(place, "upd", entity, row_id, base, hlc, values)
        place += 1
    for entity, row_id, base, hlc in batch.cut:
        yield Operation(place, "del", entity, row_id, base, hlc, {})
        place += 1
    for entity, row_id, hlc, target in batch.mov:
        yield Operation(place, "mov", entity, row_id, 0, hlc, {}, target)
        place += 1


def batch_of(plan: Plan, operations: Iterable[Operation]) -> Batch:
    """Some operations of a batch as a batch of their own; the server wrote down what it looked at."""
    batch = Batch(plan.scope, plan.ctr, event=plan.event)
    for op in operations:
        match op.act:
            case "ins":
                columns = {"id": op.id, "hlc": op.hlc} | op.values
                batch.ins.append(Columns(op.entity, list(columns), [[value] for value in columns.values()]))
            case "upd":
                batch.upd.append((op.entity, op.id, op.base, op.hlc, op.values))
            case "del":
                batch.cut.append((op.entity, op.id, op.base, op.hlc))
            case "mov":
                batch.mov.append((op.entity, op.id, op.hlc, op.target))
    return batch


def _rows(columns: Columns) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    if columns.f[:2] != ["id", "hlc"] or len(columns.f) != len(columns.c) or len(set(columns.f)) != len(columns.f):
        raise BadMessage("malformed")
    if len({len(c) for c in columns.c}) > 1:
        raise BadMessage("malformed")
    names = columns.f[2:]
    for row_id, hlc, *values in zip(*columns.c, strict=True):
        yield row_id, hlc, dict(zip(names, values, strict=True))


def _sound(columns: Columns, *, trusted: bool) -> bool:
    """Whether surely no record has a fault: looked at column by column, which takes a fraction of one by one."""
    kinds = _STORAGE.get(columns.t) if columns.t in SYNCED else None
    if kinds is None or len(columns.c) < 2 or (columns.t in WRITABLE and not trusted):
        return False
    ids, stamps, *values = columns.c
    return (
        set(map(type, ids)) == {str}
        and all(map(is_id, ids))
        and _all_fit("integer", stamps)
        and None not in stamps
        and min(stamps) >= 0
        and all(_all_fit(kinds.get(name), column) for name, column in zip(columns.f[2:], values, strict=False))
    )


def _all_fit(wanted: str | None, column: list[Any]) -> bool:
    values = [value for value in column if value is not None]
    match wanted, set(map(type, values)):
        case _, empty if not empty:
            return True
        case "text", types if types == {str}:
            return max(map(len, values)) <= MAX_TEXT and "\0" not in "".join(values)
        case "integer", types if types == {int}:
            return min(values) >= -_INT64 and max(values) < _INT64
        case _:
            return False  # then each is looked at by itself, and the one that does not fit is refused


def fault(operation: Operation, *, trusted: bool = False) -> str | None:
    """Why an operation cannot be taken; None when it can."""
    entity = SYNCED.get(operation.entity)
    if entity is None:
        return "unknown-entity"
    if type(operation.id) is not str or not is_id(operation.id):
        return "id"
    if not (_is_count(operation.hlc) and _is_count(operation.base)):
        return "stamp"
    if operation.act == "mov":
        return None if entity.name in MOVABLE and _VILLAGE.fullmatch(operation.target) else "target"
    if not trusted and not _may_write(operation):
        return "read-only"
    kinds = _STORAGE[entity.name]
    for name, value in operation.values.items():
        if value is not None and (reason := _misfit(kinds.get(name), name, value)):
            return reason
    return None


def _may_write(operation: Operation) -> bool:
    if operation.act == "ins" and operation.entity in KEPT:
        return True
    allowed = WRITABLE.get(operation.entity)
    if allowed is not None:
        written = {name for name, value in operation.values.items() if name not in EMPTIED or value is not None}
        return operation.act == "upd" and bool(allowed) and written <= allowed
    return operation.act != "upd" or not operation.values.keys() & set(ORIGIN)


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < _INT64


def _misfit(wanted: str | None, name: str, value: Any) -> str | None:
    """Why a value cannot stand under a name; `wanted` is how the name is stored, None for an unknown one."""
    if type(value) is str:
        if "\0" in value or len(value) > MAX_TEXT:
            return "text"
        stored = "text"
    elif type(value) is int and -_INT64 <= value < _INT64:
        stored = "integer"
    else:
        return "type"
    if wanted is not None:
        return None if wanted == stored else "type"
    return None if _NAME.fullmatch(name) and name not in META else "name"
