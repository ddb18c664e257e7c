"""Summaries to set: the one in the design's picture, a bare one, a full one and an extreme one."""

from dataclasses import replace
from datetime import date

from reports.paper import Letterhead, Officer
from reports.summary import Session, Step, Summary
from reports.summary_cases import Case

KOP = Letterhead(
    "PEMERINTAH KABUPATEN PROBOLINGGO",
    "DINAS KOPERASI, USAHA MIKRO,\nPERDAGANGAN DAN PERINDUSTRIAN",
    "Jl. Contoh No. 00, Kraksaan 67282 · Telp. (0335) 000000 · dkupp@contoh.go.id",
)
SRI = Officer("Sri Wahyuni", "Kasie Pemberdayaan Masyarakat", "Kelurahan Patokan", "0812-0000-0100")

DRAWN = Summary(
    number="RP/2026/11/000142",
    today=date(2026, 11, 24),
    lang="id",
    letterhead=KOP,
    owner_name="Siti Aminah",
    owner={"owner": "Siti Aminah", "nik": "3513 •••• •••• ••17", "phone": "0812-0000-0142", "address": "RT 03/RW 02 Patokan, Kraksaan"},
    business={"business": "Batik Rengganis Ayu", "kbli": "13133 · KBLI 2025", "nib": "0000 0000 00142", "scale": "Mikro (Rp186 juta, 2025)"},
    sessions=[
        Session("20 Nov 2026", "Pembiayaan", "Menjajaki KUR mikro. Siapkan kartu keluarga dan pembukuan omzet tiga bulan terakhir.", "Sri Wahyuni"),
        Session("11 Nov 2026", "Merek (HKI)", "Kelas merek 24 (kain). Nama “Rengganis Ayu” belum dipakai pihak lain menurut penelusuran awal PDKI. Siapkan etiket merek.", "Dewi Anggraini"),
        Session("2 Okt 2026", "NIB / legalitas", "Pendaftaran NIB melalui OSS didampingi sampai selesai.", "Sri Wahyuni"),
    ],
    cases=[
        Case("NIB", "Selesai: terbit 14 Okt 2026", closed=True, documents="11 dari 11", missing="—"),
        Case("Merek (HKI)", "Dokumen", closed=False, documents="7 dari 10", missing="Etiket merek; pernyataan UMK bermeterai; kode billing"),
        Case("KUR", "Dokumen", closed=False, documents="5 dari 7", missing="Kartu keluarga; foto usaha dan pembukuan omzet"),
    ],
    steps=[
        Step("Bawa gambar/etiket merek (cetak atau foto jelas di HP)", "Ibu Siti", "Jumat, 27 Nov 2026"),
        Step("Tanda tangan surat pernyataan UMK bermeterai", "Ibu Siti", "Jumat, 27 Nov 2026"),
        Step("Bawa kartu keluarga dan pembukuan omzet untuk KUR", "Ibu Siti", "Jumat, 27 Nov 2026"),
        Step("Ajukan permohonan merek; bayar dengan kode billing", "Sri Wahyuni", "Jumat, 4 Des 2026"),
    ],
    officer=SRI,
    place="Kraksaan",
    hours="hari kerja 08.00–15.00",
)  # fmt: skip

BARE = replace(
    DRAWN, letterhead=Letterhead(), owner={"owner": "Tumini", "nik": "", "phone": "", "address": ""}, owner_name="Tumini",
    business={"business": "", "kbli": "", "nib": "", "scale": ""}, sessions=[], cases=[], steps=[],
    officer=Officer(""), place="", hours="",
)  # fmt: skip

FULL = replace(
    DRAWN,
    sessions=[
        Session(f"{n % 28 + 1} Nov 2026", "Pembiayaan, Merek, Kemasan", f"Pertemuan ke-{n}. " + "Catatan yang cukup panjang. " * (n % 7), "Sri Wahyuni")
        for n in range(1, 61)
    ],
    cases=[Case("Merek (HKI)", "Siap diajukan", closed=False, documents=f"{n} dari 60", missing="Dokumen yang panjang namanya; " * 5) for n in range(60)],
    steps=[Step(f"Langkah {n}", "Ibu Siti", "Jumat, 27 Nov 2026") for n in range(1, 41)],
)  # fmt: skip

LONG = "Raden Ajeng Kusumaningtyas Prawirodirdjohadiningratan binti Kanjeng Raden Tumenggung Sastrowidjojokusumo"
EXTREME = replace(
    DRAWN,
    owner_name=LONG,
    owner={"owner": LONG, "nik": "3513 •••• •••• ••17", "phone": "0812-0000-0142", "address": "x" * 300},
    business={
        "business": "<b>Toko</b> & <a href='http://contoh.id'>Anak</a> ]]> %s {x} \\n",
        "kbli": "",
        "nib": "",
        "scale": "",
    },
    sessions=[
        Session("20 Nov 2026", "NIB", "Satu kalimat yang sangat panjang sekali. " * 400, LONG),
        Session("19 Nov 2026", "NIB", "日本語 emoji 🎉 Žluťoučký ﬁ \u200bnol\x00\x07 \ud83d", "Sri"),
    ],
    cases=[Case(LONG, LONG, closed=True, documents=LONG, missing=LONG * 9)],
    steps=[Step("<para>bukan markup</para>", "Bapak", "—")],
    officer=replace(SRI, name=LONG),
)
