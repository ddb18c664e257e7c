"""Server databases that are emptied and used again: to make and open one costs more than most tests do with it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from server.database import Database
from server.tables import FIXED, RECORDS

TABLES = [*FIXED.sorted_tables, *RECORDS.sorted_tables]
FILLED = sa.union_all(*(sa.select(sa.literal(t.name)).where(sa.select(t).exists()) for t in TABLES))


class Databases:
    """Databases of one engine that nobody needs just now."""

    def __init__(self, make: Callable[[], Database]) -> None:
        self._make = make
        self._free: list[Database] = []
        self._first: dict[str, list[Any]] | None = None  # what each table holds in a new database

    def take(self) -> Database:
        """A database as `make` makes it, that nobody else uses."""
        if self._free:
            return self._free.pop()
        made = self._make()
        if self._first is None:
            with made.read() as conn:
                self._first = {t.name: [dict(row._mapping) for row in conn.execute(sa.select(t))] for t in TABLES}
        return made

    def give_back(self, db: Database) -> None:
        """Empties a database for whoever takes it next."""
        db.write(self._empty)
        self._free.append(db)

    def close(self) -> None:
        """Nobody takes one any more."""
        for db in self._free:
            db.close()

    def _empty(self, conn: sa.Connection) -> None:
        filled = set(conn.execute(FILLED).scalars())
        for table in TABLES:
            if table.name in filled:
                conn.execute(sa.delete(table))
            if self._first and (rows := self._first[table.name]):
                conn.execute(sa.insert(table), rows)
