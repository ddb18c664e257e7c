"""The settings' list of backups: one more now, and going back to one."""

from typing_extensions import override

from models import backups
from models.accounts import Account
from models.backups import Backup
from ui.context import Context
from ui.restore_sheet import RestoreSheet
from ui.settings_rows import Section
from ui.widgets import HintButton, clear, column, label, row
from ui.words import restoring
from ui.words import settings as w


class BackupSection(Section):
    """The backups that are there, and one more now."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, w.TITLES["backup"], w.BACKUP_LEAD)
        now = HintButton(ctx.words(w.BACKUP_NOW), icon="hard-drive", clicked=self._make)
        self.add_row(w.BACKUP_NOW, w.KEPT, now)
        self.restore_buttons: list[HintButton] = []
        self.list = column(margins=(0, 12, 0, 0), spacing=8)
        self.body.addLayout(self.list)

    @override
    def open(self) -> None:
        if account := self.ctx.profile.account:
            self._show(account, backups.listed(account.backups))

    def _show(self, account: Account, found: list[Backup]) -> None:
        clear(self.list)
        self.restore_buttons = []
        for backup in found:
            self._line(account, backup)
        if not found:
            self.list.addWidget(label(self.ctx.words(w.BACKUP_NONE)))

    def _line(self, account: Account, backup: Backup) -> None:
        ctx, made = self.ctx, backup.made
        line = row(spacing=24)
        line.addWidget(label(restoring.whole(made, ctx.lang, ctx.clock)), 1)
        if not ctx.profile.sample:
            button = HintButton(
                ctx.words(restoring.RESTORE), size="small", clicked=lambda: self._ask(account, backup)
            )  # fmt: skip
            button.setAccessibleName(ctx.words(restoring.RESTORE_NAMED, when=restoring.when(made, ctx.lang, ctx.clock)))
            self.restore_buttons.append(button)
            line.addWidget(button)
        self.list.addLayout(line)

    def _ask(self, account: Account, backup: Backup) -> None:
        window = self.window()
        RestoreSheet(self.ctx, window, account, backup).open_over(window)

    def _make(self) -> None:
        def made(backup: Backup | None) -> None:
            self.ctx.toast(w.BACKUP_DONE if backup else w.BACKUP_TODAY)
            self.open()

        account = self.ctx.profile.account
        if account:
            self.ctx.background.read(self, lambda store: backups.daily(store, account.backups, store.clock), made)
