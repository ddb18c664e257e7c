"""One seed from beginning to end: a time of trouble, then a quiet time in which all must agree."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from models.clock import Clock
from server.service import Service
from tests.sim import oracles
from tests.sim.people import Witness, act
from tests.sim.world import SCOPES, Laptop, Time, fresh_server

STEPS = 40
QUIET_ROUNDS = 2  # in the first everybody hands in, in the second everybody hears of it


@dataclass(frozen=True, slots=True)
class Result:
    """How much happened in a seed, and how the server's scopes stand at its end: head, count, sum."""

    edits: int
    conflicts: int
    sums: dict[str, tuple[int, int, int]]


def run(seed: int, make_server: Callable[[Clock], Service] = fresh_server) -> Result:
    """Plays one seed; `oracles.Broken` when something does not hold."""
    rng = random.Random(seed)
    time = Time()
    service = make_server(time.clock(rng=random.Random(seed + 1)))
    witness = Witness()
    laptops = [
        Laptop(n, service, time, random.Random(rng.random()), SCOPES if n % 3 == 2 else SCOPES[:1])
        for n in range(rng.randint(3, 6))
    ]
    for laptop in laptops:
        laptop.line.before_answer = lambda laptop=laptop: _type_meanwhile(laptop, witness, rng)
    for _ in range(STEPS):
        time.now += timedelta(seconds=rng.choice((0, 1, 60, 4000)))
        laptop = rng.choice(laptops)
        if rng.random() < 0.65:
            act(laptop, witness, rng)
            continue
        outcome = laptop.sync()
        oracles.no_half_batch_on_server(service, witness)
        if outcome is not None and not outcome.offline:
            oracles.require(outcome.reason is None, f"laptop {laptop.number}: {outcome.reason}")
            oracles.require(not outcome.compared_anew, f"laptop {laptop.number}: {outcome.compared_anew} went astray")
            oracles.no_half_batch_on_laptop(laptop, witness)
    _quiet(laptops)
    oracles.all_equal(service, laptops)
    oracles.no_gap(service)
    oracles.nothing_lost(service, witness)
    for laptop in laptops:
        oracles.nothing_left(laptop)
        laptop.store.close()
    conflicts = [row for row in oracles.on_server(service) if row["_entity"] == "conflict"]
    sums = oracles.sums(service)
    service.db.close()
    return Result(witness.count, len(conflicts), sums)


def _type_meanwhile(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    if laptop.line.faults and rng.random() < 0.5:
        act(laptop, witness, rng)


def _quiet(laptops: list[Laptop]) -> None:
    """The line is good: the outbox empties within a few rounds, and everybody agrees."""
    for laptop in laptops:
        laptop.line.faults = False
    for _ in range(QUIET_ROUNDS):
        for laptop in laptops:
            outcome = laptop.sync()
            good = outcome is not None and outcome.equal and not outcome.compared_anew and outcome.reason is None
            oracles.require(bool(good), f"laptop {laptop.number} cannot finish: {outcome}")
