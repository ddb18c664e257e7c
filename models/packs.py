"""Reference packs: whole lists (regions, KBLI, services, limits, holidays) that replace the shipped ones.

A pack is a CSV list with a version, a source and the day from which it is valid, known by the SHA-256 of its text.
It is checked as a whole when it is read and again when it arrives: a list that is cut short or of another sort is
refused, never half used. `current` decides for the whole program which version of a list counts; the look-ups
(`reference`, `kbli`, `services`, `scales`, `workdays`) ask it, and keep what they made of a list by `remembered`.
How packs are kept and carried is in `models.reference_packs`.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from itertools import groupby
from pathlib import Path
from typing import ParamSpec, TypeVar

import zstandard

from models.errors import FileTrouble
from models.i18n import Words

P = ParamSpec("P")
T = TypeVar("T")
Rows = list[dict[str, str]]

FOLDER = Path(__file__).parent.parent / "resources" / "reference"
LARGEST = 16 << 20  # bytes of a list


@dataclass(frozen=True, slots=True)
class Sort:
    """What a list must look like: `key` tells its rows apart, `every` are values that one column must all hold."""

    words: Words
    columns: tuple[str, ...]
    least: int  # rows; a shorter list was cut
    key: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()  # columns of the official list that its codes say as well
    patterns: Mapping[str, str] = field(default_factory=dict[str, str])
    every: tuple[str, str] = ("", "")  # column, letters


_KBLI = ("code", "title", "category")
_FIVE = "[0-9]{5}"
_DAY = "[0-9]{4}-[01][0-9]-[0-3][0-9]"
_DAYS = ("day", "valid_from")  # columns that hold a day of the calendar
_REGION = "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10}"
_FIELDS = "|institution|production|people|marketing|finance|network|technology"
_PERMITS = "|nib|pirt|halal|bpom|traditional|cosmetic|brand|ip_other|training|slhs|sni|pb_umku|nitku|company|sku|other"
_TOPICS = "nib|pirt|halal|brand|packaging|financing|cooperative|partnership|marketing|other"
_CONDITIONS = "|body|renewal|food|over_50m|over_100m|asked"

SORTS: dict[str, Sort] = {
    "regions": Sort(Words("Wilayah", "Regions"), ("code", "name"), 91_000, ("code",), ("successor",), ("parent", "level"),
                    {"code": _REGION, "name": ".+", "successor": f"|{_REGION}"}),
    "kbli_2025": Sort(Words("KBLI 2025", "KBLI 2025"), _KBLI, 1_500, ("code",), (), (),
                      {"code": _FIVE, "title": ".+", "category": "[A-V]"}, ("category", "ABCDEFGHIJKLMNOPQRSTUV")),
    "kbli_2020": Sort(Words("KBLI 2020", "KBLI 2020"), _KBLI, 1_700, ("code",), (), (),
                      {"code": _FIVE, "title": ".+", "category": "[A-U]"}, ("category", "ABCDEFGHIJKLMNOPQRST")),
    "kbli_changes": Sort(Words("Perubahan KBLI 2020 ke 2025", "Changes from KBLI 2020 to 2025"),
                         ("code_2020", "code_2025", "change"), 1_500, (), (), (),
                         {"code_2020": _FIVE, "code_2025": f"|{_FIVE}"}),
    "services": Sort(Words("Layanan", "Services"), ("code", "name_id", "name_en", "short_id", "short_en", "field",
                     "output_id", "output_en", "permit", "topic"), 10, ("code",), (), (),
                     {"code": "[a-z][a-z0-9_]*", "name_id": ".+", "name_en": ".+", "short_id": ".+", "short_en": ".+",
                      "field": _FIELDS, "permit": _PERMITS, "topic": _TOPICS}),
    "checklists": Sort(Words("Daftar dokumen", "Checklists"), ("service", "no", "item_id", "item_en", "needed", "condition",
                       "note_id", "note_en", "verified", "source"), 20, ("service", "no"), (), (),
                       {"no": "[0-9]{1,3}", "item_id": ".+", "item_en": ".+", "needed": "must|if_any|when|after",
                        "condition": _CONDITIONS, "verified": "[01]"}),
    "scales": Sort(Words("Batas skala usaha", "Limits of scale"), ("valid_from", "scale", "name_id", "name_en",
                   "capital_up_to", "sales_up_to"), 4, ("valid_from", "scale"), (), (),
                   {"valid_from": _DAY, "scale": "micro|small|medium|large", "capital_up_to": "[0-9]{0,15}",
                    "sales_up_to": "[0-9]{0,15}"}),
    "holidays": Sort(Words("Hari libur", "Holidays"), ("day", "name_id", "name_en"), 5, ("day",), (), (),
                     {"day": _DAY, "name_id": ".+", "name_en": ".+"}),
    "sentences": Sort(Words("Kalimat siap pakai", "Ready sentences"), ("topic", "text_id", "text_en"), 5,
                      ("topic", "text_id"), (), (), {"topic": _TOPICS, "text_id": ".+"}),
}  # fmt: skip

NOT_TEXT = Words("Berkas ini bukan daftar CSV (teks UTF-8). Simpan ulang sebagai CSV UTF-8.",
                 "This is no CSV list (UTF-8 text). Save it again as CSV UTF-8.")  # fmt: skip
OTHER_SORT = Words("Ini bukan daftar {list}. Kolom yang diperlukan: {columns}.",
                   "This is not the list {list}. Columns needed: {columns}.")  # fmt: skip
CUT = Words("Daftar {list} terpotong: berhenti di baris {row}. Unduh ulang, lalu muat lagi.",
            "The list {list} is cut short: it stops at row {row}. Fetch it again, then load it.")  # fmt: skip
LACKS = Words("Daftar {list} tidak lengkap atau dari versi lain: tidak ada {column} {missing}.",
              "The list {list} is incomplete or of another version: no {column} {missing}.")  # fmt: skip
BAD_VALUE = Words("Daftar {list}, baris {row}: {column} “{value}” tidak sesuai. Periksa berkasnya.",
                  "List {list}, row {row}: {column} “{value}” does not fit. Check the file.")  # fmt: skip
TWICE = Words("Daftar {list}, baris {row}: “{value}” sudah ada di atas.",
              "List {list}, row {row}: “{value}” stands above already.")  # fmt: skip
NOT_RISING = Words("Daftar {list}: batas sejak {day} harus naik, dan skala terakhir tanpa batas.",
                   "List {list}: the limits from {day} must rise, and the last scale has none.")  # fmt: skip
UNSIGNED = Words("Tulis versi, sumber dan tanggal daftar ini.", "Write the version, source and date of this list.")


class Spoilt(ValueError):
    """Content that is not what its hash says."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one list; `dated` is the ISO day from which it is valid, `content` the compressed CSV text."""

    name: str
    version: str
    source: str
    dated: str
    sha256: str
    content: bytes

    def text(self) -> bytes:
        """The list as CSV; `Spoilt` when it is not what the hash says."""
        try:
            if zstandard.frame_content_size(self.content) not in range(1, LARGEST):
                raise Spoilt
            plain = zstandard.ZstdDecompressor().decompress(self.content, max_output_size=LARGEST)
        except zstandard.ZstdError as error:
            raise Spoilt from error
        if hashlib.sha256(plain).hexdigest() != self.sha256:
            raise Spoilt
        return plain

    def rows(self) -> Rows:
        """The rows, by column; optional columns that the list does not have are left out."""
        return list(csv.DictReader(io.StringIO(self.text().decode(), newline="")))

    def check(self) -> None:
        """FileTrouble with a sentence, or `Spoilt`, when the list is not whole and of its sort."""
        _rows(self.name, self.text())


def read(name: str, data: bytes, version: str, source: str, dated: str) -> Pack:
    """The pack that a CSV file makes; FileTrouble with a sentence when the list is not whole and of this sort."""
    if not (version.strip() and source.strip() and _is_day(dated)):
        raise FileTrouble(UNSIGNED)
    rows = _rows(name, data)
    columns = [column for column in rows[0] if column not in SORTS[name].ignored]
    text = io.StringIO()
    csv.writer(text).writerows([columns, *([row[c] for c in columns] for row in rows)])
    plain = text.getvalue().replace("\r\n", "\n").encode()
    packed = zstandard.ZstdCompressor(level=9).compress(plain)
    return Pack(name, version.strip(), source.strip(), dated, hashlib.sha256(plain).hexdigest(), packed)


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(_DAY, text) and date.fromisoformat(text))
    except ValueError:
        return False


def _rows(name: str, data: bytes) -> Rows:
    """The rows of a list, proved to be whole."""
    sort, said = SORTS[name], SORTS[name].words
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileTrouble(NOT_TEXT) from error
    lines = [line for line in io.StringIO(text, newline="") if not line.startswith("#")]
    if len(data) > LARGEST or "\0" in text or not lines:
        raise FileTrouble(NOT_TEXT)
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    allowed = {*sort.columns, *sort.optional, *sort.ignored}
    try:
        heading = next(reader)
        if not set(sort.columns) <= set(heading) <= allowed or len(set(heading)) != len(heading):
            raise refused(OTHER_SORT, said, columns=", ".join(sort.columns))
        found = list(reader)
    except csv.Error as error:  # an open quote at the end, or no CSV at all
        raise refused(CUT, said, row=len(lines)) from error
    filled = [values for values in found if values]
    if len(filled) < sort.least or len(filled[-1]) != len(heading) or not lines[-1].endswith(("\n", "\r")):
        raise refused(CUT, said, row=len(found) + 1)
    rows = _checked(sort, heading, filled)
    if name == "scales":
        _check_limits(rows, said)
    return sorted(rows, key=lambda row: row["code"]) if name == "regions" else rows


def _checked(sort: Sort, heading: list[str], found: list[list[str]]) -> Rows:
    """Column by column: the longest list has 91,600 rows, and laptops are slow."""
    short = next((number for number, values in enumerate(found, 2) if len(values) != len(heading)), None)
    if short:
        raise refused(CUT, sort.words, row=short)
    columns = {
        name: [v.strip() for v in values] for name, values in zip(heading, zip(*found, strict=True), strict=True)
    }
    if sort is SORTS["regions"]:  # official lists write 35.74.01.1001
        columns |= {c: [v.replace(".", "") for v in columns[c]] for c in ("code", "successor") if c in columns}
    fits = {c: re.compile(pattern).fullmatch for c, pattern in sort.patterns.items()} | dict.fromkeys(_DAYS, _is_day)
    for column in columns.keys() & fits.keys():
        for number, value in enumerate(columns[column], 2):
            if not fits[column](value):
                raise refused(BAD_VALUE, sort.words, row=number, column=column, value=value[:40])
    _check_keys(sort, list(zip(*(columns[c] for c in sort.key), strict=True)))
    column, letters = sort.every
    if missing := [v for v in letters if v not in set(columns[column])]:
        raise refused(LACKS, sort.words, column=column, missing=", ".join(missing))
    return [dict(zip(heading, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _check_keys(sort: Sort, keys: list[tuple[str, ...]]) -> None:
    seen: set[tuple[str, ...]] = set()
    for number, key in enumerate(keys, 2) if len(set(keys)) < len(keys) else ():
        if key in seen:
            raise refused(TWICE, sort.words, row=number, value=" ".join(key))
        seen.add(key)


def _check_limits(rows: Rows, said: Words) -> None:
    """Every amount must fall into a class, whichever day it is asked for."""
    for day, group in groupby(sorted(rows, key=lambda r: r["valid_from"]), key=lambda r: r["valid_from"]):
        *below, last = list(group)
        for column in ("capital_up_to", "sales_up_to"):
            limits = [int(row[column] or 0) for row in below]
            if last[column] or limits != sorted(set(limits)) or 0 in limits:
                raise refused(NOT_RISING, said, day=day)


def refused(why: Words, said: Words, **values: object) -> FileTrouble:
    """The trouble with a list, which `said` names."""
    return FileTrouble(why.fill(list=said, **values))


# Which version counts.


@dataclass(frozen=True, slots=True)
class _InForce:
    """The packs of this program now; `number` grows with every exchange, so that nothing old is remembered."""

    number: int
    packs: Mapping[str, tuple[Pack, ...]]  # by list, newest first


_in_force = _InForce(0, {})


def use(found: Iterable[Pack], today: date) -> None:
    """From now on these whole packs count, newest first; one that is valid only later is left for later."""
    global _in_force  # exchanged whole, so that no reader sees half of it
    valid = sorted((p for p in found if p.dated <= today.isoformat()), key=lambda p: (p.dated, p.version), reverse=True)
    packs = {name: tuple(p for p in valid if p.name == name) for name in {p.name for p in valid}}
    if packs != _in_force.packs:
        _in_force = _InForce(_in_force.number + 1, packs)


def current(name: str) -> Pack | None:
    """The version of a list that counts: the newest valid one; None when it is the shipped file."""
    return next(iter(_in_force.packs.get(name, ())), None)


def rows(name: str) -> Rows:
    """The rows of a list as it counts now: of the newest valid pack, else of the file that came with the program."""
    pack = current(name)
    return pack.rows() if pack else shipped(name)


def earlier(name: str) -> Rows:
    """The rows of all versions that the current one replaced, newer first: what old records may still name."""
    packs = _in_force.packs.get(name, ())
    return [row for pack in packs[1:] for row in pack.rows()] + (shipped(name) if packs else [])


def shipped(name: str) -> Rows:
    """The rows of the file that came with the program."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def remembered(made_of_lists: Callable[P, T]) -> Callable[P, T]:
    """Keeps what a function makes of the lists, by its arguments, until other lists count."""

    @lru_cache(maxsize=4096)
    def kept(_number: int, *args: P.args, **kwargs: P.kwargs) -> T:
        return made_of_lists(*args, **kwargs)

    @wraps(made_of_lists)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(_in_force.number, *args, **kwargs)

    return asked
