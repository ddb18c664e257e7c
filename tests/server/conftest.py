"""A real PostgreSQL for the tests: started once a run, each test with a database of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from server.database import Database, open_database
from tests.fakes import FrozenClock
from tests.server.shelf import Databases

OPTIONS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL; `template` is the name of a database with every table."""

    folder: Path
    template: str = "template_dampingi"

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def make(self, name: str, template: str) -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)


def binaries() -> Path:
    """Where initdb and postgres are; a machine without them fails the test, it does not skip it."""
    given = os.environ.get("PG_BIN")
    found = [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    if not found or not (found[-1] / "initdb").exists():
        pytest.fail("no PostgreSQL: install it (packaging/system-packages.txt) or set PG_BIN", pytrace=False)
    return found[-1]


def _version(path: Path) -> int:
    return int(path.parent.name.split(".")[0])


def _other_user() -> str | None:
    """PostgreSQL refuses root: somebody else starts it then."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL of this run, as a child process on a socket in a folder of its own."""
    programs, user = binaries(), _other_user()
    folder = Path(tempfile.mkdtemp(prefix="dampingi-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    prepare = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(prepare, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    settings = [part for option in OPTIONS for part in ("-c", option)]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *settings],
        user=user, cwd=folder, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _wait_until_ready(server)
        cluster = Cluster(folder)
        open_database(cluster.make(cluster.template, "template0")).close()
        yield cluster
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(server: "subprocess.Popen[str]") -> None:
    assert server.stderr
    said: list[str] = []
    for line in server.stderr:
        said.append(line)
        if "ready to accept connections" in line:
            return
    pytest.fail("PostgreSQL did not start:\n" + "".join(said), pytrace=False)


_numbers = count(1)


@pytest.fixture
def postgres_url(postgres: Cluster) -> str:
    """The URL of an empty database with every table."""
    return postgres.make(f"test_{next(_numbers)}", postgres.template)


@pytest.fixture(scope="session")
def postgres_databases(postgres: Cluster) -> Iterator[Databases]:
    """Open PostgreSQL databases that go from test to test."""
    made = Databases(lambda: open_database(postgres.make(f"shared_{next(_numbers)}", postgres.template)))
    yield made
    made.close()


@pytest.fixture
def postgres_db(postgres_databases: Databases) -> Iterator[Database]:
    """An open PostgreSQL database, empty."""
    taken = postgres_databases.take()
    yield taken
    postgres_databases.give_back(taken)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Open encrypted SQLite databases that go from test to test."""

    def make() -> Database:
        return open_database(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}", bytes(32))

    made = Databases(make)
    yield made
    made.close()


@pytest.fixture
def sqlite_db(sqlite_databases: Databases) -> Iterator[Database]:
    """An open encrypted SQLite database, empty."""
    taken = sqlite_databases.take()
    yield taken
    sqlite_databases.give_back(taken)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Database:
    """The database of this test, on both engines."""
    opened: Database = request.getfixturevalue("sqlite_db" if request.param == "sqlite" else "postgres_db")
    return opened


@pytest.fixture
def server_clock() -> FrozenClock:
    """The server's clock, standing still."""
    return FrozenClock()
