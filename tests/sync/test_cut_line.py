"""The line is cut after every so many bytes, there or back: nothing is lost and nothing comes twice."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from typing_extensions import override

from models.clock import SYSTEM
from models.store import Store
from sync.engine import Engine
from sync.enrol import Ticket, enrol_account, link
from sync.transport import HttpLink, Wire
from tests.conftest import KEY
from tests.fakes import VILLAGE, owner
from tests.server.process import ServerProcess
from tests.server.relay import Relay


class FaultProxy(Relay):
    """Hands bytes on between a laptop and a server, `allowed` in each connection one way, then hangs up."""

    def __init__(self, address: str) -> None:
        self.allowed: dict[str, int | None] = {"there": None, "back": None}
        self.passed = {"there": 0, "back": 0}
        super().__init__(address)

    @override
    def join(self, laptop: socket.socket, server: socket.socket) -> None:
        for way, source, target in (("there", laptop, server), ("back", server, laptop)):
            threading.Thread(target=self._carry, args=(way, source, target), daemon=True).start()

    def _carry(self, way: str, source: socket.socket, target: socket.socket) -> None:
        left = self.allowed[way]
        with suppress(OSError):
            while data := source.recv(4096):
                part = data if left is None else data[:left]
                left = None if left is None else left - len(part)
                target.sendall(part)
                self.passed[way] += len(part)
                if left == 0:
                    break
        for side in (source, target):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path_factory.mktemp("cut"))
    yield process
    process.stop()


@pytest.fixture
def proxy(central: ServerProcess) -> Iterator[FaultProxy]:
    made = FaultProxy(central.address)
    yield made
    made.close()


def _laptop(central: ServerProcess, path: Path, name: str) -> tuple[Store, HttpLink]:
    store = Store.open(path, KEY, clock=SYSTEM, home_scope=VILLAGE)
    central.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
    code = central.run("code", name).replace(" ", "")
    enrol_account(lambda work: work(store), Ticket(central.address, central.pin, code))
    found = link(store)
    assert found is not None
    return store, found


def _engine(store: Store, to: HttpLink, address: str) -> Engine:
    """An engine as after a new start, over a line that asks for no patience."""
    return Engine(lambda work: work(store), HttpLink(Wire(address, "", lambda _: None), to._identity))


@pytest.mark.parametrize("way", ["there", "back"])
def test_the_line_may_be_cut_after_any_byte(
    central: ServerProcess, proxy: FaultProxy, tmp_path: Path, way: str
) -> None:
    store, direct = _laptop(central, tmp_path / "data.db", f"Petugas {way}")
    assert _engine(store, direct, proxy.address).run().equal
    whole = proxy.passed[way]

    saved = 0
    for allowed in range(1, whole + 600, EACH):
        saved += 1
        store.save("owner", owner(saved))
        proxy.allowed[way] = allowed
        _engine(store, direct, proxy.address).run()
    proxy.allowed[way] = None
    assert _engine(store, direct, proxy.address).run().equal

    other, its_line = _laptop(central, tmp_path / "other.db", f"Pembaca {way}")
    assert _engine(other, its_line, central.address).run().equal
    assert sorted(row["name"] for row in other.find("owner") if row["created_by"] == store.user) == sorted(
        owner(n)["name"] for n in range(1, saved + 1)
    )
    store.close()
    other.close()


EACH = 257  # bytes between two cuts
