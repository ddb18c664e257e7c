"""A random key wrapped by a secret that people type, and the 24 letters of a recovery key.

The recovery key is six groups, three random letters and a check letter each: 81 bits behind Argon2id, and
a mistyped group is named before anything is tried. Knows no account, so that the office uses it too.
"""

import base64
import secrets
import unicodedata
from typing import Any

from models.errors import DamagedDatabase
from models.i18n import Words
from models.schema import Problem

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"  # without I, O and Q; 23, a prime, so that check letters find every slip
GROUPS, GROUP = 6, 4
ARGON2 = {"opslimit": 2, "memlimit": 64 * 1024 * 1024}

DAMAGED = Words(
    "Berkas kunci rusak. Jangan menghapus apa pun; hubungi Dinas.",
    "The key file is damaged. Do not delete anything; call the Dinas.",
)
_NOT_24 = Words(
    "Kunci pemulihan terdiri dari 24 huruf dalam enam kelompok.",
    "The recovery key is 24 letters in six groups.",
)
_GROUP_WRONG = Words(
    "Kelompok ke-{n} salah ketik. Cocokkan lagi dengan lembar Anda.",
    "Group {n} is mistyped. Compare it with your sheet.",
)


def new_recovery_key() -> str:
    """24 letters: `KDMA-…`, six groups of three random letters and a check letter."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(GROUP - 1)) for _ in range(GROUPS)]
    return "-".join(group + _check_letter(n, group) for n, group in enumerate(groups))


def _check_letter(n: int, three: str) -> str:
    """Finds a wrong letter, two swapped letters and two swapped groups."""
    total = n + sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(three, start=2))
    return ALPHABET[total % len(ALPHABET)]


def recovery_key_problem(typed: str) -> Problem | None:
    """What is wrong with a typed recovery key before it is tried: its length, or one group."""
    found = letters(typed)
    if len(found) != GROUPS * GROUP:
        return Problem("error", "recovery_length", _NOT_24)
    for n in range(GROUPS):
        group = found[n * GROUP : (n + 1) * GROUP]
        known = all(letter in ALPHABET for letter in group)
        if not known or group[-1] != _check_letter(n, group[:-1]):
            return Problem("error", "recovery_group", _GROUP_WRONG.fill(n=n + 1))
    return None


def letters(typed: str) -> str:
    """The letters of a recovery key as they are tried: without blanks, hyphens and case."""
    return "".join(c for c in typed.upper() if c.isalnum())


def _derive(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    from nacl.pwhash import argon2id

    plain = unicodedata.normalize("NFKC", secret.strip()).encode("utf-8", "surrogatepass")
    return argon2id.kdf(32, plain, salt, opslimit=cost["opslimit"], memlimit=cost["memlimit"])


def wrap(data_key: bytes, secret: str, cost: dict[str, int]) -> dict[str, Any]:
    """A key that only the secret opens; `cost` is Argon2id's."""
    from nacl.secret import SecretBox

    salt = secrets.token_bytes(16)
    box = SecretBox(_derive(secret, salt, cost)).encrypt(data_key)
    return {"salt": text(salt), "box": text(box), **cost}


def unwrap(wrapping: dict[str, Any], secret: str) -> bytes | None:
    """The key; None when the secret is another one."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(_derive(secret, from_text(wrapping["salt"]), wrapping)).decrypt(from_text(wrapping["box"]))
    except CryptoError:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedDatabase(DAMAGED) from error


def text(data: bytes) -> str:
    """Bytes as base64."""
    return base64.b64encode(data).decode()


def from_text(encoded: str) -> bytes:
    """What `text` wrote."""
    return base64.b64decode(encoded)
