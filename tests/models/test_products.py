"""A product's rules and what it makes in a year."""

from datetime import date

import pytest

from models.products import PRODUCT, capacity_year
from models.store import Store
from tests.fakes import business, owner

TODAY = date(2026, 11, 24)
CHIPS = {"business_id": "b", "name": "Keripik talas", "sort": "food"}


def codes(**values: object) -> list[tuple[str, str]]:
    return [(p.field, p.code) for p in PRODUCT.problems(CHIPS | values, TODAY)]


def test_a_plain_product_has_no_problem() -> None:
    assert codes() == []
    assert codes(capacity=40, unit="kg", period="week", shelf_life_days=90, price=12_000) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"capacity": 40}, [("unit", "incomplete"), ("period", "incomplete")]),
        ({"capacity": 40, "unit": "kg"}, [("period", "incomplete")]),
        ({"capacity": 0, "period": "day"}, [("unit", "incomplete")]),
        ({"sort": "service", "shelf_life_days": 3}, [("shelf_life_days", "no_goods")]),
        ({"sort": "service"}, []),
        ({"sort": "non_food", "shelf_life_days": 3}, []),
    ],
)
def test_rules(values: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert codes(**values) == found


@pytest.mark.parametrize(
    ("capacity", "period", "year"),
    [(40, "week", 2080), (10, "day", 3000), (5, "month", 60), (7, "year", 7), (7, None, None), (None, "day", None)],
)
def test_capacity_of_a_year(capacity: int | None, period: str | None, year: int | None) -> None:
    assert capacity_year({"capacity": capacity, "period": period}) == year


def test_a_product_is_kept_where_its_business_is(store: Store) -> None:
    owner_id = store.save("owner", owner(scope="3513141003")).first_id("owner")
    business_id = store.save("business", business(owner_id)).first_id("business")
    product_id = store.save("product", CHIPS | {"business_id": business_id}).first_id("product")
    product = store.get("product", product_id)
    assert product is not None
    assert product["scope"] == "3513141003"
