"""The server's signature on the laptop's side: its key is heard, and each receipt keeps what was signed.

The key is believed where the laptop already knows with whom it speaks: over the pinned line, or in an answer
that only the office's key could close.
"""

from models import outbox
from models.receipts import Seal
from models.store import Store
from sync.proof import genuine, statement
from sync.protocol import SyncAnswer

SETTING = "sync.proof_key"


def hear(store: Store, key: str) -> None:
    """Remembers the key with which the server signs; an older server says none."""
    if key and key != store.setting(SETTING):
        store.set_setting(SETTING, key)


def seal(store: Store, answer: SyncAnswer) -> Seal | None:
    """The signature on an answer, compared with the server's key; None when the server gave none."""
    key = store.setting(SETTING)
    if not (answer.signature and key):
        return None
    text = statement(outbox.device(store), answer)
    return Seal(text, answer.signature, genuine(key, text, answer.signature))
