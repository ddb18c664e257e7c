"""Owners who may be registered twice: found by what they share, with reasons, decided by people.

Each owner stands in a few *blocks*: the same NIK, phone or NIB, the same name, a like name in the same
village or born on the same day. Only owners who share a block are compared. The blocks of those who
changed are made anew when somebody asks (`models/touched.py`). A block that many share (an office's own phone, a very common name) is no evidence.

"Not the same person" is a record of its own (`distinct_pair`), so it holds on every laptop.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from models import touched
from models.database import SETUP, make_anew
from models.likeness import LIKELY, Likeness, compare
from models.names import code, sound
from models.people import name_of
from models.schema import Row
from models.sql import numbers
from models.store import Changes, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

MANY = 20  # owners in one block; more of them are no hint
BATCH = 5_000
_COMPARED = "{o}.deleted IS NULL AND {o}.informed <> 'refused'"  # nobody compares whom nobody may keep
_COLUMNS: tuple[str, ...] = ("rowid", "id", "name", "nik", "phone", "village", "rw", "address", "birth_date", "sex")
_PAIR_NAMESPACE = uuid.UUID("6b0f6f0e-2a34-7c1e-9a55-0d6c1d4c7a11")

_MAKE = (
    "CREATE TABLE owner_block (block INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (block, doc)) WITHOUT ROWID",
    "CREATE INDEX owner_block_doc ON owner_block (doc)",
    "CREATE TABLE owner_pair (a INTEGER NOT NULL, b INTEGER NOT NULL, score INTEGER NOT NULL, PRIMARY KEY (a, b))"
    " WITHOUT ROWID",
    "CREATE INDEX owner_pair_b ON owner_pair (b)",
    "DELETE FROM setting WHERE key IN ('touched:blocks', 'touched:pairs')",
)
_DROP = ("DROP TABLE IF EXISTS owner_block", "DROP TABLE IF EXISTS owner_pair")
_VERSION = 1  # raise it when names, blocks or weights change: everybody is then compared anew


def set_up(db: "Database") -> None:
    """Make the tables where they are missing or were made by another version; everybody is then compared anew."""
    make_anew(db.conn, "duplicates", (_MAKE, _VERSION), _DROP + _MAKE)


SETUP.append(set_up)


def blocks(owner: Mapping[str, Any]) -> list[int]:
    """The blocks of an owner (with `nibs`), as whole numbers."""
    name, village, born = str(owner.get("name") or ""), owner.get("village"), owner.get("birth_date")
    heard = sound(name)
    parts = [
        ("nik", owner.get("nik")), ("phone", owner.get("phone")), ("name", code(name)),
        ("place", heard and village and f"{heard} {village}"), ("born", heard and born and f"{heard} {born}"),
        ("day", heard and born and village and f"{heard[0]} {born} {village}"),
        *(("nib", nib) for nib in owner.get("nibs") or ()),
    ]  # fmt: skip
    return [_number(sort, value) for sort, value in parts if value]


def _number(sort: str, value: str) -> int:
    digest = hashlib.blake2b(f"{sort}:{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def refresh(store: Store) -> None:
    """Make the blocks of those who changed."""
    docs, last = touched.since(store, "blocks", BATCH)
    while docs:
        rows = [(block, doc) for doc, owner in _owners(store, docs).items() for block in blocks(owner)]
        with store.transaction():
            store.query(f"DELETE FROM owner_block WHERE doc IN ({numbers(docs)})")
            store.db.conn.executemany("INSERT INTO owner_block VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
            touched.seen(store, "blocks", last)
        docs, last = touched.since(store, "blocks", BATCH)


def _owners(store: Store, docs: Iterable[int]) -> dict[int, Row]:
    """Live owners by doc, with the NIBs and names of their businesses."""
    listed = numbers(docs)
    found = store.query(
        f"SELECT {', '.join(_COLUMNS)} FROM owner WHERE {_COMPARED.format(o='owner')} AND rowid IN ({listed})"
    )
    owners: dict[int, Row] = {}
    for values in found:
        owners[values[0]] = dict(zip(_COLUMNS, values, strict=True)) | {"nibs": list[str](), "businesses": list[str]()}
    for doc, nib, name in store.query(
        "SELECT o.rowid, b.nib, b.name FROM owner o JOIN business b ON b.owner_id = o.id AND b.deleted IS NULL"
        f" WHERE {_COMPARED.format(o='o')} AND o.rowid IN ({listed})"
    ):
        owners[doc]["nibs"] += [nib] if nib else []
        owners[doc]["businesses"].append(name)
    return owners


@dataclass(frozen=True, slots=True)
class Twin:
    """An owner who may be the one being typed."""

    owner: Row
    likeness: Likeness


def twins(store: Store, owner: Mapping[str, Any]) -> list[Twin]:
    """The owners whom a row being filled in resembles at all, the likeliest first."""
    refresh(store)
    candidates: set[int] = set()
    for block in blocks(owner):
        docs = store.query("SELECT doc FROM owner_block WHERE block = ? LIMIT ?", (block, MANY + 1))
        if len(docs) <= MANY:
            candidates |= {doc for (doc,) in docs}
    today = store.clock.today()
    others = [o for o in _owners(store, candidates).values() if o["id"] != owner.get("id")]
    distinct = distinct_from(store, owner["id"]) if owner.get("id") else set[str]()
    found = [Twin(o, compare(owner, o, today)) for o in others if o["id"] not in distinct]
    return sorted(found, key=lambda t: (-t.likeness.score, t.owner["id"]))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two registered owners who may be one person."""

    one: Row
    other: Row
    likeness: Likeness


def sweep(store: Store) -> int:
    """Compare everybody who changed since the last time; answers how many pairs are known now."""
    refresh(store)
    stale, last = touched.since(store, "pairs")
    if stale:
        scored = _scored(store, _neighbours(store, stale))
        with store.transaction():
            for side in ("a", "b"):
                store.query(f"DELETE FROM owner_pair WHERE {side} IN ({numbers(stale)})")
            store.db.conn.executemany("INSERT INTO owner_pair VALUES (?, ?, ?)", scored)
            touched.seen(store, "pairs", last)
    return store.query("SELECT count(*) FROM owner_pair")[0][0]


def _neighbours(store: Store, stale: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of owners who share a block that is no crowd, one of them stale; the smaller doc first."""
    found: set[tuple[int, int]] = set()
    changed = set(stale)
    rows = store.query(
        "SELECT block, doc FROM owner_block WHERE block IN (SELECT block FROM owner_block WHERE block IN"
        f" (SELECT block FROM owner_block WHERE doc IN ({numbers(stale)}))"
        " GROUP BY block HAVING count(*) BETWEEN 2 AND ?) ORDER BY block, doc", (MANY,))  # fmt: skip
    for _, group in groupby(rows, key=itemgetter(0)):
        docs = [doc for _, doc in group]
        found.update(pair for pair in combinations(docs, 2) if pair[0] in changed or pair[1] in changed)
    return sorted(found)


def _scored(store: Store, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The pairs that are likely enough, with their score."""
    today, scored = store.clock.today(), list[tuple[int, int, int]]()
    for start in range(0, len(pairs), BATCH):
        chunk = pairs[start : start + BATCH]
        owners = _owners(store, {doc for pair in chunk for doc in pair})
        for a, b in chunk:
            score = compare(owners[a], owners[b], today).score
            scored += [(a, b, score)] if score >= LIKELY else []
    return scored


_OPEN = f"""FROM owner_pair p JOIN owner a ON a.rowid = p.a AND {_COMPARED.format(o="a")}
 JOIN owner b ON b.rowid = p.b AND {_COMPARED.format(o="b")}
 WHERE NOT EXISTS (SELECT 1 FROM distinct_pair d WHERE d.deleted IS NULL
   AND (d.owner_id = a.id AND d.other_id = b.id OR d.owner_id = b.id AND d.other_id = a.id))"""


def count(store: Store) -> int:
    """How many pairs wait for somebody's decision, as of the last sweep."""
    return store.query(f"SELECT count(*) {_OPEN}")[0][0]


def pairs(store: Store, most: int = 200) -> list[Pair]:
    """The pairs that wait for a decision, the likeliest first, as of the last sweep."""
    found = store.query(f"SELECT p.a, p.b {_OPEN} ORDER BY p.score DESC, p.a, p.b LIMIT ?", (most,))
    owners = _owners(store, {doc for pair in found for doc in pair})
    today = store.clock.today()
    return [Pair(owners[a], owners[b], compare(owners[a], owners[b], today)) for a, b in found]


def pairs_of(store: Store) -> list[tuple[str, str]]:
    """The ids of every pair that waits for a decision, as of the last sweep."""
    return store.query(f"SELECT a.id, b.id {_OPEN}")


def distinct_from(store: Store, owner_id: str) -> set[str]:
    """The owners of whom somebody said that they are other people than this one."""
    mine = {r["other_id"] for r in store.find("distinct_pair", owner_id=owner_id)}
    return mine | {r["owner_id"] for r in store.find("distinct_pair", other_id=owner_id)}


def not_the_same(store: Store, one: str, other: str, note: str = "") -> Changes:
    """Two owners are different people: remembered everywhere, never asked again.

    The record's id follows from the two, so that two laptops deciding alike make one record.
    """
    first, second = sorted((one, other))
    pair_id = str(uuid.uuid5(_PAIR_NAMESPACE, f"{first} {second}"))
    row: Row = {
        "id": pair_id, "owner_id": first, "other_id": second, "decided_on": store.clock.today().isoformat(),
        "decided_by": name_of(store, store.user) or None, "note": note,
    }  # fmt: skip
    return store.restore("distinct_pair", pair_id) | store.save("distinct_pair", row)


def maybe_the_same(store: Store, one: str, other: str) -> Changes:
    """Takes `not_the_same` back."""
    first, second = sorted((one, other))
    return store.delete("distinct_pair", str(uuid.uuid5(_PAIR_NAMESPACE, f"{first} {second}")))
