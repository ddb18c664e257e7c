"""A product: what it is, how much of it is made, for how much, and what is in it."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

SORT = kinds.choice("product_sort", [
    ("food", "Pangan", "Food"), ("non_food", "Bukan pangan", "Not food"), ("service", "Jasa", "Service"),
])  # fmt: skip
PERIOD = kinds.choice("period", [
    ("day", "per hari", "a day"), ("week", "per minggu", "a week"),
    ("month", "per bulan", "a month"), ("year", "per tahun", "a year"),
], {"hari": "day", "harian": "day", "minggu": "week", "bulan": "month", "bulanan": "month", "tahun": "year"})  # fmt: skip

PERIODS_A_YEAR = {"day": 300, "week": 52, "month": 12, "year": 1}  # a working year has about 300 days


def _capacity_is_whole(row: Row, _today: date) -> Iterable[Problem]:
    """40 says nothing; 40 kg a week does, and OSS asks for it."""
    for name, words in (
        ("unit", Words("Tulis satuannya, mis. kg atau lembar.", "Enter the unit, e.g. kg or pieces.")),
        ("period", Words("Pilih per hari, minggu, bulan, atau tahun.", "Choose a day, week, month or year.")),
    ):
        if row.get("capacity") is not None and not row.get(name):
            yield Problem("warning", "incomplete", words, name)


def _only_food_spoils(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("sort") == "service" and row.get("shelf_life_days"):
        yield Problem("warning", "no_goods", Words(
            "Jasa tidak punya masa simpan. Kosongkan, atau ganti jenisnya.",
            "A service has no shelf life. Leave it empty, or change the sort."), "shelf_life_days")  # fmt: skip


PRODUCT = Entity(
    "product",
    Words("Produk", "Product"),
    Words("Produk", "Products"),
    (
        Field("business_id", kinds.REF, Words("Usaha", "Business"), "product", required=True),
        Field("name", kinds.NAME, Words("Nama produk", "Product name"), "product",
              headings=("nama produk", "produk"), required=True, listed=True, searched=True),
        Field("brand", kinds.TEXT, Words("Merek produk", "Product brand"), "product", searched=True),
        Field("sort", SORT, Words("Sifat produk", "Sort of product"), "product", wanted=True, listed=True),
        Field("kbli", kinds.KBLI, Words("KBLI produk", "KBLI of the product"), "product"),
        Field("capacity", kinds.COUNT, Words("Kapasitas", "Capacity"), "making", wanted=True, group="capacity"),
        Field("unit", kinds.TEXT, Words("Satuan", "Unit"), "making",
              Words("Mis. kg, bungkus, lembar.", "E.g. kg, packs, pieces."), group="capacity"),
        Field("period", PERIOD, Words("Periode", "Period"), "making", group="capacity"),
        Field("price", kinds.MONEY, Words("Harga per satuan", "Price per unit"), "making", listed=True),
        Field("shelf_life_days", kinds.COUNT, Words("Masa simpan (hari)", "Shelf life (days)"), "making"),
        Field("ingredients", kinds.LONG_TEXT, Words("Komposisi", "Ingredients"), "making",
              Words("Urut dari yang terbanyak, seperti di label.", "The most first, as on the label.")),
        Field("packaging", kinds.TEXT, Words("Kemasan", "Packaging"), "making"),
        Field("pud", kinds.YES_NO, Words("Produk unggulan daerah (PUD)", "Local flagship product (PUD)"), "product",
              listed=True),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "product"),
        Field("import_id", kinds.REF, Words("Berkas impor", "Import"), "product"),
    ),
    sections=(("product", Words("Produk", "Product")), ("making", Words("Produksi", "Production"))),
    rules=(_capacity_is_whole, _only_food_spoils),
    kept_with=("business_id",),
)  # fmt: skip


def capacity_year(product: Row) -> int | None:
    """How much is made in a year, in its unit; None while capacity or period is not known."""
    times = PERIODS_A_YEAR.get(product.get("period") or "")
    return None if times is None or product.get("capacity") is None else product["capacity"] * times
