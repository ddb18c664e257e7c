"""Words of the sync pill and of Sinkronisasi."""

from models.i18n import Words

TITLE = Words("Sinkronisasi", "Sync")
TRY_NOW = Words("Coba kirim sekarang", "Try now")
DELETE_TITLE = Words("Hapus {count} dari {of} data di laptop ini?", "Delete {count} of {of} items on this laptop?")
DELETE_WAITS = Words("Penghapusan menunggu keputusan Anda", "A deletion waits for your decision")
DELETE_TEXT = Words(
    "Data ini sudah dihapus di server. Bila Anda tidak tahu alasannya, tanyakan dulu ke Dinas. "
    "Selama belum diputuskan, data di laptop ini tetap utuh dan data baru Anda tetap terkirim.",
    "These items were deleted on the server. If you do not know why, ask the Dinas first. "
    "Until you decide, nothing on this laptop is deleted and your own new items are still sent.",
)
DELETE_ACT = Words("Hapus dari laptop ini", "Delete from this laptop")
DELETE_LATER = Words("Jangan sekarang", "Not now")
PILL_OK = Words("Semua terkirim · {time}", "All sent · {time}")
PILL_OK_NEW = Words("Semua terkirim", "All sent")
PILL_WAITING = Words("{n} menunggu dikirim", "{n} waiting to be sent")
PILL_SENDING = Words("Mengirim {sent} dari {total}…", "Sending {sent} of {total}…")
PILL_CONNECTING = Words("Menghubungi server…", "Contacting the server…")
PILL_OFFLINE = Words("Tanpa internet · {n} menunggu", "No internet · {n} waiting")
PILL_ALONE = Words("Belum tersambung · {n} menunggu", "Not connected · {n} waiting")
PILL_PAUSED = Words("Dijeda · {n} menunggu", "Paused · {n} waiting")
PILL_CONFLICT = Words("{n} perlu diputuskan", "{n} need your decision")
PILL_HELP = Words("Sinkronisasi perlu bantuan", "Sync needs help")

STATE = {
    "ok": (Words("Semua terkirim", "All sent"), Words("Laptop dan server sama.", "Laptop and server agree.")),
    "waiting": (Words("Segera dikirim", "About to be sent"), Words("Data Anda aman di laptop ini.", "Your data is safe on this laptop.")),
    "sending": (Words("Sedang mengirim", "Sending"), Words("Silakan terus bekerja.", "Please keep working.")),
    "offline": (Words("Tanpa internet", "No internet"), Words("Data Anda aman di laptop ini.", "Your data is safe on this laptop.")),
    "alone": (Words("Belum tersambung ke kantor", "Not connected to the office"), Words("Data Anda aman di laptop ini.", "Your data is safe on this laptop.")),
    "paused": (Words("Dijeda", "Paused"), Words("Tidak ada yang dikirim sampai Anda lanjutkan.", "Nothing is sent until you go on.")),
    "conflict": (Words("Perlu Anda putuskan", "For you to decide"), Words("Data lain sudah terkirim.", "Everything else was sent.")),
    "help": (Words("Perlu bantuan", "Needs help"), Words("Data Anda aman di laptop ini.", "Your data is safe on this laptop.")),
}  # fmt: skip
WAITING = Words("Menunggu dikirim", "Waiting")
ITEMS = Words("{n} data", "{n} items")
AHEAD = Words("{n} data · {time}", "{n} items · {time}")
SECONDS = Words("sekitar {n} detik", "about {n} seconds")
MINUTES = Words("sekitar {n} menit", "about {n} minutes")
PAUSE = Words("Jeda", "Pause")
RESUME = Words("Lanjutkan", "Go on")
LAST = Words("Terakhir tersambung", "Last connected")
NEVER = Words("belum pernah", "never")
BACKUP = Words("Cadangan di laptop", "Local backup")
NO_BACKUP = Words("belum ada", "none yet")
TODAY = Words("Hari ini, {time}", "Today, {time}")
YESTERDAY = Words("kemarin {time}", "yesterday {time}")
NEXT_TRY = Words("Dicoba lagi otomatis pukul {time}", "Next try at {time}")
EVENTS = Words("Riwayat kejadian", "Event log")
NO_EVENTS = Words("Belum ada kejadian.", "Nothing yet.")
SAVE_LOG = Words("Simpan log", "Save log")
LOG_FILTER = Words("Teks (*.txt)", "Text (*.txt)")
LOG_SAVED = Words("Log tersimpan.", "Log saved.")
NOTHING_WAITS = Words("Tidak ada yang menunggu.", "Nothing is waiting.")
NEW = Words("{title} (baru)", "{title} (new)")
MORE = Words("+ {n} data lagi", "+ {n} more")

DECIDE = Words("Perlu Anda putuskan ({n} dari {all})", "For you to decide ({n} of {all})")
DECIDE_HELP = Words(
    "Data yang sama diubah di dua tempat. Pilih yang benar — keduanya tetap tersimpan di Riwayat perubahan.",
    "The same data was changed in two places. Choose the right one — both stay in the history.",
)
DIFFERENT = Words("{n} isian berbeda, {same} isian sama", "{n} fields differ, {same} are the same")
OPEN = Words("Buka data", "Open")
FIELD = Words("Isian", "Field")
HERE = Words("Di laptop ini", "On this laptop")
THERE = Words("Di server", "On the server")
IN_USE = Words("Nilai yang dipakai", "Value in use")
OTHER = Words("Nilai yang lain", "The other value")
YOU = Words("Anda", "You")
SOMEBODY = Words("petugas lain", "somebody else")
EMPTY = Words("(kosong)", "(empty)")
DELETED = Words("Dihapus", "Deleted")
STAYS = Words("Tetap ada", "Stays")
RECORD = Words("Data ini", "This record")
RESULT = Words("Hasil setelah digabung", "Result")
NOT_CHOSEN = Words("{field} — belum dipilih", "{field} — not chosen yet")
CHOSEN = Words("{field} — {value}", "{field} — {value}")
KEY_LEFT = Words("laptop", "laptop")
KEY_RIGHT = Words("server", "server")
LATER = Words("Nanti saja", "Later")
ASK = Words("Tanya pemilik dulu", "Ask the owner first")
ASKED = Words("Tindak lanjut dibuat: tanya {name}.", "Follow-up made: ask {name}.")
ASK_WHAT = Words("Tanyakan mana yang benar: {fields}", "Ask which is right: {fields}")
KEEP = Words("Simpan hasil gabungan", "Save merged")
KEPT = Words("Keputusan tersimpan.", "Decision saved.")
NONE = Words("Tidak ada yang perlu diputuskan", "Nothing to decide")
NONE_HELP = Words(
    "Bila data yang sama diubah di dua tempat, pilihannya muncul di sini. Keduanya tetap tersimpan.",
    "When the same data is changed in two places, the choice appears here. Both values are kept.",
)

CONNECT = Words("Sambungkan laptop ini ke kantor", "Connect this laptop to the office")
CONNECT_HELP = Words(
    "Ketik kode dari Dinas dan alamat servernya, atau pakai berkas .dampingi. Data yang sudah ada ikut terkirim.",
    "Type the code of the Dinas and its server's address, or use the .dampingi file. What you have is sent along.",
)
CONNECT_NOW = Words("Sambungkan", "Connect")
CONNECTING = Words("Menghubungi…", "Contacting…")
CONNECTED = Words("Laptop ini tersambung ke kantor.", "This laptop is connected to the office.")
NO_LINE = Words(
    "Server belum bisa dihubungi. Kode disimpan dan dicoba lagi saat internet ada.",
    "The server cannot be reached yet. The code is kept and tried again once there is a line.",
)
FINGERPRINT = Words("Cocokkan kunci server", "Compare the server's key")
FINGERPRINT_HELP = Words(
    "Minta Dinas membacakan kunci ini. Bila semuanya sama, tekan Cocok. Bila berbeda, jangan lanjutkan.",
    "Ask the Dinas to read this key out. If all of it is the same, press It matches. If not, stop.",
)
MATCHES = Words("Cocok", "It matches")
DIFFERS = Words("Tidak cocok", "It does not match")
STOPPED = Words(
    "Jangan lanjutkan. Hubungi Dinas lewat nomor yang Anda kenal. Data Anda aman.",
    "Stop here. Call the Dinas on a number you know. Your data is safe.",
)
SAMPLE = Words("Kantor contoh tidak pernah tersambung", "The sample office never connects")
SAMPLE_HELP = Words("Isinya karangan, untuk belajar.", "Its content is invented, to learn with.")
