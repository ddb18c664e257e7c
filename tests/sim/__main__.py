"""`python -m tests.sim --seeds N [--from S]`: plays many seeds and says which fail; a seed replays exactly."""

import argparse
import sys
import time
import traceback

from tests.sim.run import run


def main() -> int:
    """Plays the seeds and prints the one line that counts last."""
    parser = argparse.ArgumentParser("python -m tests.sim")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--from", type=int, default=0, dest="first")
    options = parser.parse_args()
    failures = edits = conflicts = 0
    began = time.perf_counter()
    for seed in range(options.first, options.first + options.seeds):
        try:
            result = run(seed)
            edits += result.edits
            conflicts += result.conflicts
        except Exception as e:
            failures += 1
            where = traceback.extract_tb(e.__traceback__)[-1]
            print(f"seed {seed}: {type(e).__name__}: {e} ({where.name})")
            if options.seeds == 1:
                traceback.print_exc()
    each = (time.perf_counter() - began) / max(1, options.seeds) * 1000
    print(f"{edits} edits, {conflicts} conflicts kept, {each:.0f} ms a seed")
    print(f"seeds {options.seeds}, failures {failures}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
