"""What the owner was told and allowed: one record for each time the sheet was gone through."""

from dataclasses import dataclass

from models import kinds
from models.i18n import Words
from models.owners import INFORMED
from models.schema import Entity, Field

ANSWER = kinds.choice("consent_answer", [("yes", "Setuju", "Agrees"), ("no", "Tidak", "Does not agree")])

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


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The words an owner hears before answering. The consent record keeps `version`.

    A change of wording is a new version, so that it can be shown what somebody once heard.
    `{call}` and `{you}` are filled by how the owner is addressed.
    """

    version: str
    read_aloud: Words
    purposes: dict[str, Words]  # the field of CONSENT: what it covers
    no_harm: Words


NOTICE = NoticeText(
    "F-02/1",
    Words(
        "“{call}, data usaha {you} dicatat Dinas untuk pendampingan: supaya kami ingat yang sudah dibicarakan dan "
        "bisa mengundang {you}. NIK disamarkan. {you} boleh melihat dan membetulkan kapan saja.”",
        "“{call}, the Dinas records your business in order to assist you: so that we remember what was discussed and "
        "can invite you. Your NIK is masked. You may see and correct your data at any time.”",
    ),
    {
        "filing": Words(
            "Mengisi permohonan di OSS, BPJPH, DJKI yang ia minta.",
            "Filling in the applications at OSS, BPJPH, DJKI that they ask for.",
        ),
        "photo": Words("Tanpa NIK dan alamat.", "Without NIK and address."),
        "sharing": Words("Hanya yang ia pilih.", "Only those they choose."),
    },
    Words(
        "Menolak tujuan 3–4 tidak mengurangi layanan. Tanpa tujuan 2, izin Anda urus sendiri; kami tetap mendampingi.",
        "Refusing purposes 3–4 reduces no service. Without purpose 2 you apply for permits yourself; "
        "we still assist you.",
    ),
)

PURPOSES = tuple(NOTICE.purposes)

ADDRESS = {
    "P": (Words("Bu", "Madam"), Words("Ibu", "you")),
    "L": (Words("Pak", "Sir"), Words("Bapak", "you")),
}
ADDRESS_UNKNOWN = (Words("Bapak/Ibu", "Sir or Madam"), Words("Bapak/Ibu", "you"))


def read_aloud(sex: str | None) -> Words:
    """The sentence to read aloud, addressed to a woman, a man, or either."""
    call, you = ADDRESS.get(sex or "", ADDRESS_UNKNOWN)
    return NOTICE.read_aloud.fill(call=call, you=you)
