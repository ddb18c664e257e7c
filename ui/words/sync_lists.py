"""Words of the lists of Sinkronisasi: what waits, what was set aside, receipts, the log, exchanges by stick."""

from models.i18n import Words

WAITING = Words("Menunggu dikirim", "Waiting to be sent")
WAITING_HELP = Words(
    "Aman di laptop ini; terkirim sendiri begitu tersambung.", "Safe here; sent by itself once there is a line."
)
NOTHING_WAITS = Words("Tidak ada yang menunggu.", "Nothing is waiting.")
FRESH = Words("Baru, belum ada di server", "New, the server does not have it yet")
CHANGED = Words("Perubahan", "A change")

ASIDE = Words("Disisihkan server", "Set aside by the server")
ASIDE_HELP = Words(
    "Data ini belum bisa diterima server. Tidak ada yang hilang; semuanya tetap di laptop ini.",
    "The server could not take these yet. Nothing is lost; all of it stays on this laptop.",
)
NOTHING_ASIDE = Words("Tidak ada yang disisihkan.", "Nothing was set aside.")
SEND_AGAIN = Words("Kirim lagi", "Send again")
WAITS_AGAIN = Words("Menunggu dikirim lagi.", "It waits to be sent again.")
OPEN = Words("Buka data", "Open")

RECEIPTS = Words("Tanda terima", "Receipts")
RECEIPTS_HELP = Words(
    "Setiap kali data berpindah: apa yang pergi, apa yang datang, dan apakah kedua sisi sama.",
    "Each time data moved: what went, what came, and whether both sides are equal.",
)
NO_RECEIPT = Words(
    "Belum ada tanda terima. Muncul setelah pengiriman pertama.", "No receipt yet. The first sync brings one."
)
CARRIED = Words("{sent} terkirim, {received} diterima", "{sent} sent, {received} received")
BY_STICK = Words("{carried} · lewat flashdisk", "{carried} · by stick")
EQUAL = Words("Laptop dan server sama", "Laptop and server agree")
UNEQUAL = Words("Belum sama, dicoba lagi", "Not equal yet, tried again")
NOT_COMPARED = Words("Belum dibandingkan", "Not compared yet")
SIGNED = Words("Ditandatangani server", "Signed by the server")
NOT_SIGNED = Words("Tanpa tanda tangan server", "Not signed by the server")
BADLY_SIGNED = Words("Tanda tangan server tidak cocok", "The server's signature does not match")
REFUSED = Words("{n} disisihkan", "{n} set aside")
MENDED = Words("{n} berbeda, sudah disamakan", "{n} differed, now the same")
PART = Words("{sort} {n}", "{sort} {n}")
PRINT = Words("Cetak", "Print")

EVENTS = Words("Riwayat kejadian", "Event log")
EVENTS_HELP = Words("Yang terbaru di atas. Tidak memuat nama pemilik.", "The newest first. It names no owner.")
RECEIPTS_AND_EVENTS = Words("Tanda terima && kejadian", "Receipts && events")
NO_EVENTS = Words("Belum ada kejadian.", "Nothing yet.")

STICKS = Words("Riwayat penukaran", "Exchanges so far")
NO_STICKS = Words("Belum pernah bertukar lewat flashdisk.", "Nothing was exchanged by stick yet.")
LISTS = Words("Daftar", "Lists")
TABS = {
    "waiting": Words("Menunggu", "Waiting"),
    "aside": Words("Disisihkan", "Set aside"),
    "receipts": Words("Tanda terima", "Receipts"),
    "events": Words("Kejadian", "Events"),
}
CLOSE_LIST = Words("Tutup daftar", "Close the list")
