"""The state machine of a facilitation, cell by cell, and what a case must know to stand somewhere."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from models.facilitation import (
    COLUMNS,
    FACILITATION,
    MOVES,
    NEEDS,
    OUTCOMES,
    PLACE,
    STATE,
    complete,
    place_of,
    progress,
)

TODAY = date(2026, 11, 24)
PLACES = ("documents", "ready", "submitted", "in_process", "issued", "refused", "cancelled")
ALLOWED = {
    ("documents", "ready"), ("documents", "cancelled"),
    ("ready", "documents"), ("ready", "submitted"), ("ready", "cancelled"),
    ("submitted", "ready"), ("submitted", "documents"), ("submitted", "in_process"), ("submitted", "issued"),
    ("submitted", "refused"), ("submitted", "cancelled"),
    ("in_process", "documents"), ("in_process", "submitted"), ("in_process", "issued"), ("in_process", "refused"),
    ("in_process", "cancelled"),
    ("refused", "documents"), ("cancelled", "documents"),
}  # fmt: skip
CASE = {"owner_id": "o", "service": "nib", "opened_on": "2026-11-11", "state": "documents"}


@pytest.mark.parametrize(("here", "there"), list(product(PLACES, PLACES)))
def test_each_move(here: str, there: str) -> None:
    assert (there in MOVES[here]) is ((here, there) in ALLOWED)


def test_the_machine_knows_all_places_and_no_other() -> None:
    assert tuple(MOVES) == PLACES == tuple(o.code for o in PLACE.options)
    assert {there for moves in MOVES.values() for there in moves} <= set(PLACES)
    assert set(NEEDS) <= set(PLACES)


def test_every_state_stands_in_one_column_of_the_board() -> None:
    shown = [state for _, states in COLUMNS.values() for state in states]
    assert sorted(shown) == sorted(o.code for o in STATE.options)


@pytest.mark.parametrize(
    ("case", "place"),
    [
        ({"state": "ready"}, "ready"),
        ({"state": "closed", "outcome": "issued"}, "issued"),
        ({"state": "closed", "outcome": "refused"}, "refused"),
        ({"state": "closed", "outcome": None}, "cancelled"),  # a merge of two laptops lost it: nothing came of it
        ({}, "documents"),
    ],
)
def test_where_a_case_stands(case: dict[str, Any], place: str) -> None:
    assert place_of(case) == place
    assert place in PLACES


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"state": "submitted"}, [("submitted_on", "missing")]),
        ({"state": "submitted", "submitted_on": "2026-11-20"}, []),
        ({"state": "closed"}, [("outcome", "missing"), ("closed_on", "missing"), ("reason", "missing")]),
        ({"state": "closed", "outcome": "issued"}, [("closed_on", "missing")]),
        ({"state": "closed", "outcome": "refused", "closed_on": "2026-11-20"}, [("reason", "missing")]),
        ({"state": "closed", "outcome": "cancelled", "closed_on": "2026-11-20", "reason": "Pindah"}, []),
        ({"outcome": "issued"}, [("outcome", "outcome")]),
    ],
)
def test_rules(values: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert [(p.field, p.code) for p in FACILITATION.problems(CASE | values, TODAY)] == found


def test_progress_counts_mandatory_documents_that_are_needed() -> None:
    items = [
        {"mandatory": 1, "state": "brought"},
        {"mandatory": 1, "state": "later"},
        {"mandatory": 1, "state": "waived"},
        {"mandatory": 0, "state": "missing"},
        {"mandatory": None, "state": "brought"},
    ]
    assert progress(items) == (1, 2)
    assert not complete(items)
    items[1]["state"] = "brought"
    assert complete(items)
    assert complete([])
    assert len(OUTCOMES) == 3
