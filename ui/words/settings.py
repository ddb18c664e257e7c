"""Words of Pengaturan."""

from models.i18n import Words

TITLE = Words("Pengaturan", "Settings")
SECTIONS = (
    ("profile", "user-round", Words("Profil", "Profile")),
    ("look", "monitor", Words("Tampilan", "Appearance")),
    ("office", "building-2", Words("Kantor & kop surat", "Office & letterhead")),
    ("backup", "hard-drive", Words("Cadangan data", "Backups")),
    ("about", "info", Words("Tentang", "About")),
)
TITLES = {key: title for key, _, title in SECTIONS}
AT_ONCE = Words(
    "Perubahan langsung terlihat dan tersimpan di laptop ini.", "Changes show at once and stay on this laptop."
)

PROFILE_HELP = Words("Nama dan jabatan tercetak di lembar pelaku usaha.", "Name and position stand on owners' sheets.")
NAME = Words("Nama", "Name")
NAME_HELP = Words("Seperti saat akun ini dibuat.", "As when this account was made.")
POSITION = Words("Jabatan", "Position")
POSITION_HELP = Words("Di bawah nama Anda pada cetakan.", "Below your name on papers.")
NIP = Words("NIP", "Staff number (NIP)")
NIP_HELP = Words("Boleh kosong.", "May stay empty.")
OFFICE_PHONE = Words("WhatsApp kantor", "Office WhatsApp")
OFFICE_PHONE_HELP = Words(
    "Ikut tercetak agar pemilik usaha bisa menghubungi.", "Printed so that owners can reach the office."
)
PASSPHRASE = Words("Kata sandi", "Passphrase")
PASSPHRASE_HELP = Words("Kunci pemulihan tetap berlaku.", "The recovery key stays good.")
CHANGE = Words("Ganti…", "Change…")
OLD = Words("Kata sandi &sekarang", "&Current passphrase")
NEW = Words("Kata sandi &baru", "&New passphrase")
AGAIN = Words("&Ulangi kata sandi baru", "&Repeat the new passphrase")
CHANGED = Words("Kata sandi diganti.", "Passphrase changed.")
KEEP_NEW = Words("Simpan kata sandi", "Save passphrase")

LOOK = Words("Warna layar", "Colours")
LOOK_HELP = Words("Gelap lebih tenang untuk mata di ruangan redup.", "Dark is calmer in a dim room.")
LIGHT = Words("Terang", "Light")
DARK = Words("Gelap", "Dark")
SIZE = Words("Ukuran huruf", "Text size")
SIZE_HELP = Words(
    "Lebih besar bila mata cepat lelah. Semua layar ikut menyesuaikan.", "Larger when eyes tire. Every screen adapts."
)
SIZES = (
    ("normal", Words("Normal", "Normal")),
    ("large", Words("Besar", "Large")),
    ("huge", Words("Sangat besar", "Very large")),
)
LANGUAGE = Words("Bahasa", "Language")
LANGUAGE_HELP = Words("Cetakan resmi tetap berbahasa Indonesia.", "Official papers stay in Indonesian.")

OFFICE_LEAD = Words("Tercetak di kepala setiap lembar.", "Printed at the head of every sheet.")
ABOVE = Words("Baris pertama", "First line")
OFFICE = Words("Nama kantor", "Office")
ADDRESS = Words("Alamat, telepon, surel", "Address, phone, e-mail")
PLACE = Words("Tempat pada tanggal surat", "Place before the date")
HOURS = Words("Jam layanan", "Opening hours")
FROM_REGION = Words("Kosong: diambil dari wilayah kantor.", "Empty: taken from the office's region.")
HEAD_NAME = Words("Nama pimpinan kantor", "Name of the head of the office")
HEAD_NIP = Words("NIP pimpinan kantor", "Staff number of the head")
DINAS_ABOVE = Words("Jabatan penanda tangan Dinas", "Position of who signs for the Dinas")
DINAS_HELP = Words(
    "Kosong: a.n. Kepala Dinas, Kepala Bidang Usaha Mikro.", "Empty: for the Head of the Dinas, Head of Micro Business."
)
DINAS_NAME = Words("Nama penanda tangan Dinas", "Name of who signs for the Dinas")
DINAS_NIP = Words("NIP penanda tangan Dinas", "Staff number of who signs for the Dinas")
DOTS_HELP = Words("Kosong: titik-titik untuk ditulis tangan.", "Empty: dots to be filled by hand.")
NUMBERS = Words("Nomor tersisa bulan ini", "Numbers left this month")
NUMBERS_HELP = Words(
    "Jatah laptop ini dari Dinas. Bila habis, nomor berlanjut dengan tanda laptop ini.",
    "This laptop's share from the Dinas. Used up, numbers go on with this laptop's own mark.",
)
NUMBERS_LEFT = Words("Ringkasan {letter} · Sesi {session} · Fasilitasi {case}",
                     "Summaries {letter} · Sessions {session} · Facilitations {case}")  # fmt: skip
NO_NUMBERS = Words("Belum ada jatah", "No share yet")
EMBLEM = Words("Lambang daerah", "Regional emblem")
EMBLEM_HELP = Words("Gambar PNG atau JPEG, paling besar 1 MB.", "A PNG or JPEG picture of at most 1 MB.")
EMBLEM_FILTER = Words("Gambar (*.png *.jpg *.jpeg)", "Picture (*.png *.jpg *.jpeg)")
EMBLEM_WRONG = Words(
    "Gambar ini tidak bisa dipakai. Pilih PNG atau JPEG di bawah 1 MB.",
    "This picture cannot be used. Choose a PNG or JPEG below 1 MB.",
)
CHOOSE = Words("Pilih gambar", "Choose picture")
REMOVE = Words("Hapus", "Remove")

BACKUP_LEAD = Words(
    "Dibuat sendiri setiap hari, terkunci sama seperti data, dan dicoba dibuka sesudahnya.",
    "Made every day, locked like the data, and tried by opening.",
)
BACKUP_NOW = Words("Cadangkan sekarang", "Back up now")
BACKUP_DONE = Words("Cadangan dibuat dan terbukti bisa dibuka.", "The backup was made and proved to open.")
BACKUP_TODAY = Words("Cadangan hari ini sudah ada.", "Today's backup is already there.")
BACKUP_NONE = Words("Belum ada cadangan.", "No backup yet.")
KEPT = Words("Disimpan: 7 harian dan 4 mingguan.", "Kept: 7 daily and 4 weekly.")

ABOUT_LEAD = Words("Teman mencatat pendampingan usaha mikro.", "A companion for assistance to micro businesses.")
VERSION = Words("Versi", "Version")
DATA_FOLDER = Words("Folder data", "Data folder")
LICENCE = Words("Lisensi", "Licence")
LICENCE_TEXT = Words(
    "MIT. Huruf: Inter dan Plus Jakarta Sans (SIL OFL 1.1). Ikon: Lucide (ISC). Wilayah: idn-area-data (ODbL 1.0).",
    "MIT. Fonts: Inter and Plus Jakarta Sans (SIL OFL 1.1). Icons: Lucide (ISC). Regions: idn-area-data (ODbL 1.0).",
)
