"""The few stand-ins that tests share: the clock, and people who do not exist."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.clock import Clock

MINUTE = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)  # Tuesday 24 November 2026, 09.42 at the office
VILLAGE = "3513141017"  # Kelurahan Patokan


class FrozenClock(Clock):
    """A clock that stands still until it is told to go on."""

    def __init__(self, moment: datetime = MINUTE) -> None:
        self.__dict__["moment"] = moment
        super().__init__(now=lambda: self.__dict__["moment"])

    def forward(self, **delta: float) -> datetime:
        """Goes on by `hours=1` or the like (back when negative); answers the new moment."""
        self.__dict__["moment"] += timedelta(**delta)
        return self.now()


def owner(n: int = 1, **values: Any) -> dict[str, Any]:
    """An invented owner, different for each number below 10,000."""
    row = {
        "name": f"Siti Contoh {n}",
        "nik": f"351314520190{n:04d}",
        "phone": f"+62812000{n:05d}",
        "village": VILLAGE,
        "informed": "not_yet",
    }
    return row | values


def business(owner_id: str, n: int = 1, **values: Any) -> dict[str, Any]:
    """An invented business of that owner."""
    return {"owner_id": owner_id, "name": f"Keripik Contoh {n}", "village": VILLAGE} | values
