"""What stops the program until it is answered: confirm what cannot be undone, name an error, choose a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from models.errors import AppError
from models.i18n import Lang, Words
from ui import theme
from ui.widgets.buttons import HintButton
from ui.widgets.frames import column, frame, row
from ui.widgets.labels import icon_label, label
from ui.widgets.overlay import FocusRing, Scrim
from ui.words import common


@dataclass(frozen=True, slots=True)
class Question:
    """Something that cannot be undone: the button names the act, Esc and focus are the safe one."""

    title: Words
    text: Words
    act: Words
    cancel: Words = common.CANCEL
    danger: bool = True


class Dialogs:
    """The modals of one window. Tests put a named fake in its place."""

    def __init__(self, window: Callable[[], QWidget | None], lang: Callable[[], Lang]) -> None:
        self._window, self._lang = window, lang

    def confirm(self, question: Question) -> bool:
        """Whether the person chose the act."""
        cancel = HintButton(question.cancel.to(self._lang()))
        act = HintButton(question.act.to(self._lang()), "danger" if question.danger else "primary")
        dialog = self._dialog(question.title, question.text, [cancel, act] if not question.danger else [act, cancel])
        act.clicked.connect(dialog.accept)
        cancel.clicked.connect(dialog.reject)
        safe = cancel if question.danger else act
        safe.setDefault(True)
        safe.setFocus()
        return self._run(dialog)

    def show_error(self, error: AppError) -> None:
        """One sentence: what is wrong, what to do."""
        close = HintButton(common.CLOSE.to(self._lang()), "primary")
        dialog = self._dialog(error.words, None, [close], icon="circle-alert")
        close.clicked.connect(dialog.accept)
        close.setFocus()
        self._run(dialog)

    def choose_file(self, title: Words, pattern: str) -> Path | None:
        """An existing file, or None. `pattern`: `"Excel (*.xlsx *.xlsm)"`."""
        name, _ = QFileDialog.getOpenFileName(self._window(), title.to(self._lang()), str(Path.home()), pattern)
        return Path(name) if name else None

    def save_file(self, title: Words, name: str, pattern: str) -> Path | None:
        """Where to write a file, or None; what was typed without the ending of `name` gets it."""
        start, ending = str(Path.home() / name), Path(name).suffix
        chosen, _ = QFileDialog.getSaveFileName(self._window(), title.to(self._lang()), start, pattern)
        return Path(chosen if chosen.lower().endswith(ending) else chosen + ending) if chosen else None

    def _run(self, dialog: QDialog) -> bool:
        window = self._window()
        scrim = Scrim(window) if window else None
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            if scrim:
                scrim.hide()
                scrim.deleteLater()
            dialog.deleteLater()

    def _dialog(self, title: Words, text: Words | None, buttons: list[HintButton], icon: str = "") -> QDialog:
        dialog = QDialog(self._window())
        dialog.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        dialog.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        dialog.setWindowTitle(title.to(self._lang()))
        body = column(margins=(24, 22, 24, 20), spacing=8)
        outer = column()
        outer.addWidget(frame("dialog", body))
        dialog.setLayout(outer)
        head = row(spacing=12)
        if icon:
            head.addWidget(icon_label(icon, "red", 22), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(title.to(self._lang()), "bold" if text is None else "h2", wrap=True), 1)
        body.addLayout(head)
        if text:
            body.addWidget(label(text.to(self._lang()), "muted", wrap=True))
        foot = row(margins=(0, 14, 0, 0), spacing=10)
        foot.addStretch()
        for button in buttons:
            foot.addWidget(button)
        body.addLayout(foot)
        width = theme.current().room(480)
        dialog.ensurePolished()
        for part in dialog.findChildren(QWidget):
            part.ensurePolished()
        dialog.setFixedSize(width, outer.totalHeightForWidth(width))
        FocusRing(dialog)
        return dialog
