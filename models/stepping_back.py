"""What going back to a backup would cost: edits made after it that the server never got."""

import msgspec

from models import quarantine
from models.batching import Sent
from models.clock import HLC_BITS, from_millis
from models.store import Store


def later(store: Store, stamp: int) -> int:
    """How many records wait with an edit later than `stamp` (`backups.last_stamp`), those set aside too."""
    return store.query(
        "SELECT count(*) FROM (SELECT tbl, row_id FROM sync_pending WHERE hlc > ?1 "
        "UNION SELECT tbl, row_id FROM sync_move WHERE done = 0 AND hlc > ?1)",
        (stamp,),
    )[0][0] + len(_refused(store, stamp))


def uncarried(store: Store, stamp: int) -> int:
    """How many of them stand, as they are now, in no batch under way."""
    batches = [sent for (listed,) in store.query("SELECT map FROM sync_inflight") for sent in _sent(listed)]
    carried = {(name, row_id, field, n) for _, name, row_id, numbers in batches for field, n in numbers.items()}
    moving = {(name, row_id) for act, name, row_id, _ in batches if act == "mov"}
    edits = store.query("SELECT tbl, row_id, field, edit_no FROM sync_pending WHERE hlc > ?", (stamp,))
    moves = store.query("SELECT tbl, row_id FROM sync_move WHERE done = 0 AND hlc > ?", (stamp,))
    left = {edit[:2] for edit in edits if edit not in carried} | {move for move in moves if move not in moving}
    return len(left | _refused(store, stamp))


def _sent(listed: str) -> list[Sent]:
    return msgspec.json.decode(listed, type=list[Sent])


def _refused(store: Store, stamp: int) -> set[tuple[str, str]]:
    """What the server set aside since; it is sent again only when somebody asks."""
    since = from_millis(stamp >> HLC_BITS)
    return {(one.entity, one.row_id) for one in quarantine.listed(store) if one.at > since}
