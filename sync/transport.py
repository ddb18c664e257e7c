"""HTTP to the server: a pinned key, time-outs, retries with patience, a session that renews itself.

The only module that knows requests. Laptops have wrong clocks and villages have no certificate
authority, so trust rests on one thing: the server's public key has the SHA-256 that was pinned at
enrolment. It is checked after the handshake (which proves possession of the key) and before the
first byte of any request. Plain HTTP is spoken with this computer itself only.
"""

import base64
import hashlib
import random
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from msgspec import Raw
from typing_extensions import override

from models.codes import server_address
from models.errors import DeviceRevoked, ServerChanged, SyncTrouble, VersionTooOld
from models.i18n import Words
from sync.link import NotThere, Offline
from sync.protocol import (
    SESSION_CONTEXT,
    BadMessage,
    ChallengeAnswer,
    ChallengeRequest,
    EnrolAnswer,
    EnrolRequest,
    HandInAnswer,
    HandInRequest,
    Hello,
    Refusal,
    SegmentsAnswer,
    SessionAnswer,
    SessionRequest,
    SyncAnswer,
    SyncRequest,
    VerifyAnswer,
    VerifyRequest,
    decode,
    encode,
    pack,
    unpack,
)

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CONNECT, READ = 8.0, 60.0  # seconds
PAUSES = (0.5, 2.0)  # seconds before the second and the third try, each spread by chance
CHUNK = 1 << 16
BUSY = (429, 502, 503, 504)

PLAIN = Words("Alamat server harus diawali https://. Periksa lagi.", "The server's address must begin with https://.")
NOT_OURS = Words(
    "Jawaban dari alamat itu bukan dari server Dampingi. Periksa alamat dan jaringan.",
    "That address did not answer like a Dampingi server. Check the address and the network.",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this laptop is to the server."""

    device: str
    private_key: bytes  # Ed25519 seed

    def sign(self, nonce: str) -> str:
        """The signature that opens a session, base64."""
        from nacl.signing import SigningKey

        message = SESSION_CONTEXT + f"{self.device}\n{nonce}".encode()
        return base64.b64encode(SigningKey(self.private_key).sign(message).signature).decode()


def key_hash(certificate: bytes) -> str:
    """SHA-256 of the public key (SubjectPublicKeyInfo) in a DER certificate, as hexadecimal digits."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = x509.load_der_x509_certificate(certificate).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _session(pin: str) -> "requests.Session":
    """A requests session that talks to the holder of the pinned key and to nobody else."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPSConnection
    from urllib3.connectionpool import HTTPSConnectionPool

    class PinnedConnection(HTTPSConnection):
        @override
        def connect(self) -> None:
            super().connect()
            shown: Any = self.sock
            if key_hash(shown.getpeercert(binary_form=True)) != pin:
                self.close()
                raise ServerChanged
            self.is_verified = True

    class PinnedPool(HTTPSConnectionPool):
        ConnectionCls = PinnedConnection  # pyright: ignore[reportAssignmentType]

    class PinnedAdapter(HTTPAdapter):
        @override
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=_context(), assert_hostname=False, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"https": PinnedPool}

        @override
        def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
            """Certificate authorities have no say here; the pin does."""

        @override
        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
            return host, {}

    session = requests.Session()
    session.trust_env = False  # no proxy or netrc of the computer between a laptop and its server
    session.mount("https://", PinnedAdapter())
    return session


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # PinnedConnection verifies, by the key alone
    return context


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Wire:
    """Requests to one server, before anybody is known to it."""

    address: str
    pin: str
    pause: Callable[[float], None] = time.sleep
    _http: "requests.Session | None" = field(default=None, init=False)

    def call(self, method: str, path: str, type_: type[T], body: Any = None, token: str = "") -> T:
        """One request and its answer; tries again when the line or the server falters."""
        return self.patiently(lambda: self._once(method, path, type_, body, token))

    def patiently(self, once: Callable[[], T]) -> T:
        """Tries what may be tried again, with pauses; `Offline` when even the last try finds no line."""
        for pause in (*PAUSES, None):
            try:
                return once()
            except Offline:
                if pause is None:
                    raise
                self.pause(pause * random.uniform(0.5, 1.5))  # noqa: S311  not a secret
        raise Offline

    def _once(self, method: str, path: str, type_: type[T], body: Any, token: str) -> T:
        headers = {"Accept-Encoding": "zstd", "Content-Type": "application/json", "Content-Encoding": "zstd"}
        packed = None if body is None else pack(encode(body))
        answer = self.send(method, path, packed, headers, token)
        return _read(answer.status, answer.body, answer.headers.get("Content-Encoding", ""), type_)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str], token: str) -> "Answered":
        """One request, once; `Offline` when the line or the server falters."""
        import requests
        from urllib3.exceptions import HTTPError

        signed = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = self._opened().request(
                method, self.address + path, data=body, headers=headers | signed, timeout=(CONNECT, READ), stream=True,
                allow_redirects=False,
            )  # fmt: skip
            raw = b"".join(answer.raw.stream(CHUNK, decode_content=False))  # complains when it ends too early
        except (requests.RequestException, HTTPError, OSError) as e:
            raise Offline from e
        if answer.status_code in BUSY:
            raise Offline
        return Answered(answer.status_code, answer.headers, raw)

    def _opened(self) -> "requests.Session":
        if self._http is None:
            if not server_address(self.address):
                raise SyncTrouble(PLAIN)
            self._http = _session(self.pin)
        return self._http


def _read(status: int, raw: bytes, encoding: str, type_: type[T]) -> T:
    try:
        body = unpack(raw, encoding)
        if status == 200:
            return decode(body, type_)
        error = decode(body, Refusal).error
    except BadMessage as e:
        raise SyncTrouble(NOT_OURS) from e
    raise _TROUBLES.get(error.code, SyncTrouble)(Words(error.id, error.en))


class NoSession(SyncTrouble):
    """The token ended; a new session is opened without anybody noticing."""


_TROUBLES: dict[str, Callable[[Words], SyncTrouble]] = {
    "no-session": NoSession,
    "device-revoked": lambda _: DeviceRevoked(),
    "not-found": NotThere,
    "old-version": lambda _: VersionTooOld(),
}


def _signed_in(answer: Answered) -> Answered:
    """The same answer, unless it says that the session ended."""
    if answer.status == 401:
        raise NoSession
    return answer


class HttpLink:
    """The server over HTTP, for one enrolled device."""

    def __init__(self, wire: Wire, identity: Identity) -> None:
        self._wire = wire
        self._identity = identity
        self._token = ""

    def hello(self) -> Hello:
        """Versions, limits, time and how this device stands in its scopes."""
        return self._call("GET", "/v1/hello", Hello)

    def sync(self, request: SyncRequest) -> SyncAnswer:
        """One round trip."""
        return self._call("POST", "/v1/sync", SyncAnswer, request)

    def verify(self, request: VerifyRequest) -> VerifyAnswer:
        """Sums, hashes or records of a scope; `NotThere` from an older server."""
        return self._call("POST", "/v1/verify", VerifyAnswer, request)

    def segments(self, scope: str) -> SegmentsAnswer:
        """The ready-made parts of a scope; `NotThere` from an older server."""
        return self._call("GET", f"/v1/segment/{scope}", SegmentsAnswer)

    def segment(self, scope: str, upto: int, no: int) -> bytes:
        """One of them, packed as it lies there."""
        path = f"/v1/segment/{scope}/{no}?upto={upto}"
        send, headers = self._wire.send, {"Accept-Encoding": "zstd"}
        patiently = self._wire.patiently
        answer = self._signed(lambda token: patiently(lambda: _signed_in(send("GET", path, None, headers, token))))
        if answer.status != 200:
            raise NotThere
        return answer.body

    def file(self, method: str, sha256: str, scope: str, headers: dict[str, str], body: bytes | None) -> Answered:
        """One request about a file of an attachment; what the answer means is for `sync.files` to say."""
        path = f"/v1/blob/{sha256}?region={scope}"
        send = self._wire.send
        patiently = self._wire.patiently

        def ask(token: str) -> Answered:
            return patiently(lambda: _signed_in(send(method, path, body, headers, token)))

        try:
            return self._signed(ask)
        except DeviceRevoked:
            self.hand_in(())  # files may come in as the records did
            if not self._token:
                raise
            return ask(self._token)

    def _call(self, method: str, path: str, type_: type[T], body: Any = None) -> T:
        return self._signed(lambda token: self._wire.call(method, path, type_, body, token))

    def _signed(self, request: Callable[[str], T]) -> T:
        """Asks within a session, opening one when there is none or it ended."""
        if self._token:
            try:
                return request(self._token)
            except NoSession:
                self._token = ""
        self._token = self._open_session()
        return request(self._token)

    def hand_in(self, batches: Sequence[bytes]) -> HandInAnswer:
        """Gives unsent work to an office that no longer lets this laptop in."""
        nonce = self._nonce()
        signature = self._identity.sign(nonce)
        request = HandInRequest(self._identity.device, nonce, signature, [Raw(body) for body in batches])
        answer = self._wire.call("POST", "/v1/hand-in", HandInAnswer, request)
        self._token = answer.token
        return answer

    def _nonce(self) -> str:
        request = ChallengeRequest(self._identity.device)
        return self._wire.call("POST", "/v1/challenge", ChallengeAnswer, request).nonce

    def _open_session(self) -> str:
        nonce = self._nonce()
        request = SessionRequest(self._identity.device, nonce, self._identity.sign(nonce))
        return self._wire.call("POST", "/v1/session", SessionAnswer, request).token


def enrol(wire: Wire, request: EnrolRequest) -> EnrolAnswer:
    """Makes this laptop known to the server."""
    return wire.call("POST", "/v1/enrol", EnrolAnswer, request)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a server shows of itself before it is trusted."""

    pin: str
    public: bool  # whether a public authority vouches for its name


def look(address: str) -> Shown:
    """The key that a server shows, without sending it anything; `Offline` when nobody answers."""
    import socket

    parts = urlsplit(server_address(address))
    if not parts.hostname:
        raise SyncTrouble(PLAIN)
    if parts.scheme == "http":
        return Shown("", public=True)
    where = parts.hostname, parts.port or 443
    try:
        with (
            socket.create_connection(where, CONNECT) as plain,
            _context().wrap_socket(plain, server_hostname=where[0]) as shown,
        ):
            certificate = shown.getpeercert(binary_form=True) or b""
        return Shown(key_hash(certificate), public=_is_public(*where))
    except OSError as e:
        raise Offline from e


def _is_public(host: str, port: int) -> bool:
    import socket

    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    try:
        with socket.create_connection((host, port), CONNECT) as plain, context.wrap_socket(plain, server_hostname=host):
            return True
    except ssl.SSLError:
        return False
