"""Words of the first run: language, office, person, passphrase, ready."""

from models.i18n import Words

WINDOW = Words("Penyiapan pertama", "First set-up")
SLOGAN = Words(
    "Teman mencatat pendampingan usaha mikro — di kelurahan, di klinik, ada sinyal atau tidak.",
    "A companion for recording assistance to micro businesses — in the village office or the clinic, with or without a line.",
)
STEPS = (
    Words("Pilih bahasa", "Choose a language"),
    Words("Sambungkan ke kantor", "Connect to the office"),
    Words("Data petugas", "About you"),
    Words("Kata sandi", "Passphrase"),
    Words("Siap dipakai", "Ready"),
)
STEP_OF = Words("Langkah {n} dari 5", "Step {n} of 5")
NEXT = Words("Lanjut", "Next")
BACK = Words("Kembali", "Back")
SKIP = Words("Lewati dulu", "Skip for now")
VERSION = Words("Versi {version}", "Version {version}")

LANGUAGE = Words("Pilih bahasa", "Choose a language")
LANGUAGE_HELP = Words(
    "Bisa diganti kapan saja di Pengaturan. Cetakan resmi tetap berbahasa Indonesia.",
    "It can be changed at any time in Settings. Official papers stay in Indonesian.",
)
SAMPLE = Words("Coba dulu dengan Kantor contoh", "Try it with the sample office")
SAMPLE_HELP = Words(
    "Data karangan untuk belajar. Terpisah dari data asli dan tidak pernah dikirim.",
    "Invented data to learn with. Apart from real data and never sent.",
)
TRY = Words("Buka contoh", "Open the sample")
PREPARING = Words("Menyiapkan Kantor contoh…", "Preparing the sample office…")

CONNECT = Words("Sambungkan laptop ini ke kantor", "Connect this laptop to the office")
CONNECT_HELP = Words(
    "Ketik kode 8 huruf/angka dari admin Dinas. Kode berlaku 7 hari dan hanya untuk satu laptop.",
    "Type the 8-character code from the Dinas. It is valid for 7 days and for one laptop.",
)
CODE = Words("&Kode pendaftaran laptop", "Laptop &code")
CODE_HELP = Words(
    "Tidak ada huruf O dan I — hanya angka 0 dan 1. Boleh langsung tempel (Ctrl V).",
    "There is no letter O or I — only the digits 0 and 1. Pasting works (Ctrl V).",
)
CODE_WRONG = Words(
    "Kode ini salah ketik. Cocokkan lagi dengan yang diberikan Dinas.",
    "This code is mistyped. Compare it with the one from the Dinas.",
)
ADDRESS = Words("&Alamat server", "Server &address")
ADDRESS_HELP = Words("Tertulis di bawah kode, mis. https://dampingi.probolinggo.test", "Written below the code.")
ADDRESS_WRONG = Words(
    "Alamat dimulai dengan https:// seperti yang diberikan Dinas.",
    "The address starts with https:// as the Dinas gave it.",
)
LATER_TITLE = Words("Boleh tanpa internet.", "No internet needed now.")
LATER = Words(
    "Anda bisa mulai bekerja sekarang; kode diperiksa saat internet tersedia.",
    "You can start working now; the code is checked once there is a line.",
)
FILE = Words("Pakai berkas pendaftaran dari flashdisk", "Use the enrolment file from a USB stick")
FILE_HELP = Words("Berkas berakhiran .dampingi dari admin Dinas", "A file ending in .dampingi from the Dinas")
FILE_TAKEN = Words("Berkas dari {server} siap dipakai.", "The file of {server} is ready.")
CHOOSE_FILE = Words("Pilih berkas", "Choose file")
FILE_FILTER = Words("Berkas pendaftaran (*.dampingi)", "Enrolment file (*.dampingi)")

PERSON = Words("Siapa yang memakai laptop ini?", "Who uses this laptop?")
PERSON_HELP = Words("Nama Anda tercetak di lembar untuk pelaku usaha.", "Your name is printed on the owners' sheets.")
NAME = Words("&Nama lengkap", "Full &name")
NIP = Words("N&IP", "Staff number (N&IP)")
POSITION = Words("&Jabatan", "&Position")
POSITION_HINT = Words("Kasie Pemberdayaan Masyarakat", "Kasie Pemberdayaan Masyarakat")
VILLAGE = Words("K&elurahan / desa", "Villag&e")
VILLAGE_HELP = Words('Ketik 3 huruf, mis. "pat".', 'Type 3 letters, e.g. "pat".')
OFFICE_PHONE = Words("&WhatsApp kantor", "Office &WhatsApp")
OFFICE_PHONE_HELP = Words("Ikut tercetak agar pemilik usaha bisa menghubungi.", "Printed so that owners can reach you.")
NAME_MISSING = Words("Tulis nama Anda.", "Enter your name.")
VILLAGE_MISSING = Words("Pilih kelurahan dari daftar.", "Choose the village from the list.")

SECRET = Words("Buat kata sandi", "Make a passphrase")
SECRET_HELP = Words(
    "Kata sandi membuka data yang terkunci. Paling sedikit 10 huruf; empat kata yang mudah diingat sudah kuat.",
    "The passphrase opens the locked data. At least 10 characters; four words you remember are strong.",
)
SUGGESTION = Words("Contoh yang kuat:", "A strong one:")
TAKE = Words("Pakai ini", "Use this")
ANOTHER = Words("Contoh lain", "Another")
PASSPHRASE = Words("&Kata sandi", "&Passphrase")
AGAIN = Words("&Ulangi kata sandi", "&Repeat the passphrase")
DIFFERENT = Words("Belum sama dengan yang di atas.", "Not the same as above.")
RECOVERY = Words("Kunci pemulihan", "Recovery key")
RECOVERY_HELP = Words(
    "Bila kata sandi terlupa, kunci ini membuka data. Simpan atau tulis di kertas, jangan di laptop.",
    "If the passphrase is forgotten, this key opens the data. Keep it on paper, not on the laptop.",
)
PRINT_SHEET = Words("Cetak lembar kunci", "Print the key sheet")
SAVE_SHEET = Words("Simpan PDF", "Save PDF")
COPY_KEY = Words("Salin", "Copy")
KEPT = Words("Kunci pemulihan sudah saya simpan di luar laptop ini", "I keep the recovery key outside this laptop")
NO_RESCUE = Words(
    "Kata sandi dan kunci hilang? Data yang sudah terkirim bisa diambil lagi dari server; yang belum terkirim tidak.",
    "Both lost? What was sent can be fetched again from the server; what was not is gone.",
)

READY = Words("Siap dipakai, {name}", "Ready, {name}")
READY_HELP = Words("Mulai dari mana?", "Where do you want to start?")
START = (
    (
        "register",
        "house-plus",
        Words("Daftarkan usaha pertama", "Register the first business"),
        Words("Mulai", "Start"),
    ),
    (
        "import",
        "file-spreadsheet",
        Words("Impor dari Excel", "Import from Excel"),
        Words("Pilih berkas", "Choose file"),
    ),
    ("home", "house", Words("Lihat-lihat dulu", "Look around first"), Words("Buka Beranda", "Open Home")),
)
START_HELP = {
    "register": Words(
        "Cukup nama, No. HP, kelurahan, dan nama usaha.", "Name, phone, village and business name suffice."
    ),
    "import": Words("Daftar kantor yang sudah ada, apa adanya.", "The list your office has, as it is."),
    "home": Words("Beranda menunggu Anda.", "Home awaits you."),
}
