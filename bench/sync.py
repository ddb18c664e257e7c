"""Push and pull of 10,000 businesses against a bare endpoint with the same HTTP, JSON, zstd and encrypted files.

Both client files are encrypted and carry the same full-text index; the bare side has no capture,
history, sums, merge, lanes or login, nor does its client remember what it sent. Both sides are durable
(WAL, FULL). The time of the processor, of laptop and server together, is the figure to trust on a busy machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bench.measure import Figure, ratio, timed
from models import database, outbox, sample_people
from models.clock import SYSTEM
from models.entities import ENTITIES
from models.store import Store
from sync import enrol
from sync.engine import Engine
from sync.protocol import decode, encode, pack, unpack
from tests.fakes import VILLAGE
from tests.server.process import ServerProcess

BUSINESSES, ROUNDS, BATCH = 10_000, 3, 4_000
KEY = bytes(range(32))
SENT = ("owner", "business")


@dataclass
class Cost:
    """What each round of one thing took: milliseconds on the clock, and of the processor on both sides."""

    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])

    def add(self, server: int, work: Callable[[], object]) -> None:
        """Does the work once; `server` is the process that has a part in it."""
        before = time.process_time() + spent(server)
        self.wall.append(timed(work))
        self.cpu.append((time.process_time() + spent(server) - before) * 1000)


def spent(pid: int) -> float:
    """Seconds of the processor that another process has used, as Linux tells them; 0 elsewhere."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run() -> Iterator[Figure]:
    """Ours and the bare one in turn, each round in fresh files."""
    costs = {name: Cost() for name in ("push", "pull", "bare push", "bare pull", "empty", "full")}
    for seed in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            _bare_round(Path(folder), seed, costs)
            _round(Path(folder), seed, costs)
    wall = {name: statistics.median(cost.wall) for name, cost in costs.items()}
    cpu = {name: statistics.median(cost.cpu) for name, cost in costs.items()}
    for way, most in (("push", 2), ("pull", 1.5)):
        note = f"{wall[way] / 1000:.1f} s, bare {wall[f'bare {way}'] / 1000:.1f} s"
        yield ratio(f"{way} / bare {way}, time", wall[way], wall[f"bare {way}"], most, note)
        note = f"{cpu[way] / 1000:.1f} s, bare {cpu[f'bare {way}'] / 1000:.1f} s"
        yield ratio(f"{way} / bare {way}, processor", cpu[way], cpu[f"bare {way}"], most, note)
    yield Figure("a sync with nothing to do", round(wall["full"], 1), "ms", note=f"over {2 * BUSINESSES:,} records")
    yield ratio("the same / before there were any records", wall["full"], wall["empty"], 1.5)


def _bare_round(folder: Path, seed: int, costs: dict[str, Cost]) -> None:
    source, target = new_store(folder / "source.db"), bare_client(folder / "bare-client.db")
    sample_people.make(source, BUSINESSES, seed)
    with bare(folder) as server:
        costs["bare push"].add(server.pid, lambda: bare_push(source, server.address))
        source.close()
        costs["bare pull"].add(server.pid, lambda: bare_pull(target, server.address))
    target.conn.close()


def _round(folder: Path, seed: int, costs: dict[str, Cost]) -> None:
    server = ServerProcess(folder / "server")
    try:
        first, second = new_store(folder / "first.db"), new_store(folder / "second.db")
        reader = engine(server, "Dewi", second)
        reader.run()
        for _ in range(9):
            costs["empty"].add(server.pid, reader.run)
        sample_people.make(first, BUSINESSES, seed)
        sender, reader = engine(server, "Sri", first), engine(server, "Dewi", second)
        outcomes: list[Any] = []
        costs["push"].add(server.pid, lambda: outcomes.append(sender.run()))
        costs["pull"].add(server.pid, lambda: outcomes.append(reader.run()))
        for _ in range(9):
            costs["full"].add(server.pid, sender.run)
        assert all(outcome.equal for outcome in outcomes), outcomes
        assert second.count("business") == BUSINESSES
        first.close()
        second.close()
    finally:
        server.stop()


def new_store(path: Path) -> Store:
    return Store.open(path, KEY, user="Sri", home_scope=VILLAGE)


def engine(server: ServerProcess, name: str, store: Store) -> Engine:
    """An engine as after a new start; the account is enrolled the first time."""

    def access(work: Any) -> Any:
        return work(store)

    if enrol.link(store) is None:
        server.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
        code = server.run("code", name).replace(" ", "")
        enrol.enrol_account(access, enrol.Ticket(server.address, server.pin, code))
    link = enrol.link(store)
    assert link is not None
    assert VILLAGE in outbox.scopes(store)
    return Engine(access, link, SYSTEM)


@dataclass(frozen=True)
class BareServer:
    """A bare endpoint that listens."""

    address: str
    pid: int


@contextmanager
def bare(folder: Path) -> Iterator[BareServer]:
    """A bare endpoint with its file in a folder."""
    line = [sys.executable, "-m", "bench.bare_server", str(folder)]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield BareServer(f"http://127.0.0.1:{process.stdout.readline().strip()}", process.pid)
    process.terminate()
    process.communicate()


def bare_push(store: Store, address: str) -> None:
    http = requests.Session()
    for table in SENT:
        fields = ["id", "scope", *(f.name for f in ENTITIES[table].fields)]
        names = ", ".join(f'"{n}"' for n in fields)
        for start in range(0, BUSINESSES, BATCH):
            rows = store.query(f'SELECT {names} FROM "{table}" ORDER BY rowid LIMIT {BATCH} OFFSET {start}')
            body = {"t": table, "f": fields, "c": [list(column) for column in zip(*rows, strict=True)]}
            http.post(f"{address}/push", data=pack(encode(body)), timeout=60).raise_for_status()


def bare_client(path: Path) -> Any:
    """An equally encrypted and indexed file without the capture triggers."""
    db = database.open_database(path, KEY)
    for (name,) in db.conn.execute(
        "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'capture%'"
    ).fetchall():
        db.conn.execute(f'DROP TRIGGER "{name}"')
    return db


def bare_pull(db: Any, address: str) -> None:
    http, conn = requests.Session(), db.conn
    for table in SENT:
        after = 0
        while True:
            answer = http.get(f"{address}/pull/{table}/{after}", timeout=60, stream=True)
            page = decode(unpack(answer.raw.read(decode_content=False), "zstd"), dict[str, Any])
            if not page["c"]:
                break
            names = ", ".join(f'"{n}"' for n in page["f"])
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(page["f"]))})',
                zip(*page["c"], strict=True),
            )
            for finish in database.BEFORE_COMMIT:
                finish(db)
            conn.execute("COMMIT")
            after = page["last"]
