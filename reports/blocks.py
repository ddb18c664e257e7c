"""The blocks of which papers are made: titles, headings, facts, paragraphs, notices, signatures, QR."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from reports.page import Strip
from reports.paper import MM
from reports.pen import Pen
from reports.text import (
    BODY,
    BOLD,
    CAPTION,
    CAPTION_BOLD,
    FILL,
    INK,
    LABEL,
    SECTION,
    SMALL,
    TAG,
    TINY,
    TITLE,
    Align,
    Line,
    Style,
    Text,
    height,
    shortened,
    wrap,
)  # fmt: skip

QR_SIDE = 16 * MM
QR_MASK = 3  # any is readable; looking for the calmest of the eight takes as long as the rest of a page
SIDE_ROOM = 23 * MM
COLON_ROOM, FACTS_GAP = 3 * MM, 8 * MM
SIGN_ROOM = 16 * MM
ROUND = 1.5 * MM


@dataclass(frozen=True)
class Title:
    """The name of the paper over its number, with a QR code at the right when there is something to encode."""

    text: str
    below: str = ""
    qr: str = ""
    qr_caption: str = ""
    underlined: bool = False  # as letters have it

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip as high as the QR code or the words."""
        side = SIDE_ROOM + 6 * MM if self.qr else 0.0
        middle = width - 2 * side
        title, below = wrap(self.text, TITLE, middle), wrap(self.below, SMALL, middle) if self.below else []
        air = 1 * MM if self.underlined else 0.0
        caption = wrap(self.qr_caption, TINY, SIDE_ROOM)
        qr_height = QR_SIDE + 0.6 * MM + height(caption) if self.qr else 0.0

        def draw(pen: Pen, x: float, top: float) -> None:
            low = pen.lines(title, x + side, top, middle, "center")
            if self.underlined:
                pen.rule(x + side + (middle - title[-1].width) / 2, low, title[-1].width, 0.8)
            pen.lines(below, x + side, low + air, middle, "center")
            if self.qr:
                left = x + width - SIDE_ROOM
                draw_qr(pen, self.qr, left + (SIDE_ROOM - QR_SIDE) / 2, top, QR_SIDE)
                pen.lines(caption, left, top + QR_SIDE + 0.6 * MM, SIDE_ROOM, "center")

        yield Strip(max(height(title) + air + height(below), qr_height), draw, keep=True)


def draw_qr(pen: Pen, text: str, x: float, top: float, side: float) -> None:
    """A QR code in a square."""
    pen.squares(qr_squares(text), x, top, side)


def qr_squares(text: str) -> list[list[bool]]:
    """The dark squares of a QR code, error correction M (15 %)."""
    encoder = _encoder()
    code: Any = encoder.QRCode(None, encoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, QR_MASK)
    side = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(side)] for row in range(side)]


@cache
def _encoder() -> Any:
    """The encoder of reportlab by its file: its package would first bring all other barcodes, as long as all else takes."""
    import reportlab

    file = Path(reportlab.__path__[0]) / "graphics" / "barcode" / "qrencoder.py"
    spec = spec_from_file_location("reportlab_qrencoder", file)
    assert spec  # noqa: S101 - a file that ends in .py has one
    assert spec.loader  # noqa: S101
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class LeftTitle:
    """The name of the paper at the left over a line about it, a short word in a black pill at the right."""

    text: str
    below: Text
    pill: str = ""

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        style = Style(TAG.font, 11, 16, TAG.grey)
        pill = wrap(self.pill, style, 60 * MM)[0]
        pill_width = pill.width + 8 * MM if self.pill else 0.0
        room = width - (pill_width + 5 * MM if self.pill else 0.0)
        title, below = wrap(self.text, TITLE, room), wrap(self.below, SMALL, room)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(below, x, pen.lines(title, x, top, room), room)
            if self.pill:
                pen.fill(x + width - pill_width, top, pill_width, style.leading, INK, style.leading / 2)
                pen.line(pill, x + width - pill_width + 4 * MM, top)

        yield Strip(height(title) + height(below), draw, keep=True)


@dataclass(frozen=True)
class Heading:
    """A section's name with a rule that runs on to the margin; stays with what follows."""

    text: str
    gap: float = 3.4 * MM
    after: str = ""

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip, bookmarked."""
        lines = wrap(self.text, SECTION, width)
        after = wrap(self.after, SMALL, width)[0]

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.bookmark(self.text, 1)
            pen.lines(lines, x, top, width)
            begin = lines[-1].width + 2 * MM
            if self.after:
                pen.line(after, x + begin, top + height(lines) - SECTION.leading + 1)
                begin += after.width + 2 * MM
            pen.rule(x + begin, top + height(lines) - SECTION.leading / 2, width - begin, 0.4)

        yield Strip(height(lines) + 1.4 * MM, draw, keep=True, gap=self.gap)


Fact = tuple[str, Text]


@dataclass(frozen=True)
class Facts:
    """Columns of "label : value"; a value that was never recorded is shown as a dash.

    `shares` are the columns' parts of the width, alike unless given; `indent` is in points.
    """

    columns: Sequence[Sequence[Fact]]
    label_mm: float = 34
    style: Style = BODY
    label_style: Style = LABEL
    shares: tuple[float, ...] = ()
    indent: float = 0.0
    gap: float = 0.0

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a row of facts, as high as its highest value."""
        shares = self.shares or (1.0,) * len(self.columns)
        free = width - self.indent - FACTS_GAP * (len(shares) - 1)
        rooms = [free * share / sum(shares) for share in shares]
        count = max(len(column) for column in self.columns)
        for number in range(count):
            row = [
                _Fact.of(column[number], self, room) if number < len(column) else None
                for column, room in zip(self.columns, rooms, strict=True)
            ]
            tall = max(fact.height for fact in row if fact) + 0.8 * MM
            draw = partial(_draw_facts, row, rooms, self.indent)
            yield Strip(tall, draw, keep=number < count - 1, gap=0.0 if number else self.gap)


@dataclass(frozen=True)
class _Fact:
    labels: list[Line]
    values: list[Line]
    label_room: float
    value_room: float
    style: Style

    @classmethod
    def of(cls, fact: Fact, of: Facts, width: float) -> "_Fact":
        label_room = min(of.label_mm * MM, width * 0.45)
        room = width - label_room - COLON_ROOM
        return cls(
            wrap(fact[0], of.label_style, label_room), wrap(fact[1] or "—", of.style, room), label_room, room, of.style
        )

    @property
    def height(self) -> float:
        return max(height(self.labels), height(self.values))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.lines(self.labels, x, top, self.label_room)
        pen.lines(wrap(":", self.style, COLON_ROOM), x + self.label_room, top, COLON_ROOM)
        pen.lines(self.values, x + self.label_room + COLON_ROOM, top, self.value_room)


def _draw_facts(
    row: Sequence[_Fact | None], rooms: Sequence[float], indent: float, pen: Pen, x: float, top: float
) -> None:
    x += indent
    for fact, room in zip(row, rooms, strict=True):
        if fact:
            fact.draw(pen, x, top + 0.4 * MM)
        x += room + FACTS_GAP


@dataclass(frozen=True)
class Paragraph:
    """Running text; it may break between lines. `hold` keeps its end with what follows.

    `most` are the lines it may have where room is scarce; the rest is left out.
    """

    text: Text
    style: Style = BODY
    gap: float = 0.0
    hold: bool = False
    align: Align = "left"
    most: int = 0

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a line; neither the first nor the last line ever stands alone."""
        lines = shortened(wrap(self.text, self.style, width), self.most)
        for number, line in enumerate(lines):
            left = len(lines) - 1 - number
            keep = ((left == 1 or not number) and left > 0) or (self.hold and not left)
            draw = partial(_draw_line, line, width, self.align)
            yield Strip(line.height, draw, keep=keep, gap=0.0 if number else self.gap)


def _draw_line(line: Line, width: float, align: Align, pen: Pen, x: float, top: float) -> None:
    pen.lines([line], x, top, width, align)


@dataclass(frozen=True)
class Notice:
    """A few sentences in a rounded box, outlined or on grey; stays with what follows unless it ends the paper."""

    text: Text
    gap: float = 3.4 * MM
    filled: bool = False
    keep: bool = True
    head: str = ""  # a small name over the text
    least_mm: float = 0.0
    field: str = ""  # where nothing is written yet, somebody may type here

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip; text longer than half a page runs on in open air, else nothing of it could be shown."""
        style = BODY if self.head else SMALL
        head = wrap(self.head, CAPTION_BOLD, width - 6 * MM) if self.head else []
        lines = [*head, *wrap(self.text, style, width - 6 * MM)]
        tall = max(height(lines) + 4 * MM, self.least_mm * MM)
        if tall > MOST_BOXED:
            yield from Paragraph(self.head, CAPTION_BOLD, self.gap, hold=True).strips(width) if self.head else ()
            yield from Paragraph(self.text, style).strips(width)
            return

        def draw(pen: Pen, x: float, top: float) -> None:
            if self.filled:
                pen.fill(x, top, width, tall, FILL, ROUND)
            else:
                pen.box(x, top, width, tall, ROUND, 0.5 if self.head else 0.7)
            low = pen.lines(lines, x + 3 * MM, top + 2 * MM, width - 6 * MM)
            if self.field:
                low -= BODY.leading  # of the empty text
                pen.text_field(self.field, self.head, x + 2 * MM, low, width - 4 * MM, top + tall - low - 1 * MM)

        yield Strip(tall, draw, keep=self.keep, gap=self.gap)


MOST_BOXED = 80 * MM  # a box higher than this could not stand on the smallest page


@dataclass(frozen=True)
class Signer:
    """Who signs: the words above the room for the hand, the name below it, what they are."""

    above: str
    name: str
    below: str = ""


NOBODY = Signer("", "")  # keeps the place of a signer who is not wanted


@dataclass(frozen=True)
class Signatures:
    """Signers side by side, their names on one line."""

    signers: Sequence[Signer]
    gap: float = 5 * MM
    room: float = SIGN_ROOM
    name_style: Style = BOLD
    above_style: Style = BODY
    keep: bool = False  # with what follows

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space = 10 * MM
        room = (width - space * (len(self.signers) - 1)) / len(self.signers)
        columns = [
            (
                wrap(s.above, self.above_style, room),
                wrap(s.name or " ", self.name_style, room),
                wrap(s.below, CAPTION, room) if s.below else [],
            )
            for s in self.signers
        ]
        most = max(height(above) for above, _, _ in columns)
        rule_at = max(most + self.room - 4.8 * MM, BODY.leading + self.room)
        tall = rule_at + 1 * MM + max(height(name) + height(below) for _, name, below in columns)

        def draw(pen: Pen, x: float, top: float) -> None:
            for signer, (above, name, below) in zip(self.signers, columns, strict=True):
                if signer is not NOBODY:
                    pen.lines(above, x, top, room, "center")
                    pen.rule(x, top + rule_at, room, 0.6)
                    low = pen.lines(name, x, top + rule_at + 1 * MM, room, "center")
                    pen.lines(below, x, low, room, "center")
                x += room + space

        yield Strip(tall, draw, keep=self.keep, gap=self.gap)
