"""Rupiah as people write it: `1,5 juta`, `500 rb`, `Rp 1.500.000,-`; always whole rupiah."""

import re
from datetime import date
from decimal import Decimal

from models.schema import Problem
from models.typed import clean, error, plain_digits, warning

MOST = 10**15  # Rp1,000 trillion: more is a slip, and would not fit every ledger's column

_UNITS = {
    "": 1,
    "rb": 10**3, "rbu": 10**3, "ribu": 10**3, "k": 10**3, "thousand": 10**3,
    "jt": 10**6, "jta": 10**6, "juta": 10**6, "million": 10**6,
    "m": 10**9, "mlr": 10**9, "miliar": 10**9, "milyar": 10**9, "milyard": 10**9, "billion": 10**9,
    "t": 10**12, "triliun": 10**12, "trilyun": 10**12, "trillion": 10**12,
}  # fmt: skip
_PIECE = re.compile(r"\s*([0-9][0-9.,]*)\s*([a-z]*)\s*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")


def _amount(figure: str, *, has_unit: bool) -> Decimal | None:
    """One figure: `1.500.000`, `1,5`, `1500000.50`. A comma before a unit always marks decimals."""
    if figure[-1] in ".,":
        return None
    grouped = _GROUPED.fullmatch(figure)
    if grouped and not (has_unit and figure.count(",") == 1 and "." not in figure):
        return Decimal(figure.replace(grouped[1], ""))
    whole, mark, cents = re.fullmatch(r"([0-9.,]*?)(?:([.,])([0-9]*))?", figure).groups()  # type: ignore[union-attr]
    if mark and mark in whole:
        return None
    if not re.fullmatch("[0-9]+", whole):
        thousands = _GROUPED.fullmatch(whole)
        if thousands is None:
            return None
        whole = whole.replace(thousands[1], "")
    return Decimal(f"{whole}.{cents or 0}")


def _read(typed: str) -> Decimal | None:
    """The amount meant, before sen are dropped; None when it is not one plain amount."""
    text = plain_digits(typed).casefold().lstrip("'’")
    text = re.sub(r"^(rp|idr)\.?\s*", "", text)
    text = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", text)  # 1 500 000
    text = re.sub(r"[.,]\s*[-–—=]+$|\s*(rupiah|idr)$", "", text)
    total, at, smallest = Decimal(0), 0, 10**18
    while at < len(text):
        piece = _PIECE.match(text, at)
        unit = _UNITS.get(piece[2]) if piece else None
        if piece is None or unit is None or unit >= smallest:  # "1 juta 500 ribu" falls, never rises
            return None
        amount = _amount(piece[1], has_unit=unit > 1)
        if amount is None:
            return None
        total, at, smallest = total + amount * unit, piece.end(), unit
    return total if text else None


def parse_money(typed: str, _today: date) -> int | None:
    """Whole rupiah; sen are dropped. None when unreadable, negative or beyond belief."""
    amount = _read(typed[:200])
    return None if amount is None or amount > MOST else int(amount)


def check_money(typed: str, _today: date) -> list[Problem]:
    """What is wrong with a typed amount."""
    if not clean(typed):
        return []
    amount = _read(typed[:200])
    if amount is None:
        return [error("money", "Tulis angka saja, mis. 1500000.", "Write digits only, e.g. 1500000.")]
    if amount > MOST:
        return [
            error("too_big", "Angka ini terlalu besar. Hitung lagi nolnya.", "This amount is too big. Count the zeros.")
        ]
    if amount != int(amount):
        return [warning("cents", "Sen tidak dicatat; hanya rupiah utuh.", "Cents are not kept; whole rupiah only.")]
    return []
