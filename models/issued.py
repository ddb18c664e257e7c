"""Papers that left this laptop: what each was about, when, and what the records said then.

The code on a paper is its number and nothing else, so it tells a finder nothing. What the number stands
for is kept where it was printed, as ids: typed or scanned here, it opens the record and shows whether the
record has changed since. This never syncs: a sheet of paper is no fact about its owner, and a mass run
would make a thousand of them wait for a line.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.clock import from_iso
from models.database import SETUP, Connection
from models.entities import SYNCED
from models.schema import Row
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

CODE = "DAMPINGI:"
# A scanner types as a keyboard does; under another layout its signs come out as others.
_NUMBER = re.compile(r"(?:DAMPINGI[\W_])?([A-Z]{2,4})[\W_](\d{4})[\W_](\d{2})[\W_](\d{4,6})")
_LAST_DIGITS = re.compile(r"\d{6}")  # what stands below the code
_SPOKEN_OF = ("assessment", "consultation", "facilitation", "follow_up", "permit", "product")  # of an owner's file
_SUBJECTS = ("owner", "business")


@dataclass(frozen=True, slots=True)
class About:
    """What a paper is about: an owner, perhaps one business, perhaps one record (a session, a case, an event)."""

    owner_id: str = ""
    business_id: str = ""
    entity: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A paper to be kept: its number, its kind (`Paper.key`), and `state` of its records as it was set."""

    number: str
    paper: str
    about: About
    state: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was printed or saved here. `name` is that of its record; `gone`: it is no longer here."""

    number: str
    paper: str
    about: About
    at: datetime
    by: str
    name: str
    older: bool  # than the records are now
    gone: bool = False


def number_of(typed: str) -> str:
    """`RP/2026/11/417003` from what a scanner or a person typed; empty when it is no paper's number."""
    found = _NUMBER.fullmatch(typed.strip().upper())
    return "/".join(found.groups()) if found else ""


def about(store: Store, entity: str, record_id: str, owner_id: str = "", business_id: str = "") -> About:
    """What a paper is about; whose session or case it is, the record itself knows."""
    record = store.get(entity, record_id) if entity in SYNCED and record_id else None
    if record is None or entity in _SUBJECTS:
        return About(owner_id, business_id)
    return About(
        owner_id or str(record.get("owner_id") or ""), business_id or str(record.get("business_id") or ""),
        entity, record_id,
    )  # fmt: skip


def state(store: Store, of: About) -> str:
    """A fingerprint of the records that a paper is about; another one means that something changed."""
    rows = [row for rows in _records(store, of) for row in rows]
    text = json.dumps(rows, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _records(store: Store, of: About) -> Iterable[list[Row]]:
    if of.owner_id:
        yield store.find("owner", id=of.owner_id)
        yield store.find("business", **({"id": of.business_id} if of.business_id else {"owner_id": of.owner_id}))
        for entity in _SPOKEN_OF:
            whose = "owner_id" if "owner_id" in SYNCED[entity] else "business_id"
            wanted = getattr(of, whose)
            yield store.find(entity, **{whose: wanted}) if wanted else []
    if of.record_id:
        yield store.find(of.entity, id=of.record_id)
        for entity in SYNCED.values():
            if f"{of.entity}_id" in entity:
                yield store.find(entity.name, **{f"{of.entity}_id": of.record_id})


def keep(store: Store, issue: Issue) -> None:
    """Remember a paper when it leaves; printed again under its number it counts from the last time."""
    of = issue.about
    with store.transaction():
        store.query(
            "INSERT OR REPLACE INTO issued_paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (issue.number, issue.paper, of.owner_id, of.business_id, of.entity, of.record_id,
             store.clock.stamp(), store.user, issue.state),
        )  # fmt: skip


def find(store: Store, typed: str) -> list[Issued]:
    """The papers with this number, or with these last six digits, newest first."""
    number = number_of(typed)
    last = typed.strip() if _LAST_DIGITS.fullmatch(typed.strip()) else ""
    if not number and not last:
        return []
    found = store.query(
        "SELECT number, paper, owner_id, business_id, entity, record_id, at, by, state FROM issued_paper "
        "WHERE number = ? OR (? <> '' AND substr(number, -7) = '/' || ?) ORDER BY at DESC, number",
        (number, last, last),
    )
    return [_issued(store, *row) for row in found]


def _issued(store: Store, number: str, paper: str, *rest: str) -> Issued:
    of, (at, by, then) = About(*rest[:4]), rest[4:]
    business = store.find("business", id=of.business_id) if of.business_id else []
    if business:
        of = replace(of, owner_id=business[0]["owner_id"])  # merged meanwhile: its owner now
    owner = store.find("owner", id=of.owner_id) if of.owner_id else []
    record = store.find(of.entity, id=of.record_id) if of.record_id else []
    there = business or owner or record
    name = str(there[0].get("name") or "") if there else ""
    gone = bool(of.owner_id or of.record_id) and not there
    return Issued(number, paper, of, from_iso(at), by, name, state(store, of) != then, gone)


def set_up(db: "Database") -> None:
    """The table of papers."""
    conn: Connection = db.conn
    conn.execute(
        "CREATE TABLE IF NOT EXISTS issued_paper (number TEXT NOT NULL, paper TEXT NOT NULL, owner_id TEXT NOT NULL, "
        "business_id TEXT NOT NULL, entity TEXT NOT NULL, record_id TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, "
        "state TEXT NOT NULL, PRIMARY KEY (number, paper)) WITHOUT ROWID"
    )


SETUP.append(set_up)
