"""Owners who may be registered twice: found, explained, and told apart for good."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import duplicates
from models.likeness import LIKELY, compare, near_numbers
from models.names import code
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE, FrozenClock, owner

TODAY = date(2026, 11, 24)
NUR = {"name": "Nur Hasanah", "nik": "3513145802889941", "phone": "+6281200000519", "rw": 5, "birth_date": "1988-02-18",
       "village": VILLAGE, "sex": "P"}  # fmt: skip


def told(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [r.code for r in compare(one, other, TODAY).reasons]


def test_the_pair_of_the_sample_office_is_explained() -> None:
    found = compare(NUR, {"name": "Nurhasanah", "phone": NUR["phone"], "rw": 5, "village": VILLAGE}, TODAY)
    assert [r.words.id for r in found.reasons] == [
        "No. HP sama", "Nama sama: Nur Hasanah", "Kelurahan sama", "RW sama", "NIK belum bisa dibandingkan",
    ]  # fmt: skip
    assert found.score == 80
    assert found.words.en.startswith("80%: Same phone, Same name: Nur Hasanah")


@pytest.mark.parametrize(
    ("values", "code", "likely"),
    [
        ({"nik": NUR["nik"], "name": "Bu Nur"}, "nik", True),
        ({"nik": "3513145802889914", "name": "Nurhasanah"}, "nik_near", True),
        ({"nik": "3513145802889942", "name": "Nurhasanah"}, "nik_near", True),
        ({"nik": "3513145403789900", "name": "Nurhasanah", "phone": NUR["phone"]}, "nik_differs", False),
        ({"nik": "35131458", "name": "Nurhasanah", "birth_date": "1988-02-18"}, "nik_unknown", True),
        ({"phone": NUR["phone"], "name": "Slamet"}, "name_differs", False),
        ({"phone": NUR["phone"], "name": "Hasanah"}, "name_part", True),
        ({"name": "Nur Hasana", "birth_date": "1988-02-18"}, "name_sound", True),
        ({"name": "Nur Hasamah", "birth_date": "1988-02-18"}, "name_close", True),
        ({"name": "Nurhasanah", "birth_date": "1988-02-19"}, "birth_differs", False),
        ({"name": "Nurhasanah", "sex": "L", "village": VILLAGE}, "sex_differs", False),
        ({"name": "Nurhasanah", "village": VILLAGE}, "name", True),
        ({"name": "Nurhasanah"}, "name", False),
        ({"name": "", "phone": NUR["phone"]}, "phone", False),
    ],
)
def test_each_reason_weighs(values: dict[str, Any], code: str, likely: bool) -> None:
    found = compare(NUR, values, TODAY)
    assert found.has(code)  # type: ignore[arg-type]
    assert (found.score >= LIKELY) is likely


def test_what_hangs_on_the_owners_speaks_too() -> None:
    assert "nib" in told(NUR | {"nibs": ["0220"]}, NUR | {"nibs": ["0220", "0221"]})
    assert "business" in told(NUR | {"businesses": ["Batik H. Nur"]}, NUR | {"businesses": ["batik nur"]})
    assert "business" not in told(NUR | {"businesses": [""]}, NUR | {"businesses": [""]})
    assert "address" in told(NUR | {"address": "Gg. Melati 2"}, NUR | {"address": "gg melati 2"})
    assert "address" not in told(NUR | {"address": "-"}, NUR | {"address": "-"})
    assert "village" not in told(NUR | {"village": None}, NUR | {"village": None})


def test_only_the_same_nik_with_nothing_against_it_is_certain() -> None:
    assert compare(NUR, NUR, TODAY).score == 100
    assert compare(NUR, NUR | {"name": "Slamet"}, TODAY).score == 99
    assert compare(NUR | {"nik": None}, NUR | {"nik": None}, TODAY).score == 99


@given(st.text("0123456789", min_size=16, max_size=16), st.integers(0, 14))
def test_a_slip_is_one_digit_or_two_neighbours(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert near_numbers(number, swapped) is (number != swapped)
    other = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert near_numbers(number, other)
    assert not near_numbers(number, number[:-1])
    assert not near_numbers(number, number)


NAMES = st.sampled_from(["Siti Aminah", "St. Aminah", "Moh. Toha", "Nur Hasanah", "Nurhasanah", "", "Buhari"])
OWNERS = st.fixed_dictionaries({
    "name": NAMES, "nik": st.sampled_from([None, "3513145802889941", "3513145802889942", "salah"]),
    "phone": st.sampled_from([None, "+6281200000001"]), "village": st.sampled_from([None, VILLAGE]),
    "birth_date": st.sampled_from([None, "1988-02-18", "1990-01-01"]),
})  # fmt: skip


@given(OWNERS, OWNERS)
def test_likeness_is_the_same_from_both_sides(one: dict[str, Any], other: dict[str, Any]) -> None:
    there, back = compare(one, other, TODAY), compare(other, one, TODAY)
    assert there.score == back.score
    assert {r.code for r in there.reasons} == {r.code for r in back.reasons}
    assert 0 <= there.score <= 100


@given(OWNERS)
def test_equal_owners_share_every_block(one: dict[str, Any]) -> None:
    assert duplicates.blocks(one) == duplicates.blocks(dict(one))
    same = dict(one) | {"name": one["name"].upper()}
    assert set(duplicates.blocks(one)) == set(duplicates.blocks(same))
    assert bool(duplicates.blocks(one)) is any((one["nik"], one["phone"], code(one["name"])))


def save(store: Store, **values: Any) -> str:
    return store.save("owner", owner(1, **({"nik": None, "phone": None} | values))).first_id("owner")


def found(store: Store) -> set[frozenset[str]]:
    duplicates.sweep(store)
    return {frozenset((p.one["id"], p.other["id"])) for p in duplicates.pairs(store)}


def test_a_sweep_finds_pairs_and_keeps_up_with_changes(store: Store) -> None:
    a = save(store, name="Nur Hasanah")
    b = save(store, name="Nurhasanah")
    c = save(store, name="Slamet", phone="+6281200000001")
    assert found(store) == {frozenset((a, b))}
    assert (duplicates.count(store), duplicates.sweep(store)) == (1, 1)
    store.save("owner", {"id": b, "name": "Buhari"})
    assert found(store) == set()
    store.save("owner", {"id": b, "name": "H. Slamet", "phone": "+6281200000001"})
    assert found(store) == {frozenset((b, c))}
    store.delete("owner", c)
    assert found(store) == set()
    assert duplicates.count(store) == 0
    store.restore("owner", c)
    assert found(store) == {frozenset((b, c))}


def test_what_the_server_sends_is_noticed_too(store: Store) -> None:
    a = save(store, name="Nur Hasanah")
    duplicates.sweep(store)
    with store.transaction(applying=True):
        b = save(store, name="Nurhasanah")
    assert found(store) == {frozenset((a, b))}


def test_one_nib_of_two_owners_brings_them_together(store: Store) -> None:
    nib = "0220001234567"
    one, other = (register(store, n, owner={"name": f"Pemilik {n}" * n}) for n in (1, 2))
    assert found(store) == set()
    for who in (one, other):
        store.save("business", {"id": who["business_id"], "nib": nib, "name": "Batik Ayu"})
    pair = {one["owner_id"], other["owner_id"]}
    assert found(store) == {frozenset(pair)}
    (only,) = duplicates.pairs(store)
    assert only.likeness.has("nib")
    store.save("business", {"id": other["business_id"], "owner_id": one["owner_id"]})  # the old owner is stale too
    assert found(store) == set()


def test_a_crowd_is_no_evidence(store: Store) -> None:
    for n in range(duplicates.MANY + 1):
        save(
            store, name=f"Orang {'abcdefghijklmnopqrstuvw'[n] * 3}", phone="+6281200000001", village=f"35131410{n:02d}"
        )
    assert found(store) == set()
    assert duplicates.twins(store, {"phone": "+6281200000001"}) == []


def test_not_the_same_person_holds_everywhere(store: Store, clock: FrozenClock) -> None:
    a, b = save(store, name="Siti Aminah"), save(store, name="St. Aminah")
    assert found(store) == {frozenset((a, b))}
    duplicates.not_the_same(store, b, a, "ibu dan anak")
    assert found(store) == set()
    assert duplicates.pairs_of(store) == []
    assert duplicates.distinct_from(store, a) == {b}
    assert duplicates.distinct_from(store, b) == {a}
    assert [t.owner["id"] for t in duplicates.twins(store, store.get("owner", a) or {})] == []
    clock.forward(days=1)
    duplicates.not_the_same(store, a, b)
    (row,) = store.find("distinct_pair")
    assert (row["owner_id"], row["other_id"], row["scope"]) == (*sorted((a, b)), VILLAGE)
    duplicates.maybe_the_same(store, a, b)
    assert found(store) == {frozenset((a, b))}
    duplicates.not_the_same(store, a, b)
    assert len(store.find("distinct_pair")) == 1


def test_a_pair_is_told_by_likeness_first(store: Store) -> None:
    save(store, name="Siti Aminah"), save(store, name="St. Aminah")
    save(store, name="Buhari", nik=NUR["nik"]), save(store, name="Buhari", nik=NUR["nik"])
    duplicates.sweep(store)
    assert [p.likeness.score for p in duplicates.pairs(store)] == [100, 40]
    assert len(duplicates.pairs(store, 1)) == 1
    assert {len(p) for p in duplicates.pairs_of(store)} == {2}


def test_another_version_compares_everybody_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = save(store, name="Siti Aminah"), save(store, name="St. Aminah")
    duplicates.sweep(store)
    monkeypatch.setattr(duplicates, "_VERSION", 0)
    with store.transaction():
        duplicates.set_up(store.db)
    assert store.query("SELECT count(*) FROM owner_pair") == [(0,)]
    assert found(store) == {frozenset((a, b))}
