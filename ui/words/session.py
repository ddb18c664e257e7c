"""Words of the session form."""

from models.i18n import Words

TITLE = Words("Sesi konsultasi baru", "New session")
DURATION = Words("lama sesi", "session time")
TOPICS_KEYS = Words("Alt + angka", "Alt + digit")
NOTE_HELP = Words("— apa yang ditanyakan dan disarankan", "— what was asked and advised")
NOTE_EXAMPLE = Words(
    "Mis. Kemasan belum memuat komposisi. Disarankan standing pouch dan label lengkap.",
    "E.g. The label lacks ingredients. Advised a standing pouch and a full label.",
)
FOLLOW_UP_NONE = Words("Tidak ada", "None")
WHAT_EXAMPLE = Words("Mis. kirim foto KTP dan label", "E.g. send photos of the ID card and label")
DUE_HELP = Words("Ketik 3, 7, 14, “senin”, atau 1/12.", "Type 3, 7, 14, “monday” or 1/12.")
RESPONSIBLE_KASIE = Words("Kasie {village}", "Kasie of {village}")

# Labels with their mnemonics, unique on the form.
LABEL: dict[str, Words] = {
    "consultation.topics": Words("&Topik yang dibahas", "&Topics"),
    "consultation.note": Words("&Catatan singkat", "Short &note"),
    "consultation.place": Words("T&empat", "Plac&e"),
    "consultation.result": Words("Ha&sil", "&Result"),
    "follow_up.kind": Words("Tindak &lanjut", "Fo&llow-up"),
    "follow_up.what": Words("&Apa yang ditunggu", "Wh&at is awaited"),
    "follow_up.due": Words("Te&nggat", "D&ue"),
    "follow_up.responsible": Words("Penanggun&g jawab", "Res&ponsible"),
    "follow_up.responsible_name": Words("Kantor ata&u nama", "Office or na&me"),
}

MOVED = Words(
    "{day} hari libur ({why}). Dipindah ke {to} (hari kerja berikutnya).",
    "{day} is a day off ({why}). Moved to {to} (next workday).",
)

PAST = Words("Sesi sebelumnya", "Earlier sessions")
PAST_NONE = Words("Belum pernah ada sesi.", "No session yet.")
PAST_NONE_WHY = Words("Ini sesi pertamanya.", "This is the first one.")
DELETE_DRAFT = Words("Hapus draf", "Delete draft")
DELETE_DRAFT_TITLE = Words("Hapus draf sesi “{name}”?", "Delete the draft session “{name}”?")
SAVE = Words("Simpan sesi", "Save session")
SAVE_PRINT = Words("Simpan && cetak", "Save && print")
SAVED = Words("Sesi {number} tersimpan.", "Session {number} saved.")
PRINT = Words("Cetak (Ctrl+P)", "Print (Ctrl+P)")
NO_NIB = Words("Belum punya NIB", "No NIB yet")
HAS_NIB = Words("NIB terbit", "NIB issued")
NOBODY = Words("Sesi untuk siapa?", "A session with whom?")
NOBODY_HOW = Words(
    "Pilih satu usaha di daftar Pelaku Usaha, lalu tekan F4.",
    "Choose a business in the list of Businesses, then press F4.",
)
CHOOSE = Words("Pilih usaha", "Choose a business")
