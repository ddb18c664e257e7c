"""Due dates fall on working days."""

from datetime import date

import pytest

from models.workdays import day_off, holidays, next_workday


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),  # an ordinary Tuesday
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday
        (date(2026, 11, 29), date(2026, 11, 30)),  # Sunday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas on a Friday: over the weekend
        (date(2027, 8, 17), date(2027, 8, 18)),
    ],
)
def test_moves_to_the_next_working_day(day: date, moved: date) -> None:
    assert next_workday(day) == moved
    assert day_off(moved) is None


def test_says_why_nobody_works() -> None:
    christmas, saturday = day_off(date(2026, 12, 25)), day_off(date(2026, 11, 28))
    assert christmas is not None
    assert saturday is not None
    assert (christmas.id, christmas.en) == ("Hari Natal", "Christmas Day")
    assert (saturday.id, saturday.en) == ("Sabtu", "Saturday")


def test_every_year_in_the_file_has_the_fixed_days() -> None:
    for year in {d.year for d in holidays()}:
        assert {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)} <= {(d.month, d.day) for d in holidays() if d.year == year}
