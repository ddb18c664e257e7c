"""The blocks of which papers are made: heading, facts, table, check boxes, notice, signatures, QR, digit boxes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from reports.page import Strip
from reports.paper import MM
from reports.pen import Pen
from reports.text import (
    BODY,
    BOLD,
    CAPTION,
    CELL,
    CELL_HEAD,
    FILL,
    LABEL,
    SECTION,
    SMALL,
    TINY,
    TITLE,
    Align,
    Line,
    Style,
    Text,
    height,
    wrap,
)  # fmt: skip

QR_SIDE = 16 * MM
SIDE_ROOM = 23 * MM
LABEL_ROOM = 34 * MM
COLON_ROOM, FACTS_GAP = 3 * MM, 8 * MM
SIGN_ROOM = 16 * MM
DIGIT_WIDTH, DIGIT_HEIGHT = 5.6 * MM, 6.6 * MM
CELL_SIDE, CELL_ABOVE = 2 * MM, 1.1 * MM
ROW_PARTS = 4  # lines of a table row that never part; a longer row may break between such parts


@dataclass(frozen=True)
class Title:
    """The name of the paper over its number, with a QR code at the right when there is something to encode."""

    text: str
    below: str = ""
    qr: str = ""
    qr_caption: str = ""

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip as high as the QR code or the words."""
        middle = width - 2 * (SIDE_ROOM + 6 * MM)
        lines = wrap(self.text, TITLE, middle) + (wrap(self.below, SMALL, middle) if self.below else [])
        caption = wrap(self.qr_caption, TINY, SIDE_ROOM)
        qr_height = QR_SIDE + 0.6 * MM + height(caption) if self.qr else 0.0

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(lines, x + SIDE_ROOM + 6 * MM, top, middle, "center")
            if self.qr:
                left = x + width - SIDE_ROOM
                pen.squares(qr_squares(self.qr), left + (SIDE_ROOM - QR_SIDE) / 2, top, QR_SIDE)
                pen.lines(caption, left, top + QR_SIDE + 0.6 * MM, SIDE_ROOM, "center")

        yield Strip(max(height(lines), qr_height), draw, keep=True)


def qr_squares(text: str) -> list[list[bool]]:
    """The dark squares of a QR code, error correction M (15 %)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(side)] for row in range(side)]


@dataclass(frozen=True)
class Heading:
    """A section's name with a rule that runs on to the margin; stays with what follows."""

    text: str
    gap: float = 3.4 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip, bookmarked."""
        lines = wrap(self.text, SECTION, width)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.bookmark(self.text, 1)
            pen.lines(lines, x, top, width)
            begin = lines[-1].width + 2 * MM
            pen.rule(x + begin, top + height(lines) - SECTION.leading / 2, width - begin, 0.4)

        yield Strip(height(lines) + 1.4 * MM, draw, keep=True, gap=self.gap)


Fact = tuple[str, Text]


@dataclass(frozen=True)
class Facts:
    """Columns of "label : value"; a value that was never recorded is shown as a dash."""

    columns: Sequence[Sequence[Fact]]

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a row of facts, as high as its highest value."""
        step = (width + FACTS_GAP) / len(self.columns)
        count = max(len(column) for column in self.columns)
        for number in range(count):
            row = [_Fact.of(column[number], step - FACTS_GAP) for column in self.columns if number < len(column)]
            tall = max(fact.height for fact in row) + 0.8 * MM
            yield Strip(tall, partial(_draw_facts, row, step), keep=number < count - 1)


@dataclass(frozen=True)
class _Fact:
    labels: list[Line]
    values: list[Line]
    value_room: float

    @classmethod
    def of(cls, fact: Fact, width: float) -> "_Fact":
        room = width - LABEL_ROOM - COLON_ROOM
        return cls(wrap(fact[0], LABEL, LABEL_ROOM), wrap(fact[1] or "—", BODY, room), room)

    @property
    def height(self) -> float:
        return max(height(self.labels), height(self.values))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.lines(self.labels, x, top, LABEL_ROOM)
        pen.lines(wrap(":", BODY, COLON_ROOM), x + LABEL_ROOM, top, COLON_ROOM)
        pen.lines(self.values, x + LABEL_ROOM + COLON_ROOM, top, self.value_room)


def _draw_facts(row: Sequence[_Fact], step: float, pen: Pen, x: float, top: float) -> None:
    for number, fact in enumerate(row):
        fact.draw(pen, x + number * step, top + 0.4 * MM)


@dataclass(frozen=True)
class CheckBox:
    """A box to tick by pen, or ticked."""

    on: bool = False
    side: float = 4.4 * MM

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Paint it with its top left corner there."""
        pen.box(x, top, self.side, self.side, 0.5 * MM, 0.8)
        if self.on:
            points = ((0.22, 0.52), (0.43, 0.74), (0.8, 0.24))
            pen.polyline([(x + dx * self.side, top + dy * self.side) for dx, dy in points], 1.3)


Cell = Text | CheckBox


@dataclass(frozen=True)
class Column:
    """A table's column: its head, its width in millimetres (0 shares what is left), the look of its cells."""

    head: str
    width_mm: float = 0
    style: Style = CELL
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table; its head is repeated on every page it reaches, long rows break between lines.

    `hold_end` keeps the last row with what follows, so that signatures never stand alone.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    hold_end: bool = False

    def strips(self, width: float) -> Iterable[Strip]:
        """The head, then each row, in parts when it is long."""
        fixed = sum(c.width_mm for c in self.columns) * MM
        shares = sum(1 for c in self.columns if not c.width_mm)
        widths = [c.width_mm * MM or (width - fixed) / shares for c in self.columns]
        head = self._head(widths)
        yield head
        for number, row in enumerate(self.rows, start=1):
            yield from self._row(row, widths, head, hold=self.hold_end and number == len(self.rows))

    def _head(self, widths: Sequence[float]) -> Strip:
        titles = [wrap(c.head, CELL_HEAD, w - 2 * CELL_SIDE) for c, w in zip(self.columns, widths, strict=True)]
        tall = max(height(lines) for lines in titles) + 2.8 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.fill(x, top, sum(widths), tall, FILL)
            pen.rule(x, top, sum(widths), 1)
            pen.rule(x, top + tall, sum(widths), 0.7)
            for column, lines, room in zip(self.columns, titles, widths, strict=True):
                pen.lines(lines, x + CELL_SIDE, top + 1.4 * MM, room - 2 * CELL_SIDE, column.align)
                x += room

        return Strip(tall, draw, keep=True)

    def _row(self, row: Sequence[Cell], widths: Sequence[float], head: Strip, *, hold: bool) -> Iterator[Strip]:
        """The row's lines in parts of `ROW_PARTS`; the first part carries the check boxes, the last the rule."""
        boxes = [cell if isinstance(cell, CheckBox) else None for cell in row]
        texts = [
            [] if isinstance(cell, CheckBox) else wrap(cell, column.style, room - 2 * CELL_SIDE)
            for cell, column, room in zip(row, self.columns, widths, strict=True)
        ]
        count = max(1, *(len(lines) for lines in texts))
        cuts = [*range(0, max(count - 1, 1), ROW_PARTS), count]  # a single line left over joins the part before
        for start, end in pairwise(cuts):
            part = _RowPart(
                self.columns,
                widths,
                [lines[start:end] for lines in texts],
                boxes if not start else (),
                ends=end == count,
            )
            again = head if not start else replace(head, height=head.height + CELL_ABOVE)
            yield Strip(part.height, part.draw, keep=hold and end == count, repeat=again)


@dataclass(frozen=True)
class _RowPart:
    """Some lines of a row: the first with its check boxes and air above, the last with air and the rule below."""

    columns: Sequence[Column]
    widths: Sequence[float]
    texts: Sequence[list[Line]]
    boxes: Sequence[CheckBox | None]  # empty unless this is the first part
    ends: bool

    @property
    def above(self) -> float:
        return CELL_ABOVE + (0.3 * MM if any(self.boxes) else 0.0) if self.boxes else 0.0

    @property
    def height(self) -> float:
        inner = max(
            max(height(lines) for lines in self.texts), *(box.side + 0.3 * MM for box in self.boxes if box), 0.0
        )
        return self.above + inner + (CELL_ABOVE if self.ends else 0.0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.ends:
            pen.rule(x, top + self.height, sum(self.widths), 0.4)
        left = x
        for column, lines, room in zip(self.columns, self.texts, self.widths, strict=True):
            pen.lines(lines, left + CELL_SIDE, top + self.above, room - 2 * CELL_SIDE, column.align)
            left += room
        for box, room in zip(self.boxes, self.widths, strict=False):
            if box:
                box.draw(pen, x + CELL_SIDE, top + self.above)
            x += room


@dataclass(frozen=True)
class DigitBoxes:
    """Boxes for digits written by hand, in groups as on the screen: a NIK is (4, 4, 4, 4)."""

    label: str
    groups: Sequence[int]

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip, the label at the left."""
        labels = wrap(self.label, LABEL, LABEL_ROOM)
        tall = max(height(labels), DIGIT_HEIGHT)
        room = width - LABEL_ROOM - 3 * MM - 2 * MM * (len(self.groups) - 1)
        box_width = min(DIGIT_WIDTH, room / sum(self.groups))

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(labels, x, top + (tall - height(labels)) / 2, LABEL_ROOM)
            left = x + LABEL_ROOM + 3 * MM
            for group in self.groups:
                for _ in range(group):
                    pen.box(left, top, box_width, DIGIT_HEIGHT, thick=0.6)
                    left += box_width
                left += 2 * MM

        yield Strip(tall + 1 * MM, draw)


@dataclass(frozen=True)
class Notice:
    """A few sentences in a rounded box; stays with what follows."""

    text: Text
    gap: float = 3.4 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        lines = wrap(self.text, SMALL, width - 6 * MM)
        tall = height(lines) + 4 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.box(x, top, width, tall, 1.5 * MM)
            pen.lines(lines, x + 3 * MM, top + 2 * MM, width - 6 * MM)

        yield Strip(tall, draw, keep=True, gap=self.gap)


@dataclass(frozen=True)
class Signer:
    """Who signs: the words above the room for the hand, the name below it, what they are."""

    above: str
    name: str
    below: str = ""


@dataclass(frozen=True)
class Signatures:
    """Signers side by side, their names on one line."""

    signers: Sequence[Signer]
    gap: float = 5 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space = 10 * MM
        room = (width - space * (len(self.signers) - 1)) / len(self.signers)
        columns = [
            (
                wrap(s.above, BODY, room),
                wrap(s.name or " ", BOLD, room),
                wrap(s.below, CAPTION, room) if s.below else [],
            )
            for s in self.signers
        ]
        rule_at = max(max(height(above) for above, _, _ in columns) + 11.2 * MM, BODY.leading + SIGN_ROOM)
        tall = rule_at + 1 * MM + max(height(name) + height(below) for _, name, below in columns)

        def draw(pen: Pen, x: float, top: float) -> None:
            for above, name, below in columns:
                pen.lines(above, x, top, room, "center")
                pen.rule(x, top + rule_at, room, 0.6)
                low = pen.lines(name, x, top + rule_at + 1 * MM, room, "center")
                pen.lines(below, x, low, room, "center")
                x += room + space

        yield Strip(tall, draw, gap=self.gap)
