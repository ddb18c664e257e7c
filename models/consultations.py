"""A consultation session (sesi konsultasi) and the follow-up it leaves behind."""

from collections.abc import Iterable
from datetime import date

from models import kinds
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row

TOPICS = kinds.choices("topics", [
    ("nib", "NIB", "NIB"), ("pirt", "P-IRT", "P-IRT"), ("halal", "Halal", "Halal"),
    ("brand", "Merek", "Trademark"), ("packaging", "Kemasan", "Packaging"),
    ("financing", "Pembiayaan", "Financing"), ("cooperative", "Koperasi", "Cooperative"),
    ("partnership", "Kemitraan", "Partnership"), ("marketing", "Pemasaran", "Marketing"),
    ("other", "Lainnya", "Other"),
])  # fmt: skip
PLACE = kinds.choice("session_place", [
    ("office", "Kantor", "Office"), ("visit", "Kunjungan", "Visit"), ("phone", "Telepon/WA", "Phone"),
    ("event", "Kegiatan", "Event"),
])  # fmt: skip
RESULT = kinds.choice("session_result", [
    ("done", "Selesai", "Done"), ("running", "Masih berjalan", "Running"), ("referred", "Dirujuk", "Referred"),
    ("unfit", "Tidak layak", "Not eligible"),
])  # fmt: skip
SATISFACTION = kinds.choice("satisfaction", [
    ("1", "Tidak puas", "Not satisfied"), ("2", "Kurang puas", "Less satisfied"), ("3", "Puas", "Satisfied"),
    ("4", "Sangat puas", "Very satisfied"),
])  # fmt: skip
FOLLOW_UP_KIND = kinds.choice("follow_up_kind", [
    ("owner_sends", "Pemilik kirim dokumen", "Owner sends documents"), ("we_call", "Kami hubungi", "We call"),
    ("visit", "Kunjungan", "Visit"), ("other", "Lainnya", "Other"),
])  # fmt: skip
FOLLOW_UP_STATE = kinds.choice("follow_up_state", [
    ("open", "Belum", "Open"), ("done", "Selesai", "Done"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
RESPONSIBLE = kinds.choice("responsible", [
    ("me", "Saya", "Me"), ("kasie", "Kasie kelurahan", "Kasie of the village"),
    ("other_office", "Kantor lain", "Another office"),
])  # fmt: skip


def _with_somebody(row: Row, _today: date) -> Iterable[Problem]:
    if not row.get("owner_id") and not row.get("guest"):
        yield Problem("error", "missing", Words(
            "Pilih pelaku usaha, atau tulis nama tamunya.", "Choose the owner, or write the guest's name."), "owner_id")  # fmt: skip


CONSULTATION = Entity(
    "consultation",
    Words("Sesi konsultasi", "Session"),
    Words("Sesi konsultasi", "Sessions"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("guest", kinds.NAME, Words("Nama tamu", "Guest"), private=True,
              help=Words("Tamu kegiatan yang belum terdaftar.", "A guest of an event who is not registered yet.")),
        Field("guest_phone", kinds.PHONE, Words("No. HP tamu", "Guest's phone"), private=True),
        Field("number", kinds.TEXT, Words("Nomor sesi", "Session number"), listed=True),
        Field("held_on", kinds.DATE, Words("Tanggal", "Date"), required=True, listed=True),
        Field("started_at", kinds.MOMENT, Words("Mulai", "Started")),
        Field("ended_at", kinds.MOMENT, Words("Selesai", "Ended")),
        Field("place", PLACE, Words("Tempat", "Place")),
        Field("staff_id", kinds.REF, Words("Petugas", "Staff")),
        Field("staff_name", kinds.NAME, Words("Nama petugas", "Staff name")),
        Field("topics", TOPICS, Words("Topik yang dibahas", "Topics"), required=True, listed=True, merge="union"),
        Field("note", kinds.LONG_TEXT, Words("Catatan singkat", "Short note"), searched=True),
        Field("advice", kinds.LONG_TEXT, Words("Saran", "Advice")),
        Field("result", RESULT, Words("Hasil", "Result"), listed=True),
        Field("event_id", kinds.REF, Words("Kegiatan", "Event")),
        Field("satisfaction", SATISFACTION, Words("Kepuasan", "Satisfaction")),
    ),
    rules=(_with_somebody,),
    append_only=True,
)  # fmt: skip

FOLLOW_UP = Entity(
    "follow_up",
    Words("Tindak lanjut", "Follow-up"),
    Words("Tindak lanjut", "Follow-ups"),
    (
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner"), required=True),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("consultation_id", kinds.REF, Words("Sesi", "Session")),
        Field("kind", FOLLOW_UP_KIND, Words("Tindak lanjut", "Follow-up"), required=True, listed=True),
        Field("what", kinds.TEXT, Words("Apa", "What"), listed=True, searched=True),
        Field("due", kinds.DUE_DATE, Words("Tenggat", "Due"), required=True, listed=True, group="due"),
        Field("due_time", kinds.TEXT, Words("Jam", "Time"), group="due"),
        Field("responsible", RESPONSIBLE, Words("Penanggung jawab", "Responsible"), required=True, group="responsible"),
        Field("responsible_name", kinds.NAME, Words("Nama penanggung jawab", "Responsible person"), listed=True,
              group="responsible"),
        Field("responsible_id", kinds.REF, Words("Petugas", "Staff"), group="responsible"),
        Field("state", FOLLOW_UP_STATE, Words("Keadaan", "State"), required=True, listed=True),
        Field("done_on", kinds.DATE, Words("Selesai pada", "Done on")),
    ),
)  # fmt: skip
