"""How Daftarkan usaha looks: the rail of steps, the step in front, the panel beside it, the foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from models import registration
from models.hints import Hint
from models.i18n import Words
from ui.context import Context
from ui.notification import Notification, ReadAloud
from ui.register_entry import EntryState
from ui.register_footer import RegisterFooter
from ui.register_guest import GuestNote
from ui.register_hints import HintPanel
from ui.register_sections import FORM_STEPS, RegisterForm
from ui.widgets import StepRail, StepState, column, label, row
from ui.words import register as words

PANEL = 306
PANEL_FOLDS_BELOW = 1000  # px of page width at 100 % text below which an empty panel gives way
STEP_TITLES = (words.STEP_OWNER, words.STEP_BUSINESS, words.STEP_PRODUCT, words.STEP_NOTICE)
NOTICE_STEP = len(STEP_TITLES) - 1


class RegisterView(QWidget):
    """The widgets of the page and which of them stand in front."""

    rail_pressed = Signal(int)

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)  # from the top down: a tree that gets another parent is styled again
        self._ctx = ctx
        self.steps, self.side = QStackedWidget(self), QStackedWidget(self)
        self.form, self.notice = RegisterForm(ctx, self.steps), Notification(ctx, self.steps)
        self.guest = GuestNote(ctx, self.form.form)
        self.hints, self.reading = HintPanel(ctx), ReadAloud(ctx)
        self.footer = RegisterFooter(ctx)
        self.rail = StepRail([ctx.words(w) for w in STEP_TITLES])
        foot = label(ctx.words(words.MNEMONIC_HINT), "cap", wrap=True)
        foot.setTextFormat(Qt.TextFormat.RichText)
        self.rail.body.addWidget(foot)
        for stack, parts in ((self.steps, (self.form, self.notice)), (self.side, (self.hints, self.reading))):
            for part in parts:
                stack.addWidget(part)
        self.side.setFixedWidth(ctx.theme.lines(PANEL))
        body, whole = row(), column()
        for part, stretch in ((self.rail, 0), (self.steps, 1), (self.side, 0)):
            body.addWidget(part, stretch)
        whole.addLayout(body, 1)
        whole.addWidget(self.footer)
        self.setLayout(whole)
        self.rail.chosen.connect(self.rail_pressed)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]

    @property
    def at_notice(self) -> bool:
        """Whether the last step is in front."""
        return self.steps.currentWidget() is self.notice

    def show_form(self, step: int, state: EntryState) -> None:
        """Bring one of the steps that are filled in to the front."""
        self.steps.setCurrentWidget(self.form)
        self.name_act(state)
        self.form.lead_to_step(step)
        self.guest.ask(state.known.owner_id if state.known else "")
        self.show_rail(step)
        self.fold_panel()

    def show_notice(self, *, known: bool) -> None:
        """Bring the last step to the front."""
        entry = self.form.typed()
        who = [entry["owner.name"], entry["business.name"], f"RW {entry['owner.rw'][-2:]}" if entry["owner.rw"] else ""]
        self.notice.ask_about(" · ".join(part for part in who if part), known=known)
        self.reading.address(entry["owner.sex"])
        self.steps.setCurrentWidget(self.notice)
        self.footer.show_notice()
        self.fold_panel()
        self.notice.take_focus()
        self.show_rail(NOTICE_STEP)

    def name_act(self, state: EntryState) -> None:
        """What the primary button does: go on, save, or open what is there under the same NIK."""
        if self.at_notice:
            return
        opens = self.hints.same_nik is not None and not state.apart
        act = words.OPEN_EXISTING if opens else words.SAVE if state.correcting else words.SAVE_NEXT
        self.footer.show_form(act, opens=opens)

    def show_hints(self, found: list[Hint], state: EntryState) -> None:
        """Who may already be registered."""
        self.hints.show_hints(found)
        self.form.show_taken(taken="phone" in self.hints.taken)
        self.name_act(state)
        self.fold_panel()

    def fold_panel(self) -> None:
        """On a narrow window the panel stands only when it has something to say; what is read aloud
        stands over the answers then.
        """
        narrow = self.width() < PANEL_FOLDS_BELOW * self._ctx.theme.k
        self.notice.show_above(self.reading if narrow and self.at_notice else None)
        if not narrow and self.side.indexOf(self.reading) < 0:
            self.reading.stand(beside=True)
            self.side.addWidget(self.reading)
        self.side.setCurrentWidget(self.reading if self.at_notice and not narrow else self.hints)
        self.side.setVisible(not narrow or (bool(self.hints.hints) and not self.at_notice))

    def show_rail(self, current: int) -> None:
        """What stands at each step, and which one is in front."""
        entry = self.form.typed()
        for i, step in enumerate(FORM_STEPS):
            have, of = registration.filled(entry, step)
            blank = words.STEP_LATER if step == "product" else Words("", "")
            part = words.STEP_FILLED.fill(filled=have, of=of) if have else blank
            caption = self._ctx.words(words.STEP_COMPLETE if have == of else part)
            self.rail.show_step(i, StepState(self._ctx.words(STEP_TITLES[i]), caption, done=have == of))
        last = self._ctx.words(words.STEP_LAST) if current == NOTICE_STEP else ""
        self.rail.show_step(NOTICE_STEP, StepState(self._ctx.words(words.STEP_NOTICE), last))
        self.rail.set_current(current)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold_panel()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The rail follows the caret, and the caret never stands under the foot."""
        if now is None or not self.isVisible() or not self.form.isAncestorOf(now) or self.at_notice:
            return
        for i, section in enumerate(self.form.steps):
            if section.isAncestorOf(now):
                self.form.ensureWidgetVisible(now, 0, 80)
                self.show_rail(i)
