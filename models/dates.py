"""Dates as people type them: `7`, `+7`, `senin`, `besok`, `1/12`, `31-12-25`, `24 November 2026`, ISO.

A date is stored as ISO text of the office's calendar. There are four kinds: one that has happened,
a birth, a due date, and any day; they differ in which way a weekday points and in what they refuse.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from models.i18n import MONTHS, WEEKDAYS, Lang, Words, long_date
from models.schema import Problem, Value
from models.typed import plain_digits

EARLIEST = 1900
MONTHS_A_YEAR = 12
_FOUR_DIGITS = 1000  # earlier years would read back as two-digit ones

_NEAR = {
    "hari ini": 0, "sekarang": 0, "today": 0, "besok": 1, "esok": 1, "tomorrow": 1, "lusa": 2,
    "minggu depan": 7, "next week": 7, "kemarin": -1, "yesterday": -1, "minggu lalu": -7, "last week": -7,
}  # fmt: skip
_WEEKDAYS = {
    name.casefold(): i for names in (*WEEKDAYS.values(), ("Senen", "Selasa", "Rabo", "Kemis", "Jum'at", "Sabtu", "Ahad"))
    for i, name in enumerate(names)
}  # fmt: skip
_MONTHS = {
    name.casefold()[:length]: i
    for names in (*MONTHS.values(), ("Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"))
    for i, name in enumerate(names, start=1)
    for length in (3, 4, 20)
}  # fmt: skip
_NUMERIC = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})(?:\s*[/.\- ]\s*([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[t ][0-9:.]+z?)?")
_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WRITTEN = re.compile(r"([0-9]{1,2})[ \-/]+([a-z]+)\.?(?:[ \-/]+([0-9]{4}|[0-9]{2}))?")
_AHEAD = re.compile(r"([+-]?)([0-9]{1,3})\s*(?:(hari|days?|minggu|weeks?)(?: lagi)?)?")


def day_of(year: int, month: int, day: int) -> date | None:
    """That day of the calendar; None when there is none, or it lies before any that is recorded."""
    try:
        return date(year, month, day) if year >= _FOUR_DIGITS else None
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date) -> date | None:
    """The year that brings a day without one closest to today: `28/12` typed in January is last year's."""
    around = (day_of(today.year + shift, month, day) for shift in (-1, 0, 1))
    known = [d for d in around if d]
    return min(known, key=lambda d: (abs(d - today), d < today)) if known else None


def _dated(parts: tuple[str, int, str | None], today: date, years_ahead: int) -> date | None:
    day, month, year = int(parts[0]), parts[1], parts[2]
    if not year:
        return _nearest(month, day, today)
    if len(year) == 2:
        full = 2000 + int(year)
        return day_of(full if full <= today.year + years_ahead else full - 100, month, day)
    return day_of(int(year), month, day)


def _relative(text: str, today: date, *, ahead: bool) -> date | None:
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if text in _WEEKDAYS:
        gap = _WEEKDAYS[text] - today.weekday()
        return today + timedelta(days=gap % 7 or 7) if ahead else today - timedelta(days=-gap % 7)
    if counted := _AHEAD.fullmatch(text):
        days = int(counted[2]) * (7 if (counted[3] or "").startswith(("m", "w")) else 1)
        return today + timedelta(days=-days if counted[1] == "-" else days)
    return None


def read_date(typed: str, today: date, *, ahead: bool = False, years_ahead: int = 0) -> date | None:
    """The day meant, or None. `ahead` turns weekdays forward; two-digit years reach `years_ahead` into the future."""
    text = plain_digits(typed[:100]).casefold().lstrip("'’").strip()
    if near := _relative(text, today, ahead=ahead):
        return near
    text = re.sub(rf"^(?:{'|'.join(_WEEKDAYS)}),?\s+", "", text)
    if iso := _ISO.fullmatch(text):
        return day_of(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(text) or _COMPACT.fullmatch(text):
        return _dated((numeric[1], int(numeric[2]), numeric[3]), today, years_ahead)
    if (written := _WRITTEN.fullmatch(text)) and written[2] in _MONTHS:
        return _dated((written[1], _MONTHS[written[2]], written[3]), today, years_ahead)
    return None


NOT_A_DATE = Words(
    '"{typed}" bukan tanggal. Tulis hari/bulan, mis. 1/12.', '"{typed}" is not a date. Write day/month, e.g. 1/12.'
)
NOT_A_FULL_DATE = Words(
    '"{typed}" bukan tanggal. Tulis hari/bulan/tahun, mis. 31/12/2025.',
    '"{typed}" is not a date. Write day/month/year, e.g. 31/12/2025.',
)
PAST = Words("Tanggal sudah lewat. Pilih hari ini atau sesudahnya.", "This date is past. Choose today or later.")
FUTURE = Words(
    "Tanggal ini belum terjadi. Pilih hari ini atau sebelumnya.", "This date lies ahead. Choose today or earlier."
)
FUTURE_BIRTH = Words("Tanggal lahir tidak mungkin di masa depan.", "A birth date cannot lie in the future.")
TOO_OLD = Words("Tahunnya terlalu lampau. Cocokkan lagi.", "The year is too long ago. Check it again.")
_NEXT_YEARS = 10  # how far a two-digit year of a due date may reach


def _unreadable(words: Words, typed: str) -> Problem:
    shown = plain_digits(typed)
    shown = shown if len(shown) <= 20 else shown[:19] + "…"
    return Problem("error", "date", words.fill(typed=shown))


def _parser(*, ahead: bool, years_ahead: int) -> Callable[[str, date], Value]:
    def parse(typed: str, today: date) -> Value:
        day = read_date(typed, today, ahead=ahead, years_ahead=years_ahead)
        return day.isoformat() if day else None

    return parse


parse_date = _parser(ahead=False, years_ahead=0)
parse_due = _parser(ahead=True, years_ahead=_NEXT_YEARS)
parse_day = _parser(ahead=False, years_ahead=_NEXT_YEARS)


def _past_problems(typed: str, today: date, future: Words) -> list[Problem]:
    if not plain_digits(typed):
        return []
    day = read_date(typed, today)
    if day is None:
        return [_unreadable(NOT_A_FULL_DATE, typed)]
    if day > today:
        return [Problem("error", "future", future)]
    return [Problem("error", "too_old", TOO_OLD)] if day.year < EARLIEST else []


def check_date(typed: str, today: date) -> list[Problem]:
    """A day that has happened: neither unreadable nor ahead."""
    return _past_problems(typed, today, FUTURE)


def check_birth(typed: str, today: date) -> list[Problem]:
    """A birth: never ahead."""
    return _past_problems(typed, today, FUTURE_BIRTH)


def check_due(typed: str, today: date) -> list[Problem]:
    """A due date: today or later."""
    if not plain_digits(typed):
        return []
    day = read_date(typed, today, ahead=True, years_ahead=_NEXT_YEARS)
    if day is None:
        return [_unreadable(NOT_A_DATE, typed)]
    return [Problem("error", "past", PAST)] if day < today else []


def check_day(typed: str, today: date) -> list[Problem]:
    """Any day, before or after today: only readable, and not from another age."""
    if not plain_digits(typed):
        return []
    day = read_date(typed, today, years_ahead=_NEXT_YEARS)
    if day is None:
        return [_unreadable(NOT_A_FULL_DATE, typed)]
    return [Problem("error", "too_old", TOO_OLD)] if day.year < EARLIEST else []


def show_date(value: Any, lang: Lang = "id") -> str:
    """`24 November 2026`; a stored text that is no date is shown as it stands."""
    try:
        return long_date(date.fromisoformat(str(value)), lang)
    except ValueError:
        return str(value)


def months_later(day: date, months: int) -> date:
    """The same day so many months on (back when negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_earlier(day: date, years: int) -> date:
    """The same day so many years ago; 29 February may become the 28th, and before all years is the first day."""
    return months_later(day, -MONTHS_A_YEAR * years) if years < day.year else date.min
