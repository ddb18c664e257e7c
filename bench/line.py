"""Sync over a line of 100 ms and 4 Mbit/s, ours beside the bare endpoint, each behind a throttle of its own.

The throttle delays for real: every byte waits for its turn at the line's speed and half a round trip, and a
new connection waits a whole one for its handshake. TCP's slow start is left out, for both alike.
"""

import queue
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from typing_extensions import override

from bench.measure import Figure, below, ratio, timed
from bench.sync import BUSINESSES, bare, bare_client, bare_pull, bare_push, engine, new_store
from models import sample_people
from models.clock import SYSTEM
from models.store import Store
from sync import enrol
from sync.engine import Engine
from sync.transport import HttpLink, Wire
from tests.server.process import ServerProcess
from tests.server.relay import Relay

ROUND_TRIP, RATE = 0.1, 4_000_000 / 8  # seconds, bytes in a second each way
PIECE = 4096  # bytes, 8 ms of the line
EDITS = BUSINESSES // 100
SEED = 1


class SlowLine(Relay):
    """Hands bytes on between a laptop and a server, as late as the line would; counts them."""

    def __init__(self, address: str) -> None:
        self.passed = 0  # bytes, both ways, with the headers of HTTP
        super().__init__(address)

    @override
    def join(self, laptop: socket.socket, server: socket.socket) -> None:
        begun = time.monotonic() + ROUND_TRIP
        for source, target in ((laptop, server), (server, laptop)):
            pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
            threading.Thread(target=self._read, args=(source, pieces, begun), daemon=True).start()
            threading.Thread(target=self._write, args=(target, pieces), daemon=True).start()

    def _read(self, source: socket.socket, pieces: "queue.SimpleQueue[tuple[float, bytes]]", free: float) -> None:
        """Says of each piece when it is out at the other end; `free` is when the line is."""
        with suppress(OSError):
            while data := source.recv(PIECE):
                self.passed += len(data)
                free = max(free, time.monotonic()) + len(data) / RATE
                pieces.put((free + ROUND_TRIP / 2, data))
        pieces.put((0, b""))

    @staticmethod
    def _write(target: socket.socket, pieces: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
        with suppress(OSError):
            while (piece := pieces.get())[1]:
                time.sleep(max(0.0, piece[0] - time.monotonic()))
                target.sendall(piece[1])
            target.shutdown(socket.SHUT_WR)


@contextmanager
def _slow(address: str) -> Iterator[SlowLine]:
    line = SlowLine(address)
    yield line
    line.close()


def run() -> Iterator[Figure]:
    """One round in fresh files: the line's own time outweighs what the machine is busy with."""
    with tempfile.TemporaryDirectory() as folder:
        push, pull = _bare_times(Path(folder))
        yield from _ours(Path(folder), push, pull)


def _bare_times(folder: Path) -> tuple[float, float]:
    source, target = new_store(folder / "bare-source.db"), bare_client(folder / "bare-client.db")
    sample_people.make(source, BUSINESSES, SEED)
    with bare(folder) as server, _slow(server.address) as line:
        times = timed(lambda: bare_push(source, line.address)), timed(lambda: bare_pull(target, line.address))
    source.close()
    target.conn.close()
    return times


def _ours(folder: Path, bare_push_ms: float, bare_pull_ms: float) -> Iterator[Figure]:
    server = ServerProcess(folder / "server")
    first, second = new_store(folder / "first.db"), new_store(folder / "second.db")
    sample_people.make(first, BUSINESSES, SEED)
    for name, store in (("Sri", first), ("Dewi", second)):
        engine(server, name, store)
    with _slow(server.address) as line:
        sending, reading = _over(line, first), _over(line, second)
        push, pull = timed(sending.run), timed(reading.run)
        assert second.count("business") == BUSINESSES
        note = f"{push / 1000:.1f} s, bare {bare_push_ms / 1000:.1f} s"
        yield ratio("push / bare push over 100 ms and 4 Mbit/s", push, bare_push_ms, 2, note)
        note = f"{pull / 1000:.1f} s, bare {bare_pull_ms / 1000:.1f} s"
        yield ratio("pull / bare pull over 100 ms and 4 Mbit/s", pull, bare_pull_ms, 1.5, note)
        some = [row["id"] for row in first.find("business")[:EDITS]]
        first.save_all(("business", {"id": row_id, "note": f"Catatan {n}"}) for n, row_id in enumerate(some))
        yield Figure(f"push of {EDITS} edits over that line", round(timed(sending.run)), "ms")
        yield Figure("pull of them over that line", round(timed(reading.run)), "ms")
        before = line.passed
        took = min(timed(sending.run) for _ in range(5))
        # Below two round trips there was one.
        yield below("a sync with nothing to do over that line", took / (ROUND_TRIP * 1000), "RTT", 2)
        yield Figure("bytes of it with HTTP", round((line.passed - before) / 5), "B")
    for store in (first, second):
        store.close()
    server.stop()


def _over(line: SlowLine, store: Store) -> Engine:
    """An engine as after a new start, behind the throttle."""
    direct = enrol.link(store)
    assert direct is not None
    identity = direct._identity  # noqa: SLF001 - the same laptop by another way
    return Engine(lambda work: work(store), HttpLink(Wire(line.address, ""), identity), SYSTEM)
