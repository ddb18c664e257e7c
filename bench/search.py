"""Search as it is typed over 100,000 businesses in the encrypted file."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, below, timed
from models import sample_people
from models.lists import ListQuery, page, row_ids
from models.search import best
from models.store import Store
from tests.fakes import VILLAGE

BUSINESSES = 100_000
TYPED = ("siti", "b", "batik", "0812", "keripik talas", "zzzz")
ROUNDS = 9


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.db", bytes(range(32)), user="Sri", home_scope=VILLAGE)
        sample_people.make(store, BUSINESSES, seed=1)
        for words in TYPED:
            for end in sorted({1, len(words) // 2 or 1, len(words)}):
                typed = words[:end]

                def keystroke(typed: str = typed) -> None:
                    ids = row_ids(store, ListQuery(typed))
                    page(store, ids[:50])

                def palette(typed: str = typed) -> None:
                    best(store, typed, 12)

                listed = statistics.median(timed(keystroke) for _ in range(ROUNDS))
                yield below(f"list for {typed!r} with its first page", listed, "ms", 30)
                yield below(
                    f"palette for {typed!r}", statistics.median(timed(palette) for _ in range(ROUNDS)), "ms", 30
                )
        store.close()
