"""Words about a paper that comes back: scanned, or its number typed."""

from models.i18n import Words

HEAD = Words("Kertas", "Paper")
LINE = Words("{paper} {number}", "{paper} {number}")
OLDER = Words("dicetak {day} · kertas ini lebih lama dari data", "printed {day} · this paper is older than the data")
SAME = Words("dicetak {day} · masih sama dengan data", "printed {day} · still the same as the data")
GONE = Words(
    "dicetak {day} · datanya sudah tidak ada di laptop ini", "printed {day} · its data is no longer on this laptop"
)
UNKNOWN = Words("Kertas {number} tidak dicetak di laptop ini", "Paper {number} was not printed on this laptop")
UNKNOWN_HELP = Words(
    "Cari namanya, atau tanyakan kantor di kepala kertas.", "Search the name, or ask the office at its head."
)
IS_OLDER = Words(
    "Kertas ini lebih lama dari data: dicetak {day}, datanya berubah sesudah itu.",
    "This paper is older than the data: printed {day}, the data changed since.",
)
IS_SAME = Words(
    "Kertas ini masih sama dengan data. Dicetak {day}.", "This paper is still the same as the data. Printed {day}."
)
AGAIN = Words("Cetak yang baru", "Print a new one")
