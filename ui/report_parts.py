"""The parts of Laporan: cards with a number and its change, a chart with its table, what figures mean."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.charts import Chart
from models.figures import definitions
from models.i18n import Words, number
from models.periods import Period
from models.statistics import AREA_FIGURES, Report, share
from ui import theme
from ui.charts import ChartWidget, Legend
from ui.context import Context
from ui.figure_table import FigureTable, Line
from ui.widgets import Card, ElidedLabel, StatusChip, column, frame, label, row
from ui.words import reports as words

HEIGHT, HEAD, AIR = 230, 43, 8  # of the card of a chart


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a number: how it changed, or what it was before."""

    tone: str
    text: str
    icon: str


class FigureCard(QFrame):
    """A number under its name, with a chip beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name, self._number, self._chip = ElidedLabel("", "cap"), label("", "stat"), StatusChip("neu", "")
        inner = column(margins=(16, 10, 16, 10), spacing=2)
        line = row(spacing=8)
        line.addWidget(self._number)
        line.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch()
        inner.addWidget(self._name)
        inner.addLayout(line)
        self.setLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_figure(self, name: str, figure: str, note: Note | None) -> None:
        """Another number."""
        self._name.setText(name)
        self._number.setText(figure)
        self._chip.setVisible(note is not None)
        if note:
            self._chip.show_state(note.tone, note.text, note.icon)
        self.setAccessibleName(f"{name}: {figure}{f', {note.text}' if note else ''}")


def cards(ctx: Context, report: Report) -> list[tuple[str, str, Note | None]]:
    """Name, number and note of each card; an event has others than a month."""
    if report.now.period.kind == "event":
        named = (("sessions", words.SESSIONS), ("persons", words.PERSONS), ("served", words.SERVED),
                 ("present", words.PRESENT), ("cases_opened", words.OPENED))  # fmt: skip
        return [(ctx.words(name), number(report.now.values[key], ctx.lang), None) for key, name in named]
    values, period = report.now.values, report.now.period
    percent = report.now.percent("with_nib", "businesses")
    rate = Note("ok", f"{percent}%", "check") if percent is not None else None
    year_name = words.MOVED_UP if period.last.year == ctx.clock.today().year else words.MOVED_UP_IN
    before = number(values["moved_up_before"], ctx.lang)
    last_year = Note("ok" if values["moved_up"] >= values["moved_up_before"] else "neu",
                     ctx.words(words.WAS, period=period.last.year - 1, n=before),
                     "trending-up" if values["moved_up"] >= values["moved_up_before"] else "clock")  # fmt: skip
    shown = [
        ("businesses", words.BUSINESSES, _change(ctx, report)),
        ("with_nib", words.WITH_NIB, rate),
        ("sessions", words.SESSIONS, _was(ctx, report, "sessions")),
        ("cases_issued", words.ISSUED, _was(ctx, report, "cases_issued")),
        ("moved_up", year_name.fill(year=period.last.year), last_year),
    ]
    return [(ctx.words(name), number(values[key], ctx.lang), note) for key, name, note in shown]


def _change(ctx: Context, report: Report) -> Note | None:
    n = report.change("businesses")
    if n is None:
        return None
    if n == 0:
        return Note("neu", ctx.words(words.SAME), "equal")
    sign = f"{'+' if n > 0 else '−'}{number(abs(n), ctx.lang)}"
    now = _holds(report.now.period, ctx)
    said = {"month": words.CHANGE_MONTH, "year": words.CHANGE_YEAR}[report.now.period.kind] if now else words.CHANGE
    return Note("ok" if n > 0 else "neu", ctx.words(said, n=sign), "trending-up" if n > 0 else "trending-down")


def _holds(period: Period, ctx: Context) -> bool:
    return period.first <= ctx.clock.today() <= period.last


def _was(ctx: Context, report: Report, key: str) -> Note | None:
    if report.before is None:
        return None
    before = number(report.before.values[key], ctx.lang)
    return Note("neu", ctx.words(words.WAS, period=ctx.words(report.before.period.short), n=before), "clock")


class ChartCard(Card):
    """A chart under its title; the same as a table when that is asked for."""

    def __init__(self, ctx: Context, note: Words | None = None) -> None:
        super().__init__(" ", margins=(16, AIR, 16, AIR), head_height=HEAD)
        self._ctx, self._note = ctx, note
        self.chart = ChartWidget(ctx.lang)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self.body.addWidget(self._stack)
        self._aside: QWidget | None = None

    def show_chart(self, chart: Chart) -> None:
        """Another chart, and its table."""
        self.title.setText(self._ctx.words(chart.title))
        if self._aside:
            self.head.removeWidget(self._aside)
            self._aside.hide()
            self._aside.deleteLater()
        self._aside = label(self._ctx.words(self._note), "cap") if self._note else Legend(chart, self._ctx.lang)
        self.head.addWidget(self._aside)
        self.chart.show_chart(chart)
        as_table = self._stack.currentIndex() == 1
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        head, *lines = chart.table(self._ctx.lang)
        table = FigureTable(self._ctx.words(chart.title), head)
        table.show_lines([Line(name, numbers) for name, *numbers in lines])
        self._stack.addWidget(table)
        self.show_as_table(on=as_table)

    def show_as_table(self, *, on: bool) -> None:
        """The table in place of the chart, or back; a long table makes the card higher."""
        self._stack.setCurrentIndex(int(on and self._stack.count() > 1))
        table, least = self._stack.currentWidget(), theme.current().room(HEIGHT)
        above = theme.current().room(HEAD) + 2 * AIR + 4
        self.setFixedHeight(max(least, above + table.whole_height) if isinstance(table, FigureTable) else least)


def area_lines(ctx: Context, report: Report) -> list[Line]:
    """The table by area, the sum last."""
    values = report.now.values
    lines = [Line(ctx.words(a.words), [number(a.values[k], ctx.lang) for k in AREA_FIGURES],
                  share(a.values["with_nib"], a.values["businesses"])) for a in report.areas]  # fmt: skip
    total = [number(values[key], ctx.lang) for key in AREA_FIGURES]
    return [*lines, Line(ctx.words(report.place), total, report.now.percent("with_nib", "businesses"), total=True)]


def meanings(ctx: Context) -> QWidget:
    """Every figure and what it counts, in a card that scrolls."""
    card = Card(margins=(20, 16, 20, 8), spacing=4)
    inner = card.body
    for title, definition in definitions().values():
        inner.addWidget(label(ctx.words(title), "bold"))
        inner.addWidget(label(ctx.words(definition), "muted", wrap=True))
        inner.addSpacing(8)
    around = column(margins=(24, 14, 24, 14))
    around.addWidget(card)
    around.addStretch()
    return scrolled(frame("canvas", around))


def scrolled(inside: QWidget) -> QScrollArea:
    """A page that scrolls when the window is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def card_row(into: QVBoxLayout, count: int = 5) -> list[FigureCard]:
    """Cards side by side, alike in width."""
    line = row(spacing=12)
    made = [FigureCard() for _ in range(count)]
    for card in made:
        line.addWidget(card, 1)
    into.addLayout(line)
    return made
