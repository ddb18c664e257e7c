"""The search field of a list, and what stands there when nothing matches."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui import icons, theme
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
        self.clear = HintButton(ctx.words(words.CLEAR), clicked=self.cleared.emit)
        whole = column(margins=(24, 24, 24, 24), spacing=8)
        whole.addStretch(2)
        for part in (self.said, self.suggestion, self.help, self.act, self.clear):
            if part in (self.said, self.help):
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
