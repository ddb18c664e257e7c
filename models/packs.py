"""Reference packs: whole lists (regions, KBLI, services, limits, holidays) that replace the shipped ones.

A pack is a CSV list with a version, a source and a date, known by the SHA-256 of its text. It is checked as a
whole when it is read and again when it is used: a list that is cut short or of another sort is refused, never
half used. It travels as records of the scope `global`: compressed, base64, in numbered parts that count only
when all are there and the hash is right. Nothing here changes a record; codes that lists replaced are suggestions.
"""

import base64
import binascii
import csv
import hashlib
import io
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import zstandard

from models import kinds, reference
from models.errors import FileTrouble
from models.i18n import Words
from models.schema import Entity, Field, Row

if TYPE_CHECKING:
    from models.store import Changes, Store

SCOPE = "global"
PART = 20_000  # characters of one part: the longest text that a record may carry
LARGEST = 16 << 20  # bytes of a list
_NAMESPACE = uuid.UUID("6a5ad0c9-52fb-5c0e-8d6f-0d8d0f1b7c11")  # of parts: the same pack is the same records


@dataclass(frozen=True, slots=True)
class Sort:
    """What a list must look like: `key` tells its rows apart, `every` are values that one column must all hold."""

    words: Words
    columns: tuple[str, ...]
    least: int  # rows; a shorter list was cut
    key: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    patterns: Mapping[str, str] = field(default_factory=dict[str, str])
    every: tuple[str, str] = ("", "")  # column, letters


_KBLI = ("code", "title", "category")
_FIVE = "[0-9]{5}"
_DAY = "[0-9]{4}-[01][0-9]-[0-3][0-9]"
_REGION = "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10}"

SORTS: dict[str, Sort] = {
    "regions": Sort(Words("Wilayah", "Regions"), ("code", "name"), 91_000, ("code",), ("parent", "level", "successor"),
                    {"code": _REGION, "name": ".+", "successor": f"|{_REGION}"}),
    "kbli_2025": Sort(Words("KBLI 2025", "KBLI 2025"), _KBLI, 1_500, ("code",), (),
                      {"code": _FIVE, "title": ".+", "category": "[A-V]"}, ("category", "ABCDEFGHIJKLMNOPQRSTUV")),
    "kbli_2020": Sort(Words("KBLI 2020", "KBLI 2020"), _KBLI, 1_700, ("code",), (),
                      {"code": _FIVE, "title": ".+", "category": "[A-U]"}, ("category", "ABCDEFGHIJKLMNOPQRST")),
    "kbli_changes": Sort(Words("Perubahan KBLI 2020 ke 2025", "Changes from KBLI 2020 to 2025"),
                         ("code_2020", "code_2025", "change"), 1_500, (), (),
                         {"code_2020": _FIVE, "code_2025": f"|{_FIVE}"}),
    "services": Sort(Words("Layanan", "Services"), ("code", "name_id", "name_en", "short_id", "short_en", "field",
                     "output_id", "output_en", "permit", "topic"), 10, ("code",), (), {"code": "[a-z][a-z0-9_]*"}),
    "checklists": Sort(Words("Daftar dokumen", "Checklists"), ("service", "no", "item_id", "item_en", "needed", "condition",
                       "note_id", "note_en", "verified", "source"), 20, ("service", "no"), (),
                       {"no": "[0-9]+", "needed": "must|if_any|when|after", "verified": "[01]"}),
    "scales": Sort(Words("Batas skala usaha", "Limits of scale"), ("valid_from", "scale", "name_id", "name_en",
                   "capital_up_to", "sales_up_to"), 3, ("valid_from", "scale"), (),
                   {"valid_from": _DAY, "scale": "[a-z]+", "capital_up_to": "[0-9]*", "sales_up_to": "[0-9]*"}),
    "holidays": Sort(Words("Hari libur", "Holidays"), ("day", "name_id", "name_en"), 5, ("day",), (),
                     {"day": _DAY, "name_id": ".+", "name_en": ".+"}),
    "sentences": Sort(Words("Kalimat siap pakai", "Ready sentences"), ("topic", "text_id", "text_en"), 5,
                      ("topic", "text_id"), (), {"topic": "[a-z][a-z0-9_]*", "text_id": ".+"}),
}  # fmt: skip

REFERENCE_PACK = Entity(
    "reference_pack",
    Words("Daftar acuan", "Reference list"),
    Words("Daftar acuan", "Reference lists"),
    (
        Field("name", kinds.TEXT, Words("Daftar", "List"), required=True, listed=True),
        Field("version", kinds.TEXT, Words("Versi", "Version"), required=True, listed=True),
        Field("source", kinds.TEXT, Words("Sumber", "Source"), required=True, listed=True),
        Field("dated", kinds.DATE, Words("Tanggal daftar", "Date of the list"), required=True, listed=True),
        Field("sha256", kinds.TEXT, Words("Sidik SHA-256", "SHA-256"), required=True),
        Field("part", kinds.COUNT, Words("Bagian ke", "Part"), required=True),
        Field("parts", kinds.COUNT, Words("Jumlah bagian", "Parts"), required=True),
        Field("content", kinds.LONG_TEXT, Words("Isi", "Content"), required=True),  # zstd, base64
    ),
    append_only=True,  # another list is another record
    scope_digits=0,  # of no office: `SCOPE`
)

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
UNSIGNED = Words("Tulis versi, sumber dan tanggal daftar ini.", "Write the version, source and date of this list.")


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one list; `dated` is an ISO day, `content` the compressed CSV text."""

    name: str
    version: str
    source: str
    dated: str
    sha256: str
    content: bytes

    def rows(self) -> Sequence[Mapping[str, str]]:
        """The rows, by column; optional columns that the list does not have are left out."""
        return _unpacked(self.name, self.sha256, self.content)


def read(name: str, data: bytes, version: str, source: str, dated: str) -> Pack:
    """The pack that a CSV file makes; FileTrouble with a sentence when the list is not whole and of this sort."""
    if not (version.strip() and source.strip() and re.fullmatch(_DAY, dated)):
        raise FileTrouble(UNSIGNED)
    rows = _rows(name, data)
    columns = list(rows[0])
    lines = [columns, *([row[c] for c in columns] for row in rows)]
    plain = "".join(",".join(map(_quoted, line)) + "\n" for line in lines).encode()
    packed = zstandard.ZstdCompressor(level=9).compress(plain)
    return Pack(name, version.strip(), source.strip(), dated, hashlib.sha256(plain).hexdigest(), packed)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search('[",;\r\n]', value) else value


def _rows(name: str, data: bytes) -> list[dict[str, str]]:
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
    try:
        heading, *found = csv.reader(lines, delimiter=delimiter, strict=True)
    except csv.Error as error:  # an open quote at the end, or no CSV at all
        raise _refused(CUT, said, row=len(lines)) from error
    if not set(sort.columns) <= set(heading) <= {*sort.columns, *sort.optional} or len(set(heading)) != len(heading):
        raise _refused(OTHER_SORT, said, columns=", ".join(sort.columns))
    filled = [values for values in found if values]
    if len(filled) < sort.least or len(filled[-1]) != len(heading) or not lines[-1].endswith(("\n", "\r")):
        raise _refused(CUT, said, row=len(found) + 1)
    return _checked(sort, heading, filled)


def _checked(sort: Sort, heading: list[str], found: list[list[str]]) -> list[dict[str, str]]:
    patterns = [(column, re.compile(p)) for column, p in sort.patterns.items() if column in heading]
    keys: set[tuple[str, ...]] = set()
    rows: list[dict[str, str]] = []
    for number, values in enumerate(found, 2):
        if len(values) != len(heading):
            raise _refused(CUT, sort.words, row=number)
        row = {column: value.strip() for column, value in zip(heading, values, strict=True)}
        if sort is SORTS["regions"]:  # official lists write 35.74.01.1001
            row |= {c: row[c].replace(".", "") for c in ("code", "parent", "successor") if c in row}
        for column, pattern in patterns:
            if not pattern.fullmatch(row[column]):
                raise _refused(BAD_VALUE, sort.words, row=number, column=column, value=row[column][:40])
        key = tuple(row[c] for c in sort.key)
        if key and key in keys:
            raise _refused(TWICE, sort.words, row=number, value=" ".join(key))
        keys.add(key)
        rows.append(row)
    column, letters = sort.every
    if missing := [v for v in letters if v not in {row[column] for row in rows}]:
        raise _refused(LACKS, sort.words, column=column, missing=", ".join(missing))
    return rows


def _refused(why: Words, said: Words, **values: object) -> FileTrouble:
    return FileTrouble(Words(why.id.format(list=said.id, **values), why.en.format(list=said.en, **values)))


@lru_cache(maxsize=16)
def _unpacked(name: str, sha256: str, content: bytes) -> tuple[dict[str, str], ...]:
    """The rows of compressed content; ValueError or FileTrouble when it is not what the hash says."""
    if zstandard.frame_content_size(content) not in range(1, LARGEST):
        msg = "no list, or one of unknown size"
        raise ValueError(msg)
    plain = zstandard.ZstdDecompressor().decompress(content, max_output_size=LARGEST)
    if hashlib.sha256(plain).hexdigest() != sha256:
        msg = "another list than its hash says"
        raise ValueError(msg)
    return tuple(_rows(name, plain))


def records(pack: Pack) -> list[Row]:
    """The pack as records of the scope `global`, in numbered parts; the same pack makes the same ids."""
    text = base64.b64encode(pack.content).decode()
    pieces = [text[at : at + PART] for at in range(0, len(text), PART)]
    about = {"name": pack.name, "version": pack.version, "source": pack.source, "dated": pack.dated,
             "sha256": pack.sha256, "parts": len(pieces)}  # fmt: skip
    marks = "\n".join(str(value) for value in about.values())
    return [
        {"id": str(uuid.uuid5(_NAMESPACE, f"{marks}\n{n}")), "scope": SCOPE, **about, "part": n, "content": piece}
        for n, piece in enumerate(pieces, 1)
    ]


_MARKS = ("dated", "version", "name", "source", "sha256", "parts")  # parts that agree in these belong together


def whole(rows: Iterable[Row]) -> list[Pack]:
    """The packs that records make up, newest first; those with a part missing or spoilt are left out."""
    gathered: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for row in rows:
        marks = tuple(str(row[n]) for n in _MARKS)
        if isinstance(row["part"], int):
            gathered[marks][row["part"]] = str(row["content"])
    found = (_joined(marks, gathered[marks]) for marks in sorted(gathered, reverse=True))
    return [pack for pack in found if pack is not None]


def _joined(marks: tuple[str, ...], parts: Mapping[int, str]) -> Pack | None:
    dated, version, name, source, sha256, count = marks
    if name not in SORTS or count != str(len(parts)) or sorted(parts) != list(range(1, len(parts) + 1)):
        return None
    try:
        content = base64.b64decode("".join(parts[n] for n in sorted(parts)), validate=True)
        pack = Pack(name, version, source, dated, sha256, content)
        pack.rows()
    except (binascii.Error, zstandard.ZstdError, ValueError, FileTrouble):
        return None
    return pack


def save(store: "Store", pack: Pack) -> "Changes":
    """Keeps a pack; all its parts or none. The same pack again changes nothing."""
    return store.save_all((REFERENCE_PACK.name, row) for row in records(pack))


def versions(store: "Store", name: str) -> list[Pack]:
    """Every whole version of a list that stands here, newest first."""
    return whole(store.find(REFERENCE_PACK.name, name=name))


def current(store: "Store", name: str) -> Pack | None:
    """The newest whole version of a list; None when the shipped file is all there is."""
    return next(iter(versions(store, name)), None)


# Look-ups over what was loaded.


@dataclass(frozen=True, slots=True)
class KbliChange:
    """What a 2020 code became, in the words of the list; an empty `code` went without one successor.

    `same_meaning` only where the list says that code and title stayed; anything else is to be asked.
    """

    code: str
    title: str
    change: str
    same_meaning: bool


_STAYED = "Kode dan judul tetap"


def kbli_search(store: "Store", text: str, limit: int = 12) -> list[tuple[str, str]]:
    """(code, title) of KBLI 2025 by everyday word, title word or code: the usual codes, then the official list."""
    found = {entry.code: entry.title for entry in reference.kbli_search(text, limit)}
    pack = current(store, "kbli_2025")
    wanted = text.casefold().split()
    for row in pack.rows() if pack and wanted else ():
        spoken = (row["code"], *re.findall(r"[a-z]+", row["title"].casefold()))
        if all(any(part.startswith(word) for part in spoken) for word in wanted):
            found.setdefault(row["code"], row["title"])
    return list(found.items())[:limit]


def kbli_changes(store: "Store", code_2020: str) -> list[KbliChange]:
    """What became of a 2020 code, as the list of changes says; empty when it says nothing or is not loaded."""
    changes, titles = current(store, "kbli_changes"), current(store, "kbli_2025")
    named = {row["code"]: row["title"] for row in titles.rows()} if titles else {}
    return [
        KbliChange(row["code_2025"], named.get(row["code_2025"], ""), row["change"], row["change"] == _STAYED)
        for row in (changes.rows() if changes else ())
        if row["code_2020"] == code_2020
    ]


def region_now(store: "Store", code: str) -> str:
    """The code that a region bears today: its successor when the list retired it, else the code itself."""
    pack = current(store, "regions")
    followed = {row["code"]: row["successor"] for row in pack.rows() if row.get("successor")} if pack else {}
    seen: set[str] = set()
    while code in followed and code not in seen:
        seen.add(code)
        code = followed[code]
    return code
