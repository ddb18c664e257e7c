"""Files over a real socket to a real server process, cut after every k-th byte of a request."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from models import attaching, outbox
from models.clock import SYSTEM
from models.pictures import prepare
from models.store import Store
from sync.engine import Engine
from sync.enrol import Ticket, enrol_account, link
from sync.files import Files
from sync.transport import HttpLink
from tests.conftest import KEY
from tests.fakes import VILLAGE, owner
from tests.pictures import document
from tests.server.process import ServerProcess


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path_factory.mktemp("plain"))
    yield process
    process.stop()


def laptop(plain: ServerProcess, folder: Path, name: str) -> tuple[Store, HttpLink]:
    folder.mkdir()
    store = Store.open(folder / "data.db", KEY, clock=SYSTEM, home_scope=VILLAGE)
    plain.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
    code = plain.run("code", name).replace(" ", "")
    enrol_account(lambda work: work(store), Ticket(plain.address, plain.pin, code))
    found = link(store)
    assert found is not None
    return store, found


def request(link_: HttpLink, address: str, sha256: str, offset: int, piece: bytes) -> bytes:
    head = (
        f"PATCH /v1/blob/{sha256}?region={VILLAGE} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n"
        f"Authorization: Bearer {link_._token}\r\nUpload-Offset: {offset}\r\nContent-Length: {len(piece)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + piece


def send(address: str, sent: bytes, *, cut: bool = True) -> bytes:
    """Sends so much and, when cut, no more; what the server says until it has seen the end."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), 10) as line:
        line.sendall(sent)
        if cut:
            line.shutdown(socket.SHUT_WR)
        said = b""
        while more := line.recv(4096):
            said += more
    return said


def test_a_request_cut_anywhere_leaves_no_half_piece(plain: ServerProcess, tmp_path: Path) -> None:
    store, line = laptop(plain, tmp_path / "a", "Petugas Berkas")
    owner_id = store.save("owner", owner()).first_id("owner")
    file = prepare(document(size=70_000), "a.pdf")
    attaching.attach(store, file, "other", owner_id=owner_id)
    assert Engine(lambda work: work(store), line).run().equal
    whole = request(line, plain.address, file.sha256, 0, file.data[:40_000])

    for cut in (*range(1, 400, 23), *range(400, len(whole), 3_001), len(whole) - 1):
        send(plain.address, whole[:cut])
        standing = line.file("HEAD", file.sha256, VILLAGE, {}, None)
        assert (standing.status, standing.headers["Upload-Offset"]) == (200, "0")
    assert send(plain.address, whole, cut=False).startswith(b"HTTP/1.1 204")
    assert line.file("HEAD", file.sha256, VILLAGE, {}, None).headers["Upload-Offset"] == "40000"

    assert Files(lambda work: work(store), line).run().sent == 1
    assert attaching.state(store, file.sha256) == "safe"
    other, its_line = laptop(plain, tmp_path / "b", "Petugas Lain")
    Engine(lambda work: work(other), its_line).run()
    Files(lambda work: work(other), its_line).run()
    assert attaching.content(other, file.sha256) == file.data
    store.close()
    other.close()


def test_the_files_of_a_revoked_laptop_come_in_with_its_records(plain: ServerProcess, tmp_path: Path) -> None:
    store, line = laptop(plain, tmp_path / "a", "Petugas Pergi")
    engine, files = Engine(lambda work: work(store), line), Files(lambda work: work(store), line)
    owner_id = store.save("owner", owner()).first_id("owner")
    known, late = prepare(document(size=60_000), "a.pdf"), prepare(document(size=61_000), "b.pdf")
    attaching.attach(store, known, "other", owner_id=owner_id)
    assert engine.run().equal  # the record of the first file is there, the file is not
    attaching.attach(store, late, "other", owner_id=owner_id)
    plain.run("grant", "Petugas Pergi", VILLAGE, "--end")
    plain.run("revoke", outbox.device(store))

    outcome = engine.run()
    assert (outcome.shut_out, outcome.held) == (True, 1)
    assert files.run().sent == 2
    assert {attaching.state(store, file.sha256) for file in (known, late)} == {"safe"}
    assert line.file("GET", known.sha256, VILLAGE, {}, None).status == 403, "nothing is given to it"

    there, its_line = laptop(plain, tmp_path / "b", "Penerus")
    successor = Engine(lambda work: work(there), its_line)
    held = plain.run("held").split()[0]
    assert its_line.file("GET", late.sha256, VILLAGE, {}, None).status == 404, "not before it is accepted"
    plain.run("accept", held)
    assert successor.run().equal
    assert Files(lambda work: work(there), its_line).run().fetched >= 2
    assert attaching.content(there, late.sha256) == late.data
    store.close()
    there.close()
