"""The merge rule, cell by cell."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.entities import ENTITIES
from sync.merge import NOBODY, Author, Edit, Image, by_unit, judge, may_delete

OWNER, BUSINESS = ENTITIES["owner"], ENTITIES["business"]
US = Author("us", "Sri", 50)
THEM = Author("them", "Dewi", 40)


def verdict(
    sent: dict[str, Any], base: int, *, by: Author = US, last: Author = THEM, entity: Any = OWNER, **held: Any
) -> Any:
    """The verdict on an edit of a record whose every unit changed last at 7."""
    image = Image(held, 7, 1, dict.fromkeys(by_unit(entity, held), 7))
    return judge(entity, image, Edit(sent, base, by), lambda _: last)


def test_a_change_that_was_on_screen_is_replaced() -> None:
    assert verdict({"name": "b"}, 7, name="a").taken == {"name": {"name": "b"}}


def test_an_own_change_is_replaced_unseen() -> None:
    result = verdict({"name": "b"}, 1, last=Author("us", "Sri", 1), name="a")

    assert (result.taken, result.losses) == ({"name": {"name": "b"}}, [])


def test_an_equal_change_is_nothing() -> None:
    result = verdict({"name": "a"}, 1, name="a")

    assert (result.taken, result.losses, result.blended) == ({}, [], {})


@pytest.mark.parametrize(
    ("hlc", "device", "wins"), [(41, "us", True), (39, "us", False), (40, "us", True), (40, "a", False)]
)
def test_the_later_stamp_wins_then_the_device(hlc: int, device: str, wins: bool) -> None:
    result = verdict({"name": "b"}, 6, by=Author(device, "Sri", hlc), name="a")

    [loss] = result.losses
    assert bool(result.taken) is wins
    assert (loss.kept, loss.lost) == (({"name": "b"}, {"name": "a"}) if wins else ({"name": "a"}, {"name": "b"}))


def test_the_server_policy_keeps_what_stands() -> None:
    result = verdict({"nik": "2"}, 6, nik="1")

    assert result.taken == {}
    assert result.losses[0].lost == {"nik": "2"}


def test_a_list_is_united_in_the_order_of_its_kind() -> None:
    result = verdict({"channels": "online,home"}, 6, entity=BUSINESS, channels="market")

    assert result.blended == {"channels": {"channels": "home,market,online"}}
    assert result.losses == []


def test_a_blend_belongs_to_nobody_so_its_maker_is_united_again() -> None:
    result = verdict({"channels": "home"}, 6, entity=BUSINESS, last=Author(NOBODY, "", 1), channels="home,market")

    assert (result.taken, result.blended) == ({}, {})


def test_a_group_wins_or_loses_whole() -> None:
    result = verdict({"address": "Jl. Mawar", "rt": 3}, 6, by=Author("us", "Sri", 1), address="Jl. Melati", rt=1)

    assert result.taken == {}
    assert result.losses[0].lost == {"address": "Jl. Mawar", "rt": 3}


def test_an_edit_of_a_deleted_record_is_a_conflict_unless_the_deletion_was_seen() -> None:
    image = Image({"name": "a"}, 9, 1, {}, 9)

    assert [x.unit for x in judge(OWNER, image, Edit({}, 8, US), lambda _: THEM).losses] == ["deleted"]
    assert judge(OWNER, image, Edit({}, 9, US), lambda _: THEM).losses == []
    assert judge(OWNER, image, Edit({}, 8, US), lambda _: Author("us", "Sri", 1)).losses == []


def test_a_deletion_stands_only_over_what_was_seen_or_own() -> None:
    image = Image({"name": "a"}, 7, 1, {"name": 7})

    assert may_delete(image, Edit({}, 7, US), lambda _: THEM) is None
    assert may_delete(image, Edit({}, 6, US), lambda _: Author("us", "Sri", 1)) is None
    loss = may_delete(image, Edit({}, 6, US), lambda _: THEM)
    assert loss
    assert (loss.kept_author, loss.lost_author) == (THEM, US)


_names = st.sampled_from(["name", "phone", "note", "birth_place"])
_patches = st.dictionaries(_names, st.text(max_size=3), min_size=1)


def _after(image: Image, sent: dict[str, str], author: Author, seq: int) -> Image:
    """The record after an edit whose base was the beginning."""
    authors = {1: Author("maker", "", 0), 2: US, 3: THEM}
    result = judge(OWNER, image, Edit(sent, 1, author), lambda s: authors[s] if author is US else {**authors, 2: US}[s])
    taken = {n: v for unit in result.taken.values() for n, v in unit.items()}
    return Image(image.values | taken, seq, 1, image.clocks | dict.fromkeys(result.taken, seq))


@given(ours=_patches, theirs=_patches)
def test_two_edits_end_alike_in_either_order(ours: dict[str, str], theirs: dict[str, str]) -> None:
    start = Image(dict.fromkeys(["name", "phone", "note", "birth_place"], "semula"), 1, 1)  # nobody types it again
    one = _after(_after(start, ours, US, 2), theirs, THEM, 3)
    authors = {1: Author("maker", "", 0), 2: THEM, 3: US}
    first = judge(OWNER, start, Edit(theirs, 1, THEM), lambda s: authors[s])
    taken = {n: v for unit in first.taken.values() for n, v in unit.items()}
    between = Image(start.values | taken, 2, 1, dict.fromkeys(first.taken, 2))
    second = judge(OWNER, between, Edit(ours, 1, US), lambda s: authors[s])
    other = between.values | {n: v for unit in second.taken.values() for n, v in unit.items()}

    assert one.values == other
