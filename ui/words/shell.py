"""Words of the window around the pages."""

from models.i18n import Words

TITLE = Words("Dampingi — {office}", "Dampingi — {office}")
LOCK = Words("Kunci", "Lock")
MOMENT = Words("Sebentar, cadangan sedang dipulihkan…", "One moment, the backup is being restored…")
SIDEBAR = Words("Menu utama", "Main menu")
NO_SCREEN = Words(
    "Tidak ada layar: Dampingi butuh desktop (DISPLAY atau WAYLAND_DISPLAY).",
    "There is no screen: Dampingi needs a desktop (DISPLAY or WAYLAND_DISPLAY).",
)
CRASH_TITLE = Words("Dampingi bertemu kesalahan yang tidak terduga", "Dampingi met an unexpected fault")
CRASH_TEXT = Words(
    "Data yang sudah tersimpan aman, draf juga. Tutup lalu buka lagi Dampingi. Bila berulang, kirim berkas log ini ke Dinas; isinya tanpa data pribadi: {log}",
    "Saved data and drafts are safe. Close Dampingi and open it again. If it happens again, send this log to the Dinas; it holds no personal data: {log}",
)
GO_ON = Words("Lanjutkan", "Go on")
CLOSE_APP = Words("Tutup Dampingi", "Close Dampingi")
