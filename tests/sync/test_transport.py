"""The real line: TLS to a real server process, a pinned key, and everything that is not our server."""

import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.clock import SYSTEM
from models.errors import DeviceRevoked, ServerChanged, SyncTrouble, VersionTooOld
from models.store import Store
from sync import transport
from sync.engine import Engine, Offline
from sync.enrol import Ticket, enrol_account, link, office_key, read_file
from sync.protocol import EnrolRequest, Hello, SyncAnswer, SyncRequest
from sync.transport import HttpLink, Wire, look
from tests.fakes import VILLAGE, business, owner
from tests.server.process import ServerProcess
from tests.sim.world import fresh_store

WRONG_PIN = "0" * 64


def ticket(central: ServerProcess, name: str) -> Ticket:
    central.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
    return Ticket(central.address, central.pin, central.run("code", name).replace(" ", ""))


@pytest.fixture
def laptop() -> Iterator[Store]:
    store = fresh_store(SYSTEM, "Sri Wahyuni", VILLAGE)
    yield store
    store.close()


def enrolled(store: Store, given: Ticket) -> HttpLink:
    enrol_account(lambda work: work(store), given)
    found = link(store)
    assert found is not None
    return found


def test_a_laptop_enrols_and_syncs_over_tls_with_the_pinned_key(central: ServerProcess, laptop: Store) -> None:
    owner_id = laptop.save("owner", owner()).first_id("owner")
    laptop.save("business", business(owner_id))
    to_server = enrolled(laptop, ticket(central, "Petugas Satu"))

    outcome = Engine(lambda work: work(laptop), to_server).run()

    assert (outcome.sent, outcome.equal, outcome.reason) == (2, True, None)
    assert laptop.find("staff", name="Petugas Satu")
    assert len(office_key(laptop) or b"") == 32
    assert "Petugas Satu" in central.run("devices")


def test_a_server_with_another_key_is_refused_before_anything_is_sent(central: ServerProcess, laptop: Store) -> None:
    good = ticket(central, "Petugas Dua")

    with pytest.raises(ServerChanged):
        enrol_account(lambda work: work(laptop), Ticket(good.server, WRONG_PIN, good.code))
    assert "Petugas Dua" not in central.run("devices")
    enrolled(laptop, good)  # the code was never sent, so it still serves
    assert "Petugas Dua" in central.run("devices")


def test_a_server_that_changed_its_key_stops_the_sync_with_a_reason(central: ServerProcess, laptop: Store) -> None:
    to_server = enrolled(laptop, ticket(central, "Petugas Tiga"))
    to_server._wire.pin = WRONG_PIN

    assert Engine(lambda work: work(laptop), to_server).run().reason == ServerChanged.words


def test_the_same_key_in_a_renewed_certificate_is_the_same_server(central: ServerProcess, tmp_path: Path) -> None:
    for name in ("tls.key", "server.key"):
        (tmp_path / name).write_bytes((central.home / name).read_bytes())
    renewed = _certificate_for(central.home / "tls.key")
    (tmp_path / "tls.crt").write_bytes(renewed)
    other = ServerProcess(tmp_path, "--tls")
    try:
        assert other.pin == central.pin
        assert look(other.address).pin == central.pin
    finally:
        other.stop()


def _certificate_for(key: Path) -> bytes:
    """A certificate of the same key that is valid only in the past: laptop clocks are no judges."""
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID

    private: Any = serialization.load_pem_private_key(key.read_bytes(), None)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lama")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        .serial_number(5).not_valid_before(datetime(2001, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2002, 1, 1, tzinfo=UTC)).sign(private, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(serialization.Encoding.PEM)


def test_a_session_that_ended_is_renewed_without_anybody_noticing(central: ServerProcess, laptop: Store) -> None:
    to_server = enrolled(laptop, ticket(central, "Petugas Empat"))
    to_server._token = "long gone"

    assert VILLAGE in to_server.hello().scopes


def test_a_revoked_laptop_is_told_so(central: ServerProcess, laptop: Store) -> None:
    to_server = enrolled(laptop, ticket(central, "Petugas Lima"))
    [line] = [line for line in central.run("devices").splitlines() if "Petugas Lima" in line]
    central.run("revoke", line.split()[0])

    assert Engine(lambda work: work(laptop), to_server).run().reason == DeviceRevoked.words


def test_another_protocol_version_is_told_so(central: ServerProcess, laptop: Store) -> None:
    to_server = enrolled(laptop, ticket(central, "Petugas Enam"))

    with pytest.raises(VersionTooOld):
        to_server.sync(SyncRequest(0, ""))
    with pytest.raises(SyncTrouble, match="does not know this version"):
        to_server.sync(SyncRequest(99, ""))


def test_what_the_server_shows_can_be_looked_at_without_trusting_it(central: ServerProcess) -> None:
    shown = look(central.address)

    assert (shown.pin, shown.public) == (central.pin, False)


def test_the_file_of_the_dinas_holds_all_that_is_needed(central: ServerProcess, laptop: Store, tmp_path: Path) -> None:
    central.run("staff", "add", "Petugas Tujuh", "--role", "kasie", "--region", VILLAGE)
    path = tmp_path / "tujuh.dampingi"
    central.run("code", "Petugas Tujuh", "--file", str(path), "--address", central.address)

    assert VILLAGE in enrolled(laptop, read_file(path)).hello().scopes


def patient(address: str, pin: str = WRONG_PIN) -> tuple[Wire, list[float]]:
    """A wire whose pauses are written down instead of waited."""
    pauses: list[float] = []
    return Wire(address, pin, pauses.append), pauses


def test_nobody_there_is_offline_after_some_patience() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        wire, pauses = patient(f"https://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(Offline):
            wire.call("GET", "/v1/hello", Hello)

    assert len(pauses) == len(transport.PAUSES)
    assert all(p * 0.5 <= waited <= p * 1.5 for p, waited in zip(transport.PAUSES, pauses, strict=True))


@contextmanager
def serving(answer: bytes) -> Iterator[str]:
    """Something on loopback that answers every request with these bytes and hangs up."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815  named by the library

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def http_answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    "answer",
    [http_answer(b"<html>Login WiFi</html>"), http_answer(b"{}"), http_answer(b"x", "200 OK", "Content-Encoding: zstd"),
     http_answer(b"Moved", "302 Found", "Location: http://example.invalid/"), http_answer(b"oops", "500 Error")],
)  # fmt: skip
def test_what_is_not_our_server_is_said_so(answer: bytes) -> None:
    with serving(answer) as address, pytest.raises(SyncTrouble) as caught:
        patient(address)[0].call("GET", "/v1/hello", Hello)

    assert caught.value.words == transport.NOT_OURS


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", http_answer(b"", "503 Busy"), b"\x00\x01\x02"]
)
def test_a_line_that_breaks_or_a_busy_server_is_offline(answer: bytes) -> None:
    with serving(answer) as address:
        wire, pauses = patient(address)
        with pytest.raises(Offline):
            wire.call("POST", "/v1/sync", SyncAnswer, SyncRequest(1, ""))

    assert len(pauses) == len(transport.PAUSES)


@pytest.mark.parametrize(
    "address", ["http://192.0.2.1:8420", "ftp://127.0.0.1", "192.0.2.1", "https://", "https://a..b"]
)
def test_plain_or_strange_addresses_are_refused(address: str) -> None:
    with pytest.raises(SyncTrouble):
        look(address)
    if not address.startswith("https"):
        with pytest.raises(SyncTrouble):
            transport.enrol(patient(address)[0], EnrolRequest("x", "x", "x"))
