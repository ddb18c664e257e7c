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


@pytest.fixture
def postgres_db(postgres_url: str) -> Iterator[Database]:
    """An open PostgreSQL database of this test."""
    opened = open_database(postgres_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted server file with every table, that each test's starts as a copy of."""
    path = tmp_path_factory.mktemp("server") / "server.db"
    open_database(f"sqlite:///{path}", bytes(32)).close()
    return path


@pytest.fixture
def sqlite_db(tmp_path: Path, empty_server: Path) -> Iterator[Database]:
    """An open encrypted SQLite database of this test."""
    shutil.copy(empty_server, tmp_path / "server.db")
    opened = open_database(f"sqlite:///{tmp_path / 'server.db'}", bytes(32))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Database:
    """The database of this test, on both engines."""
    opened: Database = request.getfixturevalue("sqlite_db" if request.param == "sqlite" else "postgres_db")
    return opened


@pytest.fixture
def server_clock() -> FrozenClock:
    """The server's clock, standing still."""
    return FrozenClock()
