"""Words of the papers to choose from: where they stand, and why one has nothing to say."""

from models.i18n import Words

TITLE = Words("Semua cetakan", "All papers")
OTHERS = Words("Cetakan lain", "Other papers")
SEARCH = Words("Cari cetakan…", "Search a paper…")
NOTHING = Words("Tidak ada cetakan bernama “{text}”", "No paper is called “{text}”")

SHELVES = {
    "owner": Words("Untuk {name}", "For {name}"),
    "event": Words("Kegiatan", "Events"),
    "work": Words("Laporan & serah terima", "Reports & handover"),
    "blank": Words("Formulir kosong", "Blank forms"),
}
BLANK = Words("kosong, untuk diisi tangan", "blank, to be filled by hand")
BLANK_LIST = Words("{service}, kosong", "{service}, blank")
CASE = Words("{service} · {done} dari {all} dokumen", "{service} · {done} of {all} documents")
HELD = Words("Sesi {day} · {topics}", "Session of {day} · {topics}")
EVENT = Words("{name} · {day}", "{name} · {day}")
GUEST = Words("{guest} · {event}", "{guest} · {event}")
TYPE_GUEST = Words("{event}: ketik nama peserta ({n} hadir)", "{event}: type a participant's name ({n} present)")
TYPE_TICKET = Words("{event}: ketik nomor atau nama ({n} nomor)", "{event}: type a number or a name ({n} numbers)")
OPEN_WORK = Words("pekerjaan yang masih terbuka atas nama Anda", "the work that is open in your name")
HANDED = Words("{giver} → {taker}, {day}", "{giver} → {taker}, {day}")
OTHER_SORT = Words("Lainnya", "Others")
RECEIPT = Words("{when} · {sent} terkirim, {received} diterima", "{when} · {sent} sent, {received} received")

NO_BUSINESS = Words("Belum ada usaha yang tercatat.", "No business is recorded yet.")
NO_SESSION = Words("Belum ada sesi konsultasi.", "No session was held yet.")
NO_CASE = Words("Belum ada fasilitasi.", "There is no facilitation yet.")
NOT_PRESENT = Words("Belum tercatat hadir di kegiatan.", "Not recorded as present at any event.")
NO_TICKET = Words("Tidak ada nomor antrean hari ini.", "There is no queue number today.")
NOT_SHARING = Words(
    "Pemilik belum menyetujui tujuan 4: bank atau mitra.", "The owner has not agreed to purpose 4: bank or partner."
)
NO_EVENT = Words("Belum ada kegiatan yang tercatat.", "No event is recorded yet.")
NO_RECEIPT = Words("Belum ada sinkronisasi.", "There was no sync yet.")
KEY_ONCE = Words(
    "Hanya saat kunci dibuat: di Penyiapan atau Pengaturan › Profil & PIN.",
    "Only when the key is made: at the first run or in Settings › Profile & PIN.",
)
