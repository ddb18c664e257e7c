"""SQLite and PostgreSQL behave alike; on PostgreSQL, many writers and a reader miss nothing."""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa

from models.clock import Clock
from server import push as push_module
from server.database import Database, open_database
from server.service import Service
from server.tables import CHANGE, FIXED
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, service_on
from tests.sim.run import run
from tests.sim.world import serve


# One seed of each theme in which the server does not come back from a backup: only the simulation's own store can.
@pytest.mark.parametrize("seed", [9, 11, 13])
def test_the_same_trace_ends_in_the_same_sums_on_both_engines(postgres_url: str, seed: int) -> None:
    def on_postgresql(clock: Clock) -> Service:
        return serve(open_database(postgres_url), clock)

    assert run(seed, on_postgresql) == run(seed)


# `PROOF_ROWS=200000 pytest -k "miss"` proves it with as many rows, which takes about six minutes on two cores;
# a control shows that the test bites.
WRITERS, ROWS = 8, 10
BATCHES = max(1, int(os.environ.get("PROOF_ROWS", "640")) // (WRITERS * ROWS))


def test_a_global_sequence_does_miss_rows(postgres_url: str) -> None:
    """The control: the same writers and reader over a `bigserial`, whose numbers are taken before the commits."""
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        conn.execute("CREATE TABLE control (n bigserial PRIMARY KEY)")
    threads = [threading.Thread(target=_write_control, args=(postgres_url, n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    seen, cursor, alive = 0, 0, True
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        while alive:
            alive = any(thread.is_alive() for thread in threads)
            found = [n for (n,) in conn.execute("SELECT n FROM control WHERE n > %s ORDER BY n", (cursor,))]
            seen += len(found)
            cursor = max(found, default=cursor)

    assert seen < WRITERS * 20


def _write_control(url: str, writer: int) -> None:
    pauses = random.Random(writer)
    with psycopg.connect(url, autocommit=True) as conn:
        for _ in range(20):
            with conn.transaction():
                conn.execute("INSERT INTO control DEFAULT VALUES")
                time.sleep(pauses.random() * 0.006)


def test_writers_with_pauses_and_a_polling_reader_miss_nothing(
    postgres_db: Database, server_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A global sequence loses about a fifth of the rows here: numbers are taken before commits."""
    here = service_on(postgres_db, server_clock)
    writers = [Device(here, f"Petugas {n}") for n in range(WRITERS)]
    reader = Device(here, "Pembaca")
    close = push_module._close
    pauses = random.Random(1)

    def slow_close(*args: object) -> None:
        time.sleep(pauses.random() * 0.003)  # the pause between taking numbers and committing is the point
        close(*args)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(push_module, "_close", slow_close)
    threads = [threading.Thread(target=_write, args=(device, n)) for n, device in enumerate(writers)]
    for thread in threads:
        thread.start()
    seen = _poll(reader, threads)
    for thread in threads:
        thread.join()

    assert len(seen) == WRITERS * BATCHES * ROWS
    with postgres_db.read() as conn:
        numbers = conn.execute(sa.select(CHANGE.c.seq).where(CHANGE.c.scope == VILLAGE)).scalars().all()
    assert sorted(numbers) == list(range(1, len(seen) + 1))


def _write(device: Device, writer: int) -> None:
    for batch in range(BATCHES):
        rows = [{"id": f"{writer:08x}-{batch:04x}-7000-8000-{n:012x}", "name": f"Usaha {n}"} for n in range(ROWS)]
        assert device.push(ins=[columns("owner", *rows)]).status == "done"


def _poll(reader: Device, threads: list[threading.Thread]) -> set[str]:
    """Pulls from where the last pull ended until the writers are done, and once more."""
    seen: set[str] = set()
    cursor, alive = 0, True
    while alive:
        alive = any(thread.is_alive() for thread in threads)
        answer = reader.pull(cursor)
        for page in answer.pages:
            cursor = page.cursor
            for part in page.ins:
                seen |= set(part.c[0])
    return seen


@contextmanager
def _columns_dropped(db: Database, table: str, *names: str) -> Iterator[None]:
    """A database of an older version: without some columns."""
    with db.engine.begin() as conn:
        for name in names:
            conn.execute(sa.text(f'ALTER TABLE "{table}" DROP COLUMN "{name}"'))
    yield


def test_an_older_database_gets_the_columns_it_lacks_and_fills_them(postgres_url: str) -> None:
    older = open_database(postgres_url)
    row = {
        "scope": VILLAGE, "id": "01932f2e-0000-7000-8000-000000000001", "extra": '{"rt":5,"shoe_size":41}',
        "_seq": 1, "_created": 1, "_h": 0,
    }  # fmt: skip
    with _columns_dropped(older, "owner", "rt", "note"), older.engine.begin() as conn:
        names = ", ".join(f'"{n}"' for n in row)
        marks = ", ".join(f":{n}" for n in row)
        conn.execute(sa.text(f"INSERT INTO owner ({names}) VALUES ({marks})"), row)
    older.close()

    newer = open_database(postgres_url)
    with newer.read() as conn:
        found = conn.execute(sa.text("SELECT rt, note, extra FROM owner")).one()
    newer.close()
    assert tuple(found) == (5, None, '{"shoe_size":41}')


def test_the_migrations_make_the_tables_that_the_code_expects(db: Database) -> None:
    inspector = sa.inspect(db.engine)

    for name, table in FIXED.tables.items():
        made = {c["name"]: c["nullable"] for c in inspector.get_columns(name)}
        assert made == {c.name: c.nullable for c in table.columns}, name
        assert set(inspector.get_pk_constraint(name)["constrained_columns"]) == {c.name for c in table.primary_key}


def test_a_refused_transaction_is_tried_again(postgres_db: Database, server_clock: FrozenClock) -> None:
    device = Device(service_on(postgres_db, server_clock))
    strict = Database(postgres_db.engine.execution_options(isolation_level="SERIALIZABLE"))
    object.__setattr__(device.service, "db", strict)
    others = [Device(device.service, f"Petugas {n}") for n in range(3)]
    threads = [threading.Thread(target=_write, args=(other, n)) for n, other in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert device.pull().check[VILLAGE].count == len(others) * BATCHES * ROWS
