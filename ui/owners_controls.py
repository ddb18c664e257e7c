"""What a list of businesses is asked with: the search field, the order, the chips; they hold the query."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from models.i18n import number
from models.lists import ELSEWHERE, FILTERS, SORTS, Listing, ListQuery
from ui.context import Context
from ui.owners_search import SearchEdit
from ui.widgets import Chip, HintButton, column, row
from ui.widgets.flow import Flow
from ui.words import common
from ui.words import owners as words


class OwnersControls(QWidget):
    """Tells `asked` whenever a person changed the query; `extra` stands at the right, `between` above the chips."""

    asked = Signal()

    def __init__(self, ctx: Context, extra: QWidget, between: QWidget) -> None:
        super().__init__()
        self._ctx = ctx
        self.query = ListQuery()
        self.search = SearchEdit(ctx.words(common.SEARCH))
        self.sort = HintButton("", icon="arrow-up-down", clicked=self._choose_sort)
        self.chips = {f.key: Chip(ctx.words(f.words)) for f in FILTERS}
        self.clear = HintButton(ctx.words(words.CLEAR_SHORT), "text", size="small", clicked=self.clear_filters)
        self.clear.setAccessibleName(ctx.words(words.CLEAR))
        self.clear.setToolTip(ctx.words(words.CLEAR))
        self.search.textChanged.connect(lambda text: self._ask(text=text))
        for chip in self.chips.values():
            chip.clicked.connect(lambda: self._ask(filters=self._chosen()))
        whole, bar, marks = column(spacing=12), row(spacing=8), Flow(spacing=8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.sort)
        bar.addWidget(extra)
        for chip in (*self.chips.values(), self.clear):
            marks.addWidget(chip)
        whole.addLayout(bar)
        whole.addWidget(between)
        whole.addLayout(marks)
        self.setLayout(whole)

    def clear_filters(self) -> None:
        """No chip any more."""
        self._ask(filters=())

    def show_listing(self, found: Listing) -> None:
        """Search field, chips, sort button and count as the answer says."""
        self.query = found.query
        if self.search.text() != self.query.text:
            self.search.blockSignals(True)
            self.search.setText(self.query.text)
            self.search.blockSignals(False)
        for key, chip in self.chips.items():
            chip.setChecked(key in self.query.filters)
            chip.setVisible(key != ELSEWHERE or found.elsewhere > 0)
        self.clear.setVisible(bool(self.query.filters))
        how = next(s.words for s in SORTS if s.key == self.query.sort)
        self.sort.setText(self._ctx.words(words.SORT, how=self._ctx.words(how)))
        self.search.show_count(self._count(found))

    def take_focus(self) -> None:
        """Into the search field, its text marked."""
        self.search.setFocus()
        self.search.selectAll()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())

    def _ask(self, text: str | None = None, filters: tuple[str, ...] | None = None, sort: str = "") -> None:
        before = self.query
        self.query = ListQuery(
            before.text if text is None else text, before.filters if filters is None else filters, sort or before.sort
        )
        self.asked.emit()

    def _choose_sort(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sort in SORTS:
            action = menu.addAction(self._ctx.words(sort.words))
            action.setCheckable(True)
            action.setChecked(sort.key == self.query.sort)
            action.triggered.connect(lambda _=False, key=sort.key: self._ask(sort=key))
        menu.popup(self.sort.mapToGlobal(QPoint(0, self.sort.height() + 4)))

    def _count(self, found: Listing) -> str:
        figures = {"n": number(found.businesses, self._ctx.lang), "all": number(found.total, self._ctx.lang)}
        if not found.query.text.strip() and not found.query.filters:
            return self._ctx.words(words.ALL, **figures)
        return self._ctx.words(words.FOUND_MORE if found.cut else words.FOUND, **figures)
