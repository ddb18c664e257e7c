"""The rules between the fields of a business."""

from datetime import date
from typing import Any

import pytest

from models.businesses import BUSINESS, GONE
from tests.fakes import business

TODAY = date(2026, 11, 24)


def said(**values: Any) -> list[tuple[str, str, str]]:
    return [(p.severity, p.field, p.code) for p in BUSINESS.problems(business("o", **values), TODAY)]


@pytest.mark.parametrize(
    ("four", "found"),
    [
        ((1, 3, 2, 2), []),
        ((1, 3, 2, 1), [("warning", "workers_paid", "workers_sum")]),
        ((1, 3, None, None), []),
        ((0, 0, 0, 0), []),
    ],
)
def test_workers_by_sex_and_by_pay_are_the_same_people(four: tuple[Any, ...], found: list[Any]) -> None:
    names = ("workers_men", "workers_women", "workers_paid", "workers_unpaid")
    assert said(**dict(zip(names, four, strict=True))) == found


@pytest.mark.parametrize("existence", GONE)
def test_a_business_is_struck_off_with_day_and_reason(existence: str) -> None:
    assert said(existence=existence) == [
        ("warning", "existence_on", "incomplete"), ("warning", "existence_reason", "incomplete")]  # fmt: skip
    assert said(existence=existence, existence_on="2026-11-20", existence_reason="Menurut Pak RT") == []


@pytest.mark.parametrize("existence", ["active", "paused", None])
def test_one_that_is_there_needs_neither(existence: str | None) -> None:
    assert said(existence=existence) == []


def test_a_wish_to_visit_again_may_grow_old() -> None:
    assert said(visit_again_on="2026-01-01") == []
