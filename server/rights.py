"""What a sender may do in a scope: write, write what was made while a grant ran, or leave new records in care.

What somebody may not do is never thrown away: it waits for a supervisor (`server/holding.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import from_iso
from models.custody import CARED_FOR, EARLY, LATE
from models.events import EVENT
from server.batches import Operation
from server.rows import fetch
from server.tables import GRANT
from sync.protocol import HLC_BITS, Grants, is_id

GRACE = timedelta(days=90)  # after a grant ended the stamps of unsent edits are believed; later all of them wait
ENDED, CARE = "grant-ended", "care"  # why an operation waits


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done in a scope. `until` is the latest stamp that counts, `targets` are where records may move."""

    until: int | None = None
    care: bool = False
    targets: frozenset[str] = frozenset()

    def withheld(self, operation: Operation, *, stands: bool) -> str:
        """Why an operation has to wait for a supervisor; empty when it need not. `stands`: the record is there."""
        if self.care and (operation.act != "ins" or stands or operation.entity not in CARED_FOR):
            return CARE
        if self.until is not None and operation.hlc > self.until:
            return ENDED
        return ""


WRITE = Right()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch wants: its scope, the event that it names, and where it moves records to."""

    scope: str
    event: str = ""
    targets: frozenset[str] = frozenset()


def right(conn: Connection, user: str, granted: Grants, asked: Asked, now: datetime) -> Right | None:
    """What a person may do in a scope now; None when nothing."""
    if granted.scopes.get(asked.scope) == "write":
        writable = {t for t in asked.targets if granted.scopes.get(t) == "write"}
        cared = {t for t in asked.targets - writable if _cares(conn, granted, t, asked.event, now)}
        return Right(targets=frozenset(writable | cared))
    ended = conn.execute(_ENDED, {"person": user, "at_scope": asked.scope}).scalar()
    if ended is not None:
        believed = now - from_iso(ended) <= GRACE
        return Right(until=(int(from_iso(ended).timestamp() * 1000) + 1) << HLC_BITS if believed else 0)
    return Right(care=True) if _cares(conn, granted, asked.scope, asked.event, now) else None


_ENDED = sa.select(GRANT.c.ended_at).where(
    (GRANT.c.user_id == sa.bindparam("person"))
    & (GRANT.c.scope == sa.bindparam("at_scope"))
    & (GRANT.c.access == "write")
)


def _cares(conn: Connection, granted: Grants, scope: str, event: str, now: datetime) -> bool:
    """Whether an event that the person takes part in lets records be left in a village of the same kabupaten."""
    if len(scope) != 10 or not is_id(event):
        return False
    for held in granted.scopes:
        if len(held) == EVENT.scope_digits and held[:4] == scope[:4]:
            stored = fetch(conn, held, EVENT.name, [event]).get(event)
            if stored is not None and stored.image.deleted is None and _runs(stored.image.values, now.date()):
                return True
    return False


def _runs(values: dict[str, str], today: date) -> bool:
    """Whether a day lies around an event; one without a readable day never runs."""
    try:
        first = date.fromisoformat(values.get("held_on") or "")
        last = date.fromisoformat(values.get("until") or values.get("held_on") or "")
    except ValueError:
        return False
    return values.get("state") != "cancelled" and first - EARLY <= today <= last + LATE
