"""The search field of a list, and what stands there when nothing matches."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from models import care, reference, search
from models.store import Store
from ui import icons, theme
from ui.background import Job
from ui.context import Context
from ui.widgets import HintButton, TextEdit, column, label, link
from ui.words import owners as words


class SearchEdit(TextEdit):
    """Searches at each letter; Down or Enter goes into the list, Esc empties it. Says what was found."""

    down = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icons.icon("search", "ink3", 17), QLineEdit.ActionPosition.LeadingPosition)
        self._count = ""

    def show_count(self, text: str) -> None:
        """The line at the right end: `61 dari 84 usaha`."""
        self._count = text
        metrics = self.fontMetrics()
        self.setTextMargins(0, 0, metrics.horizontalAdvance(text) + 8 if text else 0, 0)
        self.setAccessibleDescription(text)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.current().font(12.5))
        painter.setPen(theme.current().color("ink3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(0, 0, -12, 0), right, self._count)


class NothingFound(QWidget):
    """Says that nothing matches, what was probably meant, and offers to register the typed name."""

    meant = Signal(str)
    register = Signal(str)
    cleared = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx, self._text, self._meant = ctx, "", ""
        self.said = label("", "h2", wrap=True)
        self.help = label(ctx.words(words.TRY_LESS), "muted", wrap=True)
        self.suggestion = link("", lambda: self.meant.emit(self._meant))
        self.act = HintButton("", icon="plus", clicked=lambda: self.register.emit(self._text))
        self.guest = label("", wrap=True)
        self.print_guest = HintButton(ctx.words(words.PRINT_GUEST), icon="printer", clicked=self._print)
        self._job: Job | None = None
        self._guest_id = ""
        self.clear = HintButton(ctx.words(words.CLEAR), clicked=self.cleared.emit)
        whole = column(margins=(24, 24, 24, 24), spacing=8)
        whole.addStretch(2)
        for part in (self.said, self.suggestion, self.help, self.guest, self.print_guest, self.act, self.clear):
            if part in (self.said, self.help, self.guest):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                whole.addWidget(part)
            else:
                whole.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.insertSpacing(4, 8)
        whole.addStretch(3)
        self.setLayout(whole)

    def show_query(self, text: str, meant: str, *, filtered: bool) -> None:
        """Say what was looked for."""
        self._text, self._meant = text, meant
        said = words.NOTHING.fill(text=text) if text else words.NOTHING_FILTERED
        self.said.setText(self._ctx.words(said))
        self.suggestion.setText(self._ctx.words(words.MEANT, text=meant))
        self.suggestion.setVisible(bool(meant))
        self.help.setVisible(bool(text) and not meant)
        self.act.setText(self._ctx.words(words.REGISTER_IT, text=text).replace("&", "&&"))
        self.act.setVisible(bool(text))
        self.clear.setVisible(filtered)
        self._ask_guest(text)

    def _ask_guest(self, text: str) -> None:
        """Somebody served today whose records have left this laptop already may be meant."""
        self._show_guest(None)
        if self._job:
            self._job.cancel()
        if text:
            self._job = self._ctx.background.read(self, partial(handed_on, text), self._show_guest)

    def _show_guest(self, found: tuple[str, str, str] | None) -> None:
        self.guest.setVisible(found is not None)
        self.print_guest.setVisible(found is not None)
        if found is None:
            return
        self._guest_id, name, village = found
        place = reference.region(village)
        self.guest.setText(self._ctx.words(words.HANDED_ON, name=name, place=place.title if place else village))
        self.help.hide()

    def _print(self) -> None:
        self._ctx.go("preview", owner_id=self._guest_id)


def handed_on(text: str, store: Store) -> tuple[str, str, str] | None:
    """The first guest of today whose name holds what was typed: owner id, name, village."""
    wanted = search.fold(text)
    return next((guest for guest in care.guests_today(store) if wanted in search.fold(guest[1])), None)
