"""The records of one account: get, find, save, delete, history, drafts, settings.

A record is a dict of the declared fields and `schema.META`. A store is used by one thread at a
time. A write returns `Changes` after it is durable; whatever is raised before that leaves nothing
half done. Rules do not keep a record from being saved (a faulty NIK is stored and shown for
repair); only a missing required field does.
"""

import json
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from models import database, sql
from models.clock import SYSTEM, Clock, from_millis, iso, millis
from models.entities import SYNCED
from models.errors import InvalidRecord
from models.i18n import Words
from models.schema import META, Entity, Field, Problem, Row, missing

if TYPE_CHECKING:
    from sqlite_utils import Database

# What this laptop may only read is a neighbour's: found and shown, but not counted as work of this office.
NEIGHBOURS = "(SELECT scope FROM sync_scope WHERE access = 'read')"
Verb = Literal["added", "changed", "deleted"]
LARGEST = 2**63 - 1  # SQLite's integer

_TOO_LARGE = Words(
    "Angka terlalu besar. Periksa lagi jumlah nolnya.", "The number is too large. Count its zeros again."
)


@dataclass(frozen=True, slots=True)
class Change:
    """One record that a write touched."""

    entity: str
    id: str
    verb: Verb


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched, in order."""

    items: tuple[Change, ...] = ()

    def touches(self, *entities: str) -> bool:
        """Whether a record of any of these entities is among them."""
        return any(c.entity in entities for c in self.items)

    def ids(self, entity: str) -> set[str]:
        """The records of one entity among them."""
        return {c.id for c in self.items if c.entity == entity}

    def first_id(self, entity: str) -> str:
        """The first record of an entity among them; KeyError when there is none."""
        for change in self.items:
            if change.entity == entity:
                return change.id
        raise KeyError(entity)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.items + other.items)

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's change: what it was, what it became, when (ISO 8601 UTC) and by whom."""

    field: str
    old: Any
    new: Any
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form as it was left."""

    kind: str
    key: str
    data: dict[str, Any]
    saved_at: str


class Store:
    """The open store of one account."""

    def __init__(
        self, db: "Database", key: bytes, *, clock: Clock = SYSTEM, user: str = "", home_scope: str = ""
    ) -> None:
        self.db = db
        self.key = key  # the data key, for backups and for sealing it to the office
        self.clock = clock
        self.user = user
        self.home_scope = home_scope
        self._conn: Any = db.conn
        self._doomed = False
        with self.transaction():
            self._conn.execute("UPDATE sync_device SET user = ?", (user,))

    @classmethod
    def open(cls, path: Path, key: bytes, *, clock: Clock = SYSTEM, user: str = "", home_scope: str = "") -> "Store":
        """Opens (or makes) the encrypted file; `key` is the raw 32-byte data key."""
        return cls(database.open_database(path, key), key, clock=clock, user=user, home_scope=home_scope)

    def close(self) -> None:
        """Lets go of the file."""
        self._conn.close()

    @contextmanager
    def transaction(self, *, applying: bool = False) -> Generator[None]:
        """All of what is written inside, or nothing; one inside another joins it.

        `applying` silences capture: it is for what comes from the server. An error must pass through
        the outermost block; swallowed halfway it still rolls everything back.
        """
        if self._conn.in_transaction:
            with self._joined():
                yield
            return
        self._doomed = False
        now = millis(self.clock.now())
        with database.driver_errors(), database.exclusively(self._conn):
            # The stamp that is left out tells later what was saved at once: see `models/batching.py`.
            self._conn.execute(
                "UPDATE sync_device SET now = ?, applying = ?, hlc = hlc + ?",
                (now, int(applying), int(not applying)),
            )
            yield
            if self._doomed:
                msg = "an error inside the transaction was swallowed; nothing was saved"
                raise RuntimeError(msg)
            for finish in database.BEFORE_COMMIT:
                finish(self.db)
            self._conn.execute("UPDATE sync_device SET now = NULL, applying = 0")

    @contextmanager
    def _joined(self) -> Generator[None]:
        try:
            yield
        except BaseException:
            self._doomed = True
            raise

    def query(self, question: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question in SQL, for the other modules of `models/`."""
        with database.driver_errors():
            return self._conn.execute(question, values).fetchall()

    def get(self, entity: str, record_id: str) -> Row | None:
        """One record, also a deleted one; None when there is none."""
        found = self._select(entity, "id = ?", (record_id,))
        return found[0] if found else None

    def find(self, entity: str, **equal: Any) -> list[Row]:
        """The live records whose fields have these values, oldest first."""
        return self._select(entity, *_where(entity, equal))

    def find_in(self, entity: str, name: str, values: Iterable[str]) -> list[Row]:
        """The live records whose field has one of these values, oldest first."""
        SYNCED[entity].row(**{name: None})
        return self._select(
            entity, f'deleted IS NULL AND "{name}" IN (SELECT value FROM json_each(?))', (json.dumps(list(values)),)
        )

    def count(self, entity: str, **equal: Any) -> int:
        """How many live records have these values."""
        where, values = _where(entity, equal)
        return self.query(f'SELECT count(*) FROM "{entity}" WHERE {where}', values)[0][0]

    def _select(self, entity: str, where: str, values: Sequence[Any]) -> list[Row]:
        names = _columns(SYNCED[entity])
        found = self.query(f'SELECT {sql.names(names)} FROM "{entity}" WHERE {where} ORDER BY rowid', values)
        rows = [dict(zip(names, values, strict=True)) for values in found]
        for row in rows:
            row["extra"] = json.loads(row["extra"] or "{}")
        return rows

    def save(self, entity: str, row: Mapping[str, Any]) -> Changes:
        """Saves one record: without a known `id` a new one, else only the given fields that differ.

        KeyError for a name that is not declared, InvalidRecord for a missing required field.
        """
        return self.save_all([(entity, row)])

    def save_all(self, records: Iterable[tuple[str, Mapping[str, Any]]]) -> Changes:
        """Saves many records as one: all or none, in order."""
        checked = [(SYNCED[entity], _checked(SYNCED[entity], row)) for entity, row in records]
        done: list[Change] = []
        scopes: dict[str, str] = {}
        with self.transaction():
            for entity, group in groupby(checked, key=lambda pair: pair[0]):
                done += self._save_group(entity, [row for _, row in group], scopes)
        return Changes(tuple(done))

    def _save_group(self, entity: Entity, rows: list[Row], scopes: dict[str, str]) -> list[Change]:
        """Saves rows of one entity; `scopes` remembers those of the parents met in this batch."""
        known = self._known(entity, [row["id"] for row in rows if row.get("id")])
        fresh: dict[str, Row] = {}
        done: list[Change] = []
        for given in rows:
            if (record_id := given.get("id")) in fresh:
                fresh[record_id] |= given
            elif record_id in known:
                if self._change(entity, known[record_id], given):
                    done.append(Change(entity.name, record_id, "changed"))
            else:
                new = self._new(entity, given, scopes)
                fresh[new["id"]] = new
                done.append(Change(entity.name, new["id"], "added"))
        self._insert(entity, list(fresh.values()))
        return done

    def _known(self, entity: Entity, ids: list[str]) -> dict[str, Row]:
        """Which of these records exist, as they stand."""
        found = self._select(entity.name, "id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)) if ids else []
        return {row["id"]: row for row in found}

    def _new(self, entity: Entity, given: Row, scopes: dict[str, str]) -> Row:
        problems = [missing(f) for f in entity.where("required") if given.get(f.name) is None]
        if problems:
            raise InvalidRecord(problems)
        return given | {
            "id": given.get("id") or self.clock.new_id(),
            "scope": given.get("scope") or self._scope(entity, given, scopes),
            "created_at": given.get("created_at") or self.clock.stamp(),
            "created_by": given.get("created_by") or self.user,
        }

    def _scope(self, entity: Entity, given: Row, scopes: dict[str, str]) -> str:
        """Where a new record is kept: with what it belongs to, else at home; `event_id` refers to an event."""
        for field in entity.kept_with:
            parent_id = given.get(field)
            if parent_id and parent_id not in scopes:
                parent = SYNCED[field.removesuffix("_id")].name
                found = self.query(f'SELECT scope FROM "{parent}" WHERE id = ?', (parent_id,))
                scopes[parent_id] = found[0][0] if found else ""
            if parent_id and scopes[parent_id]:
                return scopes[parent_id]
        return self.home_scope[: entity.scope_digits]

    def _insert(self, entity: Entity, rows: list[Row]) -> None:
        names = _columns(entity)
        values = [[_packed(row.get(n)) if n == "extra" else row.get(n) for n in names] for row in rows]
        self._conn.executemany(sql.insert(entity.name, names), values)

    def _change(self, entity: Entity, old: Row, given: Row) -> bool:
        """Writes what differs; `old` then stands as the record does."""
        fields = {n: v for n, v in given.items() if n in entity and v != old[n]}
        problems = [missing(entity[n]) for n, v in fields.items() if v is None and entity[n].required]
        if problems:
            raise InvalidRecord(problems)
        if not fields:
            return False
        assigned = ", ".join(f'"{n}" = ?' for n in fields)
        self._conn.execute(f'UPDATE "{entity.name}" SET {assigned} WHERE id = ?', (*fields.values(), old["id"]))
        old |= fields
        return True

    def delete(self, entity: str, record_id: str) -> Changes:
        """Marks a record as deleted; nothing is lost and `restore` brings it back."""
        return self._mark(entity, record_id, millis(self.clock.now()), "deleted IS NULL", "deleted")

    def delete_all(self, entity: str, ids: Sequence[str]) -> Changes:
        """Marks many live records as deleted, in one statement."""
        with self.transaction():
            self.query(
                f'UPDATE "{SYNCED[entity].name}" SET deleted = ? WHERE id IN (SELECT value FROM json_each(?))',
                (millis(self.clock.now()), json.dumps(list(ids))),
            )
        return Changes(tuple(Change(entity, i, "deleted") for i in ids))

    def restore(self, entity: str, record_id: str) -> Changes:
        """Brings a deleted record back."""
        return self._mark(entity, record_id, None, "deleted IS NOT NULL", "added")

    def _mark(self, entity: str, record_id: str, deleted: int | None, where: str, verb: Verb) -> Changes:
        table = SYNCED[entity].name
        with self.transaction():
            cursor = self._conn.execute(
                f'UPDATE "{table}" SET deleted = ? WHERE id = ? AND {where}', (deleted, record_id)
            )
        return Changes((Change(entity, record_id, verb),) if cursor.rowcount else ())

    def history(self, entity: str, record_id: str) -> list[FieldChange]:
        """Every change of a record's fields that this laptop knows, own and received, newest first."""
        found = self.query(
            "SELECT field, old, new, at, by FROM history WHERE tbl = ? AND row_id = ? ORDER BY hlc DESC, field",
            (entity, record_id),
        )
        return [FieldChange(f, old, new, iso(from_millis(at)), by) for f, old, new, at, by in found]

    def save_draft(self, kind: str, key: str, data: Mapping[str, Any]) -> None:
        """Keeps a half-filled form as JSON; the same kind and key replace it."""
        text = json.dumps(_clean(dict(data)), ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", (kind, key, text, self.clock.stamp()))

    def drafts(self, kind: str | None = None) -> list[Draft]:
        """The forms left half-filled, newest first."""
        found = self.query(
            "SELECT kind, key, data, saved_at FROM draft WHERE ? IS NULL OR kind = ? ORDER BY saved_at DESC, rowid DESC",
            (kind, kind),
        )
        return [Draft(k, key, json.loads(data), at) for k, key, data, at in found]

    def delete_draft(self, kind: str, key: str) -> None:
        """Forgets a draft, as when its record was saved."""
        self._write("DELETE FROM draft WHERE kind = ? AND key = ?", (kind, key))

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of this account on this laptop."""
        found = self.query("SELECT value FROM setting WHERE key = ?", (key,))
        return json.loads(found[0][0]) if found else default

    def set_setting(self, key: str, value: Any) -> None:
        """Keeps a setting; any JSON value."""
        text = json.dumps(_clean(value), ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, text))

    def _write(self, statement: str, values: Sequence[Any]) -> None:
        with self.transaction():
            self._conn.execute(statement, values)


def _columns(entity: Entity) -> list[str]:
    """The columns of a record as people and screens know it: without those of sync."""
    return [*META, *(f.name for f in entity.fields)]


def _where(entity: str, equal: Mapping[str, Any]) -> tuple[str, list[Any]]:
    SYNCED[entity].row(**equal)
    parts = [f'"{name}" IS NULL' if value is None else f'"{name}" = ?' for name, value in equal.items()]
    return " AND ".join(["deleted IS NULL", *parts]), [value for value in equal.values() if value is not None]


def _checked(entity: Entity, row: Mapping[str, Any]) -> Row:
    """A row with every value clean and of its kind's type; empty texts are None."""
    return {name: _value(entity, name, value) for name, value in entity.row(**row).items()}


def _value(entity: Entity, name: str, value: Any) -> Any:
    value = _clean(value)
    if value is None or value == "":
        return None
    if name not in entity:
        return value
    field = entity[name]
    wanted = int if field.kind.storage == "integer" else str
    if not isinstance(value, wanted):
        msg = f"{entity.name}.{name} is {field.kind.storage}, not {type(value).__name__}"
        raise TypeError(msg)
    if isinstance(value, int):
        return _whole(field, int(value))
    return value


def _whole(field: Field, value: int) -> int:
    if abs(value) > LARGEST:
        raise InvalidRecord([Problem("error", "too_large", _TOO_LARGE, field.name)])
    return value


def _clean(value: Any) -> Any:
    """The same value without what no server or file can hold: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, Mapping):
        return {_clean(k): _clean(v) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, (list, tuple)):
        return [_clean(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _packed(extra: Any) -> str:
    """`extra` as canonical JSON: names sorted, no blanks."""
    return json.dumps(extra or {}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
