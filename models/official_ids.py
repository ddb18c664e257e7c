"""Numbers that the state gives out: NIK, family card, NIB, tax number, staff number.

Each has `check_…(typed, today)`, `show_…` and `mask_…`; `models.typed.number_text` is what they
store: bare digits when there are only digits, else the text as it stands, so that nothing typed
is lost. Severities: an error keeps the number from counting as valid, a warning asks once more.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import reference
from models.dates import day_of
from models.i18n import Lang, Words
from models.schema import Problem
from models.typed import error, is_excel_number, number_problem, number_text, warning

OLDEST = 110  # years; no birth is taken to lie further back
ADULT = 17  # years at which the first identity card is issued


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a NIK says of its holder: sex `L`/`P`, possible births (ISO, oldest first), first region."""

    sex: str
    birth_dates: tuple[str, ...]
    region6: str


def age_on(today: date, birth: date) -> int:
    """Completed years of life."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _births(day: int, month: int, short_year: int, today: date) -> list[date]:
    both = (day_of(century + short_year, month, day) for century in (1900, 2000))
    return [b for b in both if b and b <= today and age_on(today, b) <= OLDEST]


def nik_facts(typed: str, today: date) -> NikFacts | None:
    """Sex, possible birth dates and region of first registration; None when the NIK is malformed."""
    text = number_text(typed)
    if not re.fullmatch("[0-9]{16}", text):
        return None
    day = int(text[6:8])
    births = _births(day % 40 if day > 40 else day, int(text[8:10]), int(text[10:12]), today)
    if not births or day > 71:
        return None
    return NikFacts("P" if day > 40 else "L", tuple(b.isoformat() for b in births), text[:6])


NIK_DATE = Words(
    "Tanggal lahir di NIK (angka 7–12) tidak mungkin. Cocokkan lagi dengan KTP.",
    "The birth date in the NIK (digits 7–12) is impossible. Compare it with the ID card.",
)


def check_nik(typed: str, today: date) -> list[Problem]:
    """Everything that is wrong with a NIK; its prefix is where it was first issued, not a residence."""
    text = number_text(typed)
    if not text:
        return []
    if wrong := number_problem("NIK", text, (16,)):
        return [wrong]
    return _nik_errors(text, today) or _nik_warnings(text, today)


def _nik_errors(text: str, today: date) -> list[Problem]:
    found: list[Problem] = []
    if len(set(text)) == 1:
        return [error("same_digit", "NIK tidak mungkin satu angka yang diulang.", "A NIK is not one digit repeated.")]
    if reference.region(text[:2]) is None:
        found.append(error(
            "province", f"Dua angka pertama NIK ({text[:2]}) bukan kode provinsi. Cocokkan lagi dengan KTP.",
            f"The first two digits of the NIK ({text[:2]}) are no province. Compare with the ID card."))  # fmt: skip
    day = int(text[6:8])
    if not (1 <= day <= 31 or 41 <= day <= 71):
        found.append(Problem("error", "day", NIK_DATE))
    elif nik_facts(text, today) is None:
        found.append(Problem("error", "date", NIK_DATE))
    if text.endswith("0000"):
        found.append(error(
            "serial", "Empat angka terakhir NIK tidak pernah 0000. Biasanya Excel yang membulatkannya; salin dari KTP.",
            "The last four digits of a NIK are never 0000. Excel has probably rounded it; copy it from the ID card."))  # fmt: skip
    return found


def _nik_warnings(text: str, today: date) -> list[Problem]:
    found: list[Problem] = []
    if reference.region(text[:6]) is None:
        found.append(warning(
            "region", f"Kode wilayah di NIK ({text[:6]}) tidak ada di daftar sekarang. Cocokkan lagi dengan KTP.",
            f"The region in the NIK ({text[:6]}) is not in today's list. Compare with the ID card."))  # fmt: skip
    facts = nik_facts(text, today)
    if facts and age_on(today, date.fromisoformat(facts.birth_dates[-1])) < ADULT:
        found.append(warning(
            "age", f"Menurut NIK ini umurnya di bawah {ADULT} tahun. Cocokkan lagi dengan KTP.",
            f"By this NIK the holder is under {ADULT}. Compare with the ID card."))  # fmt: skip
    return found


def check_kk(typed: str, _today: date) -> list[Problem]:
    """Family card: region (6), date of record, serial; the day is not raised by 40."""
    text = number_text(typed)
    if not text:
        return []
    if wrong := number_problem("No. KK", text, (16,)):
        return [wrong]
    if text.endswith("0000"):
        return [error(
            "serial", "Empat angka terakhir No. KK tidak pernah 0000. Biasanya Excel yang membulatkannya; salin dari KK.",
            "The last four digits are never 0000. Excel has probably rounded it; copy it from the family card.")]  # fmt: skip
    found: list[Problem] = []
    if reference.region(text[:6]) is None:
        found.append(warning(
            "region", f"Kode wilayah di No. KK ({text[:6]}) tidak ada di daftar sekarang. Cocokkan lagi dengan KK.",
            f"The region in the number ({text[:6]}) is not in today's list. Compare with the family card."))  # fmt: skip
    day, month, year = (int(text[i : i + 2]) for i in (6, 8, 10))
    if not (day_of(1900 + year, month, day) or day_of(2000 + year, month, day)):
        found.append(warning(
            "date", "Angka 7–12 No. KK biasanya tanggal pencatatan. Cocokkan lagi dengan KK.",
            "Digits 7–12 are usually the date of record. Compare with the family card."))  # fmt: skip
    return found


def check_nib(typed: str, _today: date) -> list[Problem]:
    """NIB: 13 random digits; there is no check digit to test."""
    text = number_text(typed)
    if not text:
        return []
    wrong = number_problem("NIB", text, (13,))
    if wrong and wrong.code == "length" and len(text) == 12:
        return [Problem(wrong.severity, wrong.code, wrong.words, "", show_nib("0" + text))]  # a zero lost in Excel
    return [wrong] if wrong else []


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits), start=1))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


NPWP_DIGITS = Words(
    "Angka NPWP ini tidak cocok satu sama lain. Cocokkan lagi dengan kartunya.",
    "The digits of this tax number do not fit together. Compare with the card.",
)


def check_npwp(typed: str, today: date) -> list[Problem]:
    """Tax number: 16 digits (a citizen's NIK, or 0 and the old 15) or the old 15 with a check digit."""
    text = number_text(typed)
    if not text:
        return []
    if wrong := number_problem("NPWP", text, (16, 15)):
        return [wrong]
    if len(text) == 16 and text[0] != "0":
        return check_nik(text, today)
    old = text[-15:]
    if not _luhn(old[:9]):
        return [Problem("error", "check_digit", NPWP_DIGITS)]
    if len(text) == 15:
        return [warning(
            "legacy", "NPWP 15 angka sudah diganti NPWP 16 angka (NIK, atau 0 di depan untuk badan).",
            "The 15-digit number was replaced by 16 digits (the NIK, or a leading 0 for a body).")]  # fmt: skip
    return []


def check_nip(typed: str, today: date) -> list[Problem]:
    """Civil servant's number: birth (8), appointment (6), sex (1), serial (3)."""
    text = number_text(typed)
    if not text:
        return []
    if wrong := number_problem("NIP", text, (18,)):
        return [wrong]
    birth = day_of(int(text[:4]), int(text[4:6]), int(text[6:8]))
    start = day_of(int(text[8:12]), int(text[12:14]), 1)
    if birth and start and birth < start <= today and text[14] in "12":
        return []
    return [warning(
        "parts", "NIP biasanya berisi tanggal lahir, bulan pengangkatan, dan jenis kelamin. Cocokkan lagi.",
        "A staff number holds birth date, month of appointment and sex. Compare it again.")]  # fmt: skip


def _grouped(text: str, sizes: tuple[int, ...]) -> str:
    if not re.fullmatch("[0-9]+", text) or len(text) != sum(sizes):
        return text
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return " ".join(text[end - size : end] for end, size in zip(ends, sizes, strict=True))


def show_nik(value: Any, _lang: Lang = "id") -> str:
    """`3513 1447 0582 9917`; family cards likewise."""
    return _grouped(str(value), (4, 4, 4, 4))


def mask_nik(value: Any, _lang: Lang = "id") -> str:
    """`3513 •••• •••• ••17`: region and last two digits; an unfinished number shows less."""
    text = str(value)
    if is_excel_number(text) or len(text) < 8:
        return "•" * len(text)
    hidden = text[:4] + "•" * (len(text) - 6) + text[-2:]
    return " ".join(hidden[i : i + 4] for i in range(0, len(hidden), 4))


def show_nib(value: Any, _lang: Lang = "id") -> str:
    """`0000 0000 00142`."""
    return _grouped(str(value), (4, 4, 5))


def show_npwp(value: Any, _lang: Lang = "id") -> str:
    """`01.312.166.0-091.000` for 15 digits; 16 digits plain, as the tax office writes them."""
    text = str(value)
    if not re.fullmatch("[0-9]{15}", text):
        return text
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}.{text[8]}-{text[9:12]}.{text[12:]}"


def show_nip(value: Any, _lang: Lang = "id") -> str:
    """`19730215 199302 2 002`."""
    return _grouped(str(value), (8, 6, 1, 3))
