"""The key file: one random data key, wrapped by the passphrase, the recovery key and the office.

The data key opens the encrypted store and never changes; each wrapping stands alone. Argon2id takes
about 150 ms a try. The recovery key is 24 letters in six groups, three random letters and a check
letter each: 81 bits behind Argon2id, and a mistyped group is named before anything is tried.

The file is written twice (`key.json` and its copy), so that one damaged file costs nobody the data.
"""

import base64
import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from models.clock import SYSTEM, Clock, from_iso
from models.errors import DamagedDatabase, DiskFull, TooManyTries, WrongPassphrase
from models.files import file_errors, write_atomic
from models.i18n import Words
from models.schema import Problem

MIN_PASSPHRASE = 10
FEWEST_DIFFERENT = 5  # letters a passphrase has at least
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"  # without I, O and Q; 23, a prime, so that check letters find every slip
GROUPS, GROUP = 6, 4
ARGON2 = {"opslimit": 2, "memlimit": 64 * 1024 * 1024}
FREE_TRIES = 3
LONGEST_WAIT = 15 * 60  # seconds

WORDS_FILE = Path(__file__).parent.parent / "resources" / "passphrase-words.txt"
_EASILY_GUESSED = (
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "password",
    "katasandi",
    "rahasia",
    "indonesia",
    "dampingi",
)

_TOO_SHORT = Words(
    "Paling sedikit 10 huruf. Empat kata yang mudah diingat sudah kuat.",
    "At least 10 characters. Four words that you remember are strong.",
)
_TOO_EASY = Words(
    "Terlalu mudah ditebak. Pakai empat kata yang tidak saling berhubungan.",
    "Too easy to guess. Use four words that have nothing to do with each other.",
)
_NOT_24 = Words(
    "Kunci pemulihan terdiri dari 24 huruf dalam enam kelompok.",
    "The recovery key is 24 letters in six groups.",
)
_GROUP_WRONG = Words(
    "Kelompok ke-{n} salah ketik. Cocokkan lagi dengan lembar Anda.",
    "Group {n} is mistyped. Compare it with your sheet.",
)
_OTHER_KEY = Words(
    "Kunci pemulihan ini bukan untuk akun ini.",
    "This recovery key is not for this account.",
)
_DAMAGED = Words(
    "Berkas kunci rusak. Jangan menghapus apa pun; hubungi Dinas.",
    "The key file is damaged. Do not delete anything; call the Dinas.",
)


def suggest() -> str:
    """Four Indonesian words, drawn at random: `pelangi kuda sumur teh`."""
    return " ".join(secrets.choice(_words()) for _ in range(4))


@cache
def _words() -> tuple[str, ...]:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def passphrase_problem(passphrase: str) -> Problem | None:
    """What is wrong with a new passphrase, if anything."""
    text = passphrase.strip().casefold()
    if len(text) < MIN_PASSPHRASE:
        return Problem("error", "passphrase_short", _TOO_SHORT)
    if len(set(text)) < FEWEST_DIFFERENT or text.startswith(_EASILY_GUESSED):
        return Problem("error", "passphrase_easy", _TOO_EASY)
    return None


def new_recovery_key() -> str:
    """24 letters: `KDMA-…`, six groups of three random letters and a check letter."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(GROUP - 1)) for _ in range(GROUPS)]
    return "-".join(group + _check_letter(n, group) for n, group in enumerate(groups))


def _check_letter(n: int, letters: str) -> str:
    """Finds a wrong letter, two swapped letters and two swapped groups."""
    total = n + sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(letters, start=2))
    return ALPHABET[total % len(ALPHABET)]


def recovery_key_problem(typed: str) -> Problem | None:
    """What is wrong with a typed recovery key before it is tried: its length, or one group."""
    letters = _letters(typed)
    if len(letters) != GROUPS * GROUP:
        return Problem("error", "recovery_length", _NOT_24)
    for n in range(GROUPS):
        group = letters[n * GROUP : (n + 1) * GROUP]
        known = all(letter in ALPHABET for letter in group)
        if not known or group[-1] != _check_letter(n, group[:-1]):
            return Problem("error", "recovery_group", _GROUP_WRONG.fill(n=n + 1))
    return None


def _letters(typed: str) -> str:
    return "".join(c for c in typed.upper() if c.isalnum())


@dataclass(frozen=True)
class Vault:
    """The key file of one account."""

    path: Path
    clock: Clock = SYSTEM

    def create(self, passphrase: str) -> tuple[bytes, str]:
        """A new data key and the recovery key for it, both wrapped into the file."""
        data_key = secrets.token_bytes(32)
        return data_key, self.renew(data_key, passphrase)

    def renew(self, data_key: bytes, passphrase: str) -> str:
        """A new passphrase and a new recovery key; the old ones no longer open anything."""
        _refuse_weak(passphrase)
        recovery = new_recovery_key()
        content = self._read() if self.path.exists() else {}
        content |= {
            "format": 1,
            "passphrase": _wrap(data_key, passphrase),
            "recovery": _wrap(data_key, _letters(recovery)),
        }
        self._write(content)
        self._forget_tries()
        return recovery

    def unlock(self, passphrase: str) -> bytes:
        """The data key; WrongPassphrase, or TooManyTries while the wait runs."""
        return self._try("passphrase", passphrase, WrongPassphrase())

    def unlock_by_recovery(self, typed: str) -> bytes:
        """The data key by the recovery key on paper; small letters and blanks do not matter."""
        problem = recovery_key_problem(typed)
        if problem:
            raise WrongPassphrase(problem.words)
        return self._try("recovery", _letters(typed), WrongPassphrase(_OTHER_KEY))

    def change(self, old: str, new: str) -> None:
        """Another passphrase; the recovery key stays good."""
        _refuse_weak(new)
        data_key = self.unlock(old)
        self._write(self._read() | {"passphrase": _wrap(data_key, new)})

    def seal_to_office(self, data_key: bytes, office_key: bytes) -> None:
        """Lets the office open the data too: `office_key` is its X25519 public key (32 bytes)."""
        from nacl.public import PublicKey, SealedBox

        sealed = SealedBox(PublicKey(office_key)).encrypt(data_key)
        self._write(self._read() | {"office": _text(sealed)})

    def wait_seconds(self) -> int:
        """How long until the next try is allowed; 0 when it is now. Survives a restart."""
        tries, last = self._tries()
        if tries < FREE_TRIES or last is None:
            return 0
        wait = min(2 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT)
        passed = (self.clock.now() - last).total_seconds()
        if passed < 0:  # the clock was set back: nobody waits for longer than the wait itself
            self._remember(tries)
            return wait
        return max(0, ceil(wait - passed))

    def _try(self, wrapping: str, secret: str, wrong: WrongPassphrase) -> bytes:
        if wait := self.wait_seconds():
            raise TooManyTries(wait)
        content = self._read()
        self._remember(self._tries()[0] + 1)  # before the try: a killed process is a wrong try
        data_key = _unwrap(content[wrapping], secret)
        if data_key is None:
            raise wrong
        self._forget_tries()
        return data_key

    def _read(self) -> dict[str, Any]:
        for path in (self.path, self._copy):
            try:
                with file_errors():
                    content = json.loads(path.read_bytes())
            except (FileNotFoundError, ValueError):
                continue
            if isinstance(content, dict) and {"passphrase", "recovery"} <= content.keys():  # pyright: ignore[reportUnknownMemberType]
                return content  # pyright: ignore[reportUnknownVariableType]
        raise DamagedDatabase(_DAMAGED)

    def _write(self, content: dict[str, Any]) -> None:
        data = json.dumps(content, indent=1, sort_keys=True).encode()
        write_atomic(self.path, data)
        write_atomic(self._copy, data)

    @property
    def _copy(self) -> Path:
        return self.path.with_suffix(".copy")

    @property
    def _tries_file(self) -> Path:
        return self.path.with_name("tries.json")

    def _tries(self) -> tuple[int, datetime | None]:
        """How many wrong tries in a row, and when the last one was."""
        try:
            content = json.loads(self._tries_file.read_bytes())
            return int(content["tries"]), from_iso(content["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, None

    def _remember(self, tries: int) -> None:
        with suppress(DiskFull):  # a full disk must not keep anybody from their data
            write_atomic(self._tries_file, json.dumps({"tries": tries, "last": self.clock.stamp()}).encode())

    def _forget_tries(self) -> None:
        with file_errors():
            self._tries_file.unlink(missing_ok=True)


def _refuse_weak(passphrase: str) -> None:
    problem = passphrase_problem(passphrase)
    if problem:
        raise WrongPassphrase(problem.words)


def _derive(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    from nacl.pwhash import argon2id

    plain = unicodedata.normalize("NFKC", secret.strip()).encode("utf-8", "surrogatepass")
    return argon2id.kdf(32, plain, salt, opslimit=cost["opslimit"], memlimit=cost["memlimit"])


def _wrap(data_key: bytes, secret: str) -> dict[str, Any]:
    from nacl.secret import SecretBox

    salt = secrets.token_bytes(16)
    box = SecretBox(_derive(secret, salt, ARGON2)).encrypt(data_key)
    return {"salt": _text(salt), "box": _text(box), **ARGON2}


def _unwrap(wrapping: dict[str, Any], secret: str) -> bytes | None:
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(_derive(secret, _bytes(wrapping["salt"]), wrapping)).decrypt(_bytes(wrapping["box"]))
    except CryptoError:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedDatabase(_DAMAGED) from error


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
