"""Handing over open work (serah terima) when staff change: who, to whom, what, on which signed list."""

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

HANDOVER_REASON = kinds.choice("handover_reason", [
    ("moved", "Mutasi", "Transfer"), ("retired", "Pensiun", "Retirement"), ("leave", "Cuti", "Leave"),
    ("stopped", "Berhenti", "Left"), ("other", "Lainnya", "Other"),
])  # fmt: skip

HANDOVER = Entity(
    "handover",
    Words("Serah terima", "Handover"),
    Words("Serah terima", "Handovers"),
    (
        Field("from_id", kinds.TEXT, Words("Petugas lama", "From (staff id)"), required=True),
        Field("from_name", kinds.NAME, Words("Nama petugas lama", "From"), required=True, listed=True),
        Field("to_id", kinds.TEXT, Words("Petugas baru", "To (staff id)"), required=True),
        Field("to_name", kinds.NAME, Words("Nama petugas baru", "To"), required=True, listed=True),
        Field("handed_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("reason", HANDOVER_REASON, Words("Alasan", "Reason"), listed=True),
        Field("number", kinds.TEXT, Words("Nomor berita acara", "Number of the minutes"), listed=True),
        Field("signed_on", kinds.DATE, Words("Ditandatangani pada", "Signed on"), listed=True),
        Field(
            "items",
            kinds.LONG_TEXT,
            Words("Daftar pekerjaan", "List of work"),
            "",
            Words("Satu pekerjaan sebaris: jenis dan id data.", "One piece of work a line: sort and id of the record."),
        ),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    kept_with=(),
)
