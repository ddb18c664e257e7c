"""Where something is: region and village by name or code, RT and RW, postal code, coordinates."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from models import reference
from models.i18n import Lang
from models.schema import Problem, Value
from models.typed import error, line, number_text, plain_digits, warning

PICK_VILLAGE = (
    "Pilih kelurahan dari daftar. Tidak ada? Pilih “Di luar wilayah”.",
    "Choose the village from the list. Not there? Choose “Outside the area”.",
)
PICK_REGION = ("Pilih wilayah dari daftar.", "Choose the region from the list.")
_SHOWN_CANDIDATES = 3


def _parse_place(level: str) -> Callable[[str, date], Value]:
    def parse(typed: str, _today: date) -> Value:
        found = reference.resolve(line(typed)[:200], level)
        if len(found) == 1:
            return found[0].code
        code = number_text(typed)  # a code of a newer list is kept
        return code if re.fullmatch("[0-9]{10}" if level else "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10}", code) else None

    return parse


def _check_place(level: str) -> Callable[[str, date], list[Problem]]:
    pick = PICK_VILLAGE if level else PICK_REGION

    def check(typed: str, _today: date) -> list[Problem]:
        text = line(typed)[:200]
        found = reference.resolve(text, level) if text else ()
        here = found[0].code if len(found) == 1 else ""
        if (code := reference.region_now(here)) != here:
            now = reference.path(code)
            return [warning("retired", f"Kode wilayah ini sudah diganti. Sekarang: {now}.",
                            f"This region has a new code. It is now {now}.", now)]  # fmt: skip
        if not text or here:
            return []
        names = [reference.path(r.code) for r in found[:_SHOWN_CANDIDATES]]
        if names:
            listed = "; ".join(names)
            return [error("ambiguous", f"Nama ini ada di {len(found)} tempat: {listed}. Pilih satu.",
                          f"This name is in {len(found)} places: {listed}. Choose one.")]  # fmt: skip
        near = _nearly(text) if level else ()
        if near:
            return [error("unknown", f"Maksudnya {near[0]}?", f"Did you mean {near[0]}?", near[0])]
        return [error("unknown", *pick)]

    return check


def _nearly(text: str) -> tuple[str, ...]:
    """Villages spelt almost so, when the text says in which kecamatan or kabupaten to look."""
    _, _, where = text.partition(",")
    for area in reference.resolve(where.strip()) if where else ():
        match = reference.match_village(text, area.code)
        if not match.exact and match.regions:
            return tuple(reference.path(r.code) for r in match.regions)
    return ()


parse_region, check_region = _parse_place(""), _check_place("")
parse_village, check_village = _parse_place("village"), _check_place("village")


def show_place(value: Any, _lang: Lang = "id") -> str:
    """`Kel. Patokan, Kec. Kraksaan, Kab. Probolinggo`."""
    return reference.path(str(value))


def _rt_rw_text(typed: str) -> str:
    text = re.sub(r"^(rt|rw)\b[.:]?\s*", "", plain_digits(typed).casefold().lstrip("'’"))
    return "" if re.fullmatch("[-–—]", text) else text.removesuffix(".0")


def parse_rt_rw(typed: str, _today: date) -> Value:
    """1-999; 0, `-` and empty are None."""
    text = _rt_rw_text(typed)
    return int(text) or None if re.fullmatch("[0-9]{1,3}", text) else None


def check_rt_rw(typed: str, _today: date) -> list[Problem]:
    """What is wrong with an RT or RW."""
    text = _rt_rw_text(typed)
    if not text:
        return []
    if re.fullmatch("[0-9]{1,3}", text):
        return [] if int(text) else [warning("zero", "RT/RW 0 dicatat sebagai kosong.", "RT/RW 0 is kept as empty.")]
    if pair := re.fullmatch(r"([0-9]{1,3})\s*/\s*(?:rw\.?\s*)?([0-9]{1,3})", text):
        return [error("pair", "Isi satu angka saja; RT dan RW masing-masing di kotaknya.",
                      "One number only; RT and RW each have their own box.", pair[1])]  # fmt: skip
    if re.fullmatch("[0-9]+", text):
        return [error("too_big", "RT/RW paling banyak 3 angka.", "RT/RW has 3 digits at most.")]
    return [error("letters", "RT/RW berisi angka saja.", "RT/RW has digits only.")]


def show_rt_rw(value: Any, _lang: Lang = "id") -> str:
    """`003`."""
    return str(value).zfill(3)


def check_postal_code(typed: str, _today: date) -> list[Problem]:
    """Five digits, the first not 0."""
    text = number_text(typed)
    if not text or re.fullmatch("[1-9][0-9]{4}", text):
        return []
    return [
        error(
            "postal_code",
            "Kode pos berisi 5 angka, tidak mulai dengan 0.",
            "A postal code has 5 digits and does not start with 0.",
        )
    ]


_DEGREES = re.compile(r"([+-]?)([0-9]{1,3})(?:[.,]([0-9]{1,15}))?\s*°?\s*([NSEW]?)")
_POINTS = {"LS": "S", "LU": "N", "BT": "E", "BB": "W"}  # lintang selatan and utara, bujur timur and barat
_MICRO = 10**6


def _degrees(typed: str) -> int | None:
    """Micro-degrees of `-7.754321`, `7,754321 S`, `7.75 LS`; None when unreadable."""
    text = plain_digits(typed).upper().replace("−", "-")
    for said, point in _POINTS.items():
        text = text.replace(said, point)
    found = _DEGREES.fullmatch(text)
    if not found:
        return None
    micro = int((Decimal(f"{found[2]}.{found[3] or 0}") * _MICRO).to_integral_value())
    return -micro if found[1] == "-" or found[4] in ("S", "W") else micro


def parse_degrees(typed: str, _today: date) -> Value:
    """Decimal degrees as whole micro-degrees."""
    micro = _degrees(typed)
    return micro if micro is not None and abs(micro) <= 180 * _MICRO else None


def check_degrees(typed: str, today: date) -> list[Problem]:
    """Readable, on the globe, and within Indonesia (11.2° S - 6.2° N, 94.5° E - 141.2° E)."""
    if not plain_digits(typed):
        return []
    micro = parse_degrees(typed, today)
    if not isinstance(micro, int):
        return [error("degrees", "Tulis koordinat seperti -7.754321.", "Write a coordinate like -7.754321.")]
    if -11.2 <= micro / _MICRO <= 6.2 or 94.5 <= micro / _MICRO <= 141.2:
        return []
    return [
        warning(
            "abroad", "Koordinat ini di luar Indonesia. Cek lagi.", "This coordinate is outside Indonesia. Check it."
        )
    ]


def show_degrees(value: Any, _lang: Lang = "id") -> str:
    """`-7.754321`."""
    sign, micro = ("-" if int(value) < 0 else ""), abs(int(value))
    return f"{sign}{micro // _MICRO}.{micro % _MICRO:06d}"
