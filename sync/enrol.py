"""Making a laptop known to its office: by a typed code, or by the `.dampingi` file of the Dinas.

What enrolment writes is one transaction of the account's own store; the account's work until then
stays, gets its author's identity on the server once, and goes out with the first sync.
"""

import base64
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import outbox
from models.codes import clean_code, is_code, server_address
from models.errors import FileTrouble, SyncTrouble
from models.i18n import Words
from models.store import Store
from sync.engine import Access
from sync.protocol import BadMessage, EnrolAnswer, EnrolRequest, Person, decode
from sync.transport import HttpLink, Identity, Wire, enrol

LARGEST_FILE = 10_000
SETTING = "sync.server"

BAD_FILE = Words(
    "Berkas ini bukan berkas pengenal dari Dinas (.dampingi). Minta yang baru ke Dinas.",
    "This is not an enrolment file of the Dinas (.dampingi). Ask the Dinas for a new one.",
)
BAD_CODE = Words("Kode salah ketik. Periksa lagi 8 hurufnya.", "The code is mistyped. Check its 8 characters.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is needed to enrol: where, which key to trust (SHA-256, hexadecimal), and the one-time code."""

    server: str
    pin: str
    code: str


def read_file(path: Path) -> Ticket:
    """The ticket in a `.dampingi` file; `FileTrouble` when it is none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileTrouble(BAD_FILE)
        content = decode(path.read_bytes(), dict[str, Any])
    except (OSError, BadMessage) as e:
        raise FileTrouble(BAD_FILE) from e
    server, pin, code = (content.get(name) for name in ("address", "key", "code"))
    if content.get("dampingi") != 1 or not all(isinstance(part, str) for part in (server, pin, code)):
        raise FileTrouble(BAD_FILE)
    address = server_address(str(server))
    if not is_code(str(code)) or not address:
        raise FileTrouble(BAD_FILE)
    return Ticket(address, str(pin).lower(), clean_code(str(code)))


def enrol_account(access: Access, ticket: Ticket, wire: Wire | None = None) -> Person:
    """Enrols the account behind `access`; whom it belongs to, as the office knows the person.

    `Offline` when the server cannot be reached, `SyncTrouble` when it says no. The device's key is
    stored before anything is sent, so a lost answer is made good by trying again.
    """
    if not is_code(ticket.code):
        raise SyncTrouble(BAD_CODE)
    key = access(_device_key)
    answer = enrol(wire or Wire(ticket.server, ticket.pin), EnrolRequest(
        clean_code(ticket.code), base64.b64encode(_public(key)).decode(), platform.node()[:80] or "laptop",
    ))  # fmt: skip
    access(lambda store: _take_over(store, ticket, answer))
    return answer.person


def _public(seed: bytes) -> bytes:
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


def _device_key(store: Store) -> bytes:
    """The key with which this account will sign: a new one unless an enrolment was begun before."""
    from nacl.signing import SigningKey

    begun: str | None = store.setting("sync.new_key")
    if begun is None:
        begun = base64.b64encode(bytes(SigningKey.generate())).decode()
        store.set_setting("sync.new_key", begun)
    return base64.b64decode(begun)


def _take_over(store: Store, ticket: Ticket, answer: EnrolAnswer) -> None:
    """One transaction: identity, server, grants, and who wrote what was written before."""
    with store.transaction(applying=True):
        store.set_setting("sync.key", store.setting("sync.new_key"))
        store.set_setting("sync.new_key", None)
        store.set_setting(SETTING, {"address": ticket.server, "pin": ticket.pin, "office_key": answer.office_key})
        store.set_setting("sync.person", {name: getattr(answer.person, name) for name in Person.__struct_fields__})
        known = store.setting("staff_id") == answer.person.id
        store.set_setting("staff_id", answer.person.id)
        outbox.become(store, answer.device, ticket.pin, answer.person.id)
        outbox.set_grants(store, answer.grants.ver, dict(answer.grants.scopes))
        outbox.adopt(store, answer.person.region, known=known)


def link(store: Store) -> HttpLink | None:
    """The way to the server of an enrolled account; None before enrolment."""
    server: dict[str, str] | None = store.setting(SETTING)
    if server is None:
        return None
    identity = Identity(outbox.device(store), base64.b64decode(store.setting("sync.key")))
    return HttpLink(Wire(server["address"], server["pin"]), identity)


def office_key(store: Store) -> bytes | None:
    """The office's public key, for `Vault.seal_to_office`; None before enrolment."""
    server: dict[str, str] | None = store.setting(SETTING)
    return base64.b64decode(server["office_key"]) if server else None
