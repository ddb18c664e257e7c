"""Change the passphrase: the one now, then the new one twice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.accounts import Account
from models.errors import AppError
from models.vault import passphrase_problem
from ui.context import Context
from ui.unlock_forms import SecretEdit
from ui.widgets import Field, HintButton, column, row
from ui.words import common
from ui.words import settings as w
from ui.words.first_run import DIFFERENT


class PassphraseChange(QWidget):
    """Three fields that open below the row of the passphrase."""

    closed = Signal()

    def __init__(self, ctx: Context, account: Account) -> None:
        super().__init__()
        self.ctx, self._account = ctx, account
        body = column(margins=(0, 12, 0, 12), spacing=4)
        self.setLayout(body)
        self.old, self.first, self.second = (SecretEdit(ctx.lang) for _ in range(3))
        edits = (self.old, self.first, self.second)
        self.fields = [Field(ctx.words(t), edit) for t, edit in zip((w.OLD, w.NEW, w.AGAIN), edits, strict=True)]
        for field, edit in zip(self.fields, edits, strict=True):
            edit.textEdited.connect(lambda _="", field=field: field.show_problem(""))
            body.addWidget(field)
        self.old.returnPressed.connect(self.first.setFocus)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.keep)
        self.button = HintButton(ctx.words(w.KEEP_NEW), "primary", clicked=self.keep)
        line = row(spacing=10)
        line.addWidget(HintButton(ctx.words(common.CANCEL), "text", clicked=self._close))
        line.addStretch()
        line.addWidget(self.button)
        body.addLayout(line)

    def start(self) -> None:
        """Empty and ready to type."""
        for field, edit in zip(self.fields, (self.old, self.first, self.second), strict=True):
            edit.clear()
            field.show_problem("")
        self.show()
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Change it when the new one is good and typed twice alike."""
        problem = passphrase_problem(self.first.text())
        if problem:
            self.fields[1].show_problem(self.ctx.words(problem.words))
            return
        if self.first.text() != self.second.text():
            self.fields[2].show_problem(self.ctx.words(DIFFERENT))
            return
        old, new, vault = self.old.text(), self.first.text(), self._account.vault(self.ctx.clock)
        self.button.setEnabled(False)
        self.ctx.background.run(self, lambda: vault.change(old, new), lambda _: self._changed(), self._refused)

    def _changed(self) -> None:
        self._close()
        self.ctx.toast(w.CHANGED)

    def _refused(self, error: AppError) -> None:
        self.button.setEnabled(True)
        self.fields[0].show_problem(self.ctx.words(error.words))
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.button.setEnabled(True)
        self.hide()
        self.closed.emit()
