"""The list of businesses: which rows fit a query, in which order, and the rows of a page.

A list is an `array` of docs (see `models/search.py`), a page is a list of dicts, so a hundred
thousand businesses are a hundred thousand whole numbers until they are looked at. An owner without
a business is in the list too, else nobody would ever meet the record again. The list is of this office;
records of neighbours that are here too are found by typing, or by the filter `ELSEWHERE`.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from models import classes, reference, search
from models.clock import Clock
from models.database import SETUP, Connection
from models.i18n import Words
from models.kinds import KINDS
from models.schema import Row
from models.search import Docs
from models.sql import numbers
from models.store import NEIGHBOURS, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

COLUMNS: tuple[str, ...] = (
    "doc", "business_id", "owner_id", "business", "owner", "activity", "kbli", "nib", "sales_year", "capital", "phone", "informed",
    "rt", "rw", "village", "registered", "last",
)  # fmt: skip
# `last` is the last contact: the last session, else the registration.
_LISTED = """
WITH listed AS (
  SELECT b.rowid * 2 AS doc, {columns} FROM business b LEFT JOIN owner o ON o.id = b.owner_id AND o.deleted IS NULL
   WHERE b.deleted IS NULL {businesses}
  UNION ALL
  SELECT o.rowid * 2 + 1, {columns} FROM owner o LEFT JOIN business b ON false
   WHERE o.deleted IS NULL {owners}
     AND NOT EXISTS (SELECT 1 FROM business x WHERE x.owner_id = o.id AND x.deleted IS NULL))
"""
_COLUMNS = """b.id AS business_id, o.id AS owner_id, b.name AS business, o.name AS owner,
  coalesce(b.scope, o.scope) NOT IN {neighbours} AS own,
  b.activity, b.kbli, b.nib, b.sales_year, b.capital, o.nik, o.phone, o.informed,
  coalesce(b.rt, o.rt) AS rt, coalesce(b.rw, o.rw) AS rw, coalesce(b.village, o.village) AS village,
  date(coalesce(b.created_at, o.created_at), :zone) AS registered,
  max(date(coalesce(b.created_at, o.created_at), :zone),
      coalesce((SELECT max(held_on) FROM consultation WHERE deleted IS NULL AND business_id = b.id), ''),
      coalesce((SELECT max(held_on) FROM consultation
                 WHERE deleted IS NULL AND business_id IS NULL AND owner_id = o.id), '')) AS last"""
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS consultation_of_business ON consultation(business_id, held_on) WHERE deleted IS NULL",
    "CREATE INDEX IF NOT EXISTS consultation_of_owner ON consultation(owner_id, held_on)"
    " WHERE deleted IS NULL AND business_id IS NULL",
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip of the list: its words and its condition over the columns of a list row."""

    key: str
    words: Words
    condition: str


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of the list."""

    key: str
    words: Words
    order: str


_OPEN = "EXISTS (SELECT 1 FROM follow_up f WHERE {whose} AND f.state = 'open' AND f.deleted IS NULL)"
# Asking the kind costs 50 microseconds a NIK; nearly all are seen to be right without it.
_PLAINLY_RIGHT = (
    f"nik GLOB '{'[0-9]' * 16}' AND province_known(substr(nik, 1, 2))"
    " AND (substr(nik, 7, 2) BETWEEN '01' AND '28' OR substr(nik, 7, 2) BETWEEN '41' AND '68')"
    " AND substr(nik, 9, 2) BETWEEN '01' AND '12' AND substr(nik, 13) <> '0000' AND trim(nik, substr(nik, 1, 1)) <> ''"
)

ELSEWHERE, READY = "elsewhere", "ready"
FILTERS = (
    Filter("active", Words("Aktif tahun ini", "Active this year"), "last >= :year"),
    Filter("no_nib", Words("Belum punya NIB", "No NIB yet"), "business_id IS NOT NULL AND coalesce(nib, '') = ''"),
    Filter("follow_up", Words("Ada tindak lanjut", "Has follow-up"),
           _OPEN.format(whose="f.business_id = listed.business_id") + " OR "
           + _OPEN.format(whose="f.owner_id = listed.owner_id AND f.business_id IS NULL")),
    Filter("not_informed", Words("Belum diberi tahu", "Not yet informed"), "informed = 'not_yet'"),
    Filter("nik_check", Words("NIK perlu dicek", "NIK to check"),
           f"CASE WHEN nik IS NULL OR {_PLAINLY_RIGHT} THEN false ELSE nik_faulty(nik) END"),
    Filter(READY, Words("Siap naik kelas", "Ready to move up"), "business_id IN (SELECT value FROM json_each(:ready))"),
    Filter(ELSEWHERE, Words("Desa lain", "Elsewhere"), "NOT own"),
)  # fmt: skip
SORTS = (
    Sort("latest", Words("terbaru", "latest"), "last DESC, doc DESC"),
    Sort("business", Words("nama usaha", "business name"), "coalesce(business, owner) COLLATE NOCASE, doc"),
    Sort("owner", Words("nama pemilik", "owner name"), "owner COLLATE NOCASE, doc"),
    Sort("place", Words("RW, RT", "RW, RT"), "rw, rt, coalesce(business, owner) COLLATE NOCASE"),
)
SORTED_UP_TO = 300  # hits of a typed text that are put in order

_CONDITIONS = {f.key: f.condition for f in FILTERS}
_ORDERS = {s.key: s.order for s in SORTS}


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the list is asked for: a text, keys of `FILTERS` that all hold, a key of `SORTS`."""

    text: str = ""
    filters: tuple[str, ...] = ()
    sort: str = "latest"


def row_ids(store: Store, query: ListQuery) -> Docs:
    """The docs that fit a query, in its order.

    By text alone at most 2,000; when more than `SORTED_UP_TO` fit and the latest are asked for,
    those registered last come first, because a keystroke cannot wait for every last contact.
    """
    params, rows = _params(store), ("", "")
    if READY in query.filters:
        params["ready"] = classes.ready_json(store)
    if query.text.strip():
        found = search.newest(store, query.text, -1 if query.filters else search.FOUND_AT_MOST)
        if not query.filters and query.sort == "latest" and not 1 < len(found) <= SORTED_UP_TO:
            return found
        rows = _rows_of(found)
    conditions = "".join(f" AND ({_CONDITIONS[key]})" for key in query.filters)
    if not query.text.strip() and ELSEWHERE not in query.filters:
        conditions += " AND own"
    sql = f"{_listed(*rows)} SELECT doc FROM listed WHERE true{conditions} ORDER BY {_ORDERS[query.sort]}"
    return array("q", (doc for (doc,) in store.query(sql, params)))


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to a query: its docs, how many businesses they were chosen from, what was probably meant
    when nothing fits, the place of the record that was asked for, and how many businesses are a neighbour's.
    """

    query: ListQuery
    docs: Docs
    total: int
    meant: str = ""
    at: int | None = None
    elsewhere: int = 0

    @property
    def businesses(self) -> int:
        """How many of the docs are businesses; the others are owners without one."""
        return sum(not doc & 1 for doc in self.docs)

    @property
    def cut(self) -> bool:
        """Whether more fit than are listed."""
        return bool(self.query.text) and not self.query.filters and len(self.docs) == search.FOUND_AT_MOST


def listing(store: Store, query: ListQuery, entity: str = "", record_id: str = "") -> Listing:
    """Ask for a list; a record that does not fit the query is shown in the whole list instead."""
    docs = row_ids(store, query)
    wanted = doc_of(store, entity, record_id) if record_id else array("q")
    for filters in ((), (ELSEWHERE,)):
        if wanted and wanted[0] not in docs:
            query = ListQuery(filters=filters, sort=query.sort)
            docs = row_ids(store, query)
    at = docs.index(wanted[0]) if wanted and wanted[0] in docs else None
    meant = search.suggestion(store, query.text) if query.text and not docs else ""
    total, own = store.query(
        f"SELECT count(*), coalesce(sum(scope NOT IN {NEIGHBOURS}), 0) FROM business WHERE deleted IS NULL"
    )[0]
    among = total if query.text else total - own if ELSEWHERE in query.filters else own
    return Listing(query, docs, among, meant, at, total - own)


def doc_of(store: Store, entity: str, record_id: str) -> Docs:
    """The doc of a live record: one, or none when it is gone (or an owner now has a business)."""
    odd = int(entity == "owner")
    table = "owner" if odd else "business"
    found = store.query(f"SELECT rowid * 2 + {odd} FROM {table} WHERE id = ? AND deleted IS NULL", (record_id,))
    return array("q", (doc for (doc,) in found))


def page(store: Store, docs: Iterable[int]) -> list[Row]:
    """The list rows of some docs, in that order; a doc that is gone meanwhile is left out."""
    wanted = list(docs)
    sql = f"{_listed(*_rows_of(wanted))} SELECT {', '.join(COLUMNS)} FROM listed"
    found = {values[0]: dict(zip(COLUMNS, values, strict=True)) for values in store.query(sql, _params(store))}
    return [found[doc] for doc in wanted if doc in found]


def _rows_of(docs: Iterable[int]) -> tuple[str, str]:
    """The condition on each half of the list that leaves these docs."""
    businesses, owners = array("q"), array("q")
    for doc in docs:
        (owners if doc & 1 else businesses).append(doc >> 1)
    return f"AND b.rowid IN ({numbers(businesses)})", f"AND o.rowid IN ({numbers(owners)})"


def _listed(businesses: str, owners: str) -> str:
    return _LISTED.format(columns=_COLUMNS.format(neighbours=NEIGHBOURS), businesses=businesses, owners=owners)


def office_zone(clock: Clock) -> str:
    """What SQLite's `date` adds to a stored moment for the office's calendar day: `+420 minutes`."""
    ahead = clock.now().astimezone(clock.zone).utcoffset() or timedelta()
    return f"{int(ahead.total_seconds() // 60):+d} minutes"


def _params(store: Store) -> Row:
    return {"year": f"{store.clock.today().year}-01-01", "zone": office_zone(store.clock)}


def nik_faulty(nik: str | None) -> bool:
    """Whether a stored NIK cannot be right: it is kept as typed, but stands on "NIK perlu dicek"."""
    return bool(nik) and any(p.severity == "error" for p in KINDS["nik"].check(nik))


@cache
def _province_known(code: str | None) -> bool:
    return bool(code) and reference.region(code) is not None


def set_up(db: "Database") -> None:
    """Make the list's indexes and lend the file the check of a NIK."""
    conn: Connection = db.conn
    conn.create_function("nik_faulty", 1, nik_faulty, deterministic=True)
    conn.create_function("province_known", 1, _province_known, deterministic=True)
    for statement in _INDEXES:
        conn.execute(statement)


SETUP.append(set_up)
