"""What each sync did, kept: how many records of which sort went and came, what waits, whether both sides are equal.

A receipt names no owner. It is written once a sync that carried something is over, by line or by stick.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from models.canonical import plus
from models.clock import from_iso
from models.database import SETUP, Connection
from models.outbox import scopes
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT = 200  # the newest
Way = Literal["line", "stick"]
Stand = tuple[int, int, int]  # last number, live records, sum of their hashes
_json = msgspec.json
_Sent = tuple[str, str, str, dict[str, int]]  # act, entity, id, {field: number of the edit}


@dataclass(frozen=True, slots=True)
class Line:
    """One sort of record: how many were sent, came and wait; how many differed and were made equal."""

    entity: str
    sent: int = 0
    received: int = 0
    waiting: int = 0
    mended: int = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """What the server signed of how the scopes stand there: the text, the signature, whether the server's key made it."""

    text: str
    signature: str  # base64
    genuine: bool

    @property
    def stands(self) -> dict[str, Stand]:
        """How each scope stood on the server, by what it signed."""
        return _json.decode(self.text, type=tuple[str, str, dict[str, Stand]])[2]


@dataclass(frozen=True, slots=True)
class Done:
    """What a sync did, as the engine counted it; `equal` is None while nothing was compared."""

    sent: Mapping[str, int] = field(default_factory=dict[str, int])  # by entity
    received: Mapping[str, int] = field(default_factory=dict[str, int])
    mended: Mapping[str, int] = field(default_factory=dict[str, int])
    refused: int = 0
    equal: bool | None = None
    way: Way = "line"
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class SyncReceipt:
    """A receipt as it was kept. `sum` is over everything that the laptop holds of its scopes."""

    id: int
    at: datetime
    way: Way
    lines: tuple[Line, ...]
    refused: int
    equal: bool | None
    sum: str
    seal: Seal | None = None  # of a server that signs

    @property
    def sent(self) -> int:
        """How many records went."""
        return sum(line.sent for line in self.lines)

    @property
    def received(self) -> int:
        """How many records came."""
        return sum(line.received for line in self.lines)

    @property
    def mended(self) -> int:
        """How many differed from the server's and were fetched again."""
        return sum(line.mended for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many still waited when it was over."""
        return sum(line.waiting for line in self.lines)


def _set_up(db: "Database") -> None:
    conn: Connection = db.conn
    conn.execute(
        "CREATE TABLE IF NOT EXISTS sync_receipt (id INTEGER PRIMARY KEY, at TEXT NOT NULL, way TEXT NOT NULL,"
        " lines TEXT NOT NULL, refused INTEGER NOT NULL, equal INTEGER, sum TEXT NOT NULL, seal TEXT)"
    )
    if "seal" not in {row[1] for row in conn.execute("PRAGMA table_info(sync_receipt)")}:
        conn.execute("ALTER TABLE sync_receipt ADD COLUMN seal TEXT")


SETUP.append(_set_up)


def sent_of(store: Store, scope: str, ctr: int, refused: Collection[int]) -> Counter[str]:
    """What a batch in flight carries, by entity, without the operations at the refused places."""
    found = store.query("SELECT map FROM sync_inflight WHERE scope = ? AND ctr = ?", (scope, ctr))
    sent = _json.decode(found[0][0], type=list[_Sent]) if found else []
    return Counter(entity for place, (_, entity, _, _) in enumerate(sent) if place not in refused)


def keep(store: Store, done: Done) -> None:
    """Write the receipt of a sync; one that carried nothing leaves none."""
    carried = (*done.sent.values(), *done.received.values(), *done.mended.values())
    if not (any(carried) or done.refused):
        return
    waiting: dict[str, int] = dict(store.query("SELECT tbl, count(DISTINCT row_id) FROM sync_pending GROUP BY tbl"))
    lines = [
        Line(entity, *(counted.get(entity, 0) for counted in (done.sent, done.received, waiting, done.mended)))
        for entity in {**done.sent, **done.received, **done.mended, **waiting}
    ]
    told = _json.encode(lines).decode(), done.refused, done.equal, whole_sum(store), _json.encode(done.seal).decode()
    with store.transaction():
        store.query(
            "INSERT INTO sync_receipt (at, way, lines, refused, equal, sum, seal) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (store.clock.stamp(), done.way, *told),
        )
        store.query(f"DELETE FROM sync_receipt WHERE id <= (SELECT max(id) - {KEPT} FROM sync_receipt)")


def kept(store: Store, most: int = KEPT) -> list[SyncReceipt]:
    """The newest receipts, newest first."""
    found = store.query(
        "SELECT id, at, way, lines, refused, equal, sum, seal FROM sync_receipt ORDER BY id DESC LIMIT ?", (most,)
    )
    return [
        SyncReceipt(number, from_iso(at), way, _json.decode(lines, type=tuple[Line, ...]), refused,
                    None if equal is None else bool(equal), whole, _json.decode(seal or "null", type=Seal | None))
        for number, at, way, lines, refused, equal, whole, seal in found
    ]  # fmt: skip


def whole_sum(store: Store) -> str:
    """The sums of all scopes added up, in groups of four: `9f3a c2d1 77b0 04ee`."""
    return grouped(plus(0, [scope.sum for scope in scopes(store).values()]))


def grouped(total: int) -> str:
    """A sum as people compare it."""
    digits = f"{total & (1 << 64) - 1:016x}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
