"""What goes wrong with laptops: clocks jump, the power fails, copies come back, a copy goes on living beside the first."""

import random
from collections.abc import Callable
from typing import Any

from tests.sim.people import Witness
from tests.sim.world import Laptop, wrong


class Trouble:
    """Whoever keeps laptops running, and fails to."""

    def __init__(self, laptops: list[Laptop], witness: Witness, rng: random.Random) -> None:
        self.laptops, self.witness, self.rng = laptops, witness, rng
        # Each with the age of its program and the length of the journal.
        self.snapshots: list[tuple[Laptop, Any, str, int]] = []

    def strike(self, laptop: Laptop) -> None:
        """Something goes wrong here."""
        sorts: tuple[Callable[[Laptop], None], ...]
        sorts = (self._jump, Laptop.restart, self._save_copy, self._bring_back, self._update, self._clone)
        self.rng.choice(sorts)(laptop)

    def _jump(self, laptop: Laptop) -> None:
        laptop.clock.jump(wrong(self.rng))

    def _update(self, laptop: Laptop) -> None:
        if laptop.age == "older":
            laptop.update()

    def _save_copy(self, laptop: Laptop) -> None:
        self.snapshots.append((laptop, laptop.snapshot(), laptop.age, len(self.witness.journal)))

    def _bring_back(self, _: Laptop) -> None:
        if self.snapshots and not self.witness.restored:
            laptop, snapshot, age, length = self.rng.choice(self.snapshots)
            if laptop.line.shut_out:
                return
            self.witness.forget(laptop, length)
            laptop.restore(snapshot, age)

    def _clone(self, laptop: Laptop) -> None:
        """Somebody copies an account to another laptop, and both go on."""
        if not (laptop.line.shut_out or self.witness.restored) and len(self.laptops) < MOST:
            self.laptops.append(laptop.twin(len(self.laptops)))


MOST = 6  # laptops that may be cloned
