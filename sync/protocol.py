"""`usync/1`: the messages between a laptop and the server, and how they are packed.

Shared by both sides, so nothing here knows a database or a network. The messages are described with
examples in docs/sync-protocol.md.
"""

import re
import zlib
from functools import cache
from hashlib import blake2b, sha256
from typing import Any, Literal, TypeVar

import msgspec
import zstandard
from msgspec import Raw, Struct, field

from models.clock import HLC_BITS, from_millis, iso
from models.entities import SYNCED

PROTO = 1
SPOKEN = (1,)  # the server speaks this version and, once there is one, the version before

MAX_OPERATIONS = 5_000  # in a batch
MAX_ROWS = 5_000  # in the pages of one answer
MAX_PACKED = 8 << 20  # bytes of a request body
MAX_UNPACKED = 64 << 20  # bytes of it after decompression
MAX_TEXT = 20_000  # characters of one value
MAX_NAMED = 5_000  # records asked for by name
SEGMENT_ROWS = 5_000  # records in a ready-made part of a first read
SEGMENTS_FROM = 10_000  # records of a scope for which there are such parts

# A laptop's clock may be ahead of the server's by this much before its stamps are pulled back.
MAX_SKEW_MS = 5 * 60 * 1000

SESSION_CONTEXT = b"usync/1 session\n"

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Scope = str
Patch = tuple[str, str, int, int, dict[str, Any]]  # entity, id, base, hlc, {field: value}
Deletion = tuple[str, str, int, int]  # entity, id, base, hlc
Change = tuple[str, str, str, int, dict[str, Any]]  # entity, id, by, hlc, {field: value}
Move = tuple[str, str, int, Scope]  # entity, id, hlc, the scope that shall keep it from now on
Moved = tuple[str, str, str, int, Scope]  # entity, id, by, hlc, the scope that keeps it now
Status = Literal["done", "gap", "already", "device-forked", "no-grant", "invalid", "held"]
Access = Literal["read", "write"]

T = TypeVar("T")


class Columns(Struct):
    """Whole records of one entity, column by column; `f` names the columns, the first is `id`."""

    t: str
    f: list[str]
    c: list[list[Any]]


class Batch(Struct, omit_defaults=True):
    """What one laptop changed in one scope: the unit of transaction and of repetition.

    A batch is known by (scope, device, ctr); the same bytes may be sent any number of times.
    `ins` carries the stamp of each record in a column `hlc`. `mov` hands owners or businesses, with all
    that hangs on them, to another scope. `event` names the event at which records were made for a scope
    that this laptop does not hold. `epoch` is the life of the server in whose numbers the bases count.
    """

    scope: Scope
    ctr: int
    ins: list[Columns] = []
    upd: list[Patch] = []
    cut: list[Deletion] = field(name="del", default_factory=list)
    mov: list[Move] = []
    event: str = ""
    epoch: str = ""


class Ack(Struct, omit_defaults=True):
    """What became of a batch.

    `first` and `last` are the scope's head before and after it. `unseen`, in the form of a page's
    `upd`, are values that the sender did not have: changed by others since its base, kept against it,
    or conflicts that it opened. `refused` names operations by their place in the batch (insertions,
    patches, deletions, moves, counted through) and says why; `held` names those that wait for a
    supervisor. `moved` are records that another scope keeps now.
    """

    scope: Scope
    ctr: int
    status: Status
    first: int = 0
    last: int = 0
    unseen: list[Change] = []
    refused: list[tuple[int, str]] = []
    held: list[int] = []
    moved: list[Moved] = []


class Page(Struct, omit_defaults=True):
    """A scope's changes after a cursor, up to and including `cursor`.

    `upd` is (entity, id, by, hlc, {field: value}), once for each change that still stands; `gone` is
    (entity, id, by, hlc), `moved` what another scope keeps now. Whole records come with what newer
    versions recorded in a column `extra`. A page before the last says how many deletions lie `ahead`
    after the cursor that was asked from, its own among them.
    """

    scope: Scope
    cursor: int
    ins: list[Columns] = []
    upd: list[Change] = []
    gone: list[tuple[str, str, str, int]] = []
    moved: list[Moved] = []
    ahead: int = 0


class Check(Struct, array_like=True):
    """How a scope stands on the server: last sequence number, live records, sum of their hashes.

    Deletions up to `floor` are forgotten: a laptop whose cursor is below it reads the scope anew.
    """

    head: int
    count: int
    sum: int
    epoch: str
    floor: int = 0


class SyncRequest(Struct, omit_defaults=True):
    proto: int
    schema: str
    batches: list[Raw] = []
    cursors: dict[Scope, int] = {}
    grants: int = 0  # the version of the grants that the laptop knows
    want: int = MAX_ROWS


class SyncAnswer(Struct, omit_defaults=True):
    now: str  # the server's time, ISO 8601 UTC
    acks: list[Raw] = []
    pages: list[Page] = []
    check: dict[Scope, Check] = {}
    more: bool = False
    grants: "Grants | None" = None  # only when the laptop knows an older version
    signature: str = ""  # Ed25519 over what `check` says (sync/proof.py), base64; none from an older server


class VerifyRequest(Struct, omit_defaults=True):
    """Asks for the sums of a scope's 256 buckets; with `buckets` for the hashes in them; with `rows` for those records."""

    scope: Scope
    buckets: list[int] = []
    rows: list[tuple[str, str]] = []  # entity, id


class VerifyAnswer(Struct, omit_defaults=True):
    """What was asked for, as of `head`. `damaged` are records that no longer are what the server once took."""

    scope: Scope
    head: int
    floor: int = 0
    sums: list[int] = []
    hashes: list[tuple[str, str, int]] = []  # entity, id, hash
    page: Page | None = None
    damaged: list[tuple[str, str]] = []


class SegmentEntry(Struct, array_like=True):
    """One ready-made part of a first read: how many records, bytes on the wire, SHA-256 of these."""

    rows: int
    size: int
    sha256: str


class SegmentsAnswer(Struct):
    """The ready-made parts of a scope, as of `upto`; none when there are too few records to be worth it."""

    scope: Scope
    upto: int
    segments: list[SegmentEntry]


class Segment(Struct):
    """One part: whole records of a scope in the order of entity and id."""

    scope: Scope
    upto: int
    no: int
    ins: list[Columns]


class Grants(Struct):
    ver: int
    scopes: dict[Scope, Access]


class Person(Struct):
    """Whom the account belongs to, as the staff directory knows the person."""

    id: str
    name: str
    role: str
    position: str
    office: str
    region: str
    office_phone: str


class EnrolRequest(Struct):
    code: str
    public_key: str  # Ed25519, base64
    device_name: str


class EnrolAnswer(Struct):
    device: str
    person: Person
    grants: Grants
    office_key: str  # X25519, base64: the data key is sealed to it, so that the office can open a lost account


class ChallengeRequest(Struct):
    device: str


class ChallengeAnswer(Struct):
    nonce: str


class SessionRequest(Struct):
    device: str
    nonce: str
    signature: str  # Ed25519 over SESSION_CONTEXT + device + nonce, base64


class SessionAnswer(Struct):
    token: str
    seconds: int


class Limits(Struct):
    operations: int = MAX_OPERATIONS
    rows: int = MAX_ROWS
    bytes: int = MAX_PACKED


class ScopeState(Struct):
    access: Access
    epoch: str
    head: int
    ctr: int  # the last batch of this device that the server holds
    count: int = 0  # live records
    began: int = 0  # the lowest head to which a backup ever brought it back


class Hello(Struct):
    proto: list[int]
    schema: str
    now: str
    grants: int
    scopes: dict[Scope, ScopeState]
    limits: Limits = field(default_factory=Limits)
    lanes: dict[Scope, int] = {}  # the last batch of this device in scopes that it does not (or no longer) hold
    laptops: dict[Scope, dict[str, str]] = {}  # who writes in a scope: device, and when it was heard last
    proof_key: str = ""  # Ed25519, base64: with it the server signs its answers


class HandInRequest(Struct):
    """Unsent work of a laptop that was shut out, signed like a session; nothing else is given to it."""

    device: str
    nonce: str
    signature: str
    batches: list[Raw]


class HandInAnswer(Struct, omit_defaults=True):
    acks: list[Raw]
    token: str = ""  # good for the files that belong to it, and for nothing else; none from an older server


class Complaint(Struct):
    """Why a request was refused: a code for programs, a sentence for people."""

    code: str
    id: str
    en: str


class Refusal(Struct):
    error: Complaint


class BadMessage(Exception):
    """Bytes that are not a message of this protocol; `status` is the HTTP status that says so."""

    def __init__(self, code: str, status: int = 400) -> None:
        self.code = code
        self.status = status
        super().__init__(code)


def encode(message: Any) -> bytes:
    """A message as JSON."""
    return msgspec.json.encode(message)


def decode(body: bytes, type_: type[T]) -> T:
    """The message that these bytes are; `BadMessage` when they are none."""
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise BadMessage("malformed") from e


def pack(body: bytes, encoding: str = "zstd") -> bytes:
    """Compressed for the wire."""
    if encoding == "gzip":
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(body) + packer.flush()
    return zstandard.ZstdCompressor(level=3).compress(body)


def unpack(body: bytes, encoding: str, limit: int = MAX_UNPACKED) -> bytes:
    """Decompressed, never more than `limit` bytes; a truncated body is refused, not half read."""
    match encoding:
        case "" | "identity":
            if len(body) > limit:
                raise BadMessage("too-large", 413)
            return body
        case "zstd":
            return _unzstd(body, limit)
        case "gzip":
            return _gunzip(body, limit)
        case _:
            raise BadMessage("encoding", 415)


def _unzstd(body: bytes, limit: int) -> bytes:
    try:
        size = zstandard.frame_content_size(body)
        if size < 0:  # a frame that hides its size could be a bomb
            raise BadMessage("size-unknown", 411)
        if size > limit:
            raise BadMessage("too-large", 413)
        return zstandard.ZstdDecompressor().decompress(body, max_output_size=limit, allow_extra_data=False)
    except zstandard.ZstdError as e:
        raise BadMessage("truncated") from e


def _gunzip(body: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        plain = unpacker.decompress(body, limit + 1)
    except zlib.error as e:
        raise BadMessage("truncated") from e
    if len(plain) > limit:
        raise BadMessage("too-large", 413)
    if not unpacker.eof or unpacker.unused_data:
        raise BadMessage("truncated")
    return plain


def body_hash(body: bytes) -> bytes:
    """By which a repeated batch is told from another one under the same number."""
    return sha256(body).digest()


def is_id(text: str) -> bool:
    """Whether this is a UUID as it is written everywhere here."""
    return _ID.fullmatch(text) is not None


def hlc_time(hlc: int) -> str:
    """The moment of a hybrid clock's stamp, as ISO 8601 UTC text."""
    return iso(from_millis(hlc >> HLC_BITS))


@cache
def schema_hash() -> str:
    """Changes when a declaration does: an entity or field more."""
    facts = [(e.name, [(f.name, f.kind.storage, f.merge, f.group) for f in e.fields]) for e in SYNCED.values()]
    return blake2b(encode(facts), digest_size=8).hexdigest()
