"""The working lists: what needs somebody now, each one row of `LISTS` with its question.

An entry names a record and whose it is; `day` is what makes it pressing. Lists of follow-ups are
those of `summaries`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models import classes, summaries
from models.businesses import GONE
from models.database import SETUP, Connection
from models.dates import months_later
from models.i18n import Words
from models.lists import ListQuery, office_zone, page, row_ids
from models.permits import LASTS, VALID
from models.sql import codes
from models.store import NEIGHBOURS, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

HALF_YEAR, YEAR = 6, 12  # months
SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Entry:
    """One record on a list; `days` from today to its day is negative when that is past."""

    entity: str
    id: str
    owner_id: str | None
    business_id: str | None
    day: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list: its words, why it is there, and its question."""

    key: str
    words: Words
    why: Words
    entries: Callable[[Store], list[Entry]]


_THERE = f"coalesce(b.existence, '') NOT IN ({codes(GONE)})"
_PERMITS = f"""
SELECT p.id, b.owner_id, p.business_id, p.expires
  FROM permit p LEFT JOIN business b ON b.id = p.business_id
 WHERE p.deleted IS NULL AND p.expires IS NOT NULL AND p.state IN ({codes(VALID)}) AND p.type NOT IN ({codes(LASTS)})
   AND {_THERE} AND p.expires {{span}}
 ORDER BY p.expires, p.id
"""
_COMMITMENTS = f"""
SELECT p.id, b.owner_id, p.business_id, p.issued
  FROM permit p LEFT JOIN business b ON b.id = p.business_id
 WHERE p.deleted IS NULL AND p.state = 'issued' AND {_THERE}
 ORDER BY p.issued, p.id
"""
# Seen: registered, met in a session, or present at an event.
_NOT_SEEN = f"""
SELECT id, owner_id, id, seen FROM (
  SELECT b.id, b.owner_id, max(
    date(b.created_at, :zone),
    coalesce((SELECT max(held_on) FROM consultation WHERE deleted IS NULL AND business_id = b.id), ''),
    coalesce((SELECT max(held_on) FROM consultation
               WHERE deleted IS NULL AND business_id IS NULL AND owner_id = b.owner_id), ''),
    coalesce((SELECT max(date(marked_at, :zone)) FROM attendance
               WHERE deleted IS NULL AND presence = 'present' AND owner_id = b.owner_id), '')) AS seen
    FROM business b WHERE b.deleted IS NULL AND {_THERE})
 WHERE seen <= :year_ago ORDER BY seen, id
"""
_VISITS = f"""
SELECT b.id, b.owner_id, b.id, b.visit_again_on FROM business b
 WHERE b.deleted IS NULL AND b.visit_again_on IS NOT NULL AND {_THERE} ORDER BY b.visit_again_on, b.id
"""
# Not told yet what the data are kept for; or a case runs and nobody asked whether we may file it.
_CONSENT = """
SELECT o.id, o.id, NULL, NULL FROM owner o
 WHERE o.deleted IS NULL AND (coalesce(o.informed, 'not_yet') = 'not_yet'
   OR EXISTS (SELECT 1 FROM facilitation f WHERE f.owner_id = o.id AND f.deleted IS NULL AND f.state <> 'closed')
      AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.owner_id = o.id AND c.deleted IS NULL AND c.filing IS NOT NULL))
 ORDER BY o.rowid
"""
_LATE_CASES = """
SELECT f.id, f.owner_id, f.business_id, coalesce(f.due, f.check_on) AS day FROM facilitation f
 WHERE f.deleted IS NULL AND f.state <> 'closed' AND day < :today ORDER BY day, f.id
"""
_REFERRALS = """
SELECT r.id, r.owner_id, r.business_id, r.sent_on FROM referral r
 WHERE r.deleted IS NULL AND r.state = 'sent' ORDER BY r.sent_on, r.id
"""


def _asks(entity: str, sql: str) -> Callable[[Store], list[Entry]]:
    """A list by SQL that answers `id, owner_id, business_id, day`; of it what this office keeps."""
    own = f"SELECT * FROM ({sql}) WHERE id IN (SELECT id FROM {entity} WHERE scope NOT IN {NEIGHBOURS})"

    def entries(store: Store) -> list[Entry]:
        today = store.clock.today()
        days = {
            "today": today, "soon": today + timedelta(days=SOON),
            "half_year": months_later(today, HALF_YEAR), "year_ago": months_later(today, -YEAR),
        }  # fmt: skip
        values = {name: day.isoformat() for name, day in days.items()} | {"zone": office_zone(store.clock)}
        return [_entry(entity, today, *row) for row in store.query(own, values)]

    return entries


def _entry(
    entity: str, today: date, record_id: str, owner_id: str | None, business_id: str | None, day: str | None
) -> Entry:
    days = (date.fromisoformat(day) - today).days if day else None
    return Entry(entity, record_id, owner_id, business_id, day, days)


def _nik_to_check(store: Store) -> list[Entry]:
    rows = page(store, row_ids(store, ListQuery(filters=("nik_check",))))
    owners = {row["owner_id"]: row["business_id"] for row in reversed(rows)}
    return [Entry("owner", owner, owner, business) for owner, business in reversed(owners.items())]


def _ready(store: Store) -> list[Entry]:
    return [Entry("business", r.business_id, r.owner_id, r.business_id) for r in classes.ready_to_rise(store)]


def _follow_ups(key: str) -> Callable[[Store], list[Entry]]:
    which = next(w for w in summaries.WORKING_LISTS if w.key == key)

    def entries(store: Store) -> list[Entry]:
        rows = (row for row in summaries.follow_ups(store) if which.holds(row))
        return [Entry("follow_up", r["id"], r["owner_id"], r["business_id"], r["due"], r["days"]) for r in rows]

    return entries


_FOLLOW_UP = Words("Janji yang jatuh temponya dekat atau lewat.", "Promises that are due or overdue.")

LISTS: dict[str, WorkList] = {row.key: row for row in (
    WorkList("late", Words("Terlambat", "Late"), _FOLLOW_UP, _follow_ups("late")),
    WorkList("soon", Words("Sampai besok", "Until tomorrow"), _FOLLOW_UP, _follow_ups("soon")),
    WorkList("week", Words("7 hari", "7 days"), _FOLLOW_UP, _follow_ups("week")),
    WorkList("cases_late", Words("Fasilitasi lewat tenggat", "Cases past their due date"),
             Words("Tenggat fasilitasi sudah lewat.", "The case is past its due date."), _asks("facilitation", _LATE_CASES)),
    WorkList("referrals", Words("Rujukan menunggu jawaban", "Referrals without an answer"),
             Words("Kantor lain belum menjawab.", "The other office has not answered."), _asks("referral", _REFERRALS)),
    WorkList("permits_month", Words("Izin habis 30 hari lagi", "Permits ending within 30 days"),
             Words("Perpanjangan tidak bisa ditunda.", "The renewal cannot wait."),
             _asks("permit", _PERMITS.format(span="BETWEEN :today AND :soon"))),
    WorkList("permits_half_year", Words("Izin habis 6 bulan lagi", "Permits ending within 6 months"),
             Words("P-IRT diperpanjang paling lambat 6 bulan sebelum habis.", "A P-IRT is renewed 6 months ahead."),
             _asks("permit", _PERMITS.format(span="BETWEEN :today AND :half_year"))),
    WorkList("permits_over", Words("Izin sudah habis", "Permits that have ended"),
             Words("Produknya dijual tanpa izin.", "The product is sold without a permit."),
             _asks("permit", _PERMITS.format(span="< :today"))),
    WorkList("commitments", Words("Komitmen P-IRT terbuka", "Open P-IRT commitments"),
             Words("PKP atau pemeriksaan sarana belum selesai.", "Training or inspection is still open."),
             _asks("permit", _COMMITMENTS)),
    WorkList("not_seen", Words("12 bulan tidak dikunjungi", "Not visited for 12 months"),
             Words("Tidak ada sesi, kunjungan, atau kehadiran selama setahun.", "No session, visit or presence for a year."),
             _asks("business", _NOT_SEEN)),
    WorkList("visit_again", Words("Kunjungi lagi", "Visit again"),
             Words("Tidak ditemui, atau ada yang harus dibawa.", "Nobody was met, or something is to be brought."),
             _asks("business", _VISITS)),
    WorkList("ready", Words("Siap naik kelas", "Ready to move up"),
             Words("Tinggal satu hal lagi ke tahap berikutnya.", "One point from the next stage."), _ready),
    WorkList("nik_check", Words("NIK perlu dicek", "NIK to check"),
             Words("NIK-nya tidak mungkin benar.", "The NIK cannot be right."), _nik_to_check),
    WorkList("consent", Words("Menunggu persetujuan", "Waiting for consent"),
             Words("Belum diberi tahu, atau belum ditanya apakah izinnya boleh kami urus.",
                   "Not told yet, or not asked whether we may file."), _asks("owner", _CONSENT)),
)}  # fmt: skip


def counts(store: Store) -> dict[str, int]:
    """How many stand on each list that has any, in the order of the lists."""
    found = {key: len(row.entries(store)) for key, row in LISTS.items()}
    return {key: count for key, count in found.items() if count}


def set_up(db: "Database") -> None:
    """Find what ends or is due without reading every record."""
    conn: Connection = db.conn
    conn.execute("CREATE INDEX IF NOT EXISTS permit_expires ON permit(expires) WHERE expires IS NOT NULL")
    conn.execute(
        "CREATE INDEX IF NOT EXISTS business_visit ON business(visit_again_on) WHERE visit_again_on IS NOT NULL"
    )


SETUP.append(set_up)
