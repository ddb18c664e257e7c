"""A dialog over the darkened window, as tall as its words need."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.buttons import IconButton
from ui.widgets.frames import column, frame, row
from ui.widgets.labels import label
from ui.widgets.overlay import FocusRing, Scrim


class Sheet(QDialog):
    """Its title and a cross stand at the head; who makes it fills `body` below them."""

    def __init__(self, window: QWidget | None, title: str, close: str) -> None:
        super().__init__(window)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        self.body, outer = column(), column()
        outer.addWidget(frame("dialog", self.body))
        self.setLayout(outer)
        head = row(margins=(24, 16, 16, 2), spacing=12)
        head.addWidget(label(title, "h2"), 1)
        head.addWidget(IconButton("x", close, self.reject))
        self.body.addLayout(head)
        FocusRing(self, by_keyboard=False)

    def fit(self, width: int) -> None:
        """As tall as its words need at this width, around the same middle."""
        middle = self.geometry().center()
        for part in reversed([self, *self.findChildren(QWidget)]):  # from within: else rows keep an older text's height
            part.ensurePolished()
            if (layout := part.layout()) is not None:
                layout.invalidate()
                layout.activate()
        if (layout := self.layout()) is not None:
            tall = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            self.setFixedSize(width, tall)
        if self.isVisible():
            self.move(self.pos() + middle - self.geometry().center())

    def open_over(self, window: QWidget) -> None:
        """Open it on the darkened window; both are gone when it is closed."""
        scrim = Scrim(window)
        self.finished.connect(lambda _: (scrim.hide(), scrim.deleteLater(), self.deleteLater()))
        self.open()
