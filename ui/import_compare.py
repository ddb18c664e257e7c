"""Side by side: the person in a row, and somebody who may be the same one. A person decides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from models import reference
from models.i18n import Lang
from models.import_matches import Match, Person, person_of
from models.import_plan import Decision, Plan
from models.kinds import NIK, PHONE
from ui.widgets.buttons import HintButton, link
from ui.widgets.chips import StatusChip
from ui.widgets.frames import Card, column, frame, row
from ui.widgets.labels import label, rule
from ui.words import importing as words

DIGITS = {"1": "same", "2": "skip", "3": "different"}


class ComparePanel(QFrame):
    """Nothing is preselected; the digits on the buttons decide, Esc leaves it open."""

    decided = Signal(int, object)  # the row, a Decision
    left = Signal()

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._row, self._at = 0, 0
        self._plan: Plan | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = column(spacing=0)
        self.setLayout(whole)
        head = row(spacing=10)
        head.addWidget(label(words.SAME_PERSON.to(lang), "h2"))
        head.addStretch()
        self._place = label("", "cap")
        self._next = link(words.NEXT_CANDIDATE.to(lang), self._show_next)
        head.addWidget(self._place)
        head.addWidget(self._next)
        whole.addLayout(head)
        whole.addWidget(label(words.SAME_PERSON_HELP.to(lang), "smallmuted", wrap=True))
        whole.addSpacing(10)
        self._card = Card(margins=(0, 4, 0, 4))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        holder = column(spacing=14)
        holder.addWidget(self._card)
        holder.addLayout(self._buttons())
        holder.addStretch()
        scroll.setWidget(frame("canvas", holder))
        whole.addWidget(scroll, 1)

    def show_row(self, plan: Plan, number: int) -> None:
        """Compare the person of a row with the likeliest other one."""
        self._plan, self._row, self._at = plan, number, 0
        self._fill()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in DIGITS:
            self._decide(DIGITS[event.text()])
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QHBoxLayout:
        stack = column(spacing=8)
        for digit, text in (("1", words.IS_SAME), ("2", words.IS_SKIP), ("3", words.IS_DIFFERENT)):
            button = HintButton(
                text.to(self._lang), hint=digit, clicked=lambda digit=digit: self._decide(DIGITS[digit])
            )
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            stack.addWidget(button)
        later = HintButton(words.LATER.to(self._lang), "text", hint="Esc", clicked=self.left.emit)
        line = row(spacing=12)
        line.addLayout(stack)
        line.addWidget(later, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch()
        return line

    @property
    def _matches(self) -> list[Match]:
        return self._plan.matches[self._row] if self._plan else []

    def _show_next(self) -> None:
        self._at = (self._at + 1) % len(self._matches)
        self._fill()

    def _decide(self, act: str) -> None:
        person = self._matches[self._at].person
        decision = Decision() if act == "different" else Decision(person, skip=act == "skip")
        self.decided.emit(self._row, decision)

    def _fill(self) -> None:
        assert self._plan is not None  # noqa: S101 - shown only after show_row
        many = len(self._matches) > 1
        self._place.setText(words.CANDIDATE.fill(n=self._at + 1, all=len(self._matches)).to(self._lang) if many else "")
        self._next.setVisible(many)
        mine, other = person_of(self._plan.row(self._row)), self._matches[self._at].person
        grid = QGridLayout()
        grid.setContentsMargins(16, 6, 16, 6)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(self._where(mine), "smallbold", wrap=True), 0, 1)
        grid.addWidget(label(self._where(other), "smallbold", wrap=True), 0, 2)
        for i, fact in enumerate(words.FACTS):
            grid.addWidget(rule(), i * 2 + 1, 0, 1, 4)
            self._fill_fact(grid, i * 2 + 2, fact, self._text(mine, fact), self._text(other, fact))
        self._card.body.takeAt(0)
        old, self._inner = getattr(self, "_inner", None), QWidget()
        if old is not None:
            old.deleteLater()
        self._inner.setLayout(grid)
        self._card.body.addWidget(self._inner)

    def _fill_fact(self, grid: QGridLayout, at: int, fact: str, mine: str, other: str) -> None:
        grid.addWidget(label(words.FACTS[fact].to(self._lang), "smallmuted"), at, 0)
        for column_, text in ((1, mine), (2, other)):
            shown = label(
                text or words.NOT_COMPARABLE.to(self._lang),
                "bold" if text and mine == other else "" if text else "cap",
                wrap=True,
            )
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, at, column_)
        if mine and mine == other:
            grid.addWidget(StatusChip("gr", words.EQUAL.to(self._lang), "equal"), at, 3)

    def _where(self, person: Person) -> str:
        place = words.IN_FILE.fill(row=person.row) if person.row else words.REGISTERED
        return place.to(self._lang)

    def _text(self, person: Person, fact: str) -> str:
        if fact == "nik":
            return NIK.mask(person.nik or None, self._lang)
        if fact == "phone":
            return PHONE.show(person.phone or None, self._lang)
        if fact == "village":
            return ", ".join(reference.path(person.village).split(", ")[:2]) if person.village else ""
        if fact == "businesses":
            return ", ".join(person.businesses)
        return str(getattr(person, fact))
