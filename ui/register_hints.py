"""The panel beside the form: who may already be registered. It never takes the focus by itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from models.hints import Hint
from models.i18n import Words
from ui.context import Context
from ui.widgets import (
    Avatar,
    ElidedLabel,
    HintButton,
    IconButton,
    TextEdit,
    clear,
    column,
    frame,
    icon_label,
    label,
    row,
)
from ui.words import register as words

SHOWN = 3
SIGNALS = {"name": words.SAME_NAME, "phone": words.SAME_PHONE, "nik": words.SAME_NIK}


class HintPanel(QWidget):
    """What agrees with data that are already here, in words; the first card is open, others fold."""

    use_owner = Signal(str)  # go on with this owner
    open_record = Signal(str, str)  # owner id, business id
    keep_apart = Signal()  # another person, though the NIK is the same

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx, self._unfolded = ctx, 0
        self._came_from: QWidget | None = None
        self.hints: list[Hint] = []
        self.buttons: list[HintButton] = []
        self.reason = TextEdit()
        self.reason.setPlaceholderText(ctx.words(words.KEEP_APART_EXAMPLE))
        self.reason.setAccessibleName(ctx.words(words.KEEP_APART_WHY))
        self._body = column(margins=(0, 16, 20, 16))
        self.setLayout(self._body)
        self._draw()

    @property
    def same_nik(self) -> Hint | None:
        """The owner who has this very NIK."""
        return next((h for h in self.hints if "nik" in h.signals), None)

    @property
    def taken(self) -> set[str]:
        """Which of `nik` and `phone` somebody else already has."""
        return {s for h in self.hints for s in h.signals} - {"name"}

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show who may be meant; nothing is drawn anew while it stays the same."""
        if list(hints) != self.hints:
            self.hints, self._unfolded = list(hints), 0
            self._draw()

    def take_focus(self) -> None:
        """Alt+D: into the panel, on its first act."""
        if self.buttons:
            self._came_from = self.window().focusWidget()
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_focus_back(self) -> bool:
        """Esc in the panel: to the field one came from; whether the focus was here at all."""
        focus, field = self.window().focusWidget(), self._came_from
        if field is None or focus is None or not self.isAncestorOf(focus):
            return False
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.reason.hasFocus():
                self.keep_apart.emit()
            for button in self.buttons:
                if button.hasFocus():
                    button.click()
                    break
            return
        super().keyPressEvent(event)

    def _draw(self) -> None:
        self.buttons = []
        self.reason.setParent(None)
        clear(self._body)
        self._body.addWidget(self._strong() if self.taken else self._quiet())
        self._body.addStretch()

    def _strong(self) -> QFrame:
        """The same NIK or phone: a framed box, red for the NIK."""
        same, box = self.same_nik, column(margins=(14, 14, 14, 14), spacing=10)
        made = frame("", box)
        made.setProperty("tone", "red" if same else "amber")
        made.setProperty("framed", True)
        self._head(box, words.HINTS, "redInk" if same else "mangoInk")
        if same:
            self._say(box, words.NIK_TAKEN.fill(name=same.owner["name"]), "smallbold")
            self._say(box, words.NIK_TAKEN_HOW, "small")
        self._cards(box)
        if same:
            self._say(box, words.KEEP_APART_WHY, "smallbold")
            box.addWidget(self.reason)
            self.reason.show()
            box.addWidget(self._button(words.KEEP_APART, self.keep_apart.emit))
        else:
            self._say(box, words.NOT_THE_SAME, "small")
        return made

    def _quiet(self) -> QFrame:
        """The same name only, or nobody: a calm card."""
        inner = column(margins=(14, 12, 14, 12), spacing=8)
        made = frame("card", inner)
        if self.hints:
            self._head(inner, words.HINTS_QUIET.fill(n=len(self.hints)), "ink3")
            self._cards(inner)
        else:
            self._head(inner, words.HINTS_NONE, "ink3", "user-check")
            self._say(inner, words.HINTS_NONE_WHY, "cap")
        return made

    def _cards(self, box: QVBoxLayout) -> None:
        for i, hint in enumerate(self.hints[:SHOWN]):
            box.addWidget(self._unfold(hint) if i == self._unfolded else self._folded(i, hint))

    def _head(self, box: QVBoxLayout, title: Words, ink: str, icon: str = "users") -> None:
        line = row(spacing=8)
        line.addWidget(icon_label(icon, ink, 18))
        line.addWidget(label(self._ctx.words(title), "bold"), 1)
        box.addLayout(line)

    def _say(self, box: QVBoxLayout, text: Words, role: str) -> None:
        box.addWidget(label(self._ctx.words(text), role, wrap=True))

    def _who(self, hint: Hint) -> QWidget:
        business, rw = (hint.listed or {}).get("business"), hint.owner.get("rw")
        line, texts, who = row(spacing=10), column(), QWidget()
        who.setLayout(line)
        line.addWidget(Avatar(business or hint.owner["name"], 36))
        texts.addWidget(ElidedLabel(hint.owner["name"], "bold"))
        texts.addWidget(ElidedLabel(" · ".join(x for x in (business, f"RW {rw:02d}" if rw else "") if x), "cap"))
        line.addLayout(texts, 1)
        return who

    def _unfold(self, hint: Hint) -> QFrame:
        inner = column(margins=(12, 12, 12, 12), spacing=4)
        card = frame("card", inner)
        inner.addWidget(self._who(hint))
        inner.addSpacing(4)
        for signal, said in SIGNALS.items():
            if signal in hint.signals:
                inner.addLayout(self._signal("check", "greenInk", said))
            elif signal == "nik" and not hint.owner.get("nik"):
                inner.addLayout(self._signal("minus", "ink3", words.NIK_UNKNOWN))
        inner.addSpacing(6)
        acts, owner_id = row(spacing=8), hint.owner["id"]
        business_id = (hint.listed or {}).get("business_id") or ""
        acts.addWidget(self._button(words.USE_THIS, lambda: self.use_owner.emit(owner_id), "primary"))
        acts.addWidget(self._button(words.OPEN_IT, lambda: self.open_record.emit(owner_id, business_id)))
        acts.addStretch()
        inner.addLayout(acts)
        return card

    def _folded(self, number: int, hint: Hint) -> QFrame:
        inner = row(margins=(12, 10, 6, 10), spacing=4)
        card = frame("card", inner)
        inner.addWidget(self._who(hint), 1)
        name = self._ctx.words(words.SHOW_HINT, name=hint.owner["name"])
        inner.addWidget(IconButton("chevron-right", name, lambda: self._turn_to(number), color="ink"))
        return card

    def _signal(self, icon: str, ink: str, said: Words) -> QHBoxLayout:
        line = row(spacing=6)
        line.addWidget(icon_label(icon, ink, 15, stroke=2.5))
        line.addWidget(label(self._ctx.words(said), "small"), 1)
        return line

    def _button(self, text: Words, act: Callable[[], object], kind: str = "") -> HintButton:
        button = HintButton(self._ctx.words(text), kind, size="small", clicked=act)
        self.buttons.append(button)
        return button

    def _turn_to(self, number: int) -> None:
        self._unfolded = number
        self._draw()
