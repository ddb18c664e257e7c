"""Impor dari Excel: choose a file, match its columns, mend its rows, carry it in, take it back.

Reading and checking run beside the screen; every act of the person is a step from one plan to the
next, done in order. Nothing is written before "Impor n baris".
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models import import_plan, importing
from models.errors import AppError
from models.import_columns import Guess, guess_columns, is_heading
from models.import_matches import People
from models.import_plan import Plan
from models.importing import Imported, Undone
from models.workbook import Sheet, read_workbook
from ui.background import Job
from ui.context import Context
from ui.dialogs import Question
from ui.import_ends import BusyView, ChooseView, ResultView
from ui.import_review import ReviewView
from ui.page import Page
from ui.widgets.frames import column
from ui.widgets.labels import label
from ui.words import importing as words

if TYPE_CHECKING:
    from models.store import Changes, Store

Step = Callable[[Plan], Plan]
KEPT = "import"
LEAVE = Question(words.LEAVE_TITLE, words.LEAVE_TEXT, words.LEAVE_ACT, words.LEAVE_NOT)


@dataclass(frozen=True, slots=True)
class Kept:
    """A review under way, for the page that takes over in another look or language."""

    sheets: list[Sheet]
    guesses: list[Guess]
    plan: Plan
    informed: str | None


class ImportPage(Page):
    """One file at a time, from choosing to undoing."""

    shows_pill = False

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.choose, self.busy = ChooseView(ctx), BusyView(ctx.lang)
        self.review, self.result = ReviewView(ctx), ResultView(ctx)
        self._source = label("", "cap")
        self._stack = QStackedWidget()
        for view in (self.choose, self.busy, self.review, self.result):
            self._stack.addWidget(view)
        whole = column()
        whole.addWidget(self._stack)
        self.setLayout(whole)
        self._job: Job | None = None
        self._steps: deque[Step] = deque()
        self._stepping = False
        self._sheets: list[Sheet] = []
        self._connect()

    @property
    def plan(self) -> Plan | None:
        """What an import would do now."""
        return self.review.plan

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE)

    @override
    def notes(self) -> Sequence[QWidget]:
        return (self._source,)

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Ctrl+Enter imports; Esc goes one step back."""
        if self._view is self.review:
            return {"submit": self._import, "back": self._cancel}
        return {"back": self._cancel} if self._view is self.busy else {}

    @override
    def open(self, **args: object) -> None:
        """Begin with choosing; with `path` a file is read at once, a review under way goes on."""
        if isinstance(path := args.get("path"), Path):
            self.read(path)
        elif isinstance(kept := self.ctx.kept.pop(KEPT, None), Kept) and self.plan is None:
            self._take_over(kept)
        elif self._view in (self.choose, self.result):
            self._begin()

    @override
    def leave(self) -> None:
        """A review under way survives another look."""
        if self._view is self.review and self.plan is not None:
            self.ctx.kept[KEPT] = Kept(
                self._sheets, self.review.columns.guesses, self.plan, self.review.informed.value()
            )

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.review.columns, self.review.table) if self._view is self.review else (self,)

    def read(self, path: Path) -> None:
        """Read a workbook and show what an import of it would do."""
        self._wait(self.ctx.words(words.READING, file=path.name))
        self._job = self.ctx.background.run(
            self, lambda: read_workbook(path, is_heading), self._got_sheets, self._failed
        )

    def _connect(self) -> None:
        self.choose.chosen.connect(self.read)
        self.choose.undo.connect(self._ask_undo)
        self.busy.cancelled.connect(self._cancel)
        review = self.review
        review.cancelled.connect(self._cancel)
        review.wanted.connect(self._import)
        review.save_problems.connect(self._save_problems)
        review.apply_all.connect(lambda: self._step(lambda plan: import_plan.with_cures(plan, plan.cures)))
        review.cured.connect(lambda finding: self._step(lambda plan: import_plan.with_cures(plan, [finding])))
        review.typed.connect(
            lambda line, text: self._step(lambda plan: import_plan.with_edit(plan, line.number, line.target, text))
        )
        review.decided.connect(
            lambda row, decision: self._step(lambda plan: import_plan.with_decision(plan, row, decision))
        )
        review.columns.changed.connect(lambda targets: self._step(lambda plan: import_plan.with_columns(plan, targets)))
        review.columns.sheet_chosen.connect(self._use_sheet)
        self.result.undo.connect(self._ask_undo)
        self.result.save_held.connect(self._save_problems)
        self.result.another.connect(self._begin)

    @property
    def _view(self) -> QWidget | None:
        return self._stack.currentWidget()

    def _show(self, view: QWidget, source: str = "") -> None:
        self._stack.setCurrentWidget(view)
        self._source.setText(source)
        self.top_changed.emit()
        view.setFocus()

    def _begin(self) -> None:
        self.review.plan = None
        self._show(self.choose)
        self.ctx.background.read(self, importing.undoable, self.choose.show_recent)

    def _wait(self, text: str, *, may_cancel: bool = True) -> None:
        self.busy.say(text, may_cancel=may_cancel)
        self._show(self.busy)

    def _failed(self, error: AppError) -> None:
        self._begin()
        self.ctx.show_error(error)

    def _cancel(self) -> None:
        """One step back: from comparing to the rows, from the rows or from waiting to choosing."""
        if self._view is self.review and self.review.comparing:
            self.review.show_table()
            return
        if self._view is self.busy and self.busy.cancel.isHidden():
            return  # it is being written
        plan = self.plan
        mended = self._view is self.review and plan is not None and (plan.edits or plan.decisions)
        if mended and not self.ctx.dialogs.confirm(LEAVE):
            return
        if self._job:
            self._job.cancel()
        self._steps.clear()
        self._stepping = False
        self._begin()

    # From a file to a plan.

    def _got_sheets(self, sheets: list[Sheet]) -> None:
        self._sheets = sheets
        self.review.columns.show_sheets(sheets, 0)
        self._use_sheet(0)

    def _use_sheet(self, at: int) -> None:
        sheet = self._sheets[at]
        self._wait(self.ctx.words(words.CHECKING, n=len(sheet.rows)))
        self.review.columns.show_sheet(sheet)
        self._job = self.ctx.background.read(
            self,
            lambda store: (importing.known_people(store), importing.remembered_columns(store, sheet), store.home_scope),
            lambda known: self._check(sheet, *known),
        )

    def _check(self, sheet: Sheet, people: People, remembered: dict[str, str] | None, home: str) -> None:
        today = self.ctx.clock.today()

        def work() -> tuple[list[Guess], Plan]:
            guesses = guess_columns(sheet, today, remembered)
            return guesses, import_plan.start(sheet, [g.target for g in guesses], home, people, today).worked_out()

        self._job = self.ctx.background.run(self, work, lambda found: self._got_plan(*found), self._failed)

    def _take_over(self, kept: Kept) -> None:
        self._sheets = kept.sheets
        self.review.columns.show_sheets(kept.sheets, kept.sheets.index(kept.plan.sheet))
        self.review.columns.show_sheet(kept.plan.sheet)
        self._got_plan(kept.guesses, kept.plan)
        self.review.informed.set_value(kept.informed)

    def _got_plan(self, guesses: list[Guess], plan: Plan) -> None:
        sheet = plan.sheet
        self.review.columns.show_guesses(guesses)
        self.review.show_plan(plan)
        self.review.begin()
        self._show(self.review, self.ctx.words(words.SOURCE, file=sheet.file, sheet=sheet.title, n=len(sheet.rows)))
        rows = ", ".join(str(r.number) for r in sheet.left_out[:12]) + ("…" if len(sheet.left_out) > 12 else "")
        left_out = self.ctx.words(words.LEFT_OUT, n=len(sheet.left_out), rows=rows)
        self._source.setToolTip(left_out if sheet.left_out else "")
        self.review.table.setFocus()

    # From one plan to the next.

    def _step(self, step: Step) -> None:
        """Do one act after those that are still being worked out."""
        self._steps.append(step)
        if not self._stepping:
            self._next_step()

    def _next_step(self) -> None:
        plan = self.plan
        if plan is None or not self._steps:
            return
        step, self._stepping = self._steps.popleft(), True
        self._job = self.ctx.background.run(self, lambda: step(plan).worked_out(), self._stepped)

    def _stepped(self, plan: Plan) -> None:
        self._stepping = False
        self.review.show_plan(plan)
        self._next_step()

    # From a plan to the store, and back.

    def _import(self) -> None:
        plan = self.plan
        if plan is None or self._stepping or not plan.count("ready", "check"):
            return
        informed = self.review.informed.value() or "not_yet"
        remember = self.review.columns.remember.isChecked()
        self._wait(self.ctx.words(words.WRITING, n=plan.count("ready", "check")), may_cancel=False)

        def work(store: "Store") -> "tuple[Changes, Imported]":
            with store.transaction():
                if remember:
                    importing.remember_columns(store, plan)
                return importing.apply(store, plan, informed)

        self.ctx.background.write(self, work, self._imported, self._not_imported)

    def _imported(self, done: Imported) -> None:
        self.result.show_result(done)
        self._show(self.result, done.file)

    def _not_imported(self, error: AppError) -> None:
        """Nothing was written: the review stands as it was."""
        self._show(self.review, self._source.text())
        self.ctx.show_error(error)

    def _ask_undo(self, done: Imported) -> None:
        question = Question(
            words.UNDO_TITLE.fill(file=done.file),
            words.UNDO_TEXT.fill(owners=done.owners, businesses=done.businesses), words.UNDO_ACT, words.KEEP)  # fmt: skip
        if self.ctx.dialogs.confirm(question):
            self.ctx.background.write(self, lambda store: importing.undo(store, done.id), self._undone)

    def _undone(self, undone: Undone) -> None:
        said = words.UNDONE_KEPT if undone.kept else words.UNDONE
        self.ctx.toast(said.fill(removed=undone.removed, kept=undone.kept))
        self._begin()

    def _save_problems(self) -> None:
        plan, ctx = self.plan, self.ctx
        name = ctx.words(words.PROBLEMS_FILE, day=ctx.clock.today().isoformat())
        path = ctx.dialogs.save_file(words.SAVE_PROBLEMS, name, "Excel (*.xlsx)")
        if plan is None or path is None:
            return
        n = plan.count("held")
        ctx.background.run(self, lambda: importing.export_held(plan, path, ctx.lang),
                           lambda _: ctx.toast(words.PROBLEMS_SAVED.fill(n=n, file=path.name)))  # fmt: skip
