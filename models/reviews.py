"""How good a product is before and after assistance: quality, packaging and label, each from 1 to 5."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models import kinds
from models.flagships import RATING
from models.i18n import Words
from models.schema import Entity, Field

REVIEW_STAGE = kinds.choice("review_stage", [
    ("before", "Sebelum pendampingan", "Before assistance"), ("after", "Sesudah pendampingan", "After assistance"),
], {"sebelum": "before", "sesudah": "after"})  # fmt: skip
LABEL_ITEMS = kinds.choices("label_items", [
    ("name", "Nama produk", "Product name"), ("ingredients", "Komposisi", "Ingredients"),
    ("weight", "Berat bersih", "Net weight"), ("maker", "Nama dan alamat pembuat", "Maker's name and address"),
    ("expiry", "Tanggal kedaluwarsa", "Expiry date"), ("batch", "Kode produksi", "Batch code"),
    ("permit", "Nomor izin edar", "Permit number"), ("halal", "Logo halal", "Halal mark"),
])  # fmt: skip
CRITERIA = ("quality", "packaging", "label")

PRODUCT_REVIEW = Entity(
    "product_review",
    Words("Penilaian produk", "Product assessment"),
    Words("Penilaian produk", "Product assessments"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business"), required=True),
        Field("product_id", kinds.REF, Words("Produk", "Product")),
        Field("product", kinds.NAME, Words("Nama produk", "Product name"), required=True, listed=True),
        Field("stage", REVIEW_STAGE, Words("Tahap", "Stage"), required=True, listed=True),
        Field("reviewed_on", kinds.DATE, Words("Dinilai pada", "Assessed on"), required=True, listed=True),
        Field("reviewer", kinds.NAME, Words("Penilai", "Assessor"), listed=True),
        Field("quality", RATING, Words("Mutu", "Quality"), listed=True),
        Field("packaging", RATING, Words("Kemasan", "Packaging"), listed=True),
        Field("label", RATING, Words("Label", "Label"), listed=True),
        Field("label_items", LABEL_ITEMS, Words("Yang ada di label", "What the label shows"), merge="union"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """One product before and after; `gained` holds the difference of each criterion rated both times."""

    product: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    gained: Mapping[str, int]
    added_to_label: tuple[str, ...]  # codes of LABEL_ITEMS

    @property
    def total(self) -> int:
        """The differences together."""
        return sum(self.gained.values())


def progress(reviews: Sequence[Mapping[str, Any]]) -> list[Progress]:
    """Each product of a business that was assessed twice: its first "before" against its last "after"."""
    found: list[Progress] = []
    ordered = sorted(reviews, key=lambda r: (r["reviewed_on"], r["id"]))
    for product in dict.fromkeys(_product(r) for r in ordered):
        mine = [r for r in ordered if _product(r) == product]
        before = next((r for r in mine if r["stage"] == "before"), None)
        after = next((r for r in reversed(mine) if r["stage"] == "after"), None)
        if before and after and before["reviewed_on"] <= after["reviewed_on"]:
            found.append(_compare(before, after))
    return found


def _product(review: Mapping[str, Any]) -> str:
    return str(review.get("product_id") or review["product"].casefold())


def _compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Progress:
    gained = {c: int(after[c]) - int(before[c]) for c in CRITERIA if before.get(c) and after.get(c)}
    had, has = ((r.get("label_items") or "").split(",") for r in (before, after))
    return Progress(after["product"], before, after, gained, tuple(item for item in has if item and item not in had))
