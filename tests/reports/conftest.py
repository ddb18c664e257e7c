"""The sample office on paper."""

from collections.abc import Iterator

import pytest

from models.store import Store
from tests.reports import gallery
from tests.reports.printed import Gallery


@pytest.fixture(scope="session")
def papers() -> Iterator[Gallery]:
    """Every paper, for tests that only read them."""
    with gallery.office() as store:
        yield Gallery(store)


@pytest.fixture
def office() -> Iterator[Store]:
    """The sample office for a test that writes into it."""
    with gallery.office() as store:
        yield store
