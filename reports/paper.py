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
    """A size of paper in millimetres."""

    name: str
    width_mm: float
    height_mm: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width_mm * MM, self.height_mm * MM


SIZES = {size.name: size for size in (Size("A4", 210, 297), Size("F4", 215, 330), Size("A5", 148, 210))}


@dataclass(frozen=True)
class Letterhead:
    """The kop: the office above, the office itself, its address, and the region's emblem (PNG or JPEG)."""

    above: str = ""
    office: str = ""
    address: str = ""
    emblem: bytes = b""


@dataclass(frozen=True)
class Officer:
    """Who hands the paper out: name, position, office, the office's WhatsApp number."""

    name: str
    position: str = ""
    office: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Request:
    """A paper about whom: the ids, the number it will bear, the day, who hands it out.

    `nik_for` says for whom the whole NIK is wanted, which is logged; empty keeps it masked.
    """

    owner_id: str
    number: str
    today: date
    officer: Officer  # as the account says; the staff directory knows better
    staff_id: str = ""
    business_id: str = ""
    scope: str = ""  # region code of the office
    nik_for: str = ""
    lang: Lang = "id"


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
    `prefix` begins its numbers: RP/2026/11/000142.
    """

    key: str
    title: Words
    prefix: str
    sizes: tuple[str, ...]
    parts: tuple[Part, ...]
    collect: "Callable[[Store, Request], Any]"
    layout: "Callable[[Any, AbstractSet[str]], Sheet]"

    @property
    def usual_parts(self) -> frozenset[str]:
        """The parts that are ticked at first."""
        return frozenset(part.key for part in self.parts if part.on)

    def file_name(self, number: str) -> str:
        """An ASCII name that tells the paper and its number, never a person: `ringkasan-RP-2026-11-000142.pdf`."""
        return f"{self.key}-{number.replace('/', '-')}.pdf"
