"""Laporan: the figures of a month, a year or an event, with charts, a table by area, and what they mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget
from typing_extensions import override

from models import closing, figure_charts, statistics
from models.files import save_chosen
from models.i18n import clock_time, number
from models.periods import Period
from models.revisions import Revision, revision
from models.statistics import AREA, AREA_HEADS, COVERAGE, Report
from models.store import Changes, Store
from reports.figures_workbook import file_name, workbook
from ui.background import Job
from ui.beginnings import register_first
from ui.context import Context
from ui.dialogs import Question
from ui.figure_table import FigureTable
from ui.page import Page
from ui.paper_chooser import open_papers
from ui.period_chooser import PeriodChooser
from ui.report_closing import ChangesView, ClosingStrip, Standing
from ui.report_parts import ChartCard, area_lines, card_row, cards, meanings, scrolled
from ui.shortcuts import hint
from ui.template_dialog import fill_template
from ui.widgets import Card, ElidedLabel, EmptyState, HintButton, column, frame, link, row
from ui.words import common, template
from ui.words import reports as words
from ui.words.papers import OTHERS as PAPERS

FIGURES, MEANINGS, EMPTY, CHANGES = range(4)  # what the page shows


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report and how it stands, and what the period may be chosen from."""

    standing: Standing
    first: date
    events: Sequence[Period]
    closed: Sequence[Period]


def load(store: Store, period: Period, within: str) -> ReportData:
    """The closed report, else a new count; on the database worker."""
    report = closing.closed(store, period, within)
    closable = report is None and period.kind != "event" and store.clock.today() >= closing.closes_from(period)
    silent = closing.silent_laptops(store, period, within) if closable else None
    return ReportData(
        Standing(report or statistics.report(store, period, within), closable, silent),
        statistics.first_day(store),
        statistics.events(store),
        closing.closed_periods(store, within),
    )


class ReportPage(Page):
    """The period stays while other pages are in front; figures are counted anew when data changed."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._jobs: list[Job] = []
        self._report: Report | None = None
        self.periods = PeriodChooser(ctx)
        self.periods.chosen.connect(lambda _: self._ask())
        self._excel = HintButton(ctx.words(words.EXCEL), icon="file-spreadsheet", clicked=self._show_excel_menu)
        self._print = HintButton(ctx.words(words.PRINT), "primary", icon="printer", hint=hint("print"),
                                 clicked=self._print_report)  # fmt: skip
        self._papers = link(ctx.words(PAPERS), self._choose_paper)
        self._papers.setToolTip(hint("papers"))
        self.course, self.topics = ChartCard(ctx), ChartCard(ctx, words.SEVERAL)
        heads = [ctx.words(head) for head in (AREA, *AREA_HEADS.values())]
        self.areas = FigureTable(ctx.words(AREA), heads, ctx.words(COVERAGE))
        self.foot = ElidedLabel("", "cap")
        self.twin = link(ctx.words(words.SHOW_TABLE), self._toggle_tables)
        self.meaning = link(ctx.words(words.MEANINGS), self._toggle_meanings)
        self.strip = ClosingStrip(ctx, self.close_period, self._toggle_changes)
        self.changes = ChangesView(ctx, self._reopen)
        self._arrange()

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE)

    @override
    def buttons(self) -> Sequence[QWidget]:
        return [self.periods, self._excel, self._print]

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"print": self._print_report, "close_period": self.close_period}

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.periods, self.strip, self.areas)

    @override
    def open(self, **args: object) -> None:
        """`period`: show this one."""
        if self._stack.currentIndex() == CHANGES:
            self._show_side(FIGURES)
        if isinstance(wanted := args.get("period"), Period):
            self.periods.show_period(wanted)
        self._ask()
        self.periods.setFocus()

    @override
    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes:
            self._ask()

    def _arrange(self) -> None:
        inner = self._inner = column(spacing=12)
        inner.addWidget(self.strip)
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
        self._stack.addWidget(self.changes)
        foot = row(margins=(24, 6, 24, 8), spacing=18)
        foot.addWidget(self.foot, 1)
        foot.addWidget(self._papers)
        foot.addWidget(self.meaning)
        foot.addWidget(self.twin)
        whole = column()
        whole.addWidget(self._stack, 1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _empty(self) -> EmptyState:
        say = self.ctx.words
        return EmptyState(say(words.EMPTY), say(words.EMPTY_HELP), [register_first(self.ctx)])

    def _ask(self) -> None:
        """Count anew; a newer question replaces one that is under way."""
        for job in self._jobs:
            job.cancel()
        work = partial(load, period=self.periods.period, within=self.ctx.profile.home_scope)
        self._jobs = [self.ctx.background.read(self, work, self._show)]

    def _show(self, data: ReportData) -> None:
        report = self._report = data.standing.report
        self.periods.offer(data.first, data.events, data.closed)
        self.strip.show_standing(data.standing)
        self._inner.setContentsMargins(24, 14 if self.strip.isHidden() else 6, 24, 0)
        if report.closing:
            compare = partial(revision, report=report)
            shown = partial(self._show_revision, data.standing)
            self._jobs.append(self.ctx.background.read(self, compare, shown))
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
        self._show_side(EMPTY if nothing else MEANINGS if self._stack.currentIndex() == MEANINGS else FIGURES)

    def _show_revision(self, standing: Standing, found: Revision) -> None:
        """What changed since is known now."""
        self.strip.show_standing(replace(standing, revision=found))
        self.changes.show_revision(found)

    def close_period(self) -> None:
        """Freeze the figures of this month or year; it can be undone at once."""
        period, within = self.periods.period, self.ctx.profile.home_scope
        if self._report and self._report.closing:
            self.ctx.toast(words.ALREADY_CLOSED.fill(period=period.words))
            return
        work = partial(_close, period=period, within=within, by=self.ctx.profile.name)
        self.ctx.background.write(self, work, partial(self._period_closed, period))

    def _period_closed(self, period: Period, record_id: str) -> None:
        undo = partial(self.ctx.background.write, self, partial(closing.reopen, record_id=record_id))
        self.ctx.toast(words.WAS_CLOSED.fill(period=period.words), common.UNDO, undo)

    def _reopen(self) -> None:
        """Count a closed period anew, when that is what the office wants."""
        if self._report is None or self._report.closing is None:
            return
        period = self._report.now.period.words
        question = Question(words.REOPEN_TITLE.fill(period=period), words.REOPEN_TEXT, words.REOPEN, danger=False)
        if self.ctx.dialogs.confirm(question):
            work = partial(closing.reopen, record_id=self._report.closing.record_id)
            self.ctx.background.write(self, work, lambda _: self.ctx.toast(words.REOPENED.fill(period=period)))

    def _foot(self, report: Report) -> str:
        if report.closing:
            return self.ctx.words(words.AS_CLOSED)
        time = clock_time(report.counted_at, self.ctx.lang, self.ctx.clock.zone)
        unsent = words.UNSENT if report.unsent else words.ALL_SENT
        return self.ctx.words(words.COUNTED_TODAY, time=time) + self.ctx.words(
            unsent, n=number(report.unsent, self.ctx.lang)
        )

    def _show_side(self, side: int) -> None:
        self._stack.setCurrentIndex(side)
        self.meaning.setText(self.ctx.words(words.BACK_TO_FIGURES if side in (MEANINGS, CHANGES) else words.MEANINGS))
        self.twin.setVisible(side == FIGURES)
        for part in (self.foot, self.meaning):
            part.setVisible(side != EMPTY)
        for button in (self._excel, self._print):
            button.setEnabled(side != EMPTY)

    def _toggle_meanings(self) -> None:
        self._show_side(FIGURES if self._stack.currentIndex() in (MEANINGS, CHANGES) else MEANINGS)

    def _toggle_changes(self) -> None:
        self._show_side(FIGURES if self._stack.currentIndex() == CHANGES else CHANGES)

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

    def _show_excel_menu(self) -> None:
        self.excel_menu().popup(self._excel.mapToGlobal(QPoint(0, self._excel.height() + 4)))

    def excel_menu(self) -> QMenu:
        """What can become of the figures in Excel: a workbook of our own, or that of the Dinas."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.ctx.words(template.MENU_SAVE), self._save_excel)
        menu.addAction(self.ctx.words(template.MENU_FILL), self._fill_template)
        return menu

    def _fill_template(self) -> None:
        if self._report:
            fill_template(self.ctx, self.window(), self._report)

    def _save_excel(self) -> None:
        report = self._report
        if report is None:
            return
        path = self.ctx.dialogs.save_file(words.SAVE_EXCEL, file_name(report), words.EXCEL_FILES)
        if path is None:
            return
        self.ctx.background.run(self, partial(_write, path, report, self.ctx), partial(self._saved, path))

    def _saved(self, path: Path, _: None) -> None:
        self.ctx.toast(words.EXCEL_SAVED.fill(name=path.name))


def _close(store: Store, period: Period, within: str, by: str) -> tuple[Changes, str]:
    changes = closing.close(store, period, within, by)
    return changes, changes.first_id(closing.ENTITY)


def _write(path: Path, report: Report, ctx: Context) -> None:
    save_chosen(path, workbook(report, ctx.lang, ctx.clock.zone))
