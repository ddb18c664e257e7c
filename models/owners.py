"""The owner of a business (pelaku usaha): identity, contact, and why the data may be kept."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.official_ids import nik_facts
from models.schema import Entity, Field, Problem, Row

SEX = kinds.choice("sex", [("L", "Laki-laki", "Male"), ("P", "Perempuan", "Female")],
                   {"laki": "L", "laki laki": "L", "lk": "L", "pria": "L", "pr": "P", "wanita": "P"})  # fmt: skip
NIK_ABSENT = kinds.choice("nik_absent", [
    ("none", "Belum punya", "Has none yet"),
    ("refused", "Tidak mau memberi", "Refused"),
    ("not_brought", "Tidak dibawa", "Not brought"),
])  # fmt: skip
EDUCATION = kinds.choice("education", [
    ("none", "Tidak sekolah", "None"), ("primary", "SD", "Primary"), ("junior", "SMP", "Junior high"),
    ("senior", "SMA/SMK", "Senior high"), ("diploma", "D1–D3", "Diploma"), ("bachelor", "S1 ke atas", "Bachelor or above"),
])  # fmt: skip
LEGAL_BASIS = kinds.choice("legal_basis", [
    ("public_task", "Tugas Dinas dan kelurahan (UU 27/2022 Ps 20)", "Public task (UU 27/2022 Art. 20)"),
    ("consent", "Persetujuan", "Consent"),
])  # fmt: skip
INFORMED = kinds.choice("informed", [
    ("signed", "Sudah, lembar ditandatangani", "Yes, sheet signed"),
    ("read_aloud", "Sudah dibacakan, cap jempol/saksi di lembar", "Yes, read aloud; thumb print or witness"),
    ("not_yet", "Belum — diberitahukan nanti", "Not yet — later"),
    ("refused", "Pemilik menolak", "Owner refuses"),
])  # fmt: skip
NPWP_DIGITS = 16


def _nik_agrees(row: Row, today: date) -> Iterable[Problem]:
    """A typed sex or birth date that differs from the NIK asks for a second look."""
    facts = nik_facts(str(row.get("nik") or ""), today)
    if facts is None:
        return
    if row.get("sex") and facts.sex != row["sex"]:
        yield Problem("warning", "nik_sex", Words(
            "Jenis kelamin berbeda dengan NIK. Cocokkan lagi dengan KTP.",
            "Sex differs from the NIK. Check the ID card."), "sex")  # fmt: skip
    if row.get("birth_date") and row["birth_date"] not in facts.birth_dates:
        yield Problem("warning", "nik_birth", Words(
            "Tanggal lahir berbeda dengan NIK. Cocokkan lagi dengan KTP.",
            "Birth date differs from the NIK. Check the ID card."), "birth_date")  # fmt: skip


def _family_card_differs(row: Row, _today: date) -> Iterable[Problem]:
    """The family card's number typed into both boxes is a common slip."""
    if row.get("nik") and row.get("family_card") == row["nik"]:
        yield Problem("error", "same_as_nik", Words(
            "No. KK sama dengan NIK. Salin No. KK dari bagian atas Kartu Keluarga.",
            "The family card number equals the NIK. Copy it from the top of the card."), "family_card")  # fmt: skip


def _npwp_is_the_nik(row: Row, _today: date) -> Iterable[Problem]:
    """A citizen's tax number of 16 digits is the NIK; the old one of 15, with a 0 before it, is not."""
    npwp = str(row.get("npwp") or "")
    if len(npwp) == NPWP_DIGITS and npwp[0] != "0" and row.get("nik") and npwp != row["nik"]:
        yield Problem("warning", "npwp_nik", Words(
            "NPWP 16 angka milik perorangan sama dengan NIK-nya. Cocokkan keduanya.",
            "A person's 16-digit tax number equals the NIK. Compare the two."), "npwp")  # fmt: skip


OWNER = Entity(
    "owner",
    Words("Pelaku usaha", "Owner"),
    Words("Pelaku usaha", "Owners"),
    (
        Field("name", kinds.NAME, Words("Nama lengkap", "Full name"), "identity",
              Words("Sesuai KTP, tanpa gelar.", "As on the ID card, no titles."),
              ("nama", "nama pemilik", "nama pelaku usaha", "nama pengusaha", "pemilik", "pelaku usaha", "owner"),
              required=True, private=True, listed=True, searched=True, match=True),
        Field("title_before", kinds.TEXT, Words("Gelar di depan", "Title before"), "identity"),
        Field("title_after", kinds.TEXT, Words("Gelar di belakang", "Title after"), "identity"),
        Field("nik", kinds.NIK, Words("NIK", "NIK"), "identity",
              Words("16 angka di KTP. Boleh menyusul.", "16 digits on the ID card. May follow later."),
              ("nik", "no ktp", "nomor ktp", "ktp", "no nik", "nomor nik", "no nik ktp", "nik ktp"),
              wanted=True, private=True, searched=True, match=True, merge="server"),
        Field("nik_absent", NIK_ABSENT, Words("Alasan tanpa NIK", "Why there is no NIK"), "identity"),
        Field("family_card", kinds.KK, Words("No. KK", "Family card no."), "identity",
              headings=("kk", "no kk", "nomor kk", "kartu keluarga"), private=True),
        Field("sex", SEX, Words("Jenis kelamin", "Sex"), "identity",
              headings=("jk", "l/p", "lp", "kelamin", "jns kelamin", "gender"), wanted=True),
        Field("birth_place", kinds.TEXT, Words("Tempat lahir", "Place of birth"), "identity", headings=("tmp lahir",),
              private=True),
        Field("birth_date", kinds.BIRTH_DATE, Words("Tanggal lahir", "Date of birth"), "identity",
              headings=("tgl lahir", "tgl. lahir", "lahir"), wanted=True, private=True, match=True),
        Field("education", EDUCATION, Words("Pendidikan", "Education"), "identity", headings=("pendidikan terakhir",)),
        Field("phone", kinds.PHONE, Words("No. HP / WhatsApp", "Phone / WhatsApp"), "contact",
              Words("Mulai dengan 08. Bila tidak punya, pakai nomor keluarga.",
                    "Starts with 08. If none, use a relative's number."),
              ("hp", "no hp", "nomor hp", "hp/wa", "no hp/wa", "telepon", "telp", "no telp", "no telepon", "no telp/hp",
               "nomor telepon", "wa", "no wa", "whatsapp", "kontak", "handphone"),
              wanted=True, private=True, listed=True, searched=True, match=True),
        Field("email", kinds.EMAIL, Words("Surel", "E-mail"), "contact", headings=("email", "e-mail", "surat elektronik"), private=True),
        Field("address", kinds.TEXT, Words("Alamat", "Address"), "address",
              Words("Patokan yang mudah dicari.", "A landmark that is easy to find."),
              private=True, group="address"),
        Field("rt", kinds.RT_RW, Words("RT", "RT"), "address", group="address"),
        Field("rw", kinds.RT_RW, Words("RW", "RW"), "address", group="address"),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), "address",
              Words('Ketik 3 huruf, mis. "pat".', 'Type 3 letters, e.g. "pat".'),
              required=True, listed=True, group="address"),
        Field("postal_code", kinds.POSTAL_CODE, Words("Kode pos", "Postal code"), "address", group="address"),
        Field("npwp", kinds.NPWP, Words("NPWP", "Tax number"), "identity", headings=("no npwp",), private=True),
        Field("pkk_cadre", kinds.YES_NO, Words("Kader PKK", "PKK cadre"), "identity"),
        Field("new_entrepreneur", kinds.YES_NO, Words("Wirausaha baru", "New entrepreneur"), "identity"),
        Field("welfare", kinds.YES_NO, Words("Keluarga penerima bantuan sosial", "Household on social assistance"), "identity",
              Words("Hanya bila ia sendiri yang menyebutnya.", "Only when they say so themselves."), private=True, special=True),
        Field("disabled", kinds.YES_NO, Words("Penyandang disabilitas", "Person with a disability"), "identity",
              Words("Hanya bila ia sendiri yang menyebutnya.", "Only when they say so themselves."), private=True, special=True),
        Field("legal_basis", LEGAL_BASIS, Words("Dasar pencatatan", "Legal basis"), "notification", merge="server"),
        Field("informed", INFORMED, Words("Pemberitahuan", "Notification"), "notification",
              required=True, merge="server"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note"), "note", private=True),
        Field("import_id", kinds.REF, Words("Berkas impor", "Import"), "note"),
    ),
    sections=(
        ("identity", Words("Pemilik", "Owner")),
        ("contact", Words("Kontak", "Contact")),
        ("address", Words("Alamat", "Address")),
        ("notification", Words("Pemberitahuan", "Notification")),
        ("note", Words("Catatan", "Note")),
    ),
    rules=(_nik_agrees, _family_card_differs, _npwp_is_the_nik),
)  # fmt: skip
