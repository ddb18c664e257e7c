"""Pemberitahuan, the last step of registering: was the owner told, and what does the owner allow."""

import html
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from models.consents import CONSENT, NOTICE, PURPOSES, read_aloud
from models.owners import INFORMED
from models.registration import MANDATORY
from models.schema import Problem
from ui import theme
from ui.context import Context
from ui.widgets import (
    Answers,
    ElidedLabel,
    ErrorSummary,
    Field,
    Segmented,
    StatusChip,
    TextEdit,
    column,
    frame,
    icon_label,
    label,
    row,
    rule,
)
from ui.words import common
from ui.words import register as words

ICONS = {"signed": "pencil-line", "read_aloud": "users", "not_yet": "clock", "refused": "ban"}
TOLD = ("signed", "read_aloud")
INFORMED_KEY, WITNESS_KEY = "consent.informed", "consent.witness"


class PurposeRow(QWidget):
    """One optional purpose: yes, no, or not asked; pressing the answer again takes it back."""

    answered = Signal()

    def __init__(self, ctx: Context, number: int, purpose: str) -> None:
        super().__init__()
        self._standing: str | None = None
        self.answers = Segmented([("yes", ctx.words(words.AGREE)), ("no", ctx.words(words.DISAGREE))], size="small")
        self.unasked = StatusChip("neu", ctx.words(words.NOT_ASKED), "minus")
        title = ctx.words(CONSENT[purpose].label)
        for button in self.answers.buttons():
            button.setAccessibleName(f"{title}: {button.text()}")
        line, texts = row(spacing=12), column()
        self.setLayout(line)
        digit = label(str(number), "h3")
        digit.setFixedWidth(16)
        texts.addStretch()
        texts.addWidget(ElidedLabel(title, "bold"))
        texts.addWidget(label(ctx.words(NOTICE.purposes[purpose]), "cap", wrap=True))
        texts.addStretch()
        line.addWidget(digit)
        line.addLayout(texts, 1)
        line.addWidget(self.unasked)
        line.addWidget(self.answers)
        self.setMinimumHeight(theme.current().lines(50))
        self.answers.chosen.connect(self._chosen)

    def value(self) -> str:
        """`yes`, `no`, or empty while not asked."""
        return self.answers.value() or ""

    def set_value(self, answer: str) -> None:
        """Show an answer."""
        self.answers.set_value(answer or None)
        self._standing = self.answers.value()
        self.unasked.setVisible(self._standing is None)

    def _chosen(self, answer: str) -> None:
        self.set_value("" if answer == self._standing else answer)
        self.answered.emit()


class Notification(QScrollArea):
    """The question with its four answers, the witness, and the purposes one by one."""

    changed = Signal()
    answered = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._above = ctx, column()
        self.summary = ErrorSummary()
        self._who = ElidedLabel("", "smallmuted")
        options = [
            (o.code, ctx.words(o.words), ctx.words(words.NOTICE_HELP[o.code]), ICONS[o.code]) for o in INFORMED.options
        ]
        self.answers = Answers(options)
        self.witness = Field(ctx.words(words.WITNESS), TextEdit(), tag=ctx.words(common.OPTIONAL), reserve=False)
        self.witness.setContentsMargins(0, 10, 0, 0)
        self.purposes = {p: PurposeRow(ctx, i + 2, p) for i, p in enumerate(PURPOSES)}
        self._build()
        self.answers.chosen.connect(self._chosen)
        self.witness.edit.textEdited.connect(lambda _: self.changed.emit())  # pyright: ignore[reportAttributeAccessIssue]
        for purpose in self.purposes.values():
            purpose.answered.connect(self.changed)

    def typed(self) -> dict[str, str]:
        """The answers as `models.registration` takes them."""
        answers = {f"consent.{p}": made.value() for p, made in self.purposes.items()}
        return answers | {INFORMED_KEY: self.answers.value() or "", WITNESS_KEY: self._witness_edit().text()}

    def write(self, entry: Mapping[str, str]) -> None:
        """Show answers; what the entry does not name is not answered."""
        self.answers.set_value(entry.get(INFORMED_KEY) or None)
        self._witness_edit().setText(entry.get(WITNESS_KEY, ""))
        for purpose, made in self.purposes.items():
            made.set_value(entry.get(f"consent.{purpose}", ""))
        self.summary.clear()
        self._follow()

    def ask_about(self, who: str, *, known: bool) -> None:
        """Name the owner in front; somebody already registered is not refused here."""
        self._who.setText(self._ctx.words(words.NOTICE_LINE_KNOWN if known else words.NOTICE_LINE, who=who))
        self.answers.rows[-1].setVisible(not known)

    def show_above(self, card: "ReadAloud | None") -> None:
        """Where there is no room beside: the sentence to read aloud, over the answers."""
        if card:
            card.stand(beside=False)
            self._above.addWidget(card)
            card.show()

    def take_focus(self) -> None:
        """On the answer that stands, else on the first."""
        chosen = next((r for r in self.answers.rows if r.isChecked()), self.answers.rows[0])
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self.verticalScrollBar().setValue(0)

    def show_unanswered(self) -> None:
        """The question must be answered."""
        problem = Problem("error", "missing", MANDATORY[INFORMED_KEY])
        line = (self._ctx.words(problem.words), self.take_focus)
        self.summary.show_problems(self._ctx.words(common.ONE_PROBLEM), [line])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.answers.choose(int(event.text()))
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas, stack = QWidget(self.viewport()), column(margins=(24, 16, 24, 16))
        canvas.setProperty("role", "canvas")
        canvas.setLayout(stack)
        stack.addWidget(self.summary)
        stack.addWidget(label(self._ctx.words(words.HEAD_NOTICE), "h2", wrap=True))
        stack.addWidget(self._who)
        stack.addSpacing(10)
        stack.addLayout(self._above)
        stack.addWidget(self.answers)
        stack.addWidget(self.witness)
        stack.addSpacing(14)
        self._add_purposes(stack)
        stack.addStretch()
        self.setWidget(canvas)

    def _add_purposes(self, stack: QVBoxLayout) -> None:
        head = row()
        head.addWidget(label(self._ctx.words(words.PURPOSES), "h3"))
        note = ElidedLabel(self._ctx.words(words.PURPOSES_NOTE), "cap")
        note.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(note, 1)
        stack.addLayout(head)
        for purpose in self.purposes.values():
            stack.addWidget(purpose)
            stack.addWidget(rule())
        stack.addSpacing(8)
        stack.addWidget(label(self._ctx.words(NOTICE.no_harm), "cap", wrap=True))

    def _chosen(self, code: str) -> None:
        self.summary.clear()
        self._follow()
        self.changed.emit()
        self.answered.emit(code)

    def _follow(self) -> None:
        """The witness is asked for where there may be one; purposes of whoever was told."""
        code = self.answers.value()
        self.witness.setVisible(code == "read_aloud")
        for purpose in self.purposes.values():
            purpose.answers.setEnabled(code is None or code in TOLD)

    def _witness_edit(self) -> TextEdit:
        assert isinstance(self.witness.edit, TextEdit)  # noqa: S101 - made so above
        return self.witness.edit


class ReadAloud(QWidget):
    """The sentence to read to the owner, and why the data may be kept."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._whole = whole = column(spacing=12)
        self.setLayout(whole)
        self.stand(beside=True)
        inner = column(margins=(16, 16, 16, 16), spacing=8)
        head = row(spacing=8)
        head.addWidget(icon_label("volume-2", "ink", 18))
        head.addWidget(label(ctx.words(words.READ_ALOUD), "bold"), 1)
        self.sentence = label("", "speech", wrap=True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        inner.addLayout(head)
        inner.addWidget(self.sentence)
        card: QFrame = frame("card", inner)
        whole.addWidget(card)
        line = row(margins=(14, 12, 14, 12), spacing=12)
        line.addWidget(icon_label("shield-check", "blueInk", 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(ctx.words(words.LEGAL_BASIS), "small", wrap=True), 1)
        basis = frame("", line)
        basis.setProperty("tone", "blue")
        whole.addWidget(basis)
        whole.addStretch()

    def stand(self, *, beside: bool) -> None:
        """Beside the question, or over its answers."""
        self._whole.setContentsMargins(*((0, 16, 20, 16) if beside else (0, 0, 0, 12)))

    def address(self, sex: str) -> None:
        """Speak to a woman, a man, or either."""
        sentence = html.escape(self._ctx.words(read_aloud(sex)))
        self.sentence.setText(f'<div style="line-height:125%">{sentence}</div>')
