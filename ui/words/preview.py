"""Words of the print preview."""

from models.i18n import Words

TITLE = Words("Pratinjau cetak — {subject}", "Print preview — {subject}")
WAITING = Words("Pratinjau cetak", "Print preview")
WHOLE_PAGE = Words("Satu halaman", "Whole page")
SMALLER = Words("Perkecil", "Smaller")
LARGER = Words("Perbesar", "Larger")
PAGE_OF = Words("Halaman {page} dari {pages}", "Page {page} of {pages}")

KIND = Words("&Jenis cetakan", "&Kind of print")
PRINTER = Words("&Printer", "&Printer")
NO_PRINTER_NAME = Words("Tidak ada printer", "No printer")
PAPER = Words("&Kertas", "P&aper")
COPIES = Words("&Rangkap", "&Copies")
PRINTED = Words("Yang dicetak", "What is printed")
WHOLE_NIK = Words("NIK lengkap", "Whole NIK")
MASKED = Words("disamarkan", "masked")
WHOLE = Words("lengkap, tercatat", "whole, logged")
NIK_FOR = Words("&Untuk siapa?", "&For whom?")
NIK_FOR_EXAMPLE = Words("Mis. pemilik, BRI Kraksaan", "E.g. the owner, a bank")
NIK_FOR_HELP = Words("Ditulis di catatan akses. Tekan Enter.", "Written to the access log. Press Enter.")
NIK_HINT = Words(
    "NIK disamarkan. Centang “NIK lengkap” hanya bila diminta pemilik.",
    "The NIK is masked. Tick “Whole NIK” only when the owner asks for it.",
)
NO_PRINTER = Words(
    "Tidak ada printer. Simpan PDF lalu cetak dari komputer lain.",
    "There is no printer. Save the PDF and print it from another computer.",
)
SHRINK = Words("Perkecil ke A4 (90 %)", "Shrink to A4 (90 %)")
ON_A4 = Words("Cetak di kertas A4", "Print on A4")  # what is smaller than A4 keeps its size
SHRINK_WHY = Words("Printer ini tidak mengenal kertas {size}.", "This printer does not know {size} paper.")

PRINT_ONE = Words("Cetak", "Print")
PRINT_MANY = Words("Cetak {n} rangkap", "Print {n} copies")
PRINTING = Words("Mencetak…", "Printing…")
SAVE_PDF = Words("Simpan PDF", "Save PDF")
FOR_WHATSAPP = Words("Siapkan untuk WA", "Prepare for WhatsApp")
PDF_FILES = "PDF (*.pdf)"

SENT = Words("Dikirim ke {printer}.", "Sent to {printer}.")
SAVED = Words("PDF tersimpan: {name}", "PDF saved: {name}")
READY = Words(
    "PDF ada di folder yang terbuka, pesannya sudah disalin. Tinggal tempel di WhatsApp.",
    "The PDF is in the folder that opened, the message is copied. Paste it in WhatsApp.",
)
SILENT = Words(
    "Printer tidak menjawab. Periksa kabel dan tombol daya, atau simpan sebagai PDF.",
    "The printer does not answer. Check the cable and the power button, or save a PDF.",
)
