"""The follow-ups of the home page: a list that is worked through with single keys."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView
from typing_extensions import override

from models.i18n import Lang
from models.schema import Row
from ui.context import Context
from ui.follow_up_delegate import DONE, OPENS, ROW, TICKS, UNDOES, FollowUpDelegate, lateness, what_to_do
from ui.words import home as words

Index = QModelIndex | QPersistentModelIndex


class FollowUps(QAbstractListModel):
    """The rows on the list; those just done stay a moment, struck through."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang: Lang = lang
        self.rows: list[Row] = []
        self.done: set[str] = set()

    def show_rows(self, rows: list[Row], done: set[str]) -> None:
        """Show these rows; the ids in `done` are struck through."""
        self.beginResetModel()
        self.rows, self.done = rows, done
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        done = row["id"] in self.done
        if role in (ROW, DONE):
            return row if role == ROW else done
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = lateness(row, done=done)[2].to(self._lang)
            parts = (row["owner"], row["business"], state, what_to_do(row, self._lang))
            return ", ".join(part for part in parts if part)
        return None


class FollowUpList(QListView):
    """Space is done (or not), T postpones, W copies a message, Enter opens; the box and the arrow too."""

    toggled = Signal(object)  # the row that is done now, or not any more
    postponed = Signal(object)  # the row to be postponed
    messaged = Signal(object)  # the row whose message is wanted
    opened = Signal(object)  # the row to be opened

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._rows = FollowUps(ctx.lang)
        self.setModel(self._rows)
        self.setItemDelegate(FollowUpDelegate(self, ctx))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(ctx.words(words.FOLLOW_UPS))
        self._keys = {
            Qt.Key.Key_Space: self.toggled,
            Qt.Key.Key_T: self.postponed,
            Qt.Key.Key_W: self.messaged,
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
        }

    @property
    def rows(self) -> list[Row]:
        """What stands on the list."""
        return self._rows.rows

    def show_rows(self, rows: list[Row], done: set[str]) -> None:
        """Show these rows; the chosen one stays chosen, or the one in its place."""
        current = self.current()
        at = self.currentIndex().row()
        self._rows.show_rows(rows, done)
        if current:
            at = next((i for i, row in enumerate(rows) if row["id"] == current["id"]), min(at, len(rows) - 1))
            self.setCurrentIndex(self._rows.index(at))

    def is_done(self, row: Row) -> bool:
        """Whether a row is struck through."""
        return row["id"] in self._rows.done

    def current(self) -> Row | None:
        """The chosen row."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def mark_of(self, row: Row) -> QRect:
        """Where a row stands in the list, for what pops up beside it."""
        return self.visualRect(self._rows.index(self.rows.index(row)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, wanted = self.current(), self._keys.get(Qt.Key(event.key()))
        if row and wanted and not event.modifiers():
            wanted.emit(row)
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows:
            self.setCurrentIndex(self._rows.index(0))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        row, left = self.rows[index.row()], event.position().x()
        right = self.viewport().width() - left
        if left < TICKS or (self.is_done(row) and right < UNDOES):
            self.toggled.emit(row)
        elif right < OPENS:
            self.opened.emit(row)
