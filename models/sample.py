"""Kantor contoh: the invented office of the pictures, and any number of invented businesses.

The office is told in `resources/sample`: who registered when, every session, every follow-up. A
column `entity.field` is read as if somebody typed it. The others:

    businesses  rt, rw, address (of owner and business), registered and by (when, by whom),
                import (the workbook it came from)
    sessions    business, held, minutes, staff, and fields of a consultation
    follow_ups  business, made (when; a session of that minute is its origin), kind, what, due, time,
                responsible, name, state, done (the day)

Times are those of the office. What happened on the last day waits to be sent, the rest is taken as sent.
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
from models.i18n import WIB
from models.owners import OWNER
from models.schema import Entity, Row
from models.services import Circumstances, checklist
from models.staff import STAFF
from models.store import Store
from models.summaries import RECENT

FOLDER = Path(__file__).parent.parent / "resources" / "sample"
MOMENT = datetime(2026, 11, 24, 9, 42, tzinfo=WIB)  # the minute at which the office stands
SCOPE = "3513141017"  # Kelurahan Patokan
REGENCY = "3513"
POSTAL_CODE = "67282"
SEED = 142

LAST_OPENED = ("Batik Rengganis Ayu", "Keripik Talas Bu Sum", "Sirup Anggur Bayuangga", "Kerupuk Ikan Suliha")
SESSION_MARK = "PT"  # the two characters at the end of this laptop's session numbers
# Corrected this morning: what stood there before.
CORRECTED: tuple[tuple[str, str, Row], ...] = (
    ("owner", "Jamu Sinom Mak Nyus", {"phone": "+6281200000541"}),
    ("business", "Emping Melinjo Sari", {"sales_year": 12_000_000}),
)
# Siti Aminah's phone and product, changed by Sri here and by Dewi at the Dinas on the day before.
DISPUTED_BUSINESS = "Batik Rengganis Ayu"
DISPUTED = (("owner", "phone", "+6281200000168"), ("business", "main_product", "Batik tulis"))
DISPUTE = (("kept", "Sri Wahyuni", "2026-11-23 14:50"), ("lost", "Dewi Anggraini", "2026-11-23 10:14"))

Texts = Mapping[str, str]


def build(store: Store, now: datetime = MOMENT) -> None:
    """Writes the office as it stands at `now`; with another day than its own, all its days move along."""
    office = _Office(now)
    made = list(office.records())
    morning = iso(office.moment(f"{MOMENT:%Y-%m-%d} 00:00"))
    earlier = [(entity, row | office.old.get(row["id"], {})) for entity, row in made if row["created_at"] < morning]
    waiting = [(entity, row) for entity, row in made if row["created_at"] >= morning or row["id"] in office.old]
    with store.transaction(applying=True):
        store.save_all(earlier)
    with store.transaction():
        store.save_all(waiting)
        store.set_setting("staff_id", office.ids["staff", "Sri Wahyuni"])
        store.set_setting("session_mark", SESSION_MARK)
        store.set_setting(RECENT, [["business", office.ids["business", name]] for name in LAST_OPENED])


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Office:
    """The records of the sample office. `ids` finds them by name, `old` holds what some were before this morning."""

    def __init__(self, now: datetime) -> None:
        self.today = now.astimezone(WIB).date()
        self.random = Random(SEED)  # noqa: S311 - ids of invented records
        self.shift = self.today - MOMENT.date()
        self.ids: dict[tuple[str, str], str] = {}
        self.old: dict[str, Row] = {}
        self.disputed: dict[str, Row] = {}
        self.cases: dict[str, int] = {}  # how many were opened, by month

    def moment(self, text: str) -> datetime:
        """`2026-11-24 09:31` at the office."""
        return datetime.fromisoformat(text).replace(tzinfo=WIB) + self.shift

    def day(self, text: str) -> str | None:
        return (date.fromisoformat(text[:10]) + self.shift).isoformat() if text else None

    def records(self) -> Iterator[tuple[str, Row]]:
        """Every record of the office, parents first."""
        yield from (("staff", row) for row in self._staff())
        for texts in _read("businesses"):
            yield from self._registration(texts)
        yield from (("consultation", row) for row in self._sessions())
        yield from (("follow_up", self._follow_up(texts)) for texts in _read("follow_ups"))
        yield from (("conflict", row) for row in self._conflicts())
        for texts in _read("facilitations"):
            yield from self._case(texts)
        for entity, business, values in CORRECTED:
            self.old[self.ids[entity, business]] = values

    def _made(self, moment: datetime, by: str, scope: str = SCOPE) -> Row:
        new_id = uuid7(moment, self.random.getrandbits(80))
        return {"id": new_id, "scope": scope, "created_at": iso(moment), "created_by": by}

    def _typed(self, entity: Entity, texts: Texts, prefix: str = "") -> Row:
        """The values of the columns that belong to an entity, read as they would be typed."""
        return {
            f.name: f.kind.parse(texts[prefix + f.name], self.today) for f in entity.fields if prefix + f.name in texts
        }

    def _staff(self) -> Iterator[Row]:
        for texts in _read("staff"):
            row = self._made(self.moment("2024-08-01 08:00"), "Yudi Hartono", REGENCY) | self._typed(STAFF, texts)
            self.ids["staff", texts["name"]] = str(row["id"])
            yield row

    def _registration(self, texts: Texts) -> Iterator[tuple[str, Row]]:
        """An owner, what the owner was told, and the business."""
        at = self.moment(texts["registered"])
        place = {"village": SCOPE, "postal_code": POSTAL_CODE, "import_id": texts["import"] or None} | {
            name: OWNER[name].kind.parse(texts[name]) for name in ("rt", "rw", "address")
        }
        owner = self._made(at, texts["by"]) | place | self._typed(OWNER, texts, "owner.")
        owner["legal_basis"] = "public_task"
        business = self._made(at, texts["by"]) | place | {"owner_id": owner["id"]}
        business |= self._typed(BUSINESS, texts, "business.") | {"nib_date": self.day(texts["business.nib_date"])}
        consent = self._made(at, texts["by"]) | {"owner_id": owner["id"], "informed": owner["informed"]}
        consent |= {"text_version": NOTICE.version, "given_on": self.day(texts["registered"])}
        name = texts["business.name"]
        self.ids["owner", name], self.ids["business", name] = str(owner["id"]), str(business["id"])
        if name == DISPUTED_BUSINESS:
            self.disputed = {"owner": owner, "business": business}
        yield "owner", owner
        yield "business", business
        yield "consent", consent | self._typed(CONSENT, texts, "consent.")

    def _sessions(self) -> Iterator[Row]:
        counted: dict[str, int] = {}
        for texts in _read("sessions"):
            at = self.moment(texts["held"])
            counted[month] = counted.get(month := f"{at:%Y/%m}", 0) + 1
            row = self._made(at, texts["staff"]) | self._about(texts) | self._typed(CONSULTATION, texts)
            row |= {"number": f"KK/{SCOPE}/{month}/{counted[month]:04d}-{SESSION_MARK}"}
            row |= {"held_on": self.day(texts["held"]), "started_at": iso(at)}
            row |= {"ended_at": iso(at + timedelta(minutes=int(texts["minutes"])))}
            row |= {"staff_name": texts["staff"], "staff_id": self.ids["staff", texts["staff"]]}
            self.ids["consultation", f"{texts['business']} {texts['held']}"] = row["id"]
            yield row

    def _about(self, texts: Texts) -> Row:
        name = texts["business"]
        return {"owner_id": self.ids["owner", name], "business_id": self.ids["business", name]}

    def _follow_up(self, texts: Texts) -> Row:
        row = self._made(self.moment(texts["made"]), texts["name"]) | self._about(texts)
        row |= {name: texts[name] for name in ("kind", "what", "responsible", "state")}
        row |= {"consultation_id": self.ids.get(("consultation", f"{texts['business']} {texts['made']}"))}
        row |= {"due": self.day(texts["due"]), "due_time": texts["time"] or None, "done_on": self.day(texts["done"])}
        row |= {"responsible_name": texts["name"], "responsible_id": self.ids["staff", texts["name"]]}
        if row["done_on"] == self.today.isoformat():
            self.old[row["id"]] = {"state": "open", "done_on": None}
        return row

    def _case(self, texts: Texts) -> Iterator[tuple[str, Row]]:
        """A facilitation with the documents that its service asks for; those of a closed one are all there."""
        at = self.moment(f"{texts['opened']} 09:00")
        month = f"{at:%Y/%m}"
        self.cases[month] = self.cases.get(month, 0) + 1
        made = self._made(at, "Sri Wahyuni")
        case = made | self._about(texts) | {"staff_name": "Sri Wahyuni", "staff_id": self.ids["staff", "Sri Wahyuni"]}
        case |= {"number": f"FS/{SCOPE}/{month}/{self.cases[month]:04d}-{SESSION_MARK}"}
        case |= {name: texts[name] or None for name in ("service", "state", "outcome", "reason")}
        days = {
            "opened_on": "opened",
            "due": "due",
            "check_on": "check",
            "submitted_on": "submitted",
            "closed_on": "closed",
        }
        yield "facilitation", case | {field: self.day(texts[column]) for field, column in days.items()}
        left = int(texts["brought"] or 0)
        for number, asked in enumerate(checklist(texts["service"], Circumstances(self.today)), start=1):
            here = asked.mandatory and (left > 0 or texts["outcome"] == "issued")
            left -= here
            item = made | {"id": uuid7(at, self.random.getrandbits(80)), "facilitation_id": case["id"]}
            item |= {"key": asked.item.key, "title": asked.item.words.id, "number": number}
            item |= {"mandatory": int(asked.mandatory), "state": "brought" if here else "missing"}
            yield "checklist_item", item | {"brought_on": self.day(texts["opened"]) if here else None}

    def _conflicts(self) -> Iterator[Row]:
        for entity, field, other in DISPUTED:
            record = self.disputed[entity]
            row = self._made(self.moment(DISPUTE[0][2]), "") | {"entity": entity, "row_id": record["id"], "unit": field}
            for side, by, at in DISPUTE:
                row |= {f"{side}_by": self.ids["staff", by], f"{side}_at": iso(self.moment(at))}
            yield row | {
                "kept": json.dumps({field: record[field]}),
                "lost": json.dumps({field: other}),
                "state": "open",
            }


FIRST_NAMES = (
    "Siti", "Sri", "Nur", "Sumi", "Umi", "Dewi", "Endang", "Lilik", "Moh.", "Abdul", "Agus", "Bambang", "Hartatik", "Khotimah",
    "Maimunah", "Romlah", "Sutrisno", "Suwarno", "Yuliana", "Wiwik",
)  # fmt: skip
LAST_NAMES = (
    "Aminah", "Wahyuni", "Hidayati", "Rahayu", "Lestari", "Handayani", "Riyadi", "Ghofur", "Salim", "Hariyanto", "Mufidah",
    "Zahro", "Jannah", "Susilowati", "Prasetyo", "Arifin", "Kulsum", "Ningsih", "Safitri", "Indrawati",
)  # fmt: skip
TRADES = (
    ("Keripik Talas", "keripik", "2025:10794"), ("Batik Tulis", "batik tulis", "2025:13133"), ("Tempe", "tempe", "2025:10307"),
    ("Warung Nasi", "warung makan", "2025:56101"), ("Jamu Sinom", "jamu", "2025:10797"), ("Laundry", "laundry", "2025:96100"),
    ("Toko Kelontong", "pracangan", "2025:47112"), ("Bengkel Motor", "bengkel motor", "2025:95320"),
    ("Kue Kering", "kue", "2025:10710"), ("Terasi Udang", "terasi", "2025:10215"),
)  # fmt: skip
STREETS = ("Jl. Mawar", "Jl. Melati", "Gg. Kenanga", "Jl. KH. Hasan", "Gg. Mangga")
BATCH = 5_000
BIRTHS = (date(1955, 1, 1), 18_000)  # the first day, and over how many days they spread
REGISTERED = (datetime(2024, 1, 8, 8, tzinfo=WIB), 60 * 24 * 1_000)  # likewise, in minutes


def make(store: Store, n: int, seed: int = 1) -> None:
    """Writes `n` invented owners, each with one business of 26 filled fields; the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 - invented data, not a secret
    scope = store.home_scope or SCOPE
    for start in range(0, n, BATCH):
        pairs = [_pair(random, number, scope) for number in range(start, min(start + BATCH, n))]
        store.save_all([("owner", owner) for owner, _ in pairs] + [("business", business) for _, business in pairs])


def _pair(random: Random, number: int, scope: str) -> tuple[Row, Row]:
    at = REGISTERED[0] + timedelta(minutes=random.randrange(REGISTERED[1]))
    made = {"scope": scope, "created_at": iso(at), "village": scope, "postal_code": POSTAL_CODE,
            "rt": random.randint(1, 9), "rw": random.randint(1, 9),
            "address": f"{random.choice(STREETS)} No. {random.randint(1, 120)}"}  # fmt: skip
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    born = BIRTHS[0] + timedelta(days=random.randrange(BIRTHS[1]))
    sex = random.choice("LPP")
    day = born.day + 40 * (sex == "P")
    owner = made | {
        "id": uuid7(at, random.getrandbits(80)), "name": f"{first} {last}", "sex": sex, "birth_date": born.isoformat(),
        "nik": f"{scope[:6]}{day:02d}{born:%m%y}{random.randint(9900, 9999)}", "phone": f"+62812{number:08d}",
        "informed": "signed", "legal_basis": "public_task",
    }  # fmt: skip
    return owner, made | _business(random, number, owner, last) | {"id": uuid7(at, random.getrandbits(80))}


def _business(random: Random, number: int, owner: Row, suffix: str) -> Row:
    trade, activity, kbli = random.choice(TRADES)
    men, women = random.randint(0, 3), random.randint(0, 4)
    return {
        "owner_id": owner["id"], "name": f"{trade} {suffix} {number + 1}", "brand": f"{trade} {suffix}", "activity": activity,
        "kbli": kbli, "legal_form": "sole", "nib": f"{number + 1:013d}", "nib_date": owner["created_at"][:10],
        "started": random.randint(1998, 2024), "contact_name": owner["name"], "contact_phone": owner["phone"],
        "premises": random.choice(("own", "rent", "market")), "sales_year": random.randint(6, 240) * 1_000_000,
        "capital": random.randint(1, 60) * 500_000, "numbers_year": 2025, "workers": men + women, "workers_men": men,
        "workers_women": women, "channels": random.choice(("home", "home,market", "shop")),
        "market_reach": random.choice(("local", "local", "regency")), "bookkeeping": random.choice(("none", "simple")),
        "qris": random.randint(0, 1), "existence": "active", "main_product": trade,
    }  # fmt: skip
