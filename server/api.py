"""The web side: routes, and every error in one JSON shape with both languages.

Bodies are unpacked and decoded by `Message` rather than by the framework: what arrives must pass the
limits of `sync.protocol` first and must never end in a 500.
"""

import hashlib
import logging
from collections.abc import Generator
from http import HTTPStatus
from typing import Any, TypeVar

import sqlalchemy as sa
from litestar import Litestar, MediaType, Request, Response, Router, get, head, patch, post
from litestar.concurrency import sync_to_thread
from litestar.dto import AbstractDTO, DTOFieldDefinition
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import FromPath, FromQuery, JSONBody, RawBody
from msgspec import Raw
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from server import access, staff
from server.access import Denied
from server.blobs import MOST_PIECE, Depot, Standing, byte_range
from server.errors import BY_STATUS, refusal
from server.push import Sender
from server.service import Service
from sync.protocol import (
    MAX_PACKED,
    PROTO,
    SPOKEN,
    BadMessage,
    ChallengeAnswer,
    ChallengeRequest,
    EnrolAnswer,
    EnrolRequest,
    HandInAnswer,
    HandInRequest,
    Hello,
    SegmentsAnswer,
    SessionAnswer,
    SessionRequest,
    SyncAnswer,
    SyncRequest,
    VerifyAnswer,
    VerifyRequest,
    decode,
    encode,
    is_id,
    pack,
    unpack,
)

log = logging.getLogger("server")

T = TypeVar("T")
AnyRequest = Request[Any, Any, Any]
SIGNED_IN: list[dict[str, list[str]]] = [{"session": []}]


class Message(AbstractDTO[T]):
    """Reads a body by the rules of the protocol; the documentation still sees its type."""

    @override
    def decode_bytes(self, value: bytes) -> Any:
        headers: Any = self.asgi_connection.headers  # pyright: ignore[reportUnknownMemberType]
        return decode(unpack(value, headers.get("content-encoding", "")), self.model_type)

    @classmethod
    @override
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """The framework's own decoder is not wanted."""

    @classmethod
    @override
    def create_openapi_schema(cls, field_definition: Any, handler_id: str, schema_creator: Any) -> Any:
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    @override
    def generate_field_definitions(cls, model_type: type[Any]) -> Generator[DTOFieldDefinition]:
        yield from ()

    @classmethod
    @override
    def detect_nested_field(cls, field_definition: Any) -> bool:
        return False


class Packed(Response[T]):
    """An answer that travels compressed."""

    def __init__(self, content: T, request: AnyRequest) -> None:
        self._packing = "zstd" if "zstd" in request.headers.get("accept-encoding", "") else "gzip"
        super().__init__(content, headers={"content-encoding": self._packing}, media_type=MediaType.JSON)

    @override
    def render(self, content: Any, *_: Any, **__: Any) -> bytes:
        return pack(encode(content), self._packing)


def service(request: AnyRequest) -> Service:
    """The one service behind the routes."""
    found: Service = request.app.state.service
    return found


def sender(request: AnyRequest, *, shut_out: bool = False) -> Sender:
    """Whose request this is, by its token; `shut_out` where also a laptop that was shut out may hand in something."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Denied("no-session")
    return service(request).sender(token, shut_out=shut_out)


@post("/v1/enrol", dto=Message[EnrolRequest], return_dto=None, status_code=200, sync_to_thread=True)
def enrol(request: AnyRequest, data: JSONBody[EnrolRequest]) -> EnrolAnswer:
    """Takes a laptop in by its one-time code."""
    here = service(request)
    return access.enrol(here.db, here.clock, data, here.office_key)


@post("/v1/challenge", dto=Message[ChallengeRequest], return_dto=None, status_code=200, sync_to_thread=True)
def challenge(request: AnyRequest, data: JSONBody[ChallengeRequest]) -> ChallengeAnswer:
    """A nonce for a device to sign."""
    here = service(request)
    return access.challenge(here.db, here.clock, data.device)


@post("/v1/session", dto=Message[SessionRequest], return_dto=None, status_code=200, sync_to_thread=True)
def session(request: AnyRequest, data: JSONBody[SessionRequest]) -> SessionAnswer:
    """A token for a device that signed its nonce."""
    here = service(request)
    return access.session(here.db, here.clock, data)


@get("/v1/hello", security=SIGNED_IN, sync_to_thread=True)
def hello(request: AnyRequest) -> Hello:
    """Versions, limits, the server's time, and how the device stands in each of its scopes."""
    return service(request).hello(sender(request))


@post("/v1/sync", dto=Message[SyncRequest], return_dto=None, status_code=200, security=SIGNED_IN, sync_to_thread=True)
def sync(request: AnyRequest, data: JSONBody[SyncRequest]) -> Packed[SyncAnswer]:
    """One round trip: batches up, answers and pages down."""
    who = sender(request)
    if data.proto not in SPOKEN:
        raise Denied("old-version" if data.proto < PROTO else "new-version")
    return Packed(service(request).sync(who, data), request)


@post(
    "/v1/verify", dto=Message[VerifyRequest], return_dto=None, status_code=200, security=SIGNED_IN, sync_to_thread=True
)
def verify(request: AnyRequest, data: JSONBody[VerifyRequest]) -> Packed[VerifyAnswer]:
    """Sums, hashes or records of a scope, to find what differs."""
    return Packed(service(request).verify(sender(request), data), request)


@post("/v1/hand-in", dto=Message[HandInRequest], return_dto=None, status_code=200, sync_to_thread=True)
def hand_in(request: AnyRequest, data: JSONBody[HandInRequest]) -> Packed[HandInAnswer]:
    """Takes the unsent work of a laptop that was shut out; it waits for a supervisor."""
    here = service(request)
    who, token = access.shut_out(here.db, here.clock, data)
    acks = here.hand_in(who, [bytes(body) for body in data.batches])
    return Packed(HandInAnswer([Raw(ack) for ack in acks], token), request)


# These handlers go to a thread by themselves: the framework does not await a plain Response from there.
BLOB = "/v1/blob/{sha256:str}"


def _depot(request: AnyRequest) -> Depot:
    found = service(request).depot
    if found is None:
        raise Denied("not-found")
    return found


def _giver(request: AnyRequest) -> Sender:
    """Who has a file for us: also a laptop that was shut out."""
    return sender(request, shut_out=True)


def _headers(standing: Standing) -> dict[str, str]:
    """How a file stands, in the words of tus and its successor."""
    return {
        "upload-offset": str(standing.offset),
        "upload-length": str(standing.size),
        "upload-complete": "?1" if standing.whole else "?0",
        "cache-control": "no-store",
    }


@head(BLOB, security=SIGNED_IN)
async def blob_standing(request: AnyRequest, sha256: FromPath[str], region: FromQuery[str]) -> Response[None]:
    """How many bytes of a file are here, and whether it is whole."""
    standing = await sync_to_thread(lambda: _depot(request).standing(_giver(request), region, sha256))
    return Response(None, headers=_headers(standing))


@patch(BLOB, security=SIGNED_IN, status_code=204, request_max_body_size=MOST_PIECE)
async def blob_piece(
    request: AnyRequest, sha256: FromPath[str], region: FromQuery[str], body: RawBody
) -> Response[None]:
    """Takes the piece of a file that begins at `Upload-Offset`."""
    offset = request.headers.get("upload-offset", "")
    standing = await sync_to_thread(lambda: _depot(request).take(_giver(request), region, sha256, offset, body))
    return Response(None, status_code=204, headers=_headers(standing))


@get(BLOB, security=SIGNED_IN, media_type="application/octet-stream")
async def blob(request: AnyRequest, sha256: FromPath[str], region: FromQuery[str]) -> Response[bytes]:
    """A file, or the part that `Range` asks for."""
    asked = request.headers.get("range", "")
    part = await sync_to_thread(lambda: _depot(request).give(sender(request), region, sha256, asked))
    end = part.first + len(part.data)
    headers = {
        "accept-ranges": "bytes",
        "cache-control": "no-store",
        "etag": f'"{sha256}"',
        "content-disposition": "attachment",
        "x-content-type-options": "nosniff",
    }
    whole = len(part.data) == part.size
    if not whole:
        headers["content-range"] = f"bytes {part.first}-{end - 1}/{part.size}"
    return Response(part.data, status_code=200 if whole else 206, headers=headers, media_type=part.mime)


@get("/v1/segment/{region:str}", security=SIGNED_IN, sync_to_thread=True)
def segments(request: AnyRequest, region: FromPath[str]) -> Packed[SegmentsAnswer]:
    """The ready-made parts of a scope for a first read."""
    return Packed(service(request).listing(sender(request), region), request)


@get("/v1/segment/{region:str}/{no:int}", security=SIGNED_IN, media_type=MediaType.JSON)
async def segment(
    request: AnyRequest, region: FromPath[str], no: FromPath[int], upto: FromQuery[int]
) -> Response[bytes]:
    """One part, always packed by zstd; it never changes. `Range` speaks of the packed bytes."""
    data = await sync_to_thread(lambda: service(request).part(sender(request), region, upto, no))
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    headers = {"etag": tag, "content-encoding": "zstd", "accept-ranges": "bytes", "cache-control": "private, immutable"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    first, last = byte_range(request.headers.get("range", ""), len(data))
    whole = last - first + 1 == len(data)
    if not whole:
        headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    body = data[first : last + 1]
    return Response(body, status_code=200 if whole else 206, headers=headers, media_type=MediaType.JSON)


@post("/v1/devices/{device:str}/revoke", security=SIGNED_IN, status_code=204, sync_to_thread=True)
def revoke(request: AnyRequest, device: FromPath[str]) -> None:
    """Shuts a laptop out; for administrators."""
    here, who = service(request), sender(request)
    with here.db.read() as conn:
        person = staff.person(conn, who.user)
    if person is None or person.role != "admin":
        raise Denied("admin-only")
    if not is_id(device) or not staff.revoke(here.db, here.clock, device, who.user):
        raise Denied("not-found")


@get("/healthz", media_type=MediaType.TEXT, sync_to_thread=False)
def healthz() -> str:
    """The process answers."""
    return "ok"


@get("/readyz", media_type=MediaType.TEXT, sync_to_thread=True)
def readyz(request: AnyRequest) -> str:
    """The database answers too."""
    try:
        with service(request).db.read() as conn:
            conn.execute(sa.text("SELECT 1"))
    except SQLAlchemyError as e:
        raise Denied("busy") from e
    return "ok"


def _refused(code: str) -> Response[Any]:
    status, body = refusal(code)
    return Response(encode(body), status_code=status, media_type=MediaType.JSON)


def _on_refusal(_: AnyRequest, error: Denied | BadMessage) -> Response[Any]:
    return _refused(error.code)


def _on_http(_: AnyRequest, error: HTTPException) -> Response[Any]:
    return _refused(BY_STATUS.get(error.status_code, "malformed" if error.status_code < 500 else "broken"))


def _on_bug(_: AnyRequest, error: Exception) -> Response[Any]:
    log.error("unexpected", exc_info=error)
    return _refused("broken")


async def _in_our_shape(response: Response[Any]) -> Response[Any]:
    """The documentation's own page for unknown paths, as an error like all others."""
    return _refused("not-found") if response.status_code == HTTPStatus.NOT_FOUND else response


def make_app(here: Service) -> Litestar:
    """The ASGI application over a service."""
    app = Litestar(
        [
            enrol,
            challenge,
            session,
            hello,
            sync,
            verify,
            segments,
            segment,
            hand_in,
            blob_standing,
            blob_piece,
            blob,
            revoke,
            healthz,
            readyz,
        ],
        openapi_config=OpenAPIConfig(
            title="Dampingi",
            version=str(PROTO),
            openapi_router=Router("/", route_handlers=[], include_in_schema=False, after_request=_in_our_shape),
            render_plugins=[JsonRenderPlugin()],
            components=Components(security_schemes={"session": SecurityScheme(type="http", scheme="bearer")}),
        ),
        exception_handlers={
            Denied: _on_refusal,
            BadMessage: _on_refusal,
            HTTPException: _on_http,
            Exception: _on_bug,
        },
        request_max_body_size=MAX_PACKED,
        logging_config=None,
        on_shutdown=[here.db.close],
    )
    app.state.service = here
    return app
