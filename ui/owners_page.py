"""Pelaku Usaha: search, filters, the list, and the panel of the business that is selected."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from models import lists, summaries, village_moves
from models.lists import FILTERS, Listing, ListQuery
from models.schema import Row
from models.store import Changes, Store
from models.village_moves import Moved
from ui.background import Job
from ui.batch_bar import BatchBar
from ui.beginnings import empty_office, register_button
from ui.context import Context
from ui.move_dialog import open_move, take_back_and_say
from ui.owner_panel import OwnerPanel
from ui.owner_table import columns, page
from ui.owners_controls import OwnersControls
from ui.owners_search import NothingFound
from ui.page import Page
from ui.table import RowModel, RowTable
from ui.widgets import Card, HintButton, IconButton, column, row
from ui.words import owners as words
from ui.words.batch import ALL_SUMMARIES

WATCHED = ("business", "owner", "consultation", "follow_up")


class OwnersPage(Page):
    """The list keeps its query, its selection and its place while other pages are in front."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._job: Job | None = None
        self._wanted = ("", "")  # what is to be selected once the list is there
        self._card_job: Job | None = None
        self._import = HintButton(ctx.words(words.IMPORT), icon="file-spreadsheet", clicked=lambda: ctx.go("import"))
        self._register = register_button(ctx)
        self.batch = BatchBar(ctx)
        self.print_all = IconButton("printer", ctx.words(ALL_SUMMARIES), lambda: self.batch.begin(self.table.rows.ids))
        self.print_all.setProperty("framed", True)
        self.controls = OwnersControls(ctx, self.print_all, self.batch)
        self.search, self.chips = self.controls.search, self.controls.chips
        self.table = RowTable(RowModel(ctx.background, page, columns(ctx.clock, ctx.lang), ctx.lang))
        self.table.setAccessibleName(ctx.words(words.TITLE))
        self.nothing = NothingFound(ctx)
        self.panel = OwnerPanel(ctx)
        self.panel.hide()
        self._arrange()
        self._connect()

    @override
    def title(self) -> str:
        return self.ctx.words(words.TITLE)

    @override
    def buttons(self) -> Sequence[QWidget]:
        return [self._import, self._register] if self._import.isEnabled() else [self._register]

    @override
    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self.controls.take_focus, "session": self._session, "print": self._print, "back": self._back,
                "move": self._move}  # fmt: skip

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.search, self.table, *([self.panel] if self.panel.isVisible() else []))

    @override
    def subject(self) -> Mapping[str, object]:
        return self._ids() or {}

    @override
    def open(self, **args: object) -> None:
        """`business_id` or `owner_id`: select it; `filters`, `text`: show these."""
        if "filters" in args or "text" in args:
            wanted = args.get("filters")
            filters = tuple(f.key for f in FILTERS if isinstance(wanted, tuple) and f.key in wanted)
            self.controls.query = ListQuery(str(args.get("text") or ""), filters, self.controls.query.sort)
        entity = "business" if args.get("business_id") else "owner"
        record_id = str(args.get(f"{entity}_id") or "")
        self._ask(entity, record_id)
        if record_id:
            self._note(entity, record_id)
            self.table.setFocus()
        else:
            self.controls.take_focus()

    @override
    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.touches(*WATCHED):
            self._ask()

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        whole, left = row(), column(margins=(24, 16, 24, 0), spacing=12)
        left.addWidget(self.controls)
        card = Card(margins=(1, 1, 1, 0), spacing=0)
        card.setProperty("edge", "open")
        card.body.addWidget(self.table)
        self._results = QStackedWidget()
        self._results.addWidget(card)
        self._results.addWidget(self.nothing)
        left.addWidget(self._results, 1)
        listed = QWidget()
        listed.setLayout(left)
        whole.addWidget(listed, 1)
        whole.addWidget(self.panel)
        page = QWidget()
        page.setLayout(whole)
        self._stack.addWidget(page)
        self._stack.addWidget(empty_office(self.ctx))
        outer = column()
        outer.addWidget(self._stack)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.controls.asked.connect(self._ask)
        self.search.down.connect(self._into_list)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _: self._open_record())
        self.nothing.meant.connect(self.search.setText)
        self.nothing.register.connect(lambda name: self.ctx.go("register", business_name=name))
        self.nothing.cleared.connect(self.controls.clear_filters)
        self.panel.closed.connect(self._close_panel)
        self.panel.opened.connect(self._open_record)
        self.panel.session.connect(self._session)
        self.panel.moved.connect(self._move)

    def _ask(self, entity: str = "", record_id: str = "") -> None:
        """Read the list anew; a newer question replaces one that is under way."""
        if self._job:
            self._job.cancel()
        entity, record_id = self._wanted = (entity, record_id) if record_id else self._wanted
        query = self.controls.query
        self._job = self.ctx.background.read(
            self, lambda store: lists.listing(store, query, entity, record_id), self._show
        )

    def _show(self, found: Listing) -> None:
        self._wanted = ("", "")
        self.controls.show_listing(found)
        self._show_emptiness(
            empty=not found.total and not found.docs and found.query == ListQuery(sort=found.query.sort)
        )
        self.table.show_ids(found.docs)
        self._results.setCurrentIndex(0 if found.docs else 1)
        self.nothing.show_query(found.query.text.strip(), found.meant, filtered=bool(found.query.filters))
        if found.at is not None:
            self.table.select(found.at)
            self._picked(self.table.current())
        elif not self.table.currentIndex().isValid():  # what the panel shows is not listed, or not here any more
            self._close_panel()

    def _show_emptiness(self, *, empty: bool) -> None:
        self._stack.setCurrentIndex(1 if empty else 0)
        if self._import.isEnabled() == empty:  # the drawing offers it already
            self._import.setEnabled(not empty)
            self.top_changed.emit()

    def _picked(self, listed: Row | None) -> None:
        if listed is None:
            return
        if self._card_job:
            self._card_job.cancel()

        def work(store: Store) -> tuple[summaries.BusinessCard, Moved | None]:
            waits = village_moves.waiting(store, listed["owner_id"] or "", listed["business_id"] or "")
            return summaries.card(store, listed), waits

        self._card_job = self.ctx.background.read(self, work, self._show_card)

    def _show_card(self, found: tuple[summaries.BusinessCard, Moved | None]) -> None:
        card, moved = found
        if card.owner is None and card.business is None:
            self._close_panel()
            return
        self.panel.show_card(card, moved)
        self.panel.show()

    def _close_panel(self) -> None:
        self.panel.hide()
        self.table.clearSelection()

    def _back(self) -> None:
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif self.panel.isVisible():
            self._close_panel()
        else:
            self.ctx.back()

    def _into_list(self) -> None:
        if len(self.table.rows.ids):
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.select(0)

    def _ids(self) -> dict[str, object] | None:
        """The records of the panel, as pages take them."""
        card = self.panel.card if self.panel.isVisible() else None
        if card is None or card.owner is None:
            return None
        return {"owner_id": card.owner["id"], "business_id": card.business["id"] if card.business else ""}

    def _open_record(self) -> None:
        if ids := self._ids():
            entity = "business" if ids["business_id"] else "owner"
            self._note(entity, str(ids[f"{entity}_id"]))
            self.ctx.go("register", **ids)

    def _session(self) -> None:
        if ids := self._ids():
            self.ctx.go("session", **ids)
        else:
            self.ctx.toast(words.CHOOSE_FIRST)

    def _print(self) -> None:
        if ids := self._ids():
            self.ctx.go("preview", **ids)
        else:
            self.ctx.toast(words.CHOOSE_FIRST)

    def _move(self) -> None:
        """To another village; a move that is not sent yet is taken back."""
        card = self.panel.card if self.panel.isVisible() else None
        if card is None:
            self.ctx.toast(words.CHOOSE_FIRST)
        elif self.panel.waits:
            take_back_and_say(self.ctx, self, self.panel.waits)
        else:
            open_move(self.ctx, self.window(), *((part or {}).get("id", "") for part in (card.owner, card.business)))

    def _note(self, entity: str, record_id: str) -> None:
        """Remember it among those opened last."""
        self.ctx.background.write(self, lambda store: summaries.note_opened(store, entity, record_id))
