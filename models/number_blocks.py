"""A block of numbers that the Dinas reserved for one laptop; read-only there, like the staff directory."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

SERIES = kinds.choice("number_series", [
    ("session", "Sesi", "Sessions"), ("case", "Fasilitasi", "Facilitations"), ("letter", "Surat", "Letters"),
])  # fmt: skip


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
    scope_digits=4,
)  # fmt: skip
