"""Conflicts from end to end: opened by the server, shown with names, settled by one of two people."""

import pytest

from models import settling
from models.errors import AppError
from models.settling import Side
from tests.fakes import owner
from tests.sync.office import Laptop, Office

Pair = tuple[Laptop, Laptop, str]


@pytest.fixture
def pair(office: Office) -> Pair:
    """Two laptops that changed the same phone, Sri first, Dewi later; both have synced."""
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    sri.save("owner", id=owner_id, phone="+6281200000142", note="hanya Sri")
    dewi.clock.forward(minutes=1)
    dewi.save("owner", id=owner_id, phone="+6281200000168")
    for laptop in (sri, dewi, sri):
        assert laptop.sync().equal
    return sri, dewi, owner_id


def test_both_see_both_values_with_names_and_times(pair: Pair) -> None:
    sri, dewi, owner_id = pair
    [here], [there] = settling.open_conflicts(sri.store), settling.open_conflicts(dewi.store)

    assert (here.entity, here.row_id, here.unit) == ("owner", owner_id, "phone")
    assert here.kept.values == {"phone": "+6281200000168"}
    assert (here.kept.by, here.kept.mine, here.lost.by, here.lost.mine) == (
        "Dewi Anggraini", False, "Sri Wahyuni", True,
    )  # fmt: skip
    assert there.kept.mine
    assert here.kept.at == dewi.clock.now()
    assert {laptop.get("owner", owner_id)["phone"] for laptop in (sri, dewi)} == {"+6281200000168"}
    assert {laptop.get("owner", owner_id)["note"] for laptop in (sri, dewi)} == {"hanya Sri"}


@pytest.mark.parametrize(("side", "phone"), [("kept", "+6281200000168"), ("lost", "+6281200000142")])
def test_settling_reaches_everybody_and_asks_nobody_again(pair: Pair, side: Side, phone: str) -> None:
    sri, dewi, owner_id = pair
    [conflict] = settling.open_conflicts(sri.store)

    changes = settling.settle(sri.store, {conflict.id: side})
    for laptop in (sri, dewi):
        assert laptop.sync().equal

    assert changes.touches("conflict")
    for laptop in (sri, dewi):
        assert laptop.get("owner", owner_id)["phone"] == phone
        assert settling.open_conflicts(laptop.store) == []
        assert settling.count_open(laptop.store) == 0
    row = dewi.get("conflict", conflict.id)
    assert (row["state"], row["choice"], row["settled_by"]) == ("settled", side, sri.store.user)


def test_the_value_that_lost_stays_in_the_conflict(pair: Pair) -> None:
    sri, _, _ = pair
    [conflict] = settling.open_conflicts(sri.store)
    settling.settle(sri.store, {conflict.id: "kept"})
    sri.sync()

    assert "+6281200000142" in sri.get("conflict", conflict.id)["lost"]


def test_a_conflict_that_somebody_else_settled_is_left_alone(pair: Pair) -> None:
    sri, dewi, _ = pair
    [conflict] = settling.open_conflicts(dewi.store)
    settling.settle(sri.store, {conflict.id: "lost"})
    sri.sync()
    dewi.sync()

    assert not settling.settle(dewi.store, {conflict.id: "kept"})
    assert not settling.settle(dewi.store, {"gone": "kept"})


def test_an_edit_against_a_deletion_can_be_settled_either_way(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    owner_id = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    sri.store.delete("owner", owner_id)
    dewi.save("owner", id=owner_id, note="masih dipakai")
    for laptop in (sri, dewi, sri):
        assert laptop.sync().equal
    [conflict] = settling.open_conflicts(sri.store)
    assert (conflict.unit, sri.get("owner", owner_id)["deleted"]) == ("deleted", None)

    settling.settle(sri.store, {conflict.id: "lost"})
    for laptop in (sri, dewi):
        assert laptop.sync().equal
    assert dewi.get("owner", owner_id)["deleted"]


def test_what_only_a_newer_program_knows_is_decided_there(pair: Pair) -> None:
    """Somebody with a newer program meets another one: here their field is unknown, and their sort of record too."""
    sri, _, owner_id = pair
    [phone] = settling.open_conflicts(sri.store)
    met = {"row_id": owner_id, "unit": "colour", "kept": '{"colour":"merah"}', "lost": '{"colour":"biru"}',
           "state": "open"}  # fmt: skip
    colour, story = (
        sri.store.save("conflict", met | {"entity": sort}).first_id("conflict") for sort in ("owner", "future_sort")
    )

    with pytest.raises(AppError) as caught:
        settling.settle(sri.store, {phone.id: "lost", colour: "lost"})
    assert caught.value.words == settling.NEWER
    assert [c.id for c in settling.open_conflicts(sri.store)] == [phone.id, colour], "all or none"
    settling.settle(sri.store, {phone.id: "lost", colour: "kept"})
    assert (settling.open_conflicts(sri.store), settling.count_open(sri.store)) == ([], 0)
    assert sri.get("conflict", story)["state"] == "open"


def test_conflicts_of_one_record_stand_together(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    one, two = sri.save("owner", **owner(1)), sri.save("owner", **owner(2))
    sri.sync()
    dewi.sync()
    for field in ("note", "email"):
        for row_id in (one, two):
            sri.save("owner", id=row_id, **{field: "sri"})
            dewi.save("owner", id=row_id, **{field: "dewi"})
    for laptop in (sri, dewi):
        laptop.sync()

    found = [conflict.row_id for conflict in settling.open_conflicts(dewi.store)]
    assert sorted(found, key=found.index) == found
    assert settling.count_open(dewi.store) == 2
