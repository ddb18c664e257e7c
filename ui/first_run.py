"""The first run: five steps from the language to a first screen, or straight into the sample office."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models.clock import Clock
from models.errors import AppError
from models.i18n import Lang
from models.onboarding import NewAccount, Person, make_account, open_sample
from ui import icons, theme
from ui.dialogs import Dialogs
from ui.gate import Gate, Opened, brand
from ui.widgets import FocusRing, HintButton, column, frame, label, row
from ui.widgets.painting import paint_letters
from ui.words import first_run as w

STEPS = (
    ("ui.first_run_steps", "LanguageStep"),
    ("ui.first_run_steps", "OfficeStep"),
    ("ui.first_run_steps", "PersonStep"),
    ("ui.first_run_end", "PassphraseStep"),
    ("ui.first_run_end", "ReadyStep"),
)


WIDE = 640  # px of the questions, as drawn


class Step(Protocol):
    """What the frame asks of one step."""

    skippable: bool

    def start(self) -> None: ...
    def check(self) -> bool: ...


@dataclass
class Answers:
    """What was answered so far."""

    person: Person
    passphrase: str = ""
    made: NewAccount | None = None


class StepList(QWidget):
    """The five steps at the left: done, now, to come."""

    ROW = 46

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self.current = 0
        self.setMinimumHeight(self.ROW * len(w.STEPS))

    def show_step(self, number: int) -> None:
        """Mark the step that stands on the right."""
        self.current = number
        self.setAccessibleName(f"{w.STEP_OF.fill(n=number + 1).to(self._lang)}: {w.STEPS[number].to(self._lang)}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, words in enumerate(w.STEPS):
            disc = self.rect().adjusted(0, n * self.ROW + 9, 0, 0)
            disc.setWidth(28)
            disc.setHeight(28)
            self._paint_disc(painter, disc, n)
            painter.setFont(look.font(14, 700 if n == self.current else 400))
            painter.setPen("#FFFFFF" if n == self.current else look.color("sideInk"))
            text = self.rect().adjusted(40, n * self.ROW, 0, 0)
            text.setHeight(self.ROW)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), words.to(self._lang))

    def _paint_disc(self, painter: QPainter, disc: QRect, n: int) -> None:
        look, digits = theme.current(), theme.Theme().font(13, 700)
        if n < self.current:
            paint_letters(painter, disc, look.color("sideOn"), look.color("sideInk"), "", digits, 14)
            painter.drawPixmap(disc.left() + 6, disc.top() + 6, icons.pixmap("check", "#FFFFFF", 16, stroke=2.4))
        elif n == self.current:
            dark = theme.Theme("light").color("ink")
            paint_letters(painter, disc, theme.Theme("light").color("mango"), dark, str(n + 1), digits, 14)
        else:
            painter.setPen(QPen(look.color("sideMute"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.toRectF().adjusted(0.75, 0.75, -0.75, -0.75))
            painter.setFont(digits)
            painter.setPen(look.color("sideInk"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(n + 1))


class FirstRun(Gate):
    """Walks through the steps; nothing is written before the passphrase is made."""

    opened = Signal(Opened)
    cancelled = Signal()
    language = Signal(str)

    def __init__(self, clock: Clock, lang: Lang, dialogs: Dialogs, *, version: str, may_cancel: bool = False) -> None:
        super().__init__(lang)
        self.clock, self.dialogs = clock, dialogs
        self._may_cancel = may_cancel
        self.answers = Answers(Person(lang=lang))
        self.setProperty("role", "canvas")
        self._build(version)
        self._ring = FocusRing(self)
        self.show_step(0)

    def _build(self, version: str) -> None:
        left = column(margins=(44, 44, 40, 32))
        left.addWidget(brand(44, "brandbig"))
        left.addSpacing(16)
        left.addWidget(label(w.SLOGAN.to(self.lang), "gatelead", wrap=True))
        left.addSpacing(32)
        self.list = StepList(self.lang)
        left.addWidget(self.list)
        left.addStretch()
        left.addWidget(label(w.VERSION.fill(version=version).to(self.lang), "sidecap"))
        side = frame("side", left)
        side.setFixedWidth(theme.current().room(390))
        right = column(margins=(72, 52, 72, 28), spacing=0)
        self._eyebrow = label("", "eyebrow")
        right.addWidget(self._eyebrow)
        right.addSpacing(4)
        self._stack = QStackedWidget()
        self._stack.setFixedWidth(WIDE)
        self._steps: dict[int, QWidget] = {}
        right.addWidget(self._stack, 1)
        right.addSpacing(16)
        right.addWidget(self._foot())
        beside = row()
        beside.addLayout(right)
        beside.addStretch()
        whole = row()
        whole.addWidget(side)
        whole.addLayout(beside, 1)
        self.setLayout(whole)

    def _foot(self) -> QWidget:
        self.back_button = HintButton(w.BACK.to(self.lang), clicked=self._back)
        self.skip_button = HintButton(w.SKIP.to(self.lang), "text", clicked=self.skip)
        self.next_button = HintButton(
            w.NEXT.to(self.lang), "primary", icon="arrow-right", hint="Enter", size="large", clicked=self.next
        )
        line = row(spacing=12)
        for part in (self.back_button, None, self.skip_button, self.next_button):
            if part is None:
                line.addStretch()
            else:
                line.addWidget(part)
        foot = QWidget()
        foot.setLayout(line)
        foot.setFixedWidth(WIDE)
        return foot

    @property
    def number(self) -> int:
        """The step in front, from 0."""
        return self.list.current

    @property
    def step(self) -> QWidget:
        """The page of the step in front."""
        return self._steps[self.number]

    def show_step(self, number: int) -> None:
        """Bring a step to the front, building it the first time."""
        if number not in self._steps:
            module, name = STEPS[number]
            made: QWidget = getattr(import_module(module), name)(self)
            self._steps[number] = made
            self._stack.addWidget(made)
        self.list.show_step(number)
        self._eyebrow.setText(w.STEP_OF.fill(n=number + 1).to(self.lang))
        self._stack.setCurrentWidget(self._steps[number])
        last = number == len(STEPS) - 1
        self.back_button.setVisible(not last and (number > 0 or self._may_cancel) and self.answers.made is None)
        self.skip_button.setVisible(bool(getattr(self._steps[number], "skippable", False)))
        self.next_button.setVisible(not last)
        self.next_button.setEnabled(True)
        self._start()

    def _start(self) -> None:
        step: Step = self.step  # pyright: ignore[reportAssignmentType]
        step.start()

    def next(self) -> None:
        """Go on when the step in front is answered."""
        step: Step = self.step  # pyright: ignore[reportAssignmentType]
        if self.next_button.isEnabled() and step.check():
            self.show_step(self.number + 1)

    def skip(self) -> None:
        """Connect to the office later."""
        self.answers.person = replace(self.answers.person, code="", server="", server_pin="")
        self.show_step(self.number + 1)

    def _back(self) -> None:
        if self.number == 0:
            self.cancelled.emit()
        else:
            self.show_step(self.number - 1)

    def make(self, passphrase: str, done: Callable[[NewAccount], object], failed: Callable[[AppError], object]) -> None:
        """Write the account: the one moment at which something is stored."""
        person = replace(self.answers.person, lang=self.lang)
        self.next_button.setEnabled(False)
        self.run(lambda: make_account(person, passphrase, self.clock), done, failed)

    def make_sample(self, failed: Callable[[AppError], object]) -> None:
        """Open the sample office, building it the first time."""
        self.run(lambda: open_sample(self.lang), self.finish_with, failed)

    def finish_with(self, made: NewAccount, start: str = "home") -> None:
        """Hand the open account to the program."""
        self.opened.emit(Opened(made.account, made.store, start))
