"""Every change of a record is captured per field by generated triggers, whoever wrote it.

Imports, repair scripts and raw sqlite-utils calls are captured like `Store.save`, because the
triggers belong to the file, not to a connection. While `sync_device.applying` is 1 (inside
`Store.transaction(applying=True)`) they are silent: that is how what comes from the server is
written.

**sync_device**, one row: `id` (given by the server at enrolment, NULL before), `hlc` (the last one
used), `server_pin`, `applying`, `now` (milliseconds of the running `Store.transaction`; NULL means
the computer's own clock) and `user` (whose edits these are).

**hlc**: hybrid logical clock, one integer: milliseconds since 1970 shifted left by 16, plus a
counter. Each statement on a row takes max(last + 1, now << 16), so it only ever rises.

**sync_pending**, what the server has not acknowledged, one row a field. `field` is '' for a record
it has never seen: the whole row is to be sent, with base 0. Otherwise `base` is the `_seq` that the
row had when the *first* of these edits was made and stays so, `hlc` is that of the latest edit and
`edit_no` counts the edits: what was sent is done only if `edit_no` is still the same, and `since` is the
stamp of the first of them. A soft delete
or its undoing is the field `deleted`. `base_scope` is set once the record has moved: the scope whose
numbers `base` counts in, and to which the edit is therefore sent.

**sync_shadow**, the server's value under each pending edit (no row for a pending ''), with its
storage class kept: the column has no type.

**Record columns**: `_seq` is NULL until the row is taken into a batch for the first time; from 0
(in flight) on, edits are captured per field. `_h` is the hash of the server's image. Capture reads
`_seq` and never writes either.

**sync_inflight** holds the exact bytes sent per (scope, counter) and what they stand for;
**sync_scope** where this laptop stands in each scope and what it may do there; **sync_quarantine** what
the server refused; **sync_handed** what a laptop that was shut out handed in; **sync_move** records that
somebody asked to move (`done` 0) or that another scope keeps now though they are still here (1).

**history**, one row a changed field: own edits by these triggers, also of rows never sent; edits
received are inserted by whoever applies them, with the hlc, time (milliseconds) and name of their
maker. A first value is no change and leaves none.

**sync_removed** is capture's own: a row that a raw DELETE took away waits here as JSON, so that
INSERT OR REPLACE, which deletes first, is captured as the edit it is, and a mere DELETE comes back
as a soft delete when the file is next opened. Join sync_pending with the record table and such rows
stay out of the way.
"""

import json
from typing import Any

from models import sql
from models.clock import HLC_BITS
from models.schema import META, Entity

TABLES = """
CREATE TABLE IF NOT EXISTS sync_device (
  one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1), id TEXT, hlc INTEGER NOT NULL DEFAULT 0, server_pin TEXT,
  applying INTEGER NOT NULL DEFAULT 0, now INTEGER, user TEXT NOT NULL DEFAULT '');
INSERT INTO sync_device (one) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM sync_device);
CREATE TABLE IF NOT EXISTS sync_pending (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, base INTEGER NOT NULL, hlc INTEGER NOT NULL,
  edit_no INTEGER NOT NULL, base_scope TEXT, since INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tbl, row_id, field)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_shadow (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, value,
  PRIMARY KEY (tbl, row_id, field)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_inflight (
  scope TEXT NOT NULL, ctr INTEGER NOT NULL, body BLOB NOT NULL, map TEXT NOT NULL, PRIMARY KEY (scope, ctr));
CREATE TABLE IF NOT EXISTS sync_handed (
  scope TEXT NOT NULL, ctr INTEGER NOT NULL, body BLOB NOT NULL, map TEXT NOT NULL, PRIMARY KEY (scope, ctr));
CREATE TABLE IF NOT EXISTS sync_move (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, target TEXT NOT NULL, hlc INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tbl, row_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_scope (
  scope TEXT PRIMARY KEY, cursor INTEGER NOT NULL DEFAULT 0, cnt INTEGER NOT NULL DEFAULT 0,
  sum INTEGER NOT NULL DEFAULT 0, epoch TEXT, grant_ver INTEGER NOT NULL DEFAULT 0, ctr INTEGER NOT NULL DEFAULT 0,
  access TEXT NOT NULL DEFAULT 'write'
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sync_quarantine (
  id INTEGER PRIMARY KEY, scope TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL, body TEXT NOT NULL,
  reason TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sync_removed (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (tbl, row_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, hlc INTEGER NOT NULL, field TEXT NOT NULL, old, new,
  at INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (tbl, row_id, hlc, field)) WITHOUT ROWID;
"""

INDEXES = "CREATE INDEX IF NOT EXISTS sync_pending_since ON sync_pending (tbl, since);"

_MILLIS = "coalesce(now, CAST(unixepoch('subsec') * 1000 AS INTEGER))"
_TICK = f"UPDATE sync_device SET hlc = max(hlc + 1, {_MILLIS} << {HLC_BITS});"
_CAPTURING = "(SELECT applying FROM sync_device) = 0"

# ON CONFLICT clauses, never INSERT OR IGNORE: inside a trigger the word after OR is replaced by
# that of the statement which fired it, so an outer INSERT OR REPLACE would overwrite the base.
_NEW_ROW = """
CREATE TRIGGER "capture_{e}_insert" AFTER INSERT ON "{e}" WHEN {capturing} AND NOT {removed}
BEGIN
  {tick}
  INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since)
    SELECT '{e}', NEW.id, '', 0, hlc, 1, hlc FROM sync_device
    WHERE (SELECT _seq FROM "{e}" WHERE id = NEW.id) IS NULL  -- else the last trigger below was first
    ON CONFLICT DO UPDATE SET hlc = excluded.hlc, edit_no = edit_no + 1;
END;
"""
_CHANGED_ROW = """
CREATE TRIGGER "capture_{e}_update" AFTER UPDATE OF {columns} ON "{e}" WHEN {capturing}
BEGIN
  {tick}
  INSERT INTO history SELECT '{e}', NEW.id, d.hlc, c.f, c.o, c.n, {millis}, d.user
    FROM sync_device d, ({changes}) c WHERE true;
  INSERT INTO sync_shadow SELECT h.tbl, h.row_id, h.field, h.old FROM {just_written} AND OLD._seq IS NOT NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO sync_pending (tbl, row_id, field, base, hlc, edit_no, since)
    SELECT h.tbl, h.row_id, iif(OLD._seq IS NULL, '', h.field), coalesce(OLD._seq, 0), h.hlc, 1, h.hlc
    FROM {just_written}
    ON CONFLICT DO UPDATE SET hlc = excluded.hlc, edit_no = edit_no + 1;
END;
"""
_REMOVED_ROW = """
CREATE TRIGGER "capture_{e}_delete" AFTER DELETE ON "{e}" WHEN {capturing}
BEGIN
  INSERT INTO sync_removed VALUES ('{e}', OLD.id, json_object({pairs}))
    ON CONFLICT DO UPDATE SET row = excluded.row;
END;
"""
_REPLACED_ROW = """
CREATE TRIGGER "capture_{e}_replace" AFTER INSERT ON "{e}" WHEN {capturing} AND {removed}
BEGIN
  UPDATE sync_device SET applying = 1;
  UPDATE "{e}" SET {put_back} FROM sync_removed r WHERE r.tbl = '{e}' AND r.row_id = NEW.id AND "{e}".id = NEW.id;
  UPDATE sync_device SET applying = 0;
  UPDATE "{e}" SET {assign_new} WHERE id = NEW.id;
  DELETE FROM sync_removed WHERE tbl = '{e}' AND row_id = NEW.id;
END;
"""
_TEMPLATES = {"insert": _NEW_ROW, "update": _CHANGED_ROW, "delete": _REMOVED_ROW, "replace": _REPLACED_ROW}


def captured(entity: Entity) -> list[str]:
    """The columns whose change is captured: the declared fields and the mark of deletion."""
    return [f.name for f in entity.fields] + ["deleted"]


def triggers(entity: Entity) -> list[str]:
    """The statements that (re)make an entity's triggers."""
    e, names = entity.name, captured(entity)
    everything = [*META, *(f.name for f in entity.fields), "_seq", "_h"]
    places = {
        "e": e,
        "tick": _TICK,
        "millis": _MILLIS,
        "capturing": _CAPTURING,
        "removed": f"EXISTS (SELECT 1 FROM sync_removed WHERE tbl = '{e}' AND row_id = NEW.id)",
        "just_written": (
            f"history h, sync_device d WHERE h.tbl = '{e}' AND h.row_id = NEW.id AND h.hlc = d.hlc"
        ),
        "columns": sql.names(names),
        "changes": " UNION ALL ".join(
            f"""SELECT '{n}' f, OLD."{n}" o, NEW."{n}" n WHERE OLD."{n}" IS NOT NEW."{n}\"""" for n in names
        ),
        "pairs": ", ".join(f"""'{n}', OLD."{n}\"""" for n in everything),
        "put_back": ", ".join(f""""{n}" = json_extract(r.row, '$.{n}')""" for n in everything if n != "id"),
        "assign_new": ", ".join(f'"{n}" = NEW."{n}"' for n in names),
    }  # fmt: skip
    made: list[str] = []
    for event, template in _TEMPLATES.items():
        made += [f'DROP TRIGGER IF EXISTS "capture_{e}_{event}";', template.format(**places)]
    return made


def return_removed(conn: Any, entities: dict[str, Entity]) -> None:
    """Rows that a raw DELETE took away come back as soft-deleted ones; call inside a transaction."""
    for tbl, row_id, text in conn.execute("SELECT tbl, row_id, row FROM sync_removed").fetchall():
        if tbl not in entities:
            continue
        row: dict[str, Any] = json.loads(text)
        conn.execute("UPDATE sync_device SET applying = 1")
        conn.execute(f"{sql.insert(tbl, row)} ON CONFLICT DO NOTHING", list(row.values()))
        conn.execute("DELETE FROM sync_removed WHERE tbl = ? AND row_id = ?", (tbl, row_id))
        conn.execute("UPDATE sync_device SET applying = 0")
        conn.execute(
            f'UPDATE "{tbl}" SET deleted = (SELECT {_MILLIS} FROM sync_device) WHERE id = ? AND deleted IS NULL',
            (row_id,),
        )
