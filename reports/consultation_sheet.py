"""Lembar Konsultasi: the half sheet that a guest of the clinic takes home, alone on A5 or twice on A4.

Without a session it is empty, to be filled by hand when the laptop rests.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.businesses import BUSINESS
from models.clock import from_iso
from models.consultations import CONSULTATION
from models.events import LETTERS, code
from models.facilitation import SETTLED
from models.i18n import Words, clock_time
from models.owners import OWNER
from models.schema import Row
from models.services import SERVICES
from reports import office, subject
from reports.blocks import Facts, Notice, Paragraph, Signatures, Signer
from reports.forms import Blank, FormRow, Say, Tick, WriteLines
from reports.page import SLIP, Block, Sheet, Strip, draw_emblem
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.shapes import TICK_SIDE, Beside, Code, Lists, Pills
from reports.tables import CheckBox
from reports.text import BOLD, CAPTION, CAPTION_BOLD, CLINIC, QUEUE, SHEET_TITLE, SMALL, SMALL_LABEL, Run, height, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Lembar Konsultasi", "Consultation Sheet")
CLINIC_NAME = Words("KLINIK KONSULTASI USAHA MIKRO", "MICRO BUSINESS CLINIC")
NUMBER = Words("No. {number}", "No. {number}")
WHEN = Words("{day} · mulai {time}", "{day} · from {time}")
LABELS = {
    "name": Words("Nama", "Name"), "phone": Words("No. HP", "Phone"), "business": Words("Usaha", "Business"),
    "village": Words("Kelurahan", "Village"),
}  # fmt: skip
TOPICS, ADVICE = Words("Topik", "Topics"), Words("Saran konsultan", "The consultant's advice")
THERE, BRING = Words("Sudah ada", "Already there"), Words("Tolong dibawa", "Please bring")
AGAIN = Words("Bertemu lagi: {day}", "We meet again: {day}")
AGAIN_BLANK = Words(
    "Bertemu lagi: ......................................................",
    "We meet again: ......................................",
)
NOTES = Words("Catatan saya", "My notes")
SHOW_CODE = Words("Tunjukkan kode ini saat datang lagi.", "Show this code when you come again.")
CALL = Words("WA klinik {phone}", "WA of the clinic {phone}")
DESK = Words("Meja {n} · {name}", "Desk {n} · {name}")
CONSULTANT = Words("Konsultan", "Consultant")
FORM = Words("LK versi 1", "LK version 1")
DOTS = ".............................."
MOST_NOTES, BLANK_ITEMS = 2, 3
BLANK_TOPICS = ("nib", "pirt", "halal", "brand", "packaging", "financing")


@dataclass(frozen=True)
class Talk(office.Data):
    """One session as its guest reads it."""

    queue: str  # B-011
    when: str
    clinic: str
    place: str
    facts: Sequence[tuple[str, str]]  # keys of LABELS and values, the first half at the left
    topics: Sequence[str]
    advice: str
    there: Sequence[str]
    bring: Sequence[str]
    again: str  # the day; empty: none is agreed
    with_whom: str
    consultant: str
    desk: str
    blank: bool = False

    title = TITLE


def collect(store: "Store", request: Request) -> Talk:
    """The session's data, or an empty sheet. AppError when session or owner are gone."""
    us = office.bearing(store, request, dinas=True)
    if not request.record_id:
        return _empty(us)
    held = subject.wanted(store, "consultation", request.record_id)
    about = subject.subject(store, held["owner_id"], held.get("business_id") or "")
    ticket = next(iter(store.find("ticket", consultation_id=held["id"])), None)
    event = store.get("event", ticket["event_id"]) if ticket else None
    desk = store.get("event_desk", ticket["desk_id"]) if ticket else None
    there, bring = _documents(store, held, about)
    steps = sorted(store.find("follow_up", consultation_id=held["id"], state="open"), key=lambda step: step["due"])
    again: Row = steps[0] if steps else {}
    lang = us.lang
    return Talk(
        us, subject.full_name(about.owner),
        queue=code(ticket) if ticket else "",
        when=_when(us, held),
        clinic=us.say(CLINIC_NAME) if event and event["kind"] == "clinic" else " ".join(us.letterhead.office.split()),
        place=" · ".join(p for p in (event["name"], event["place"]) if p) if event else us.letterhead.address,
        facts=_facts(about, us),
        topics=[o.words.to(lang) for o in CONSULTATION["topics"].kind.options if o.code in (held["topics"] or "").split(",")],
        advice="\n".join(str(held[name]).strip() for name in ("note", "advice") if held.get(name)),
        there=there,
        bring=bring,
        again=subject.whole_day(again.get("due"), lang, weekday=True),
        with_whom=", ".join(p for p in (again.get("what"), again.get("responsible_name")) if p),
        consultant=held.get("staff_name") or "",
        desk=us.say(DESK, n=LETTERS.find(desk["letter"]) + 1, name=desk["name"]) if desk else "",
    )  # fmt: skip


def _empty(us: office.Bearing) -> Talk:
    return Talk(us, us.say(TITLE), "", us.say(WHEN, day=DOTS[:24], time=DOTS[:10]), us.say(CLINIC_NAME), us.letterhead.address,
                [], [], "", [], [], "", "", us.officer.name, "", blank=True)  # fmt: skip


def _when(us: office.Bearing, held: Row) -> str:
    day = subject.weekday_and_day(held["held_on"], us.lang)
    begun = held.get("started_at")
    return us.say(WHEN, day=day, time=clock_time(from_iso(begun), us.lang)) if begun else day


def _facts(about: subject.Subject, us: office.Bearing) -> list[tuple[str, str]]:
    owner, business = about.owner, about.business
    return [
        ("name", subject.full_name(owner)),
        ("phone", subject.shown(OWNER, owner, "phone", us.lang)),
        ("business", subject.shown(BUSINESS, business, "name")),
        ("village", subject.village_and_district(owner.get("village"))),
    ]


def _documents(store: "Store", held: Row, about: subject.Subject) -> tuple[list[str], list[str]]:
    """What is there and what is still asked for, of the cases that this session was about."""
    topics = (held["topics"] or "").split(",")
    cases = [
        case
        for case in store.find("facilitation", owner_id=about.owner["id"])
        if case["state"] != "closed"
        and (case["consultation_id"] == held["id"] or ((s := SERVICES.get(case["service"])) and s.topic in topics))
    ]
    items = [item for case in cases for item in store.find("checklist_item", facilitation_id=case["id"])]
    now = sorted((i for i in items if not i.get("after_issue")), key=lambda item: item["number"] or 0)
    there = [str(i["title"]) for i in now if i["state"] == "brought"]
    bring = [str(i["title"]) for i in now if i["state"] not in SETTLED and i.get("mandatory")]
    return list(dict.fromkeys(there)), list(dict.fromkeys(bring))  # two cases may ask for the same paper


def _layout(data: Talk, copies: tuple[str, ...]) -> Sheet:
    us = data.office
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=[_Head(data), Beside(_main(data), _side(data), 38 * MM)],
        lang=us.lang,
        frame=SLIP,
        copies=copies,
        promise=us.free,
    )


def layout(data: Talk, _wanted: AbstractSet[str]) -> Sheet:
    """The sheet for its owner."""
    return _layout(data, ())


def layout_twice(data: Talk, _wanted: AbstractSet[str]) -> Sheet:
    """One for the owner, one for the archive, to be cut apart."""
    return _layout(data, (data.office.say(office.OWNER_COPY), data.office.say(office.OFFICE_COPY)))


def _main(data: Talk) -> Sequence[Block]:
    us = data.office
    blocks: list[Block] = [
        _Name(us.say(TITLE).upper(), us.say(NUMBER, number=us.number) if us.number and not data.blank else ""),
        *(_to_fill(us) if data.blank else _known(data)),
        Notice(data.advice, 2 * MM, head=us.say(ADVICE), least_mm=24, keep=False, field="advice" if data.blank else ""),
    ]
    if data.there or data.bring or data.blank:
        blocks.append(_items(data))
    if data.again or data.blank:
        again = us.say(AGAIN, day=data.again) if data.again else us.say(AGAIN_BLANK)
        text = [Run(again, BOLD), Run(f" — {data.with_whom}" if data.with_whom else "", SMALL)]
        blocks.append(Notice(text, 2.4 * MM, filled=True, keep=False))
    notes = WriteLines(MOST_NOTES, 5.5, "note" if data.blank else "", us.say(NOTES))
    return [*blocks, Paragraph(us.say(NOTES), CAPTION_BOLD, 2 * MM, hold=True), notes]


def _known(data: Talk) -> Sequence[Block]:
    say = data.office.say
    facts = [(say(LABELS[k]), [Run(v, BOLD)] if k in ("name", "business") and v else v) for k, v in data.facts]
    return [Facts([facts[:2], facts[2:]], 18, gap=1 * MM), Pills(say(TOPICS), data.topics, 18 * MM)]


def _to_fill(us: office.Bearing) -> Sequence[Block]:
    name, phone, business, village = (us.say(words) for words in LABELS.values())
    topics = [o for o in CONSULTATION["topics"].kind.options if o.code in BLANK_TOPICS]
    ticks = [Tick(o.words.to(us.lang), f"topic_{o.code}") for o in topics]
    rows = (((name, "name"), (business, "business")), ((phone, "phone"), (village, "village")))
    return [
        *(FormRow(one, [Blank(key), Say(other, SMALL), Blank(field)], 7, 15 * MM, SMALL)
          for (one, key), (other, field) in rows),
        FormRow(us.say(TOPICS), ticks, 7, 15 * MM, SMALL),
    ]  # fmt: skip


def _items(data: Talk) -> Lists:
    say = data.office.say
    if data.blank:
        there, bring = ([CheckBox(side=TICK_SIDE, field=f"{name}_{n}", label=DOTS) for n in range(1, BLANK_ITEMS + 1)]
                        for name in ("there", "bring"))  # fmt: skip
    else:
        there = [CheckBox(on=True, side=TICK_SIDE, label=words) for words in data.there]
        bring = [CheckBox(side=TICK_SIDE, label=words) for words in data.bring]
    return Lists([say(THERE), say(BRING)], [there, bring], (44, 85))


def _side(data: Talk) -> Sequence[Block]:
    us = data.office
    phone = us.say(CALL, phone=us.officer.phone) if us.officer.phone else ""
    below = phone if data.blank else f"{us.say(SHOW_CODE)}\n{phone}"
    signs = Signer(us.say(CONSULTANT), data.consultant, data.desk)
    return [
        Code("" if data.blank else us.code, below, 21 * MM),
        Signatures([signs], 4 * MM, room=14 * MM, name_style=SMALL_LABEL, above_style=SMALL),
    ]


@dataclass(frozen=True)
class _Head:
    """Emblem, three lines of who and where; at the right the queue number over the time."""

    data: Talk

    def strips(self, width: float) -> Iterable[Strip]:
        us, data = self.data.office, self.data
        when, queue = wrap(data.when, CAPTION, 70 * MM), wrap(data.queue, QUEUE, 70 * MM) if data.queue else []
        right = max(line.width for line in (*when, *queue)) + 4 * MM
        room = width - 16 * MM - right
        parts = ((us.letterhead.above, SMALL_LABEL), (data.clinic, CLINIC), (data.place, CAPTION))
        lines = [line for text, style in parts if text for line in wrap(text, style, room)]
        tall = max(14 * MM, height(lines), height(queue) + height(when)) + 2 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            draw_emblem(pen, us.letterhead.emblem, us.lang, x, top, 14 * MM)
            inner = tall - 2 * MM
            pen.lines(lines, x + 16 * MM, top + (inner - height(lines)) / 2, room)
            low = pen.lines(queue, x + width - right, top + (inner - height(queue) - height(when)) / 2, right, "right")
            pen.lines(when, x + width - right, low, right, "right")
            pen.rule(x, top + tall, width, 1.6)

        yield Strip(tall + 3 * MM, draw, keep=True)


@dataclass(frozen=True)
class _Name:
    """The paper's name, its number at the right."""

    text: str
    number: str

    def strips(self, width: float) -> Iterable[Strip]:
        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(wrap(self.text, SHEET_TITLE, width), x, top, width)
            if self.number:
                pen.lines(wrap(self.number, SMALL, width), x, top + 2, width, "right")

        yield Strip(SHEET_TITLE.leading, draw, keep=True)


PAPER = Paper(
    key="konsultasi",
    title=Words("Lembar Konsultasi", "Consultation sheet"),
    prefix="LK",
    sizes=("A5L",),
    parts=(),
    collect=collect,
    layout=layout,
    about="consultation",
)
TWICE = replace(
    PAPER,
    key="konsultasi-2",
    title=Words("Lembar Konsultasi, 2 pada A4", "Consultation sheet, two on A4"),
    sizes=("A4",),
    layout=layout_twice,
)
