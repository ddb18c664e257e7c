"""What every paper of this office bears: letterhead, place, signers, sentences. From settings, else from the region.

letterhead, letterhead_dinas   {"above", "between", "office", "address", "emblem"}: own kop, and that of the Dinas
letter_place, office_hours     the place in "Patokan, 24 November 2026"; when to call
signers                        {"head" | "dinas": {"above", "name", "nip"}}
paper_sentences                {key: text}: a sentence of a paper in the office's own wording
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from models import reference
from models.i18n import Lang, Words, long_date
from models.issued import CODE
from models.staff import STAFF
from reports.blocks import Signer
from reports.paper import Letterhead, Officer, Request

if TYPE_CHECKING:
    from models.store import Store

# What an office sets itself, each line by its own key: its kop, single settings, `role.part` of the signers.
KOP = ("above", "office", "address", "emblem")
SINGLE = ("letter_place", "office_hours")
SIGNING = ("head.name", "head.nip", "dinas.above", "dinas.name", "dinas.nip")
HOURS = Words("hari kerja 08.00–15.00", "working days 08:00–15:00")
FREE = Words("Pendampingan ini gratis.", "This assistance is free.")
STATE_FEES = Words(
    "Biaya resmi negara, bila ada, dibayar langsung dengan kode billing.",
    "Official state fees, if any, are paid directly with a billing code.",
)
OWNER_COPY = Words("pelaku usaha", "the owner")
OFFICE_COPY = Words("arsip kantor", "the office")
NAME_DOTS = "( ................................................ )"
SHORT_DOTS = "( ........................... )"
NIP_DOTS = "NIP. ................................................"
DOTS = "..............................................."
_HEADS = {"1": Words("Lurah {name}", "Lurah of {name}"), "2": Words("Kepala Desa {name}", "Village head of {name}")}
_CAMAT = Words("Camat {name}", "Camat of {name}")
_HEAD_OF_DINAS = Words("Kepala Dinas", "Head of the Dinas")
_FOR_THE_DINAS = Words(
    "a.n. Kepala Dinas\nKepala Bidang Usaha Mikro", "For the Head of the Dinas\nHead of Micro Business"
)
_MESSAGE = Words("{title} {number}, {day}.", "{title} {number}, {day}.")


@dataclass(frozen=True)
class Bearing:
    """What a paper bears whatever it says: number, day, language, letterhead, who hands it out, where."""

    number: str
    today: date
    lang: Lang
    letterhead: Letterhead
    officer: Officer
    place: str
    head: Signer  # of the office
    dinas: Signer  # who signs for the Dinas

    def say(self, words: Words, **values: object) -> str:
        """Words in the paper's language."""
        return (words.fill(**values) if values else words).to(self.lang)

    @property
    def day(self) -> str:
        """`24 November 2026`."""
        return long_date(self.today, self.lang)

    @property
    def place_and_day(self) -> str:
        """`Patokan, 24 November 2026`."""
        return ", ".join(part for part in (self.place, self.day) if part)

    @property
    def signer(self) -> Signer:
        """The officer under place and day, with position and NIP."""
        by = self.officer
        return Signer(f"{self.place_and_day}\n{by.position or by.office}", by.name, _nip(by.nip))

    @property
    def code(self) -> str:
        """What the QR code says: nothing but the number."""
        return f"{CODE}{self.number}" if self.number else ""

    @property
    def count(self) -> str:
        """The last digits of the number, under the QR code."""
        return self.number.rpartition("/")[2]

    @property
    def free(self) -> str:
        """What everything says that the owner takes home."""
        return f"{self.say(FREE)} {self.say(STATE_FEES)}"

    def titled(self, title: Words) -> str:
        """The paper's name in the reader: title and number, never a person."""
        return f"{self.say(title)} {self.number}".strip()


@dataclass(frozen=True)
class Data:
    """The plain values of a paper. `subject` is whom or what it is about."""

    office: Bearing
    subject: str

    title: ClassVar[Words]

    def counts(self) -> dict[str, Words]:
        """Beside each part: how many lines there are."""
        return {}

    def message(self) -> str:
        """What to send along: the name of the paper, and that it is free."""
        said = self.office.say(
            _MESSAGE, title=self.title.to(self.office.lang), number=self.office.number, day=self.office.day
        )
        return f"{said.replace(' ,', ',')}\n{self.office.free}"


def bearing(store: "Store", request: Request, *, dinas: bool = False) -> Bearing:
    """What a paper of this office bears; `dinas` sets the letterhead of the Dinas where there is one."""
    return Bearing(
        request.number,
        request.today,
        request.lang,
        (dinas_letterhead if dinas else letterhead)(store, request.scope),
        officer(store, request.staff_id, request.officer),
        place(store, request.scope[:6] if dinas else request.scope),
        signer(store, "head", _head(request.scope), request.lang),
        signer(store, "dinas", _FOR_THE_DINAS, request.lang),
    )


def plain(today: date, lang: Lang, name: str = "") -> Bearing:
    """What a paper bears that is made before there is an office to ask."""
    nobody = Signer("", NAME_DOTS, NIP_DOTS)
    return Bearing("", today, lang, Letterhead(), Officer(name), "", nobody, nobody)


def dinas_letterhead(store: "Store", scope: str) -> Letterhead:
    """The kop of the Dinas where it is set, else the office's own."""
    return letterhead(store, scope, "letterhead_dinas" if store.setting("letterhead_dinas") else "letterhead")


def letterhead(store: "Store", scope: str, key: str = "letterhead") -> Letterhead:
    """The kop as set by the office, or made from the region in whose custody its records are."""
    set_up: dict[str, str] = store.setting(key) or {}
    return Letterhead(
        above=set_up.get("above") or _above(scope),
        office=set_up.get("office") or _office(scope),
        address=set_up.get("address", ""),
        emblem=b64decode(set_up.get("emblem", "")),
        between=set_up.get("between", "") if set_up.get("office") else _between(scope),
    )


def own(store: "Store") -> dict[str, str]:
    """What the office set itself, by its key; empty where a paper says what the region gives."""
    kop: dict[str, str] = store.setting("letterhead") or {}
    signers: dict[str, dict[str, str]] = store.setting("signers") or {}
    signing = {key: signers.get(role, {}).get(part, "") for key, role, part in _signing()}
    return {key: kop.get(key, "") for key in KOP} | {key: str(store.setting(key) or "") for key in SINGLE} | signing


def keep_own(store: "Store", now: dict[str, str]) -> None:
    """Keeps what `own` tells, all of it or nothing; what else stands in these settings stays."""
    with store.transaction():
        kop: dict[str, str] = store.setting("letterhead") or {}
        store.set_setting("letterhead", kop | {key: now[key] for key in KOP})
        for key in SINGLE:
            store.set_setting(key, now[key])
        signers: dict[str, dict[str, str]] = store.setting("signers") or {}
        for key, role, part in _signing():
            signers[role] = signers.get(role, {}) | {part: now[key]}
        store.set_setting("signers", signers)


def _signing() -> Iterator[tuple[str, str, str]]:
    """Each line of a signer: its key, the role, which part."""
    for key in SIGNING:
        role, _, part = key.partition(".")
        yield key, role, part


def _above(scope: str) -> str:
    """`PEMERINTAH KABUPATEN PROBOLINGGO`."""
    found = reference.region(scope[:4])
    return f"PEMERINTAH {found.name}".upper() if found else ""


def _between(scope: str) -> str:
    """`KECAMATAN KRAKSAAN` over the kelurahan."""
    found = reference.region(scope[:6])
    return f"KECAMATAN {found.name}".upper() if found and len(scope) == 10 else ""


def _office(scope: str) -> str:
    """`KELURAHAN PATOKAN`, or the kecamatan itself."""
    found = reference.region(scope)
    if found is None or len(scope) < 6:
        return ""
    sort = "KECAMATAN" if len(scope) == 6 else "KELURAHAN" if scope[6] == "1" else "DESA"
    return f"{sort} {found.name}".upper()


def _head(scope: str) -> Words:
    """`Lurah Patokan`: who leads the office of a scope."""
    found = reference.region(scope)
    if found is None or len(scope) < 6:
        return _HEAD_OF_DINAS
    return (_HEADS.get(scope[6], _HEADS["2"]) if len(scope) == 10 else _CAMAT).fill(name=found.name)


def place(store: "Store", scope: str) -> str:
    """Where a paper is signed, in `Patokan, 24 November 2026`: as set, else the region of the scope."""
    found = reference.region(scope)
    return str(store.setting("letter_place") or (found.name if found else ""))


def officer(store: "Store", staff_id: str, otherwise: Officer) -> Officer:
    """Who hands the paper out, as the staff directory has it, else as the account says."""
    found = store.get("staff", staff_id) if staff_id else None
    if found is None:
        return otherwise
    return Officer(
        name=found["name"],
        position=found["position"] or otherwise.position,
        office=found["office"] or otherwise.office,
        phone=STAFF["office_phone"].kind.show(found["office_phone"]) or otherwise.phone,
        nip=STAFF["nip"].kind.show(found["nip"]) or otherwise.nip,
    )


def signer(store: "Store", role: str, above: Words, lang: Lang) -> Signer:
    """Who signs in a role: position, name and NIP as set, else room for them."""
    signers: dict[str, dict[str, str]] = store.setting("signers") or {}
    set_up = signers.get(role, {})
    return Signer(set_up.get("above") or above.to(lang), set_up.get("name") or NAME_DOTS, _nip(set_up.get("nip", "")))


def _nip(nip: str) -> str:
    return f"NIP. {nip}" if nip else NIP_DOTS


def sentences(store: "Store", usual: Mapping[str, Words], lang: Lang) -> dict[str, str]:
    """The sentences of a paper: in the office's own wording where it has one, else as written here."""
    own: dict[str, str] = store.setting("paper_sentences") or {}
    return {key: own.get(key) or words.to(lang) for key, words in usual.items()}
