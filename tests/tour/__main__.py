"""`python -m tests.tour`: the whole journey; leaves build/tour and exits non-zero when a step fails."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.tour.journey import Journey
from tests.tour.recorder import Recorder
from ui.app import application

TARGET = Path(sys.argv[1] if len(sys.argv) > 1 else "build/tour")


def main() -> int:
    app = application()
    with tempfile.TemporaryDirectory(prefix="dampingi-tour-") as folder:
        journey = Journey(Path(folder), Recorder(TARGET))
        try:
            ok = journey.recorder.run(journey.steps())
        finally:
            journey.close()
    app.processEvents()
    print(f"{'all' if ok else 'not all'} steps ok; pictures, papers and tour.json in {TARGET}/")
    sys.stdout.flush()
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
