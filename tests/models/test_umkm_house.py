"""The shelf of the Rumah UMKM: the sums of the sample office, and counts that must fit."""

from datetime import date

import pytest

from models import umkm_house
from models.consignment import CONSIGNMENT, count_fits
from models.errors import InvalidRecord
from models.store import Store
from tests.factories import register

TODAY = date(2026, 11, 23)
# Item, price, given, sold, returned, on shelf, handed over: rest.
GOODS = [
    ("Kain batik mangga 2 m", 185_000, 12, 7, 0, 5, 832_500, 333_000),
    ("Keripik pisang 150 g", 15_000, 60, 48, 4, 8, 648_000, 0),
    ("Emping melinjo 200 g", 18_000, 40, 31, 0, 9, 324_000, 178_200),
    ("Sambal pecel 250 g", 22_000, 36, 29, 1, 6, 574_200, 0),
    ("Jamu sinom 330 ml", 12_000, 48, 26, 14, 8, 280_800, 0),
    ("Kue lumpur isi 6", 20_000, 30, 27, 3, 0, 486_000, 0),
    ("Hijab segi empat", 45_000, 20, 9, 0, 11, 0, 364_500),
]


def test_the_shelf_of_the_sample_office(store: Store) -> None:
    for n, (item, price, given, sold, returned, on_shelf, paid, _) in enumerate(GOODS):
        business = register(store, n, name=f"Usaha {n}")["business_id"]
        _, goods = umkm_house.hand_in(store, business, item, price, given, date(2026, 9, 1))
        umkm_house.count(store, goods, sold=sold, returned=returned, on_shelf=on_shelf)
        if paid:
            umkm_house.pay_out(store, goods, paid - 1000, TODAY)
            umkm_house.pay_out(store, goods, 1000, TODAY, "TT-1")
    lines = umkm_house.shelf(store)
    assert [line.sales.rest for line in lines] == [g[-1] for g in GOODS]
    assert [line.business for line in lines] == [f"Usaha {n}" for n in range(len(GOODS))]
    assert not any(line.ask for line in lines)
    total = umkm_house.total(lines)
    assert (total.given, total.sold, total.returned, total.on_shelf, total.lost) == (246, 177, 22, 47, 0)
    assert (total.share, total.handed_over, total.rest) == (4_021_200, 3_145_500, 875_700)


def test_goods_that_went_with_a_sync_are_no_fault(store: Store) -> None:
    _, goods = umkm_house.hand_in(store, register(store)["business_id"], "Kerupuk", 5_000, 12, TODAY)
    store.delete("consignment", goods)
    with pytest.raises(InvalidRecord, match="no longer on this laptop"):
        umkm_house.count(store, goods, sold=4, returned=2, on_shelf=6)
    with pytest.raises(InvalidRecord, match="no longer on this laptop"):
        umkm_house.pay_out(store, goods, 1_000, TODAY)
    with pytest.raises(InvalidRecord, match="no longer on this laptop"):
        umkm_house.hand_in(store, "nobody", "Kerupuk", 5_000, 12, TODAY)


def test_a_count_that_does_not_fit_is_asked_about(store: Store) -> None:
    _, goods = umkm_house.hand_in(store, register(store)["business_id"], "Kerupuk", 5_000, 12, TODAY)
    (line,) = umkm_house.shelf(store)
    assert (line.sales.on_shelf, line.ask) == (12, None)  # nothing was counted yet
    with pytest.raises(InvalidRecord) as refused:
        umkm_house.count(store, goods, sold=4, returned=2, on_shelf=5)
    assert refused.value.words.id == (
        "Hitungan belum cocok: dititip 12, laku + kembali + hilang + di rak 11. "
        "Hitung lagi rak atau catat 1 hilang."
    )  # fmt: skip
    umkm_house.count(store, goods, sold=4, returned=2, on_shelf=5, lost=1)
    (line,) = umkm_house.shelf(store)
    assert (line.row["counted_on"], line.sales.lost) == ("2026-11-24", 1)


def test_too_much_on_the_shelf_is_never_lost() -> None:
    words = count_fits({"given": 10, "sold": 6, "on_shelf": 5})
    assert words
    assert "hilang hilang" not in words.id
    assert words.en == "Count does not fit: 10 given, 11 found. Count again."
    assert [p.code for p in CONSIGNMENT.problems({"given": 10, "sold": 6, "on_shelf": 4}, TODAY)] == ["missing"] * 6
    assert [p.field for p in CONSIGNMENT.problems({"given": 10, "sold": 6, "on_shelf": 5}, TODAY) if p.code == "count"]


def test_no_more_is_paid_than_is_owed(store: Store) -> None:
    _, goods = umkm_house.hand_in(store, register(store)["business_id"], "Kerupuk", 10_000, 10, TODAY)
    umkm_house.count(store, goods, sold=5, returned=0, on_shelf=5)
    with pytest.raises(InvalidRecord, match=r"Rp45\.000"):
        umkm_house.pay_out(store, goods, 50_000, TODAY)
    _, payment = umkm_house.pay_out(store, goods, 45_000, TODAY, "TT-2")
    assert (payment["receipt"], umkm_house.total(umkm_house.shelf(store)).rest) == ("TT-2", 0)
