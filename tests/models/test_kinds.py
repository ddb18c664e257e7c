"""Every kind keeps its promises for any text; the plain kinds by example."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models.entities  # noqa: F401  registers the choices of every subject
from models.kinds import KINDS
from models.schema import Kind, Problem

TODAY = date(2026, 11, 24)

# Text near to what people type, so that every kind is reached behind its first check.
TOKENS = st.sampled_from(
    ["0", "1", "12", "2026", "24", "3513", "3513141017", "62812", "+62", "0812-0000-0142", "Rp", "juta", "rb", ".", ",", "/",
     "-", "'", " ", "E+15", ".0", "(", ")", ":", "·", "KBLI", "13133", "2020", "senin", "November", "Kel.", "Desa ", "Kec. ",
     "Patokan", "Kraksaan", "Kota ", "Probolinggo", "RT", "ya", "L", "nib", "halal", "°", "S", "٣", "３", "²", "\x00",
     "\ud83d", "\u200b", "e\u0301", "'"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=40),  # surrogates and controls included
    st.lists(TOKENS, max_size=7).map("".join),
    st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: f"{d.day}/{d.month}/{d.year}"),
    st.integers(0, 10**16).map(str),
)


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@given(typed=ANY_TEXT)
def test_any_text_is_read_shown_and_read_back(kind: Kind, typed: str) -> None:
    problems = kind.check(typed, TODAY)
    value = kind.parse(typed, TODAY)
    assert all(p.severity in ("error", "warning") and p.code and p.words.id and p.words.en for p in problems)
    assert isinstance(value, str | int | None)
    for lang in ("id", "en"):
        assert kind.parse(kind.show(value, lang), TODAY) == value
    assert isinstance(kind.mask(value), str)
    if isinstance(value, str):
        value.encode()
        assert "\x00" not in value
        assert value == value.strip() != ""
    if isinstance(value, int):
        assert -(2**63) <= value < 2**63


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_empty_is_nothing_and_no_problem(kind: Kind) -> None:
    for empty in ("", "   ", "\n\t", "\x00"):
        assert kind.parse(empty, TODAY) is None
        assert kind.check(empty, TODAY) == []
    assert kind.show(None) == kind.mask(None) == ""


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.options], ids=lambda k: k.name)
def test_every_option_is_found_by_its_code_and_its_words(kind: Kind) -> None:
    for option in kind.options:
        for spelling in (option.code, option.words.id, option.words.en.upper()):
            assert kind.parse(spelling, TODAY) == option.code
            assert kind.check(spelling, TODAY) == []


def test_a_choice_that_is_not_offered_names_the_choices() -> None:
    (problem,) = KINDS["sex"].check("banci", TODAY)
    assert (problem.severity, problem.code) == ("error", "choice")
    assert "Laki-laki, Perempuan" in problem.words.id
    assert KINDS["sex"].parse("wanita", TODAY) == "P"


def test_several_choices_are_kept_in_the_lists_order() -> None:
    topics = KINDS["topics"]
    assert topics.parse("Halal; NIB", TODAY) == "nib,halal"
    assert topics.show("nib,halal") == "NIB, Halal"
    assert codes(topics.check("NIB, bengkel", TODAY)) == ["choice"]


def test_today_is_the_offices_when_none_is_given() -> None:
    assert KINDS["date"].check("1/1/2020") == []
    assert KINDS["nik"].check("3574014506900003") == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Siti\u00a0 Aminah\u200b ", "Siti Aminah"),
        ("Nur\x00ul", "Nurul"),
        ("Ra\ud800chma", "Rachma"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_names_are_cleaned_of_what_cannot_be_seen(typed: str, stored: str) -> None:
    assert KINDS["name"].parse(typed, TODAY) == stored


def test_long_text_keeps_its_lines_and_names_have_a_limit() -> None:
    assert KINDS["long_text"].parse("satu\r\ndua\n", TODAY) == "satu\ndua"
    assert KINDS["name"].check("a" * 100, TODAY) == []
    assert codes(KINDS["name"].check("a" * 103, TODAY)) == ["long"]


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [("3", 3, ""), ("3 orang", 3, ""), ("1.234", 1234, ""), ("3.0", 3, ""), ("'12", 12, ""), ("2-3", None, "count"),
     ("tiga", None, "count"), ("3,5", None, "count"), ("9" * 20, None, "too_big")],
)  # fmt: skip
def test_counts(typed: str, value: int | None, code: str) -> None:
    assert KINDS["count"].parse(typed, TODAY) == value
    assert "".join(codes(KINDS["count"].check(typed, TODAY))) == code


@pytest.mark.parametrize(
    ("typed", "value", "code", "suggestion"),
    [("2016", 2016, "", ""), ("2016.0", 2016, "", ""), ("31/12/2014", 2014, "date", "2014"), ("98", None, "year", "1998"),
     ("12", None, "year", "2012"), ("2027", 2027, "future", ""), ("1066", 1066, "too_old", ""), ("dulu", None, "year", "")],
)  # fmt: skip
def test_years(typed: str, value: int | None, code: str, suggestion: str) -> None:
    problems = KINDS["year"].check(typed, TODAY)
    assert KINDS["year"].parse(typed, TODAY) == value
    assert "".join(codes(problems)) == code
    assert "".join(p.suggestion for p in problems) == suggestion


@pytest.mark.parametrize(
    ("typed", "value"), [("ya", 1), ("V", 1), ("Sudah", 1), ("tidak", 0), ("0", 0), ("barangkali", None)]
)
def test_yes_and_no(typed: str, value: int | None) -> None:
    assert KINDS["yes_no"].parse(typed, TODAY) == value
    assert bool(KINDS["yes_no"].check(typed, TODAY)) == (value is None)


@pytest.mark.parametrize(
    ("typed", "stored", "severity", "suggestion"),
    [
        ("13133", "2025:13133", "", ""),
        ("2025:13133", "2025:13133", "", ""),
        ("13133 · KBLI 2025", "2025:13133", "", ""),
        ("10794 - Industri kerupuk", "2025:10794", "", ""),
        ("13134 · KBLI 2020", "2020:13134", "warning", "13133 · KBLI 2025"),
        ("13134", "2025:13134", "warning", "13133 · KBLI 2025"),
        ("2020:10393", "2020:10393", "warning", "10309 · KBLI 2025"),
        ("99999", "2025:99999", "warning", ""),
        ("1134", None, "error", "01134"),
        ("keripik", None, "error", ""),
        ("131330", None, "error", ""),
    ],
)
def test_kbli_always_has_its_version(typed: str, stored: str | None, severity: str, suggestion: str) -> None:
    problems = KINDS["kbli"].check(typed, TODAY)
    assert KINDS["kbli"].parse(typed, TODAY) == stored
    assert "".join(p.severity for p in problems) == severity
    assert "".join(p.suggestion for p in problems) == suggestion


@pytest.mark.parametrize(
    ("typed", "stored", "suggestion"),
    [
        ("13133, 10794", "2025:13133,2025:10794", ""),
        ("10794 - Industri kerupuk, keripik, dan sejenisnya; 13133 · KBLI 2025", "2025:10794,2025:13133", ""),
        ("13133\n13133", "2025:13133", ""),
        ("10794, 13134 · KBLI 2020", "2025:10794,2020:13134", "10794, 13133 · KBLI 2025"),
        ("10794, 1134", None, "10794, 01134"),
        ("keripik, batik", None, ""),
        (" ; ", None, ""),
    ],
)
def test_a_list_of_kbli_keeps_every_code_once_and_loses_none(typed: str, stored: str | None, suggestion: str) -> None:
    kind = KINDS["kbli_list"]
    assert kind.parse(typed, TODAY) == stored
    assert "".join(p.suggestion for p in kind.check(typed, TODAY)) == suggestion
    assert bool(kind.check(typed, TODAY)) == bool(suggestion or (stored is None and typed.strip(" ;")))
    if stored:
        assert kind.parse(kind.show(stored), TODAY) == stored


def test_a_suggestion_taken_over_is_right_or_at_most_a_warning() -> None:
    wrong = {"nik": "3574O14506900003", "nib": "896586806860", "phone": "81203659854", "year": "98", "kbli": "1134",
             "rt_rw": "003/002", "village": "Sukabmi, Mayangan"}  # fmt: skip
    for name, typed in wrong.items():
        (problem,) = KINDS[name].check(typed, TODAY)
        assert problem.severity == "error"
        assert not [p for p in KINDS[name].check(problem.suggestion, TODAY) if p.severity == "error"], name


@pytest.mark.parametrize("typed", ["2026-11-24T02:42:15.123Z"])
def test_moments_are_what_machines_write(typed: str) -> None:
    assert KINDS["moment"].check(typed, TODAY) == []
    assert codes(KINDS["moment"].check("kemarin sore", TODAY)) == ["moment"]
