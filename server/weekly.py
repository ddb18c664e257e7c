"""What the server does for itself once a week: forgets what is old and who was erased, counts everything again."""

import logging
import threading
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from models.clock import Clock, from_iso
from models.errors import AppError
from server.database import Database
from server.erasing import Eraser
from server.recount import COUNTED, recount
from server.segments import Segments
from server.tables import AUDIT
from server.tombstones import purge

log = logging.getLogger("server")

EVERY = timedelta(days=7)
LOOK = 6 * 3600  # seconds between two looks whether a week is over


def due(db: Database, clock: Clock) -> bool:
    """Whether the last time is a week ago; other processes on the same database count too."""
    with db.read() as conn:
        last = conn.execute(sa.select(sa.func.max(AUDIT.c.at)).where(AUDIT.c.act == COUNTED)).scalar()
    return last is None or clock.now() - from_iso(last) >= EVERY


def every_week(db: Database, clock: Clock, segments: Segments, stop: threading.Event) -> None:
    """Does it whenever a week is over, until told to stop; what was found stands in the audit."""
    while not stop.wait(LOOK):
        try:
            if due(db, clock):
                segments.forget()
                purge(db, clock)
                Eraser(db, clock, segments.folder, segments).sweep()
                recount(db, clock)
        except (SQLAlchemyError, AppError, OSError):  # away for a while, not for good
            log.exception("the weekly look failed")
