"""Backups of an account's file: daily and before each upgrade, encrypted, each proved by opening it.

Seven daily and four weekly ones are kept, and the last two made before an upgrade. A backup opens
with the account's own data key. Copying goes page by page on the open connection, so it may run on
another thread than the one that saves, and holds a save up by milliseconds only.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from models import database
from models.clock import SYSTEM, Clock
from models.database import Connection
from models.entities import SYNCED
from models.errors import DamagedDatabase
from models.files import file_errors, sync_folder
from models.outbox import COPIED
from models.store import Store

DAILY, WEEKLY, UPGRADES = 7, 4, 2
PAGES, PAUSE = 64, 0.002  # copied at a time, and seconds between: a save slips in
_UPGRADE = "upgrade-"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file and the office's day on which it was made."""

    path: Path
    day: date

    @property
    def made(self) -> datetime:
        """When it was made, UTC; only the file's own time tells."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)


def daily(store: Store, folder: Path, clock: Clock = SYSTEM) -> Backup | None:
    """Today's backup, when there is none yet; older ones beyond what is kept are removed."""
    today = clock.today()
    target = folder / f"{today.isoformat()}.db"
    if target.exists():
        return None
    copy(store.db.conn, store.key, target)
    _stamp(target, clock)
    prune(folder)
    return Backup(target, today)


def before_upgrade(conn: Connection, key: bytes, folder: Path, clock: Clock = SYSTEM) -> Backup:
    """A backup of the file as an older version left it."""
    today = clock.today()
    target = folder / f"{_UPGRADE}{today.isoformat()}-v{database.version(conn)}-{database.schema_of(conn)}.db"
    copy(conn, key, target)
    _stamp(target, clock)
    prune(folder)
    return Backup(target, today)


def _stamp(path: Path, clock: Clock) -> None:
    """Marks a backup with the time of this clock."""
    now = clock.now().timestamp()
    with file_errors():
        os.utime(path, (now, now))


def copy(conn: Connection, key: bytes, target: Path) -> int:
    """Copies an open file into `target` and proves the copy; answers how many records it holds.

    Nothing stands under the target's name before it is proved.
    """
    with file_errors():
        target.parent.mkdir(mode=0o700, exist_ok=True)
    with _workshop(target.parent, ".making-") as workshop:
        making = workshop / "data.db"
        with database.driver_errors():
            written = database.keyed(making, key)
            try:
                least = records(conn)
                conn.backup(written, pages=PAGES, sleep=PAUSE)
            finally:
                written.close()
        found = prove(making, key)
        if found < least:
            raise DamagedDatabase
        with file_errors():
            making.chmod(0o600)
            making.replace(target)
            sync_folder(target.parent)
    return found


@contextmanager
def _workshop(folder: Path, prefix: str) -> Generator[Path]:
    """A folder beside the target, on the same disk; gone with all that is in it, whatever happened."""
    with file_errors():
        made = tempfile.TemporaryDirectory(dir=folder, prefix=prefix)
    with made as name:
        yield Path(name)


def prove(path: Path, key: bytes) -> int:
    """Opens a copy as a restore would, checks every page and row; answers how many records it holds."""
    conn = database.connect(path, key)
    try:
        with database.driver_errors():
            damaged = conn.execute("PRAGMA cipher_integrity_check").fetchall()
            if damaged or conn.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise DamagedDatabase
            return records(conn)
    finally:
        conn.close()


def records(conn: Connection) -> int:
    """How many records a file holds, deleted ones too: a number that only grows."""
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sum(conn.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in SYNCED if t in tables)


def listed(folder: Path) -> list[Backup]:
    """Every backup, newest first."""
    return sorted((*_dailies(folder), *_upgrades(folder)), key=lambda b: (b.day, b.made), reverse=True)


def newest_good(folder: Path, key: bytes) -> Backup | None:
    """The newest backup that is whole and opens with the account's key; None when there is none."""
    for backup in listed(folder):
        with suppress(DamagedDatabase):
            prove(backup.path, key)
            return backup
    return None


def last_stamp(backup: Backup, key: bytes) -> int:
    """The stamp that every edit made after a backup exceeds; DamagedDatabase when the backup is not whole."""
    prove(backup.path, key)
    conn = database.connect(backup.path, key)
    try:
        with database.driver_errors():
            return conn.execute("SELECT hlc FROM sync_device").fetchone()[0]
    finally:
        conn.close()


def _dailies(folder: Path) -> list[Backup]:
    found = [Backup(path, date.fromisoformat(path.stem)) for path in folder.glob("????-??-??.db")]
    return sorted(found, key=lambda b: b.day, reverse=True)


def _upgrades(folder: Path) -> list[Backup]:
    start = len(_UPGRADE)
    found = [Backup(p, date.fromisoformat(p.stem[start : start + 10])) for p in folder.glob(f"{_UPGRADE}*.db")]
    return sorted(found, key=lambda b: b.path.stat().st_mtime_ns, reverse=True)


def prune(folder: Path) -> None:
    """Removes what is beyond seven daily, four weekly and two upgrade backups."""
    dailies = _dailies(folder)
    weeks: dict[tuple[int, int], Backup] = {}
    for backup in dailies[DAILY:]:
        weeks.setdefault(backup.day.isocalendar()[:2], backup)
    kept = {*dailies[:DAILY], *list(weeks.values())[:WEEKLY], *_upgrades(folder)[:UPGRADES]}
    with file_errors():
        for backup in listed(folder):
            if backup not in kept:
                backup.path.unlink()


def restore(backup: Backup, target: Path, key: bytes, clock: Clock = SYSTEM) -> Path | None:
    """Puts a backup in the place of an account's closed file; answers where the old file stands now.

    The old file and its journal are set aside, never deleted. The backup itself stays. What comes back of an
    enrolled account sends nothing before it has a new code: the numbers of its batches were given away since.
    """
    conn = database.connect(backup.path, key)
    try:
        with _workshop(target.parent, ".restoring-") as workshop:
            fresh = workshop / "data.db"
            copy(conn, key, fresh)
            _mark_copied(fresh, key)
            aside = _set_aside(target, clock)
            with file_errors():
                fresh.replace(target)
                sync_folder(target.parent)
    finally:
        conn.close()
    return aside


def _mark_copied(path: Path, key: bytes) -> None:
    conn = database.connect(path, key)
    try:
        with database.driver_errors():
            mark = "INSERT OR REPLACE INTO setting SELECT ?, 'true' FROM sync_device WHERE id IS NOT NULL"
            conn.execute(mark, (COPIED,))
    finally:
        conn.close()


def _set_aside(path: Path, clock: Clock) -> Path | None:
    """Renames a file and what belongs to it; None when there is no file."""
    if not path.exists():
        return None
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-aside-{stamp}{path.suffix}")
    with file_errors():
        for ending in ("-wal", "-shm", ""):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.replace(aside.with_name(aside.name + ending))
    return aside
