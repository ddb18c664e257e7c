"""Writing an import of any records, and taking it back within 24 hours with one act.

What an import wrote is kept beside the data of this laptop: which records, what stood there before, what
it made of them. Undoing puts back what nobody has touched since.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

from models.clock import from_iso
from models.custody import keeper
from models.entities import ENTITIES
from models.errors import AppError
from models.i18n import Lang, Words
from models.import_columns import typed
from models.importing import HELD, REASON, ROW
from models.kinds import TEXT
from models.privacy import parent_of
from models.record_import import STORED, ReadRow, RecordPlan
from models.schema import Entity, Row
from models.store import Changes, Store
from models.workbook import write_workbook

UNDO_FOR = timedelta(hours=24)
DONE, _KEPT = "record_imports", 20  # the setting that lists them, and how many it keeps
TOO_LATE = Words("Impor ini sudah lebih dari 24 jam dan tidak bisa dibatalkan sekaligus.",
                 "This import is more than 24 hours old and cannot be undone at once.")  # fmt: skip
NO_IMPORT = Words("Impor ini sudah dibatalkan.", "This import has been undone already.")
_TABLE = """
CREATE TABLE IF NOT EXISTS import_row (
  import_id TEXT NOT NULL, row_id TEXT NOT NULL, before TEXT, after TEXT NOT NULL, PRIMARY KEY (import_id, row_id))
WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """One import as it is remembered on this laptop. In the file: added + merged + same + left."""

    id: str
    entity: str
    file: str
    at: str  # ISO 8601 UTC
    added: int
    merged: int
    same: int
    left: int  # held, skipped or undecided
    undone: bool = False


def apply(store: Store, plan: RecordPlan) -> tuple[Changes, Applied]:
    """Write the new rows and those chosen to be merged: all of them, or none when anything fails."""
    import_id, stamp = store.clock.new_id(), store.clock.stamp()
    new = [r for r in plan.rows if r.state in STORED]
    new += [r for r in plan.rows if plan.chosen(r) == "add"]
    merged = [r for r in plan.rows if plan.chosen(r) == "merge"]
    keeps = keeper(store)
    written = [_added(store, plan.entity, r, stamp, keeps) for r in new] + [_merged(r) for r in merged]
    done = Applied(
        import_id, plan.entity.name, plan.sheet.file, stamp, len(new), len(merged), plan.counts.get("same", 0),
        len(plan.rows) - len(new) - len(merged) - plan.counts.get("same", 0))  # fmt: skip
    with store.transaction():
        store.query(_TABLE)
        changes = store.save_all((plan.entity.name, row) for row, _ in written)
        store.db.conn.executemany(
            "INSERT INTO import_row VALUES (?, ?, ?, ?)",
            [(import_id, row["id"], before and json.dumps(before), json.dumps(row)) for row, before in written],
        )
        _remember(store, [done, *recent(store)])
    return changes, done


def _added(
    store: Store, entity: Entity, row: ReadRow, stamp: str, keeps: Callable[[str], str]
) -> tuple[Row, Row | None]:
    """A new record; a place of its own decides who keeps it where no other record does."""
    values = {n: v for n, v in row.values.items() if v is not None}
    known = row.existing or {}
    new_id = values.get("id") if values.get("id") != known.get("id") else None
    values |= {"id": new_id or store.clock.new_id(), "created_at": stamp}
    if "village" in values and not any(values.get(n) for n in entity.kept_with) and entity.kept_with:
        values["scope"] = keeps(values["village"])
    return values, None


def _merged(row: ReadRow) -> tuple[Row, Row | None]:
    existing = row.existing or {}
    changed = {n: file for n, _, file in row.differences}
    return changed | {"id": existing["id"]}, {n: existing.get(n) for n in changed}


def recent(store: Store) -> list[Applied]:
    """The imports made on this laptop, newest first."""
    return [Applied(**values) for values in store.setting(DONE, [])]


def undoable(store: Store) -> list[Applied]:
    """The imports that can still be taken back."""
    now = store.clock.now()
    return [a for a in recent(store) if not a.undone and now - from_iso(a.at) <= UNDO_FOR]


def _remember(store: Store, imports: Sequence[Applied]) -> None:
    store.set_setting(DONE, [asdict(a) for a in imports[:_KEPT]])


def undo(store: Store, import_id: str) -> tuple[Changes, int]:
    """Take an import back; answers how many records stay because they were touched since."""
    imports = recent(store)
    found = next((a for a in imports if a.id == import_id and not a.undone), None)
    if found is None:
        raise AppError(NO_IMPORT)
    if store.clock.now() - from_iso(found.at) > UNDO_FOR:
        raise AppError(TOO_LATE)
    rows = store.query("SELECT row_id, before, after FROM import_row WHERE import_id = ?", (import_id,))
    with store.transaction():
        changes = _take_back(store, found.entity, rows)
        store.query("DELETE FROM import_row WHERE import_id = ?", (import_id,))
        _remember(store, [replace(a, undone=True) if a.id == import_id else a for a in imports])
    return changes, len(rows) - len(changes.items)


def _take_back(store: Store, entity: str, rows: Sequence[tuple[str, str | None, str]]) -> Changes:
    """Put everything back as it was before, but for what somebody touched or built upon since."""
    ids = [row_id for row_id, _, _ in rows]
    now = {row["id"]: row for row in store.find_in(entity, "id", ids)}
    as_left = {i for i, _, after in rows if i in now and all(now[i][n] == v for n, v in json.loads(after).items())}
    new = {row_id for row_id, before, _ in rows if before is None}
    edited = {i for (i,) in store.query("SELECT DISTINCT row_id FROM history WHERE tbl = ?", (entity,))}
    gone = sorted((as_left & new) - edited - _used(store, entity, sorted(new)))
    back = [json.loads(before) | {"id": i} for i, before, _ in rows if before is not None and i in as_left]
    return store.delete_all(entity, gone) | store.save_all((entity, row) for row in back)


def _used(store: Store, entity: str, ids: Sequence[str]) -> set[str]:
    """The records among these on which something hangs by now."""
    found: set[str] = set()
    for child in ENTITIES.values():
        for field in child.fields:
            if parent_of(field) == entity:
                found |= {row[field.name] for row in store.find_in(child.name, field.name, ids)}
    return found


def export_left(plan: RecordPlan, path: Path, lang: Lang = "id") -> None:
    """Write the rows that were not stored, each with its reasons, to a workbook."""
    rows: list[list[str]] = []
    for row, source in zip(plan.rows, plan.sheet.rows, strict=True):
        skipped = row.state == "differs" and plan.chosen(row) not in ("merge", "add")
        if row.state == "held" or skipped:
            reasons = [r.words.to(lang) for r in row.reasons] or [SKIPPED.to(lang)]
            rows.append([str(row.number), *(typed(v, TEXT) for v in source.values), "; ".join(reasons)])
    write_workbook(path, HELD.to(lang), [ROW.to(lang), *plan.sheet.headings, REASON.to(lang)], rows)


SKIPPED = Words("Sudah ada dengan isi lain; dilewati.", "Is there already with other values; skipped.")
