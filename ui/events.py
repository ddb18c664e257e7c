"""The two signals between data and screens: what changed, and how sending stands."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from models.i18n import Words


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the pill says: a tone, the words, and how many conflicts wait for a person."""

    tone: Literal["ok", "info", "wait", "gr", "bad"]
    words: Words
    conflicts: int = 0


class Events(QObject):
    """Pages listen here; they never tell each other anything."""

    changed = Signal(object)  # models.store.Changes
    sync = Signal(object)  # SyncState
