"""What was decided about who is who: two owners are different people, or were merged; and what owners ask for.

All three are records like any other, so that they hold on every laptop.
"""

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

REQUEST_KIND = kinds.choice("request_kind", [
    ("access", "Minta salinan data", "Copy of the data"), ("correct", "Minta pembetulan", "Correction"),
    ("erase", "Minta penghapusan", "Erasure"), ("withdraw", "Menarik persetujuan", "Withdrawal of consent"),
    ("restrict", "Membatasi pemakaian", "Restriction"), ("object", "Keberatan", "Objection"),
])  # fmt: skip
REQUEST_STATE = kinds.choice("request_state", [
    ("open", "Menunggu", "Waiting"), ("done", "Dipenuhi", "Done"), ("refused", "Ditolak", "Refused"),
])  # fmt: skip

DISTINCT_PAIR = Entity(
    "distinct_pair",
    Words("Orang berbeda", "Different people"),
    Words("Orang berbeda", "Different people"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("other_id", kinds.REF, Words("Pelaku usaha lain", "Other owner"), required=True),
        Field("decided_on", kinds.DATE, Words("Diputuskan pada", "Decided on"), required=True),
        Field("decided_by", kinds.NAME, Words("Diputuskan oleh", "Decided by")),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
)

OWNER_MERGE = Entity(
    "owner_merge",
    Words("Penggabungan pemilik", "Merge of owners"),
    Words("Penggabungan pemilik", "Merges of owners"),
    (
        Field("owner_id", kinds.REF, Words("Data yang dipakai", "Record in use"), required=True),
        Field("gone_id", kinds.REF, Words("Data yang digabungkan", "Record merged into it"), required=True),
        Field("merged_at", kinds.MOMENT, Words("Digabungkan pada", "Merged at"), required=True),
        Field("merged_by", kinds.NAME, Words("Digabungkan oleh", "Merged by")),
        Field("before", kinds.LONG_TEXT, Words("Isian sebelum digabung", "Fields before"), private=True),
        Field("after", kinds.LONG_TEXT, Words("Isian sesudah digabung", "Fields after"), private=True),
        Field(
            "gone",
            kinds.LONG_TEXT,
            Words("Data yang digabungkan, seluruhnya", "The record merged, whole"),
            private=True,
        ),
        Field("moved", kinds.LONG_TEXT, Words("Data yang ikut pindah", "Records that moved along")),
        Field("undone_at", kinds.MOMENT, Words("Dipisahkan pada", "Separated at")),
    ),
)

SUBJECT_REQUEST = Entity(
    "subject_request",
    Words("Permintaan pemilik data", "Request of a person"),
    Words("Permintaan pemilik data", "Requests of persons"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("kind", REQUEST_KIND, Words("Yang diminta", "What is asked"), required=True, listed=True),
        Field("asked_at", kinds.MOMENT, Words("Diminta pada", "Asked at"), required=True),
        Field(
            "due_at",
            kinds.MOMENT,
            Words("Dijawab sebelum", "To be answered before"),
            "",
            Words("3 × 24 jam sesudah diminta.", "3 × 24 hours after it was asked."),
        ),
        Field("state", REQUEST_STATE, Words("Keadaan", "State"), required=True, listed=True),
        Field("answered_at", kinds.MOMENT, Words("Dijawab pada", "Answered at")),
        Field("answer", kinds.TEXT, Words("Jawaban", "Answer"), listed=True),
    ),
)
