"""Records that another scope shall keep: they are taken out of one and brought into the other at once.

What moves is an owner or a business with everything in the same scope that hangs on it. The old scope
keeps a line that says where each record went and how its numbers read there, so that edits which others
made without knowing are judged in the new scope exactly as they would have been in the old one. Whoever
locks several scopes does so in the order of their codes.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.custody import REFERENCES
from server.batches import Operation
from server.database import Database
from server.merging import Key, Work
from server.rows import among, fetch, put
from server.tables import GONE, RECORD_TABLES
from sync.merge import Author
from sync.protocol import Moved, is_id

T = TypeVar("T")


class Elsewhere(Exception):
    """The work concerns another scope, which has to be locked first: it starts anew."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(scope)


def locking(db: Database, scopes: Iterable[str], work: Callable[[Connection, list[str]], T]) -> T:
    """Runs work in one transaction with these scopes, in the order to be locked, and with any that it asks for."""
    wanted = set(scopes)
    while True:
        try:
            return db.write(lambda conn: work(conn, sorted(wanted)))
        except Elsewhere as e:
            wanted.add(e.scope)


@dataclass(frozen=True, slots=True)
class Away:
    """Where a record went, and how a number of the scope it left reads there."""

    target: str
    bases: tuple[tuple[int, int], ...]
    by: str
    hlc: int

    def base(self, number: int) -> int:
        """What somebody had seen of the record who had seen it as of `number`."""
        return max((new for old, new in self.bases if old <= number), default=0)


@dataclass(slots=True)
class Works:
    """The work of one batch in every scope that it touches; `make` begins it in a locked scope."""

    conn: Connection
    main: Work
    make: Callable[[str], Work | None]
    moved: list[Moved] = field(default_factory=list)
    _others: dict[str, Work] = field(default_factory=dict)
    _gone: list[tuple[Any, ...]] = field(default_factory=list)
    _away: dict[Key, Away] = field(default_factory=dict)

    def every(self) -> list[Work]:
        """All of them, the batch's own scope first."""
        return [self.main, *self._others.values()]

    def _of(self, scope: str) -> Work | None:
        if scope == self.main.scope:
            return self.main
        if scope not in self._others:
            made = self.make(scope)
            if made is None:
                return None
            self._others[scope] = made
        return self._others[scope]

    def look(self, operations: Iterable[Operation]) -> None:
        """Learns which records of a batch, or what they hang on, have left its scope."""
        if self.conn.execute(_ANY, {"at_scope": self.main.scope}).first() is None:
            return
        keys = {(op.entity, op.id) for op in operations}
        parents = {str(op.values[n]) for op in operations for n in REFERENCES.get(op.entity, ()) if op.values.get(n)}
        missing = {key[1] for key in keys if not self.main.has(key)}
        self._away |= _away(self.conn, self.main.scope, missing | set(filter(is_id, parents)))

    def apply(self, operation: Operation) -> None:
        """One operation, in the scope where its record is."""
        key = operation.entity, operation.id
        if operation.act == "mov":
            self._move(operation)
        elif key in self._away:
            self._forward(operation, self._away[key])
        elif self._away and operation.act == "ins" and not self.main.has(key) and (parent := self._parent(operation)):
            self._bring_after(operation, parent)
        else:
            self.main.apply(operation)

    def _parent(self, operation: Operation) -> Away | None:
        """Where that went on which a new record hangs."""
        names = REFERENCES.get(operation.entity, ())
        found = (self._away.get((name.removesuffix("_id"), str(operation.values.get(name)))) for name in names)
        return next((away for away in found if away), None)

    def _bring_after(self, operation: Operation, parent: Away) -> None:
        """A new record follows what it hangs on; its sender learns that it lies there."""
        key = operation.entity, operation.id
        there = self._forward(operation, parent)
        if there is None or there is self.main:
            return
        author = self.main.author(operation.hlc)
        self.main.take_out(key, author)
        self._note(key, there.scope, [(1, there.first_of(key))], author)

    def _forward(self, operation: Operation, away: Away) -> Work | None:
        """Hands an operation on to where its record is now, however often it moved; None when it is nowhere."""
        key = operation.entity, operation.id
        passed: set[str] = set()
        while True:
            work = self._of(away.target)
            if work is None or away.target in passed:
                self.main.refused.append((operation.place, "unknown-row"))
                return None
            passed.add(away.target)
            operation = replace(operation, base=away.base(operation.base))
            _load(work, key)
            further = None if work.has(key) else _away(self.conn, work.scope, [operation.id]).get(key)
            if further is None:
                work.apply(operation)
                if work is not self.main:  # else it came back here, and was deleted and forgotten since
                    self.moved.append((*key, away.by, away.hlc, work.scope))
                return work
            away = further

    def _move(self, operation: Operation) -> None:
        self.main.conclude()  # what others decided about a record moves along with it
        root = operation.entity, operation.id
        _load(self.main, root)
        target = None if operation.target == self.main.scope else self._of(operation.target)
        if root in self._away or self.main.image(root) is None:
            self.main.refused.append((operation.place, "moved"))
            return
        if target is None:
            self.main.refused.append((operation.place, "target"))
            return
        author = self.main.author(operation.hlc)
        for key in hanging(self.conn, self.main, root):
            _load(target, key)
            if not target.has(key):  # else the same record was made in both; it stays a question of the old scope
                self._hand_over(key, target, author)

    def _hand_over(self, key: Key, target: Work, mover: Author) -> None:
        image = self.main.image(key)
        if image is None:
            return
        authors = {number: self.main.author_of(number) for number in {image.created, *image.clocks.values()}}
        bases = target.bring_in(key, image, authors, mover)
        self.main.take_out(key, mover)
        self._note(key, target.scope, bases, mover)

    def _note(self, key: Key, target: str, bases: list[tuple[int, int]], author: Author) -> None:
        text = msgspec.json.encode(bases).decode()
        self._gone.append((self.main.scope, *key, self.main.left[key], target, author.user, author.hlc, text))
        self._away[key] = Away(target, tuple(bases), author.user, author.hlc)
        if not any(moved[:2] == key for moved in self.moved):
            self.moved.append((*key, author.user, author.hlc, target))

    def finish(self) -> None:
        """Writes where records went; who came back to a scope is no longer gone from it."""
        for work in self.every():
            work.finish()
            for entity, row_id in work.arrived:
                self.conn.execute(_BACK, {"at_scope": work.scope, "of_entity": entity, "of_row": row_id})
            for entity, row_id in work.left:
                self.conn.execute(_TAKE_OUT[entity], {"at_scope": work.scope, "of_row": row_id})
        put(self.conn, GONE, self._gone)


def hanging(conn: Connection, work: Work, root: Key) -> list[Key]:
    """A record and everything live in its scope that hangs on it, also through others."""
    found, layer = {root: None}, {root[1]}
    while layer:
        fresh = {key: None for key in _referring(conn, work, layer) if key not in found and work.image(key)}
        found |= fresh
        layer = {row_id for _, row_id in fresh}
    return list(found)


def _referring(conn: Connection, work: Work, ids: Collection[str]) -> Iterable[Key]:
    for entity, names in REFERENCES.items():
        where = " OR ".join(among(conn, f'"{name}"', "text", ids)[0] for name in names)
        if not where:
            continue
        given = among(conn, "", "text", ids)[1]
        query = sa.text(f'SELECT id FROM "{entity}" WHERE scope = :scope AND "_deleted" IS NULL AND ({where})')
        stored = set(map(str, conn.execute(query, {"scope": work.scope, "among": given}).scalars()))
        unread = {row_id for row_id in stored if not work.has((entity, row_id))}
        work.load(entity, fetch(conn, work.scope, entity, unread) if unread else {})
        made = {key[1] for key, image in work.made().items() if key[0] == entity and _refers(image.values, names, ids)}
        yield from ((entity, row_id) for row_id in sorted(stored | made))


def _refers(values: dict[str, Any], names: Iterable[str], ids: Collection[str]) -> bool:
    return any(values.get(name) in ids for name in names)


def _load(work: Work, key: Key) -> None:
    if not work.has(key):
        work.load(key[0], fetch(work.conn, work.scope, key[0], [key[1]]))


def _away(conn: Connection, scope: str, ids: Collection[str]) -> dict[Key, Away]:
    """Where the records with these ids went from a scope."""
    if not ids:
        return {}
    where, given = among(conn, "row_id", "uuid", ids)
    query = sa.text(f"SELECT entity, row_id, target, user_id, hlc, bases FROM gone WHERE scope = :scope AND {where}")
    return {
        (entity, str(row_id)): Away(target, tuple(msgspec.json.decode(bases, type=list[tuple[int, int]])), by, hlc)
        for entity, row_id, target, by, hlc, bases in conn.execute(query, {"scope": scope, "among": given})
    }


def moved_between(conn: Connection, scope: str, cursor: int, end: int) -> list[Moved]:
    """What left a scope after `cursor`, up to `end`, in that order."""
    found = conn.execute(_LEFT, {"at_scope": scope, "after": cursor, "end": end})
    return [(entity, str(row_id), by, hlc, target) for entity, row_id, by, hlc, target in found]


_AT: sa.BindParameter[str] = sa.bindparam("at_scope")
_ANY = sa.select(GONE.c.seq).where(GONE.c.scope == _AT).limit(1)
_LEFT = (
    sa.select(GONE.c.entity, GONE.c.row_id, GONE.c.user_id, GONE.c.hlc, GONE.c.target)
    .where((GONE.c.scope == _AT) & (GONE.c.seq > sa.bindparam("after")) & (GONE.c.seq <= sa.bindparam("end")))
    .order_by(GONE.c.seq)
)
_BACK = sa.delete(GONE).where(
    (GONE.c.scope == _AT) & (GONE.c.entity == sa.bindparam("of_entity")) & (GONE.c.row_id == sa.bindparam("of_row"))
)
_TAKE_OUT = {
    name: sa.delete(table).where((table.c.scope == _AT) & (table.c.id == sa.bindparam("of_row")))
    for name, table in RECORD_TABLES.items()
}
