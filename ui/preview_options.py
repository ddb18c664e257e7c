"""The right side of the print preview: what is printed, on what, how often."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
)

from models.i18n import Words
from reports.paper import SIZES, Paper
from ui import icons, theme
from ui.context import Context
from ui.preview_choices import SheetChoice, choice_of_few
from ui.printing import PrinterChoice
from ui.widgets import Banner, Field, HintButton, Segmented, TextEdit, clear, column, frame, label, row
from ui.words import preview as words

WIDTH = 346
MOST_COPIES = 99


class PreviewOptions(QFrame):
    """Emits what the person wants; the page acts."""

    kind_chosen = Signal(str)
    layout_changed = Signal()  # size or parts
    nik_wanted = Signal(str)  # for whom; empty: masked again
    print_asked = Signal()
    save_asked = Signal()
    share_asked = Signal()

    def __init__(self, ctx: Context, papers: Sequence[Paper]) -> None:
        super().__init__()
        self.ctx, self._paper = ctx, papers[0]
        self._printers: dict[str, PrinterChoice] | None = None  # None: this computer has not answered yet
        self._hasty = False  # Enter came before that answer
        self._busy = False
        self.parts: dict[str, QCheckBox] = {}
        self._counts: dict[str, QLabel] = {}
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.current().lines(WIDTH) if theme.current().k > 1 else WIDTH)
        self._make(papers)
        self._arrange()
        self.show_paper(papers[0])

    @property
    def size_name(self) -> str:
        """The paper's size: a key of `reports.paper.SIZES`."""
        return self.sheet.value() or self._paper.sizes[0]

    @property
    def sheet(self) -> Segmented:
        """The switch between the sizes of this paper."""
        return self.sheets.current

    @property
    def wanted_parts(self) -> frozenset[str]:
        """Keys of the ticked parts."""
        return frozenset(key for key, box in self.parts.items() if box.isChecked())

    @property
    def printer_name(self) -> str:
        """The chosen printer; empty when there is none."""
        return self.printer.currentText() if self._printers else ""

    @property
    def shrinks(self) -> bool:
        """Whether an F4 page goes onto A4."""
        return self._lacks_size() and self.shrink.isChecked()

    def show_paper(self, paper: Paper, size: str = "") -> None:
        """Offer the sizes and parts of one kind of paper."""
        self._paper = paper
        self.kind.setCurrentIndex(self.kind.findData(paper.key))
        self.sheets.show_paper(paper, size)
        clear(self._part_rows)
        self.parts.clear()
        self._counts.clear()
        for part in paper.parts:
            self.parts[part.key] = self._part_row(part.key, part.words, on=part.on)
        self._show_state()

    def offer(self, papers: Sequence[Paper]) -> None:
        """The kinds of paper to choose from."""
        self.kind.clear()
        for paper in papers:
            self.kind.addItem(icons.icon("file-text", "ink2", 17), self.ctx.words(paper.title), paper.key)

    def show_counts(self, counts: Mapping[str, Words]) -> None:
        """What stands beside each part; a part of which there is nothing more is switched off."""
        for key, said in self._counts.items():
            said.setText(self.ctx.words(counts[key]) if key in counts else "")

    def show_printers(self, printers: Sequence[PrinterChoice], last: str = "") -> None:
        """The printers there are, the last used one chosen."""
        self._printers = {p.name: p for p in printers}
        self.printer.clear()
        for name in self._printers:
            self.printer.addItem(icons.icon("printer", "ink2", 17), name)
        if not printers:
            self.printer.addItem(icons.icon("printer", "ink3", 17), self.ctx.words(words.NO_PRINTER_NAME))
        elif last in self._printers:
            self.printer.setCurrentText(last)
        self.printer.setEnabled(bool(printers))
        self._show_state()
        if self._hasty:
            self._hasty = False
            self.go()

    def mask_again(self) -> None:
        """The whole NIK was for the person before."""
        self.whole_nik.setChecked(False)

    def set_busy(self, *, busy: bool) -> None:
        """While the printer is at work the button waits."""
        self._busy = busy
        self._show_state()

    def enter(self) -> None:
        """What Enter does: finish the word, press the button in focus, else print."""
        if self.nik_for.hasFocus():
            self._nik_named()
        elif self.share.hasFocus() or self.save.hasFocus():
            (self.share if self.share.hasFocus() else self.save).click()
        else:
            self.go()

    def go(self) -> None:
        """Print, or save where there is no printer."""
        if self._printers is None:
            self._hasty = True
        elif self.primary.isEnabled():
            (self.print_asked if self._printers else self.save_asked).emit()

    def _make(self, papers: Sequence[Paper]) -> None:
        say = self.ctx.words
        self.kind = choice_of_few()
        self.kind.activated.connect(lambda _: self.kind_chosen.emit(self.kind.currentData()))
        self.printer = choice_of_few()
        self.printer.activated.connect(lambda _: self._show_state())
        self.sheets = SheetChoice(say(words.PAPER), papers)
        self.sheets.chosen.connect(self._size_chosen)
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.lineEdit().setTextMargins(8, 0, 0, 0)
        self.copies.valueChanged.connect(lambda _: self._show_state())
        self.whole_nik = QCheckBox(say(words.WHOLE_NIK))
        self.whole_nik.toggled.connect(self._nik_toggled)
        self.nik_state = label(say(words.MASKED), "cap")
        self.nik_for = TextEdit()
        self.nik_for.setPlaceholderText(say(words.NIK_FOR_EXAMPLE))
        self.nik_for.setMaxLength(100)
        self.nik_field = Field(say(words.NIK_FOR), self.nik_for, help_=say(words.NIK_FOR_HELP))
        self.nik_hint = _note("blue", say(words.NIK_HINT))
        self.no_printer = _note("amber", say(words.NO_PRINTER))
        self.shrink = QCheckBox(say(words.SHRINK))
        self.shrink.setChecked(True)
        self.shrink_why = label("", "cap", wrap=True)
        self.primary = HintButton("", "primary", icon="printer", hint="Enter", size="large", clicked=self.go)
        self.save = HintButton(say(words.SAVE_PDF), clicked=self.save_asked.emit)
        self.share = HintButton(say(words.FOR_WHATSAPP), icon="message-circle", clicked=self.share_asked.emit)

    def _arrange(self) -> None:
        say = self.ctx.words
        body = column(margins=(20, 14, 20, 12), spacing=12)
        body.addWidget(Field(say(words.KIND), self.kind, reserve=False))
        body.addWidget(Field(say(words.PRINTER), self.printer, reserve=False))
        body.addWidget(self.no_printer)
        line = row(spacing=12)
        line.addWidget(self.sheets, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch()
        copies = Field(say(words.COPIES), self.copies, reserve=False)
        copies.setFixedWidth(theme.current().lines(86))
        line.addWidget(copies, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(line)
        fit = column()
        fit.addWidget(self.shrink)
        fit.addWidget(self.shrink_why)
        body.addLayout(fit)
        body.addLayout(self._ticks())
        for widget in (self.nik_field, self.nik_hint):
            body.addWidget(widget)
        body.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(frame("paper", body))
        whole = column()
        whole.addWidget(scroll, 1)
        whole.addWidget(self._foot())
        self.setLayout(whole)

    def _ticks(self) -> QVBoxLayout:
        ticks = column()
        self.printed = label(self.ctx.words(words.PRINTED), "label")
        ticks.addWidget(self.printed)
        self._part_rows = column()
        ticks.addLayout(self._part_rows)
        nik = row()
        nik.addWidget(self.whole_nik, 1)
        nik.addWidget(self.nik_state)
        ticks.addLayout(nik)
        return ticks

    def _foot(self) -> QFrame:
        foot = column(margins=(20, 14, 20, 14), spacing=8)
        foot.addWidget(self.primary)
        line = row(spacing=8)
        line.addWidget(self.save, 1)
        line.addWidget(self.share)
        foot.addLayout(line)
        for button in (self.primary, self.save, self.share):
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Minimum)
            button.setSizePolicy(policy)
        return frame("footer", foot)

    def _part_row(self, key: str, said: Words, *, on: bool) -> QCheckBox:
        line: QHBoxLayout = row()
        box = QCheckBox(self.ctx.words(said).replace("&", "&&"))
        box.setChecked(on)
        box.toggled.connect(lambda _: self.layout_changed.emit())
        self._counts[key] = label("", "cap")
        line.addWidget(box, 1)
        line.addWidget(self._counts[key])
        self._part_rows.addLayout(line)
        return box

    def _size_chosen(self) -> None:
        self._show_state()
        self.layout_changed.emit()

    def _nik_toggled(self, on: bool) -> None:
        self.nik_for.clear()
        self._show_state()
        if on:
            self.nik_for.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.nik_state.setText(self.ctx.words(words.MASKED))
            self.nik_wanted.emit("")

    def _nik_named(self) -> None:
        whom = self.nik_for.text().strip()
        if whom:
            self.nik_state.setText(self.ctx.words(words.WHOLE))
            self.nik_wanted.emit(whom)
            self.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def _lacks_size(self) -> bool:
        printer = (self._printers or {}).get(self.printer_name)
        return printer is not None and self.size_name not in printer.sizes and "A4" in printer.sizes

    def _show_state(self) -> None:
        """Everything that follows from what is chosen."""
        say, there = self.ctx.words, self._printers is None or bool(self._printers)
        n = self.copies.value()
        many = words.PRINT_MANY.fill(n=n) if n > 1 else words.PRINT_ONE
        self.primary.setText(say(words.PRINTING if self._busy else many if there else words.SAVE_PDF))
        icons.put(self.primary, "printer" if there else "file-down", "onPri")
        self.primary.setEnabled(not self._busy)
        self.save.setVisible(there)
        self.no_printer.setVisible(not there)
        self.copies.setEnabled(there)
        for widget in (self.shrink, self.shrink_why):
            widget.setVisible(self._lacks_size())
        self.shrink.setText(say(words.SHRINK if self.size_name == "F4" else words.ON_A4))
        self.shrink_why.setText(say(words.SHRINK_WHY, size=SIZES[self.size_name].label or self.size_name))
        whole, masks = self.whole_nik.isChecked(), self._paper.masks_nik
        for widget in (self.whole_nik, self.nik_state):
            widget.setVisible(masks)
        self.printed.setVisible(masks or bool(self._paper.parts))
        self.nik_field.setVisible(masks and whole)
        self.nik_hint.setVisible(masks and there and not self._lacks_size() and not whole)


def _note(tone: str, text: str) -> Banner:
    note = Banner(tone, "", text)
    note.text.setProperty("role", "small")
    return note
