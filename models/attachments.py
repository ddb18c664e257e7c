"""Photos and documents: a record for each, which names its file by SHA-256. The files lie elsewhere.

A record travels like any other; its file follows later and slowly (`sync/files.py`), so a record may
stand here before its file does. What may be a file is decided in `models/pictures.py`, where it lies
in `models/blob_files.py`, what happens to it in `models/attaching.py`.
"""

import re

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field

LARGEST = 5 << 20  # bytes of a file, after pictures were made smaller
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}

_SHA256 = re.compile(r"[0-9a-f]{64}")

SORT = kinds.choice("attachment_sort", [
    ("photo", "Foto", "Photo"), ("permit", "Surat izin", "Permit"),
    ("form", "Formulir bertanda tangan", "Signed form"), ("other", "Lainnya", "Other"),
])  # fmt: skip
MIME = kinds.choice("mime", [
    ("image/jpeg", "Gambar JPEG", "JPEG picture"), ("image/png", "Gambar PNG", "PNG picture"),
    ("application/pdf", "PDF", "PDF"),
])  # fmt: skip

ATTACHMENT = Entity(
    "attachment",
    Words("Berkas", "File"),
    Words("Foto & berkas", "Photos & files"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("consultation_id", kinds.REF, Words("Sesi", "Session")),
        Field("facilitation_id", kinds.REF, Words("Fasilitasi", "Case")),
        Field("sort", SORT, Words("Jenis", "Sort"), required=True, listed=True),
        Field("name", kinds.TEXT, Words("Nama berkas", "File name"), required=True, private=True),
        Field("sha256", kinds.TEXT, Words("Sidik SHA-256", "SHA-256"), required=True),
        Field("size", kinds.COUNT, Words("Ukuran (byte)", "Size (bytes)"), required=True),
        Field("mime", MIME, Words("Jenis berkas", "File type"), required=True),
        Field("thumb", kinds.LONG_TEXT, Words("Gambar kecil", "Thumbnail"), private=True),  # JPEG, base64
        Field("taken_at", kinds.MOMENT, Words("Diambil pada", "Taken at")),
    ),
    kept_with=("business_id", "owner_id", "facilitation_id", "consultation_id"),
)


def is_sha256(text: str) -> bool:
    """Whether this names a file as it is written everywhere here: 64 small hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None
