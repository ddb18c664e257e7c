"""The time and new identities: the one place that tests freeze."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from models.i18n import WIB

# A hybrid logical clock's stamp: milliseconds since 1970 above a counter of so many bits, in one integer.
HLC_BITS = 16


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """What time it is, and which day it is at the office."""

    now: Callable[[], datetime] = _utc_now
    zone: tzinfo = WIB

    def today(self) -> date:
        """The office's calendar day."""
        return self.now().astimezone(self.zone).date()

    def stamp(self) -> str:
        """Now as ISO 8601 UTC text with milliseconds: `2026-11-24T02:42:15.123Z`."""
        return iso(self.now())

    def new_id(self) -> str:
        """A UUIDv7 (RFC 9562): sorts by the time it was made, unique without a server."""
        return uuid7(self.now(), int.from_bytes(os.urandom(10)))


def uuid7(moment: datetime, bits: int) -> str:
    """The UUIDv7 of a moment and 80 random bits."""
    value = (millis(moment) & ((1 << 48) - 1)) << 80 | bits
    value = (value & ~(0xF << 76)) | (7 << 76)
    value = (value & ~(0b11 << 62)) | (0b10 << 62)
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def millis(moment: datetime) -> int:
    """A moment as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def from_millis(count: int) -> datetime:
    """The moment so many milliseconds after 1970 began, UTC."""
    return datetime.fromtimestamp(count / 1000, UTC)


def iso(moment: datetime) -> str:
    """A moment as ISO 8601 UTC text with milliseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def from_iso(text: str) -> datetime:
    """The moment that `iso` wrote."""
    return datetime.fromisoformat(text)


SYSTEM = Clock()
