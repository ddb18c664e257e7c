"""A server with people and devices, without HTTP: what most server tests begin with."""

import base64
from dataclasses import dataclass, field
from typing import Any

from msgspec import Raw
from nacl.signing import SigningKey

from models.clock import Clock
from server import access, staff
from server.database import Database
from server.push import Sender
from server.service import Service
from sync.protocol import (
    PROTO,
    Ack,
    Batch,
    Columns,
    EnrolRequest,
    SyncAnswer,
    SyncRequest,
    decode,
    encode,
    schema_hash,
)
from tests.fakes import VILLAGE

DIRECTORY = VILLAGE[:4]


def service_on(db: Database, clock: Clock) -> Service:
    """A service whose directory knows nobody yet."""
    return Service(db, base64.b64encode(bytes(32)).decode(), clock)


@dataclass
class Device:
    """A laptop as the server sees it, sending hand-made batches."""

    service: Service
    name: str = "Sri Wahyuni"
    role: str = "kasie"
    scopes: tuple[str, ...] = (VILLAGE,)
    key: SigningKey = field(default_factory=SigningKey.generate)
    ctr: dict[str, int] = field(default_factory=dict)
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        here = self.service
        person = {"name": self.name, "role": self.role, "region": VILLAGE}
        user = staff.add_staff(here.db, here.clock, person, self.scopes)
        self.code = staff.issue_code(here.db, here.clock, user)
        self.sender = Sender(self.enrol(self.code).device, user)

    def enrol(self, code: str) -> Any:
        key = base64.b64encode(bytes(self.key.verify_key)).decode()
        return access.enrol(
            self.service.db, self.service.clock, EnrolRequest(code, key, f"laptop {self.name}"), self.service.office_key
        )

    def batch(self, scope: str = VILLAGE, **parts: Any) -> bytes:
        """The next batch of a scope; `ins`, `upd` and `cut` as in the protocol."""
        self.ctr[scope] = self.ctr.get(scope, 0) + 1
        return encode(Batch(scope, self.ctr[scope], **parts))

    def send(self, *batches: bytes, cursors: dict[str, int] | None = None, **options: Any) -> SyncAnswer:
        """One round trip with these batches."""
        request = SyncRequest(PROTO, schema_hash(), [Raw(b) for b in batches], cursors or {}, **options)
        return self.service.sync(self.sender, request)

    def push(self, scope: str = VILLAGE, **parts: Any) -> Ack:
        """Sends one batch; its answer."""
        return acks(self.send(self.batch(scope, **parts)))[0]

    def pull(self, cursor: int = 0, scope: str = VILLAGE) -> SyncAnswer:
        """Everything of a scope after a cursor."""
        return self.send(cursors={scope: cursor})


def acks(answer: SyncAnswer) -> list[Ack]:
    """The answers to the batches of a request."""
    return [decode(bytes(raw), Ack) for raw in answer.acks]


def columns(entity: str, *rows: dict[str, Any], hlc: int = 1) -> Columns:
    """New records, column by column."""
    names = list(dict.fromkeys(name for row in rows for name in row if name != "id"))
    values = [[row["id"] for row in rows], [hlc + n for n in range(len(rows))]]
    return Columns(entity, ["id", "hlc", *names], values + [[row.get(name) for row in rows] for name in names])


def record(answer: SyncAnswer, entity: str, row_id: str) -> dict[str, Any] | None:
    """A whole record out of an answer's pages."""
    for page in answer.pages:
        for part in page.ins:
            for values in zip(*part.c, strict=True):
                row = dict(zip(part.f, values, strict=True))
                if part.t == entity and row["id"] == row_id:
                    return row
    return None
