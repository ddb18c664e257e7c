"""The services of the office and the documents each asks for: reference data, and the conditions in it.

`resources/reference/services.csv` and `checklists.csv`, or the reference packs that replace them, say what there
is; the table `CONDITIONS` says when a conditional document is asked for. A service that a newer list leaves out is
not offered any more, but its name and what it ends in stay known for the records that bear it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import override

from models import kinds, packs
from models.i18n import Words
from models.packs import remembered
from models.schema import Option, Row

Needed = Literal["must", "if_any", "when", "after"]


@dataclass(frozen=True, slots=True)
class Service:
    """One service: `permit` is the type of permit it ends in, `topic` the session topic it belongs to."""

    code: str
    words: Words
    short: Words
    field: str  # of the PLUT-KUMKM: institution, production, people, marketing, finance, network, technology
    output: Words
    permit: str
    topic: str


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a service. `verified` is false for what was written down from memory."""

    service: str
    number: int
    words: Words
    needed: Needed
    condition: str
    note: Words
    verified: bool
    source: str

    @property
    def key(self) -> str:
        """`pirt.3`: how a record refers to it."""
        return f"{self.service}.{self.number}"


def _words(row: Mapping[str, str], name: str) -> Words:
    return Words(row[f"{name}_id"], row[f"{name}_en"])


def _service(row: dict[str, str]) -> Service:
    return Service(row["code"], _words(row, "name"), _words(row, "short"), row["field"], _words(row, "output"),
                   row["permit"], row["topic"])  # fmt: skip


def _item(row: dict[str, Any]) -> Item:
    verified = row["verified"] == "1"
    return Item(row["service"], int(row["no"]), _words(row, "item"), row["needed"], row["condition"],
                _words(row, "note"), verified, row["source"])  # fmt: skip


@remembered
def offered() -> dict[str, Service]:
    """The services of today, by code, in the order of the list."""
    return {s.code: s for s in map(_service, packs.rows("services"))}


@remembered
def _known() -> dict[str, Service]:
    found = dict(offered())
    for service in map(_service, packs.earlier("services")):
        found.setdefault(service.code, service)
    return found


class _Services(Mapping[str, Service]):
    """Every service that a record may bear: those of today, and those of earlier lists."""

    @override
    def __getitem__(self, code: str) -> Service:
        return _known()[code]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(_known())

    @override
    def __len__(self) -> int:
        return len(_known())


SERVICES = _Services()


def _spellings() -> dict[str, str]:
    return {spelling: s.code for s in reversed(list(SERVICES.values())) for spelling in (s.short.en, s.short.id)}


SERVICE = kinds.listed_choice(
    "service",
    lambda: tuple(Option(s.code, s.words) for s in offered().values()),
    lambda: tuple(Option(s.code, s.words) for s in SERVICES.values()),
    _spellings,
)


def permit_of(service: str) -> str:
    """The type of permit that a service ends in; empty for none, and for a service that no list here knows."""
    found = SERVICES.get(service)
    return found.permit if found else ""


@remembered
def _asked_today() -> dict[str, Item]:
    return {item.key: item for item in map(_item, packs.rows("checklists"))}


@remembered
def items() -> dict[str, Item]:
    """Every document by its key, in the order of the lists; those that only earlier lists had come last."""
    found = dict(_asked_today())
    for item in map(_item, packs.earlier("checklists")):
        found.setdefault(item.key, item)
    return found


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the conditions look at; whatever is not known is left out."""

    business: Mapping[str, Any] | None = None
    product: Mapping[str, Any] | None = None
    permits: Sequence[Row] = ()
    amount: int | None = None  # rupiah asked for


def _legal_body(about: Circumstances) -> bool:
    forms = ("pt_sole", "pt", "cv", "firma", "cooperative")
    return about.business is not None and about.business.get("legal_form") in forms


def _renewal(about: Circumstances) -> bool:
    return any(p.get("type") == "pirt" and p.get("state") != "process" for p in about.permits)


def _food(about: Circumstances) -> bool:
    """As long as nobody said that the product is no food, its label must say what is in it."""
    return about.product is None or about.product.get("sort") in (None, "food")


def _above(limit: int) -> Callable[[Circumstances], bool]:
    return lambda about: (about.amount or 0) > limit


CONDITIONS: dict[str, Callable[[Circumstances], bool]] = {
    "": lambda _about: True,
    "body": _legal_body,
    "renewal": _renewal,
    "food": _food,
    "over_50m": _above(50_000_000),
    "over_100m": _above(100_000_000),
    "asked": lambda _about: False,  # only the bank or the programme knows: offered, never counted by itself
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as a case asks for it: `mandatory` ones keep the case from being ready."""

    item: Item
    mandatory: bool


def checklist(service: str, about: Circumstances) -> list[Asked]:
    """The documents of a case: all that is needed now, and what is offered without being counted.

    Commitments after issue are not among them (`commitments`), nor is what the circumstances rule out.
    """
    asked: list[Asked] = []
    for item in _of(service):
        holds = CONDITIONS[item.condition](about)
        if item.needed in ("must", "when") and holds:
            asked.append(Asked(item, mandatory=True))
        elif item.needed == "if_any" or item.condition == "asked":
            asked.append(Asked(item, mandatory=False))
    return asked


def commitments(service: str) -> list[Item]:
    """What is still to be fulfilled once the permit is out."""
    return [item for item in _of(service) if item.needed == "after"]


def _of(service: str) -> list[Item]:
    return [item for item in _asked_today().values() if item.service == service]
