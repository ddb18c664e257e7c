"""Photos and documents on this laptop: attach, open, take away, and what sync may do with their files.

`blob_local` says of each file: `here` (its bytes lie in this account's folder), `verified_at` (when the
server said that it holds these very bytes) and `wanted` (0 after a person made room). From these comes
a state. One rule stands above all: bytes leave the laptop only when the server verified them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from models import outbox
from models.attachments import LARGEST, is_sha256
from models.blob_files import BlobFolder, DamagedFile
from models.clock import iso
from models.database import SETUP, Connection
from models.errors import AppError
from models.i18n import Words
from models.legal import allowed
from models.pictures import Prepared
from models.schema import Row
from models.store import Changes, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

# here: on this laptop, to be sent · safe: on both, safe to remove here
# server: on the server only · waiting: not here yet, and nobody knows of it on the server
State = Literal["here", "safe", "server", "waiting"]

FOLDER = "blobs"
EPOCHS = "files.epochs"  # setting: {scope: which life of the server the verified files were told by}

LAST_COPY = Words(
    "Berkas ini baru ada di laptop ini. Tunggu sampai terkirim, baru boleh dilepas.",
    "This file is on this laptop only. Wait until it was sent before you release it.",
)
NOT_HERE = Words(
    "Berkas ini belum sampai di laptop ini. Diambil saat sinkronisasi berikutnya.",
    "This file is not on this laptop yet. It is fetched at the next sync.",
)
DAMAGED = Words(
    "Berkas ini rusak di disk. Diambil lagi dari server bila ada di sana.",
    "This file is damaged on the disk. It is fetched again if the server has it.",
)


REFUSED = Words(
    "Pemilik menolak dicatat, jadi foto dan berkasnya tidak disimpan.",
    "The owner refused to be recorded, so no photo or file of theirs is kept.",
)


class NotHere(AppError):
    words = NOT_HERE


@dataclass(frozen=True, slots=True)
class Attached:
    """One photo or document: its record, and where its bytes are."""

    row: Row
    state: State


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many files wait to be sent, and their bytes."""

    files: int = 0
    bytes: int = 0


def _set_up(db: "Database") -> None:
    conn: Connection = db.conn
    conn.execute(
        "CREATE TABLE IF NOT EXISTS blob_local (sha256 TEXT PRIMARY KEY, here INTEGER NOT NULL DEFAULT 0, "
        "verified_at TEXT, wanted INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID"
    )
    conn.execute("CREATE INDEX IF NOT EXISTS idx_attachment_sha256 ON attachment (sha256)")


SETUP.append(_set_up)


def blobs(store: Store) -> BlobFolder:
    """The folder of this account's files, beside its database; may be used from any thread."""
    path: str = store.query("PRAGMA database_list")[0][2]
    if not path:
        msg = "a store without a file has no folder"
        raise ValueError(msg)
    return BlobFolder(Path(path).parent / FOLDER, store.key)


def attach(store: Store, file: Prepared, sort: str, **about: str | None) -> Changes:
    """Keeps a file and its record; `about` names what it belongs to. The same file twice is one record."""
    if store.find("attachment", sha256=file.sha256, **about):
        return Changes()
    subject = store.get("owner", about.get("owner_id") or "")
    if subject and allowed(subject, "keep") != "yes":
        raise AppError(REFUSED)
    blobs(store).write(file.sha256, file.data)  # durable before anything speaks of it
    taken = iso(file.taken.replace(tzinfo=store.clock.zone)) if file.taken else None
    row = {
        "sort": sort, "name": file.name, "sha256": file.sha256, "size": len(file.data), "mime": file.mime,
        "thumb": file.thumb, "taken_at": taken,
    }  # fmt: skip
    with store.transaction():
        arrived(store, file.sha256)
        return store.save("attachment", about | row)


def listed(store: Store, owner_id: str | None, business_id: str | None) -> list[Attached]:
    """What belongs to a business (or to its owner as a person), oldest first."""
    found = store.find("attachment", business_id=business_id) if business_id else []
    if owner_id:
        found += store.find("attachment", owner_id=owner_id, business_id=None)
    known = _known(store, [row["sha256"] for row in found])
    found.sort(key=lambda row: (row["created_at"], row["id"]))
    return [Attached(row, known.get(row["sha256"], "waiting")) for row in found]


def _known(store: Store, hashes: Sequence[str]) -> dict[str, State]:
    found = store.query(
        "SELECT sha256, here, verified_at IS NOT NULL FROM blob_local "
        "WHERE sha256 IN (SELECT value FROM json_each(?))", (json.dumps(hashes),),
    )  # fmt: skip
    return {sha256: _STATES[here, verified] for sha256, here, verified in found}


_STATES: dict[tuple[int, int], State] = {(1, 0): "here", (1, 1): "safe", (0, 1): "server", (0, 0): "waiting"}


def state(store: Store, sha256: str) -> State:
    """Where a file's bytes are."""
    return _known(store, [sha256]).get(sha256, "waiting")


def content(store: Store, sha256: str) -> bytes:
    """A file's bytes. NotHere when they are elsewhere: then they are fetched at the next sync."""
    try:
        return blobs(store).read(sha256)
    except (FileNotFoundError, DamagedFile) as e:
        with store.transaction():
            store.query("INSERT INTO blob_local (sha256) VALUES (?) ON CONFLICT DO UPDATE SET here = 0, wanted = 1",
                        (sha256,))  # fmt: skip
        raise NotHere(DAMAGED if isinstance(e, DamagedFile) else None) from e


def release(store: Store, sha256: str) -> None:
    """Makes room: takes the bytes off this laptop. AppError while the server has not verified them."""
    if state(store, sha256) != "safe":
        raise AppError(LAST_COPY)
    with store.transaction():
        store.query("UPDATE blob_local SET here = 0, wanted = 0 WHERE sha256 = ?", (sha256,))
    blobs(store).remove(sha256)


def waiting(store: Store) -> Waiting:
    """What still has to reach the server."""
    found = store.query(
        "SELECT count(*), coalesce(sum(size), 0) FROM (SELECT max(a.size) size FROM attachment a "
        "JOIN blob_local b USING (sha256) WHERE a.deleted IS NULL AND b.here AND b.verified_at IS NULL GROUP BY sha256)"
    )
    return Waiting(*found[0])


def to_send(store: Store) -> list[tuple[str, str]]:
    """(hash, scope) of files that the server may not have yet and whose records it knows, small ones first.

    A record that waits there for a supervisor is known too.
    """
    return store.query(
        "SELECT a.sha256, min(a.scope) FROM attachment a JOIN blob_local b USING (sha256) "
        "JOIN sync_scope s ON s.scope = a.scope AND (s.access = 'write' OR a._seq = 0) "
        "WHERE a.deleted IS NULL AND a._seq >= 0 AND b.here AND b.verified_at IS NULL "
        "GROUP BY a.sha256 ORDER BY max(a.size)"
    )


def to_fetch(store: Store) -> list[tuple[str, str]]:
    """(hash, scope) of files that are not here though wanted, newest first; a laptop that was shut out gets none."""
    if store.setting(outbox.REVOKED):
        return []
    found = store.query(
        "SELECT a.sha256, min(a.scope) FROM attachment a LEFT JOIN blob_local b USING (sha256) "
        "WHERE a.deleted IS NULL AND coalesce(b.here, 0) = 0 AND coalesce(b.wanted, 1) AND a.size BETWEEN 1 AND ? "
        "GROUP BY a.sha256 ORDER BY max(a.created_at) DESC", (LARGEST,),
    )  # fmt: skip
    return [(sha256, scope) for sha256, scope in found if is_sha256(sha256)]


def arrived(store: Store, sha256: str, *, verified: bool = False) -> None:
    """Remembers that a file's bytes lie here; `verified` when they came from the server."""
    stamp = store.clock.stamp() if verified else None
    with store.transaction():
        store.query(
            "INSERT INTO blob_local (sha256, here, verified_at) VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET "
            "here = 1, wanted = 1, verified_at = coalesce(excluded.verified_at, verified_at)", (sha256, stamp),
        )  # fmt: skip


def verified(store: Store, sha256: str) -> None:
    """Remembers that the server compared the hash of what it holds."""
    with store.transaction():
        store.query("UPDATE blob_local SET verified_at = ? WHERE sha256 = ?", (store.clock.stamp(), sha256))


def lost(store: Store, sha256: str) -> None:
    """Remembers that bytes thought to lie here do not."""
    with store.transaction():
        store.query("UPDATE blob_local SET here = 0 WHERE sha256 = ?", (sha256,))


def meet_server(store: Store) -> None:
    """What an earlier life of the server verified (before a restore, or another one) is asked anew."""
    epochs = dict(store.query("SELECT scope, epoch FROM sync_scope WHERE epoch IS NOT NULL"))
    before: dict[str, str] = store.setting(EPOCHS, {})
    if epochs == before:
        return
    with store.transaction():
        if any(before[scope] != epoch for scope, epoch in epochs.items() if scope in before):
            store.query("UPDATE blob_local SET verified_at = NULL")
        store.set_setting(EPOCHS, epochs)


def sweep(store: Store) -> None:
    """Files whose record left this laptop go too, once the server has verified them; others stay."""
    left = store.query(
        "SELECT sha256 FROM blob_local b WHERE (verified_at IS NOT NULL OR NOT here) "
        "AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = b.sha256)"
    )
    for (sha256,) in left:
        blobs(store).remove(sha256)
        with store.transaction():
            store.query("DELETE FROM blob_local WHERE sha256 = ?", (sha256,))
