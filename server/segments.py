"""Ready-made parts of a first read: a scope's live records, in the order of entity and id, packed once as hard as can be.

A set of parts is made when a laptop asks for it and none is recent, as of one snapshot; it never changes
after that. The laptop pulls what came later from `upto` on. The parts lie encrypted among the files of
attachments; the newest two sets of a scope are kept, for no longer than a week, so that what was erased
does not live on in them.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from models.blob_files import BlobFolder, DamagedFile
from models.clock import Clock, from_iso, iso
from server.access import Denied
from server.database import Database
from server.pull import check, columns
from server.rows import put
from server.tables import RECORD_TABLES, SEGMENT
from sync.protocol import (
    SEGMENT_ROWS,
    SEGMENTS_FROM,
    Check,
    Columns,
    Segment,
    SegmentEntry,
    SegmentsAnswer,
    encode,
)

LEVEL = 19  # of zstd: packed once, read often
KEPT = timedelta(days=7)
STALE = 5  # a set serves until a fifth of its records changed


@dataclass(frozen=True, slots=True)
class Segments:
    """The parts of one server."""

    db: Database
    folder: BlobFolder
    clock: Clock
    _busy: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def listing(self, scope: str) -> SegmentsAnswer:
        """The parts of a scope, made now when there are none that serve."""
        with self._busy[scope]:  # whoever asks at the same time gets the same set
            with self.db.read() as conn:
                standing, found = check(conn, scope), _newest(conn, scope)
            if standing is None:
                raise Denied("not-found")
            if standing.count < SEGMENTS_FROM:
                return SegmentsAnswer(scope, 0, [])
            if not self._serves(found, standing):
                found = self._make(scope)
        return SegmentsAnswer(scope, found[0].upto_seq, [SegmentEntry(r.rows, r.bytes, r.sha256) for r in found])

    def part(self, scope: str, upto: int, no: int) -> bytes:
        """One part, packed; `Denied` when it is no longer kept."""
        here = (SEGMENT.c.scope == scope) & (SEGMENT.c.upto_seq == upto) & (SEGMENT.c.no == no)
        with self.db.read() as conn:
            name = conn.execute(sa.select(SEGMENT.c.sha256).where(here)).scalar()
        try:
            return self.folder.read(name or "")
        except (FileNotFoundError, DamagedFile, ValueError) as e:
            raise Denied("not-found") from e

    def _serves(self, found: Sequence[Any], standing: Check) -> bool:
        if not found or found[0].upto_seq < standing.floor:
            return False
        changed = standing.head - found[0].upto_seq
        young = self.clock.now() - from_iso(found[0].made_at) < KEPT
        return young and changed * STALE <= standing.count and all(self.folder.has(r.sha256) for r in found)

    def _make(self, scope: str) -> Sequence[Any]:
        rows: list[tuple[Any, ...]] = []
        made_at = iso(self.clock.now())
        with self.db.read() as conn:
            standing = check(conn, scope)
            upto = standing.head if standing else 0
            for no, ins in enumerate(_parts(conn, scope)):
                packed = zstandard.ZstdCompressor(level=LEVEL).compress(encode(Segment(scope, upto, no, ins)))
                name = sha256(packed).hexdigest()
                self.folder.write(name, packed)
                rows.append((scope, upto, no, sum(len(part.c[0]) for part in ins), len(packed), name, made_at))
        self.db.write(lambda conn: put(conn, SEGMENT, rows))
        self._drop(sa.and_(SEGMENT.c.scope == scope, SEGMENT.c.upto_seq.not_in(_newest_two(scope))))
        with self.db.read() as conn:
            return _newest(conn, scope)

    def forget(self) -> None:
        """Removes the sets that are older than a week."""
        self._drop(SEGMENT.c.made_at < iso(self.clock.now() - KEPT))

    def drop(self, scopes: Iterable[str]) -> None:
        """Removes every set of these scopes: somebody in them was erased."""
        self._drop(SEGMENT.c.scope.in_(list(scopes)))

    def _drop(self, old: sa.ColumnElement[bool]) -> None:
        gone = sa.delete(SEGMENT).where(old).returning(SEGMENT.c.sha256)
        for name in self.db.write(lambda conn: conn.execute(gone).scalars().all()):
            self.folder.remove(name)


def _newest(conn: Connection, scope: str) -> Sequence[Any]:
    newest = sa.select(sa.func.max(SEGMENT.c.upto_seq)).where(SEGMENT.c.scope == scope).scalar_subquery()
    here = (SEGMENT.c.scope == scope) & (SEGMENT.c.upto_seq == newest)
    return conn.execute(sa.select(SEGMENT).where(here).order_by(SEGMENT.c.no)).all()


def _newest_two(scope: str) -> Any:
    numbers = sa.select(SEGMENT.c.upto_seq).where(SEGMENT.c.scope == scope).distinct()
    return numbers.order_by(SEGMENT.c.upto_seq.desc()).limit(2)


def _parts(conn: Connection, scope: str) -> Iterator[list[Columns]]:
    """The live records of a scope, so many at a time, whatever their entities."""
    part: list[Columns] = []
    room = SEGMENT_ROWS
    for name, rows in _records(conn, scope):
        part.append(columns(name, rows))
        room -= len(rows)
        if room <= 0:
            yield part
            part, room = [], SEGMENT_ROWS
    if part:
        yield part


def _records(conn: Connection, scope: str) -> Iterable[tuple[str, list[Any]]]:
    for name, table in RECORD_TABLES.items():
        here = (table.c.scope == scope) & table.c["_deleted"].is_(None)
        query = sa.select(table).where(here).order_by(table.c.id).execution_options(yield_per=SEGMENT_ROWS)
        for rows in conn.execute(query).mappings().partitions():
            yield name, list(rows)
