"""Words of Laporan."""

from models.i18n import Words

TITLE = Words("Laporan", "Reports")
EXCEL = Words("Excel", "Excel")
PRINT = Words("Cetak laporan", "Print report")
OTHER_PERIOD = Words("Periode lain", "Another period")
MONTH = Words("Bulan", "Month")
YEAR = Words("Tahun", "Year")
EVENT = Words("Kegiatan", "Event")
PERIOD = Words("Periode", "Period")

BUSINESSES = Words("Usaha dampingan", "Assisted businesses")
WITH_NIB = Words("Sudah punya NIB", "With NIB")
SESSIONS = Words("Sesi konsultasi", "Sessions")
ISSUED = Words("Fasilitasi terbit", "Cases issued")
MOVED_UP = Words("Naik kelas tahun ini", "Moved up this year")
MOVED_UP_IN = Words("Naik kelas {year}", "Moved up in {year}")
PERSONS = Words("Orang berbeda", "Different persons")
SERVED = Words("Tamu dilayani", "Guests served")
PRESENT = Words("Peserta hadir", "Participants present")
OPENED = Words("Fasilitasi dibuka", "Cases opened")
CHANGE_MONTH = Words("{n} bulan ini", "{n} this month")
CHANGE_YEAR = Words("{n} tahun ini", "{n} this year")
CHANGE = Words("{n}", "{n}")
SAME = Words("tetap", "unchanged")
WAS = Words("{period}: {n}", "{period}: {n}")

SEVERAL = Words("satu sesi bisa lebih dari satu topik", "a session can have several topics")
SHOW_TABLE = Words("Tampilkan tabel", "Show as table")
SHOW_CHARTS = Words("Tampilkan grafik", "Show as charts")
MEANINGS = Words("Arti angka", "What the figures mean")
BACK_TO_FIGURES = Words("Kembali ke angka", "Back to the figures")
COUNTED_TODAY = Words(
    "Dihitung dari data di laptop ini sampai hari ini {time}", "Counted from the data on this laptop up to today {time}"
)
UNSENT = Words(" — termasuk {n} data yang belum terkirim.", " — including {n} records not yet sent.")
ALL_SENT = Words(" — semua data sudah terkirim.", " — all data has been sent.")

EMPTY = Words("Belum ada yang bisa dihitung", "Nothing to count yet")
EMPTY_HELP = Words(
    "Laporan terisi sendiri begitu usaha didata dan sesi dicatat.",
    "Reports fill themselves once businesses are registered and sessions noted.",
)
SAVE_EXCEL = Words("Simpan Excel", "Save Excel")
EXCEL_FILES = "Excel (*.xlsx)"
EXCEL_SAVED = Words("Excel tersimpan: {name}", "Excel saved: {name}")

CLOSE_MONTH, CLOSE_YEAR = Words("Tutup bulan", "Close the month"), Words("Tutup tahun", "Close the year")
OPEN = Words("Belum ditutup", "Not closed yet")
OPEN_NOTE = Words("Angka {period} masih ikut berubah. {laptops}.", "The figures of {period} still change. {laptops}.")
CLOSED = Words("Ditutup", "Closed")
REVISED = Words("Direvisi", "Revised")
CLOSED_PERIODS = Words("Sudah ditutup", "Closed")
WAS_CLOSED = Words(
    "Laporan {period} ditutup. Angkanya tidak berubah lagi.", "The report of {period} is closed. Its figures stay."
)
ALREADY_CLOSED = Words("Laporan {period} sudah ditutup.", "The report of {period} is closed already.")
CHANGES = Words("{n} angka berubah", "{n} figures changed")
ONE_CHANGE = Words("1 angka berubah", "1 figure changed")
CHANGES_TITLE = Words("Yang berubah sejak laporan ditutup", "What changed since the report was closed")
CHANGES_HELP = Words(
    "Laporan yang ditutup tetap seperti semula. Di bawah ini angka yang akan muncul bila dihitung lagi sekarang, dan data penyebabnya.",
    "The closed report stays as it was. Below are the figures that a new count would give, and the records that cause it.",
)
CAUSE = Words("{what} — {through}, {day} {time}", "{what} — {through}, {day} {time}")
CAUSE_BY = Words("{cause}, {by}", "{cause}, {by}")
CAME, WENT, TURNED = (
    Words("baru dihitung", "newly counted"), Words("tidak dihitung lagi", "no longer counted"),
    Words("pindah kelompok", "in another group"),
)  # fmt: skip
NAMELESS = Words("Tanpa nama", "Without a name")
MORE_CAUSES = Words("dan {n} data lain", "and {n} more records")
TOO_MANY = Words("Terlalu banyak data berubah untuk disebut satu per satu.", "Too many records changed to name each.")
NEW_MEANINGS = Words(
    "Sejak ditutup, arti sebagian angka ikut berubah bersama versi baru Dampingi.",
    "Since then a new version of Dampingi defines some figures in another way.",
)
AS_CLOSED = Words("Angka seperti saat laporan ditutup.", "Figures as they were when the report was closed.")
REOPEN = Words("Buka lagi", "Open again")
REOPEN_TITLE = Words("Buka lagi laporan {period}?", "Open the report of {period} again?")
REOPEN_TEXT = Words(
    "Angkanya dihitung dari data sekarang dan bisa ditutup lagi. Lembar yang sudah dicetak tidak ikut berubah.",
    "Its figures are counted from today's records and can be closed again. Sheets already printed stay as they are.",
)
REOPENED = Words("Laporan {period} dibuka lagi.", "The report of {period} is open again.")
