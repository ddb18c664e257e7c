"""The same laptops and server under Hypothesis, which shrinks a failure to the fewest steps."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.sim import oracles
from tests.sim.people import act
from tests.sim.run import FOLDER, Seed
from tests.sim.world import fresh_server

LAPTOPS = st.integers(0, 2)
CHANCES = st.integers(0, 999)


class World(RuleBasedStateMachine):
    """What people do and what goes wrong, in any order; at the end the line is good and all must agree."""

    @initialize(seed=CHANCES)
    def begin(self, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=FOLDER)
        self.world = Seed(seed, fresh_server, Path(self.folder.name))

    @rule(laptop=LAPTOPS, chance=CHANCES)
    def somebody_types(self, laptop: int, chance: int) -> None:
        act(self.world.laptops[laptop], self.world.witness, random.Random(chance))

    @rule(laptop=LAPTOPS)
    def somebody_syncs(self, laptop: int) -> None:
        self.world._sync(self.world.laptops[laptop])

    @rule(laptop=LAPTOPS)
    def a_stick_travels(self, laptop: int) -> None:
        self.world._carry(self.world.laptops[laptop])

    @rule(laptop=LAPTOPS)
    def something_goes_wrong(self, laptop: int) -> None:
        self.world.trouble.strike(self.world.laptops[laptop])

    @rule(seconds=st.sampled_from((1, 60, 4000)))
    def time_passes(self, seconds: int) -> None:
        self.world.time.now += timedelta(seconds=seconds)

    @invariant()
    def no_half_batch(self) -> None:
        if hasattr(self, "world"):
            oracles.no_half_batch_on_server(self.world.service, self.world.witness)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world._quiet()
                self.world._judge()
            finally:
                self.world.put_away()
                self.folder.cleanup()


World.TestCase.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestWorld = World.TestCase
