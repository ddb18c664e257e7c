"""The Ctrl+K palette: businesses, papers and actions by typing a few letters."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models import search, summaries
from models.issued import Issued, find, number_of
from models.kinds import KINDS
from models.lists import page
from models.schema import Row
from models.store import Store
from ui import issued_papers, papers
from ui.background import Job
from ui.context import Context
from ui.palette_box import CHOOSE, PaletteBox
from ui.palette_list import Item
from ui.paper_offer import Offer, Shown
from ui.screens import SCREENS
from ui.shortcuts import hint
from ui.words import common
from ui.words import palette as words
from ui.words import papers as paper_words

SHOWN, RECENT, PAPERS_SHOWN = 6, 3, 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the store said: the rows, whether they are the recent ones, what was probably meant, the papers."""

    typed: str
    rows: list[Row]
    meant: str
    offers: list[Offer]
    issued: list[Issued] = field(default_factory=list[Issued])  # papers that bear this number


def ask(store: Store, typed: str, shown: Shown) -> Answer:
    """The best rows and papers for what was typed; the recent rows for nothing."""
    if not typed.strip():
        return Answer("", summaries.recent(store, RECENT), "", [])
    if number_of(typed):
        return Answer(typed, [], "", [], find(store, typed))
    rows = page(store, search.best(store, typed, SHOWN))
    offers = papers.named(store, typed, shown)[:PAPERS_SHOWN]
    found = find(store, typed)
    return Answer(typed, rows, "" if rows or offers or found else search.suggestion(store, typed), offers, found)


def open_palette(window: QWidget, ctx: Context, shown: Mapping[str, object] | None = None) -> "Palette":
    """Show the palette over the window; the one that is there already stays. `shown`: ids of the record in front."""
    palette = next((p for p in window.findChildren(Palette) if p.isVisible()), None)
    palette = palette or Palette(window, ctx, Shown.of(shown or {}))
    palette.field.setFocus()
    return palette


class Palette(PaletteBox):
    """What is found, and what can be done."""

    def __init__(self, window: QWidget, ctx: Context, shown: Shown) -> None:
        self._job: Job | None = None
        self._shown = shown
        keys = (*CHOOSE, (("Ctrl Enter",), words.SESSION))
        super().__init__(window, ctx, ctx.words(common.SEARCH), ctx.words(words.NAME), keys)

    @override
    def ask(self, typed: str) -> None:
        if self._job:
            self._job.cancel()
        self._job = self.ctx.background.read(self, lambda store: ask(store, typed, self._shown), self._show)

    def _show(self, answer: Answer) -> None:
        known = issued_papers.lines(self.ctx, answer.typed, answer.issued)
        rest = [] if number_of(answer.typed) else [*self._hits(answer), *self._papers(answer), *self._acts(answer)]
        self.show_items([*known, *rest], answer.typed)

    def _hits(self, answer: Answer) -> list[Item]:
        if not answer.rows:
            return self._misses(answer)
        said = words.FOUND if answer.typed else words.RECENT
        return [Item(self.ctx.words(said)), *map(self._hit, answer.rows)]

    def _hit(self, listed: Row) -> Item:
        ids = {"owner_id": listed["owner_id"] or "", "business_id": listed["business_id"] or ""}
        name = listed["business"] or listed["owner"]
        who = listed["owner"] if listed["business"] else self.ctx.words(words.OWNER_ONLY)
        place = self.ctx.words(words.RW, n=listed["rw"]) if listed["rw"] else ""
        parts = (who, place, KINDS["phone"].show(listed["phone"], self.ctx.lang))
        icon = "store" if listed["business"] else "user-round"
        return Item(name, " · ".join(p for p in parts if p), icon, "", lambda: self.ctx.go("owners", **ids), ids)

    def _misses(self, answer: Answer) -> list[Item]:
        if not answer.typed or answer.offers or answer.issued:
            return []
        items = [Item(self.ctx.words(words.NOTHING, text=answer.typed))]
        if answer.meant:
            text = self.ctx.words(words.MEANT, text=answer.meant)
            items.append(Item(text, "", "search", "", lambda: self.field.setText(answer.meant), stays=True))
        return items

    def _papers(self, answer: Answer) -> list[Item]:
        if not answer.offers:
            return []
        return [Item(self.ctx.words(words.PAPERS)), *(paper_item(self.ctx, offer) for offer in answer.offers)]

    def _acts(self, answer: Answer) -> list[Item]:
        go, say, typed = self.ctx.go, self.ctx.words, answer.typed.strip()
        items = [Item(say(words.ACTS))]
        if typed:
            text = say(words.REGISTER_IT, text=typed)
            items.append(Item(text, "", "plus", hint("register"), lambda: go("register", business_name=typed)))
            if len(answer.rows) == SHOWN:
                items.append(Item(say(words.SEE_ALL), "", "list", "", lambda: go("owners", text=typed)))
            items += self._acts_for(answer.rows[0]) if answer.rows else []
        else:
            items.append(Item(say(common.REGISTER), "", "plus", hint("register"), lambda: go("register")))
        if not typed or search.fold(typed) in search.fold(say(paper_words.TITLE)):
            items.append(self._all_papers())
        return items + self._screens(typed)

    def _all_papers(self) -> Item:
        from ui.paper_chooser import open_papers

        window, ctx, ids = self.window_below, self.ctx, asdict(self._shown)
        key = hint("papers").replace("+", " ")
        return Item(ctx.words(paper_words.TITLE), "", "printer", key, lambda: open_papers(window, ctx, ids))

    def _acts_for(self, listed: Row) -> list[Item]:
        """What is often done with the first business that was found."""
        if not listed["owner_id"]:
            return []
        name, ids = listed["business"] or listed["owner"], self._hit(listed).ids
        session = self.ctx.words(words.SESSION_FOR, name=name)
        paper = self.ctx.words(words.PRINT_FOR, name=name)
        return [
            Item(session, "", "messages-square", hint("session"), lambda: self.ctx.go("session", **ids)),
            Item(paper, "", "printer", hint("print").replace("+", " "), lambda: self.ctx.go("preview", **ids)),
        ]

    def _screens(self, typed: str) -> list[Item]:
        """The screens whose name holds what was typed."""
        items: list[Item] = []
        for screen in SCREENS.values():
            name = self.ctx.words(screen.title)
            wanted = search.fold(typed) in search.fold(name) if typed else True
            if screen.icon and wanted:
                act = lambda key=screen.key: self.ctx.go(key)  # noqa: E731
                items.append(Item(name, "", screen.icon, screen.keys.replace("+", " "), act))
        return items

    @override
    def enter_with_control(self) -> None:
        """A session with the chosen business, else with the first one."""
        chosen = self.list.current()
        ids = next((i.ids for i in (chosen, *self.list.items) if i and i.ids.get("owner_id")), None)
        if ids:
            self.leave()
            self.ctx.go("session", **ids)


def paper_item(ctx: Context, offer: Offer) -> Item:
    """A paper as a line: which one, or why not."""
    title, detail = ctx.words(offer.title), ctx.words(offer.detail)
    if offer.why_not:
        return Item(title, ctx.words(offer.why_not), "file-text", off=True)
    args = {"paper": offer.paper, **offer.args}
    return Item(title, detail, "printer", "", lambda: ctx.go("preview", **args))
