"""The regions of Indonesia: names, paths, search, and what retired codes became.

The list (91,599 rows `code,name`, sorted by code) is kept as one block of bytes and searched where
it stands: reading it costs a few milliseconds, and no table of objects is ever built. Sources and
dates of the shipped one are in `resources/reference/README.md`; a reference pack replaces it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from models import packs
from models.packs import FOLDER, remembered

LEVELS = {2: "province", 4: "regency", 6: "district", 10: "village"}  # by the length of the code
VILLAGE_DIGITS, DISTRICT_DIGITS = 10, 6
PARENT = {10: 6, 6: 4, 4: 2}
SEARCH_FROM = 3  # letters; fewer search only the own kabupaten


@dataclass(frozen=True, slots=True)
class Region:
    """One region: code without dots (2, 4, 6 or 10 digits) and official name (`Kabupaten Probolinggo`)."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """`province`, `regency` (kabupaten, kota), `district` (kecamatan) or `village` (kelurahan, desa)."""
        return LEVELS[len(self.code)]

    @property
    def title(self) -> str:
        """The name with its sort: `Kel. Patokan`, `Desa Sumberanyar`, `Kec. Kraksaan`, `Kab. Probolinggo`."""
        if len(self.code) == 10:
            return f"{'Kel.' if self.code[6] == '1' else 'Desa'} {self.name}"
        return f"Kec. {self.name}" if len(self.code) == 6 else self.name.replace("Kabupaten ", "Kab. ", 1)


# Names are compared without spaces, case and marks: "Kedungasem" is "Kedung Asem", "sokaan" is "Soka'an".
_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_IGNORED = b" '\"-./()"


def fold(text: str) -> str:
    """A place name as it is compared."""
    return text.encode("ascii", "ignore").translate(_LOWER, _IGNORED).decode()


@remembered
def _block() -> bytes:
    """The lines `code,name` of all regions of today, by code."""
    pack = packs.current("regions")
    if pack is None:
        return (FOLDER / "regions.csv").read_bytes().replace(b"\r", b"")
    heading, _, lines = pack.text().partition(b"\n")
    if heading == b"code,name":  # stands as it is searched
        return lines
    return "".join(f"{_line(row)}\n" for row in pack.rows() if not row.get("successor")).encode()


def _line(row: Mapping[str, str]) -> str:
    return f'{row["code"]},"{row["name"]}"' if "," in row["name"] else f"{row['code']},{row['name']}"


@remembered
def _retired() -> dict[str, tuple[str, str]]:
    """Name and successor of the codes that the list of today has retired."""
    pack = packs.current("regions")
    listed = pack.rows() if pack and b"successor" in pack.text()[:80] else []
    return {row["code"]: (row["name"], row["successor"]) for row in listed if row["successor"]}


def region_now(code: str) -> str:
    """The code that a region bears today: its successor when the list retired it, else the code itself."""
    seen: set[str] = set()
    while code in _retired() and code not in seen:
        seen.add(code)
        code = _retired()[code][1]
    return code


@remembered
def _folded() -> bytes:
    return _block().translate(_LOWER, _IGNORED)


def _seek(block: bytes, code: str) -> int:
    """Where the first line whose code is at or after `code` begins, by halving."""
    want, low, high = code.encode(), 0, len(block)
    while low < high:
        start = max(low, block.rfind(b"\n", low, (low + high) // 2) + 1)
        if block[start : start + 11].partition(b",")[0] < want:
            low = block.find(b"\n", start) + 1
        else:
            high = start
    return low


def _span(block: bytes, prefix: str) -> tuple[int, int]:
    """Where the lines of a region and everything in it begin and end; the empty prefix is all Indonesia."""
    return (_seek(block, prefix), _seek(block, prefix + ":")) if prefix else (0, len(block))


@remembered
def region(code: str) -> Region | None:
    """The region of a code without dots, also a retired one; None when there is none."""
    if len(code) not in LEVELS or not code.isascii():
        return None
    block = _block()
    start = _seek(block, code)
    found, _, name = block[start : block.find(b"\n", start)].decode().partition(",")
    if found == code:
        return Region(code, name.strip('"'))
    return Region(code, _retired()[code][0]) if code in _retired() else None


def children(code: str) -> list[Region]:
    """The regions one level below, by code: kabupaten of a province ... kelurahan and desa of a kecamatan."""
    start, end = _span(_block(), code)
    wanted = next(below for below, above in PARENT.items() if above == len(code))
    rows = (line.partition(",") for line in _block()[start:end].decode().splitlines())
    return [Region(found, name.strip('"')) for found, _, name in rows if len(found) == wanted]


def ancestors(code: str) -> list[Region]:
    """A region and what it lies in, smallest first, province last; unknown codes are left out."""
    codes = [code[:length] for length in sorted(LEVELS, reverse=True) if length <= len(code)]
    return [found for c in codes if (found := region(c))]


def kecamatan_of(code: str) -> Region | None:
    """The kecamatan in which a village lies."""
    return region(code[:6])


@remembered
def path(code: str) -> str:
    """`Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo`; the code itself when it is unknown.

    `resolve` reads it back: where one kecamatan has two villages of one name, the code follows in brackets.
    """
    line = ancestors(code)
    if not line or line[0].code != code:
        return code
    text = ", ".join(r.title for r in (line[:-1] or line))
    twins = [r for r in children(code[:6]) if fold(r.title) == fold(line[0].title)] if len(code) == 10 else []
    return f"{text} ({code})" if len(twins) > 1 or "," in line[0].name else text


def _hits(needle: bytes, prefix: str, lengths: Iterable[int]) -> Iterator[str]:
    """Codes whose folded name holds `needle` (`,pat` at its start, `pat` anywhere, `,pat\\n` exactly)."""
    block = _folded()
    at, end = _span(block, prefix)
    while (at := block.find(needle, at, end)) >= 0:
        start = block.rfind(b"\n", 0, at) + 1
        comma = block.find(b",", start)
        if at >= comma and comma - start in lengths:
            yield block[start:comma].decode()
        at = block.find(b"\n", at + 1)


def _named(name: str, prefixes: Iterable[str], lengths: Iterable[int]) -> list[str]:
    exact = f",{fold(name)}\n".encode()
    return [code for prefix in prefixes for code in _hits(exact, prefix, lengths)] if fold(name) else []


_SORTS: tuple[tuple[str, int, str], ...] = (
    (r"(?:kel|kelurahan)\b\.?\s*", 10, "1"), (r"(?:desa|ds|dsn)\b\.?\s*", 10, "2"),
    (r"(?:kec|kecamatan)\b\.?\s*", 6, ""), (r"(?:kab|kabupaten)\b\.?\s*", 4, "kabupaten"),
    (r"kota\b\s*", 4, "kota"), (r"(?:prov|provinsi|propinsi)\b\.?\s*", 2, ""),
)  # fmt: skip


def _one_part(part: str, prefixes: list[str], lengths: tuple[int, ...]) -> list[str]:
    """The codes one written part may mean: `Kel. Patokan`, `Kab. Probolinggo`, `Kraksaan`."""
    for pattern, length, sort in _SORTS:
        if length not in lengths or not (said := re.match(pattern, part, re.IGNORECASE)):
            continue
        rest = part[said.end() :]
        found = _named(sort + rest if length == 4 else rest, prefixes, (length,))
        if length == 10:  # a desa that has become a kelurahan is still often called desa
            found = [c for c in found if c[6] == sort] or found
        if found:
            return found
    for length in lengths:  # the widest region of that name: "Jawa Timur" is the province
        names = [f"kabupaten{part}", f"kota{part}", part] if length == 4 else [part]
        if found := [c for name in names for c in _named(name, prefixes, (length,))]:
            return found
    return []


@remembered
def resolve(typed: str, level: str = "", within: str = "") -> tuple[Region, ...]:
    """The regions a typed code or name may mean: none, one, or several when the name repeats.

    Parts after commas narrow it: `Patokan, Kraksaan`. `level` asks for one level, `within` for a prefix.
    """
    bare = re.sub(r"[ .]", "", typed)
    code = re.search(r"\(([0-9]{2,10})\)$", bare)
    if code or re.fullmatch("[0-9]+", bare):
        found = region(code[1] if code else bare)
        return (found,) if found and level in ("", found.level) and found.code.startswith(within) else ()
    lengths = tuple(length for length, name in LEVELS.items() if level in ("", name))
    parts = [p.strip() for p in typed.split(",") if p.strip()]
    prefixes = [within]
    for part in reversed(parts[1:]):
        prefixes = _one_part(part, prefixes, (2, 4, 6)) or prefixes
    codes = _one_part(parts[0], prefixes, lengths) if parts else []
    return tuple(r for c in dict.fromkeys(codes) if (r := region(c)))


def search_villages(text: str, near: str = "", limit: int = 12) -> list[Region]:
    """Villages whose name begins with, then holds, what was typed: the kabupaten `near` first, then all Indonesia.

    `patokan kraks` narrows by kecamatan or kabupaten; digits search codes.
    """
    name, _, where = text.partition(",")
    found = _search(name, where, near, limit)
    for space in re.finditer(" ", text.strip()):
        if found:
            break
        found = _search(text[: space.start()], text[space.end() :], near, limit)
    return [r for code in found if (r := region(code))]


def _search(name: str, where: str, near: str, limit: int) -> list[str]:
    needle = fold(name)
    if not needle:
        return []
    if needle.isdecimal():
        return list(islice(_hits(b",", needle, (10,)), limit))
    areas = [near, near[:2], ""] if near and len(needle) >= SEARCH_FROM else [near]
    if fold(where):
        inside = f",{fold(where)}".encode()
        areas = [c for area in areas for n in (inside, inside.replace(b",", b",kabupaten"), inside.replace(b",", b",kota"))
                 for c in _hits(n, area, (4, 6))]  # fmt: skip
    patterns = [f",{needle}".encode(), needle.encode()]
    found: dict[str, None] = {}
    for area in dict.fromkeys(areas):
        for pattern in patterns:
            for code in _hits(pattern, area, (10,)):
                found[code] = None
                if len(found) == limit:
                    return list(found)
    return list(found)


@dataclass(frozen=True, slots=True)
class Match:
    """What a written village may be: `exact` when spelt so, else the nearest spellings, best first."""

    regions: tuple[Region, ...]
    exact: bool

    @property
    def sure(self) -> Region | None:
        """The one village meant, when there is no doubt."""
        return self.regions[0] if self.exact and len(self.regions) == 1 else None


@remembered
def match_village(text: str, within: str = "") -> Match:
    """The villages a workbook's cell may mean: `Sukabmi` in 3574 is nearly Sukabumi.

    Looks inside `within` (a kabupaten or kecamatan), then in all Indonesia for an exact spelling.
    """
    for prefix in dict.fromkeys((within, "")):
        if found := resolve(text, "village", prefix):
            return Match(found, exact=True)
        if len(prefix) >= 4:
            names: dict[str, list[str]] = {}
            for code in _hits(b",", prefix, (10,)):
                names.setdefault(fold(region(code).name), []).append(code)  # type: ignore[union-attr]
            near = get_close_matches(fold(_bare_name(text)), names, n=3, cutoff=0.75)
            if codes := [c for name in near for c in names[name]]:
                return Match(tuple(r for c in codes if (r := region(c))), exact=False)
    return Match((), exact=False)


def _bare_name(text: str) -> str:
    first = text.split(",")[0].strip()
    for pattern, length, _sort in _SORTS:
        if length == 10 and (said := re.match(pattern, first, re.IGNORECASE)):
            return first[said.end() :]
    return first
