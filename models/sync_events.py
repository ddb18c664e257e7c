"""What sync did on this laptop, in words: the list "Riwayat kejadian"."""

from dataclasses import dataclass
from datetime import datetime

from models.clock import from_iso
from models.i18n import Words
from models.store import Store

KEPT = 200  # newest events


@dataclass(frozen=True, slots=True)
class SyncEvent:
    """One event. `sort` is `done`, `offline`, `clock`, `stick`, `refused` or `help`."""

    at: datetime
    sort: str
    words: Words


def record(store: Store, sort: str, words: Words) -> None:
    """Writes an event down; a line that stays away is one event however often it is tried."""
    newest = events(store, 1)
    if sort in ("offline", "help") and newest and (newest[0].sort, newest[0].words) == (sort, words):
        return
    with store.transaction():
        store.query(
            "INSERT INTO sync_event (at, sort, words_id, words_en) VALUES (?, ?, ?, ?)",
            (store.clock.stamp(), sort, words.id, words.en),
        )
        store.query(f"DELETE FROM sync_event WHERE id <= (SELECT max(id) - {KEPT} FROM sync_event)")


def events(store: Store, most: int = 50) -> list[SyncEvent]:
    """The newest events, newest first."""
    found = store.query("SELECT at, sort, words_id, words_en FROM sync_event ORDER BY id DESC LIMIT ?", (most,))
    return [SyncEvent(from_iso(at), sort, Words(id_, en)) for at, sort, id_, en in found]


def last_done(store: Store) -> datetime | None:
    """When everything was last sent and received."""
    at: str | None = store.setting("sync.last_ok")
    return from_iso(at) if at else None


def done(store: Store) -> None:
    """Remembers that everything was sent and received now."""
    store.set_setting("sync.last_ok", store.clock.stamp())
