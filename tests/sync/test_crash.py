"""The power goes at every step of a sync, on either side: what was half done is done once, after a new start.

Both sides are real encrypted files, opened by a child process that ends itself at the given step.
"""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models import outbox
from models.store import Store
from server.database import Database, _sqlite_engine, prepare
from server.service import Service
from server.tables import CHANGE, RECORD_TABLES
from sync.engine import Engine
from tests.conftest import KEY
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.server.helpers import Device, columns
from tests.sim.world import Line

DONE = 77  # a child's exit code when the sync came to its end


class Power:
    """Goes at the given step; never when it is None."""

    def __init__(self, last: int | None) -> None:
        self.last, self.steps = last, 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.last:
            os._exit(1)


@dataclass
class Files:
    """A laptop's file and a server's, and who they are to each other."""

    folder: Path
    device: Any

    def sync(self, power: Power) -> bool:
        """One sync of both files, whether both sides are equal; every step may be the last."""
        store, db = _store(self.folder), _server(self.folder)
        service = Service(db, "", FrozenClock())
        _interrupt(db, power)

        def access(work: Callable[[Store], Any]) -> Any:
            power.step()
            result = work(store)
            power.step()
            return result

        line = Line(service, self.device, random.Random(1), faults=False)
        outcome = Engine(access, line, FrozenClock(), timer=lambda: 0.0).run()
        store.close()
        db.close()
        return bool(outcome.equal)


def _store(folder: Path) -> Store:
    return Store.open(folder / "laptop.db", KEY, clock=FrozenClock(), user="Sri", home_scope=VILLAGE)


def _server(folder: Path) -> Database:
    return Database(_sqlite_engine(folder / "server.db", KEY))


def _interrupt(db: Database, power: Power) -> None:
    """Steps before and after each statement of a writing transaction, and before its commit."""

    def step(*_: object) -> None:
        power.step()

    for moment in ("before_cursor_execute", "commit"):
        sa.event.listen(db.engine, moment, step)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A laptop with new records and an edit to send, and a server with something to tell."""
    folder = tmp_path_factory.mktemp("before")
    clock, db = FrozenClock(), _server(folder)
    prepare(db.engine)
    service = Service(db, "", clock)
    device, other = Device(service), Device(service, "Dewi Anggraini")
    other.push(ins=[columns("owner", {"id": "01932f2e-0000-7000-8000-00000000000a", "name": "Dari Dewi"})])
    store = _store(folder)
    outbox.become(store, device.sender.device, "", device.sender.user)
    line = Line(service, device.sender, random.Random(1), faults=False)
    known = store.save("owner", owner(1)).first_id("owner")
    assert Engine(lambda work: work(store), line, clock, timer=lambda: 0.0).run().equal
    store.save("owner", {"id": known, "note": "diubah"})
    store.save_all([("owner", owner(2) | {"id": clock.new_id()}), ("business", business(known))])
    other.push(upd=[("owner", "01932f2e-0000-7000-8000-00000000000a", 9, 9, {"name": "Dewi lagi"})])
    store.close()
    db.close()
    return Files(folder, device.sender)


def _run_in_child(files: Files, last: int | None) -> tuple[int, int]:
    """(exit code, steps) of a sync in a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            power = Power(last)
            equal = files.sync(power)
            os.write(write, str(power.steps).encode())
            os._exit(DONE if equal else 2)
        except BaseException:
            os._exit(3)
    os.close(write)
    with os.fdopen(read) as said:
        steps = int(said.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), steps


def test_the_power_may_go_at_every_step(before: Files, tmp_path: Path) -> None:
    code, steps = _run_in_child(_copy(before, tmp_path / "whole"), None)
    assert code == DONE
    assert steps > 40

    for last in range(1, steps + 1, EACH):
        files = _copy(before, tmp_path / str(last))
        assert _run_in_child(files, last)[0] == 1
        assert _run_in_child(files, None)[0] == DONE
        _judge(files)


EACH = 9  # of about ninety; `EACH = 1` tries them all


def _copy(files: Files, folder: Path) -> Files:
    shutil.copytree(files.folder, folder)
    return Files(folder, files.device)


_MADE = sa.select(CHANGE.c.row_id).where((CHANGE.c.op == "ins") & (CHANGE.c.entity.in_(("owner", "business"))))


def _judge(files: Files) -> None:
    """Everything is there once."""
    db, store = _server(files.folder), _store(files.folder)
    with db.read() as conn:
        counts = [len(conn.execute(sa.select(RECORD_TABLES[name])).all()) for name in ("owner", "business")]
        made = conn.execute(_MADE).scalars().all()
    assert (counts, len(made), len(set(made)), outbox.waiting(store)) == ([3, 1], 4, 4, 0)
    assert {row["name"] for row in store.find("owner")} == {"Siti Contoh 1", "Siti Contoh 2", "Dewi lagi"}
    store.close()
    db.close()
