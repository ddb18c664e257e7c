"""What the engine stands on: the way to the store, the way to the server, and what may go wrong there."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from models.braking import Brake
from models.errors import SyncTrouble
from models.store import Store
from sync import words
from sync.protocol import HandInAnswer, Hello, SegmentsAnswer, SyncAnswer, SyncRequest, VerifyAnswer, VerifyRequest

T = TypeVar("T")


class Access(Protocol):
    """Runs a short piece of work on the store, wherever that lives, and gives back its result."""

    def __call__(self, work: Callable[[Store], T], /) -> T: ...


class Offline(Exception):
    """No line, or it broke. Not an error: whoever works goes on working."""


class NotThere(SyncTrouble):
    """The server has no such thing, or is too old to know the request."""


class MassDeletion(SyncTrouble):
    """What came would delete much of a scope at once; nothing of it was applied, a person decides."""

    def __init__(self, brake: Brake) -> None:
        self.brake = brake
        super().__init__(words.MASS_DELETION.fill(count=brake.count, of=brake.of))


class Link(Protocol):
    """The server as the engine sees it; every call may raise `Offline` or a `SyncTrouble`."""

    def hello(self) -> Hello: ...
    def sync(self, request: SyncRequest) -> SyncAnswer: ...
    def segments(self, scope: str) -> SegmentsAnswer: ...
    def segment(self, scope: str, upto: int, no: int) -> bytes: ...
    def verify(self, request: VerifyRequest) -> VerifyAnswer: ...
    def hand_in(self, batches: Sequence[bytes]) -> HandInAnswer: ...
