"""A form over declared fields: build, fill, read, and say beside each field what is wrong.

A form holds typed texts by key; the page places its `Field` widgets where it wants them. Checks
run when a field is left, never while it is being typed for the first time. Enter goes to the next
field; with errors the summary takes the focus, and each of its lines leads to its field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from typing_extensions import override

from models import schema
from models.i18n import Words
from models.schema import Problem, Row
from ui.context import Context
from ui.editors import Editor, Tools, editor
from ui.widgets.choices import Segmented
from ui.widgets.edits import TextArea
from ui.widgets.field import ErrorSummary, Field
from ui.widgets.search_edit import ChoiceSearchEdit
from ui.words import common

Check = Callable[[str, str], Sequence[Problem]]


class Form(QObject):
    """Editors for `{key: declared field}`; keys are the page's (`name`, or `owner.name`)."""

    changed = Signal(str)  # something was typed in this field: time for the draft
    left = Signal(str)  # this field was left and has been checked

    def __init__(self, ctx: Context, declared: Mapping[str, schema.Field], *,
                 titles: Mapping[str, Words] | None = None, check: Check | None = None,
                 special: Mapping[str, Editor] | None = None, reserve: bool = True) -> None:  # fmt: skip
        """`titles` may carry mnemonics (`&Nama`); the other fields get free letters.

        `check(key, typed)` replaces the check of the field's kind, `special` the editor of its kind.
        """
        super().__init__()
        self._ctx, self._declared, self._check = ctx, dict(declared), check or self._kind_check
        self.summary = ErrorSummary()
        self._listed, self._foot = list[Problem](), ""  # what stands in the summary
        self.fields: dict[str, Field] = {}
        self.editors: dict[str, Editor] = {}
        tools = Tools(ctx.lang, ctx.clock, ctx.profile.home_scope)
        labels = mnemonics({k: ctx.words((titles or {}).get(k, f.label)) for k, f in self._declared.items()})
        for key, declared_field in self._declared.items():
            made = (special or {}).get(key) or editor(declared_field, tools)
            tag = "" if declared_field.required else ctx.words(common.OPTIONAL)
            help_ = ctx.words(declared_field.help)
            self.fields[key] = Field(labels[key], made.widget, help_=help_, tag=tag, reserve=reserve)
            self.editors[key] = made
            self._listen(key, made)

    def typed(self) -> dict[str, str]:
        """What stands in each field, codes for choices; empty fields included."""
        return {key: made.typed() for key, made in self.editors.items()}

    def write(self, typed: Mapping[str, str]) -> None:
        """Put typed texts back, as a draft kept them; unknown keys are passed over."""
        for key, text in typed.items():
            if key in self.editors:
                self.editors[key].write(text)

    def values(self) -> Row:
        """The stored values of all fields; None for the empty and the unreadable."""
        today = self._ctx.clock.today()
        return {key: self._declared[key].kind.parse(text, today) for key, text in self.typed().items()}

    def fill(self, row: Mapping[str, object]) -> None:
        """Show stored values."""
        for key, made in self.editors.items():
            made.write(self._shown(key, row.get(key)))

    def check(self, key: str) -> list[Problem]:
        """Check one field now and say the first problem beside it."""
        problems = list(self._check(key, self.editors[key].typed()))
        self._say(key, problems)
        if any(p.field == key for p in self._listed) and not any(p.severity == "error" for p in problems):
            self._list([p for p in self._listed if p.field != key], focus=False)
        return problems

    def show_problems(self, problems: Iterable[Problem], foot: str = "") -> None:
        """Mark the fields of these problems, list them in the summary and give it the focus."""
        found, self._foot = list(problems), foot
        for key in self.fields:
            self._say(key, [p for p in found if p.field == key])
        self._list(found, focus=True)

    def clear_problems(self) -> None:
        """Nothing stands in the summary any more."""
        self._list([], focus=False)

    def lead_to(self, key: str) -> None:
        """Bring a field into view and put the caret into it."""
        if key not in self.fields:
            return
        widget: QWidget | None = self.fields[key]
        while widget and not isinstance(widget, QScrollArea):
            widget = widget.parentWidget()
        if isinstance(widget, QScrollArea):
            widget.ensureWidgetVisible(self.fields[key], 0, 80)
        self.editors[key].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            own = isinstance(watched, TextArea) or (isinstance(watched, ChoiceSearchEdit) and watched.choosing)
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not own:
                self._go_on()
                return True
        return super().eventFilter(watched, event)

    def _listen(self, key: str, made: Editor) -> None:
        watched = made.widget.buttons() if isinstance(made.widget, Segmented) else [made.widget]
        for widget in watched:
            widget.installEventFilter(self)
        for signal in made.edited:
            signal.connect(lambda *_: self._typed(key))
        for signal in made.left:
            signal.connect(lambda *_: self._was_left(key))
        if isinstance(made.widget, ChoiceSearchEdit):
            made.widget.chosen.connect(lambda _, w=made.widget: w.hasFocus() and self._go_on())

    def _go_on(self) -> None:
        focus = QApplication.focusWidget()
        following = focus.nextInFocusChain() if focus else None
        while following is not None and following is not focus:
            takes_tab = bool(following.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_tab and following.isEnabled() and following.isVisible():
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return
            following = following.nextInFocusChain()

    def _typed(self, key: str) -> None:
        if self.fields[key].problem:
            self.check(key)
        self.changed.emit(key)

    def _was_left(self, key: str) -> None:
        if self.editors[key].typed().strip() or self.fields[key].problem:
            self.check(key)
        self.left.emit(key)

    def _list(self, found: list[Problem], *, focus: bool) -> None:
        """The summary lists what is still to be mended; a mended line goes as soon as its field is left."""
        self._listed = found
        if not found:
            self.summary.clear()
            return
        n = len(found)
        title = self._ctx.words(common.ONE_PROBLEM) if n == 1 else self._ctx.words(common.PROBLEMS, n=n)
        lines = [(self._line(p), lambda k=p.field: self.lead_to(k)) for p in found]
        self.summary.show_problems(title, lines, self._foot, focus=focus)

    def _say(self, key: str, problems: Sequence[Problem]) -> None:
        first = min(problems, key=lambda p: p.severity != "error", default=None)
        self.fields[key].show_problem(self._ctx.words(first.words) if first else "", first.severity if first else "")

    def _line(self, problem: Problem) -> str:
        label = self.fields[problem.field].title.text().replace("&", "") if problem.field in self.fields else ""
        return summary_line(label, self._ctx.words(problem.words))

    def _shown(self, key: str, value: object) -> str:
        kind = self._declared[key].kind
        if value is None:
            return ""
        by_code = bool(kind.options) or kind.name in ("village", "region", "kbli", "yes_no")
        return str(value) if by_code else kind.show(value, self._ctx.lang)  # pyright: ignore[reportArgumentType]

    def _kind_check(self, key: str, typed: str) -> Sequence[Problem]:
        declared = self._declared[key]
        if not typed.strip():
            return [schema.missing(declared).at(key)] if declared.required else []
        return [p.at(key) for p in declared.kind.check(typed, self._ctx.clock.today())]


def summary_line(label: str, sentence: str) -> str:
    """`NIK: kurang 1 angka.`; a sentence that names the field already stands alone."""
    if not label or sentence.casefold().startswith(label.casefold()):
        return sentence
    small = sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
    return f"{label}: {small}"


def mnemonics(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels with an `&` each, on a letter that no other label has; chosen ones are kept."""
    taken = {label[label.index("&") + 1].casefold() for label in labels.values() if "&" in label}
    done: dict[str, str] = {}
    for key, label in labels.items():
        place = next((i for i, c in enumerate(label) if c.isalpha() and c.casefold() not in taken), -1)
        if "&" in label or place < 0:
            done[key] = label
            continue
        taken.add(label[place].casefold())
        done[key] = f"{label[:place]}&{label[place:]}"
    return done
