"""One seed from beginning to end: a time of trouble, then a quiet time in which all must agree."""

import gc
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from models import braking, care
from models.blob_files import BlobFolder
from models.clock import Clock
from models.events import EVENT
from server import ours, segments
from server.service import Service
from sync import segments as reading
from sync import words
from sync.engine import Outcome
from tests.sim import oracles
from tests.sim.dinas import Dinas
from tests.sim.people import Witness, act
from tests.sim.stores import AGES
from tests.sim.trouble import MOST, Trouble
from tests.sim.world import (
    DIRECTORY,
    KECAMATAN,
    SCOPES,
    Courier,
    Job,
    Laptop,
    SeededClock,
    Time,
    fresh_server,
)

STEPS = 40
ROUNDS = 6  # of good syncs: a move follows its record, and both may have to be accepted first
FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # sticks need no disk

ONE: Job = Job({SCOPES[0]: "write", DIRECTORY: "read"})
BOTH: Job = Job({SCOPES[0]: "write", SCOPES[1]: "write", DIRECTORY: "read"})
FAIR: Job = Job({SCOPES[0]: "write", KECAMATAN: "read", DIRECTORY: "read"})  # hears of events, and so may serve guests
VISITOR: Job = Job({SCOPES[1]: "write", SCOPES[0]: "read", DIRECTORY: "read"})


@dataclass(frozen=True, slots=True)
class Theme:
    """What a seed is about: so many times more of this, so that it meets itself."""

    jobs: tuple[Job, ...]
    weights: tuple[int, ...]  # of typing, syncing, sticks, mishaps, what the Dinas does, newcomers
    moves: int  # against forty other things that people do
    office: tuple[Callable[[Dinas, Laptop], None], ...] = (Dinas.regrant, Dinas.regrant, Dinas.shut_out, Dinas.forget)


THEMES = (
    Theme((ONE,), (60, 34, 3, 2, 2, 1), 0, (Dinas.lose_the_disk,)),  # everybody in one village
    Theme((BOTH, VISITOR, BOTH, ONE), (58, 35, 2, 1, 2, 1), 8),  # records on the move
    Theme((FAIR, BOTH, VISITOR, FAIR, BOTH), (60, 30, 5, 4, 3, 1), 1),
)


@dataclass(frozen=True, slots=True)
class Result:
    """How much happened in a seed, and how the server's scopes stand at its end: head, count, sum."""

    edits: int
    conflicts: int
    sums: dict[str, tuple[int, int, int]]


def run(seed: int, make_server: Callable[[Clock], Service] = fresh_server) -> Result:
    """Plays one seed; `oracles.Broken` when something does not hold."""
    with _without_collector(), _small(seed), tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        seeded = Seed(seed, make_server, Path(folder))
        try:
            return seeded.play()
        finally:
            seeded.put_away()


@contextmanager
def _without_collector() -> Iterator[None]:
    """What a seed leaves is collected between seeds; meanwhile looking for it would cost a fifth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


# What begins with many records begins with a few in some seeds: the brake, and the parts of a first reading, which cost
# more than the rest of a seed.
BRAKE = ((braking, "MOST", 0), (braking, "SHARE", 0))
PARTS = (
    (segments, "SEGMENTS_FROM", 6), (reading, "SEGMENTS_FROM", 6), (segments, "SEGMENT_ROWS", 4), (segments, "LEVEL", 1),
)  # fmt: skip


@contextmanager
def _small(seed: int) -> Iterator[None]:
    limits = {0: PARTS, 2: BRAKE, 6: BRAKE}.get(seed % 8, ())
    before = [(module, name, getattr(module, name)) for module, name, _ in limits]
    try:
        for module, name, value in limits:
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


class Seed:
    """The world of one seed, and what happens in it."""

    def __init__(self, seed: int, make_server: Callable[[Clock], Service], folder: Path) -> None:
        self.rng = rng = random.Random(seed)
        self.time = Time()
        made = make_server(SeededClock(self.time, timedelta(), random.Random(seed + 1)))
        parts = segments.Segments(made.db, BlobFolder(folder, bytes(32)), made.clock)
        self.service = replace(made, segments=parts)
        self.theme = THEMES[seed % len(THEMES)]
        self.witness = Witness(moves=self.theme.moves)
        self.courier = Courier(self.service, folder, rng)
        many = rng.random() < 0.03
        self.laptops = [self._laptop(n) for n in range(rng.randint(7, 20) if many else rng.choice((3, 3, 3, 4, 5)))]
        if FAIR in self.theme.jobs:
            self._invite()
        self.trouble = Trouble(self.laptops, self.witness, rng)
        self.dinas = Dinas(self.service, self.laptops, self.witness, rng)

    def _invite(self) -> None:
        """The kecamatan holds an event today."""
        clock = self.service.clock
        event = {"name": "Pasar", "kind": "bazaar", "held_on": clock.today().isoformat(), "state": "planned"}
        ours.write(self.service.db, clock, KECAMATAN, EVENT.name, lambda _: [event | {"id": clock.new_id()}])

    def _laptop(self, number: int) -> Laptop:
        age = self.rng.choice(tuple(AGES)) if self.rng.random() < 0.3 else "now"
        job = self.theme.jobs[number % len(self.theme.jobs)]
        made = Laptop(number, self.service, self.time, random.Random(self.rng.random()), job, age)
        made.meanwhile = self._type_meanwhile
        return made

    def _type_meanwhile(self, laptop: Laptop) -> None:
        if laptop.line.faults and self.rng.random() < 0.7:
            act(laptop, self.witness, self.rng)

    def play(self) -> Result:
        """The time of trouble, the quiet time, and what must hold then."""
        things = (self._act, self._sync, self._carry, self.trouble.strike, self._office, self._welcome)
        for _ in range(STEPS):
            self.time.now += timedelta(seconds=self.rng.choice((0, 1, 60, 4000)))
            happens = self.rng.choices(things, self.theme.weights)[0]
            happens(self.rng.choice(self.laptops))
        self._quiet()
        return self._judge()

    def _act(self, laptop: Laptop) -> None:
        for _ in range(self.rng.choice((1, 2, 3))):
            act(laptop, self.witness, self.rng)

    def _sync(self, laptop: Laptop) -> None:
        outcome = laptop.sync()
        if outcome is not None and outcome.brake and self.rng.random() < 0.7:  # somebody looks at it another time
            braking.allow(laptop.store, outcome.brake)
        oracles.no_half_batch_on_server(self.service, self.witness)
        if outcome is not None and not outcome.offline:
            self._fine(laptop, outcome)
            oracles.no_half_batch_on_laptop(laptop, self.witness)

    def _fine(self, laptop: Laptop, outcome: Outcome) -> None:
        known = (
            laptop.line.shut_out
            or outcome.brake
            or care.stranded(laptop.store)
            or (outcome.reason == words.STATUS["device-forked"] and laptop.may_be_forked)
        )
        oracles.require(outcome.reason is None or bool(known), f"laptop {laptop.number}: {outcome.reason}")
        astray = [*outcome.mended, *outcome.compared_anew]
        oracles.require(not astray, f"laptop {laptop.number}: {astray} went astray")

    def _carry(self, laptop: Laptop) -> None:
        """A stick is filled, or taken by the Dinas, or comes back."""
        match self.rng.randrange(3):
            case 0:
                self.courier.fetch(laptop)
            case 1:
                self.courier.deliver()
            case _:
                self.courier.bring()

    def _office(self, laptop: Laptop) -> None:
        self.rng.choice(self.theme.office)(self.dinas, laptop)

    def _welcome(self, _: Laptop) -> None:
        """Somebody begins to work, with an empty laptop."""
        if len(self.laptops) < MOST:
            self.laptops.append(self._laptop(len(self.laptops)))

    def _quiet(self) -> None:
        """The line is good: the outbox empties within a few rounds, and everybody agrees."""
        for laptop in self.laptops:
            laptop.line.faults = False
            if care.stranded(laptop.store):
                laptop.clock.jump(timedelta())  # somebody looks at the clock
        before: object = None
        for turn in range(ROUNDS):
            for laptop in self.laptops:
                self._finish(laptop, last=turn > 0)
            standing = oracles.sums(self.service)
            if not self.dinas.decide() and standing == before:
                return
            before = standing
        oracles.require(False, "work comes in again and again")

    def _finish(self, laptop: Laptop, *, last: bool) -> None:
        """One good sync; a laptop with a new identity begins once more."""
        outcome = laptop.sync()
        while outcome is not None and (outcome.brake or (laptop.may_be_forked and outcome.reason and not last)):
            if outcome.brake:
                braking.allow(laptop.store, outcome.brake)
            else:
                laptop.may_be_forked = False
            outcome = laptop.sync()
        equal = outcome is not None and (outcome.equal or laptop.line.shut_out)
        oracles.require(bool(equal), f"laptop {laptop.number}: {outcome}")
        self._fine(laptop, outcome)

    def _judge(self) -> Result:
        rows = oracles.on_server(self.service)
        there = [laptop for laptop in self.laptops if not laptop.line.shut_out]
        oracles.all_equal(self.service, there, rows)
        oracles.no_gap(self.service)
        oracles.no_double(self.service)
        oracles.nothing_lost(rows, self.witness)
        for laptop in there:
            oracles.nothing_left(laptop)
            oracles.nothing_foreign(laptop)
        conflicts = sum(row["_entity"] == "conflict" for row in rows)
        return Result(self.witness.count, conflicts, oracles.sums(self.service))

    def put_away(self) -> None:
        for laptop in self.laptops:
            laptop.put_away()
        self.service.db.close()
