"""Which office keeps a record, what goes along when another one shall keep it, what may be left in its care."""

from datetime import timedelta

from models.conflicts import CONFLICT
from models.entities import SYNCED
from models.reference import VILLAGE_DIGITS

MOVABLE = ("owner", "business")  # with all that hangs on them

SERVERS = ("staff", "reference_pack", "number_block")  # made and changed by the server alone

# By which fields a record of each entity hangs on another one; what belongs to no village never moves.
REFERENCES: dict[str, tuple[str, ...]] = {
    e.name: tuple(name for name in e.kept_with if name in e)
    for e in SYNCED.values()
    if e.scope_digits == VILLAGE_DIGITS and any(name in e for name in e.kept_with)
} | {CONFLICT.name: ("row_id",)}

# What a guest of another village leaves behind at an event: the owner, the business, what was said and promised.
CARED_FOR = ("owner", "business", "consent", "consultation", "follow_up",
             "facilitation", "facilitation_step", "checklist_item")  # fmt: skip
EARLY, LATE = timedelta(days=1), timedelta(days=30)  # around an event; sticks and villages without a line are slow
