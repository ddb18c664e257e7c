"""What is counted, and what each number means: one table of figures, one of ways to divide them.

A figure is a condition over one table; a breakdown is the same figure, grouped. The conditions are
plain SQL that SQLite and PostgreSQL both take, with named values (`models.periods.Period.values` and
`within`, a region code with `%`), so laptop and server count the same. Moments are compared as UTC
text, days as local dates: no date function of either database is called.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Literal

from models import kbli, reference
from models.businesses import BUSINESS, GONE
from models.consultations import CONSULTATION
from models.entities import ENTITIES
from models.facilitation import FACILITATION
from models.financing import FINANCING, PAID_OUT
from models.i18n import Words
from models.organisations import GROUPS
from models.owners import OWNER
from models.packs import remembered
from models.permits import PERMIT, valid_sql
from models.readiness import STAGES
from models.scales import limits
from models.schema import Entity
from models.services import SERVICES
from models.sql import codes

Unit = Literal["count", "rupiah"]
UNKNOWN = "-"  # the group of what is not filled in
NOT_FILLED = Words("Belum diisi", "Not filled in")


def _there_at(day: str) -> str:
    """Not closed, moved, lost or found to be a duplicate before a day."""
    return (f"NOT (coalesce(business.existence, '') IN ({codes(GONE)})"
            f" AND coalesce(business.existence_on, '') < :{day})")  # fmt: skip


def _during(column: str) -> str:
    return f"{column} >= :first AND {column} < :next"


def _at_event(table: str) -> str:
    return f"(:event = '' OR {table}.event_id = :event)"


_EXISTS = f"business.created_at < :next_at AND {_there_at('next')}"
_VALID = valid_sql(":until")
_NIB = ("(coalesce(business.nib, '') <> '' AND coalesce(business.nib_date, '') <= :until OR EXISTS (SELECT 1 FROM permit"
        f" WHERE permit.business_id = business.id AND permit.{{deleted}} IS NULL AND permit.type = 'nib' AND {_VALID}))")  # fmt: skip
_OPEN_BEFORE = "(facilitation.state <> 'closed' OR facilitation.closed_on >= :{day})"
_CLOSED = f"facilitation.state = 'closed' AND facilitation.outcome = '{{}}' AND {_during('facilitation.closed_on')}"
_RUNNING = f"facilitation.opened_on < :next AND {_OPEN_BEFORE.format(day='next')}"
_RUNS = ("partnership.starts_on < :next AND (partnership.stopped_on IS NULL OR partnership.stopped_on >= :next)"
         " AND (partnership.ends_on >= :until OR EXISTS (SELECT 1 FROM renewal WHERE renewal.partnership_id ="
         " partnership.id AND renewal.{deleted} IS NULL AND renewal.agreed_on < :next AND renewal.ends_on >= :until))")  # fmt: skip
_PAID_OUT = f"financing.state IN ({codes(PAID_OUT)})"

_JOINS = {
    "business": " LEFT JOIN owner ON owner.id = business.owner_id",
    "consultation": " LEFT JOIN business ON business.id = consultation.business_id"
                    " LEFT JOIN owner ON owner.id = consultation.owner_id",
    "facilitation": " LEFT JOIN business ON business.id = facilitation.business_id"
                    " LEFT JOIN owner ON owner.id = facilitation.owner_id",
    "permit": " JOIN business ON business.id = permit.business_id",
    "membership": " JOIN organisation ON organisation.id = membership.organisation_id",
    "ticket": " JOIN event ON event.id = ticket.event_id",
    "attendance": " JOIN event ON event.id = attendance.event_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: its words, what it means, where it is counted and by which condition.

    `table` is counted, with what `_JOINS` adds to it; `count` is the aggregate. `at_events` says
    whether it can be counted for a single event.
    """

    key: str
    title: Words
    definition: Words
    table: str
    where: str
    count: str = "count(*)"
    unit: Unit = "count"
    at_events: bool = False
    everywhere: bool = False  # kept for the whole regency, so no village of its own


_BUSINESSES = (
    Figure("businesses", Words("Usaha dampingan", "Assisted businesses"), Words(
        "Usaha yang terdaftar sampai hari terakhir periode dan belum tutup, pindah, tidak ditemukan, atau ganda.",
        "Businesses registered by the last day of the period and not closed, moved, lost or duplicate by then."),
        "business", _EXISTS),
    Figure("businesses_new", Words("Usaha baru didata", "Newly registered"), Words(
        "Usaha yang didaftarkan dalam periode.", "Businesses registered within the period."),
        "business", f"business.created_at >= :first_at AND business.created_at < :next_at AND {_there_at('first')}"),
    Figure("businesses_gone", Words("Usaha berhenti", "No longer there"), Words(
        "Usaha yang dalam periode dicatat tutup, pindah, tidak ditemukan, atau ganda.",
        "Businesses noted within the period as closed, moved, lost or duplicate."),
        "business", f"business.created_at < :next_at AND business.existence IN ({codes(GONE)})"
        f" AND {_during('business.existence_on')}"),
    Figure("owners", Words("Pelaku usaha", "Owners"), Words(
        "Pemilik usaha dampingan; yang punya dua usaha dihitung sekali.",
        "Owners of assisted businesses; whoever has two counts once."),
        "business", _EXISTS, "count(DISTINCT business.owner_id)"),
    Figure("with_nib", Words("Sudah punya NIB", "With NIB"), Words(
        "Usaha dampingan dengan NIB yang terbit sampai hari terakhir periode. Persen = ber-NIB / usaha × 100.",
        "Assisted businesses with a NIB issued by the last day of the period. Percent = with NIB / businesses × 100."),
        "business", f"{_EXISTS} AND {_NIB}"),
    Figure("permits", Words("Izin dan sertifikat berlaku", "Valid permits and certificates"), Words(
        "Izin usaha dampingan yang berlaku pada hari terakhir periode, termasuk untuk produknya.",
        "Permits of assisted businesses and their products that hold on the last day of the period."),
        "permit", f"{_EXISTS} AND {_VALID}"),
    Figure("pirt_ending", Words("P-IRT habis dalam 6 bulan", "P-IRT ending within 6 months"), Words(
        "P-IRT yang masih berlaku dan habis dalam enam bulan setelah periode.",
        "P-IRT that still hold and run out within six months after the period."),
        "permit", f"{_EXISTS} AND {_VALID} AND permit.type = 'pirt' AND permit.expires <= :soon"),
)  # fmt: skip
_SERVICE = (
    Figure("sessions", Words("Sesi konsultasi", "Sessions"), Words(
        "Sesi konsultasi yang tanggalnya dalam periode.", "Consultation sessions held within the period."),
        "consultation", f"{_during('consultation.held_on')} AND {_at_event('consultation')}", at_events=True),
    Figure("persons", Words("Orang berbeda", "Different persons"), Words(
        "Pelaku usaha dan tamu yang berkonsultasi dalam periode, masing-masing dihitung sekali.",
        "Owners and guests who had a session within the period, each counted once."),
        "consultation", f"{_during('consultation.held_on')} AND {_at_event('consultation')}",
        "count(DISTINCT coalesce(consultation.owner_id, consultation.guest_phone, consultation.id))", at_events=True),
    Figure("served", Words("Tamu antrean dilayani", "Guests served from the queue"), Words(
        "Nomor antrean kegiatan dalam periode yang sudah dilayani.",
        "Queue numbers of events within the period that were served."),
        "ticket", f"{_during('event.held_on')} AND {_at_event('ticket')} AND ticket.state = 'served'", at_events=True),
    Figure("present", Words("Peserta hadir", "Participants present"), Words(
        "Nama pada daftar hadir kegiatan dalam periode yang hadir.",
        "Names on attendance lists of events within the period that were present."),
        "attendance", f"{_during('event.held_on')} AND {_at_event('attendance')} AND attendance.presence = 'present'",
        at_events=True),
)  # fmt: skip
_CASES = (
    Figure("cases_before", Words("Fasilitasi di awal", "Cases at the start"), Words(
        "Fasilitasi yang sudah dibuka dan belum selesai pada hari pertama periode.",
        "Cases opened before the period and not closed by its first day."),
        "facilitation", f"facilitation.opened_on < :first AND {_OPEN_BEFORE.format(day='first')}"),
    Figure("cases_opened", Words("Fasilitasi dibuka", "Cases opened"), Words(
        "Fasilitasi yang dibuka dalam periode.", "Cases opened within the period."),
        "facilitation", f"{_during('facilitation.opened_on')} AND {_at_event('facilitation')}", at_events=True),
    Figure("cases_issued", Words("Fasilitasi terbit", "Cases issued"), Words(
        "Fasilitasi yang selesai dengan hasil terbit dalam periode.", "Cases that ended in an issue within the period."),
        "facilitation", _CLOSED.format("issued")),
    Figure("cases_refused", Words("Fasilitasi ditolak", "Cases refused"), Words(
        "Fasilitasi yang ditolak dalam periode.", "Cases refused within the period."),
        "facilitation", _CLOSED.format("refused")),
    Figure("cases_cancelled", Words("Fasilitasi batal", "Cases cancelled"), Words(
        "Fasilitasi yang dibatalkan dalam periode.", "Cases cancelled within the period."),
        "facilitation", _CLOSED.format("cancelled")),
    Figure("cases_running", Words("Fasilitasi berjalan", "Cases running"), Words(
        "Fasilitasi yang belum selesai pada akhir periode = awal + dibuka − terbit − ditolak − batal.",
        "Cases not closed at the end of the period = start + opened − issued − refused − cancelled."),
        "facilitation", _RUNNING),
    Figure("cases_late", Words("Lewat tenggat", "Past due"), Words(
        "Fasilitasi berjalan yang tenggatnya sudah lewat pada hari terakhir periode, atau pada hari ini.",
        "Running cases past due on the last day of the period, or today."),
        "facilitation", f"{_RUNNING} AND facilitation.due < :until"),
)  # fmt: skip
_GROWTH = (
    Figure("financed", Words("Pembiayaan cair", "Financing paid out"), Words(
        "Pembiayaan yang cair dalam periode.", "Financing paid out within the period."),
        "financing", f"{_PAID_OUT} AND {_during('financing.disbursed_on')}"),
    Figure("financed_sum", Words("Nilai yang cair", "Sum paid out"), Words(
        "Jumlah rupiah yang cair dalam periode.", "Rupiah paid out within the period."),
        "financing", f"{_PAID_OUT} AND {_during('financing.disbursed_on')}", "sum(financing.disbursed)", "rupiah"),
    Figure("financed_ever", Words("Pembiayaan sampai kini", "Financing so far"), Words(
        "Pembiayaan yang cair sampai hari terakhir periode, termasuk yang sudah lunas.",
        "Financing paid out by the last day of the period, with what is paid off."),
        "financing", f"{_PAID_OUT} AND coalesce(financing.disbursed_on, '') < :next"),
    Figure("groups", Words("Koperasi dan kelompok", "Cooperatives and groups"), Words(
        "Koperasi dan kelompok usaha yang dibina di kabupaten/kota ini.",
        "Cooperatives and groups assisted in this regency or city."),
        "organisation", f"organisation.kind IN ({codes(GROUPS)}) AND organisation.created_at < :next_at",
        everywhere=True),
    Figure("members", Words("Anggota koperasi dan kelompok", "Members of groups"), Words(
        "Anggota dari wilayah ini yang belum keluar pada akhir periode.",
        "Members from this area who had not left by the end of the period."),
        "membership", f"organisation.kind IN ({codes(GROUPS)}) AND membership.joined_on < :next"
        " AND (membership.left_on IS NULL OR membership.left_on >= :next) AND membership.village LIKE :within",
        everywhere=True),
    Figure("contracts", Words("Kontrak kemitraan berjalan", "Running contracts"), Words(
        "Kontrak dengan mitra yang berlaku pada hari terakhir periode, di kabupaten/kota ini.",
        "Contracts with partners in force on the last day of the period, in this regency or city."),
        "partnership", _RUNS, everywhere=True),
    Figure("flagships", Words("Produk unggulan ditetapkan", "Flagship products decided"), Words(
        "Produk unggulan yang ditetapkan dengan SK sampai hari terakhir periode.",
        "Flagship products decided by decree by the last day of the period."),
        "flagship", "flagship.state = 'decided' AND coalesce(flagship.decided_on, '') < :next"),
)  # fmt: skip

FIGURES: dict[str, Figure] = {f.key: f for f in (*_BUSINESSES, *_SERVICE, *_CASES, *_GROWTH)}

# Counted from the records of each business one by one (models/readiness.py), with the same meaning everywhere.
DERIVED: dict[str, tuple[Words, Words]] = {
    "moved_up": (Words("Naik kelas tahun ini", "Moved up this year"), Words(
        "Usaha yang sejak akhir tahun lalu naik skala, atau naik tahap tanpa turun skala.",
        "Businesses that since the end of last year rose in scale, or in stage without falling in scale.")),
    "moved_up_before": (Words("Naik kelas tahun lalu", "Moved up last year"), Words(
        "Yang sama untuk seluruh tahun sebelumnya.", "The same for the whole year before.")),
    "workers": (Words("Tenaga kerja", "Workers"), Words(
        "Pekerja usaha dampingan menurut angka tahun terakhir yang tercatat.",
        "People who work in assisted businesses by the latest recorded year.")),
}  # fmt: skip


def title_of(key: str) -> Words:
    """What a figure is called; its key when this version does not count it (any more)."""
    if key in FIGURES:
        return FIGURES[key].title
    return DERIVED[key][0] if key in DERIVED else Words(key, key)


def definitions() -> dict[str, tuple[Words, Words]]:
    """Title and meaning of everything that is counted."""
    return {f.key: (f.title, f.definition) for f in FIGURES.values()} | DERIVED


@cache
def version() -> str:
    """Eight letters that change when the meaning of a figure does."""
    said = "\n".join(f"{key}: {meaning.id}" for key, (_, meaning) in sorted(definitions().items()))
    return blake2b(said.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure divided: by which column, into which groups a stored value falls, and their words.

    One record may fall into several groups (topics), then they sum up to more than the figure.
    `by` is empty for what is derived business by business.
    """

    key: str
    title: Words
    figure: str
    by: str
    groups: Callable[[str], Iterable[str]]
    words: Callable[[str], Words]

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups that are declared, in order; empty where what is divided by is no choice."""
        table, _, name = self.by.partition(".")
        entity = ENTITIES[table]
        return tuple(o.code for o in entity[name].kind.options) if name in entity else ()


def _same(value: str) -> Iterable[str]:
    return (value,)


def _listed(value: str) -> Iterable[str]:
    return value.split(",") if value != UNKNOWN else (UNKNOWN,)


def _options(field_words: Mapping[str, Words]) -> Callable[[str], Words]:
    return lambda code: field_words.get(code) or (NOT_FILLED if code == UNKNOWN else Words(code, code))


@remembered
def _category(code: str) -> str:
    """The KBLI category of a stored `2025:10794`; a 2020 code goes with its successor."""
    version, _, digits = code.partition(":")
    found = [kbli.entry(digits)] if version == kbli.NOW else kbli.successors(digits)
    return next((entry.category for entry in found if entry), UNKNOWN)


def _sector(value: str) -> Iterable[str]:
    return (_category(value),)


def _kind(entity: Entity, name: str) -> Callable[[str], Words]:
    return _options({o.code: o.words for o in entity[name].kind.options})


def _place(code: str) -> Words:
    found = reference.region(code)
    return Words(found.name, found.name) if found else (NOT_FILLED if code == UNKNOWN else Words(code, code))


def _service_words(code: str) -> Words:
    service = SERVICES.get(code)
    return service.short if service else _options({})(code)


_SEX = _kind(OWNER, "sex")

BREAKDOWNS: dict[str, Breakdown] = {b.key: b for b in (
    Breakdown("village", Words("Usaha menurut kelurahan/desa", "Businesses by village"), "businesses",
              "business.scope", _same, _place),
    Breakdown("sector", Words("Usaha menurut sektor KBLI", "Businesses by KBLI sector"), "businesses", "business.kbli",
              _sector, lambda code: _options(kbli.categories())(code)),
    Breakdown("sex", Words("Usaha menurut jenis kelamin pemilik", "Businesses by sex of the owner"), "businesses",
              "owner.sex", _same, _SEX),
    Breakdown("legal_form", Words("Usaha menurut bentuk", "Businesses by legal form"), "businesses",
              "business.legal_form", _same, _kind(BUSINESS, "legal_form")),
    Breakdown("permit", Words("Izin berlaku menurut jenis", "Valid permits by type"), "permits", "permit.type", _same,
              _kind(PERMIT, "type")),
    Breakdown("topics", Words("Topik konsultasi", "Topics of sessions"), "sessions", "consultation.topics", _listed,
              _kind(CONSULTATION, "topics")),
    Breakdown("session_place", Words("Sesi menurut tempat", "Sessions by place"), "sessions", "consultation.place",
              _same, _kind(CONSULTATION, "place")),
    Breakdown("issued", Words("Fasilitasi terbit menurut jenis", "Cases issued by service"), "cases_issued",
              "facilitation.service", _same, _service_words),
    Breakdown("running", Words("Fasilitasi berjalan menurut tahap", "Running cases by state"), "cases_running",
              "facilitation.state", _same, _kind(FACILITATION, "state")),
    Breakdown("scheme", Words("Pembiayaan cair menurut skema", "Financing paid out by scheme"), "financed",
              "financing.scheme", _same, _kind(FINANCING, "scheme")),
)}  # fmt: skip

_SCALE = Words("Usaha menurut skala", "Businesses by scale")
_STAGE = Words("Usaha menurut tahap", "Businesses by stage")


def group_words(key: str) -> tuple[Words, Callable[[str], Words]]:
    """The title of a breakdown (or of `scale` and `stage`), and what says a group's words."""
    if key in BREAKDOWNS:
        return BREAKDOWNS[key].title, BREAKDOWNS[key].words
    return (
        (_SCALE, _options({s.code: s.words for s in limits(date.max)}))
        if key == "scale"
        else (_STAGE, _options(STAGES))
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """How a database keeps records: the column that marks a deleted one, and an id beside which a reference can stand."""

    deleted: str = "deleted"
    id: str = "{}"  # around the name of an id column


LAPTOP = Tables()
SERVER = Tables("_deleted", "CAST({} AS text)")  # its ids are UUIDs, its references texts
_ID = re.compile(r"\b\w+\.id\b")


def statement(figure: Figure, by: str = "", tables: Tables = LAPTOP) -> str:
    """The SELECT of a figure: one number, or with `by` a line for each value of that column."""
    scope = "" if figure.everywhere else f" AND {figure.table}.scope LIKE :within"
    where = f"{figure.table}.{{deleted}} IS NULL{scope} AND {figure.where}"
    if figure.table == "permit":
        where += " AND business.{deleted} IS NULL"
    source = f"{figure.table}{_JOINS.get(figure.table, '')}"
    columns, end = (f"{by}, ", f" GROUP BY {by}") if by else ("", "")
    sql = f"SELECT {columns}coalesce({figure.count}, 0) FROM {source} WHERE {where}{end}"
    return _ID.sub(lambda found: tables.id.format(found[0]), sql.replace("{deleted}", tables.deleted))
