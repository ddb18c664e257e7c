"""Berita Acara Serah Terima: the open work of one colleague on a list that giver, taker and head sign.

Before the handover it lists what is open now; afterwards what was handed over then. What opens the
data (passphrase, PIN, recovery key) never changes hands.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models import handover, outbox, settling, summaries
from models.businesses import BUSINESS
from models.consultations import FOLLOW_UP
from models.facilitation import PLACE, place_of, progress
from models.handover import Colleague
from models.i18n import Words, clock_time, long_date
from models.owners import OWNER
from models.schema import Row
from models.services import SERVICES
from reports import letters, office, subject
from reports.blocks import Fact, Heading, Paragraph, Signatures, Signer, Title
from reports.page import Block, Sheet
from reports.paper import MM, Officer, Paper, Request
from reports.shapes import TICK_SIDE, Cards, NewPage, Ticks, Tiles, Together
from reports.tables import Cell, CheckBox, Column, Table
from reports.text import BOLD, CAPTION, CELL, CELL_BOLD, SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Berita Acara Serah Terima Pendampingan", "Minutes of the Handover of Assistance")
NUMBER = Words("Nomor: {number} · keadaan {day} {time}", "Number: {number} · as of {day} {time}")
GIVER, TAKER = Words("YANG MENYERAHKAN", "HANDED OVER BY"), Words("YANG MENERIMA", "RECEIVED BY")
NAME, POSITION = Words("Nama", "Name"), Words("Jabatan", "Position")
TILES = {
    "businesses": Words("usaha dampingan", "businesses"), "cases": Words("fasilitasi berjalan", "running cases"),
    "steps": Words("tindak lanjut", "follow-ups"), "not_informed": Words("belum diberi tahu", "not yet informed"),
    "waiting": Words("data menunggu", "records waiting"),
}  # fmt: skip
CASES = Words("1. Fasilitasi yang berjalan", "1. Running facilitations")
CASE_HEAD = (
    (Words("No.", "No."), 10), (Words("Jenis", "Kind"), 24), (Words("Usaha", "Business"), 0), (Words("Tahap", "Stage"), 29),
    (Words("Tenggat", "Due"), 18), (Words("Keadaan", "State"), 22), (Words("Cek", "OK"), 11),
)  # fmt: skip
SOON = Words(
    "2. Tindak lanjut sampai besok ({n} dari {all}; sisanya di lampiran)",
    "2. Follow-ups until tomorrow ({n} of {all}; the rest is attached)",
)
ALL_STEPS = Words("2. Tindak lanjut ({all})", "2. Follow-ups ({all})")
STEP_HEAD = (
    (Words("Tanggal", "Date"), 20),
    (Words("Pemilik", "Owner"), 36),
    (Words("No. HP", "Phone"), 32),
    (Words("Yang dikerjakan", "What to do"), 0),
)
ALSO = Words("3. Diserahkan bersama", "3. Handed over along with it")
NOTHING = Words("Tidak ada.", "None.")
ALONG = (
    Words("{waiting} data sudah terkirim atau dititipkan", "{waiting} records were sent or handed to the Dinas"),
    Words("Laptop dan pengisi daya", "Laptop and charger"),
    Words("Akun penerima sudah dibuat Dinas", "The receiver's account was made by the Dinas"),
    Words("Akun penyerah dicabut dari laptop", "The giver's account was removed from the laptop"),
    Words("Arsip kertas F-01 dan F-02", "Paper archive F-01 and F-02"),
    Words("{conflicts} hal perlu diputuskan sudah diselesaikan", "{conflicts} open decisions were settled"),
)  # fmt: skip
NO_KEYS = Words(
    "Kata sandi, PIN, dan kunci pemulihan {never:b}; penerima memakai miliknya sendiri.",
    "Passphrase, PIN and recovery key are {never:b}; the receiver uses their own.",
)
NEVER = Words("tidak diserahkan", "not handed over")
LATE, TODAY = Words("lewat {n} hari", "{n} days late"), Words("hari ini", "today")
ATTACHED = Words("Lampiran: tindak lanjut sesudah besok ({n})", "Attached: follow-ups after tomorrow ({n})")
TAKES, GIVES, SEEN = (
    Words("Yang menerima", "Received by"),
    Words("Yang menyerahkan", "Handed over by"),
    Words("Mengetahui, {head}", "Seen by {head}"),
)
FORM = Words("Berita acara serah terima pendampingan · ST versi 1", "Minutes of a handover · ST version 1")
COPIES = Words("penyerah, penerima, arsip", "giver, receiver, archive")
SOON_DAYS = 1


@dataclass(frozen=True)
class Case:
    """One running facilitation."""

    kind: str
    business: str
    owner: str
    stage: str
    due: str
    state: str


@dataclass(frozen=True)
class Step:
    """One open follow-up."""

    day: str
    owner: str
    phone: str
    what: str
    soon: bool


@dataclass(frozen=True)
class Handover(office.Data):
    """What changes hands."""

    time: str
    giver: Officer
    taker: Officer  # nameless before it is settled
    figures: dict[str, int]  # by TILES
    conflicts: int
    cases: Sequence[Case]
    steps: Sequence[Step]  # the earliest first

    title = TITLE


def collect(store: "Store", request: Request) -> Handover:
    """The open work of who asks, or what a kept handover lists. AppError when that is gone."""
    us = office.bearing(store, request)
    record = subject.wanted(store, "handover", request.record_id) if request.record_id else None
    if record:
        work = handover.listed(store, record["id"])
        giver, taker = (_officer(store, record[f"{side}_id"], record[f"{side}_name"]) for side in ("from", "to"))
    else:
        colleague = Colleague(request.staff_id, us.officer.name)
        work = [(piece.entity, piece.row) for piece in handover.open_work(store, colleague)]
        giver, taker = us.officer, Officer("")
    cases = [_case(store, row, us) for entity, row in work if entity == "facilitation"]
    steps = [
        _step(store, row, us) for entity, row in sorted(work, key=lambda w: str(w[1]["due"])) if entity == "follow_up"
    ]
    figures = {
        "businesses": summaries.figures(store).businesses, "cases": len(cases), "steps": len(steps),
        "not_informed": summaries.to_check(store).get("not_informed", 0), "waiting": outbox.waiting(store),
    }  # fmt: skip
    time = clock_time(store.clock.now(), us.lang, store.clock.zone)
    return Handover(us, us.say(TITLE), time, giver, taker, figures, settling.count_open(store), cases, steps)


def _officer(store: "Store", staff_id: str, name: str) -> Officer:
    return office.officer(store, staff_id, Officer(name))


def _owner(store: "Store", row: Row) -> Row:
    return store.get("owner", row["owner_id"]) or {}


def _case(store: "Store", row: Row, us: office.Bearing) -> Case:
    business = store.get("business", row["business_id"]) if row["business_id"] else None
    place = place_of(row)
    stage = PLACE.show(place, us.lang)
    if place == "documents":
        n, all_ = progress(store.find("checklist_item", facilitation_id=row["id"]))
        stage = f"{stage} {n}/{all_}"
    service = SERVICES[row["service"]].short.to(us.lang) if row["service"] in SERVICES else row["service"]
    due = row["check_on"] if place in ("submitted", "in_process") and row["check_on"] else row["due"]
    name = subject.shown(BUSINESS, business or {}, "name")
    return Case(service, name, subject.full_name(_owner(store, row)) if _owner(store, row) else "", stage,
                subject.day(due, us.lang, year=False), _state(due, us))  # fmt: skip


def _state(due: str | None, us: office.Bearing) -> str:
    days = (us.today - date.fromisoformat(due)).days if due else -1
    return us.say(LATE, n=days) if days > 0 else us.say(TODAY) if days == 0 else ""


def _step(store: "Store", row: Row, us: office.Bearing) -> Step:
    owner = _owner(store, row)
    what = str(row["what"] or FOLLOW_UP["kind"].kind.show(row["kind"], us.lang))
    soon = (date.fromisoformat(row["due"]) - us.today).days <= SOON_DAYS
    time = str(row.get("due_time") or "")
    return Step(
        subject.day(row["due"], us.lang, year=False),
        subject.full_name(owner) if owner else "",
        subject.shown(OWNER, owner, "phone", us.lang),
        f"{time} — {what}" if time and time not in what else what,
        soon,
    )


def layout(data: Handover, _wanted: AbstractSet[str]) -> Sheet:
    """The minutes; what is not urgent stands on the attached list."""
    us = data.office
    day = long_date(us.today, us.lang, weekday=True)
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(COPIES),
        letterhead=us.letterhead,
        blocks=[
            Title(us.say(TITLE).upper(), us.say(NUMBER, number=us.number, day=day, time=data.time)),
            Cards([(us.say(GIVER), _person(us, data.giver)), (us.say(TAKER), _person(us, data.taker))]),
            Tiles([(str(data.figures[key]), us.say(words)) for key, words in TILES.items()]),
            *_cases(data),
            *_steps(data),
            *_along(data),
            *_attached(data),
        ],
        lang=us.lang,
    )


def _person(us: office.Bearing, person: Officer) -> list[Fact]:
    position = ", ".join(part for part in (person.position, person.office) if part)
    name = [Run(person.name, BOLD)] if person.name else office.DOTS
    return [(us.say(NAME), name), (us.say(POSITION), position or office.DOTS)]


def _cases(data: Handover) -> Iterable[Block]:
    us = data.office
    yield Heading(us.say(CASES))
    if not data.cases:
        yield Paragraph(us.say(NOTHING), SMALL)
        return
    columns = [Column(us.say(w), mm, CELL_BOLD if w.id == "Jenis" else CELL, "center" if w.id in ("No.", "Cek") else "left")
               for w, mm in CASE_HEAD]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for number, case in enumerate(data.cases, start=1):
        name = [
            Run(case.business or case.owner, CELL),
            Run(f" · {case.owner}" if case.business and case.owner else "", CAPTION),
        ]
        state: Cell = [Run(case.state, SMALL)] if case.state else ""
        rows.append((str(number), case.kind, name, case.stage, case.due, state, CheckBox(side=TICK_SIDE)))
    yield Table(columns, rows, grid=True)


def _steps(data: Handover) -> Iterable[Block]:
    us = data.office
    soon = [step for step in data.steps if step.soon]
    shown = soon if 0 < len(soon) < len(data.steps) else data.steps
    words = ALL_STEPS if shown is data.steps else SOON
    yield Heading(us.say(words, n=len(soon), all=len(data.steps)))
    yield _table(us, shown) if shown else Paragraph(us.say(NOTHING), SMALL)


def _table(us: office.Bearing, steps: Sequence[Step]) -> Table:
    columns = [Column(us.say(w), mm, CELL_BOLD if w.id == "Tanggal" else CELL) for w, mm in STEP_HEAD]
    return Table(columns, [(s.day, s.owner, s.phone, s.what) for s in steps])


def _along(data: Handover) -> Iterable[Block]:
    us = data.office
    along = [us.say(words, waiting=data.figures["waiting"], conflicts=data.conflicts) for words in ALONG]
    ticks = Ticks([CheckBox(side=TICK_SIDE, label=words) for words in along], 2, SMALL, row_gap=1.2 * MM)
    yield Together([Heading(us.say(ALSO)), ticks])
    yield Paragraph(letters.fill(us.say(NO_KEYS), SMALL, SMALL_BOLD, never=us.say(NEVER)), SMALL, hold=True)
    dots = office.SHORT_DOTS
    yield Signatures([
        Signer(us.say(TAKES), data.taker.name or dots), Signer(us.say(GIVES), data.giver.name),
        Signer(us.say(SEEN, head=us.head.above.rstrip(",")), us.head.name.replace(office.NAME_DOTS, office.SHORT_DOTS)),
    ], gap=4 * MM, room=13 * MM)  # fmt: skip


def _attached(data: Handover) -> Iterable[Block]:
    us = data.office
    rest = [step for step in data.steps if not step.soon]
    if 0 < len(rest) < len(data.steps):
        yield NewPage()
        yield Heading(us.say(ATTACHED, n=len(rest)))
        yield _table(us, rest)


PAPER = Paper(
    key="serah-terima",
    title=Words("Berita Acara Serah Terima", "Minutes of a handover"),
    prefix="ST",
    sizes=("A4", "F4"),
    parts=(),
    collect=collect,
    layout=layout,
    about="handover",
)
