"""P-IRT, halal, BPOM and the other numbers on permits: the vectors of the domain, one test for each rule."""

from datetime import date

import pytest

from models.kinds import KINDS
from models.permit_ids import PACKAGINGS, PirtFacts, pirt_facts

TODAY = date(2026, 11, 24)


def said(kind: str, typed: str) -> list[tuple[str, str]]:
    return [(p.severity, p.code) for p in KINDS[kind].check(typed, TODAY)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("2063510010243-26", []),
        ("P-IRT 2063510010243-26", []),
        ("SPP-IRT No. 206.3574.01.0243-31", []),
        ("p-irt: 206351001024331", []),
        ("206351001024326.0", []),
        ("20635100102432", [("error", "length")]),
        ("2063510010243261", [("error", "length")]),
        ("2O63510010243-26", [("error", "letters")]),
        ("2,06351E+14", [("error", "excel")]),
        ("9063510010243-26", [("error", "packaging")]),
        ("0063510010243-26", [("error", "packaging")]),
        ("2068804010243-26", [("warning", "region")]),
        ("2063578010243-26", [("warning", "elsewhere")]),
        ("2063513010243-25", [("warning", "expired")]),
        ("2063513010243-32", [("warning", "too_long")]),
        ("2068804010243-19", [("warning", "region"), ("warning", "expired")]),
    ],
)
def test_pirt(number: str, expected: list[tuple[str, str]]) -> None:
    assert said("pirt", number) == expected


def test_pirt_is_kept_bare_and_shown_as_on_the_label() -> None:
    kind = KINDS["pirt"]
    assert kind.parse("P-IRT No. 206.3510.01.0243-26") == "206351001024326"
    assert kind.show("206351001024326") == "P-IRT 2063510010243-26"
    assert kind.show("masih diurus") == "masih diurus"
    (letters,) = kind.check("2O635100l0243-26", TODAY)
    assert letters.suggestion == "206351001024326"


def test_a_stored_number_may_run_out() -> None:
    assert KINDS["pirt"].while_typing == ("expired",)


def test_pirt_says_packaging_place_and_year() -> None:
    facts = pirt_facts("P-IRT 2063510010243-26")
    assert facts == PirtFacts("2", "3510", 2026)
    assert PACKAGINGS[facts.packaging].id == "Plastik"
    assert pirt_facts("9063510010243-26") is None


@pytest.mark.parametrize(
    ("number", "expected", "suggestion"),
    [
        ("ID35110000214820323", [], ""),
        ("id 3511 0000 2148 20323", [], ""),
        ("ID321100012345", [("error", "halal")], ""),
        ("35110000214820323", [("error", "halal")], "ID35110000214820323"),
        ("ID351100OO214820323", [("error", "halal")], "ID35110000214820323"),
        ("ID32110000214820323", [("warning", "elsewhere")], ""),
        ("3,5110E+16", [("error", "excel")], ""),
    ],
)
def test_halal(number: str, expected: list[tuple[str, str]], suggestion: str) -> None:
    assert said("halal", number) == expected
    assert [p.suggestion for p in KINDS["halal"].check(number, TODAY)] in ([], [suggestion])


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("bpom", "BPOM RI MD 234513012345", []),
        ("bpom", "ML 234513012345", []),
        ("bpom", "MD234513012345678", []),
        ("bpom", "MD 23451301234", [("error", "bpom")]),
        ("bpom", "MX 234513012345", [("error", "bpom")]),
        ("bpom", "2,3451E+11", [("error", "excel")]),
        ("traditional", "POM TR 123456789", []),
        ("traditional", "TR 12345678", [("error", "traditional")]),
        ("cosmetic", "NA18201234567", []),
        ("cosmetic", "NF18201234567", [("error", "cosmetic")]),
        ("trademark", "IDM000123456", []),
        ("trademark", "JID2026012345", []),
        ("trademark", "D00.2026.012345", [("warning", "trademark")]),
        ("nitku", "0013121660091000000000", []),
        ("nitku", "001312166009100000000", [("warning", "length")]),
        ("pb_umku", "0220 0098 6192 9000 000 01", []),
        ("pb_umku", "0220009861929", [("warning", "length")]),
        ("training", "012/3513/26", []),
        ("training", "440/PKP/12", [("warning", "training")]),
        ("training", "1" * 61, [("error", "long")]),
        ("permit_number", "SNI 2886:2015", []),
        ("permit_number", "1" * 61, [("error", "long")]),
    ],
)
def test_other_permits(kind: str, number: str, expected: list[tuple[str, str]]) -> None:
    assert said(kind, number) == expected


def test_bpom_is_shown_as_on_the_label_and_read_back() -> None:
    kind = KINDS["bpom"]
    assert kind.parse("BPOM RI MD 234513012345") == "MD234513012345"
    assert kind.show("MD234513012345") == "BPOM RI MD 234513012345"
    assert kind.show("diurus") == "diurus"
    (letter,) = kind.check("MD 2345130I2345", TODAY)
    assert letter.suggestion == "MD234513012345"
