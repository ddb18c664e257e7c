"""The yearly figures of a business: both measures of scale, the officer's choice, workers."""

from datetime import date
from typing import Any

import pytest

from models.assessments import ASSESSMENT, SCALES, measures, workers, year_end

TODAY = date(2026, 11, 24)
MILLION = 1_000_000
BASE = {"business_id": "b", "year": 2025}


def codes(**values: Any) -> list[tuple[str, str]]:
    return [(p.field, p.code) for p in ASSESSMENT.problems(BASE | values, TODAY)]


def test_scales_are_those_of_the_table_smallest_first() -> None:
    assert SCALES == ("micro", "small", "medium", "large")


@pytest.mark.parametrize(
    ("values", "by_capital", "by_sales", "official", "differ"),
    [
        ({}, None, None, None, False),
        ({"capital": 1000 * MILLION}, "micro", None, "micro", False),
        ({"capital": 1000 * MILLION + 1}, "small", None, "small", False),
        ({"sales": 2000 * MILLION}, None, "micro", "micro", False),
        ({"capital": 20 * MILLION, "sales": 186 * MILLION}, "micro", "micro", "micro", False),
        ({"capital": 20 * MILLION, "sales": 2000 * MILLION + 1}, "micro", "small", "small", True),
        ({"capital": 6000 * MILLION, "sales": 1}, "medium", "micro", "micro", True),
        ({"sales": 50_000 * MILLION + 1}, None, "large", "large", False),
    ],
)
def test_both_measures_are_kept_and_sales_decide(
    values: dict[str, int], by_capital: str | None, by_sales: str | None, official: str | None, differ: bool
) -> None:
    found = measures(BASE | values, TODAY)
    shown = [s and s.code for s in (found.by_capital, found.by_sales, found.official)]
    assert (shown, found.differ, found.chosen) == ([by_capital, by_sales, official], differ, False)


def test_an_officer_may_choose_with_a_reason() -> None:
    values = {"capital": 20 * MILLION, "sales": 2500 * MILLION, "scale_chosen": "micro"}
    found = measures(BASE | values, TODAY)
    assert found.official is not None
    assert (found.official.code, found.chosen, found.differ) == ("micro", True, True)
    assert codes(**values) == [("scale_reason", "missing")]
    assert codes(**values, scale_reason="Satu kali pesanan besar.") == []


def test_measures_that_differ_ask_for_a_choice() -> None:
    assert codes(capital=20 * MILLION, sales=2500 * MILLION) == [("scale_chosen", "scales_differ")]
    assert codes(capital=20 * MILLION, sales=25 * MILLION) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"workers_men": 1, "workers_women": 3, "workers_paid": 2, "workers_unpaid": 2}, []),
        ({"workers_men": 1, "workers_women": 3, "workers_paid": 2, "workers_unpaid": 1}, [("workers_paid", "workers_sum")]),
        ({"workers_men": 1, "workers_women": 3}, []),
        ({"online_share": 100}, []),
        ({"online_share": 101}, [("online_share", "percent")]),
        ({"year": 2027}, [("year", "future")]),
        ({"year": 99999999}, [("year", "year")]),
    ],
)  # fmt: skip
def test_rules(values: dict[str, int], found: list[tuple[str, str]]) -> None:
    assert codes(**values) == found


@pytest.mark.parametrize(
    ("figures", "count"),
    [
        ({"workers_men": 1, "workers_women": 3, "workers_paid": 9}, 4),
        ({"workers_men": 0, "workers": 5}, 0),
        ({"workers_paid": 2, "workers_unpaid": 1}, 3),
        ({"workers": 5}, 5),
        ({}, None),
    ],
)
def test_workers_by_sex_else_by_pay_else_the_bare_number(figures: dict[str, int], count: int | None) -> None:
    assert workers(figures) == count


def test_a_year_is_judged_by_its_last_day_or_today() -> None:
    assert year_end(2025, TODAY) == date(2025, 12, 31)
    assert year_end(2026, TODAY) == TODAY
