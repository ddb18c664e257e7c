"""The web side: who is let in, and that no request whatsoever ends in a 500."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from nacl.signing import SigningKey
from sqlalchemy.exc import OperationalError

from models.codes import new_code
from server import api, staff
from server.access import GUESSES_A_MINUTE
from server.api import make_app
from server.database import Database
from server.errors import ERRORS
from sync.protocol import MAX_PACKED, PROTO, SESSION_CONTEXT, Hello, SyncAnswer, decode, encode, pack, unpack
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, service_on

Client = TestClient[Litestar]


@pytest.fixture
def device(sqlite_db: Database, server_clock: FrozenClock) -> Device:
    return Device(service_on(sqlite_db, server_clock))


@pytest.fixture
def client(device: Device) -> Iterator[Client]:
    with TestClient(make_app(device.service), raise_server_exceptions=False) as made:
        yield made


def token(client: Client, device: Device) -> str:
    nonce = client.post("/v1/challenge", json={"device": device.sender.device}).json()["nonce"]
    return str(open_session(client, device, nonce).json()["token"])


def open_session(client: Client, device: Device, nonce: str, key: SigningKey | None = None) -> Any:
    message = SESSION_CONTEXT + f"{device.sender.device}\n{nonce}".encode()
    signature = base64.b64encode((key or device.key).sign(message).signature).decode()
    return client.post("/v1/session", json={"device": device.sender.device, "nonce": nonce, "signature": signature})


def signed_in(client: Client, device: Device) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(client, device)}"}


def error(response: Any) -> tuple[int, str]:
    """(status, code), after a look at the shape that every error has."""
    found = response.json()["error"]
    assert found["id"]
    assert found["en"]
    return response.status_code, found["code"]


def test_a_device_that_signs_the_nonce_is_greeted(client: Client, device: Device) -> None:
    response = client.get("/v1/hello", headers=signed_in(client, device))
    hello = decode(response.content, Hello)

    assert hello.scopes[VILLAGE].access == "write"
    assert PROTO in hello.proto


def test_a_nonce_serves_once_and_only_its_own_key_opens(client: Client, device: Device) -> None:
    nonce = client.post("/v1/challenge", json={"device": device.sender.device}).json()["nonce"]
    assert error(open_session(client, device, nonce, SigningKey.generate())) == (401, "bad-signature")
    assert error(open_session(client, device, nonce)) == (401, "bad-signature")

    nonce = client.post("/v1/challenge", json={"device": device.sender.device}).json()["nonce"]
    assert open_session(client, device, nonce).status_code == 200


def test_a_session_ends_after_a_quarter_of_an_hour(client: Client, device: Device, server_clock: FrozenClock) -> None:
    headers = signed_in(client, device)
    server_clock.forward(minutes=14)
    assert client.get("/v1/hello", headers=headers).status_code == 200
    server_clock.forward(minutes=2)

    assert error(client.get("/v1/hello", headers=headers)) == (401, "no-session")


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}])
def test_without_a_session_nothing_is_said(client: Client, header: dict[str, str]) -> None:
    assert error(client.get("/v1/hello", headers=header)) == (401, "no-session")
    assert error(client.post("/v1/sync", headers=header, json={"proto": 1, "schema": ""})) == (401, "no-session")


def test_the_whole_round_trip_is_compressed_both_ways(client: Client, device: Device) -> None:
    batch = device.batch(ins=[columns("owner", {"id": "01932f2e-0000-7000-8000-000000000001", "name": "Siti"})])
    request = b'{"proto":1,"schema":"","batches":[' + batch + b'],"cursors":{"3513141017":0}}'
    for coding in ("zstd", "gzip"):
        headers = signed_in(client, device) | {"Content-Encoding": coding, "Accept-Encoding": coding}
        with client.stream("POST", "/v1/sync", content=pack(request, coding), headers=headers) as response:
            body = b"".join(response.iter_raw())
            assert response.headers["content-encoding"] == coding
        answer = decode(unpack(body, coding), SyncAnswer)
        assert json.loads(bytes(answer.acks[0]))["status"] == "done"


def test_another_protocol_is_asked_to_update(client: Client, device: Device) -> None:
    headers = signed_in(client, device)

    older = client.post("/v1/sync", headers=headers, json={"proto": PROTO - 1, "schema": ""})
    newer = client.post("/v1/sync", headers=headers, json={"proto": PROTO + 1, "schema": ""})
    assert (error(older), error(newer)) == ((426, "old-version"), (426, "new-version"))


def test_the_version_before_is_still_served(client: Client, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SPOKEN", (PROTO, PROTO + 1))
    monkeypatch.setattr(api, "PROTO", PROTO + 1)
    headers = signed_in(client, device)

    def ask(proto: int) -> Any:
        return client.post("/v1/sync", headers=headers, json={"proto": proto, "schema": "", "cursors": {VILLAGE: 0}})

    assert [ask(PROTO).status_code, ask(PROTO + 1).status_code] == [200, 200]
    assert decode(ask(PROTO).content, SyncAnswer).check[VILLAGE].head == 0
    assert (error(ask(PROTO - 1)), error(ask(PROTO + 2))) == ((426, "old-version"), (426, "new-version"))


def enrol(client: Client, code: str, key: SigningKey) -> Any:
    public = base64.b64encode(bytes(key.verify_key)).decode()
    return client.post("/v1/enrol", json={"code": code, "public_key": public, "device_name": "PATOKAN-1"})


def test_a_code_enrols_one_laptop_and_a_lost_answer_is_given_again(client: Client, device: Device) -> None:
    code = staff.issue_code(device.service.db, device.service.clock, device.sender.user)
    key = SigningKey.generate()
    first, again = enrol(client, code, key), enrol(client, code.lower(), key)

    assert first.json() == again.json()
    assert first.json()["person"]["name"] == "Sri Wahyuni"
    assert error(enrol(client, code, SigningKey.generate())) == (403, "used-code")


def test_a_code_is_old_after_seven_days(client: Client, device: Device, server_clock: FrozenClock) -> None:
    code = staff.issue_code(device.service.db, server_clock, device.sender.user)
    server_clock.forward(days=7, minutes=1)

    assert error(enrol(client, code, SigningKey.generate())) == (403, "old-code")


def test_guessing_is_slowed_down_for_everybody(client: Client, server_clock: FrozenClock) -> None:
    answers = [error(enrol(client, new_code(), SigningKey.generate())) for _ in range(GUESSES_A_MINUTE + 1)]

    assert set(answers[:-1]) == {(403, "wrong-code")}
    assert answers[-1] == (429, "too-many-guesses")
    server_clock.__dict__["moment"] += timedelta(minutes=1)
    assert error(enrol(client, new_code(), SigningKey.generate())) == (403, "wrong-code")


def test_a_revoked_laptop_is_shut_out_at_once(client: Client, device: Device) -> None:
    headers = signed_in(client, device)
    admin = Device(device.service, "Yudi Hartono", "admin", (VILLAGE[:4],))
    path = f"/v1/devices/{device.sender.device}/revoke"

    assert error(client.post(path, headers=headers)) == (403, "admin-only")
    assert client.post(path, headers=signed_in(client, admin)).status_code == 204
    assert error(client.get("/v1/hello", headers=headers)) == (403, "device-revoked")
    nonce = client.post("/v1/challenge", json={"device": device.sender.device}).json()["nonce"]
    assert error(open_session(client, device, nonce)) == (403, "device-revoked")


def test_revoking_nobody_is_not_found(client: Client, device: Device) -> None:
    headers = signed_in(client, Device(device.service, "Yudi Hartono", "admin", (VILLAGE[:4],)))

    for nobody in ("x", "01932f2e-0000-7000-8000-000000000001", "%00"):
        assert error(client.post(f"/v1/devices/{nobody}/revoke", headers=headers)) == (404, "not-found")


def test_health_and_documentation(client: Client) -> None:
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").text == "ok"
    document = client.get("/openapi.json").json()
    assert {"/v1/enrol", "/v1/challenge", "/v1/session", "/v1/hello", "/v1/sync"} <= document["paths"].keys()
    assert error(client.get("/nothing-here")) == (404, "not-found")
    assert error(client.get("/v1/sync")) == (405, "method")


def test_a_database_that_does_not_answer_makes_the_server_unready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Any) -> Any:
        raise OperationalError("SELECT 1", {}, Exception("unable to open database file"))

    monkeypatch.setattr(Database, "read", refuse)

    assert error(client.get("/readyz")) == (503, "busy")
    assert client.get("/healthz").status_code == 200


NASTY = [
    b"", b"null", b"{", b"[" * 200_000, b'{"a":' * 50_000, b'"\xff\xfe"', b'{"proto":1e309,"schema":""}',
    b'{"proto":1,"schema":"\\u0000"}', b'{"proto":1,"schema":"","batches":[1e309]}',
    b'{"proto":1,"schema":"","batches":[' + b"[" * 900 + b"]" * 900 + b"]}",
    b'{"proto":1,"schema":"","cursors":{"\\u0000":0}}', b'{"proto":1,"schema":"","cursors":{"3513141017":-1}}',
    b'{"proto":1,"schema":"","cursors":{"3513141017":99999999999999999999}}',
    b'{"proto":1,"schema":"","cursors":{"3513141017":9223372036854775807},"want":-5}',
    b'{"proto":1,"schema":"","batches":[{"scope":"3513141017","ctr":9223372036854775808}]}',
    b'{"proto":1,"schema":"","batches":[{"scope":"\\u0000","ctr":1}]}',
]  # fmt: skip


@pytest.fixture
def headers(client: Client, device: Device) -> dict[str, str]:
    return signed_in(client, device)


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/enrol", "/v1/challenge", "/v1/session"])
def test_nasty_bodies_are_answered_calmly(client: Client, headers: dict[str, str], path: str) -> None:
    answers = [client.post(path, content=body, headers=headers).status_code for body in NASTY]

    assert [status for status in answers if status >= 500] == []


def test_bombs_and_broken_packing_are_stopped(client: Client, headers: dict[str, str]) -> None:
    bomb = pack(bytes(80 << 20))
    whole = pack(encode({"proto": 1, "schema": ""}))
    cases = [(bomb, "zstd", 413), (pack(bytes(80 << 20), "gzip"), "gzip", 413), (whole[:-3], "zstd", 400),
             (b"junk", "zstd", 400), (b"junk", "gzip", 400), (whole + b"x", "zstd", 400), (whole, "br", 415),
             (b"x" * (MAX_PACKED + 1), "", 413)]  # fmt: skip

    for body, coding, status in cases:
        response = client.post("/v1/sync", content=body, headers=headers | {"Content-Encoding": coding})
        assert error(response)[0] == status


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
_ids = st.sampled_from(["01932f2e-0000-7000-8000-000000000001", "x", ""]) | st.text(max_size=40)
_entities = st.sampled_from(["owner", "business", "staff", "conflict", "nothing"])
_scopes = st.sampled_from([VILLAGE, VILLAGE[:4], "global", "x"]) | st.text(max_size=12)
_fields = st.dictionaries(
    st.sampled_from(["name", "rt", "nik", "channels", "extra", "_seq"]) | st.text(max_size=8), _values
)
_batches = st.fixed_dictionaries(
    {"scope": _scopes, "ctr": st.integers(0, 3) | _values},
    optional={
        "ins": st.lists(st.fixed_dictionaries({"t": _entities, "f": st.just(["id", "hlc", "name"]) | _values,
                        "c": st.tuples(_values, _values, _values).map(lambda c: [[v] for v in c]) | _values})),
        "upd": st.lists(st.tuples(_entities, _ids, st.integers() | _values, st.integers() | _values, _fields)),
        "del": st.lists(st.tuples(_entities, _ids, st.integers(), st.integers())),
    },
)  # fmt: skip
_requests = st.fixed_dictionaries(
    {"proto": st.just(1) | _values, "schema": st.just("")},
    optional={"batches": st.lists(_batches, max_size=3), "cursors": st.dictionaries(_scopes, st.integers(-2, 9)),
              "want": st.integers(), "grants": st.integers()},
)  # fmt: skip


@given(body=_requests)
def test_no_well_formed_nonsense_ends_in_a_500(client: Client, headers: dict[str, str], body: dict[str, Any]) -> None:
    assert client.post("/v1/sync", json=body, headers=headers).status_code < 500


@given(body=st.binary(max_size=300), coding=st.sampled_from(["", "zstd", "gzip"]))
def test_no_bytes_end_in_a_500(client: Client, headers: dict[str, str], body: bytes, coding: str) -> None:
    packed = headers | {"Content-Encoding": coding}

    assert client.post("/v1/sync", content=body, headers=packed).status_code < 500
    assert client.post("/v1/enrol", content=body, headers=packed).status_code < 500


def test_every_error_has_both_languages() -> None:
    assert all(status >= 400 and words.id and words.en for status, words in ERRORS.values())
