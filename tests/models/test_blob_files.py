"""The folder of encrypted files: nothing in the clear, nothing half there, nothing outside it."""

import hashlib
import random
from pathlib import Path

import pytest

from models.blob_files import CHUNK, BlobFolder, DamagedFile

KEY = bytes(range(32))


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> BlobFolder:
    return BlobFolder(tmp_path / "blobs", KEY)


def on_disk(blobs: BlobFolder) -> list[Path]:
    return [path for path in blobs.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [1, 40, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_bytes_come_back(blobs: BlobFolder, size: int) -> None:
    data = random.Random(size).randbytes(size)

    blobs.write(sha(data), data)

    assert blobs.has(sha(data))
    assert blobs.read(sha(data)) == data


def test_planted_bytes_are_not_found_on_the_disk(blobs: BlobFolder) -> None:
    planted = b"NIK 3513145201900142 "
    data = planted * 10_000

    blobs.write(sha(data), data)
    blobs.add(sha(planted), 0, planted)

    (whole, piece) = sorted(on_disk(blobs), key=lambda path: -path.stat().st_size)
    for path in (whole, piece):
        assert planted not in path.read_bytes()
        assert sha(data) not in str(path)
        assert path.stat().st_mode & 0o077 == 0


def test_one_changed_byte_is_noticed_and_set_aside(blobs: BlobFolder) -> None:
    data = bytes(2 * CHUNK)
    blobs.write(sha(data), data)
    (path,) = on_disk(blobs)
    raw = bytearray(path.read_bytes())
    raw[CHUNK + 100] ^= 1
    path.write_bytes(raw)

    with pytest.raises(DamagedFile):
        blobs.read(sha(data))
    assert not blobs.has(sha(data))


def test_chunks_cannot_change_places(blobs: BlobFolder) -> None:
    data = b"a" * CHUNK + b"b" * CHUNK
    blobs.write(sha(data), data)
    (path,) = on_disk(blobs)
    raw = path.read_bytes()
    path.write_bytes(raw[CHUNK + 40 :] + raw[: CHUNK + 40])

    with pytest.raises(DamagedFile):
        blobs.read(sha(data))


def test_another_key_opens_nothing(blobs: BlobFolder) -> None:
    data = b"isi"
    blobs.write(sha(data), data)
    (path,) = on_disk(blobs)
    other = BlobFolder(blobs.folder, bytes(32))

    assert not other.has(sha(data))
    with pytest.raises(FileNotFoundError):
        other.read(sha(data))
    assert path.is_file()


def test_pieces_become_a_file(blobs: BlobFolder) -> None:
    data = random.Random(1).randbytes(1000)
    for start in (0, 300, 700):
        assert blobs.offset(sha(data)) == start
        blobs.add(sha(data), start, data[start : {0: 300, 300: 700, 700: 1000}[start]])

    assert not blobs.has(sha(data))
    assert blobs.finish(sha(data)) == data
    assert blobs.read(sha(data)) == data
    assert len(on_disk(blobs)) == 1


def test_pieces_of_something_else_are_dropped(blobs: BlobFolder) -> None:
    blobs.add(sha(b"benar"), 0, b"salah")

    assert blobs.finish(sha(b"benar")) is None
    assert not on_disk(blobs)
    assert blobs.offset(sha(b"benar")) == 0


def test_a_torn_piece_is_a_gap(blobs: BlobFolder) -> None:
    data = bytes(900)
    blobs.add(sha(data), 0, data[:300])
    blobs.add(sha(data), 300, data[300:600])
    torn = next(path for path in on_disk(blobs) if path.name == "00000300")
    torn.write_bytes(torn.read_bytes()[:50])

    assert blobs.offset(sha(data)) == 300


def test_a_piece_opens_only_in_its_own_place(blobs: BlobFolder) -> None:
    data = bytes(900)
    blobs.add(sha(data), 300, data[300:600])
    (path,) = on_disk(blobs)
    path.rename(path.with_name("00000000"))

    assert blobs.offset(sha(data)) == 0


@pytest.mark.parametrize("name", ["", "../../x", "A" * 64, "g" * 64, "0" * 63, "0" * 64 + "/..", "con", "\0" * 64])
def test_only_a_hash_names_a_file(blobs: BlobFolder, name: str) -> None:
    for act in (blobs.has, blobs.read, blobs.remove, blobs.offset):
        with pytest.raises(ValueError, match="SHA-256"):
            act(name)
