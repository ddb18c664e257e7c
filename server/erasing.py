"""A person who was erased on a laptop goes from the server's memory too.

The laptop's edits replace what names the person in the records that it holds. Here follow the records that it does
not hold, what records said before (the log of changes, deleted records), stored answers, work that waits for a
supervisor, ready-made parts of a first read, and files that no other record names. What only counts stays.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.attachments import ATTACHMENT, is_sha256
from models.blob_files import BlobFolder
from models.clock import Clock
from models.conflicts import CONFLICT
from models.entities import SYNCED
from models.identifying import ANY, ERASED, parents, redacted
from server.batches import Operation, Plan
from server.database import Database
from server.moving import locking
from server.push import OURSELVES, Offer, apply, lock
from server.rows import Stored, among, fetch, put, record_row
from server.segments import Segments
from server.tables import BATCH, CHANGE, HELD, RECORD_TABLES
from sync.protocol import HLC_BITS, Ack, Batch, Columns, decode, encode

MARK = f'"{ERASED}"'.encode()  # stands in every batch that erases an owner

Key = tuple[str, str]  # entity, id
About = dict[str, set[Key]]  # by scope
_SETTLED = {"state": "settled", "choice": "kept"}  # two values of an erased field are no question any more
_OWNER = RECORD_TABLES["owner"].c


@dataclass(frozen=True, slots=True)
class Eraser:
    """Whatever of a server remembers people."""

    db: Database
    clock: Clock
    files: BlobFolder | None = None
    segments: Segments | None = None

    def after(self, scope: str, device: str, ctr: int) -> None:
        """Forgets the owners of a scope who were erased by a batch: that of a device with this number."""
        batch = (CHANGE.c.scope == scope) & (CHANGE.c.device == device) & (CHANGE.c.ctr == ctr)
        touched = sa.select(CHANGE.c.row_id).where(batch & (CHANGE.c.entity == "owner"))
        self._forget((_OWNER.scope == scope) & _OWNER.id.in_(touched))

    def sweep(self) -> None:
        """Forgets everybody who was erased: somebody may have written of them since, without knowing."""
        self._forget(sa.true())

    def _forget(self, where: sa.ColumnElement[bool]) -> None:
        erased = sa.select(_OWNER.id).where((_OWNER.name == ERASED) & (_OWNER.informed == "refused") & where)
        with self.db.read() as conn:
            found = about(conn, map(str, conn.execute(erased).scalars()))
        named = locking(self.db, found, lambda conn, scopes: _purge(conn, self.clock, found, scopes)) if found else []
        if self.segments:
            self.segments.drop(found)
        for sha256 in named if self.files else ():
            self.files.remove(sha256)  # pyright: ignore[reportOptionalMemberAccess]


def about(conn: Connection, owners: Iterable[str]) -> About:
    """Every record about these people, deleted ones too, in each scope that keeps it or once kept it."""
    found: set[Key] = set()
    fresh: set[Key] = {("owner", owner) for owner in owners}
    while fresh:
        found |= fresh
        fresh = set(_hanging(conn, fresh)) - found
    placed: About = {}
    for entity, ids in _by_entity(found).items():
        where, given = among(conn, "id", "uuid", ids)
        for scope, row_id in conn.execute(sa.text(f'SELECT scope, id FROM "{entity}" WHERE {where}'), {"among": given}):
            placed.setdefault(scope, set()).add((entity, str(row_id)))
    where, given = among(conn, "row_id", "uuid", {row_id for _, row_id in found})
    for scope, entity, row_id in conn.execute(
        sa.text(f"SELECT scope, entity, row_id FROM gone WHERE {where}"), {"among": given}
    ):
        placed.setdefault(scope, set()).add((entity, str(row_id)))
    return placed


def _by_entity(keys: Iterable[Key]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = {}
    for entity, row_id in keys:
        ids.setdefault(entity, set()).add(row_id)
    return ids


def _hanging(conn: Connection, keys: Collection[Key]) -> Iterator[Key]:
    """The records that refer to these, wherever they are kept."""
    ids = _by_entity(keys) | {ANY: {row_id for _, row_id in keys}}
    for entity in SYNCED.values():
        for name, of in parents(entity).items():
            if of in ids:
                where, given = among(conn, f'"{name}"', "text", ids[of])
                query = sa.text(f'SELECT id FROM "{entity.name}" WHERE {where}')
                yield from ((entity.name, str(row_id)) for row_id in conn.execute(query, {"among": given}).scalars())


def _purge(conn: Connection, clock: Clock, found: About, scopes: Collection[str]) -> list[str]:
    """Replaces the values in these scopes; the files that no record names any more."""
    states, now = lock(conn, sorted(scopes)), clock.now()
    stamp = int(now.timestamp() * 1000) << HLC_BITS
    files: set[str] = set()
    for scope, keys in found.items():
        state = states[scope]
        assert state is not None  # noqa: S101 - a scope that keeps or kept records stands
        edits = list(_edits(conn, scope, keys, state.head, stamp))
        if edits:
            apply(conn, Plan(scope, 0, edits), Offer(OURSELVES, b"", now), states)
        files |= _bury(conn, scope, keys)
        _redact_changes(conn, scope, {row_id for _, row_id in keys})
        _redact_answers(conn, scope, keys)
        files |= _redact_held(conn, scope, set(keys))
    where, given = among(conn, "sha256", "text", files)
    query = sa.text(f'SELECT sha256 FROM attachment WHERE "_deleted" IS NULL AND {where}')
    return sorted(filter(is_sha256, files - set(conn.execute(query, {"among": given}).scalars())))


def _standing(conn: Connection, scope: str, keys: Iterable[Key]) -> Iterator[tuple[str, str, Stored]]:
    for entity, ids in _by_entity(keys).items():
        yield from ((entity, row_id, stored) for row_id, stored in fetch(conn, scope, entity, ids).items())


def _edits(conn: Connection, scope: str, keys: Iterable[Key], head: int, stamp: int) -> Iterator[Operation]:
    """What still names the person in live records: the server edits it, so that every laptop hears of it."""
    for place, (entity, row_id, stored) in enumerate(_standing(conn, scope, keys)):
        values = stored.image.values
        edit = {n: v for n, v in redacted(SYNCED[entity], values).items() if v != values[n]}
        if stored.image.deleted is not None:
            continue
        if entity == ATTACHMENT.name:
            yield Operation(place, "del", entity, row_id, head, stamp, {})
        elif edit:
            edit |= _SETTLED if entity == CONFLICT.name else {}
            yield Operation(place, "upd", entity, row_id, head, stamp, edit)


def _bury(conn: Connection, scope: str, keys: Iterable[Key]) -> set[str]:
    """Deleted records keep no value either; the files that they named."""
    files: set[str] = set()
    for entity, row_id, stored in _standing(conn, scope, keys):
        if stored.image.deleted is not None:
            files |= {stored.image.values["sha256"]} if entity == ATTACHMENT.name else set()
            stored.image.values = redacted(SYNCED[entity], stored.image.values)
            put(conn, RECORD_TABLES[entity], [record_row(scope, entity, row_id, stored.image)[0]])
    return files


def _redact_changes(conn: Connection, scope: str, ids: Collection[str]) -> None:
    """The log keeps that something changed and by whom, not what it was."""
    where, given = among(conn, "row_id", "uuid", ids)
    query = sa.text(f"SELECT seq, entity, old FROM change WHERE scope = :scope AND old IS NOT NULL AND {where}")
    for seq, entity, old in conn.execute(query, {"scope": scope, "among": given}).all():
        values: dict[str, Any] = msgspec.json.decode(old)
        here = (CHANGE.c.scope == scope) & (CHANGE.c.seq == seq)
        text = encode(redacted(SYNCED[entity], values)).decode()
        conn.execute(sa.update(CHANGE).where(here).values(old=text))


def _redact_answers(conn: Connection, scope: str, keys: Collection[Key]) -> None:
    """Answers are kept for laptops that did not hear; what they told of the person goes."""
    for device, ctr, answer in conn.execute(_ANSWERS, {"of_scope": scope}).all():
        ack = decode(bytes(answer), Ack)
        told = [(*c[:4], redacted(SYNCED[c[0]], c[4])) if c[:2] in keys else c for c in ack.unseen]
        if told != ack.unseen:
            ack.unseen = told
            here = (BATCH.c.scope == scope) & (BATCH.c.device == device) & (BATCH.c.ctr == ctr)
            conn.execute(sa.update(BATCH).where(here).values(answer=encode(ack)))


def _redact_held(conn: Connection, scope: str, keys: set[Key]) -> set[str]:
    """Work that waits for a supervisor, or was decided on: it says nothing of the person; the files that it named."""
    files: set[str] = set()
    for held_id, body in conn.execute(_HELD, {"of_scope": scope}).all():
        batch = decode(bytes(body), Batch)
        for columns in batch.ins:
            files |= _redact_columns(columns, keys)
        batch.upd = [(*p[:4], redacted(SYNCED[p[0]], p[4])) if p[:2] in keys else p for p in batch.upd]
        here = (HELD.c.scope == scope) & (HELD.c.id == held_id)
        conn.execute(sa.update(HELD).where(here).values(body=encode(batch)))
    return files


def _redact_columns(columns: Columns, keys: set[Key]) -> set[str]:
    """New records that hang on the person, whom the server does not know yet, are about the person too."""
    files: set[str] = set()
    entity = SYNCED.get(columns.t)
    for place, row_id in enumerate(columns.c[0] if entity else ()):
        assert entity  # noqa: S101 - looked at above
        values = {name: column[place] for name, column in zip(columns.f[2:], columns.c[2:], strict=True)}
        if (entity.name, row_id) in keys or any((of, values.get(n)) in keys for n, of in parents(entity).items()):
            keys.add((entity.name, row_id))
            files |= {values["sha256"]} if entity is ATTACHMENT and values.get("sha256") else set()
            for column, value in zip(columns.c[2:], redacted(entity, values).values(), strict=True):
                column[place] = value
    return files


_SCOPE: sa.BindParameter[str] = sa.bindparam("of_scope")
_ANSWERS = sa.select(BATCH.c.device, BATCH.c.ctr, BATCH.c.answer).where(BATCH.c.scope == _SCOPE)
_HELD = sa.select(HELD.c.id, HELD.c.body).where(HELD.c.scope == _SCOPE)
