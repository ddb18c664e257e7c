"""The server's requests without HTTP: the laptop's own link, sessions and signatures, answered in this process."""

import base64
from dataclasses import replace
from typing import Any

from msgspec import Raw
from nacl.public import PrivateKey

from models.errors import SyncTrouble
from models.i18n import Words
from server import access, staff
from server.access import Denied
from server.errors import refusal
from server.push import Sender
from server.service import Service
from sync import transport
from sync.protocol import HandInAnswer, decode, encode

PRIVATE = bytes(PrivateKey(bytes(range(32))))


class NearWire:
    """Stands for `sync.transport.Wire`: the same messages, packed and unpacked, refused in the same words."""

    def __init__(self, service: Service) -> None:
        key = base64.b64encode(bytes(PrivateKey(PRIVATE).public_key)).decode()
        self.service = replace(service, office_key=key)

    def call(self, _method: str, path: str, type_: Any, body: Any = None, token: str = "") -> Any:
        try:
            answer = self._answer(path, decode(encode(body), type(body)) if body is not None else None, token)
        except Denied as denied:
            error = refusal(denied.code)[1].error
            trouble = transport._TROUBLES.get(error.code, SyncTrouble)
            raise trouble(Words(error.id, error.en)) from denied
        return decode(encode(answer), type_)

    def _answer(self, path: str, body: Any, token: str) -> Any:
        here = self.service
        match path:
            case "/v1/enrol":
                return access.enrol(here.db, here.clock, body, here.office_key)
            case "/v1/challenge":
                return access.challenge(here.db, here.clock, body.device)
            case "/v1/session":
                return access.session(here.db, here.clock, body)
            case "/v1/hello":
                return here.hello(self._who(token))
            case "/v1/sync":
                return here.sync(self._who(token), body)
            case "/v1/verify":
                return here.verify(self._who(token), body)
            case "/v1/hand-in":
                who, token = access.shut_out(here.db, here.clock, body)
                return HandInAnswer(
                    [Raw(ack) for ack in here.hand_in(who, [bytes(raw) for raw in body.batches])], token
                )
            case _:
                raise Denied("not-found")

    def _who(self, token: str) -> Sender:
        return self.service.sender(token)

    def add_staff(self, name: str, region: str) -> str:
        person = {"name": name, "role": "kasie", "region": region}
        return staff.add_staff(self.service.db, self.service.clock, person, [region])

    def code(self, user: str) -> str:
        return staff.issue_code(self.service.db, self.service.clock, user)
