"""Naik kelas: each of the six points, each stage, the way ahead, and rising over the years."""

from datetime import date
from typing import Any

import pytest

from models.readiness import (
    POINTS,
    STAGES,
    Known,
    NextStage,
    Standing,
    moved_up,
    next_stage,
    points,
    scale_in,
    scales_by_year,
    stage_of,
    standing,
)

TODAY = date(2026, 11, 24)
LAST_YEAR = date(2025, 12, 31)
MILLION = 1_000_000
NIB = {"type": "nib", "state": "active", "issued": "2026-10-14"}
PIRT = {"type": "pirt", "state": "issued", "issued": "2026-01-10", "expires": "2031-01-10"}
KUR = {"service": "kur", "outcome": "issued", "closed_on": "2026-05-01"}


def year(number: int, **values: Any) -> dict[str, Any]:
    return {"year": number} | values


def held(day: date = TODAY, business: dict[str, Any] | None = None, **rows: Any) -> list[str]:
    return sorted(points(Known(business or {}, **rows), day))


@pytest.mark.parametrize(
    ("business", "rows", "found"),
    [
        ({}, {}, []),
        ({"nib": "1209220041235"}, {}, ["nib"]),
        ({"nib": "1209220041235", "nib_date": "2026-11-25"}, {}, []),
        ({}, {"permits": [NIB]}, ["nib"]),
        ({}, {"permits": [NIB | {"state": "process"}]}, []),  # an application under way counts as no
        ({}, {"permits": [PIRT]}, ["permit"]),
        ({}, {"permits": [PIRT | {"expires": "2026-11-23"}]}, []),
        ({}, {"permits": [{"type": "training", "state": "active", "issued": "2026-01-01"}]}, []),
        ({"bookkeeping": "simple"}, {}, ["bookkeeping"]),
        ({"bookkeeping": "none"}, {"assessments": [year(2026, bookkeeping="app")]}, ["bookkeeping"]),
        ({"bookkeeping": "app"}, {"assessments": [year(2026, bookkeeping="none"), year(2025, bookkeeping="app")]}, []),
        ({"market_reach": "local"}, {}, []),
        ({"market_reach": "regency"}, {}, ["market"]),
        ({}, {"assessments": [year(2026), year(2025, market_reach="export")]}, ["market"]),
        ({}, {"financing": [{"state": "disbursed", "disbursed_on": "2026-11-24"}]}, ["financing"]),
        ({}, {"financing": [{"state": "paid_off", "disbursed_on": None}]}, ["financing"]),
        ({}, {"financing": [{"state": "disbursed", "disbursed_on": "2026-11-25"}]}, []),
        ({}, {"financing": [{"state": "approved", "disbursed_on": None}]}, []),
        ({}, {"cases": [KUR]}, ["financing"]),
        ({}, {"cases": [KUR | {"closed_on": "2026-12-01"}]}, []),
        ({}, {"cases": [KUR | {"service": "halal"}]}, []),
        ({}, {"cases": [KUR | {"service": "of a newer version"}]}, []),
        ({}, {"cases": [KUR | {"outcome": "refused"}]}, []),
        ({"workers": 3}, {}, ["workers"]),
        ({"workers_men": 1, "workers_women": 1}, {}, []),
        ({"workers": 9}, {"assessments": [year(2026, workers_men=1, workers_women=1)]}, []),
        ({"workers": 1}, {"assessments": [year(2025, workers_men=1, workers_women=3)]}, ["workers"]),
    ],
)
def test_each_point(business: dict[str, Any], rows: dict[str, Any], found: list[str]) -> None:
    assert held(business=business, **rows) == found


def test_a_point_has_its_day() -> None:
    rows: dict[str, Any] = {"permits": [NIB, PIRT], "cases": [KUR], "assessments": [year(2026, bookkeeping="app")]}
    assert held(TODAY, **rows) == ["bookkeeping", "financing", "nib", "permit"]
    assert held(LAST_YEAR, **rows) == []
    assert held(date(2026, 4, 30), **rows) == ["bookkeeping", "permit"]


OTHERS = ["permit", "market", "financing", "workers"]


@pytest.mark.parametrize(
    ("have", "stage"),
    [
        ([], "informal"),
        (["nib"], "informal"),
        (["permit"], "informal"),
        (["permit", "bookkeeping"], "informal"),  # without a NIB
        (["permit", "bookkeeping", "market", "financing", "workers"], "informal"),
        (["nib", "permit"], "ordered"),
        (["nib", "permit", "bookkeeping"], "ordered"),
        (["nib", *OTHERS], "ordered"),  # five, but no bookkeeping
        (["nib", *OTHERS[:3]], "ordered"),
        (["nib", "bookkeeping", *OTHERS[:2]], "bankable"),
        (["nib", "bookkeeping", *OTHERS[:3]], "bankable"),
        (["nib", "bookkeeping", *OTHERS], "growing"),
    ],
)
def test_each_stage(have: list[str], stage: str) -> None:
    assert stage_of(frozenset(have)) == stage
    assert stage in STAGES


@pytest.mark.parametrize(
    ("have", "ahead"),
    [
        ([], NextStage("ordered", 2, tuple(POINTS))),
        (["permit"], NextStage("ordered", 1, ("nib",))),
        (["permit", "market", "workers"], NextStage("ordered", 1, ("nib",))),
        (["nib"], NextStage("ordered", 1, ("permit", "bookkeeping", "market", "financing", "workers"))),
        (["nib", *OTHERS], NextStage("bankable", 1, ("bookkeeping",))),
        (["nib", "permit"], NextStage("bankable", 2, ("bookkeeping", "market", "financing", "workers"))),
        (["nib", "bookkeeping", "permit"], NextStage("bankable", 1, ("market", "financing", "workers"))),
        (["nib", "bookkeeping", *OTHERS[:3]], NextStage("growing", 1, ("workers",))),
        (["nib", "bookkeeping", *OTHERS], None),
    ],
)
def test_the_way_to_the_next_stage(have: list[str], ahead: NextStage | None) -> None:
    assert next_stage(frozenset(have)) == ahead


@pytest.mark.parametrize(
    ("business", "assessments", "scale"),
    [
        ({}, [], None),
        ({"sales_year": 2500 * MILLION}, [], "small"),
        ({"capital": 20 * MILLION, "numbers_year": 2026}, [], "micro"),
        ({"sales_year": 20 * MILLION, "numbers_year": 2027}, [], None),
        ({"sales_year": 20 * MILLION}, [year(2026), year(2025, sales=2500 * MILLION)], "small"),
        ({}, [year(2027, sales=2500 * MILLION), year(2026, sales=1)], "micro"),
    ],
)
def test_scale_of_a_year(business: dict[str, Any], assessments: list[dict[str, Any]], scale: str | None) -> None:
    assert scale_in(Known(business, assessments=assessments), 2026, TODAY) == scale


def test_scales_over_the_years_keep_each_year_as_it_was() -> None:
    sales = {2017: 300, 2019: None, 2024: 900, 2026: 2500}
    figures = [year(y, sales=s and s * MILLION) for y, s in reversed(sales.items())]
    assert scales_by_year(Known({}, assessments=figures), TODAY) == {2017: "micro", 2024: "micro", 2026: "small"}


@pytest.mark.parametrize(
    ("now", "before", "above"),
    [
        (("ordered", "micro"), ("informal", "micro"), True),
        (("informal", "micro"), ("informal", "micro"), False),
        (("informal", "micro"), ("ordered", "micro"), False),
        (("ordered", "small"), ("ordered", "micro"), True),
        (("ordered", "small"), ("bankable", "micro"), True),
        (("bankable", "micro"), ("ordered", "small"), False),
        (("bankable", None), ("ordered", "small"), True),
        (("ordered", "small"), ("ordered", None), False),
    ],
)
def test_rising(now: tuple[str, str | None], before: tuple[str, str | None], above: bool) -> None:
    assert Standing(frozenset(), *now).above(Standing(frozenset(), *before)) is above


def test_moved_up_this_year() -> None:
    known = Known(
        {"created_at": "2025-07-21T02:00:00.000Z", "market_reach": "regency"},
        permits=[NIB],
        assessments=[year(2025, sales=150 * MILLION), year(2026, sales=186 * MILLION)],
    )
    assert standing(known, 2025, TODAY) == Standing(frozenset({"market"}), "informal", "micro")
    assert standing(known, 2026, TODAY).stage == "ordered"
    assert moved_up(known, 2026, TODAY)
    assert not moved_up(known, 2025, TODAY)  # nothing was known of 2024


@pytest.mark.parametrize(
    ("business", "assessments", "rose"),
    [
        ({"created_at": "2026-07-21T02:00:00.000Z"}, [], False),  # recorded this year: nothing to rise from
        ({}, [], False),
        ({}, [year(2025, sales=1000 * MILLION), year(2026, sales=2500 * MILLION)], True),
        ({"created_at": "2026-07-21T02:00:00.000Z"}, [year(2025), year(2026, sales=2500 * MILLION)], True),
    ],
)
def test_only_what_was_recorded_before_can_rise(
    business: dict[str, Any], assessments: list[dict[str, Any]], rose: bool
) -> None:
    assert moved_up(Known(business, permits=[NIB, PIRT], assessments=assessments), 2026, TODAY) is rose


def test_points_and_stages_have_words() -> None:
    assert [p.words.id for p in POINTS.values()] == [
        "NIB", "Izin / sertifikat produk", "Pembukuan", "Pasar di luar kecamatan", "Akses pembiayaan",
        "Tenaga kerja ≥ 3"]  # fmt: skip
    assert [w.id for w in STAGES.values()] == ["Informal", "Tertata", "Siap bank", "Berkembang"]
