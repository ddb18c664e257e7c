"""How a laptop becomes known and proves who it is: enrolment, challenge, session.

The signature is over the server's own nonce, never over a time: laptop clocks are wrong. A session
is a random token of which only the hash is kept.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy.engine import Connection

from models.clock import Clock, iso
from models.codes import is_code
from server.database import Database
from server.push import Sender
from server.staff import code_hash, grants, note, person
from server.tables import CHALLENGE, DEVICE, ENROL_CODE, ENROL_FAILURE, SESSION
from sync.protocol import (
    SESSION_CONTEXT,
    ChallengeAnswer,
    EnrolAnswer,
    EnrolRequest,
    HandInRequest,
    SessionAnswer,
    SessionRequest,
    is_id,
)

CHALLENGE_LIFE = timedelta(minutes=2)
SESSION_LIFE = timedelta(minutes=15)
GUESSES_A_MINUTE = 20  # wrong codes, from everybody together; a code has 35 bits


class Denied(Exception):
    """Not let in; `code` names the sentence in `server.errors`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Key:
    """A device's public key, as sent."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> "Key":
        raw = _unbase64(text)
        if len(raw) != 32:
            raise Denied("bad-key")
        return cls(raw)


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as e:
        raise Denied("bad-key") from e


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def enrol(db: Database, clock: Clock, request: EnrolRequest, office_key: str) -> EnrolAnswer:
    """Takes a laptop in by its one-time code. The same key with the same code gets the same answer again."""
    key = Key.read(request.public_key)
    if "\0" in request.device_name or not 0 < len(request.device_name) <= 80:
        raise Denied("bad-name")
    answer = db.write(lambda conn: _enrol(conn, clock, request, key, office_key))
    if isinstance(answer, EnrolAnswer):
        return answer
    raise Denied(answer)


def _enrol(conn: Connection, clock: Clock, request: EnrolRequest, key: Key, office_key: str) -> EnrolAnswer | str:
    """The answer, or the reason for none: the failed guess must be counted, so nothing is raised here."""
    minute = iso(clock.now())[:16]
    guesses = conn.execute(sa.select(ENROL_FAILURE.c.count).where(ENROL_FAILURE.c.at == minute)).scalar() or 0
    if guesses >= GUESSES_A_MINUTE:
        return "too-many-guesses"
    found = None
    if is_code(request.code):
        mine = ENROL_CODE.c.code_hash == code_hash(request.code)
        found = conn.execute(sa.select(ENROL_CODE).where(mine).with_for_update()).one_or_none()
    who = person(conn, str(found.user_id)) if found is not None else None
    if found is None or who is None:
        _count_guess(conn, minute, guesses)
        return "wrong-code"
    device = _device(conn, clock, found, key, request.device_name)
    return device if device in _REASONS else EnrolAnswer(device, who, grants(conn, who.id), office_key)


_REASONS = ("used-code", "old-code")


def _count_guess(conn: Connection, minute: str, guesses: int) -> None:
    conn.execute(sa.delete(ENROL_FAILURE))
    conn.execute(sa.insert(ENROL_FAILURE).values(at=minute, count=guesses + 1))


def _device(conn: Connection, clock: Clock, code: "sa.Row[tuple[object, ...]]", key: Key, name: str) -> str:
    """The device that a code has made or makes now; else a reason."""
    if code.used_at is not None:
        known = conn.execute(sa.select(DEVICE.c.public_key).where(DEVICE.c.id == code.device)).scalar_one()
        return str(code.device) if bytes(known) == key.raw else "used-code"
    if code.expires_at < iso(clock.now()):
        return "old-code"
    device = clock.new_id()
    now = iso(clock.now())
    conn.execute(
        sa.insert(DEVICE).values(id=device, user_id=code.user_id, public_key=key.raw, name=name, enrolled_at=now)
    )
    used = sa.update(ENROL_CODE).where(ENROL_CODE.c.code_hash == code.code_hash)
    conn.execute(used.values(used_at=now, device=device))
    note(conn, clock, str(code.user_id), "device enrolled", device)
    return device


def challenge(db: Database, clock: Clock, device: str) -> ChallengeAnswer:
    """A nonce for a device to sign. An unknown device gets one too: who is known is nobody's business."""
    nonce = secrets.token_urlsafe(32)
    expires = iso(clock.now() + CHALLENGE_LIFE)

    def work(conn: Connection) -> None:
        conn.execute(sa.delete(CHALLENGE).where(CHALLENGE.c.expires_at < iso(clock.now())))
        if _known(conn, device) is not None:
            conn.execute(sa.insert(CHALLENGE).values(nonce_hash=_digest(nonce), device=device, expires_at=expires))

    db.write(work)
    return ChallengeAnswer(nonce)


def _known(conn: Connection, device: str) -> "sa.Row[tuple[object, ...]] | None":
    return conn.execute(sa.select(DEVICE).where(DEVICE.c.id == device)).one_or_none() if is_id(device) else None


def session(db: Database, clock: Clock, request: SessionRequest) -> SessionAnswer:
    """A token for a device that signed its nonce."""
    token = secrets.token_urlsafe(32)
    now = clock.now()

    def work(conn: Connection) -> str:
        known = _answered(conn, clock, request)
        if known is None:
            return "bad-signature"
        if known.revoked_at is not None:
            return "device-revoked"
        _open(conn, clock, str(known.id), token)
        conn.execute(sa.update(DEVICE).where(DEVICE.c.id == known.id).values(last_seen=iso(now)))
        return ""

    reason = db.write(work)
    if reason:
        raise Denied(reason)
    return SessionAnswer(token, int(SESSION_LIFE.total_seconds()))


def _open(conn: Connection, clock: Clock, device: str, token: str) -> None:
    now = clock.now()
    conn.execute(sa.delete(SESSION).where(SESSION.c.expires_at < iso(now)))
    expires = iso(now + SESSION_LIFE)
    conn.execute(sa.insert(SESSION).values(token_hash=_digest(token), device=device, expires_at=expires))


def _answered(
    conn: Connection, clock: Clock, request: SessionRequest | HandInRequest
) -> "sa.Row[tuple[object, ...]] | None":
    """The device that signed its nonce; None when none did. A nonce serves once, rightly answered or not."""
    nonce = CHALLENGE.c.nonce_hash == _digest(request.nonce)
    asked = conn.execute(sa.select(CHALLENGE).where(nonce)).one_or_none()
    conn.execute(sa.delete(CHALLENGE).where(nonce))
    known = _known(conn, request.device)
    if asked is None or known is None or str(asked.device) != request.device or asked.expires_at < iso(clock.now()):
        return None
    return known if _signed(bytes(known.public_key), request) else None


def shut_out(db: Database, clock: Clock, request: HandInRequest) -> tuple[Sender, str]:
    """The device that hands in its work, revoked or not, and a token for its files; `Denied` for a wrong signature."""
    token = secrets.token_urlsafe(32)

    def work(conn: Connection) -> Sender | None:
        known = _answered(conn, clock, request)
        if known is None:
            return None
        _open(conn, clock, str(known.id), token)
        return Sender(str(known.id), str(known.user_id))

    who = db.write(work)
    if who is None:
        raise Denied("bad-signature")
    return who, token


def _signed(key: bytes, request: SessionRequest | HandInRequest) -> bool:
    try:
        signature = base64.b64decode(request.signature, validate=True)
        VerifyKey(key).verify(SESSION_CONTEXT + f"{request.device}\n{request.nonce}".encode(), signature)
    except (BadSignatureError, binascii.Error, ValueError):
        return False
    return True


def sender(conn: Connection, clock: Clock, token: str, *, shut_out: bool = False) -> Sender:
    """Whose request this is; `Denied` for a token that is unknown, old, or of a device that was shut out.

    `shut_out` lets such a device hand in what it has: nothing may be given to it.
    """
    found = conn.execute(_SENDER, {"digest": _digest(token)}).one_or_none()
    if found is None or found.expires_at < iso(clock.now()):
        raise Denied("no-session")
    if found.revoked_at is not None and not shut_out:
        raise Denied("device-revoked")
    return Sender(str(found.id), str(found.user_id))


_SENDER = (
    sa.select(DEVICE.c.id, DEVICE.c.user_id, DEVICE.c.revoked_at, SESSION.c.expires_at)
    .join_from(SESSION, DEVICE, SESSION.c.device == DEVICE.c.id)
    .where(SESSION.c.token_hash == sa.bindparam("digest"))
)
