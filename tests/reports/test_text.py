"""Breaking text into lines that fit, whatever a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import BODY, BOLD, TITLE, Run, clean, face, height, text_width, wrap


def shown(text: str, width: float = 200) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in wrap(text, BODY, width)]


def test_lines_break_between_words() -> None:
    assert shown("Siapkan kartu keluarga dan pembukuan omzet", 120) == ["Siapkan kartu keluarga", "dan pembukuan omzet"]


def test_line_ends_are_kept_and_empty_lines_are_not() -> None:
    assert shown("satu\n\n  dua\r\ntiga\n") == ["satu", "dua", "tiga"]


def test_empty_text_is_one_empty_line() -> None:
    assert [line.height for line in wrap(" \n ", BODY, 100)] == [BODY.leading]


def test_a_word_wider_than_the_column_is_cut_and_nothing_is_lost() -> None:
    lines = wrap("x" * 300, BODY, 100)
    assert "".join(run.text for line in lines for run in line.runs) == "x" * 300
    assert max(line.width for line in lines) <= 100


def test_a_column_narrower_than_a_letter_still_ends() -> None:
    assert len(wrap("WWW", BODY, 1)) == 3


def test_runs_keep_their_style_and_join_only_where_no_space_stands() -> None:
    (line,) = wrap([Run("Ada pertanyaan?", BOLD), Run(" Hubungi", BODY), Run(".", BOLD)], BODY, 400)
    assert [(run.text, run.style) for run in line.runs] == [("Ada pertanyaan?", BOLD), (" Hubungi", BODY), (".", BOLD)]


def test_word_gaps_of_titles_count_as_width() -> None:
    assert text_width("A B", TITLE) == pytest.approx(
        face(TITLE.font).width("A B", TITLE.size) + TITLE.word_gap * TITLE.size
    )


@pytest.mark.parametrize(("typed", "printed"), [
    ("Siti “Rengganis” — 3513 ••17", "Siti “Rengganis” — 3513 ••17"),
    ("a\u0301", "á"),  # a letter and its mark become one
    ("Žluťoučký", "Zlutoucký"),
    ("\u200bnol\x00\x07\ufe0f \ud83d", "nol "),
    ("日！", "?!"),
    ("\t\u00a0tab", "  tab"),
    ("ﬁ ½ x²", "fi ½ x²"),
])  # fmt: skip
def test_letters_the_fonts_lack_are_replaced(typed: str, printed: str) -> None:
    assert clean(typed, BODY).replace("\u00a0", " ") == printed


@given(st.text(max_size=400), st.floats(20, 500))
def test_any_text_fits_its_column_and_can_be_drawn(typed: str, width: float) -> None:
    lines = wrap(typed, BODY, width)
    assert height(lines) == pytest.approx(len(lines) * BODY.leading)
    for line in lines:
        words = "".join(run.text for run in line.runs)
        assert line.width <= width + 0.01 or len(words) == 1
        assert all(ord(letter) in face(BODY.font).letters for letter in words)
