"""The one table of keys. Actions, the hints on buttons and tooltips read it."""

from dataclasses import dataclass

from models.i18n import Words


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The keys of an act and its words."""

    keys: tuple[str, ...]
    act: Words

    @property
    def printed(self) -> Words:
        """All its keys as people call them: `Alt+panah kiri / Esc`."""
        keys = " / ".join(dict.fromkeys(on_keyboard(key) for key in self.keys))
        return Words(keys.replace("←", "panah kiri"), keys.replace("←", "left arrow"))


def on_keyboard(keys: str) -> str:
    """Qt's names of keys as they stand on a keyboard."""
    return keys.replace("Return", "Enter").replace("Left", "←")


SHORTCUTS: dict[str, Shortcut] = {
    "palette": Shortcut(("Ctrl+K",), Words("Cari usaha atau perintah", "Search a business or command")),
    "keys": Shortcut(("Ctrl+/",), Words("Daftar pintasan", "List of keys")),
    "find": Shortcut(("Ctrl+F",), Words("Cari di daftar ini", "Search in this list")),
    "register": Shortcut(("F2",), Words("Daftarkan usaha", "Register business")),
    "session": Shortcut(("F4",), Words("Sesi baru", "New session")),
    "sync": Shortcut(("F5",), Words("Coba kirim sekarang", "Try to send now")),
    "next_region": Shortcut(("F6",), Words("Bagian berikutnya", "Next region")),
    "previous_region": Shortcut(("Shift+F6",), Words("Bagian sebelumnya", "Previous region")),
    "lock": Shortcut(("Ctrl+L",), Words("Kunci", "Lock")),
    "print": Shortcut(("Ctrl+P",), Words("Cetak", "Print")),
    "papers": Shortcut(("Ctrl+Shift+P",), Words("Semua cetakan", "All papers")),
    "move": Shortcut(("Ctrl+M",), Words("Pindahkan ke desa lain", "Move to another village")),
    "back": Shortcut(("Alt+Left", "Esc"), Words("Kembali", "Back")),
    "sidebar": Shortcut(("Ctrl+\\",), Words("Sempitkan menu", "Narrow the menu")),
    "larger": Shortcut(("Ctrl++", "Ctrl+="), Words("Teks lebih besar", "Larger text")),
    "smaller": Shortcut(("Ctrl+-",), Words("Teks lebih kecil", "Smaller text")),
    "normal_size": Shortcut(("Ctrl+0",), Words("Ukuran teks biasa", "Normal text size")),
    "close_period": Shortcut(("Ctrl+T",), Words("Tutup bulan atau tahun di Laporan", "Close the month or year in Reports")),
    "submit": Shortcut(("Ctrl+Return", "Ctrl+Enter"), Words("Simpan & lanjut", "Save and go on")),
    "save": Shortcut(("Ctrl+S",), Words("Simpan draf", "Save draft")),
    "duplicates": Shortcut(("Alt+D",), Words("Ke panel “Mungkin sudah terdaftar”", "To the panel of likely duplicates")),
}  # fmt: skip


def hint(name: str) -> str:
    """The key that is printed on the button: `F2`, `Ctrl+Enter`."""
    return on_keyboard(SHORTCUTS[name].keys[0])
