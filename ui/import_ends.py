"""Before and after an import: choosing a file, waiting, and what was done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from models.clock import from_iso
from models.i18n import Lang, clock_time, short_date
from models.importing import UNDO_FOR, Imported
from ui import theme
from ui.context import Context
from ui.widgets.buttons import HintButton, link
from ui.widgets.chips import StatusChip
from ui.widgets.frames import Card, Tile, clear, column, row
from ui.widgets.labels import ElidedLabel, label, rule
from ui.words import common
from ui.words import importing as words

WIDTH = 640  # px at 100 % text


def at_time(moment: datetime, now: datetime, lang: Lang) -> str:
    """`hari ini 09.42`, else `25 Nov 09.42`."""
    time = clock_time(moment, lang)
    if moment.date() == now.date():
        return words.TODAY.fill(time=time).to(lang)
    return words.ON_DAY.fill(day=short_date(moment.date(), lang), time=time).to(lang)


def _middle(*parts: QWidget) -> QVBoxLayout:
    """Parts under each other in the middle of the page."""
    whole = column(spacing=16)
    whole.addStretch(1)
    for part in parts:
        part.setFixedWidth(theme.current().lines(WIDTH))
        whole.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    whole.addStretch(2)
    return whole


class DropZone(QFrame):
    """A dashed field: a file is dropped here or chosen by the button."""

    dropped = Signal(object)  # Path

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        whole = column(margins=(32, 36, 32, 36), spacing=6)
        self.setLayout(whole)
        title, help_ = label(words.DROP.to(lang), "h1"), label(words.DROP_HELP.to(lang), "muted", wrap=True)
        for text in (title, help_):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.choose = HintButton(
            words.CHOOSE_FILE.to(lang), "primary", icon="file-spreadsheet", size="large", hint="Enter"
        )
        whole.addWidget(Tile("prs", "file-spreadsheet", 56, 28), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addSpacing(10)
        whole.addWidget(title)
        whole.addWidget(help_)
        whole.addSpacing(14)
        whole.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event):
            event.acceptProposedAction()
            self._light(on=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(on=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._light(on=False)
        if path := _file_of(event):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _light(self, *, on: bool) -> None:
        self.setProperty("over", on)
        self.style().unpolish(self)
        self.style().polish(self)


def _file_of(event: QDropEvent) -> Path | None:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None


class ChooseView(QWidget):
    """Where an import begins; imports that can still be undone stand below."""

    chosen = Signal(object)  # Path
    undo = Signal(object)  # Imported

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.zone = DropZone(ctx.lang)
        self.zone.dropped.connect(self.chosen)
        self.zone.choose.clicked.connect(self.ask)
        self.recent = Card(ctx.words(words.RECENT), margins=(0, 0, 0, 0), spacing=0, head_height=44)
        self.setLayout(_middle(self.zone, self.recent))
        self.setFocusProxy(self.zone.choose)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Let the person choose a file."""
        if path := self._ctx.dialogs.choose_file(words.TITLE, self._ctx.words(words.PATTERN)):
            self.chosen.emit(path)

    def show_recent(self, imports: Sequence[Imported]) -> None:
        """The imports that can still be undone."""
        clear(self.recent.body)
        for i, done in enumerate(imports[:3]):
            if i:
                self.recent.body.addWidget(rule())
            self.recent.body.addWidget(self._line(done))
        self.recent.setVisible(bool(imports))

    def _line(self, done: Imported) -> QWidget:
        line = row(margins=(16, 8, 16, 8), spacing=12)
        texts = column()
        when = at_time(from_iso(done.at), self._ctx.clock.now(), self._ctx.lang)
        texts.addWidget(ElidedLabel(done.file, "bold"))
        texts.addWidget(label(self._ctx.words(words.RECENT_LINE, businesses=done.businesses, when=when), "cap"))
        line.addLayout(texts, 1)
        line.addWidget(HintButton(self._ctx.words(common.UNDO), icon="undo-2", size="small",
                                  clicked=lambda: self.undo.emit(done)))  # fmt: skip
        holder = QWidget()
        holder.setLayout(line)
        return holder


class BusyView(QWidget):
    """Something takes a moment; it can be cancelled while nothing is written."""

    cancelled = Signal()

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._text = label("", "h2")
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.cancel = HintButton(common.CANCEL.to(lang), "text", hint="Esc", clicked=self.cancelled.emit)
        holder = QWidget()
        line = row()
        line.addStretch()
        line.addWidget(self.cancel)
        line.addStretch()
        holder.setLayout(line)
        self.setLayout(_middle(self._text, bar, holder))

    def say(self, text: str, *, may_cancel: bool) -> None:
        """What is going on."""
        self._text.setText(text)
        self.cancel.setVisible(may_cancel)


class ResultView(QWidget):
    """What an import did, and the way back."""

    undo = Signal(object)  # Imported
    save_held = Signal()
    another = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._done: Imported | None = None
        card = Card(margins=(32, 28, 32, 24), spacing=8)
        self.title = label("", "h1", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(Tile("ok", "circle-check", 56, 30, round_=True), 0, Qt.AlignmentFlag.AlignHCenter)
        card.body.addSpacing(6)
        card.body.addWidget(self.title)
        self._chips = row(spacing=8)
        card.body.addLayout(self._chips)
        card.body.addSpacing(14)
        self.see = HintButton(ctx.words(words.SEE_OWNERS), "primary", icon="store", clicked=lambda: ctx.go("owners"))
        self.held = HintButton(ctx.words(words.SAVE_HELD), icon="file-down", clicked=self.save_held.emit)
        again = HintButton(ctx.words(words.ANOTHER), icon="file-spreadsheet", clicked=self.another.emit)
        card.body.addLayout(_centred(self.see, self.held, again))
        card.body.addSpacing(14)
        card.body.addWidget(rule())
        card.body.addSpacing(6)
        self.until = label("", "cap")
        self.take_back = link(ctx.words(words.UNDO), lambda: self.undo.emit(self._done))
        card.body.addLayout(_centred(self.until, self.take_back))
        self.setLayout(_middle(card))
        self.setFocusProxy(self.see)

    def show_result(self, done: Imported) -> None:
        """Say what this import did."""
        self._done, ctx = done, self._ctx
        self.title.setText(ctx.words(words.DONE, businesses=done.businesses, owners=done.owners))
        clear(self._chips)
        self._chips.addStretch()
        for n, tone, text, icon in ((done.to_check, "wait", words.DONE_CHECK, "circle-alert"),
                                    (done.held, "neu", words.DONE_HELD, "minus")):  # fmt: skip
            if n:
                self._chips.addWidget(StatusChip(tone, ctx.words(text, n=n), icon))
        self._chips.addStretch()
        self.held.setVisible(done.held > 0)
        until: timedelta = UNDO_FOR
        when = at_time(from_iso(done.at) + until, ctx.clock.now(), ctx.lang)
        self.until.setText(ctx.words(words.UNDO_UNTIL, when=when))


def _centred(*parts: QWidget) -> QVBoxLayout:
    whole, line = column(), row(spacing=10)
    line.addStretch()
    for part in parts:
        line.addWidget(part)
    line.addStretch()
    whole.addLayout(line)
    return whole
