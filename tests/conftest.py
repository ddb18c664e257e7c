"""Fixtures that every test may use."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from models import packs
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock

KEY = bytes(range(32))
USER = "Sri Wahyuni"

# Each run looks at other examples; `pytest --hypothesis-profile long` looks at many.
_SHARED = (HealthCheck.function_scoped_fixture,)
settings.register_profile("suite", max_examples=25, deadline=None, suppress_health_check=_SHARED)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=_SHARED)
settings.load_profile("suite")


@pytest.fixture
def clock() -> FrozenClock:
    """Tuesday 24 November 2026, 09.42 WIB, until it is told to go on."""
    return FrozenClock()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty encrypted file that each store starts as a copy of: making one costs more."""
    path = tmp_path_factory.mktemp("template") / "data.db"
    Store.open(path, KEY).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path, clock: FrozenClock) -> Iterator[Store]:
    """A real encrypted store in a file, of an invented Kasie of Patokan."""
    path = tmp_path / "data.db"
    shutil.copy(empty_store, path)
    opened = Store.open(path, KEY, clock=clock, user=USER, home_scope=VILLAGE)
    yield opened
    opened.close()


@pytest.fixture
def shipped_lists() -> Iterator[None]:
    """The lists that ship with the program count again once the test is over."""
    yield
    packs.use((), date.min)
