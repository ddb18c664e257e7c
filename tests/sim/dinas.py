"""What the Dinas does meanwhile: changes grants, shuts laptops out, forgets deletions, brings its server back."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from server import holding, push, staff, tombstones
from server.service import Service
from server.tables import DEVICE, GRANT
from sync.protocol import Access
from tests.sim.oracles import require, standing
from tests.sim.people import Witness
from tests.sim.stores import MemoryDatabase
from tests.sim.world import SCOPES, Job, Laptop


class Dinas:
    """The people at the server."""

    def __init__(self, service: Service, laptops: list[Laptop], witness: Witness, rng: random.Random) -> None:
        self.service, self.laptops, self.witness, self.rng = service, laptops, witness, rng
        self.backup: Any = None

    def regrant(self, laptop: Laptop) -> None:
        """Somebody works for another village from now on, or only reads there, or not any more."""
        scope = SCOPES[1]
        if laptop.job.scopes.get(SCOPES[0]) == "write":
            access: Access | None = self.rng.choice(("write", "read", None))
            staff.grant(self.service.db, self.service.clock, laptop.user, scope, access)
            job = Job({s: a for s, a in laptop.job.scopes.items() if s != scope} | ({scope: access} if access else {}))
            for one in self.laptops:
                one.job = job if one.user == laptop.user else one.job

    def shut_out(self, laptop: Laptop) -> None:
        """A laptop is lost or its person leaves: its permission is withdrawn."""
        if sum(not other.line.shut_out for other in self.laptops) > 2 and not laptop.may_be_forked:
            staff.revoke(self.service.db, self.service.clock, laptop.line.sender.device, "")
            laptop.line.shut_out = True

    def forget(self, _: Laptop) -> None:
        """Old deletions are forgotten, here after an hour."""
        self.witness.purged |= tombstones.purge(self.service.db, self.service.clock, timedelta(hours=1)) > 0

    def lose_the_disk(self, _: Laptop) -> None:
        """The server comes back from its backup, if there is one; else a backup is made.

        Who may do what the office enters anew. What stood nowhere else is gone.
        """
        db = self.service.db
        if any(laptop.may_be_forked for laptop in self.laptops):
            return
        if not isinstance(db, MemoryDatabase) or self.backup is None:
            self.backup = db.backup() if isinstance(db, MemoryDatabase) else None
            return
        with db.read() as conn:
            entered = {table: conn.execute(sa.select(table)).mappings().all() for table in (GRANT, DEVICE)}
        db.restore(self.backup)
        db.write(lambda conn: _enter(conn, entered))
        staff.renew_epochs(db, self.service.clock)
        self.witness.restored = True
        self.witness.forget_all_but(standing(self.service, self.laptops))

    def decide(self) -> int:
        """The supervisor accepts what waits; how much it was."""
        waiting = holding.listed(self.service.db)
        for held in waiting:
            require(push.accept(self.service.db, self.service.clock, held.id, "") is not None, f"{held} was not taken")
        return len(waiting)


def _enter(conn: Connection, entered: Mapping[sa.Table, Sequence[Any]]) -> None:
    for table, rows in entered.items():
        conn.execute(sa.delete(table))
        conn.execute(sa.insert(table), [dict(row) for row in rows])
