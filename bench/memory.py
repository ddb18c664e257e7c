"""The most memory that a laptop needs to send and to read 50,000 businesses with their owners, without Qt.

Each direction runs in a process of its own that does nothing else; the file was filled by another one.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, below
from bench.sync import engine, new_store
from models import sample_people
from tests.server.process import ServerProcess

BUSINESSES, SEED = 50_000, 1
MOST = 80  # MB


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = ServerProcess(folder / "server")
        for who, businesses, way in (("Sri", BUSINESSES, "push"), ("Dewi", 0, "pull")):
            file = folder / f"{who}.db"
            store = new_store(file)
            sample_people.make(store, businesses, SEED)
            engine(server, who, store)
            store.close()
            line = [sys.executable, "-m", "bench.one_sync", str(file)]
            peak = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True)
            yield below(f"peak memory of a {way} of {BUSINESSES:,}", int(peak.stdout) / 1024, "MB", MOST)
        server.stop()
