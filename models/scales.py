"""The scale of a business (mikro, kecil, menengah) by the limits in force on a day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models import packs
from models.i18n import Words, number
from models.packs import remembered


@dataclass(frozen=True, slots=True)
class Scale:
    """One class and its upper limits in rupiah; None means no limit."""

    code: str
    words: Words
    capital: int | None
    sales: int | None


@remembered
def _by_day() -> tuple[tuple[date, tuple[Scale, ...]], ...]:
    rows = sorted(packs.rows("scales"), key=lambda r: r["valid_from"])
    return tuple(
        (date.fromisoformat(day), tuple(_scale(r) for r in group))
        for day, group in groupby(rows, key=lambda r: r["valid_from"])
    )


def _scale(row: dict[str, str]) -> Scale:
    capital, sales = (int(row[n]) if row[n] else None for n in ("capital_up_to", "sales_up_to"))
    return Scale(row["scale"], Words(row["name_id"], row["name_en"]), capital, sales)


def limits(day: date) -> tuple[Scale, ...]:
    """The classes in force on a day, smallest first."""
    in_force = [scales for start, scales in _by_day() if start <= day]
    return in_force[-1] if in_force else _by_day()[0][1]


def scale_of(sales_year: int | None, capital: int | None, day: date) -> Scale | None:
    """The class by yearly sales, else by capital; None when neither is known."""
    scales = limits(day)
    if sales_year is not None:
        return next(s for s in scales if s.sales is None or sales_year <= s.sales)
    if capital is not None:
        return next(s for s in scales if s.capital is None or capital <= s.capital)
    return None


def hint(sales_year: int | None, capital: int | None, day: date) -> Words | None:
    """`Mikro: penjualan sampai Rp2 miliar per tahun`, for beside the field."""
    scale = scale_of(sales_year, capital, day)
    if scale is None:
        return None
    limit = scale.sales if sales_year is not None else scale.capital
    if limit is None:
        return scale.words
    what = Words("penjualan", "sales") if sales_year is not None else Words("modal", "capital")
    per = Words(" per tahun", " a year") if sales_year is not None else Words("", "")
    return Words(
        f"{scale.words.id}: {what.id} sampai {_billions(limit).id}{per.id}",
        f"{scale.words.en}: {what.en} up to {_billions(limit).en}{per.en}",
    )


def _billions(amount: int) -> Words:
    whole = amount // 1_000_000_000
    return Words(f"Rp{number(whole)} miliar", f"Rp{number(whole, 'en')} billion")
