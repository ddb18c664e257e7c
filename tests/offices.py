"""The sample office as a file that is made once a run and copied wherever a test opens it: making one costs more."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models import sample
from models.store import Store
from tests.fakes import FrozenClock

KEY = bytes(range(32))
USER = "Sri Wahyuni"


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.db"
        store = _opened(path, FrozenClock(sample.MOMENT))
        sample.build(store)
        store.close()
        return path.read_bytes()


def _opened(path: Path, clock: FrozenClock) -> Store:
    return Store.open(path, KEY, clock=clock, user=USER, home_scope=sample.SCOPE)


def sample_office(folder: Path, clock: FrozenClock | None = None) -> Store:
    """A copy of the sample office in a folder, opened; its clock stands at the office's minute."""
    path = folder / "data.db"
    path.write_bytes(_made())
    return _opened(path, clock or FrozenClock(sample.MOMENT))
