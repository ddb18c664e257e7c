"""The facilitations on a summary: what is running, what was closed lately, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from models.facilitation import OUTCOME, PLACE, SETTLED, place_of, progress
from models.i18n import Lang, Words
from models.schema import Row
from models.services import SERVICES
from reports import letters, subject
from reports.paper import Request
from reports.tables import Column, Pill, Table
from reports.text import CELL_BOLD

if TYPE_CHECKING:
    from models.store import Store

LATELY = 90  # days that a closed facilitation still stands on the paper
NAMED = 64  # letters of missing documents that are named, two lines; the rest is counted

HEAD = (
    Words("Jenis", "Kind"), Words("Status", "State"), Words("Dokumen", "Documents"), Words("Yang masih kurang", "Still missing"),
)  # fmt: skip
CLOSED = Words("Selesai: {outcome} {day}", "Closed: {outcome} {day}")
OF = Words("{there} dari {asked}", "{there} of {asked}")
MORE = Words("{n} lagi", "{n} more")
CHECK = Words("Dicek lagi {day}", "Checked again {day}")
NONE = "—"


@dataclass(frozen=True)
class Case:
    """One line of the facilitations."""

    kind: str
    state: str
    closed: bool
    documents: str
    missing: str


def collect(store: "Store", request: Request, rows: Sequence[Row]) -> list[Case]:
    """The lines of these facilitations: those closed lately first, then as they were opened."""
    since = (request.today - timedelta(days=LATELY)).isoformat()
    shown = [r for r in rows if r["state"] != "closed" or (r["closed_on"] or "") >= since]
    shown.sort(key=lambda r: (r["state"] != "closed", r["opened_on"]))
    return [_case(store, row, request.lang) for row in shown]


def _case(store: "Store", row: Row, lang: Lang) -> Case:
    items = [i for i in store.find("checklist_item", facilitation_id=row["id"]) if not i["after_issue"]]
    there, asked = progress(items)
    kind = SERVICES[row["service"]].short.to(lang) if row["service"] in SERVICES else row["service"]
    closed = row["state"] == "closed"
    documents = OF.fill(there=there, asked=asked).to(lang) if asked else NONE
    return Case(kind, _state(row, lang), closed, documents, NONE if closed else _missing(row, items, lang))


def _state(row: Row, lang: Lang) -> str:
    if row["state"] != "closed":
        return PLACE.show(place_of(row), lang)
    outcome = OUTCOME.show(row["outcome"], lang).lower()
    return CLOSED.fill(outcome=outcome, day=subject.day(row["closed_on"], lang)).to(lang)


def _missing(row: Row, items: Sequence[Row], lang: Lang) -> str:
    """The mandatory documents that nobody has yet; where none is, when the office looks again."""
    wanted = [str(i["title"]) for i in sorted(items, key=lambda i: i["number"] or 0)
              if i["mandatory"] and i["state"] not in SETTLED]  # fmt: skip
    if not wanted:
        return CHECK.fill(day=subject.day(row["check_on"], lang)).to(lang) if row["check_on"] else NONE
    reach = list(accumulate(len(title) for title in wanted))
    named = max(1, sum(1 for length in reach if length <= NAMED))
    rest = [MORE.fill(n=len(wanted) - named).to(lang)] if len(wanted) > named else []
    return "; ".join([wanted[0], *(letters.within(title) for title in wanted[1:named]), *rest])


def table(cases: Sequence[Case], lang: Lang) -> Table:
    """The facilitations as the paper shows them."""
    kind, state, documents, missing = (words.to(lang) for words in HEAD)
    columns = [Column(kind, 25, CELL_BOLD), Column(state, 45), Column(documents, 22), Column(missing)]
    return Table(columns, [(c.kind, Pill(c.state, filled=c.closed), c.documents, c.missing) for c in cases])
