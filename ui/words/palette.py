"""Words of the Ctrl+K palette."""

from models.i18n import Words

NAME = Words("Cari usaha atau perintah", "Search a business or command")
FOUND = Words("Ditemukan", "Found")
RECENT = Words("Terakhir dibuka", "Opened last")
PAPERS = Words("Cetakan", "Papers")
ACTS = Words("Tindakan", "Actions")
NOTHING = Words("Tidak ada yang cocok dengan “{text}”", "Nothing matches “{text}”")
MEANT = Words("Maksud Anda {text}?", "Did you mean {text}?")
REGISTER_IT = Words("Daftarkan “{text}” sebagai usaha baru", "Register “{text}” as a new business")
SESSION_FOR = Words("Sesi baru untuk {name}", "New session for {name}")
PRINT_FOR = Words("Cetak ringkasan {name}", "Print the summary of {name}")
SEE_ALL = Words("Lihat semua yang cocok di Pelaku Usaha", "See all matches in Businesses")
RW = Words("RW {n:02d}", "RW {n:02d}")
OWNER_ONLY = Words("belum ada usaha", "no business yet")
CHOOSE = Words("pilih", "choose")
OPEN = Words("buka", "open")
SESSION = Words("sesi baru", "new session")
