"""Permits and certificates (legalitas) of a business or of one of its products.

The number is checked by the kind of its type. A NIB lasts as long as the business and a halal
certificate as long as the recipe, so neither runs out. A P-IRT is given at once on declared
commitments: `issued` until they are met, then `fulfilled`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models import kinds
from models.dates import MONTHS_A_YEAR, months_later
from models.i18n import Words
from models.permit_ids import pirt_facts
from models.schema import Entity, Field, Kind, Problem, Row
from models.sql import codes

SUBJECT = kinds.choice("permit_subject", [("business", "Usaha", "Business"), ("product", "Produk", "Product")])
TYPE = kinds.choice("permit_type", [
    ("nib", "NIB", "NIB"), ("pirt", "P-IRT", "P-IRT"), ("halal", "Sertifikat halal", "Halal certificate"),
    ("bpom", "Izin edar BPOM MD/ML", "BPOM MD/ML"), ("traditional", "Obat tradisional (TR)", "Traditional medicine (TR)"),
    ("cosmetic", "Notifikasi kosmetik", "Cosmetic notification"), ("brand", "Merek (HKI)", "Trademark"),
    ("ip_other", "HKI lain", "Other IP"), ("training", "Sertifikat PKP", "Food safety certificate (PKP)"),
    ("slhs", "SLHS", "SLHS"), ("sni", "SNI", "SNI"), ("pb_umku", "PB-UMKU", "PB-UMKU"), ("nitku", "NITKU", "NITKU"),
    ("company", "Badan usaha (AHU)", "Legal body (AHU)"), ("sku", "Surat Keterangan Usaha", "Business letter (SKU)"),
    ("other", "Lainnya", "Other"),
], {"halal": "halal", "merek": "brand", "pkp": "training", "bpom": "bpom", "pirt": "pirt"})  # fmt: skip
STATE = kinds.choice("permit_state", [
    ("process", "Diproses", "In process"), ("issued", "Terbit, komitmen belum terpenuhi", "Issued, commitments open"),
    ("fulfilled", "Komitmen terpenuhi", "Commitments fulfilled"), ("active", "Aktif", "Active"),
    ("expired", "Habis", "Expired"), ("revoked", "Dicabut", "Revoked"),
])  # fmt: skip

NUMBER_KINDS: dict[str, Kind] = {
    "nib": kinds.NIB, "pirt": kinds.PIRT, "halal": kinds.HALAL, "bpom": kinds.BPOM, "traditional": kinds.TRADITIONAL,
    "cosmetic": kinds.COSMETIC, "brand": kinds.TRADEMARK, "training": kinds.TRAINING, "pb_umku": kinds.PB_UMKU,
    "nitku": kinds.NITKU,
}  # fmt: skip
VALID = ("issued", "fulfilled", "active")
ONLY_PIRT = ("issued", "fulfilled")
LASTS = ("nib", "halal")  # no expiry counts for these, whatever an old certificate says
LONGEST = {"pirt": 5, "brand": 10}  # years
RENEW_AHEAD = {"pirt": 6}  # months before expiry by which the renewal must be asked for
OF_PRODUCTS = ("pirt", "halal", "bpom", "traditional", "cosmetic", "brand", "slhs", "sni")


def number_kind(type_: str | None) -> Kind:
    """How the number of a type of permit is read, checked and shown."""
    return NUMBER_KINDS.get(type_ or "", kinds.PERMIT_NUMBER)


def first_state(type_: str) -> str:
    """The state of a permit on the day it is issued."""
    return "issued" if type_ == "pirt" else "active"


def expires_on(permit: Mapping[str, Any]) -> date | None:
    """The last day of a permit; None when it has none or it is not known."""
    if permit.get("type") in LASTS or not permit.get("expires"):
        return None
    return date.fromisoformat(permit["expires"])


def valid_on(permit: Mapping[str, Any], day: date) -> bool:
    """Whether a permit holds on a day; an unknown day of issue is taken as long past."""
    last = expires_on(permit)
    begun = (permit.get("issued") or "") <= day.isoformat()
    return permit.get("state") in VALID and begun and (last is None or day <= last)


def valid_sql(day: str) -> str:
    """`valid_on` as a condition on rows of `permit`, by whatever stands for the day in a statement: `:until`."""
    return (f"(permit.state IN ({codes(VALID)}) AND coalesce(permit.issued, '') <= {day}"
            f" AND (permit.type IN ({codes(LASTS)}) OR permit.expires IS NULL OR permit.expires >= {day}))")  # fmt: skip


def renew_by(permit: Mapping[str, Any]) -> date | None:
    """The last day on which a renewal can be asked for in time."""
    last = expires_on(permit)
    return months_later(last, -RENEW_AHEAD.get(permit["type"], 0)) if last else None


def estimated_expiry(permit: Mapping[str, Any]) -> Row:
    """The expiry that a P-IRT number alone tells: 31 December of its year, marked as estimated; else nothing."""
    if permit.get("type") != "pirt" or permit.get("expires"):
        return {}
    facts = pirt_facts(permit.get("number") or "")
    return {"expires": f"{facts.expires_year}-12-31", "estimated": 1} if facts else {}


def _number_fits(row: Row, today: date) -> Iterable[Problem]:
    kind, number = number_kind(row.get("type")), row.get("number")
    if number:
        yield from (p.at("number") for p in kind.check_stored(number, today))
    elif row.get("state") in VALID:
        yield Problem("warning", "no_number", Words(
            "Izin yang terbit punya nomor. Salin dari dokumennya.",
            "An issued permit has a number. Copy it from the document."), "number")  # fmt: skip


def _subject_is_there(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("subject") == "product" and not row.get("product_id"):
        yield Problem("error", "missing", Words(
            "Pilih produk yang diberi izin.", "Choose the product that has the permit."), "product_id")  # fmt: skip


def _state_fits(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("state") in ONLY_PIRT and row.get("type") != "pirt":
        yield Problem("error", "state", Words(
            "Komitmen hanya ada pada P-IRT. Pilih Aktif.", "Only a P-IRT has commitments. Choose Active."), "state")  # fmt: skip
    if row.get("state") == "active" and row.get("type") == "pirt":
        yield Problem("error", "state", Words(
            "Pilih apakah komitmen P-IRT sudah terpenuhi.", "Choose whether the P-IRT's commitments are met."), "state")  # fmt: skip


def _days_fit(row: Row, _today: date) -> Iterable[Problem]:
    issued, expires, type_ = row.get("issued"), row.get("expires"), row.get("type")
    if not expires:
        return
    if type_ == "nib":
        yield Problem("error", "no_expiry", Words(
            "NIB berlaku selama usaha berjalan. Kosongkan tanggal akhirnya.",
            "A NIB lasts as long as the business. Leave its last day empty."), "expires")  # fmt: skip
    if issued and expires < issued:
        yield Problem("error", "order", Words(
            "Tanggal akhir mendahului tanggal terbit. Cocokkan lagi.",
            "The last day is before the day of issue. Compare them again."), "expires")  # fmt: skip
    years = LONGEST.get(type_ or "")
    if (
        issued
        and years
        and date.fromisoformat(expires) > months_later(date.fromisoformat(issued), years * MONTHS_A_YEAR)
    ):
        yield Problem("warning", "too_long", Words(
            f"Izin ini berlaku paling lama {years} tahun. Cocokkan lagi.",
            f"This permit lasts {years} years at most. Compare again."), "expires")  # fmt: skip
    facts = pirt_facts(row.get("number") or "") if type_ == "pirt" else None
    if facts and not expires.startswith(str(facts.expires_year)):
        yield Problem("warning", "year", Words(
            f"Nomornya menyebut tahun {facts.expires_year}. Cocokkan tanggal akhir dengan sertifikat.",
            f"The number says {facts.expires_year}. Compare the last day with the certificate."), "expires")  # fmt: skip


PERMIT = Entity(
    "permit",
    Words("Legalitas", "Permit"),
    Words("Legalitas", "Permits"),
    (
        Field("business_id", kinds.REF, Words("Usaha", "Business"), "permit", required=True),
        Field("subject", SUBJECT, Words("Untuk", "Of"), "permit", required=True),
        Field("product_id", kinds.REF, Words("Produk", "Product"), "permit"),
        Field("type", TYPE, Words("Jenis izin", "Type"), "permit", required=True, listed=True),
        Field("number", kinds.TEXT, Words("Nomor", "Number"), "permit",
              headings=("nomor izin", "no izin"), wanted=True, listed=True, searched=True),
        Field("issued", kinds.DATE, Words("Tanggal terbit", "Day of issue"), "validity", wanted=True, listed=True),
        Field("expires", kinds.DAY, Words("Tanggal akhir", "Last day"), "validity",
              Words("Kosongkan bila tanpa batas.", "Empty when it does not run out."), listed=True, group="expiry"),
        Field("estimated", kinds.YES_NO, Words("Perkiraan", "Estimated"), "validity", group="expiry"),
        Field("issuer", kinds.TEXT, Words("Penerbit", "Issuer"), "validity"),
        Field("state", STATE, Words("Keadaan", "State"), "validity", required=True, listed=True),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "permit"),
        Field("import_id", kinds.REF, Words("Berkas impor", "Import"), "permit"),
    ),
    sections=(("permit", Words("Izin", "Permit")), ("validity", Words("Masa berlaku", "Validity"))),
    rules=(_number_fits, _subject_is_there, _state_fits, _days_fit),
    kept_with=("business_id",),
)  # fmt: skip
