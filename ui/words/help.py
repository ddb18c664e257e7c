"""Words of Bantuan and of the list of keys."""

from models.i18n import Words

TITLE = Words("Bantuan", "Help")
OFFLINE = Words("Ada di laptop, tanpa internet", "On this laptop, no internet needed")
SEARCH = Words("Cari jawaban…", "Search an answer…")
ANSWERS = Words("{n} jawaban", "{n} answers")
NOTHING = Words("Belum ada jawaban untuk “{text}”.", "No answer for “{text}” yet.")
NOTHING_HELP = Words(
    "Coba satu kata saja, misalnya “cetak” atau “NIK”.", "Try one word only, such as “print” or “NIK”."
)
ABOUT_SCREEN = Words("TENTANG LAYAR TERAKHIR: {screen}", "ABOUT YOUR LAST SCREEN: {screen}")
OPEN = Words("Buka {screen}", "Open {screen}")
PRINT_CARD = Words("Cetak kartu pintasan", "Print the card of keys")

KEYS = Words("Pintasan", "Keys")
KEYS_SEARCH = Words("Cari pintasan…", "Search a key…")
SCREENS = Words("Layar", "Screens")
EVERYWHERE = Words("Di semua layar", "On every screen")
DO_IT = Words("lakukan", "do it")
NO_KEY = Words("Tidak ada pintasan untuk “{text}”", "No key for “{text}”")
