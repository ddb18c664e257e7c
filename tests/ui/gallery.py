"""Saves pictures of widgets and screens to `build/shots`, to be looked at beside the mock-ups.

`python -m tests.ui.gallery` draws every widget in light, dark and at 128 % text.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

SHOTS = Path(__file__).resolve().parents[2] / "build" / "shots"
LOOKS = {"light": ("light", 1.0), "dark": ("dark", 1.0), "besar": ("light", 1.28)}


SCREEN = QSize(1366, 688)


def grab(widget: QWidget, name: str, size: QSize | None = SCREEN) -> Path:
    """Show a widget offscreen and save its picture."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    if size is not None:
        widget.resize(size)
    widget.show()
    for _ in range(3):
        QApplication.processEvents()
    path = SHOTS / f"{name}.png"
    widget.grab().save(str(path))
    return path


def widgets_page() -> QWidget:
    """Every widget of the program on one canvas."""
    from models.clock import SYSTEM
    from models.i18n import Words
    from ui import widgets as w
    from ui.events import SyncState

    page = w.frame("canvas", w.column(margins=(24, 16, 24, 16), spacing=10))
    body = page.layout()
    line = w.row(spacing=10)
    for button in (
        w.HintButton("Daftarkan usaha", "primary", icon="plus", hint="F2"),
        w.HintButton("Impor Excel", icon="file-spreadsheet"),
        w.HintButton("Simpan && cetak"),
        w.HintButton("Batal", "text", hint="Esc"),
        w.HintButton("Hapus draf", "danger"),
        w.HintButton("Buka profil", size="small"),
        w.HintButton("Simpan & lanjut".replace("&", "&&"), "primary", icon="arrow-right", hint="Ctrl+Enter"),
        w.IconButton("x", "Tutup"),
        w.link("Lihat semua (16)", lambda: None),
    ):
        line.addWidget(button)
    off = w.HintButton("Simpan hasil gabungan", "primary", icon="check")
    off.setEnabled(False)
    line.addWidget(off)
    line.addStretch()
    body.addLayout(line)
    line = w.row(spacing=8)
    for i, text in enumerate(("Aktif tahun ini", "Belum punya NIB", "Ada tindak lanjut")):
        chip = w.Chip(text)
        chip.setChecked(i == 0)
        line.addWidget(chip)
    for tone, text in (
        ("ok", "Terbit"),
        ("info", "Siap diajukan"),
        ("neu", "Belum"),
        ("wait", "Hari ini"),
        ("bad", "Terlambat 4 hari"),
        ("prs", "Mikro"),
        ("gr", "2"),
    ):
        line.addWidget(w.StatusChip(tone, text))
    line.addStretch()
    for tone, text in (("ok", "Semua terkirim · 07.58"), ("wait", "Tanpa internet · 14 menunggu")):
        pill = w.SyncPill("id")
        pill.show_state(SyncState(tone, Words(text, text)))
        line.addWidget(pill)
    body.addLayout(line)
    body.addWidget(
        w.Banner(
            "amber",
            "Belum ada internet — silakan terus bekerja.",
            "Data Anda aman di laptop ini; 14 data menunggu dan akan terkirim sendiri begitu tersambung.",
            action="Lihat data",
            act=lambda: None,
        )
    )
    line = w.row(spacing=12)
    for tone, icon, n, name, cap in (
        ("prs", "store", "84", "Usaha dampingan", "+2 bulan ini"),
        ("info", "messages-square", "14", "Sesi bulan ini", "11 orang berbeda"),
        ("wait", "folder-check", "7", "Fasilitasi berjalan", "3 menunggu dokumen"),
        ("ok", "badge-check", "5", "Terbit bulan ini", "3 NIB · 1 P-IRT · 1 halal"),
    ):
        card = w.StatCard(tone, icon, name)
        card.show_number(n, cap)
        line.addWidget(card)
    body.addLayout(line)
    line = w.row(spacing=20)
    name = w.TextEdit()
    name.setText("Siti Aminah")
    nik = w.GroupedLineEdit((4, 4, 4, 4), counted=True)
    nik.setText("351314470582991")
    fields = [
        w.Field("&Nama lengkap", name, help_="Sesuai KTP, tanpa gelar."),
        w.Field("NI&K", nik, tag="(boleh kosong)"),
        w.Field("Tin&dak lanjut", w.SmartDateEdit(SYSTEM, "id"), help_="Ketik 3, 7, 14, “senin”, atau 1/12."),
        w.Field(
            "K&elurahan / desa", w.ChoiceSearchEdit(lambda t: [("1", "Patokan")]), help_="Ketik 3 huruf, mis. “pat”."
        ),
    ]
    fields[1].show_problem("Kurang 1 angka. NIK berisi 16 angka.")
    for field in fields:
        line.addWidget(field)
    body.addLayout(line)
    line = w.row(spacing=16)
    seg = w.Segmented([("P", "Perempuan"), ("L", "Laki-laki")])
    seg.set_value("P")
    line.addWidget(seg)
    for name in (
        "Batik Rengganis Ayu",
        "Keripik Talas",
        "Sirup Anggur",
        "Kerupuk Ikan",
        "Jamu Sinom",
        "Konveksi Hijab",
    ):
        line.addWidget(w.Avatar(name))
    line.addWidget(w.Avatar("Sri Wahyuni", person=True))
    line.addStretch()
    body.addLayout(line)
    line = w.row(spacing=16)
    rail = w.StepRail(["Pemilik", "Usaha", "Produk & legalitas", "Pemberitahuan"])
    rail.show_step(0, w.StepState("Pemilik", "lengkap", done=True))
    rail.show_step(2, w.StepState("Produk & legalitas", "boleh menyusul"))
    rail.set_current(1)
    line.addWidget(rail)
    answers = w.Answers(
        [
            ("a", "Sudah, lembar ditandatangani", "Foto lembar bisa ditambahkan nanti.", "pencil-line"),
            ("b", "Sudah dibacakan, cap jempol/saksi di lembar", "Tulis nama saksi.", "users"),
            ("c", "Belum — diberitahukan nanti", "Tetap disimpan dan dikirim.", "clock"),
        ]
    )
    answers.set_value("a")
    line.addWidget(answers, 1)
    right = w.column(spacing=12)
    summary = w.ErrorSummary()
    summary.show_problems(
        "Ada 1 isian yang perlu diperbaiki", [("NIK: kurang 1 angka. NIK berisi 16 angka.", lambda: None)]
    )
    right.addWidget(summary)
    right.addWidget(w.TextArea())
    line.addLayout(right, 1)
    body.addLayout(line)
    body.addStretch()
    return page


def main() -> None:
    """Draw the widgets in every look."""
    from ui import theme

    app = QApplication.instance() or QApplication([])
    for name, (mode, k) in LOOKS.items():
        theme.apply(theme.Theme(mode, k))
        page = widgets_page()
        print(grab(page, f"widgets-{name}", QSize(1366, 760)))
        page.deleteLater()
    app.quit()


if __name__ == "__main__":
    main()
