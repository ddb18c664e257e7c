"""How a line of the import's table is painted, and the edit that its box becomes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui import icons, theme
from ui.import_lines import TONES, Line
from ui.widgets.edits import TextEdit

if TYPE_CHECKING:
    from ui.import_table import ImportTable

Index = QModelIndex | QPersistentModelIndex
ROW, NAME, COLUMN, TEXT, CURE, BUTTON = range(6)
PADDING = 8
BOX = 34
LINE = 18
TWO_LINES = 1.7  # of a cell's width: what certainly fits when words wrap
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class LineDelegate(QStyledItemDelegate):
    """Paints a line; the box becomes an edit when somebody types."""

    typed = Signal(object, str)  # the line, what was typed

    def __init__(self, table: "ImportTable") -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box, line = theme.current(), _rect(option), self._table.lines.lines[index.row()]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, look.color("priSoft" if chosen else "surface"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.color("line"))
        if chosen and index.column() == ROW:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.color("pri"))
        inner = box.adjusted(PADDING, 0, -PADDING, -1)
        if index.column() == TEXT:
            self._paint_box(painter, self.box(box), line)
        elif index.column() == CURE:
            self._paint_cure(painter, inner, line)
        elif index.column() == BUTTON:
            hover = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_button(painter, self.button(box, line), line, hover=hover)
        else:
            self._paint_word(painter, inner, index)
        painter.restore()

    def box(self, cell: QRect) -> QRect:
        """Where the box stands in its cell."""
        height = theme.current().room(BOX)
        return QRect(cell.left() + 4, cell.center().y() - height // 2, cell.width() - 12, height)

    def button(self, cell: QRect, line: Line) -> QRect:
        """Where the button stands in its cell; empty when there is none."""
        if not line.button:
            return QRect()
        metrics = QFontMetrics(theme.current().font(13, 600))
        width = min(metrics.horizontalAdvance(line.button) + 22, cell.width() - 12)
        height = theme.current().room(32)
        return QRect(cell.left() + 2, cell.center().y() - height // 2, width, height)

    def _paint_word(self, painter: QPainter, inner: QRect, index: Index) -> None:
        look, text = theme.current(), str(index.data())
        column = index.column()
        painter.setFont(look.font(14, 600) if column == NAME else look.font(14 if column == ROW else 13))
        painter.setPen(look.color("ink2" if column == ROW else "ink"))
        side = Qt.AlignmentFlag.AlignRight if column == ROW else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(inner.width() * TWO_LINES))
        painter.drawText(inner, flags, cut)

    def _paint_box(self, painter: QPainter, box: QRect, line: Line) -> None:
        look, wrong = theme.current(), line.tone == "red"
        if not line.target:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(look.color("red" if wrong else "ctl"), 2 if wrong else 1))
        painter.setBrush(look.color("surface"))
        if line.target:
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(look.font(13))
        painter.setPen(look.color("ink" if line.text else "ink3"))
        room = box.adjusted(10, 0, -6, 0)
        cut = painter.fontMetrics().elidedText(line.shown, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), cut)

    def _paint_cure(self, painter: QPainter, inner: QRect, line: Line) -> None:
        look = theme.current()
        ink, icon = TONES[line.tone]
        painter.setFont(look.font(13))
        painter.setPen(look.color(ink))
        room = QRect(inner.left() + 22, inner.top(), inner.width() - 22, inner.height())
        height = painter.fontMetrics().boundingRect(QRect(0, 0, room.width(), 999), WRAP, line.words).height()
        top = inner.top() + max(4, (inner.height() - height) // 2)
        painter.drawPixmap(inner.left(), top + (look.lines(LINE) - 16) // 2, icons.pixmap(icon, ink, 16, stroke=2))
        painter.drawText(QRect(room.left(), top, room.width(), inner.bottom() - top), WRAP, line.words)

    def _paint_button(self, painter: QPainter, box: QRect, line: Line, *, hover: bool) -> None:
        if box.isEmpty():
            return
        look = theme.current()
        painter.setPen(QPen(look.color("ctl"), 1))
        painter.setBrush(look.color("surface2" if hover else "surface"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(look.font(13, 600))
        painter.setPen(look.color("ink"))
        cut = painter.fontMetrics().elidedText(line.button, Qt.TextElideMode.ElideRight, box.width() - 12)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cut)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        edit = TextEdit(parent)
        edit.setProperty("scale", "small")
        edit.setAccessibleName(self._table.lines.lines[index.row()].column)
        return edit

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, TextEdit)  # noqa: S101 - made above
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, TextEdit)  # noqa: S101 - made above
        line = self._table.lines.lines[index.row()]
        if editor.text() != line.text:
            self.typed.emit(line, editor.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(self.box(_rect(option)))


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # pyright: ignore[reportAttributeAccessIssue]
