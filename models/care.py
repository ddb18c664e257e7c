"""Titipan: guests of another village, served at an event, whose records are left in that village's care.

During an event new records may be made for any village of the same kabupaten. They are sent there, and
once the server has them they leave this laptop; for the rest of the day they can be recalled for printing.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models import access
from models.custody import CARED_FOR, EARLY, LATE
from models.database import SETUP, Connection
from models.entities import SYNCED
from models.i18n import Words
from models.reference import VILLAGE_DIGITS, kecamatan_of
from models.sql import insert
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

NO_EVENT = Words(
    "{count} data untuk kelurahan lain menunggu. Titipan hanya bisa dikirim di sekitar hari kegiatan; hubungi Dinas.",
    "{count} records for another village wait. They can be sent only around the day of an event; call the Dinas.",
)


def event_for(store: Store, village: str, early: timedelta = EARLY, late: timedelta = LATE) -> str:
    """The event under which records may be left with a village now; empty when none runs in its kabupaten.

    `early` and `late` say how far from its days still counts: by default as far as records may be sent.
    """
    today = store.clock.today()
    found = store.query(
        "SELECT id, held_on, coalesce(until, held_on) FROM event e WHERE deleted IS NULL AND state <> 'cancelled' "
        "AND scope LIKE ? || '__' AND EXISTS (SELECT 1 FROM sync_scope s WHERE s.scope = e.scope "
        "AND s.access IN ('read', 'write')) ORDER BY held_on DESC",
        (village[:4],),
    )
    for event_id, first, last in found:
        with suppress(ValueError):
            if date.fromisoformat(first) - early <= today <= date.fromisoformat(last) + late:
                return event_id
    return ""


def is_received(store: Store, village: str) -> bool:
    """Whether people of a village are received as guests today: an event is held, and it is not one of ours."""
    day = timedelta()
    return is_guest(store, village) and bool(event_for(store, village, day, day))


def is_guest(store: Store, scope: str) -> bool:
    """Whether records of a scope will leave this laptop: it belongs to a village that this account does not hold."""
    held = dict(store.query("SELECT scope, access FROM sync_scope"))
    return bool(held) and len(scope) == VILLAGE_DIGITS and held.get(scope) not in ("read", "write")


def chip(store: Store, scope: str) -> Words | None:
    """`Titipan: Kec. Lumbang` for a guest's record; None for one that stays."""
    there = kecamatan_of(scope) if is_guest(store, scope) else None
    return Words(f"Titipan: {there.title}", f"Guest from {there.title}") if there else None


def open_lanes(store: Store) -> None:
    """Makes ready to send what was made for villages that this account does not hold."""
    for scope in _guests(store):
        if event_for(store, scope):
            store.query(
                "INSERT INTO sync_scope (scope, access) VALUES (?, 'care') "
                "ON CONFLICT DO UPDATE SET access = 'care' WHERE access = ''",
                (scope,),
            )


def _guests(store: Store) -> set[str]:
    if not store.query("SELECT 1 FROM sync_scope LIMIT 1"):
        return set()
    found: set[str] = set()
    for name in CARED_FOR:
        found |= {
            scope
            for (scope,) in store.query(
                f'SELECT DISTINCT r.scope FROM sync_pending p JOIN "{name}" r ON r.id = p.row_id WHERE p.tbl = ? '
                "AND p.field = '' AND length(r.scope) = ? AND r.scope NOT IN "
                "(SELECT scope FROM sync_scope WHERE access NOT IN ('', 'care'))",
                (name, VILLAGE_DIGITS),
            )
        }
    return found


def stranded(store: Store) -> int:
    """How many new records wait for a village of which nobody here may send anything now."""
    scopes = [scope for scope in _guests(store) if not event_for(store, scope)]
    return sum(
        store.query(
            f"SELECT count(*) FROM sync_pending p JOIN \"{name}\" r ON r.id = p.row_id WHERE p.tbl = ? AND p.field = '' "
            "AND r.scope IN (SELECT value FROM json_each(?))",
            (name, json.dumps(scopes)),
        )[0][0]
        for name in (CARED_FOR if scopes else ())
    )


def keep_for_today(store: Store, name: str, ids: list[str]) -> None:
    """Remembers records that leave now, until the office's day is over."""
    today = store.clock.today().isoformat()
    store.query("DELETE FROM cared_for WHERE day < ?", (today,))
    for row_id in ids:
        row = store.get(name, row_id) or {}
        about = row_id if name == "owner" else row.get("owner_id") or ""
        text = json.dumps(row | {"extra": json.dumps(row.get("extra") or {})}, ensure_ascii=False)
        store.query("INSERT OR REPLACE INTO cared_for VALUES (?, ?, ?, ?, ?)", (name, row_id, about, today, text))


def guests_today(store: Store) -> list[tuple[str, str, str]]:
    """(owner id, name, village code) of the guests whose records were handed on today."""
    rows = _kept(store, "tbl = 'owner'", ())
    return [(row["id"], row["name"], row["scope"]) for _, row in rows]


@contextmanager
def recalled(store: Store, owner_id: str) -> Generator[None]:
    """Inside, a guest handed on today is here once more, so that a paper can be made.

    Nothing of it stays but the lines about who saw a whole NIK.
    """
    seen: list[access.Viewing] = []
    rows = _kept(store, "owner_id = ?", (owner_id,))
    with suppress(_PutBack), store.transaction(applying=True):
        for name, row in rows:
            store.query(f"{insert(name, row)} ON CONFLICT DO NOTHING", list(row.values()))
        before = len(access.viewings(store, "owner", owner_id))
        yield
        seen = access.viewings(store, "owner", owner_id)
        seen = seen[: len(seen) - before]
        raise _PutBack
    access.note(store, reversed(seen))


class _PutBack(Exception):
    """Ends a transaction without keeping anything."""


def _kept(store: Store, where: str, values: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    today = store.clock.today().isoformat()
    query = f"SELECT tbl, body FROM cared_for WHERE day = ? AND {where} ORDER BY row_id"
    return [(name, json.loads(body)) for name, body in store.query(query, (today, *values)) if name in SYNCED]


def set_up(db: "Database") -> None:
    """Makes the table where it is missing."""
    conn: Connection = db.conn
    conn.execute(
        "CREATE TABLE IF NOT EXISTS cared_for (tbl TEXT NOT NULL, row_id TEXT NOT NULL, owner_id TEXT NOT NULL, "
        "day TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tbl, row_id)) WITHOUT ROWID"
    )


SETUP.append(set_up)
