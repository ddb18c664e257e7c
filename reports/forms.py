"""Blocks of forms that are filled by hand: digit boxes, lines to write on, rows of both.

Everything a pen may fill can also be typed into on a screen; a field is named by its row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reports.blocks import ROUND, Signer
from reports.page import Block, Strip
from reports.paper import MM
from reports.pen import Pen
from reports.shapes import TICK_SIDE
from reports.tables import CheckBox
from reports.text import CELL, SMALL, SMALL_LABEL, TITLE, Line, Style, Text, height, wrap

LABEL_ROOM = 38 * MM
DIGIT_WIDTH, DIGIT_HEIGHT = 5.6 * MM, 6.6 * MM
GROUP_SPACE = 2 * MM
PIECE_SPACE = 3 * MM


@dataclass(frozen=True)
class Boxes:
    """One box for each letter, in groups as on the screen: a NIK is (4, 4, 4, 4)."""

    groups: Sequence[int]
    field: str = ""

    def width(self, _room: float) -> float:
        """What it takes of its row."""
        return sum(self.groups) * DIGIT_WIDTH + (len(self.groups) - 1) * GROUP_SPACE

    def draw(self, pen: Pen, x: float, top: float, width: float, label: str) -> None:
        """Paint it around the middle of a row that begins at `top`; too many boxes grow narrow."""
        side = min(DIGIT_WIDTH, (width - (len(self.groups) - 1) * GROUP_SPACE) / sum(self.groups))
        for number, group in enumerate(self.groups, start=1):
            for cell in range(group):
                pen.box(x + cell * side, top, side, DIGIT_HEIGHT, thick=0.5)
            if self.field:
                name = self.field if len(self.groups) == 1 else f"{self.field}_{number}"
                pen.text_field(name, label, x, top, side * group, DIGIT_HEIGHT, cells=group)
            x += side * group + GROUP_SPACE


@dataclass(frozen=True)
class Blank:
    """A line to write on; several in a row share what the other pieces leave. Without a rule it is air."""

    field: str = ""
    ruled: bool = True

    def width(self, room: float) -> float:
        """All that is left."""
        return room

    def draw(self, pen: Pen, x: float, top: float, width: float, label: str) -> None:
        """Paint it."""
        if self.ruled:
            pen.rule(x, top + DIGIT_HEIGHT, width, 0.5)
        if self.field:
            pen.text_field(self.field, label, x, top + 0.4 * MM, width, DIGIT_HEIGHT - 0.4 * MM)


@dataclass(frozen=True)
class Say:
    """A few words between other pieces; `indent` is air before them, in points."""

    text: str
    style: Style = SMALL_LABEL
    indent: float = 0.0

    def width(self, room: float) -> float:
        """What it takes of its row."""
        return self.indent + max(line.width for line in wrap(self.text, self.style, room)) + 0.1

    def draw(self, pen: Pen, x: float, top: float, width: float, _label: str) -> None:
        """Paint it, half way down the boxes."""
        lines = wrap(self.text, self.style, width - self.indent)
        pen.lines(lines, x + self.indent, top + (DIGIT_HEIGHT - height(lines)) / 2, width)


@dataclass(frozen=True)
class Tick:
    """A box to tick and its words."""

    text: str
    field: str
    indent: float = 0.0

    def width(self, room: float) -> float:
        """What it takes of its row."""
        return self.indent + TICK_SIDE + 1.6 * MM + wrap(self.text, CELL, room)[0].width

    def draw(self, pen: Pen, x: float, top: float, width: float, label: str) -> None:
        """Paint it, half way down the boxes."""
        box = CheckBox(side=TICK_SIDE, field=self.field, label=f"{label}: {self.text}")
        box.draw(pen, x + self.indent, top + (DIGIT_HEIGHT - TICK_SIDE) / 2)
        words = Say(self.text, CELL)
        words.draw(pen, x + self.indent + TICK_SIDE + 1.6 * MM, top, width, "")


Piece = Boxes | Blank | Say | Tick


@dataclass(frozen=True)
class FormRow:
    """One row of a form: its label, and what is to be filled."""

    label: str
    pieces: Sequence[Piece]
    row_mm: float = 8.2
    label_room: float = LABEL_ROOM
    style: Style = SMALL_LABEL
    beside: Block | None = None  # in place of pieces: boxes to tick in columns
    aloud: str = ""  # the row's name for who does not see it, where it has no label

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip; with a block beside the label, as many as that has."""
        begin = self.label_room + PIECE_SPACE
        for number, strip in enumerate(self.beside.strips(width - begin) if self.beside else ()):
            gap = strip.gap if number else 1.2 * MM
            yield replace(strip, draw=partial(self._draw_beside, strip, begin, named=not number), gap=gap)
        if self.beside:
            return
        labels = wrap(self.label, self.style, self.label_room)
        said = (height(wrap(p.text, p.style, width - begin)) + 1 * MM for p in self.pieces if isinstance(p, Say))
        tall = max(height(labels), self.row_mm * MM, *said)
        yield Strip(tall, partial(self._draw, labels, tall, width))

    def _draw_beside(self, strip: Strip, begin: float, pen: Pen, x: float, top: float, *, named: bool) -> None:
        strip.draw(pen, x + begin, top)
        if named:
            pen.lines(wrap(self.label, self.style, self.label_room), x, top, self.label_room)

    def _draw(self, labels: list[Line], tall: float, width: float, pen: Pen, x: float, top: float) -> None:
        begin = self.label_room + PIECE_SPACE if self.label_room else 0.0
        pen.lines(labels, x, top + (tall - height(labels)) / 2, self.label_room)
        room = width - begin
        space = PIECE_SPACE * (len(self.pieces) - 1)
        fixed = sum(p.width(room) for p in self.pieces if not isinstance(p, Blank))
        blanks = sum(isinstance(p, Blank) for p in self.pieces)
        share = max(0.0, room - space - fixed) / max(blanks, 1)
        left, name = x + begin, self.label.strip("* ") or self.aloud
        for piece in self.pieces:
            used = share if isinstance(piece, Blank) else min(piece.width(room), x + width - left)
            piece.draw(pen, left, top + (tall - DIGIT_HEIGHT) / 2, used, name)
            if isinstance(piece, Say):
                name = piece.text.strip("*: ")  # what comes next is what was just said
            left += used + PIECE_SPACE


@dataclass(frozen=True)
class FormTitle:
    """A form's name and how to fill it; at the right, in a frame, what the office fills in itself."""

    title: str
    below: Text
    head: str
    number: str
    digits: int

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip: the title and what stands below it, the frame beside them."""
        inside = wrap(self.number, SMALL, width)[0].width + 1.5 * MM + self.digits * DIGIT_WIDTH
        frame_width = inside + 5.5 * MM
        room = width - frame_width - 5 * MM
        title, below = wrap(self.title, TITLE, room), wrap(self.below, SMALL, room)
        frame_height = SMALL.leading + DIGIT_HEIGHT + 3.6 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(below, x, pen.lines(title, x, top, room), room)
            left = x + width - frame_width
            pen.box(left, top, frame_width, frame_height, ROUND)
            low = pen.lines(wrap(self.head, SMALL_LABEL, inside), left + 2.6 * MM, top + 1.4 * MM, inside)
            Say(self.number, SMALL).draw(pen, left + 2.6 * MM, low + 0.6 * MM, inside, "")
            boxes = Boxes((self.digits,), "form_number")
            boxes.draw(pen, left + frame_width - 2.6 * MM - boxes.width(0), low + 0.6 * MM, inside, self.number)

        yield Strip(max(height(title) + height(below), frame_height), draw, keep=True)


@dataclass(frozen=True)
class HandBox:
    """A frame for a hand or a thumb: words above and below it."""

    above: str
    below: str
    share: float = 1.0


@dataclass(frozen=True)
class HandBoxes:
    """Frames for hands and thumbs side by side."""

    boxes: Sequence[HandBox]
    tall: float = 14 * MM
    gap: float = 5 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space = 10 * MM
        free = width - space * (len(self.boxes) - 1)
        rooms = [free * box.share / sum(b.share for b in self.boxes) for box in self.boxes]
        texts = [(wrap(b.above, SMALL, r), wrap(b.below, SMALL, r)) for b, r in zip(self.boxes, rooms, strict=True)]
        above = max(height(over) for over, _ in texts) + 1.4 * MM
        total = above + self.tall + 1.4 * MM + max(height(under) for _, under in texts)

        def draw(pen: Pen, x: float, top: float) -> None:
            for (over, under), room in zip(texts, rooms, strict=True):
                pen.lines(over, x, top, room, "center")
                pen.box(x, top + above, room, self.tall, ROUND, 0.5)
                pen.lines(under, x, top + above + self.tall + 1.4 * MM, room, "center")
                x += room + space

        yield Strip(total, draw, gap=self.gap)


@dataclass(frozen=True)
class FormSigns:
    """Who signs a form, and at the right the day in boxes over a last box to tick."""

    signers: Sequence[Signer]
    date: str
    boxes: Boxes
    last: CheckBox
    gap: float = 2 * MM

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space, above = 10 * MM, SMALL.leading + 12 * MM
        date_room = self.boxes.width(0)
        room = (width - date_room - space * len(self.signers)) / len(self.signers)

        def draw(pen: Pen, x: float, top: float) -> None:
            for signer in self.signers:
                pen.lines(wrap(signer.above, SMALL, room), x, top, room, "center")
                pen.rule(x, top + above, room, 0.6)
                pen.lines(wrap(signer.name, SMALL_LABEL, room), x, top + above + 1 * MM, room, "center")
                x += room + space
            pen.lines(wrap(self.date, SMALL, date_room), x, top, date_room, "center")
            self.boxes.draw(pen, x, top + SMALL.leading + 3 * MM, date_room, self.date)
            words = wrap(self.last.label, SMALL, date_room)[0]
            left = x + (date_room - words.width - TICK_SIDE - 1.6 * MM) / 2
            self.last.draw(pen, left, top + above + 1 * MM + (SMALL.leading - TICK_SIDE) / 2)
            pen.line(words, left + TICK_SIDE + 1.6 * MM, top + above + 1 * MM)

        yield Strip(above + 1 * MM + SMALL.leading, draw, gap=self.gap)


@dataclass(frozen=True)
class WriteLines:
    """Empty lines for a hand, each with the room it needs above it."""

    count: int
    step_mm: float = 6.5
    field: str = ""
    label: str = ""

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a line."""
        for number in range(1, self.count + 1):
            yield Strip(self.step_mm * MM, partial(self._draw, number, width), keep=number < self.count)

    def _draw(self, number: int, width: float, pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top + self.step_mm * MM, width, 0.5)
        if self.field:
            pen.text_field(f"{self.field}_{number}", self.label, x, top + 0.5 * MM, width, (self.step_mm - 0.5) * MM)
