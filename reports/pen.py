"""What draws on a page: a few verbs in points from the top left corner, over reportlab's canvas."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reports.fields import Fields
from reports.paper import MM
from reports.text import BODY, HAIR, INK, WHITE, Align, Line, clean, text_width

FINE = 0.5  # points: lines up to this are grey, those above black


@dataclass
class Pen:
    """Draws on the current page of `canvas`, whose height in points is `page_height`."""

    canvas: Any  # reportlab.pdfgen.canvas.Canvas: untyped
    page_height: float
    fields: Fields
    deepest: int = 1  # bookmarks below this level are left out
    bookmarks: int = 0

    def line(self, line: Line, x: float, top: float) -> None:
        """One wrapped line with its top left corner at (x, top)."""
        baseline = self.page_height - top - max((run.style.drop for run in line.runs), default=0.0)
        for run in line.runs:
            text = self.canvas.beginText(x, baseline)
            text.setFont(run.style.font, run.style.size)
            text.setFillGray(run.style.grey)
            if run.style.word_gap:
                text.setWordSpace(run.style.word_gap * run.style.size)
            # At a line's end nobody asks how far it reached: `textOut` would measure it once more.
            (text.textLine if run is line.runs[-1] else text.textOut)(run.text)
            if run.style.word_gap:
                text.setWordSpace(0)
            self.canvas.drawText(text)
            x += text_width(run.text, run.style)

    def lines(self, lines: Sequence[Line], x: float, top: float, width: float, align: Align = "left") -> float:
        """Wrapped lines under each other in a column; returns the bottom of the last."""
        for line in lines:
            room = width - line.width
            self.line(line, x + {"left": 0.0, "center": room / 2, "right": room}[align], top)
            top += line.height
        return top

    def rule(self, x: float, y: float, width: float, thick: float) -> None:
        """A horizontal line whose middle is at y; up to half a point it is a fine grey one."""
        self.canvas.setStrokeGray(INK if thick > FINE else HAIR)
        self.canvas.setLineWidth(thick)
        self.canvas.line(x, self.page_height - y, x + width, self.page_height - y)

    def upright(self, x: float, top: float, height: float, thick: float) -> None:
        """A vertical line, as `rule`."""
        self.canvas.setStrokeGray(INK if thick > FINE else HAIR)
        self.canvas.setLineWidth(thick)
        self.canvas.line(x, self.page_height - top, x, self.page_height - top - height)

    def cut(self, x: float, y: float, width: float, *, scissors: bool = True) -> None:
        """A dotted line to cut along."""
        self.canvas.setDash(0.6, 1.6)
        self.rule(x, y, width, 0.6)
        self.canvas.setDash()
        if scissors:
            self._scissors(x + 4 * MM, y)

    def _scissors(self, x: float, y: float) -> None:
        self.fill(x - 0.5 * MM, y - 1.6 * MM, 5 * MM, 3.2 * MM, WHITE)
        self.canvas.setStrokeGray(INK)
        self.canvas.setLineWidth(0.6)
        for side in (-1, 1):
            self.canvas.circle(x + 0.7 * MM, self.page_height - y - side * 0.75 * MM, 0.55 * MM, stroke=1, fill=0)
            self.polyline([(x + 1.15 * MM, y + side * 0.45 * MM), (x + 4 * MM, y - side * 0.9 * MM)], 0.7)

    def fill(self, x: float, top: float, width: float, height: float, grey: float, radius: float = 0.0) -> None:
        """A filled rectangle without an outline."""
        self.canvas.setFillGray(grey)
        low = self.page_height - top - height
        if radius:
            self.canvas.roundRect(x, low, width, height, radius, stroke=0, fill=1)
        else:
            self.canvas.rect(x, low, width, height, stroke=0, fill=1)

    def text_field(
        self, name: str, label: str, x: float, top: float, width: float, height: float, cells: int = 0
    ) -> None:
        """Where somebody may type on a screen; `cells` puts each letter into a box of its own."""
        self.fields.text(name, label, (x, self.page_height - top - height, width, height), cells)

    def tick_field(self, name: str, label: str, x: float, top: float, side: float) -> None:
        """Where somebody may tick on a screen."""
        self.fields.tick(name, label, (x, self.page_height - top - side, side, side))

    def box(self, x: float, top: float, width: float, height: float, radius: float = 0.0, thick: float = 0.7) -> None:
        """An outlined white rectangle; `radius` rounds its corners."""
        self.canvas.setStrokeGray(INK if thick > FINE else HAIR)
        self.canvas.setFillGray(WHITE)
        self.canvas.setLineWidth(thick)
        low = self.page_height - top - height
        if radius:
            self.canvas.roundRect(x, low, width, height, radius, stroke=1, fill=1)
        else:
            self.canvas.rect(x, low, width, height, stroke=1, fill=1)

    def outline(self, x: float, top: float, width: float, height: float, thick: float) -> None:
        """A rectangle with nothing in it: what lies below stays."""
        self.canvas.setStrokeGray(INK if thick > FINE else HAIR)
        self.canvas.setLineWidth(thick)
        self.canvas.rect(x, self.page_height - top - height, width, height, stroke=1, fill=0)

    def round_outline(self, x: float, top: float, width: float, height: float, radius: float) -> None:
        """A fine rounded rectangle with nothing in it."""
        self.canvas.setStrokeGray(HAIR)
        self.canvas.setLineWidth(FINE)
        self.canvas.roundRect(x, self.page_height - top - height, width, height, radius, stroke=1, fill=0)

    def polyline(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        """Joined strokes through the points."""
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.page_height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.page_height - y)
        self.canvas.setStrokeGray(INK)
        self.canvas.setLineWidth(thick)
        self.canvas.drawPath(path)

    def shield(self, x: float, top: float, width: float, height: float) -> None:
        """The empty shield that keeps the emblem's place until the office has uploaded one."""
        left, right, high, low = x, x + width, self.page_height - top, self.page_height - top - height
        small, big = width * 2 / 17, width * 8 / 17
        path = self.canvas.beginPath()
        path.moveTo(left, high - small)
        path.arcTo(left, high - 2 * small, left + 2 * small, high, 180, -90)
        path.arcTo(right - 2 * small, high - 2 * small, right, high, 90, -90)
        path.arcTo(right - 2 * big, low, right, low + 2 * big, 0, -90)
        path.arcTo(left, low, left + 2 * big, low + 2 * big, 270, -90)
        path.close()
        self.canvas.setStrokeGray(INK)
        self.canvas.setLineWidth(0.8)
        self.canvas.drawPath(path)

    def picture(self, image: bytes, x: float, top: float, width: float, height: float) -> None:
        """An image fitted into a rectangle, centred, its proportions kept."""
        from reportlab.lib.utils import ImageReader

        self.canvas.drawImage(
            ImageReader(io.BytesIO(image)), x, self.page_height - top - height, width, height,
            mask="auto", preserveAspectRatio=True, anchor="c",
        )  # fmt: skip

    def squares(self, dark: Sequence[Sequence[bool]], x: float, top: float, side: float) -> None:
        """A grid of dark squares, as a QR code: rows from the top, the whole `side` wide."""
        count = len(dark)
        self.canvas.saveState()
        self.canvas.setFillGray(INK)
        self.canvas.translate(x, self.page_height - top - side)
        self.canvas.scale(side / count, side / count)
        runs = [f"{start} {count - 1 - row} {end - start} 1 re"
                for row, values in enumerate(dark) for start, end in _runs(values)]  # fmt: skip
        # In whole squares there is nothing for reportlab to round: a tenth of a page faster.
        self.canvas._code.append(f"n {' '.join(runs)} f")  # noqa: SLF001
        self.canvas.restoreState()

    def bookmark(self, title: str, level: int) -> None:
        """An entry of the reader's table of contents that leads to this page."""
        if level > self.deepest:
            return
        self.bookmarks += 1
        key = f"b{self.bookmarks}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(clean(title, BODY), key, level)


def _runs(values: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where each stretch of true ones begins and ends."""
    edges = [n for n, (before, after) in enumerate(pairwise((False, *values, False))) if before != after]
    return zip(edges[::2], edges[1::2], strict=True)
