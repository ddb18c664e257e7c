"""Moves that meet other moves, deletions and lost answers."""

import pytest

from models import moving, outbox, settling
from models.errors import AppError
from tests.fakes import VILLAGE
from tests.sync.office import Laptop, Office
from tests.sync.test_moving import NEXT, agree, grant, register


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


def test_an_edit_that_revives_a_record_where_it_came_from_brings_it_back_there(
    pair: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    sri, dewi = pair
    ids = register(sri)
    agree(sri, dewi)
    dewi.save("owner", id=ids["owner"], note="diketik")
    for target in (NEXT, VILLAGE):
        moving.move(sri.store, "owner", ids["owner"], target)
        agree(sri)
        if target == NEXT:
            only_read(dewi, monkeypatch)
    sri.store.delete("owner", ids["owner"])
    agree(sri)
    only_read(dewi, monkeypatch)

    agree(dewi, sri)
    assert [laptop.get("owner", ids["owner"])["scope"] for laptop in pair] == [VILLAGE] * 2
    [conflict] = [one for one in settling.open_conflicts(sri.store) if one.unit == "note"]
    assert {"note": "diketik"} in (conflict.kept.values, conflict.lost.values)


def only_read(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync that sends nothing of its own, as when something else is still under way there."""
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "take", lambda *_: [])
        patch.setattr(outbox, "sendable", lambda _: False)
        laptop.sync()
