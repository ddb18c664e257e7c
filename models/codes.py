"""Enrolment codes: eight characters that a person can read out and a laptop can check offline; and whom they are for.

The alphabet is the digits and the letters without I and O. The last character is a check character
by ISO 7064 (hybrid system MOD 35,34): every single wrong character and nearly every swap of two
neighbours is noticed before anything is sent.
"""

import secrets
from urllib.parse import urlsplit

ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # plain HTTP goes nowhere else

_SIZE = len(ALPHABET)
_LOOKALIKES = str.maketrans("OI", "01")


def _check_character(body: str) -> str:
    remainder = _SIZE
    for character in body:
        remainder = (remainder + ALPHABET.index(character)) % _SIZE or _SIZE
        remainder = remainder * 2 % (_SIZE + 1)
    return ALPHABET[(_SIZE + 1 - remainder) % _SIZE]


def new_code() -> str:
    """A fresh random code."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check_character(body)


def clean_code(typed: str) -> str:
    """What was typed or pasted: upper case, no spaces or dashes, O and I read as the digits they look like."""
    return "".join(c for c in typed.upper().translate(_LOOKALIKES) if c.isascii() and c.isalnum())


def is_code(typed: str) -> bool:
    """Whether this can be a code at all; whether it is one, only the server knows."""
    code = clean_code(typed)
    return len(code) == LENGTH and all(c in ALPHABET for c in code) and code[-1] == _check_character(code[:-1])


def server_address(typed: str) -> str:
    """The address that stands below a code, as it is kept; empty when it can be none."""
    address = typed.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        good = bool(host) and parts.port != 0 and address.isprintable() and " " not in address
    except ValueError:  # a port beyond 65535, half a bracket, two dots
        return ""
    return address if good and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)) else ""
