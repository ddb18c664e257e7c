"""The world of one seed: real client stores and a real server in memory, joined by a bad line."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from models import database, outbox
from models.clock import Clock
from models.store import Store
from server import staff
from server.database import Database, prepare, sqlite_engine
from server.push import Sender
from server.service import Service
from server.tables import DEVICE, GRANT
from sync.engine import Engine, Offline, Outcome
from sync.protocol import Hello, SyncAnswer, SyncRequest, VerifyAnswer, VerifyRequest, decode, encode
from tests.fakes import MINUTE

KEY = bytes(range(32))
SCOPES = ("3513141017", "3513141018")
DIRECTORY = "3513"


class Crash(Exception):
    """The laptop or the server stops here, as if the power went."""


@cache
def _driver() -> Any:
    return database.driver


@cache
def _store_template() -> Any:
    return database.open_database(Path(":memory:"), KEY).conn


@cache
def _server_template() -> Any:
    conn = _memory()
    engine = sqlite_engine(lambda: conn, poolclass=sa.pool.StaticPool)
    prepare(engine)
    return conn


@cache
def _compiled() -> dict[Any, Any]:
    return {}


def _memory() -> Any:
    conn = _driver().connect(":memory:", isolation_level=None, check_same_thread=False)
    conn.execute("PRAGMA temp_store = MEMORY")
    return conn


def fresh_store(clock: Clock, user: str, scope: str) -> Store:
    """An empty store in memory, a copy of the template."""
    conn = database.keyed(Path(":memory:"), KEY)
    _store_template().backup(conn)
    conn.execute("PRAGMA recursive_triggers = ON")
    return Store(database.wrap(conn), KEY, clock=clock, user=user, home_scope=scope)


def fresh_server(clock: Clock) -> Service:
    """An empty server in memory, a copy of the template."""
    conn = _memory()
    _server_template().backup(conn)
    shared = {"compiled_cache": _compiled()}  # else each seed would compile every statement anew
    engine = sqlite_engine(lambda: conn, poolclass=sa.pool.StaticPool, execution_options=shared)
    return serve(Database(engine), clock)


def serve(db: Database, clock: Clock) -> Service:
    """A server with the scopes of the simulation on any database."""
    service = Service(db, "office", clock)
    for scope in (*SCOPES, DIRECTORY):
        service.db.write(lambda conn, scope=scope: staff.open_scope(conn, clock, scope))
    return service


@dataclass
class Time:
    """True time; every clock in the world is this one, wrong by its own amount."""

    now: datetime = MINUTE

    def clock(self, wrong: timedelta = timedelta(), rng: random.Random | None = None) -> "SeededClock":
        return SeededClock(self, wrong, rng or random.Random(0))


class SeededClock(Clock):
    """A clock that is wrong by a fixed amount, and makes ids from the seed."""

    def __init__(self, time: Time, wrong: timedelta, rng: random.Random) -> None:
        super().__init__(now=lambda: time.now + wrong)
        self.__dict__["rng"] = rng

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
    before_answer: Any = None  # called between the server's work and the answer
    old: list[bytes] = field(default_factory=list)

    def hello(self) -> Hello:
        self._may_fail(0.05)
        return decode(encode(self.service.hello(self.sender)), Hello)

    def sync(self, request: SyncRequest) -> SyncAnswer:
        self._may_fail(0.1)  # lost on the way there
        body = encode(request)
        if self.faults and self.old and self.rng.random() < 0.25:  # a late double of an earlier request
            self.service.sync(self.sender, decode(self.rng.choice(self.old), SyncRequest))
        answer = encode(self.service.sync(self.sender, decode(body, SyncRequest)))
        if self.faults and self.rng.random() < 0.1:  # sent twice
            answer = encode(self.service.sync(self.sender, decode(body, SyncRequest)))
        self.old = [*self.old[-5:], body]
        if self.before_answer is not None:
            self.before_answer()  # somebody types while the answer travels
        self._may_fail(0.15)  # lost on the way back
        return decode(answer, SyncAnswer)

    def verify(self, request: VerifyRequest) -> VerifyAnswer:
        self._may_fail(0.05)
        return decode(encode(self.service.verify(self.sender, decode(encode(request), VerifyRequest))), VerifyAnswer)

    def _may_fail(self, chance: float) -> None:
        if self.faults and self.rng.random() < chance:
            raise Offline


class Laptop:
    """One laptop: a store, a line and an engine that may crash between any two pieces of database work."""

    def __init__(self, number: int, service: Service, time: Time, rng: random.Random, scopes: tuple[str, ...]) -> None:
        self.number = number
        self.rng = rng
        self.wrong = timedelta(seconds=rng.choice((0, 0, 3, -40, 7200, -86400 * 400, 86400 * 3000)))
        self.clock = time.clock(self.wrong, random.Random(rng.random()))
        self.user = self.clock.new_id()
        self.device = self.clock.new_id()
        self.scopes = scopes
        service.db.write(self._introduce)
        self.store = fresh_store(self.clock, self.user, scopes[0])
        outbox.become(self.store, self.device, "", self.user)
        self.line = Line(service, Sender(self.device, self.user), rng)
        self.engine = self._engine()

    def _introduce(self, conn: sa.Connection) -> None:
        row = {"id": self.device, "user_id": self.user, "public_key": b"", "name": "x", "enrolled_at": ""}
        conn.execute(sa.insert(DEVICE), row)
        access = dict.fromkeys(self.scopes, "write") | {DIRECTORY: "read"}
        rows = [{"user_id": self.user, "scope": s, "access": a, "ver": n} for n, (s, a) in enumerate(access.items(), 1)]
        conn.execute(sa.insert(GRANT), rows)

    def _engine(self) -> Engine:
        return Engine(self._access, self.line, self.clock, timer=lambda: 0.0)

    def _access(self, work: Any) -> Any:
        if self.line.faults and self.rng.random() < 0.02:
            raise Crash
        result = work(self.store)
        if self.line.faults and self.rng.random() < 0.02:
            raise Crash
        return result

    def sync(self) -> Outcome | None:
        """One run; None when it crashed on the way, after which everything in memory is gone."""
        try:
            return self.engine.run()
        except Crash:
            self.engine = self._engine()
            return None
