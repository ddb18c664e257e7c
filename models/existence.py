"""Whether a business is still there, and whom to visit again: each change with its day and its reason."""

from datetime import date

from models.businesses import GONE, HOW_KNOWN
from models.errors import InvalidRecord
from models.schema import Problem
from models.store import Changes, Store


def found(store: Store, business_id: str, existence: str, reason: str = "", on: date | None = None) -> Changes:
    """What was found out about a business, today or on an earlier day.

    Striking it off needs a reason, and ends the wish to visit it again; finding it active does too.
    """
    if existence in GONE and not reason.strip():
        raise InvalidRecord([Problem("error", "missing", HOW_KNOWN, "existence_reason")])
    day = (on or store.clock.today()).isoformat()
    row = {"id": business_id, "existence": existence, "existence_on": day, "existence_reason": reason or None}
    if existence != "paused":
        row |= {"visit_again_on": None, "visit_reason": None}
    return store.save("business", row)


def visit_again(store: Store, business_id: str, on: date, reason: str) -> Changes:
    """Nobody was met, or something is to be brought: come again."""
    row = {"id": business_id, "visit_again_on": on.isoformat(), "visit_reason": reason or None}
    return store.save("business", row)


def visited(store: Store, business_id: str) -> Changes:
    """The visit took place."""
    return store.save("business", {"id": business_id, "visit_again_on": None, "visit_reason": None})
