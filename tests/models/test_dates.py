"""Dates as people type them. Today is Tuesday, 24 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.consultations import FOLLOW_UP
from models.kinds import KINDS

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7", "2026-12-01"), ("+7", "2026-12-01"), ("3", "2026-11-27"), ("14 hari", "2026-12-08"), ("2 minggu", "2026-12-08"),
        ("senin", "2026-11-30"), ("Selasa", "2026-12-01"), ("Jum'at", "2026-11-27"), ("friday", "2026-11-27"),
        ("minggu", "2026-11-29"), ("minggu depan", "2026-12-01"), ("besok", "2026-11-25"), ("lusa", "2026-11-26"),
        ("hari ini", "2026-11-24"), ("1/12", "2026-12-01"), ("1-12", "2026-12-01"), ("1 12", "2026-12-01"),
        ("1-12-26", "2026-12-01"), ("1.12.2026", "2026-12-01"), ("5/1", "2027-01-05"), ("1 des", "2026-12-01"),
        ("1 Desember 2026", "2026-12-01"), ("Selasa, 1 Desember 2026", "2026-12-01"), ("2026-12-01", "2026-12-01"),
        ("01122026", "2026-12-01"), ("29 Agustus 2028", "2028-08-29"),
    ],
)  # fmt: skip
def test_due_dates(typed: str, day: str) -> None:
    assert KINDS["due_date"].parse(typed, TODAY) == day
    assert KINDS["due_date"].check(typed, TODAY) == []


@pytest.mark.parametrize("typed", ["23/11", "kemarin", "20/11", "-1", "31/12/2025"])
def test_a_due_date_is_never_past(typed: str) -> None:
    (problem,) = KINDS["due_date"].check(typed, TODAY)
    assert (problem.severity, problem.words.id) == ("error", "Tanggal sudah lewat. Pilih hari ini atau sesudahnya.")


def test_a_stored_due_date_may_grow_old() -> None:
    row = {"owner_id": "x", "kind": "visit", "due": "2026-11-20", "responsible": "me", "state": "open"}
    assert FOLLOW_UP.problems(row, TODAY) == []


@pytest.mark.parametrize("typed", ["32/12", "29/2/2026", "0/1", "12/13", "tahun depan", "1//2", "2026"])
def test_what_is_no_date_is_named(typed: str) -> None:
    (problem,) = KINDS["due_date"].check(typed, TODAY)
    assert problem.words.id == f'"{typed}" bukan tanggal. Tulis hari/bulan, mis. 1/12.'
    assert KINDS["due_date"].parse(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/2025", "2025-12-31"), ("31-12-25", "2025-12-31"), ("senin", "2026-11-23"), ("selasa", "2026-11-24"),
        ("kemarin", "2026-11-23"), ("minggu lalu", "2026-11-17"), ("20/11", "2026-11-20"), ("17 Agt 2026", "2026-08-17"),
        ("2014-12-31 00:00:00", "2014-12-31"), ("2014-12-31T00:00:00Z", "2014-12-31"), ("'5/6/1990", "1990-06-05"),
    ],
)  # fmt: skip
def test_dates_that_have_happened(typed: str, day: str) -> None:
    assert KINDS["date"].parse(typed, TODAY) == day
    assert KINDS["date"].check(typed, TODAY) == []


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert KINDS["date"].parse("28/12", date(2027, 1, 3)) == "2026-12-28"
    assert KINDS["date"].parse("1/12", TODAY) == "2026-12-01"
    assert KINDS["date"].parse("29/2", date(2026, 11, 24)) is None


def test_what_has_not_happened_is_refused() -> None:
    (problem,) = KINDS["date"].check("25/11/2026", TODAY)
    assert problem.words.id == "Tanggal ini belum terjadi. Pilih hari ini atau sebelumnya."
    (birth,) = KINDS["birth_date"].check("1/1/2027", TODAY)
    assert (birth.severity, birth.code) == ("error", "future")
    assert [p.code for p in KINDS["date"].check("1/1/1066", TODAY)] == ["too_old"]


def test_two_digit_years_of_births_lie_in_the_past() -> None:
    assert KINDS["birth_date"].parse("5/6/90", TODAY) == "1990-06-05"
    assert KINDS["birth_date"].parse("5/6/27", TODAY) == "1927-06-05"
    assert KINDS["birth_date"].parse("5/6/05", TODAY) == "2005-06-05"


@pytest.mark.parametrize(
    ("typed", "day"), [("31/12/2031", "2031-12-31"), ("31/12/31", "2031-12-31"), ("24/11/2021", "2021-11-24")]
)
def test_any_day_may_lie_before_or_after_today(typed: str, day: str) -> None:
    assert KINDS["day"].parse(typed, TODAY) == day
    assert KINDS["day"].check(typed, TODAY) == []


@pytest.mark.parametrize(("typed", "codes"), [("", []), ("32/1/2031", ["date"]), ("1/1/1066", ["too_old"])])
def test_a_day_is_readable_and_of_this_age(typed: str, codes: list[str]) -> None:
    assert [p.code for p in KINDS["day"].check(typed, TODAY)] == codes


def test_a_long_text_is_not_repeated_whole() -> None:
    (problem,) = KINDS["due_date"].check("besok kalau tidak hujan dan warungnya buka", TODAY)
    assert problem.words.en == '"besok kalau tidak h…" is not a date. Write day/month, e.g. 1/12.'


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["id", "en"]))
def test_a_shown_date_reads_back(day: date, lang: str) -> None:
    for kind in ("date", "birth_date", "due_date", "day"):
        assert KINDS[kind].parse(KINDS[kind].show(day.isoformat(), lang), TODAY) == day.isoformat()  # type: ignore[arg-type]


@given(st.integers(0, 999), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_bare_number_counts_days_from_today(days: int, today: date) -> None:
    assert KINDS["due_date"].parse(str(days), today) == (today + timedelta(days=days)).isoformat()


@given(st.sampled_from(["senin", "rabu", "minggu"]), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_weekdays_lie_ahead_for_due_dates_and_behind_for_facts(name: str, today: date) -> None:
    due, fact = (date.fromisoformat(str(KINDS[k].parse(name, today))) for k in ("due_date", "date"))
    assert today < due <= today + timedelta(days=7)
    assert today - timedelta(days=6) <= fact <= today
    assert due.weekday() == fact.weekday()


def test_a_stored_text_that_is_no_date_is_shown_as_it_stands() -> None:
    assert KINDS["date"].show("bulan lalu") == "bulan lalu"
