"""The middle of an import: columns at the left, rows to mend at the right, one button to carry it in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from models.i18n import Words
from models.import_plan import Plan, State
from models.importing import ANSWERS
from ui import theme
from ui.context import Context
from ui.import_columns import ColumnsPanel
from ui.import_compare import ComparePanel
from ui.import_lines import EVERYTHING, Line, lines
from ui.import_table import ImportTable
from ui.shortcuts import hint
from ui.widgets.buttons import HintButton, link
from ui.widgets.chips import Chip
from ui.widgets.choices import Segmented
from ui.widgets.frames import Banner, Card, column, frame, row
from ui.widgets.labels import ElidedLabel, label
from ui.words import common
from ui.words import importing as words

# The chips: which rows each shows. At first those with something to mend are on.
FILTERS: dict[str, tuple[Words, frozenset[State]]] = {
    "all": (words.ALL, EVERYTHING),
    "ready": (words.READY, frozenset({"ready"})),
    "check": (words.CHECK, frozenset({"check"})),
    "held": (words.HELD, frozenset({"held"})),
}
NARROW = 1000  # px at 100 % text; below, the columns take less room and the question its own line
AT_FIRST = ("check", "held")


class ReviewView(QWidget):
    """Shows a plan and tells what a person wants changed; changes nothing itself."""

    cancelled = Signal()
    wanted = Signal()  # to import
    save_problems = Signal()
    apply_all = Signal()
    cured = Signal(object)  # the Finding whose cure is wanted
    typed = Signal(object, str)  # the Line, what was typed into its box
    decided = Signal(int, object)  # the row, a Decision

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.plan: Plan | None = None
        self.columns = ColumnsPanel(ctx.lang)
        self.table = ImportTable(ctx.lang)
        self.table.acted.connect(self._act)
        self.table.typed.connect(self.typed)
        self.compare = ComparePanel(ctx.lang)
        self.compare.decided.connect(self._decide)
        self.compare.left.connect(self.show_table)
        whole, middle = column(), row()
        middle.addWidget(self.columns)
        self._right = QStackedWidget()
        self._right.addWidget(self._rows())
        self._right.addWidget(self._padded(self.compare))
        middle.addWidget(self._right, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(self._footer())
        self.setLayout(whole)

    def show_plan(self, plan: Plan) -> None:
        """Show what an import would do now."""
        self.plan, ctx = plan, self._ctx
        counts = {key: plan.count(*states) for key, (_, states) in FILTERS.items()}
        for key, chip in self.chips.items():
            chip.setText(ctx.words(FILTERS[key][0], n=counts[key]))
            chip.setMinimumWidth(chip.sizeHint().width())
        self._show_lines()
        cures = len(plan.cures)
        self.all_cures.setText(ctx.words(words.APPLY_ALL, n=cures))
        self.all_cures.setEnabled(cures > 0)
        self.save.setVisible(counts["held"] > 0)
        n = plan.count("ready", "check")
        self.go.setText(ctx.words(words.IMPORT, n=n))
        self.go.setEnabled(n > 0)
        parts = [ctx.words(words.SUM_READY, ready=counts["ready"], check=counts["check"])]
        parts += [ctx.words(words.SUM_HELD, held=counts["held"])] if counts["held"] else []
        parts += [ctx.words(words.SUM_SKIPPED, n=skipped)] if (skipped := plan.count("skipped")) else []
        self.sum.setText(" ".join(parts))

    def begin(self) -> None:
        """A new file: everything as it stands at first."""
        self.informed.set_value("not_yet")
        self._filter(AT_FIRST)
        self.show_table()

    @property
    def comparing(self) -> bool:
        """Whether two persons stand side by side."""
        return self._right.currentIndex() == 1

    def show_table(self) -> None:
        """The rows again, with the place where one was."""
        self._right.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        narrow = width < theme.current().lines(NARROW)
        self.columns.fit(width, narrow=narrow)
        self._question_line.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _rows(self) -> QWidget:
        whole = column(margins=(24, 14, 24, 14), spacing=11)
        whole.addLayout(self._head())
        self._card = Card(margins=(1, 1, 1, 1))
        self._card.body.addWidget(self.table)
        self._nothing = label(self._ctx.words(words.NOTHING_LEFT), "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._card.body.addWidget(self._nothing, 1)
        whole.addWidget(self._card, 1)
        whole.addLayout(self._below())
        whole.addLayout(self._question())
        whole.addWidget(Banner("green", "", self._ctx.words(words.NOT_SAVED), icon="shield-check"))
        return frame("canvas", whole)

    def _head(self) -> QHBoxLayout:
        head = row(spacing=10)
        head.addWidget(ElidedLabel(self._ctx.words(words.ROWS), "h2"), 1)
        self.chips = {key: Chip("") for key in FILTERS}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda on, key=key: self._choose(key, on=on))
            head.addWidget(chip)
        return head

    def _below(self) -> QHBoxLayout:
        ctx, line = self._ctx, row(spacing=12)
        self.all_cures = HintButton("", icon="wand-sparkles", clicked=self.apply_all.emit)
        self.save = link(ctx.words(words.SAVE_PROBLEMS), self.save_problems.emit)
        line.addWidget(self.all_cures)
        line.addWidget(self.save)
        caption = ElidedLabel(ctx.words(words.NEVER_MERGES), "cap")
        caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.addWidget(caption, 1)
        return line

    def _question(self) -> QHBoxLayout:
        """What the office told everybody in the list: asked once for the file."""
        ctx, line = self._ctx, row(spacing=8)
        question = label(ctx.words(words.INFORMED), "smallbold", wrap=True)
        self.informed = Segmented([(code, ctx.words(words.INFORMED_ANSWERS[code])) for code in ANSWERS], size="small")
        self.informed.setAccessibleName(question.text())
        self.informed.set_value("not_yet")
        line.addWidget(question, 1)
        line.addWidget(self.informed)
        self._question_line = line
        return line

    def _footer(self) -> QWidget:
        ctx, line = self._ctx, row(margins=(24, 0, 24, 0), spacing=12)
        self.sum = ElidedLabel("", "cap")
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.go = HintButton("", "primary", icon="download", hint=hint("submit"), clicked=self.wanted.emit)
        line.addWidget(HintButton(ctx.words(common.CANCEL), "text", hint="Esc", clicked=self.cancelled.emit))
        line.addWidget(self.sum, 1)
        line.addWidget(self.go)
        foot = frame("footer", line)
        foot.setFixedHeight(60)
        return foot

    def _padded(self, inner: QWidget) -> QWidget:
        whole = column(margins=(24, 16, 24, 0))
        whole.addWidget(inner)
        return frame("canvas", whole)

    def _choose(self, key: str, *, on: bool) -> None:
        """The chip for all rows stands alone, the others add up; none on is all again."""
        chosen = {k for k, chip in self.chips.items() if chip.isChecked()}
        chosen = {"all"} if not chosen or (key == "all" and on) else chosen - {"all"}
        self._filter(tuple(chosen))

    def _filter(self, keys: tuple[str, ...]) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key in keys)
        self._show_lines()

    def _show_lines(self) -> None:
        if self.plan is None:
            return
        states: set[State] = {s for key, chip in self.chips.items() if chip.isChecked() for s in FILTERS[key][1]}
        shown = lines(self.plan, states, self._ctx.lang)
        self.table.show_lines(shown)
        self.table.setVisible(bool(shown))
        self._nothing.setVisible(not shown)

    def _act(self, line: Line) -> None:
        if line.act == "compare" and self.plan is not None:
            self.compare.show_row(self.plan, line.number)
            self._right.setCurrentIndex(1)
            self.compare.setFocus(Qt.FocusReason.OtherFocusReason)
        elif line.finding is not None:
            self.cured.emit(line.finding)

    def _decide(self, number: int, decision: object) -> None:
        self.show_table()
        self.decided.emit(number, decision)
