"""Words of moving a record to another village."""

from models.i18n import Words

MOVE = Words("Pindah desa…", "Move village…")
STAY = Words("Batalkan pindah", "Cancel the move")
TITLE = Words("Pindah ke desa lain", "Move to another village")
KEPT_BY = Words("{name} · sekarang dijaga {place}", "{name} · now kept by {place}")
WHICH = Words("Apa yang pindah?", "What moves?")
OWNER = Words("Pemilik dan semua usahanya", "Owner and all businesses")
BUSINESS = Words("Hanya usaha ini", "This business only")
VILLAGE = Words("K&elurahan / desa tujuan", "Villag&e that takes over")
VILLAGE_HELP = Words("Ketik 3 huruf, mis. “sem”.", "Type 3 letters, e.g. “sem”.")
ALONG = Words("{what} ikut pindah.", "Moving along: {what}.")
ALONE = Words("Tidak ada catatan lain yang ikut.", "Nothing else moves along.")
MEANING = Words(
    "Kantor tujuan menjaga datanya begitu terkirim. Alamat tidak diubah.",
    "The office there keeps the records once they are sent. Addresses stay as they are.",
)
LEAVES = Words(
    "{place} tidak ada di laptop ini: setelah terkirim datanya keluar dari sini.",
    "{place} is not on this laptop: once sent, the records leave it.",
)
DO = Words("Pindahkan", "Move")
WAITS = Words("Menunggu pindah ke {place}", "Waiting to move to {place}")
WAITS_SHORT = Words("Pindah", "Moving")
ASKED = Words(
    "{name} pindah ke {place} begitu data terkirim.", "{name} moves to {place} as soon as the records are sent."
)
DONE = Words("{name} sekarang dijaga {place}.", "{name} is now kept by {place}.")
STAYS = Words("{name} tetap di {place}.", "{name} stays with {place}.")
TOO_LATE = Words(
    "Perpindahan sudah dalam perjalanan ke server. Sesudah terkirim, pindahkan lagi bila perlu.",
    "The move is on its way to the server. Once it is sent, move it back if need be.",
)

# What moves along, one and many; what is not named here is counted as other records.
COUNTED: dict[str, tuple[Words, Words]] = {
    "business": (Words("1 usaha", "1 business"), Words("{n} usaha", "{n} businesses")),
    "consultation": (Words("1 sesi", "1 session"), Words("{n} sesi", "{n} sessions")),
    "facilitation": (Words("1 fasilitasi", "1 facilitation"), Words("{n} fasilitasi", "{n} facilitations")),
    "follow_up": (Words("1 tindak lanjut", "1 follow-up"), Words("{n} tindak lanjut", "{n} follow-ups")),
    "product": (Words("1 produk", "1 product"), Words("{n} produk", "{n} products")),
    "permit": (Words("1 izin", "1 permit"), Words("{n} izin", "{n} permits")),
}
OTHERS = (Words("1 catatan lain", "1 other record"), Words("{n} catatan lain", "{n} other records"))
