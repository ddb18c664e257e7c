"""Moves that meet other moves, deletions and lost answers."""

from typing import Any

import pytest

from models import moving, settling
from models.errors import AppError
from sync.link import Offline
from tests.fakes import VILLAGE
from tests.sync.office import Laptop, Office
from tests.sync.test_moving import NEXT, agree, grant, places, register


@pytest.fixture
def pair(office: Office) -> tuple[Laptop, Laptop]:
    """Two laptops that work in both villages."""
    both = office.laptop(), office.laptop("Dewi Anggraini")
    for laptop in both:
        grant(office, laptop, NEXT)
        laptop.sync()
    return both


def test_what_has_left_is_not_moved_once_more(pair: tuple[Laptop, Laptop]) -> None:
    sri, _ = pair
    ids = register(sri)
    agree(sri)
    with sri.store.transaction(applying=True):
        moving.leave(sri.store, VILLAGE, ("owner", ids["owner"], "", 9 << 16, NEXT))

    with pytest.raises(AppError) as caught:
        moving.move(sri.store, "owner", ids["owner"], NEXT)
    assert caught.value.words == moving.HAS_LEFT
    assert sri.store.query("SELECT target, done FROM sync_move") == [(NEXT, 1)]


def test_an_edit_that_revives_a_record_where_it_came_from_brings_it_back_there(pair: tuple[Laptop, Laptop]) -> None:
    sri, dewi = pair
    ids = register(sri)
    agree(sri, dewi)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    agree(sri)
    dewi.line.before_answer = lambda: type_and_break(dewi, ids["owner"])
    assert dewi.sync().offline  # her edit counts in the numbers of the village that the owner left
    assert places(dewi, ids) == {NEXT}
    moving.move(sri.store, "owner", ids["owner"], VILLAGE)
    agree(sri)
    sri.store.delete("owner", ids["owner"])
    agree(sri)

    dewi.line.before_answer = None
    del dewi.line.sync
    agree(dewi, sri)
    assert [(laptop.get("owner", ids["owner"])["scope"], places(laptop, ids)) for laptop in pair] == [
        (VILLAGE, {VILLAGE})
    ] * 2
    assert {"note": "diketik"} in [one.lost.values for one in settling.open_conflicts(sri.store)]


def type_and_break(laptop: Laptop, owner_id: str) -> None:
    """Somebody types while an answer travels, and it is the last one."""
    laptop.save("owner", id=owner_id, note="diketik")

    def broken(_: Any) -> Any:
        raise Offline

    laptop.line.sync = broken
