"""A closed period: its figures as they stood at the cut-off, never changed by what is entered later.

`figures` is the report as JSON (`models/closing.py`), `members` a sketch of what was counted, by which a
later look tells which records came and went.
"""

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

PERIOD_KIND = kinds.choice("report_kind", [("month", "Bulan", "Month"), ("year", "Tahun", "Year")])

CLOSED_REPORT = Entity(
    "closed_report",
    Words("Laporan yang ditutup", "Closed report"),
    Words("Laporan yang ditutup", "Closed reports"),
    (
        Field("kind", PERIOD_KIND, Words("Periode", "Period"), required=True, listed=True),
        Field("first", kinds.DAY, Words("Hari pertama", "First day"), required=True, listed=True),
        Field("area", kinds.TEXT, Words("Kode wilayah", "Region code"), required=True, listed=True),
        Field("cut_off", kinds.MOMENT, Words("Ditutup pada", "Cut-off"), required=True, listed=True),
        Field("closed_by", kinds.NAME, Words("Ditutup oleh", "Closed by"), listed=True),
        Field("unsent", kinds.COUNT, Words("Data belum terkirim", "Records not yet sent"),
              help=Words("Data di laptop yang menutup laporan ini, yang belum ada di server.",
                         "Records of the closing laptop that the server did not have.")),
        Field("laptops", kinds.COUNT, Words("Laptop belum sinkron", "Laptops not yet synced"),
              help=Words("Laptop wilayah ini yang belum terhubung sejak hari terakhir periode; kosong: tidak diketahui.",
                         "Laptops of this area not heard since the last day of the period; empty: not known.")),
        Field("definitions", kinds.TEXT, Words("Versi arti angka", "Version of the definitions"), required=True),
        Field("figures", kinds.LONG_TEXT, Words("Angka", "Figures"), required=True),
        Field("members", kinds.LONG_TEXT, Words("Sidik data yang dihitung", "Sketch of what was counted")),
    ),
    append_only=True,  # what was closed stays
    kept_with=(),
)  # fmt: skip
