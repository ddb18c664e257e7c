"""Words that stand on more than one screen."""

from models.clock import Clock
from models.i18n import Words

OPTIONAL = Words("(boleh kosong)", "(optional)")
CANCEL = Words("Batal", "Cancel")
CLOSE = Words("Tutup", "Close")
BACK = Words("Kembali", "Back")
SAVE_DRAFT = Words("Simpan draf", "Save draft")
UNDO = Words("Batalkan", "Undo")
COPY = Words("Salin", "Copy")
REGISTER = Words("Daftarkan usaha", "Register business")
REGISTER_FIRST = Words("Daftarkan usaha pertama", "Register the first business")
IMPORT_EXCEL = Words("Impor dari Excel", "Import from Excel")
NO_BUSINESS = Words("Belum ada usaha yang terdaftar", "No business recorded yet")
NO_BUSINESS_HELP = Words(
    "Mulai dari satu usaha di sekitar kantor Anda. Cukup nama, No. HP, kelurahan, dan nama usaha — sisanya boleh menyusul.",
    "Start with one near your office. Name, phone, kelurahan and business name are enough — the rest can follow.",
)
SEARCH = Words("Cari nama, usaha, NIK, No. HP…", "Search name, business, NIK, phone…")
DRAFT_SAVED = Words("Draf tersimpan otomatis {time}", "Draft saved automatically {time}")
YES = Words("Ya", "Yes")
NO = Words("Tidak", "No")
OPEN_CALENDAR = Words("Buka kalender", "Open calendar")

ONE_PROBLEM = Words("Ada 1 isian yang perlu diperbaiki", "There is 1 thing to correct")
PROBLEMS = Words("Ada {n} isian yang perlu diperbaiki", "There are {n} things to correct")
AS_IT_IS = Words("Tekan Ctrl+Enter lagi untuk menyimpan apa adanya.", "Press Ctrl+Enter again to save it as it is.")

# Until which hour each greeting holds.
GREETINGS = (
    (11, Words("Selamat pagi, {who}", "Good morning, {who}")),
    (15, Words("Selamat siang, {who}", "Good afternoon, {who}")),
    (18, Words("Selamat sore, {who}", "Good afternoon, {who}")),
    (24, Words("Selamat malam, {who}", "Good evening, {who}")),
)


def greeting(clock: Clock) -> Words:
    """What `{who}` is greeted with at this hour of the office."""
    hour = clock.now().astimezone(clock.zone).hour
    return next(said for until, said in GREETINGS if hour < until)
