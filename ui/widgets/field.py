"""A labelled field with a reserved line for help or error, and the summary of what is wrong."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.widgets.buttons import link
from ui.widgets.frames import clear, column, row
from ui.widgets.labels import ElidedLabel, icon_label, label


class Field(QWidget):
    """Label, edit, and one line below that helps or names the error; nothing jumps.

    `title` may hold a mnemonic (`&Nama lengkap`); `tag` stands pale behind it: "(boleh kosong)".
    """

    def __init__(self, title: str, edit: QWidget, *, help_: str = "", tag: str = "", reserve: bool = True) -> None:
        super().__init__()
        self.edit, self._help, self._reserve = edit, help_, reserve
        whole = column(spacing=4)
        self.setLayout(whole)
        head = row(spacing=4)
        self.title = label(title, "label")
        self.title.setBuddy(edit)
        head.addWidget(self.title)
        self.tag = ElidedLabel(tag, "tag")
        head.addWidget(self.tag, 1)
        whole.addLayout(head)
        whole.addWidget(edit)
        foot = row(spacing=6)
        self._mark = icon_label("circle-alert", "red", 15, stroke=2)
        self._line = ElidedLabel(help_, "help")
        foot.addWidget(self._mark)
        foot.addWidget(self._line, 1)
        whole.addLayout(foot)
        edit.setAccessibleName(title.replace("&", ""))
        self.show_problem("")

    def show_problem(self, sentence: str, severity: str = "error") -> None:
        """Say what is wrong beside the field; an empty sentence brings the help back."""
        warns = severity == "warning"
        role, mark = ("warning" if warns else "error") if sentence else "help", severity if sentence else ""
        looks = self._line.property("role") != role or (self.edit.property("invalid") or "") != mark
        self._line.setProperty("role", role)
        self._line.setText(sentence or self._help)
        self._line.setVisible(bool(sentence or self._help) or self._reserve)
        self._mark.setVisible(bool(sentence))
        if sentence:
            name, ink = ("triangle-alert", "mangoInk") if warns else ("circle-alert", "red")
            self._mark.setPixmap(icons.pixmap(name, ink, 15, stroke=2))
        self.edit.setAccessibleDescription(sentence or self._help)
        self.edit.setProperty("invalid", mark)
        for widget in (self._line, self.edit) if looks else ():
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._give_room()

    def _give_room(self) -> None:
        """One line is reserved; what is wrong may take a second one, and is never cut."""
        long = self._line.fontMetrics().horizontalAdvance(self._line.text()) > self._line.width()
        lines = 2 if self.problem and long and self.isVisible() else 1
        self._line.setFixedHeight(theme.current().room(18) * lines)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def set_help(self, help_: str) -> None:
        """Another help line, such as where the value came from."""
        self._help = help_
        if not self.edit.property("invalid"):
            self.show_problem("")

    @property
    def problem(self) -> str:
        """The sentence that stands beside the field, or empty."""
        return self._line.text() if self.edit.property("invalid") else ""


class ErrorSummary(QFrame):
    """What has to be corrected, over the form; takes the focus; each line leads to its field."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "red")
        self.setProperty("framed", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = row(margins=(14, 10, 14, 10), spacing=12)
        self.setLayout(line)
        line.addWidget(icon_label("circle-alert", "redInk", 20), 0, Qt.AlignmentFlag.AlignTop)
        self._body = column(spacing=0)
        line.addLayout(self._body, 1)
        self._links: list[QWidget] = []
        self.hide()

    def show_problems(
        self, title: str, problems: Sequence[tuple[str, Callable[[], object]]], foot: str = "", *, focus: bool = True
    ) -> None:
        """List the problems as (sentence, what leads to the field) and take the focus."""
        self.clear()
        self.setAccessibleName(title)
        head = label(title, "bold")
        self._body.addWidget(head)
        for sentence, lead in problems:
            line = link(sentence, lead, lined=True)
            self._body.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
            self._links.append(line)
        if foot:
            self._body.addWidget(label(foot, "small", wrap=True))
        self.show()
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing to correct any more."""
        self.hide()
        self._links = []
        clear(self._body)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._links:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._links:
                line = next((b for b in self._links if b.hasFocus()), self._links[0])
                line.click()  # pyright: ignore[reportAttributeAccessIssue]
                return
            super().keyPressEvent(event)
            return
        at = next((i for i, b in enumerate(self._links) if b.hasFocus()), -1 if step > 0 else 0)
        self._links[(at + step) % len(self._links)].setFocus(Qt.FocusReason.TabFocusReason)
