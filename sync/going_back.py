"""Back to a backup without losing what was never sent: that goes onto a stick first.

What is handed over stays this laptop's old identity's; the file that comes back takes a new code
(`outbox.COPIED`) and gets everything from the server again.
"""

from dataclasses import dataclass
from pathlib import Path

from models import accounts, backups, outbox, stepping_back
from models.accounts import Account
from models.backups import Backup
from models.clock import SYSTEM, Clock
from models.errors import SyncTrouble
from models.store import Store
from sync import stick, words
from sync.engine import Access
from sync.enrol import office_key
from sync.stick import Handed


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands in the way of a backup: so many records that were never sent changed `later` than its `stamp`."""

    stamp: int
    later: int
    enrolled: bool


def look(store: Store, stamp: int) -> Outlook:
    """What going back to the backup with this last stamp would take along."""
    return Outlook(stamp, stepping_back.later(store, stamp), office_key(store) is not None)


def hand_over(access: Access, outlook: Outlook, folder: Path) -> Handed:
    """Puts what waits onto a stick; `SyncTrouble` unless all that is later than the backup is there now."""
    handed = stick.hand_over(access, folder)
    access(lambda store: _must_be_carried(store, outlook, handed.records))
    return handed


def _must_be_carried(store: Store, outlook: Outlook, records: int) -> None:
    under_way = sum(batch.records for batch in outbox.flying(store))
    if records < under_way or stepping_back.uncarried(store, outlook.stamp):
        raise SyncTrouble(words.NOT_ALL_CARRIED)


def go_back(account: Account, key: bytes, backup: Backup, outlook: Outlook | None, clock: Clock = SYSTEM) -> None:
    """Puts a backup in the place of a closed account's file, which is set aside.

    Nothing is touched, and `SyncTrouble` raised, when something later came in since it was handed over.
    Without an outlook the file is too damaged to be asked.
    """
    if outlook:
        store = accounts.open_by_key(account, key, clock=clock)
        try:
            if stepping_back.uncarried(store, outlook.stamp):
                raise SyncTrouble(words.NOT_ALL_CARRIED)
        finally:
            store.close()
    backups.restore(backup, account.data, key, clock)
