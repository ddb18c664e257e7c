"""What sync says to people."""

from models.i18n import Words

# Why a whole batch was not taken, by the status of its answer.
STATUS: dict[str, Words] = {
    "gap": Words(
        "Server kehilangan sebagian kiriman laptop ini. Data Anda aman di laptop ini. Hubungi Dinas.",
        "The server lost part of what this laptop sent. Your data is safe on this laptop. Call the Dinas.",
    ),
    "device-forked": Words(
        "Data akun ini dipulihkan dari cadangan atau disalin. Data aman. Minta kode baru ke Dinas untuk laptop ini.",
        "This account's data came from a backup or a copy. Your data is safe. Ask the Dinas for a new code.",
    ),
    "no-grant": Words(
        "Ada data di wilayah yang tidak lagi menjadi tugas Anda. Data aman. Hubungi Dinas.",
        "Some data belongs to a region that is no longer yours. Your data is safe. Call the Dinas.",
    ),
    "invalid": Words(
        "Server tidak bisa membaca kiriman. Data aman. Perbarui Dampingi, lalu coba lagi.",
        "The server could not read what was sent. Your data is safe. Update Dampingi, then try again.",
    ),
}
STATUS["already"] = STATUS["device-forked"]

SENT = Words("Terkirim {sent} data, diterima {received} perubahan", "Sent {sent} items, received {received} changes")
LOST_LINE = Words("Sambungan terputus", "Connection lost")
REFUSED = Words(
    "{count} data belum bisa diterima server. Data aman di laptop ini.",
    "The server could not take {count} items yet. They are safe on this laptop.",
)
UNEQUAL = Words(
    "Isi laptop dan server belum sama. Data aman. Hubungi Dinas bila tetap muncul.",
    "Laptop and server do not agree yet. Your data is safe. Call the Dinas if this stays.",
)
MENDED = Words("Berbeda dari server, sudah disamakan: {title}", "Differed from the server, now the same: {title}")
DAMAGED_ON_SERVER = Words(
    "Data ini rusak di server: {title}. Isi di laptop ini aman dan tidak diubah. Hubungi Dinas.",
    "This item is damaged on the server: {title}. This laptop's copy is safe and unchanged. Call the Dinas.",
)
MASS_DELETION = Words(
    "Server akan menghapus {count} dari {of} data di laptop ini. Belum ada yang dihapus. "
    "Tekan “Coba kirim sekarang” untuk memutuskan.",
    "The server would delete {count} of {of} items on this laptop. Nothing was deleted yet. Press “Try now” to decide.",
)
CLOCK = Words(
    "Jam laptop berbeda {minutes} menit dari server. Betulkan jam Windows, lalu coba lagi.",
    "The clock differs by {minutes} minutes from the server. Set the Windows clock, then try again.",
)
NOT_ENROLLED = Words("Belum tersambung ke kantor", "Not connected to the office yet")

HANDED = Words("{count} data dititipkan ke flashdisk: {name}", "{count} items handed to the stick: {name}")
TAKEN = Words(
    "Jawaban dari flashdisk: {sent} data sudah sampai di Dinas, {received} perubahan diterima",
    "Answer by stick: {sent} items reached the Dinas, {received} changes received",
)
STICK_LOST = Words(
    "Flashdisk tidak bisa dibaca atau ditulisi. Pasang lagi, lalu coba lagi. Data Anda aman di laptop ini.",
    "The stick cannot be read or written. Plug it in again, then retry. Your data is safe on this laptop.",
)
NOT_ALL_CARRIED = Words(
    "Ada data yang belum bisa dititipkan: tanda terimanya belum datang, atau disisihkan server. Kirim dulu lewat "
    "internet. Tidak ada yang diubah.",
    "Some data cannot go onto the stick: its receipt has not come yet, or the server set it aside. Send it over the "
    "internet first. Nothing was changed.",
)
SERVER_RESTORED = Words(
    "Server Dinas baru dipulihkan dari cadangan. Sambungkan laptop sekali lewat internet. Data Anda aman.",
    "The server came back from a backup. Connect this laptop once over the internet. Your data is safe.",
)


HANDED_IN = Words(
    "Laptop ini sudah dicabut izinnya oleh Dinas. {count} data yang belum terkirim sudah diserahkan ke Dinas. "
    "Data di laptop ini tidak dihapus.",
    "The Dinas withdrew this laptop's permission. {count} unsent items were handed to the Dinas. "
    "Nothing on this laptop was deleted.",
)
HELD = Words(
    "{count} data diserahkan ke Dinas untuk diperiksa, karena wilayahnya bukan lagi tugas Anda",
    "{count} items were handed to the Dinas to look at, since their region is no longer yours",
)
