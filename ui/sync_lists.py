"""The lists of Sinkronisasi: what waits, what the server set aside, receipts, and the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models import quarantine, receipts, sync_events
from models.entities import SYNCED
from models.i18n import Words, number
from models.quarantine import SetAside
from models.receipts import SyncReceipt
from models.sync_events import SyncEvent
from models.waiting import Waiting, waiting_items
from ui import papers
from ui.conflict_review import when_text
from ui.context import Context
from ui.sync_looks import ENTITY_ICONS, EVENT_LOOK
from ui.widgets import Card, HintButton, IconButton, Segmented, Tile, clear, column, frame, label, row
from ui.words import sync_lists as w

if TYPE_CHECKING:
    from models.store import Changes, Store

MOST = 200  # lines of a list
ABOUT = ("owner", "business")  # records that a page shows


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a tile, what, more about it, when, and what can be done."""

    tone: str
    icon: str
    text: str
    more: str = ""
    when: str = ""
    acts: tuple[tuple[Words, Callable[[], object]], ...] = ()


@dataclass(frozen=True, slots=True)
class SyncList:
    """One list: its words, what it asks of the store, and how an item is a line."""

    title: Words
    help: Words
    none: Words
    load: "Callable[[Store], Sequence[Any]]"
    line: "Callable[[ListCard, Any], Line]"


class ListCard(Card):
    """Shows one of `LISTS` in place of the conflicts until it is closed."""

    closed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(margins=(0, 0, 0, 0), spacing=0)
        self.ctx = ctx
        self.key = ""  # of `LISTS`; empty while closed
        head = row(margins=(16, 12, 12, 12), spacing=12)
        texts = column(spacing=2)
        self._title, self._help = label("", "h2"), label("", "smallmuted", wrap=True)
        texts.addWidget(self._title)
        texts.addWidget(self._help)
        head.addLayout(texts, 1)
        self._close = IconButton("x", ctx.words(w.CLOSE_LIST), self.close_list, hint="Esc")
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(frame("cardhead", head))
        self.tabs = Segmented([(key, ctx.words(words)) for key, words in w.TABS.items()])
        self.tabs.setAccessibleName(ctx.words(w.LISTS))
        self.tabs.chosen.connect(self.open_list)
        tabs = row(margins=(16, 10, 16, 10))
        tabs.addWidget(self.tabs)
        tabs.addStretch()
        self.body.addWidget(frame("reviewrow", tabs))
        self.lines = column()
        inner = QWidget()
        inner.setProperty("role", "paper")
        inner.setLayout(self.lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("role", "paper")
        area.viewport().setProperty("role", "paper")
        area.setWidget(inner)
        self.body.addWidget(area, 1)

    def open_list(self, key: str) -> None:
        """Show a list, or the same one anew."""
        self.key, chosen = key, LISTS[key]
        self.tabs.set_value(key)
        self._title.setText(self.ctx.words(chosen.title))
        self._help.setText(self.ctx.words(chosen.help))
        self.ctx.background.read(self, chosen.load, partial(self._show, key))

    def close_list(self) -> None:
        """Back to the conflicts."""
        self.key = ""
        self.closed.emit()

    def take_focus(self) -> None:
        """On the switch between the lists."""
        next(tab for tab in self.tabs.buttons() if tab.isChecked()).setFocus(Qt.FocusReason.TabFocusReason)

    def print_receipt(self, receipt: SyncReceipt) -> None:
        """Show it as a paper."""

        def show(synced: object) -> None:
            self.ctx.go("preview", paper="tanda-sinkron", given=synced)

        self.ctx.background.read(self, lambda store: papers.synced(store, receipt), show)

    def send_again(self, item: SetAside) -> None:
        """Let it wait once more."""

        def work(store: "Store") -> "Changes":
            return quarantine.send_again(store, item.id)

        self.ctx.background.write(self, work, lambda _: self._waits_again())

    def _waits_again(self) -> None:
        self.ctx.toast(w.WAITS_AGAIN)
        if self.ctx.sync:
            self.ctx.sync.show()
        if self.key:
            self.open_list(self.key)

    def _show(self, key: str, items: Sequence[Any]) -> None:
        if key != self.key:
            return
        clear(self.lines)
        fill(self.ctx, self.lines, [LISTS[key].line(self, item) for item in items], LISTS[key].none)


def fill(ctx: Context, into: QVBoxLayout, lines: Sequence[Line], none: Words) -> None:
    """Put lines into a column, or the sentence that there are none."""
    for line in lines:
        into.addWidget(_line(ctx, line))
    if not lines:
        empty = label(ctx.words(none), "muted", wrap=True)
        empty.setContentsMargins(16, 14, 16, 14)
        into.addWidget(empty)
    into.addStretch()


def _line(ctx: Context, line: Line) -> QFrame:
    inner = row(margins=(16, 9, 16, 9), spacing=12)
    inner.addWidget(Tile(line.tone, line.icon, 28, 16, round_=True), 0, Qt.AlignmentFlag.AlignTop)
    texts = column(spacing=1)
    texts.addWidget(label(line.text, "bold" if line.more else "", wrap=True))
    if line.more:
        texts.addWidget(label(line.more, "smallmuted", wrap=True))
    inner.addLayout(texts, 1)
    inner.addWidget(label(line.when, "smallmuted"), 0, Qt.AlignmentFlag.AlignTop)
    for words, act in line.acts:
        button = HintButton(ctx.words(words), size="small", clicked=act)
        button.setAccessibleName(f"{ctx.words(words)}: {line.text}")
        inner.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return frame("reviewrow", inner)


def _waiting(card: ListCard, item: Waiting) -> Line:
    more = card.ctx.words(w.FRESH if item.new else w.CHANGED)
    icon = ENTITY_ICONS.get(item.entity, "file-text")
    return Line("neu", icon, card.ctx.words(item.title), more, when_text(item.at, card.ctx.clock, card.ctx.lang))


def _aside(card: ListCard, item: SetAside) -> Line:
    why = quarantine.reason(item.reason)
    acts = [(w.SEND_AGAIN, partial(card.send_again, item))]
    if item.entity in ABOUT:
        acts.insert(0, (w.OPEN, partial(card.ctx.go, "owners", **{f"{item.entity}_id": item.row_id})))
    more = f"{card.ctx.words(why.what)} {card.ctx.words(why.cure)}"
    when = when_text(item.at, card.ctx.clock, card.ctx.lang)
    return Line("bad", "triangle-alert", card.ctx.words(item.title), more, when, tuple(acts))


def _receipt(card: ListCard, item: SyncReceipt) -> Line:
    say, lang = card.ctx.words, card.ctx.lang
    carried = w.CARRIED.fill(sent=item.sent, received=item.received).to(lang)
    text = say(w.BY_STICK, carried=carried) if item.way == "stick" else carried
    verdict = {True: w.EQUAL, False: w.UNEQUAL, None: w.NOT_COMPARED}[item.equal]
    sorts = [(line, line.sent + line.received) for line in item.lines if line.sent + line.received]
    signed = {True: w.SIGNED, False: w.BADLY_SIGNED, None: w.NOT_SIGNED}[item.seal.genuine if item.seal else None]
    parts = [say(verdict), say(signed), *([say(w.REFUSED, n=item.refused)] if item.refused else [])]
    parts += [say(w.MENDED, n=number(item.mended, lang))] if item.mended else []
    parts += [say(w.PART, sort=_sort(line.entity).to(lang), n=number(n, lang)) for line, n in sorts]
    good = item.equal is not False and not item.refused and (item.seal is None or item.seal.genuine)
    return Line("ok" if good else "wait", "check" if good else "clock", text, " · ".join(parts),
                when_text(item.at, card.ctx.clock, lang), ((w.PRINT, partial(card.print_receipt, item)),))  # fmt: skip


def _sort(entity: str) -> Words:
    return SYNCED[entity].plural if entity in SYNCED else Words(entity, entity)


def event_line(ctx: Context, event: SyncEvent) -> Line:
    """An event of the log."""
    tone, icon = EVENT_LOOK[event.sort]
    return Line(tone, icon, ctx.words(event.words), "", when_text(event.at, ctx.clock, ctx.lang))


LISTS: dict[str, SyncList] = {
    "waiting": SyncList(w.WAITING, w.WAITING_HELP, w.NOTHING_WAITS, partial(waiting_items, most=MOST), _waiting),
    "aside": SyncList(w.ASIDE, w.ASIDE_HELP, w.NOTHING_ASIDE, partial(quarantine.listed, most=MOST), _aside),
    "receipts": SyncList(w.RECEIPTS, w.RECEIPTS_HELP, w.NO_RECEIPT, partial(receipts.kept, most=MOST), _receipt),
    "events": SyncList(w.EVENTS, w.EVENTS_HELP, w.NO_EVENTS, partial(sync_events.events, most=MOST),
                       lambda card, event: event_line(card.ctx, event)),
}  # fmt: skip
