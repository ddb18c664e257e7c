"""The right column of the home page: what was left unfinished, what is to be checked, what was opened last."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from models.clock import from_iso
from models.i18n import Words, clock_time, short_date
from models.lists import FILTERS
from models.schema import Row
from models.store import Draft
from ui import theme
from ui.context import Context
from ui.widgets import Avatar, Card, ElidedLabel, Tile, clear, column, icon_label, label, row
from ui.words import home as words

DRAFTS_SHOWN = 2
LINE = 44  # px, as in the style sheet
DRAFT_KINDS: Mapping[str, tuple[Words, str]] = {
    "register": (words.DRAFT, "pencil-line"),
    "session": (words.DRAFT_SESSION, "messages-square"),
}


def line_button(picture: QWidget, title: str, sub: str, clicked: Callable[[], object], count: str = "") -> QPushButton:
    """A line with a picture and two texts that is a button as a whole."""
    made = QPushButton()
    made.setProperty("kind", "line")
    inner, texts = row(margins=(16, 0, 14, 0), spacing=12), column()
    inner.addWidget(picture)
    texts.addStretch()
    texts.addWidget(ElidedLabel(title, "bold"))
    if sub:
        texts.addWidget(ElidedLabel(sub, "cap"))
    texts.addStretch()
    inner.addLayout(texts, 1)
    if count:
        inner.addWidget(label(count, "bold"))
    inner.addWidget(icon_label("chevron-right", "ink3", 17))
    made.setLayout(inner)
    made.setAccessibleName(", ".join(part for part in (title, sub, count) if part))
    for child in made.findChildren(QWidget):
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.clicked.connect(lambda: clicked())
    return made


class EdgeCard(QFrame):
    """A card with a mango edge at its left."""

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setLayout(layout)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(0, 0, 4, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("mango"))
        painter.drawRoundedRect(self.rect(), 10, 10)


class RecentCard(Card):
    """As many lines as there is room for."""

    def __init__(self, title: str) -> None:
        super().__init__(title, margins=(0, 4, 0, 6), spacing=0, head_height=45)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._lines: Sequence[QWidget] = ()

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        """Show these lines, the first ones when not all fit."""
        clear(self.body)
        self._lines = lines
        for line in lines[self._room() :]:
            line.hide()  # what is not seen need not be dressed
        for line in lines:
            self.body.addWidget(line)  # Qt shows the others together, when the card is laid out
        self.body.addStretch()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _room(self) -> int:
        margins = self.body.contentsMargins()
        head = self.head.parentWidget()  # as tall as it wants to be, also before it is laid out
        tall = max(head.minimumHeight(), head.sizeHint().height()) if head else 0
        room = self.contentsRect().height() - tall - margins.top() - margins.bottom()
        return max(1, room // theme.current().lines(LINE))

    def _fit(self) -> None:
        fitting = self._room()
        for i, line in enumerate(self._lines):
            if i >= fitting:
                line.hide()  # also one that is not shown yet: else Qt shows it with the others
            elif line.isHidden() and line.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                line.show()


class HomeSide(QWidget):
    """Two cards; the first one is there only when something waits."""

    def __init__(self, ctx: Context, open_row: Callable[[Row], object]) -> None:
        super().__init__()
        self._ctx, self._open_row = ctx, open_row
        whole = column(spacing=16)
        self.setLayout(whole)
        self._waiting = column(margins=(0, 12, 0, 8))
        self.waiting = EdgeCard(self._waiting)
        self.recent = RecentCard(ctx.words(words.RECENT))
        whole.addWidget(self.waiting)
        whole.addWidget(self.recent, 1)
        self._drafts: Sequence[Draft] = []
        self._day: date | None = None  # the day on which they were drawn
        self._counts: Mapping[str, int] = {}
        self._shown: object = None  # the lines opened last, as they stand there
        self._draw_waiting()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """The forms left half-filled."""
        known = [draft for draft in drafts if draft.kind in DRAFT_KINDS][:DRAFTS_SHOWN]
        if (known, self._ctx.clock.today()) != (self._drafts, self._day):
            self._drafts, self._day = known, self._ctx.clock.today()
            self._draw_waiting()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many wait on the lists of what is to be checked."""
        if counts != self._counts:
            self._counts = counts
            self._draw_waiting()

    def show_recent(self, rows: Sequence[Row]) -> None:
        """What was opened last."""
        shown = (list(rows), self._ctx.clock.today())
        if shown == self._shown:
            return
        self._shown = shown
        lines: list[QWidget] = [self._recent_line(listed) for listed in rows]
        self.recent.show_lines(lines or [_quiet(self._ctx.words(words.RECENT_NONE))])

    def _recent_line(self, listed: Row) -> QPushButton:
        name, owner = listed["business"] or listed["owner"], listed["owner"] if listed["business"] else ""
        place = self._ctx.words(words.RW, n=listed["rw"]) if listed["rw"] else ""
        new = self._ctx.words(words.NEW) if listed["registered"] == self._ctx.clock.today().isoformat() else ""
        sub = " · ".join(part for part in (owner, place, new) if part)
        return line_button(Avatar(name), name, sub, lambda: self._open_row(listed))

    def _draw_waiting(self) -> None:
        clear(self._waiting)
        head = row(margins=(16, 0, 16, 4), spacing=8)
        head.addWidget(icon_label("list-checks", "mangoInk", 16))
        head.addWidget(label(self._ctx.words(words.GO_ON), "mangocap"), 1)
        holder = QWidget()
        holder.setLayout(head)
        self._waiting.addWidget(holder)
        for draft in self._drafts:
            self._waiting.addWidget(self._draft_line(draft))
        chips = {f.key: f.words for f in FILTERS}
        for key, count in self._counts.items():
            act = lambda key=key: self._ctx.go("owners", filters=(key,))  # noqa: E731
            icon = Tile("wait", "user-x" if key == "not_informed" else "id-card", 34, 18)
            self._waiting.addWidget(line_button(icon, self._ctx.words(chips[key]), "", act, str(count)))
        self.waiting.setVisible(bool(self._drafts or self._counts))

    def _draft_line(self, draft: Draft) -> QPushButton:
        said, icon = DRAFT_KINDS[draft.kind]
        name = draft_name(draft) or self._ctx.words(words.NO_NAME)
        moment = from_iso(draft.saved_at).astimezone(self._ctx.clock.zone)
        when = clock_time(moment, self._ctx.lang, self._ctx.clock.zone)
        if moment.date() != self._ctx.clock.today():
            when = short_date(moment.date(), self._ctx.lang) + ", " + when
        sub = self._ctx.words(words.SAVED_AT, time=when)
        act = lambda: self._ctx.go(draft.kind, draft=draft.key)  # noqa: E731
        return line_button(Tile("prs", icon, 34, 18), self._ctx.words(said, name=name), sub, act)


def draft_name(draft: Draft) -> str:
    """Whose form it is."""
    entry = draft.data.get("entry", draft.data)
    return str(entry.get("owner.name") or entry.get("business.name") or draft.data.get("title") or "")


def _quiet(text: str) -> QWidget:
    made = label(text, "cap", wrap=True)
    made.setContentsMargins(16, 8, 16, 8)
    return made
