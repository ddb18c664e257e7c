"""`python -m tests.tour`: the whole journey; leaves build/tour and exits non-zero when a step fails."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.tour.journey import Journey
from tests.tour.recorder import Recorder
from ui.app import application

ABOUT = """Walks the whole journey, from the first run to the paper in the owner's hand, offscreen on a real server.
It leaves pictures, papers and tour.json, and exits with 1 when a step fails."""


def main(words: list[str] | None = None) -> int:
    """Walks every step; 1 when one failed."""
    parser = argparse.ArgumentParser("python -m tests.tour", description=ABOUT)
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path("build/tour"), help="for what it leaves; default: %(default)s"
    )
    target: Path = parser.parse_args(words).folder
    app = application()
    with tempfile.TemporaryDirectory(prefix="dampingi-tour-") as folder:
        journey = Journey(Path(folder), Recorder(target))
        try:
            ok = journey.recorder.run(journey.steps())
        finally:
            journey.close()
    app.processEvents()
    print(f"{'all' if ok else 'not all'} steps ok; pictures, papers and tour.json in {target}/")
    sys.stdout.flush()
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
