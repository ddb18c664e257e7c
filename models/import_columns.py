"""What a column of a workbook can become, and the guess from its heading and its values."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from models import kinds
from models.businesses import BUSINESS
from models.i18n import Words
from models.owners import OWNER
from models.schema import Entity, Field, Kind
from models.workbook import CellValue, Sheet, plain

SKIP = ""  # the target of a column that is not carried over
SKIP_WORDS = Words("(jangan dibawa)", "(skip)")
EXCEL_EPOCH = date(1899, 12, 30)

# Filled by the import itself or by a later conversation, never from a column.
_NOT_FROM_FILES = {
    "owner.legal_basis", "owner.informed", "owner.note", "business.owner_id", "business.import_id", "owner.import_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A field, or something a column holds that becomes fields: `owner.nik`, `rt_rw`."""

    key: str
    words: Words
    kind: Kind
    headings: tuple[str, ...]  # plain spellings


_OF_BUSINESS = ("usaha", "business")


def _all_targets() -> dict[str, Target]:
    fields = [(e, f) for e in (OWNER, BUSINESS) for f in e.fields if f"{e.name}.{f.name}" not in _NOT_FROM_FILES]
    shared = {f.name for e, f in fields if e is OWNER} & {f.name for e, f in fields if e is BUSINESS} - {"name"}
    targets = [_target(e, f, f.name in shared) for e, f in fields] + list(_EXTRA)
    return {t.key: t for t in targets}


def _target(entity: Entity, field: Field, shared: bool) -> Target:
    """A field as a target. A list has one address: it is the owner's, unless it says that it is the business's."""
    words, spellings = field.label, _spellings(field)
    if shared:
        usual = _spellings(OWNER[field.name]) | _spellings(BUSINESS[field.name])
        marked = {s for s in usual if s.endswith(_OF_BUSINESS)}
        spellings = usual - marked
        if entity is BUSINESS:
            words = Words(f"{OWNER[field.name].label.id} (usaha)", f"{OWNER[field.name].label.en} (business)")
            spellings = marked | {f"{s} {of}" for s in spellings for of in (*_OF_BUSINESS, "tempat usaha")}
    return Target(f"{entity.name}.{field.name}", words, field.kind, tuple(sorted(spellings)))


def _spellings(field: Field) -> set[str]:
    return {plain(h) for h in (*field.headings, field.label.id, field.label.en, field.name)}


def _extra(key: str, words: Words, kind: Kind, headings: str) -> Target:
    spellings = {plain(h) for h in (*headings.split("|"), words.id, words.en)}
    return Target(key, words, kind, tuple(sorted(spellings)))


_EXTRA = (
    _extra("rt_rw", Words("RT / RW", "RT / RW"), kinds.TEXT, "rt/rw|rt rw|rt-rw|rtrw"),
    _extra("district", Words("Kecamatan", "District"), kinds.TEXT, "kecamatan|kec|district"),
    _extra("birth", Words("Tempat, tanggal lahir", "Place and date of birth"), kinds.TEXT,
           "ttl|tempat tanggal lahir|tempat/tgl lahir|tempat dan tanggal lahir|tempat, tgl. lahir|tmp tgl lahir"),
    _extra("sales_month", Words("Penjualan per bulan", "Sales per month"), kinds.MONEY,
           "omzet/bulan|omset/bulan|omzet/bln|omset/bln|omzet per bulan|omset per bulan|omzet sebulan|omset sebulan|"
           "penjualan/bulan|penjualan sebulan|pendapatan/bulan|pendapatan per bulan|omzet perbulan|omset perbulan"),
)  # fmt: skip
TARGETS = _all_targets()
_UNCLEAR = {"omzet", "omset", "penjualan", "kontak", "lahir", "produk"}  # known words that may mean something else


def by_spelling(targets: Mapping[str, Target]) -> dict[str, str]:
    """The target of each known spelling of a heading; the first declared one of those that share it."""
    return {s: t.key for t in reversed(list(targets.values())) for s in t.headings}


_BY_SPELLING = by_spelling(TARGETS)


def is_heading(text: str) -> bool:
    """Whether a cell reads like the heading of something that can be imported."""
    return plain(text) in _BY_SPELLING


@dataclass(frozen=True, slots=True)
class Guess:
    """The target proposed for a column; an uncertain one is shown in amber."""

    target: str
    certain: bool = True


def guess_columns(
    sheet: Sheet, today: date, remembered: Mapping[str, str] | None = None, targets: Mapping[str, Target] = TARGETS
) -> list[Guess]:
    """One guess a column; each target is given to the column it fits best."""
    known = _BY_SPELLING if targets is TARGETS else by_spelling(targets)
    columns = [[row.values[i] for row in sheet.rows] for i in range(len(sheet.headings))]
    scored: list[tuple[float, int, str]] = []
    for i, heading in enumerate(sheet.headings):
        if remembered is not None and plain(heading) in remembered:
            scored.append((2.0, i, remembered[plain(heading)]))
        elif any(v is not None for v in columns[i]):  # an empty column brings nothing
            scored += [(score, i, key) for key, score in _scores(heading, columns[i], today, known)]
    guesses = [Guess(SKIP)] * len(columns)
    placed: set[int] = set()
    for score, i, key in sorted(scored, key=lambda s: (-s[0], s[1])):
        taken = key != SKIP and any(g.target == key for g in guesses)
        if i in placed or taken or key not in (SKIP, *targets):
            continue
        placed.add(i)
        guesses[i] = Guess(key, score >= 1)
    return guesses


def _scores(
    heading: str, values: Sequence[CellValue], today: date, known: Mapping[str, str]
) -> list[tuple[str, float]]:
    """Targets that a column may be: 1 by its name, less by likeness or by what stands in it."""
    name = plain(heading)
    if exact := known.get(name):
        return [(exact, 0.95 if name in _UNCLEAR else 1.0)]
    alike = [(key, _likeness(name, spelling)) for spelling, key in known.items()] if name else []
    content = [
        (key, 0.5) for key in ("owner.nik", "owner.phone", "business.nib", "owner.sex") if _fits(key, values, today)
    ]
    return [(key, score) for key, score in alike if score > 0.6] + content


def _likeness(name: str, spelling: str) -> float:
    """How far two headings are the same: shared words, or nearly the same letters."""
    ours, theirs = set(name.split()), set(spelling.split())
    if theirs <= ours and len(spelling) > 2:
        return 0.6 + 0.35 * len(theirs) / len(ours) * min(1, len(spelling) / 6)
    ratio = SequenceMatcher(None, name, spelling).ratio() if abs(len(name) - len(spelling)) < 4 else 0
    return 0.9 * ratio if ratio > 0.84 else 0


def _fits(key: str, values: Sequence[CellValue], today: date) -> bool:
    kind = TARGETS[key].kind
    texts = [typed(v, kind) for v in values if v is not None][:50]
    good = sum(kind.parse(t, today) is not None and all(p.suggestion for p in kind.check(t, today)) for t in texts)
    return len(texts) > 2 and good >= 0.7 * len(texts)


def typed(value: CellValue, kind: Kind) -> str:
    """A cell as a person would have typed it into a field of that kind."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (datetime, date)):
        day = value.date() if isinstance(value, datetime) else value
        return f"{day:%d/%m/%Y}"
    if isinstance(value, (int, float)) and kind.name in ("date", "birth_date") and 366 < value < 80_000:
        return f"{EXCEL_EPOCH + timedelta(days=int(value)):%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10f}".rstrip("0").replace(".", ",")
    return re.sub(r"^'(?=[+\d])", "", str(value))


def layout_key(sheet: Sheet) -> str:
    """The name under which the columns of such a file are remembered: its headings, nothing else."""
    headings = "|".join(plain(h) for h in sheet.headings)
    return "import_layout:" + hashlib.sha256(headings.encode()).hexdigest()[:16]


def layout(sheet: Sheet, columns: Sequence[str]) -> dict[str, str]:
    """What to remember of a file: the target of each heading."""
    return {plain(h): key for h, key in zip(sheet.headings, columns, strict=True) if h}
