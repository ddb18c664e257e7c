"""Blocks that divide a page: boxes to tick in columns, figures in tiles, cut lines, air, two columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reports.blocks import ROUND, Fact, Facts, draw_qr
from reports.page import Block, Strip
from reports.paper import MM
from reports.pen import Pen
from reports.tables import CheckBox
from reports.text import CAPTION, CAPTION_BOLD, CELL, FIGURE, INK, SMALL, SMALL_LABEL, TAG, Line, Style, height, wrap

TICK_SIDE = 3.6 * MM


@dataclass(frozen=True)
class Ticks:
    """Boxes with words after them: in columns, or one after the other when `columns` is 0."""

    items: Sequence[CheckBox | str]
    columns: int = 0
    style: Style = CELL
    gap: float = 0.0
    space: float = 6 * MM
    row_gap: float = 1.8 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a row."""
        for number, row in enumerate(_tick_rows(self, width)):
            tall = max(height(lines) for lines, _, _, _ in row) + self.row_gap
            yield Strip(tall, partial(_draw_ticks, row), gap=0.0 if number else self.gap)


_Tick = tuple[list[Line], CheckBox | None, float, float]  # words, box, where, how wide


def _tick_rows(ticks: Ticks, width: float) -> Iterable[list[_Tick]]:
    step = (width + ticks.space) / ticks.columns if ticks.columns else width + ticks.space
    row: list[_Tick] = []
    at = 0.0
    for item in ticks.items:
        box = item if isinstance(item, CheckBox) else None
        begin = TICK_SIDE + 1.6 * MM if box else 0.0
        lines = wrap(box.label if box else str(item), ticks.style, step - ticks.space - begin)
        used = step if ticks.columns else begin + max(line.width for line in lines) + ticks.space
        if row and at + used > width + ticks.space + 0.01:
            yield row
            row, at = [], 0.0
        row.append((lines, box, at, used))
        at += used
    if row:
        yield row


def _draw_ticks(row: Sequence[_Tick], pen: Pen, x: float, top: float) -> None:
    for lines, box, at, used in row:
        begin = 0.0
        if box:
            box.draw(pen, x + at, top + (lines[0].height - box.side) / 2)
            begin = TICK_SIDE + 1.6 * MM
        pen.lines(lines, x + at + begin, top, used)


@dataclass(frozen=True)
class Tiles:
    """Figures in boxes side by side: the number large, what it counts below it."""

    tiles: Sequence[tuple[str, str]]
    gap: float = 3 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space = 3 * MM
        room = (width - space * (len(self.tiles) - 1)) / len(self.tiles)
        texts = [(wrap(n, FIGURE, room - 6 * MM), wrap(what, SMALL, room - 6 * MM)) for n, what in self.tiles]
        tall = max(height(number) + height(what) for number, what in texts) + 2.4 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, what in texts:
                pen.box(x, top, room, tall, ROUND)
                pen.lines(what, x + 3 * MM, pen.lines(number, x + 3 * MM, top + 1.2 * MM, room), room)
                x += room + space

        yield Strip(tall, draw, gap=self.gap)


@dataclass(frozen=True)
class CutLine:
    """Where the paper is cut in two."""

    gap: float = 5 * MM
    scissors: bool = True

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.cut(
                x - 8 * MM if self.scissors else x,
                top,
                width + (8 * MM if self.scissors else 0.0),
                scissors=self.scissors,
            )

        yield Strip(4 * MM if self.scissors else 1.6 * MM, draw, gap=self.gap)


@dataclass(frozen=True)
class Space:
    """Air, dropped where a page begins."""

    mm: float

    def strips(self, _width: float) -> Iterable[Strip]:
        """One strip without a height of its own."""
        yield Strip(0.0, lambda _pen, _x, _top: None, keep=True, gap=self.mm * MM)


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""

    def strips(self, _width: float) -> Iterable[Strip]:
        """One strip without a height."""
        yield Strip(0.0, lambda _pen, _x, _top: None, keep=True, fresh=True)


@dataclass(frozen=True)
class Beside:
    """Blocks in a main column and a few in a narrow one at its right, which stays on the first page."""

    main: Sequence[Block]
    side: Sequence[Block]
    side_width: float
    space: float = 7 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """The narrow column as a strip without a height, then the strips of the main one."""
        room = width - self.side_width - self.space

        def draw(pen: Pen, x: float, top: float) -> None:
            for block in self.side:
                for strip in block.strips(self.side_width):
                    top += strip.gap
                    strip.draw(pen, x + room + self.space, top)
                    top += strip.height

        yield Strip(0.0, draw, keep=True)
        for block in self.main:
            yield from block.strips(room)


@dataclass(frozen=True)
class Lists:
    """Lists side by side, each under its name: boxes to tick or lines of words."""

    heads: Sequence[str]
    columns: Sequence[Sequence[CheckBox | str]]
    shares: Sequence[float]
    gap: float = 2 * MM
    space: float = 6 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """The names, then one strip for each row of items."""
        free = width - self.space * (len(self.columns) - 1)
        rooms = [free * share / sum(self.shares) for share in self.shares]
        heads = [(wrap(head, SMALL_LABEL, room), None) for head, room in zip(self.heads, rooms, strict=True)]
        yield self._strip(heads, rooms, self.gap, keep=True)
        for number in range(max(map(len, self.columns))):
            row = [
                _item(column[number], room) if number < len(column) else None
                for column, room in zip(self.columns, rooms, strict=True)
            ]
            yield self._strip(row, rooms, 0.0, keep=False)

    def _strip(
        self,
        row: Sequence[tuple[list[Line], CheckBox | None] | None],
        rooms: Sequence[float],
        gap: float,
        *,
        keep: bool,
    ) -> Strip:
        tall = max(height(item[0]) for item in row if item)

        def draw(pen: Pen, x: float, top: float) -> None:
            placed: list[_Tick] = []
            left = 0.0
            for item, room in zip(row, rooms, strict=True):
                if item:
                    placed.append((*item, left, room))
                left += room + self.space
            _draw_ticks(placed, pen, x, top)

        return Strip(tall, draw, keep=keep, gap=gap)


def _item(item: CheckBox | str, room: float) -> tuple[list[Line], CheckBox | None]:
    box = item if isinstance(item, CheckBox) else None
    begin = TICK_SIDE + 1.6 * MM if box else 0.0
    return wrap(box.label if box else str(item), SMALL, room - begin), box


@dataclass(frozen=True)
class Pills:
    """A name and a few short words in black pills."""

    label: str
    words: Sequence[str]
    label_room: float
    gap: float = 1.6 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a row of pills."""
        begin = self.label_room + 3 * MM
        rows: list[list[tuple[Line, float]]] = [[]]
        at = 0.0
        for word in self.words:
            line = wrap(word, TAG, width - begin - 4.4 * MM)[0]
            used = line.width + 4.4 * MM
            if rows[-1] and at + used > width - begin:
                rows.append([])
                at = 0.0
            rows[-1].append((line, at))
            at += used + 2 * MM
        for number, row in enumerate(rows):
            yield Strip(5 * MM, partial(self._draw, row, begin, named=not number), gap=0.0 if number else self.gap)

    def _draw(
        self, row: Sequence[tuple[Line, float]], begin: float, pen: Pen, x: float, top: float, *, named: bool
    ) -> None:
        if named:
            pen.line(wrap(self.label, SMALL, self.label_room)[0], x, top)
            pen.line(wrap(":", SMALL, 9)[0], x + self.label_room, top)
        for line, at in row:
            pen.fill(x + begin + at, top, line.width + 4.4 * MM, TAG.leading, INK, TAG.leading / 2)
            pen.line(line, x + begin + at + 2.2 * MM, top)


@dataclass(frozen=True)
class Code:
    """A QR code in the middle of a column, words below it."""

    text: str
    below: str
    side: float

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        lines = wrap(self.below, CAPTION, width) if self.below else []
        top_room = self.side + 1 * MM if self.text else 0.0

        def draw(pen: Pen, x: float, top: float) -> None:
            if self.text:
                draw_qr(pen, self.text, x + (width - self.side) / 2, top, self.side)
            pen.lines(lines, x, top + top_room, width, "center")

        yield Strip(top_room + height(lines), draw)


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page as long as they fit one."""

    blocks: Sequence[Block]

    def strips(self, width: float) -> Iterable[Strip]:
        """Their strips, each held to the next."""
        found = [strip for block in self.blocks for strip in block.strips(width)]
        yield from (replace(strip, keep=True) for strip in found[:-1])
        yield from found[-1:]


@dataclass(frozen=True)
class Cards:
    """Frames side by side, each with a small name and a few facts."""

    cards: Sequence[tuple[str, Sequence[Fact]]]
    label_mm: float = 20
    gap: float = 3 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip, as high as the fullest card."""
        space = 6 * MM
        room = (width - space * (len(self.cards) - 1)) / len(self.cards)
        inner = room - 6 * MM
        filled = [(wrap(n, CAPTION_BOLD, inner), list(Facts([f], self.label_mm).strips(inner))) for n, f in self.cards]
        tall = max(height(name) + sum(strip.height for strip in facts) for name, facts in filled) + 4 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            for name, facts in filled:
                pen.box(x, top, room, tall, ROUND)
                low = pen.lines(name, x + 3 * MM, top + 2 * MM, inner)
                for strip in facts:
                    strip.draw(pen, x + 3 * MM, low)
                    low += strip.height
                x += room + space

        yield Strip(tall, draw, gap=self.gap)
