"""The bytes by which two computers agree that a record is the same, and the sums over them.

A record's canonical form is the JSON of `[entity, id, {field: value, …}]`: names sorted, nulls left
out, fields that this version does not know among the others. Its hash is BLAKE2b with 8 bytes, read
as a signed integer; a scope's sum is the sum of its live records' hashes with 64-bit wrap-around,
kept signed because SQLite turns an overflow into a float and PostgreSQL refuses it. That guards
against faults, not against an attacker.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from models.schema import Entity

# Set once when the record is made; sent and hashed like fields, never edited.
ORIGIN = ("created_at", "created_by")

BUCKETS = 256  # by which a difference between two copies of a scope is narrowed down

_MASK = (1 << 64) - 1
_SIGN = 1 << 63
_encode = msgspec.json.Encoder(order="sorted").encode


def payload(entity: Entity) -> tuple[str, ...]:
    """The names that travel and are hashed: the origin and every field, in the declared order."""
    return (*ORIGIN, *(f.name for f in entity.fields))


def row_hash(entity: str, row_id: str, values: Mapping[str, Any]) -> int:
    """The signed 64-bit hash of a record; `values` holds every field that is known of it."""
    known = {name: value for name, value in values.items() if value is not None}
    return int.from_bytes(blake2b(_encode((entity, row_id, known)), digest_size=8).digest(), "big", signed=True)


def plus(total: int, hashes: Iterable[int], minus: Iterable[int] = ()) -> int:
    """A sum with hashes added and taken away, wrapped into a signed 64-bit integer."""
    value = (total + sum(hashes) - sum(minus)) & _MASK
    return value - (1 << 64) if value & _SIGN else value


def bucket(row_id: str) -> int:
    """In which of the `BUCKETS` a record is summed: the end of an id is random, its beginning the time."""
    return int(row_id[-2:], 16)


def extra_text(unknown: Mapping[str, Any]) -> str | None:
    """Fields of a newer version as the canonical JSON of the `extra` column; None when there are none."""
    known = {name: unknown[name] for name in sorted(unknown) if unknown[name] is not None}
    return _encode(known).decode() if known else None


def extra_values(text: str | None) -> dict[str, Any]:
    """What `extra_text` wrote."""
    return msgspec.json.decode(text) if text else {}


def rows_of(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The whole records that travelled column by column, each with its id; the first column holds these."""
    for row_id, *values in zip(*columns, strict=True):
        row = dict(zip(names[1:], values, strict=True))
        yield row_id, row | extra_values(row.pop("extra", None))
