"""Which owners changed since somebody last looked: one note an owner, whoever wrote, whoever asks.

Triggers give an owner the next number when the owner's record, a business or its yearly figures change.
Each reader (the blocks of duplicates, their pairs, the quality of data) remembers up to which number it
has worked, so what it keeps is made anew in one batch when it is asked for, and a bulk pull costs little.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.assessments import ASSESSMENT
from models.businesses import BUSINESS
from models.database import SETUP, Connection, make_anew
from models.owners import OWNER
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

_OWNER = "(SELECT rowid FROM owner WHERE id = {row}.owner_id)"
_OWNER_OF = "(SELECT o.rowid FROM business b JOIN owner o ON o.id = b.owner_id WHERE b.id = {row}.business_id)"
_WATCHED = {OWNER: "{row}.rowid", BUSINESS: _OWNER, ASSESSMENT: _OWNER_OF}
_NOTE = (
    "BEGIN INSERT INTO owner_touched SELECT {doc}, (SELECT coalesce(max(n), 0) + 1 FROM owner_touched)"
    " WHERE {doc} IS NOT NULL ON CONFLICT DO UPDATE SET n = excluded.n; END"
)


def _triggers() -> list[str]:
    made: list[str] = []
    for entity, doc in _WATCHED.items():
        columns = ", ".join(f'"{name}"' for name in [*(f.name for f in entity.fields), "deleted"])
        events = {"insert": ("INSERT", "NEW"), "update": (f"UPDATE OF {columns}", "NEW"), "delete": ("DELETE", "OLD")}
        if entity is BUSINESS:
            events["moved"] = ("UPDATE OF owner_id", "OLD")
        for name, (event, row) in events.items():
            note = _NOTE.format(doc=doc.format(row=row))
            made.append(f"CREATE TRIGGER touched_{entity.name}_{name} AFTER {event} ON {entity.name} {note}")
    return made


_MAKE = (
    "CREATE TABLE owner_touched (doc INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
    "CREATE INDEX owner_touched_n ON owner_touched (n)",
    "INSERT INTO owner_touched SELECT rowid, rowid FROM owner",
    "DELETE FROM setting WHERE key LIKE 'touched:%'",
    *_triggers(),
)


def set_up(db: "Database") -> None:
    """Make the table and the triggers where they are missing or were made for other declarations."""
    make_anew(db.conn, "touched", _MAKE, _statements(db.conn))


def _statements(conn: Connection) -> Iterator[str]:
    for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE name LIKE 'touched\\_%' ESCAPE '\\'").fetchall():
        yield f"DROP TRIGGER {name}"
    yield "DROP TABLE IF EXISTS owner_touched"
    yield from _MAKE


SETUP.append(set_up)


def since(store: Store, reader: str, most: int = -1) -> tuple[list[int], int]:
    """The owners (row numbers) touched since a reader's last time, at most so many, and the number to remember."""
    known = store.setting(f"touched:{reader}", 0)
    found = store.query("SELECT doc, n FROM owner_touched WHERE n > ? ORDER BY n LIMIT ?", (known, most))
    return [doc for doc, _ in found], found[-1][1] if found else known


def seen(store: Store, reader: str, n: int) -> None:
    """A reader has worked up to a number; inside its own transaction."""
    store.set_setting(f"touched:{reader}", n)
