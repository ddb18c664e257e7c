"""Databases that are emptied and used again: to make one costs more than most tests do with it.

They are emptied table by table, because whatever replaces the file (a backup, a deserialized image)
makes the driver read the whole schema anew, four hundred statements, which takes 30 ms.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from typing_extensions import override

from models.database import driver, open_database
from models.entities import SYNCED


def filled(names: Iterable[str]) -> str:
    """Asks which of these tables hold anything."""
    return " UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT 1 FROM \"{n}\")" for n in names)


class Shelf:
    """Connections to databases of one shape that nobody needs just now."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._free: list[Any] = []
        self._first: dict[str, list[Any]] = {}  # what each table holds in a new database
        self._indexes: list[str] = []  # of full text

    def take(self) -> Any:
        """A database as `make` makes it, that nobody else uses."""
        if self._free:
            return self._free.pop()
        conn = self._make()
        if not self._first:
            listed = conn.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
            names = [name for name, sort in listed if sort == "table" and not name.startswith("sqlite_")]
            self._first = {name: conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
            sql = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5(%'"
            self._indexes = [name for (name,) in conn.execute(sql)]
        return conn

    def give_back(self, conn: Any) -> None:
        """Empties a database for whoever takes it next."""
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        conn.execute("BEGIN")
        if "sync_device" in self._first:
            conn.execute("UPDATE sync_device SET applying = 1")
        for part in (SYNCED, self._first):  # triggers of records fill other tables
            for (name,) in conn.execute(filled(self._first.keys() & part.keys())).fetchall():
                conn.execute(f'DELETE FROM "{name}"')
        for name in self._indexes:
            conn.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'delete-all\')')
        for name, rows in self._first.items():
            if rows:
                conn.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        conn.execute("COMMIT")
        self._free.append(conn)


class StoreFiles(Shelf):
    """Encrypted files of stores, open, each in a folder of its own."""

    SHAPE = ("schema_version", "user_version", "recursive_triggers", "query_only", "max_page_count")

    def __init__(self, template: Path, key: bytes, folder: Callable[[], Path]) -> None:
        super().__init__(lambda: open_database(Path(shutil.copy(template, folder() / "data.db")), key).conn)
        self._as_made: list[Any] = []

    @override
    def take(self) -> Any:
        conn = super().take()
        self._as_made = self._as_made or self._shape(conn)
        return conn

    @override
    def give_back(self, conn: Any) -> None:
        """Empties file and folder for the next test; a file that was closed or altered is let go."""
        with suppress(driver.ProgrammingError):  # closed
            if self._shape(conn) != self._as_made:
                conn.close()
            blobs = path_of(conn).parent / "blobs"
            shutil.rmtree(blobs, ignore_errors=True)
            super().give_back(conn)

    def _shape(self, conn: Any) -> list[Any]:
        return [conn.execute(f"PRAGMA {name}").fetchone() for name in self.SHAPE]


def path_of(conn: Any) -> Path:
    """The file of a connection."""
    return Path(conn.execute("PRAGMA database_list").fetchone()[2])
