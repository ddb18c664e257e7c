"""Words of the session form."""

from models.i18n import Words

TITLE = Words("Sesi konsultasi baru", "New session")
DURATION = Words("lama sesi", "session time")
TOPICS = Words("Topik yang dibahas", "Topics")
TOPICS_KEYS = Words("Alt + angka", "Alt + digit")
NOTE = Words("&Catatan singkat", "Short note (&C)")
NOTE_HELP = Words("— apa yang ditanyakan dan disarankan", "— what was asked and advised")
NOTE_EXAMPLE = Words(
    "Mis. Kemasan belum memuat komposisi. Disarankan standing pouch dan label lengkap.",
    "E.g. The label lacks ingredients. Advised a standing pouch and a full label.",
)
PLACE = Words("&Tempat", "Place (&T)")
RESULT = Words("&Hasil", "Result (&H)")
FOLLOW_UP = Words("Tindak &lanjut", "Fo&llow-up")
FOLLOW_UP_NONE = Words("Tidak ada", "None")
WHAT = Words("&Apa", "Wh&at")
WHAT_EXAMPLE = Words("Mis. kirim foto KTP dan label", "E.g. send photos of the ID card and label")
DUE = Words("T&enggat", "Du&e")
DUE_HELP = Words("Ketik 3, 7, 14, “senin”, atau 1/12.", "Type 3, 7, 14, “monday” or 1/12.")
RESPONSIBLE = Words("&Penanggung jawab", "Res&ponsible")
RESPONSIBLE_ME = Words("Saya", "Me")
RESPONSIBLE_KASIE = Words("Kasie {village}", "Kasie of {village}")
RESPONSIBLE_OTHER = Words("Kantor lain", "Another office")
RESPONSIBLE_NAME = Words("&Nama penanggung jawab", "&Name of the responsible person")

NO_TOPIC = Words("Pilih paling sedikit satu topik.", "Choose at least one topic.")
NO_DUE = Words("Tulis tenggatnya, mis. 7 atau 1/12.", "Enter a due date, e.g. 7 or 1/12.")
MOVED = Words(
    "{day} hari libur ({why}). Dipindah ke {to} (hari kerja berikutnya).",
    "{day} is a day off ({why}). Moved to {to} (next workday).",
)

PAST = Words("Sesi sebelumnya", "Earlier sessions")
PAST_NONE = Words("Belum pernah ada sesi.", "No session yet.")
PAST_NONE_WHY = Words("Ini sesi pertamanya.", "This is the first one.")
CANCEL = Words("Batal", "Cancel")
SAVE = Words("Simpan sesi", "Save session")
SAVE_PRINT = Words("Simpan && cetak", "Save && print")
SAVED = Words("Sesi {number} tersimpan.", "Session {number} saved.")
PRINT = Words("Cetak (Ctrl+P)", "Print (Ctrl+P)")
DRAFT_SAVED = Words("Draf tersimpan otomatis {time}", "Draft saved automatically {time}")
