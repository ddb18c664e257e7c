"""Bantuan: topics at the left, a search over questions and answers, the answer with the button that does it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.context import Context
from ui.help_answers import Answer, Topic, everything
from ui.owners_search import SearchEdit
from ui.page import Page
from ui.screens import SCREENS
from ui.shortcuts import SHORTCUTS
from ui.widgets import Card, HintButton, StatusChip, clear, column, frame, label, link, row
from ui.words import help as w

TOPICS_WIDTH, LIST_WIDTH, MOST, SCROLLBAR = 246, 300, 2, 16


class Question(QPushButton):
    """A question of the list, with its topic below it; the arrows move between them."""

    def __init__(self, text: str, topic: str) -> None:
        super().__init__()
        self.setProperty("kind", "question")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{text}. {topic}")
        self._lines = column(margins=(16, 10, 12, 10), spacing=1)
        self._lines.addWidget(label(text, "bold", wrap=True))
        self._lines.addWidget(label(topic, "cap"))
        self.setLayout(self._lines)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self, width: int) -> None:
        """As high as the question is at this width."""
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        self.setFixedHeight(self._lines.totalHeightForWidth(width))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if step := steps.get(Qt.Key(event.key())):
            around = self.parentWidget()
            near = around.findChildren(Question) if around else []
            at = near.index(self) + step
            if 0 <= at < len(near):
                near[at].setFocus(Qt.FocusReason.TabFocusReason)
                near[at].click()
            return
        super().keyPressEvent(event)


class HelpPage(Page):
    """F1 opens it with what is asked on the screen in front."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._help = everything()
        self._about = "home"
        self._card = HintButton(ctx.words(w.PRINT_CARD), icon="printer", clicked=self._print_card)
        self.search = SearchEdit(ctx.words(w.SEARCH))
        self.search.textChanged.connect(self._searched)
        self.search.down.connect(self._into_list)
        self.topics: dict[str, QPushButton] = {}
        self.questions: list[Question] = []
        self._build()

    @override
    def title(self) -> str:
        return self.ctx.words(w.TITLE)

    @override
    def notes(self) -> Sequence[QWidget]:
        return [StatusChip("ok", self.ctx.words(w.OFFLINE), "hard-drive")]

    @override
    def buttons(self) -> Sequence[QWidget]:
        return [self._card]

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._rail, self.search, self._listed)

    @override
    def open(self, **args: object) -> None:
        """`about`: the screen that was in front."""
        if about := str(args.get("about") or ""):
            self._about = about
        self.search.clear()
        found = self._help.of_screen(self._about) or self._help.of_screen("home")
        self._show_topic(found[0].topic, first=found[0])
        self._show_foot()
        self.search.setFocus()

    def _build(self) -> None:
        rail, self._rail = column(margins=(12, 12, 12, 12), spacing=2), QWidget()
        self._rail.setLayout(rail)
        self._rail.setFixedWidth(theme.current().lines(TOPICS_WIDTH))
        for topic in self._help.topics:
            self.topics[topic.key] = self._topic(topic)
            rail.addWidget(self.topics[topic.key])
        rail.addStretch()
        self._lines, self._foot = column(), column(margins=(16, 10, 16, 12), spacing=2)
        self._listed = Card(margins=(1, 6, 1, 0), spacing=0)
        self._listed.setFixedWidth(theme.current().lines(LIST_WIDTH))
        self._listed.body.addWidget(_scrolled(self._lines), 1)
        self._listed.body.addWidget(frame("cardfoot", self._foot))
        self._answer = column(margins=(23, 17, 23, 17), spacing=14)
        self._shown = Card(margins=(3, 3, 3, 3))  # within the round corners
        self._shown.body.addWidget(_scrolled(self._answer))
        below, right, whole = row(spacing=16), column(margins=(16, 12, 20, 16), spacing=12), row()
        below.addWidget(self._listed)
        below.addWidget(self._shown, 1)
        right.addWidget(self.search)
        right.addLayout(below, 1)
        whole.addWidget(frame("rail", _line(self._rail)))
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _topic(self, topic: Topic) -> QPushButton:
        words, count = self.ctx.words(topic.words), label(str(len(self._help.of_topic(topic.key))), "cap")
        made = QPushButton(words.replace("&", "&&"))
        made.setAccessibleName(f"{words}: {self.ctx.words(w.ANSWERS, n=count.text())}")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(margins=(0, 0, 12, 0))
        line.addStretch()
        line.addWidget(count)
        made.setLayout(line)
        made.setProperty("kind", "topic")
        made.setCheckable(True)
        icons.put(made, topic.icon, "ink2", 18)
        made.clicked.connect(lambda: (self.search.clear(), self._show_topic(topic.key)))
        return made

    def _show_topic(self, key: str, first: Answer | None = None) -> None:
        for name, button in self.topics.items():
            button.setChecked(name == key)
        answers = self._help.of_topic(key)
        self._list(sorted(answers, key=lambda a: a is not first))

    def _searched(self, typed: str) -> None:
        if not typed.strip():
            self.search.show_count("")
            chosen = next((key for key, button in self.topics.items() if button.isChecked()), "")
            self._show_topic(chosen or self._help.topics[0].key)
            return
        found = self._help.search(typed)
        for button in self.topics.values():
            button.setChecked(False)
        self.search.show_count(self.ctx.words(w.ANSWERS, n=len(found)))
        self._list(found)
        if not found:
            self._show_nothing(typed)

    def _list(self, answers: Sequence[Answer]) -> None:
        """Show these questions and the first one's answer."""
        clear(self._lines)
        topics = {topic.key: self.ctx.words(topic.words) for topic in self._help.topics}
        self.questions = [Question(self.ctx.words(a.question), topics[a.topic]) for a in answers]
        for question, answer in zip(self.questions, answers, strict=True):
            question.clicked.connect(lambda _=False, answer=answer: self._show(answer))
            self._lines.addWidget(question)
            question.fit(self._listed.width() - SCROLLBAR)
        self._lines.addStretch()
        if answers:
            self.questions[0].setChecked(True)
            self._show(answers[0])

    def _show(self, answer: Answer) -> None:
        clear(self._answer)
        self._answer.addWidget(label(self.ctx.words(answer.question), "h1", wrap=True))
        self._answer.addWidget(label(self.ctx.words(answer.lead), "lead", wrap=True))
        for number, step in enumerate(answer.steps, start=1):
            line = row(spacing=12)
            line.addWidget(label(str(number), "step"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(self.ctx.words(step), wrap=True), 1)
            self._answer.addLayout(line)
        screen = self.ctx.words(SCREENS[answer.go].title)
        act = HintButton(self.ctx.words(w.OPEN, screen=screen), "primary", icon="arrow-right",
                         clicked=lambda: self.ctx.go(answer.go))  # fmt: skip
        self._answer.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        self._answer.addStretch()

    def _show_nothing(self, typed: str) -> None:
        clear(self._answer)
        self._answer.addWidget(label(self.ctx.words(w.NOTHING, text=typed.strip()), "h1", wrap=True))
        self._answer.addWidget(label(self.ctx.words(w.NOTHING_HELP), "lead", wrap=True))
        self._answer.addStretch()

    def _show_foot(self) -> None:
        """What is asked on the screen from which help was called."""
        clear(self._foot)
        screen = self.ctx.words(SCREENS[self._about].title).upper()
        self._foot.addWidget(label(self.ctx.words(w.ABOUT_SCREEN, screen=screen), "cap", wrap=True))
        for answer in self._help.of_screen(self._about)[:MOST]:
            asked = self.ctx.words(answer.question)
            act = link(asked, lambda answer=answer: self._show(answer))
            act.setText(act.fontMetrics().elidedText(asked, Qt.TextElideMode.ElideRight, self._listed.width() - 40))
            act.setAccessibleName(asked)
            act.setToolTip(asked)
            self._foot.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)

    def _into_list(self) -> None:
        if self.questions:
            self.questions[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _print_card(self) -> None:
        given = [(s.printed, s.act) for s in SHORTCUTS.values()]
        self.ctx.go("preview", paper="kartu-pintasan", given=given)


def _line(widget: QWidget) -> QVBoxLayout:
    around = column()
    around.addWidget(widget)
    return around


def _scrolled(inside: QVBoxLayout) -> QScrollArea:
    area, holder = QScrollArea(), QWidget()
    holder.setProperty("role", "paper")
    holder.setLayout(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setProperty("role", "paper")
    area.viewport().setProperty("role", "paper")
    area.setWidget(holder)
    return area
