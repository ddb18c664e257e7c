"""Whom a paper is about: the owner and the business, and how papers speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models import access, kbli, legal, reference
from models.businesses import BUSINESS
from models.errors import AppError
from models.i18n import Lang, Words, long_date, rupiah, short_date
from models.owners import OWNER
from models.scales import scale_of
from models.schema import Entity, Row
from reports.text import GLUE

if TYPE_CHECKING:
    from models.store import Store

REFUSED = Words(
    "Pemilik menolak dicatat. Lembar dengan namanya tidak dicetak.",
    "The owner refused to be recorded. No paper with this name is printed.",
)
GONE = Words("Data ini sudah dihapus.", "This record has been deleted.")
HONORIFIC = {"P": Words("Ibu {name}", "Mrs {name}"), "L": Words("Bapak {name}", "Mr {name}")}
OWNER_WORD = Words("Pemilik", "Owner")
WORKERS = Words("{n} pekerja ({men} L, {women} P)", "{n} workers ({men} men, {women} women)")
WORKERS_ONLY = Words("{n} pekerja", "{n} workers")
SALES_OF = Words("penjualan {year} {amount}", "sales {year} {amount}")
SALES = Words("penjualan {amount}", "sales {amount}")
MICRO = Words("mikro", "micro")


@dataclass(frozen=True)
class Subject:
    """An owner who may be printed, and the business meant; empty when there is none."""

    owner: Row
    business: Row


def wanted(store: "Store", entity: str, record_id: str) -> Row:
    """A record that a paper is about. AppError when it is gone."""
    found = store.get(entity, record_id)
    if found is None or found["deleted"]:
        raise AppError(GONE)
    return found


def subject(store: "Store", owner_id: str, business_id: str = "") -> Subject:
    """The owner and the business asked for, else the owner's first. AppError when the owner is gone or refused."""
    owner = wanted(store, "owner", owner_id)
    if not legal.may_print(owner):
        raise AppError(REFUSED)
    businesses = store.find("business", owner_id=owner_id)
    business = next((b for b in businesses if b["id"] == business_id), businesses[0] if businesses else {})
    return Subject(owner, business)


def shown(entity: Entity, row: Mapping[str, Any], name: str, lang: Lang = "id") -> str:
    """One field of a row as people read it."""
    return entity[name].kind.show(row.get(name), lang)


def full_name(owner: Row) -> str:
    """`Drs. H. Abdul Ghofur, M.Si.`."""
    name = " ".join(str(owner[n]) for n in ("title_before", "name") if owner.get(n))
    return f"{name}, {owner['title_after']}" if owner.get("title_after") else name


def nik(store: "Store", owner: Row, nik_for: str) -> str:
    """The NIK masked; whole when it is asked for somebody, which is kept in the log."""
    kind = OWNER["nik"].kind
    if nik_for:
        return kind.show(access.reveal(store, "owner", owner["id"], "nik", nik_for) or None)
    return kind.mask(owner["nik"])


def called(owner: Row, lang: Lang) -> str:
    """`Ibu Siti`; `Pemilik` when the sex is not known."""
    words = str(owner.get("name") or "").split()
    first = next((w for w in words if not w.endswith(".")), "")
    honorific = HONORIFIC.get(str(owner.get("sex") or ""))
    return honorific.fill(name=first).to(lang) if honorific and first else OWNER_WORD.to(lang)


def lane(row: Row) -> str:
    """`RT 03/RW 02`, which no line parts."""
    return "/".join(f"{key.upper()}{GLUE}{int(row[key]):02d}" for key in ("rt", "rw") if row.get(key) is not None)


def near(row: Row) -> str:
    """`Jl. Melati 4, RT 03/RW 02 Patokan, Kraksaan`: for who knows the area."""
    code = str(row.get("village") or "")
    village, district = reference.region(code), reference.region(code[:6])
    place = " ".join(part for part in (lane(row), village.name if village else "") if part)
    return ", ".join(part for part in (str(row.get("address") or ""), place, district.name if district else "") if part)


def address(row: Row) -> str:
    """`Jl. Melati 4, RT 03/RW 02, Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo 67282`: for strangers."""
    code = str(row.get("village") or "")
    region = reference.path(code).partition(" (")[0] if code else ""
    whole = ", ".join(part for part in (str(row.get("address") or ""), lane(row), region) if part)
    return f"{whole} {row['postal_code']}" if whole and row.get("postal_code") else whole


def village(code: str | None) -> str:
    """`Patokan`; empty for a code nobody knows."""
    found = reference.region(str(code or ""))
    return found.name if found else ""


def village_and_district(code: str | None) -> str:
    """`Semampir, Kraksaan`."""
    return ", ".join(r.name for r in reference.ancestors(str(code or ""))[:2]) if code and len(code) == 10 else ""


def activity(business: Row, lang: Lang) -> str:
    """`13133 · KBLI 2025 — industri kain batik`, else the words of the owner."""
    code = shown(BUSINESS, business, "kbli", lang)
    title = _kbli_title(business) or str(business.get("activity") or "")
    return " — ".join(part for part in (code, title[:1].lower() + title[1:]) if part)


def _kbli_title(business: Row) -> str:
    version, _, code = str(business.get("kbli") or "").partition(":")
    return kbli.title(version, code) or ""


def scale(business: Row, today: date, lang: Lang) -> str:
    """`Mikro (Rp186 juta, 2025)`."""
    sales, capital, year = business.get("sales_year"), business.get("capital"), business.get("numbers_year")
    found = scale_of(sales, capital, today)
    if found is None:
        return ""
    amount = short_rupiah(int(sales if sales is not None else capital or 0), lang)
    return f"{found.words.to(lang)} ({', '.join(str(part) for part in (amount, year) if part)})"


def sort_of_business(business: Row, today: date, lang: Lang) -> str:
    """`mikro`, as a letter calls the business; so too where neither sales nor capital are known."""
    found = scale_of(business.get("sales_year"), business.get("capital"), today)
    return (found.words if found else MICRO).to(lang).lower()


def scale_in_full(business: Row, today: date, lang: Lang) -> str:
    """`Mikro — penjualan 2025 Rp186.000.000; 4 pekerja (1 L, 3 P)`."""
    sales = business.get("sales_year")
    found = scale_of(sales, business.get("capital"), today)
    year = business.get("numbers_year")
    words = (
        (SALES_OF if year else SALES).fill(year=year, amount=rupiah(sales, lang)).to(lang) if sales is not None else ""
    )
    size = " — ".join(part for part in (found.words.to(lang) if found else "", words) if part)
    return "; ".join(part for part in (size, workers(business, lang)) if part)


def workers(business: Row, lang: Lang) -> str:
    """`4 pekerja (1 L, 3 P)`."""
    men, women, all_ = (business.get(name) for name in ("workers_men", "workers_women", "workers"))
    if men is not None and women is not None:
        return WORKERS.fill(n=men + women, men=men, women=women).to(lang)
    return WORKERS_ONLY.fill(n=all_).to(lang) if all_ is not None else ""


def short_rupiah(value: int, lang: Lang) -> str:
    """`Rp186 juta`, `Rp1,2 miliar`; whole when that would hide something."""
    for unit, words in ((10**9, Words("miliar", "billion")), (10**6, Words("juta", "million"))):
        if value >= unit and value % (unit // 10) == 0:
            tenths = value // (unit // 10)
            mark = "," if lang == "id" else "."
            figure = f"{tenths // 10}{mark}{tenths % 10}" if tenths % 10 else str(tenths // 10)
            return f"Rp{figure} {words.to(lang)}"
    return rupiah(value, lang)


def day(value: Any, lang: Lang, *, year: bool = True) -> str:
    """`24 Nov 2026` of a stored day; a dash for none."""
    return short_date(date.fromisoformat(str(value)[:10]), lang, year=year) if value else "—"


def whole_day(value: Any, lang: Lang, *, weekday: bool = False) -> str:
    """`24 November 2026` of a stored day; empty for none."""
    return long_date(date.fromisoformat(str(value)[:10]), lang, weekday=weekday) if value else ""


def weekday_and_day(value: Any, lang: Lang) -> str:
    """`Jumat, 27 Nov 2026`; a dash for none."""
    if not value:
        return "—"
    found = date.fromisoformat(str(value))
    return f"{long_date(found, lang, weekday=True).partition(',')[0]}, {short_date(found, lang, year=True)}"
