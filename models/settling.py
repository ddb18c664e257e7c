"""The conflicts that wait for a person, and their settling: an ordinary edit and a state, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from models.clock import from_iso
from models.conflicts import CONFLICT, DELETED
from models.entities import SYNCED
from models.errors import AppError
from models.i18n import Words
from models.people import name_of
from models.store import Changes, Store
from models.workdays import next_workday

Side = Literal["kept", "lost"]
NEWER = Words(
    "Isian ini hanya dikenal Dampingi yang lebih baru. Perbarui Dampingi di laptop ini, lalu pilih lagi.",
    "Only a newer Dampingi knows this field. Update Dampingi on this laptop, then choose again.",
)
NO_OWNER = Words(
    "Pemiliknya tidak ada di laptop ini. Pilih sendiri, atau tanyakan ke Dinas.",
    "The owner is not on this laptop. Choose yourself, or ask the Dinas.",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two values that met: `{field: value}`, who wrote it and when. `mine` when it was this account."""

    values: dict[str, Any]
    by: str
    at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A unit of a record (a field, a group, or `deleted`) with two values; `kept` is the one in use."""

    id: str
    entity: str
    row_id: str
    unit: str
    kept: Version
    lost: Version


def open_conflicts(store: Store) -> list[OpenConflict]:
    """Every conflict that waits, those of one record together, oldest first; not of what only a newer program knows."""
    found = [row for row in store.find(CONFLICT.name, state="open") if row["entity"] in SYNCED]
    first = {row["row_id"]: n for n, row in reversed(list(enumerate(found)))}
    return [_conflict(store, row) for row in sorted(found, key=lambda row: first[row["row_id"]])]


def count_open(store: Store) -> int:
    """How many records wait for a decision."""
    query = (
        "SELECT count(DISTINCT row_id) FROM conflict WHERE state = 'open' AND deleted IS NULL "
        "AND entity IN (SELECT value FROM json_each(?))"
    )
    return store.query(query, (msgspec.json.encode(list(SYNCED)).decode(),))[0][0]


def _conflict(store: Store, row: Mapping[str, Any]) -> OpenConflict:
    sides = (_version(store, row, side) for side in ("kept", "lost"))
    return OpenConflict(row["id"], row["entity"], row["row_id"], row["unit"], *sides)


def _version(store: Store, row: Mapping[str, Any], side: str) -> Version:
    by, at = row[f"{side}_by"], row[f"{side}_at"]
    values = msgspec.json.decode(row[side] or "{}")
    return Version(values, name_of(store, by), from_iso(at) if at else None, by == store.user)


def settle(store: Store, choices: Mapping[str, Side]) -> Changes:
    """Settles conflicts, `{conflict id: which side}`, all or none; the value not chosen stays in the history.

    AppError when the value that lost shall be used in a field that this program does not know.
    """
    changes = Changes()
    with store.transaction():
        for conflict_id, side in choices.items():
            row = store.get(CONFLICT.name, conflict_id)
            if row is None or row["state"] != "open":
                continue  # somebody else was quicker; their decision arrived meanwhile
            if side == "lost":
                changes |= _use(store, row["entity"], row["row_id"], msgspec.json.decode(row["lost"] or "{}"))
            settled = {"id": conflict_id, "state": "settled", "choice": side, "settled_by": store.user or None}
            changes |= store.save(CONFLICT.name, settled)
    return changes


def _use(store: Store, entity: str, row_id: str, values: dict[str, Any]) -> Changes:
    if values.pop(DELETED, None) is not None:
        return store.delete(entity, row_id)
    if any(name not in SYNCED[entity] for name in values):
        raise AppError(NEWER)
    return store.save(entity, {"id": row_id, **values})


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask an owner about a conflict, and who will."""

    what: str
    by: str
    owner_id: str = ""
    business_id: str = ""


def ask_owner(store: Store, question: Question) -> tuple[Changes, str]:
    """A follow-up for the next working day: ask the owner which value is right. Answers whom to ask; AppError when gone."""
    owner = store.get("owner", question.owner_id)
    if owner is None:
        raise AppError(NO_OWNER)
    due = next_workday(store.clock.today() + timedelta(days=1))
    row = {
        "owner_id": question.owner_id,
        "business_id": question.business_id or None,
        "kind": "we_call",
        "what": question.what,
        "due": due.isoformat(),
        "responsible": "me",
        "responsible_name": question.by,
        "state": "open",
    }
    return store.save("follow_up", row), str(owner["name"])
