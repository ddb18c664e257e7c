"""Words of the unlock screen."""

from models.i18n import Words

WINDOW = Words("Buka data", "Open data")
WHO = Words("Siapa yang bekerja?", "Who is working?")
WHO_HELP = Words("Tiap orang punya data sendiri yang terkunci.", "Everyone has their own locked data.")
ADD_STAFF = Words("Tambah petugas di laptop ini", "Add a person to this laptop")
TYPE_IT = Words("Ketik kata sandi untuk membuka data.", "Type the passphrase to open the data.")
PASSPHRASE = Words("&Kata sandi", "&Passphrase")
SHOW = Words("Lihat", "Show")
HIDE = Words("Tutupi", "Hide")
CAPS_LOCK = Words("Huruf besar (Caps Lock) sedang menyala.", "Caps Lock is on.")
OPEN = Words("Buka data", "Open data")
OPENING = Words("Membuka…", "Opening…")
FORGOTTEN = Words("lupa kata sandi?", "forgot the passphrase?")
USE_KEY = Words("Pakai kunci pemulihan", "Use the recovery key")
USE_KEY_HELP = Words("24 huruf di lembar yang Anda simpan", "24 letters on the sheet you kept")
USE = Words("Pakai", "Use")
LOST_TOO = Words(
    "Lembar hilang juga? Dinas dapat membukakan kunci akun yang sudah pernah tersambung. Pilih Pakai kunci pemulihan.",
    "Sheet lost too? The Dinas can open the key of an account that was connected. Choose Use the recovery key.",
)
ASK_OFFICE = Words("Lembar hilang? Minta ke Dinas", "Sheet lost? Ask the Dinas")
TAKE_ANSWER = Words("Ambil jawaban Dinas", "Take the Dinas's answer")
KEY_FILES = Words("Berkas kunci (*.dampingi-kunci)", "Key files (*.dampingi-kunci)")
ASKED_OFFICE = Words("Permintaan disimpan. Serahkan ke Dinas.", "The request is saved. Take it to the Dinas.")
ANSWER_TAKEN = Words(
    "Ketik 24 huruf dari Dinas, lalu kata sandi baru.", "Type the Dinas's 24 letters, then a new passphrase."
)
SAFE = Words("Data di laptop ini tersimpan terenkripsi.", "The data on this laptop is encrypted.")

KEY = Words("Kunci &pemulihan", "Recovery &key")
KEY_HELP = Words("Enam kelompok, masing-masing 4 huruf.", "Six groups of 4 letters.")
NEW_PASSPHRASE = Words("Kata sandi &baru", "&New passphrase")
AGAIN = Words("&Ulangi kata sandi", "&Repeat the passphrase")
SET_AND_OPEN = Words("Simpan & buka data", "Save and open")
BACK_TO_PASSPHRASE = Words("Pakai kata sandi saja", "Use the passphrase instead")
NEW_KEY_NOTE = Words(
    "Sesudah ini Anda mendapat kunci pemulihan yang baru; lembar lama tidak berlaku lagi.",
    "You then get a new recovery key; the old sheet no longer opens anything.",
)
