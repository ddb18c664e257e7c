"""Offices for the tests of sync."""

from collections.abc import Iterator

import pytest

from tests.fakes import FrozenClock
from tests.server.process import ServerProcess
from tests.sync.office import Office


@pytest.fixture
def office(clock: FrozenClock) -> Iterator[Office]:
    """A server and nobody yet."""
    made = Office(clock)
    yield made
    made.close()


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A real server process that speaks TLS."""
    process = ServerProcess(tmp_path_factory.mktemp("central"), "--tls")
    yield process
    process.stop()
