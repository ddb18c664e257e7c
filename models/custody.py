"""Which office keeps a record, what goes along when another one shall keep it, what may be left in its care."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from models.conflicts import CONFLICT
from models.entities import SYNCED
from models.reference import VILLAGE_DIGITS

if TYPE_CHECKING:
    from models.store import Store

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


def keeper(store: "Store") -> Callable[[str], str]:
    """Who keeps what is recorded of a village: its own office where this account may write, else the account's.

    Before there is a server, an office writes wherever its area reaches.
    """
    home = store.home_scope
    writable = {scope for (scope,) in store.query("SELECT scope FROM sync_scope WHERE access = 'write'")}

    def keeps(village: str) -> str:
        ours = village in writable if writable else village.startswith(home)
        return village if ours else home

    return keeps
