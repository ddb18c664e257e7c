"""Lembar Dokumentasi Kegiatan: photos of an event with time and place, for the account of its costs (SPJ).

Photos come with the request (`Request.given`: a sequence of `Photo`); where there are none, empty
frames wait for prints to be glued in.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.i18n import Words
from models.schema import Row
from reports import office, subject
from reports.attendance_list import when
from reports.blocks import ROUND, Facts, Heading, Paragraph, Signatures, Signer, Title
from reports.forms import WriteLines
from reports.page import Block, Sheet, Strip
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.shapes import TICK_SIDE, Ticks
from reports.tables import CheckBox
from reports.text import BOLD, CAPTION, FILL, INK, TAG, Run, height, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Lembar Dokumentasi Kegiatan", "Photo Sheet of an Event")
FRAMES, FRAME_HEIGHT, SPACE = 4, 58 * MM, 6 * MM
LABELS = {
    "name": Words("Kegiatan", "Event"), "when": Words("Hari, tanggal", "Day, date"), "place": Words("Tempat", "Place"),
    "guests": Words("Peserta", "Participants"),
}  # fmt: skip
ACCOUNT = {
    "program": Words("Program", "Programme"), "activity": Words("Sub kegiatan", "Activity"),
    "account": Words("Kode rekening", "Account"), "number": Words("Bukti nomor", "Voucher"),
}  # fmt: skip
PRESENT, INVITED = Words("{n} hadir", "{n} present"), Words("{n} undangan", "{n} invited")
OTHERS = Words("{n} tanpa undangan", "{n} without invitation")
SUMMARY, ATTACHED = Words("Uraian singkat", "In short"), Words("Lampiran", "Attached")
ATTACHMENTS = {
    "attendance": Words("Daftar hadir", "Attendance list"), "invitation": Words("Undangan", "Invitation"),
    "material": Words("Materi", "Material"), "receipts": Words("Kuitansi konsumsi", "Receipts"), "minutes": Words("Notula", "Minutes"),
}  # fmt: skip
GLUE = Words("tempel foto di sini", "glue a photo here")
SEEN = Words("Mengetahui,\n{head}", "Seen by\n{head}")
FORM = Words("Lembar dokumentasi untuk SPJ · DK versi 1", "Photo sheet · DK version 1")
ORIGINALS = Words("foto asli tersimpan dengan sidik SHA-256", "originals kept under their SHA-256")
ARCHIVE = Words("arsip SPJ", "the account")
DOTS = "." * 34


@dataclass(frozen=True)
class Photo:
    """One photo as JPEG or PNG bytes, what it shows, when and where."""

    image: bytes
    caption: str = ""
    place_and_time: str = ""


@dataclass(frozen=True)
class Photos(office.Data):
    """The event and its photos."""

    facts: Sequence[tuple[str, str]]  # key of LABELS, value
    program: str
    photos: Sequence[Photo]
    summary: str
    attached: Sequence[str]  # keys of ATTACHMENTS that are known to be there

    title = TITLE


def collect(store: "Store", request: Request) -> Photos:
    """The event's data. AppError when it is gone."""
    us = office.bearing(store, request)
    photos: Sequence[Photo] = request.given or ()
    if not request.record_id:
        return Photos(us, us.say(TITLE), [(key, "") for key in LABELS], "", photos, "", [])
    event = subject.wanted(store, "event", request.record_id)
    guests = store.find("attendance", event_id=event["id"])
    program = store.get("program", event["program_id"]) if event["program_id"] else None
    known = {"attendance": guests, "minutes": event["minutes"]}
    facts = {
        "name": event["name"],
        "when": when(event, us),
        "place": event["place"] or "",
        "guests": _guests(guests, us),
    }
    return Photos(
        us, event["name"], list(facts.items()), program["name"] if program else "", photos,
        event["minutes"] or "", [key for key, found in known.items() if found],
    )  # fmt: skip


def _guests(guests: Sequence[Row], us: office.Bearing) -> str:
    present, invited = sum(g["presence"] == "present" for g in guests), sum(bool(g["invited"]) for g in guests)
    counts = ((PRESENT, present), (INVITED, invited), (OTHERS, len(guests) - invited))
    return ", ".join(us.say(words, n=n) for words, n in counts if n)


def layout(data: Photos, _wanted: AbstractSet[str]) -> Sheet:
    """The sheet; four frames a page."""
    us = data.office
    frames = [*data.photos, *[Photo(b"")] * (FRAMES - len(data.photos))]
    ticks = [
        CheckBox(on=key in data.attached, side=TICK_SIDE, label=us.say(words), field=key)
        for key, words in ATTACHMENTS.items()
    ]
    story = Paragraph(data.summary) if data.summary else WriteLines(3, 6.5, "summary", us.say(SUMMARY))
    return Sheet(
        title=us.titled(TITLE),
        form=" · ".join(us.say(words) for words in ((FORM, ORIGINALS) if data.photos else (FORM,))),
        copy_for=us.say(ARCHIVE),
        letterhead=us.letterhead,
        blocks=[
            Title(us.say(TITLE).upper()),
            _facts(data),
            _Frames(frames, us.say(GLUE)),
            Heading(us.say(SUMMARY)),
            story,
            Heading(us.say(ATTACHED)),
            Ticks(ticks, space=7 * MM),
            _signatures(us),
        ],
        lang=us.lang,
    )


def _facts(data: Photos) -> Facts:
    us = data.office
    left = [
        (us.say(LABELS[key]), [Run(value, BOLD)] if key == "name" and value else value or DOTS)
        for key, value in data.facts
    ]
    known = {"program": data.program, "number": us.number}
    right = [(us.say(words), known.get(key) or DOTS) for key, words in ACCOUNT.items()]
    return Facts([left, right], 26, shares=(1.0, 0.78), gap=2.5 * MM)


def _signatures(us: office.Bearing) -> Block:
    above, name = (
        us.say(SEEN, head=us.head.above.rstrip(",")),
        us.head.name.replace(office.NAME_DOTS, office.SHORT_DOTS),
    )
    return Signatures([Signer(above, name, us.head.below), us.signer], gap=6 * MM, room=15 * MM)


@dataclass(frozen=True)
class _Frames:
    """Photos two by two, numbered, with what they show and when."""

    photos: Sequence[Photo]
    empty: str

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a pair."""
        room = (width - SPACE) / 2
        for start in range(0, len(self.photos), 2):
            yield self._pair(start, room)

    def _pair(self, start: int, room: float) -> Strip:
        pair = self.photos[start : start + 2]
        text_room = room - 11 * MM
        texts = [(wrap(p.caption or " ", BOLD, text_room), wrap(p.place_and_time, CAPTION, text_room)) for p in pair]
        tall = FRAME_HEIGHT + 1.4 * MM + max(height(caption) + height(place) for caption, place in texts)

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, (photo, (caption, place)) in enumerate(zip(pair, texts, strict=True), start=start + 1):
                self._draw(pen, photo, x, top, room)
                low = top + FRAME_HEIGHT + 1.4 * MM
                mark = wrap(str(number), TAG, 9 * MM)[0]
                pen.fill(x, low + 1, 7.5 * MM, TAG.leading, INK, TAG.leading / 2)
                pen.line(mark, x + (7.5 * MM - mark.width) / 2, low + 1)
                pen.lines(place, x + 10 * MM, pen.lines(caption, x + 10 * MM, low, text_room), text_room)
                x += room + SPACE

        return Strip(tall, draw, gap=5 * MM)

    def _draw(self, pen: Pen, photo: Photo, x: float, top: float, room: float) -> None:
        pen.box(x, top, room, FRAME_HEIGHT, ROUND, 0.8)
        if photo.image:
            pen.fill(x + 0.8, top + 0.8, room - 1.6, FRAME_HEIGHT - 1.6, FILL, ROUND)
            pen.picture(photo.image, x + 1 * MM, top + 1 * MM, room - 2 * MM, FRAME_HEIGHT - 2 * MM)
        else:
            pen.lines(wrap(self.empty, CAPTION, room), x, top + FRAME_HEIGHT / 2 - CAPTION.leading / 2, room, "center")


PAPER = Paper(
    key="dokumentasi",
    title=TITLE,
    prefix="DK",
    sizes=("F4",),
    parts=(),
    collect=collect,
    layout=layout,
    about="event",
)
