"""The fields of a session: topics, note, place and result, and the follow-up."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from models import reference, sessions
from models.consultations import FOLLOW_UP_KIND, PLACE, RESULT
from models.i18n import WEEKDAYS, Words, in_both, short_date
from models.schema import Option, Problem
from models.sessions import About
from ui.context import Context
from ui.editors import Editor, side_by_side
from ui.form import Form
from ui.session_topics import TopicGrid
from ui.widgets import Segmented, TextArea, column, label
from ui.words import session as words

NO_FOLLOW_UP = Option("none", words.FOLLOW_UP_NONE)
OFFERED = ("owner_sends", "we_call")
TASK = tuple(key for key in sessions.KEYS if key.startswith("follow_up.") and key != "follow_up.kind")
DATE_WIDTH = 190
NOTE_AT_LEAST = 114
GROWS = ("follow_up.what", "follow_up.responsible_name")
STACKED_BELOW = 820  # px of width at 100 % text


class SessionForm(QScrollArea):
    """`form` holds the fields; those of the follow-up stand there only when there is one."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.topics = TopicGrid(ctx.lang)
        self._kinds = [NO_FOLLOW_UP, *(o for o in FOLLOW_UP_KIND.options if o.code in OFFERED)]
        special = {
            "consultation.topics": _listening(self.topics),
            "consultation.place": self._side_by_side(PLACE.options),
            "consultation.result": self._side_by_side(RESULT.options),
            "follow_up.kind": self._side_by_side(self._kinds),
        }
        declared = {key: sessions.field_of(key) for key in sessions.KEYS}
        self.form = Form(ctx, declared, titles=words.LABEL, check=self._check, special=special, reserve=False)
        self._meaning = label("", "bold")
        self._moved = label("", "warning", wrap=True)
        self._task, self._preset = QWidget(self.viewport()), "me"
        self._lines: list[QBoxLayout] = []
        self._build()
        self.form.changed.connect(self._typed)
        self.write({})

    def typed(self) -> dict[str, str]:
        """The entry as `models.sessions` takes it; without a follow-up its fields are empty."""
        entry = self.form.typed()
        if entry["follow_up.kind"] == NO_FOLLOW_UP.code:
            entry |= dict.fromkeys((*TASK, "follow_up.kind"), "")
        return entry

    def write(self, entry: Mapping[str, str]) -> None:
        """Show an entry; what it does not name is empty."""
        shown = {key: entry.get(key, "") for key in sessions.KEYS}
        shown["follow_up.kind"] = shown["follow_up.kind"] or NO_FOLLOW_UP.code
        self.form.write(shown)
        self.form.clear_problems()
        for field in self.form.fields.values():
            field.show_problem("")
        self._follow()

    def meet(self, who: About) -> None:
        """Offer the Kasie of the owner's village when it is another than mine, and preset it."""
        village = reference.region(who.scope)
        other = village is not None and who.scope != self._ctx.profile.home_scope
        named = words.RESPONSIBLE_KASIE.fill(village=village.name if village else "")
        kasie = self._responsible().buttons()[1]
        kasie.setText(self._ctx.words(named) + (f" — {who.kasie['name']}" if who.kasie else ""))
        kasie.setVisible(other)
        self._preset = "kasie" if other else "me"
        self._responsible().set_value(self._preset)
        self._follow()

    def passes(self) -> bool:
        """Whether the session may be saved; else what is missing is listed."""
        problems = sessions.check(self.typed(), self._ctx.clock.today())
        if problems:
            self.form.show_problems(problems)
            self.verticalScrollBar().setValue(0)
            return False
        self.form.clear_problems()
        return True

    def take_focus(self) -> None:
        """On the topics, where a session begins."""
        self.topics.setFocus(Qt.FocusReason.TabFocusReason)
        self.verticalScrollBar().setValue(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= STACKED_BELOW * self._ctx.theme.k
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for line in self._lines:
            line.setDirection(direction)
            line.setSpacing(20 if wide else 14)

    def _build(self) -> None:
        fields = self.form.fields
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas, stack = QWidget(self.viewport()), column(margins=(24, 16, 24, 16), spacing=14)
        canvas.setProperty("role", "canvas")
        canvas.setLayout(stack)
        stack.addWidget(self.form.summary)
        stack.addWidget(fields["consultation.topics"])
        stack.addWidget(fields["consultation.note"], 1)
        fields["consultation.note"].layout().setStretchFactor(fields["consultation.note"].edit, 1)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        fields["consultation.note"].setMinimumHeight(self._ctx.theme.lines(NOTE_AT_LEAST))
        fields["consultation.topics"].tag.setText(self._ctx.words(words.TOPICS_KEYS))
        fields["consultation.note"].tag.setText(self._ctx.words(words.NOTE_HELP))
        note = self.form.editors["consultation.note"].widget
        assert isinstance(note, TextArea)  # noqa: S101 - a long text
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # takes what room is left
        note.setPlaceholderText(self._ctx.words(words.NOTE_EXAMPLE))
        for key in ("consultation.place", "consultation.result", "follow_up.kind", "follow_up.due",
                    "follow_up.responsible", "follow_up.responsible_name"):  # fmt: skip
            fields[key].tag.hide()
        stack.addLayout(self._line("consultation.place", "consultation.result"))
        first = self._line("follow_up.kind", "follow_up.due", last=self._meaning_beside())
        stack.addLayout(first)
        stack.addWidget(self._moved)
        whole: QVBoxLayout = column()
        whole.addLayout(self._line("follow_up.responsible", "follow_up.responsible_name", "follow_up.what"))
        self._task.setLayout(whole)
        stack.addWidget(self._task)
        self.setWidget(canvas)
        fields["follow_up.due"].edit.setFixedWidth(self._ctx.theme.lines(DATE_WIDTH))
        what = self.form.editors["follow_up.what"].widget
        what.setPlaceholderText(self._ctx.words(words.WHAT_EXAMPLE))  # pyright: ignore[reportAttributeAccessIssue]
        fields["follow_up.due"].edit.setToolTip(self._ctx.words(words.DUE_HELP))

    def _line(self, *keys: str, last: QWidget | None = None) -> QBoxLayout:
        """Fields side by side; under each other where there is no room."""
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(20)
        for key in keys:
            line.addWidget(self.form.fields[key], 1 if key in GROWS else 0, Qt.AlignmentFlag.AlignTop)
        if last:
            line.addWidget(last, 1)
        elif not set(keys) & set(GROWS):
            line.addStretch()
        self._lines.append(line)
        return line

    def _meaning_beside(self) -> QWidget:
        """The day that is meant, on the height of the date's box."""
        holder, whole = QWidget(), column(margins=(0, self._ctx.theme.lines(31), 0, 0))
        holder.setLayout(whole)
        whole.addWidget(self._meaning)
        whole.addStretch()
        return holder

    def _side_by_side(self, options: Sequence[Option]) -> Editor:
        return side_by_side([(o.code, self._ctx.words(o.words)) for o in options])

    def _responsible(self) -> Segmented:
        seg = self.form.editors["follow_up.responsible"].widget
        assert isinstance(seg, Segmented)  # noqa: S101 - a choice of three
        return seg

    def _check(self, key: str, _typed: str) -> list[Problem]:
        return [p for p in sessions.check(self.typed(), self._ctx.clock.today()) if p.field == key]

    def _typed(self, key: str) -> None:
        if key.startswith("follow_up."):
            self._follow()

    def _follow(self) -> None:
        """Show what belongs to the chosen follow-up, and the working day that is meant."""
        entry = self.form.typed()
        wanted = entry["follow_up.kind"] != NO_FOLLOW_UP.code
        for part in (self._task, self.form.fields["follow_up.due"], self._meaning):
            part.setVisible(wanted)
        if not entry["follow_up.responsible"]:
            self._responsible().set_value(self._preset)
        other = self.form.typed()["follow_up.responsible"] == "other_office"
        self.form.fields["follow_up.responsible_name"].setVisible(other)
        due = sessions.due_of(entry["follow_up.due"], self._ctx.clock.today())
        past = due is not None and due.asked < self._ctx.clock.today()
        self._meaning.setText(self._ctx.words(_weekday(due.day)) if due and not past else "")
        moved = wanted and due is not None and due.why is not None and not past
        self._moved.setVisible(moved)
        if due and due.why and moved:
            self._moved.setText(self._ctx.words(_moved(due)))


def _moved(due: sessions.Due) -> Words:
    """Why the asked day is not the due day."""
    assert due.why is not None  # noqa: S101 - only asked of a moved one
    return words.MOVED.fill(day=in_both(lambda lang: short_date(due.asked, lang)), why=due.why, to=_weekday(due.day))


def _listening(topics: TopicGrid) -> Editor:
    return Editor(topics, topics.value, topics.set_value, (topics.changed,), (topics.changed,))


def _weekday(day: date) -> Words:
    """`Selasa, 1 Des 2026`."""
    return in_both(lambda lang: f"{WEEKDAYS[lang][day.weekday()]}, {short_date(day, lang, year=True)}")
