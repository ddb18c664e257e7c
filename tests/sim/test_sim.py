"""Two hundred seeds hold, and every planted bug is found within fifty."""

import random

import pytest

from tests.sim.mutants import (
    MUTANTS,
    Plant,
    a_move_leaves_the_old_copy,
    acknowledgement_moves_the_base,
    bases_are_not_translated_after_a_move,
    deletion_wins,
    guests_stay,
    rows_stay_when_the_grant_ends,
    work_after_the_grant_is_dropped,
)
from tests.sim.oracles import Broken
from tests.sim.run import THEMES, run

SEEDS, PART = 200, 10
ENOUGH = 50  # seeds in which a planted bug must show
# Two people must meet over one deletion: fifty seeds of the theme in which everybody works in one village.
TRIED: dict[Plant, range] = {deletion_wins: range(0, ENOUGH * len(THEMES), len(THEMES))}
# Where the rarer ones showed when all were played in order: looked at first, to spare the seeds before.
SEEN: dict[Plant, int] = {
    a_move_leaves_the_old_copy: 4,
    acknowledgement_moves_the_base: 33,
    bases_are_not_translated_after_a_move: 28,
    deletion_wins: 15,
    guests_stay: 26,
    rows_stay_when_the_grant_ends: 4,
    work_after_the_grant_is_dropped: 26,
}


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_seeds_hold(first: int) -> None:
    results = [run(seed) for seed in range(first, first + PART)]

    assert sum(result.edits for result in results) > 10 * PART
    assert sum(result.conflicts for result in results) > 0


@pytest.mark.parametrize("plant", MUTANTS, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, random.Random(1))

    tried = TRIED.get(plant, range(ENOUGH))
    assert any(_fails(seed) for seed in (SEEN.get(plant, 0), *tried)), f"{plant.__name__} went unnoticed"


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
