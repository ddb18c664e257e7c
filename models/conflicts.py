"""A conflict: the same fact changed in two places, both values kept until a person decides.

Declared like any record, so that it is stored, sent, hashed and settled by the same code: settling
is an ordinary edit of `state`. `kept` and `lost` hold `{field: value}` as JSON, because the fields
of a group (an address, a position) win or lose together; `unit` is the group or the single field,
or `deleted` when one side deleted the record and the other went on editing it.
"""

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

STATE = kinds.choice("conflict_state", [
    ("open", "Perlu diputuskan", "To be decided"), ("settled", "Sudah diputuskan", "Decided"),
])  # fmt: skip
CHOICE = kinds.choice("conflict_choice", [
    ("kept", "Nilai yang dipakai", "The value in use"), ("lost", "Nilai yang lain", "The other value"),
])  # fmt: skip

DELETED = "deleted"

CONFLICT = Entity(
    "conflict",
    Words("Perbedaan data", "Conflict"),
    Words("Perbedaan data", "Conflicts"),
    (
        Field("entity", kinds.TEXT, Words("Jenis data", "Sort of record"), required=True),
        Field("row_id", kinds.REF, Words("Data", "Record"), required=True),
        Field("unit", kinds.TEXT, Words("Isian", "Field"), required=True),
        Field("kept", kinds.LONG_TEXT, Words("Nilai yang dipakai", "Value in use"), private=True),
        Field("kept_by", kinds.REF, Words("Diisi oleh", "Entered by")),
        Field("kept_at", kinds.MOMENT, Words("Diisi pada", "Entered at")),
        Field("lost", kinds.LONG_TEXT, Words("Nilai yang lain", "Other value"), private=True),
        Field("lost_by", kinds.REF, Words("Diisi oleh", "Entered by")),
        Field("lost_at", kinds.MOMENT, Words("Diisi pada", "Entered at")),
        Field("state", STATE, Words("Keadaan", "State"), required=True),
        Field("choice", CHOICE, Words("Pilihan", "Choice")),
        Field("settled_by", kinds.REF, Words("Diputuskan oleh", "Decided by")),
    ),
    append_only=True,
)
