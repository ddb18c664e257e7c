"""A record on the screen, and the server's values under its unsent edits (`sync_shadow`).

The server's image of a record is the row on the screen with its shadow laid over it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from models.canonical import extra_values, payload
from models.conflicts import DELETED
from models.schema import Entity
from models.store import Store, Verb

Values = dict[str, Any]


def pending(store: Store, name: str, row_id: str) -> list[str]:
    """The fields of a record that wait to be sent; '' stands for the whole of a new one."""
    return [f for (f,) in store.query("SELECT field FROM sync_pending WHERE tbl = ? AND row_id = ?", (name, row_id))]


def shade(store: Store, name: str, row_id: str, values: Mapping[str, Any]) -> None:
    """Lays the server's values under unsent edits."""
    given = [(name, row_id, field, value) for field, value in values.items()]
    store.db.conn.executemany("INSERT OR REPLACE INTO sync_shadow VALUES (?, ?, ?, ?)", given)


def unshade(store: Store, name: str, row_id: str, fields: Iterable[str]) -> None:
    """From now on the server holds what is on the screen."""
    given = [(name, row_id, field) for field in fields]
    store.db.conn.executemany("DELETE FROM sync_shadow WHERE tbl = ? AND row_id = ? AND field = ?", given)


def show(store: Store, entity: Entity, row_id: str, values: Values, by: str, hlc: int, at: int) -> Verb | None:
    """Writes what differs onto the screen, with its history (`at` in milliseconds), and takes it out of the shadow."""
    row, more = on_screen(store, entity, row_id)
    known = {n: v for n, v in values.items() if n in row and row[n] != v}
    unknown = {n: v for n, v in values.items() if n not in row}
    unshade(store, entity.name, row_id, values)
    columns = dict(known)
    if unknown:
        extra = {n: v for n, v in (more | unknown).items() if v is not None}
        columns["extra"] = msgspec.json.encode(extra, order="sorted").decode()
    if not columns:
        return None
    assigned = ", ".join(f'"{n}" = ?' for n in columns)
    store.query(f'UPDATE "{entity.name}" SET {assigned} WHERE id = ?', (*columns.values(), row_id))
    store.db.conn.executemany(
        "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(entity.name, row_id, hlc, field, row[field], value, at, by) for field, value in known.items()],
    )
    return "deleted" if known.get(DELETED) else "changed"


def on_screen(store: Store, entity: Entity, row_id: str) -> tuple[Values, Values]:
    """The columns of a record as they stand, and the values of a newer program's fields."""
    names = (*payload(entity), DELETED)
    listed = ", ".join(f'"{n}"' for n in (*names, "extra"))
    *values, extra = store.query(f'SELECT {listed} FROM "{entity.name}" WHERE id = ?', (row_id,))[0]
    return dict(zip(names, values, strict=True)), extra_values(extra)
