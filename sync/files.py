"""The files of attachments, after the records: sent and fetched in pieces, going on wherever a cut left them.

Nothing here can lose a file: what is sent stays, and counts as verified only when the server says that
it compared the hash; what is fetched appears only when its own hash was compared. Between two pieces
somebody with a more urgent wish (new records) may stop the run; the next one goes on.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from models import attaching
from models.attachments import LARGEST
from models.blob_files import BlobFolder, DamagedFile
from models.errors import SyncTrouble
from models.pictures import trouble
from models.store import Change, Changes, Store
from sync.engine import Access, Offline

FIRST_PIECE, LEAST_PIECE, MOST_PIECE = 256 << 10, 16 << 10, 1 << 20  # bytes
QUICK, SLOW = 1.0, 8.0  # seconds: a piece within the first doubles the next, one beyond the second halves it


class Answered(Protocol):
    """What the server said: an HTTP status, headers whatever their capitals, a body."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class FileLink(Protocol):
    """The server as this module sees it; every call may raise `Offline` or a `SyncTrouble`."""

    def file(self, method: str, sha256: str, scope: str, headers: dict[str, str], body: bytes | None) -> Answered: ...


@dataclass(slots=True)
class FilesOutcome:
    """What a run did: files that became verified on the server, files that arrived, what the server refused."""

    sent: int = 0
    fetched: int = 0
    refused: int = 0
    offline: bool = False
    stopped: bool = False
    changes: Changes = field(default_factory=Changes)


class _Stopped(Exception):
    """Something more urgent waits."""


class Files:
    """Brings the files of one account and the server together; made once and run after each sync."""

    def __init__(self, access: Access, link: FileLink, timer: Callable[[], float] = time.monotonic) -> None:
        self._access = access
        self._link = link
        self._timer = timer
        self._piece = FIRST_PIECE
        self._refused: set[str] = set()

    def run(self, urgent: Callable[[], bool] = lambda: False) -> FilesOutcome:
        """One whole run; ends early when the line breaks or `urgent` says so."""
        outcome = FilesOutcome()
        self._access(attaching.meet_server)
        sending, fetching = self._access(lambda store: (attaching.to_send(store), attaching.to_fetch(store)))
        try:
            if sending or fetching:
                self._exchange(sending, fetching, outcome, urgent)
        except Offline:
            outcome.offline = True
            self._piece = max(self._piece // 2, LEAST_PIECE)
        except _Stopped:
            outcome.stopped = True
        self._access(attaching.sweep)
        return outcome

    def _exchange(
        self, sending: list[tuple[str, str]], fetching: list[tuple[str, str]],
        outcome: FilesOutcome, urgent: Callable[[], bool],
    ) -> None:  # fmt: skip
        blobs = self._access(attaching.blobs)
        for sha256, scope in sending:
            self._one(lambda s=sha256, at=scope: self._send(blobs, s, at, urgent), sha256, outcome, "sent")
        for sha256, scope in fetching:
            self._one(lambda s=sha256, at=scope: self._fetch(blobs, s, at, urgent), sha256, outcome, "fetched")

    def _one(self, step: Callable[[], bool], sha256: str, outcome: FilesOutcome, what: str) -> None:
        """Does one file. What the server says against it stands in no other's way and is not tried again today."""
        if sha256 in self._refused:
            return
        try:
            if step():
                setattr(outcome, what, getattr(outcome, what) + 1)
                outcome.changes |= self._access(lambda store: _touched(store, sha256))
        except SyncTrouble:
            outcome.refused += 1
            self._refused.add(sha256)

    def _send(self, blobs: BlobFolder, sha256: str, scope: str, urgent: Callable[[], bool]) -> bool:
        """Whether the server now holds the file, verified."""
        try:
            data = blobs.read(sha256)
        except (FileNotFoundError, DamagedFile):
            self._access(lambda store: attaching.lost(store, sha256))
            return False
        standing = self._ask("HEAD", sha256, scope, {}, None)
        for _ in range(2 * len(data) // LEAST_PIECE + 8):  # enough for the smallest pieces, never for ever
            if standing is None:
                return False  # the server does not know the record yet
            if _whole(standing):
                self._access(lambda store: attaching.verified(store, sha256))
                return True
            if urgent():
                raise _Stopped
            standing = self._send_piece(data, sha256, scope, _number(standing, "Upload-Offset"))
        return False

    def _send_piece(self, data: bytes, sha256: str, scope: str, offset: int) -> Answered | None:
        piece = data[offset : offset + self._piece]
        began = self._timer()
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        answer = self._ask("PATCH", sha256, scope, headers, piece)
        self._learn(self._timer() - began)
        return answer

    def _fetch(self, blobs: BlobFolder, sha256: str, scope: str, urgent: Callable[[], bool]) -> bool:
        """Whether the file is now here."""
        if blobs.has(sha256):  # the database came back from a backup; nobody said that the server has it
            self._access(lambda store: attaching.arrived(store, sha256))
            return False
        while not blobs.has(sha256):
            if urgent():
                raise _Stopped
            offset = blobs.offset(sha256)
            wanted = {"Range": f"bytes={offset}-{offset + self._piece - 1}"}
            began = self._timer()
            answer = self._ask("GET", sha256, scope, wanted, None)
            if answer is None:
                return False  # nobody has sent it yet
            self._learn(self._timer() - began)
            size = _size(answer)
            if not answer.body or offset + len(answer.body) > min(size, LARGEST):
                blobs.forget_pieces(sha256)
                raise SyncTrouble
            blobs.add(sha256, offset, answer.body)
            if offset + len(answer.body) == size and not _kept(blobs, sha256):
                raise SyncTrouble
        self._access(lambda store: attaching.arrived(store, sha256, verified=True))
        return True

    def _ask(
        self, method: str, sha256: str, scope: str, headers: dict[str, str], body: bytes | None
    ) -> Answered | None:
        """The answer; None when the server knows no such file. 409 means: ask where to go on."""
        answer = self._link.file(method, sha256, scope, headers, body)
        if answer.status == 409:
            return self._ask("HEAD", sha256, scope, {}, None)
        if answer.status == 404:
            return None
        if answer.status >= 300:
            raise SyncTrouble
        return answer

    def _learn(self, took: float) -> None:
        if took < QUICK:
            self._piece = min(self._piece * 2, MOST_PIECE)
        elif took > SLOW:
            self._piece = max(self._piece // 2, LEAST_PIECE)


def _kept(blobs: BlobFolder, sha256: str) -> bool:
    """Whether the pieces made the file that was asked for, of a type that may be kept."""
    data = blobs.finish(sha256)
    if data is not None and trouble(data):
        blobs.remove(sha256)
        return False
    return data is not None


def _whole(answer: Answered) -> bool:
    return answer.headers.get("Upload-Complete") == "?1"


def _number(answer: Answered, name: str) -> int:
    text = answer.headers.get(name) or ""
    if not text.isascii() or not text.isdigit():
        raise SyncTrouble
    return int(text)


def _size(answer: Answered) -> int:
    """The size of the whole file, of an answer that may hold a part of it."""
    total = (answer.headers.get("Content-Range") or "").rpartition("/")[2]
    return int(total) if total.isascii() and total.isdigit() else len(answer.body)


def _touched(store: Store, sha256: str) -> Changes:
    """The records whose file is somewhere else than before."""
    return Changes(tuple(Change("attachment", row["id"], "changed") for row in store.find("attachment", sha256=sha256)))
