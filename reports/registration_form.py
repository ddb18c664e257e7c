"""Formulir Pendataan (F-01): to be filled by hand where there is no laptop, or typed into on a screen."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.i18n import Words
from reports import office
from reports.blocks import Heading, Paragraph, Signer
from reports.forms import Blank, Boxes, FormRow, FormSigns, FormTitle, Piece, Say, Tick
from reports.page import Block, Sheet
from reports.paper import MM, Paper, Request
from reports.shapes import TICK_SIDE, Ticks
from reports.tables import CheckBox
from reports.text import CAPTION, SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Formulir Pendataan Usaha Mikro", "Micro Business Registration Form")
HOW = (
    Words("Tulis dengan ", "Write in "), Words("HURUF BESAR", "CAPITALS"),
    Words(", satu huruf/angka per kotak. Isian bertanda ", ", one letter or digit a box. Items marked "), Words("*", "*"),
    Words(" wajib; yang lain boleh menyusul. Pendampingan ini ", " are needed; others may follow. This assistance is "),
    Words("gratis", "free"), Words(".", "."),
)  # fmt: skip
STAFF_FILLS = Words("Diisi petugas", "For the office")
NUMBER = Words("No. formulir", "Form no.")
OWNER, BUSINESS = Words("A. Pemilik usaha", "A. Owner"), Words("B. Usaha", "B. Business")
PERMITS, HELP = (
    Words("C. Legalitas yang sudah ada", "C. Permits there are"),
    Words("D. Bantuan yang dibutuhkan", "D. Help wanted"),
)
MANY = Words("(boleh lebih dari satu)", "(more than one is fine)")
NOTICE = Words("E. Pemberitahuan data pribadi", "E. Notice about personal data")
NOTICE_TEXT = Words(
    "Data di atas dicatat Dinas untuk tugas pelayanan publik, yaitu pendampingan usaha mikro (UU 27/2022 Ps 20). Anda boleh "
    "melihat dan membetulkannya kapan saja. Pilihan tujuan 2–4 ada di lembar Pemberitahuan dan Persetujuan (F-02).",
    "The Dinas records the above for its public task, the assistance of micro businesses (UU 27/2022 Art. 20). You may see "
    "and correct it at any time. Purposes 2–4 are chosen on the notification and consent sheet (F-02).",
)
LABELS = {
    "name": Words("* Nama lengkap", "* Full name"), "nik": Words("NIK (16 angka)", "NIK (16 digits)"),
    "phone": Words("* No. HP / WhatsApp", "* Phone / WhatsApp"), "sex": Words("Jenis kelamin", "Sex"),
    "born": Words("Tanggal lahir", "Date of birth"), "village": Words("* Kelurahan / desa", "* Village"),
    "district": Words("* Kecamatan", "* Kecamatan"), "address": Words("Alamat rumah", "Home address"),
    "business": Words("* Nama usaha", "* Business name"), "product": Words("Produk / jasa utama", "Main product"),
    "sector": Words("Bidang usaha", "Sector"), "started": Words("Mulai usaha (tahun)", "Year started"),
    "workers": Words("Tenaga kerja", "Workers"), "sales": Words("Penjualan sebulan (Rp)", "Monthly sales (Rp)"),
    "capital": Words("Modal di luar tanah & bangunan (Rp)", "Capital without land and buildings (Rp)"),
    "channels": Words("Tempat jualan", "Sold through"), "nib": Words("NIB (13 angka)", "NIB (13 digits)"),
    "other": Words("Izin lain", "Other permits"),
}  # fmt: skip
SEE_CARD = Words("lihat KTP", "see the ID card")
ROUGHLY = Words("kira-kira saja, tanpa titik", "roughly, without dots")
SEXES = (("female", Words("Perempuan", "Female")), ("male", Words("Laki-laki", "Male")))
SECTORS = (
    Words("Makanan", "Food"), Words("Minuman", "Drinks"), Words("Batik & kain", "Batik and cloth"),
    Words("Pakaian / konveksi", "Clothing"), Words("Kerajinan", "Crafts"), Words("Olahan ikan", "Fish products"),
    Words("Olahan tani & buah", "Farm and fruit products"), Words("Jasa", "Services"), Words("Dagang / toko", "Trade or shop"),
)  # fmt: skip
CHANNELS = (
    Words("Rumah", "Home"), Words("Pasar", "Market"), Words("Titip toko", "Consignment"), Words("WhatsApp/FB", "WhatsApp/FB"),
    Words("Marketplace", "Marketplace"),
)  # fmt: skip
OTHER_PERMITS = (
    Words("P-IRT", "P-IRT"), Words("Halal", "Halal"), Words("Merek (HKI)", "Trademark"), Words("BPOM", "BPOM"),
    Words("NPWP", "NPWP"), Words("Belum ada", "None yet"),
)  # fmt: skip
HELPS = (
    Words("NIB / legalitas", "NIB / legality"), Words("P-IRT", "P-IRT"), Words("Sertifikat halal", "Halal certificate"),
    Words("Merek (HKI)", "Trademark"), Words("Desain kemasan", "Packaging design"), Words("Pembiayaan / KUR", "Financing / KUR"),
    Words("Koperasi", "Cooperative"), Words("Kemitraan", "Partnership"), Words("Pemasaran", "Marketing"),
)  # fmt: skip
INFORMED = (
    Words("Sudah diberi tahu", "Informed"), Words("Sudah dibacakan, ada saksi", "Read aloud, with a witness"),
    Words("Belum", "Not yet"), Words("Pemilik menolak — jangan dicatat", "Owner refuses — do not record"),
)  # fmt: skip
OWNER_SIGNS = (Words("Pelaku usaha", "Owner"), Words("( tanda tangan / cap jempol )", "( signature or thumb print )"))
WE_SIGN = (Words("Petugas pendata", "Recorded by"), Words("( nama jelas )", "( name )"))
DATE = Words("Tanggal", "Date")
TYPED = Words("Sudah diketik ke Dampingi", "Typed into Dampingi")
FORM = Words("Formulir Pendataan UMKM · F-01 versi 1", "Registration form · F-01 version 1")
ARCHIVE = Words("arsip kelurahan", "the archive")
NIK_GROUPS, PHONE_GROUPS, NIB_GROUPS, DATE_GROUPS = (4, 4, 4, 4), (4, 4, 5), (4, 4, 5), (2, 2, 4)


@dataclass(frozen=True)
class Form(office.Data):
    """An empty form; nothing of it comes from records."""

    title = TITLE


def collect(store: "Store", request: Request) -> Form:
    """The office's letterhead."""
    return Form(office.bearing(store, request, dinas=True), TITLE.to(request.lang))


def layout(data: Form, _wanted: AbstractSet[str]) -> Sheet:
    """The form itself."""
    say = data.office.say
    how = [Run(say(words), SMALL_BOLD if number % 2 else SMALL) for number, words in enumerate(HOW)]
    return Sheet(
        title=say(TITLE),
        form=say(FORM),
        copy_for=say(ARCHIVE),
        letterhead=data.office.letterhead,
        blocks=[
            FormTitle(say(TITLE).upper(), how, say(STAFF_FILLS), say(NUMBER), 5),
            *_owner(data.office),
            *_business(data.office),
            *_permits_and_help(data.office),
            *_end(data.office),
        ],
        lang=data.office.lang,
    )


def _row(us: office.Bearing, key: str, *pieces: Piece, row_mm: float = 8.2) -> FormRow:
    return FormRow(us.say(LABELS[key]), pieces, row_mm)


def _owner(us: office.Bearing) -> Sequence[Block]:
    say = us.say
    return [
        Heading(say(OWNER)),
        _row(us, "name", Boxes((24,), "name")),
        _row(us, "nik", Boxes(NIK_GROUPS, "nik"), Say(say(SEE_CARD), CAPTION)),
        _row(us, "phone", Boxes(PHONE_GROUPS, "phone")),
        _row(
            us,
            "sex",
            *(Tick(say(words), f"sex_{key}", 4 * MM if number else 0) for number, (key, words) in enumerate(SEXES)),
            Say(say(LABELS["born"]), indent=4 * MM),
            Boxes(DATE_GROUPS, "birth_date"),
            row_mm=8.0,
        ),
        _row(us, "village", Blank("village"), Say(say(LABELS["district"])), Blank("district")),
        _row(us, "address", Blank("address")),
        FormRow(
            "",
            [Blank("address_more"), Say("RT"), Boxes((3,), "rt"), Say("RW"), Boxes((3,), "rw")],
            aloud=say(LABELS["address"]),
        ),
    ]


def _business(us: office.Bearing) -> Sequence[Block]:
    say = us.say
    return [
        Heading(say(BUSINESS)),
        _row(us, "business", Boxes((24,), "business")),
        _row(us, "product", Blank("product")),
        FormRow(say(LABELS["sector"]), [], beside=_ticks(us, "sector", SECTORS, 3)),
        _row(
            us, "started", Boxes((4,), "started"), Say(say(LABELS["workers"]), indent=6 * MM), Say("L", SMALL),
            Boxes((2,), "workers_men"), Say("P", SMALL), Boxes((2,), "workers_women"),
        ),
        _row(us, "sales", Boxes((3, 3, 3), "sales"), Say(say(ROUGHLY), CAPTION)),
        _row(us, "capital", Boxes((4, 3, 3), "capital")),
        _row(us, "channels", *_flow(us, "channel", CHANNELS, 2), row_mm=7.6),
    ]  # fmt: skip


def _permits_and_help(us: office.Bearing) -> Sequence[Block]:
    say = us.say
    return [
        Heading(say(PERMITS)),
        _row(us, "nib", Boxes(NIB_GROUPS, "nib")),
        _row(us, "other", *_flow(us, "permit", OTHER_PERMITS, 3), row_mm=7.6),
        Heading(say(HELP), after=say(MANY)),
        _ticks(us, "help", HELPS, 3),
    ]


def _end(us: office.Bearing) -> Sequence[Block]:
    say = us.say
    return [
        Heading(say(NOTICE)),
        Paragraph(say(NOTICE_TEXT), SMALL),
        _ticks(us, "informed", INFORMED, 0, gap=1.4 * MM),
        FormSigns(
            [Signer(say(above), say(below)) for above, below in (OWNER_SIGNS, WE_SIGN)],
            say(DATE), Boxes(DATE_GROUPS, "filled_on"), CheckBox(side=TICK_SIDE, field="typed", label=say(TYPED)),
        ),
    ]  # fmt: skip


def _ticks(us: office.Bearing, name: str, words: Sequence[Words], columns: int, gap: float = 0.0) -> Ticks:
    boxes = [CheckBox(side=TICK_SIDE, field=f"{name}_{n}", label=us.say(w)) for n, w in enumerate(words, start=1)]
    return Ticks(boxes, columns, gap=gap)


def _flow(us: office.Bearing, name: str, words: Sequence[Words], space_mm: float) -> list[Tick]:
    return [Tick(us.say(w), f"{name}_{n}", space_mm * MM if n > 1 else 0) for n, w in enumerate(words, start=1)]


PAPER = Paper(
    key="formulir",
    title=Words("Formulir Pendataan (kosong)", "Registration form (blank)"),
    prefix="",
    sizes=("F4",),
    parts=(),
    collect=collect,
    layout=layout,
    about="office",
)
