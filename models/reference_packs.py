"""How reference packs are kept and carried: records of the scope `global`, which only the server writes.

A pack travels compressed, in base64, in numbered parts that count only when all are there and the hash is right.
Nothing here changes a record of an owner or a business; codes that a list replaced are suggestions.
"""

import base64
import binascii
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from models import kinds, packs
from models.errors import FileTrouble
from models.i18n import Words
from models.packs import Pack, Spoilt
from models.schema import Entity, Field, Row

if TYPE_CHECKING:
    from models.store import Store

SCOPE = "global"
PART = 20_000  # characters of one part: the longest text that a record may carry
CHECKED = "packs_checked"  # setting: the hashes of packs that were found whole, so that no start waits for it again
_NAMESPACE = uuid.UUID("6a5ad0c9-52fb-5c0e-8d6f-0d8d0f1b7c11")  # of parts: the same pack is the same records

REFERENCE_PACK = Entity(
    "reference_pack",
    Words("Daftar acuan", "Reference list"),
    Words("Daftar acuan", "Reference lists"),
    (
        Field("name", kinds.TEXT, Words("Daftar", "List"), required=True, listed=True),
        Field("version", kinds.TEXT, Words("Versi", "Version"), required=True, listed=True),
        Field("source", kinds.TEXT, Words("Sumber", "Source"), required=True, listed=True),
        Field("dated", kinds.DATE, Words("Tanggal daftar", "Date of the list"), required=True, listed=True),
        Field("sha256", kinds.TEXT, Words("Sidik SHA-256", "SHA-256"), required=True),
        Field("part", kinds.COUNT, Words("Bagian ke", "Part"), required=True),
        Field("parts", kinds.COUNT, Words("Jumlah bagian", "Parts"), required=True),
        Field("content", kinds.LONG_TEXT, Words("Isi", "Content"), required=True),  # zstd, base64
    ),
    append_only=True,  # another list is another record
    scope_digits=0,  # of no office: `SCOPE`
)


def records(pack: Pack) -> list[Row]:
    """The pack as records of the scope `global`, in numbered parts; the same pack makes the same ids."""
    text = base64.b64encode(pack.content).decode()
    pieces = [text[at : at + PART] for at in range(0, len(text), PART)]
    about = {"name": pack.name, "version": pack.version, "source": pack.source, "dated": pack.dated,
             "sha256": pack.sha256, "parts": len(pieces)}  # fmt: skip
    marks = "\n".join(str(value) for value in about.values())
    return [
        {"id": str(uuid.uuid5(_NAMESPACE, f"{marks}\n{n}")), "scope": SCOPE, **about, "part": n, "content": piece}
        for n, piece in enumerate(pieces, 1)
    ]


_MARKS = ("dated", "version", "name", "source", "sha256", "parts")  # parts that agree in these belong together


def whole(rows: Iterable[Mapping[str, object]], checked: Collection[str] = ()) -> list[Pack]:
    """The packs that records make up, newest first; those with a part missing or spoilt are left out.

    `checked` are hashes of packs that were checked before; of those only the hash is proved again.
    """
    gathered: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for row in rows:
        marks = tuple(str(row[n]) for n in _MARKS)
        if isinstance(row["part"], int):
            gathered[marks][row["part"]] = str(row["content"])
    found = (_joined(marks, gathered[marks], checked) for marks in sorted(gathered, reverse=True))
    return [pack for pack in found if pack is not None]


def _joined(marks: tuple[str, ...], parts: Mapping[int, str], checked: Collection[str]) -> Pack | None:
    dated, version, name, source, sha256, count = marks
    if name not in packs.SORTS or count != str(len(parts)) or sorted(parts) != list(range(1, len(parts) + 1)):
        return None
    try:
        content = base64.b64decode("".join(parts[n] for n in sorted(parts)), validate=True)
        pack = Pack(name, version, source, dated, sha256, content)
        if _hash(pack) in checked:
            pack.text()
        else:
            pack.check()
    except (binascii.Error, Spoilt, FileTrouble):
        return None
    return pack


def _hash(pack: Pack) -> str:
    return f"{pack.name}:{pack.sha256}"


def take_into_use(store: "Store") -> None:
    """Makes the newest whole packs of an account the lists of this program, in place of any before."""
    checked: list[str] = store.setting(CHECKED, [])
    found = whole(store.find(REFERENCE_PACK.name), checked)
    if checked != (now := [_hash(pack) for pack in found]):
        store.set_setting(CHECKED, now)
    packs.use(found, store.clock.today())
