"""Ringkasan Pendampingan: what was talked about and what comes next, for the owner to take home."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.businesses import BUSINESS
from models.consultations import CONSULTATION, FOLLOW_UP
from models.i18n import Lang, Words, long_date
from models.issued import CODE
from models.owners import OWNER
from models.schema import Row
from reports import blocks as b
from reports import office, subject, summary_cases
from reports.office import FREE, OWNER_COPY, STATE_FEES
from reports.page import Block, Sheet
from reports.paper import MM, Letterhead, Officer, Paper, Part, Request
from reports.tables import CheckBox, Column, Table
from reports.text import BOLD, CELL_BOLD, GLUE, SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

LAST = 3  # sessions on the paper unless all are asked for
LABEL_MM, SHARES = 32, (0.53, 0.47)  # addresses need more room than what is said of a business
BLANK_STEPS = 3  # rows left for the pen when nothing is agreed yet

TITLE = Words("Ringkasan Pendampingan Usaha Mikro", "Summary of Business Assistance")
NUMBER = Words("Nomor: {number} · Dicetak {day}", "Number: {number} · Printed {day}")
IDENTITY = Words("Identitas", "Identity")
TALKED = Words("Konsultasi yang sudah dilakukan", "Consultations so far")
CASES = Words("Fasilitasi", "Facilitation")
NEXT = Words("Langkah berikutnya — centang bila sudah", "Next steps — tick when done")
SESSION_HEAD = (
    Words("Tanggal", "Date"), Words("Topik", "Topic"), Words("Hasil dan saran", "Result and advice"),
    Words("Pendamping", "Assistant"),
)  # fmt: skip
STEP_HEAD = (Words("Yang dikerjakan", "What to do"), Words("Oleh", "By"), Words("Paling lambat", "At the latest"))
LABELS = {
    "owner": Words("Nama pemilik", "Owner"), "nik": Words("NIK", "NIK"), "phone": Words("No. HP / WhatsApp", "Phone / WhatsApp"),
    "address": Words("Alamat", "Address"), "business": Words("Nama usaha", "Business"),
    "kbli": Words("Jenis usaha (KBLI)", "Activity (KBLI)"), "nib": Words("NIB", "NIB"), "scale": Words("Skala usaha", "Scale"),
}  # fmt: skip
QUESTIONS = Words("Ada pertanyaan?", "Any questions?")
CALL = Words("Hubungi {whom}.", "Call {whom}.")
MESSAGE = Words("Ringkasan pendampingan {number}, {day}.", "Assistance summary {number}, {day}.")
MESSAGE_STEPS = Words("Langkah berikutnya:", "Next steps:")
OWNER_SIGNS = Words("Pelaku usaha,", "Owner,")
WE_SIGN = Words("Pendamping,", "Assistant,")
FORM = Words(
    "Ringkasan untuk pelaku usaha · RP versi 1 · bukan dokumen perizinan",
    "Summary for the owner · RP version 1 · not a permit",
)


@dataclass(frozen=True)
class Session:
    """One line of the consultations."""

    day: str
    topics: str
    said: str
    officer: str


@dataclass(frozen=True)
class Step:
    """One line of the next steps."""

    what: str
    who: str
    due: str


@dataclass(frozen=True)
class Summary:
    """Everything the paper may say, as it will be read."""

    number: str
    today: date
    lang: Lang
    letterhead: Letterhead
    owner_name: str
    owner: Mapping[str, str]  # values by LABELS
    business: Mapping[str, str]
    sessions: Sequence[Session]  # newest first
    cases: Sequence[summary_cases.Case]
    steps: Sequence[Step]  # most urgent first
    officer: Officer
    place: str
    hours: str

    @property
    def subject(self) -> str:
        """The owner."""
        return self.owner_name

    def counts(self) -> dict[str, Words]:
        """How many sessions, facilitations and steps there are."""
        last, kept = min(LAST, len(self.sessions)), str(len(self.sessions))
        cases, steps = str(len(self.cases)), str(len(self.steps))
        return {
            "sessions": Words(f"{last} terakhir", f"last {last}"),
            "all_sessions": Words(kept, kept),
            "cases": Words(cases, cases),
            "steps": Words(steps, steps),
        }

    def message(self) -> str:
        """The next steps, as one would write them to the owner."""
        heading = MESSAGE.fill(number=self.number, day=long_date(self.today, self.lang)).to(self.lang)
        lines = [f"{n}. {s.what} — {s.who}, {s.due}" for n, s in enumerate(self.steps, start=1)]
        after = [MESSAGE_STEPS.to(self.lang), *lines] if lines else []
        return "\n".join([heading, *after, f"{FREE.to(self.lang)} {STATE_FEES.to(self.lang)}"])


def collect(store: "Store", request: Request) -> Summary:
    """The summary's data. AppError when the owner is gone or refused to be recorded."""
    about = subject.subject(store, request.owner_id, request.business_id)
    owner, business = about.owner, about.business
    lang = request.lang
    return Summary(
        number=request.number,
        today=request.today,
        lang=lang,
        letterhead=office.dinas_letterhead(store, request.scope),
        owner_name=subject.full_name(owner),
        owner=_owner_facts(store, owner, request),
        business=_business_facts(business, request),
        sessions=[_session(row, lang) for row in _sessions(store, request, business)],
        cases=summary_cases.collect(store, request, _cases(store, request, business)),
        steps=[_step(row, owner, request) for row in _steps(store, request, business)],
        officer=office.officer(store, request.staff_id, request.officer),
        place=office.place(store, request.scope[:6]),
        hours=str(store.setting("office_hours") or office.HOURS.to(lang)),
    )


def _sessions(store: "Store", request: Request, business: Row) -> list[Row]:
    """Newest first."""
    rows = _of_business(store.find("consultation", owner_id=request.owner_id), business)
    return sorted(rows, key=lambda row: (row["held_on"], row["started_at"] or ""), reverse=True)


def _cases(store: "Store", request: Request, business: Row) -> list[Row]:
    return _of_business(store.find("facilitation", owner_id=request.owner_id), business)


def _steps(store: "Store", request: Request, business: Row) -> list[Row]:
    """What is still open, the most urgent first."""
    rows = _of_business(store.find("follow_up", owner_id=request.owner_id, state="open"), business)
    return sorted(rows, key=lambda row: row["due"])


def _of_business(rows: Sequence[Row], business: Row) -> list[Row]:
    """Rows of one business, and those that name none."""
    return [r for r in rows if not r.get("business_id") or r["business_id"] == business.get("id")]


def _owner_facts(store: "Store", owner: Row, request: Request) -> dict[str, str]:
    return {
        "owner": subject.full_name(owner),
        "nik": subject.nik(store, owner, request.nik_for),
        "phone": subject.shown(OWNER, owner, "phone", request.lang),
        "address": subject.near(owner),
    }


def _business_facts(business: Row, request: Request) -> dict[str, str]:
    name, activity, kbli, nib = (
        subject.shown(BUSINESS, business, field, request.lang) for field in ("name", "activity", "kbli", "nib")
    )
    return {
        "business": name,
        "kbli": kbli.replace(" ", GLUE) or activity,
        "nib": nib,
        "scale": subject.scale(business, request.today, request.lang),
    }


def _session(row: Row, lang: Lang) -> Session:
    said = " ".join(str(row[name]).strip() for name in ("note", "advice") if row.get(name))
    return Session(
        day=subject.day(row.get("held_on"), lang),
        topics=CONSULTATION["topics"].kind.show(row.get("topics"), lang),
        said=said or CONSULTATION["result"].kind.show(row.get("result"), lang) or "—",
        officer=str(row.get("staff_name") or "—"),
    )


def _step(row: Row, owner: Row, request: Request) -> Step:
    kind = FOLLOW_UP["kind"].kind.show(row.get("kind"), request.lang)
    time = f", {row['due_time']}" if row.get("due_time") else ""
    return Step(
        what=str(row.get("what") or kind),
        who=subject.called(owner, request.lang) if row.get("kind") == "owner_sends" else _responsible(row, request),
        due=subject.weekday_and_day(row.get("due"), request.lang) + time,
    )


def _responsible(row: Row, request: Request) -> str:
    if row.get("responsible_name"):
        return str(row["responsible_name"])
    if row.get("responsible") == "me":
        return request.officer.name
    return FOLLOW_UP["responsible"].kind.show(row.get("responsible"), request.lang)


def layout(data: Summary, wanted: AbstractSet[str]) -> Sheet:
    """The paper itself."""
    lang = data.lang
    number = NUMBER.fill(number=data.number, day=long_date(data.today, lang)).to(lang)
    shown = data.sessions if "all_sessions" in wanted else data.sessions[:LAST]
    parts: list[tuple[Words, Block]] = []
    if "identity" in wanted:
        parts.append(
            (IDENTITY, b.Facts([_facts(data.owner, lang), _facts(data.business, lang)], LABEL_MM, shares=SHARES))
        )
    if "sessions" in wanted and shown:
        parts.append((TALKED, _sessions_table(shown, lang)))
    if "cases" in wanted and data.cases:
        parts.append((CASES, summary_cases.table(data.cases, lang)))
    if "steps" in wanted:
        parts.append((NEXT, _steps_table(data.steps, lang)))
    body: list[Block] = [
        b.Title(TITLE.to(lang).upper(), number, f"{CODE}{data.number}", data.number.rpartition("/")[2])
    ]
    for index, (title, block) in enumerate(parts, start=1):
        body += [b.Heading(f"{index}. {title.to(lang)}"), block]
    body += [_notice(data), _signatures(data)]
    return Sheet(
        title=f"{PAPER.title.to(lang)} {data.number}",
        form=FORM.to(lang),
        copy_for=OWNER_COPY.to(lang),
        letterhead=data.letterhead,
        blocks=body,
        lang=lang,
    )


def _facts(values: Mapping[str, str], lang: Lang) -> list[b.Fact]:
    return [
        (LABELS[key].to(lang), [Run(value, BOLD)] if value and key in ("owner", "business") else value)
        for key, value in values.items()
    ]


def _sessions_table(sessions: Sequence[Session], lang: Lang) -> Table:
    columns = [Column(words.to(lang), width) for words, width in zip(SESSION_HEAD, (26, 28, 0, 29), strict=True)]
    return Table(columns, [(s.day, s.topics, s.said, s.officer) for s in sessions])


def _steps_table(steps: Sequence[Step], lang: Lang) -> Table:
    what, who, due = (words.to(lang) for words in STEP_HEAD)
    columns = [Column("", 9), Column(what), Column(who, 30), Column(due, 40, CELL_BOLD)]
    rows = [(CheckBox(), s.what, s.who, s.due) for s in steps] or [(CheckBox(), "", "", "")] * BLANK_STEPS
    return Table(columns, rows, hold_end=True)


def _notice(data: Summary) -> b.Notice:
    lang, us = data.lang, data.officer
    whom = [us.name, us.office, f"WhatsApp {us.phone}" if us.phone else "", data.hours]
    call = CALL.fill(whom=", ".join(part for part in whom if part)).to(lang)
    ask = [Run(QUESTIONS.to(lang), SMALL_BOLD), Run(f" {call} ", SMALL)] if us.name else []
    return b.Notice([*ask, Run(FREE.to(lang), SMALL_BOLD), Run(f" {STATE_FEES.to(lang)}", SMALL)])


def _signatures(data: Summary) -> b.Signatures:
    lang, us = data.lang, data.officer
    where = ", ".join(part for part in (data.place, long_date(data.today, lang)) if part)
    role = ", ".join(part for part in (us.position, us.office) if part)
    return b.Signatures([
        b.Signer(OWNER_SIGNS.to(lang), data.owner_name),
        b.Signer(f"{where}\n{WE_SIGN.to(lang)}", us.name, role),
    ], gap=3.2 * MM, room=13.5 * MM)  # fmt: skip


PAPER = Paper(
    key="ringkasan",
    title=Words("Ringkasan Pendampingan", "Assistance summary"),
    prefix="RP",
    sizes=("A4", "F4"),
    parts=(
        Part("identity", Words("Identitas & usaha", "Owner and business")),
        Part("sessions", Words("Sesi konsultasi", "Sessions")),
        Part("all_sessions", Words("Semua sesi", "All sessions"), on=False),
        Part("cases", Words("Fasilitasi", "Facilitation")),
        Part("steps", Words("Langkah berikutnya", "Next steps")),
    ),
    collect=collect,
    layout=layout,
    masks_nik=True,
)
