"""Files by their SHA-256, encrypted in one folder: on a laptop and on the server alike.

    <folder>/3f/3f9c…          a whole file, as sealed chunks
    <folder>/3f/3f9c….parts/   pieces of one that is still arriving, each named by its offset

The name on the disk is a keyed hash of the SHA-256, so the folder does not even tell who holds which
known document; names that people gave never become paths. Each chunk is sealed (XSalsa20-Poly1305)
under a key of its own made of the folder's key, the SHA-256 and the chunk's place: a chunk moved or
changed does not open. Every write is atomic and durable, and a whole file appears only after its
hash was compared, so any cut leaves the file as it was, absent or whole.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.attachments import LARGEST, is_sha256
from models.files import file_errors, write_atomic

CHUNK = 1 << 16  # bytes sealed together
_SEAL = 40  # bytes that sealing adds: nonce and tag
_PARTS = ".parts"


class DamagedFile(Exception):
    """What lies there is not what its name says; it was set aside and no longer counts."""


@dataclass(frozen=True, slots=True)
class BlobFolder:
    """A folder of encrypted files and the key (32 bytes) from which theirs are made."""

    folder: Path
    key: bytes

    def has(self, sha256: str) -> bool:
        """Whether the whole file lies here."""
        return self._path(sha256).is_file()

    def write(self, sha256: str, data: bytes) -> None:
        """Keeps a file whose hash was compared."""
        if hashlib.sha256(data).hexdigest() != sha256:
            msg = "the bytes are not those that the hash names"
            raise ValueError(msg)
        path = self._path(sha256)
        self._make(path.parent)
        sealed = b"".join(
            self._seal(sha256, start, data[start : start + CHUNK]) for start in range(0, len(data), CHUNK)
        )
        write_atomic(path, sealed)

    def read(self, sha256: str) -> bytes:
        """The bytes of a file; FileNotFoundError, or DamagedFile when they no longer fit their hash."""
        path = self._path(sha256)
        with file_errors():
            sealed = path.read_bytes()
        step = CHUNK + _SEAL
        opened = (
            self._open(sha256, n * CHUNK, sealed[n * step : (n + 1) * step]) for n in range(-(-len(sealed) // step))
        )
        data = b"".join(part or b"" for part in opened)
        if hashlib.sha256(data).hexdigest() != sha256:
            with file_errors():
                path.replace(path.with_suffix(".damaged"))
            raise DamagedFile
        return data

    def remove(self, sha256: str) -> None:
        """Takes a file away, and what arrived of it."""
        with file_errors():
            self._path(sha256).unlink(missing_ok=True)
            shutil.rmtree(self._parts(sha256), ignore_errors=True)

    def offset(self, sha256: str) -> int:
        """How many bytes of an arriving file are here without a gap."""
        return sum(len(piece) for piece in self._pieces(sha256))

    def add(self, sha256: str, offset: int, piece: bytes) -> None:
        """Keeps one piece of an arriving file; the same piece may come again."""
        parts = self._parts(sha256)
        self._make(parts)
        write_atomic(parts / f"{offset:08d}", self._seal(sha256, offset, piece))

    def finish(self, sha256: str) -> bytes | None:
        """Makes the file whole of its pieces. None when their hash is another: then they are dropped."""
        data = b"".join(self._pieces(sha256))
        right = hashlib.sha256(data).hexdigest() == sha256
        if right:
            self.write(sha256, data)
        self.forget_pieces(sha256)
        return data if right else None

    def forget_pieces(self, sha256: str) -> None:
        """Drops what arrived of a file that is not whole."""
        shutil.rmtree(self._parts(sha256), ignore_errors=True)

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        """The pieces from the beginning to the first gap; one that does not open is a gap."""
        at, parts = 0, self._parts(sha256)
        while at < LARGEST and (path := parts / f"{at:08d}").is_file():
            piece = self._open(sha256, at, path.read_bytes())
            if not piece:
                return
            yield piece
            at += len(piece)

    def _path(self, sha256: str) -> Path:
        if not is_sha256(sha256):
            msg = "not a SHA-256"
            raise ValueError(msg)
        name = hashlib.blake2b(bytes.fromhex(sha256), key=self.key, digest_size=20, person=b"dampingi name").hexdigest()
        return self.folder / name[:2] / name

    def _parts(self, sha256: str) -> Path:
        return self._path(sha256).with_suffix(_PARTS)

    def _make(self, folder: Path) -> None:
        with file_errors():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _seal(self, sha256: str, place: int, data: bytes) -> bytes:
        from nacl.secret import SecretBox

        return bytes(SecretBox(self._chunk_key(sha256, place)).encrypt(data))

    def _open(self, sha256: str, place: int, sealed: bytes) -> bytes | None:
        """The bytes of a chunk; None when it was changed, cut short or stood elsewhere."""
        from nacl.exceptions import CryptoError
        from nacl.secret import SecretBox

        try:
            return SecretBox(self._chunk_key(sha256, place)).decrypt(sealed)
        except (CryptoError, ValueError):
            return None

    def _chunk_key(self, sha256: str, place: int) -> bytes:
        told = bytes.fromhex(sha256) + place.to_bytes(8, "big")
        return hashlib.blake2b(told, key=self.key, digest_size=32, person=b"dampingi chunk").digest()
