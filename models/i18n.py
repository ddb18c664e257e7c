"""Words in both languages, and how numbers, dates and money are written for people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Literal

Lang = Literal["id", "en"]
LANGS: tuple[Lang, ...] = ("id", "en")

MONTHS: dict[Lang, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
        "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WIB = timezone(timedelta(hours=7), "WIB")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Indonesian and English; `{name}` places are filled by `fill`."""

    id: str
    en: str

    def to(self, lang: Lang) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.id

    def fill(self, **values: object) -> "Words":
        """The same words with their places filled, in both languages; with `Words` by each language's own."""
        here, there = (
            {name: v.to(lang) if isinstance(v, Words) else v for name, v in values.items()} for lang in LANGS
        )
        return Words(self.id.format(**here), self.en.format(**there))


def in_both(say: Callable[[Lang], str]) -> Words:
    """What a function says in each language: `in_both(lambda lang: long_date(day, lang))`."""
    return Words(say("id"), say("en"))


def number(value: int, lang: Lang = "id") -> str:
    """`1234567` as `1.234.567` (id) or `1,234,567` (en)."""
    text = f"{value:,}"
    return text.replace(",", ".") if lang == "id" else text


def rupiah(value: int, lang: Lang = "id") -> str:
    """Whole rupiah as `Rp1.500.000`: no space, no decimals."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{number(abs(value), lang)}"


def long_date(day: date, lang: Lang = "id", *, weekday: bool = False) -> str:
    """`24 November 2026`, with `Selasa, ` before it when asked."""
    text = f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[lang][day.weekday()]}, {text}" if weekday else text


def short_date(day: date, lang: Lang = "id", *, year: bool = False) -> str:
    """`24 Nov`, or `24 Nov 2026`."""
    text = f"{day.day} {MONTHS[lang][day.month - 1][:3]}"
    return f"{text} {day.year}" if year else text


def clock_time(moment: datetime, lang: Lang = "id", zone: tzinfo = WIB) -> str:
    """`09.42` (id) or `09:42` (en) in the office's zone."""
    return moment.astimezone(zone).strftime("%H.%M" if lang == "id" else "%H:%M")
