"""Erasing a person so that the counts stay: what identifies goes, what only counts remains without a name.

By the kind of each field: names, texts, numbers, contacts, addresses and births are erased; choices,
amounts, days and regions stay. The change log, drafts, conflicts and refused records lose the values too.
What travels is an ordinary edit; until the server has answered, batches already on their way and the
server's old values under them stay in the encrypted file, because nothing else could be sent exactly once.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models import attaching, duplicates
from models.entities import ENTITIES
from models.identifying import ERASED, identifies, parents, without
from models.privacy import owners_of
from models.schema import Row
from models.search import fold, national
from models.store import Changes, Store
from models.subject_access import everything_of
from models.summaries import RECENT


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased; `on_the_way` batches and pending edits go once the server has answered."""

    records: int
    fields: int
    on_the_way: int


def erase(store: Store, owner_id: str) -> tuple[Changes, Erased]:
    """Erase a person from this laptop and, with the next sync, from everywhere; the counts stay."""
    held = everything_of(store, owner_id)
    store.query("PRAGMA secure_delete = ON")
    with store.transaction():
        drafts = list(_drafts_about(store, held))
        edits = [(name, without(ENTITIES[name], row)) for name, rows in held.items() for row in rows]
        edits = [(name, edit) for name, edit in edits if len(edit) > 1]
        changes = store.save_all(edits) | store.save("owner", {"id": owner_id, "informed": "refused"})
        for row in held.get("attachment", []):
            changes |= store.delete("attachment", row["id"])
        changes |= _settle_conflicts(store, held)
        _redact(store, held)
        for kind, key in drafts:
            store.delete_draft(kind, key)
        recent = [pair for pair in store.setting(RECENT, []) if not any(pair[1] == r["id"] for r in _rows(held))]
        store.set_setting(RECENT, recent)
    _forget(store, [row["sha256"] for row in held.get("attachment", [])])
    fields = sum(len(edit) - 1 for _, edit in edits)
    return changes, Erased(len(edits), fields, on_the_way(store, owner_id))


def follow(store: Store, changes: Changes) -> None:
    """Forgets here who was erased elsewhere: what a sync has just replaced still stands in this laptop's memory."""
    changed: dict[str, set[str]] = {}
    for change in changes.items:
        if change.verb != "added":
            changed.setdefault(change.entity, set()).add(change.id)
    erased = {row["id"] for row in store.find("owner", name=ERASED, informed="refused")} if changed else set[str]()
    if not erased:
        return
    for conflict in store.find_in("conflict", "id", changed.pop("conflict", ())):
        changed.setdefault(conflict["entity"], set()).add(conflict["row_id"])
    found: set[str | None] = set()
    for name, ids in changed.items():
        if name in ENTITIES:
            found.update(owners_of(store, ENTITIES[name], store.find_in(name, "id", ids)).values())
    for owner_id in erased & found:
        store.query("PRAGMA secure_delete = ON")
        held = everything_of(store, owner_id)
        with store.transaction(applying=True):
            files = _bury(store, held)
            _redact(store, held)
        _forget(store, files)


def _bury(store: Store, held: dict[str, list[Row]]) -> list[str]:
    """Deleted records that hang on these keep no value and are taken up among them; the files that they named."""
    dead: dict[str, list[Row]] = {}
    for entity in ENTITIES.values():
        for name, of in parents(entity).items():
            ids = json.dumps([row["id"] for row in held.get(of, [])])
            where = f'deleted IS NOT NULL AND _h IS NULL AND "{name}" IN (SELECT value FROM json_each(?))'
            found = store.query(f'SELECT id FROM "{entity.name}" WHERE {where}', (ids,)) if of in held else []
            dead.setdefault(entity.name, []).extend({"id": row_id} for (row_id,) in found)
    for name, rows in dead.items():
        blank = {f.name: ERASED if f.required else None for f in ENTITIES[name].fields if identifies(ENTITIES[name], f)}
        changed = ", ".join(f'"{field}" = ?' for field in (*blank, "extra"))
        listed = json.dumps([row["id"] for row in rows])
        store.query(f'UPDATE "{name}" SET {changed} WHERE id IN (SELECT value FROM json_each(?))',
                    (*blank.values(), "{}", listed))  # fmt: skip
        held.setdefault(name, []).extend(rows)
    named = json.dumps([row["id"] for row in dead.get("attachment", [])])
    files = store.query("SELECT sha256 FROM attachment WHERE id IN (SELECT value FROM json_each(?))", (named,))
    return [sha256 for (sha256,) in files]


def _rows(held: dict[str, list[Row]]) -> Iterable[Row]:
    return (row for rows in held.values() for row in rows)


def _drafts_about(store: Store, held: dict[str, list[Row]]) -> Iterable[tuple[str, str]]:
    """The half-filled forms that hold the person's ids or numbers, or exactly this name."""
    owner = held["owner"][0]
    wanted = {row["id"] for row in _rows(held)} | {owner["nik"] or "", national(owner["phone"] or "")} - {""}
    name = fold(owner["name"])
    for draft in store.drafts():
        bare = re.sub("[ .-]", "", json.dumps(draft.data)), draft.key.replace("-", "")
        named = any(fold(str(value)).strip() == name for value in draft.data.values())
        if named or any(w.replace("-", "") in text for w in wanted for text in bare):
            yield draft.kind, draft.key


def _settle_conflicts(store: Store, held: dict[str, list[Row]]) -> Changes:
    """Two values of an erased field are no question any more."""
    ids = [row["id"] for row in _rows(held)]
    settled: Row = {"kept": None, "lost": None, "state": "settled", "choice": "kept"}
    return store.save_all(("conflict", settled | {"id": c["id"]}) for c in store.find_in("conflict", "row_id", ids))


def _redact(store: Store, held: dict[str, list[Row]]) -> None:
    """The change log keeps that something changed, not what; refused copies go."""
    for name, rows in held.items():
        ids = json.dumps([row["id"] for row in rows])
        fields = json.dumps([f.name for f in ENTITIES[name].fields if identifies(ENTITIES[name], f)])
        listed = "row_id IN (SELECT value FROM json_each(?))"
        store.query(
            f"UPDATE history SET old = NULL, new = NULL WHERE tbl = ? AND {listed}"
            " AND field IN (SELECT value FROM json_each(?))", (name, ids, fields))  # fmt: skip
        store.query(f"DELETE FROM sync_quarantine WHERE tbl = ? AND {listed}", (name, ids))
        store.query(f"DELETE FROM sync_removed WHERE tbl = ? AND {listed}", (name, ids))
    _redact_conflicts(store, [row["id"] for row in _rows(held)])


def _redact_conflicts(store: Store, ids: Iterable[str]) -> None:
    store.query(
        "UPDATE history SET old = NULL, new = NULL WHERE tbl = 'conflict' AND field IN ('kept', 'lost')"
        " AND row_id IN (SELECT id FROM conflict WHERE row_id IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(ids)),))  # fmt: skip


def _forget(store: Store, files: list[str]) -> None:
    """Index, blocks, files and the log of writes give up what they still hold of it."""
    duplicates.refresh(store)
    for sha256 in files:
        if not store.count("attachment", sha256=sha256):
            attaching.blobs(store).remove(sha256)
    with store.transaction():
        store.query("DELETE FROM blob_local WHERE sha256 IN (SELECT value FROM json_each(?))"
                    " AND sha256 NOT IN (SELECT sha256 FROM attachment WHERE deleted IS NULL)", (json.dumps(files),))  # fmt: skip
        store.query("INSERT INTO search (search) VALUES ('optimize')")
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")


def on_the_way(store: Store, owner_id: str) -> int:
    """How many copies of a person's old values wait here for the server's answer; 0 when all is gone."""
    ids = json.dumps([row["id"] for row in _rows(everything_of(store, owner_id))])
    listed = "IN (SELECT value FROM json_each(?))"
    found: Any = store.query(
        f"SELECT (SELECT count(*) FROM sync_shadow WHERE row_id {listed} AND value IS NOT NULL)"
        f" + (SELECT count(*) FROM sync_inflight f, json_each(f.map) m WHERE json_extract(m.value, '$[2]') {listed})",
        (ids, ids))  # fmt: skip
    return found[0][0]
