"""What every section of the settings is made of."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.i18n import Words
from ui.context import Context
from ui.widgets import column, label, row, rule

WIDE = 720


class Section(QWidget):
    """A heading, a lead, and rows."""

    def __init__(self, ctx: Context, heading: Words, lead: Words) -> None:
        super().__init__()
        self.ctx = ctx
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body: QVBoxLayout = column(margins=(24, 20, 24, 20))
        outer = row()
        inner = QWidget()
        inner.setLayout(self.body)
        inner.setMaximumWidth(WIDE + 48)
        outer.addWidget(inner, 1)
        outer.addStretch()
        whole = column()
        whole.addLayout(outer)
        whole.addStretch()
        self.setLayout(whole)
        self.body.addWidget(label(ctx.words(heading), "h2"))
        self.body.addSpacing(2)
        self.body.addWidget(label(ctx.words(lead), "smallmuted", wrap=True))
        self.body.addSpacing(14)

    def open(self) -> None:
        """The section comes to the front: read what it shows."""

    def leave(self) -> None:
        """The page is left: keep what was typed."""

    def add_row(self, title: Words, why: Words | str, control: QWidget) -> None:
        """One setting: what it is, one line why, and its control at the right."""
        texts = column(spacing=1)
        head = label(self.ctx.words(title), "bold")
        head.setBuddy(control)
        texts.addWidget(head)
        sentence = why if isinstance(why, str) else self.ctx.words(why)
        texts.addWidget(label(sentence, "cap", wrap=True))
        control.setAccessibleName(self.ctx.words(title))
        control.setAccessibleDescription(sentence)
        line = row(margins=(0, 12, 0, 12), spacing=24)
        line.addLayout(texts, 1)
        line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
        self.body.addWidget(rule())
