"""Changes of the local file that a declaration cannot say. Append only: never edit an entry.

Added fields need no entry, `models/database.py` adds their columns. An entry is for what is
renamed, split or dropped; it runs once, in one transaction with all others that are due.
"""

from collections.abc import Callable
from typing import Any

Migration = Callable[[Any], None]  # takes the driver's connection


def _base_scope(conn: Any) -> None:
    """Edits say in which scope's numbers their base counts, since records may move."""
    if "base_scope" not in {row[1] for row in conn.execute("PRAGMA table_info(sync_pending)")}:
        conn.execute("ALTER TABLE sync_pending ADD COLUMN base_scope TEXT")


def _since(conn: Any) -> None:
    """Edits say since when they wait."""
    if "since" not in {row[1] for row in conn.execute("PRAGMA table_info(sync_pending)")}:
        conn.execute("ALTER TABLE sync_pending ADD COLUMN since INTEGER NOT NULL DEFAULT 0")
        conn.execute("UPDATE sync_pending SET since = hlc")


MIGRATIONS: tuple[Migration, ...] = (_base_scope, _since)
