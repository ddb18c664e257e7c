"""One sync of one file in a process that does nothing else: `python -m bench.one_sync FILE` prints its peak in KiB."""

import sys
from pathlib import Path

from models.clock import SYSTEM
from models.store import Store
from sync import enrol
from sync.engine import Engine

KEY = bytes(range(32))


def main(file: Path) -> None:
    store = Store.open(file, KEY, user="Sri")
    link = enrol.link(store)
    assert link is not None
    outcome = Engine(lambda work: work(store), link, SYSTEM).run()
    assert outcome.equal, outcome
    store.close()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
