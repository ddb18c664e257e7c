"""Data sheets in the order in which OSS, SPP-IRT and SiHALAL ask: to be typed in there without searching.

One table a portal: its sections, and in each the words of the portal and where the answer stands here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from models import legal, reference
from models.businesses import BUSINESS
from models.i18n import Lang, Words
from models.owners import OWNER
from models.permits import number_kind
from models.products import PRODUCT, capacity_year
from models.schema import Entity, Row
from reports import office, subject
from reports.blocks import Heading, LeftTitle, Notice
from reports.page import Block, Sheet
from reports.paper import Paper, Request
from reports.shapes import TICK_SIDE, Together
from reports.tables import Cell, CheckBox, Column, Table
from reports.text import CELL, CELL_BOLD, SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

KNOWN = Words("{n} dari {all} terisi", "{n} of {all} known")
HEAD = (
    (Words("No.", "No."), 12),
    (Words("Isian di portal", "Field of the portal"), 58),
    (Words("Data", "Data"), 0),
    (Words("Diketik", "Typed"), 17),
)
MISSING = Words("belum ada — tanyakan", "not known — ask")
PRODUCT_NUMBER = Words("{section} {n}", "{section} {n}")
AGREED = Words(
    "Pemilik menyetujui pengurusan atas namanya (tujuan 2).", "The owner agreed to filing on their behalf (purpose 2)."
)
NOT_AGREED = Words(
    "Pemilik belum menyetujui pengurusan atas namanya (tujuan 2): pemilik mengisi sendiri, kami mendampingi.",
    "The owner has not agreed to filing on their behalf (purpose 2): the owner types, we assist.",
)
OWN_ACCOUNT = Words("Kata sandi dan OTP hanya diketik oleh pemilik.", "Only the owner types passwords and OTP.")
FORM = Words("{title} · DP versi 1", "{title} · DP version 1")
SHEET = Words("Lembar data untuk portal", "Data sheet for a portal")


@dataclass(frozen=True)
class About:
    """What the answers are taken from."""

    store: "Store"
    request: Request
    owner: Row
    business: Row
    products: Sequence[Row]
    permits: Sequence[Row]
    product: Row  # of a line in a section of products

    @property
    def lang(self) -> Lang:
        """The paper's language."""
        return self.request.lang


Answer = Callable[[About], str]


def _field(entity: Entity, of: Callable[[About], Mapping[str, Any]], name: str) -> Answer:
    return lambda about: subject.shown(entity, of(about), name, about.lang)


def _owner(name: str) -> Answer:
    return _field(OWNER, lambda about: about.owner, name)


def _business(name: str) -> Answer:
    return _field(BUSINESS, lambda about: about.business, name)


def _product(name: str) -> Answer:
    return _field(PRODUCT, lambda about: about.product, name)


def _nik(about: About) -> str:
    return subject.nik(about.store, about.owner, about.request.nik_for)


def _npwp(about: About) -> str:
    """The NPWP of a citizen is the NIK again, and is masked likewise."""
    kind = OWNER["npwp"].kind if about.request.nik_for else OWNER["nik"].kind
    number = about.owner.get("npwp")
    return kind.show(number, about.lang) if about.request.nik_for else kind.mask(number, about.lang)


def _place(of: str, level: int) -> Answer:
    """The name of the region of a record: 10 digits village, 6 kecamatan, 4 kabupaten, 2 province."""

    def answer(about: About) -> str:
        code = str((about.owner if of == "owner" else about.business).get("village") or "")
        found = reference.region(code[:level])
        return found.title if found else ""

    return answer


def _street(of: str) -> Answer:
    def answer(about: About) -> str:
        row = about.owner if of == "owner" else about.business
        return ", ".join(part for part in (str(row.get("address") or ""), subject.lane(row)) if part)

    return answer


def _kbli(about: About) -> str:
    return subject.activity(about.business, about.lang)


def _position(about: About) -> str:
    latitude, longitude = (subject.shown(BUSINESS, about.business, name) for name in ("latitude", "longitude"))
    return f"{latitude}, {longitude}" if latitude and longitude else ""


def _capacity(about: About) -> str:
    year = capacity_year(about.product)
    return f"{year:,} {about.product.get('unit') or ''}".replace(",", ".").strip() if year is not None else ""


def _scale(about: About) -> str:
    return subject.scale(about.business, about.request.today, about.lang)


def _shelf_life(about: About) -> str:
    days = about.product.get("shelf_life_days")
    return Words(f"{days} hari", f"{days} days").to(about.lang) if days is not None else ""


def _permit(type_: str) -> Answer:
    def answer(about: About) -> str:
        found = [p for p in about.permits if p["type"] == type_ and p["number"]]
        of_product = [p for p in found if not p["product_id"] or p["product_id"] == about.product.get("id")]
        return ", ".join(number_kind(type_).show(p["number"], about.lang) for p in of_product or found[:1])

    return answer


def _main_product(about: About) -> str:
    return about.product.get("name") or about.business.get("main_product") or ""


Line = tuple[Words, Answer]


@dataclass(frozen=True)
class Section:
    """Some fields of a portal; `each` says that they are asked for each product."""

    title: Words
    lines: Sequence[Line]
    each: bool = False


_PERSON: tuple[Line, ...] = (
    (Words("NIK", "NIK"), _nik), (Words("Nama sesuai KTP", "Name as on the ID card"), _owner("name")),
    (Words("Tempat lahir", "Place of birth"), _owner("birth_place")), (Words("Tanggal lahir", "Date of birth"), _owner("birth_date")),
    (Words("Jenis kelamin", "Sex"), _owner("sex")), (Words("Nomor HP (WhatsApp)", "Phone (WhatsApp)"), _owner("phone")),
    (Words("Surel", "E-mail"), _owner("email")),
)  # fmt: skip
_HOME: tuple[Line, ...] = (
    (Words("Alamat, RT/RW", "Address, RT/RW"), _street("owner")), (Words("Kelurahan / desa", "Village"), _place("owner", 10)),
    (Words("Kecamatan", "Kecamatan"), _place("owner", 6)), (Words("Kabupaten / kota", "Kabupaten or kota"), _place("owner", 4)),
    (Words("Provinsi", "Province"), _place("owner", 2)), (Words("Kode pos", "Postal code"), _owner("postal_code")),
)  # fmt: skip
_SITE: tuple[Line, ...] = (
    (Words("Alamat usaha, RT/RW", "Business address, RT/RW"), _street("business")), (Words("Kelurahan / desa", "Village"), _place("business", 10)),
    (Words("Kecamatan", "Kecamatan"), _place("business", 6)), (Words("Kode pos", "Postal code"), _business("postal_code")),
)  # fmt: skip

OSS = (
    Section(Words("1. Akun: pelaku usaha perseorangan", "1. Account: individual"), _PERSON),
    Section(Words("2. Alamat sesuai KTP", "2. Address on the ID card"), (*_HOME, (Words("NPWP (NIK berlaku sebagai NPWP)", "Tax number (the NIK serves as one)"), _npwp))),
    Section(Words("3. Usaha dan KBLI", "3. Business and KBLI"), (
        (Words("Nama usaha", "Business name"), _business("name")), (Words("KBLI 5 angka", "KBLI, 5 digits"), _kbli),
        (Words("KBLI lain", "Other KBLI"), _business("kbli_more")),
        (Words("Uraian kegiatan", "Activity in words"), _business("activity")), (Words("Bentuk usaha", "Legal form"), _business("legal_form")),
        (Words("Mulai usaha", "Started"), _business("started")),
    )),
    Section(Words("4. Lokasi usaha", "4. Place of business"), (
        *_SITE, (Words("Koordinat", "Coordinates"), _position), (Words("Luas tempat usaha (m²)", "Area (m²)"), _business("area_m2")),
        (Words("Status tempat", "Ownership"), _business("premises")),
    )),
    Section(Words("5. Modal dan tenaga kerja", "5. Capital and workers"), (
        (Words("Modal di luar tanah dan bangunan", "Capital without land and buildings"), _business("capital")),
        (Words("Penjualan setahun", "Yearly sales"), _business("sales_year")), (Words("Skala usaha", "Scale"), _scale),
        (Words("Tenaga kerja laki-laki", "Men working"), _business("workers_men")),
        (Words("Tenaga kerja perempuan", "Women working"), _business("workers_women")),
    )),
    Section(Words("6. Produk / jasa", "6. Product or service"), (
        (Words("Nama produk / jasa", "Product or service"), _main_product), (Words("Kapasitas setahun dan satuan", "Capacity a year, unit"), _capacity),
    ), each=True),
)  # fmt: skip
PIRT = (
    Section(Words("1. Masuk dengan NIB", "1. Log in by NIB"), (
        (Words("NIB", "NIB"), _business("nib")), (Words("KBLI industri pangan", "KBLI of the food industry"), _kbli),
        (Words("Nama usaha (IRTP)", "Business (IRTP)"), _business("name")),
    )),
    Section(Words("2. Penanggung jawab", "2. Person in charge"), (*_PERSON[:2], *_PERSON[5:])),
    Section(Words("3. Tempat produksi", "3. Place of production"), (*_SITE, (Words("Status tempat", "Ownership"), _business("premises")))),
    Section(Words("4. Produk pangan", "4. Food product"), (
        (Words("Nama jenis pangan", "Sort of food"), _main_product), (Words("Nama dagang / merek", "Brand"), _product("brand")),
        (Words("Jenis kemasan", "Packaging"), _product("packaging")), (Words("Komposisi", "Ingredients"), _product("ingredients")),
        (Words("Masa simpan", "Shelf life"), _shelf_life), (Words("Kapasitas setahun", "Capacity a year"), _capacity),
        (Words("Nomor P-IRT lama (perpanjangan)", "Former P-IRT number (renewal)"), _permit("pirt")),
    ), each=True),
    Section(Words("5. Komitmen setelah terbit", "5. Commitments after issue"), (
        (Words("Sertifikat penyuluhan (PKP)", "Food safety certificate (PKP)"), _permit("training")),
    )),
)  # fmt: skip
HALAL = (
    Section(Words("1. Akun dan pelaku usaha", "1. Account and owner"), (
        (Words("NIB", "NIB"), _business("nib")), (Words("Nama usaha", "Business name"), _business("name")), (Words("Skala usaha", "Scale"), _scale),
        (Words("Penjualan setahun", "Yearly sales"), _business("sales_year")), (Words("KBLI", "KBLI"), _kbli),
    )),
    Section(Words("2. Penanggung jawab dan penyelia halal", "2. Person in charge and halal supervisor"), (*_PERSON[:4], *_PERSON[5:])),
    Section(Words("3. Tempat produksi dan penjualan", "3. Places of production and sale"), (*_SITE, (Words("Cara menjual", "Sales channels"), _business("channels")))),
    Section(Words("4. Produk, bahan, proses", "4. Product, ingredients, process"), (
        (Words("Nama produk", "Product"), _main_product), (Words("Merek", "Brand"), _product("brand")),
        (Words("Daftar bahan", "Ingredients"), _product("ingredients")), (Words("Kemasan", "Packaging"), _product("packaging")),
        (Words("Izin edar (P-IRT, MD)", "Permit (P-IRT, MD)"), _permit("pirt")),
        (Words("Sertifikat halal lama", "Former halal certificate"), _permit("halal")),
    ), each=True),
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """A section with its answers; empty ones are not known."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class PortalSheet(office.Data):
    """The answers, in the portal's order."""

    portal: Words
    who: str
    agreed: bool
    sections: Sequence[Filled]

    title = SHEET


def _collect(portal: Words, sections: Sequence[Section], store: "Store", request: Request) -> PortalSheet:
    us, found = office.bearing(store, request), subject.subject(store, request.owner_id, request.business_id)
    of_business = {"business_id": found.business["id"]} if found.business else {"business_id": ""}
    products = [p for p in store.find("product", **of_business) if p["sort"] != "service"]
    about = About(store, request, found.owner, found.business, products, store.find("permit", **of_business), {})
    filled = [one for section in sections for one in _fill(section, about, us)]
    return PortalSheet(
        us, subject.full_name(found.owner), portal,
        " · ".join(p for p in (subject.full_name(found.owner), subject.shown(BUSINESS, found.business, "name")) if p),
        legal.agreed(store.find("consent", owner_id=request.owner_id), "filing"), filled,
    )  # fmt: skip


def _fill(section: Section, about: About, us: office.Bearing) -> Iterable[Filled]:
    products: Sequence[Row] = (
        (about.products or [{}]) if section.each else [about.products[0] if about.products else {}]
    )
    for number, product in enumerate(products, start=1):
        this = About(about.store, about.request, about.owner, about.business, about.products, about.permits, product)
        title = section.title.to(us.lang)
        yield Filled(
            us.say(PRODUCT_NUMBER, section=title, n=f"({number})") if len(products) > 1 else title,
            [(words.to(us.lang), answer(this)) for words, answer in section.lines],
        )


def layout(data: PortalSheet, _wanted: AbstractSet[str]) -> Sheet:
    """The sheet itself; what is not known is said, so that it is asked before the portal is opened."""
    us = data.office
    title = data.portal.to(us.lang)
    answers = [value for section in data.sections for _, value in section.lines]
    known = us.say(KNOWN, n=sum(bool(value) for value in answers), all=len(answers))
    agreed = us.say(AGREED if data.agreed else NOT_AGREED)
    first, blocks = 1, list[Block]()
    for section in data.sections:
        blocks.append(Together([Heading(section.title), _table(us, section, first)]))
        first += len(section.lines)
    return Sheet(
        title=title,
        form=us.say(FORM, title=title),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=[
            LeftTitle(title.upper(), data.who, known),
            *blocks,
            Notice([Run(f"{agreed} {us.say(OWN_ACCOUNT)} ", SMALL_BOLD), Run(us.free, SMALL)], keep=False),
        ],
        lang=us.lang,
    )


def _table(us: office.Bearing, section: Filled, first: int) -> Table:
    number, label, value, typed = ((us.say(words), mm) for words, mm in HEAD)
    columns = [
        Column(*number, CELL, "center"),
        Column(*label, CELL),
        Column(*value, CELL_BOLD),
        Column(*typed, CELL, "center"),
    ]
    missing = [Run(us.say(MISSING), SMALL)]
    rows: list[Sequence[Cell]] = [
        (str(n), words, found or missing, CheckBox(side=TICK_SIDE))
        for n, (words, found) in enumerate(section.lines, start=first)
    ]
    return Table(columns, rows, grid=True)


def _paper(key: str, name: str, sections: Sequence[Section]) -> Paper:
    title = Words(f"Lembar data {name}", f"Data sheet {name}")
    return Paper(key, title, "", ("A4", "F4"), (), partial(_collect, title, sections), layout, masks_nik=True)


PAPERS = (
    _paper("data-oss", "OSS (NIB)", OSS),
    _paper("data-pirt", "SPP-IRT", PIRT),
    _paper("data-halal", "SiHALAL", HALAL),
)
