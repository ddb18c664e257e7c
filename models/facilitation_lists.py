"""The board of facilitations and the figures of a month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.database import SETUP, Connection
from models.dates import months_later
from models.facilitation import COLUMNS
from models.schema import Row
from models.store import NEIGHBOURS, Store

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS: tuple[str, ...] = (
    "id", "number", "service", "state", "outcome", "owner_id", "business_id", "owner", "business", "rw", "opened_on",
    "due", "check_on", "closed_on", "staff_id", "office", "brought", "mandatory",
)  # fmt: skip
_CARDS = """
SELECT f.id, f.number, f.service, f.state, f.outcome, f.owner_id, f.business_id, o.name, b.name,
       coalesce(b.rw, o.rw), f.opened_on, f.due, f.check_on, f.closed_on, f.staff_id, f.office,
       (SELECT count(*) FROM checklist_item i WHERE i.facilitation_id = f.id AND i.deleted IS NULL
           AND i.mandatory = 1 AND coalesce(i.after_issue, 0) = 0 AND i.state = 'brought'),
       (SELECT count(*) FROM checklist_item i WHERE i.facilitation_id = f.id AND i.deleted IS NULL
           AND i.mandatory = 1 AND coalesce(i.after_issue, 0) = 0 AND i.state <> 'waived')
  FROM facilitation f LEFT JOIN owner o ON o.id = f.owner_id LEFT JOIN business b ON b.id = f.business_id
 WHERE f.deleted IS NULL AND {which}
 ORDER BY {order}
"""
_OPEN, _CLOSED = "f.state <> 'closed'", "f.state = 'closed' AND f.closed_on >= ?"
_OWN = f" AND f.scope NOT IN {NEIGHBOURS}"
_BY_DUE, _BY_CLOSING = "coalesce(f.due, f.check_on, '9999'), f.opened_on, f.id", "f.closed_on DESC, f.id"


def board(store: Store) -> dict[str, list[Row]]:
    """The cards of this office in each column of `COLUMNS`: what runs, the most pressing first, and what closed this month.

    `days` from today to the due date (else to the day to check on) is negative when that is past.
    """
    today = store.clock.today()
    closed = _cards(store, _CLOSED + _OWN, _BY_CLOSING, today.replace(day=1).isoformat())
    rows = _cards(store, _OPEN + _OWN, _BY_DUE) + closed
    for row in rows:
        day = row["due"] or row["check_on"]
        row["days"] = (date.fromisoformat(day) - today).days if day else None
    return {key: [row for row in rows if row["state"] in states] for key, (_, states) in COLUMNS.items()}


def cases_of(store: Store, owner_id: str) -> list[Row]:
    """All cases of one owner as cards, the newest first."""
    return _cards(store, "f.owner_id = ?", "f.opened_on DESC, f.id DESC", owner_id)


def _cards(store: Store, which: str, order: str, *values: str) -> list[Row]:
    found = store.query(_CARDS.format(which=which, order=order), values)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in found]


@dataclass(frozen=True, slots=True)
class MonthOfCases:
    """What happened to the cases of one service in a month."""

    before: int  # open when it began
    opened: int
    issued: int
    refused: int
    cancelled: int
    days: int | None  # from opening to issue, on average

    @property
    def after(self) -> int:
        """Open when it ended."""
        return self.before + self.opened - self.issued - self.refused - self.cancelled


def month_of_cases(store: Store, month: date) -> dict[str, MonthOfCases]:
    """The month that a day lies in, by service, as far as it has gone; services without a case are left out."""
    first = month.replace(day=1)
    span = {"first": first.isoformat(), "next": months_later(first, 1).isoformat()}
    found = store.query(
        "SELECT service, opened_on < :first, CASE WHEN state = 'closed' AND closed_on < :next THEN outcome END,"
        "       CASE WHEN state = 'closed' AND outcome = 'issued' AND closed_on < :next"
        "            THEN julianday(closed_on) - julianday(opened_on) END"
        f"  FROM facilitation WHERE deleted IS NULL AND scope NOT IN {NEIGHBOURS} AND opened_on < :next"
        "   AND (state <> 'closed' OR closed_on >= :first)",
        span,
    )
    return {
        service: _month([row[1:] for row in found if row[0] == service])
        for service in dict.fromkeys(r[0] for r in found)
    }


def _month(cases: list[tuple[int, str | None, float | None]]) -> MonthOfCases:
    ends = Counter(end for _, end, _ in cases)
    took = [days for *_, days in cases if days is not None]
    return MonthOfCases(
        before=sum(early for early, *_ in cases),
        opened=sum(not early for early, *_ in cases),
        issued=ends["issued"], refused=ends["refused"], cancelled=ends["cancelled"],
        days=round(sum(took) / len(took)) if took else None,
    )  # fmt: skip


def set_up(db: "Database") -> None:
    """Find the running cases, and those closed of late, without reading every case."""
    conn: Connection = db.conn
    conn.execute(
        "CREATE INDEX IF NOT EXISTS facilitation_state ON facilitation(state, closed_on) WHERE deleted IS NULL"
    )


SETUP.append(set_up)
