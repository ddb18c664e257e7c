"""Words of photos and files: the panel, their states, their sizes."""

from models.i18n import Words

TITLE = Words("Foto & berkas", "Photos & files")
COUNT = Words("Foto & berkas ({n})", "Photos & files ({n})")
ADD = Words("Tambah berkas", "Add a file")
CHOOSE = Words("Pilih foto atau PDF", "Choose a photo or PDF")
PATTERN = "JPEG, PNG, PDF (*.jpg *.jpeg *.png *.pdf)"
NONE = Words("Belum ada foto atau PDF.", "No photo or PDF yet.")
PREPARING = Words("Foto sedang dikecilkan…", "Making the photo smaller…")
ADDED = Words("{name} tersimpan.", "{name} saved.")
THERE = Words("Berkas ini sudah ada di sini.", "This file is here already.")
OPEN = Words("Buka {name}", "Open {name}")
FETCH = Words("Ambil {name}", "Fetch {name}")
FETCHING = Words("{name} diambil saat sinkronisasi berikutnya.", "{name} is fetched at the next sync.")
REMOVE = Words("Hapus {name}", "Delete {name}")
REMOVED = Words("{name} dihapus.", "{name} deleted.")
RELEASE = Words("Lepas", "Release")
RELEASE_HELP = Words(
    "Lepas {name} dari laptop ini; tetap ada di server", "Release {name} from this laptop; it stays on the server"
)
RELEASED = Words("{name} tinggal di server dan bisa diambil lagi.", "{name} stays on the server and can be fetched.")

# Where the bytes of a file are: icon, colour of the icon, words.
STATES = {
    "here": ("clock", "mangoInk", Words("Menunggu dikirim", "Waiting to be sent")),
    "safe": ("cloud-check", "greenInk", Words("Di server", "On server")),
    "server": ("download", "blueInk", Words("Hanya di server", "Only on server")),
    "waiting": ("clock", "ink3", Words("Menunggu", "Waiting")),
}

DONE = Words("{sent} berkas terkirim, {fetched} diterima", "{sent} files sent, {fetched} received")
FILES = Words("{n} berkas · {size}", "{n} files · {size}")
NO_FILES = Words("0 berkas", "0 files")


def size_words(size: int) -> Words:
    """A file's size as people read it: `840 KB`, `4,2 MB`."""
    if size < 1 << 20:
        text = f"{max(1, size >> 10)} KB"
        return Words(text, text)
    text = f"{size / (1 << 20):.1f} MB"
    return Words(text.replace(".", ","), text)


def waiting_words(files: int, size: int) -> Words:
    """How much waits: `6 berkas · 4,2 MB`."""
    if not files:
        return NO_FILES
    return FILES.fill(n=files, size=size_words(size))
