"""Programmes (tools, grants, training, certificates) with a quota and rules, and who received what.

A programme is made by the Dinas for the whole kabupaten and is read-only in the villages, which propose.
An `aid_grant` without a programme is aid of the past or of somebody else: it belongs to the aid history
all the same, so that nobody is served twice and nobody forgotten.
"""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.conditions import CONDITIONS
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

AID_KIND = kinds.choice("aid_kind", [
    ("tool", "Alat", "Tool"), ("grant", "Hibah uang", "Grant"), ("material", "Bahan", "Material"),
    ("training", "Pelatihan", "Training"), ("certificate", "Sertifikat / izin", "Certificate or permit"),
    ("letter", "Surat pendampingan", "Letter of support"), ("other", "Lainnya", "Other"),
])  # fmt: skip
PROGRAM_STATE = kinds.choice("program_state", [
    ("open", "Dibuka", "Open"), ("closed", "Ditutup", "Closed"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
GRANT_STATE = kinds.choice("grant_state", [
    ("proposed", "Diusulkan", "Proposed"), ("approved", "Disetujui", "Approved"),
    ("handed_over", "Diserahkan", "Handed over"), ("used", "Terpakai", "In use"),
    ("left_out", "Dikeluarkan", "Left out"), ("refused", "Ditolak", "Refused"),
])  # fmt: skip
RECEIVED = ("handed_over", "used")
ALIVE = ("proposed", "approved", *RECEIVED)
GAP_YEARS = 3  # a second tool within these years needs a written reason, unless the programme says otherwise


def _closes_after_it_opens(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("starts_on") and row.get("ends_on") and row["ends_on"] < row["starts_on"]:
        yield Problem("error", "ends_on", Words(
            "Program berakhir sebelum mulai. Periksa kedua tanggal.",
            "The programme ends before it starts. Check both dates."), "ends_on")  # fmt: skip


PROGRAM = Entity(
    "program",
    Words("Program", "Programme"),
    Words("Program", "Programmes"),
    (
        Field("name", kinds.NAME, Words("Nama program", "Programme"), headings=("program",), required=True, listed=True,
              searched=True),
        Field("kind", AID_KIND, Words("Jenis bantuan", "Kind of aid"), required=True, listed=True),
        Field("organiser", kinds.TEXT, Words("Penyelenggara", "Organiser"), listed=True),
        Field("funding", kinds.TEXT, Words("Sumber dana", "Funding")),
        Field("starts_on", kinds.DAY, Words("Mulai", "Starts on"), required=True, listed=True, group="term"),
        Field("ends_on", kinds.DAY, Words("Sampai", "Until"), listed=True, group="term"),
        Field("target", kinds.COUNT, Words("Sasaran", "Target"), listed=True),
        Field("quota", kinds.COUNT, Words("Kuota", "Quota"), "",
              Words("Kosong: tanpa kuota.", "Empty: no quota."), listed=True),
        Field("rules", CONDITIONS, Words("Syarat", "Rules"), "",
              Words("Satu syarat sebaris, mis. “business.nib filled”.", "One condition a line, e.g. “business.nib filled”.")),
        Field("gap_years", kinds.COUNT, Words("Jarak bantuan alat (tahun)", "Years between two tools")),
        Field("handover_paper", kinds.YES_NO, Words("Berita acara serah terima wajib", "Handover minutes are needed")),
        Field("state", PROGRAM_STATE, Words("Keadaan", "State"), required=True, listed=True),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    rules=(_closes_after_it_opens,),
    kept_with=(),
    scope_digits=4,
)  # fmt: skip


def _left_out_with_a_reason(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("state") in ("left_out", "refused") and not row.get("left_out_because"):
        yield Problem("error", "left_out_because", Words(
            "Tulis satu alasan mengapa calon ini dikeluarkan.",
            "Write one reason why this candidate is left out."), "left_out_because")  # fmt: skip


def _handed_over_on_a_day(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("state") in RECEIVED and not row.get("handed_on"):
        yield Problem("error", "handed_on", Words(
            "Tulis tanggal penyerahan.", "Write the day it was handed over."), "handed_on")  # fmt: skip


AID_GRANT = Entity(
    "aid_grant",
    Words("Bantuan", "Aid"),
    Words("Riwayat bantuan", "Aid history"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("program_id", kinds.REF, Words("Program", "Programme")),
        Field("program_name", kinds.NAME, Words("Nama program", "Name of the programme"), listed=True),
        Field("kind", AID_KIND, Words("Jenis bantuan", "Kind of aid"), required=True, listed=True),
        Field("what", kinds.TEXT, Words("Apa", "What"), headings=("alat", "bantuan", "kebutuhan"), listed=True, searched=True),
        Field("value", kinds.MONEY, Words("Nilai", "Value"), listed=True),
        Field("state", GRANT_STATE, Words("Keadaan", "State"), required=True, listed=True, group="state"),
        Field("proposed_on", kinds.DATE, Words("Diusulkan pada", "Proposed on")),
        Field("reason", kinds.LONG_TEXT, Words("Alasan tertulis", "Written reason"), "",
              Words("Wajib untuk alat kedua dalam 3 tahun.", "Needed for a second tool within 3 years.")),
        Field("approved_on", kinds.DATE, Words("Disetujui Dinas pada", "Approved by the Dinas on"), group="state"),
        Field("approved_by", kinds.NAME, Words("Disetujui oleh", "Approved by"), group="state"),
        Field("handed_on", kinds.DATE, Words("Diserahkan pada", "Handed over on"), listed=True, group="state"),
        Field("minutes", kinds.TEXT, Words("Nomor berita acara", "Number of the minutes"), group="state"),
        Field("used_on", kinds.DATE, Words("Dicek terpakai pada", "Seen in use on"), group="state"),
        Field("left_out_because", kinds.TEXT, Words("Alasan dikeluarkan", "Why left out"), group="state"),
    ),
    rules=(_left_out_with_a_reason, _handed_over_on_a_day),
)  # fmt: skip
