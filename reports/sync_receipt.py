"""Tanda Terima Sinkronisasi: what went up, what came down, what still waits, and whether both sides are equal.

The screen hands it over (`Request.given`: a `Synced`); it names no owner.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.i18n import Words, clock_time, long_date, number
from reports import office
from reports.blocks import Facts, LeftTitle, Notice, Paragraph
from reports.page import CARD, Block, Sheet
from reports.paper import MM, Paper, Request
from reports.shapes import Tiles
from reports.tables import Column, Table
from reports.text import CELL_BOLD, SMALL, SMALL_BOLD, TINY, Run

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Tanda Terima Sinkronisasi", "Receipt of a Sync")
WHEN = Words("{day}, {time} WIB", "{day}, {time} WIB")
LABELS = {
    "laptop": Words("Laptop", "Laptop"), "person": Words("Petugas", "Staff"), "server": Words("Server", "Server"),
    "sum": Words("Sidik isi", "Fingerprint"),
}  # fmt: skip
TILES = (Words("terkirim", "sent"), Words("diterima", "received"), Words("masih menunggu", "still waiting"))
HEAD = (
    Words("Jenis data", "Sort of record"),
    Words("Terkirim", "Sent"),
    Words("Diterima", "Received"),
    Words("Menunggu", "Waiting"),
)
EQUAL = Words("Laptop dan server sama isinya.", "Laptop and server hold the same.")
SENT_EQUAL = Words("Yang sudah terkirim sama di laptop dan server.", "What was sent is the same on laptop and server.")
UNEQUAL = Words(
    "Laptop dan server belum sama. Dampingi mencoba lagi pada sinkronisasi berikutnya.",
    "Laptop and server differ. Dampingi tries again at the next sync.",
)
REFUSED = Words(
    "{n} data ditolak server dan tetap di laptop ini.", "The server refused {n} records; they stay on this laptop."
)
MENDED = Words(
    "{n} data di laptop ini berbeda dari server dan sudah disamakan.",
    "{n} records on this laptop differed from the server and are the same now.",
)
THERE = (Words("Di server saat itu", "On the server then"), Words("Data", "Records"), Words("Sidik isi", "Fingerprint"))
SIGNED = Words("Ditandatangani server.", "Signed by the server.")
NOT_SIGNED = Words("Tanpa tanda tangan server.", "Not signed by the server.")
BADLY_SIGNED = Words("Tanda tangan server tidak cocok.", "The server's signature does not match.")
WORDING = Words(
    "Yang ditandatangani: {text} · Tanda tangan: {signature}", "What was signed: {text} · Signature: {signature}"
)
KEPT = Words("Data yang menunggu tetap aman di laptop ini.", "What waits stays safe on this laptop.")
FORM = Words("Tanda terima sinkronisasi · SY versi 1", "Receipt of a sync · SY version 1")


@dataclass(frozen=True)
class Counted:
    """One sort of record: how many were sent, received, and wait."""

    words: Words
    sent: int = 0
    received: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Stood:
    """How one region stood on the server: its live records and the sum over them."""

    place: str
    count: int
    sum: str


@dataclass(frozen=True)
class Sealed:
    """What the server signed: how it stood there, the very text, the signature, whether the server's key made it."""

    stands: Sequence[Stood]
    text: str
    signature: str
    genuine: bool


@dataclass(frozen=True)
class Synced:
    """What one sync did; `equal` is None while nothing was compared."""

    at: datetime
    counted: Sequence[Counted]
    refused: int = 0
    mended: int = 0  # records that differed from the server's and were fetched again
    equal: bool | None = None
    laptop: str = ""
    server: str = ""
    sum: str = ""  # over everything the laptop holds, as both sides counted it
    sealed: Sealed | None = None  # of a server that signs


@dataclass(frozen=True)
class Receipt(office.Data):
    """The receipt's data."""

    synced: Synced
    when: str

    title = TITLE


def collect(store: "Store", request: Request) -> Receipt:
    """`request.given` is the `Synced`."""
    us = office.bearing(store, request)
    synced: Synced = request.given
    zone = store.clock.zone
    when = us.say(
        WHEN,
        day=long_date(synced.at.astimezone(zone).date(), us.lang, weekday=True),
        time=clock_time(synced.at, us.lang, zone),
    )
    return Receipt(us, us.say(TITLE), synced, when)


def layout(data: Receipt, _wanted: AbstractSet[str]) -> Sheet:
    """The receipt itself."""
    us, synced = data.office, data.synced
    sums = [sum(getattr(c, name) for c in synced.counted) for name in ("sent", "received", "waiting")]
    known = {"laptop": synced.laptop, "person": us.officer.name, "server": synced.server, "sum": synced.sum}
    blocks: list[Block] = [
        LeftTitle(us.say(TITLE).upper(), data.when),
        Facts([[(us.say(words), known[key]) for key, words in LABELS.items() if known[key]]], 24, gap=2 * MM),
        Tiles([(number(n, us.lang), us.say(words)) for n, words in zip(sums, TILES, strict=True)]),
    ]
    if synced.counted:
        sort, *rest = (us.say(words) for words in HEAD)
        rows = [
            (c.words.to(us.lang), *(number(n, us.lang) for n in (c.sent, c.received, c.waiting)))
            for c in synced.counted
        ]
        blocks.append(
            Table([Column(sort, 0, CELL_BOLD), *(Column(words, 22, align="right") for words in rest)], rows, gap=4 * MM)
        )
    return Sheet(
        title=us.say(TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OFFICE_COPY),
        letterhead=us.letterhead,
        blocks=[*blocks, *_there(data), _verdict(data), *_wording(data)],
        lang=us.lang,
        frame=CARD,
    )


def _there(data: Receipt) -> list[Block]:
    """How the regions stood on the server, by what it signed."""
    us, sealed = data.office, data.synced.sealed
    if sealed is None or not sealed.stands:
        return []
    place, count, total = (us.say(words) for words in THERE)
    rows = [(stood.place, number(stood.count, us.lang), stood.sum) for stood in sealed.stands]
    columns = [Column(place, 0, CELL_BOLD), Column(count, 18, align="right"), Column(total, 42, align="right")]
    return [Table(columns, rows, gap=4 * MM)]


def _wording(data: Receipt) -> list[Block]:
    """The text and the signature themselves: whoever has the server's key can prove them."""
    sealed = data.synced.sealed
    if sealed is None:
        return []
    return [Paragraph(data.office.say(WORDING, text=sealed.text, signature=sealed.signature), TINY, 2 * MM)]


def _verdict(data: Receipt) -> Notice:
    us, synced = data.office, data.synced
    equal = SENT_EQUAL if any(c.waiting for c in synced.counted) else EQUAL
    runs = [] if synced.equal is None else [Run(f"{us.say(equal if synced.equal else UNEQUAL)} ", SMALL_BOLD)]
    signed = NOT_SIGNED if synced.sealed is None else SIGNED if synced.sealed.genuine else BADLY_SIGNED
    runs.append(Run(f"{us.say(signed)} ", SMALL))
    for words, n in ((MENDED, synced.mended), (REFUSED, synced.refused)):
        runs += [Run(f"{us.say(words, n=number(n, us.lang))} ", SMALL)] if n else []
    return Notice([*runs, Run(us.say(KEPT), SMALL)], 4 * MM, keep=False)


PAPER = Paper("tanda-sinkron", TITLE, "", ("A5", "A4"), (), collect, layout, about="given")
