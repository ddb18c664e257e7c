"""Readable numbers of sessions, cases and letters, unique although laptops do not ask each other.

An enrolled laptop holds blocks: the server reserves a range of each month's numbers in a scope for one laptop,
and no other gives them out (`models.number_blocks`):

    sessions, cases   KK/3513141017/2026/11/0201
    letters           RP/2026/11/000501               of one office: its name stands above them

When the month has used a block up, a number names the block instead, and counts by itself:

    sessions, cases   KK/3513141017/2026/11/0014-01
    letters           RP/2026/11/101003

Without any block (a laptop that is not enrolled, a session kept for another village), a number carries what is
this account's own:

    sessions, cases   KK/3513141017/2026/11/0014-7Q   two characters drawn once, the first a letter
    letters           RP/2026/11/917003               three digits made of office and person, from 500

The highest number given is kept beside the records, which may leave the laptop for another scope.
"""

import secrets
from datetime import date
from typing import TYPE_CHECKING
from zlib import crc32

from models.codes import ALPHABET
from models.database import SETUP, Connection
from models.number_blocks import place
from models.outbox import device
from models.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

Blocks = list[tuple[int, int]]  # first and last number, ascending

PREFIXES = {"session": "KK", "case": "FS"}
ENTITIES = {"session": "consultation", "case": "facilitation"}  # where the numbers given stand
LETTER = "letter"
NO_BLOCK, PAST_BLOCK, LARGEST_BLOCK = 500, 100, 99_999  # what letters' own numbers begin with; the last of blocks
_LETTERS = "".join(c for c in ALPHABET if c.isalpha())
MARK = "session_mark"
GIVEN = "numbers_given"  # setting: `{stem: highest number given}`, own numbers under `stem-`
LETTERS_GIVEN = "paper_numbers"  # setting: `{month: how many of the account's own}`


def next_number(store: Store, series: str, scope: str) -> str:
    """The number of a new session or case of a scope; call it inside the transaction that saves it."""
    stem = _stem(series, scope, store.clock.today())
    known = _known(store, series, stem)
    blocks = _blocks(store, series, scope)
    number = _from_blocks(blocks, _highest(store, stem, blocks, known))
    if number is not None:
        _give(store, stem, number)
        return f"{stem}{number:04d}"
    number = max([_given(store, f"{stem}-"), *(n for n, _ in known)]) + 1
    _give(store, f"{stem}-", number)
    return f"{stem}{number:04d}-{f'{place(series, blocks[0][0]):02d}' if blocks else _mark(store)}"


def next_letter(store: Store, prefix: str, today: date) -> str:
    """The number the next paper of this sort will bear; it is used up by `take_letter` only."""
    month = f"{prefix}/{today:%Y/%m}"
    blocks = _blocks(store, LETTER, store.home_scope)
    number = _from_blocks(blocks, _given(store, f"{month}/"))
    if number is not None and number <= LARGEST_BLOCK:
        return f"{month}/{number:06d}"
    counted: dict[str, int] = store.setting(LETTERS_GIVEN) or {}
    alone = NO_BLOCK + crc32(f"{store.home_scope}/{store.user}".encode()) % (1000 - NO_BLOCK)
    own = PAST_BLOCK + place(LETTER, blocks[0][0]) if blocks else alone
    return f"{month}/{own}{counted.get(month, 0) + 1:03d}"


def take_letter(store: Store, number: str) -> None:
    """Count a number as used, when its paper leaves the screen. Taking it again changes nothing."""
    month, _, digits = number.rpartition("/")
    if int(digits) <= LARGEST_BLOCK:
        _give(store, f"{month}/", int(digits))
        return
    counted: dict[str, int] = store.setting(LETTERS_GIVEN) or {}
    counted[month] = max(counted.get(month, 0), int(digits[3:]))
    store.set_setting(LETTERS_GIVEN, counted)


def left(store: Store, series: str, of: str) -> int | None:
    """How many numbers of its blocks this laptop has left this month; None without a block.

    `of` is the scope of sessions or cases, for letters the prefix of the paper.
    """
    today = store.clock.today()
    if series == LETTER:
        blocks, highest = _blocks(store, series, store.home_scope), _given(store, f"{of}/{today:%Y/%m}/")
    else:
        stem, blocks = _stem(series, of, today), _blocks(store, series, of)
        highest = _highest(store, stem, blocks, _known(store, series, stem))
    return sum(max(0, last - max(first - 1, highest)) for first, last in blocks) if blocks else None


def _stem(series: str, scope: str, today: date) -> str:
    return f"{PREFIXES[series]}/{scope}/{today:%Y/%m}/"


def _blocks(store: Store, series: str, region: str) -> Blocks:
    mine = store.find("number_block", series=series, region=region, device=device(store) or "-")
    return sorted((row["first"], row["last"]) for row in mine)


def _from_blocks(blocks: Blocks, highest: int) -> int | None:
    """The next number of the blocks, which are used up in order; None when none is left."""
    free = (max(first, highest + 1) for first, last in blocks if highest < last)
    return next(free, None)


def _known(store: Store, series: str, stem: str) -> list[tuple[int, bool]]:
    """The numbers under a stem in the records here: the count, and whether it bears an account's mark."""
    found = store.query(
        f"SELECT number FROM {ENTITIES[series]} WHERE number >= ? AND number < ?", (stem, stem[:-1] + "0")
    )
    tails = (str(number)[len(stem) :].partition("-") for (number,) in found)
    return [(int(count), bool(dash)) for count, dash, _ in tails if count.isdecimal()]


def _highest(store: Store, stem: str, blocks: Blocks, known: list[tuple[int, bool]]) -> int:
    """The highest number that this laptop took from its blocks."""
    mine = (n for n, marked in known if not marked and any(first <= n <= last for first, last in blocks))
    return max(_given(store, stem), *mine, 0)


def _given(store: Store, stem: str) -> int:
    given: dict[str, int] = store.setting(GIVEN) or {}
    return given.get(stem, 0)


def _give(store: Store, stem: str, number: int) -> None:
    given: dict[str, int] = store.setting(GIVEN) or {}
    given[stem] = max(given.get(stem, 0), number)
    store.set_setting(GIVEN, given)


def _mark(store: Store) -> str:
    """The two characters of this account, drawn once."""
    mark: str | None = store.setting(MARK)
    if mark is None:
        mark = secrets.choice(_LETTERS) + secrets.choice(ALPHABET)
        store.set_setting(MARK, mark)
    return mark


def set_up(db: "Database") -> None:
    """Find the numbers of a month without reading every record."""
    conn: Connection = db.conn
    for entity in ENTITIES.values():
        conn.execute(f"CREATE INDEX IF NOT EXISTS {entity}_number ON {entity}(number) WHERE number IS NOT NULL")


SETUP.append(set_up)
