"""The recovery key as it is shown once: to be printed or saved as a paper before going on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from models.clock import Clock
from models.errors import AppError
from models.files import save_chosen
from ui.dialogs import Dialogs
from ui.gate import Gate
from ui.printing import Desk, PrintJob, SystemDesk
from ui.widgets import HintButton, column, frame, label, row
from ui.words import first_run as w
from ui.words import preview

SIZE = "A4"  # every printer has it


class RecoverySheet(QWidget):
    """The key in large letters, ways to keep it, and the promise that it is kept.

    `gate` is the screen it stands on, `name` whose key it is.
    """

    kept = Signal(bool)

    def __init__(self, gate: Gate, dialogs: Dialogs, clock: Clock, key: str, name: str) -> None:
        super().__init__()
        self._gate, self._dialogs, self._clock = gate, dialogs, clock
        self._desk: Desk = SystemDesk()
        self._key, self._name, lang = key, name, gate.lang
        body = column(spacing=10)
        self.setLayout(body)
        self.lead = label(w.RECOVERY_HELP.to(lang), "lead", wrap=True)
        body.addWidget(self.lead)
        inner = column(margins=(18, 16, 18, 14), spacing=12)
        shown = label(key.replace("-", "  "), "recovery", wrap=True)
        shown.setAccessibleName(f"{w.RECOVERY.to(lang)}: {key}")
        inner.addWidget(shown)
        line = row(spacing=10)
        line.addWidget(HintButton(w.PRINT_SHEET.to(lang), size="small", icon="printer", clicked=self.print_out))
        line.addWidget(HintButton(w.SAVE_SHEET.to(lang), size="small", icon="file-down", clicked=self.save))
        line.addWidget(HintButton(w.COPY_KEY.to(lang), "text", size="small", clicked=self._copier(key)))
        line.addStretch()
        inner.addLayout(line)
        self.said = label("", "cap", wrap=True)
        self.said.hide()
        inner.addWidget(self.said)
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

    def print_out(self) -> None:
        """Print it with the printer that is used most."""
        self._gate.run(
            self._print, lambda name: self._say(preview.SENT.fill(printer=name).to(self._gate.lang)), self._failed
        )

    def save(self) -> None:
        """Write it to a file of the person's choice, such as on a USB stick."""
        path = self._dialogs.save_file(w.SAVE_SHEET, "kunci-pemulihan-dampingi.pdf", preview.PDF_FILES)
        if path is None:
            return
        saved = lambda _: self._say(preview.SAVED.fill(name=path.name).to(self._gate.lang))  # noqa: E731
        self._gate.run(partial(self._write, path), saved, self._failed)

    def _pdf(self) -> bytes:
        from reports import recovery_sheet, render

        data = recovery_sheet.of(self._key, self._name, self._clock.today(), self._gate.lang)
        return render(recovery_sheet.PAPER, data, SIZE)

    def _write(self, path: Path) -> None:
        save_chosen(path, self._pdf())

    def _print(self) -> str:
        """The name of the printer that took it; beside the screen."""
        printers = self._desk.printers()
        if not printers:
            raise AppError(preview.NO_PRINTER)
        self._desk.print_out(PrintJob(self._pdf(), printers[0].name, SIZE))
        return printers[0].name

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _failed(self, error: AppError) -> None:
        self._dialogs.show_error(error)

    @staticmethod
    def _copier(key: str) -> Callable[[], object]:
        return lambda: QGuiApplication.clipboard().setText(key)
