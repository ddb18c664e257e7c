"""Databases in memory that are emptied and used again: to make one costs more than to play a seed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from typing_extensions import override

from models import database, kinds
from models.clock import Clock
from models.entities import ENTITIES, SYNCED
from models.i18n import Words
from models.schema import Entity, Field
from models.store import Store
from server.database import Database, prepare, sqlite_engine
from tests.shelf import Shelf

KEY = bytes(range(32))
STATEMENTS = 4096  # a seed touches every table, and compiling costs more than running: each is compiled once
MEMORY = Path(":memory:")


def _without(entity: Entity, name: str) -> Entity:
    return replace(entity, fields=tuple(f for f in entity.fields if f.name != name))


# How programs of other ages declare a business: before it had a note, and after it will have a colour.
AGES: dict[str, dict[str, Entity]] = {
    "now": {},
    "older": {"business": _without(ENTITIES["business"], "note")},
    "newer": {
        "business": replace(
            ENTITIES["business"],
            fields=(*ENTITIES["business"].fields, Field("colour", kinds.TEXT, Words("Warna", "Colour"))),
        )
    },
}


@contextmanager
def program(age: str) -> Iterator[None]:
    """Inside, records are declared as by a laptop's program of this age. The server's code runs outside."""
    before = {name: SYNCED[name] for name in AGES[age]}
    for declared in (SYNCED, ENTITIES):
        declared.update(AGES[age])
    try:
        yield
    finally:
        for declared in (SYNCED, ENTITIES):
            declared.update(before)


@cache
def _template(age: str) -> Any:
    with program(age):
        return database.open_database(MEMORY, KEY).conn


@cache
def _stores(age: str) -> Shelf:
    return Shelf(lambda: copied(_template(age)))


def copied(conn: Any) -> Any:
    """A store's database once more, as a backup copies it."""
    copy = database.keyed(MEMORY, KEY, STATEMENTS)
    conn.backup(copy)
    copy.execute("PRAGMA recursive_triggers = ON")
    return copy


def fresh_store(clock: Clock, user: str, scope: str, age: str = "now") -> Store:
    """An empty store in memory."""
    return Store(database.wrap(_stores(age).take()), KEY, clock=clock, user=user, home_scope=scope)


def put_away(store: Store, age: str = "now") -> None:
    """Empties a store of `fresh_store` for whoever comes next."""
    _stores(age).give_back(store.db.conn)


def _memory() -> Any:
    conn = database.driver.connect(
        ":memory:", isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
    )
    conn.execute("PRAGMA temp_store = MEMORY")
    return conn


def _engine_on(conn: Any) -> sa.Engine:
    return sqlite_engine(lambda: conn, poolclass=sa.pool.StaticPool)


@cache
def _prepared() -> Any:
    conn = _memory()
    prepare(_engine_on(conn))
    return conn


def _new_server() -> Any:
    conn = _memory()
    _prepared().backup(conn)
    return conn


_servers = Shelf(_new_server)
_engines: dict[int, sa.Engine] = {}  # each remembers the statements that it compiled


class MemoryDatabase(Database):
    """A server's database in memory."""

    def __init__(self) -> None:
        self._conn = _servers.take()
        super().__init__(_engines.setdefault(id(self._conn), _engine_on(self._conn)))

    def backup(self) -> Any:
        """The whole database as it stands."""
        copy = _memory()
        self._conn.backup(copy)
        return copy

    def restore(self, copy: Any) -> None:
        """Brings a backup back."""
        copy.backup(self._conn)

    @override
    def close(self) -> None:
        """Empties it for the next server."""
        _servers.give_back(self._conn)
