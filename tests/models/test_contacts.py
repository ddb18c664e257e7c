"""Phone numbers and e-mail."""

from datetime import date

import pytest

from models.kinds import KINDS

TODAY = date(2026, 11, 24)
PHONE = KINDS["phone"]


@pytest.mark.parametrize(
    "typed",
    [
        "0812-0000-0142",
        "081200000142",
        "+62 812-0000-0142",
        "62812 0000 0142",
        "+62 (0)812 0000 0142",
        "'081200000142",
        "０８１２００００0142",
    ],
)
def test_one_number_in_all_its_spellings(typed: str) -> None:
    assert PHONE.check(typed, TODAY) == []
    assert PHONE.parse(typed, TODAY) == "+6281200000142"
    assert PHONE.show(PHONE.parse(typed, TODAY)) == "0812-0000-0142"


@pytest.mark.parametrize(
    "typed", ["0812", "08120000014200", "0842-0000-0142", "0800-0000-0142", "12345", "tidak punya"]
)
def test_what_is_no_mobile_number_is_kept_and_named(typed: str) -> None:
    (problem,) = PHONE.check(typed, TODAY)
    assert (problem.severity, problem.words.id) == ("error", "Nomor HP mulai dengan 08 dan 10–13 angka.")
    assert PHONE.parse(typed, TODAY) == typed


def test_a_landline_is_a_number_without_whatsapp() -> None:
    assert PHONE.parse("(0335) 421234", TODAY) == "+62335421234"
    assert PHONE.show("+62335421234") == "(0335) 421234"
    assert PHONE.show("+622112345678") == "(021) 12345678"
    assert [(p.severity, p.code) for p in PHONE.check("0335-421234", TODAY)] == [("warning", "landline")]


@pytest.mark.parametrize(
    ("typed", "code", "suggestion"),
    [
        ("81203659854", "zero", "0812-0365-9854"),
        ("81203659854.0", "zero", "0812-0365-9854"),
        ("0812-0000-5822 / 0813-0000-1111", "two", "0812-0000-5822"),
        ("0812-0000-5822 dan 0813-0000-1111", "two", "0812-0000-5822"),
        ("0812-0000-5822\n0813-0000-1111", "two", "0812-0000-5822"),
        ("O812-OOOO-0142", "letters", "0812-0000-0142"),
        ("8,12037E+10", "excel", ""),
    ],
)
def test_usual_slips_come_with_a_remedy(typed: str, code: str, suggestion: str) -> None:
    (problem,) = PHONE.check(typed, TODAY)
    assert (problem.severity, problem.code, problem.suggestion) == ("error", code, suggestion)


def test_the_lost_zero_is_said_in_the_designs_words() -> None:
    assert PHONE.check("81200000684", TODAY)[0].words.id == "Angka 0 di depan hilang. Jadikan 0812-0000-0684?"


@pytest.mark.parametrize(
    ("typed", "fine"),
    [("siti@contoh.id", True), ("siti@contoh", False), ("siti contoh.id", False), ("a@b.id, c@d.id", False)],
)
def test_email(typed: str, fine: bool) -> None:
    assert (KINDS["email"].check(typed, TODAY) == []) is fine
