"""Errors that the user can mend. Everything else is a bug and reaches the crash dialog.

AppError                    carries one sentence in both languages: what is wrong, what to do
├── StoreError              the encrypted file
│   ├── DiskFull
│   ├── FolderReadOnly
│   ├── AlreadyOpen         a second instance holds the file
│   ├── WrongPassphrase
│   │   └── TooManyTries    `.seconds` says how long to wait
│   ├── NewerDatabase       made by a newer Dampingi
│   └── DamagedDatabase
├── InvalidRecord           a row breaks a rule; `.problems` says which
├── FileTrouble             a workbook, key or package the user chose
└── SyncTrouble             the server said no; being offline is not an error
    ├── ServerChanged       another key than the pinned one
    ├── VersionTooOld
    └── DeviceRevoked
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.i18n import Words

if TYPE_CHECKING:
    from models.schema import Problem


class AppError(Exception):
    """Something the user can mend; `words` says how, in both languages."""

    words = Words("Ada yang tidak bisa dikerjakan.", "Something could not be done.")

    def __init__(self, words: Words | None = None) -> None:
        if words is not None:
            self.words = words
        super().__init__(self.words.en)


class StoreError(AppError):
    """The encrypted file cannot be used as it is."""


class DiskFull(StoreError):
    words = Words(
        "Ruang disk habis. Hapus berkas yang tidak perlu, lalu coba lagi. Data yang sudah tersimpan aman.",
        "The disk is full. Delete files you do not need, then try again. Saved data is safe.",
    )


class FolderReadOnly(StoreError):
    words = Words(
        "Folder data tidak bisa ditulisi. Minta admin komputer memberi izin tulis, lalu buka lagi.",
        "The data folder is read-only. Ask for write permission, then open again.",
    )


class AlreadyOpen(StoreError):
    words = Words(
        "Dampingi sudah terbuka untuk akun ini. Pakai jendela yang sudah ada.",
        "Dampingi is already open for this account. Use the window that is there.",
    )


class WrongPassphrase(StoreError):
    words = Words("Kata sandi salah.", "Wrong passphrase.")


class TooManyTries(WrongPassphrase):
    """Wrong passphrases wait longer each time."""

    words = Words("Tunggu {seconds} detik, lalu coba lagi.", "Wait {seconds} seconds, then try again.")

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(self.words.fill(seconds=seconds))


class NewerDatabase(StoreError):
    words = Words(
        "Data ini dibuat oleh Dampingi yang lebih baru. Pasang versi terbaru, lalu buka lagi. Data aman.",
        "This data was made by a newer Dampingi. Install the newest version. The data is safe.",
    )


class DamagedDatabase(StoreError):
    words = Words(
        "Berkas data rusak. Pulihkan di Pengaturan › Cadangan data; jangan menghapus berkas apa pun.",
        "The data file is damaged. Restore it in Settings › Backups; do not delete any file.",
    )


class InvalidRecord(AppError):
    """A row breaks a rule that blocks saving."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        first = self.problems[0].words if self.problems else self.words
        super().__init__(first)


class FileTrouble(AppError):
    """A file that the user chose cannot be used; the sentence says why."""


class SyncTrouble(AppError):
    """The server said no. A missing line is not an error."""


class ServerChanged(SyncTrouble):
    words = Words(
        "Server memakai kunci lain dari yang dikenal laptop ini. Jangan lanjutkan; hubungi Dinas. Data aman.",
        "The server has another key than this laptop knows. Stop and call the Dinas. Your data is safe.",
    )


class VersionTooOld(SyncTrouble):
    words = Words(
        "Versi ini sudah terlalu lama untuk server. Data aman. Pasang versi baru dari flashdisk atau tautan Dinas.",
        "This version is too old for the server. Your data is safe. Install the new version from the Dinas.",
    )


class DeviceRevoked(SyncTrouble):
    words = Words(
        "Laptop ini sudah dicabut izinnya oleh Dinas. Data tidak dihapus. Hubungi Dinas.",
        "This laptop's permission was withdrawn by the Dinas. No data was deleted. Call the Dinas.",
    )
