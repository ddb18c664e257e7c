"""Events: rules, the queue's state machine cell by cell, and numbers typed from a paper list."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.events import EVENT, LETTERS, TICKET_MOVES, TICKET_STATE, code, read_numbers
from models.store import Store
from tests.fakes import owner

TODAY = date(2026, 11, 24)
STATES = ("waiting", "called", "served", "no_show", "cancelled")
ALLOWED = {
    ("waiting", "called"), ("waiting", "no_show"), ("waiting", "cancelled"),
    ("called", "served"), ("called", "no_show"), ("called", "cancelled"), ("called", "waiting"),
    ("served", "called"), ("no_show", "called"), ("no_show", "waiting"), ("cancelled", "waiting"),
}  # fmt: skip
CLINIC = {"name": "Bupati Ngantor di Kecamatan", "kind": "clinic", "held_on": "2026-11-24", "state": "planned"}


@pytest.mark.parametrize(("here", "there"), list(product(STATES, STATES)))
def test_each_move_of_a_ticket(here: str, there: str) -> None:
    assert (there in TICKET_MOVES[here]) is ((here, there) in ALLOWED)


def test_the_queue_knows_all_states_and_no_other() -> None:
    assert tuple(TICKET_MOVES) == STATES == tuple(o.code for o in TICKET_STATE.options)
    assert not set("IO") & set(LETTERS)


@pytest.mark.parametrize(
    ("values", "codes"),
    [({}, []), ({"held_on": "2027-01-05", "until": "2027-01-06"}, []), ({"until": "2026-11-23"}, ["order"])],
)
def test_an_event_may_lie_ahead_but_ends_after_it_begins(values: dict[str, Any], codes: list[str]) -> None:
    assert [p.code for p in EVENT.problems(CLINIC | values, TODAY)] == codes


def test_a_number_is_called_with_its_letter() -> None:
    assert code({"letter": "B", "number": 11}) == "B-011"


@pytest.mark.parametrize(
    ("typed", "last", "numbers", "sentences"),
    [
        ("29-33, 35, 38-39", 40, [29, 30, 31, 32, 33, 35, 38, 39], []),
        ("33-29", 40, [29, 30, 31, 32, 33], []),
        ("5\n5;４", 40, [4, 5], []),
        ("", 40, [], []),
        ("1 - 2,, 3", 40, [1, 2, 3], []),
        ("1, dua", 40, [1], ['"dua" bukan nomor. Tulis seperti 29-33, 35, 38-39.']),
        ("1-2-3", 40, [], ['"1-2-3" bukan nomor. Tulis seperti 29-33, 35, 38-39.']),
        ("{x}", 40, [], ['"{x}" bukan nomor. Tulis seperti 29-33, 35, 38-39.']),
        ("39-41, 0", 40, [39, 40], ["Tidak ada nomor 0, 41 di daftar ini."]),
        ("38-99999", 40, [38, 39, 40], ["Tidak ada nomor 41, 42, 43, 44, 45… di daftar ini."]),
    ],
)
def test_numbers_typed_from_the_paper(typed: str, last: int, numbers: list[int], sentences: list[str]) -> None:
    found, problems = read_numbers(typed, last)
    assert (found, [p.words.id for p in problems]) == (numbers, sentences)


@given(st.text(max_size=40), st.integers(0, 200))
def test_any_text_yields_numbers_of_the_list(typed: str, last: int) -> None:
    numbers, _ = read_numbers(typed, last)
    assert numbers == sorted(set(numbers))
    assert all(1 <= n <= last for n in numbers)


def test_an_event_belongs_to_the_kecamatan_and_its_guests_with_it(store: Store) -> None:
    event_id = store.save("event", CLINIC).first_id("event")
    elsewhere = store.save("owner", owner(scope="3513241001")).first_id("owner")
    guest = {"event_id": event_id, "name": "Suparmi", "presence": "invited", "owner_id": elsewhere}
    store.save("attendance", guest)
    store.save("attendance", guest | {"event_id": "unknown"})
    scopes = [row["scope"] for entity in ("event", "attendance") for row in store.find(entity)]
    assert scopes == ["351314", "351314", "351314"]
