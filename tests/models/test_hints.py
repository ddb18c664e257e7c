"""Who may already be registered."""

from typing import Any

import pytest

from models.hints import already_there
from models.store import Store
from tests.factories import register
from tests.fakes import owner

SITI = {"name": "Siti Aminah", "nik": "3513144705829917", "phone": "+6281200000142"}


@pytest.mark.parametrize(
    ("typed", "signals"),
    [
        ({"nik": SITI["nik"]}, [("nik",)]),
        ({"phone": SITI["phone"], "name": "Sitti"}, [("phone",)]),
        ({"name": "SITI  aminah"}, [("name",)]),
        ({"name": "Aminah Siti"}, []),
        ({"name": "Siti"}, []),
        ({"name": "Siti Aminah", "nik": SITI["nik"], "phone": SITI["phone"]}, [("nik", "phone", "name")]),
        ({"name": "", "nik": None, "phone": ""}, []),
        ({}, []),
    ],
)
def test_same_nik_phone_or_name(store: Store, typed: dict[str, Any], signals: list[tuple[str, ...]]) -> None:
    register(store, 1, owner=SITI, name="Batik Rengganis Ayu")
    register(store, 2, owner={"name": "Siti Aminah Wati"})
    hints = already_there(store, typed)
    assert [h.signals for h in hints] == signals
    assert all(h.owner["name"] == "Siti Aminah" for h in hints)
    assert all(h.listed and h.listed["business"] == "Batik Rengganis Ayu" for h in hints)


def test_the_same_nik_stands_first(store: Store) -> None:
    register(store, 1, owner=SITI | {"nik": None})
    register(store, 2, owner={"name": "Aminah", "nik": SITI["nik"]})
    assert [h.signals for h in already_there(store, SITI)] == [("nik",), ("phone", "name")]


def test_nobody_is_like_oneself_and_the_deleted_are_gone(store: Store) -> None:
    who = register(store, 1, owner=SITI)
    assert already_there(store, SITI | {"id": who["owner_id"]}) == []
    store.delete("owner", who["owner_id"])
    assert already_there(store, SITI) == []


def test_an_owner_without_a_business_has_no_list_row(store: Store) -> None:
    store.save("owner", owner(1, **SITI))
    (hint,) = already_there(store, {"phone": SITI["phone"]})
    assert hint.listed is None


def test_a_name_that_many_bear_is_no_hint(store: Store) -> None:
    for n in range(21):
        store.save("owner", owner(n, name="Siti Aminah", phone=None, nik=None))
    assert already_there(store, {"name": "Siti Aminah"}) == []
