"""Buttons: kinds, key hints, icons, links."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from ui import icons, theme

INKS = {"primary": "onPri", "text": "pri", "danger": "red", "link": "pri"}


class HintButton(QPushButton):
    """A button whose key stands on it in a small box: `Daftarkan usaha [F2]`.

    kind: "" (secondary), "primary", "text", "danger", "link"; size: "", "small", "large".
    """

    def __init__(self, text: str, kind: str = "", *, icon: str = "", hint: str = "", size: str = "",
                 clicked: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setProperty("scale", size)
        self._ink = INKS.get(kind, "ink")
        self._hint = hint.replace("+", " ")
        if icon:
            icons.put(self, icon, self._ink)
        if hint:
            self.setToolTip(f"{text.replace('&&', '&')} ({hint})")
        if clicked:
            self.clicked.connect(lambda: clicked())
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def hint(self) -> str:
        """The key that is printed on the button."""
        return self._hint

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()  # Qt does so only in dialogs
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + self._hint_room(), size.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._hint:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        text_width = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        content = text_width + (self.iconSize().width() + 4 if not self.icon().isNull() else 0)
        option.rect = self.rect().adjusted(0, 0, -self._hint_room(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        self._paint_hint(painter, option.rect.center().x() + (content + 1) // 2 + 9)

    def _paint_hint(self, painter: QPainter, left: int) -> None:
        look = theme.current()
        color = look.color(self._ink if self.isEnabled() else "ink3")
        color.setAlphaF(0.78)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 1))
        height = look.room(18)
        box = QRect(left, (self.height() - height) // 2, self._hint_room() - 9, height)
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        color.setAlphaF(0.95)
        painter.setPen(color)
        painter.setFont(look.font(11.5, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _hint_room(self) -> int:
        if not self._hint:
            return 0
        return QFontMetrics(theme.current().font(11.5, 600)).horizontalAdvance(self._hint) + 12 + 9


def link(text: str, clicked: Callable[[], object], *, lined: bool = False) -> HintButton:
    """A quiet button that reads like a link; `lined` underlines it."""
    made = HintButton(text, "link", clicked=clicked)
    made.setProperty("lined", lined)
    return made


class IconButton(QToolButton):
    """A button with an icon only; its name is spoken and shown as a tooltip."""

    def __init__(self, icon: str, name: str, clicked: Callable[[], object] | None = None, *,
                 color: str = "ink2", size: int = 18, hint: str = "") -> None:  # fmt: skip
        super().__init__()
        self.setIcon(icons.icon(icon, color, size))
        self.setIconSize(QSize(size, size))
        self.setToolTip(f"{name} ({hint})" if hint else name)
        self.setAccessibleName(name)
        if clicked:
            self.clicked.connect(lambda: clicked())


class NavButton(QPushButton):
    """An entry of the sidebar: icon, name, a count, and the mango bar of the current one."""

    def __init__(self, text: str, icon: str, hint: str = "") -> None:
        super().__init__(text)
        self._name, self._hint, self._count = text, hint, 0
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setIcon(icons.icon(icon, "sideInk", 19, on="#FFFFFF"))
        self.setIconSize(QSize(19, 19))
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({hint})" if hint else text)

    def set_count(self, count: int) -> None:
        """Show how many wait for a person, at the right in mango."""
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Only the icon, when the sidebar is narrow."""
        self.setText("" if narrow else f"  {self._name}")
        self.setProperty("narrow", narrow)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("mango"))
            painter.drawRoundedRect(QRect(0, 9, 3, self.height() - 18), 1.5, 1.5)
        if self._count and self.text():
            self._paint_count(painter, look)
        elif self._hint.startswith("F") and self.text():
            painter.setPen(look.color("sideMute"))
            painter.setFont(look.font(12))
            painter.drawText(self.rect().adjusted(0, 0, -11, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._hint)  # fmt: skip

    def _paint_count(self, painter: QPainter, look: theme.Theme) -> None:
        painter.setFont(look.font(12, 600))
        width = max(22, painter.fontMetrics().horizontalAdvance(str(self._count)) + 14)
        box = QRect(self.width() - width - 10, (self.height() - 20) // 2, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("mango"))
        painter.drawRoundedRect(box, 10, 10)
        painter.setPen("#2A1B00")
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._count))
