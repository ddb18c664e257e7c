"""A block of numbers that the server reserved for one laptop; read-only there, like the staff directory.

It stands in the scope whose numbers it holds, so whoever may write there receives it, and the numbers of a scope
are given out in one place. Each month begins at the first number of the block again.
"""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

SERIES = kinds.choice("number_series", [
    ("session", "Sesi", "Sessions"), ("case", "Fasilitasi", "Facilitations"), ("letter", "Surat", "Letters"),
])  # fmt: skip


# How many numbers of a month one laptop gets of a scope. Mass runs give a number to every paper.
SIZES = {"session": 200, "case": 200, "letter": 500}


def place(series: str, first: int) -> int:
    """Which block of its series one is, counted from 0; no two laptops of a scope have the same."""
    return (first - 1) // SIZES[series]


def _first_before_last(row: Row, _today: date) -> Iterable[Problem]:
    if None not in (row.get("first"), row.get("last")) and row["first"] > row["last"]:
        yield Problem("error", "order", Words(
            "Nomor akhir lebih kecil dari nomor awal.", "The last number is smaller than the first."), "last")  # fmt: skip


NUMBER_BLOCK = Entity(
    "number_block",
    Words("Blok nomor", "Number block"),
    Words("Blok nomor", "Number blocks"),
    (
        Field("series", SERIES, Words("Untuk", "For"), required=True, listed=True),
        Field("region", kinds.TEXT, Words("Kode wilayah", "Region code"), required=True, listed=True,
              help=Words("Wilayah yang tertulis di nomornya.", "The region that the number names.")),
        Field("device", kinds.REF, Words("Laptop", "Laptop"), required=True, listed=True),
        Field("first", kinds.COUNT, Words("Nomor awal", "First number"), required=True, listed=True),
        Field("last", kinds.COUNT, Words("Nomor akhir", "Last number"), required=True, listed=True),
        Field("reserved_on", kinds.DATE, Words("Disediakan pada", "Reserved on")),
    ),
    rules=(_first_before_last,),
    kept_with=(),
)  # fmt: skip
