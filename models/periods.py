"""The stretch of time that figures are about: a month, a year, or an event."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Literal

from models.clock import iso
from models.dates import months_later
from models.i18n import MONTHS, Words, in_both, long_date
from models.schema import Row

_DAY = timedelta(days=1)
_YEAR = Words("Tahun {year}", "Year {year}")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted; an event counts only what was done at it."""

    kind: Literal["month", "year", "event"]
    first: date
    last: date
    event_id: str = ""
    name: str = ""  # of the event

    @property
    def words(self) -> Words:
        """`November 2026`, `Tahun 2026`, or the event's name and day."""
        if self.kind == "month":
            return in_both(lambda lang: f"{MONTHS[lang][self.first.month - 1]} {self.first.year}")
        if self.kind == "year":
            return _YEAR.fill(year=self.first.year)
        return in_both(lambda lang: f"{self.name}, {long_date(self.first, lang)}")

    @property
    def short(self) -> Words:
        """`Nov`, `2026`, for under a bar and on a chip."""
        if self.kind == "month":
            return in_both(lambda lang: MONTHS[lang][self.first.month - 1][:3])
        return Words(str(self.first.year), str(self.first.year)) if self.kind == "year" else self.words

    def before(self) -> "Period | None":
        """The month or year before, to compare with; an event has none."""
        if self.kind == "event":
            return None
        return month(self.first - _DAY) if self.kind == "month" else year(self.first - _DAY)

    def months(self) -> "tuple[Period, ...]":
        """What a chart over months shows: the twelve of a year, else the six that end with this one."""
        if self.kind == "year":
            return tuple(month(months_later(self.first, n)) for n in range(12))
        return tuple(month(months_later(self.last.replace(day=1), n)) for n in range(-5, 1))

    def values(self, zone: tzinfo, today: date) -> dict[str, Any]:
        """The days and moments for a query: `next` is the first day after, `until` the last that has come."""
        after, until = self.last + _DAY, min(self.last, today)
        moments = {f"{name}_at": iso(datetime(day.year, day.month, day.day, tzinfo=zone))
                   for name, day in (("first", self.first), ("next", after))}  # fmt: skip
        days = {"first": self.first, "next": after, "until": until, "soon": months_later(until, 6)}
        return {name: day.isoformat() for name, day in days.items()} | moments | {"event": self.event_id}


def month(day: date) -> Period:
    """The month that a day lies in."""
    first = day.replace(day=1)
    return Period("month", first, months_later(first, 1) - _DAY)


def year(day: date) -> Period:
    """The year that a day lies in."""
    return Period("year", date(day.year, 1, 1), date(day.year, 12, 31))


def of_event(event: Row) -> Period:
    """The days of an event."""
    first = date.fromisoformat(event["held_on"])
    last = date.fromisoformat(event["until"]) if event.get("until") else first
    return Period("event", first, max(first, last), event["id"], event["name"])
