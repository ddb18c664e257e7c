"""What the server does, without HTTP: the same calls serve the web, the command line and the tests."""

import base64
from dataclasses import dataclass, field

import sqlalchemy as sa
from msgspec import Raw, Struct
from nacl.signing import SigningKey
from sqlalchemy.engine import Connection

from models.clock import SYSTEM, Clock, iso
from server import access, number_blocks, staff
from server.blobs import Depot
from server.database import Database
from server.erasing import MARK, Eraser
from server.pull import check, page
from server.push import Sender, push, refusal, withhold
from server.rights import Asked, right
from server.segments import Segments
from server.tables import LANE, SCOPE
from server.verify import verify
from sync import proof
from sync.protocol import (
    MAX_NAMED,
    MAX_ROWS,
    SPOKEN,
    Ack,
    BadMessage,
    Grants,
    Hello,
    Move,
    ScopeState,
    SegmentsAnswer,
    SyncAnswer,
    SyncRequest,
    VerifyAnswer,
    VerifyRequest,
    decode,
    is_id,
    schema_hash,
)


class _Address(Struct):
    """The part of a batch that says where it goes."""

    scope: str
    ctr: int
    event: str = ""
    mov: list[Move] = []


@dataclass(frozen=True, slots=True)
class Service:
    """One server: a database, a clock, the office's public key, and where files of attachments lie."""

    db: Database
    office_key: str
    clock: Clock = SYSTEM
    schema: str = field(default_factory=schema_hash)
    depot: Depot | None = None  # without one, no file is taken or given
    segments: Segments | None = None  # without them, a first read goes page by page
    signer: SigningKey | None = None  # without one, answers are not signed

    def sender(self, token: str, *, shut_out: bool = False) -> Sender:
        """Whose token this is; `access.Denied` when nobody's, or of a laptop that was shut out and has to hear so."""
        with self.db.read() as conn:
            return access.sender(conn, self.clock, token, shut_out=shut_out)

    def hello(self, who: Sender) -> Hello:
        """What a laptop must know before it sends; by then it has its numbers to give out."""
        with self.db.read() as conn:
            granted = staff.grants(conn, who.user)
            writable = [scope for scope, allowed in granted.scopes.items() if allowed == "write"]
            lacking = number_blocks.lacking(conn, who.device, writable)
        for scope in lacking:
            number_blocks.reserve(self.db, self.clock, who.device, scope)
        with self.db.read() as conn:
            counters = dict(conn.execute(_COUNTERS, {"mine": who.device}).tuples().all())
            others = {scope: ctr for scope, ctr in counters.items() if scope not in granted.scopes}
            began = dict(conn.execute(_BEGAN).tuples().all())
            states: dict[str, ScopeState] = {}
            for scope, allowed in granted.scopes.items():
                standing = check(conn, scope)
                if standing is not None:
                    states[scope] = ScopeState(
                        allowed,
                        standing.epoch,
                        standing.head,
                        counters.get(scope, 0),
                        standing.count,
                        began.get(scope, 0),
                    )
            heard = staff.laptops(conn, [scope for scope, allowed in granted.scopes.items() if allowed == "write"])
        now = iso(self.clock.now())
        key = self.proof_key()
        return Hello(list(SPOKEN), self.schema, now, granted.ver, states, lanes=others, laptops=heard, proof_key=key)

    def proof_key(self) -> str:
        """By which laptops check the signature on an answer, base64; empty when answers are not signed."""
        return base64.b64encode(bytes(self.signer.verify_key)).decode() if self.signer else ""

    def sync(self, who: Sender, request: SyncRequest) -> SyncAnswer:
        """One round trip: takes the batches, each in its own transaction, then answers from one snapshot."""
        with self.db.read() as conn:
            granted = staff.grants(conn, who.user)
        acks = [self._taken(who, granted, bytes(body)) for body in request.batches]
        cursors = {s: c for s, c in request.cursors.items() if s in granted.scopes and c >= 0}
        answer = SyncAnswer(iso(self.clock.now()), [Raw(ack) for ack in acks])
        with self.db.read() as conn:
            _fill(conn, answer, after_own(cursors, acks), max(1, min(request.want, MAX_ROWS)))
        if granted.ver != request.grants:
            answer.grants = granted
        if self.signer is not None:
            proof.sign(self.signer, who.device, answer)
        return answer

    def verify(self, who: Sender, request: VerifyRequest) -> VerifyAnswer:
        """Narrows down in which records a laptop's copy of a scope differs."""
        if len(request.rows) > MAX_NAMED or not all(is_id(row_id) for _, row_id in request.rows):
            raise BadMessage("malformed")
        with self.db.read() as conn:
            granted = request.scope in staff.grants(conn, who.user).scopes
            answer = verify(conn, request) if granted else None
        if answer is None:
            raise access.Denied("not-found")
        return answer

    def listing(self, who: Sender, scope: str) -> SegmentsAnswer:
        """The ready-made parts of a scope."""
        return self._segments(who, scope).listing(scope)

    def part(self, who: Sender, scope: str, upto: int, no: int) -> bytes:
        """One of them, packed."""
        return self._segments(who, scope).part(scope, upto, no)

    def _segments(self, who: Sender, scope: str) -> Segments:
        with self.db.read() as conn:
            granted = staff.grants(conn, who.user).scopes
        if self.segments is None or scope not in granted:
            raise access.Denied("not-found")
        return self.segments

    def hand_in(self, who: Sender, bodies: list[bytes]) -> list[bytes]:
        """Keeps the unsent batches of a laptop that was shut out for a supervisor; the answers to them."""
        now = self.clock.now()
        return [self.db.write(lambda conn, body=body: withhold(conn, who, body, now)) for body in bodies]

    def _taken(self, who: Sender, granted: Grants, body: bytes) -> bytes:
        answer = self._push(who, granted, body)
        ack = decode(answer, Ack) if MARK in body else None
        if ack and ack.status == "done":
            eraser = Eraser(self.db, self.clock, self.depot.folder if self.depot else None, self.segments)
            eraser.after(ack.scope, who.device, ack.ctr)
        return answer

    def _push(self, who: Sender, granted: Grants, body: bytes) -> bytes:
        try:
            to = decode(body, _Address)
        except BadMessage:
            return refusal("", 0, "invalid")
        if granted.scopes.get(to.scope) == "write" and not to.mov:
            return push(self.db, self.clock, who, to.scope, body)
        asked = Asked(to.scope, to.event, frozenset(target for _, _, _, target in to.mov))
        with self.db.read() as conn:
            may = right(conn, who.user, granted, asked, self.clock.now())
        if may is None:
            return refusal(to.scope, to.ctr, "no-grant")
        for scope in may.targets | {to.scope}:
            self.db.write(lambda conn, scope=scope: staff.open_scope(conn, self.clock, scope))
        return push(self.db, self.clock, who, to.scope, body, may)


_BEGAN = sa.select(SCOPE.c.scope, SCOPE.c.began).where(SCOPE.c.began.is_not(None))
_COUNTERS = sa.select(LANE.c.scope, LANE.c.last_ctr).where(LANE.c.device == sa.bindparam("mine"))


def after_own(cursors: dict[str, int], acks: list[bytes]) -> dict[str, int]:
    """A laptop that had seen all that came before its own batch need not be sent its own changes."""
    moved = dict(cursors)
    for body in acks:
        ack = decode(body, Ack)
        if ack.status == "done" and moved.get(ack.scope) == ack.first:
            moved[ack.scope] = ack.last
    return moved


def _fill(conn: Connection, answer: SyncAnswer, cursors: dict[str, int], want: int) -> None:
    """Pages for every scope that has news, until `want` records are reached."""
    for scope, cursor in cursors.items():
        standing = check(conn, scope)
        if standing is None:
            continue
        answer.check[scope] = standing
        if cursor >= standing.head:
            continue
        if want <= 0:
            answer.more = True
            continue
        found, count = page(conn, scope, cursor, standing.head, want)
        answer.pages.append(found)
        answer.more = answer.more or found.cursor < standing.head
        want -= count
