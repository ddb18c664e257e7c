"""Push and pull of 10,000 businesses against a bare endpoint with the same HTTP, JSON, zstd and encrypted files.

Both client files are encrypted and carry the same full-text index; the bare side has no capture,
history, sums, merge, lanes or login. Both sides are durable (WAL, FULL).
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


def run() -> Iterator[Figure]:
    """Ours and the bare one in turn, each round in fresh files."""
    times: dict[str, list[float]] = {name: [] for name in ("push", "pull", "bare push", "bare pull", "no-op")}
    for seed in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            _round(Path(folder), seed, times)
    middle = {name: statistics.median(found) for name, found in times.items()}
    yield Figure("bare push of 10,000 businesses with their owners", round(middle["bare push"]), "ms")
    yield Figure("bare pull of the same", round(middle["bare pull"]), "ms")
    yield ratio("push / bare push", middle["push"], middle["bare push"], 2)
    yield ratio("pull / bare pull", middle["pull"], middle["bare pull"], 1.5)
    yield Figure("a sync with nothing to do", round(middle["no-op"], 1), "ms")


def _round(folder: Path, seed: int, times: dict[str, list[float]]) -> None:
    with _bare(folder) as address:
        source = _store(folder / "source.db")
        sample_people.make(source, BUSINESSES, seed)
        times["bare push"].append(timed(lambda: _bare_push(source, address)))
        source.close()
        target = _bare_client(folder / "bare-client.db")
        times["bare pull"].append(timed(lambda: _bare_pull(target, address)))
        target.conn.close()
    server = ServerProcess(folder / "server")
    try:
        first, second = _store(folder / "first.db"), _store(folder / "second.db")
        sample_people.make(first, BUSINESSES, seed)
        ours = [_engine(server, name, store) for name, store in (("Sri", first), ("Dewi", second))]
        outcomes: list[Any] = []
        times["push"].append(timed(lambda: outcomes.append(ours[0].run())))
        times["pull"].append(timed(lambda: outcomes.append(ours[1].run())))
        times["no-op"].append(statistics.median(timed(ours[0].run) for _ in range(9)))
        assert all(outcome.equal for outcome in outcomes), outcomes
        assert second.count("business") == BUSINESSES
        first.close()
        second.close()
    finally:
        server.stop()


def _store(path: Path) -> Store:
    return Store.open(path, KEY, user="Sri", home_scope=VILLAGE)


def _engine(server: ServerProcess, name: str, store: Store) -> Engine:
    server.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
    code = server.run("code", name).replace(" ", "")

    def access(work: Any) -> Any:
        return work(store)

    enrol.enrol_account(access, enrol.Ticket(server.address, server.pin, code))
    link = enrol.link(store)
    assert link is not None
    assert VILLAGE in outbox.scopes(store)
    return Engine(access, link, SYSTEM)


@contextmanager
def _bare(folder: Path) -> Iterator[str]:
    line = [sys.executable, "-m", "bench.bare_server", str(folder)]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.terminate()
    process.communicate()


def _bare_push(store: Store, address: str) -> None:
    http = requests.Session()
    for table in SENT:
        fields = ["id", "scope", *(f.name for f in ENTITIES[table].fields)]
        names = ", ".join(f'"{n}"' for n in fields)
        for start in range(0, BUSINESSES, BATCH):
            rows = store.query(f'SELECT {names} FROM "{table}" ORDER BY rowid LIMIT {BATCH} OFFSET {start}')
            body = {"t": table, "f": fields, "c": [list(column) for column in zip(*rows, strict=True)]}
            http.post(f"{address}/push", data=pack(encode(body)), timeout=60).raise_for_status()


def _bare_client(path: Path) -> Any:
    """An equally encrypted and indexed file without the capture triggers."""
    db = database.open_database(path, KEY)
    for (name,) in db.conn.execute(
        "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'capture%'"
    ).fetchall():
        db.conn.execute(f'DROP TRIGGER "{name}"')
    return db


def _bare_pull(db: Any, address: str) -> None:
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
