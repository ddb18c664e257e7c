"""Draws a chart of `models/charts.py` on paper: greys, hatched at 45° where the screen has colours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.charts import HUNDRED, Chart
from models.i18n import Lang, number
from reports.page import Strip
from reports.paper import MM
from reports.pen import Pen
from reports.text import INK, SMALL, SMALL_BOLD, TINY, WHITE, Align, Style, height, text_width, wrap

DARK = 0.2  # grey of the first series
GRID = 0.8
SPACE = 9 * MM  # between charts side by side
HEAD = 6 * MM
TALL = 36 * MM
BAR, BAR_GAP = 4.2 * MM, 0.5 * MM
LINE = 4.6 * MM
AXIS = Style("DampingiTeks-Regular", 7, 9)
VALUE = Style("DampingiTeks-Bold", 7, 9)
STROKES = 1.6 * MM  # between the strokes of a hatch


@dataclass(frozen=True)
class Charts:
    """Charts side by side in one strip, each under its title with its legend."""

    charts: Sequence[Chart]
    lang: Lang = "id"
    gap: float = 0.0

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip, as high as the highest."""
        room = (width - SPACE * (len(self.charts) - 1)) / len(self.charts)
        tall = HEAD + max(_height(chart, self.lang, room) for chart in self.charts)

        def draw(pen: Pen, x: float, top: float) -> None:
            for chart in self.charts:
                _Drawing(pen, chart, self.lang, x, top, room).draw()
                x += room + SPACE

        yield Strip(tall, draw, gap=self.gap)


def _height(chart: Chart, lang: Lang, width: float) -> float:
    """What a chart takes below its title; one with nothing to draw says so and takes no more."""
    if chart.empty:
        return height(wrap(chart.sentence(lang), SMALL, width))
    return len(chart.labels) * LINE if _lies(chart) else TALL


def _lies(chart: Chart) -> bool:
    return chart.kind in ("hbars", "progress")


@dataclass(frozen=True)
class _Drawing:
    """One chart with its top left corner at (x, top); `width` in points."""

    pen: Pen
    chart: Chart
    lang: Lang
    x: float
    top: float
    width: float

    def draw(self) -> None:
        self._words(self.chart.title.to(self.lang), SMALL_BOLD, self.x, self.top, self.width)
        if self.chart.empty:
            self.pen.lines(wrap(self.chart.sentence(self.lang), SMALL, self.width), self.x, self.top + HEAD, self.width)
        elif _lies(self.chart):
            self._lying()
        else:
            self._legend()
            self._upright()

    def _words(self, text: str, style: Style, x: float, top: float, width: float, align: Align = "left") -> None:
        """One line; what does not fit is left out."""
        line = wrap(text, style, max(width, 1))[:1]
        self.pen.lines(line, x, top, width, align)

    def _legend(self) -> None:
        if len(self.chart.series) < 2:
            return
        right = self.x + self.width
        for at, series in reversed(list(enumerate(self.chart.series))):
            name = series.name.to(self.lang).lower()
            right -= text_width(name, SMALL)
            self._words(name, SMALL, right, self.top, self.width)
            self._bar(right - 4.2 * MM, self.top + 1 * MM, 3 * MM, 3 * MM, at)
            right -= 7.5 * MM

    def _upright(self) -> None:
        ticks = self.chart.ticks()
        left = max(text_width(number(n, self.lang), AXIS) for n in ticks) + 1.5 * MM
        box_top, box_tall = self.top + HEAD + 4 * MM, TALL - 10 * MM
        low = box_top + box_tall
        for tick in ticks:
            y = low - box_tall * tick / ticks[-1]
            self._grid(self.x + left, y, self.width - left)
            self._words(number(tick, self.lang), AXIS, self.x, y - AXIS.leading / 2, left - 1.5 * MM, "right")
        step = (self.width - left) / len(self.chart.labels)
        for at, words in enumerate(self.chart.labels):
            begin, style = self.x + left + at * step, VALUE if at == self.chart.strong else AXIS
            self._words(words.to(self.lang), style, begin, low + 1 * MM, step, "center")
        draw = self._line if self.chart.kind == "line" else self._bars
        draw(self.x + left, low, box_tall, step)

    def _grid(self, x: float, y: float, width: float) -> None:
        """A line of the axis: paler than any rule, it only leads the eye."""
        self.pen.canvas.setStrokeGray(GRID)
        self.pen.canvas.setLineWidth(0.5)
        self.pen.canvas.line(x, self.pen.page_height - y, x + width, self.pen.page_height - y)

    def _bars(self, left: float, low: float, box_tall: float, step: float) -> None:
        count = len(self.chart.series)
        wide = min(BAR, (step - 2) / count - BAR_GAP)
        for group in range(len(self.chart.labels)):
            begin = left + (group + 0.5) * step - (count * wide + (count - 1) * BAR_GAP) / 2
            for at, series in enumerate(self.chart.series):
                tall, x = box_tall * self.chart.share(series.values[group]), begin + at * (wide + BAR_GAP)
                self._bar(x, low - tall, wide, tall, at)
                above = low - tall - VALUE.leading
                self._words(number(series.values[group], self.lang), VALUE, x - 12, above, wide + 24, "center")

    def _line(self, left: float, low: float, box_tall: float, step: float) -> None:
        values = self.chart.series[0].values
        points = [(left + (at + 0.5) * step, low - box_tall * self.chart.share(v)) for at, v in enumerate(values)]
        self.pen.polyline(points, 1.2)
        for (x, y), value in zip(points, values, strict=True):
            self.pen.fill(x - 1.5, y - 1.5, 3, 3, INK, 1.5)
            self._words(number(value, self.lang), VALUE, x - 12, y - VALUE.leading - 2, 24, "center")

    def _lying(self) -> None:
        names, values, top = min(30 * MM, self.width * 0.4), 12 * MM, self.top + HEAD
        for words, value in zip(self.chart.labels, self.chart.series[0].values, strict=True):
            middle = top + (LINE - SMALL.leading) / 2
            self._words(words.to(self.lang), SMALL, self.x, middle, names - 2 * MM)
            wide = (self.width - names - values) * self.chart.share(value)
            self._bar(self.x + names, top + (LINE - 3 * MM) / 2, wide, 3 * MM, 0)
            if self.chart.kind == "progress":
                rest = (self.width - names - values) * (1 - value / HUNDRED)
                self.pen.box(self.x + names + wide, top + (LINE - 3 * MM) / 2, rest, 3 * MM, thick=0.4)
                wide += rest
            said = f"{value} %" if self.chart.kind == "progress" else number(value, self.lang)
            self._words(said, SMALL_BOLD, self.x + names + wide + 2 * MM, middle, values)
            top += LINE

    def _bar(self, x: float, top: float, wide: float, tall: float, series: int) -> None:
        """Dark for the first series, hatched for the second; the outline keeps both on a weak printer."""
        if tall <= 0 or wide <= 0:
            return
        if not series:
            self.pen.fill(x, top, wide, tall, DARK)
            return
        self.pen.fill(x, top, wide, tall, WHITE)
        self._hatch(x, self.pen.page_height - top - tall, wide, tall)
        self.pen.canvas.setStrokeGray(INK)
        self.pen.canvas.setLineWidth(0.7)
        self.pen.canvas.rect(x, self.pen.page_height - top - tall, wide, tall, stroke=1, fill=0)

    def _hatch(self, x: float, low: float, wide: float, tall: float) -> None:
        """Strokes at 45° inside a rectangle, `low` from the lower edge of the page."""
        canvas = self.pen.canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, low, wide, tall)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeGray(INK)
        canvas.setLineWidth(0.6)
        at = x - tall
        while at < x + wide:
            canvas.line(at, low, at + tall, low + tall)
            at += STROKES
        canvas.restoreState()


@dataclass(frozen=True)
class Figures:
    """Numbers in boxes side by side: the number large, what it counts, a word on its change."""

    boxes: Sequence[tuple[str, str, str]]

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip."""
        space = 4 * MM
        room = (width - space * (len(self.boxes) - 1)) / len(self.boxes)
        texts = [
            (wrap(n, BIG, room - 6 * MM), wrap(what, SMALL, room - 6 * MM), wrap(more, NOTE, room - 6 * MM))
            for n, what, more in self.boxes
        ]
        tall = max(sum(line.height for part in text for line in part) for text in texts) + 3.2 * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            for parts in texts:
                pen.box(x, top, room, tall, 1.5 * MM)
                low = top + 1.6 * MM
                for lines in parts:
                    low = pen.lines(lines, x + 3 * MM, low, room - 6 * MM)
                x += room + space

        yield Strip(tall, draw, gap=4 * MM)


BIG = Style("DampingiJudul-ExtraBold", 17, 21)
NOTE = Style("DampingiTeks-Regular", 8, 11, TINY.grey)


@dataclass(frozen=True)
class Rules:
    """Empty lines for the pen; they stay with what follows."""

    count: int

    def strips(self, width: float) -> Iterable[Strip]:
        """One strip a line."""
        for _ in range(self.count):
            yield Strip(6.5 * MM, lambda pen, x, top: pen.rule(x, top + 6 * MM, width, 0.4), keep=True)
