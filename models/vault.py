"""The key file: one random data key, wrapped by the passphrase, the recovery key and the office.

The data key opens the encrypted store and never changes; each wrapping stands alone. Argon2id takes
about 150 ms a try (`models/key_wrapping.py`).

The file is written twice (`key.json` and its copy), so that one damaged file costs nobody the data.
"""

import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from models.clock import SYSTEM, Clock, from_iso
from models.errors import DamagedDatabase, DiskFull, FileTrouble, TooManyTries, WrongPassphrase
from models.files import file_errors, write_atomic
from models.i18n import Words
from models.key_wrapping import ARGON2, DAMAGED, letters, new_recovery_key, recovery_key_problem, text, unwrap, wrap
from models.schema import Problem

MIN_PASSPHRASE = 10
FEWEST_DIFFERENT = 5  # letters a passphrase has at least
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
_OTHER_KEY = Words(
    "Kunci pemulihan ini bukan untuk akun ini.",
    "This recovery key is not for this account.",
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


NOT_CONNECTED = Words(
    "Belum pernah tersambung: Dinas tidak punya kuncinya.", "Never connected: the Dinas holds no key to it."
)
OTHER_ANSWER = Words(
    "Bukan jawaban Dinas untuk akun ini. Minta lagi.", "Not the Dinas's answer for this account. Ask again."
)


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
            "passphrase": wrap(data_key, passphrase, ARGON2),
            "recovery": wrap(data_key, letters(recovery), ARGON2),
        }
        content.pop("rescue", None)
        self._write(content)
        self._forget_tries()
        return recovery

    def unlock(self, passphrase: str) -> bytes:
        """The data key; WrongPassphrase, or TooManyTries while the wait runs."""
        return self._try(("passphrase",), passphrase, WrongPassphrase())

    def unlock_by_recovery(self, typed: str) -> bytes:
        """The data key by the recovery key on paper; small letters and blanks do not matter."""
        problem = recovery_key_problem(typed)
        if problem:
            raise WrongPassphrase(problem.words)
        return self._try(("recovery", "rescue"), letters(typed), WrongPassphrase(_OTHER_KEY))

    def change(self, old: str, new: str) -> None:
        """Another passphrase; the recovery key stays good."""
        _refuse_weak(new)
        data_key = self.unlock(old)
        self._write(self._read() | {"passphrase": wrap(data_key, new, ARGON2)})

    def seal_to_office(self, data_key: bytes, office_key: bytes) -> None:
        """Lets the office open the data too: `office_key` is its X25519 public key (32 bytes)."""
        from nacl.public import PublicKey, SealedBox

        sealed = SealedBox(PublicKey(office_key)).encrypt(data_key)
        self._write(self._read() | {"office": text(sealed)})

    def ask_office(self) -> bytes:
        """A file with which the Dinas can help who lost passphrase and recovery key. AppError before enrolment.

        Nobody but the office can open what it holds; it names no person.
        """
        sealed = self._read().get("office")
        if sealed is None:
            raise FileTrouble(NOT_CONNECTED)
        return json.dumps({"dampingi_key": 1, "kind": "request", "sealed": sealed}).encode()

    def take_from_office(self, answer: bytes) -> None:
        """Takes in what the Dinas made of `ask_office`: its 24 letters now open the data, once, like a recovery key."""
        try:
            content = json.loads(answer)
            if content["kind"] != "answer" or content["sealed"] != self._read().get("office"):
                raise FileTrouble(OTHER_ANSWER)
            wrapped = {name: content["wrapped"][name] for name in ("salt", "box", *ARGON2)}
        except (ValueError, KeyError, TypeError) as error:
            raise FileTrouble(OTHER_ANSWER) from error
        self._write(self._read() | {"rescue": wrapped})

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

    def _try(self, wrappings: Sequence[str], secret: str, wrong: WrongPassphrase) -> bytes:
        if wait := self.wait_seconds():
            raise TooManyTries(wait)
        content = self._read()
        self._remember(self._tries()[0] + 1)  # before the try: a killed process is a wrong try
        data_key = next((key for name in wrappings if name in content and (key := unwrap(content[name], secret))), None)
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
        raise DamagedDatabase(DAMAGED)

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
