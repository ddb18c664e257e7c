"""NIK, family card, NIB, tax and staff numbers: the vectors of the domain, one test for each rule."""

from datetime import date

import pytest

from models.kinds import KINDS
from models.official_ids import nik_facts
from models.owners import OWNER

TODAY = date(2026, 11, 24)


def said(kind: str, typed: str) -> list[tuple[str, str]]:
    return [(p.severity, p.code) for p in KINDS[kind].check(typed, TODAY)]


@pytest.mark.parametrize(
    ("nik", "expected"),
    [
        ("3574014506900003", []),
        ("3513021505780002", []),
        ("6501011203850001", []),  # a province that older lists lack
        ("3574015203850000", [("error", "serial")]),
        ("3574018106900003", [("error", "day")]),
        ("3574013002900001", [("error", "date")]),
        ("3574014013900001", [("error", "day")]),
        ("3574061203850001", [("warning", "region")]),
        ("3599015203850001", [("warning", "region")]),
        ("9974015203850001", [("error", "province")]),
        ("1111111111111111", [("error", "same_digit")]),
        ("3574010101150001", [("warning", "age")]),
        ("357401450690000", [("error", "length")]),
        ("35740145069000031", [("error", "length")]),
        ("3574O14506900003", [("error", "letters")]),
        ("3,57402E+15", [("error", "excel")]),
        ("3.57402E15", [("error", "excel")]),
        ("'3574.0145-0690 0003", []),
        ("３５７４０１４５０６９００００３", []),
        ("3574014506900003.0", []),
    ],
)
def test_nik(nik: str, expected: list[tuple[str, str]]) -> None:
    assert said("nik", nik) == expected


def test_nik_sentences_are_the_designs() -> None:
    def sentence(typed: str) -> str:
        return KINDS["nik"].check(typed, TODAY)[0].words.id

    assert sentence("357401450690000") == "Kurang 1 angka. NIK berisi 16 angka."
    assert sentence("35740145069000033") == "Lebih 1 angka. NIK berisi 16 angka."
    assert sentence("357401450690000x") == "NIK hanya berisi angka."
    assert sentence("3574013002900001") == "Tanggal lahir di NIK (angka 7–12) tidak mungkin. Cocokkan lagi dengan KTP."
    assert "Excel" in sentence("3574015203850000")
    assert "Excel" in sentence("3,57402E+15")
    assert KINDS["nik"].check("35", TODAY)[0].words.en == "14 digits missing. NIK has 16 digits."


def test_a_wrong_nik_is_kept_as_it_stands() -> None:
    nik = KINDS["nik"]
    assert nik.parse("3574 0145 0690 000", TODAY) == "357401450690000"
    assert nik.parse("3,57402E+15", TODAY) == "3,57402E+15"
    assert nik.parse("3574O14506900003", TODAY) == "3574O14506900003"
    assert nik.check("3574O14506900003", TODAY)[0].suggestion == "3574014506900003"


def test_nik_is_shown_in_fours_and_masked_to_region_and_last_two() -> None:
    assert KINDS["nik"].show("3513144705829917") == "3513 1447 0582 9917"
    assert KINDS["nik"].mask("3513144705829917") == "3513 •••• •••• ••17"
    assert KINDS["kk"].mask("3513144705829917") == "3513 •••• •••• ••17"
    assert KINDS["nik"].mask("3513") == "••••"
    assert KINDS["nik"].mask("3,57402E+15") == "•" * 11


def test_nik_tells_sex_birth_and_region() -> None:
    facts = nik_facts("3574014506900003", TODAY)
    assert facts is not None
    assert (facts.sex, facts.birth_dates, facts.region6) == ("P", ("1990-06-05",), "357401")
    assert nik_facts("3513021505780002", TODAY).sex == "L"  # type: ignore[union-attr]


def test_a_birth_of_this_century_is_found_and_two_possible_ones_are_both_named() -> None:
    assert nik_facts("3574010101050001", TODAY).birth_dates == ("2005-01-01",)  # type: ignore[union-attr]
    assert nik_facts("3574012411150001", TODAY).birth_dates == ("2015-11-24",)  # type: ignore[union-attr]
    assert nik_facts("3574010101260001", TODAY).birth_dates == ("1926-01-01", "2026-01-01")  # type: ignore[union-attr]
    assert nik_facts("3574012902010001", TODAY) is None
    assert nik_facts("357401", TODAY) is None
    assert nik_facts("3574018106900003", TODAY) is None


def test_a_sex_or_birth_that_differs_from_the_nik_asks_once_more() -> None:
    row = {"name": "Sumiati", "nik": "3513021505780002", "sex": "P", "birth_date": "1979-05-15", "informed": "signed"}
    found = {(p.field, p.severity, p.code) for p in OWNER.problems(row | {"village": "3513141017"}, TODAY)}
    assert found == {("sex", "warning", "nik_sex"), ("birth_date", "warning", "nik_birth")}


def test_a_family_card_number_is_not_the_nik() -> None:
    row = {"name": "Sumiati", "nik": "3513021505780002", "family_card": "3513021505780002", "informed": "signed"}
    found = OWNER.problems(row | {"village": "3513141017"}, TODAY)
    assert [(p.field, p.severity, p.code) for p in found] == [("family_card", "error", "same_as_nik")]


@pytest.mark.parametrize(
    ("kk", "expected"),
    [
        ("3513140101100001", []),
        ("3513140101100000", [("error", "serial")]),
        ("3513994101100001", [("warning", "region"), ("warning", "date")]),  # the day is never raised by 40
        ("351314010110000", [("error", "length")]),
    ],
)
def test_family_card(kk: str, expected: list[tuple[str, str]]) -> None:
    assert said("kk", kk) == expected


def test_nib_has_thirteen_digits_and_nothing_more_to_check() -> None:
    assert said("nib", "0000 0000 00142") == []
    assert KINDS["nib"].show("0000000000142") == "0000 0000 00142"
    (problem,) = KINDS["nib"].check("12345678901", TODAY)
    assert problem.words.id == "Kurang 2 angka. NIB berisi 13 angka."
    (lost_zero,) = KINDS["nib"].check("896586806860", TODAY)
    assert lost_zero.suggestion == "0896 5868 06860"


@pytest.mark.parametrize(
    ("npwp", "expected"),
    [
        ("01.312.166.0-091.000", [("warning", "legacy")]),
        ("01.312.166.1-091.000", [("error", "check_digit")]),
        ("0013121660091000", []),
        ("0013121661091000", [("error", "check_digit")]),
        ("3574014506900003", []),
        ("3574015203850000", [("error", "serial")]),
        ("12345678901234567", [("error", "length")]),
    ],
)
def test_npwp(npwp: str, expected: list[tuple[str, str]]) -> None:
    assert said("npwp", npwp) == expected


def test_npwp_of_fifteen_digits_is_shown_dotted() -> None:
    assert KINDS["npwp"].show("013121660091000") == "01.312.166.0-091.000"
    assert KINDS["npwp"].show("0013121660091000") == "0013121660091000"


@pytest.mark.parametrize(
    ("npwp", "codes"),
    [
        ("3513021505780002", []),
        ("3574014506900003", ["npwp_nik"]),
        ("0013121660091000", []),
        ("013121660091000", ["legacy"]),
        (None, []),
    ],
)
def test_a_citizens_tax_number_is_the_nik(npwp: str | None, codes: list[str]) -> None:
    row = {"name": "x", "village": "3513141017", "informed": "signed", "npwp": npwp}
    assert [p.code for p in OWNER.problems(row | {"nik": "3513021505780002"}, TODAY)] == codes
    assert [p.code for p in OWNER.problems(row, TODAY) if p.code == "npwp_nik"] == []


@pytest.mark.parametrize(
    ("nip", "expected"),
    [
        ("19730215 199302 2 002", []),
        ("197302151993022002", []),
        ("197302301993022002", [("warning", "parts")]),
        ("197302151993023002", [("warning", "parts")]),
        ("19730215", [("error", "length")]),
    ],
)
def test_nip(nip: str, expected: list[tuple[str, str]]) -> None:
    assert said("nip", nip) == expected
    assert KINDS["nip"].show("197302151993022002") == "19730215 199302 2 002"
