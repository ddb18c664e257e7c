"""Laporan: the figures of a month, a year or an event, with charts, a table by area, and what they mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models import figure_charts, statistics
from models.files import write_atomic
from models.i18n import clock_time, number
from models.periods import Period
from models.statistics import AREA_FIGURES, Report
from models.store import Changes, Store
from reports.figures_workbook import file_name, workbook
from ui.background import Job
from ui.context import Context
from ui.figure_table import FigureTable
from ui.page import Page
from ui.paper_chooser import open_papers
from ui.period_chooser import PeriodChooser
from ui.report_parts import ChartCard, area_lines, card_row, cards, meanings, scrolled
from ui.shortcuts import hint
from ui.widgets import Card, EmptyState, HintButton, column, frame, label, link, row
from ui.words import common
from ui.words import reports as words
from ui.words.papers import OTHERS as PAPERS


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report, and what the period may be chosen from."""

    report: Report
    first: date
    events: Sequence[Period]


def load(store: Store, period: Period, within: str) -> ReportData:
    """Count, on the database worker."""
    return ReportData(statistics.report(store, period, within), statistics.first_day(store), statistics.events(store))


class ReportPage(Page):
    """The period stays while other pages are in front; figures are counted anew when data changed."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._job: Job | None = None
        self._report: Report | None = None
        self.periods = PeriodChooser(ctx)
        self.periods.chosen.connect(lambda _: self._ask())
        self._excel = HintButton(ctx.words(words.EXCEL), icon="file-spreadsheet", clicked=self._save_excel)
        self._print = HintButton(ctx.words(words.PRINT), "primary", icon="printer", hint=hint("print"),
                                 clicked=self._print_report)  # fmt: skip
        self._papers = link(ctx.words(PAPERS), self._choose_paper)
        self._papers.setToolTip(hint("papers"))
        self.course, self.topics = ChartCard(ctx), ChartCard(ctx, words.SEVERAL)
        heads = [words.AREA, *(words.AREA_HEADS[key] for key in AREA_FIGURES)]
        self.areas = FigureTable(ctx.words(words.AREA), [ctx.words(w) for w in heads], ctx.words(words.COVERAGE))
        self.foot = label("", "cap")
        self.twin = link(ctx.words(words.SHOW_TABLE), self._toggle_tables)
        self.meaning = link(ctx.words(words.MEANINGS), self._toggle_meanings)
        self._arrange()

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE)

    @override
    def buttons(self) -> Sequence[QWidget]:
        return [self.periods, self._excel, self._print]

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"print": self._print_report}

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.periods, self.areas)

    @override
    def open(self, **args: object) -> None:
        """`period`: show this one."""
        if isinstance(wanted := args.get("period"), Period):
            self.periods.show_period(wanted)
        self._ask()
        self.periods.setFocus()

    @override
    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes:
            self._ask()

    def _arrange(self) -> None:
        inner = column(margins=(24, 14, 24, 0), spacing=12)
        self.cards = card_row(inner)
        charts = row(spacing=12)
        charts.addWidget(self.course, 6, Qt.AlignmentFlag.AlignTop)
        charts.addWidget(self.topics, 5, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(charts)
        self._area_card = Card(margins=(1, 1, 1, 1), spacing=0)
        self._area_card.body.addWidget(self.areas)
        inner.addWidget(self._area_card)
        inner.addStretch()
        self._figures = scrolled(frame("canvas", inner))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._figures)
        self._stack.addWidget(meanings(self.ctx))
        self._stack.addWidget(self._empty())
        foot = row(margins=(24, 8, 24, 10), spacing=18)
        foot.addWidget(self.foot)
        foot.addStretch()
        foot.addWidget(self._papers)
        foot.addWidget(self.meaning)
        foot.addWidget(self.twin)
        whole = column()
        whole.addWidget(self._stack, 1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _empty(self) -> EmptyState:
        register = HintButton(self.ctx.words(common.REGISTER_FIRST), "primary", icon="plus", hint=hint("register"),
                              size="large", clicked=lambda: self.ctx.go("register"))  # fmt: skip
        return EmptyState(self.ctx.words(words.EMPTY), self.ctx.words(words.EMPTY_HELP), [register])

    def _ask(self) -> None:
        """Count anew; a newer question replaces one that is under way."""
        if self._job:
            self._job.cancel()
        work = partial(load, period=self.periods.period, within=self.ctx.profile.home_scope)
        self._job = self.ctx.background.read(self, work, self._show)

    def _show(self, data: ReportData) -> None:
        report = self._report = data.report
        self.periods.offer(data.first, data.events)
        for card, (name, figure, note) in zip(self.cards, cards(self.ctx, report), strict=True):
            card.show_figure(name, figure, note)
        self.course.show_chart(figure_charts.course(report))
        self.topics.show_chart(figure_charts.topics(report))
        of_event = report.now.period.kind == "event"
        self.areas.show_lines([] if of_event else area_lines(self.ctx, report))
        self.areas.setFixedHeight(self.areas.whole_height)
        self._area_card.setVisible(not of_event)
        self.foot.setText(self._foot(report))
        nothing = not any(report.now.values.values()) and not data.events and data.first == self.ctx.clock.today()
        self._show_side(2 if nothing else min(self._stack.currentIndex(), 1))

    def _foot(self, report: Report) -> str:
        time = clock_time(report.counted_at, self.ctx.lang, self.ctx.clock.zone)
        unsent = words.UNSENT if report.unsent else words.ALL_SENT
        return self.ctx.words(words.COUNTED_TODAY, time=time) + self.ctx.words(
            unsent, n=number(report.unsent, self.ctx.lang)
        )

    def _show_side(self, side: int) -> None:
        """0 the figures, 1 what they mean, 2 that there are none yet."""
        self._stack.setCurrentIndex(side)
        self.meaning.setText(self.ctx.words(words.BACK_TO_FIGURES if side == 1 else words.MEANINGS))
        self.twin.setVisible(side == 0)
        for part in (self.foot, self.meaning):
            part.setVisible(side != 2)
        for button in (self._excel, self._print):
            button.setEnabled(side != 2)

    def _toggle_meanings(self) -> None:
        self._show_side(0 if self._stack.currentIndex() == 1 else 1)

    def _toggle_tables(self) -> None:
        as_table = self.twin.text() == self.ctx.words(words.SHOW_TABLE)
        for card in (self.course, self.topics):
            card.show_as_table(on=as_table)
        self.twin.setText(self.ctx.words(words.SHOW_CHARTS if as_table else words.SHOW_TABLE))

    def _print_report(self) -> None:
        if self._print.isEnabled():
            self.ctx.go("preview", paper="laporan", given=self.periods.period)

    def _choose_paper(self) -> None:
        open_papers(self.window(), self.ctx, {}, ("work", "event", "blank"))

    def _save_excel(self) -> None:
        report = self._report
        if report is None:
            return
        chosen = self.ctx.dialogs.save_file(words.SAVE_EXCEL, file_name(report), words.EXCEL_FILES)
        if chosen is None:
            return
        path = chosen if chosen.suffix.lower() == ".xlsx" else chosen.with_name(f"{chosen.name}.xlsx")
        self.ctx.background.run(self, partial(_write, path, report, self.ctx), partial(self._saved, path))

    def _saved(self, path: Path, _: None) -> None:
        self.ctx.toast(words.EXCEL_SAVED.fill(name=path.name))


def _write(path: Path, report: Report, ctx: Context) -> None:
    write_atomic(path, workbook(report, ctx.lang, ctx.clock.zone))
