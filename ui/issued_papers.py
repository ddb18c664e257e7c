"""A paper that comes back: its lines in the palette, and its record when it is chosen."""

from models.i18n import Lang, Words, clock_time, short_date
from models.issued import Issued, number_of
from reports import PAPERS
from ui.context import Context
from ui.palette_list import Item
from ui.paper_offer import said
from ui.words import issued as w


def lines(ctx: Context, typed: str, found: list[Issued]) -> list[Item]:
    """The papers with the number that was typed or scanned; nothing when none was."""
    number = number_of(typed)
    if not found and not number:
        return []
    none = Item(ctx.words(w.UNKNOWN, number=number), ctx.words(w.UNKNOWN_HELP), "file-text", off=True)
    return [Item(ctx.words(w.HEAD)), *([_line(ctx, paper) for paper in found] or [none])]


def _line(ctx: Context, paper: Issued) -> Item:
    title = PAPERS[paper.paper].title if paper.paper in PAPERS else Words(paper.paper, paper.paper)
    text = ctx.words(w.LINE, paper=ctx.words(title), number=paper.number)
    state = w.OLDER if paper.older else w.SAME
    of = paper.about
    if paper.gone or not of.owner_id:
        return Item(text, _with_day(ctx, paper, w.GONE if paper.gone else state), "file-text", off=True)
    sub = f"{paper.name} · {_with_day(ctx, paper, state)}"
    ids = {"owner_id": of.owner_id, "business_id": of.business_id}
    return Item(text, sub, "file-text", "", lambda: open_record(ctx, paper), ids)


def open_record(ctx: Context, paper: Issued) -> None:
    """Show the record, and say whether the paper is older than it; if so a new one is a key away."""
    ids = {"owner_id": paper.about.owner_id, "business_id": paper.about.business_id}
    ctx.go("owners", **ids)
    if not paper.older or paper.paper not in PAPERS:
        ctx.toast(_filled(ctx, paper, w.IS_OLDER if paper.older else w.IS_SAME))
        return
    again = ids | {"paper": paper.paper, "record_id": paper.about.record_id}
    ctx.toast(_filled(ctx, paper, w.IS_OLDER), w.AGAIN, lambda: ctx.go("preview", **again))


def _with_day(ctx: Context, paper: Issued, words: Words) -> str:
    return ctx.words(_filled(ctx, paper, words))


def _filled(ctx: Context, paper: Issued, words: Words) -> Words:
    zone = ctx.clock.zone

    def day(lang: Lang) -> dict[str, object]:
        on = paper.at.astimezone(zone).date()
        return {"day": f"{short_date(on, lang, year=True)} {clock_time(paper.at, lang, zone)}"}

    return said(words, day)
