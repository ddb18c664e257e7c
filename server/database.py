"""The server's database: an encrypted SQLite file, or PostgreSQL by its URL. One code for both.

`Database.write` runs work in one transaction and again from the start when the engine asks for it
(serialization failures); `Database.read` gives one consistent snapshot. Fixed tables are made by the
migrations beside this file, record tables and their added columns from the declarations.
"""

import os
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from models.canonical import extra_text, extra_values
from models.entities import SYNCED
from models.errors import AppError
from models.i18n import Words
from server.tables import RECORD_TABLES, RECORDS

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
ATTEMPTS = 8  # of a transaction that the engine wants repeated
SERVED = 40  # requests at once: each has its connection, for those who wait for a scope must not keep out who reads
DRIVER = "postgresql+psycopg"
KEY_SIZE = 32  # bytes
NO_ADDRESS = Words(
    "Alamat database tidak bisa dipakai. Tulis seperti postgresql://nama:sandi@alamat:5432/dampingi, "
    "atau hilangkan --database (DAMPINGI_DATABASE): data masuk berkas terenkripsi.",
    "This is no usable database address. Write one like postgresql://name:password@host:5432/dampingi, "
    "or leave out --database (DAMPINGI_DATABASE): the data goes to an encrypted file.",
)
BROKEN_KEY = Words(
    "Kunci {place} tidak bisa dibaca atau rusak. Kembalikan salinannya dari cadangan; "
    "jangan membuat yang baru, data tidak akan terbuka dengannya.",
    "The key {place} cannot be read or is damaged. Put back its copy from the backup; "
    "do not make a new one, the data will not open with it.",
)
OTHER_KEY = Words(
    "Berkas data tidak terbuka dengan kunci ini. Kembalikan server.db dan server.key dari cadangan yang sama.",
    "The data file does not open with this key. Put back server.db and server.key from the same backup.",
)
_REPEATABLE = ("40001", "40P01")  # serialization failure, deadlock


class Database:
    """An engine with its tables standing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in one transaction; all of it happens or nothing."""
        for attempt in range(ATTEMPTS):
            try:
                with self.engine.connect() as conn:
                    if self.sqlite:
                        conn.execution_options(begin="IMMEDIATE")
                    with conn.begin():
                        return work(conn)
            except DBAPIError as e:
                if getattr(e.orig, "sqlstate", None) not in _REPEATABLE or attempt == ATTEMPTS - 1:
                    raise
                time.sleep(0.005 * 2**attempt * (0.5 + secrets.randbelow(100) / 100))
        msg = "unreachable"
        raise AssertionError(msg)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One consistent snapshot."""
        with self.engine.connect() as conn:
            if not self.sqlite:
                conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with conn.begin():
                yield conn

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def open_database(url: str, key: bytes | None = None) -> Database:
    """The database at a URL, brought up to this version; AppError when the URL or the key is not usable.

    With a `key`, `sqlite:///path` is opened encrypted; without one it is PostgreSQL.
    """
    engine = _server(url) if key is None else _sqlite_engine(Path(url.removeprefix("sqlite:///")), key)
    try:
        engine.connect().close()
    except OperationalError:  # it does not answer
        raise
    except DatabaseError as e:  # PostgreSQL knows no such option; SQLCipher reads nothing with this key
        raise AppError(NO_ADDRESS if key is None else OTHER_KEY) from e
    prepare(engine)
    return Database(engine)


def _server(url: str) -> Engine:
    try:
        address = sa.make_url(url)
    except (ArgumentError, ValueError) as e:
        raise AppError(NO_ADDRESS) from e
    if address.drivername not in ("postgres", "postgresql", DRIVER):
        raise AppError(NO_ADDRESS)
    size = 2 * (os.cpu_count() or 2)
    return sa.create_engine(
        address.set(drivername=DRIVER),
        # A pooler in transaction mode hands prepared statements to the wrong session: prepare none.
        connect_args={"prepare_threshold": None},
        pool_size=size,
        max_overflow=max(SERVED - size, size),
        hide_parameters=True,  # no values of records in any log
    )


def _driver() -> Any:
    return import_module("models.driver").driver  # lazily: a server on PostgreSQL needs none


def _sqlite_engine(path: Path, key: bytes) -> Engine:
    driver = _driver()

    def connect() -> Any:
        conn = driver.connect(str(path), isolation_level=None, check_same_thread=False)
        ciphered = ["cipher_log_level = NONE", f"key = \"x'{key.hex()}'\""]
        pragmas = ["journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000", "temp_store = MEMORY"]
        for pragma in ciphered + pragmas:
            conn.execute(f"PRAGMA {pragma}")
        return conn

    return sqlite_engine(connect, pool_size=2 * (os.cpu_count() or 2))


def sqlite_engine(connect: Callable[[], Any], **options: Any) -> Engine:
    """An engine over driver connections of our own making, with transactions that begin when we say."""
    options |= {"module": _driver(), "poolclass": QueuePool, "hide_parameters": True}
    engine = sa.create_engine("sqlite://", creator=connect, **options)

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        # The driver would begin deferred, and an upgrade to a write lock could then fail midway.
        conn.exec_driver_sql(f"BEGIN {conn.get_execution_options().get('begin', 'DEFERRED')}")

    return engine


def prepare(engine: Engine) -> None:
    """Brings the tables up to this version: migrations, record tables, added columns."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as conn:
        if engine.dialect.name == "sqlite":
            conn.execution_options(begin="IMMEDIATE")
        with conn.begin():
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
            found = sa.inspect(conn).get_multi_columns()  # at once: PostgreSQL takes long to tell of each table
            present = {name: {c["name"] for c in columns} for (_, name), columns in found.items()}
            RECORDS.create_all(conn, [t for t in RECORDS.tables.values() if t.name not in present], checkfirst=False)
            _add_columns(conn, present)


def _add_columns(conn: Connection, present: dict[str, set[str]]) -> None:
    for entity in SYNCED.values():
        table = RECORD_TABLES[entity.name]
        known = present.get(entity.name)
        added = [f.name for f in entity.fields if f.name not in known] if known else []
        for name in added:
            type_ = table.c[name].type.compile(conn.dialect)
            conn.execute(sa.text(f'ALTER TABLE "{entity.name}" ADD COLUMN "{name}" {type_}'))
        if added:
            _move_out_of_extra(conn, table, added)


def _move_out_of_extra(conn: Connection, table: sa.Table, added: list[str]) -> None:
    """A newer laptop may have sent these fields before this server knew them."""
    for row in conn.execute(sa.select(table.c.scope, table.c.id, table.c.extra).where(table.c.extra.is_not(None))):
        extra = extra_values(row.extra)
        moved = {name: extra.pop(name) for name in added if name in extra}
        if moved:
            here = (table.c.scope == row.scope) & (table.c.id == row.id)
            conn.execute(sa.update(table).where(here).values(**moved, extra=extra_text(extra)))


def read_key(path: Path) -> bytes:
    """The key of the encrypted file: from the environment, else a file that only its owner may read."""
    given = os.environ.get("DAMPINGI_SERVER_KEY")
    if given:
        return _key("DAMPINGI_SERVER_KEY", lambda: bytes.fromhex(given))
    with suppress(FileExistsError):
        write_secret(path, secrets.token_bytes(KEY_SIZE).hex().encode())
    return read_secret(path, lambda content: bytes.fromhex(content.decode("ascii")))


def read_secret(path: Path, decode: Callable[[bytes], bytes]) -> bytes:
    """The 32 bytes that a file keeps; AppError when it cannot be read or keeps something else."""
    return _key(str(path), lambda: decode(path.read_bytes()))


def _key(place: str, read: Callable[[], bytes]) -> bytes:
    try:
        found = read()
    except (OSError, ValueError) as e:
        raise AppError(BROKEN_KEY.fill(place=place)) from e
    if len(found) != KEY_SIZE:
        raise AppError(BROKEN_KEY.fill(place=place))
    return found


def write_secret(path: Path, content: bytes) -> None:
    """Writes a new file that only its owner may read; FileExistsError when it stands already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
