"""Invented pictures and documents for tests: with EXIF and GPS, with something hidden, bombs."""

import io
import struct
import zipfile
import zlib

from PIL import Image

SECRET = b"RAHASIA-3513145201900142"


def photo(width: int = 800, height: int = 600, *, seed: int = 0, gps: bool = False, noise: bool = False) -> bytes:
    """A JPEG as a phone makes it; with `gps` it says where and when it was taken."""
    picture = Image.effect_noise((width, height), 90).convert("RGB") if noise else Image.new(
        "RGB", (width, height), ((seed * 7) % 256, (seed * 31) % 256, 90)
    )  # fmt: skip
    out = io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x010F] = SECRET.decode()
        exif.get_ifd(0x8769)[0x9003] = "2026:11:24 09:15:00"
        exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 45.0, 12.5), 3: "E", 4: (113.0, 13.0, 1.0)})
    picture.save(out, "JPEG", quality=90, exif=exif, comment=SECRET if gps else b"")
    return out.getvalue()


def drawing(width: int = 300, height: int = 200) -> bytes:
    """A PNG that can be seen through."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (20, 90, 60, 120)).save(out, "PNG")
    return out.getvalue()


def document(body: bytes = b"", size: int = 0) -> bytes:
    """A one-page PDF; `body` stands in its catalogue, `size` fills it up."""
    filler = b"% " + b"x" * size + b"\n" if size else b""
    return (
        b"%PDF-1.4\n" + filler + b"1 0 obj<</Type/Catalog/Pages 2 0 R" + body + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def archive() -> bytes:
    """A zip with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("program.exe", b"MZ" + SECRET)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int, *extra: tuple[bytes, bytes], rows: int = 0) -> bytes:
    """A tiny PNG that says it is huge, or whose chunks swell when opened."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    more = b"".join(_chunk(kind, data) for kind, data in extra)
    pixels = zlib.compress(b"\0" * ((width + 1) * (rows or min(height, 4))), 9)
    return b"\x89PNG\r\n\x1a\n" + head + more + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
