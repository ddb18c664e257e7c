"""Opening the encrypted file of an account: key, pragmas, tables, and the driver's errors.

The only module that knows the driver. A raw 256-bit key opens the file, so opening costs under a
millisecond; the passphrase belongs to `models/vault.py`. One process holds a file at a time
(exclusive locking), which is how a second window is noticed on every system.

Columns of a record table: `id`, `scope`, `created_at`, `created_by`, the declared fields, `extra`
(canonical JSON of what a newer peer sent), `deleted` (milliseconds, or NULL), `_seq` and `_h` (the
server's sequence and hash, see `models/capture.py`). No foreign keys and nothing unique but `id`:
a parent may live in another scope, and two offices may register the same NIK.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import capture
from models.driver import driver
from models.entities import SYNCED
from models.errors import AlreadyOpen, DamagedDatabase, DiskFull, FolderReadOnly, NewerDatabase, StoreError
from models.i18n import Words
from models.migrations import MIGRATIONS
from models.schema import Entity

if TYPE_CHECKING:
    from sqlite_utils import Database

# sqlite-utils catches the errors of the driver it finds under these names when it is first imported;
# with the standard library's in their place it would miss those of the encrypted one.
sys.modules["pysqlite3"] = import_module("sqlcipher3")
sys.modules["pysqlite3.dbapi2"] = driver
Connection = Any

# Modules that add themselves to the lists below; imported before the first file is opened.
EXTENSIONS = (
    "models.access",
    "models.attaching",
    "models.duplicates",
    "models.facilitation_lists",
    "models.foreign",
    "models.issued",
    "models.lists",
    "models.numbering",
    "models.quality_lists",
    "models.search",
    "models.working_lists",
)
# Run each time a file is opened, inside a transaction, after the tables stand: each makes what is
# missing and is cheap when nothing is. The search index adds itself here.
SETUP: list[Callable[["Database"], None]] = []
# Run at the end of every writing transaction, before its commit.
BEFORE_COMMIT: list[Callable[["Database"], None]] = []

FIRST_VERSION = 1  # user_version of a file on which no migration has run
OPENING_WAIT, WORKING_WAIT = 300, 5000  # milliseconds to wait for a lock: a second window, a virus scanner

_META_COLUMNS: dict[str, type] = {"id": str, "scope": str, "created_at": str, "created_by": str}
_TAIL_COLUMNS: dict[str, type] = {"extra": str, "deleted": int, "_seq": int, "_h": int}
_TYPES: dict[str, type] = {"text": str, "integer": int}
_LOOKED_UP = ("nik", "nib", "phone")

_LOCAL_TABLES = """
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS draft (
  kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS sync_event (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, sort TEXT NOT NULL, words_id TEXT NOT NULL, words_en TEXT NOT NULL);
"""

_DISK_REFUSES = Words(
    "Disk menolak menulis. Periksa ruang kosong; bila cukup, disk mungkin rusak. Data yang sudah tersimpan aman.",
    "The disk refuses to write. Check the free space; if there is enough, the disk may be failing. Saved data is safe.",
)
_SENTENCES: dict[str, type[StoreError]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskFull,  # a quota, a failing disk, a drive that was pulled out
    "SQLITE_READONLY": FolderReadOnly,
    "SQLITE_CANTOPEN": FolderReadOnly,
    "SQLITE_PERM": FolderReadOnly,
    "SQLITE_BUSY": AlreadyOpen,
    "SQLITE_LOCKED": AlreadyOpen,
    "SQLITE_NOTADB": DamagedDatabase,
    "SQLITE_CORRUPT": DamagedDatabase,
}


@contextmanager
def driver_errors() -> Generator[None]:
    """Says what the driver refuses as a `StoreError`; what is left is a bug and passes through."""
    try:
        yield
    except driver.Error as error:
        name: str = getattr(error, "sqlite_errorname", None) or ""
        sentence = next((s for prefix, s in _SENTENCES.items() if name.startswith(prefix)), None)
        if sentence is None:
            raise
        raise sentence(_DISK_REFUSES if name == "SQLITE_IOERR" else None) from error


def connect(path: Path, key: bytes) -> Connection:
    """An encrypted connection with the project's pragmas, holding the file for itself.

    Raises AlreadyOpen, FolderReadOnly, DiskFull, DamagedDatabase (also for a key of another file).
    """
    if not all(os.access(p, os.W_OK) for p in (path.parent, path) if p == path.parent or p.exists()):
        raise FolderReadOnly
    with driver_errors():
        conn = keyed(path, key)
        try:
            _take(conn)
        except BaseException:
            conn.close()
            raise
    return conn


def keyed(path: Path, key: bytes, statements: int = 256) -> Connection:
    """A bare connection that reads and writes with this key; the file need not exist.

    It remembers the last so many compiled statements: one that runs triggers takes 3 ms to compile.
    """
    conn = driver.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=statements)
    conn.execute("PRAGMA cipher_log_level = NONE")  # else it writes about wrong keys to stderr
    conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return conn


def _take(conn: Connection) -> None:
    """Sets the pragmas and takes the file; a wrong key or a second window shows here."""
    for pragma in (
        f"busy_timeout = {OPENING_WAIT}",
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = FULL",
        "recursive_triggers = ON",  # else INSERT OR REPLACE would hide the old values from capture
        "temp_store = MEMORY",
    ):
        conn.execute(f"PRAGMA {pragma}")
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    conn.execute("COMMIT")
    conn.execute(f"PRAGMA busy_timeout = {WORKING_WAIT}")


def wrap(conn: Connection) -> "Database":
    """sqlite-utils over a connection of ours; imported on first use, it takes 80 ms."""
    from sqlite_utils import Database

    return Database(conn, recursive_triggers=False, execute_plugins=False)  # the pragma stands since `_take`


def open_database(path: Path, key: bytes, before_upgrade: Callable[[Connection], None] | None = None) -> "Database":
    """An open file with every declared table; an older one is upgraded, a newer one refused.

    `before_upgrade` is called with the connection while the old content still stands, for a backup.
    """
    for name in EXTENSIONS:
        import_module(name)
    conn = connect(path, key)
    try:
        with driver_errors():
            return _bring_up_to_date(conn, before_upgrade)
    except BaseException:
        conn.close()
        raise


def _bring_up_to_date(conn: Connection, before_upgrade: Callable[[Connection], None] | None) -> "Database":
    found = version(conn)
    if found > newest():
        raise NewerDatabase
    current = found == newest() and schema_of(conn) == fingerprint()
    if found and not current and before_upgrade:
        before_upgrade(conn)
    db = wrap(conn)
    with exclusively(conn):
        if not current:
            _upgrade(db, found)
        capture.return_removed(conn, SYNCED)
        for make in SETUP:
            make(db)
    return db


def version(conn: Connection) -> int:
    """The number of the file's last migration; 0 for an empty file."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def newest() -> int:
    """The version that this program writes."""
    return FIRST_VERSION + len(MIGRATIONS)


@contextmanager
def exclusively(conn: Connection) -> Generator[None]:
    """One transaction: all or nothing. BEGIN IMMEDIATE, so that a refusal comes before any work."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:  # a full disk has already rolled back
            with suppress(driver.Error):
                conn.execute("ROLLBACK")
        raise


def _upgrade(db: "Database", found: int) -> None:
    """From any older version (or nothing) to this one, inside one transaction."""
    conn: Connection = db.conn
    _run(conn, _LOCAL_TABLES)
    _run(conn, capture.TABLES)
    for migration in MIGRATIONS[found - FIRST_VERSION :] if found else ():
        migration(conn)
    _run(conn, capture.INDEXES)
    for entity in SYNCED.values():
        _make_table(db, entity)
    _run(conn, *(sql for entity in SYNCED.values() for sql in capture.triggers(entity)))
    conn.execute("INSERT OR REPLACE INTO setting VALUES ('schema', ?)", (json.dumps(fingerprint()),))
    conn.execute(f"PRAGMA user_version = {newest()}")


def _run(conn: Connection, *scripts: str) -> None:
    """Runs statements one by one: the driver's own executescript would commit first."""
    for script in scripts:
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if driver.complete_statement(statement):
                conn.execute(statement)
                statement = ""


def columns(entity: Entity) -> dict[str, type]:
    """Every column of an entity's table, in order."""
    fields = {f.name: _TYPES[f.kind.storage] for f in entity.fields}
    return _META_COLUMNS | fields | _TAIL_COLUMNS


def _make_table(db: "Database", entity: Entity) -> None:
    """The table as declared: made, or given the columns it lacks."""
    conn: Connection = db.conn
    table = db.table(entity.name)
    wanted = columns(entity)
    if table.exists():
        present = table.columns_dict
        if set(present) - set(wanted):
            raise NewerDatabase
        added = [f.name for f in entity.fields if f.name not in present]
        for name in added:
            table.add_column(name, wanted[name])
        _fill_from_extra(conn, entity, added)
    else:
        table.create(wanted, pk="id", not_null={"scope"}, defaults={"extra": "{}"})
    for field in entity.fields:
        if field.kind.name == "ref" or (field.match and field.kind.name in _LOOKED_UP):
            # Partial: an empty field costs no page of an index, and nobody looks for it.
            conn.execute(
                f'CREATE INDEX IF NOT EXISTS "idx_{entity.name}_{field.name}" ON "{entity.name}" ("{field.name}") '
                f'WHERE "{field.name}" IS NOT NULL'
            )


def _fill_from_extra(conn: Connection, entity: Entity, added: Iterable[str]) -> None:
    """Moves what a newer peer sent earlier into its own column; a value of another type stays."""
    conn.execute("UPDATE sync_device SET applying = 1")
    for name in added:
        path = f'$."{name}"'
        conn.execute(
            f'UPDATE "{entity.name}" SET "{name}" = json_extract(extra, ?), extra = json_remove(extra, ?) '
            "WHERE json_type(extra, ?) = ?",
            (path, path, path, entity[name].kind.storage),
        )
    conn.execute("UPDATE sync_device SET applying = 0")


def make_anew(conn: Connection, key: str, of: object, statements: Iterable[str]) -> None:
    """Runs what makes derived tables, when they are missing or were made of something else; `key` is their setting."""
    made = json.dumps(hashlib.blake2b(repr(of).encode(), digest_size=8).hexdigest())
    if not conn.execute("SELECT 1 FROM setting WHERE key = ? AND value = ?", (key, made)).fetchone():
        for statement in statements:
            conn.execute(statement)
        conn.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, made))


def schema_of(conn: Connection) -> str:
    """The fingerprint of the declarations that last made this file's tables."""
    return str(json.loads(conn.execute("SELECT value FROM setting WHERE key = 'schema'").fetchone()[0]))


def fingerprint() -> str:
    """Changes whenever tables or triggers would be made differently."""
    parts = [_LOCAL_TABLES, capture.TABLES, capture.INDEXES, *map(_made_of, SYNCED.values())]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


@cache
def _made_of(entity: Entity) -> str:
    return repr((entity.name, [(n, t.__name__) for n, t in columns(entity).items()], capture.triggers(entity)))
