"""Nomor antrean: the slip a guest keeps until the number is called, from a 58 mm roll or on A7.

It bears no name and no phone: slips are left on chairs.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.clock import from_iso
from models.consultations import CONSULTATION
from models.events import LETTERS, code
from models.i18n import Words, clock_time, short_date
from reports import office, subject
from reports.blocks import Paragraph
from reports.page import TICKET, Block, Sheet, Strip
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.shapes import CutLine
from reports.text import CALLED, CAPTION, CELL_BOLD, SMALL, SMALL_BOLD, height, text_width, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Nomor Antrean", "Queue Number")
DESK = Words("Meja {n} · {name}", "Desk {n} · {name}")
WAITING = Words("{n} orang di depan Anda", "{n} people before you")
NEXT = Words("Anda yang berikutnya", "You are next")
TOPICS = Words("Topik: {topics}", "Topics: {topics}")
TAKEN = Words("Diambil {day} {time}", "Taken {day} {time}")
KEEP = Words(
    "Tunggu sampai nomor ini dipanggil. Terlewat? Tunjukkan di meja ini; Anda dilayani setelah tamu yang sedang dilayani.",
    "Wait until this number is called. Missed it? Show it at this desk; you come after the guest being served.",
)


@dataclass(frozen=True)
class Ticket(office.Data):
    """One number."""

    event: str
    place: str
    code: str
    desk: str
    before: int  # who waits at the same desk and came earlier
    topics: str
    taken: str

    title = TITLE


def collect(store: "Store", request: Request) -> Ticket:
    """The slip of one number. AppError when it is gone."""
    us = office.bearing(store, request)
    ticket = subject.wanted(store, "ticket", request.record_id)
    event, desk = store.get("event", ticket["event_id"]) or {}, store.get("event_desk", ticket["desk_id"]) or {}
    before = [
        t
        for t in store.find("ticket", desk_id=ticket["desk_id"], state="waiting")
        if t["arrived_at"] < ticket["arrived_at"]
    ]
    arrived = from_iso(ticket["arrived_at"])
    taken = us.say(TAKEN, day=short_date(arrived.astimezone(store.clock.zone).date(), us.lang, year=True),
                   time=clock_time(arrived, us.lang, store.clock.zone))  # fmt: skip
    topics = CONSULTATION["topics"].kind.show(ticket["topics"], us.lang)
    return Ticket(
        us, code(ticket), event.get("name") or "", event.get("place") or "", code(ticket),
        us.say(DESK, n=LETTERS.find(desk["letter"]) + 1, name=desk["name"]) if desk else "",
        len(before), us.say(TOPICS, topics=topics) if topics else "", taken,
    )  # fmt: skip


def layout(data: Ticket, _wanted: AbstractSet[str]) -> Sheet:
    """The slip itself."""
    us = data.office
    return Sheet(
        title=f"{us.say(TITLE)} {data.code}",
        form="",
        copy_for="",
        letterhead=us.letterhead,
        blocks=list(_blocks(data)),
        lang=us.lang,
        frame=TICKET,
    )


def _blocks(data: Ticket) -> Iterable[Block]:
    us = data.office
    before = us.say(WAITING, n=data.before) if data.before else us.say(NEXT)
    yield Paragraph(" ".join(us.letterhead.office.split()), CELL_BOLD, align="center")
    if data.event:
        yield Paragraph(data.event, SMALL, align="center", most=2)
    if data.place:
        yield Paragraph(data.place, CAPTION, align="center", most=2)
    yield _Number(data.code)
    if data.desk:
        yield Paragraph(data.desk, CELL_BOLD, align="center", most=2)
    yield Paragraph(before, SMALL, align="center")
    if data.topics:
        yield Paragraph(data.topics, CAPTION, align="center", most=2)
    yield CutLine(2 * MM, scissors=False)
    yield Paragraph(us.say(KEEP), CAPTION)
    yield Paragraph(us.free, SMALL_BOLD, 1 * MM)
    yield Paragraph(data.taken, CAPTION, 1 * MM, align="center")


@dataclass(frozen=True)
class _Number:
    """The number as large as the slip is wide."""

    text: str

    def strips(self, width: float) -> Iterable[Strip]:
        wide = text_width(self.text, CALLED)
        fit = min(1.0, width / wide)
        lines = wrap(self.text, replace(CALLED, size=CALLED.size * fit - 0.1, leading=CALLED.leading * fit), width)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(lines, x, top, width, "center")

        yield Strip(height(lines), draw, gap=2 * MM)


PAPER = Paper(
    key="antrean",
    title=TITLE,
    prefix="",
    sizes=("R58", "A7"),
    parts=(),
    collect=collect,
    layout=layout,
    about="ticket",
)
