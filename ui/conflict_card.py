"""The card at the right of Sinkronisasi: one record after the other, nothing chosen beforehand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from models.settling import Question, ask_owner, settle
from ui.conflict_review import ConflictReview, Reviewed
from ui.context import Context
from ui.widgets import Avatar, Card, ElidedLabel, HintButton, clear, column, frame, key_box, label, row
from ui.words import sync as w


class ConflictCard(Card):
    """Shows the first record that waits; *Nanti saja* moves it to the end."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(margins=(0, 0, 0, 0), spacing=0)
        self.ctx = ctx
        self.waiting: list[Reviewed] = []
        self.review: ConflictReview | None = None
        self.later = HintButton(ctx.words(w.LATER), clicked=self._later)
        self.ask = HintButton(ctx.words(w.ASK), icon="phone", clicked=self._ask)
        self.keep = HintButton(ctx.words(w.KEEP), "primary", icon="check", clicked=self._keep)
        self._top = column()
        self._keys: list[QWidget] = []  # which key chooses which side
        self.body.addLayout(self._top)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setProperty("role", "paper")
        self._area.viewport().setProperty("role", "paper")
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._foot())

    def show_conflicts(self, found: Sequence[Reviewed]) -> None:
        """Take over what waits now; the record in front stays in front while it still waits."""
        if list(found) == self.waiting:
            return
        order = {_key(r): n for n, r in enumerate(self.waiting)}
        self.waiting = sorted(found, key=lambda r: order.get(_key(r), len(order)))
        self._show()

    def show_keys(self, *, shown: bool) -> None:
        """The keys are named only where the buttons leave room for them."""
        for part in self._keys:
            part.setVisible(shown)

    def _show(self) -> None:
        clear(self._top)
        self.review = None
        if not self.waiting:
            return
        first = self.waiting[0]
        head = column(margins=(16, 12, 16, 12), spacing=2)
        head.addWidget(label(self.ctx.words(w.DECIDE.fill(n=1, all=len(self.waiting))), "h2"))
        head.addWidget(label(self.ctx.words(w.DECIDE_HELP), "smallmuted", wrap=True))
        self._top.addWidget(frame("cardhead", head))
        self._top.addWidget(self._who(first))
        self.review = ConflictReview(self.ctx, first)
        self.review.changed.connect(self._enable)
        self._area.setWidget(self.review)
        self._enable()
        if self.isVisible():
            self.review.start()

    def _who(self, reviewed: Reviewed) -> QFrame:
        name = self.ctx.words(reviewed.title)
        line = row(margins=(16, 10, 16, 10), spacing=12)
        line.addWidget(Avatar(name, 40))
        texts = column(spacing=1)
        texts.addWidget(ElidedLabel(name, "bold"))
        count = w.DIFFERENT.fill(n=len(reviewed.conflicts), same=reviewed.same)
        texts.addWidget(label(self.ctx.words(count), "cap"))
        line.addLayout(texts, 1)
        if _ids(reviewed)["owner_id"]:
            line.addWidget(HintButton(self.ctx.words(w.OPEN), size="small", clicked=lambda: self._open(reviewed)))
        return frame("reviewhead", line)

    def _open(self, reviewed: Reviewed) -> None:
        self.ctx.go("owners", **{name: value for name, value in _ids(reviewed).items() if value})

    def _foot(self) -> QFrame:
        line = row(margins=(16, 12, 16, 12), spacing=10)
        for key, words in (("1", w.KEY_LEFT), ("2", w.KEY_RIGHT)):
            self._keys += [key_box(key), label(self.ctx.words(words), "cap")]
        for part in self._keys:
            line.addWidget(part)
        line.addStretch()
        for button in (self.later, self.ask, self.keep):
            line.addWidget(button)
        return frame("cardfoot", line)

    def _enable(self) -> None:
        self.keep.setEnabled(self.review is not None and self.review.choices() is not None)
        self.later.setEnabled(len(self.waiting) > 1)
        self.ask.setEnabled(bool(self.waiting) and bool(_ids(self.waiting[0])["owner_id"]))

    def _later(self) -> None:
        self.waiting = [*self.waiting[1:], self.waiting[0]]
        self._show()

    def _keep(self) -> None:
        choices = self.review.choices() if self.review else None
        if choices is not None:
            self.ctx.background.write(self, lambda store: settle(store, choices), lambda _: self.ctx.toast(w.KEPT))

    def _ask(self) -> None:
        reviewed, review = self.waiting[0], self.review
        if review is None:
            return
        what = self.ctx.words(w.ASK_WHAT.fill(fields=", ".join(review.undecided())))
        question = Question(what, self.ctx.profile.name, **_ids(reviewed))
        self.ctx.background.write(self, lambda store: ask_owner(store, question), self._asked)

    def _asked(self, name: str) -> None:
        self.ctx.toast(w.ASKED.fill(name=name))
        if len(self.waiting) > 1:
            self._later()

    @override
    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # pyright: ignore[reportArgumentType]
        if self.review:
            self.review.start()


def _key(reviewed: Reviewed) -> tuple[str, str]:
    first = reviewed.conflicts[0]
    return first.entity, first.row_id


def _ids(reviewed: Reviewed) -> dict[str, str]:
    """The owner and the business that a record is about."""
    entity, row_id = _key(reviewed)
    owner = row_id if entity == "owner" else str(reviewed.row.get("owner_id") or "")
    business = row_id if entity == "business" else str(reviewed.row.get("business_id") or "")
    return {"owner_id": owner, "business_id": business}
