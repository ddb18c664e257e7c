"""The neighbours of Kantor contoh: 316 invented businesses in the other villages of the kecamatan, and its events' guests.

Everything follows from one seed. A village says how much of everything it has; those of the five kelurahan
add up, with Patokan, to the figures that the pictures of the central server show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from models.clock import iso
from models.consents import NOTICE
from models.i18n import WIB
from models.sample_office import MOMENT, Office, Record
from models.sample_people import STREETS
from models.sample_words import ADVICE, EVENTS, MEN, SURNAMES, TRADES, WOMEN, Trade
from models.schema import Row

SEED = 351314
YEAR = date(MOMENT.year, 1, 1)
BEGAN = datetime(2024, 11, 25, 8, tzinfo=WIB)  # two years before the office's moment
SESSIONS = 1364  # with Patokan's: 1,500
CASES = 172  # with Patokan's: 200
FIRST_NIB = 2000
RUNNING = ("documents", "ready", "documents", "submitted", "in_process")
GONE_EVERY = 19  # of the businesses of a desa, one in so many is no longer there


class Village(NamedTuple):
    """What a village has: businesses by stage, those that grew small, sessions and cases of November."""

    code: str
    recorder: str
    informal: int
    ordered: int
    bankable: int
    growing: int
    small: int
    risen: int
    sessions: int
    running: int
    issued: int

    @property
    def stages(self) -> list[str]:
        """The stage of each business, the highest last."""
        counts = {
            "informal": self.informal,
            "ordered": self.ordered,
            "bankable": self.bankable,
            "growing": self.growing,
        }
        return [stage for stage, count in counts.items() for _ in range(count)]


VILLAGES: tuple[Village, ...] = (
    Village("3513141003", "Rini Astuti", 28, 24, 7, 2, 2, 3, 9, 4, 3),
    Village("3513141007", "Eko Prasetyo", 18, 21, 7, 1, 2, 2, 8, 3, 2),
    Village("3513141005", "Siti Maryam", 19, 10, 2, 0, 1, 1, 4, 2, 0),
    Village("3513141008", "Dewi Anggraini", 11, 10, 3, 1, 1, 1, 2, 1, 1),
    *(
        Village(
            f"35131420{code}", "Rahmat Hidayat" if code == "14" else "Dewi Anggraini", count - 5, 4, 1, 0, 0, 0, 2, 1, 0
        )
        for code, count in zip(
            ("01", "02", "04", "06", "09", "10", "11", "12", "13", "14", "15", "16", "18"),
            (14, 13, 12, 12, 12, 12, 12, 11, 11, 11, 11, 11, 10),
            strict=True,
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A business that was made, with what its records later need."""

    village: Village
    trade: Trade
    stage: str
    owner: Row
    business: Row
    at: datetime  # registered

    def about(self) -> Row:
        """Whose record it is."""
        return {"owner_id": self.owner["id"], "business_id": self.business["id"]}


def neighbours(office: Office) -> Iterator[Record]:
    """Everything of the other villages, and the guests of the events."""
    made = _Neighbours(office)
    yield from made.registrations()
    yield from made.sessions()
    yield from made.cases()
    yield from made.guests()


class _Neighbours:
    def __init__(self, office: Office) -> None:
        self.office = office
        self.random = Random(SEED)  # noqa: S311 - invented people
        people = [(first, last) for first in (*WOMEN, *MEN) for last in SURNAMES]
        self.people = iter(self.random.sample(people, len(people)))
        taken = {row.get("phone") for row in office.rows.values()}
        self.phones = (phone for n in range(1000, 9999) if (phone := f"+628120000{n}") not in taken)
        self.counted: dict[str, int] = {}  # sessions and cases by village and month
        self.known: list[Known] = []

    def _made(self, at: datetime, by: str, scope: str) -> Row:
        return self.office.made(at + self.office.shift, by, scope)

    def _day(self, at: datetime) -> str:
        return (at + self.office.shift).date().isoformat()

    def _before(self, at: datetime, days: int) -> date:
        """Some day in the time before somebody came."""
        return at.date() - timedelta(days=self.random.randrange(20, days))

    def _moment(self, first: datetime, last: datetime) -> datetime:
        """Some minute of a working day between two moments."""
        span = max(1, int((last - first).total_seconds()) // 60)
        at = first + timedelta(minutes=self.random.randrange(span))
        at = at.replace(hour=8 + self.random.randrange(7), minute=self.random.randrange(0, 60, 5), second=0)
        while at.weekday() > 4 or at < first:
            at += timedelta(days=1)
        return min(at, last)

    def registrations(self) -> Iterator[Record]:
        for village in VILLAGES:
            risen = village.informal + self.random.randrange(3)
            small = len(village.stages) - village.small
            for number, stage in enumerate(village.stages):
                rose = risen <= number < risen + village.risen
                yield from self._registration(village, stage, small=number >= small, rose=rose)

    def _registration(self, village: Village, stage: str, *, small: bool, rose: bool) -> Iterator[Record]:
        last = datetime(2025, 11, 20, tzinfo=WIB) if rose else MOMENT - timedelta(days=30)
        at = self._moment(BEGAN, last)
        trade = self.random.choice([t for t in TRADES if t.food or stage != "growing"])
        owner = self._owner(village, at)
        business = self._business(village, trade, stage, owner, at, small=small)
        if business["nib"]:
            issued = YEAR + timedelta(days=self.random.randrange(30, 300)) if rose else self._before(at, 900)
            business["nib_date"] = (issued + self.office.shift).isoformat()
        known = Known(village, trade, stage, owner, business, at)
        self.known.append(known)
        consent = self._made(at, village.recorder, village.code) | {
            "owner_id": owner["id"], "informed": owner["informed"], "text_version": NOTICE.version, "given_on": self._day(at),
            "filing": "yes", "photo": self.random.choice(("yes", "no")), "sharing": self.random.choice(("yes", "yes", "no")),
            "witness": "Dewi Anggraini" if owner["informed"] == "read_aloud" else None,
        }  # fmt: skip
        yield from (("owner", owner), ("business", business), ("consent", consent))
        yield from self._hangs_on(known)

    def _owner(self, village: Village, at: datetime) -> Row:
        first, last = next(self.people)
        sex = "L" if first in MEN else "P"
        born = date(1956, 1, 1) + timedelta(days=self.random.randrange(17_000))
        day = born.day + 40 * (sex == "P")
        return self._made(at, village.recorder, village.code) | self._place(village) | {
            "name": f"{first} {last}", "sex": sex, "birth_date": born.isoformat(), "legal_basis": "public_task",
            "nik": f"351314{day:02d}{born:%m%y}{9900 + len(self.known) % 100}" if self.random.random() > 0.07 else None,
            "phone": next(self.phones) if self.random.random() > 0.1 else None,
            "education": self.random.choice(("primary", "junior", "senior", "senior", "diploma")),
            "informed": self.random.choice(("signed", "signed", "signed", "read_aloud", "read_aloud")),
        }  # fmt: skip

    def _place(self, village: Village) -> Row:
        return {"village": village.code, "postal_code": "67282", "rt": self.random.randint(1, 6), "rw": self.random.randint(1, 7),
                "address": f"{self.random.choice(STREETS)} No. {self.random.randint(1, 90)}"}  # fmt: skip

    def _business(self, village: Village, trade: Trade, stage: str, owner: Row, at: datetime, *, small: bool) -> Row:
        """One whose points make just its stage."""
        ready = stage in ("bankable", "growing")
        gone = village.risen == 0 and stage == "informal" and len(self.known) % GONE_EVERY == 0
        workers = self.random.randint(3, 9) if ready else self.random.randint(1, 2)
        women = self.random.randint(workers // 2, workers)
        call = "Pak" if owner["sex"] == "L" else "Bu"
        sales = self.random.randint(2_600, 4_200) if small else self.random.randint(8, 320)
        since = self._day(at + timedelta(days=20))
        return self._made(at, village.recorder, village.code) | self._place(village) | {
            "owner_id": owner["id"], "name": f"{trade.name} {call} {owner['name'].split()[0]}", "activity": trade.activity,
            "main_product": trade.product, "kbli": f"2025:{trade.kbli}", "legal_form": "sole", "started": self.random.randint(1998, 2024),
            "nib": None if stage == "informal" else f"{FIRST_NIB + len(self.known):013d}",
            "bookkeeping": "none" if stage == "informal" else "app" if small else "simple",
            "market_reach": self.random.choice(("regency", "province")) if ready else "local",
            "premises": self.random.choice(("own", "own", "rent", "market")), "channels": self.random.choice(("home", "home,market", "shop", "home,online")),
            "sales_year": sales * 1_000_000, "capital": sales * 600_000 if small else self.random.randint(1, 60) * 500_000, "numbers_year": 2025,
            "workers": workers, "workers_men": workers - women, "workers_women": women, "qris": self.random.randint(0, 1),
            "existence": "closed" if gone else "active",
        } | ({"existence_on": since, "existence_reason": "Tetangga memberi tahu."} if gone else {})  # fmt: skip

    def _hangs_on(self, known: Known) -> Iterator[Record]:
        """Product, permits, money and figures of a business."""
        at, by, business = known.at, known.village.recorder, known.business
        if known.trade.food or known.stage != "informal":
            yield "product", self._of(known) | {
                "name": known.trade.product, "sort": known.trade.sort, "kbli": business["kbli"], "unit": known.trade.unit,
                "capacity": self.random.randint(4, 60) * 5, "period": "week", "price": known.trade.price,
            }  # fmt: skip
        if business["nib"]:
            yield "permit", self.office.nib_of(business, self._made(at, by, business["scope"]), business["id"])
        if known.stage == "growing":
            yield from self._grown(known)
        for year in range(at.year, MOMENT.year):
            asked = datetime(year + 1, 2, 3 + self.random.randrange(20), 10, tzinfo=WIB)
            yield "assessment", self.office.figures(business, self._made(asked, by, business["scope"]), year)

    def _of(self, known: Known) -> Row:
        """What a record of a business begins with that was made when it was registered."""
        return self._made(known.at, known.village.recorder, known.village.code) | {"business_id": known.business["id"]}

    def _grown(self, known: Known) -> Iterator[Record]:
        """A permit of its products and money of a bank, both from before."""
        issued = self._before(known.at, 700)
        ends = issued.replace(year=issued.year + 5, day=1)
        yield "permit", self._of(known) | {
            "subject": "business", "type": "pirt", "number": f"2063513019{len(self.known) % 900 + 100}{ends:%y}", "state": "fulfilled",
            "issued": (issued + self.office.shift).isoformat(), "expires": (ends + self.office.shift).isoformat(), "issuer": "OSS",
        }  # fmt: skip
        paid = self._day(known.at - timedelta(days=30))
        yield "financing", self._of(known) | {
            "owner_id": known.owner["id"], "lender": "Bank BRI Unit Kraksaan", "scheme": "kur_micro", "ceiling": 25_000_000,
            "disbursed": 25_000_000, "months": 24, "state": "disbursed", "disbursed_on": paid,
        }  # fmt: skip

    def _number(self, prefix: str, known: Known, at: datetime) -> str:
        stem = f"{prefix}/{known.village.code}/{at:%Y/%m}"
        self.counted[stem] = self.counted.get(stem, 0) + 1
        return f"{stem}/{self.counted[stem]:04d}-{known.village.code[-2:]}"

    def sessions(self) -> Iterator[Record]:
        """Those of November as each village has them, the others over two years; half leave a follow-up."""
        month = MOMENT.replace(day=1, hour=8, minute=0)
        older = self._there(month)
        held = [
            (
                self.random.choice([known for known in older if known.village is village]),
                month,
                MOMENT - timedelta(days=1),
            )
            for village in VILLAGES
            for _ in range(village.sessions)
        ]
        held += [
            (known, known.at, month - timedelta(days=1)) for known in self.random.choices(older, k=SESSIONS - len(held))
        ]
        dated = sorted(((self._moment(first, last), known) for known, first, last in held), key=lambda pair: pair[0])
        for number, (at, known) in enumerate(dated):
            topic, note, advice = self.random.choice(ADVICE)
            made, by = self._made(at, known.village.recorder, known.village.code), known.village.recorder
            yield "consultation", made | known.about() | {
                "number": self._number("KK", known, at), "held_on": self._day(at), "started_at": made["created_at"], "topics": topic,
                "ended_at": iso(at + self.office.shift + timedelta(minutes=self.random.choice((15, 20, 30, 45)))), "note": note,
                "advice": advice, "place": self.random.choice(("office", "office", "visit", "phone")), "result": "done",
                "staff_name": by, "staff_id": self.office.ids["staff", by],
            }  # fmt: skip
            if number % 2:
                yield "follow_up", self._follow_up(known, at, made["id"], advice)

    def _follow_up(self, known: Known, at: datetime, consultation_id: str, what: str) -> Row:
        due = at + timedelta(days=self.random.randrange(5, 25))
        done = due < MOMENT - timedelta(days=6)
        by = known.village.recorder
        return self._made(at, by, known.village.code) | known.about() | {
            "consultation_id": consultation_id, "kind": self.random.choice(("owner_sends", "we_call", "visit")), "what": what.split(";")[0][:80],
            "due": self._day(due), "responsible": "kasie", "responsible_name": by, "responsible_id": self.office.ids["staff", by],
            "state": "done" if done else "open", "done_on": self._day(due) if done else None,
        }  # fmt: skip

    def cases(self) -> Iterator[Record]:
        """The running ones and those issued this month as each village has them, the others closed before."""
        month = MOMENT.replace(day=1, hour=9, minute=0)
        planned = [case for village in VILLAGES for case in self._of_november(village, month)]
        older = self._there(month - timedelta(days=90))
        for known in self.random.choices(older, k=CASES - len(planned)):
            closed = self._moment(known.at + timedelta(days=30), month - timedelta(days=1))
            outcome = self.random.choices(("issued", "cancelled", "refused"), (8, 1, 1))[0]
            planned.append((known, max(known.at, closed - timedelta(days=21)), closed, outcome))
        for case in sorted(planned, key=lambda case: case[1]):
            yield from self._case(*case)

    def _of_november(self, village: Village, month: datetime) -> Iterator[tuple[Known, datetime, datetime | None, str]]:
        """What runs in a village, and what was issued there this month: whose, opened, closed, where it stands."""
        mine = [known for known in self._there(month - timedelta(days=40)) if known.village is village]
        for state in islice(cycle(RUNNING), village.running):
            opened = self._moment(month - timedelta(days=25), MOMENT - timedelta(days=6))
            yield self.random.choice(mine), opened, None, state
        for _ in range(village.issued):
            closed = self._moment(month, MOMENT - timedelta(days=1))
            yield self.random.choice(mine), closed - timedelta(days=14), closed, "issued"

    def _there(self, since: datetime) -> list[Known]:
        """The businesses registered before a moment that still exist."""
        return [k for k in self.known if k.at < since and k.business["existence"] == "active"]

    def _case(self, known: Known, at: datetime, closed: datetime | None, state: str) -> Iterator[Record]:
        services = (
            ("halal", "pirt", "packaging", "brand") if known.trade.food else ("brand", "bookkeeping", "online_sales")
        )
        by = known.village.recorder
        handed_in = state in ("submitted", "in_process", "issued", "refused")
        row = self._made(at, by, known.village.code) | known.about() | {
            "number": self._number("FS", known, at), "service": self.random.choice(services), "opened_on": self._day(at),
            "due": None if closed else self._day(at + timedelta(days=30)), "state": "closed" if closed else state,
            "submitted_on": self._day(at + timedelta(days=5)) if handed_in else None, "staff_name": by,
            "staff_id": self.office.ids["staff", by],
        }  # fmt: skip
        if closed:
            row |= {"closed_on": self._day(closed), "outcome": state}
            row |= {"reason": {"cancelled": "Pemilik menunda.", "refused": "Data tidak cocok dengan KTP."}.get(state)}
        yield "facilitation", row
        yield from (("facilitation_step", step) for step in self.office.steps(row))

    def guests(self) -> Iterator[Record]:
        """Who was invited to each event, from all villages, and who came."""
        office = self.office
        businesses = [(office.rows[b["owner_id"]], b) for b in office.met.values()] + [
            (k.owner, k.business) for k in self.known
        ]
        for name, (invited, walked_in, typed, paper) in EVENTS.items():
            event = office.rows[office.ids["event", name]]
            guests = self.random.sample(businesses, invited + walked_in)
            came = ["typed"] * typed + ["paper"] * paper
            for number, (owner, business) in enumerate(guests, start=1):
                how = came[number - 1] if number <= len(came) else None
                yield (
                    "attendance",
                    self._guest(event, owner, business, number, how) | {"invited": int(number > walked_in)},
                )

    def _guest(self, event: Row, owner: Row, business: Row, number: int, how: str | None) -> Row:
        """A line of the list; somebody who was not registered yet is only a name."""
        begins = datetime.fromisoformat(f"{event['held_on']} {event['starts'].replace('.', ':')}").replace(tzinfo=WIB)
        known = owner["created_at"] < event["created_at"]
        made = self.office.made(datetime.fromisoformat(event["created_at"]), event["created_by"], event["scope"])
        return made | {
            "event_id": event["id"], "number": number, "name": owner["name"], "business_name": business["name"],
            "phone": owner.get("phone"), "village": owner["village"], "rw": owner["rw"],
            "owner_id": owner["id"] if known else None, "business_id": business["id"] if known else None,
            "presence": "present" if how else "invited", "marked_from": how,
            "marked_at": iso(begins + timedelta(minutes=number % 20)) if how else None,
        }  # fmt: skip
