"""What may move to another village, as a person asks for it, and taking it back."""

import pytest

from models import moving, village_moves
from models.errors import AppError
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE

NEXT = "3513141003"


@pytest.fixture
def siti(store: Store) -> dict[str, str]:
    """An owner with two businesses, before there is a server."""
    made = register(store, 1, owner={"name": "Siti Aminah"}, name="Batik Rengganis Ayu")
    store.save("business", {"owner_id": made["owner_id"], "name": "Warung Bu Siti", "village": VILLAGE})
    return made


def scope(store: Store, entity: str, record_id: str) -> str:
    return (store.get(entity, record_id) or {})["scope"]


def test_an_owner_may_move_with_everything_and_one_of_two_businesses_alone(store: Store, siti: dict[str, str]) -> None:
    found = village_moves.movable(store, **siti)
    assert [(m.entity, m.name, m.along["business"]) for m in found] == [
        ("owner", "Siti Aminah", 2), ("business", "Batik Rengganis Ayu", 0),
    ]  # fmt: skip
    assert [m.entity for m in village_moves.movable(store, siti["owner_id"], "")] == ["owner"]


def test_a_business_whose_owner_is_kept_elsewhere_moves_alone(store: Store, siti: dict[str, str]) -> None:
    alone = village_moves.movable(store, **siti)[1]
    village_moves.move(store, alone, NEXT)
    assert [(m.entity, m.scope) for m in village_moves.movable(store, **siti)] == [("business", NEXT)]


def test_nothing_that_is_gone_may_move(store: Store) -> None:
    with pytest.raises(AppError) as refused:
        village_moves.movable(store, "", "")
    assert refused.value.words == moving.GONE


def test_what_moved_at_once_comes_back_at_once(store: Store, siti: dict[str, str]) -> None:
    _, moved = village_moves.move(store, village_moves.movable(store, **siti)[0], NEXT)
    assert (moved.waits, moved.back, scope(store, "business", siti["business_id"])) == (False, True, NEXT)
    assert village_moves.waiting(store, **siti) is None
    changes, stays = village_moves.take_back(store, moved)
    assert (stays, scope(store, "business", siti["business_id"])) == (True, VILLAGE)
    assert ("owner", siti["owner_id"]) in {(c.entity, c.id) for c in changes.items}


def test_what_the_server_knows_waits_and_stays_when_taken_back(store: Store, siti: dict[str, str]) -> None:
    store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write'), (?, 'write')", (VILLAGE, NEXT))
    store.query("UPDATE owner SET _seq = 1")
    _, moved = village_moves.move(store, village_moves.movable(store, **siti)[0], NEXT)
    assert (moved.waits, moved.back, scope(store, "owner", siti["owner_id"])) == (True, True, VILLAGE)
    waits = village_moves.waiting(store, **siti)
    assert waits
    assert (waits.what.name, waits.target) == ("Siti Aminah", NEXT)
    assert village_moves.take_back(store, waits)[1]
    assert village_moves.waiting(store, **siti) is None
