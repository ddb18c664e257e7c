"""`python -m tests.sim --seeds N [--from S] [--jobs J]`: plays many seeds and says which fail; a seed replays exactly."""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from tests.sim.run import run

CHUNK = 25  # seeds that a process plays before it tells


@dataclass(frozen=True, slots=True)
class Played:
    """What became of some seeds."""

    edits: int
    conflicts: int
    failures: list[str]


def _play(first: int, last: int) -> Played:
    edits = conflicts = 0
    failures: list[str] = []
    for seed in range(first, last):
        try:
            result = run(seed)
            edits += result.edits
            conflicts += result.conflicts
        except Exception as e:
            where = traceback.extract_tb(e.__traceback__)[-1]
            failures.append(f"seed {seed}: {type(e).__name__}: {e} ({where.name})")
            if last - first == 1:
                traceback.print_exc()
    return Played(edits, conflicts, failures)


def _all(first: int, last: int, jobs: int) -> Iterator[Played]:
    parts = [(start, min(start + CHUNK, last)) for start in range(first, last, CHUNK)]
    if jobs == 1 or len(parts) == 1:
        yield from (_play(*part) for part in parts)
        return
    with ProcessPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(_play, *part) for part in parts]):
            yield done.result()


def main() -> int:
    """Plays the seeds and prints the one line that counts last."""
    parser = argparse.ArgumentParser("python -m tests.sim")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    edits = conflicts = failures = 0
    began = time.perf_counter()
    for played in _all(options.first, options.first + options.seeds, options.jobs):
        edits += played.edits
        conflicts += played.conflicts
        failures += len(played.failures)
        for failure in played.failures:
            print(failure, flush=True)
    each = (time.perf_counter() - began) / max(1, options.seeds) * 1000
    print(f"{edits} edits, {conflicts} conflicts kept, {each:.0f} ms a seed")
    print(f"seeds {options.seeds}, failures {failures}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
