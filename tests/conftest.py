"""Fixtures that every test may use."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from models import database, packs
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock
from tests.shelf import StoreFiles, path_of

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


@pytest.fixture(scope="session")
def store_files(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> StoreFiles:
    """The open files that go from test to test."""
    return StoreFiles(empty_store, KEY, lambda: tmp_path_factory.mktemp("store"))


@pytest.fixture
def store(store_files: StoreFiles, clock: FrozenClock) -> Iterator[Store]:
    """A real encrypted store in a file, empty, of an invented Kasie of Patokan."""
    conn = store_files.take()
    yield Store(database.wrap(conn), KEY, clock=clock, user=USER, home_scope=VILLAGE)
    store_files.give_back(conn)


@pytest.fixture
def store_path(store: Store) -> Path:
    """Where the store's file is; blobs stand beside it."""
    return path_of(store.db.conn)


@pytest.fixture
def shipped_lists() -> Iterator[None]:
    """The lists that ship with the program count again once the test is over."""
    yield
    packs.use((), date.min)
