"""Opening the account of somebody who lost passphrase and recovery key, or who is gone.

The laptop's file holds the data key sealed to the office. The office opens it and wraps it anew under 24
letters made for this once, which are told to the person whose identity was checked; the file with the
wrapped key alone opens nothing.
"""

import json
from base64 import b64decode

from models.errors import FileTrouble
from models.i18n import Words
from models.key_wrapping import ARGON2, letters, new_recovery_key, wrap

NOT_OURS = Words(
    "Berkas ini bukan permintaan kunci untuk kantor ini.", "This file is no request for a key of this office."
)


def open_key(private: bytes, request: bytes) -> tuple[bytes, str]:
    """The answer to a request, and the 24 letters that go with it; FileTrouble when it is not for this office."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        sealed = json.loads(request)["sealed"]
        data_key = SealedBox(PrivateKey(private)).decrypt(b64decode(sealed))
    except (ValueError, KeyError, TypeError, CryptoError) as error:
        raise FileTrouble(NOT_OURS) from error
    key = new_recovery_key()
    wrapped = wrap(data_key, letters(key), ARGON2)
    return json.dumps({"dampingi_key": 1, "kind": "answer", "sealed": sealed, "wrapped": wrapped}).encode(), key
