"""Working days: a due date never falls on a weekend or a national holiday."""

from collections.abc import Mapping
from datetime import date, timedelta

from models import packs
from models.i18n import WEEKDAYS, Words, in_both
from models.packs import remembered

SATURDAY = 5


@remembered
def holidays() -> Mapping[date, Words]:
    """The national holidays by day."""
    return {date.fromisoformat(r["day"]): Words(r["name_id"], r["name_en"]) for r in packs.rows("holidays")}


def day_off(day: date) -> Words | None:
    """Why nobody works that day: the holiday's name or the weekday; None on a working day."""
    if day in holidays():
        return holidays()[day]
    if day.weekday() >= SATURDAY:
        return in_both(lambda lang: WEEKDAYS[lang][day.weekday()])
    return None


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while day_off(day) is not None:
        day += timedelta(days=1)
    return day
