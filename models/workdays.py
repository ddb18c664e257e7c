"""Working days: a due date never falls on a weekend or a national holiday."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from models.i18n import WEEKDAYS, Words

HOLIDAYS_FILE = Path(__file__).parent.parent / "resources" / "reference" / "holidays.csv"
SATURDAY = 5


@cache
def holidays(path: Path = HOLIDAYS_FILE) -> Mapping[date, Words]:
    """The national holidays by day, from the reference file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {date.fromisoformat(r["day"]): Words(r["name_id"], r["name_en"]) for r in rows}


def day_off(day: date) -> Words | None:
    """Why nobody works that day: the holiday's name or the weekday; None on a working day."""
    if day in holidays():
        return holidays()[day]
    if day.weekday() >= SATURDAY:
        return Words(WEEKDAYS["id"][day.weekday()], WEEKDAYS["en"][day.weekday()])
    return None


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while day_off(day) is not None:
        day += timedelta(days=1)
    return day
