"""Months, years and events as stretches of days."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models import periods
from models.i18n import WIB, Words

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(DAYS)
def test_months_and_years_follow_each_other_without_a_gap(day: date) -> None:
    for make in (periods.month, periods.year):
        period = make(day)
        assert period.first <= day <= period.last
        before = period.before()
        assert before is not None
        assert (period.first - before.last).days == 1
    assert [m.first.day for m in periods.month(day).months()] == [1] * 6
    assert periods.month(day).months()[-1] == periods.month(day)
    assert len(periods.year(day).months()) == 12


def test_the_moments_are_those_of_the_office() -> None:
    values = periods.month(date(2026, 11, 24)).values(WIB, date(2026, 11, 24))
    assert values["first_at"] == "2026-10-31T17:00:00.000Z"
    assert values["next_at"] == "2026-11-30T17:00:00.000Z"
    assert (values["first"], values["next"], values["until"]) == ("2026-11-01", "2026-12-01", "2026-11-24")
    assert values["soon"] == "2027-05-24"


def test_words() -> None:
    day = date(2026, 8, 5)
    assert periods.month(day).words == Words("Agustus 2026", "August 2026")
    assert periods.month(day).short == Words("Agu", "Aug")
    assert periods.year(day).words == Words("Tahun 2026", "Year 2026")
    event = periods.of_event({"id": "e", "name": "Klinik", "held_on": "2026-11-24", "until": None})
    assert event.words == Words("Klinik, 24 November 2026", "Klinik, 24 November 2026")
    assert event.before() is None
    assert [m.short.id for m in event.months()] == ["Jun", "Jul", "Agu", "Sep", "Okt", "Nov"]
