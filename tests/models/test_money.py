"""Money as people write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kinds import KINDS
from models.money import MOST

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("1500000", 1_500_000), ("1.500.000", 1_500_000), ("Rp 1.500.000,-", 1_500_000), ("Rp1.500.000,00", 1_500_000),
        ("rp. 1.500.000", 1_500_000), ("1,500,000", 1_500_000), ("1 500 000", 1_500_000), ("1500000.00", 1_500_000),
        ("12000000.0", 12_000_000), ("1,5 juta", 1_500_000), ("1.5 jt", 1_500_000), ("1,5jt", 1_500_000),
        ("2 jt", 2_000_000), ("500 rb", 500_000), ("500rb", 500_000), ("500 ribu rupiah", 500_000), ("750k", 750_000),
        ("1 juta 500 ribu", 1_500_000), ("1,25 miliar", 1_250_000_000), ("2 M", 2_000_000_000), ("1.500 juta", 1_500_000_000),
        ("'1500000", 1_500_000), ("１５００", 1_500), ("0", 0), ("1.500", 1_500), ("2 million", 2_000_000),
    ],
)  # fmt: skip
def test_amounts(typed: str, rupiah: int) -> None:
    assert KINDS["money"].parse(typed, TODAY) == rupiah
    assert KINDS["money"].check(typed, TODAY) == []


@pytest.mark.parametrize("typed", ["1500000.50", "Rp1.500.000,50", "1500000,5"])
def test_sen_are_dropped_and_said_so(typed: str) -> None:
    assert KINDS["money"].parse(typed, TODAY) == 1_500_000
    assert [(p.severity, p.code) for p in KINDS["money"].check(typed, TODAY)] == [("warning", "cents")]


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "-5",
        "2-3 juta",
        "1,5 juta/bulan",
        "1.2.3",
        "1,5,5",
        "juta",
        "500 rb 1 jt",
        "1 jt 2 jt",
        "3 ekor",
        "12.",
        "1.50.000",
    ],
)
def test_what_is_no_amount_gets_the_sentence(typed: str) -> None:
    (problem,) = KINDS["money"].check(typed, TODAY)
    assert KINDS["money"].parse(typed, TODAY) is None
    assert problem.words.id == "Tulis angka saja, mis. 1500000."


def test_an_amount_beyond_belief_is_refused() -> None:
    assert KINDS["money"].parse("9" * 30, TODAY) is None
    assert [p.code for p in KINDS["money"].check("5000 triliun", TODAY)] == ["too_big"]


@given(st.integers(0, MOST))
def test_what_is_shown_reads_back(rupiah: int) -> None:
    assert KINDS["money"].parse(KINDS["money"].show(rupiah), TODAY) == rupiah
    assert KINDS["money"].parse(KINDS["money"].show(rupiah, "en"), TODAY) == rupiah
    assert KINDS["money"].parse(str(rupiah), TODAY) == rupiah


def test_money_is_shown_as_the_state_writes_it() -> None:
    assert KINDS["money"].show(186_000_000) == "Rp186.000.000"
    assert KINDS["money"].show(1_500_000, "en") == "Rp1,500,000"
