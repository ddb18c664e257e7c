"""Words of the dialog that fills a workbook of the Dinas."""

from models.i18n import Words

MENU_SAVE = Words("Simpan angka sebagai Excel", "Save the figures as Excel")
MENU_FILL = Words("Isi template Excel Dinas…", "Fill the Dinas' Excel template…")
CHOOSE = Words("Pilih template Dinas", "Choose the Dinas' template")
FILES = "Excel (*.xlsx)"
TITLE = Words("Isi template Excel Dinas", "Fill the Dinas' Excel template")
ABOUT = Words("{file} · {period}, {place}", "{file} · {period}, {place}")
HELP = Words(
    "Periksa angka untuk tiap tempat. Pilihan Anda diingat untuk bulan berikutnya.",
    "Check the figure of each place. Your choices are kept for next month.",
)
LOSES = Words(
    "Grafik dan gambar di template ini tidak ikut ke salinan; isi sel, format, dan rumusnya ikut.",
    "Charts and pictures of this template do not come along; cells, formats and formulas do.",
)
IN_TEMPLATE = Words("Di template", "In the template")
OUR_FIGURE = Words("Angka kita", "Our figure")
FILLED_WITH = Words("Diisi dengan", "Filled with")
EMPTY = Words("— dikosongkan —", "— left empty —")
CELLS = Words("{sheet}, sel {cell}", "{sheet}, cell {cell}")
COLUMN = Words("{sheet}, {n} baris", "{sheet}, {n} rows")
BECOMES = Words("Angka untuk {title}", "Figure for {title}")
COUNT = Words("{n} dari {all} tempat terisi", "{n} of {all} places filled")
OTHER_FILE = Words("Pilih berkas lain", "Choose another file")
SAVE = Words("Simpan salinan terisi", "Save the filled copy")
SAVED = Words("Template terisi tersimpan: {name}", "Filled template saved: {name}")
SAME_FILE = Words("Pilih nama lain: template Dinas tidak ditimpa.", "Choose another name: the template itself is kept.")
