"""Daftar Dokumen and Tanda Terima: what a case still asks for, and a receipt in two halves for what was left here.

Without a case it is the bare list of a service (`Request.given`), for anybody who asks what to bring.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from models.businesses import BUSINESS
from models.facilitation import PLACE, SETTLED, place_of, progress
from models.i18n import Words, long_date, short_date
from models.owners import OWNER
from models.schema import Row
from models.services import SERVICES, Circumstances, checklist, commitments, items
from reports import letters, office, subject
from reports.blocks import LeftTitle, Notice, Paragraph
from reports.forms import Blank, FormRow, Say
from reports.page import Block, Sheet, Strip
from reports.paper import MM, Paper, Part, Request
from reports.pen import Pen
from reports.shapes import TICK_SIDE, CutLine, Space, Together
from reports.tables import Cell, CheckBox, Column, Table
from reports.text import BODY, BOLD, CAPTION, CELL, CELL_BOLD, RECEIPT, SMALL, SMALL_BOLD, Run, Text, height, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Daftar Dokumen — {service}", "Documents — {service}")
PAPER_TITLE = Words("Daftar Dokumen dan Tanda Terima", "Documents and Receipt")
ABOUT = Words("nomor fasilitasi {number}", "case {number}")
STANDS = Words(" · tahap {place:b}, dibuka {day}", " · {place:b}, opened {day}")
NAME, BUSINESS_NAME = Words("Nama", "Name"), Words("Usaha", "Business")
PROGRESS = Words("{n} dari {all}", "{n} of {all}")
HEAD = (
    (Words("No.", "No."), 10), (Words("Dokumen", "Document"), 0), (Words("Sudah ada", "There"), 23),
    (Words("Tolong dibawa", "Please bring"), 26), (Words("Keterangan", "Notes"), 40),
)  # fmt: skip
IF_ANY, AFTER = Words("bila ada", "if any"), Words("setelah terbit", "after issue")
STATES = {"later": Words("nanti", "later"), "waived": Words("tidak perlu", "not needed"), "brought": Words("—", "—")}
AGAIN, PLAIN_AGAIN = (
    Words("Datang lagi: {day}", "Come again: {day}"),
    Words("Datang lagi: ..............................", "Come again: .............................."),
)
AT, BRINGING = Words(" di {office}", " at {office}"), Words(", bawa nomor {numbers}", ", bring number {numbers}")
RECEIPT_TITLE = Words("TANDA TERIMA DOKUMEN", "RECEIPT OF DOCUMENTS")
FOR = Words("{number} · untuk {whom}", "{number} · for {whom}")
RECEIVED_FROM = Words("Diterima dari {name:b} ({business}), {place}:", "Received from {name:b} ({business}), {place}:")
RECEIPT_HEAD = (
    (Words("No.", "No."), 10), (Words("Dokumen", "Document"), 0), (Words("Asli", "Original"), 17), (Words("Fotokopi", "Copy"), 21),
    (Words("Dikembalikan", "Returned"), 44),
)  # fmt: skip
RETURNED = Words("tgl ............... paraf ...............", "on ............... initials ...............")
ONLY_FOR = Words(
    "Dokumen hanya dipakai untuk fasilitasi {service}. Yang asli dikembalikan paling lambat {day:b}.",
    "The documents are only used for {service}. Originals are returned by {day:b} at the latest.",
)
HANDED, TAKEN = Words("Yang menyerahkan", "Handed over by"), Words("Yang menerima, {day}", "Received by, {day}")
THEIR_COPY, OUR_COPY = Words("pemilik", "the owner"), Words("arsip", "the archive")
FORM = Words("Daftar dokumen · TT versi 1", "Documents · TT version 1")
RETURN_DAYS, EMPTY_ROWS = 10, 3


@dataclass(frozen=True)
class Document:
    """One line of the list."""

    title: str
    wanted: bool  # mandatory and not there yet
    there: bool
    since: str  # 11 Nov
    bring: str  # in place of a box
    note: str


@dataclass(frozen=True)
class Documents(office.Data):
    """The documents of a case, or of a service."""

    service: str
    who: Text
    name: str
    business: str
    place: str
    done: tuple[int, int]  # how many mandatory ones are there, of how many; (0, 0): nobody's list
    documents: Sequence[Document]
    left_today: Sequence[str]
    again: str
    return_by: str

    title = PAPER_TITLE


def collect(store: "Store", request: Request) -> Documents:
    """The list of a case, or the bare one of a service. AppError when case or owner are gone."""
    us = office.bearing(store, request)
    by = long_date(request.today + timedelta(days=RETURN_DAYS), us.lang, weekday=True)
    if not request.record_id:
        return _of_service(us, str(request.given or "nib"), by)
    case = subject.wanted(store, "facilitation", request.record_id)
    about = subject.subject(store, case["owner_id"], case["business_id"] or "")
    rows = sorted(
        store.find("checklist_item", facilitation_id=case["id"]),
        key=lambda i: (i["after_issue"] or 0, i["number"] or 0),
    )
    steps = [
        s
        for s in store.find("follow_up", owner_id=case["owner_id"], state="open")
        if s["due"] >= request.today.isoformat()
    ]
    again = min((s["due"] for s in steps), default=None)
    return Documents(
        us, subject.full_name(about.owner), _short(case["service"], us), _who(case, about, us), subject.full_name(about.owner),
        subject.shown(BUSINESS, about.business, "name"), subject.near(about.owner), progress(rows),
        [_document(row, us) for row in rows],
        [str(row["title"]) for row in rows if row["brought_on"] == request.today.isoformat()],
        subject.whole_day(again, us.lang, weekday=True), by,
    )  # fmt: skip


def _short(service: str, us: office.Bearing) -> str:
    return SERVICES[service].short.to(us.lang) if service in SERVICES else service


def _of_service(us: office.Bearing, service: str, by: str) -> Documents:
    asked = [Document(a.item.words.to(us.lang), wanted=a.mandatory, there=False, since="",
                      bring="" if a.mandatory else us.say(IF_ANY), note=a.item.note.to(us.lang))
             for a in checklist(service, Circumstances())]  # fmt: skip
    after = [
        Document(i.words.to(us.lang), wanted=False, there=False, since="", bring=us.say(AFTER), note="")
        for i in commitments(service)
    ]
    long = SERVICES[service].words.to(us.lang) if service in SERVICES else service
    return Documents(us, long, _short(service, us), long, "", "", "", (0, 0), [*asked, *after], [], "", by)


def _who(case: Row, about: subject.Subject, us: office.Bearing) -> Text:
    parts = [subject.shown(BUSINESS, about.business, "name"), subject.shown(OWNER, about.owner, "phone", us.lang)]
    parts += [us.say(ABOUT, number=case["number"])] if case["number"] else []
    stands = letters.fill(
        us.say(STANDS),
        SMALL,
        SMALL_BOLD,
        place=PLACE.show(place_of(case), us.lang),
        day=subject.day(case["opened_on"], us.lang),
    )
    return [
        Run(subject.full_name(about.owner), SMALL_BOLD),
        *(Run(f" · {part}", SMALL) for part in parts if part),
        *stands,
    ]


def _document(row: Row, us: office.Bearing) -> Document:
    known = items().get(row["key"] or "")
    state = row["state"]
    bring = (
        us.say(AFTER)
        if row["after_issue"]
        else us.say(STATES[state])
        if state in STATES
        else ""
        if row["mandatory"]
        else us.say(IF_ANY)
    )
    return Document(
        row["title"],
        wanted=bool(row["mandatory"]) and state not in SETTLED and not row["after_issue"],
        there=state == "brought",
        since=subject.day(row["brought_on"], us.lang, year=False) if row["brought_on"] else "",
        bring=bring,
        note=row["note"] or (known.note.to(us.lang) if known else ""),
    )  # fmt: skip


def layout(data: Documents, wanted: AbstractSet[str]) -> Sheet:
    """The list, and the receipt twice."""
    us = data.office
    n, all_ = data.done
    blocks: list[Block] = []
    if "list" in wanted:
        blocks += [
            LeftTitle(
                us.say(TITLE, service=data.service).upper(), data.who, us.say(PROGRESS, n=n, all=all_) if all_ else ""
            ),
            *([] if data.name else _for_whom(us)),
            _table(data),
            _again(data),
        ]
    if "receipt" in wanted and data.name:
        halves = [_receipt(data, us.say(THEIR_COPY)), CutLine(4 * MM), _receipt(data, us.say(OUR_COPY))]
        blocks += [Space(4), Together(halves)]  # cut apart after both were signed
    return Sheet(
        title=us.titled(PAPER_TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=blocks,
        lang=us.lang,
    )


def _for_whom(us: office.Bearing) -> list[Block]:
    """A line on which somebody writes whose list this is."""
    name, business = (us.say(words) for words in (NAME, BUSINESS_NAME))
    return [Space(1), FormRow(name, [Blank("name"), Say(business), Blank("business")], label_room=12 * MM)]


def _table(data: Documents) -> Table:
    us = data.office
    center = ("No.", "Sudah ada", "Tolong dibawa")
    columns = [Column(us.say(w), mm, CELL, "center" if w.id in center else "left") for w, mm in HEAD]
    rows: list[Sequence[Cell]] = []
    for number, document in enumerate(data.documents, start=1):
        fields = ("", "") if data.name else (f"there_{number}", f"bring_{number}")  # nobody's list may be typed into
        labels = [f"{document.title}: {columns[at].head}" for at in (2, 3)]
        there = CheckBox(on=document.there, side=TICK_SIDE, after=document.since, field=fields[0], label=labels[0])
        bring: Cell = document.bring or CheckBox(side=TICK_SIDE, field=fields[1], label=labels[1])
        title = [Run(document.title, CELL_BOLD if document.wanted else CELL)]
        rows.append((str(number), title, there, bring, [Run(document.note, SMALL)] if document.note else ""))
    return Table(columns, rows, grid=True, gap=2.5 * MM)


def _again(data: Documents) -> Notice:
    us = data.office
    missing = [str(n) for n, document in enumerate(data.documents, start=1) if document.wanted]
    text = [Run(us.say(AGAIN, day=data.again) if data.again else us.say(PLAIN_AGAIN), BOLD)]
    if us.officer.office:
        text.append(Run(us.say(AT, office=us.officer.office), BODY))
    if missing and data.name:
        text.append(Run(us.say(BRINGING, numbers=letters.listed(missing, us.lang)), BODY))
    return Notice([*text, Run(". ", BODY), Run(us.free, SMALL)], 2.4 * MM, filled=True, keep=False)


def _receipt(data: Documents, whom: str) -> Together:
    us = data.office
    columns = [
        Column(us.say(w), mm, CELL, "center" if w.id in ("No.", "Asli", "Fotokopi") else "left")
        for w, mm in RECEIPT_HEAD
    ]
    titles = data.left_today or [""] * EMPTY_ROWS
    rows: list[Sequence[Cell]] = [
        (str(n), title, CheckBox(side=TICK_SIDE), CheckBox(side=TICK_SIDE), [Run(us.say(RETURNED), CAPTION)])
        for n, title in enumerate(titles, start=1)
    ]
    who = letters.fill(
        us.say(RECEIVED_FROM), SMALL, SMALL_BOLD, name=data.name, business=data.business or "—", place=data.place
    )
    only = letters.fill(us.say(ONLY_FOR), SMALL, SMALL_BOLD, service=data.service, day=data.return_by)
    return Together([
        _ReceiptTitle(us.say(RECEIPT_TITLE), us.say(FOR, number=us.number, whom=whom)),
        Paragraph(who, SMALL),
        Table(columns, rows, grid=True, gap=1.6 * MM),
        _ReceiptEnd(only, ((us.say(HANDED), data.name), (us.say(TAKEN, day=short_date(us.today, us.lang)), us.officer.name))),
    ])  # fmt: skip


@dataclass(frozen=True)
class _ReceiptTitle:
    """The receipt's name, its number and whose it is at the right."""

    text: str
    right: str

    def strips(self, width: float) -> Iterable[Strip]:
        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(wrap(self.text, RECEIPT, width), x, top, width)
            pen.lines(wrap(self.right, SMALL, width), x, top + 1, width, "right")

        yield Strip(RECEIPT.leading + 1.4 * MM, draw, keep=True)


@dataclass(frozen=True)
class _ReceiptEnd:
    """What the documents are for, and two hands beside it."""

    text: Text
    signers: tuple[tuple[str, str], tuple[str, str]]

    def strips(self, width: float) -> Iterable[Strip]:
        each, space = 42 * MM, 8 * MM
        left = width - 2 * (each + space)
        lines = wrap(self.text, SMALL, left)
        names = [wrap(name or " ", SMALL, each) for _, name in self.signers]
        rule_at = SMALL.leading + 10 * MM
        tall = max(rule_at + max(height(name) for name in names), height(lines))

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(lines, x, top + tall - height(lines), left)
            for at, ((above, _), name) in enumerate(zip(self.signers, names, strict=True)):
                begin = x + width - (2 - at) * each - (1 - at) * space
                pen.lines(wrap(above, SMALL, each), begin, top, each, "center")
                pen.rule(begin, top + rule_at, each, 0.6)
                pen.lines(name, begin, top + rule_at, each, "center")

        yield Strip(tall, draw, gap=2 * MM)


PAPER = Paper(
    key="daftar-dokumen",
    title=PAPER_TITLE,
    prefix="TT",
    sizes=("A4", "F4"),
    parts=(
        Part("list", Words("Daftar dokumen", "List of documents")),
        Part("receipt", Words("Tanda terima, 2 rangkap", "Receipt, two copies")),
    ),
    collect=collect,
    layout=layout,
    about="facilitation",
)
