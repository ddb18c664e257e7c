"""Many summaries in one PDF, village by village: data is asked for in small handfuls, pages are written as they come."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from models import issued
from models.errors import AppError
from models.i18n import Words
from models.lists import page as list_rows
from models.numbering import next_letter, take_letter
from models.schema import Row
from reports import summary
from reports.page import Sheet, write_to
from reports.paper import SIZES, Request

if TYPE_CHECKING:
    from models.store import Store

HANDFUL = 20  # summaries asked for at once: other questions to the store slip in between
TITLE = Words("Ringkasan pendampingan", "Assistance summaries")
STOPPED = Words("Dihentikan. Tidak ada berkas yang dibuat.", "Stopped. No file was made.")
NOTHING = Words("Tidak ada yang bisa dicetak dari daftar ini.", "Nothing of this list can be printed.")

Ask = Callable[["Callable[[Store], list[summary.Summary]]"], list[summary.Summary]]


class Stopped(AppError):
    """Somebody pressed cancel."""


@dataclass(frozen=True)
class Batch:
    """What is to be written, in the order of the papers: `(owner_id, business_id)` of each."""

    subjects: Sequence[tuple[str, str]]
    request: Request  # what all have in common: day, officer, scope, language


def order(store: "Store", docs: Sequence[int], request: Request) -> Batch:
    """The owners of a list (`models.lists`), by village, RW, RT and name; whoever refused is left out."""
    rows = [row for row in list_rows(store, docs) if row["owner_id"] and row["informed"] != "refused"]
    rows.sort(key=_place)
    return Batch([(row["owner_id"], row["business_id"] or "") for row in rows], request)


def _place(row: Row) -> tuple[str, int, int, str]:
    return row["village"] or "", row["rw"] or 0, row["rt"] or 0, str(row["business"] or row["owner"]).casefold()


def summaries(out: BinaryIO, batch: Batch, ask: Ask, size: str, go_on: Callable[[int], bool]) -> int:
    """Write the PDF of all summaries into an open file; returns how many there are.

    `ask` does work on the store and waits for it; `go_on(n)` hears of each handful and says whether to go
    on, else Stopped is raised: what was written is to be thrown away (`models.files.replacing`). AppError when nobody in the list can be printed.
    """
    count = 0

    def sheets() -> Iterator[Sheet]:
        nonlocal count
        for start in range(0, len(batch.subjects), HANDFUL):
            some = batch.subjects[start : start + HANDFUL]
            for data in ask(lambda store, some=some: _collected(store, batch.request, some)):
                count += 1
                yield summary.layout(data, summary.PAPER.usual_parts)
            if not go_on(min(start + HANDFUL, len(batch.subjects))):
                raise Stopped(STOPPED)
        if not count:
            raise AppError(NOTHING)

    write_to(out, sheets(), SIZES[size], TITLE.to(batch.request.lang), papers_only=True)
    return count


def _collected(store: "Store", request: Request, subjects: Sequence[tuple[str, str]]) -> list[summary.Summary]:
    """The data of a handful, each with a number of its own; who is gone or refused meanwhile is left out."""
    found: list[summary.Summary] = []
    with store.transaction():
        for owner_id, business_id in subjects:
            number = next_letter(store, summary.PAPER.prefix, request.today)
            wanted = replace(request, owner_id=owner_id, business_id=business_id, number=number)
            try:
                found.append(summary.collect(store, wanted))
            except AppError:
                continue
            take_letter(store, number)
            about = issued.About(owner_id, business_id)
            issued.keep(store, issued.Issue(number, summary.PAPER.key, about, issued.state(store, about)))
    return found
