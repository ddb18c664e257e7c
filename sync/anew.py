"""Reading a scope from its beginning once more, because the server forgot deletions that this laptop may have missed.

A reading may take many pages. It holds as long as the floor has not risen over both where it stands and where the
floor lay when it began. Edits that wait stay and are replayed. What is not met again was deleted meanwhile, except
records with unsent edits: those are offered as new.
"""

from collections.abc import Mapping

from models import braking, outbox, verifying
from models.store import Changes, Store
from sync.link import MassDeletion
from sync.protocol import Check


def begin(store: Store, check: Mapping[str, Check]) -> None:
    """Starts where forgotten deletions may have been missed; also at cursor 0, for what this laptop itself had sent."""
    begun = verifying.reading_anew(store)
    for scope, at in outbox.scopes(store).items():
        if scope in check and max(at.cursor, begun.get(scope, 0)) < check[scope].floor:
            verifying.read_anew(store, scope, check[scope].floor)


def is_ahead(store: Store, check: Mapping[str, Check]) -> bool:
    """Whether a scope waits to be read from its beginning."""
    standing = outbox.scopes(store)
    again = check.keys() & standing.keys() & verifying.reading_anew(store).keys()
    return any(standing[scope].cursor == 0 < check[scope].head for scope in again)


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
