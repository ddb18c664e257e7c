"""What a paper is, before a letter of it is set: sizes, letterhead, who asks for what, the `Paper` record."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from models.i18n import Lang, Words

if TYPE_CHECKING:
    from models.store import Store
    from reports.page import Sheet

MM = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class Size:
    """A size of paper in millimetres, as the page lies before its reader.

    A roll is cut where the paper ends; its height is the longest it may become.
    """

    name: str
    width_mm: float
    height_mm: float
    label: str = ""  # what people call it, where that is not its name
    roll: bool = False

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width_mm * MM, self.height_mm * MM


SIZES = {
    size.name: size
    for size in (
        Size("A4", 210, 297), Size("F4", 215, 330), Size("A5", 148, 210), Size("A7", 74, 105),
        Size("A4L", 297, 210, "A4"), Size("A5L", 210, 148, "A5"), Size("R58", 58, 200, "58 mm", roll=True),
    )
}  # fmt: skip


INITIALS = frozenset(("DKUPP", "DPMPTSP", "KUKM", "PLUT", "UKM", "UMKM", "UPT", "UPTD"))  # of offices


@dataclass(frozen=True)
class Letterhead:
    """The kop: the region, the office itself, its address, the region's emblem (PNG or JPEG)."""

    above: str = ""
    office: str = ""
    address: str = ""
    emblem: bytes = b""
    between: str = ""  # the kecamatan, between region and kelurahan

    @property
    def named(self) -> str:
        """The office as a sentence names it: `Dinas Koperasi dan Usaha Mikro`, `DKUPP Kota Probolinggo`."""
        words = self.office.split()
        if not self.office.isupper():  # written as in a sentence already
            return " ".join(words)
        return " ".join(w if w in INITIALS else w.title() for w in words).replace(" Dan ", " dan ")


@dataclass(frozen=True)
class Officer:
    """Who hands the paper out: name, position, office, the office's WhatsApp number, staff number (NIP)."""

    name: str
    position: str = ""
    office: str = ""
    phone: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Request:
    """A paper about whom or what: the ids, the number it will bear, the day, who hands it out.

    `nik_for` says for whom the whole NIK is wanted, which is logged; empty keeps it masked.
    """

    owner_id: str  # empty for a paper about nobody in particular
    number: str
    today: date
    officer: Officer  # as the account says; the staff directory knows better
    staff_id: str = ""
    business_id: str = ""
    scope: str = ""  # region code of the office
    nik_for: str = ""
    lang: Lang = "id"
    record_id: str = ""  # the session, case, event, ticket … that a paper of `Paper.about` is about
    given: Any = None  # what the screen hands over where the store does not know it


@dataclass(frozen=True)
class Part:
    """A piece of a paper that may be left out."""

    key: str
    words: Words
    on: bool = True


class PaperData(Protocol):
    """What `collect` gives: plain values that were asked for, and three things the screen says of them."""

    @property
    def subject(self) -> str:
        """Whom or what the paper is about."""
        ...

    def counts(self) -> Mapping[str, Words]:
        """Beside each part: how many lines there are."""
        ...

    def message(self) -> str:
        """What to send along with the paper; no private number in it."""
        ...


@dataclass(frozen=True)
class Paper:
    """One kind of paper.

    `collect` asks the store (on its thread) for plain data; `layout` sets the wanted parts of it
    (on any thread).
    `prefix` begins its numbers: RP/2026/11/000142; a paper without one bears no number.
    `about` is the entity of `Request.record_id`; `owner` is served by `owner_id` alone, `office` needs
    neither, and `given` needs `Request.given`.
    """

    key: str
    title: Words
    prefix: str
    sizes: tuple[str, ...]
    parts: tuple[Part, ...]
    collect: "Callable[[Store, Request], Any]"
    layout: "Callable[[Any, AbstractSet[str]], Sheet]"
    about: str = "owner"
    masks_nik: bool = False  # bears a NIK, masked unless it is asked for

    @property
    def usual_parts(self) -> frozenset[str]:
        """The parts that are ticked at first."""
        return frozenset(part.key for part in self.parts if part.on)

    def file_name(self, number: str) -> str:
        """An ASCII name that tells the paper and its number, never a person: `ringkasan-RP-2026-11-000142.pdf`."""
        return f"{'-'.join(part for part in (self.key, number.replace('/', '-')) if part)}.pdf"
