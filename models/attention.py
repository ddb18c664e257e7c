"""Which businesses need somebody: a case past its due date, a case still waiting for documents, a late follow-up."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.facilitation import SETTLED
from models.legal import ALLOWED
from models.periods import Period
from models.sql import codes
from models.store import Store

Sort = Literal["case_late", "follow_up_late", "documents"]
_UNNAMED = codes(answer for answer, acts in ALLOWED.items() if acts["print"] != "yes")  # whom no paper may name

_SQL = f"""
WITH trouble AS (
  SELECT owner_id, business_id, scope, CASE WHEN due < :until THEN 'case_late' ELSE 'documents' END AS sort, service AS what,
         due, (SELECT count(*) FROM checklist_item i WHERE i.facilitation_id = facilitation.id AND i.deleted IS NULL
               AND i.mandatory = 1 AND i.state NOT IN ({codes(SETTLED)})) AS missing
    FROM facilitation
   WHERE deleted IS NULL AND opened_on < :next AND (state <> 'closed' OR closed_on >= :next)
     AND (due < :until OR state = 'documents')
  UNION ALL
  SELECT owner_id, business_id, scope, 'follow_up_late', kind, due, 0
    FROM follow_up WHERE deleted IS NULL AND state = 'open' AND due < :until)
SELECT t.sort, coalesce(b.name, (SELECT name FROM business WHERE owner_id = t.owner_id AND deleted IS NULL ORDER BY rowid LIMIT 1)),
       o.name, t.what, t.due, t.missing, n.kind, n.due
  FROM trouble t JOIN owner o ON o.id = t.owner_id AND o.deleted IS NULL AND coalesce(o.informed, '') NOT IN ({_UNNAMED})
  LEFT JOIN business b ON b.id = t.business_id
  LEFT JOIN follow_up n ON n.id = (
       SELECT id FROM follow_up f WHERE f.owner_id = t.owner_id AND f.deleted IS NULL AND f.state = 'open'
          AND f.due >= :until ORDER BY f.due, f.id LIMIT 1)
 WHERE t.scope LIKE :within
 ORDER BY CASE t.sort WHEN 'case_late' THEN 1 WHEN 'follow_up_late' THEN 2 ELSE 3 END, t.due, o.name
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with whom, since when, and what is planned next. Empty texts where nothing is known."""

    sort: Sort
    business: str
    owner: str
    what: str  # a service, or the kind of follow-up
    days: int | None  # past the due date
    missing: int  # mandatory documents
    plan_kind: str  # of the next follow-up
    plan_on: str  # ISO day


def attention(store: Store, period: Period, within: str, most: int) -> list[Trouble]:
    """The most pressing ones, each business once."""
    values = period.values(store.clock.zone, store.clock.today())
    until = date.fromisoformat(values["until"])
    wanted = {name: values[name] for name in ("until", "next")} | {"within": f"{within}%"}
    found: dict[tuple[str, str], Trouble] = {}
    for sort, business, owner, what, due, missing, *plan in store.query(_SQL, wanted):
        late = (until - date.fromisoformat(due)).days if due else None
        kind, day = (part or "" for part in plan)
        found.setdefault((owner, business or ""), Trouble(
            sort, business or "", owner, what or "", late if late and late > 0 else None, missing, kind, day))  # fmt: skip
    return list(found.values())[:most]
