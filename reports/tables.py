"""Tables of a paper: ruled or boxed, with check boxes, heads that are repeated and rows that may break."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from reports.page import Strip
from reports.paper import MM
from reports.pen import Pen
from reports.text import (
    CAPTION,
    CAPTION_BOLD,
    CELL,
    CELL_HEAD,
    FILL,
    INK,
    TAG,
    Align,
    Line,
    Style,
    Text,
    height,
    text_width,
    wrap,
)  # fmt: skip

CELL_SIDE, CELL_ABOVE = 2 * MM, 1.1 * MM
PILL_SIDE = 2.2 * MM
ROW_PARTS = 8  # lines of a table row that never part; a longer row may break between such parts
GRID_PARTS = 12  # likewise where rows are boxed: a box without its end looks torn


class Mark(Protocol):
    """What stands in a cell and is drawn, not written."""

    @property
    def tall(self) -> float:
        """The height it needs."""
        ...

    def place(self, pen: Pen, x: float, top: float, width: float, align: Align, /) -> None:
        """Paint it into a cell's column."""
        ...


@dataclass(frozen=True)
class CheckBox:
    """A box to tick by pen, or ticked; a few words may stand after it.

    `field` names it where the paper can also be filled on a screen.
    """

    on: bool = False
    side: float = 4.4 * MM
    after: str = ""
    field: str = ""
    label: str = ""

    @property
    def tall(self) -> float:
        """The height it needs in a cell."""
        return self.side + 0.3 * MM

    def place(self, pen: Pen, x: float, top: float, width: float, align: Align) -> None:
        """Paint it, with the words after it, into a cell's column."""
        room = width - self.side - (text_width(self.after, CAPTION) + 1.6 * MM if self.after else 0.0)
        x += {"left": 0.0, "center": room / 2, "right": room}[align]
        self.draw(pen, x, top)
        if self.after:
            (line,) = wrap(self.after, CAPTION, width)[:1]
            pen.line(line, x + self.side + 1.6 * MM, top + (self.side - CAPTION.leading) / 2)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Paint it with its top left corner there."""
        pen.box(x, top, self.side, self.side, 0.5 * MM, 0.8)
        if self.on:
            points = ((0.22, 0.52), (0.43, 0.74), (0.8, 0.24))
            pen.polyline([(x + dx * self.side, top + dy * self.side) for dx, dy in points], 1.3)
        elif self.field:
            pen.tick_field(self.field, self.label or self.field, x, top, self.side)


@dataclass(frozen=True)
class TypeHere:
    """An empty cell into which somebody may type on a screen."""

    field: str
    label: str
    tall: float = 5.8 * MM

    def place(self, pen: Pen, x: float, top: float, width: float, _align: Align) -> None:
        """Lay a field over the cell."""
        pen.text_field(self.field, self.label, x - CELL_SIDE / 2, top, width + CELL_SIDE, self.tall)


@dataclass(frozen=True)
class Pill:
    """A short word in a rounded box, white on black where something is done."""

    text: str
    filled: bool = False
    tall: float = CELL.leading

    def place(self, pen: Pen, x: float, top: float, width: float, _align: Align) -> None:
        """Paint it at the left of a cell; words that are too long for it are cut."""
        style = TAG if self.filled else CAPTION_BOLD
        line = wrap(self.text, style, width - 2 * PILL_SIDE)[0]
        wide = line.width + 2 * PILL_SIDE
        if self.filled:
            pen.fill(x, top, wide, self.tall, INK, self.tall / 2)
        else:
            pen.fill(x, top, wide, self.tall, FILL, self.tall / 2)
            pen.round_outline(x, top, wide, self.tall, self.tall / 2)
        pen.line(line, x + PILL_SIDE, top + (self.tall - style.leading) / 2)


Cell = Text | Mark | None  # None joins the cell with the one at its left


@dataclass(frozen=True)
class Column:
    """A table's column: its head, its width in millimetres (0 shares what is left), the look of its cells."""

    head: str
    width_mm: float = 0
    style: Style = CELL
    align: Align = "left"
    middle: bool = False  # half way down rows that others make high


@dataclass(frozen=True)
class Table:
    """A ruled table; its head is repeated on every page it reaches, long rows break between lines.

    The first two rows stay together and so do the last two: none stands alone on a page.
    `hold_end` keeps the last row with what follows, so that signatures never stand alone. `grid`
    boxes every cell; `row_mm` is the least height of a row.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    hold_end: bool = False
    grid: bool = False
    row_mm: float = 0.0
    gap: float = 0.0

    def strips(self, width: float) -> Iterable[Strip]:
        """The head, then each row, in parts when it is long."""
        fixed = sum(c.width_mm for c in self.columns) * MM
        shares = sum(1 for c in self.columns if not c.width_mm)
        widths = [c.width_mm * MM or (width - fixed) / shares for c in self.columns]
        head = self._head(widths)
        yield replace(head, gap=self.gap)
        last = len(self.rows)
        for number, row in enumerate(self.rows, start=1):
            hold = self.hold_end if number == last else number in (1, last - 1)
            yield from self._row(row, widths, head, hold=hold)

    def _head(self, widths: Sequence[float]) -> Strip:
        titles = [wrap(c.head, CELL_HEAD, w - 2 * CELL_SIDE) for c, w in zip(self.columns, widths, strict=True)]
        tall = max(height(lines) for lines in titles) + 2.8 * MM
        thick = (0.5, 0.5) if self.grid else (1, 0.7)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.fill(x, top, sum(widths), tall, FILL)
            pen.rule(x, top, sum(widths), thick[0])
            pen.rule(x, top + tall, sum(widths), thick[1])
            if self.grid:
                pen.upright(x, top, tall, 0.5)
            for column, lines, room in zip(self.columns, titles, widths, strict=True):
                pen.lines(lines, x + CELL_SIDE, top + 1.4 * MM, room - 2 * CELL_SIDE, column.align)
                x += room
                if self.grid:
                    pen.upright(x, top, tall, 0.5)

        return Strip(tall, draw, keep=True)

    def _row(self, row: Sequence[Cell], widths: Sequence[float], head: Strip, *, hold: bool) -> Iterator[Strip]:
        """The row's lines in parts of `ROW_PARTS`; the first part carries the marks, the last the rule."""
        rooms = _joined(row, widths)
        marks = [None if cell is None or isinstance(cell, str | Sequence) else cell for cell in row]
        texts = [
            wrap(cell, column.style, room - 2 * CELL_SIDE) if isinstance(cell, str | Sequence) and cell else []
            for cell, column, room in zip(row, self.columns, rooms, strict=True)
        ]
        count = max(1, *(len(lines) for lines in texts))
        step = GRID_PARTS if self.grid else ROW_PARTS
        cuts = [*range(0, max(count - 1, 1), step), count]  # a single line left over joins the part before
        for start, end in pairwise(cuts):
            part = _RowPart(
                self,
                rooms,
                [lines[start:end] for lines in texts],
                marks if not start else (),
                ends=end == count,
                whole=len(cuts) == 2,
            )
            again = head if not start else replace(head, height=head.height + CELL_ABOVE)
            yield Strip(part.height, part.draw, keep=hold and end == count, repeat=again)


def _joined(row: Sequence[Cell], widths: Sequence[float]) -> list[float]:
    """The width of each cell; a cell that is joined gives its width to the one at its left."""
    rooms = list(widths)
    for at in range(len(row) - 1, 0, -1):
        if row[at] is None:
            rooms[at - 1] += rooms[at]
            rooms[at] = 0.0
    return rooms


@dataclass(frozen=True)
class _RowPart:
    """Some lines of a row: the first with its marks and air above, the last with air and the rule below."""

    table: Table
    rooms: Sequence[float]
    texts: Sequence[list[Line]]
    marks: Sequence[Mark | None]  # empty unless this is the first part
    ends: bool
    whole: bool

    @property
    def above(self) -> float:
        return CELL_ABOVE + (0.3 * MM if any(self.marks) and not self.table.grid else 0.0) if self.marks else 0.0

    @property
    def height(self) -> float:
        inner = max(max(height(lines) for lines in self.texts), *(mark.tall for mark in self.marks if mark), 0.0)
        tall = self.above + max(inner, CELL.leading) + (CELL_ABOVE if self.ends else 0.0)
        return max(tall, self.table.row_mm * MM if self.whole else 0.0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        tall, wide = self.height, sum(self.rooms)
        if self.ends:
            pen.rule(x, top + tall, wide, 0.5 if self.table.grid else 0.4)
        if self.table.grid:
            pen.upright(x, top, tall, 0.5)
        marks = self.marks or [None] * len(self.rooms)
        for column, lines, mark, room in zip(self.table.columns, self.texts, marks, self.rooms, strict=True):
            if not room:
                continue
            free = tall - height(lines)
            at = top + (free / 2 if self.whole and (column.middle or self.table.row_mm) else self.above)
            pen.lines(lines, x + CELL_SIDE, at, room - 2 * CELL_SIDE, column.align)
            if mark:
                at = top + (tall - mark.tall) / 2 if column.middle else top + self.above
                mark.place(pen, x + CELL_SIDE, at, room - 2 * CELL_SIDE, column.align)
            x += room
            if self.table.grid:
                pen.upright(x, top, tall, 0.5)
