"""Showing a whole NIK leaves a line with the viewer's name."""

from models.access import reveal, viewings
from models.store import Store
from tests.factories import register
from tests.fakes import FrozenClock


def test_a_showing_is_kept_with_the_viewer(store: Store, clock: FrozenClock) -> None:
    who = register(store, owner={"nik": "3513144705829917"})["owner_id"]
    assert reveal(store, "owner", who, "nik") == "3513144705829917"
    clock.forward(hours=1)
    assert reveal(store, "owner", who, "nik", "Bank contoh") == "3513144705829917"
    last, first = viewings(store, "owner", who)
    assert (first.at, first.viewer, first.field, first.purpose) == (
        "2026-11-24T02:42:00.000Z", "Sri Wahyuni", "nik", "screen",
    )  # fmt: skip
    assert last.purpose == "Bank contoh"


def test_nothing_to_show_leaves_no_line(store: Store) -> None:
    who = register(store, owner={"nik": None})["owner_id"]
    assert reveal(store, "owner", who, "nik") == ""
    assert reveal(store, "owner", "unknown", "nik") == ""
    assert viewings(store, "owner", who) == []
