"""How long the next sync will take: from what the last ones took on this laptop's line."""

import math
from dataclasses import dataclass

from models.store import Store

SETTING = "sync.pace"
GREETING = 2.0  # seconds before the first record goes
ENOUGH_RECORDS, ENOUGH_BYTES = 50, 20_000  # fewer say more about the greeting than about the line


@dataclass(frozen=True, slots=True)
class Pace:
    """Records and bytes of files a second; before anything was measured, those of a weak line."""

    records: float = 150.0
    bytes: float = 40_000.0

    def seconds(self, records: int, size: int) -> int:
        """About how long so many records and bytes take, in whole steps of five seconds."""
        if not records and not size:
            return 0
        return 5 * math.ceil((GREETING + records / self.records + size / self.bytes) / 5)


def pace(store: Store) -> Pace:
    """What was measured so far."""
    known = store.setting(SETTING)
    return Pace(*known) if known else Pace()


def learn(store: Store, *, records: int = 0, size: int = 0, seconds: float) -> None:
    """Take a sync into account; the newest weighs as much as all before."""
    before, seconds = pace(store), max(seconds, 0.01)
    after = Pace(
        (before.records + records / seconds) / 2 if records >= ENOUGH_RECORDS else before.records,
        (before.bytes + size / seconds) / 2 if size >= ENOUGH_BYTES else before.bytes,
    )
    if after != before:
        store.set_setting(SETTING, [after.records, after.bytes])
