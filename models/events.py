"""Events of a kecamatan (kegiatan): desks, staff, queue tickets, attendance.

A ticket's number belongs to the block of the desk that gave it (B-011) and never changes, so that
desks without any connection never give the same. `TICKET_MOVES` is the queue's state machine.
"""

import re
from collections.abc import Iterable
from datetime import date

from models import kinds
from models.consultations import TOPICS
from models.i18n import Words
from models.schema import Entity, Field, Problem, Row
from models.typed import plain_digits

EVENT_KIND = kinds.choice("event_kind", [
    ("clinic", "Klinik", "Clinic"), ("workshop", "Pelatihan/workshop", "Workshop"), ("seminar", "Seminar/sosialisasi", "Seminar"),
    ("exhibition", "Pameran", "Exhibition"), ("visit", "Kunjungan", "Visit"),
], {"pelatihan": "workshop", "workshop": "workshop", "sosialisasi": "seminar", "bimtek": "workshop"})  # fmt: skip
EVENT_STATE = kinds.choice("event_state", [
    ("planned", "Direncanakan", "Planned"), ("held", "Terlaksana", "Held"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
STAFF_ROLE = kinds.choice("event_role", [
    ("desk", "Petugas meja", "Desk"), ("speaker", "Narasumber", "Speaker"), ("host", "Pembawa acara", "Host"),
    ("organiser", "Panitia", "Organiser"), ("officer", "Pejabat", "Official"),
])  # fmt: skip
TICKET_STATE = kinds.choice("ticket_state", [
    ("waiting", "Menunggu", "Waiting"), ("called", "Di meja", "At the desk"), ("served", "Dilayani", "Served"),
    ("no_show", "Tidak hadir", "No-show"), ("cancelled", "Batal", "Cancelled"),
])  # fmt: skip
PRIORITY = kinds.choice("priority", [
    ("elderly", "Lansia", "Elderly"), ("disabled", "Difabel", "Disabled"), ("pregnant", "Hamil", "Pregnant"),
    ("other", "Lain", "Other"),
])  # fmt: skip
PRESENCE = kinds.choice("presence", [
    ("invited", "Belum hadir", "Not yet here"), ("present", "Hadir", "Present"), ("excused", "Izin", "Excused"),
])  # fmt: skip
HOW_MARKED = kinds.choice(
    "how_marked", [("typed", "Di tempat", "On the spot"), ("paper", "Dari lembar kertas", "From the paper")]
)

# State of a ticket -> what may follow. Waiting again: handed to another desk, or called too early.
TICKET_MOVES: dict[str, tuple[str, ...]] = {
    "waiting": ("called", "no_show", "cancelled"),
    "called": ("served", "no_show", "cancelled", "waiting"),
    "served": ("called",),  # the last one, taken back
    "no_show": ("called", "waiting"),
    "cancelled": ("waiting",),
}
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # of the desks in order, without I and O


def _ends_after_it_begins(row: Row, _today: date) -> Iterable[Problem]:
    if row.get("until") and row.get("held_on") and row["until"] < row["held_on"]:
        yield Problem("error", "order", Words(
            "Hari terakhir mendahului hari pertama.", "The last day is before the first."), "until")  # fmt: skip


EVENT = Entity(
    "event",
    Words("Kegiatan", "Event"),
    Words("Kegiatan", "Events"),
    (
        Field("name", kinds.NAME, Words("Nama kegiatan", "Name of the event"), headings=("kegiatan", "acara"),
              required=True, listed=True, searched=True),
        Field("kind", EVENT_KIND, Words("Jenis kegiatan", "Kind"), required=True, listed=True),
        Field("held_on", kinds.DAY, Words("Tanggal kegiatan", "Date"), required=True, listed=True, group="when"),
        Field("until", kinds.DAY, Words("Sampai tanggal", "Until"), group="when"),
        Field("starts", kinds.TEXT, Words("Jam mulai", "Begins at"), group="when"),
        Field("ends", kinds.TEXT, Words("Jam selesai", "Ends at"), group="when"),
        Field("place", kinds.TEXT, Words("Tempat kegiatan", "Place"), listed=True),
        Field("region", kinds.REGION, Words("Wilayah kegiatan", "Region")),
        Field("topics", TOPICS, Words("Topik", "Topics"), merge="union"),
        Field("organiser", kinds.TEXT, Words("Penyelenggara", "Organiser")),
        Field("program_id", kinds.REF, Words("Program", "Programme")),
        Field("target", kinds.COUNT, Words("Target peserta", "Expected participants")),
        Field("state", EVENT_STATE, Words("Keadaan kegiatan", "State"), required=True, listed=True),
        Field("closed_at", kinds.MOMENT, Words("Ditutup", "Closed at")),
        Field("minutes", kinds.LONG_TEXT, Words("Notulen", "Minutes")),
        Field("obstacles", kinds.LONG_TEXT, Words("Kendala dan rencana", "Obstacles and plans")),
    ),
    rules=(_ends_after_it_begins,),
    kept_with=(),
    scope_digits=6,
)  # fmt: skip

EVENT_DESK = Entity(
    "event_desk",
    Words("Meja", "Desk"),
    Words("Meja", "Desks"),
    (
        Field("event_id", kinds.REF, Words("Kegiatan", "Event"), required=True),
        Field("letter", kinds.TEXT, Words("Huruf", "Letter"), required=True, listed=True),
        Field("name", kinds.TEXT, Words("Nama meja", "Name of the desk"), required=True, listed=True),
        Field("topics", TOPICS, Words("Topik", "Topics"), merge="union"),
        Field("paused", kinds.YES_NO, Words("Istirahat", "Resting")),
    ),
    kept_with=("event_id",),
    scope_digits=6,
)

EVENT_STAFF = Entity(
    "event_staff",
    Words("Petugas kegiatan", "Staff of an event"),
    Words("Petugas kegiatan", "Staff of events"),
    (
        Field("event_id", kinds.REF, Words("Kegiatan", "Event"), required=True),
        Field("desk_id", kinds.REF, Words("Meja", "Desk")),
        Field("staff_id", kinds.REF, Words("Petugas", "Staff")),
        Field("name", kinds.NAME, Words("Nama", "Name"), required=True, listed=True),
        Field("role", STAFF_ROLE, Words("Peran di kegiatan", "Role at the event"), required=True, listed=True),
        Field("office", kinds.TEXT, Words("Asal", "From"), listed=True),
    ),
    kept_with=("event_id",),
    scope_digits=6,
)

TICKET = Entity(
    "ticket",
    Words("Nomor antrean", "Queue number"),
    Words("Antrean", "Queue"),
    (
        Field("event_id", kinds.REF, Words("Kegiatan", "Event"), required=True),
        Field("letter", kinds.TEXT, Words("Huruf", "Letter"), required=True),
        Field("number", kinds.COUNT, Words("Nomor", "Number"), required=True, listed=True),
        Field("desk_id", kinds.REF, Words("Meja", "Desk"), required=True, group="desk"),
        Field("from_desk_id", kinds.REF, Words("Dialihkan dari meja", "Transferred from"), group="desk"),
        Field("name", kinds.NAME, Words("Nama tamu", "Guest"), required=True, private=True, listed=True),
        Field("phone", kinds.PHONE, Words("No. HP", "Phone"), private=True),
        Field("business_name", kinds.NAME, Words("Nama usaha", "Business name"), listed=True),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village")),
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("topics", TOPICS, Words("Topik", "Topics"), merge="union"),
        Field("priority", PRIORITY, Words("Prioritas", "Priority"), private=True),
        Field("arrived_at", kinds.MOMENT, Words("Datang", "Arrived"), required=True),
        Field("state", TICKET_STATE, Words("Keadaan antrean", "State"), required=True, listed=True, group="state"),
        Field("called_at", kinds.MOMENT, Words("Dipanggil", "Called"), group="state"),
        Field("ended_at", kinds.MOMENT, Words("Selesai", "Ended"), group="state"),
        Field("reason", kinds.TEXT, Words("Alasan batal", "Why cancelled"), group="state"),
        Field("consultation_id", kinds.REF, Words("Sesi", "Session"), group="state"),
    ),
    kept_with=("event_id",),
    scope_digits=6,
)

ATTENDANCE = Entity(
    "attendance",
    Words("Peserta", "Participant"),
    Words("Daftar hadir", "Attendance"),
    (
        Field("event_id", kinds.REF, Words("Kegiatan", "Event"), required=True),
        Field("number", kinds.COUNT, Words("No.", "No."), listed=True),
        Field("name", kinds.NAME, Words("Nama peserta", "Participant"), headings=("nama",), required=True, private=True, listed=True, searched=True),
        Field("business_name", kinds.TEXT, Words("Usaha / jabatan", "Business or position"), listed=True),
        Field("phone", kinds.PHONE, Words("No. HP peserta", "Phone"), private=True),
        Field("village", kinds.VILLAGE, Words("Kelurahan / desa", "Village"), listed=True),
        Field("rw", kinds.RT_RW, Words("RW", "RW"), listed=True),
        Field("owner_id", kinds.REF, Words("Pelaku usaha", "Owner")),
        Field("business_id", kinds.REF, Words("Usaha", "Business")),
        Field("invited", kinds.YES_NO, Words("Diundang", "Invited"), listed=True),
        Field("presence", PRESENCE, Words("Kehadiran", "Presence"), required=True, listed=True, group="presence"),
        Field("marked_at", kinds.MOMENT, Words("Ditandai pada", "Marked at"), group="presence"),
        Field("marked_from", HOW_MARKED, Words("Ditandai dari", "Marked from"), group="presence"),
        Field("certificate", kinds.TEXT, Words("Nomor sertifikat", "Certificate number")),
    ),
    kept_with=("event_id",),
    scope_digits=6,
)  # fmt: skip


def code(ticket: Row) -> str:
    """`B-011`: what is called and printed."""
    return f"{ticket['letter']}-{ticket['number']:03d}"


_RANGE = re.compile(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?")
NOT_NUMBERS = Words(
    '"{part}" bukan nomor. Tulis seperti 29-33, 35, 38-39.', '"{part}" is no number. Write like 29-33, 35, 38-39.'
)
NOT_ON_LIST = Words("Tidak ada nomor {numbers} di daftar ini.", "There is no number {numbers} on this list.")


def read_numbers(typed: str, last: int) -> tuple[list[int], list[Problem]]:
    """The row numbers meant by `29-33, 35, 38-39`, ascending, and what cannot be meant; `last` ends the list."""
    wanted: set[int] = set()
    found: list[Problem] = []
    for part in (p.strip() for p in re.split("[,;]", plain_digits(typed.replace("\n", ",")))):
        match = _RANGE.fullmatch(part)
        if match:
            one, other = int(match[1]), int(match[2] or match[1])
            wanted |= set(range(min(one, other), max(one, other) + 1))
        elif part:
            found.append(Problem("error", "numbers", NOT_NUMBERS.fill(part=part[:20])))
    beyond = sorted(n for n in wanted if not 1 <= n <= last)
    if beyond:
        listed = ", ".join(map(str, beyond[:5])) + ("…" if len(beyond) > 5 else "")
        found.append(Problem("error", "beyond", NOT_ON_LIST.fill(numbers=listed)))
    return sorted(wanted - set(beyond)), found
