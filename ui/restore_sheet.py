"""Back to a backup: what was never sent goes onto a stick first, then the account is closed and the backup put in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models import backups
from models.accounts import Account
from models.backups import Backup
from models.errors import AppError, DamagedDatabase
from models.i18n import Words, number
from ui import theme
from ui.context import Context
from ui.drives import Drive, removable
from ui.widgets import Banner, HintButton, column, icon_label, label, row, rule
from ui.widgets.sheet import Sheet
from ui.words import common, usb
from ui.words import restoring as w

if TYPE_CHECKING:
    from sync.going_back import Outlook
    from sync.stick import Handed

EVERY = 3_000  # ms between two looks for a stick
WIDTH = 540


class RestoreSheet(Sheet):
    """One question that tells what happens; whatever goes wrong is said in it, and nothing is changed."""

    def __init__(
        self, ctx: Context, window: QWidget, account: Account, backup: Backup,
        drives: Callable[[], list[Drive]] = removable,
    ) -> None:  # fmt: skip
        when = w.when(backup.made, ctx.lang, ctx.clock)
        super().__init__(window, ctx.words(w.TITLE, when=when), ctx.words(common.CLOSE))
        self.ctx, self._over, self._drives = ctx, window, drives
        self._account, self._backup, self._when = account, backup, when
        self._key = b""
        self._outlook: Outlook | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._build()
        ctx.background.read(self, lambda store: store.key, self._look)

    def _build(self) -> None:
        say = self.ctx.words
        inner = column(margins=(24, 4, 24, 16), spacing=12)
        self.text = label(say(w.LOOKING), "muted", wrap=True)
        inner.addWidget(self.text)
        plug = row(spacing=10)
        plug.addWidget(icon_label("usb", "pri", 17))
        self._stick = label("", "small", wrap=True)
        plug.addWidget(self._stick, 1)
        self._plug = QWidget()
        self._plug.setLayout(plug)
        self._plug.hide()
        inner.addWidget(self._plug)
        note, texts = row(spacing=10), column(spacing=4)
        note.addWidget(icon_label("info", "ink3", 17), 0, Qt.AlignmentFlag.AlignTop)
        self._code = label(say(w.NEW_CODE), "small", wrap=True)
        texts.addWidget(label(say(w.MEANING), "small", wrap=True))
        texts.addWidget(self._code)
        note.addLayout(texts, 1)
        self._note = QWidget()
        self._note.setLayout(note)
        inner.addWidget(self._note)
        self.problem = Banner("amber", "", icon="triangle-alert")
        self.problem.hide()
        inner.addWidget(self.problem)
        self.body.addLayout(inner)
        self.body.addWidget(rule())
        self.body.addLayout(self._foot())
        self.cancel.setFocus()
        self._fit()

    def _foot(self) -> QHBoxLayout:
        foot = row(margins=(24, 12, 24, 12), spacing=10)
        foot.addStretch()
        self.cancel = HintButton(self.ctx.words(common.CANCEL), hint="Esc", clicked=self.reject)
        self.act = HintButton(self.ctx.words(w.ONLY_RESTORE), "primary", clicked=self._go)
        self.act.setEnabled(False)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        return foot

    def _look(self, key: bytes) -> None:
        self._key = key
        look = lambda: backups.last_stamp(self._backup, key)  # noqa: E731
        self.ctx.background.run(self, look, self._ask_store, self._unfit)

    def _ask_store(self, stamp: int) -> None:
        from sync import going_back

        self.ctx.background.read(self, lambda store: going_back.look(store, stamp), self._show, self._unseen)

    def _show(self, outlook: "Outlook") -> None:
        self._outlook = outlook
        n = number(outlook.later, self.ctx.lang)
        self._code.setVisible(outlook.enrolled)
        if outlook.later and not outlook.enrolled:
            self._no_way(w.NOT_CONNECTED.fill(n=n))
            return
        self._tell(w.UNSENT.fill(n=n) if outlook.later else w.NOTHING_UNSENT)
        self.act.setText(self.ctx.words(w.SAVE_AND_RESTORE if outlook.later else w.ONLY_RESTORE))
        self.act.setEnabled(True)
        if outlook.later:
            self._plug.show()
            self._timer.start(EVERY)
            self.look()

    def look(self) -> None:
        """See which stick is plugged in."""
        found = self._drives()
        plugged = usb.PLUGGED.fill(name=found[0].name) if found else usb.NO_STICK
        self._stick.setText(self.ctx.words(plugged))
        self._fit()

    def _go(self) -> None:
        from sync import going_back

        outlook = self._outlook
        if outlook is None or not outlook.later:
            self._put_back(w.DONE.fill(when=self._when))
        elif found := self._drives():
            self.problem.hide()
            self.act.setEnabled(False)
            self.act.setText(self.ctx.words(w.SAVING))
            work = lambda: going_back.hand_over(self.ctx.background.call, outlook, found[0].root)  # noqa: E731
            self.ctx.background.run(self, work, self._handed, self._failed)
        else:
            self._warn(w.NO_STICK)

    def _handed(self, done: "Handed") -> None:
        self._put_back(w.DONE_HANDED.fill(when=self._when, n=number(done.records, self.ctx.lang)))

    def _put_back(self, said: Words) -> None:
        """Close the account; beside the screen the backup takes the place of its file."""
        account, key, backup, outlook, clock = self._account, self._key, self._backup, self._outlook, self.ctx.clock

        def work() -> Words:
            from sync import going_back

            going_back.go_back(account, key, backup, outlook, clock)
            return said

        self.accept()
        QTimer.singleShot(0, self._over, lambda: self.ctx.lock_out(work))

    def _unfit(self, error: AppError) -> None:
        self._no_way(w.BAD_BACKUP if isinstance(error, DamagedDatabase) else error.words)

    def _unseen(self, error: AppError) -> None:
        if isinstance(error, DamagedDatabase):
            self._unreadable()
        else:
            self._no_way(error.words)

    def _failed(self, error: AppError) -> None:
        """The stick did not take what waits: nothing was changed."""
        if isinstance(error, DamagedDatabase):
            self._unreadable()
            return
        self._warn(error.words)
        self.act.setText(self.ctx.words(w.SAVE_AND_RESTORE))
        self.act.setEnabled(True)

    def _unreadable(self) -> None:
        """Nobody can tell what waits in a damaged file; it can only be set aside as it stands."""
        self._outlook = None
        self._timer.stop()
        self._plug.hide()
        self._tell(w.UNREADABLE)
        self.act.setText(self.ctx.words(w.ONLY_RESTORE))
        self.act.setEnabled(True)

    def _no_way(self, words: Words) -> None:
        """It cannot be done now: only why stays in the question."""
        self.act.hide()
        self._note.hide()
        self._tell(words)

    def _tell(self, words: Words) -> None:
        self.text.setText(self.ctx.words(words))
        self._fit()

    def _warn(self, words: Words) -> None:
        self.problem.say(self.ctx.words(words))
        self.problem.show()
        self.cancel.setFocus()
        self._fit()

    def _fit(self) -> None:
        self.fit(theme.current().room(WIDTH))
