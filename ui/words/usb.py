"""Words of the exchange by stick."""

from models.i18n import Words

OPEN = Words("Tukar lewat flashdisk", "Exchange by USB stick")
TITLE = Words("Tukar data lewat flashdisk", "Exchange data by USB stick")
PLUGGED = Words("{name} — terpasang", "{name} — plugged in")
FREE = Words("Sisa ruang {free}", "{free} free")
FILES = Words("{free} · ada {n} berkas Dampingi dari Dinas", "{free} · {n} Dampingi files from the Dinas")
READY = Words("Siap", "Ready")
NO_STICK = Words("Pasang flashdisk ke laptop ini", "Plug a USB stick into this laptop")
NO_STICK_HELP = Words("Dampingi mengenalinya sendiri.", "Dampingi notices it by itself.")
HAND = Words("Titip ke Dinas", "Hand over to the Dinas")
HAND_HELP = Words(
    "{n} data disimpan ke flashdisk dalam keadaan terkunci. Hanya server Dinas yang bisa membukanya.",
    "{n} items are put on the stick, sealed. Only the server of the Dinas can open them.",
)
HAND_WHEN = Words(
    "Yang menunggu disimpan ke flashdisk dalam keadaan terkunci. Hanya server Dinas yang bisa membukanya.",
    "What waits is put on the stick, sealed. Only the server of the Dinas can open it.",
)
SAVE = Words("Simpan ke flashdisk", "Save to the stick")
SAVING = Words("Menyimpan…", "Saving…")
SAVED = Words(
    "{n} data dititipkan: {file}. Bawa flashdisk ini ke Dinas.", "{n} items handed over: {file}. Take it there."
)
FETCH = Words("Ambil dari Dinas", "Fetch from the Dinas")
FETCH_HELP = Words(
    "Berkas {date}: {n} perubahan dari Dinas dan klinik. Data Anda tidak ditimpa tanpa ditanya.",
    "File of {date}: {n} changes from the Dinas and clinic. Your data is never overwritten unasked.",
)
FETCH_OLD = Words("Berkas {date} sudah diambil.", "The file of {date} was taken already.")
FETCH_NONE = Words("Belum ada berkas dari Dinas di flashdisk ini.", "There is no file from the Dinas on this stick.")
TAKE = Words("Ambil {n} perubahan", "Fetch {n} changes")
TAKE_NONE = Words("Ambil", "Fetch")
TAKING = Words("Mengambil…", "Fetching…")
TAKEN = Words(
    "Tanda terima untuk {sent} data, {received} perubahan diambil.",
    "Receipt for {sent} items, {received} changes fetched.",
)
STAYS = Words(
    "Data yang dititipkan tetap ada di laptop ini sampai server mengirim tanda terima.",
    "What you hand over stays on this laptop until the server's receipt comes.",
)
EJECT = Words("Lepas flashdisk dengan aman", "Eject safely")
EJECT_HELP = Words(
    "Semua sudah tertulis. Klik ikon flashdisk di kanan bawah layar, pilih Keluarkan, lalu cabut.",
    "Everything is written. Click the stick's icon at the bottom right, choose Eject, then pull it out.",
)
BACK_TO_STICK = Words("Kembali ke flashdisk", "Back to the stick")
BANNER = Words("Flashdisk {name} berisi berkas dari Dinas.", "The stick {name} holds a file from the Dinas.")
BANNER_HELP = Words(
    "Berkas {date}, {n} perubahan. Tidak diambil sebelum Anda menekan.",
    "File of {date}, {n} changes. Not taken before you press.",
)
BANNER_ACT = Words("Buka penukaran", "Open the exchange")
BANNER_CLOSE = Words("Tutup sampai flashdisk berikutnya", "Close until the next stick")
