"""Goods of a business on the shelf of the Rumah UMKM: given = sold + returned + lost + on the shelf, always.

The owner's share is sold × price less the commission. A count that does not fit is asked about,
never corrected silently.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

COMMISSION = 10  # percent, when nothing else was agreed
MISFIT = Words(
    "Hitungan belum cocok: dititip {given}, laku + kembali + hilang + di rak {found}. Hitung lagi rak{lost}.",
    "Count does not fit: {given} given, {found} found. Count again{lost}.",
)
OR_LOST = Words(" atau catat {missing} hilang", " or record {missing} lost")


def count_fits(row: Mapping[str, Any]) -> Words | None:
    """What to ask when a count does not fit; None when it does, or when nothing was counted yet."""
    if row.get("on_shelf") is None:
        return None
    given = row.get("given") or 0
    found = row["on_shelf"] + sum(row.get(n) or 0 for n in ("sold", "returned", "lost"))
    missing = given - found
    if not missing:
        return None
    lost = OR_LOST.fill(missing=missing) if missing > 0 else Words("", "")
    return MISFIT.fill(given=given, found=found, lost=lost)


def _count_fits(row: Row, _today: date) -> Iterable[Problem]:
    if words := count_fits(row):
        yield Problem("error", "count", words, "on_shelf")


CONSIGNMENT = Entity(
    "consignment",
    Words("Titipan barang", "Consignment"),
    Words("Titipan barang", "Consignments"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business"), required=True),
        Field("organisation_id", kinds.REF, Words("Rumah UMKM", "UMKM house")),
        Field("product_id", kinds.REF, Words("Produk", "Product")),
        Field("item", kinds.TEXT, Words("Barang", "Item"), required=True, listed=True, searched=True),
        Field("price", kinds.MONEY, Words("Harga jual", "Price"), required=True, listed=True),
        Field("commission", kinds.COUNT, Words("Komisi (%)", "Commission (%)"), required=True),
        Field("given_on", kinds.DATE, Words("Dititip pada", "Given on"), required=True, listed=True),
        Field("given", kinds.COUNT, Words("Dititip", "Given"), required=True, listed=True, group="count"),
        Field("sold", kinds.COUNT, Words("Laku", "Sold"), listed=True, group="count"),
        Field("returned", kinds.COUNT, Words("Kembali", "Returned"), listed=True, group="count"),
        Field("lost", kinds.COUNT, Words("Hilang", "Lost"), group="count"),
        Field("on_shelf", kinds.COUNT, Words("Di rak", "On shelf"), listed=True, group="count"),
        Field("counted_on", kinds.DATE, Words("Dihitung pada", "Counted on"), group="count"),
        Field("receipt", kinds.TEXT, Words("Nomor tanda terima", "Receipt number")),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    rules=(_count_fits,),
)

CONSIGNMENT_PAYMENT = Entity(
    "consignment_payment",
    Words("Penyerahan uang", "Payout"),
    Words("Penyerahan uang", "Payouts"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("consignment_id", kinds.REF, Words("Titipan barang", "Consignment"), required=True),
        Field("amount", kinds.MONEY, Words("Diserahkan", "Handed over"), required=True, listed=True),
        Field("paid_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("receipt", kinds.TEXT, Words("Nomor tanda terima", "Receipt number"), listed=True),
    ),
    append_only=True,
)


@dataclass(frozen=True, slots=True)
class Sales:
    """What came of goods on the shelf, of one consignment or of many together; money in rupiah."""

    given: int = 0
    sold: int = 0
    returned: int = 0
    lost: int = 0
    on_shelf: int = 0
    share: int = 0
    handed_over: int = 0

    @property
    def rest(self) -> int:
        """What the owner is still owed."""
        return self.share - self.handed_over

    def __add__(self, other: "Sales") -> "Sales":
        return Sales(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))


def sales(consignment: Mapping[str, Any], handed_over: int = 0) -> Sales:
    """The sums of one consignment; uncounted goods are on the shelf."""
    given, sold, returned, lost = (consignment.get(n) or 0 for n in ("given", "sold", "returned", "lost"))
    on_shelf = consignment.get("on_shelf")
    share = sold * consignment["price"] * (100 - consignment["commission"]) // 100
    return Sales(
        given,
        sold,
        returned,
        lost,
        given - sold - returned - lost if on_shelf is None else on_shelf,
        share,
        handed_over,
    )
