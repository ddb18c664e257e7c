"""Semua cetakan: every paper there is for what stands on the screen, found by typing a part of its name."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models.i18n import Words
from models.store import Store
from ui import papers
from ui.context import Context
from ui.palette import paper_item
from ui.palette_box import CHOOSE, PaletteBox
from ui.palette_list import Item
from ui.paper_offer import Offer, Shown
from ui.words import papers as words

Shelves = list[tuple[Words, list[Offer]]]


def open_papers(
    window: QWidget, ctx: Context, shown: Mapping[str, object], shelves: Sequence[str] = tuple(papers.SHELVES)
) -> None:
    """Show the papers of some shelves of `papers.SHELVES` over the window; `shown`: ids of the record in front."""
    about = Shown.of(shown)

    def work(store: Store) -> Shelves:
        return papers.shelves(store, about, shelves)

    ctx.background.read(window, work, lambda found: PaperChooser(window, ctx, found).field.setFocus())


class PaperChooser(PaletteBox):
    """The shelves one below the other; what cannot be printed says why and is passed over."""

    def __init__(self, window: QWidget, ctx: Context, found: Shelves) -> None:
        self._found = found
        super().__init__(window, ctx, ctx.words(words.SEARCH), ctx.words(words.TITLE), CHOOSE)

    @override
    def ask(self, typed: str) -> None:
        items: list[Item] = []
        for head, offers in self._found:
            fitting = [offer for offer in offers if papers.fits(offer, typed)]
            if fitting:
                items += [Item(self.ctx.words(head)), *(paper_item(self.ctx, offer) for offer in fitting)]
        self.show_items(items or [Item(self.ctx.words(words.NOTHING, text=typed))], typed)
