"""A set remembered in a few kilobytes: later it tells which members came and which went, without having kept them.

An invertible Bloom lookup table (Goodrich and Mitzenmacher, "Invertible Bloom Lookup Tables", 2011). Every
member goes into three cells, each of which holds a count and the XOR of its members' keys and checks. One
sketch taken from another leaves the sketch of their difference; a cell with a single member gives it away,
and taking it out of its other cells uncovers the next. About 300 members of difference come back whole,
however large the sets are; with more the answer is None, never a guess.
"""

import base64
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

THIRD = 150
CELLS = 3 * THIRD
_CELL = struct.Struct("<iQI")
_ODD = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of the members that only the later, and only the earlier set has."""

    came: frozenset[int]
    went: frozenset[int]


@dataclass(slots=True)
class Sketch:
    """The cells, column by column."""

    counts: list[int] = field(default_factory=lambda: [0] * CELLS)
    keys: list[int] = field(default_factory=lambda: [0] * CELLS)
    checks: list[int] = field(default_factory=lambda: [0] * CELLS)

    def put(self, key: int, count: int) -> None:
        """Add a member, or with -1 take it away."""
        check = _check(key)
        for cell in _cells(key):
            self.counts[cell] += count
            self.keys[cell] ^= key
            self.checks[cell] ^= check

    def text(self) -> str:
        """The sketch as base64 text of 9,600 characters."""
        cells = zip(self.counts, self.keys, self.checks, strict=True)
        return base64.b64encode(b"".join(_CELL.pack(*cell) for cell in cells)).decode()


def key_of(member: str) -> int:
    """The 64-bit key of a member."""
    return int.from_bytes(blake2b(member.encode(), digest_size=8).digest(), "big")


def _cells(key: int) -> tuple[int, int, int]:
    return key % THIRD, THIRD + (key >> 21) % THIRD, 2 * THIRD + (key >> 42) % THIRD


def _check(key: int) -> int:
    return (key * _ODD >> 29) & 0xFFFFFFFF


def sketch(members: Iterable[str]) -> Sketch:
    """The sketch of distinct members."""
    made = Sketch()
    for member in members:
        made.put(key_of(member), 1)
    return made


def from_text(text: str) -> Sketch | None:
    """What `Sketch.text` wrote; None for what is no sketch of this size."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    if len(data) != CELLS * _CELL.size:
        return None
    return Sketch(*(list(column) for column in zip(*_CELL.iter_unpack(data), strict=True)))


def difference(earlier: Sketch, later: Sketch) -> Difference | None:
    """Which keys came and went between two sketches; None when they are too many to tell."""
    left = Sketch(
        [now - then for then, now in zip(earlier.counts, later.counts, strict=True)],
        [then ^ now for then, now in zip(earlier.keys, later.keys, strict=True)],
        [then ^ now for then, now in zip(earlier.checks, later.checks, strict=True)],
    )
    found: dict[int, set[int]] = {1: set(), -1: set()}
    waiting = list(range(CELLS))
    while waiting:
        cell = waiting.pop()
        count, key = left.counts[cell], left.keys[cell]
        if count in found and left.checks[cell] == _check(key) and cell in _cells(key):
            found[count].add(key)
            left.put(key, -count)
            waiting += _cells(key)
    if any(left.counts) or any(left.keys):
        return None
    return Difference(frozenset(found[1]), frozenset(found[-1]))
