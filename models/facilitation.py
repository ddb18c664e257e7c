"""A facilitation (fasilitasi): one service for one owner, from the first document to its outcome.

`MOVES` is the whole state machine. Where a case stands is its `state`, or when that is `closed` its
`outcome`. Every step leaves a `facilitation_step`: from where, to where, when and by whom.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row
from models.services import SERVICE

STATE = kinds.choice("facilitation_state", [
    ("documents", "Dokumen", "Documents"), ("ready", "Siap diajukan", "Ready to submit"),
    ("submitted", "Diajukan", "Submitted"), ("in_process", "Diproses", "In process"), ("closed", "Selesai", "Closed"),
])  # fmt: skip
OUTCOME = kinds.choice("facilitation_outcome", [
    ("issued", "Terbit", "Issued"), ("refused", "Ditolak", "Refused"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
PLACE = kinds.choice("facilitation_place", [
    (o.code, o.words.id, o.words.en) for o in (*STATE.options, *OUTCOME.options) if o.code != "closed"
])  # fmt: skip
ITEM_STATE = kinds.choice("item_state", [
    ("missing", "Belum", "Missing"), ("brought", "Ada", "Brought"), ("later", "Menyusul", "To follow"),
    ("waived", "Tidak perlu", "Not needed"),
], {"tidak": "missing"})  # fmt: skip
REFERRAL_STATE = kinds.choice("referral_state", [
    ("sent", "Menunggu jawaban", "Waiting for an answer"), ("accepted", "Diterima", "Accepted"),
    ("declined", "Ditolak", "Declined"), ("withdrawn", "Ditarik", "Withdrawn"),
])  # fmt: skip

OUTCOMES = tuple(o.code for o in OUTCOME.options)
# Where a case stands -> where it may go. Before it was handed in, an office can refuse nothing.
MOVES: dict[str, tuple[str, ...]] = {
    "documents": ("ready", "cancelled"),
    "ready": ("documents", "submitted", "cancelled"),
    "submitted": ("ready", "documents", "in_process", "issued", "refused", "cancelled"),
    "in_process": ("documents", "submitted", "issued", "refused", "cancelled"),
    "issued": (),  # what is wrong with a permit is mended in the permit
    "refused": ("documents",),
    "cancelled": ("documents",),
}
# What must be known to get there.
NEEDS: dict[str, tuple[str, ...]] = {
    "submitted": ("submitted_on",),
    "issued": ("closed_on",),
    "refused": ("closed_on", "reason"),
    "cancelled": ("closed_on", "reason"),
}
# The board: its columns, and the states that stand in each.
COLUMNS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "documents": (Words("Menunggu dokumen", "Waiting for documents"), ("documents",)),
    "ready": (Words("Siap diajukan", "Ready to submit"), ("ready",)),
    "running": (Words("Sedang diproses", "In process"), ("submitted", "in_process")),
    "closed": (Words("Selesai", "Done"), ("closed",)),
}
SETTLED = ("brought", "waived")  # a document that nobody waits for any more


def place_of(case: Mapping[str, Any]) -> str:
    """Where a case stands: a key of `MOVES`."""
    return case.get("outcome") or "cancelled" if case.get("state") == "closed" else case.get("state") or "documents"


def complete(items: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every mandatory document is there."""
    return all(item.get("state") in SETTLED for item in items if item.get("mandatory"))


def progress(items: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """How many of the mandatory documents are there, and how many there are: `7/10`."""
    asked = [item for item in items if item.get("mandatory") and item.get("state") != "waived"]
    return sum(item["state"] == "brought" for item in asked), len(asked)


def _closed_has_an_outcome(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("state") == "closed" and not row.get("outcome"):
        yield Problem("error", "missing", Words(
            "Pilih Terbit, Ditolak, atau Batal.", "Choose Issued, Refused or Cancelled."), "outcome")  # fmt: skip
    if row.get("outcome") and row.get("state") != "closed":
        yield Problem("error", "outcome", Words(
            "Hanya fasilitasi yang selesai punya hasil.", "Only a closed case has an outcome."), "outcome")  # fmt: skip


def _needs_are_met(row: Row, _today: date) -> Iterable[Problem]:
    yield from lacking(row, place_of(row))


def lacking(case: Mapping[str, Any], place: str) -> list[Problem]:
    """What must still be entered for a case to stand there."""
    return [Problem("error", "missing", _LACKING[name], name) for name in NEEDS.get(place, ()) if not case.get(name)]


_LACKING = {
    "submitted_on": Words("Tulis tanggal pengajuannya.", "Enter the day of submission."),
    "closed_on": Words("Tulis tanggalnya.", "Enter the day."),
    "reason": Words("Tulis alasannya.", "Enter the reason."),
    "result_number": Words("Tulis nomor yang terbit.", "Enter the number that was issued."),
}
NO_NUMBER = Problem("error", "missing", _LACKING["result_number"], "result_number")

FACILITATION = Entity(
    "facilitation",
    Words("Fasilitasi", "Facilitation"),
    Words("Fasilitasi", "Facilitations"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("product_id", kinds.REF, Words("Produk", "Product")),
        Field("organisation_id", kinds.REF, Words("Koperasi / kelompok", "Cooperative or group")),
        Field("consultation_id", kinds.REF, Words("Sesi", "Session")),
        Field("event_id", kinds.REF, Words("Kegiatan", "Event")),
        Field("number", kinds.TEXT, Words("Nomor fasilitasi", "Case number"), listed=True),
        Field("service", SERVICE, Words("Layanan", "Service"), required=True, listed=True),
        Field("opened_on", kinds.DATE, Words("Dibuka", "Opened"), required=True, listed=True),
        Field("due", kinds.DUE_DATE, Words("Tenggat", "Due"), listed=True),
        Field("check_on", kinds.DUE_DATE, Words("Cek lagi pada", "Check on")),
        Field("amount", kinds.MONEY, Words("Nilai yang diajukan", "Amount asked for"), private=True, special=True),
        Field("staff_id", kinds.REF, Words("Petugas", "Staff"), group="responsible"),
        Field("staff_name", kinds.NAME, Words("Nama petugas", "Staff name"), group="responsible"),
        Field("office", kinds.TEXT, Words("Ditangani oleh", "Handled by"), group="responsible"),
        Field("state", STATE, Words("Tahap", "State"), required=True, listed=True, group="state"),
        Field("submitted_on", kinds.DATE, Words("Diajukan pada", "Submitted on"), group="state"),
        Field("application", kinds.TEXT, Words("Nomor permohonan", "Application number"), group="state"),
        Field("outcome", OUTCOME, Words("Hasil", "Outcome"), listed=True, group="state"),
        Field("closed_on", kinds.DATE, Words("Selesai pada", "Closed on"), listed=True, group="state"),
        Field("result_number", kinds.TEXT, Words("Nomor yang terbit", "Number issued"), group="state"),
        Field("reason", kinds.TEXT, Words("Alasan", "Reason"), group="state"),
        Field("permit_id", kinds.REF, Words("Legalitas", "Permit"), group="state"),
        Field("note", kinds.LONG_TEXT, Words("Catatan", "Note")),
    ),
    rules=(_closed_has_an_outcome, _needs_are_met),
)  # fmt: skip

FACILITATION_STEP = Entity(
    "facilitation_step",
    Words("Langkah fasilitasi", "Step of a facilitation"),
    Words("Langkah fasilitasi", "Steps of facilitations"),
    (
        Field("facilitation_id", kinds.REF, Words("Fasilitasi", "Facilitation"), required=True),
        Field("from_place", PLACE, Words("Dari tahap", "From")),
        Field("to_place", PLACE, Words("Ke tahap", "To"), required=True, listed=True),
        Field("at", kinds.MOMENT, Words("Waktu", "Time"), required=True, listed=True),
        Field("by", kinds.NAME, Words("Oleh", "By"), listed=True),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    append_only=True,
    kept_with=("facilitation_id",),
)

CHECKLIST_ITEM = Entity(
    "checklist_item",
    Words("Dokumen fasilitasi", "Document of a facilitation"),
    Words("Dokumen fasilitasi", "Documents of facilitations"),
    (
        Field("facilitation_id", kinds.REF, Words("Fasilitasi", "Facilitation"), required=True),
        Field("key", kinds.TEXT, Words("Kode butir", "Code of the item"),
              help=Words("Layanan dan nomor butir; kosong bila ditambahkan petugas.",
                         "Service and number; empty when added by staff.")),
        Field("title", kinds.TEXT, Words("Dokumen", "Document"), required=True, listed=True),
        Field("number", kinds.COUNT, Words("Urutan", "Order")),
        Field("mandatory", kinds.YES_NO, Words("Wajib", "Mandatory"), listed=True),
        Field("after_issue", kinds.YES_NO, Words("Setelah terbit", "After issue")),
        Field("state", ITEM_STATE, Words("Keadaan dokumen", "State of the document"), required=True, listed=True,
              group="state"),
        Field("brought_on", kinds.DATE, Words("Diterima pada", "Received on"), group="state"),
        Field("note", kinds.TEXT, Words("Catatan", "Note")),
    ),
    kept_with=("facilitation_id",),
)  # fmt: skip

REFERRAL = Entity(
    "referral",
    Words("Rujukan", "Referral"),
    Words("Rujukan", "Referrals"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("facilitation_id", kinds.REF, Words("Fasilitasi", "Facilitation")),
        Field("consultation_id", kinds.REF, Words("Sesi", "Session")),
        Field("service", SERVICE, Words("Layanan", "Service"), listed=True),
        Field("office", kinds.TEXT, Words("Kantor tujuan", "Office"),
              help=Words("Mis. Dinkes, DPMPTSP, BPJPH, bank, notaris.", "E.g. health office, DPMPTSP, BPJPH, bank, notary."),
              required=True, listed=True),
        Field("reason", kinds.TEXT, Words("Alasan dirujuk", "Why referred"), required=True),
        Field("sent_on", kinds.DATE, Words("Dirujuk pada", "Referred on"), required=True, listed=True),
        Field("sent_by", kinds.NAME, Words("Dirujuk oleh", "Referred by")),
        Field("state", REFERRAL_STATE, Words("Jawaban", "Answer"), required=True, listed=True, group="answer"),
        Field("answered_on", kinds.DATE, Words("Dijawab pada", "Answered on"), group="answer"),
        Field("answered_by", kinds.NAME, Words("Dijawab oleh", "Answered by"), group="answer"),
        Field("answer", kinds.TEXT, Words("Alasan jawaban", "Reason of the answer"), group="answer"),
    ),
)  # fmt: skip
