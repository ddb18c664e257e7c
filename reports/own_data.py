"""Data Saya: everything that is held about a person, for that person (UU 27/2022 Ps 7).

Numbers of identity are masked unless they are asked for, because a paper is soon in other hands.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from models.clock import from_iso
from models.i18n import Words, clock_time, short_date
from models.owners import OWNER
from models.schema import Row
from models.subject_access import PersonalRecord, Section, personal_record
from reports import office, subject
from reports.blocks import Heading, Notice, Paragraph, Signatures, Signer, Title
from reports.page import Block, Sheet
from reports.paper import MM, Paper, Part, Request
from reports.tables import Column, Table
from reports.text import CELL, CELL_BOLD, SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Data Saya", "My Data")
NUMBER = Words("Nomor: {number} · keadaan {day}", "Number: {number} · as of {day}")
INTRO = Words(
    "Inilah semua yang dicatat {office} tentang {name:b}, dari laptop ini. Betulkan yang salah: sampaikan kepada petugas; "
    "permintaan dijawab paling lama 3 × 24 jam (UU 27/2022).",
    "This is all that {office} has recorded about {name:b}, from this laptop. Have what is wrong corrected: tell the staff; "
    "requests are answered within 3 × 24 hours (UU 27/2022).",
)
HEAD = (Words("Isian", "Field"), Words("Isi", "Value"))
NO = Words("No.", "No.")
CHANGES, VIEWINGS = Words("Perubahan", "Changes"), Words("Siapa melihat data pribadi Anda", "Who saw your private data")
WHEN, WHAT, BY = Words("Waktu", "When"), Words("Isian", "Field"), Words("Oleh", "By")
NONE = Words("Belum ada.", "None so far.")
RIGHTS = Words(
    "Anda boleh meminta pembetulan, penghapusan, pembatasan, dan menarik persetujuan kapan saja.",
    "You may ask for correction, erasure and restriction, and withdraw consent at any time.",
)
RECEIVED, GIVEN = Words("Yang menerima", "Received by"), Words("Yang menyerahkan", "Handed out by")
FORM = Words("Data saya · DS versi 1 · salinan untuk pemilik data", "My data · DS version 1 · copy for the person")
NUMBERS = ("nik", "family_card", "npwp")  # 16 digits each, and the NPWP of a citizen is the NIK
LABEL_WIDTH = 58
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")


@dataclass(frozen=True)
class OwnData(office.Data):
    """The record in words, as it may be read."""

    record: PersonalRecord

    title = TITLE

    @override
    def counts(self) -> dict[str, Words]:
        """How many lines the logs have."""
        logs = {"changes": self.record.changes, "viewings": self.record.viewings}
        return {key: Words(str(len(lines)), str(len(lines))) for key, lines in logs.items()}


def collect(store: "Store", request: Request) -> OwnData:
    """Everything about the owner. AppError when the record is gone."""
    owner = subject.wanted(store, "owner", request.owner_id)
    us = office.bearing(store, request)
    subject.nik(store, owner, request.nik_for)  # showing it whole leaves its line in the log
    record = personal_record(store, request.owner_id, request.lang)
    return OwnData(us, subject.full_name(owner), _veiled(record, _veil({} if request.nik_for else owner), store, us))


def _veil(owner: Row) -> Callable[[str], str]:
    """Masks the owner's numbers wherever they stand, with or without spaces, dots and dashes."""
    digits = {re.sub(r"\D", "", str(owner.get(name) or "")) for name in NUMBERS} - {""}
    masks = {re.compile(r"[ .\-]?".join(number)): OWNER["nik"].kind.mask(number) for number in digits}

    def veil(text: str) -> str:
        for pattern, mask in masks.items():
            text = pattern.sub(lambda _, mask=mask: mask, text)
        return text

    return veil


def _veiled(record: PersonalRecord, veil: Callable[[str], str], store: "Store", us: office.Bearing) -> PersonalRecord:
    def at(moment: str) -> str:
        when = from_iso(moment)
        day = short_date(when.astimezone(store.clock.zone).date(), us.lang, year=True)
        return f"{day} {clock_time(when, us.lang, store.clock.zone)}"

    def shown(text: str) -> str:
        return MOMENT.sub(lambda found: at(found[0]), veil(text))

    sections = tuple(
        Section(s.title, tuple(tuple((label, shown(text)) for label, text in rows) for rows in s.records))
        for s in record.sections
    )
    newest = sorted(record.changes, reverse=True)
    return replace(
        record,
        sections=sections,
        changes=tuple((at(when), what, by) for when, what, by in newest),
        viewings=tuple((at(when), what, by) for when, what, by in sorted(record.viewings, reverse=True)),
    )


def layout(data: OwnData, wanted: AbstractSet[str]) -> Sheet:
    """The whole record, section by section."""
    us = data.office
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=[*_opening(data), *_sections(data), *_logs(data, wanted), *_closing(data)],
        lang=us.lang,
    )


def _opening(data: OwnData) -> Iterable[Block]:
    us = data.office
    by = us.letterhead.named or us.officer.office
    intro = us.say(INTRO).partition("{name:b}")
    yield Title(us.say(TITLE).upper(), us.say(NUMBER, number=us.number, day=us.day), us.code, us.count)
    yield Paragraph(
        [Run(intro[0].replace("{office}", by), SMALL), Run(data.subject, SMALL_BOLD), Run(intro[2], SMALL)],
        SMALL,
        2 * MM,
    )


def _sections(data: OwnData) -> Iterable[Block]:
    """One record as a table of its fields; several as one line each, or the paper would be a book."""
    us = data.office
    label, value = (us.say(words) for words in HEAD)
    for section in data.record.sections:
        yield Heading(section.title)
        if len(section.records) == 1:
            yield Table(
                [Column(label, LABEL_WIDTH, CELL), Column(value, 0, CELL_BOLD)], section.records[0] or [("—", "—")]
            )
            continue
        rows = [(str(number), _run_in(rows)) for number, rows in enumerate(section.records, start=1)]
        yield Table([Column(us.say(NO), 12), Column(value)], rows)


def _run_in(rows: Sequence[tuple[str, str]]) -> list[Run]:
    """`Tanggal: 21 Juli 2026 · Topik: NIB`."""
    runs: list[Run] = []
    for number, (label, value) in enumerate(rows):
        runs += [Run(f"{' · ' if number else ''}{label}: ", SMALL), Run(" ".join(value.split()), SMALL_BOLD)]
    return runs or [Run("—", SMALL)]


def _logs(data: OwnData, wanted: AbstractSet[str]) -> Iterable[Block]:
    us = data.office
    parts = (("changes", CHANGES, data.record.changes), ("viewings", VIEWINGS, data.record.viewings))
    for key, words, rows in parts:
        if key in wanted:
            yield Heading(us.say(words))
            columns = [Column(us.say(WHEN), 38), Column(us.say(WHAT)), Column(us.say(BY), 50)]
            yield Table(columns, rows, hold_end=True) if rows else Paragraph(us.say(NONE), SMALL, hold=True)


def _closing(data: OwnData) -> Sequence[Block]:
    us = data.office
    return [
        Notice([Run(us.say(RIGHTS), SMALL_BOLD), Run(f" {us.free}", SMALL)]),
        Signatures([Signer(us.say(RECEIVED), data.subject), Signer(f"{us.place_and_day}\n{us.say(GIVEN)}", us.officer.name, us.officer.office)]),
    ]  # fmt: skip


PAPER = Paper(
    key="data-saya",
    title=TITLE,
    prefix="DS",
    sizes=("A4", "F4"),
    parts=(Part("changes", CHANGES), Part("viewings", VIEWINGS)),
    collect=collect,
    layout=layout,
    masks_nik=True,
)
