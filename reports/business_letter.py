"""Surat Keterangan Usaha (SKU) of the kelurahan: that somebody runs a business here. No permit, no NIB."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import reference
from models.businesses import BUSINESS
from models.clock import Clock
from models.i18n import Words, clock_time, short_date
from models.owners import OWNER
from reports import letters, office, subject
from reports.blocks import Paragraph, Signer
from reports.forms import Blank, Boxes, FormRow, Say
from reports.page import Sheet
from reports.paper import MM, Paper, Request
from reports.shapes import CutLine
from reports.text import SMALL, SMALL_BOLD, Run

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Surat Keterangan Usaha", "Statement of Business")
OWNER_LABELS = {
    "name": Words("Nama", "Name"), "nik": Words("NIK", "NIK"), "born": Words("Tempat, tanggal lahir", "Place and date of birth"),
    "sex": Words("Jenis kelamin", "Sex"), "address": Words("Alamat", "Address"),
}  # fmt: skip
BUSINESS_LABELS = {
    "business": Words("Nama usaha", "Business"), "activity": Words("Kegiatan usaha", "Activity"),
    "place": Words("Alamat usaha", "Business address"), "since": Words("Berjalan sejak", "Running since"),
    "workers": Words("Pekerja", "Workers"), "basis": Words("Dasar", "Basis"),
}  # fmt: skip
SENTENCES = {
    "sku.opens": Words(
        "Yang bertanda tangan di bawah ini, {head}, menerangkan bahwa:", "The undersigned, {head}, states that:"
    ),
    "sku.runs": Words("benar memiliki dan menjalankan usaha di wilayah {area}:", "truly owns and runs a business in {area}:"),
    "sku.purpose": Words(
        "Surat ini dibuat untuk {purpose:b}. Surat ini bukan izin usaha dan tidak menggantikan NIB.",
        "This letter was made for {purpose:b}. It is no business permit and does not replace the NIB.",
    ),
    "sku.nib": Words("NIB usaha ini: {nib}.", "NIB of this business: {nib}."),
    "sku.nib_coming": Words(
        "Permohonan NIB usaha ini sedang disiapkan bersama kelurahan.",
        "The application for this business's NIB is being prepared with the village office.",
    ),
    "sku.closes": Words(
        "Demikian untuk dipergunakan sebagaimana mestinya. Berlaku tiga bulan sejak tanggal ditetapkan.",
        "To be used as it should. Valid for three months from its date.",
    ),
}  # fmt: skip
FOR_KUR = Words("kelengkapan pengajuan KUR", "an application for KUR")
NUMBER = "........ / ........ / {year}"  # the office's own register numbers it; a setting may give the pattern
LONG_ENOUGH = Words("{year} (lebih dari 6 bulan)", "{year} (more than 6 months)")
PEOPLE = Words("{n} orang (L {men}, P {women})", "{n} people ({men} men, {women} women)")
INTRODUCED = Words("Pengantar {lane} tanggal {dots}", "Introduction by {lane} of {dots}")
SEEN = Words("dilihat di tempat {day}", "seen on the spot on {day}")
HOLDER = Words("Pemegang surat,", "Holder,")
STAFF_FILLS, REGISTER = Words("Diisi petugas:", "For the office:"), Words("nomor agenda", "register number")
PRINTED = Words("dicetak oleh {name}, {day} {time}", "printed by {name}, {day} {time}")
FORM = Words("Surat Keterangan Usaha · F-07 versi 1", "Statement of Business · F-07 version 1")
COPIES = Words("pemilik dan arsip", "the owner and the archive")
DOTS = "." * 24
IN_FULL = {"Kel.": "Kelurahan", "Kec.": "Kecamatan", "Kab.": "Kabupaten"}


@dataclass(frozen=True)
class Letter(office.Data):
    """What the letter states."""

    sentences: Mapping[str, str]
    register: str
    area: str
    owner: Mapping[str, str]
    business: Mapping[str, str]
    nib: str
    nib_coming: bool
    printed: str

    title = TITLE


def collect(store: "Store", request: Request) -> Letter:
    """The letter's data. AppError when the owner is gone or refused."""
    us, about = office.bearing(store, request), subject.subject(store, request.owner_id, request.business_id)
    cases = store.find("facilitation", owner_id=request.owner_id, service="nib")
    pattern = str(store.setting("sku_number") or NUMBER)
    return Letter(
        us, subject.full_name(about.owner),
        sentences=office.sentences(store, SENTENCES, request.lang),
        register=pattern.replace("{year}", str(request.today.year)),
        area=_area(request.scope),
        owner=_owner(store, about, request),
        business=_business(store, about, request),
        nib=subject.shown(BUSINESS, about.business, "nib", request.lang),
        nib_coming=any(case["state"] != "closed" for case in cases),
        printed=_printed(store.clock, us),
    )  # fmt: skip


def _area(scope: str) -> str:
    """`Kelurahan Patokan, Kecamatan Kraksaan, Kabupaten Probolinggo`: the letter's sentences write it in full."""
    area = reference.path(scope).partition(" (")[0] if scope else office.DOTS
    for short, full in IN_FULL.items():
        area = area.replace(f"{short} ", f"{full} ")
    return area


def _printed(clock: Clock, us: office.Bearing) -> str:
    day = short_date(us.today, us.lang, year=True)
    return us.say(PRINTED, name=us.officer.name, day=day, time=clock_time(clock.now(), us.lang, clock.zone))


def _owner(store: "Store", about: subject.Subject, request: Request) -> dict[str, str]:
    owner, lang = about.owner, request.lang
    day = subject.whole_day(owner.get("birth_date"), lang)
    born = (str(owner.get("birth_place") or (day and DOTS)), day)
    return {
        "name": subject.full_name(owner),
        "nik": subject.nik(store, owner, request.nik_for),
        "born": ", ".join(part for part in born if part),
        "sex": subject.shown(OWNER, owner, "sex", lang),
        "address": subject.address(owner),
    }


def _business(store: "Store", about: subject.Subject, request: Request) -> dict[str, str]:
    business, lang = about.business, request.lang
    visits = [row["held_on"] for row in store.find("consultation", owner_id=about.owner["id"], place="visit")]
    lane = subject.lane(business) or subject.lane(about.owner)
    basis = [INTRODUCED.fill(lane=lane or "RT/RW", dots=DOTS).to(lang)]
    if visits:
        basis.append(SEEN.fill(day=subject.whole_day(max(visits), lang)).to(lang))
    men, women = business.get("workers_men"), business.get("workers_women")
    people = PEOPLE.fill(n=men + women, men=men, women=women).to(lang) if men is not None and women is not None else ""
    started = business.get("started")
    old = started is not None and started < request.today.year - (request.today.month <= 6)
    return {
        "business": subject.shown(BUSINESS, business, "name"),
        "activity": subject.activity(business, lang),
        "place": subject.address(business),
        "since": LONG_ENOUGH.fill(year=started).to(lang) if old else str(started or ""),
        "workers": people or subject.workers(business, lang),
        "basis": "; ".join(basis),
    }


def layout(data: Letter, _wanted: AbstractSet[str]) -> Sheet:
    """The letter itself."""
    us, said = data.office, data.sentences
    owner = [(us.say(words), data.owner[key]) for key, words in OWNER_LABELS.items()]
    business = [(us.say(words), data.business[key]) for key, words in BUSINESS_LABELS.items()]
    purpose = letters.fill(said["sku.purpose"], purpose=us.say(FOR_KUR))
    if data.nib or data.nib_coming:
        purpose += letters.fill(f" {said['sku.nib' if data.nib else 'sku.nib_coming']}", nib=data.nib)
    head = us.head.above.rstrip(",")
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(COPIES),
        letterhead=us.letterhead,
        blocks=[
            letters.title(us, TITLE, data.register),
            letters.paragraph(
                letters.fill(said["sku.opens"], head=f"{head}, {data.area.partition(', ')[2]}".strip(", ")), 3
            ),
            letters.facts(owner, (0,), 46),
            letters.paragraph(letters.fill(said["sku.runs"], area=data.area.partition(",")[0])),
            letters.facts(business, (0,), 46),
            letters.paragraph(purpose, 3),
            letters.paragraph(said["sku.closes"], hold=True),
            letters.signed(us, us.head, Signer(us.say(HOLDER), data.subject), 9),
            *_foot(data),
        ],
        lang=us.lang,
    )


def _foot(data: Letter) -> list[CutLine | FormRow | Paragraph]:
    us = data.office
    pieces = [
        Say(us.say(STAFF_FILLS)), Say(us.say(REGISTER), SMALL), Boxes((4,)), Say(data.printed, SMALL), Blank(ruled=False),
    ]  # fmt: skip
    free = [Run(us.say(letters.FREE_LETTER), SMALL_BOLD), Run(f" {us.free}", SMALL)]
    return [CutLine(6 * MM, scissors=False), FormRow("", pieces, label_room=0.0), Paragraph(free, SMALL, 1 * MM)]


PAPER = Paper(
    key="surat-usaha",
    title=Words("Surat Keterangan Usaha (SKU)", "Statement of business (SKU)"),
    prefix="SKU",
    sizes=("A4", "F4"),
    parts=(),
    collect=collect,
    layout=layout,
    masks_nik=True,
)
