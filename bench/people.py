"""Many owners: the hint while typing, the sweep for duplicates, the quality of an office's data."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, below, timed
from models import duplicates, hints, quality_lists, sample_people
from models.store import Store
from tests.fakes import VILLAGE

OWNERS, OFFICE, TYPED = 100_000, 10_000, 200
FIELDS = ("name", "nik", "phone", "village", "birth_date")


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _people(Path(folder))
        yield from _quality(Path(folder))


def _open(file: Path, owners: int) -> Store:
    store = Store.open(file, bytes(range(32)), user="Sri", home_scope=VILLAGE)
    sample_people.make(store, owners)
    return store


def _people(folder: Path) -> Iterator[Figure]:
    store = _open(folder / "many.db", OWNERS)
    took = timed(lambda: duplicates.sweep(store))
    note = f"{duplicates.count(store)} pairs"
    yield below(f"full sweep for duplicates over {OWNERS:,} owners", took / 1000, "s", 60, note)
    rows = store.query(f"SELECT {', '.join(FIELDS)} FROM owner LIMIT {TYPED} OFFSET {OWNERS // 2}")
    typed = [dict(zip(FIELDS, row, strict=True)) for row in rows]
    times = sorted(timed(lambda row=row: hints.already_there(store, row)) for row in typed)
    note = f"95th of 100: {times[int(TYPED * 0.95)]:.1f} ms"
    yield below("hint while typing: every field filled", statistics.median(times), "ms", 15, note)
    store.close()


def _quality(folder: Path) -> Iterator[Figure]:
    store = _open(folder / "office.db", OFFICE)
    first = timed(lambda: quality_lists.records(store))
    yield Figure(f"quality of {OFFICE:,} businesses, judged for the first time", round(first / 1000, 2), "s")
    again = statistics.median(timed(lambda: quality_lists.records(store)) for _ in range(5))
    yield below(f"quality of {OFFICE:,} businesses, counted again", again, "ms", 500)
    store.close()
