"""The ready-made parts over HTTP, as a laptop's link asks for them, and kept on both engines."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from models.blob_files import BlobFolder
from server import segments as making
from server.api import make_app
from server.database import Database
from server.segments import Segments
from sync.protocol import Segment, SegmentsAnswer, decode, unpack
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, service_on
from tests.server.test_api import signed_in

IDS = [f"01932f2e-0000-7000-8000-{n:012x}" for n in range(9)]


@pytest.fixture
def device(db: Database, server_clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Device:
    monkeypatch.setattr(making, "SEGMENT_ROWS", 5)
    monkeypatch.setattr(making, "SEGMENTS_FROM", 1)
    segments = Segments(db, BlobFolder(tmp_path / "blobs", bytes(32)), server_clock)
    made = Device(replace(service_on(db, server_clock), segments=segments))
    made.push(ins=[columns("owner", *({"id": i, "name": "Siti"} for i in reversed(IDS)))])
    return made


@pytest.fixture
def ask(device: Device) -> Iterator[Any]:
    with TestClient(make_app(device.service), raise_server_exceptions=False) as client:
        head = signed_in(client, device) | {"Accept-Encoding": "zstd"}
        yield lambda path, **more: client.send(
            client.build_request("GET", f"/v1/segment/{path}", headers=head | more), stream=True
        )


def raw(response: Any) -> bytes:
    return b"".join(response.iter_raw())


def test_parts_are_listed_and_given_with_range_and_tag(device: Device, ask: Any) -> None:
    listing = decode(unpack(raw(ask(VILLAGE)), "zstd"), SegmentsAnswer)
    path = f"{VILLAGE}/0?upto={listing.upto}"
    response = ask(path)
    body = raw(response)

    assert [entry.rows for entry in listing.segments] == [5, 4]
    assert hashlib.sha256(body).hexdigest() == listing.segments[0].sha256
    assert decode(unpack(body, "zstd"), Segment).ins[0].c[0] == IDS[:5]
    assert (response.status_code, response.headers["content-encoding"]) == (200, "zstd")
    tag = response.headers["etag"]
    assert ask(path, **{"If-None-Match": tag}).status_code == 304
    middle = ask(path, Range="bytes=10-19")
    assert (middle.status_code, raw(middle)) == (206, body[10:20])
    assert middle.headers["content-range"] == f"bytes 10-19/{len(body)}"


@pytest.mark.parametrize(
    ("path", "status"), [(f"{VILLAGE}/7?upto=1", 404), ("3513141018", 404), (f"{VILLAGE}/0", 400), ("x/y?upto=1", 404)]
)
def test_what_is_not_there_is_said(ask: Any, path: str, status: int) -> None:
    assert ask(path).status_code == status
