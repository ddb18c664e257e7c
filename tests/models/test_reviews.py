"""Products before and after assistance; stories that may be told."""

from datetime import date

import pytest

from models import reviews, stories
from models.financing import FINANCING


def review(day: str, stage: str, product: str = "Stik mangga", **values: str) -> dict[str, str]:
    return {"id": day + stage, "product": product, "stage": stage, "reviewed_on": day} | values


def test_the_first_before_is_held_against_the_last_after() -> None:
    (found,) = reviews.progress([
        review("2026-09-01", "after", quality="4", packaging="5", label="4", label_items="name,weight,permit"),
        review("2026-03-01", "before", quality="3", packaging="2", label_items="name"),
        review("2026-05-01", "before", product="STIK MANGGA", quality="4"),
        review("2026-06-01", "after", quality="3", packaging="3"),
    ])  # fmt: skip
    assert found.gained == {"quality": 1, "packaging": 3}
    assert (found.total, found.added_to_label) == (4, ("weight", "permit"))


@pytest.mark.parametrize(
    "rows",
    [
        [review("2026-03-01", "before", quality="3")],
        [review("2026-03-01", "after", quality="3")],
        [review("2026-03-01", "after", quality="3"), review("2026-04-01", "before", quality="3")],
        [review("2026-03-01", "before", "Keripik"), review("2026-04-01", "after", "Stik")],
        [],
    ],
)
def test_without_both_there_is_no_progress(rows: list[dict[str, str]]) -> None:
    assert reviews.progress(rows) == []


def test_products_are_told_apart_by_id_where_there_is_one() -> None:
    one, two = ({"product_id": n} for n in ("p1", "p2"))
    found = reviews.progress([
        review("2026-03-01", "before") | one, review("2026-04-01", "after", product="Stik Mangga Renyah") | one,
        review("2026-03-01", "before") | two,
    ])  # fmt: skip
    assert [(p.product, p.added_to_label) for p in found] == [("Stik Mangga Renyah", ())]


SIGNED = {"informed": "signed"}
AGREED = {"given_on": "2026-03-01", "photo": "yes"}


@pytest.mark.parametrize(
    ("owner", "consents", "held"),
    [
        (None, [], False), (SIGNED, [AGREED], False), (SIGNED, [], True), (SIGNED, [AGREED | {"photo": "no"}], True),
        ({"informed": "not_yet"}, [AGREED], True), (SIGNED, [AGREED | {"withdrawn_on": "2026-05-01"}], True),
    ],
)  # fmt: skip
def test_a_story_leaves_the_office_only_with_the_owners_word(
    owner: dict[str, str] | None, consents: list[dict[str, str]], held: bool
) -> None:
    assert (stories.keeps_from_sharing(owner, consents) is not None) is held


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"scheme": "kur_super", "ceiling": 10_000_000, "disbursed": 10_000_000}, set()),
        ({"scheme": "kur_super", "ceiling": 10_000_001}, {"ceiling"}),
        ({"scheme": "kur_micro", "ceiling": 10_000_000}, {"ceiling"}),
        ({"scheme": "kur_small", "ceiling": 500_000_000, "disbursed": 500_000_001}, {"disbursed"}),
        ({"scheme": "pnm_mekaar", "ceiling": 900_000_000}, set()),
        ({"scheme": "bank"}, set()),
    ],
)
def test_a_loan_fits_its_scheme(row: dict[str, object], codes: set[str]) -> None:
    found = {p.code for p in FINANCING.problems(row, date(2026, 11, 24))}
    assert found - {"missing"} == codes
