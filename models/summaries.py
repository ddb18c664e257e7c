"""The counting questions of the home page, its follow-ups, and the card of one business."""

from dataclasses import dataclass
from datetime import date

from models.i18n import Words
from models.lists import ListQuery, doc_of, office_zone, page, row_ids
from models.scales import Scale, scale_of
from models.schema import Row
from models.store import NEIGHBOURS, Changes, Store

RECENT = "recently_opened"  # the setting that holds `[entity, id]` pairs, newest first
RECENT_KEPT = 12
PAST_SESSIONS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers at the head of the home page."""

    businesses: int
    new_this_month: int
    with_nib: int
    sessions: int  # of this month
    persons: int  # whom they were held with

    @property
    def without_nib(self) -> int:
        """Businesses that have no NIB yet."""
        return self.businesses - self.with_nib


def figures(store: Store) -> Figures:
    """The numbers of this office as they stand today."""
    month = store.clock.today().replace(day=1).isoformat()
    businesses, fresh, with_nib = store.query(
        "SELECT count(*), coalesce(sum(date(created_at, ?) >= ?), 0), coalesce(sum(coalesce(nib, '') <> ''), 0)"
        f" FROM business WHERE deleted IS NULL AND scope NOT IN {NEIGHBOURS}",
        (office_zone(store.clock), month),
    )[0]
    sessions, persons = store.query(
        "SELECT count(*), count(DISTINCT owner_id) FROM consultation"
        f" WHERE deleted IS NULL AND held_on >= ? AND scope NOT IN {NEIGHBOURS}",
        (month,),
    )[0]
    return Figures(businesses, fresh, with_nib, sessions, persons)


def to_check(store: Store) -> dict[str, int]:
    """How many records wait on the working lists, by key of `lists.FILTERS`; empty lists are left out."""
    counts = {key: len(row_ids(store, ListQuery(filters=(key,)))) for key in ("not_informed", "nik_check")}
    return {key: count for key, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class WorkingList:
    """A saved filter over the open follow-ups: those due within so many days from today."""

    key: str
    words: Words
    last: int | None  # None: no end

    def holds(self, follow_up: Row) -> bool:
        """Whether a row of `follow_ups` stands on it."""
        return self.last is None or follow_up["days"] <= self.last


WORKING_LISTS = (
    WorkingList("soon", Words("Sampai besok", "Until tomorrow"), 1),
    WorkingList("late", Words("Terlambat", "Late"), -1),
    WorkingList("week", Words("7 hari", "7 days"), 7),
    WorkingList("all", Words("Semua", "All"), None),
)

# Mine: given to me by name, or to the Kasie of the village whose office this is.
_FOLLOW_UPS = """
SELECT f.id, f.owner_id, f.business_id, f.kind, f.what, f.due, f.due_time, o.name AS owner, o.phone, o.sex,
       coalesce(b.name, (SELECT name FROM business WHERE owner_id = f.owner_id AND deleted IS NULL
                          ORDER BY rowid LIMIT 1)) AS business
  FROM follow_up f LEFT JOIN owner o ON o.id = f.owner_id LEFT JOIN business b ON b.id = f.business_id
 WHERE f.deleted IS NULL AND f.state = 'open' AND o.deleted IS NULL
   AND (f.responsible = 'kasie' AND f.scope = :home
        OR f.responsible = 'me' AND (f.responsible_id = :staff
                                     OR f.responsible_id IS NULL AND coalesce(f.responsible_name, :name) = :name))
 ORDER BY f.due, coalesce(f.due_time, ''), f.id
"""
_FOLLOW_UP_COLUMNS: tuple[str, ...] = (
    "id", "owner_id", "business_id", "kind", "what", "due", "due_time", "owner", "phone", "sex", "business",
)  # fmt: skip


def follow_ups(store: Store) -> list[Row]:
    """My open follow-ups, the latest first; `days` from today is negative when one is late."""
    today = store.clock.today()
    me: dict[str, str] = store.setting("profile", {})
    mine = {"home": store.home_scope, "staff": store.setting("staff_id"), "name": me.get("name", store.user)}
    found = store.query(_FOLLOW_UPS, mine)
    rows = [dict(zip(_FOLLOW_UP_COLUMNS, values, strict=True)) for values in found]
    for row in rows:
        row["days"] = (date.fromisoformat(row["due"]) - today).days
    return rows


def finish(store: Store, follow_up_id: str) -> Changes:
    """A follow-up is done, today."""
    done_on = store.clock.today().isoformat()
    return store.save("follow_up", {"id": follow_up_id, "state": "done", "done_on": done_on})


def reopen(store: Store, follow_up_id: str) -> Changes:
    """A follow-up is not done after all."""
    return store.save("follow_up", {"id": follow_up_id, "state": "open", "done_on": None})


def postpone(store: Store, follow_up_id: str, day: date) -> Changes:
    """A follow-up is due on another day."""
    return store.save("follow_up", {"id": follow_up_id, "due": day.isoformat()})


def note_opened(store: Store, entity: str, record_id: str) -> Changes:
    """A business (or an owner without one) was opened; it stands first among the recent ones."""
    kept = [pair for pair in store.setting(RECENT, []) if pair != [entity, record_id]]
    store.set_setting(RECENT, [[entity, record_id], *kept][:RECENT_KEPT])
    return Changes()


def recent(store: Store, count: int) -> list[Row]:
    """The list rows opened last, filled up with those registered last."""
    docs = [doc for entity, record_id in store.setting(RECENT, []) for doc in doc_of(store, entity, record_id)]
    newest = store.query(
        f"SELECT rowid * 2 FROM business WHERE deleted IS NULL AND scope NOT IN {NEIGHBOURS}"
        " ORDER BY rowid DESC LIMIT ?",
        (count,),
    )
    docs += [doc for (doc,) in newest if doc not in docs]
    return page(store, docs)[:count]


@dataclass(frozen=True, slots=True)
class BusinessCard:
    """What the panel beside the list shows of one business."""

    owner: Row | None
    business: Row | None
    sessions: tuple[Row, ...]  # newest first
    follow_ups: tuple[Row, ...]  # open ones, the latest first
    scale: Scale | None


def card(store: Store, listed: Row) -> BusinessCard:
    """The card of a list row, asked anew."""
    owner = store.get("owner", listed["owner_id"]) if listed["owner_id"] else None
    business = store.get("business", listed["business_id"]) if listed["business_id"] else None
    of_this = {"business_id": business["id"]} if business else {"owner_id": listed["owner_id"]}
    held = store.find("consultation", **of_this)
    held.sort(key=lambda row: (row["held_on"], row["started_at"] or ""), reverse=True)
    tasks = sorted(store.find("follow_up", **of_this, state="open"), key=lambda row: (row["due"], row["id"]))
    scale = scale_of(business["sales_year"], business["capital"], store.clock.today()) if business else None
    return BusinessCard(owner, business, tuple(held[:PAST_SESSIONS]), tuple(tasks), scale)
