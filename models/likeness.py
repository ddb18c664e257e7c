"""Whether two owners may be one person: a score from 0 to 100 with its reasons in words.

Each thing that agrees adds its weight, each that differs takes some away; what cannot be compared
weighs nothing but is said where it matters. Nobody is ever merged by a score: it only sorts.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from models.i18n import Words, in_both
from models.names import code, name_key, names_alike, names_close, sound
from models.official_ids import nik_facts

Code = Literal[
    "nik", "nik_near", "nik_differs", "nik_unknown", "phone", "nib", "name", "name_sound", "name_close", "name_part",
    "name_differs", "birth", "birth_differs", "sex_differs", "village", "rw", "address", "business",
]  # fmt: skip
LIKELY = 40  # from here on a pair is shown

_REASONS: dict[Code, tuple[int, Words]] = {
    "nik": (85, Words("NIK sama", "Same NIK")),
    "nik_near": (30, Words("NIK hanya beda satu angka", "NIK differs in one digit only")),
    "nik_differs": (-90, Words("NIK berbeda", "NIK differs")),
    "nik_unknown": (0, Words("NIK belum bisa dibandingkan", "NIK cannot be compared yet")),
    "phone": (35, Words("No. HP sama", "Same phone")),
    "nib": (35, Words("NIB sama", "Same NIB")),
    "name": (30, Words("Nama sama: {name}", "Same name: {name}")),
    "name_sound": (25, Words("Nama terdengar sama: {name} / {other}", "Names sound the same: {name} / {other}")),
    "name_close": (20, Words("Nama mirip: {name} / {other}", "Similar names: {name} / {other}")),
    "name_part": (20, Words("Nama sebagian sama: {name} / {other}", "Names share all words of one: {name} / {other}")),
    "name_differs": (-20, Words("Nama berbeda: {name} / {other}", "Names differ: {name} / {other}")),
    "birth": (25, Words("Tanggal lahir sama", "Same birth date")),
    "birth_differs": (-25, Words("Tanggal lahir berbeda", "Birth date differs")),
    "sex_differs": (-20, Words("Jenis kelamin berbeda", "Sex differs")),
    "village": (10, Words("Kelurahan sama", "Same village")),
    "rw": (5, Words("RW sama", "Same RW")),
    "address": (10, Words("Alamat sama", "Same address")),
    "business": (20, Words("Nama usaha sama", "Same business name")),
}
AGAINST: frozenset[str] = frozenset(c for c, (weight, _) in _REASONS.items() if weight < 0)
_CERTAIN, _SURE_AT_MOST = 100, 99  # only the same NIK, with nothing against it, may say 100


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two owners look alike, or why not."""

    code: Code
    words: Words

    @property
    def weight(self) -> int:
        """What it adds to the score."""
        return _REASONS[self.code][0]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two owners look like one person."""

    score: int
    reasons: tuple[Reason, ...]  # what speaks for it first

    @property
    def words(self) -> Words:
        """`87 %: No. HP sama, nama sama …`."""
        said = in_both(lambda lang: ", ".join(r.words.to(lang) for r in self.reasons))
        return Words(f"{self.score} %: {said.id}", f"{self.score}%: {said.en}")

    def has(self, *codes: Code) -> bool:
        """Whether one of these reasons is among them."""
        return any(r.code in codes for r in self.reasons)


Side = Mapping[str, Any]  # an owner's row; `nibs` and `businesses` hold those of the owner's businesses


def compare(one: Side, other: Side, today: date) -> Likeness:
    """How far two owners look like one person."""
    names = {"name": str(one.get("name") or ""), "other": str(other.get("name") or "")}
    codes: list[Code] = [c for part in _PARTS for c in part(one, other, today)]
    total = sum(_REASONS[c][0] for c in codes)
    most = _CERTAIN if "nik" in codes and not AGAINST & set(codes) else _SURE_AT_MOST
    reasons = sorted((Reason(c, _REASONS[c][1].fill(**names)) for c in codes), key=lambda r: -r.weight)
    return Likeness(max(0, min(most, total)), tuple(reasons))


def _nik(one: Side, other: Side, today: date) -> Iterable[Code]:
    ours, theirs = one.get("nik"), other.get("nik")
    if not ours or not theirs:
        yield "nik_unknown"
    elif ours == theirs:
        yield "nik"
    elif near_numbers(ours, theirs):
        yield "nik_near"
    elif nik_facts(ours, today) and nik_facts(theirs, today):
        yield "nik_differs"
    else:
        yield "nik_unknown"  # one of them is no NIK at all


def near_numbers(one: str, other: str) -> bool:
    """Numbers that a slip tells apart: one digit wrong, or two neighbours swapped."""
    if len(one) != len(other):
        return False
    wrong = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(wrong) == 1


def _name(one: Side, other: Side, _today: date) -> Iterable[Code]:
    ours, theirs = str(one.get("name") or ""), str(other.get("name") or "")
    if not name_key(ours) or not name_key(theirs):
        return
    if code(ours) == code(theirs):
        yield "name"
    elif sound(ours) == sound(theirs):
        yield "name_sound"
    elif names_close(ours, theirs):
        yield "name_close"
    elif names_alike(ours, theirs):
        yield "name_part"
    else:
        yield "name_differs"


def _birth_and_sex(one: Side, other: Side, _today: date) -> Iterable[Code]:
    born = one.get("birth_date"), other.get("birth_date")
    if all(born):
        yield "birth" if born[0] == born[1] else "birth_differs"
    if one.get("sex") and other.get("sex") and one["sex"] != other["sex"]:
        yield "sex_differs"


def _contact(one: Side, other: Side, _today: date) -> Iterable[Code]:
    if one.get("phone") and one.get("phone") == other.get("phone"):
        yield "phone"
    if set(one.get("nibs") or ()) & set(other.get("nibs") or ()):
        yield "nib"
    ours, theirs = ({code(b) for b in side.get("businesses") or ()} - {""} for side in (one, other))
    if ours & theirs:
        yield "business"


def _place(one: Side, other: Side, _today: date) -> Iterable[Code]:
    if not one.get("village") or one.get("village") != other.get("village"):
        return
    yield "village"
    if one.get("rw") and one.get("rw") == other.get("rw"):
        yield "rw"
    ours, theirs = (re.findall(r"[^\W_]+", str(side.get("address") or "").casefold()) for side in (one, other))
    if ours and ours == theirs:
        yield "address"


_PARTS: tuple[Callable[[Side, Side, date], Iterable[Code]], ...] = (_nik, _contact, _name, _birth_and_sex, _place)
