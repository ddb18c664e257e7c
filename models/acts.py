"""What acts begin with: the record they are about, and refusing with all that is wrong."""

from collections.abc import Iterable

from models.errors import InvalidRecord
from models.i18n import Words
from models.schema import Problem, Row
from models.store import Store

GONE = Words(
    "Data ini tidak ada lagi di laptop ini. Muat ulang.", "This record is no longer on this laptop. Load again."
)


def known(store: Store, entity: str, record_id: str) -> Row:
    """A live record; InvalidRecord when it is gone, as after a sync."""
    row = store.get(entity, record_id)
    if row is None or row["deleted"]:
        raise InvalidRecord([Problem("error", "gone", GONE)])
    return row


def refuse(problems: Iterable[Problem]) -> None:
    """InvalidRecord with these problems, when there are any."""
    if found := list(problems):
        raise InvalidRecord(found)
