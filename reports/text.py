"""Letters on paper: the embedded fonts, the styles, and breaking text into lines.

Text is never markup. A run is a plain string in one style, so nothing a person typed can be
taken for a command; a letter that the fonts lack is written by its base letter or a question mark.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any, Literal

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
MISSING = "?"
GLUE = "\u00a0"
Align = Literal["left", "center", "right"]

INK = 0.0  # grey levels, 0 is black: what must be read is black, fills stay at 8 % or lighter
SOFT = 0.22
HAIR = 0.4  # fine rules: calm on screen, and still black where a printer knows only black and white
FILL = 0.945
WHITE = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How one run looks: font file, size and line height in points, grey, extra space between words in em.

    A style is itself alone: measures are kept by style, and comparing five values each time would cost
    a tenth of a page.
    """

    font: str
    size: float
    leading: float
    grey: float = INK
    word_gap: float = 0.0

    @property
    def drop(self) -> float:
        """From the top of a line to its baseline, in points."""
        font = face(self.font)
        return (self.leading - (font.ascent - font.descent) * self.size) / 2 + font.ascent * self.size


BODY = Style("DampingiTeks-Regular", 9.5, 13.5)
BOLD = replace(BODY, font="DampingiTeks-SemiBold")
LABEL = replace(BODY, grey=SOFT)
SMALL = Style("DampingiTeks-Regular", 8.5, 12)
SMALL_BOLD = replace(SMALL, font="DampingiTeks-Bold")
CAPTION = Style("DampingiTeks-Regular", 8, 11, SOFT)
TINY = Style("DampingiTeks-Regular", 6.5, 8, SOFT)
LOGO = Style("DampingiTeks-SemiBold", 6, 8, SOFT)
FOOT = Style("DampingiTeks-Regular", 7.5, 10, SOFT)
CELL = Style("DampingiTeks-Regular", 9, 12.5)
CELL_BOLD = replace(CELL, font="DampingiTeks-SemiBold")
CELL_HEAD = Style("DampingiTeks-SemiBold", 8.5, 11)
OFFICE_ABOVE = Style("DampingiTeks-SemiBold", 12, 15)
OFFICE_BETWEEN = Style("DampingiTeks-SemiBold", 11, 15)
OFFICE = Style("DampingiJudul-Bold", 13, 16.5, word_gap=0.14)
TITLE = Style("DampingiJudul-ExtraBold", 13.5, 18, word_gap=0.08)
SHEET_TITLE = Style("DampingiJudul-ExtraBold", 12, 18, word_gap=0.08)
CLINIC = Style("DampingiJudul-Bold", 10.5, 14, word_gap=0.08)
CERTIFICATE = Style("DampingiJudul-ExtraBold", 30, 38, word_gap=0.08)
CERTIFICATE_NAME = Style("DampingiJudul-Bold", 26, 34, word_gap=0.14)
CALLED = Style("DampingiJudul-ExtraBold", 48, 58)
KEY = Style("DampingiTeks-Bold", 20, 26)
QUEUE = Style("DampingiJudul-ExtraBold", 20, 22)
SECTION = Style("DampingiJudul-Bold", 10.5, 14, word_gap=0.08)
FIGURE = Style("DampingiJudul-ExtraBold", 15, 19)
LETTER = Style("DampingiTeks-Regular", 10.5, 16)
LETTER_BOLD = replace(LETTER, font="DampingiTeks-SemiBold")
LETTER_LABEL = replace(LETTER, grey=SOFT)
RECEIPT = Style("DampingiTeks-SemiBold", 11, 14)
SMALL_LABEL = replace(SMALL, font="DampingiTeks-SemiBold")
CAPTION_BOLD = replace(CAPTION, font="DampingiTeks-SemiBold")
TAG = replace(CAPTION_BOLD, leading=11.5, grey=WHITE)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """One line of wrapped text: its runs, its width, its height, in points."""

    runs: tuple[Run, ...]
    width: float
    height: float


Text = str | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Face:
    """A font: ascent and descent for size 1, its letters as code points, and its measure."""

    ascent: float
    descent: float
    letters: frozenset[int]
    width: Callable[[str, float], float]


@cache
def face(name: str) -> Face:
    """A font by its file name; embedded in what is written from now on."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    registry: Any = pdfmetrics  # untyped
    font: Any = ttfonts.TTFont(name, str(FONTS / f"{name}.ttf"))
    registry.registerFont(font)
    return Face(font.face.ascent / 1000, font.face.descent / 1000, frozenset(font.face.charToGlyph), font.stringWidth)


def clean(text: str, style: Style) -> str:
    """The text with only letters that the font can show; line ends count as spaces."""
    if text.isascii() and text.isprintable():
        return text
    letters = face(style.font).letters
    if text.isprintable() and letters.issuperset(map(ord, text)) and unicodedata.is_normalized("NFC", text):
        return text
    return "".join(_shown(letter, letters) for letter in unicodedata.normalize("NFC", text))


def _shown(letter: str, letters: frozenset[int]) -> str:
    if letter == GLUE and ord(letter) in letters:
        return letter  # no line ends here; reportlab draws it as a space
    if letter.isspace():
        return " "
    if unicodedata.category(letter)[0] in "CM":  # controls, joiners, halves of pairs, loose marks: no ink of their own
        return ""
    if ord(letter) in letters:
        return letter
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c) and ord(c) in letters
    )
    return plain or MISSING


@lru_cache(maxsize=20_000)
def text_width(text: str, style: Style) -> float:
    """The width of cleaned text in points."""
    return face(style.font).width(text, style.size) + text.count(" ") * style.word_gap * style.size


def wrap(text: Text, style: Style, width: float) -> list[Line]:
    """Text broken into lines no wider than `width`; a word longer than that is cut between letters.

    `style` is for plain strings and for the height of empty text; runs bring their own.
    """
    return list(_wrapped_string(text, style, width)) if isinstance(text, str) else _wrapped(text, style, width)


@lru_cache(maxsize=4_000)  # labels, heads and sentences come again on every sheet of a mass run
def _wrapped_string(text: str, style: Style, width: float) -> tuple[Line, ...]:
    return tuple(_wrapped([Run(text, style)], style, width))


def _wrapped(runs: Sequence[Run], style: Style, width: float) -> list[Line]:
    lines: list[Line] = []
    for paragraph in _paragraphs(runs):
        lines += _wrap_paragraph(paragraph, width)
    return lines or [Line((), 0, style.leading)]


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs cut at line ends; paragraphs without letters are left out."""
    current: list[Run] = []
    for run in runs:
        first, *rest = re.split(r"[\r\n\v\f\x85\u2028\u2029]+", run.text)
        current.append(Run(clean(first, run.style), run.style))
        for part in rest:
            yield current
            current = [Run(clean(part, run.style), run.style)]
    yield current


def _wrap_paragraph(runs: Sequence[Run], width: float) -> list[Line]:
    lines: list[Line] = []
    current: list[Run] = []
    used = 0.0
    for word, spaced in _words(runs, width):
        size = text_width(word.text, word.style)
        gap = text_width(" ", word.style) if spaced and current else 0.0
        if current and used + gap + size > width:
            lines.append(_line(current, used))
            current, used, gap = [], 0.0, 0.0
        current.append(Run(f" {word.text}", word.style) if gap else word)
        used += gap + size
    if current:
        lines.append(_line(current, used))
    return lines


def _words(runs: Sequence[Run], width: float) -> Iterator[tuple[Run, bool]]:
    """Each word and whether a space stands before it; a word wider than `width` comes in pieces."""
    spaced = False
    for run in runs:
        for part in re.findall(r" +|[^ ]+", run.text):
            if part[0] == " ":
                spaced = True
                continue
            for piece in _pieces(part, run.style, width):
                yield Run(piece, run.style), spaced
                spaced = False


def _pieces(word: str, style: Style, width: float) -> Iterator[str]:
    """A word cut into pieces that fit; mostly one."""
    while text_width(word, style) > width:
        reach = accumulate(text_width(letter, style) for letter in word)
        cut = max(1, sum(1 for _ in takewhile(lambda end: end <= width, reach)))
        if cut >= len(word):
            break
        yield word[:cut]
        word = word[cut:]
    yield word


def _line(runs: Sequence[Run], width: float) -> Line:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        else:
            joined.append(run)
    return Line(tuple(joined), width, max(r.style.leading for r in joined))


def shortened(lines: list[Line], most: int) -> list[Line]:
    """No more than `most` lines; the last one says that more was left out. 0: all of them."""
    if not most or len(lines) <= most:
        return lines
    *runs, end = lines[most - 1].runs
    last = Run(f"{end.text[:-2].rstrip(' ,.')}…", end.style)
    return [*lines[: most - 1], replace(lines[most - 1], runs=(*runs, last))]


def height(lines: Sequence[Line]) -> float:
    """The height of wrapped lines, in points."""
    return sum(line.height for line in lines)
