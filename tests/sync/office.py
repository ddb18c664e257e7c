"""An office in one process: a real server in memory and laptops with real stores, joined without sockets."""

import random
from datetime import timedelta
from typing import Any

from models import outbox
from models.store import Store
from server import staff
from server.service import Service
from sync.engine import Engine, Outcome
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device
from tests.sim.stores import MemoryDatabase, fresh_store, put_away
from tests.sim.world import Line, fresh_server


class Office:
    """A server and its people."""

    def __init__(self, clock: FrozenClock) -> None:
        self.clock = clock
        self.service: Service = fresh_server(clock)
        self._stores: list[Store] = []

    def laptop(self, name: str = "Sri Wahyuni", wrong: timedelta = timedelta()) -> "Laptop":
        return Laptop(self, name, wrong)

    def store(self, clock: FrozenClock, user: str) -> Store:
        made = fresh_store(clock, user, VILLAGE)
        self._stores.append(made)
        return made

    def backup(self) -> Any:
        """The server's database as it stands."""
        assert isinstance(self.service.db, MemoryDatabase)
        return self.service.db.backup()

    def bring_back(self, copy: Any) -> None:
        """The server comes back from a backup."""
        assert isinstance(self.service.db, MemoryDatabase)
        self.service.db.restore(copy)
        staff.renew_epochs(self.service.db, self.clock)

    def close(self) -> None:
        """Nobody needs this office any more."""
        for store in self._stores:
            put_away(store)
        self.service.db.close()

    def sums(self) -> dict[str, tuple[int, int]]:
        device = Device(self.service, "Pembaca", "viewer")
        return {scope: (check.count, check.sum) for scope, check in device.pull().check.items()}


class Laptop:
    """An enrolled laptop."""

    def __init__(self, office: Office, name: str, wrong: timedelta) -> None:
        self.office = office
        self.clock = FrozenClock(office.clock.now() + wrong)
        self.device = Device(office.service, name)
        self.store = office.store(self.clock, self.device.sender.user)
        outbox.become(self.store, self.device.sender.device, "", self.device.sender.user)
        self.line = Line(office.service, self.device.sender, random.Random(1), faults=False)
        self.engine = Engine(lambda work: work(self.store), self.line, self.clock, timer=lambda: 0.0)

    def sync(self) -> Outcome:
        return self.engine.run()

    def save(self, entity: str, **values: Any) -> str:
        return self.store.save(entity, values).first_id(entity)

    def get(self, entity: str, row_id: str) -> dict[str, Any]:
        found = self.store.get(entity, row_id)
        assert found is not None
        return found
