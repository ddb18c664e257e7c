"""The list inside the palette: headings, businesses, actions, and how each is painted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from models.search import fold, words
from ui import icons, theme

ITEM = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
HEADING, TWO_LINES, ONE_LINE, EDGE, ICON, RADIUS = 30, 54, 38, 14, 19, 8


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a heading when it runs nothing. `ids` name the record, as pages take it.

    `off`: there, but not to be chosen, and `sub` says why. `stays`: the box stays open.
    """

    text: str
    sub: str = ""
    icon: str = ""
    key: str = ""
    run: Callable[[], object] | None = None
    ids: dict[str, str] = field(default_factory=dict[str, str])
    off: bool = False
    stays: bool = False

    @property
    def heads(self) -> bool:
        """Whether it is a heading."""
        return self.run is None and not self.off

    @property
    def height(self) -> int:
        """Its height at 100 % text."""
        return HEADING if self.heads else TWO_LINES if self.sub else ONE_LINE


class Items(QAbstractListModel):
    """What stands in the palette; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.typed: list[str] = []

    def show_items(self, items: Sequence[Item], typed: str) -> None:
        """Show these; the words that were typed are underlined in them."""
        self.beginResetModel()
        self.items, self.typed = list(items), words(typed)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.items)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (item.text, item.sub, item.key) if part)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.items[index.row()].run is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class PaletteList(QListView):
    """Moved through from the search field: it never has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._items = Items()
        self.setModel(self._items)
        self.setItemDelegate(PaletteDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.entered.connect(self._hover)

    @property
    def items(self) -> list[Item]:
        """What stands in the list."""
        return self._items.items

    @property
    def typed(self) -> list[str]:
        """The words to underline."""
        return self._items.typed

    def show_items(self, items: Sequence[Item], typed: str) -> None:
        """Show these and choose the first that can be chosen."""
        self._items.show_items(items, typed)
        self.choose(1, start=-1)

    def current(self) -> Item | None:
        """The chosen item."""
        at = self.currentIndex().row()
        return self.items[at] if 0 <= at < len(self.items) else None

    def choose(self, step: int, start: int | None = None) -> None:
        """Choose the next or previous item, past the headings, round at the ends."""
        at = self.currentIndex().row() if start is None else start
        for _ in self.items:
            at = (at + step) % len(self.items)
            if self.items[at].run is not None:
                self.setCurrentIndex(self._items.index(at))
                return

    def content_height(self) -> int:
        """How high the list would be if everything was shown."""
        return sum(theme.current().lines(item.height) for item in self.items)

    def _hover(self, index: QModelIndex) -> None:
        if self.items[index.row()].run is not None:
            self.setCurrentIndex(index)


class PaletteDelegate(QStyledItemDelegate):
    """Paints a heading, a business with its line below, or an action with its key."""

    def __init__(self, view: PaletteList) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: Item = index.data(ITEM)
        return QSize(200, theme.current().lines(item.height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(ITEM)
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box.adjusted(EDGE, 0, -EDGE, 0)
        if item.heads:
            _text(painter, inner.adjusted(0, 4, 0, 0), item.text, 12.5, 600, "ink3")
        else:
            self._paint_item(painter, box, inner, item, chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_item(self, painter: QPainter, box: QRect, inner: QRect, item: Item, *, chosen: bool) -> None:
        look = theme.current()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("priSoft"))
            painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
        ink, icon_ink = ("ink3", "ink3") if item.off else ("ink", "ink2")
        painter.drawPixmap(
            QPoint(inner.left(), inner.center().y() - ICON // 2), icons.pixmap(item.icon, icon_ink, ICON)
        )
        key = "Enter" if chosen and item.sub else item.key
        right = _paint_key(painter, inner, key) if key else inner.right()
        room = QRect(inner.left() + ICON + 12, inner.top(), right - inner.left() - ICON - 24, inner.height())
        if not item.sub:
            _text(painter, room, item.text, 14, 400, "ink")
            return
        upper, lower = look.lines(20), look.lines(18)
        top = room.top() + (room.height() - upper - lower) // 2
        first = QRect(room.left(), top, room.width(), upper)
        _text(painter, first, item.text, 14, 600, ink)
        self._underline(painter, first, item.text)
        _text(painter, QRect(room.left(), top + upper, room.width(), lower), item.sub, 12.5, 400, "ink3")

    def _underline(self, painter: QPainter, room: QRect, text: str) -> None:
        """A mango line under the beginnings of words that were typed."""
        metrics = QFontMetrics(theme.current().font(14, 600))
        base = room.center().y() + metrics.ascent() // 2 + 3
        painter.setPen(QPen(theme.current().color("mango"), 2))
        for found in re.finditer(r"[^\W_]+", text):
            typed = next((t for t in self._view.typed if fold(found.group()).startswith(t)), "")
            left = room.left() + metrics.horizontalAdvance(text[: found.start()])
            right = room.left() + metrics.horizontalAdvance(text[: found.start() + len(typed)])
            if typed and right <= room.right():
                painter.drawLine(left, base, right, base)


def _text(painter: QPainter, room: QRect, text: str, px: float, weight: int, ink: str) -> None:
    painter.setFont(theme.current().font(px, weight))
    painter.setPen(theme.current().color(ink))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


def _paint_key(painter: QPainter, inner: QRect, key: str) -> int:
    """A key in its box at the right; answers where the box begins."""
    look = theme.current()
    font = look.font(11.5, 600)
    width, height = QFontMetrics(font).horizontalAdvance(key) + 12, look.room(20)
    box = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("surface2"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setFont(font)
    painter.setPen(look.color("ink2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return box.left()
