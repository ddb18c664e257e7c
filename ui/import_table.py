"""The table of the import: each line has a box to type in, a sentence and a button."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)
from typing_extensions import override

from models.i18n import Lang
from ui import theme
from ui.import_delegate import BUTTON, COLUMN, CURE, NAME, ROW, TEXT, WRAP, Index, LineDelegate
from ui.import_lines import Line
from ui.widgets.edits import TextEdit
from ui.words import importing as words

HEADS = (words.HEAD_ROW, words.HEAD_NAME, words.HEAD_COLUMN, words.HEAD_TEXT, words.HEAD_CURE, None)
WIDTHS = {ROW: 62, NAME: 106, COLUMN: 84, TEXT: 164, BUTTON: 106}  # at 100 % text; the cure takes the rest

CURE_WIDTH, NARROW_NAME, NARROW_TEXT = 138, 90, 140  # where the window is small; below that the table scrolls


class LineModel(QAbstractTableModel):
    """The lines on the screen."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        shown = (str(line.number), line.name, line.column, line.shown, line.words, line.button)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in shown if part)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (NAME, COLUMN, CURE):
            return shown[index.column()]
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        editable = index.isValid() and index.column() == TEXT and self.lines[index.row()].target
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == ROW else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            head = HEADS[section]
            return head.to(self._lang) if head else ""
        return None


class ImportTable(QTableView):
    """Arrows choose a line, Enter does what its button says, typing changes its content."""

    acted = Signal(object)  # the line whose button was pressed
    typed = Signal(object, str)  # the line, what was typed into its box

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lines = LineModel(lang)
        self.setModel(self.lines)
        self._delegate = LineDelegate(self)
        self._delegate.typed.connect(self.typed)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(words.ROWS.to(lang))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.current().lines(52))

    def current(self) -> Line | None:
        """The line that is chosen."""
        at = self.currentIndex().row()
        return self.lines.lines[at] if 0 <= at < len(self.lines.lines) else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the place in the list stays."""
        at, offset = self.currentIndex().row(), self.verticalScrollBar().value()
        self.lines.show_lines(lines)
        self._fit_heights()
        self.verticalScrollBar().setValue(offset)
        if lines and at >= 0:
            self.setCurrentIndex(self.lines.index(min(at, len(lines) - 1), TEXT))

    def act(self) -> None:
        """Do what the button of the chosen line says."""
        line = self.current()
        if line and line.act == "mend":
            self.edit_current()
        elif line and line.act:
            self.acted.emit(line)

    def edit_current(self, begin: str = "") -> None:
        """Open the box of the chosen line, with the first letter typed already."""
        line = self.current()
        if line is None or not line.target:
            return
        self.edit(self.lines.index(self.currentIndex().row(), TEXT))
        editor = self.findChild(TextEdit)
        if begin and editor is not None:
            editor.setText(begin)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the Enter that ends an edit is not one for the next line
            return
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
        elif plain and event.text().strip() and event.text().isprintable():
            self.edit_current(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if index.column() == TEXT:
            self.edit_current()
        elif index.column() == BUTTON:
            self.act()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look, room = theme.current(), self.viewport().width()
        fixed = {c: look.lines(w) for c, w in WIDTHS.items()}
        narrow = room - sum(fixed.values()) < look.lines(CURE_WIDTH)
        self.setColumnHidden(COLUMN, narrow)
        if narrow:
            fixed |= {COLUMN: 0, NAME: look.room(NARROW_NAME), TEXT: look.room(NARROW_TEXT)}
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(CURE, max(look.lines(CURE_WIDTH), room - sum(fixed.values())))
        self._fit_heights()

    def _fit_heights(self) -> None:
        """Every line as high as its sentence needs; equal sentences are measured once."""
        look = theme.current()
        metrics, width = QFontMetrics(look.font(13)), self.columnWidth(CURE) - 46
        known: dict[str, int] = {}
        for at, line in enumerate(self.lines.lines):
            if line.words not in known:
                height = metrics.boundingRect(QRect(0, 0, width, 999), WRAP, line.words).height()
                known[line.words] = max(look.lines(52), height + 14)
            if self.rowHeight(at) != known[line.words]:
                self.setRowHeight(at, known[line.words])
