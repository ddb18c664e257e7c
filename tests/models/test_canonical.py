"""The canonical form: equal for equal records, different for any other."""

from hypothesis import given
from hypothesis import strategies as st

from models.canonical import extra_text, extra_values, payload, plus, row_hash
from models.entities import SYNCED

OWNER = SYNCED["owner"]
_hashes = st.integers(-(1 << 63), (1 << 63) - 1)
_values = st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=6)


def test_a_known_record_keeps_its_hash_for_ever() -> None:
    row = {"name": "Siti Aminah", "rt": 3, "note": None, "shoe_size": 41}

    assert row_hash("owner", "01932f2e-0000-7000-8000-000000000001", row) == 5517851372982016997


@given(values=_values)
def test_order_and_nulls_do_not_matter(values: dict[str, object]) -> None:
    turned = dict(reversed(list(values.items()))) | {"empty": None}

    assert row_hash("owner", "x", values) == row_hash("owner", "x", turned)


def test_empty_text_and_nothing_differ_and_so_do_entities_and_ids() -> None:
    hashes = {
        row_hash("owner", "x", {"a": ""}),
        row_hash("owner", "x", {}),
        row_hash("owner", "y", {}),
        row_hash("business", "x", {}),
        row_hash("owner", "x", {"a": "0"}),
        row_hash("owner", "x", {"a": 0}),
    }

    assert len(hashes) == 6


@given(gained=st.lists(_hashes), lost=st.lists(_hashes))
def test_sums_wrap_stay_signed_and_come_back(gained: list[int], lost: list[int]) -> None:
    total = plus(5, gained, lost)

    assert -(1 << 63) <= total < 1 << 63
    assert plus(total, lost, gained) == 5


@given(values=st.dictionaries(st.text(min_size=1, max_size=5), st.integers() | st.text(max_size=5), max_size=5))
def test_extra_is_written_and_read_back(values: dict[str, object]) -> None:
    assert extra_values(extra_text(values)) == values


def test_what_travels_is_the_origin_and_every_field() -> None:
    assert payload(OWNER)[:2] == ("created_at", "created_by")
    assert set(payload(OWNER)[2:]) == {field.name for field in OWNER.fields}
