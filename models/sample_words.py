"""What the invented neighbours of Kantor contoh are called, make and ask."""

from typing import NamedTuple


class Trade(NamedTuple):
    """Something that is made or sold: the name before the owner's, kind, product, KBLI 2025, its unit and price."""

    name: str
    activity: str
    product: str
    kbli: str
    sort: str
    unit: str
    price: int

    @property
    def food(self) -> bool:
        """Whether it needs the permits of food."""
        return self.sort == "food"


TRADES: tuple[Trade, ...] = (
    Trade("Keripik Singkong", "Makanan ringan", "Keripik singkong 200 g", "10794", "food", "bungkus", 9_000),
    Trade("Keripik Pisang", "Makanan ringan", "Keripik pisang 150 g", "10794", "food", "bungkus", 13_000),
    Trade("Rengginang", "Makanan ringan", "Rengginang ketan 250 g", "10794", "food", "bungkus", 14_000),
    Trade("Dodol Mangga", "Olahan buah", "Dodol mangga 250 g", "10794", "food", "kotak", 22_000),
    Trade("Kerupuk Ikan", "Olahan ikan", "Kerupuk ikan 250 g", "10794", "food", "bungkus", 12_000),
    Trade("Terasi", "Olahan ikan", "Terasi udang 100 g", "10215", "food", "bungkus", 11_000),
    Trade("Tempe", "Tempe & tahu", "Tempe daun", "10307", "food", "papan", 5_000),
    Trade("Jamu", "Minuman", "Jamu kunyit asam 330 ml", "10797", "food", "botol", 10_000),
    Trade("Kue Kering", "Kue & roti", "Nastar 400 g", "10710", "food", "stoples", 45_000),
    Trade("Jajan Pasar", "Kue & roti", "Jajan pasar isi 10", "10710", "food", "kotak", 25_000),
    Trade("Warung Nasi", "Warung makan", "Nasi campur", "56101", "service", "porsi", 12_000),
    Trade("Bakso", "Kaki lima", "Bakso", "56102", "service", "porsi", 10_000),
    Trade("Toko", "Toko kelontong", "Sembako", "47112", "service", "hari", 250_000),
    Trade("Batik", "Batik tulis", "Kain batik 2 m", "13133", "non_food", "lembar", 160_000),
    Trade("Jahit", "Jahit", "Jahit seragam", "14120", "non_food", "potong", 85_000),
    Trade("Laundry", "Laundry", "Cuci kiloan", "96100", "service", "kg", 6_000),
    Trade("Bengkel", "Bengkel motor", "Servis dan tambal ban", "95320", "service", "motor", 35_000),
)
WOMEN = (
    "Aminah", "Anisah", "Asmaul", "Badriyah", "Dewi", "Endang", "Faizah", "Fatimah", "Hamidah", "Hasanah", "Indah", "Istiqomah",
    "Jamilah", "Khoiriyah", "Latifah", "Lilis", "Maryam", "Misriya", "Munawaroh", "Nafisah", "Nurul", "Puji", "Qoriah", "Ratna",
    "Rohmah", "Sanimah", "Sumarni", "Suryani", "Tatik", "Titin", "Uswatun", "Wahyu", "Winarti", "Yayuk", "Yuni", "Zainab",
)  # fmt: skip
MEN = (
    "Abdul", "Ahmad", "Arif", "Budi", "Edi", "Fauzi", "Hasan", "Imron", "Joko", "Mahfud", "Mulyadi", "Rofiq", "Saiful", "Slamet",
    "Sugeng", "Taufik", "Untung", "Yusuf",
)  # fmt: skip
SURNAMES = (
    "Arifianto", "Basuki", "Cahyani", "Damayanti", "Efendi", "Firdausi", "Gunarti", "Hidayah", "Irawan", "Junaidi", "Kurnia",
    "Lestari", "Marzuki", "Nirmala", "Oktavia", "Pratiwi", "Qomar", "Rosidah", "Setiawan", "Trisnawati", "Umami", "Wijayanti",
    "Yulianto", "Zahrani",
)  # fmt: skip
# Topic, what was asked, what was advised.
ADVICE: tuple[tuple[str, str, str], ...] = (
    ("nib", "Ingin punya NIB, belum punya surel.", "Buat surel dahulu; NIB diisi bersama di kantor desa."),
    ("nib", "Data KTP belum cocok di OSS.", "Perbaiki data di Dispendukcapil; kembali dengan KTP baru."),
    ("pirt", "Toko oleh-oleh minta P-IRT.", "Ikuti penyuluhan keamanan pangan; siapkan denah dapur dan label."),
    ("halal", "Menanyakan halal gratis.", "Catat semua bahan; simpan nota belanja; pendamping akan datang."),
    ("halal,pirt", "Pembeli menanyakan izin produk.", "P-IRT dahulu; halal menyusul dengan pernyataan mandiri."),
    ("brand", "Nama usaha ditiru penjual lain.", "Cek nama di PDKI; siapkan etiket merek."),
    ("packaging", "Kemasan cepat melempem.", "Pakai standing pouch dan sealer; contoh label diberikan."),
    ("packaging", "Label belum memuat alamat dan tanggal.", "Label diperbaiki bersama; cetak seratus lembar dahulu."),
    ("financing", "Butuh modal menjelang Lebaran.", "Catat penjualan tiap hari; tiga bulan lagi KUR bisa diajukan."),
    ("financing", "Menanyakan syarat KUR mikro.", "Siapkan KTP, KK, NIB; catatan penjualan tiga bulan."),
    ("marketing", "Hanya menjual ke tetangga.", "Foto produk siang hari; pasang di WhatsApp Bisnis."),
    ("marketing", "Ingin ikut pameran kabupaten.", "Didaftarkan; siapkan 50 contoh produk."),
    ("cooperative", "Ingin membeli bahan bersama.", "Bergabung dengan kelompok terdekat; pertemuan tanggal 10."),
    ("partnership", "Ditawari memasok toko besar.", "Minta surat pesanan; hitung kemampuan seminggu."),
    ("other", "Menanyakan jadwal pelatihan.", "Didaftarkan sebagai calon peserta berikutnya."),
)
# Event -> invited, walked in, marked present on the spot and from the paper.
EVENTS: dict[str, tuple[int, int, int, int]] = {
    "Sosialisasi NIB lewat OSS": (48, 3, 40, 4),
    "Pelatihan Foto Produk": (30, 0, 26, 0),
    "Klinik UMKM Kecamatan Kraksaan": (36, 4, 33, 0),
    "Pameran Hari Jadi Kabupaten": (35, 0, 31, 0),
    "Workshop Olahan Ikan Kalibuntu": (42, 3, 0, 39),
    "Sosialisasi KUR dan PNM": (58, 5, 30, 22),
    "Bazar Kartini Kraksaan": (40, 0, 37, 0),
    "Bupati Ngantor di Kecamatan: Juni": (40, 5, 41, 0),
    "Workshop Pengolahan Buah": (40, 1, 36, 2),
    "Sosialisasi Halal dan P-IRT": (38, 2, 27, 8),
    "Workshop Peningkatan Kualitas Produk dan Kemasan": (120, 0, 0, 0),
}
