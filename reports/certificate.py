"""Sertifikat: that somebody took part in an event; across a sheet of A4."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.consultations import CONSULTATION
from models.errors import AppError
from models.i18n import Words
from reports import office, subject
from reports.attendance_list import when
from reports.blocks import Paragraph, Signatures, Signer
from reports.page import Frame, Sheet, Strip, draw_emblem
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.shapes import Code, Space
from reports.text import (
    CAPTION,
    CERTIFICATE,
    CERTIFICATE_NAME,
    LETTER,
    OFFICE,
    OFFICE_ABOVE,
    SMALL,
    Style,
    height,
    wrap,
)

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Sertifikat", "Certificate")
NUMBER = Words("Nomor: {number}", "Number: {number}")
GIVEN_TO = Words("diberikan kepada", "is given to")
FOR = Words("atas keikutsertaannya dalam", "for taking part in")
HELD = Words("{when}, di {place}", "{when}, at {place}")
TOPICS = Words("Materi: {topics}", "Topics: {topics}")
NOT_PRESENT = Words(
    "Peserta ini belum ditandai hadir. Tandai dulu di daftar hadir.",
    "This participant was not marked as present. Mark it on the attendance list first.",
)
FORM = Words(
    "Sertifikat keikutsertaan · SR versi 1 · bukan sertifikat kompetensi",
    "Certificate of attendance · SR version 1 · not of competence",
)
GUEST = Words("peserta", "the participant")
LANDSCAPE = Frame(left=24, right=24, top=18, foot=22, line=13, kop=False)
BORDER, INNER = 8 * MM, 10 * MM
LONG_NAME, LONG_EVENT = 40, 80  # letters
TIGHT = 0.6  # of the usual air, where names are long


@dataclass(frozen=True)
class Certificate(office.Data):
    """Who took part in what."""

    business: str
    event: str
    held: str
    topics: str

    title = TITLE


def collect(store: "Store", request: Request) -> Certificate:
    """The certificate of one line of the attendance list. AppError when it is gone or the guest was absent."""
    us = office.bearing(store, request, dinas=True)
    guest = subject.wanted(store, "attendance", request.record_id)
    if guest["presence"] != "present":
        raise AppError(NOT_PRESENT)
    event = subject.wanted(store, "event", guest["event_id"])
    topics = CONSULTATION["topics"].kind.show(event["topics"], us.lang)
    held = us.say(HELD, when=when(event, us), place=event["place"]) if event["place"] else when(event, us)
    owner = store.get("owner", guest["owner_id"]) if guest["owner_id"] else None
    name = subject.full_name(owner) if owner else guest["name"]
    return Certificate(
        us, name, guest["business_name"] or "", event["name"], held, us.say(TOPICS, topics=topics) if topics else ""
    )


def layout(data: Certificate, _wanted: AbstractSet[str]) -> Sheet:
    """The certificate itself."""
    us = data.office
    number = us.say(NUMBER, number=us.number)
    air = MM * (TIGHT if len(data.subject) > LONG_NAME or len(data.event) > LONG_EVENT else 1)
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(GUEST),
        letterhead=us.letterhead,
        blocks=[
            _Border(us),
            Paragraph(us.say(TITLE).upper(), CERTIFICATE, 8 * air, align="center"),
            Paragraph(number, SMALL, align="center"),
            Paragraph(us.say(GIVEN_TO), LETTER, 7 * air, align="center"),
            Paragraph(data.subject, _name_style(data.subject), 3 * air, align="center"),
            *([Paragraph(data.business, LETTER, 0.5 * MM, align="center")] if data.business else []),
            Paragraph(us.say(FOR), LETTER, 6 * air, align="center"),
            Paragraph(data.event, OFFICE, 2 * air, align="center"),
            Paragraph(data.held, LETTER, 1.5 * MM, align="center"),
            *([Paragraph(data.topics, SMALL, 1 * MM, align="center")] if data.topics else []),
            Space(8 * air / MM),
            _End(us),
        ],
        lang=us.lang,
        frame=LANDSCAPE,
    )


def _name_style(name: str) -> Style:
    """Long names are set smaller, so that the certificate stays one page."""
    return CERTIFICATE_NAME if len(name) <= LONG_NAME else replace(CERTIFICATE_NAME, size=17, leading=23)


@dataclass(frozen=True)
class _Border:
    """Two frames around the page; the office's emblem and names at its head."""

    us: office.Bearing

    def strips(self, width: float) -> Iterable[Strip]:
        kop = self.us.letterhead
        parts = ((kop.above, OFFICE_ABOVE), (" ".join(kop.office.split()), OFFICE), (kop.address, CAPTION))
        lines = [line for text, style in parts if text for line in wrap(text, style, width - 50 * MM)]
        tall = max(20 * MM, height(lines))

        def draw(pen: Pen, x: float, top: float) -> None:
            page_width, page_height = width + 48 * MM, pen.page_height
            for inset, thick in ((BORDER, 1.6), (INNER, 0.5)):
                pen.outline(inset, inset, page_width - 2 * inset, page_height - 2 * inset, thick)
            draw_emblem(pen, kop.emblem, self.us.lang, x, top)
            pen.lines(lines, x + 25 * MM, top + (tall - height(lines)) / 2, width - 50 * MM, "center")

        yield Strip(tall, draw, keep=True)


@dataclass(frozen=True)
class _End:
    """The QR code at the left, who signs at the right."""

    us: office.Bearing

    def strips(self, width: float) -> Iterable[Strip]:
        us = self.us
        sign = Signatures(
            [Signer(f"{us.place_and_day}\n{us.dinas.above.rstrip(',')},", us.dinas.name, us.dinas.below)], room=19 * MM
        )
        (strip,) = sign.strips(90 * MM)
        (code,) = Code(us.code, us.count, 22 * MM).strips(30 * MM)

        def draw(pen: Pen, x: float, top: float) -> None:
            code.draw(pen, x, top + strip.height - code.height)
            strip.draw(pen, x + width - 90 * MM, top)

        yield Strip(strip.height, draw)


PAPER = Paper(
    key="sertifikat",
    title=Words("Sertifikat keikutsertaan", "Certificate of attendance"),
    prefix="SR",
    sizes=("A4L",),
    parts=(),
    collect=collect,
    layout=layout,
    about="attendance",
)
