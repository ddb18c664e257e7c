"""What sync costs on the wire: bytes of new records and edits, a sync with nothing to do, an interrupted push.

Bytes are those of the packed bodies, both ways; the records are those of the committed sample (seed 1).
"""

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.measure import Figure, below, timed
from models import outbox, sample_people
from models.clock import SYSTEM
from models.store import Store
from server import staff
from server.database import open_database
from server.push import Sender
from server.service import Service
from server.tables import DEVICE
from sync.engine import Engine
from sync.link import NotThere, Offline
from sync.protocol import (
    Hello,
    SegmentsAnswer,
    SyncAnswer,
    SyncRequest,
    VerifyAnswer,
    VerifyRequest,
    decode,
    encode,
    pack,
)
from tests.fakes import VILLAGE

BUSINESSES, INTERRUPTED, SEED = 5_000, 10_000, 1
KEY = bytes(range(32))


@dataclass
class Counted:
    """The way to a server in this process; counts what would go over the wire, and breaks when told."""

    service: Service
    sender: Sender
    up: int = 0
    down: int = 0
    batches: list[tuple[str, int]] = field(default_factory=list)  # (scope, counter), as often as each was sent
    records: int = 0
    breaks_after: int | None = None  # so many new records: then an answer is lost

    def hello(self) -> Hello:
        return self.service.hello(self.sender)

    def sync(self, request: SyncRequest) -> SyncAnswer:
        body = encode(request)
        self.up += len(pack(body))
        heads = [decode(bytes(raw), dict[str, Any]) for raw in request.batches]
        self.batches += [(head["scope"], head["ctr"]) for head in heads]
        self.records += sum(len(part["c"][0]) for head in heads for part in head.get("ins", ()))
        answer = encode(self.service.sync(self.sender, decode(body, SyncRequest)))
        self.down += len(pack(answer))
        if self.breaks_after is not None and self.records >= self.breaks_after:
            self.breaks_after = None
            raise Offline
        return decode(answer, SyncAnswer)

    def segments(self, _: str) -> SegmentsAnswer:
        raise NotThere  # all is pulled

    def verify(self, request: VerifyRequest) -> VerifyAnswer:
        return self.service.verify(self.sender, request)


def run() -> Iterator[Figure]:
    """Each figure in fresh files."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _bytes(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _interrupted(Path(folder))


def _laptop(service: Service, path: Path, name: str) -> tuple[Store, Counted, Engine]:
    user = staff.add_staff(service.db, SYSTEM, {"name": name, "role": "kasie", "region": VILLAGE}, [VILLAGE])
    device = SYSTEM.new_id()
    row = {"id": device, "user_id": user, "public_key": b"", "name": name, "enrolled_at": ""}
    service.db.write(lambda conn: conn.execute(DEVICE.insert(), row))
    store = Store.open(path, KEY, user=user, home_scope=VILLAGE)
    outbox.become(store, device, "", user)
    line = Counted(service, Sender(device, user))
    return store, line, Engine(lambda work: work(store), line)


def _bytes(folder: Path) -> Iterator[Figure]:
    service = Service(open_database(f"sqlite:///{folder / 'server.db'}", KEY), "")
    source, there, sending = _laptop(service, folder / "source.db", "Sri")
    target, here, reading = _laptop(service, folder / "target.db", "Dewi")
    sample_people.make(source, BUSINESSES, SEED)
    new = sending.run().sent
    assert reading.run().equal
    yield below("bytes up for a new record", there.up / new, "B", 125, f"{new:,} records")
    yield below("bytes down for a new record", here.down / new, "B", 125)
    businesses = source.find("business")
    source.save_all(("business", {"id": b["id"], "note": f"Catatan {n}", "contact_name": f"Kontak {n % 97}"})
                    for n, b in enumerate(businesses))  # fmt: skip
    there.up = here.down = 0
    edits = sending.run().sent
    assert reading.run().equal
    yield below("bytes up for an edit of two fields", there.up / edits, "B", 50, f"{edits:,} edits")
    yield below("bytes down for an edit of two fields", here.down / edits, "B", 50)
    there.up = there.down = 0
    took = statistics.median(timed(sending.run) for _ in range(9))
    yield Figure("bodies of a sync with nothing to do", round((there.up + there.down) / 9), "B")
    yield Figure("a sync with nothing to do, without HTTP", round(took, 1), "ms")
    for store in (source, target):
        store.close()
    service.db.close()


def _interrupted(folder: Path) -> Iterator[Figure]:
    """The answer to the request that passes nine tenths is lost; batches sent for the second time are counted."""
    service = Service(open_database(f"sqlite:///{folder / 'server.db'}", KEY), "")
    store, line, engine = _laptop(service, folder / "source.db", "Sri")
    sample_people.make(store, INTERRUPTED, SEED)
    line.breaks_after = outbox.waiting(store) * 9 // 10
    assert engine.run().offline
    assert engine.run().equal
    twice = len(line.batches) - len(set(line.batches))
    yield below("batches sent again after a break at 90 % of 10,000", twice, "", 1)
    store.close()
    service.db.close()
