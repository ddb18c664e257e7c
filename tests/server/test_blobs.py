"""Files on the server: resumable, verified, encrypted, for those who may see a record that refers to them."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from models.blob_files import BlobFolder
from server import staff
from server.access import Denied
from server.api import make_app
from server.blobs import LEAST_PIECE, MOST_PIECE, Depot
from server.database import Database
from tests.fakes import VILLAGE, FrozenClock
from tests.pictures import archive, document, photo
from tests.server.helpers import Device, columns, service_on
from tests.server.test_api import Client, error, signed_in

OTHER = "3513141018"
PDF = document(size=200_000)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> BlobFolder:
    return BlobFolder(tmp_path / "blobs", bytes(range(32)))


@pytest.fixture
def device(sqlite_db: Database, server_clock: FrozenClock, folder: BlobFolder) -> Device:
    return Device(replace(service_on(sqlite_db, server_clock), depot=Depot(sqlite_db, folder)))


@pytest.fixture
def client(device: Device) -> Iterator[Client]:
    with TestClient(make_app(device.service), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def headers(client: Client, device: Device) -> dict[str, str]:
    return signed_in(client, device)


def refer(device: Device, data: bytes, n: int = 1, scope: str = VILLAGE, *, size: int | None = None) -> str:
    """Sends a record that names these bytes; their path."""
    row = {
        "id": f"01932f2e-0000-7000-8000-{n:012d}", "sort": "other", "name": "a.pdf", "sha256": sha(data),
        "size": len(data) if size is None else size, "mime": "application/pdf",
    }  # fmt: skip
    assert device.push(scope, ins=[columns("attachment", row)]).refused == []
    return f"/v1/blob/{sha(data)}?region={scope}"


def patch(client: Client, path: str, headers: dict[str, str], offset: object, piece: bytes) -> Any:
    return client.patch(path, headers=headers | {"Upload-Offset": str(offset)}, content=piece)


def standing(response: Any) -> tuple[int, int, str]:
    assert response.status_code in (200, 204), response.text
    head = response.headers
    return int(head["upload-offset"]), int(head["upload-length"]), head["upload-complete"]


def test_a_file_goes_up_in_pieces_and_comes_back(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    assert standing(client.head(path, headers=headers)) == (0, len(PDF), "?0")

    assert standing(patch(client, path, headers, 0, PDF[:70_000])) == (70_000, len(PDF), "?0")
    assert standing(client.head(path, headers=headers)) == (70_000, len(PDF), "?0")
    assert standing(patch(client, path, headers, 70_000, PDF[70_000:])) == (len(PDF), len(PDF), "?1")

    assert standing(client.head(path, headers=headers)) == (len(PDF), len(PDF), "?1")
    got = client.get(path, headers=headers)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, PDF, "application/pdf")
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("asked", "status", "part"), [
    ("bytes=0-9", 206, PDF[:10]), ("bytes=100-", 206, PDF[100:]), ("bytes=5-9999999", 206, PDF[5:]),
    ("bytes=9-3", 206, PDF[9:10]), ("lines=1-2", 200, PDF), ("bytes=-5", 200, PDF), ("bytes=a-b", 200, PDF),
])  # fmt: skip
def test_a_part_is_given(
    client: Client, device: Device, headers: dict[str, str], asked: str, status: int, part: bytes
) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF)

    got = client.get(path, headers=headers | {"Range": asked})

    assert (got.status_code, got.content) == (status, part)
    assert status == 200 or got.headers["content-range"].endswith(f"/{len(PDF)}")


def test_a_part_behind_the_end_is_refused(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF)

    assert error(client.get(path, headers=headers | {"Range": f"bytes={len(PDF)}-"})) == (416, "range")


def test_a_piece_that_does_not_follow_on_is_refused(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF[:50_000])

    for offset in (0, 49_999, 50_001, 100_000):
        assert error(patch(client, path, headers, offset, PDF[offset : offset + 50_000])) == (409, "offset")
    assert standing(client.head(path, headers=headers))[0] == 50_000


def test_other_bytes_than_the_hash_names_are_dropped(
    client: Client, device: Device, headers: dict[str, str], folder: BlobFolder
) -> None:
    path = refer(device, PDF)
    wrong = PDF[:-9] + b"x" + PDF[-8:]

    assert error(patch(client, path, headers, 0, wrong)) == (422, "other-hash")
    assert not [found for found in folder.folder.rglob("*") if found.is_file()]
    assert standing(client.head(path, headers=headers)) == (0, len(PDF), "?0")
    assert standing(patch(client, path, headers, 0, PDF))[2] == "?1"


@pytest.mark.parametrize("data", [archive(), photo() + archive(), b"MZ" + bytes(100), document(b"/JavaScript")])
def test_other_types_are_refused(
    client: Client, device: Device, headers: dict[str, str], data: bytes, folder: BlobFolder
) -> None:
    path = refer(device, data)

    assert error(patch(client, path, headers, 0, data)) == (415, "bad-type")
    assert not folder.has(sha(data))


def test_the_same_file_of_two_records_is_sent_once(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF)
    other = Device(device.service, "Dewi Anggraini", scopes=(OTHER,))

    path = refer(other, PDF, 2, OTHER)

    assert standing(client.head(path, headers=signed_in(client, other))) == (len(PDF), len(PDF), "?1")


def test_only_who_may_see_a_record_may_touch_its_file(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF)
    stranger = signed_in(client, Device(device.service, "Orang Lain", scopes=(OTHER,)))
    there = path.replace(VILLAGE, OTHER)

    for where, who in ((path, stranger), (there, stranger), (there, headers)):
        assert client.head(where, headers=who).status_code == 404
        assert error(client.get(where, headers=who)) == (404, "not-found")
        assert error(patch(client, where, who, 0, PDF)) == (404, "not-found")
    assert error(client.get(path)) == (401, "no-session")


def test_a_reader_may_fetch_and_not_send(db: Database, server_clock: FrozenClock, folder: BlobFolder) -> None:
    depot = Depot(db, folder)
    device = Device(replace(service_on(db, server_clock), depot=depot))
    reader = Device(device.service, "Dewi Lestari")
    refer(device, PDF)
    for who in (device, reader):
        staff.grant(db, server_clock, who.sender.user, VILLAGE, "read")

    with pytest.raises(Denied):
        depot.take(reader.sender, VILLAGE, sha(PDF), "0", PDF)
    assert depot.take(device.sender, VILLAGE, sha(PDF), "0", PDF).whole, "whoever made the record may send its file"
    assert depot.give(reader.sender, VILLAGE, sha(PDF), "").data == PDF


def test_a_deleted_record_refers_to_nothing(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    device.push(cut=[("attachment", "01932f2e-0000-7000-8000-000000000001", 1, 99)])

    assert client.head(path, headers=headers).status_code == 404


def test_limits(client: Client, device: Device, headers: dict[str, str]) -> None:
    path = refer(device, PDF)
    huge = refer(device, b"huge", 3, size=6 << 20)

    assert error(client.head(huge, headers=headers) and patch(client, huge, headers, 0, b"x")) == (413, "too-large")
    assert error(patch(client, path, headers, 0, bytes(MOST_PIECE + 1)))[0] in (400, 413)
    for offset, piece in ((0, b""), (0, PDF[: LEAST_PIECE - 1]), (0, PDF + b"x"), ("", PDF), ("-1", PDF), ("9" * 30, PDF),
                          ("٣", PDF), ("0x0", PDF)):  # fmt: skip
        got = client.patch(path, headers={**headers, "Upload-Offset": str(offset).encode()}, content=piece)
        assert error(got) == (400, "malformed")
    assert standing(client.head(path, headers=headers))[0] == 0


def test_planted_bytes_are_not_found_on_the_servers_disk(
    client: Client, device: Device, headers: dict[str, str], folder: BlobFolder
) -> None:
    planted = document(b"/Nama(3513145201900142)", size=60_000)
    patch(client, refer(device, planted), headers, 0, planted[:40_000])
    patch(client, refer(device, PDF, 2), headers, 0, PDF)

    found = [path for path in folder.folder.rglob("*") if path.is_file()]
    assert len(found) == 2
    assert not [path for path in found if b"351314520190" in path.read_bytes() or b"%PDF" in path.read_bytes()]


def test_a_damaged_file_is_not_given(
    client: Client, device: Device, headers: dict[str, str], folder: BlobFolder
) -> None:
    path = refer(device, PDF)
    patch(client, path, headers, 0, PDF)
    (lying,) = [found for found in folder.folder.rglob("*") if found.is_file()]
    lying.write_bytes(lying.read_bytes()[:-1] + b"\0")

    assert error(client.get(path, headers=headers)) == (404, "not-found")
    assert standing(client.head(path, headers=headers)) == (0, len(PDF), "?0")  # it may be sent again


@given(name=st.text(st.characters(codec="ascii", exclude_characters="/?#\\"), min_size=1, max_size=70) | st.just("a" * 64),
       scope=st.text(max_size=12), offset=st.text(st.characters(codec="ascii", categories=("L", "N", "P"))),
       body=st.binary(max_size=60))  # fmt: skip
def test_no_nonsense_ends_in_a_500(
    client: Client, headers: dict[str, str], name: str, scope: str, offset: str, body: bytes
) -> None:
    path = f"/v1/blob/{quote(name)}"
    for query in ({"region": scope}, {}, {"region": VILLAGE}):
        asked = headers | {"Upload-Offset": offset, "Range": offset}
        assert client.head(path, params=query, headers=asked).status_code < 500
        assert client.get(path, params=query, headers=asked).status_code < 500
        assert client.patch(path, params=query, headers=asked, content=body).status_code < 500


@pytest.mark.parametrize("parts", range(1, 9))
def test_a_file_arrives_whatever_the_cuts(client: Client, device: Device, headers: dict[str, str], parts: int) -> None:
    path = refer(device, PDF)
    chance, at = random.Random(parts), 0
    while at < len(PDF):
        step = chance.randint(LEAST_PIECE, 60_000)
        at, _, _ = standing(patch(client, path, headers, at, PDF[at : at + step]))
        if chance.random() < 0.3:  # the answer was lost: the same piece comes again
            assert patch(client, path, headers, max(0, at - step), PDF[max(0, at - step) : at]).status_code in (
                204,
                400,
                409,
            )

    assert client.get(path, headers=headers).content == PDF
