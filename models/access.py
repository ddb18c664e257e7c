"""Who looked at private data: each showing of a whole NIK leaves a line on this laptop."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from models.database import SETUP, Connection
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLE = """
CREATE TABLE IF NOT EXISTS access_log (
  at TEXT NOT NULL, viewer TEXT NOT NULL, entity TEXT NOT NULL, record_id TEXT NOT NULL, field TEXT NOT NULL,
  purpose TEXT NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Viewing:
    """One showing of a private field: when (ISO 8601 UTC), to whom, of which record, what for."""

    at: str
    viewer: str
    entity: str
    record_id: str
    field: str
    purpose: str


def reveal(store: Store, entity: str, record_id: str, field: str, purpose: str = "screen") -> str:
    """The whole value of a private field; that it was shown is kept before it is.

    `purpose` is `screen` or for whom a paper was printed. Empty when the record has no such value.
    """
    found = store.get(entity, record_id)
    if found is None or not found.get(field):
        return ""
    note(store, [Viewing(store.clock.stamp(), store.user, entity, record_id, field, purpose)])
    return str(found[field])


def viewings(store: Store, entity: str, record_id: str) -> list[Viewing]:
    """Who saw private fields of a record, newest first."""
    found = store.query(
        "SELECT at, viewer, entity, record_id, field, purpose FROM access_log"
        " WHERE entity = ? AND record_id = ? ORDER BY rowid DESC",
        (entity, record_id),
    )
    return [Viewing(*values) for values in found]


def note(store: Store, seen: Iterable[Viewing]) -> None:
    """Write down what was shown, oldest first."""
    with store.transaction():
        store.db.conn.executemany("INSERT INTO access_log VALUES (?, ?, ?, ?, ?, ?)", map(astuple, seen))


def set_up(db: "Database") -> None:
    """Make the table where it is missing."""
    conn: Connection = db.conn
    conn.execute(_TABLE)


SETUP.append(set_up)
