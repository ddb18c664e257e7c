"""Numbers on permits and certificates: P-IRT, halal, BPOM, trade mark, NITKU, PB-UMKU.

Each has `parse_…(typed, today)`, `check_…` and, where it is not plain, `show_…`. Only what the state
gives out in one known form is an error when it differs; where a form is only known from samples,
another one asks for a second look.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import reference
from models.i18n import Lang, Words
from models.schema import Checker, Problem, Value
from models.typed import at_most, error, is_excel_number, letters_as_digits, line, number_problem, number_text, warning

PIRT_DIGITS = 15
LONGEST_PIRT = 5  # years for which a P-IRT number is given at most
AREA = ("3574", "3513", "3510")  # Kota and Kab. Probolinggo, Banyuwangi: where the owners assisted here produce
PROVINCE = "35"
FREE_TEXT = 60
_LABELS = re.compile(
    r"^(?:P?IRT|SPP|BPOM|POM|RI|NOMOR|NO|[:,'`´‘’ʼ])+", re.IGNORECASE
)  # "SPP-IRT No. …", "BPOM RI MD …"

PACKAGINGS = {
    "1": Words("Gelas", "Glass"),
    "2": Words("Plastik", "Plastic"),
    "3": Words("Karton/kertas", "Cardboard or paper"),
    "4": Words("Kaleng", "Can"),
    "5": Words("Aluminium foil", "Aluminium foil"),
    "6": Words("Lain-lain", "Other"),
    "7": Words("Komposit", "Composite"),
    "8": Words("Ganda", "Double"),
}


@dataclass(frozen=True, slots=True)
class PirtFacts:
    """What a P-IRT number says: packaging (a key of `PACKAGINGS`), kabupaten or kota, year of expiry.

    Its digits for the sort of food changed their meaning over the years and are not read.
    """

    packaging: str
    region4: str
    expires_year: int


def _bare(typed: str) -> str:
    """The number alone, without the label that stands before it on a package."""
    return _LABELS.sub("", number_text(typed))


def parse_number(typed: str, _today: date) -> Value:
    """The bare number to store, or the text as it stands when it is something else."""
    return _bare(typed).upper() or None


def pirt_facts(number: str) -> PirtFacts | None:
    """What a P-IRT number says; None when it is malformed."""
    text = _bare(number)
    if not re.fullmatch("[1-8][0-9]{14}", text):
        return None
    return PirtFacts(text[0], text[3:7], 2000 + int(text[13:]))


def check_pirt(typed: str, today: date) -> list[Problem]:
    """P-IRT: packaging (1), sort (2), kabupaten (4), product (2), maker (4), year of expiry (2)."""
    text = _bare(typed)
    if not text:
        return []
    if wrong := number_problem("P-IRT", text, (PIRT_DIGITS,)):
        return [wrong]
    facts = pirt_facts(text)
    if facts is None:
        return [error("packaging", f"Angka pertama P-IRT menyebut kemasan, 1 sampai 8, bukan {text[0]}. Cocokkan lagi.",
                      f"The first digit of a P-IRT names the packaging, 1 to 8, not {text[0]}. Compare it again.")]  # fmt: skip
    return [*_place_problems(facts), *_expiry_problems(facts, today)]


def _place_problems(facts: PirtFacts) -> list[Problem]:
    found = reference.region(facts.region4)
    if found is None:
        return [warning("region", f"Angka 4–7 P-IRT ({facts.region4}) bukan kabupaten/kota di daftar sekarang. Cocokkan lagi.",
                        f"Digits 4–7 ({facts.region4}) are no regency in today's list. Compare it again.")]  # fmt: skip
    if facts.region4 not in AREA:
        return [warning("elsewhere", f"P-IRT ini diterbitkan di {found.title}. Cocokkan dengan sertifikatnya.",
                        f"This P-IRT was issued in {found.title}. Compare with the certificate.")]  # fmt: skip
    return []


def _expiry_problems(facts: PirtFacts, today: date) -> list[Problem]:
    year = facts.expires_year
    if year < today.year:
        return [warning("expired", f"Menurut nomornya, P-IRT ini habis tahun {year}. Tanyakan perpanjangannya.",
                        f"By its number this P-IRT ended in {year}. Ask about the renewal.")]  # fmt: skip
    if year > today.year + LONGEST_PIRT:
        return [warning("too_long", f"P-IRT berlaku paling lama {LONGEST_PIRT} tahun, nomor ini sampai {year}. Cocokkan lagi.",
                        f"A P-IRT lasts {LONGEST_PIRT} years at most, this number until {year}. Compare it again.")]  # fmt: skip
    return []


def show_pirt(value: Any, _lang: Lang = "id") -> str:
    """`P-IRT 2063510010243-26`."""
    text = str(value)
    return f"P-IRT {text[:13]}-{text[13:]}" if re.fullmatch("[0-9]{15}", text) else text


def _excel(name: str, text: str) -> Problem | None:
    return number_problem(name, text, ()) if is_excel_number(text) else None


def _guess(text: str, letters: int, pattern: str) -> str:
    """The number meant by one with O for 0 or l for 1 after its letters; empty when that is none either."""
    guess = text[:letters] + letters_as_digits(text[letters:])
    return guess if guess != text and re.fullmatch(pattern, guess) else ""


_HALAL = "ID[0-9]{17}"


def check_halal(typed: str, _today: date) -> list[Problem]:
    """Halal certificate: ID and 17 digits, which begin with the province of issue."""
    text = _bare(typed).upper()
    if not text:
        return []
    if wrong := _excel("No. sertifikat halal", text):
        return [wrong]
    if not re.fullmatch(_HALAL, text):
        guess = "ID" + text if re.fullmatch("[0-9]{17}", text) else _guess(text, 2, _HALAL)
        return [error("halal", "Nomor halal ditulis ID lalu 17 angka. Salin dari sertifikat BPJPH.",
                      "A halal number is ID and 17 digits. Copy it from the BPJPH certificate.", guess)]  # fmt: skip
    if text[2:4] != PROVINCE:
        return [warning("elsewhere", "Nomor halal ini terbit di luar Jawa Timur. Cocokkan dengan sertifikatnya.",
                        "This halal number was issued outside East Java. Compare with the certificate.")]  # fmt: skip
    return []


def _registered(code: str, name: str, pattern: str, how: tuple[str, str]) -> Checker:
    """The check of a marketing authorisation that has one form only."""

    def check(typed: str, _today: date) -> list[Problem]:
        text = _bare(typed).upper()
        if not text or re.fullmatch(pattern, text):
            return []
        return [_excel(name, text) or error(code, *how, _guess(text, 2, pattern))]

    return check


check_bpom = _registered("bpom", "nomor BPOM", "M[DL][0-9]{12,15}", (
    "Nomor BPOM ditulis MD atau ML lalu 12 angka (yang baru 15). Salin dari label.",
    "A BPOM number is MD or ML and 12 digits (newer ones 15). Copy it from the label."))  # fmt: skip
check_traditional = _registered("traditional", "nomor TR", "TR[0-9]{9}", (
    "Izin obat tradisional ditulis TR lalu 9 angka. Salin dari label.",
    "A traditional medicine number is TR and 9 digits. Copy it from the label."))  # fmt: skip
check_cosmetic = _registered("cosmetic", "nomor notifikasi", "N[A-E][0-9]{11}", (
    "Notifikasi kosmetik ditulis NA–NE lalu 11 angka. Salin dari label.",
    "A cosmetic notification is NA to NE and 11 digits. Copy it from the label."))  # fmt: skip


def show_bpom(value: Any, _lang: Lang = "id") -> str:
    """`BPOM RI MD 123456789012`."""
    text = str(value)
    return f"BPOM RI {text[:2]} {text[2:]}" if re.fullmatch("M[DL][0-9]{12,15}", text) else text


def _usual(code: str, pattern: str, how: tuple[str, str]) -> Checker:
    """The check of a number whose usual form was never confirmed: another one is only asked about."""

    def check(typed: str, _today: date) -> list[Problem]:
        text = number_text(typed).upper()
        return [] if not text or re.fullmatch(pattern, text) else [warning(code, *how)]

    return check


check_trademark = _usual("trademark", "(?:[DJ]ID[0-9]{10}|IDM[0-9]{9})", (
    "Nomor merek biasanya DID/JID dan 10 angka (permohonan) atau IDM dan 9 angka (sertifikat). Cocokkan lagi.",
    "A trade mark is usually DID/JID and 10 digits (application) or IDM and 9 (certificate). Compare it again."))  # fmt: skip
check_nitku = _usual("length", "[0-9]{22}", (
    "NITKU berisi 22 angka: NPWP 16 angka dan 6 angka tempat usaha. Hitung lagi.",
    "A NITKU has 22 digits: the 16 of the NPWP and 6 of the place. Count again."))  # fmt: skip
check_pb_umku = _usual("length", "[0-9]{21}", (
    "Nomor PB-UMKU berisi 21 angka: NIB dan 8 angka. Hitung lagi.",
    "A PB-UMKU number has 21 digits: the NIB and 8 more. Count again."))  # fmt: skip


check_free = at_most(FREE_TEXT)  # a number of no fixed form (SNI, SLHS)


def check_training(typed: str, today: date) -> list[Problem]:
    """Food safety training (PKP): usually number/region/year, as `012/3513/26`."""
    text = line(typed)
    if not text or re.fullmatch(r"[0-9]{1,4}\s*/\s*[0-9]{4}\s*/\s*[0-9]{2,4}", text):
        return []
    return check_free(typed, today) or [
        warning("training", "Nomor PKP biasanya seperti 012/3513/26. Cocokkan dengan sertifikatnya.",
                "A PKP number usually reads 012/3513/26. Compare with the certificate.")]  # fmt: skip
