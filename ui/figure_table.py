"""Small tables of figures: numbers at the right, the sum in bold, a bar of per cent where one is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)
from typing_extensions import override

from ui import theme
from ui.charts import Progress

ROW, HEAD = 29, 36
PERCENT_WIDTH = 236
PADDING = 12
TOTAL = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its numbers as they are read, per cent for the bar; `total` is the sum."""

    name: str
    numbers: Sequence[str]
    percent: int | None = None
    total: bool = False


class FigureTable(QTableWidget):
    """Read only; arrows move through the cells, each of which is spoken."""

    def __init__(self, name: str, heads: Sequence[str], percent: str = "") -> None:
        columns = [*heads, percent] if percent else list(heads)
        super().__init__(0, len(columns))
        self._percent = len(heads) if percent else None
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(columns)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setFixedHeight(theme.current().room(HEAD))
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.current().room(ROW))
        for column in range(len(columns)):
            right = 0 < column < len(heads)
            side_of = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            item = self.horizontalHeaderItem(column)
            if item:
                item.setTextAlignment(side_of | Qt.AlignmentFlag.AlignVCenter)
        if self._percent is not None:
            head.setSectionResizeMode(self._percent, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(self._percent, theme.current().lines(PERCENT_WIDTH))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines in place of the ones before."""
        self.setRowCount(0)
        self.setRowCount(len(lines))
        for at, line in enumerate(lines):
            for column, text in enumerate((line.name, *line.numbers)):
                self.setItem(at, column, _item(text, total=line.total))
            if self._percent is not None:
                self.setItem(at, self._percent, _item("", total=line.total))
                self.setCellWidget(at, self._percent, Progress(line.percent, strong=line.total))

    @property
    def whole_height(self) -> int:
        """The height at which nothing has to be scrolled."""
        return theme.current().room(HEAD) + self.rowCount() * theme.current().room(ROW)


class _Cells(QStyledItemDelegate):
    """A cell as the mock-ups have it: air at both sides, a thin line below, the sum on a soft ground."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, box = theme.current(), option.rect  # pyright: ignore[reportAttributeAccessIssue]
        total, first = bool(index.data(TOTAL)), not index.column()
        painter.save()
        painter.fillRect(box, look.color("surface2" if total else "surface"))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.color("line"))
        painter.setFont(look.font(14, 700 if total else 600 if first else 400))
        painter.setPen(look.color("ink"))
        room = box.adjusted(16 if first else PADDING, 0, -PADDING, -1)
        side = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignRight
        cut = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)
        if option.state & QStyle.StateFlag.State_HasFocus:  # pyright: ignore[reportAttributeAccessIssue]
            painter.setPen(look.color("grape"))
            painter.drawRect(box.adjusted(0, 0, -1, -2))
        painter.restore()


def _item(text: str, *, total: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setData(TOTAL, total)
    return item
