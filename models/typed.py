"""What people type, paste or import, made clean before any kind reads it."""

import re
import unicodedata
from datetime import date

from models.i18n import Words
from models.schema import Checker, Problem

# Invisible signs that come along with pasted text: zero width, direction marks, byte order mark.
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
_KEEP_LINES = {code: None for code in _CONTROLS if code not in (0x09, 0x0A)}
_QUOTES = "'`´‘’ʼ"  # the mark by which Excel keeps a number as text
_EXCEL = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


def clean(typed: str) -> str:
    """Text of several lines without what cannot be stored or seen; composed (NFC), outer space cut."""
    if typed.isascii() and typed.isprintable():  # nearly everything, four times as fast
        return typed.strip()
    text = typed.encode("utf-8", "ignore").decode()  # drops lone surrogates
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_KEEP_LINES).translate(_INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()


def line(typed: str) -> str:
    """The same on one line: every run of white space becomes one space."""
    return " ".join(clean(typed).split())


def plain_digits(typed: str) -> str:
    """One line whose digits of any script are 0-9: full-width `３５` becomes `35`."""
    text = line(typed)
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def number_text(typed: str) -> str:
    """Text of an identifying number: `'3574.0145-0690 0003` and the cell `3574014506900003.0` become bare digits.

    Letters stay, so that nothing is guessed silently; text in Excel's `3,57E+15` form stays whole.
    """
    text = plain_digits(typed).lstrip(_QUOTES).strip()
    if _EXCEL.fullmatch(text):
        return text
    if re.fullmatch(r"[0-9]+\.0", text):
        text = text[:-2]
    return re.sub(r"[ .\-/–]", "", text).lstrip(_QUOTES)


def is_excel_number(text: str) -> bool:
    """Whether Excel has rounded a long number: `3,57402E+15`."""
    return _EXCEL.fullmatch(text) is not None


def letters_as_digits(text: str) -> str:
    """O, l and I read as the digits they are often typed for; only ever a suggestion."""
    return text.translate(str.maketrans("OoQlI|", "000111"))


def error(code: str, id_: str, en: str, suggestion: str = "") -> Problem:
    """A problem that keeps the value from counting as valid."""
    return Problem("error", code, Words(id_, en), "", suggestion)


def warning(code: str, id_: str, en: str, suggestion: str = "") -> Problem:
    """A problem that asks for a second look."""
    return Problem("warning", code, Words(id_, en), "", suggestion)


def at_most(length: int) -> Checker:
    """The check of a text that is free but for its length."""

    def check(typed: str, _today: date) -> list[Problem]:
        over = len(line(typed)) - length
        return [] if over <= 0 else [error(
            "long", f"Terlalu panjang {over} huruf. Paling banyak {length}.", f"{over} letters too long; at most {length}.")]  # fmt: skip

    return check


def wrong_length(name: str, have: int, want: int) -> Problem:
    """How many digits are missing or too many: `Kurang 1 angka. NIK berisi 16 angka.`."""
    gap = abs(want - have)
    digits = "digit" if gap == 1 else "digits"
    if have < want:
        head_id, head_en = f"Kurang {gap} angka.", f"{gap} {digits} missing."
    else:
        head_id, head_en = f"Lebih {gap} angka.", f"{gap} {digits} too many."
    return error("length", f"{head_id} {name} berisi {want} angka.", f"{head_en} {name} has {want} digits.")


def number_problem(name: str, text: str, lengths: tuple[int, ...]) -> Problem | None:
    """What keeps `text` from being the bare digits of an identifying number, if anything."""
    if is_excel_number(text):
        return error(
            "excel",
            f"Excel sudah membulatkan angka ini. Salin {name} dari dokumen aslinya.",
            f"Excel has rounded this number. Copy the {name} from the original document.",
        )
    if not re.fullmatch("[0-9]+", text):
        guess = letters_as_digits(text)
        return error(
            "letters",
            f"{name} hanya berisi angka.",
            f"{name} has digits only.",
            guess if re.fullmatch("[0-9]+", guess) and len(guess) in lengths else "",
        )
    if len(text) in lengths:
        return None
    return wrong_length(name, len(text), min(lengths, key=lambda n: abs(n - len(text))))
