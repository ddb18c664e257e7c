"""The columns of Pelaku Usaha."""

from collections.abc import Iterable
from datetime import date

from models import lists, moving
from models.clock import Clock
from models.i18n import Lang, short_date
from models.scales import scale_of
from models.schema import Row
from models.store import Store
from ui.row_delegate import Cell
from ui.table import Column
from ui.words import owners as words
from ui.words.moving import WAITS_SHORT


def page(store: Store, docs: Iterable[int]) -> list[Row]:
    """The list rows of some docs; `moves` tells which wait to go to another village."""
    asked = moving.asked_for(store)
    rows = lists.page(store, docs)
    return [row | {"moves": row["owner_id"] in asked or row["business_id"] in asked} for row in rows]


def columns(clock: Clock, lang: Lang) -> tuple[Column, ...]:
    """The columns; where the table is narrow the kind of business goes first."""
    today = clock.today()

    def name(row: Row) -> Cell:
        if row["business"]:
            return Cell(row["business"], row["owner"] or "", avatar=row["business"])
        return Cell(row["owner"], words.NO_BUSINESS.to(lang), avatar=row["owner"])

    def place(row: Row) -> Cell:
        return Cell(f"{row['rt'] or 0:02d} / {row['rw'] or 0:02d}" if row["rt"] or row["rw"] else "–")

    def nib(row: Row) -> Cell:
        if not row["business"]:
            return Cell("–")
        if row["nib"]:
            return Cell(words.HAS_NIB.to(lang), tone="ok", icon="check")
        return Cell(words.NO_NIB.to(lang), tone="neu", icon="minus")

    def scale(row: Row) -> Cell:
        found = scale_of(row["sales_year"], row["capital"], today)
        return Cell(found.words.to(lang) if found else "–")

    def last(row: Row) -> Cell:
        if row["moves"]:
            return Cell(WAITS_SHORT.to(lang), tone="info", icon="truck")
        day = date.fromisoformat(row["last"])
        return Cell(short_date(day, lang, year=day.year != today.year), muted=True)

    return (
        Column(words.NAME, name),
        Column(words.RT_RW, place, 74, drop=2),
        Column(words.ACTIVITY, lambda row: Cell(row["activity"] or "–"), 125, drop=3),
        Column(words.NIB, nib, 104),
        Column(words.SCALE, scale, 82, drop=1),
        Column(words.LAST, last, 92),
    )
