"""What the owner was told and allowed: one record for each time the sheet was gone through."""

from models import kinds
from models.i18n import Words
from models.owners import INFORMED
from models.schema import Entity, Field

ANSWER = kinds.choice("consent_answer", [("yes", "Setuju", "Agrees"), ("no", "Tidak", "Does not agree")])

PURPOSES = ("filing", "photo", "sharing")

CONSENT = Entity(
    "consent",
    Words("Pemberitahuan", "Notification"),
    Words("Pemberitahuan", "Notifications"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("informed", INFORMED, Words("Pemberitahuan", "Notification"), required=True, listed=True),
        Field("text_version", kinds.TEXT, Words("Versi teks", "Text version")),
        Field("given_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("witness", kinds.NAME, Words("Saksi", "Witness"), private=True),
        Field("filing", ANSWER, Words("Mengurus izin atas nama pemilik", "Filing on the owner's behalf")),
        Field("photo", ANSWER, Words("Foto dan promosi", "Photo and publication")),
        Field("sharing", ANSWER, Words("Berbagi dengan bank atau mitra", "Sharing with bank or partner")),
        Field("withdrawn_on", kinds.DATE, Words("Ditarik pada", "Withdrawn on")),
    ),
)
