"""Names made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import code, name_key, names_alike, names_close, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nur Hasanah", "Nurhasanah"), ("H. Moch. Soekarno, S.Pd", "Muhammad Sukarno"), ("St. Maimunah", "SITI MAIMUNAH"),
        ("Djoko Tjahjono", "Joko Cahjono"), ("M. Abd. Rochim", "Muhammad Abdul Rochim"), ("Hj. Sitti Aminah", "siti aminah"),
        ("Ma'ruf", "Ma’ruf"), ("Drs. Sjamsul", "Syamsul"), ("R. Wijaya", "Wijaya"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_one_name(one: str, other: str) -> None:
    assert code(one) == code(other)
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aisyah", "Aisah"),
        ("Fitriyah", "Pitria"),
        ("Zainal", "Jainal"),
        ("Iqbal", "Ikbal"),
        ("Nurhayati", "Nur Hayatih"),
    ],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert code(one) != code(other)
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [("Sumiati", "Sumiyati", True), ("Hartatik", "Hartati", True), ("Sumiati", "Sumarni", False), ("Siti", "", False),
     ("Ani", "Maimunah", False), ("Khotimah", "Khatimah", True), ("Buhari", "Bahrui", False), ("abcdef", "ghijkl", False)],
)  # fmt: skip
def test_names_that_differ_by_about_a_letter(one: str, other: str, close: bool) -> None:
    assert names_close(one, other) is close
    assert names_close(other, one) is close


def test_a_name_that_is_all_titles_is_a_name_after_all() -> None:
    assert name_key("Ning") == ("NING",)
    assert name_key("St") == ("ST",)
    assert name_key("") == ()
    assert (code("12"), sound("")) == ("", "")
    assert names_alike("Suparti", "Suparti Ningsih")
    assert not names_alike("", "Suparti")


@given(st.text())
def test_nothing_makes_them_raise(text: str) -> None:
    assert code(text) == code(f" {text} ")
    assert isinstance(sound(text), str)
    assert names_alike(text, text) is bool(name_key(text))
