"""The services of the office and the documents each asks for: reference data, and the conditions in it.

`resources/reference/services.csv` and `checklists.csv` say what there is; the table `CONDITIONS` says
when a conditional document is asked for.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from models import kinds
from models.i18n import Words
from models.reference import FOLDER
from models.schema import Row

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


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _words(row: Mapping[str, str], name: str) -> Words:
    return Words(row[f"{name}_id"], row[f"{name}_en"])


def _service(row: dict[str, str]) -> Service:
    return Service(row["code"], _words(row, "name"), _words(row, "short"), row["field"], _words(row, "output"),
                   row["permit"], row["topic"])  # fmt: skip


def _item(row: dict[str, Any]) -> Item:
    verified = row["verified"] == "1"
    return Item(row["service"], int(row["no"]), _words(row, "item"), row["needed"], row["condition"],
                _words(row, "note"), verified, row["source"])  # fmt: skip


SERVICES: dict[str, Service] = {s.code: s for s in map(_service, _rows("services.csv"))}
SERVICE = kinds.choice("service", [(s.code, s.words.id, s.words.en) for s in SERVICES.values()],
                       {spelling: s.code for s in reversed(SERVICES.values()) for spelling in (s.short.en, s.short.id)})  # fmt: skip


@cache
def items() -> dict[str, Item]:
    """Every document by its key, in the order of the lists."""
    return {item.key: item for item in map(_item, _rows("checklists.csv"))}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the conditions look at; whatever is not known is left out."""

    today: date
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
    return [item for item in items().values() if item.service == service]
