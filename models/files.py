"""Files written whole or not at all, and the operating system's refusals as sentences."""

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models.errors import AppError, DiskFull, FileTrouble, FolderReadOnly
from models.i18n import Words

_SENTENCES: dict[int, type[AppError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EACCES: FolderReadOnly,
    errno.EPERM: FolderReadOnly,
    errno.EROFS: FolderReadOnly,
}
HELD = Words(
    "Berkas ini tidak bisa dipakai. Tutup dulu di program lain yang membukanya, atau pilih tempat lain.",
    "This file cannot be used. Close it in the other program that holds it, or choose another place.",
)
OUT_OF_REACH = Words(
    "Berkas atau foldernya tidak bisa dijangkau. Periksa flashdisknya, atau pilih tempat lain.",
    "The file or its folder cannot be reached. Check the stick, or choose another place.",
)


@contextmanager
def file_errors() -> Generator[None]:
    """Says a full disk or a read-only folder as an `AppError`; any other `OSError` is a bug."""
    try:
        yield
    except OSError as error:
        sentence = _SENTENCES.get(error.errno or 0)
        if sentence is None:
            raise
        raise sentence from error


@contextmanager
def chosen_file() -> Generator[None]:
    """For a file that a person chose: whatever the system refuses about it is a `FileTrouble` or a full disk."""
    try:
        with file_errors():
            yield
    except FolderReadOnly as error:
        raise FileTrouble(HELD) from error
    except OSError as error:
        raise FileTrouble(OUT_OF_REACH) from error


def save_chosen(path: Path, data: bytes) -> None:
    """`write_atomic` where a person said, under `chosen_file`."""
    with chosen_file():
        write_atomic(path, data)


def write_atomic(path: Path, data: bytes) -> None:
    """Replaces a file as a whole, durably, readable by its owner alone."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """A file to write to that takes the place of `path` at the end, durably; whatever is raised leaves `path` alone."""
    with file_errors():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder survive a power cut; Windows needs and offers nothing here."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
