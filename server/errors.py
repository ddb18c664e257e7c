"""Why the server refuses a request, in both languages. One table; every error has this one shape."""

from models.i18n import Words
from sync.protocol import Complaint, Refusal

# code: (HTTP status, what a person reads)
ERRORS: dict[str, tuple[int, Words]] = {
    "malformed": (400, Words("Permintaan tidak bisa dibaca.", "The request cannot be read.")),
    "truncated": (400, Words("Kiriman terpotong. Kirim ulang.", "The body was cut short. Send it again.")),
    "size-unknown": (411, Words("Ukuran kiriman tidak disebut.", "The frame does not state its size.")),
    "too-large": (413, Words("Kiriman terlalu besar.", "The body is too large.")),
    "encoding": (415, Words("Cara pemampatan tidak dikenal.", "Unknown content encoding.")),
    "bad-key": (400, Words("Kunci laptop tidak bisa dibaca.", "The laptop's key cannot be read.")),
    "bad-name": (400, Words("Nama laptop tidak bisa dipakai.", "The laptop's name cannot be used.")),
    "wrong-code": (403, Words(
        "Kode tidak dikenal. Periksa lagi atau minta kode baru ke Dinas.",
        "Unknown code. Check it or ask the Dinas for a new one.")),
    "used-code": (403, Words(
        "Kode sudah dipakai laptop lain. Minta kode baru ke Dinas.",
        "Another laptop has used this code. Ask the Dinas for a new one.")),
    "old-code": (403, Words(
        "Kode sudah lewat 7 hari. Minta kode baru ke Dinas.",
        "The code is older than 7 days. Ask the Dinas for a new one.")),
    "too-many-guesses": (429, Words(
        "Terlalu banyak kode salah. Tunggu satu menit.", "Too many wrong codes. Wait a minute.")),
    "bad-signature": (401, Words("Laptop tidak dikenal.", "Unknown laptop.")),
    "no-session": (401, Words("Sesi sudah berakhir.", "The session has ended.")),
    "device-revoked": (403, Words(
        "Laptop ini sudah dicabut izinnya oleh Dinas.", "This laptop's permission was withdrawn by the Dinas.")),
    "admin-only": (403, Words("Hanya untuk admin.", "For administrators only.")),
    "old-version": (426, Words(
        "Versi ini sudah terlalu lama untuk server. Pasang versi baru dari Dinas.",
        "This version is too old for the server. Install the new one from the Dinas.")),
    "new-version": (426, Words(
        "Server belum mengenal versi ini. Perbarui server.", "The server does not know this version yet. Update it.")),
    "not-found": (404, Words("Tidak ada.", "Not found.")),
    "offset": (409, Words("Kiriman berkas tidak bersambung. Lanjutkan dari yang ada.", "The piece does not follow on. Go on from what is here.")),
    "other-hash": (422, Words("Isi berkas tidak sesuai sidiknya. Kirim ulang dari awal.", "The bytes are not those of the hash. Send them again from the start.")),
    "bad-type": (415, Words("Jenis berkas ini tidak diterima.", "This type of file is not accepted.")),
    "range": (416, Words("Bagian berkas itu tidak ada.", "That part of the file does not exist.")),
    "method": (405, Words("Cara ini tidak dipakai di sini.", "Method not allowed.")),
    "busy": (503, Words("Server sedang sibuk. Coba lagi.", "The server is busy. Try again.")),
    "broken": (500, Words("Server mengalami gangguan.", "The server has a fault.")),
}  # fmt: skip

BY_STATUS = {404: "not-found", 405: "method", 413: "too-large"}


def refusal(code: str) -> tuple[int, Refusal]:
    """(HTTP status, body) of an error."""
    status, words = ERRORS[code]
    return status, Refusal(Complaint(code, words.id, words.en))
