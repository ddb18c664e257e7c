"""Long lists: a model over row ids that fetches pages beside the screen, and one delegate.

`ids` is an `array('q')`; rows come 200 at a time through `Background`, newest wish first, and the
old ones stay on the screen until then. So a hundred thousand rows cost a hundred thousand numbers.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from models.i18n import Lang, Words
from models.schema import Row
from ui import theme
from ui.background import Background, Job
from ui.row_delegate import CELL, Cell, RowDelegate

if TYPE_CHECKING:
    from models.store import Store

PAGE = 200
KEPT_ROWS = 4000
JOBS_AT_ONCE = 4
ROW_HEIGHT, FIRST_WIDTH = 48, 220  # px at 100 % text; at least, of the columns that take the rest
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[["Store", list[int]], list[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what a row shows in it, its width at 100 % text (0: takes the rest).

    Where the table is narrow the columns with the highest `drop` go first; 0 always stays.
    """

    title: Words
    cell: Callable[[Row], Cell]
    width: int = 0
    drop: int = 0


class RowModel(QAbstractTableModel):
    """Row ids, and the rows of them that were looked at."""

    def __init__(self, background: Background, fetch: Fetch, columns: Sequence[Column], lang: Lang) -> None:
        """`fetch(store, ids)` gives their rows, each with its id under `doc`; gone ones left out."""
        super().__init__()
        self._background, self._fetch, self.columns = background, fetch, tuple(columns)
        self._lang: Lang = lang
        self.ids: array[int] = array("q")
        self._rows: dict[int, Row] = {}
        self._fresh: set[int] = set()
        self._jobs: dict[int, Job] = {}

    def set_ids(self, ids: "array[int]") -> None:
        """Show these rows; known ones stay visible until they are fetched anew."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs, self._fresh = {}, set()
        if ids == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def row(self, at: int) -> Row | None:
        """The row at a place, None until it was fetched."""
        if not 0 <= at < len(self.ids):
            return None
        self._wish(at // PAGE)
        return self._rows.get(self.ids[at])

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (Qt.ItemDataRole.DisplayRole, CELL, Qt.ItemDataRole.AccessibleTextRole)
        if not index.isValid() or role not in wanted:
            return None
        row = self.row(index.row())
        if row is None:
            return Cell() if role == CELL else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cells = [c.cell(row) for c in self.columns]
            return ", ".join(part for c in cells for part in (c.text, c.sub) if part)
        cell = self.columns[index.column()].cell(row)
        return cell if role == CELL else cell.text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title.to(self._lang)
        return None

    def _wish(self, block: int) -> None:
        if block in self._fresh or block in self._jobs:
            return
        ids = list(self.ids[block * PAGE : (block + 1) * PAGE])
        fetch = self._fetch
        self._jobs[block] = self._background.read(
            self, lambda store: fetch(store, ids), lambda rows: self._arrived(block, rows)
        )
        for old in list(self._jobs)[:-JOBS_AT_ONCE]:  # scrolled past meanwhile
            self._jobs.pop(old).cancel()

    def _arrived(self, block: int, rows: list[Row]) -> None:
        self._jobs.pop(block, None)
        self._fresh.add(block)
        for row in rows:
            self._rows.pop(row["doc"], None)
            self._rows[row["doc"]] = row
        for old in list(self._rows)[: max(0, len(self._rows) - KEPT_ROWS)]:
            del self._rows[old]
        if len(self._fresh) * PAGE > KEPT_ROWS:
            self._fresh = {block}
        last = min((block + 1) * PAGE, len(self.ids)) - 1
        if last >= block * PAGE:
            self.dataChanged.emit(self.index(block * PAGE, 0), self.index(last, len(self.columns) - 1))


class RowTable(QTableView):
    """The table on the screen: whole rows, one at a time; Enter or a double click opens."""

    picked = Signal(object)  # the row that is selected now, or None
    opened = Signal(object)  # the row that was opened

    def __init__(self, model: RowModel) -> None:
        super().__init__()
        self.setModel(model)
        self.rows = model
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.current().lines(ROW_HEIGHT))
        self.selectionModel().currentRowChanged.connect(lambda: self.picked.emit(self.current()))
        model.dataChanged.connect(self._say_again)
        self.doubleClicked.connect(lambda _: self._open())

    def current(self) -> Row | None:
        """The selected row, None while there is none or it is not fetched yet."""
        return self.rows.row(self.currentIndex().row())

    def show_ids(self, ids: "array[int]") -> None:
        """Show these rows; the selected one stays selected while it is among them."""
        at = self.currentIndex().row()
        chosen = self.rows.ids[at] if 0 <= at < len(self.rows.ids) else None
        self.rows.set_ids(ids)
        if chosen is None:
            return
        try:
            self.select(ids.index(chosen))
        except ValueError:
            self.picked.emit(None)

    def select(self, at: int) -> None:
        """Select the row at a place."""
        self.setCurrentIndex(self.rows.index(at, 0))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.select(self.currentIndex().row())  # Qt makes the first row current without selecting it

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look, columns = theme.current(), self.rows.columns
        wide = {i: look.lines(c.width) for i, c in enumerate(columns) if c.width}
        flexible = max(1, len(columns) - len(wide))
        for i in sorted(wide, key=lambda i: -columns[i].drop):
            room = self.viewport().width() - sum(wide.values())
            if room >= flexible * look.lines(FIRST_WIDTH) or not columns[i].drop:
                break
            del wide[i]
        room = self.viewport().width() - sum(wide.values())
        for i, column in enumerate(columns):
            self.setColumnHidden(i, bool(column.width) and i not in wide)
            self.setColumnWidth(i, wide.get(i, room // flexible))

    def _open(self) -> None:
        if row := self.current():
            self.opened.emit(row)

    def _say_again(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self.picked.emit(self.current())
