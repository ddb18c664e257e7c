"""What a person chose, made fit to be kept: a small clean picture or a plain PDF, or a sentence why not.

The type is read from the bytes, never from the name. A picture is drawn anew at no more than 1600
pixels, which leaves behind EXIF, GPS and whatever else was hidden in the file. A PDF cannot be drawn
anew without losing its text; so it must begin and end as one and hold nothing that acts by itself.

The only module that knows Pillow, imported on first use.
"""

import base64
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.attachments import ENDINGS, LARGEST
from models.errors import FileTrouble
from models.files import chosen_file
from models.i18n import Words

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_RAW = 40 << 20  # bytes of a picture before it is made smaller
MOST_PIXELS = 60_000_000  # of a picture before it is made smaller: any phone, no bomb
LONGEST_SIDE = 1600  # pixels
LARGEST_PNG = 1 << 20  # bytes; a photo saved as PNG becomes a JPEG
THUMB = 96  # pixels
QUALITY, THUMB_QUALITY = 82, 70
LONGEST_NAME = 80  # characters shown

TOO_LARGE = Words(
    "Berkas terlalu besar. PDF paling besar 5 MB, foto 40 MB.",
    "The file is too large. A PDF may have 5 MB, a photo 40 MB.",
)
NOT_A_TYPE = Words(
    "Hanya foto JPEG atau PNG, dan PDF. Simpan ulang dalam salah satunya, lalu pilih lagi.",
    "Only JPEG or PNG photos, and PDF. Save it as one of these, then choose again.",
)
UNREADABLE = Words(
    "Foto ini rusak atau terpotong. Ambil ulang atau salin lagi, lalu pilih lagi.",
    "This photo is damaged or cut short. Take or copy it again, then choose again.",
)
TOO_MANY_PIXELS = Words(
    "Ukuran gambar tidak wajar, jadi tidak dibuka. Pakai foto biasa.",
    "The picture's dimensions are not plausible, so it was not opened. Use an ordinary photo.",
)
TWO_IN_ONE = Words(
    "Berkas ini menyimpan berkas lain di dalamnya, jadi tidak diambil. Foto atau pindai ulang.",
    "This file hides another one inside, so it was not taken. Photograph or scan it again.",
)
PDF_CUT = Words(
    "PDF ini rusak atau belum selesai disalin. Minta salinan baru.",
    "This PDF is damaged or half copied. Ask for a new copy.",
)
PDF_ACTS = Words(
    "PDF ini berisi program atau lampiran, jadi tidak diambil. Cetak ke PDF lagi, lalu pilih hasilnya.",
    "This PDF holds a program or attachments, so it was not taken. Print it to PDF again and choose that.",
)

_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82", "application/pdf": b"%%EOF"}
_MARKUP = re.compile(rb"<(script|html|svg|\?php|!doctype)", re.IGNORECASE)
_ACTING = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 22 + 0xFFFF  # a zip's directory ends within so many bytes of the file's end
_EXIF, _TAKEN = 0x8769, 0x9003  # where EXIF keeps the moment of a picture
_LEADING, _TRAILING = 1024, 64  # bytes in which readers look for a PDF's head; what may follow its end


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file fit to be kept. `thumb` is a JPEG as base64, empty for a PDF; `taken` is the phone's local time."""

    name: str
    data: bytes
    mime: str
    sha256: str
    thumb: str = ""
    taken: datetime | None = None


def prepare_file(path: Path) -> Prepared:
    """Reads and prepares a chosen file; FileTrouble says why it cannot be kept."""
    with chosen_file():
        if path.stat().st_size > LARGEST_RAW:
            raise FileTrouble(TOO_LARGE)
        return prepare(path.read_bytes(), path.name)


def prepare(raw: bytes, name: str) -> Prepared:
    """A file fit to be kept, of whatever bytes were given; FileTrouble says why not."""
    if len(raw) > LARGEST_RAW:
        raise FileTrouble(TOO_LARGE)
    mime = sniff(raw)
    if mime is None:
        raise FileTrouble(NOT_A_TYPE)
    if hides_another(raw, mime):
        raise FileTrouble(TWO_IN_ONE)
    if mime == "application/pdf":
        refuse_pdf(raw)
        data, thumb, taken = raw, "", None
    else:
        taken = _taken(raw)
        data, mime, thumb = _drawn_anew(raw, mime)
    if len(data) > LARGEST:
        raise FileTrouble(TOO_LARGE)
    return Prepared(shown_name(name, mime), data, mime, hashlib.sha256(data).hexdigest(), thumb, taken)


def sniff(raw: bytes) -> str | None:
    """The type that the first bytes say; None for any that is not kept."""
    return next((mime for magic, mime in _MAGIC.items() if raw.startswith(magic)), None)


def trouble(raw: bytes) -> bool:
    """Whether these bytes, said to be a kept file, must be refused: for the server, which draws nothing."""
    mime = sniff(raw)
    if mime is None or len(raw) > LARGEST or hides_another(raw, mime):
        return True
    try:
        if mime == "application/pdf":
            refuse_pdf(raw)
    except FileTrouble:
        return True
    return False


def hides_another(raw: bytes, mime: str) -> bool:
    """Whether another program could take these bytes for an archive, a PDF or a web page."""
    tail = raw[-_ZIP_TAIL:]
    at = tail.rfind(_ZIP_END)
    if at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail):
        return True
    if mime == "application/pdf":
        return False
    after = raw[raw.rfind(_ENDS[mime]) :]
    return b"%PDF-" in raw[:_LEADING] or b"%PDF-" in after or _MARKUP.search(after) is not None


def refuse_pdf(raw: bytes) -> None:
    """FileTrouble for a PDF that is too large, cut short, or could act by itself."""
    if len(raw) > LARGEST:
        raise FileTrouble(TOO_LARGE)
    end = raw.rfind(_ENDS["application/pdf"])
    after = raw[end + 5 :]
    if end < 0 or b"obj" not in raw:
        raise FileTrouble(PDF_CUT)
    if len(after) > _TRAILING or after.strip(b"\r\n\t \0"):
        raise FileTrouble(TWO_IN_ONE)
    # Names may be written with escapes: /J#61vaScript.
    plain = _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), raw)
    if _ACTING.search(plain):
        raise FileTrouble(PDF_ACTS)


def shown_name(name: str, mime: str) -> str:
    """A file's name as people may read it: one line, short, its ending that of its type. Never a path."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    stem = " ".join(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", kept).split()).strip(". ") or "berkas"
    return stem[: LONGEST_NAME - 4] + ENDINGS[mime]


def _taken(raw: bytes) -> datetime | None:
    """When a picture says it was taken, by the phone's own clock; None when it does not."""
    image = _library()
    try:
        with image.open(io.BytesIO(raw), formats=list(_FORMATS.values())) as picture:
            told = picture.getexif().get_ifd(_EXIF).get(_TAKEN)
            return datetime.strptime(str(told), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the caller knows the zone
    except (OSError, ValueError, SyntaxError):
        return None


def _library() -> Any:
    """Pillow, without its own warning about large pictures: ours is stricter and a sentence."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image


def _drawn_anew(raw: bytes, mime: str) -> tuple[bytes, str, str]:
    """(bytes, type, thumbnail) of a picture that was opened, made smaller and written anew."""
    picture = _small(raw, mime)
    data, kind = _written(picture, mime)
    picture.thumbnail((THUMB, THUMB))
    return data, kind, base64.b64encode(_jpeg(picture, THUMB_QUALITY)).decode()


def _small(raw: bytes, mime: str) -> "Image":
    from PIL import ImageOps

    image = _library()
    try:
        with image.open(io.BytesIO(raw), formats=[_FORMATS[mime]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FileTrouble(TOO_MANY_PIXELS)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is opened at a fraction of its size
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), image.Resampling.LANCZOS)
            upright = ImageOps.exif_transpose(picture)
            see_through = upright.has_transparency_data
            drawn = upright.convert("RGBA" if see_through else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as e:
        raise FileTrouble(UNREADABLE) from e
    drawn.info.clear()
    return drawn


def _written(picture: "Image", mime: str) -> tuple[bytes, str]:
    if mime == "image/png":
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST_PNG:
            return out.getvalue(), mime
    return _jpeg(picture, QUALITY), "image/jpeg"


def _jpeg(picture: "Image", quality: int) -> bytes:
    from PIL import Image

    if picture.mode == "RGBA":  # paper is white
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
