"""Conditions as data: read, written, judged; nobody's typing makes them raise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import conditions
from models.conditions import CONDITIONS, Condition
from models.dates import years_earlier
from models.i18n import Words

TODAY = date(2026, 11, 24)
TEXT = """business.nib filled
scale = micro
business.kbli starts 10,11  # Olahan pangan | Processed food
business.workers >= 1
aid.tool older 3"""
MAKER = {"business.nib": "0220001234567", "scale": "micro", "business.kbli": "2025:10794", "business.workers": 2}


def test_conditions_are_read_and_written() -> None:
    read = conditions.read(TEXT)
    assert [c.fact for c in read] == ["business.nib", "scale", "business.kbli", "business.workers", "aid.tool"]
    assert conditions.write(read) == TEXT
    assert [c.words.id for c in read] == [
        "Punya NIB", "Skala: Mikro", "Olahan pangan", "Jumlah pekerja ≥ 1", "Belum Dapat alat 3 th",
    ]  # fmt: skip
    assert read[2].words == Words("Olahan pangan", "Processed food")
    assert conditions.read("business.nib filled # Ada NIB")[0].words == Words("Ada NIB", "Ada NIB")
    assert conditions.read(None) == conditions.read("\n \n") == []


def test_a_business_meets_five_of_six() -> None:
    asked = conditions.read(TEXT + "\npermit.pirt = issued")
    found = conditions.judge(asked, MAKER | {"permit.pirt": "in_process"}, TODAY)
    assert (found.met, found.nearly, found.words.id) == (5, 1, "Memenuhi 5 dari 6")
    assert found.outcomes[-1][1] == "nearly"


@pytest.mark.parametrize(
    ("line", "value", "outcome"),
    [
        ("business.nib filled", "", "missing"),
        ("business.nib empty", None, "met"),
        ("business.nib empty", "0220", "missing"),
        ("scale = micro,small", "small", "met"),
        ("scale = micro", None, "missing"),
        ("scale = micro", "in_process", "missing"),
        ("business.kbli starts 10,11", "2025:13133", "missing"),
        ("business.kbli starts 10", None, "missing"),
        ("business.activity has keripik,emping", "Emping melinjo", "met"),
        ("business.activity has keripik", None, "missing"),
        ("capacity >= 100", 100, "met"),
        ("capacity >= 100", 80, "nearly"),
        ("capacity >= 100", 79, "missing"),
        ("capacity >= 100", None, "missing"),
        ("business.sales_year <= 100", 100, "met"),
        ("business.sales_year <= 100", 125, "nearly"),
        ("business.sales_year <= 100", 126, "missing"),
        ("business.sales_year <= 100", None, "missing"),
        ("aid.tool older 3", None, "met"),
        ("aid.tool older 3", "2023-11-24", "met"),
        ("aid.tool older 3", "2023-11-25", "missing"),
        ("seen within 1", "2025-11-25", "met"),
        ("seen within 1", "2025-11-24", "missing"),
        ("seen within 1", None, "missing"),
    ],
)
def test_every_operator_judges(line: str, value: object, outcome: str) -> None:
    (condition,) = conditions.read(line)
    assert condition.outcome({condition.fact: value}, TODAY) == outcome


def test_a_leap_day_has_a_day_before_it() -> None:
    assert years_earlier(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_earlier(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert years_earlier(TODAY, 3) == date(2023, 11, 24)


def test_more_years_than_there_were_are_no_fault() -> None:
    (condition,) = conditions.read("aid.tool older 3000")
    assert condition.outcome({"aid.tool": "2023-11-24"}, TODAY) == "missing"
    assert condition.outcome({"aid.tool": None}, TODAY) == "met"


def test_a_chip_speaks_each_language() -> None:
    (condition,) = conditions.read("owner.sex = P")
    assert condition.words == Words("Jenis kelamin: Perempuan", "Sex: Female")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Usaha yang bagus!", "“Usaha yang bagus!”"), ("usaha bagus", "“usaha”"), ("business.tidak_ada filled", "“business.tidak_ada”"),
        ("business.nib punya", "“punya”"), ("business.workers >= banyak", ">= 1"), ("business.nib filled ya", ">= 1"),
        ("scale =", ">= 1"), ("nothing.at_all = 1", "“nothing.at_all”"),
    ],
)  # fmt: skip
def test_what_is_no_condition_is_said_and_left_out(line: str, said: str) -> None:
    (problem,) = CONDITIONS.check(f"{TEXT}\n{line}", TODAY)
    assert said in problem.words.id
    assert conditions.read(line) == []


def test_the_words_of_an_unknown_fact_are_its_name() -> None:
    assert Condition("from.a.newer.version", "filled").words.en == "Has from.a.newer.version"


@given(st.text())
def test_nothing_typed_makes_them_raise(text: str) -> None:
    CONDITIONS.check(text, TODAY)
    stored = CONDITIONS.parse(text, TODAY)
    again = conditions.read(str(stored or ""))
    assert conditions.read(conditions.write(again)) == again
    assert CONDITIONS.parse(CONDITIONS.show(stored), TODAY) == stored
    assert all(c.outcome({}, TODAY) in ("met", "missing") for c in again)
