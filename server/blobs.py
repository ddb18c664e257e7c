"""Files of attachments on the server: taken piece by piece, compared at the end, given to who may see them.

A record of the scope that names the hash is the reference: without one nothing is taken or given, and
the same file of two scopes lies here once. The files lie encrypted in a folder beside the database
(`models/blob_files.py`), so no memory of any process is needed between two pieces.
"""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.attachments import LARGEST, is_sha256
from models.blob_files import BlobFolder, DamagedFile
from models.errors import StoreError
from models.pictures import sniff, trouble
from server import staff
from server.access import Denied
from server.database import Database
from server.holding import file_size
from server.push import Sender
from server.tables import CHANGE, RECORD_TABLES

LEAST_PIECE, MOST_PIECE = 16 << 10, 1 << 20  # bytes; only the last piece may be smaller

_ATTACHMENT = RECORD_TABLES["attachment"].c
_SIZE = sa.select(sa.func.max(_ATTACHMENT.size)).where(
    _ATTACHMENT.scope == sa.bindparam("scope"),
    _ATTACHMENT.sha256 == sa.bindparam("sha256"),
    _ATTACHMENT["_deleted"].is_(None),
)
_SIZE_OF_OWN = _SIZE.join_from(
    RECORD_TABLES["attachment"],
    CHANGE,
    (CHANGE.c.scope == _ATTACHMENT.scope) & (CHANGE.c.seq == _ATTACHMENT["_created"]),
).where(CHANGE.c.device == sa.bindparam("device"))
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a file is here, of how much; `whole` means that its hash was compared."""

    offset: int
    size: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a file from `first` on, of `size` in all."""

    data: bytes
    first: int
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class Depot:
    """The files of one server. Every call names the scope of a record that refers to the file."""

    db: Database
    folder: BlobFolder

    def standing(self, who: Sender, scope: str, sha256: str) -> Standing:
        """Where an upload goes on; also how a laptop learns that a file is safe here."""
        with self.db.read() as conn:
            size = _size(conn, who, scope, sha256, given=True)
        if self.folder.has(sha256):
            return Standing(size, size, whole=True)
        return Standing(self.folder.offset(sha256), size, whole=False)

    def take(self, who: Sender, scope: str, sha256: str, offset: str, piece: bytes) -> Standing:
        """Takes the next piece; with the last one the hash is compared. `Denied` says what was wrong."""
        with self.db.read() as conn:
            size = _size(conn, who, scope, sha256, write=True, given=True)
        if self.folder.has(sha256):  # somebody else was quicker, or this answer was lost before
            return Standing(size, size, whole=True)
        at = int(offset) if re.fullmatch("[0-9]{1,9}", offset, re.ASCII) else -1
        end = at + len(piece)
        if at < 0 or not piece or end > size or (len(piece) < LEAST_PIECE and end < size):
            raise Denied("malformed")
        if len(piece) > MOST_PIECE:
            raise Denied("too-large")
        try:
            return self._keep(sha256, at, piece, size)
        except StoreError as e:  # a full or read-only disk
            raise Denied("busy") from e

    def _keep(self, sha256: str, at: int, piece: bytes, size: int) -> Standing:
        if at != self.folder.offset(sha256):
            raise Denied("offset")
        self.folder.add(sha256, at, piece)
        end = at + len(piece)
        if end < size:
            return Standing(end, size, whole=False)
        data = self.folder.finish(sha256)
        if data is None and not self.folder.has(sha256):
            raise Denied("other-hash")
        if data is not None and trouble(data):
            self.folder.remove(sha256)
            raise Denied("bad-type")
        return Standing(size, size, whole=True)

    def give(self, who: Sender, scope: str, sha256: str, asked: str) -> Part:
        """The bytes that a Range header asks for; all of them when it asks for nothing that is understood."""
        with self.db.read() as conn:
            _size(conn, who, scope, sha256)
        try:
            data = self.folder.read(sha256)
        except (FileNotFoundError, DamagedFile) as e:
            raise Denied("not-found") from e
        first, last = byte_range(asked, len(data))
        return Part(data[first : last + 1], first, len(data), sniff(data) or "application/octet-stream")


def _size(conn: Connection, who: Sender, scope: str, sha256: str, *, write: bool = False, given: bool = False) -> int:
    """The size that a record states; `Denied` for a file that this person has no business with.

    `given` is for whoever made the record or handed it in: the file may follow, whatever became of the grant.
    """
    if not is_sha256(sha256):
        raise Denied("not-found")
    named = {"scope": scope, "sha256": sha256}
    allowed = staff.grants(conn, who.user).scopes.get(scope)
    size = conn.execute(_SIZE, named).scalar() if allowed == "write" or (allowed and not write) else None
    if size is None and given:
        size = conn.execute(_SIZE_OF_OWN, named | {"device": who.device}).scalar()
        size = size or file_size(conn, who.device, scope, sha256)
    if size is None:
        raise Denied("not-found")
    if not 0 < size <= LARGEST:
        raise Denied("too-large")
    return int(size)


def byte_range(asked: str, size: int) -> tuple[int, int]:
    """(first, last) byte of a file; `Denied` when it begins behind the end."""
    found = _RANGE.fullmatch(asked)
    if found is None:
        return 0, size - 1
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if first >= size:
        raise Denied("range")
    return first, max(first, last)
