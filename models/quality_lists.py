"""The quality of all data: scores per village and recorder, repairs with the records behind each number.

What each business lacks is kept in a table and made anew only for owners who changed, so that an office
of 10,000 businesses is counted in a blink. Freshness and twins come from the lists that say them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import duplicates, quality, touched, working_lists
from models.businesses import GONE
from models.database import SETUP, Connection, make_anew
from models.i18n import Words
from models.people import name_of
from models.quality import NOT_SEEN, NOT_TOLD, OLD_KBLI, SHARED_PHONE, TWIN, WANTED, Asked, Fault, Score
from models.schema import Row
from models.sql import codes, numbers
from models.store import NEIGHBOURS, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

BATCH = 1_000
_TABLE = """
CREATE TABLE IF NOT EXISTS quality (
  doc INTEGER PRIMARY KEY, owner INTEGER NOT NULL, gaps TEXT NOT NULL, faults TEXT NOT NULL)
"""
_VERSION = (1, WANTED)  # when it changes, everybody is judged anew
_YEARS = ("business_id", "sales", "capital", "workers_men", "workers_women", "workers_paid", "workers_unpaid")
_STANDS = f"deleted IS NULL AND coalesce(existence, '') NOT IN ({codes(GONE)})"


def set_up(db: "Database") -> None:
    """Make the table where it is missing; forget what was judged by other declarations."""
    conn: Connection = db.conn
    conn.execute(_TABLE)
    conn.execute("CREATE INDEX IF NOT EXISTS quality_owner ON quality (owner)")
    make_anew(conn, "quality", _VERSION, ("DELETE FROM quality", "DELETE FROM setting WHERE key = 'touched:quality'"))


SETUP.append(set_up)


def refresh(store: Store) -> None:
    """Judge those who changed."""
    docs, last = touched.since(store, "quality", BATCH)
    while docs:
        rows = list(_judged(store, docs))
        with store.transaction():
            store.query(f"DELETE FROM quality WHERE owner IN ({numbers(docs)})")
            store.db.conn.executemany("INSERT INTO quality VALUES (?, ?, ?, ?)", rows)
            touched.seen(store, "quality", last)
        docs, last = touched.since(store, "quality", BATCH)


def _judged(store: Store, docs: list[int]) -> Iterable[tuple[int, int, str, str]]:
    today = store.clock.today()
    found = store.query(f"SELECT id, rowid FROM owner WHERE deleted IS NULL AND rowid IN ({numbers(docs)})")
    owners = dict(found)
    rows = {o["id"]: o for o in store.find_in("owner", "id", owners)}
    rowids = dict(store.query(
        f"SELECT id, rowid FROM business WHERE {_STANDS} AND owner_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(owners)),)))  # fmt: skip
    years = _years(store, rowids)
    for business in store.find_in("business", "id", rowids):
        owner = rows[business["owner_id"]]
        missing = quality.gaps(owner, business, years[business["id"]])
        wrong = [[f.key, f.code] for f in quality.faults(owner, business, today)]
        yield rowids[business["id"]], owners[owner["id"]], ",".join(missing), json.dumps(wrong)


def _years(store: Store, businesses: Iterable[str]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for values in store.query(
        f"SELECT {', '.join(_YEARS)} FROM assessment WHERE deleted IS NULL"
        " AND business_id IN (SELECT value FROM json_each(?))", (json.dumps(list(businesses)),)
    ):  # fmt: skip
        grouped[values[0]].append(dict(zip(_YEARS, values, strict=True)))
    return grouped


@dataclass(frozen=True, slots=True)
class Record:
    """One business as it was judged; `repairs` are what `quality.next_question` takes."""

    business_id: str
    owner_id: str
    village: str
    recorder: str  # whose registration it is: a user, or `import:` and the id of the import
    gaps: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]  # key, code
    fresh: bool
    told: bool
    twin: bool
    shared_phone: bool

    @property
    def score(self) -> Score:
        """Its part in the sums."""
        filled = len(WANTED) - len(self.gaps)
        return Score(1, len(WANTED), filled, int(not self.faults), int(self.fresh), int(not self.twin))

    @property
    def repairs(self) -> list[str]:
        """Everything to mend, by name."""
        marks = (
            (NOT_TOLD, not self.told),
            (TWIN, self.twin),
            (SHARED_PHONE, self.shared_phone),
            (NOT_SEEN, not self.fresh),
        )
        return [*self.gaps, *(key for key, _ in self.faults), *(name for name, on in marks if on)]


_RECORDS = f"""
SELECT b.id, o.id, b.village, coalesce('import:' || b.import_id, b.created_by, ''), q.gaps, q.faults, o.informed, o.phone
  FROM quality q JOIN business b ON b.rowid = q.doc JOIN owner o ON o.rowid = q.owner
 WHERE b.{_STANDS} AND o.deleted IS NULL AND o.informed <> 'refused' AND {{which}} ORDER BY b.rowid
"""
_SHARED_PHONES = """
SELECT phone FROM owner WHERE deleted IS NULL AND phone IS NOT NULL GROUP BY phone HAVING count(*) > 1
"""


def records(store: Store, owner_id: str = "") -> list[Record]:
    """Every business of this office that stands (or those of one owner), as it is now."""
    refresh(store)
    duplicates.sweep(store)
    old = {entry.id for entry in working_lists.LISTS["not_seen"].entries(store)}
    pairs = duplicates.pairs_of(store)
    twins = {owner for pair in pairs for owner in pair}
    phones = {phone for (phone,) in store.query(_SHARED_PHONES)}
    sql = _RECORDS.format(which="o.id = ?" if owner_id else f"b.scope NOT IN {NEIGHBOURS}")
    return [
        Record(
            business, owner, village, recorder, tuple(filter(None, missing.split(","))),
            tuple((key, code) for key, code in json.loads(wrong)), business not in old,
            informed not in (None, "not_yet"), owner in twins, phone in phones and owner not in twins,
        )
        for business, owner, village, recorder, missing, wrong, informed, phone in store.query(
            sql, (owner_id,) if owner_id else ())
    ]  # fmt: skip


def score(found: Iterable[Record]) -> Score:
    """The score of many records together."""
    return sum((r.score for r in found), Score())


def by_village(found: Iterable[Record]) -> dict[str, Score]:
    """The score of each village, the best first."""
    return _by(found, lambda r: r.village)


def by_recorder(store: Store, found: Iterable[Record]) -> dict[str, Score]:
    """The score of what each colleague or workbook brought in, the best first: as help, never as a ranking."""
    names: dict[str, str] = {}

    def name(record: Record) -> str:
        if record.recorder not in names:
            names[record.recorder] = _recorder(store, record.recorder)
        return names[record.recorder]

    return _by(found, name)


def _recorder(store: Store, who: str) -> str:
    if not who.startswith("import:"):
        return name_of(store, who)
    imports: list[Row] = store.setting("imports", [])
    return next((i["file"] for i in imports if i["id"] == who.removeprefix("import:")), "Impor")


def _by(found: Iterable[Record], key: Callable[[Record], str]) -> dict[str, Score]:
    sums: defaultdict[str, Score] = defaultdict(Score)
    for record in found:
        sums[key(record)] += record.score
    return dict(sorted(sums.items(), key=lambda pair: -pair[1].total))


@dataclass(frozen=True, slots=True)
class Repair:
    """A reason in the list: what, why it matters, how to mend it, and which records."""

    key: str
    words: Words
    why: Words
    cure: Words
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Reason:
    words: Words
    why: Words
    cure: Words
    fits: Callable[[Record], bool]
    of_owner: bool = False  # counted once an owner, however many businesses


def _fault_of(*keys: str) -> Callable[[Record], bool]:
    return lambda r: any(key in keys and code != OLD_KBLI for key, code in r.faults)


REASONS: dict[str, _Reason] = {
    "nik": _Reason(
        Words("NIK perlu dicek", "NIK to check"),
        Words("Kurang angka atau tanggal lahir tidak mungkin", "Digits are missing or the birth date is impossible"),
        Words("Cocokkan dengan KTP saat bertemu", "Compare with the ID card when you meet"),
        _fault_of("owner.nik"), of_owner=True),
    TWIN: _Reason(
        Words("Mungkin data ganda", "Maybe registered twice"),
        Words("Nama dan No. HP sama", "Name and phone agree"),
        Words("Bandingkan berdampingan", "Compare side by side"),
        lambda r: r.twin, of_owner=True),
    SHARED_PHONE: _Reason(
        Words("No. HP dipakai dua pemilik", "Phone of two owners"),
        Words("Mungkin satu keluarga", "Maybe one family"),
        Words("Tanyakan nomor sendiri", "Ask for a number of their own"),
        lambda r: r.shared_phone, of_owner=True),
    NOT_TOLD: _Reason(
        Words("Belum diberi tahu", "Not yet informed"),
        Words("Tidak dibagikan dan tidak diekspor", "Neither shared nor exported"),
        Words("Bacakan lembar F-02", "Read sheet F-02 aloud"),
        lambda r: not r.told, of_owner=True),
    "sales": _Reason(
        Words("Penjualan belum diisi", "Sales not filled in"),
        Words("Skala usaha belum bisa dihitung", "The scale cannot be computed"),
        Words("Satu pertanyaan: penjualan sebulan?", "One question: sales of a month?"),
        lambda r: "business.sales_year" in r.gaps),
    "workers": _Reason(
        Words("Jumlah pekerja belum diisi", "Workers not filled in"),
        Words("Penyerapan tenaga kerja kurang", "Labour is undercounted"),
        Words("Tanya pekerja L dan P", "Ask for men and women"),
        lambda r: "business.workers" in r.gaps),
    "kbli": _Reason(
        Words("KBLI 2020 perlu dicocokkan", "KBLI 2020 to be matched"),
        Words("Kode yang sama bisa beda arti di KBLI 2025", "The same code may mean something else in KBLI 2025"),
        Words("Pilih usulan; pemilik mengiyakan", "Choose a proposal; the owner says yes"),
        lambda r: ("business.kbli", OLD_KBLI) in r.faults),
    "other": _Reason(
        Words("Isian lain perlu dicek", "Other fields to check"),
        Words("Bentuknya tidak mungkin benar", "Its shape cannot be right"),
        Words("Cocokkan dengan dokumennya", "Compare with the document"),
        lambda r: any(key != "owner.nik" and code != OLD_KBLI for key, code in r.faults)),
    NOT_SEEN: _Reason(
        Words("Lebih dari 12 bulan tak diperiksa", "Not seen for more than 12 months"),
        Words("Mungkin sudah pindah atau tutup", "May have moved or closed"),
        Words("Telepon atau kunjungi", "Call or visit"),
        lambda r: not r.fresh),
}  # fmt: skip


def repairs(found: Iterable[Record]) -> list[Repair]:
    """What to mend, reason by reason; reasons without a record are left out."""
    everything = list(found)
    listed = [
        Repair(key, reason.words, reason.why, reason.cure, tuple(_fitting(reason, everything)))
        for key, reason in REASONS.items()
    ]
    return [repair for repair in listed if repair.records]


def _fitting(reason: _Reason, everything: Iterable[Record]) -> Iterable[Record]:
    known: set[str] = set()
    for record in everything:
        if reason.fits(record) and not (reason.of_owner and record.owner_id in known):
            known.add(record.owner_id)
            yield record


def ask_next(store: Store, owner_id: str) -> Asked | None:
    """The one question that closes most gaps of an owner's records; None when nothing is open."""
    return quality.next_question(name for record in records(store, owner_id) for name in record.repairs)


def faults_of(store: Store, business_id: str) -> list[Fault]:
    """What is wrong with one business and its owner, in words."""
    business = store.get("business", business_id) or {}
    owner = store.get("owner", str(business.get("owner_id"))) or {}
    return quality.faults(owner, business, store.clock.today())


def remember(store: Store, found: Iterable[Record]) -> None:
    """Keep this month's score and number of repairs, to compare with later."""
    everything = list(found)
    whole = score(everything)
    month = {"score": whole.total, "repairs": sum(len(r.records) for r in repairs(everything)),
             "recorders": {name: s.total for name, s in by_recorder(store, everything).items()}}  # fmt: skip
    store.set_setting(f"quality:{store.clock.today():%Y-%m}", month)


def remembered(store: Store, month: str) -> Mapping[str, object] | None:
    """What was kept of a month (`2026-10`): score, repairs, recorders; None when nobody looked then."""
    return store.setting(f"quality:{month}")
