"""Staff: who works where, in which role. Kept in the kabupaten's scope, read-only on laptops."""

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

ROLE = kinds.choice("role", [
    ("admin", "Admin", "Administrator"), ("dinas", "Dinas", "Dinas"), ("kecamatan", "Kecamatan", "Kecamatan"),
    ("kasie", "Kasie", "Kasie"), ("consultant", "Konsultan", "Consultant"), ("viewer", "Pembaca", "Viewer"),
])  # fmt: skip

STAFF = Entity(
    "staff",
    Words("Petugas", "Staff"),
    Words("Petugas", "Staff"),
    (
        Field("name", kinds.NAME, Words("Nama", "Name"), required=True, listed=True, searched=True),
        Field("nip", kinds.NIP, Words("NIP", "Staff number"), private=True),
        Field("position", kinds.TEXT, Words("Jabatan", "Position"), listed=True),
        Field("role", ROLE, Words("Peran", "Role"), required=True, listed=True),
        Field("office", kinds.TEXT, Words("Kantor", "Office"), listed=True),
        Field("region", kinds.REGION, Words("Wilayah", "Region"), listed=True),
        Field("office_phone", kinds.PHONE, Words("WhatsApp kantor", "Office WhatsApp")),
    ),
)
