"""Daftar Hadir: 24 rows a page, as many pages as there are guests, signed in zig-zag; or empty for any gathering."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from models.events import EVENT
from models.i18n import Words
from models.schema import Row
from reports import office, subject
from reports.blocks import Facts, Title
from reports.forms import DIGIT_HEIGHT, Boxes, Say
from reports.page import Block, Sheet, Strip
from reports.paper import MM, Paper, Part, Request
from reports.pen import Pen
from reports.shapes import NewPage, Space
from reports.tables import CELL_SIDE, Cell, Column, Table, TypeHere
from reports.text import BOLD, CAPTION, CELL, CELL_BOLD, SMALL, SMALL_LABEL, Align, Run, height, wrap

if TYPE_CHECKING:
    from models.store import Store

ROWS = 24  # a page
ROW_MM = 8.1
DOTS = "." * 40
TITLE = Words("Daftar Hadir", "Attendance List")
LABELS = {
    "name": Words("Kegiatan", "Event"), "when": Words("Hari, tanggal", "Day, date"), "place": Words("Tempat", "Place"),
    "guests": Words("Peserta", "Participants"),
}  # fmt: skip
INVITED = Words("{n} undangan", "{n} invited")
HEAD = (
    (Words("No.", "No."), 12, CELL), (Words("Nama", "Name"), 41, CELL_BOLD), (Words("Usaha / jabatan", "Business or position"), 47, CELL),
    (Words("Kelurahan / desa", "Village"), 33, CELL), (Words("L/P", "M/F"), 10, CELL), (Words("Tanda tangan", "Signature"), 0, CELL),
)  # fmt: skip
ON_PAGE, PRESENT = Words("Jumlah di halaman ini", "On this page"), Words("Hadir", "Present")
EXTRA = Words(
    "Peserta tanpa undangan ditulis di lembar tambahan. Setelah acara, ketik di Dampingi: Kegiatan › Isi daftar hadir.",
    "Guests without an invitation are written on an extra sheet. Afterwards type it in: Events › Fill in attendance.",
)
RESPONSIBLE = Words("Mengetahui, penanggung jawab kegiatan", "Seen by the person in charge")
FORM = Words(
    "Daftar Hadir {number} · versi 1 · {rows} baris per halaman",
    "Attendance {number} · version 1 · {rows} rows a page",
)
BLANK_FORM = Words(
    "Daftar Hadir · DH versi 1 · {rows} baris per halaman", "Attendance · DH version 1 · {rows} rows a page"
)
ARCHIVE = Words("arsip kegiatan", "the event's archive")


@dataclass(frozen=True)
class Guest:
    """One line; what is not known is left for the pen."""

    name: str = ""
    business: str = ""
    village: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Attendance(office.Data):
    """The event and who is expected."""

    facts: Sequence[tuple[str, str]]  # key of LABELS, value; empty: written by hand
    guests: Sequence[Guest]
    seats: int  # rows of an empty list

    title = TITLE

    @override
    def counts(self) -> dict[str, Words]:
        """How many names there are."""
        return {"names": Words(str(len(self.guests)), str(len(self.guests)))}

    @override
    def message(self) -> str:
        """Only the event: the list is not for its guests to take home."""
        return f"{self.title.to(self.office.lang)}: {self.subject}"


def collect(store: "Store", request: Request) -> Attendance:
    """The event's list, or an empty one. AppError when the event is gone."""
    us = office.bearing(store, request, dinas=True)
    if not request.record_id:
        return Attendance(us, us.say(TITLE), [(key, "") for key in LABELS], [], ROWS)
    event = subject.wanted(store, "event", request.record_id)
    rows = sorted(store.find("attendance", event_id=event["id"]), key=lambda row: (row["number"] or 10**6, row["name"]))
    guests = [_guest(store, row) for row in rows]
    invited = sum(1 for row in rows if row["invited"]) or event["target"] or len(rows)
    facts = {
        "name": event["name"],
        "when": when(event, us),
        "place": event["place"] or "",
        "guests": us.say(INVITED, n=invited) if invited else "",
    }
    return Attendance(us, event["name"], list(facts.items()), guests, max(ROWS, event["target"] or 0))


def when(event: Row, us: office.Bearing) -> str:
    """`Kamis, 26 November 2026 · 08.00–15.00`."""
    hours = "–".join(str(event[name]) for name in ("starts", "ends") if event.get(name))
    days = subject.whole_day(event["held_on"], us.lang, weekday=True)
    until = subject.whole_day(event.get("until"), us.lang) if event.get("until") != event["held_on"] else ""
    return " · ".join(part for part in (" – ".join(p for p in (days, until) if p), hours) if part)


def _guest(store: "Store", row: Row) -> Guest:
    owner = store.get("owner", row["owner_id"]) if row["owner_id"] else None
    village = subject.village(row["village"]) or str(EVENT["region"].kind.show(row["village"]) or "")
    return Guest(row["name"], row["business_name"] or "", village, (owner or {}).get("sex") or "")


def layout(data: Attendance, wanted: AbstractSet[str]) -> Sheet:
    """The list: every page stands for itself, with kop, event and count, because it is handed round alone."""
    us = data.office
    named = bool(data.guests) and "names" in wanted
    guests = list(data.guests) if named else [Guest()] * data.seats
    guests += [Guest()] * (-len(guests) % ROWS)
    blocks: list[Block] = []
    for start in range(0, len(guests), ROWS):
        blocks += [
            *([NewPage()] if start else []),
            Title(us.say(TITLE).upper()),
            Space(2),
            _facts(data),
            _table(us, guests[start : start + ROWS], start + 1),
            _Count(us),
        ]
    form = us.say(FORM, number=us.number, rows=ROWS) if data.facts[0][1] else us.say(BLANK_FORM, rows=ROWS)
    return Sheet(
        title=us.titled(TITLE),
        form=form,
        copy_for=us.say(ARCHIVE),
        letterhead=us.letterhead,
        blocks=blocks,
        lang=us.lang,
        kop_again=True,
    )


def _facts(data: Attendance) -> Facts:
    us = data.office
    facts = [
        (us.say(LABELS[key]), [Run(value, BOLD)] if key == "name" and value else value or DOTS)
        for key, value in data.facts
    ]
    return Facts([facts[:2], facts[2:]], 24, shares=(1.0, 0.72))


def _table(us: office.Bearing, guests: Sequence[Guest], first: int) -> Table:
    columns = [
        Column(
            us.say(words), width, style, "center" if words.id in ("No.", "L/P", "Tanda tangan") else "left", middle=True
        )
        for words, width, style in HEAD
    ]
    rows = [_row(us, guest, number) for number, guest in enumerate(guests, start=first)]
    return Table(columns, rows, hold_end=True, grid=True, row_mm=ROW_MM, gap=3 * MM)


def _row(us: office.Bearing, guest: Guest, number: int) -> Sequence[Cell]:
    texts: list[Cell] = [guest.name, guest.business, guest.village, guest.sex]
    cells = [
        text or TypeHere(f"row_{number}_{at}", f"{number}: {us.say(HEAD[at][0])}")
        for at, text in enumerate(texts, start=1)
    ]
    return (str(number), *cells, _Sign(number))


@dataclass(frozen=True)
class _Sign:
    """Where a guest signs: odd numbers at the left, even ones in the middle, so that hands do not meet."""

    number: int
    tall: float = CAPTION.leading

    def place(self, pen: Pen, x: float, top: float, width: float, _align: Align) -> None:
        line = wrap(f"{self.number}.", CAPTION, width)[0]
        pen.line(line, x - CELL_SIDE + 1.5 * MM if self.number % 2 else x + width / 2, top)


@dataclass(frozen=True)
class _Count:
    """Who was there, counted by hand on this page; at the right who is in charge signs."""

    us: office.Bearing

    def strips(self, width: float) -> Iterable[Strip]:
        say = self.us.say
        right, left = 64 * MM, 104 * MM
        extra = wrap(say(EXTRA), CAPTION, left)
        tall = SMALL.leading + DIGIT_HEIGHT + 3 * MM + height(extra)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(wrap(say(ON_PAGE), SMALL_LABEL, left), x, top, left)
            at, low = x, top + SMALL.leading + 1 * MM
            for word in (say(PRESENT), "L", "P"):
                said = Say(word, SMALL)
                said.draw(pen, at, low, left, "")
                at += said.width(left) + 4 * MM
                Boxes((2,)).draw(pen, at, low, left, word)
                at += Boxes((2,)).width(0) + 5 * MM
            pen.lines(extra, x, low + DIGIT_HEIGHT + 2 * MM, left)
            begin = x + width - right
            pen.lines(wrap(say(RESPONSIBLE), SMALL, right), begin, top, right, "center")
            pen.rule(begin, top + tall - SMALL.leading - 1 * MM, right, 0.6)
            pen.lines(wrap(office.NIP_DOTS, SMALL, right), begin, top + tall - SMALL.leading, right, "center")

        yield Strip(tall, draw, gap=4 * MM)


PAPER = Paper(
    key="daftar-hadir",
    title=Words("Daftar Hadir", "Attendance list"),
    prefix="DH",
    sizes=("F4",),
    parts=(Part("names", Words("Nama yang sudah terdaftar", "Names on the list")),),
    collect=collect,
    layout=layout,
    about="event",
)
