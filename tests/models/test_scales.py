"""The scale of a business by PP 7/2021."""

from datetime import date

import pytest

from models.scales import hint, scale_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("sales", "capital", "code"),
    [
        (0, None, "micro"),
        (2_000_000_000, None, "micro"),  # the upper limit belongs to the class
        (2_000_000_001, None, "small"),
        (15_000_000_001, None, "medium"),
        (50_000_000_001, None, "large"),
        (None, 1_000_000_000, "micro"),
        (None, 1_000_000_001, "small"),
        (186_000_000, 9_000_000_000, "micro"),  # sales decide when they are known
    ],
)
def test_scale(sales: int | None, capital: int | None, code: str) -> None:
    scale = scale_of(sales, capital, DAY)
    assert scale is not None
    assert scale.code == code


def test_nothing_known_is_no_scale() -> None:
    assert scale_of(None, None, DAY) is None
    assert hint(None, None, DAY) is None


def test_hint_names_the_limit() -> None:
    by_sales, by_capital, large = hint(18_000_000, None, DAY), hint(None, 3_000_000_000, DAY), hint(10**11, None, DAY)
    assert by_sales is not None
    assert by_capital is not None
    assert large is not None
    assert by_sales.id == "Mikro: penjualan sampai Rp2 miliar per tahun"
    assert by_sales.en == "Micro: sales up to Rp2 billion a year"
    assert by_capital.id == "Kecil: modal sampai Rp5 miliar"
    assert large.id == "Besar"
