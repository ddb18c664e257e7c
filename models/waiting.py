"""What waits to be sent, in words, and what a conflict is about: for the page Sinkronisasi."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.clock import HLC_BITS, from_millis
from models.entities import SYNCED
from models.i18n import Words, in_both
from models.kinds import KINDS
from models.reference import path
from models.schema import Row
from models.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits: what it is, whether the server has never seen it, when it was last edited."""

    entity: str
    row_id: str
    new: bool
    title: Words
    at: datetime


def waiting_items(store: Store, most: int) -> list[Waiting]:
    """The records that wait, latest edit first."""
    found = store.query(
        "SELECT tbl, row_id, min(field) = '', max(hlc), max(target) FROM ("
        "SELECT tbl, row_id, field, hlc, NULL AS target FROM sync_pending UNION ALL "
        "SELECT tbl, row_id, 'scope', hlc, target FROM sync_move WHERE done = 0)"
        " GROUP BY tbl, row_id ORDER BY max(hlc) DESC LIMIT ?",
        (most,),
    )
    return [
        Waiting(
            entity, row_id, bool(new), _moving(title_of(store, entity, row_id), target), from_millis(hlc >> HLC_BITS)
        )
        for entity, row_id, new, hlc, target in found
    ]


def _moving(title: Words, target: str | None) -> Words:
    """A record that shall go to another village says where."""
    place = path(target).split(",")[0] if target else ""
    return MOVES.fill(title=title, place=place) if place else title


MOVES = Words("{title} → pindah ke {place}", "{title} → moves to {place}")


def title_of(store: Store, entity: str, row_id: str) -> Words:
    """How a record is named in a list: `Usaha: Kerupuk Ikan Suliha`."""
    row = store.get(entity, row_id) if entity in SYNCED else None
    kind = SYNCED[entity].title if entity in SYNCED else Words("Data", "Record")
    if row is None:
        return kind
    subject = SUBJECTS.get(entity, _named)(store, row)
    return in_both(lambda lang: f"{kind.to(lang)}: {subject.to(lang)}") if subject.id else kind


def subject_of(store: Store, entity: str, row_id: str) -> Words:
    """Whom or what a record is about: `Batik Rengganis Ayu — Siti Aminah`."""
    row = store.get(entity, row_id)
    return SUBJECTS.get(entity, _named)(store, row) if row else Words("", "")


def _named(_store: Store, row: Row) -> Words:
    name = str(row.get("name") or "")
    return Words(name, name)


def _business(store: Store, row: Row) -> Words:
    owner = _owner_name(store, row)
    name = f"{row['name']} — {owner}" if owner else str(row["name"])
    return Words(name, name)


def _of_owner(store: Store, row: Row) -> Words:
    name = _owner_name(store, row)
    return Words(name, name)


def _session(store: Store, row: Row) -> Words:
    owner, topics = _owner_name(store, row) or row["guest"] or "", KINDS["topics"]
    return in_both(lambda lang: f"{owner} — {topics.show(row['topics'], lang)}")


def _follow_up(store: Store, row: Row) -> Words:
    owner = _owner_name(store, row)
    text = f"{owner} — {row['what']}" if row["what"] else owner
    return Words(text, text)


def _conflict(store: Store, row: Row) -> Words:
    return subject_of(store, row["entity"], row["row_id"])


def _owner_name(store: Store, row: Row) -> str:
    owner = store.get("owner", row["owner_id"]) if row.get("owner_id") else None
    return str(owner["name"]) if owner else ""


SUBJECTS: dict[str, Callable[[Store, Row], Words]] = {
    "attachment": _of_owner,
    "business": _business,
    "consent": _of_owner,
    "consultation": _session,
    "follow_up": _follow_up,
    "conflict": _conflict,
}
