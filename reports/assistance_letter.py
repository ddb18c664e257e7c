"""Surat Keterangan Pendampingan: for a bank, what the Dinas did with a business. Promises nothing.

It leaves the office for a bank, so it is made only for an owner who agreed to that (purpose 4).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from models import legal
from models.businesses import BUSINESS
from models.consultations import CONSULTATION
from models.dates import months_later
from models.errors import AppError
from models.facilitation import OUTCOME
from models.i18n import MONTHS, Lang, Words, long_date
from models.owners import OWNER
from models.readiness import POINTS, Known, points
from models.schema import Row
from models.services import SERVICES
from reports import letters, office, subject
from reports.blocks import Notice
from reports.page import Sheet
from reports.paper import Paper, Request
from reports.tables import Column, Table
from reports.text import SMALL, SMALL_BOLD, Run, Text

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Surat Keterangan Pendampingan", "Letter of Assistance")
NOT_AGREED = Words(
    "Pemilik belum menyetujui tujuan 4 (berbagi dengan bank atau mitra). Tanyakan dulu, lalu catat di lembar pemberitahuan.",
    "The owner has not agreed to purpose 4 (sharing with a bank or partner). Ask first, then record it on the notice.",
)
LINES = 4  # newest days on lines of their own; what lies before is one line
LABELS = {
    "name": Words("Nama", "Name"), "nik": Words("NIK", "NIK"), "born": Words("Tanggal lahir", "Date of birth"),
    "address": Words("Alamat", "Address"), "business": Words("Nama usaha", "Business"), "activity": Words("Kegiatan usaha", "Activity"),
    "nib": Words("NIB", "NIB"), "scale": Words("Skala usaha", "Scale"),
}  # fmt: skip
SINCE, ISSUED = (
    Words("{name:b}, sejak {year}", "{name:b}, since {year}"),
    Words("{nib}, terbit {day}", "{nib}, issued {day}"),
)
SENTENCES = {
    "skp.opens": letters.OPENS,
    "skp.assisted": Words(
        "adalah usaha {scale} yang mengikuti pendampingan Dinas {since:b}, dengan rincian:",
        "is a {scale} business assisted by the Dinas {since:b}, namely:",
    ),
    "skp.readiness": Words("Kesiapan usaha {score:b}: {points} terpenuhi.", "Readiness {score:b}: {points}."),
    "skp.purpose": Words(
        "Surat ini dibuat atas permintaan yang bersangkutan sebagai kelengkapan pengajuan {purpose:b} pada bank penyalur. "
        "Surat ini bukan jaminan persetujuan kredit dan berlaku sampai {day:b}.",
        "This letter was made at the owner's request for an application for {purpose:b} at a lending bank. "
        "It does not guarantee that a credit is granted, and is valid until {day:b}.",
    ),
    "skp.shared": Words(
        "Surat boleh diberikan kepada bank karena pemilik menyetujui tujuan 4 (berbagi dengan bank/mitra) pada {day}.",
        "This letter may be given to a bank because the owner agreed to purpose 4 (sharing with banks or partners) on {day}.",
    ),
    "skp.whole": Words("NIK ditulis lengkap untuk {whom}. ", "The NIK is given in full for {whom}. "),
    "skp.verify": Words(
        "Keaslian dapat ditanyakan ke WhatsApp {phone} dengan menyebut nomor surat.",
        "Ask WhatsApp {phone}, giving the letter's number, whether it is genuine.",
    ),
}  # fmt: skip
SINCE_DAY = Words("sejak {day}", "since {day}")
SCORE = Words("{n} dari {all}", "{n} of {all}")
KUR = Words("Kredit Usaha Rakyat (KUR)", "the people's business credit (KUR)")
HEAD = (Words("Tanggal", "Date"), Words("Pendampingan", "Assistance"), Words("Pendamping", "Assistant"))
CONSULTED, CASE_CLOSED = (
    Words("Konsultasi {topics}", "Consultation {topics}"),
    Words("Fasilitasi {service}: {outcome}", "Facilitation {service}: {outcome}"),
)
CASE_OPENED = Words("Fasilitasi {service} dibuka", "Facilitation {service} opened")
ATTENDED = Words("{event} (hadir)", "{event} (attended)")
EARLIER = Words("{n} hari pendampingan sebelumnya", "{n} earlier days of assistance")
NOT_YET = Words("Terdaftar; sesi pertama belum dicatat", "Registered; no session recorded yet")
FORM = Words(
    "Surat Keterangan Pendampingan · SKP versi 1 · untuk KUR", "Letter of Assistance · SKP version 1 · for KUR"
)


@dataclass(frozen=True)
class Line:
    """One act of assistance."""

    day: str
    what: str
    by: str


@dataclass(frozen=True)
class Letter(office.Data):
    """What the letter states."""

    facts: Mapping[str, Text]  # values by LABELS
    sentences: Mapping[str, str]
    scale: str
    since: str
    lines: Sequence[Line]  # newest first
    held: Sequence[str]  # points of readiness
    agreed_on: str
    valid_until: str
    nik_for: str  # for whom the whole NIK stands there; empty: it is masked

    title = TITLE


def collect(store: "Store", request: Request) -> Letter:
    """The letter's data. AppError when the owner is gone, refused, or did not agree to sharing."""
    about = subject.subject(store, request.owner_id, request.business_id)
    consents = store.find("consent", owner_id=request.owner_id)
    if not legal.may_share(about.owner, consents, "sharing"):
        raise AppError(NOT_AGREED)
    us, lang = office.bearing(store, request, dinas=True), request.lang
    acts = _acts(store, about, us)
    begun = min([about.owner["created_at"][:10], *(day for day, _ in acts)])
    return Letter(
        us, subject.full_name(about.owner),
        facts=_facts(store, about, request),
        sentences=office.sentences(store, SENTENCES, lang),
        scale=subject.sort_of_business(about.business, request.today, lang),
        since=us.say(SINCE_DAY, day=subject.whole_day(begun, lang)),
        lines=_lines(acts, us),
        held=_held(store, about, request.today, lang),
        agreed_on=subject.whole_day(max(c["given_on"] for c in consents if c["sharing"] == "yes"), lang),
        valid_until=long_date(months_later(request.today, letters.VALID_MONTHS), lang),
        nik_for=request.nik_for,
    )  # fmt: skip


def _facts(store: "Store", about: subject.Subject, request: Request) -> dict[str, Text]:
    owner, business, lang = about.owner, about.business, request.lang
    name, nib = subject.shown(BUSINESS, business, "name", lang), subject.shown(BUSINESS, business, "nib", lang)
    started, issued = business.get("started"), subject.whole_day(business.get("nib_date"), lang)
    return {
        "name": subject.full_name(owner),
        "nik": subject.nik(store, owner, request.nik_for),
        "born": subject.shown(OWNER, owner, "birth_date", lang) and subject.whole_day(owner["birth_date"], lang),
        "address": subject.address(owner),
        "business": letters.fill(SINCE.to(lang), name=name, year=started) if started and name else name,
        "activity": subject.activity(business, lang),
        "nib": ISSUED.fill(nib=nib, day=issued).to(lang) if nib and issued else nib,
        "scale": subject.scale_in_full(business, request.today, lang),
    }


def _acts(store: "Store", about: subject.Subject, us: office.Bearing) -> list[tuple[str, Line]]:
    """Sessions, cases and events with their days; no word of what was said, which is nobody else's."""
    lang, of_owner = us.lang, {"owner_id": about.owner["id"]}
    acts: list[tuple[str, str, str]] = [
        (
            row["held_on"],
            us.say(CONSULTED, topics=CONSULTATION["topics"].kind.show(row["topics"], lang)),
            row["staff_name"] or "",
        )
        for row in store.find("consultation", **of_owner)
    ]
    for case in store.find("facilitation", **of_owner):
        service = SERVICES[case["service"]].short.to(lang) if case["service"] in SERVICES else case["service"]
        acts.append((case["opened_on"], us.say(CASE_OPENED, service=service), case["staff_name"] or ""))
        if case["closed_on"]:
            outcome = OUTCOME.show(case["outcome"], lang).lower()
            acts.append(
                (case["closed_on"], us.say(CASE_CLOSED, service=service, outcome=outcome), case["staff_name"] or "")
            )
    for row in store.find("attendance", presence="present", **of_owner):
        event = store.get("event", row["event_id"])
        if event:
            acts.append((event["held_on"], us.say(ATTENDED, event=event["name"]), event["organiser"] or ""))
    days = groupby(sorted(acts, key=lambda act: act[0], reverse=True), key=lambda act: act[0])
    return [(day, _line(subject.day(day, lang), list(of_day))) for day, of_day in days]


def _line(day: str, acts: Sequence[tuple[str, str, str]]) -> Line:
    """All that happened on one day."""
    return Line(day, "; ".join(dict.fromkeys(a[1] for a in acts)), ", ".join(dict.fromkeys(a[2] for a in acts if a[2])))


def _lines(acts: Sequence[tuple[str, Line]], us: office.Bearing) -> list[Line]:
    if not acts:
        return [Line("—", us.say(NOT_YET), us.officer.name)]
    shown, before = acts[:LINES], acts[LINES:]
    lines = [line for _, line in shown]
    if before:
        lines.append(Line(_span(before[-1][0], before[0][0], us.lang), us.say(EARLIER, n=len(before)), ""))
    return lines


def _span(first: str, last: str, lang: Lang) -> str:
    """`Jul – Sep 2026`."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    months = [f"{MONTHS[lang][d.month - 1][:3]} {d.year}" for d in (begin, end)]
    if months[0] == months[1]:
        return months[0]
    return " – ".join((months[0][:3], months[1]) if begin.year == end.year else months)


def _held(store: "Store", about: subject.Subject, today: date, lang: Lang) -> list[str]:
    if not about.business:
        return []
    of_business: dict[str, Any] = {"business_id": about.business["id"]}
    rows: list[list[Row]] = [
        store.find(name, **of_business) for name in ("permit", "assessment", "financing", "facilitation")
    ]
    held = points(Known(about.business, *rows), today)
    return [
        point.words.to(lang).replace("≥", "minimal" if lang == "id" else "at least")
        for key, point in POINTS.items()
        if key in held
    ]


def layout(data: Letter, _wanted: AbstractSet[str]) -> Sheet:
    """The letter itself."""
    us, said = data.office, data.sentences
    rows = [(us.say(words), data.facts[key]) for key, words in LABELS.items()]
    columns = [Column(us.say(words), width) for words, width in zip(HEAD, (30, 0, 36), strict=True)]
    ready = letters.fill(
        said["skp.readiness"],
        score=us.say(SCORE, n=len(data.held), all=len(POINTS)),
        points=letters.listed(data.held, us.lang),
    )
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=[
            letters.title(us, TITLE, us.number),
            letters.paragraph(said["skp.opens"], 3),
            letters.facts(rows, (0,)),
            letters.paragraph(letters.fill(said["skp.assisted"], scale=data.scale, since=data.since)),
            Table(columns, [(line.day, line.what, line.by) for line in data.lines], grid=True, gap=5),
            *([letters.paragraph(ready, 3)] if data.held else []),
            letters.paragraph(letters.fill(said["skp.purpose"], purpose=us.say(KUR), day=data.valid_until), hold=True),
            letters.signed(us, us.dinas, gap_mm=5, keep=True),
            _notice(data),
        ],
        lang=us.lang,
    )


def _notice(data: Letter) -> Notice:
    us, said, phone = data.office, data.sentences, data.office.officer.phone
    whole = letters.fill(said["skp.whole"], SMALL, SMALL_BOLD, whom=data.nik_for) if data.nik_for else []
    shared = letters.fill(said["skp.shared"], SMALL, SMALL_BOLD, day=data.agreed_on)
    verify = letters.fill(f" {said['skp.verify']}", SMALL, SMALL_BOLD, phone=phone) if phone else []
    return Notice(
        [*whole, *shared, *verify, Run(f" {us.say(letters.FREE_LETTER)}", SMALL_BOLD), Run(f" {us.free}", SMALL)],
        keep=False,
    )


PAPER = Paper(
    key="surat-pendampingan",
    title=Words("Surat Keterangan Pendampingan (KUR)", "Letter of assistance (KUR)"),
    prefix="SKP",
    sizes=("A4", "F4"),
    parts=(),
    collect=collect,
    layout=layout,
    masks_nik=True,
)
