"""Words of the import from Excel."""

from models.i18n import Words

TITLE = Words("Impor dari Excel", "Import from Excel")
PATTERN = Words("Excel atau CSV (*.xlsx *.xlsm *.xls *.csv)", "Excel or CSV (*.xlsx *.xlsm *.xls *.csv)")
SOURCE = Words("{file} · lembar “{sheet}” · {n} baris", "{file} · sheet “{sheet}” · {n} rows")
LEFT_OUT = Words("{n} baris tidak dibawa karena bukan data: {rows}", "{n} rows are no data and stay out: {rows}")

DROP = Words("Tarik berkas Excel ke sini", "Drop an Excel file here")
DROP_HELP = Words(
    "Daftar UMKM apa pun: Dampingi mencari judul kolomnya, menandai yang keliru, dan belum menyimpan apa-apa.",
    "Any list of businesses: Dampingi finds the headings, marks what is wrong and saves nothing yet.",
)
CHOOSE_FILE = Words("Pilih berkas…", "Choose a file…")
READING = Words("Membaca {file}…", "Reading {file}…")
CHECKING = Words("Memeriksa {n} baris…", "Checking {n} rows…")
WRITING = Words("Menyimpan {n} baris…", "Saving {n} rows…")
RECENT = Words("Bisa dibatalkan", "Can be undone")
RECENT_LINE = Words("{businesses} usaha · {when}", "{businesses} businesses · {when}")

COLUMNS = Words("1. Cocokkan kolom", "1. Match columns")
COLUMNS_HELP = Words(
    "Dampingi menebak dari judul kolom. Betulkan bila keliru.",
    "Dampingi guesses from the headings. Correct it where it is wrong.",
)
REMEMBER = Words("Ingat susunan ini untuk berkas berikutnya", "Remember this layout for the next file")
REMEMBER_SHORT = Words("Ingat susunan ini", "Remember this layout")
SHEET = Words("Lembar", "Sheet")
NO_HEADING = Words("Kolom {n}", "Column {n}")
BECOMES = Words("{heading} menjadi", "{heading} becomes")
CERTAIN = Words("Cocok", "Matched")
UNCERTAIN = Words("Belum pasti. Periksa.", "Not certain. Please check.")
SKIPPED_COLUMN = Words("Tidak dibawa", "Not carried over")

ROWS = Words("2. Periksa baris", "2. Check rows")
ALL = Words("Semua {n}", "All {n}")
READY = Words("Siap {n}", "Ready {n}")
CHECK = Words("Perlu dicek {n}", "To check {n}")
HELD = Words("Tertahan {n}", "Held {n}")
HEAD_ROW = Words("Baris", "Row")
HEAD_NAME = Words("Nama", "Name")
HEAD_COLUMN = Words("Kolom", "Column")
HEAD_TEXT = Words("Isi", "Content")
HEAD_CURE = Words("Cara memperbaiki", "How to mend")
EMPTY = Words("(kosong)", "(empty)")
WHOLE_ROW = Words("Baris", "Row")
ROW_READY = Words("Siap diimpor.", "Ready to import.")
ROW_SAME = Words("Orang yang sama: {name}. Usahanya ditambahkan.", "The same person: {name}. The business is added.")
ROW_DIFFERENT = Words("Orang yang berbeda. Siap diimpor.", "A different person. Ready to import.")
ROW_SKIPPED = Words("Dilewati: sudah ada.", "Skipped: exists already.")
APPLY = Words("Terapkan", "Apply")
MEND = Words("Perbaiki", "Mend")
FILL_NAME = Words("Isi nama", "Fill in")
COMPARE = Words("Bandingkan", "Compare")
CHANGE = Words("Ubah", "Change")
NOTHING_LEFT = Words("Tidak ada yang perlu diperbaiki di sini.", "Nothing to mend here.")
APPLY_ALL = Words("Terapkan semua saran ({n})", "Apply all suggestions ({n})")
NEVER_MERGES = Words("Saran tidak pernah menggabungkan orang.", "Suggestions never merge people.")
SAVE_PROBLEMS = Words("Simpan daftar masalah ke Excel", "Save list of problems to Excel")
PROBLEMS_FILE = Words("daftar-tertahan-{day}.xlsx", "held-rows-{day}.xlsx")
PROBLEMS_SAVED = Words("Daftar {n} baris tertahan disimpan: {file}", "List of {n} held rows saved: {file}")

INFORMED = Words(
    "Pemilik di daftar ini sudah diberi tahu untuk apa datanya dicatat?",
    "Have the owners in this list been told what their data is for?",
)
INFORMED_ANSWERS = {
    "not_yet": Words("Belum", "Not yet"),
    "signed": Words("Lembar ditandatangani", "Sheets signed"),
    "read_aloud": Words("Dibacakan, ada saksi", "Read aloud, witnessed"),
}
NOT_SAVED = Words(
    "Belum ada yang disimpan. Setelah impor, Anda punya waktu 24 jam untuk membatalkannya sekaligus.",
    "Nothing is saved yet. After the import you have 24 hours to undo it as a whole.",
)
SUM_READY = Words("{ready} siap + {check} perlu dicek.", "{ready} ready + {check} to check.")
SUM_HELD = Words("{held} baris tertahan bisa diperbaiki nanti.", "{held} held rows can be mended later.")
SUM_SKIPPED = Words("{n} dilewati.", "{n} skipped.")
IMPORT = Words("Impor {n} baris", "Import {n} rows")

LEAVE_TITLE = Words("Tinggalkan berkas ini?", "Leave this file?")
LEAVE_TEXT = Words(
    "Perbaikan yang Anda buat di sini hilang; berkas Excel-nya tidak berubah. Belum ada yang disimpan.",
    "What you mended here is lost; the Excel file does not change. Nothing was saved.",
)
LEAVE_ACT = Words("Tinggalkan", "Leave")
LEAVE_NOT = Words("Lanjut memeriksa", "Go on checking")

SAME_PERSON = Words("Mungkin orang yang sama", "Perhaps the same person")
SAME_PERSON_HELP = Words(
    "Bandingkan, lalu putuskan. Tidak ada yang dipilihkan dan tidak ada yang tergabung sendiri.",
    "Compare, then decide. Nothing is preselected and nothing merges by itself.",
)
CANDIDATE = Words("{n} dari {all}", "{n} of {all}")
NEXT_CANDIDATE = Words("Lihat yang berikutnya", "See the next one")
IN_FILE = Words("Di berkas ini, baris {row}", "In this file, row {row}")
REGISTERED = Words("Sudah terdaftar", "Already registered")
EQUAL = Words("Sama", "Same")
NOT_COMPARABLE = Words("belum bisa dibandingkan", "cannot be compared")
FACTS = {
    "name": Words("Nama", "Name"),
    "nik": Words("NIK", "NIK"),
    "phone": Words("No. HP", "Phone"),
    "village": Words("Kelurahan", "Village"),
    "address": Words("Alamat", "Address"),
    "businesses": Words("Usaha", "Business"),
}
IS_SAME = Words("Orang yang sama — tambahkan usahanya", "The same person — add the business")
IS_SKIP = Words("Sudah ada semua — lewati baris ini", "All is there — skip this row")
IS_DIFFERENT = Words("Orang yang berbeda", "A different person")
LATER = Words("Nanti saja", "Later")

SAVE_HELD = Words("Simpan yang tertahan", "Save the held rows")
DONE = Words(
    "{businesses} usaha dari {owners} pemilik sudah masuk.", "{businesses} businesses of {owners} owners are in."
)
DONE_CHECK = Words("{n} perlu dicek", "{n} to check")
DONE_HELD = Words("{n} baris tertahan, belum disimpan", "{n} rows held, not saved")
UNDO_UNTIL = Words("Bisa dibatalkan sekaligus sampai {when}.", "Can be undone as a whole until {when}.")
UNDO = Words("Batalkan impor ini", "Undo this import")
SEE_OWNERS = Words("Lihat Pelaku Usaha", "See businesses")
ANOTHER = Words("Impor berkas lain", "Import another file")
UNDO_TITLE = Words("Batalkan impor {file}?", "Undo the import of {file}?")
UNDO_TEXT = Words(
    "{owners} pemilik dan {businesses} usaha dari impor ini dihapus. Yang sudah diubah atau punya sesi sejak itu tetap ada.",
    "{owners} owners and {businesses} businesses of this import are removed. Who was edited or had a session since stays.",
)
UNDO_ACT = Words("Batalkan impor", "Undo the import")
KEEP = Words("Biarkan", "Keep it")
UNDONE = Words("Impor dibatalkan. {removed} data dihapus.", "Import undone. {removed} records removed.")
UNDONE_KEPT = Words(
    "Impor dibatalkan. {removed} data dihapus, {kept} tetap karena sudah dikerjakan.",
    "Import undone. {removed} records removed, {kept} stay because they were worked on.",
)
TODAY = Words("hari ini {time}", "today {time}")
ON_DAY = Words("{day} {time}", "{day} {time}")
