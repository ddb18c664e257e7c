"""Numbers of sessions, cases and letters: from blocks, and without."""

from datetime import date

import pytest

from models import numbering
from models.codes import ALPHABET
from models.number_blocks import NUMBER_BLOCK
from models.numbering import left, next_letter, next_number, take_letter
from models.store import Store
from tests.fakes import MINUTE, VILLAGE, FrozenClock

NOVEMBER = date(2026, 11, 24)
STEM = f"KK/{VILLAGE}/2026/11/"
TODAY = MINUTE.date()


def enrol(store: Store, device: str) -> None:
    store.query("UPDATE sync_device SET id = ?", (device,))


def block(store: Store, first: int, last: int, *, series: str = "session", device: str = "laptop-1") -> None:
    row = {"series": series, "region": VILLAGE, "device": device, "first": first, "last": last}
    store.save("number_block", row)


def held(store: Store, number: str) -> None:
    """A session with this number, made here or elsewhere."""
    store.save("consultation", {"owner_id": "o", "held_on": "2026-11-24", "topics": "nib", "number": number})


def test_without_a_block_a_number_bears_the_mark_of_the_account(store: Store) -> None:
    first, second = next_number(store, "session", VILLAGE), next_number(store, "case", VILLAGE)
    mark = store.setting("session_mark")
    assert first == f"{STEM}0001-{mark}"
    assert second == f"FS/{VILLAGE}/2026/11/0001-{mark}"
    assert left(store, "session", VILLAGE) is None


def test_a_number_goes_on_after_those_of_others_and_after_records_that_left(store: Store) -> None:
    store.set_setting("session_mark", "7Q")
    held(store, f"{STEM}0013-PT")
    held(store, f"{STEM}x")
    assert next_number(store, "session", VILLAGE) == f"{STEM}0014-7Q"
    assert next_number(store, "session", VILLAGE) == f"{STEM}0015-7Q"  # the record of 0014 is not here


def test_a_block_gives_plain_numbers_in_order_then_it_is_named(store: Store) -> None:
    enrol(store, "laptop-1")
    store.set_setting("session_mark", "7Q")
    block(store, 411, 411)
    block(store, 201, 202)
    block(store, 601, 800, device="laptop-2")
    assert left(store, "session", VILLAGE) == 3
    numbers = [next_number(store, "session", VILLAGE) for _ in range(5)]
    assert numbers == [f"{STEM}0201", f"{STEM}0202", f"{STEM}0411", f"{STEM}0001-01", f"{STEM}0002-01"]
    assert left(store, "session", VILLAGE) == 0


def test_records_here_say_what_was_taken_from_a_block(store: Store) -> None:
    enrol(store, "laptop-1")
    block(store, 1, 20)
    for number in (f"{STEM}0007", f"{STEM}0150", f"{STEM}0015-PT"):  # mine, of another laptop, of no block
        held(store, number)
    assert next_number(store, "session", VILLAGE) == f"{STEM}0008"
    assert left(store, "session", VILLAGE) == 12


def test_a_block_begins_anew_each_month(store: Store, clock: FrozenClock) -> None:
    enrol(store, "laptop-1")
    block(store, 201, 400)
    assert next_number(store, "session", VILLAGE) == f"{STEM}0201"
    clock.forward(days=7)
    assert next_number(store, "session", VILLAGE) == f"KK/{VILLAGE}/2026/12/0201"


def test_a_laptop_that_is_not_enrolled_has_no_block(store: Store) -> None:
    block(store, 1, 20)
    assert left(store, "session", VILLAGE) is None


def test_a_block_that_ends_before_it_begins_is_named() -> None:
    row = {"series": "case", "region": VILLAGE, "device": "d", "first": 9, "last": 1}
    assert [p.code for p in NUMBER_BLOCK.problems(row, TODAY)] == ["order"]
    assert NUMBER_BLOCK.problems(row | {"last": 9}, TODAY) == []


def test_letters_count_up_only_when_taken(store: Store) -> None:
    first = next_letter(store, "RP", NOVEMBER)
    assert first == next_letter(store, "RP", NOVEMBER)
    assert first.startswith("RP/2026/11/")
    assert len(first) == len("RP/2026/11/000142")
    take_letter(store, first)
    take_letter(store, first)
    second = next_letter(store, "RP", NOVEMBER)
    assert int(second[-3:]) == int(first[-3:]) + 1


def test_each_month_and_each_paper_counts_for_itself(store: Store) -> None:
    take_letter(store, next_letter(store, "RP", NOVEMBER))
    assert next_letter(store, "RP", date(2026, 12, 1)).endswith("001")
    assert next_letter(store, "LK", NOVEMBER).endswith("001")


def test_two_people_of_one_office_count_letters_apart(store: Store) -> None:
    mine = next_letter(store, "RP", NOVEMBER)
    store.user = "Lailatul Fitriyah"
    assert next_letter(store, "RP", NOVEMBER) != mine


def test_more_than_999_letters_a_month_go_on(store: Store) -> None:
    number = next_letter(store, "RP", NOVEMBER)
    take_letter(store, number[:-3] + "999")
    thousandth = next_letter(store, "RP", NOVEMBER)
    take_letter(store, thousandth)
    assert thousandth == number[:-3] + "1000"
    assert next_letter(store, "RP", NOVEMBER) == number[:-3] + "1001"


def test_letters_from_a_block_are_counted_when_taken_and_then_it_is_empty(store: Store) -> None:
    enrol(store, "laptop-1")
    block(store, 51, 52, series="letter")
    assert left(store, "letter", "RP") == 2
    for number in ("RP/2026/11/000051", "RP/2026/11/000052"):
        assert next_letter(store, "RP", NOVEMBER) == number
        take_letter(store, number)
    assert left(store, "letter", "RP") == 0
    assert left(store, "letter", "LK") == 2
    assert next_letter(store, "RP", NOVEMBER) == "RP/2026/11/100001"
    take_letter(store, "RP/2026/11/100001")
    assert next_letter(store, "RP", NOVEMBER) == "RP/2026/11/100002"
    assert next_letter(store, "RP", date(2026, 12, 1)) == "RP/2026/12/000051"


@pytest.mark.parametrize("series", ["session", "case"])
def test_numbers_of_a_month_are_found_by_an_index(store: Store, series: str) -> None:
    table = numbering.ENTITIES[series]
    plan = store.query(f"EXPLAIN QUERY PLAN SELECT number FROM {table} WHERE number >= 'a' AND number < 'b'")
    assert f"{table}_number" in str(plan)


def test_numbers_of_laptops_with_a_block_never_look_like_those_of_laptops_without(store: Store) -> None:
    alone, letter = next_number(store, "session", VILLAGE), next_letter(store, "RP", NOVEMBER)
    assert alone[-2].isalpha()
    assert alone[-1] in ALPHABET
    assert 500_000 < int(letter.rpartition("/")[2]) < 1_000_000
    enrol(store, "laptop-1")
    block(store, 1, 1)
    block(store, 1, 1, series="letter")
    take_letter(store, "RP/2026/11/000001")
    past = [next_number(store, "session", VILLAGE) for _ in range(2)][1]
    assert past[-2:].isdecimal()
    assert 100_000 < int(next_letter(store, "RP", NOVEMBER).rpartition("/")[2]) < 500_000
