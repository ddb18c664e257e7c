"""Reading a scope from its beginning once more, because the server forgot deletions that this laptop may have missed.

Edits that wait stay and are replayed. What is not met again was deleted meanwhile, except records with
unsent edits: those are offered as new.
"""

from collections.abc import Mapping

from models import braking, outbox, verifying
from models.store import Changes, Store
from sync.link import MassDeletion
from sync.protocol import Check


def begin(store: Store, check: Mapping[str, Check]) -> bool:
    """Starts where the cursor fell below the floor; whether there is such a scope."""
    below = [s for s, at in outbox.scopes(store).items() if s in check and 0 < at.cursor < check[s].floor]
    for scope in below:
        verifying.read_anew(store, scope)
    return bool(below)


def finish(store: Store, check: Mapping[str, Check]) -> Changes:
    """Settles what was not met in the scopes that are read to their end; `MassDeletion` when that is much."""
    changes = Changes()
    standing = outbox.scopes(store)
    for scope in verifying.reading_anew(store):
        if scope not in standing:
            verifying.read_to_the_end(store, scope)
        elif scope in check and standing[scope].cursor == check[scope].head:
            changes |= _settle(store, scope, check[scope].floor)
    return changes


def _settle(store: Store, scope: str, floor: int) -> Changes:
    absent = verifying.unread(store, scope)
    brake = braking.check(store, scope, len(verifying.forgotten(store, scope, absent, floor)))
    if brake:
        raise MassDeletion(brake)
    with store.transaction(applying=True):
        changes = verifying.settle_absent(store, scope, absent, floor)
        verifying.read_to_the_end(store, scope)
    return changes
