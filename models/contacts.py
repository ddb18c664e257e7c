"""Phone and e-mail: how they are typed, checked and shown."""

import re
from datetime import date
from typing import Any

from models.i18n import Lang
from models.schema import Problem, Value
from models.typed import error, is_excel_number, letters_as_digits, line, plain_digits, warning

_MOBILE = re.compile(r"\+628[1-35-9][0-9]{7,10}")  # libphonenumber's pattern for Indonesian mobile numbers
_LANDLINE = re.compile(r"\+62(?:21|22|24|31|61|[2-79][0-9]{2})[0-9]{5,8}")
_TWO = re.compile(r"\s*(?:[/,;&|\n]|\bdan\b|\batau\b)\s*")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")


def _international(text: str) -> str | None:
    """`0812-0000-0142`, `62 812…`, `+62 (0)812…` as `+62812…`; None when it is not one number."""
    bare = re.sub(r"[ .\-()–'’]", "", text)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        return None
    for prefix in ("+620", "+62", "620", "62", "0"):
        if bare.startswith(prefix):
            return "+62" + bare.removeprefix(prefix)
    return None


def _valid(text: str) -> str | None:
    number = _international(text)
    return number if number and (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)) else None


def parse_phone(typed: str, _today: date) -> Value:
    """`+6281200000142`; what is no number stays as it was typed, so that nothing is lost."""
    text = plain_digits(typed)
    return _valid(text) or text or None


PHONE_WORDS = ("Nomor HP mulai dengan 08 dan 10–13 angka.", "Phone numbers start with 08 and have 10–13 digits.")


def check_phone(typed: str, _today: date) -> list[Problem]:
    """What is wrong with a phone number; the suggestion is a whole number to take instead."""
    text = plain_digits(typed)
    if not text:
        return []
    if number := _valid(text):
        if _MOBILE.fullmatch(number):
            return []
        return [warning("landline", "Ini nomor telepon rumah atau kantor; tidak menerima WhatsApp.",
                        "This is a landline; it does not receive WhatsApp.")]  # fmt: skip
    if is_excel_number(text):
        return [error("excel", "Excel sudah membulatkan nomor ini. Tanyakan nomor aslinya.",
                      "Excel has rounded this number. Ask for the real one.")]  # fmt: skip
    parts = [show_phone(n) for p in _TWO.split(clean_lines(typed)) if (n := _valid(p))]
    if len(parts) > 1:
        return [error("two", f"Ada {len(parts)} nomor. Pilih satu: {' atau '.join(parts)}.",
                      f"There are {len(parts)} numbers. Choose one: {' or '.join(parts)}.", parts[0])]  # fmt: skip
    for guess in ("0" + text.removesuffix(".0"), letters_as_digits(text)):
        if (number := _valid(guess)) and _MOBILE.fullmatch(number):
            shown = show_phone(number)
            if guess.startswith("08") and guess[1:] == text.removesuffix(".0"):
                return [error("zero", f"Angka 0 di depan hilang. Jadikan {shown}?",
                              f"The leading 0 is lost. Make it {shown}?", shown)]  # fmt: skip
            return [error("letters", f"Nomor HP berisi angka saja. Maksudnya {shown}?",
                          f"A phone number has digits only. Did you mean {shown}?", shown)]  # fmt: skip
    return [error("phone", *PHONE_WORDS)]


def clean_lines(typed: str) -> str:
    """Digits plain, line breaks of a cell kept as separators."""
    return "\n".join(plain_digits(part) for part in typed.splitlines())


def show_phone(value: Any, _lang: Lang = "id") -> str:
    """`0812-0000-0142`, an office line as `(0335) 421234`; other text as it stands."""
    text = str(value)
    local = "0" + text.removeprefix("+62")
    if _MOBILE.fullmatch(text):
        return "-".join((local[:4], local[4:8], local[8:]))
    if _LANDLINE.fullmatch(text):
        cut = 3 if re.match(r"\+62(?:21|22|24|31|61)", text) else 4
        return f"({local[:cut]}) {local[cut:]}"
    return text


def check_email(typed: str, _today: date) -> list[Problem]:
    """One address with an @ and a dot after it."""
    text = line(typed)
    if not text or _EMAIL.fullmatch(text):
        return []
    return [error("email", "Surel ditulis seperti nama@contoh.id.", "Write an e-mail like name@example.org.")]
