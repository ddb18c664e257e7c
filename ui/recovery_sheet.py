"""The recovery key as it is shown once: to be saved on paper before going on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from models.clock import Clock
from models.errors import AppError
from models.i18n import Lang
from models.onboarding import write_recovery_sheet
from ui.dialogs import Dialogs
from ui.widgets import HintButton, column, frame, label, row
from ui.words import first_run as w


class RecoverySheet(QWidget):
    """The key in large letters, ways to keep it, and the promise that it is kept."""

    kept = Signal(bool)

    def __init__(self, key: str, name: str, lang: Lang, dialogs: Dialogs, clock: Clock) -> None:
        super().__init__()
        self._key, self._name, self._dialogs, self._clock = key, name, dialogs, clock
        self._lang: Lang = lang
        body = column(spacing=10)
        self.setLayout(body)
        body.addWidget(label(w.RECOVERY_HELP.to(lang), "lead", wrap=True))
        inner = column(margins=(18, 16, 18, 14), spacing=12)
        shown = label(key.replace("-", "  "), "recovery", wrap=True)
        shown.setAccessibleName(f"{w.RECOVERY.to(lang)}: {key}")
        inner.addWidget(shown)
        line = row(spacing=10)
        line.addWidget(HintButton(w.SAVE_SHEET.to(lang), size="small", icon="file-down", clicked=self.save))
        line.addWidget(HintButton(w.COPY_KEY.to(lang), "text", size="small", clicked=self._copier(key)))
        line.addStretch()
        inner.addLayout(line)
        body.addSpacing(4)
        body.addWidget(frame("card", inner))
        self.check = QCheckBox(w.KEPT.to(lang))
        self.check.toggled.connect(self.kept)
        body.addWidget(self.check)
        body.addWidget(label(w.NO_RESCUE.to(lang), "cap", wrap=True))
        body.addStretch()

    def start(self) -> None:
        """Ready for the space bar."""
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Write the sheet to a file of the person's choice, such as on a USB stick."""
        chosen = self._dialogs.save_file(w.SAVE_SHEET, "kunci-pemulihan-dampingi.txt", w.TEXT_FILTER.to(self._lang))
        if chosen is None:
            return
        try:
            write_recovery_sheet(chosen, self._key, self._name, self._lang, self._clock.today())
        except AppError as error:
            self._dialogs.show_error(error)

    @staticmethod
    def _copier(key: str) -> Callable[[], object]:
        return lambda: QGuiApplication.clipboard().setText(key)
