"""Words of Pelaku Usaha."""

from models.i18n import Words

TITLE = Words("Pelaku Usaha", "Businesses")
IMPORT = Words("Impor Excel", "Import Excel")
SORT = Words("Urutkan: {how}", "Sort: {how}")
FOUND = Words("{n} dari {all} usaha", "{n} of {all} businesses")
FOUND_MORE = Words("{n}+ dari {all} usaha", "{n}+ of {all} businesses")
ALL = Words("{all} usaha", "{all} businesses")
CLEAR = Words("Hapus saringan", "Clear filters")
CLEAR_SHORT = Words("Hapus", "Clear")

NAME = Words("Usaha & pemilik", "Business & owner")
RT_RW = Words("RT / RW", "RT / RW")
ACTIVITY = Words("Jenis usaha", "Kind of business")
NIB = Words("NIB", "NIB")
SCALE = Words("Skala", "Scale")
LAST = Words("Terakhir", "Last")
HAS_NIB = Words("Ada", "Has")
NO_NIB = Words("Belum", "None")
NO_BUSINESS = Words("Belum ada usaha", "No business yet")

NOTHING = Words("Tidak ada yang cocok dengan “{text}”", "Nothing matches “{text}”")
NOTHING_FILTERED = Words("Tidak ada usaha dengan saringan ini", "No business passes these filters")
MEANT = Words("Maksud Anda {text}?", "Did you mean {text}?")
REGISTER_IT = Words("Daftarkan “{text}” sebagai usaha baru", "Register “{text}” as a new business")
TRY_LESS = Words(
    "Coba sebagian nama saja, atau empat angka terakhir No. HP.",
    "Try a part of the name, or the last four digits of the phone number.",
)

HANDED_ON = Words(
    "{name}: titipan hari ini, sudah dikirim ke {place}.", "{name}: a guest of today, already sent to {place}."
)
PRINT_GUEST = Words("Cetak ringkasan", "Print summary")

OWNER_OF = Words("{name} · Pemilik", "{name} · Owner")
OWNER_ONLY = Words("Pemilik, belum ada usaha", "Owner, no business yet")
NIB_THERE = Words("Ada NIB", "Has NIB")
NIB_MISSING = Words("Belum punya NIB", "No NIB yet")
LATE = Words("Terlambat", "Late")
NOT_INFORMED = Words("Belum diberi tahu", "Not yet informed")
NIK_CHECK = Words("NIK perlu dicek", "NIK to check")
NIK = Words("NIK", "NIK")
SHOW = Words("Lihat", "Show")
SHOW_NIK = Words("Lihat NIK", "Show NIK")
HIDE = Words("Samarkan", "Mask")
SHOW_LOGGED = Words(
    "Setiap kali NIK dilihat, nama Anda ikut dicatat.", "Each time a NIK is shown, your name is recorded."
)
PHONE = Words("No. HP / WhatsApp", "Phone / WhatsApp")
PHONE_COPIED = Words("No. HP disalin.", "Phone number copied.")
ADDRESS = Words("Alamat usaha", "Business address")
HOME_ADDRESS = Words("Alamat", "Address")
PRODUCT = Words("Produk utama", "Main product")
FOLLOW_UPS = Words("Tindak lanjut", "Follow-ups")
SESSIONS = Words("Sesi terakhir", "Last session")
EARLIER = Words("Sebelumnya: {days}", "Before: {days}")
NO_SESSION = Words("Belum ada sesi dengan pelaku usaha ini.", "No session with this owner yet.")
OPEN = Words("Buka", "Open")
SESSION = Words("Sesi baru", "New session")
CHOOSE_FIRST = Words("Pilih dulu satu usaha di daftar.", "Choose a business in the list first.")
CLOSE_PANEL = Words("Tutup panel", "Close panel")
