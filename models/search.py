"""Full-text search over owners and businesses: one index row for each business.

A row of the index is a *doc*: twice the row number of a business, or twice the row number plus one
of an owner who has no business. Triggers note which docs went stale, whoever wrote; `refresh` feeds
them in one batch, which costs a third of feeding row by row, and runs before every commit.

Words are folded and cut here, for the index and for what is typed alike, so no typed text can be a
query of its own. Numbers stand in groups of four, as they are shown: `0142` finds the phone
0812-0000-0142, and the phones of a province share a few thousand groups instead of being a hundred
thousand different words.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from models.businesses import BUSINESS
from models.database import BEFORE_COMMIT, SETUP, Connection, make_anew
from models.owners import OWNER
from models.reference import region
from models.schema import Field

if TYPE_CHECKING:
    from sqlite_utils import Database

    from models.store import Store

Docs: TypeAlias = "array[int]"  # subscripted at run time only from Python 3.12

FOUND_AT_MOST = 2_000  # a longer list is searched on, not read
CLOSE_ENOUGH = 0.74  # difflib's ratio: one wrong or swapped letter in a word of four
AS_CLOSE = 5  # words compared once more

_NUMBER = re.compile(r"(?<!\w)\+?[0-9](?:[\s.\-/]*[0-9])*(?!\w)")
_GROUP = re.compile(r"[0-9]{1,4}")
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile("[0-9]{5}")

# What is searched is declared: (table, field) of every field with the flag, and the index column it feeds.
_SEARCHED = [(entity.name, field) for entity in (OWNER, BUSINESS) for field in entity.where("searched")]
_NUMBERS = ("nik", "nib", "phone")  # kinds that are kept in groups


def _column(table: str, field: Field) -> str:
    if field.kind.name in _NUMBERS:
        return "numbers"
    return "owner" if table == "owner" else "business" if field.kind.name == "name" else "activity"


_COLUMNS = ("owner", "business", "activity", "numbers", "place")
_FEEDS = tuple((_COLUMNS.index(_column(table, field)), field.kind.name) for table, field in _SEARCHED)
_PLACE = _COLUMNS.index("place")

# The columns whose change makes docs stale, and which docs go stale with a row.
_WATCHED = {
    "owner": ", ".join(["village", "deleted", *(f.name for t, f in _SEARCHED if t == "owner")]),
    "business": ", ".join(["owner_id", "village", "deleted", *(f.name for t, f in _SEARCHED if t == "business")]),
}
_STALE = {
    "owner": "SELECT {row}.rowid * 2 + 1 doc UNION SELECT rowid * 2 FROM business WHERE owner_id = {row}.id",
    "business": "SELECT {row}.rowid * 2 doc UNION SELECT rowid * 2 + 1 FROM owner WHERE id = {row}.owner_id",
}


def _trigger(name: str, table: str, event: str, row: str) -> str:
    stale = _STALE[table].format(row=row)
    # ON CONFLICT, not OR IGNORE: that word would be replaced by the one of the statement which fired.
    return (
        f"CREATE TRIGGER search_{table}_{name} AFTER {event} ON {table} "
        f"BEGIN INSERT INTO search_stale SELECT doc FROM ({stale}) WHERE true ON CONFLICT DO NOTHING; END"
    )


_MAKE = (
    # `ascii` takes every other letter as it is: the words come folded and cut from `words`.
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(_COLUMNS)},"
    " content='', contentless_delete=1, tokenize='ascii', prefix='1 2', detail=column)",
    "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'row')",
    "CREATE TABLE search_stale(doc INTEGER PRIMARY KEY)",
    *(_trigger("insert", table, "INSERT", "NEW") for table in _WATCHED),
    *(_trigger("update", table, f"UPDATE OF {columns}", "NEW") for table, columns in _WATCHED.items()),
    *(_trigger("delete", table, "DELETE", "OLD") for table in _WATCHED),
    _trigger("moved", "business", "UPDATE OF owner_id", "OLD"),
    "INSERT INTO search_stale SELECT rowid * 2 FROM business UNION ALL SELECT rowid * 2 + 1 FROM owner",
)
_DROP = (
    *(f"DROP TRIGGER IF EXISTS search_{table}_{name}" for table in _WATCHED for name in ("insert", "update", "delete")),
    "DROP TRIGGER IF EXISTS search_business_moved",
    *(f"DROP TABLE IF EXISTS {table}" for table in ("search_words", "search", "search_stale")),
)
_FEED = f"""
SELECT b.rowid * 2, coalesce(b.village, o.village), {", ".join(f"{t[0]}.{f.name}" for t, f in _SEARCHED)}
  FROM business b LEFT JOIN owner o ON o.id = b.owner_id AND o.deleted IS NULL
 WHERE b.deleted IS NULL AND b.rowid IN (SELECT doc >> 1 FROM search_stale WHERE NOT doc & 1)
UNION ALL
SELECT o.rowid * 2 + 1, o.village, {", ".join(f"o.{f.name}" if t == "owner" else "NULL" for t, f in _SEARCHED)}
  FROM owner o
 WHERE o.deleted IS NULL AND o.rowid IN (SELECT doc >> 1 FROM search_stale WHERE doc & 1)
   AND NOT EXISTS (SELECT 1 FROM business b WHERE b.owner_id = o.id AND b.deleted IS NULL)
"""


def set_up(db: "Database") -> None:
    """Make the index where it is missing or was made by another version of this module."""
    make_anew(db.conn, "search", (_MAKE, _FEED), _DROP + _MAKE)
    refresh(db)


def refresh(db: "Database") -> None:
    """Feed what went stale, inside the running transaction."""
    conn: Connection = db.conn
    if conn.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone():
        conn.execute("DELETE FROM search WHERE rowid IN (SELECT doc FROM search_stale)")
        conn.executemany(
            f"INSERT INTO search(rowid, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})",
            map(_index_row, conn.execute(_FEED)),
        )
        conn.execute("DELETE FROM search_stale")


SETUP.append(set_up)
BEFORE_COMMIT.append(refresh)


def _index_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of the index from a row of `_FEED`: doc, village, the searched values."""
    doc, village, *values = row
    parts: list[list[str]] = [[] for _ in _COLUMNS]
    for (column, kind), value in zip(_FEEDS, values, strict=True):
        if value:
            parts[column] += _WAYS.get(kind, words)(value)
    parts[_PLACE].append(_place(village))
    return (doc, *map(" ".join, parts))


@cache
def _place(village: str | None) -> str:
    found = region(village) if village else None
    return " ".join(words(found.name)) if found else ""


def fold(text: str) -> str:
    """A text as it is compared: no case, no accents, no broken characters."""
    if text.isascii():
        return text.lower()
    clean = text.encode("utf-8", "ignore").decode()
    apart = unicodedata.normalize("NFKD", clean.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The words of a text, folded: `Kripik "Bu Sum"` is kripik, bu, sum."""
    return _WORD.findall(fold(text))


def national(number: str) -> str:
    """A phone number as people read it: 0812… for +62812…; another number as it is."""
    return "0" + number[3:] if number.startswith("+62") else number


def groups(digits: str) -> list[str]:
    """Each number in fours: 081200000142 is 0812, 0000, 0142."""
    return _GROUP.findall(digits)


# How the values of a kind stand in the index, if not by words; of `2025:13133` the code counts.
_WAYS: dict[str, Callable[[str], list[str]]] = {
    **dict.fromkeys(_NUMBERS, lambda number: groups(national(number))),
    **dict.fromkeys(("kbli", "kbli_list"), _CODE.findall),
}


def expression(typed: str) -> str:
    """What was typed as a query of the index: every word, every number, each at its beginning; empty
    when nothing in it can be searched.
    """
    text = fold(typed)
    numbers = [_number(m.group()) for m in _NUMBER.finditer(text)]
    found = [f'"{word}"*' for word in _WORD.findall(_NUMBER.sub(" ", text))]
    return " AND ".join(numbers + found)


def _number(typed: str) -> str:
    """A number in groups and, because a name may hold one, whole; a phone also as it is kept."""
    digits = "".join(groups(typed))
    ways = {_run([digits]), _run(groups(digits))}
    for abroad in ("62", ""):
        if digits.startswith(abroad + "8"):
            ways.add(_run(groups("0" + digits.removeprefix(abroad))))
    return f"({' OR '.join(sorted(ways))})" if len(ways) > 1 else ways.pop()


def _run(parts: list[str]) -> str:
    quoted = [f'"{part}"' for part in parts]
    return f"({' AND '.join(quoted)}*)" if len(quoted) > 1 else f"{quoted[0]}*"


def newest(store: "Store", typed: str, limit: int = FOUND_AT_MOST) -> Docs:
    """The docs that match, newest first, at most `limit` (all when negative)."""
    query = expression(typed)
    return _matching(store, query, limit) if query else array("q")


def _matching(store: "Store", query: str, limit: int) -> Docs:
    found = store.query("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", [query, limit])
    return array("q", (doc for (doc,) in found))


def namesakes(store: "Store", name: str) -> Docs:
    """The docs whose owner bears exactly these words, in whatever order, among others."""
    parts = [f'"{word}"' for word in words(name)]
    return _matching(store, f"owner : ({' AND '.join(parts)})", FOUND_AT_MOST) if parts else array("q")


def best(store: "Store", typed: str, limit: int) -> Docs:
    """The docs that match: those with everything in the names first, then the others; newest first.

    Two columns instead of a score: the score of a common name costs more than a keystroke may.
    """
    query = expression(typed)
    if not query:
        return array("q")
    named = _matching(store, f"{{owner business}} : ({query})", limit)
    if len(named) < limit:
        known = set(named)
        named.extend(doc for doc in _matching(store, query, limit + len(named)) if doc not in known)
    return named[:limit]


def suggestion(store: "Store", typed: str) -> str:
    """What was probably meant by a text that nothing matches: `btaik` is `batik`; else empty.

    Compares with the words of the index itself, so nothing else has to be kept for it; a word is
    proposed only when the whole text then finds something.
    """
    meant = [_close_word(store, word) for word in words(typed)]
    text = " ".join(meant)
    return text if meant and text != " ".join(words(typed)) and newest(store, text, 1) else ""


def _close_word(store: "Store", word: str) -> str:
    if word[0].isdigit() or newest(store, word, 1):
        return word
    near = _vocabulary(store, len(word) - 2, len(word) + 2)
    close = get_close_matches(word, near, AS_CLOSE, CLOSE_ENOUGH)
    # fingers swap letters and slip inside a word: of words as close, the same letters, then the same beginning
    return min(close, key=lambda one: (sorted(one) != sorted(word), one[0] != word[0]), default=word)


def _vocabulary(store: "Store", shortest: int, longest: int) -> list[str]:
    rows = store.query(
        "SELECT term FROM search_words WHERE term >= ':' AND length(term) BETWEEN ? AND ?", [shortest, longest]
    )
    return [term for (term,) in rows]
