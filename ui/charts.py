"""Paints a chart of `models/charts.py` on the screen; what it shows is decided there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from models.charts import HUNDRED, Chart
from models.i18n import Lang, number
from ui import theme
from ui.widgets import label, row

COLORS = ("c1", "c2", "c3", "c4")
BAR, BAR_GAP, RADIUS = 22, 2, 2
LINE = 21.5  # the height of a lying bar with its air
QUIET = 0.72  # of the colour, for all lying bars but the largest
AXIS_PX, VALUE_PX, LABEL_PX = 11.5, 12, 13


class ChartWidget(QWidget):
    """A chart; it says itself to who cannot see it. What it shows may change."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._chart: Chart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self.setAccessibleName(chart.title.to(self._lang))
        self.setAccessibleDescription(chart.sentence(self._lang))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        lying = self._chart is not None and self._chart.kind in ("hbars", "progress")
        lines = len(self._chart.labels) if self._chart and lying else 0
        return QSize(320, max(theme.current().room(150), round(lines * theme.current().room(LINE))))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart.empty:
            painter.setFont(theme.current().font(LABEL_PX))
            painter.setPen(theme.current().color("ink3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._chart.sentence(self._lang))
        elif self._chart.kind in ("hbars", "progress"):
            self._paint_lying(painter, self._chart)
        else:
            self._paint_upright(painter, self._chart)

    def _paint_upright(self, painter: QPainter, chart: Chart) -> None:
        look = theme.current()
        ticks = [number(n, self._lang) for n in chart.ticks()]
        axis = look.font(AXIS_PX)
        left = max(QFontMetrics(axis).horizontalAdvance(t) for t in ticks) + 8
        top, foot = look.room(20), look.room(24)
        box = QRectF(left, top, self.width() - left, self.height() - top - foot)
        painter.setFont(axis)
        for text, tick in zip(ticks, chart.ticks(), strict=True):
            y = round(box.bottom() - box.height() * tick / chart.ticks()[-1]) + 0.5
            painter.setPen(QPen(look.color("line" if tick else "ctl"), 1))  # what the bars stand on is seen best
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(look.color("ink3"))
            room = QRectF(0, y - 10, left - 8, 20)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        self._paint_labels(painter, chart, box)
        paint = self._paint_line if chart.kind == "line" else self._paint_bars
        paint(painter, chart, box)

    def _paint_labels(self, painter: QPainter, chart: Chart, box: QRectF) -> None:
        look, step = theme.current(), box.width() / len(chart.labels)
        for at, words in enumerate(chart.labels):
            strong = at == chart.strong
            painter.setFont(look.font(VALUE_PX, 700 if strong else 400))
            painter.setPen(look.color("ink" if strong else "ink2"))
            room = QRectF(box.left() + at * step, box.bottom() + 3, step, look.room(20))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words.to(self._lang))

    def _paint_bars(self, painter: QPainter, chart: Chart, box: QRectF) -> None:
        look, step, count = theme.current(), box.width() / len(chart.labels), len(chart.series)
        wide = min(BAR, (step - 6) / count - BAR_GAP)
        painter.setFont(look.font(AXIS_PX, 600))
        for group in range(len(chart.labels)):
            begin = box.left() + (group + 0.5) * step - (count * wide + (count - 1) * BAR_GAP) / 2
            for at, series in enumerate(chart.series):
                value = series.values[group]
                tall = box.height() * chart.share(value)
                bar = QRectF(begin + at * (wide + BAR_GAP), box.bottom() - tall, wide, tall)
                _fill(painter, bar, look.color(COLORS[at]))
                painter.setPen(look.color("ink2"))
                above = QRectF(bar.center().x() - 30, bar.top() - look.room(18), 60, look.room(16))
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number(value, self._lang))

    def _paint_line(self, painter: QPainter, chart: Chart, box: QRectF) -> None:
        look, step = theme.current(), box.width() / len(chart.labels)
        values = chart.series[0].values
        points = [QPointF(box.left() + (at + 0.5) * step, box.bottom() - box.height() * chart.share(value))
                  for at, value in enumerate(values)]  # fmt: skip
        painter.setPen(QPen(look.color(COLORS[0]), 2))
        painter.drawPolyline(points)
        painter.setFont(look.font(AXIS_PX, 600))
        for point, value in zip(points, values, strict=True):
            painter.setBrush(look.color(COLORS[0]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(point, 3.5, 3.5)
            painter.setPen(look.color("ink2"))
            above = QRectF(point.x() - 30, point.y() - look.room(20), 60, look.room(16))
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number(value, self._lang))

    def _paint_lying(self, painter: QPainter, chart: Chart) -> None:
        look = theme.current()
        names = min(look.lines(148), round(self.width() * 0.42))
        values = look.lines(36)
        tall = min(look.room(LINE), self.height() / len(chart.labels))
        for at, words in enumerate(chart.labels):
            value, top = chart.series[0].values[at], at * tall
            painter.setFont(look.font(LABEL_PX))
            painter.setPen(look.color("ink"))
            name = painter.fontMetrics().elidedText(words.to(self._lang), Qt.TextElideMode.ElideRight, names - 10)
            painter.drawText(QRectF(0, top, names, tall), Qt.AlignmentFlag.AlignVCenter, name)
            color = look.color(COLORS[0])
            color.setAlphaF(1.0 if value == chart.top else QUIET)
            room = self.width() - names - values
            _fill(painter, QRectF(names, top + (tall - 14) / 2, room * chart.share(value), 14), color, 3)
            painter.setFont(look.font(LABEL_PX, 700))
            painter.setPen(look.color("ink"))
            said = f"{value} %" if chart.kind == "progress" else number(value, self._lang)
            room = QRectF(self.width() - values, top, values, tall)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)


def _fill(painter: QPainter, bar: QRectF, color: QColor, radius: float = RADIUS) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(bar, min(radius, bar.height() / 2), min(radius, bar.height() / 2))


class Legend(QWidget):
    """A square and a word for each series, for the head of a card."""

    def __init__(self, chart: Chart, lang: Lang) -> None:
        super().__init__()
        line = row(spacing=6)
        self.setLayout(line)
        for at, series in enumerate(chart.series):
            if at:
                line.addSpacing(4)
            square = QLabel()
            square.setFixedSize(12, 12)
            square.setStyleSheet(f"background: {theme.current().hex(COLORS[at])}; border-radius: 3px;")
            line.addWidget(square)
            line.addWidget(label(series.name.to(lang), "cap"))


class Progress(QWidget):
    """A bar of per cent with its number; nothing when it is not known."""

    def __init__(self, percent: int | None, *, strong: bool = False) -> None:
        super().__init__()
        self._percent, self._strong = percent, strong
        self.setAccessibleName("" if percent is None else f"{percent} %")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._percent is None:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = look.lines(42)
        bar = QRectF(12, self.height() / 2 - 5, max(20, self.width() - words - 24), 10)
        _fill(painter, bar, look.color("surface3"), 3)
        _fill(painter, QRectF(bar.left(), bar.top(), bar.width() * self._percent / HUNDRED, 10), look.color("pri"), 3)
        painter.setFont(look.font(12.5, 700 if self._strong else 400))
        painter.setPen(look.color("ink" if self._strong else "ink3"))
        room = QRectF(bar.right(), 0, words, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{self._percent}%")
