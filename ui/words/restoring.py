"""Words of going back to a backup: on the unlock screen when a file is damaged, and in the settings."""

from datetime import datetime

from models.clock import Clock
from models.i18n import Lang, Words, clock_time, long_date, short_date

DAMAGED = Words("Data belum bisa dibuka", "The data cannot be opened")
DAMAGED_WHY = Words("Berkas data akun ini rusak atau hilang.", "This account's data file is damaged or gone.")
NEWEST = Words("Cadangan terbaru yang utuh", "Newest good backup")
RESTORE_IT = Words("Pulihkan cadangan {when}", "Restore the backup of {when}")
RESTORING = Words("Memulihkan…", "Restoring…")
LATER = Words("Nanti saja", "Not now")
KEPT_ASIDE = Words(
    "Berkas yang rusak tetap disimpan di laptop ini. Data sesudah waktu itu yang sudah terkirim datang lagi dari server: "
    "minta kode baru ke Dinas, lalu buka Sinkronisasi.",
    "The damaged file stays on this laptop. What was sent after that time comes back from the server: ask the Dinas for "
    "a new code, then open Sync.",
)
NO_GOOD = Words("Tidak ada cadangan yang utuh di laptop ini", "There is no good backup on this laptop")
CALL = Words(
    "Jangan menghapus berkas apa pun. Telepon Dinas dan minta kode baru, lalu pilih Tambah petugas di laptop ini: "
    "data yang sudah terkirim datang lagi dari server.",
    "Do not delete any file. Call the Dinas for a new code, then choose Add a person to this laptop: what was sent comes "
    "back from the server.",
)

RESTORE = Words("Pulihkan…", "Restore…")
RESTORE_NAMED = Words("Pulihkan cadangan {when}…", "Restore the backup of {when}…")
TITLE = Words("Pulihkan cadangan {when}?", "Restore the backup of {when}?")
LOOKING = Words("Melihat apa yang belum terkirim…", "Looking for what was not sent yet…")
UNSENT = Words(
    "{n} data yang belum terkirim sesudah waktu itu disimpan dulu ke flashdisk.",
    "{n} items that were not sent since then are put on a USB stick first.",
)
NOTHING_UNSENT = Words(
    "Tidak ada data yang belum terkirim sesudah waktu itu. Flashdisk tidak diperlukan.",
    "Nothing recorded since then waits to be sent. No USB stick is needed.",
)
NOT_CONNECTED = Words(
    "{n} data dicatat sesudah waktu itu, dan akun ini belum tersambung ke kantor, jadi belum bisa dititipkan. "
    "Sambungkan dulu di Sinkronisasi.",
    "{n} items were recorded since then, and this account is not connected to the office, so they cannot be handed "
    "over. Connect it in Sync first.",
)
UNREADABLE = Words(
    "Berkas data rusak: yang belum terkirim tidak bisa dibaca lagi. Berkas itu tetap disimpan di laptop ini.",
    "The data file is damaged: what was not sent cannot be read any more. That file stays on this laptop.",
)
BAD_BACKUP = Words(
    "Cadangan ini rusak. Tidak ada yang diubah. Pilih cadangan lain.",
    "This backup is damaged. Nothing was changed. Choose another one.",
)
MEANING = Words(
    "Isi laptop, setelan, dan draf kembali seperti waktu itu. Berkas yang sekarang disimpan, tidak dihapus. "
    "Sesudahnya buka lagi dengan kata sandi.",
    "Records, settings and drafts go back to that time. The file of now is kept, not deleted. Afterwards open it again "
    "with the passphrase.",
)
NEW_CODE = Words(
    "Untuk mengirim lagi, laptop ini perlu kode baru dari Dinas; data yang sudah terkirim lalu datang lagi dari server.",
    "To send again this laptop needs a new code of the Dinas; what was sent then comes back from the server.",
)
SAVE_AND_RESTORE = Words("Simpan lalu pulihkan", "Save, then restore")
ONLY_RESTORE = Words("Pulihkan", "Restore")
SAVING = Words("Menyimpan ke flashdisk…", "Saving to the stick…")
NO_STICK = Words(
    "Belum ada flashdisk, jadi belum ada yang diubah. Pasang flashdisk, lalu tekan lagi.",
    "There is no USB stick yet, so nothing was changed. Plug one in, then press again.",
)
DONE = Words(
    "Cadangan {when} sudah dipulihkan. Ketik kata sandi untuk membukanya.",
    "The backup of {when} is in place. Type the passphrase to open it.",
)
DONE_HANDED = Words(
    "Cadangan {when} sudah dipulihkan, {n} data ada di flashdisk. Bawa flashdisk ke Dinas dan minta kode baru.",
    "The backup of {when} is in place, {n} items are on the stick. Take it to the Dinas and ask for a new code.",
)


def when(moment: datetime, lang: Lang, clock: Clock) -> str:
    """`24 Nov 07.55`, with the year of another year."""
    day = moment.astimezone(clock.zone).date()
    short = short_date(day, lang, year=day.year != clock.today().year)
    return f"{short} {clock_time(moment, lang, clock.zone)}"


def whole(moment: datetime, lang: Lang, clock: Clock) -> str:
    """`Selasa, 24 November 2026, 07.55`."""
    day = long_date(moment.astimezone(clock.zone).date(), lang, weekday=True)
    return f"{day}, {clock_time(moment, lang, clock.zone)}"
