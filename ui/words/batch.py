"""Words of printing a whole list."""

from models.i18n import Words

ALL_SUMMARIES = Words("Cetak semua ringkasan di daftar ini", "Print all summaries of this list")
SAVE = Words("Simpan semua ringkasan", "Save all summaries")
PDF_FILES = "PDF (*.pdf)"
MAKING = Words("Menyiapkan ringkasan: {n} dari {all}", "Preparing summaries: {n} of {all}")
STOPPING = Words("Menghentikan…", "Stopping…")
DONE = Words("{n} ringkasan tersimpan: {name}", "{n} summaries saved: {name}")
DONE_WITHOUT = Words(
    "{n} ringkasan tersimpan: {name}. {left} tidak bisa dicetak.",
    "{n} summaries saved: {name}. {left} could not be printed.",
)
