"""Enrolment codes: readable, and a slip is noticed offline."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import ALPHABET, LENGTH, clean_code, is_code, new_code, server_address


def test_new_codes_are_codes_and_differ() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(is_code(code) and len(code) == LENGTH for code in codes)


def test_the_alphabet_has_no_letter_that_looks_like_a_digit() -> None:
    assert not set("OI") & set(ALPHABET)


@given(place=st.integers(0, LENGTH - 1), seed=st.integers())
def test_every_single_wrong_character_is_noticed(place: int, seed: int) -> None:
    code = new_code()
    wrong = random.Random(seed).choice([c for c in ALPHABET if c != code[place]])

    assert not is_code(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("typed", ["{} ", " {}", "{}\n"])
def test_blanks_and_small_letters_do_not_matter(typed: str) -> None:
    code = new_code()
    spaced = f"{code[:4]}-{code[4:]}".lower()

    assert is_code(typed.format(spaced))
    assert clean_code(typed.format(spaced)) == code


def test_o_and_i_are_read_as_the_digits_they_look_like() -> None:
    assert clean_code("oOiI") == "0011"


@pytest.mark.parametrize("typed", ["", "ABC", "ÄÄÄÄÄÄÄÄ", "12345678901", "\x00"])
def test_other_texts_are_no_codes(typed: str) -> None:
    assert not is_code(typed)


@pytest.mark.parametrize("typed", ["https://dampingi.contoh.test", " https://10.0.0.5:8420/ ", "http://localhost:8420"])
def test_an_address_is_kept_without_what_surrounds_it(typed: str) -> None:
    assert server_address(typed) == typed.strip().rstrip("/")


@pytest.mark.parametrize(
    "typed",
    ["", "https://", "dampingi.contoh.test", "http://10.0.0.5:8420", "http://localhost.contoh.test", "ftp://127.0.0.1",
     "https://kantor:99999", "https://[", "https://dampingi..test", "https://kantor desa", f"https://{'a' * 70}.test"],
)  # fmt: skip
def test_what_can_be_no_address_is_none(typed: str) -> None:
    assert server_address(typed) == ""
