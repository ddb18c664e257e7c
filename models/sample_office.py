"""The records of Kantor contoh as they are told in `resources/sample`, read as if somebody typed them.

Each table there is named after an entity and has its fields as columns. Besides them:

    made, by       when it was recorded and by whom
    key            the name by which others refer to it; without one it is `name`
    <entity>_id    that name: `business_id` holds the name of a business, which brings its owner along
    scope          where it is kept, when that is not this office

Four tables tell more in a line than one record:

    businesses     an owner, what the owner was told, the business, its NIB and yearly figures: columns
                   `owner.…`, `business.…`, `consent.…`; rt, rw, address of both; registered, by; import (the workbook)
    sessions       business, held, minutes, staff, and fields of a consultation
    follow_ups     business, made (when; a session of that minute is its origin), and fields; name is whose it is
    facilitations  business, the days opened, due, check, submitted, closed, how many documents were brought, today those
"""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from models.businesses import BUSINESS
from models.clock import iso, uuid7
from models.consents import CONSENT, NOTICE
from models.consultations import CONSULTATION
from models.entities import ENTITIES
from models.i18n import WIB
from models.owners import OWNER
from models.schema import Entity, Row
from models.services import Circumstances, checklist

FOLDER = Path(__file__).parent.parent / "resources" / "sample"
MOMENT = datetime(2026, 11, 24, 9, 42, tzinfo=WIB)  # the minute at which the office stands
SCOPE = "3513141017"  # Kelurahan Patokan
REGENCY = "3513"
POSTAL_CODE = "67282"
SEED = 142
COMPLETE_AFTER = timedelta(days=6)  # the documents of a case that waits to be handed in
SESSION_MARK = "PT"  # the two characters at the end of this laptop's session numbers

# Tables that are told a record a line; parents first, so that a name is known before it is referred to.
TABLES: tuple[str, ...] = (
    "product", "permit", "financing", "organisation", "membership", "savings_entry", "purchase", "purchase_share",
    "partnership", "partnership_supplier", "delivery", "partnership_check", "quality_check", "quality_fault", "meeting",
    "consignment", "consignment_payment", "program", "aid_grant", "flagship", "flagship_score", "flagship_business",
    "potential", "derived_product", "product_review", "story", "referral", "subject_request", "handover",
    "event", "event_desk", "event_staff", "ticket",
)  # fmt: skip
STAFF_NAMES = ("from_id", "to_id")  # fields that hold the id of staff under another name
# Corrected this morning: what stood there before.
CORRECTED: tuple[tuple[str, str, Row], ...] = (("owner", "Jamu Sinom Mak Nyus", {"phone": "+6281200000541"}),)
MEASURED_TODAY = "Emping Melinjo Sari"  # whose figures of the year were asked for this morning
# Siti Aminah's phone and product, changed by Sri here and by Dewi at the Dinas on the day before.
DISPUTED_BUSINESS = "Batik Rengganis Ayu"
DISPUTED = (("owner", "phone", "+6281200000168"), ("business", "main_product", "Batik tulis"))
DISPUTE = (("kept", "Sri Wahyuni", "2026-11-23 14:50"), ("lost", "Dewi Anggraini", "2026-11-23 10:14"))

Texts = Mapping[str, str]
Record = tuple[str, Row]


class Office:
    """The records of the sample office at a moment. `ids` and `rows` find them by entity and name,
    `old` holds what some were before this morning.
    """

    def __init__(self, now: datetime) -> None:
        self.today = now.astimezone(WIB).date()
        self.random = Random(SEED)  # noqa: S311 - ids of invented records
        self.shift = self.today - MOMENT.date()
        self.ids: dict[tuple[str, str], str] = {}
        self.old: dict[str, Row] = {}
        self.rows: dict[str, Row] = {}  # what `ids` names, by id
        self.met: dict[str, Row] = {}  # the businesses that somebody spoke with this year
        self.cases: dict[str, int] = {}  # how many were opened, by month

    def moment(self, text: str) -> datetime:
        """`2026-11-24 09:31` at the office."""
        return datetime.fromisoformat(text).replace(tzinfo=WIB) + self.shift

    def day(self, text: str) -> str | None:
        """A day as it is told, moved along with the office."""
        return (date.fromisoformat(text[:10]) + self.shift).isoformat() if text else None

    def made(self, moment: datetime, by: str, scope: str = SCOPE) -> Row:
        """What every record has."""
        new_id = uuid7(moment, self.random.getrandbits(80))
        return {"id": new_id, "scope": scope, "created_at": iso(moment), "created_by": by}

    def records(self) -> Iterator[Record]:
        """Everything that is told, parents first."""
        for texts in _read("staff"):
            row = self.made(self.moment("2024-08-01 08:00"), "Yudi Hartono", REGENCY)
            yield "staff", row | self._typed(ENTITIES["staff"], texts)
            self._name("staff", texts["name"], row)
        for texts in _read("businesses"):
            yield from self._registration(texts)
        for table in TABLES[:2]:
            yield from self._table(ENTITIES[table])
        yield from (("consultation", row) for row in self._sessions())
        yield from (("follow_up", self._follow_up(texts)) for texts in _read("follow_ups"))
        yield from (("conflict", row) for row in self._conflicts())
        for texts in _read("facilitations"):
            yield from self._case(texts)
        for table in TABLES[2:]:
            yield from self._table(ENTITIES[table])
        for entity, business, values in CORRECTED:
            self.old[self.ids[entity, business]] = values

    def _table(self, entity: Entity) -> Iterator[Record]:
        for texts in _read(entity.name):
            scope = texts.get("scope") or SCOPE[: entity.scope_digits]
            row = self.made(self.moment(texts["made"]), texts["by"], scope) | self._typed(entity, texts)
            if "owner_id" in entity and texts.get("business_id"):
                row["owner_id"] = self.ids["owner", texts["business_id"]]
            self._name(entity.name, texts.get("key") or texts.get("name", ""), row)
            yield entity.name, row

    def _name(self, entity: str, name: str, row: Row) -> None:
        self.ids[entity, name], self.rows[row["id"]] = row["id"], row

    def _typed(self, entity: Entity, texts: Texts, prefix: str = "") -> Row:
        """The values of the columns that belong to an entity, read as they would be typed."""
        return {f.name: self._value(entity, f.name, texts[prefix + f.name])
                for f in entity.fields if texts.get(prefix + f.name)}  # fmt: skip

    def _value(self, entity: Entity, name: str, text: str) -> str | int | None:
        kind = entity[name].kind
        if name.endswith("_id"):
            return self.ids["staff" if name in STAFF_NAMES else _refers(name), text]
        if kind.name == "moment":
            return iso(self.moment(text))
        return self.day(text) if kind.name in ("date", "day", "due_date") else kind.parse(text, self.today)

    def _registration(self, texts: Texts) -> Iterator[Record]:
        """An owner, what the owner was told, the business with its NIB, and its figures year by year."""
        at, name = self.moment(texts["registered"]), texts["business.name"]
        place = {"village": SCOPE, "postal_code": POSTAL_CODE, "import_id": texts["import"] or None} | {
            field: OWNER[field].kind.parse(texts[field]) for field in ("rt", "rw", "address")
        }
        owner = (
            self.made(at, texts["by"]) | place | self._typed(OWNER, texts, "owner.") | {"legal_basis": "public_task"}
        )
        business = self.made(at, texts["by"]) | place | {"owner_id": owner["id"]}
        business |= self._typed(BUSINESS, texts, "business.")
        consent = self.made(at, texts["by"]) | {"owner_id": owner["id"], "informed": owner["informed"]}
        consent |= {"text_version": NOTICE.version, "given_on": self.day(texts["registered"])}
        self._name("owner", name, owner)
        self._name("business", name, business)
        yield "owner", owner
        yield "business", business
        yield "consent", consent | self._typed(CONSENT, texts, "consent.")
        if business.get("nib"):
            known_at = max(at, self.moment(f"{texts['business.nib_date']} 13:00"))
            yield "permit", self.nib_of(business, self.made(known_at, texts["by"]), f"{name} nib")
        yield from (("assessment", row) for row in self._years(business, texts))

    def nib_of(self, business: Row, made: Row, key: str) -> Row:
        """The permit that a business number is."""
        permit = made | {
            "business_id": business["id"], "subject": "business", "type": "nib", "number": business["nib"],
            "issued": business["nib_date"], "issuer": "OSS", "state": "active",
        }  # fmt: skip
        self._name("permit", key, permit)
        return permit

    def _years(self, business: Row, texts: Texts) -> Iterator[Row]:
        """The figures of each year that began after somebody was registered, asked for in February."""
        if texts["business.name"] == MEASURED_TODAY:
            yield self.figures(business, self.made(self.moment(f"{MOMENT:%Y-%m-%d} 08:40"), texts["by"]), 2025)
        elif business.get("sales_year"):
            for year in range(int(texts["registered"][:4]), MOMENT.year):
                asked = self.moment(f"{year + 1}-02-{10 + business['rw']} 10:00")
                yield self.figures(business, self.made(asked, texts["by"]), year)

    def figures(self, business: Row, made: Row, year: int) -> Row:
        """A year of a business: what it says of itself, a tenth less for each year before."""
        grown = 0.9 ** (MOMENT.year - 1 - year)
        told = {name: business.get(name) for name in ("workers_men", "workers_women", "bookkeeping", "market_reach")}
        return made | told | {
            "business_id": business["id"], "year": year, "assessed_on": made["created_at"][:10], "capital": business.get("capital"),
            "sales": round(business["sales_year"] * grown / 100_000) * 100_000,
        }  # fmt: skip

    def _sessions(self) -> Iterator[Row]:
        counted: dict[str, int] = {}
        for texts in _read("sessions"):
            at = self.moment(texts["held"])
            counted[month] = counted.get(month := f"{at:%Y/%m}", 0) + 1
            row = self.made(at, texts["staff"]) | self._about(texts) | self._typed(CONSULTATION, texts)
            row |= {"number": f"KK/{SCOPE}/{month}/{counted[month]:04d}-{SESSION_MARK}"}
            row |= {"held_on": self.day(texts["held"]), "started_at": iso(at)}
            row |= {"ended_at": iso(at + timedelta(minutes=int(texts["minutes"])))}
            row |= {"staff_name": texts["staff"], "staff_id": self.ids["staff", texts["staff"]]}
            self.ids["consultation", f"{texts['business']} {texts['held']}"] = row["id"]
            if texts["held"] >= f"{MOMENT.year}":
                self.met[row["business_id"]] = self.rows[row["business_id"]]
            yield row

    def _about(self, texts: Texts) -> Row:
        name = texts["business"]
        return {"owner_id": self.ids["owner", name], "business_id": self.ids["business", name]}

    def _follow_up(self, texts: Texts) -> Row:
        row = self.made(self.moment(texts["made"]), texts["name"]) | self._about(texts)
        row |= {name: texts[name] for name in ("kind", "what", "responsible", "state")}
        row |= {"consultation_id": self.ids.get(("consultation", f"{texts['business']} {texts['made']}"))}
        row |= {"due": self.day(texts["due"]), "due_time": texts["time"] or None, "done_on": self.day(texts["done"])}
        row |= {"responsible_name": texts["name"], "responsible_id": self.ids["staff", texts["name"]]}
        if row["done_on"] == self.today.isoformat():
            self.old[row["id"]] = {"state": "open", "done_on": None}
        return row

    def _case(self, texts: Texts) -> Iterator[Record]:
        """A facilitation with the documents that its service asks for, and the steps that it went."""
        at = self.moment(f"{texts['opened']} 09:00")
        month = f"{at:%Y/%m}"
        self.cases[month] = self.cases.get(month, 0) + 1
        sri = {"staff_name": "Sri Wahyuni", "staff_id": self.ids["staff", "Sri Wahyuni"]}
        case = self.made(at, "Sri Wahyuni") | self._about(texts) | sri
        case |= {"number": f"FS/{SCOPE}/{month}/{self.cases[month]:04d}-{SESSION_MARK}"}
        case |= {name: texts[name] or None for name in ("service", "state", "outcome", "reason")}
        case |= {field: self.day(texts[column]) for field, column in _CASE_DAYS.items()}
        if permit := self.ids.get(("permit", f"{texts['business']} {texts['service']}")):
            found = {"permit_id": permit, "result_number": self.rows[permit]["number"]}
            case |= found if texts["outcome"] == "issued" else {}
        if texts["today"]:
            self.old[case["id"]] = {"state": "documents"}
        yield "facilitation", case
        yield from (("checklist_item", row) for row in self._documents(case, texts))
        yield from (("facilitation_step", row) for row in self.steps(case))

    def _documents(self, case: Row, texts: Texts) -> Iterator[Row]:
        """Those of a closed case are all there; the last of `brought` came today."""
        brought, today = int(texts["brought"] or 0), int(texts["today"] or 0)
        came = 0
        for number, asked in enumerate(checklist(case["service"], Circumstances()), start=1):
            here = asked.mandatory and (came < brought or case["outcome"] == "issued")
            came += here
            row = self.made(self.moment(f"{texts['opened']} 09:00"), case["created_by"], case["scope"])
            row |= {
                "facilitation_id": case["id"],
                "key": asked.item.key,
                "title": asked.item.words.id,
                "number": number,
            }
            row |= {"mandatory": int(asked.mandatory), "state": "brought" if here else "missing"}
            late = here and came > brought - today and bool(today)
            if late:
                self.old[row["id"]] = {"state": "missing", "brought_on": None}
            yield row | {"brought_on": self.today.isoformat() if late else self.day(texts["opened"]) if here else None}

    def steps(self, case: Row) -> Iterator[Row]:
        """Where a case went, as its days tell."""
        end = case.get("outcome") or case["state"]
        handed_in, closed = case.get("submitted_on"), case.get("closed_on")
        way = [("documents", case["opened_on"], 9)]
        if handed_in or end == "ready":
            ready = self.today if case["id"] in self.old else date.fromisoformat(case["opened_on"]) + COMPLETE_AFTER
            way.append(("ready", handed_in or ready.isoformat(), 8))
        if handed_in:
            way.append(("submitted", handed_in, 9))
        if end == "in_process":
            way.append((end, handed_in, 13))
        elif closed:
            way.append((end, closed, 14))
        before: str | None = None
        for place, on, hour in way:
            made = self.made(
                datetime.fromisoformat(f"{on} {hour:02d}:00").replace(tzinfo=WIB), case["created_by"], case["scope"]
            )
            note = case.get("reason") if place == end else None
            yield made | {"facilitation_id": case["id"], "from_place": before, "to_place": place,
                          "at": made["created_at"], "by": case["created_by"], "note": note}  # fmt: skip
            before = place

    def _conflicts(self) -> Iterator[Row]:
        for entity, field, other in DISPUTED:
            record = self.rows[self.ids[entity, DISPUTED_BUSINESS]]
            row = self.made(self.moment(DISPUTE[0][2]), "") | {"entity": entity, "row_id": record["id"], "unit": field}
            for side, by, at in DISPUTE:
                row |= {f"{side}_by": self.ids["staff", by], f"{side}_at": iso(self.moment(at))}
            yield row | {
                "kept": json.dumps({field: record[field]}),
                "lost": json.dumps({field: other}),
                "state": "open",
            }


_CASE_DAYS = {
    "opened_on": "opened",
    "due": "due",
    "check_on": "check",
    "submitted_on": "submitted",
    "closed_on": "closed",
}


def _refers(name: str) -> str:
    return {"desk_id": "event_desk"}.get(name, name.removesuffix("_id"))


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
