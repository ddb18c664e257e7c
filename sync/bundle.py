"""The `.dtx` file: what a stick carries between a laptop and its office, signed and sealed.

A clear head names the office and the laptop that it is for, so that a stranger's file is recognised
without opening it; everything else is sealed. From laptop to office (`up`) the device signs with its
Ed25519 key and seals to the office's X25519 key. Back (`down`) the office's own key and the device's
make one authenticated box, so that nobody else can have written the answer. The head takes part in
both proofs: no byte of a file can change without its being refused.
"""

import re
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from models.errors import FileTrouble
from models.i18n import Words
from sync.protocol import BadMessage, Scope, SyncAnswer, decode, encode, pack, unpack

FAMILY, FORMAT = b"dampingi-dtx/", b"1\n"
MAGIC = FAMILY + FORMAT
CONTEXT = b"usync/1 stick\n"
SUFFIX = ".dtx"
MAX_HEAD = 64 << 10  # bytes
MAX_FILE = 32 << 20  # bytes
MAX_INSIDE = 96 << 20  # bytes after decompression
FULL = 48 << 20  # bytes of messages; whoever packs stops adding here
SIGNATURE, DIGEST = 64, 32
SEALED, BOXED = 48, 40  # bytes that a sealed box and an authenticated box add

Kind = Literal["up", "down"]

TROUBLES: dict[str, Words] = {
    "not-ours": Words(
        "Ini bukan berkas Dampingi (.dtx). Pilih berkas lain.", "This is not a Dampingi file (.dtx). Choose another."
    ),
    "format": Words(
        "Berkas ini dibuat versi Dampingi yang lain. Perbarui Dampingi, lalu minta salinan baru.",
        "This file was made by another version of Dampingi. Update Dampingi, then ask for a new copy.",
    ),
    "damaged": Words(
        "Berkas rusak atau belum selesai disalin. Minta salinan baru.",
        "The file is damaged or was not copied to its end. Ask for a new copy.",
    ),
    "too-large": Words(
        "Berkas terlalu besar untuk flashdisk Dampingi. Tidak diambil.",
        "The file is too large for a Dampingi exchange. Nothing was taken.",
    ),
    "other-office": Words(
        "Berkas ini untuk kantor lain ({place}). Tidak diambil.",
        "This file is for another office ({place}). Nothing was taken.",
    ),
    "other-laptop": Words(
        "Berkas ini untuk laptop lain ({place}). Tidak diambil.",
        "This file is for another laptop ({place}). Nothing was taken.",
    ),
    "own": Words(
        "Ini berkas titipan untuk Dinas, bukan jawaban dari Dinas.",
        "This file is on its way to the Dinas; it is not an answer.",
    ),
    "unknown-laptop": Words("Laptop pengirim tidak dikenal server ini.", "This server does not know that laptop."),
}


class BadBundle(FileTrouble):
    """A file that is not taken; nothing was changed. `code` names the reason in `TROUBLES`."""

    def __init__(self, code: str, place: str = "?") -> None:
        self.code = code
        super().__init__(TROUBLES[code].fill(place=place))


class Head(Struct):
    """The clear head. `office` is the id of the office's key, `counters` the last batch of each scope inside."""

    kind: Kind
    office: str
    device: str
    place: str  # the office that the laptop works for, in words: never a person
    made: str
    size: int  # bytes that follow the head
    counters: dict[Scope, int] = {}
    records: int = 0  # what is inside, for people to see before they take it


class Part(Struct, omit_defaults=True):
    """One answer of the server, and from where in each scope its pages begin.

    `bodies` tells by their hashes which bytes each receipt is for: a copy of the laptop may have sent others.
    """

    since: dict[Scope, int]
    answer: SyncAnswer
    bodies: list[str] = []


class Answers(Struct):
    """What an answer file holds; `proof_key` as in `Hello`."""

    parts: list[Part]
    proof_key: str = ""


def key_id(office_key: bytes) -> str:
    """By which a file names the office that it is for."""
    return sha256(office_key).hexdigest()[:16]


def file_name(place: str, local_minute: str, mark: str = "") -> str:
    """`dampingi-patokan-2026-11-24-0942.dtx`; `local_minute` is ISO 8601, `mark` tells an answer apart."""
    day, _, time = local_minute.partition("T")
    plain = re.sub(r"^(kelurahan|kel\.?|desa|kecamatan|kec\.?) ", "", place.partition(",")[0].strip().lower())
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-") or "kantor"
    return f"dampingi-{slug}-{day}-{time[:5].replace(':', '')}{mark}{SUFFIX}"


def read_head(data: bytes, size: int | None = None) -> Head:
    """The head of a file, not proved yet. `size` is the whole file's where `data` is only its beginning."""
    whole = len(data) if size is None else size
    if whole > MAX_FILE:
        raise BadBundle("too-large")
    if not data.startswith(FAMILY):
        raise BadBundle("not-ours")
    if not data.startswith(MAGIC):
        raise BadBundle("format" if len(data) > len(MAGIC) else "damaged")
    end = _end_of_head(data)
    try:
        head = decode(data[len(MAGIC) : end], Head)
    except BadMessage as e:
        raise BadBundle("damaged") from e
    if head.size != whole - end:
        raise BadBundle("damaged")
    return head


def _end_of_head(data: bytes) -> int:
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + MAX_HEAD) + 1
    if not end:
        raise BadBundle("damaged")
    return end


def _begin(head: Head) -> bytes:
    return MAGIC + encode(head) + b"\n"


def seal_up(head: Head, body: bytes, seed: bytes, office_key: bytes) -> bytes:
    """A file for the office: signed by the device whose Ed25519 seed this is."""
    from nacl.public import PublicKey, SealedBox
    from nacl.signing import SigningKey

    packed = pack(body)
    head.size = SIGNATURE + len(packed) + SEALED
    begin = _begin(head)
    signature = SigningKey(seed).sign(CONTEXT + begin + packed).signature
    return _checked(begin + SealedBox(PublicKey(office_key)).encrypt(signature + packed))


def open_up(data: bytes, private: bytes, device_key: bytes) -> bytes:
    """What a laptop sent; `private` is the office's X25519 key, `device_key` the Ed25519 key of the head's device."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox
    from nacl.signing import VerifyKey

    end = _end_of_head(data)
    try:
        plain = SealedBox(PrivateKey(private)).decrypt(data[end:])
        signature, packed = plain[:SIGNATURE], plain[SIGNATURE:]
        VerifyKey(device_key).verify(CONTEXT + data[:end] + packed, signature)
        return unpack(packed, "zstd", MAX_INSIDE)
    except (CryptoError, BadMessage, ValueError) as e:
        raise BadBundle("damaged") from e


def seal_down(head: Head, body: bytes, private: bytes, device_key: bytes) -> bytes:
    """An answer for one device, by the office that holds `private`."""
    from nacl.public import Box, PrivateKey
    from nacl.signing import VerifyKey

    packed = pack(body)
    head.size = DIGEST + len(packed) + BOXED
    begin = _begin(head)
    box = Box(PrivateKey(private), VerifyKey(device_key).to_curve25519_public_key())
    return _checked(begin + bytes(box.encrypt(sha256(CONTEXT + begin).digest() + packed)))


def open_down(data: bytes, seed: bytes, office_key: bytes) -> bytes:
    """What the office answered to the device whose Ed25519 seed this is."""
    from nacl.exceptions import CryptoError
    from nacl.public import Box, PublicKey
    from nacl.signing import SigningKey

    end = _end_of_head(data)
    try:
        plain = Box(SigningKey(seed).to_curve25519_private_key(), PublicKey(office_key)).decrypt(data[end:])
        if plain[:DIGEST] != sha256(CONTEXT + data[:end]).digest():
            raise BadBundle("damaged")
        return unpack(plain[DIGEST:], "zstd", MAX_INSIDE)
    except (CryptoError, BadMessage, ValueError) as e:
        raise BadBundle("damaged") from e


def _checked(made: bytes) -> bytes:
    if len(made) > MAX_FILE:
        raise BadBundle("too-large")
    return made
