"""How a row of a long list is painted: tile and two lines, chips, plain words, the selection bar."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from ui import theme
from ui.widgets.painting import avatar_tone, chip_size, initials, paint_chip, paint_tile

CELL = Qt.ItemDataRole.UserRole + 1
PADDING = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    With `avatar` a tile with its initials stands before it; with `tone` the text is a status chip
    (`icon` is its icon); `sub` is a second, paler line.
    """

    text: str = ""
    sub: str = ""
    avatar: str = ""
    tone: str = ""
    icon: str = ""
    muted: bool = False


class RowDelegate(QStyledItemDelegate):
    """Paints every cell of every long list."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, box = theme.current(), option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("priSoft" if chosen else "surface"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.color("line"))
        first = index.column() == 0
        if first and chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color("pri"))
        cell: Cell = index.data(CELL)
        inner = box.adjusted(16 if first else PADDING, 0, -PADDING, -1)
        if cell.tone:
            size = chip_size(cell.text, cell.icon)
            width = min(size.width(), inner.width() + PADDING - 2)
            chip = QRect(inner.left(), inner.center().y() - size.height() // 2 + 1, width, size.height())
            paint_chip(painter, chip, cell.tone, cell.text, cell.icon)
        else:
            self._paint_words(painter, inner, cell)
        if first and state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus() and not chosen:
            painter.setPen(look.color("grape"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.current().lines(48))

    def _paint_words(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        look = theme.current()
        if cell.avatar:
            tile = QRect(inner.left(), inner.center().y() - 15, 32, 32)
            paint_tile(painter, tile, avatar_tone(cell.avatar), initials(cell.avatar), 12.5)
            inner = inner.adjusted(42, 0, 0, 0)
        painter.setFont(look.font(14, 600) if cell.sub else look.font(13))
        painter.setPen(look.color("ink2" if cell.muted else "ink"))
        top = inner
        if cell.sub:
            half = inner.height() // 2
            top = QRect(inner.left(), inner.top() + 3, inner.width(), half)
        self._line(painter, top, cell.text)
        if cell.sub:
            painter.setFont(look.font(12.5))
            painter.setPen(look.color("ink3"))
            self._line(painter, QRect(inner.left(), top.bottom() - 1, inner.width(), top.height() - 3), cell.sub)

    def _line(self, painter: QPainter, room: QRect, text: str) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
