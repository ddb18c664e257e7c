"""A batch in the making: records as they stand, operations applied one after the other in memory.

Every operation takes the next sequence number; so does each value that the server puts together
out of two, and each conflict, so that what follows is told apart from what the device sent.
"""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.canonical import ORIGIN
from models.conflicts import CONFLICT, DELETED
from models.entities import SYNCED
from models.identifying import ERASED
from models.schema import Entity
from server.batches import Operation
from server.rows import Row, Stored
from server.tables import CHANGE
from sync.merge import NOBODY, Author, Edit, Image, Loss, Values, blends, by_unit, judge, may_delete
from sync.protocol import hlc_time

_NAMESPACE = uuid.UUID("3f0f3a4e-7b0c-5d5e-9a57-6b7c3f1f8420")  # of conflicts; their ids follow from what met

Key = tuple[str, str]  # entity, id
Touched = tuple[str, Image, int | None]  # id, image, hash before


@dataclass
class Work:
    """Everything that one batch does. `head` is the last sequence number taken so far."""

    conn: Connection
    scope: str
    ctr: int
    device: str
    user: str
    first: int
    latest: int  # no stamp may be later than this
    at: str
    head: int = 0
    changes: list[Row] = field(default_factory=list)
    unseen: list[tuple[str, str, str, int, Values]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    _records: dict[Key, Stored] = field(default_factory=dict)
    _images: dict[Key, Image] = field(default_factory=dict)
    _losses: list[tuple[Key, Loss]] = field(default_factory=list)
    _blends: list[tuple[Key, dict[str, Values]]] = field(default_factory=list)
    _unseen: dict[Key, dict[int, Values]] = field(default_factory=dict)  # by the number of the change
    _authors: dict[int, Author] = field(default_factory=dict)
    left: dict[Key, int] = field(default_factory=dict)  # records handed to another scope, by which number
    arrived: list[Key] = field(default_factory=list)
    revived: bool = False  # whether a deleted record lives again

    def __post_init__(self) -> None:
        self.head = self.first

    def load(self, entity: str, stored: dict[str, Stored]) -> None:
        """Hands in the records that the batch names and that exist."""
        self._records |= {(entity, row_id): s for row_id, s in stored.items()}

    def has(self, key: Key) -> bool:
        """Whether a record stands in this scope, tombstones too."""
        return key not in self.left and (key in self._images or key in self._records)

    def image(self, key: Key) -> Image | None:
        """A live record as this batch has left it so far."""
        stored = self._records.get(key)
        image = None if key in self.left else self._images.get(key) or (stored.image if stored else None)
        return image if image is not None and image.deleted is None else None

    def made(self) -> dict[Key, Image]:
        """The records that this batch has written so far."""
        return self._images

    def hash_before(self, key: Key) -> int | None:
        """The hash by which a record stands in the scope's sum; None for one that does not."""
        stored = self._records.get(key)
        return stored.counted if stored else None

    def first_of(self, key: Key) -> int:
        """The number under which this batch made a record; 0 when it stood before."""
        return 0 if key in self._records else self._images[key].created

    def take_out(self, key: Key, author: Author) -> None:
        """The record leaves this scope."""
        self.left[key] = self._log(key, author, "mov")
        self._images.pop(key, None)

    def bring_in(self, key: Key, image: Image, authors: dict[int, Author], mover: Author) -> list[tuple[int, int]]:
        """A record of another scope arrives, each unit with who changed it last: (number there, number here)."""
        numbers = {old: self._log(key, author, "mov") for old, author in sorted(authors.items())}
        created = self._log(key, mover, "mov")
        clocks = {unit: numbers[image.changed(unit)] for unit in _units(SYNCED[key[0]], image)}
        self._images[key] = Image(image.values, created, created, clocks)
        self.arrived.append(key)
        return sorted((numbers | {max(numbers): created}).items())

    def touched(self) -> dict[str, list[Touched]]:
        """What is to be written, by entity, with the hash that each live record had before."""
        found: dict[str, list[Touched]] = {}
        for key, image in self._images.items():
            before = self._records.get(key)
            found.setdefault(key[0], []).append((key[1], image, before.counted if before else None))
        return found

    def apply(self, operation: Operation) -> None:
        """One operation of the batch."""
        key = operation.entity, operation.id
        stored = self._records.get(key)
        image = self._images.get(key) or (stored.image if stored else None)
        author = self.author(operation.hlc)
        if image is not None:
            change = self._delete if operation.act == "del" else self._edit
            change(key, image, operation, author)
        elif operation.act == "ins":
            seq = self._next(key, author, operation)
            self._images[key] = Image(operation.values, seq, seq)
        else:
            self.refused.append((operation.place, "unknown-row"))

    def _edit(self, key: Key, image: Image, operation: Operation, author: Author) -> None:
        values = {n: v for n, v in operation.values.items() if n not in ORIGIN}
        if operation.act == "ins":
            values = _completed(SYNCED[key[0]], values)
        values, clocks = self._meant(key, image, operation.base, values)
        known = replace(image, clocks=clocks)
        verdict = judge(SYNCED[key[0]], known, Edit(values, operation.base, author), self.author_of)
        taken = {n: v for unit in verdict.taken.values() for n, v in unit.items()}
        self._note_unseen(key, image, operation, taken)
        seq = self._next(key, author, operation, {n: image.values.get(n) for n in taken})
        if image.deleted is not None:
            _revive(SYNCED[key[0]], image, seq)
            self.revived = True
        image.values = image.values | taken
        image.clocks = image.clocks | dict.fromkeys(verdict.taken, seq)
        image.seq = seq
        self._images[key] = image
        self._losses += [(key, loss) for loss in verdict.losses]
        if verdict.blended:
            self._blends.append((key, verdict.blended))

    def _meant(self, key: Key, image: Image, base: int, values: Values) -> tuple[Values, dict[str, int]]:
        """What an edit changes, and when each unit changed, as far as that matters.

        Whoever typed a value and then the one before changed nothing, whatever others made of it meanwhile; nor did
        the others, where it stands again as it stood at `base`.
        """
        clocks = dict(image.clocks)
        for unit, sent in by_unit(SYNCED[key[0]], values).items():
            held = {name: image.values.get(name) for name in sent}
            if sent == held or blends(SYNCED[key[0]], unit) or not 0 < base < image.changed(unit) <= self.first:
                continue
            stood = self._stood(key, base, sent.keys())
            if stood == sent:
                values = {n: v for n, v in values.items() if n not in sent}
            elif stood == held and set(held.values()) - {None, ERASED}:  # of who was erased, no line says how it stood
                clocks[unit] = base
        return values, clocks

    def _stood(self, key: Key, base: int, names: Collection[str]) -> Values | None:
        """These values as of `base`: what the next change replaced; None when no line says so."""
        given = {"of_scope": self.scope, "of_entity": key[0], "of_row": key[1], "after": base}
        for text in self.conn.execute(_REPLACED, given).scalars():
            old: Values = msgspec.json.decode(text)
            if old.keys() >= set(names):
                return {name: old[name] for name in names}
        return None

    def _delete(self, key: Key, image: Image, operation: Operation, author: Author) -> None:
        dead = image.deleted is not None
        loss = None if dead else may_delete(image, Edit({}, operation.base, author), self.author_of)
        if loss is not None:
            self._note_unseen(key, image, operation, ())
            self._hear(key, image.seq, DELETED, None)
            self._losses.append((key, loss))
        image.seq = self._next(key, author, operation)
        if loss is None and not dead:
            image.deleted = image.seq
        self._images[key] = image

    def _note_unseen(self, key: Key, image: Image, operation: Operation, taken: Collection[str]) -> None:
        """Values that others changed after the operation's base, except those that this batch replaces."""
        for values in self._unseen.get(key, {}).values():  # of an earlier operation on the same record
            for name in values.keys() & set(taken):
                del values[name]
        held = dict.fromkeys(operation.values) | image.values  # a newer program's field may stand nowhere yet
        for name, value in held.items():
            changed = image.changed(SYNCED[key[0]].unit(name))
            if name not in ORIGIN and name not in taken and operation.base < changed <= self.first:
                self._hear(key, changed, name, value)

    def _hear(self, key: Key, seq: int, name: str, value: Any) -> None:
        """The sender must be told this value, which the change `seq` made."""
        self._unseen.setdefault(key, {}).setdefault(seq, {})[name] = value

    def _next(self, key: Key, author: Author, operation: Operation, old: Values | None = None) -> int:
        return self._log(key, author, operation.act, operation.base, old)

    def _log(self, key: Key, author: Author, act: str, base: int = 0, old: Values | None = None) -> int:
        """Takes the next sequence number and writes the change down; others' changes belong to no batch of ours."""
        self.head += 1
        self._authors[self.head] = author
        replaced = msgspec.json.encode(old).decode() if old else None
        self.changes.append((
            self.scope, self.head, *key, author.device, author.user, self.ctr if author.device in (self.device, NOBODY) else 0,
            author.hlc, base, act, replaced, self.at,
        ))  # fmt: skip
        return self.head

    def author(self, hlc: int) -> Author:
        """The sender at a moment of its clock."""
        return Author(self.device, self.user, min(hlc, self.latest))

    def author_of(self, seq: int) -> Author:
        """Who made the change with this number."""
        if seq not in self._authors:
            here = (CHANGE.c.scope == self.scope) & (CHANGE.c.seq == seq)
            found = self.conn.execute(sa.select(CHANGE.c.device, CHANGE.c.user_id, CHANGE.c.hlc).where(here)).one()
            self._authors[seq] = Author(*found)
        return self._authors[seq]

    def conclude(self) -> None:
        """What the server adds of its own to what was applied so far: blended values and conflicts."""
        for key, units in self._blends:
            self._blend(key, units)
        for key, loss in self._losses:
            self._open_conflict(key, loss)
        self._blends, self._losses = [], []

    def finish(self) -> None:
        """Concludes, and gathers what the sender must hear."""
        self.conclude()
        for key, changes in self._unseen.items():
            for seq, values in sorted(changes.items()):
                author = self.author_of(seq)
                self.unseen.append((*key, author.user, author.hlc, values))

    def _blend(self, key: Key, units: dict[str, Values]) -> None:
        image = self._images[key]
        values = {n: v for unit in units.values() for n, v in unit.items()}
        nobody = Author(NOBODY, "", self.latest)
        seq = self._log(key, nobody, "blend", 0, {n: image.values.get(n) for n in values})
        image.values = image.values | values
        image.clocks = image.clocks | dict.fromkeys(units, seq)
        image.seq = seq
        self._unseen.setdefault(key, {})[seq] = values

    def _open_conflict(self, key: Key, loss: Loss) -> None:
        met = (
            self.scope,
            *key,
            loss.unit,
            self.device,
            str(self.head),
            self.at,
        )  # a number may come again after a restore
        row_id = str(uuid.uuid5(_NAMESPACE, "/".join(met)))
        conflict = CONFLICT.name, row_id
        values = _conflict_values(key, loss) | {"created_at": self.at, "created_by": None}
        seq = self._log(conflict, Author(NOBODY, "", self.latest), "ins")
        self._images[conflict] = Image(values, seq, seq)
        self._unseen[conflict] = {seq: values}


_REPLACED = (
    sa.select(CHANGE.c.old)
    .where((CHANGE.c.scope == sa.bindparam("of_scope")) & (CHANGE.c.seq > sa.bindparam("after")))
    .where((CHANGE.c.entity == sa.bindparam("of_entity")) & (CHANGE.c.row_id == sa.bindparam("of_row")))
    .where(CHANGE.c.old.is_not(None))
    .order_by(CHANGE.c.seq)
)


def _conflict_values(key: Key, loss: Loss) -> Values:
    asks = not SYNCED[key[0]].append_only
    return {
        "entity": key[0], "row_id": key[1], "unit": loss.unit,
        "kept": msgspec.json.encode(loss.kept).decode(), "lost": msgspec.json.encode(loss.lost).decode(),
        "kept_by": loss.kept_author.user or None, "kept_at": hlc_time(loss.kept_author.hlc),
        "lost_by": loss.lost_author.user or None, "lost_at": hlc_time(loss.lost_author.hlc),
        "state": "open" if asks else "settled",
    }  # fmt: skip


def _completed(entity: Entity, values: Values) -> Values:
    """A whole record leaves out what is empty; where it meets one that stands, no unit may be put together of both."""
    units = {entity.unit(name) for name in values}
    return {f.name: None for f in entity.fields if entity.unit(f.name) in units} | values


def _revive(entity: Entity, image: Image, seq: int) -> None:
    """A deleted record lives again: sent whole to everybody, while each unit keeps the time of its change."""
    image.clocks = {unit: image.changed(unit) for unit in _units(entity, image)}
    image.created, image.deleted = seq, None


def _units(entity: Entity, image: Image) -> Iterator[str]:
    return (entity.unit(name) for name in (*image.values, *(f.name for f in entity.fields)) if name not in ORIGIN)
