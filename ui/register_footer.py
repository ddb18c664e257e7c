"""The foot of Daftarkan usaha: cancel, how long it took, draft, and the one primary act."""

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.i18n import Words
from ui import icons, theme
from ui.context import Context
from ui.drafts import time_of_day
from ui.shortcuts import hint
from ui.widgets import HintButton, label, row
from ui.words import common
from ui.words import register as words

MINUTE = 60


class RegisterFooter(QFrame):
    """Buttons in the fixed order; which of them stand there depends on the step."""

    cancelled = Signal()
    deleted = Signal()
    stepped_back = Signal()
    kept = Signal()
    submitted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("role", "footer")
        self.setFixedHeight(theme.current().room(60))
        self.cancel = self._button(words.CANCEL, "text", self.cancelled, hint_="Esc")
        self.delete = self._button(words.DELETE_DRAFT, "text", self.deleted)
        self.back = self._button(common.BACK, "", self.stepped_back)
        self.keep = self._button(common.SAVE_DRAFT, "", self.kept)
        self.primary = self._button(words.SAVE_NEXT, "primary", self.submitted, "arrow-right", hint("submit"))
        self._since, self._taken = label("", "cap"), label("", "smallbold")
        line: QHBoxLayout = row(margins=(24, 0, 24, 0), spacing=12)
        self.setLayout(line)
        line.addWidget(self.cancel)
        line.addWidget(self.delete)
        line.addStretch(1)
        times, self._times = row(), QWidget()
        self._times.setLayout(times)
        times.addWidget(self._since)
        times.addWidget(self._taken)
        line.addWidget(self._times)
        for button in (self.back, self.keep, self.primary):
            line.addWidget(button)
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._tick)
        self.delete.hide()

    def show_form(self, act: Words, *, opens: bool) -> None:
        """The steps that are filled in; `opens`: the primary act shows what is there already."""
        self.back.hide()
        self.keep.show()
        self._times.show()
        self._name_primary(act, "arrow-right" if act is words.SAVE_NEXT else "store" if opens else "check")

    def show_notice(self) -> None:
        """The last step."""
        self.back.show()
        self.keep.hide()
        self._times.hide()
        self._name_primary(words.SAVE, "check")

    def start_clock(self, *, shown: bool) -> None:
        """Count the seconds of a new entry; correcting one is not timed."""
        self._began = self._ctx.clock.now()
        self._since.setText(self._ctx.words(words.STARTED_AT, time=time_of_day(self._ctx)))
        self._since.setVisible(shown)
        self._taken.setVisible(shown)
        self._tick()
        self.run_clock(on=shown)

    def run_clock(self, *, on: bool) -> None:
        """Counting goes on only while the page is in front."""
        if on:
            self._ticks.start()
        else:
            self._ticks.stop()

    def _tick(self) -> None:
        seconds = int((self._ctx.clock.now() - self._began).total_seconds())
        said = (
            words.SECONDS.fill(seconds=seconds) if seconds < MINUTE else words.MINUTES.fill(minutes=seconds // MINUTE)
        )
        self._taken.setText(self._ctx.words(said))

    def _name_primary(self, act: Words, icon: str) -> None:
        self.primary.setText(self._ctx.words(act))
        icons.put(self.primary, icon, "onPri")

    def _button(self, text: Words, kind: str, signal: SignalInstance, icon: str = "", hint_: str = "") -> HintButton:
        return HintButton(self._ctx.words(text), kind, icon=icon, hint=hint_, clicked=signal.emit)
