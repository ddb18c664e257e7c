"""What the server signs of an answer: how the scopes of a laptop stand there, and when. Pure, for both sides."""

import base64
from typing import TYPE_CHECKING

from sync.protocol import SyncAnswer, encode

if TYPE_CHECKING:
    from nacl.signing import SigningKey

CONTEXT = b"usync/1 proof\n"


def statement(device: str, answer: SyncAnswer) -> str:
    """The text that is signed: `[device, now, {scope: [head, count, sum]}]` as JSON, scopes in order."""
    stands = {scope: (there.head, there.count, there.sum) for scope, there in sorted(answer.check.items())}
    return encode((device, answer.now, stands)).decode()


def sign(key: "SigningKey", device: str, answer: SyncAnswer) -> None:
    """Puts the signature on an answer to a device."""
    signature = key.sign(CONTEXT + statement(device, answer).encode()).signature
    answer.signature = base64.b64encode(signature).decode()


def genuine(key: str, text: str, signature: str) -> bool:
    """Whether whoever holds the private half of this key signed this very text; both base64."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(base64.b64decode(key)).verify(CONTEXT + text.encode(), base64.b64decode(signature))
    except (BadSignatureError, ValueError):
        return False
    return True
