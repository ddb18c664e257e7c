"""A sketch tells which members came and went, and says nothing rather than something wrong."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from models import sketches
from models.sketches import Difference, difference, from_text, key_of, sketch

MEMBERS = st.sets(st.text(max_size=12), max_size=60)


@settings(max_examples=20, deadline=None)
@given(MEMBERS, MEMBERS)
def test_what_came_and_what_went(earlier: set[str], later: set[str]) -> None:
    found = difference(sketch(earlier), sketch(later))
    assert found == Difference(frozenset(map(key_of, later - earlier)), frozenset(map(key_of, earlier - later)))


def test_a_few_among_thousands() -> None:
    city = [f"businesses=1 {n}" for n in range(6_000)]
    found = difference(sketch(city), sketch([*city[100:], "late"]))
    assert found == Difference(frozenset({key_of("late")}), frozenset(map(key_of, city[:100])))


def test_too_many_are_not_guessed() -> None:
    assert difference(sketch([]), sketch(map(str, range(2_000)))) is None


def test_as_text_it_is_the_same_and_short_enough_for_a_record() -> None:
    made = sketch(map(str, range(5_000)))
    assert len(made.text()) == 9_600
    assert from_text(made.text()) == made


def test_text_that_is_no_sketch() -> None:
    whole = sketch("abc").text()
    for text in ("", "?", whole[:-4], whole + "AAAA", "x" * 9_600 + "é"):
        assert from_text(text) is None


def test_a_changed_letter_names_nobody_falsely() -> None:
    rng, city = random.Random(1), list(map(str, range(300)))
    for _ in range(20):
        text = sketch(city).text()
        at = rng.randrange(len(text) - 8)
        changed = from_text(text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :])
        assert changed is not None
        assert difference(changed, sketch(city)) in (None, Difference(frozenset(), frozenset()))
    assert sketches.CELLS == 3 * sketches.THIRD
