"""Surat Rekomendasi for a trade mark: that an applicant is a micro business assisted by the Dinas.

It brings the fee down at the DJKI, and holds for one mark, one application and the running year.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.businesses import BUSINESS
from models.i18n import Words, long_date
from models.owners import OWNER
from reports import letters, office, subject
from reports.blocks import ROUND, Notice
from reports.page import Sheet, Strip
from reports.paper import MM, Paper, Request
from reports.pen import Pen
from reports.text import CAPTION, LETTER_LABEL, SMALL, SMALL_BOLD, Run, height, wrap

if TYPE_CHECKING:
    from models.store import Store

TITLE = Words("Surat Rekomendasi Pendaftaran Merek", "Recommendation for a Trade Mark")
LABELS = {
    "name": Words("Nama pemohon", "Applicant"), "nik": Words("NIK", "NIK"), "address": Words("Alamat", "Address"),
    "phone": Words("No. HP", "Phone"), "email": Words("Surel", "E-mail"), "business": Words("Nama usaha", "Business"),
    "nib": Words("NIB", "NIB"), "activity": Words("Kegiatan usaha", "Activity"), "scale": Words("Skala usaha", "Scale"),
    "brand": Words("Merek", "Mark"), "goods": Words("Barang / jasa", "Goods or services"), "class": Words("Kelas (Nice)", "Class (Nice)"),
}  # fmt: skip
SENTENCES = {
    "srm.opens": letters.OPENS,
    "srm.states": Words(
        "adalah pelaku usaha {scale} binaan {office:b} dan direkomendasikan mengajukan permohonan pendaftaran merek di atas "
        "dengan tarif usaha mikro dan kecil.",
        "is the owner of a {scale} business assisted by {office:b}, and is recommended to apply for the mark above "
        "at the fee for micro and small businesses.",
    ),
    "srm.holds": Words(
        "Surat ini berlaku untuk {once:b} dan sampai {day:b}. Surat ini bukan jaminan bahwa merek didaftar.",
        "This letter holds for {once:b} and until {day:b}. It does not guarantee that the mark is registered.",
    ),
}  # fmt: skip
ONCE = Words("satu merek, satu kali pengajuan", "one mark, one application")
LABEL = Words("Etiket merek", "Label of the mark")
GLUE = Words("tempel etiket di sini", "glue the label here")
FORM = Words("Surat Rekomendasi Merek · SRM versi 1", "Recommendation for a mark · SRM version 1")
LABEL_WIDTH, LABEL_HEIGHT = 60 * MM, 34 * MM
DOTS = "." * 40


@dataclass(frozen=True)
class Letter(office.Data):
    """What the letter states; `label` is the picture of the mark, where there is one."""

    facts: Mapping[str, str]  # values by LABELS
    sentences: Mapping[str, str]
    scale: str
    label: bytes

    title = TITLE


def collect(store: "Store", request: Request) -> Letter:
    """The letter's data; `request.given` may be the label's picture. AppError when the owner is gone or refused."""
    us, about = (
        office.bearing(store, request, dinas=True),
        subject.subject(store, request.owner_id, request.business_id),
    )
    business, owner, lang = about.business, about.owner, request.lang
    facts = {
        "name": subject.full_name(owner),
        "nik": subject.nik(store, owner, request.nik_for),
        "address": subject.address(owner),
        "phone": subject.shown(OWNER, owner, "phone", lang),
        "email": subject.shown(OWNER, owner, "email", lang),
        "business": subject.shown(BUSINESS, business, "name", lang),
        "nib": subject.shown(BUSINESS, business, "nib", lang),
        "activity": subject.activity(business, lang),
        "scale": subject.scale_in_full(business, request.today, lang),
        "brand": business.get("brand") or DOTS,
        "goods": business.get("main_product") or DOTS,
        "class": DOTS,
    }
    scale = subject.sort_of_business(business, request.today, lang)
    label = request.given if isinstance(request.given, bytes) else b""
    return Letter(us, facts["name"], facts, office.sentences(store, SENTENCES, lang), scale, label)


def layout(data: Letter, _wanted: AbstractSet[str]) -> Sheet:
    """The letter itself."""
    us, said = data.office, data.sentences
    rows = [(us.say(words), data.facts[key]) for key, words in LABELS.items()]
    ends = long_date(date(us.today.year, 12, 31), us.lang)
    return Sheet(
        title=us.titled(TITLE),
        form=us.say(FORM),
        copy_for=us.say(office.OWNER_COPY),
        letterhead=us.letterhead,
        blocks=[
            letters.title(us, TITLE, us.number),
            letters.paragraph(said["srm.opens"], 3),
            letters.facts(rows, (0, 9)),
            _Label(us.say(LABEL), us.say(GLUE), data.label),
            letters.paragraph(letters.fill(said["srm.states"], scale=data.scale, office=us.letterhead.named)),
            letters.paragraph(letters.fill(said["srm.holds"], once=us.say(ONCE), day=ends), hold=True),
            letters.signed(us, us.dinas, gap_mm=4, keep=True),
            Notice([Run(us.say(letters.FREE_LETTER), SMALL_BOLD), Run(f" {us.free}", SMALL)], keep=False),
        ],
        lang=us.lang,
    )


@dataclass(frozen=True)
class _Label:
    """The mark as it is applied for, beside its name among the facts."""

    name: str
    glue: str
    image: bytes

    def strips(self, _width: float) -> Iterable[Strip]:
        label = wrap(self.name, LETTER_LABEL, letters.LABEL_ROOM)
        glue = wrap(self.glue, CAPTION, LABEL_WIDTH)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(label, x + letters.INDENT, top, letters.LABEL_ROOM)
            left = x + letters.INDENT + letters.LABEL_ROOM + 3 * MM
            pen.box(left, top, LABEL_WIDTH, LABEL_HEIGHT, ROUND, 0.5)
            if self.image:
                pen.picture(self.image, left + 1 * MM, top + 1 * MM, LABEL_WIDTH - 2 * MM, LABEL_HEIGHT - 2 * MM)
            else:
                pen.lines(glue, left, top + (LABEL_HEIGHT - height(glue)) / 2, LABEL_WIDTH, "center")

        yield Strip(LABEL_HEIGHT, draw, gap=1 * MM)


PAPER = Paper(
    key="rekomendasi-merek",
    title=TITLE,
    prefix="SRM",
    sizes=("A4", "F4"),
    parts=(),
    collect=collect,
    layout=layout,
    masks_nik=True,
)
