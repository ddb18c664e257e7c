"""A saved form against one bare committed row in an equally encrypted file on the same disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, interleaved, ratio
from models import database
from models.store import Store
from tests.fakes import VILLAGE, business, owner

ROUNDS = 200
KEY = bytes(range(32))


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        bare = database.connect(Path(folder) / "bare.db", KEY)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        names = [f"c{n}" for n in range(26)]
        bare.execute(f"CREATE TABLE row (id TEXT PRIMARY KEY, {', '.join(names)})")
        store = Store.open(Path(folder) / "store.db", KEY, user="Sri", home_scope=VILLAGE)
        count = iter(range(10_000))

        def one_row() -> None:
            n = next(count)
            bare.execute(f"INSERT INTO row VALUES ({', '.join('?' * 27)})", [str(n), *(f"value {n}" for _ in names)])
            bare.commit()

        def owner_form() -> None:
            store.save("owner", owner(next(count)))

        def both() -> None:
            n = next(count)
            first = owner(n) | {"id": store.clock.new_id()}
            store.save_all([("owner", first), ("business", business(first["id"], n))])

        plain, single, form = interleaved(ROUNDS, one_row, owner_form, both)
        yield Figure("one bare committed encrypted row", round(plain, 2), "ms")
        yield ratio("a saved owner / bare row", single, plain, 3)
        yield ratio("a saved form (owner and business) / bare row", form, plain, 3)
        store.close()
        bare.close()
