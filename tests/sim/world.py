"""The world of one seed: real client stores and a real server in memory, joined by a bad line and by sticks."""

import base64
import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from msgspec import Raw
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from models import braking, database, outbox
from models.clock import Clock
from models.errors import DeviceRevoked, SyncTrouble
from models.store import Store
from server import exchange, staff
from server.access import Denied
from server.database import Database
from server.push import Sender
from server.service import Service
from server.tables import DEVICE, GRANT
from sync import stick, words
from sync.bundle import SUFFIX, BadBundle
from sync.engine import Engine, Offline, Outcome
from sync.enrol import Ticket, _take_over
from sync.link import MassDeletion, NotThere
from sync.protocol import (
    Access,
    EnrolAnswer,
    HandInAnswer,
    Hello,
    Person,
    SegmentsAnswer,
    SyncAnswer,
    SyncRequest,
    VerifyAnswer,
    VerifyRequest,
    decode,
    encode,
)
from tests.fakes import MINUTE
from tests.sim.stores import MemoryDatabase, copied, fresh_store, program, put_away

SCOPES = ("3513141017", "3513141018")
KECAMATAN, DIRECTORY = "351314", "3513"
GUESTS = "3513071001"  # a village of another kecamatan
OFFICE = PrivateKey(bytes(range(32)))
OFFICE_KEY = base64.b64encode(bytes(OFFICE.public_key)).decode()
YEARS = timedelta(days=3650)


class Crash(Exception):
    """The laptop or the server stops here, as if the power went."""


def fresh_server(clock: Clock) -> Service:
    """An empty server in memory."""
    return serve(MemoryDatabase(), clock)


def serve(db: Database, clock: Clock) -> Service:
    """A server with the scopes of the simulation on any database."""
    service = Service(db, "office", clock)
    for scope in (*SCOPES, KECAMATAN, DIRECTORY, GUESTS):
        service.db.write(lambda conn, scope=scope: staff.open_scope(conn, clock, scope))
    return service


@dataclass
class Time:
    """True time; every clock in the world is this one, wrong by its own amount."""

    now: datetime = MINUTE


class SeededClock(Clock):
    """A clock that is wrong by `wrong`, which may change, and makes ids from the seed."""

    def __init__(self, time: Time, wrong: timedelta, rng: random.Random) -> None:
        self.__dict__.update(time=time, wrong=wrong, rng=rng)
        super().__init__(now=lambda: time.now + self.__dict__["wrong"])

    @property
    def time(self) -> Time:
        """The true time."""
        return self.__dict__["time"]

    def jump(self, wrong: timedelta) -> None:
        """From now on it is wrong by something else."""
        self.__dict__["wrong"] = wrong

    def new_id(self) -> str:
        text = f"{self.__dict__['rng'].getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass
class Line:
    """The way to the server: messages go through the real encoding, and may be lost, doubled or kept."""

    service: Service
    sender: Sender
    rng: random.Random
    faults: bool = True
    shut_out: bool = False  # the server withdrew this laptop's permission
    before_answer: Callable[[], object] | None = None  # called between the server's work and the answer
    old: list[tuple[Sender, bytes]] = field(default_factory=list)

    def hello(self) -> Hello:
        self._enter(0.05)
        return decode(encode(self.service.hello(self.sender)), Hello)

    def sync(self, request: SyncRequest) -> SyncAnswer:
        self._enter(0.1)  # lost on the way there
        body = encode(request)
        if self.faults and self.old and self.rng.random() < 0.25:  # a late double of an earlier request
            sender, late = self.rng.choice(self.old)
            self.service.sync(sender, decode(late, SyncRequest))
        answer = self._served(body)
        if self.faults and self.rng.random() < 0.1:  # sent twice
            answer = self._served(body)
        self.old = [*self.old[-5:], (self.sender, body)]
        if self.before_answer is not None:
            self.before_answer()  # somebody types while the answer travels
        self._may_fail(0.15)  # lost on the way back
        return decode(answer, SyncAnswer)

    def verify(self, request: VerifyRequest) -> VerifyAnswer:
        self._enter(0.05)
        return decode(encode(self.service.verify(self.sender, decode(encode(request), VerifyRequest))), VerifyAnswer)

    def hand_in(self, batches: Sequence[bytes]) -> HandInAnswer:
        self._may_fail(0.1)
        acks = self.service.hand_in(self.sender, list(batches))
        self._may_fail(0.15)
        return HandInAnswer([Raw(ack) for ack in acks])

    def segments(self, scope: str) -> SegmentsAnswer:
        self._may_fail(0.05)
        try:
            return decode(encode(self.service.listing(self.sender, scope)), SegmentsAnswer)
        except Denied as e:
            raise NotThere from e

    def segment(self, scope: str, upto: int, no: int) -> bytes:
        self._may_fail(0.05)
        try:
            return self.service.part(self.sender, scope, upto, no)
        except Denied as e:
            raise NotThere from e

    def _served(self, body: bytes) -> bytes:
        """The server's answer; now and then it stops before one of its commits."""
        write = self.service.db.write
        self.service.db.write = lambda work: write(lambda conn: self._may_stop(work(conn)))
        try:
            return encode(self.service.sync(self.sender, decode(body, SyncRequest)))
        except Crash as e:
            raise Offline from e
        finally:
            self.service.db.write = write

    def _may_stop(self, done: Any) -> Any:
        if self.faults and self.rng.random() < 0.04:
            raise Crash
        return done

    def _enter(self, chance: float) -> None:
        self._may_fail(chance)
        if self.shut_out:
            raise DeviceRevoked

    def _may_fail(self, chance: float) -> None:
        if self.faults and self.rng.random() < chance:
            raise Offline


@dataclass(frozen=True)
class Job:
    """Which scopes somebody may read or write now."""

    scopes: dict[str, Access]


class Laptop:
    """One laptop: a store, a line and an engine that may crash between any two pieces of database work."""

    def __init__(
        self, number: int, service: Service, time: Time, rng: random.Random, job: Job, age: str = "now"
    ) -> None:
        self.number, self.service, self.rng, self.job, self.age = number, service, rng, job, age
        self.home = next(scope for scope, access in job.scopes.items() if access == "write")
        self.clock = SeededClock(time, wrong(rng), random.Random(rng.random()))
        self.user = self.clock.new_id()
        self.locked = False  # heard that it was shut out: nobody types any more
        self.may_be_forked = False  # came from a backup or has a twin
        self.meanwhile: Callable[[Laptop], object] = lambda _: None  # what is done here while an answer travels
        self.same = [self]  # with those that began as copies of this one
        service.db.write(self._grant)
        self.line = Line(service, Sender("", self.user), rng, before_answer=lambda: self.meanwhile(self))
        self.store = fresh_store(self.clock, self.user, self.home, age)
        self.enrol()

    def _grant(self, conn: sa.Connection) -> None:
        rows = [
            {"user_id": self.user, "scope": scope, "access": access, "ver": n}
            for n, (scope, access) in enumerate(self.job.scopes.items(), 1)
        ]
        conn.execute(sa.insert(GRANT), rows)

    def enrol(self) -> None:
        """Makes this laptop known to the server under a new device id and key."""
        seed, device = self.rng.randbytes(32), self.clock.new_id()
        key = bytes(SigningKey(seed).verify_key)
        row = {"id": device, "user_id": self.user, "public_key": key, "name": "x", "enrolled_at": ""}
        self.service.db.write(lambda conn: conn.execute(sa.insert(DEVICE), row))
        with self.service.db.read() as conn:
            grants = staff.grants(conn, self.user)
        person = Person(self.user, f"Petugas {self.number}", "kasie", "", "", self.home, "")
        with program(self.age), self.store.transaction(applying=True):
            self.store.set_setting("sync.new_key", base64.b64encode(seed).decode())
            _take_over(self.store, Ticket("", "", ""), EnrolAnswer(device, person, grants, OFFICE_KEY))
        self.line.sender = Sender(device, self.user)
        self.restart()

    def restart(self) -> None:
        """The program starts anew: everything in memory is gone."""
        self.engine = Engine(self.access, self.line, self.clock, timer=lambda: 0.0)

    def writable(self) -> list[str]:
        """The villages of which this laptop believes that it may write."""
        return [s for s, scope in outbox.scopes(self.store).items() if scope.access == "write" and s in SCOPES]

    def program(self) -> AbstractContextManager[None]:
        """Inside, records are declared as this laptop's program does."""
        return program(self.age)

    def access(self, work: Callable[[Store], Any]) -> Any:
        """A short piece of work on the store; the power may go before or after it."""
        self._may_crash()
        with program(self.age):
            result = work(self.store)
        self._may_crash()
        return result

    def _may_crash(self) -> None:
        if self.line.faults and self.rng.random() < 0.02:
            raise Crash

    def sync(self) -> Outcome | None:
        """One run; None when it crashed on the way."""
        try:
            outcome = self.engine.run()
        except Crash:
            self.restart()
            return None
        self.locked = self.line.shut_out and outcome.reason is not None
        if outcome.reason == words.STATUS["device-forked"] and self.may_be_forked:
            self.enrol()  # the office hands out a new code; nothing is dropped
        return outcome

    def update(self) -> None:
        """A program of today takes the place of an older one; what waits, waits on."""
        self.age = "now"
        database._bring_up_to_date(self.store.db.conn, None)
        self.restart()

    def snapshot(self) -> Any:
        """The whole account, as a backup keeps it."""
        return copied(self.store.db.conn)

    def restore(self, snapshot: Any, age: str) -> None:
        """The account comes back from a backup: counters run backwards."""
        snapshot.backup(self.store.db.conn)
        self.age = age
        self.may_be_forked = True
        self.line.sender = Sender(outbox.device(self.store), self.user)
        self.restart()

    def twin(self, number: int) -> "Laptop":
        """A copy of the whole account on another laptop, which goes on as the same device."""
        made = copy(self)
        made.number, made.rng = number, random.Random(self.rng.random())
        made.clock = SeededClock(self.clock.time, wrong(made.rng), random.Random(made.rng.random()))
        made.store = fresh_store(made.clock, self.user, self.home, self.age)
        self.store.db.conn.backup(made.store.db.conn)
        made.line = Line(self.service, self.line.sender, made.rng, before_answer=lambda: made.meanwhile(made))
        self.same.append(made)
        self.may_be_forked = made.may_be_forked = True
        made.restart()
        return made

    def put_away(self) -> None:
        put_away(self.store, self.age)


def wrong(rng: random.Random) -> timedelta:
    """By how much a clock is wrong: mostly a little, now and then by ten years."""
    return rng.choice((timedelta(), timedelta(), timedelta(seconds=3), timedelta(seconds=-40), timedelta(hours=2),
                       timedelta(days=-400), YEARS, -YEARS))  # fmt: skip


class Courier:
    """Somebody who carries sticks between the laptops and the Dinas, in any order, late and twice."""

    def __init__(self, service: Service, folder: Path, rng: random.Random) -> None:
        self.service, self.folder, self.rng = service, folder, rng
        self.files: list[bytes] = []
        self.answers: list[tuple[Laptop, str, bytes]] = []
        self._owners: dict[bytes, Laptop] = {}

    def fetch(self, laptop: Laptop) -> None:
        """The laptop hands over what waits."""
        try:
            path = stick.hand_over(laptop.access, self.folder).path
        except Crash:
            laptop.restart()
            return
        data = path.read_bytes()
        self._owners[data] = laptop
        self.files.append(data)

    def deliver(self) -> None:
        """The Dinas takes a file, perhaps for the second time; one that was altered is refused whole."""
        if not self.files:
            return
        data = self.rng.choice(self.files[-4:])
        if self.rng.random() < 0.1:
            _refused(lambda: exchange.exchange(self.service, bytes(OFFICE), _altered(data, self.rng)))
        try:
            name, answer, _ = exchange.exchange(self.service, bytes(OFFICE), data)
        except BadBundle as e:
            if e.code != "revoked":
                raise
            return
        self.answers.append((self._owners[data], name, answer))

    def bring(self) -> Outcome | None:
        """An answer comes back to its laptop, perhaps an old one; None when there is none, or it is for another."""
        if not self.answers:
            return None
        laptop, name, data = self.rng.choice(self.answers[-4:])
        laptop = self.rng.choice(laptop.same)
        path = self.folder / name.replace(SUFFIX, f"-{self.rng.random()}{SUFFIX}")
        if self.rng.random() < 0.1:
            path.write_bytes(_altered(data, self.rng))
            _refused(lambda: stick.take_back(laptop.access, path))
        path.write_bytes(data)
        try:
            return stick.take_back(laptop.access, path)
        except Crash:
            laptop.restart()
        except BadBundle as e:
            if e.code != "other-laptop" or not laptop.may_be_forked:
                raise
        except MassDeletion as e:
            braking.allow(laptop.store, e.brake)
        except SyncTrouble as e:
            if e.words != words.SERVER_RESTORED:
                raise
        return None


def _altered(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]


def _refused(work: Callable[[], object]) -> None:
    try:
        work()
    except (BadBundle, Crash):
        return
    msg = "an altered file was taken"
    raise AssertionError(msg)
