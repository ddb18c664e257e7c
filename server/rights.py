"""What a sender may do in a scope: write, write what was made while a grant ran, or leave new records in care.

What somebody may not do is never thrown away: it waits for a supervisor (`server/holding.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.clock import HLC_BITS, from_iso, millis
from models.custody import CARED_FOR, EARLY, LATE, REFERENCES
from models.events import EVENT
from server.batches import Operation
from server.rows import fetch
from server.tables import GRANT
from sync.protocol import Grants, is_id

GRACE = timedelta(
    days=90
)  # after a grant to write ended the stamps of unsent edits are believed; later all of them wait
ENDED, CARE = "grant-ended", "care"  # why an operation waits


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done in a scope. `until` is the latest stamp that counts, `targets` are where records may move."""

    until: int | None = None
    care: bool = False
    targets: frozenset[str] = frozenset()

    def waiting(self, operations: Sequence[Operation], stands: Callable[[tuple[str, str]], bool]) -> dict[int, str]:
        """Which operations of a batch have to wait for a supervisor, by their place, and why.

        `stands` tells whether a record (entity, id) is there. New records that hang together wait together: one of
        them may have been edited after the grant ended, and an owner without the business is half a registration.
        """
        found = {op.place: why for op in operations if (why := self._withheld(op, stands=stands((op.entity, op.id))))}
        if ENDED in found.values():
            new = [op for op in operations if op.act == "ins" and not stands((op.entity, op.id))]
            late = _hanging_together(new, {op.id for op in new if op.place in found})
            found |= {op.place: ENDED for op in new if op.id in late}
        return found

    def _withheld(self, operation: Operation, *, stands: bool) -> str:
        if self.care and (operation.act != "ins" or stands or operation.entity not in CARED_FOR):
            return CARE
        if self.until is not None and operation.hlc > self.until:
            return ENDED
        return ""


WRITE = Right()


def _hanging_together(new: Sequence[Operation], ids: set[str]) -> set[str]:
    """These new records, and those of the batch that hang on them or on which they hang, also through others."""
    links = [{op.id, *(str(op.values.get(name)) for name in REFERENCES.get(op.entity, ()))} for op in new]
    before: set[str] = set()
    while before != ids:
        before, ids = ids, ids.union(*(link for link in links if link & ids))
    return ids


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch wants: its scope, the event that it names, and where it moves records to."""

    scope: str
    event: str = ""
    targets: frozenset[str] = frozenset()


def right(conn: Connection, user: str, granted: Grants, asked: Asked, now: datetime) -> Right | None:
    """What a person may do in a scope now; None when nothing."""
    writable = {t for t in asked.targets if granted.scopes.get(t) == "write"}
    if granted.scopes.get(asked.scope) == "write":
        cared = {t for t in asked.targets - writable if _cares(conn, granted, t, asked.event, now)}
        return Right(targets=frozenset(writable | cared))
    ended = conn.execute(_WROTE, {"person": user, "at_scope": asked.scope}).scalar()
    if ended is not None:
        believed = now - from_iso(ended) <= GRACE
        until = (millis(from_iso(ended)) + 1) << HLC_BITS if believed else 0
        return Right(until, targets=frozenset(writable))
    return Right(care=True) if _cares(conn, granted, asked.scope, asked.event, now) else None


_WROTE = sa.select(GRANT.c.wrote_until).where(
    (GRANT.c.user_id == sa.bindparam("person")) & (GRANT.c.scope == sa.bindparam("at_scope"))
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
