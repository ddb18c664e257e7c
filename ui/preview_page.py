"""Print preview: the very PDF that will be printed, saved or sent, and what to choose about it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models import care, issued
from models.errors import AppError
from models.issued import Issue
from models.numbering import next_letter
from models.store import Changes, Store
from reports import PAPERS, render
from reports.paper import Officer, Paper, PaperData, Request
from ui import theme
from ui.background import Job
from ui.context import Context
from ui.page import Page
from ui.pages_view import ZOOMS, PageMark, PagesView
from ui.preview_options import PreviewOptions
from ui.preview_output import SETTING, Finished, Output
from ui.printing import Desk, PrinterChoice, PrintJob, SystemDesk
from ui.widgets import IconButton, label, row
from ui.words import preview as words

NOTHING = Issue("", "", issued.About(), "")


class PreviewPage(Page):
    """Opened with `owner_id`, and `business_id` or `paper` when there is a choice.

    A paper about a session, a case, an event … is opened with `paper` and `record_id`; one about what
    the store does not know with `paper` and `given`.

    Each step asks for the next beside the screen: request -> data -> PDF -> pages.
    """

    shows_back = True

    def __init__(self, ctx: Context, desk: Desk | None = None) -> None:
        super().__init__(ctx)
        self._desk = desk or SystemDesk()
        self._output = Output(self, ctx, self._desk)
        self._paper = next(iter(PAPERS.values()))
        self._args: dict[str, object] = {}
        self._request: Request | None = None
        self._data: PaperData | None = None
        self._issue = NOTHING  # what the paper's number will stand for
        self._finished: Finished | None = None
        self._wish: Callable[[Finished], object] | None = None  # asked for before the paper was there
        self._last_printer = ""
        self._jobs: dict[str, Job] = {}
        self.pages = PagesView(ctx.background)
        self.options = PreviewOptions(ctx, list(PAPERS.values()))
        line = row()
        line.addWidget(self.pages, 1)
        line.addWidget(self.options)
        self.setLayout(line)
        self.mark = PageMark(self.pages)
        self._smaller = IconButton("minus", ctx.words(words.SMALLER), lambda: self.pages.step_zoom(-1), hint="Ctrl+−")
        self._larger = IconButton("plus", ctx.words(words.LARGER), lambda: self.pages.step_zoom(1), hint="Ctrl++")
        for button in (self._smaller, self._larger):
            button.setProperty("framed", True)
        self._zoom = label("", "smallbold")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(theme.current().lines(96))
        self._connect()

    @override
    def title(self) -> str:
        if self._data is None:
            return self.ctx.words(words.WAITING)
        return self.ctx.words(words.TITLE, subject=self._data.subject)

    @override
    def notes(self) -> Sequence[QWidget]:
        return [self._smaller, self._zoom, self._larger]

    @override
    def commands(self) -> dict[str, Callable[[], object]]:
        return {
            "print": self.options.go,
            "save": self.options.save_asked.emit,
            "larger": lambda: self.pages.step_zoom(1),
            "smaller": lambda: self.pages.step_zoom(-1),
            "normal_size": lambda: self.pages.step_zoom(0),
        }

    @override
    def regions(self) -> Sequence[QWidget]:
        return [self.pages, self.options]

    @override
    def open(self, **args: object) -> None:
        self._args = args
        self._paper = PAPERS[str(args.get("paper") or next(iter(PAPERS)))]
        self._forget()
        self.options.mask_again()
        self.options.offer(_offered(self._paper, args))
        begin = partial(self._begin, self._paper, args)
        self._anew("begin", self.ctx.background.read(self, begin, self._begun, self._refused))
        self.options.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def refresh(self, changes: Changes | None) -> None:
        if self._request and (changes is None or changes):
            self._collect(self._request)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._show_place()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        options = self.options
        self.pages.turned.connect(self._show_place)
        self.pages.installEventFilter(self)
        options.layout_changed.connect(self._render)
        options.nik_wanted.connect(self._show_nik)
        options.kind_chosen.connect(self._choose_paper)
        options.print_asked.connect(lambda: self._when_ready(self._print))
        options.save_asked.connect(lambda: self._when_ready(self._output.save))
        options.share_asked.connect(lambda: self._when_ready(self._output.share))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enter = QShortcut(QKeySequence(key), self)
            enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            enter.activated.connect(options.enter)

    def _forget(self) -> None:
        """The paper before, and whatever is still on its way."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
        self._request = self._data = self._finished = self._wish = None
        self.top_changed.emit()

    def _begin(self, paper: Paper, args: dict[str, object], store: Store) -> tuple[Request, dict[str, Any]]:
        """The request, and what was chosen last time; on the database worker."""
        us, today = self.ctx.profile, self.ctx.clock.today()
        owner_id, business_id, record_id = (
            str(args.get(name) or "") for name in ("owner_id", "business_id", "record_id")
        )
        request = Request(
            owner_id,
            next_letter(store, paper.prefix, today) if paper.prefix else "",
            today,
            Officer(us.name, us.role, us.office.partition(",")[0]),
            staff_id=us.staff_id,
            business_id=business_id,
            scope=us.home_scope,
            record_id=record_id,
            given=args.get("given"),
        )
        return request, store.setting(SETTING) or {}

    def _begun(self, begun: tuple[Request, dict[str, Any]]) -> None:
        request, last = begun
        self.options.show_paper(self._paper, last.get("sizes", {}).get(self._paper.key, ""))
        self.options.copies.setValue(int(last.get("copies", 1)))
        self._last_printer = str(last.get("printer", ""))
        self._anew("printers", self.ctx.background.run(self, self._desk.printers, self._show_printers))
        self._collect(request)

    def _show_printers(self, printers: Sequence[PrinterChoice]) -> None:
        self.options.show_printers(printers, self._last_printer)

    def _choose_paper(self, key: str) -> None:
        if self._request:
            self.open(**self._args | {"paper": key})

    def _show_nik(self, whom: str) -> None:
        if self._request and self._request.nik_for != whom:
            self._collect(replace(self._request, nik_for=whom))

    def _collect(self, request: Request) -> None:
        """Ask for the data, then set the paper."""
        self._request, self._finished = request, None
        work = partial(_collected, request, self._paper)
        self._anew("collect", self.ctx.background.read(self, work, self._take, self._refused))

    def _take(self, collected: tuple[PaperData, Issue]) -> None:
        self._data, self._issue = collected
        data = self._data
        self.options.show_counts(data.counts())
        self.top_changed.emit()
        self._render()

    def _render(self) -> None:
        if self._data is None or self._request is None:
            return
        self._finished = None
        data, size = self._data, self.options.size_name
        work = partial(render, self._paper, data, size, self.options.wanted_parts)
        made = partial(Finished, self._paper, self._request.number, self._issue, size, data.message())
        self._anew("render", self.ctx.background.run(self, work, lambda pdf: self._rendered(made(pdf))))

    def _rendered(self, finished: Finished) -> None:
        self._finished = finished
        self.pages.show_pdf(finished.pdf)
        wish, self._wish = self._wish, None
        if wish:
            wish(finished)

    def _anew(self, name: str, job: Job) -> None:
        """A newer question of this sort: the answer to the older one is not wanted."""
        if name in self._jobs:
            self._jobs[name].cancel()
        self._jobs[name] = job

    def _refused(self, error: AppError) -> None:
        """There is nothing to show: say why and go back."""
        self._forget()
        self.ctx.show_error(error)
        self.ctx.back()

    def _when_ready(self, act: Callable[[Finished], object]) -> None:
        """Now, or as soon as the paper is there: a fast hand presses Enter before."""
        if self._finished:
            act(self._finished)
        else:
            self._wish = act

    def _print(self, finished: Finished) -> None:
        options = self.options
        job = PrintJob(finished.pdf, options.printer_name, finished.size, options.copies.value(), options.shrinks)
        options.set_busy(busy=True)
        self._output.print_out(finished, job, lambda: options.set_busy(busy=False))

    def _show_place(self) -> None:
        """Page and zoom, on the chip and between the zoom buttons."""
        pages = self.pages
        said = self.ctx.words(words.PAGE_OF, page=pages.current, pages=pages.page_count)
        self.mark.setText(said)
        self.mark.adjustSize()
        self.mark.move(16, pages.height() - self.mark.height() - 14)
        self.mark.setVisible(
            pages.page_count > 1 or (pages.page_count == 1 and not pages.is_under(self.mark.geometry()))
        )
        pages.setAccessibleName(f"{self.title()}. {said}")
        whole = pages.zoom == 0
        self._zoom.setText(self.ctx.words(words.WHOLE_PAGE) if whole else f"{round(ZOOMS[pages.zoom] * 100)} %")
        self._smaller.setEnabled(not whole)
        self._larger.setEnabled(pages.zoom < len(ZOOMS) - 1)


def _collected(request: Request, paper: Paper, store: Store) -> tuple[PaperData, Issue]:
    """The data, and the state of the records that it was taken from; a guest handed on today is called back for it."""
    gone = request.owner_id and store.get("owner", request.owner_id) is None
    with care.recalled(store, request.owner_id) if gone else nullcontext():
        about = issued.about(store, paper.about, request.record_id, request.owner_id, request.business_id)
        state = issued.state(store, about)
        return paper.collect(store, request), Issue(request.number, paper.key, about, state)


def _offered(paper: Paper, args: Mapping[str, object]) -> list[Paper]:
    """The kinds that the same call can show: those about the same thing, and those about its owner."""
    known = {paper.about} | ({"owner"} if args.get("owner_id") else set())
    return [paper] if paper.about == "given" else [p for p in PAPERS.values() if p.about in known]
