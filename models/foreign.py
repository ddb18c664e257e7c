"""Records of sorts that a newer server knows and this program does not yet.

They are kept as they came, counted and hashed with everything else, so that both sides stay equal,
and move into their table when an update has brought the declaration.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from models.canonical import extra_values, payload, plus, row_hash
from models.database import SETUP, Connection
from models.entities import SYNCED
from models.sql import insert
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLE = """
CREATE TABLE IF NOT EXISTS sync_foreign (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL, _seq INTEGER NOT NULL, _h INTEGER,
  PRIMARY KEY (tbl, row_id)) WITHOUT ROWID
"""


def keep(
    store: Store, name: str, row_id: str, scope: str, seq: int, values: Mapping[str, Any]
) -> tuple[int, int | None]:
    """Keeps a record, or changes what is kept of it; its hash, and the one it had before.

    What another scope held of it until now no longer counts there.
    """
    _leave_other(store, name, row_id, scope)
    held, before = _held(store, name, row_id)
    row = {n: v for n, v in (held | dict(values)).items() if v is not None}
    digest = row_hash(name, row_id, row)
    body = msgspec.json.encode(row, order="sorted").decode()
    store.query(
        "INSERT OR REPLACE INTO sync_foreign VALUES (?, ?, ?, ?, ?, ?)", (name, row_id, scope, body, seq, digest)
    )
    return digest, before


def drop(store: Store, name: str, row_id: str, scope: str) -> int | None:
    """Forgets a record of a scope that was deleted or moved; the hash it had there."""
    found = store.query(
        "DELETE FROM sync_foreign WHERE tbl = ? AND row_id = ? AND scope = ? RETURNING _h", (name, row_id, scope)
    )
    return found[0][0] if found else None


def _leave_other(store: Store, name: str, row_id: str, scope: str) -> None:
    given = (name, row_id, scope)
    for other, digest in store.query(
        "DELETE FROM sync_foreign WHERE tbl = ? AND row_id = ? AND scope <> ? RETURNING scope, _h", given
    ):
        if digest is not None:
            uncount(store, other, digest)


def _held(store: Store, name: str, row_id: str) -> tuple[dict[str, Any], int | None]:
    found = store.query("SELECT body, _h FROM sync_foreign WHERE tbl = ? AND row_id = ?", (name, row_id))
    return (msgspec.json.decode(found[0][0]), found[0][1]) if found else ({}, None)


def set_up(db: "Database") -> None:
    """Makes the table where it is missing; moves what this program has learned to know."""
    conn: Connection = db.conn
    conn.execute(_TABLE)
    kept = [name for (name,) in conn.execute("SELECT DISTINCT tbl FROM sync_foreign") if name in SYNCED]
    conn.execute("UPDATE sync_device SET applying = 1")
    for name in kept:
        _move(conn, name)
    conn.execute("UPDATE sync_device SET applying = 0")


def uncount(store: Store, scope: str, digest: int) -> None:
    """A record no longer counts in a scope."""
    for count, total in store.query("SELECT cnt, sum FROM sync_scope WHERE scope = ?", (scope,)):
        store.query(
            "UPDATE sync_scope SET cnt = ?, sum = ? WHERE scope = ?", (count - 1, plus(total, (), (digest,)), scope)
        )


def _move(conn: Connection, name: str) -> None:
    carried = payload(SYNCED[name])
    rows: list[tuple[Any, ...]] = []
    for row_id, scope, body, seq, digest in conn.execute(
        "SELECT row_id, scope, body, _seq, _h FROM sync_foreign WHERE tbl = ?", (name,)
    ):
        row = extra_values(body)
        unknown = {n: v for n, v in row.items() if n not in carried}
        extra = msgspec.json.encode(unknown, order="sorted").decode()
        rows.append((row_id, scope, *map(row.get, carried), extra, seq, digest))
    columns = ("id", "scope", *carried, "extra", "_seq", "_h")
    conn.executemany(f"{insert(name, columns)} ON CONFLICT DO NOTHING", rows)
    conn.execute("DELETE FROM sync_foreign WHERE tbl = ?", (name,))


SETUP.append(set_up)
