"""Conditions on a business, put together from lists: what is looked at, how, and the value."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget, QWidget

from models import conditions
from models.clock import Clock
from models.conditions import Condition
from models.i18n import Lang
from models.kinds import YES_NO
from models.search import fold
from ui import icons
from ui.preview_choices import choice_of_few
from ui.widgets.buttons import HintButton
from ui.widgets.edits import TextEdit
from ui.widgets.flow import Flow
from ui.widgets.frames import clear, column, row
from ui.widgets.labels import label
from ui.widgets.search_edit import ChoiceSearchEdit
from ui.words import common
from ui.words import conditions as w

PLAIN, LISTED = 0, 1  # how a value is given: written, or chosen from the options of its kind


class ConditionsEdit(QWidget):
    """The conditions as chips that go when pressed, and a line that adds one.

    A line of text that cannot be read stands as it was written; nothing is lost by opening it here.
    """

    edited = Signal()

    def __init__(self, lang: Lang, clock: Clock) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._clock = clock
        self._lines: list[str] = []
        self._known = conditions.facts()
        self.chips = Flow(spacing=6)
        self.fact = ChoiceSearchEdit(self._find, self._name)
        self.fact.setPlaceholderText(w.FACT.to(lang))
        self.op, self.options = choice_of_few(), choice_of_few()
        self.value = TextEdit()
        self.value.setPlaceholderText(w.VALUE.to(lang))
        self._values = QStackedWidget()
        self._values.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for part in (self.value, self.options):
            self._values.addWidget(part)
        self.add = HintButton(w.ADD.to(lang), size="small", icon="plus", clicked=self._add)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        for part, name in ((self.fact, w.FACT), (self.op, w.OPERATOR), (self.value, w.VALUE), (self.options, w.VALUE)):
            part.setAccessibleName(name.to(lang))
        self._arrange()
        self.fact.chosen.connect(lambda _: self._offer())
        self.op.activated.connect(lambda _: self._ask_value())
        self.value.returnPressed.connect(self._add)
        self._offer()

    def typed(self) -> str:
        """One condition a line, as `models.conditions` reads it."""
        return "\n".join(self._lines)

    def write(self, text: str) -> None:
        """Show these conditions."""
        self._lines = [line.strip() for line in text.splitlines() if line.strip()]
        self._show()

    def _arrange(self) -> None:
        whole, line = column(spacing=8), row(spacing=8)
        whole.addLayout(self.chips)
        line.addWidget(self.fact, 3)
        line.addWidget(self.op, 2)
        line.addWidget(self._values, 2)
        line.addWidget(self.add)
        whole.addLayout(line)
        whole.addWidget(self.fault)
        self.setLayout(whole)
        self.setFocusProxy(self.fact)

    def _find(self, typed: str) -> list[tuple[str, str]]:
        wanted = fold(typed)
        return [(key, self._name(key)) for key in self._known if wanted in fold(self._name(key))]

    def _name(self, key: str) -> str:
        return self._known[key].words.to(self._lang) if key in self._known else key

    def _offer(self) -> None:
        """The ways in which the chosen fact may be looked at, and its options."""
        key = self.fact.value() or ""
        _fill(self.op, [(op, w.OPERATORS[op].to(self._lang)) for op in conditions.operators(key)])
        _fill(self.options, self._answers(key))
        self._ask_value()

    def _answers(self, key: str) -> list[tuple[str, str]]:
        """What can be chosen as the value of a fact; nothing where it is written."""
        kind = self._known[key].kind if key in self._known else None
        if kind is YES_NO:
            return [("1", common.YES.to(self._lang)), ("0", common.NO.to(self._lang))]
        return [(o.code, o.words.to(self._lang)) for o in (kind.options if kind else ())]

    def _ask_value(self) -> None:
        op = self.op.currentData()
        self._values.setVisible(bool(op) and conditions.takes_value(op))
        self._values.setCurrentIndex(LISTED if self.options.count() and op == "=" else PLAIN)
        self.add.setEnabled(bool(op))

    def _add(self) -> None:
        key, op = self.fact.value(), self.op.currentData()
        if not key or not op:
            return
        listed = self._values.currentIndex() == LISTED
        value = self.options.currentData() if listed else self.value.text().strip()
        line = conditions.write([Condition(key, op, value if conditions.takes_value(op) else "")])
        problems = conditions.CONDITIONS.check(line, self._clock.today())
        self.fault.setText(problems[0].words.to(self._lang) if problems else "")
        self.fault.setVisible(bool(problems))
        if problems:
            self.value.setFocus()
            return
        if line not in self._lines:
            self._lines.append(line)
        self.value.clear()
        self._changed()

    def _show(self) -> None:
        clear(self.chips)
        for line in self._lines:
            self.chips.addWidget(self._chip(line))
        self.updateGeometry()

    def _chip(self, line: str) -> HintButton:
        read = conditions.read(line)
        text = read[0].words.to(self._lang) if read else line
        chip = HintButton(text.replace("&", "&&"), size="small", clicked=self._taker(line))
        icons.put(chip, "x", "ink2" if read else "red", 14)
        chip.setAccessibleName(w.REMOVE.fill(what=text).to(self._lang))
        chip.setToolTip(chip.accessibleName())
        return chip

    def _taker(self, line: str) -> Callable[[], object]:
        def take() -> None:
            self._lines.remove(line)
            self._changed()

        return take

    def _changed(self) -> None:
        self._show()
        self.edited.emit()


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    combo.clear()
    for code, words in items:
        combo.addItem(words, code)
