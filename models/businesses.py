"""A business (usaha): what it is, where it is, its numbers, and how it can be reached."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

LEGAL_FORM = kinds.choice("legal_form", [
    ("sole", "Perorangan", "Sole proprietor"), ("pt_sole", "PT perorangan", "One-person company"),
    ("pt", "PT", "Limited company"), ("cv", "CV", "Limited partnership"), ("firma", "Firma", "Partnership"),
    ("cooperative", "Koperasi", "Cooperative"), ("group", "Kelompok / usaha bersama", "Group"),
    ("other", "Lainnya", "Other"),
])  # fmt: skip
PREMISES = kinds.choice("premises", [
    ("own", "Milik sendiri", "Owned"), ("rent", "Sewa", "Rented"), ("borrowed", "Pinjam", "Borrowed"),
    ("market", "Pasar", "Market"), ("mobile", "Keliling", "Mobile"),
])  # fmt: skip
BOOKKEEPING = kinds.choice("bookkeeping", [
    ("none", "Tidak ada", "None"), ("simple", "Sederhana", "Simple"), ("app", "Aplikasi", "Application"),
])  # fmt: skip
MARKET_REACH = kinds.choice("market_reach", [
    ("local", "Sekitar", "Local"), ("regency", "Kabupaten/kota", "Regency"), ("province", "Provinsi", "Province"),
    ("national", "Nasional", "National"), ("export", "Ekspor", "Export"),
])  # fmt: skip
CHANNELS = kinds.choices("channels", [
    ("home", "Rumah", "Home"), ("market", "Pasar", "Market"), ("shop", "Toko/warung", "Shop"),
    ("resale", "Titip jual", "Consignment"), ("online", "Daring", "Online"), ("order", "Pesanan", "Orders"),
])  # fmt: skip
EXPORT = kinds.choice("export_readiness", [
    ("none", "Belum", "Not yet"), ("interested", "Berminat", "Interested"), ("preparing", "Menyiapkan syarat", "Preparing"),
    ("ready", "Siap", "Ready"), ("exporting", "Sudah ekspor", "Exporting"),
])  # fmt: skip
NETWORK = kinds.choice("business_network", [
    ("single", "Tunggal", "Single"), ("head", "Pusat", "Head office"), ("branch", "Cabang", "Branch"),
    ("agency", "Perwakilan", "Agency"), ("plant", "Pabrik", "Plant"), ("support", "Unit pembantu", "Support unit"),
])  # fmt: skip
MBG_ROLE = kinds.choice("mbg_role", [
    ("kitchen", "SPPG", "SPPG kitchen"), ("supplier", "Pemasok", "Supplier"), ("receiver", "Penerima", "Receiver"),
    ("other", "Lain", "Other"), ("none", "Tidak", "None"),
])  # fmt: skip
EXISTENCE = kinds.choice("existence", [
    ("active", "Aktif", "Active"), ("paused", "Tutup sementara", "Paused"), ("closed", "Tutup", "Closed"),
    ("moved", "Pindah", "Moved"), ("not_found", "Tidak ditemukan", "Not found"), ("duplicate", "Ganda", "Duplicate"),
])  # fmt: skip

WORKERS = ("workers_men", "workers_women", "workers_paid", "workers_unpaid")
GONE = ("closed", "moved", "not_found", "duplicate")  # not counted as an existing business any more

HOW_KNOWN = Words("Tulis siapa yang memberi tahu atau apa yang dilihat.", "Write who said so or what was seen.")


def workers_add_up(row: Row, _today: date) -> Iterable[Problem]:
    """Men + women = paid + unpaid (SE2026 item 24), when all four are known."""
    known: list[int] = [row[n] for n in WORKERS if row.get(n) is not None]
    if len(known) == len(WORKERS) and sum(known[:2]) != sum(known[2:]):
        yield Problem("warning", "workers_sum", Words(
            "Jumlah pekerja L + P berbeda dengan dibayar + tidak dibayar. Hitung lagi.",
            "Men + women differ from paid + unpaid workers. Count again."), "workers_paid")  # fmt: skip


def _existence_is_dated(row: Row, _today: date) -> Iterable[Problem]:
    """Whoever strikes a business off says since when and how they know: others rely on it."""
    if row.get("existence") not in GONE:
        return
    for name, words in (
        ("existence_on", Words("Tulis sejak kapan.", "Write since when.")),
        ("existence_reason", HOW_KNOWN),
    ):
        if not row.get(name):
            yield Problem("warning", "incomplete", words, name)


BUSINESS = Entity(
    "business",
    Words("Usaha", "Business"),
    Words("Usaha", "Businesses"),
    (
        Field("owner_id", kinds.REF, Words("Pemilik", "Owner"), "business", required=True),
        Field("name", kinds.NAME, Words("Nama usaha", "Business name"), "business",
              Words("Yang dikenal pembeli. Belum ada nama? Tulis produknya + nama pemilik.",
                    "What buyers call it. No name yet? Product + owner's name."),
              ("nama usaha", "usaha", "nama toko", "nama perusahaan", "nama ukm", "nama umkm"),
              required=True, listed=True, searched=True, match=True),
        Field("brand", kinds.TEXT, Words("Merek dagang", "Brand"), "business", headings=("merek", "merk"), searched=True),
        Field("activity", kinds.TEXT, Words("Jenis usaha", "Kind of business"), "business",
              Words('Ketik produk, mis. "keripik". KBLI diisikan otomatis.',
                    'Type the product, e.g. "keripik". KBLI is filled in.'),
              ("jenis usaha", "bidang usaha", "jenis produk", "produk", "kegiatan usaha", "komoditi"), wanted=True, searched=True),
        Field("kbli", kinds.KBLI, Words("KBLI", "KBLI"), "business", headings=("kbli", "kode kbli", "kbli utama"),
              wanted=True, listed=True, searched=True),
        Field("kbli_more", kinds.KBLI_LIST, Words("KBLI lain", "Other KBLI"), "business",
              Words("Kegiatan lain selain yang utama: kode 5 angka, dipisah koma.",
                    "Activities besides the main one: 5-digit codes, with commas between."),
              ("kbli lainnya", "kbli tambahan", "kbli pendukung"), searched=True),
        Field("legal_form", LEGAL_FORM, Words("Bentuk usaha", "Legal form"), "business"),
        Field("nib", kinds.NIB, Words("NIB", "NIB"), "business",
              Words("13 angka.", "13 digits."), ("no nib", "nomor nib", "nomor induk berusaha"),
              wanted=True, listed=True, searched=True, match=True, merge="server"),
        Field("nib_date", kinds.DATE, Words("Tanggal NIB", "NIB date"), "business"),
        Field("started", kinds.YEAR, Words("Tahun mulai", "Year started"), "business",
              headings=("berdiri", "tahun berdiri", "th berdiri", "thn berdiri", "mulai usaha", "tahun usaha"), wanted=True),
        Field("contact_name", kinds.NAME, Words("Nama kontak", "Contact name"), "contact", private=True, searched=True),
        Field("contact_phone", kinds.PHONE, Words("HP kontak", "Contact phone"), "contact", private=True, searched=True),
        Field("address", kinds.TEXT, Words("Alamat usaha", "Business address"), "address",
              Words("Patokan yang mudah dicari.", "A landmark that is easy to find."),
              ("alamat", "alamat usaha"), private=True, group="address"),
        Field("rt", kinds.RT_RW, Words("RT", "RT"), "address", headings=("rt",), group="address"),
        Field("rw", kinds.RT_RW, Words("RW", "RW"), "address", headings=("rw",), group="address"),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), "address",
              headings=("kelurahan", "kel", "desa", "kel/desa", "desa/kelurahan", "desa/kel"),
              required=True, listed=True, group="address"),
        Field("postal_code", kinds.POSTAL_CODE, Words("Kode pos", "Postal code"), "address", group="address"),
        Field("latitude", kinds.MICRO_DEGREES, Words("Lintang", "Latitude"), "address", group="position"),
        Field("longitude", kinds.MICRO_DEGREES, Words("Bujur", "Longitude"), "address", group="position"),
        Field("premises", PREMISES, Words("Tempat usaha", "Premises"), "address"),
        Field("sales_year", kinds.MONEY, Words("Penjualan setahun", "Yearly sales"), "numbers",
              Words("Kira-kira saja. Skala usaha dihitung otomatis.", "Roughly. The scale is computed."),
              ("omzet", "omset", "omzet setahun", "omset setahun", "omzet/tahun", "omset/tahun", "penjualan", "omzet pertahun"), wanted=True, private=True),
        Field("capital", kinds.MONEY, Words("Modal", "Capital"), "numbers",
              Words("Tanpa tanah dan bangunan.", "Without land and buildings."), ("modal usaha", "modal awal", "aset"),
              wanted=True, private=True),
        Field("numbers_year", kinds.YEAR, Words("Tahun data", "Year of the numbers"), "numbers"),
        Field("workers", kinds.COUNT, Words("Jumlah pekerja", "Workers"), "numbers",
              headings=("tk", "tenaga kerja", "jumlah tenaga kerja", "jml tenaga kerja", "jumlah tk", "karyawan",
                        "jumlah karyawan", "pekerja"), group="workers"),
        Field("workers_men", kinds.COUNT, Words("Pekerja laki-laki", "Men working"), "numbers", group="workers"),
        Field("workers_women", kinds.COUNT, Words("Pekerja perempuan", "Women working"), "numbers", group="workers"),
        Field("workers_paid", kinds.COUNT, Words("Pekerja dibayar", "Paid workers"), "numbers", group="workers"),
        Field("workers_unpaid", kinds.COUNT, Words("Pekerja tidak dibayar", "Unpaid workers"), "numbers",
              group="workers"),
        Field("channels", CHANNELS, Words("Cara menjual", "Sales channels"), "market", merge="union"),
        Field("market_reach", MARKET_REACH, Words("Jangkauan pasar", "Market reach"), "market"),
        Field("bookkeeping", BOOKKEEPING, Words("Pembukuan", "Bookkeeping"), "market"),
        Field("qris", kinds.YES_NO, Words("Memakai QRIS", "Uses QRIS"), "market"),
        Field("existence", EXISTENCE, Words("Keberadaan", "Existence"), "existence", group="existence"),
        Field("existence_on", kinds.DATE, Words("Keadaan sejak", "So since"), "existence", group="existence"),
        Field("existence_reason", kinds.TEXT, Words("Alasan keberadaan", "How it is known"), "existence", group="existence"),
        Field("visit_again_on", kinds.DUE_DATE, Words("Kunjungi lagi pada", "Visit again on"), "existence", group="visit"),
        Field("visit_reason", kinds.TEXT, Words("Alasan kunjungan", "Why to visit"), "existence", group="visit"),
        Field("internet", kinds.YES_NO, Words("Memakai internet", "Uses the internet"), "market"),
        Field("export_readiness", EXPORT, Words("Kesiapan ekspor", "Export readiness"), "market"),
        Field("export_countries", kinds.TEXT, Words("Negara tujuan", "Countries"), "market"),
        Field("village_cooperative", kinds.YES_NO, Words("Mitra Koperasi Desa/Kelurahan Merah Putih",
              "Partner of the village cooperative"), "market"),
        Field("mbg_role", MBG_ROLE, Words("Peran MBG", "Role in MBG"), "market"),
        Field("network", NETWORK, Words("Jaringan usaha", "Network"), "business"),
        Field("area_m2", kinds.COUNT, Words("Luas tempat usaha (m²)", "Area of the premises (m²)"), "address"),
        Field("main_product", kinds.TEXT, Words("Produk utama", "Main product"), "business", searched=True),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "note", headings=("ket", "keterangan")),
        Field("import_id", kinds.REF, Words("Berkas impor", "Import"), "note"),
    ),
    sections=(
        ("business", Words("Usaha", "Business")),
        ("contact", Words("Kontak", "Contact")),
        ("address", Words("Alamat", "Address")),
        ("numbers", Words("Angka usaha", "Figures")),
        ("market", Words("Pemasaran", "Market")),
        ("existence", Words("Keberadaan", "Existence")),
        ("note", Words("Catatan", "Note")),
    ),
    rules=(workers_add_up, _existence_is_dated),
)  # fmt: skip
