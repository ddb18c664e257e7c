"""Two hundred seeds hold, and every planted bug is found within fifty."""

import random

import pytest

from tests.sim.mutants import MUTANTS, Plant, deletion_wins
from tests.sim.oracles import Broken
from tests.sim.run import THEMES, run

SEEDS, PART = 200, 10
ENOUGH = 50  # seeds in which a planted bug must show
# Two people must meet over one deletion: fifty seeds of the theme in which everybody works in one village.
TRIED: dict[Plant, range] = {deletion_wins: range(0, ENOUGH * len(THEMES), len(THEMES))}


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_seeds_hold(first: int) -> None:
    results = [run(seed) for seed in range(first, first + PART)]

    assert sum(result.edits for result in results) > 10 * PART
    assert sum(result.conflicts for result in results) > 0


@pytest.mark.parametrize("plant", MUTANTS, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, random.Random(1))

    assert any(_fails(seed) for seed in TRIED.get(plant, range(ENOUGH))), f"{plant.__name__} went unnoticed"


def _fails(seed: int) -> bool:
    try:
        run(seed)
    except Broken:
        return True
    return False


def test_a_seed_replays_exactly_whatever_was_played_before() -> None:
    first = run(7)
    run(8)

    assert run(7) == first
