"""What the people of the world do, and what they had on their screens while doing it."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from models import care, moving, settling
from models.businesses import CHANNELS
from models.entities import ENTITIES, SYNCED
from models.errors import AppError
from tests.sim.world import GUESTS, KECAMATAN, SCOPES, Laptop

# Fields whose values are told apart by a token; of each policy and sort of unit there is one.
TOKENS = {
    "owner": ("name", "title_before", "nik", "note", "address"),
    "business": ("name", "note", "nib", "brand", "address", "colour"),  # not every program knows all of them
}
ADDRESS = ("address", "rt", "rw", "village", "postal_code")
CODES = tuple(option.code for option in CHANNELS.options)

Place = tuple[str, str, str]  # entity, id, field


@dataclass
class Witness:
    """Everything that was written, and what was knowingly replaced: had been on the writer's screen."""

    written: dict[str, Place] = field(default_factory=dict)  # token: where
    replaced: set[str] = field(default_factory=set)
    addresses: dict[str, set[tuple[Any, ...]]] = field(default_factory=dict)  # row id: addresses somebody wrote
    added: set[tuple[str, str]] = field(default_factory=set)  # (row id, channel)
    removed: set[tuple[str, str]] = field(default_factory=set)
    pairs: list[tuple[str, str]] = field(default_factory=list)  # owner and business made at once
    deleted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # row id: screens of those who deleted
    journal: list[tuple[int, Any]] = field(default_factory=list)  # laptop: a token or (row id, channel), in order
    forgotten: set[str] = field(default_factory=set)  # tokens that went with a laptop's unsent work
    moves: int = 0  # how often people move records
    purged: bool = False  # the server has forgotten deletions: what was deleted may come back as somebody else has it
    restored: bool = False  # the server came back from a backup; from then on it cannot tell a copied laptop
    count: int = 0

    def token(self, laptop: Laptop, place: Place) -> str:
        """A new value that says where it belongs."""
        self.count += 1
        made = f"{place[2]}-{self.count}"
        self.written[made] = place
        self.journal.append((laptop.number, made))
        return made

    def forget(self, laptop: Laptop, since: int) -> None:
        """The laptop went back to how it was when the journal was this long: what it had not sent is gone."""
        for number, what in self.journal[since:]:
            if number == laptop.number:
                (self.forgotten if isinstance(what, str) else self.removed).add(what)

    def forget_all_but(self, stand: set[Any]) -> None:
        """Only these values, and (row id, channel), still stand anywhere."""
        self.forgotten |= self.written.keys() - stand
        self.removed |= self.added - stand


def act(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    """One thing that somebody does at a laptop."""
    if laptop.locked or not laptop.writable():
        return
    with laptop.program():
        rng.choices((_register, _edit, _delete, _settle, _move), (4, 28, 4, 4, witness.moves))[0](laptop, witness, rng)


def _register(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    owner_id, business_id = laptop.clock.new_id(), laptop.clock.new_id()
    scope = rng.choice(laptop.writable())
    if KECAMATAN in laptop.job.scopes and rng.random() < 0.3 and care.event_for(laptop.store, GUESTS):
        scope = GUESTS
    owner = {
        "id": owner_id, "scope": scope, "name": witness.token(laptop, ("owner", owner_id, "name")), "village": scope,
        "informed": "not_yet",
    }  # fmt: skip
    business = {
        "id": business_id, "scope": scope, "owner_id": owner_id, "village": scope,
        "name": witness.token(laptop, ("business", business_id, "name")),
    }  # fmt: skip
    laptop.store.save_all([("owner", owner), ("business", business)])
    witness.pairs.append((owner_id, business_id))
    for row_id in (owner_id, business_id):
        witness.addresses[row_id] = {(None, None, None, scope, None)}


def _some_row(laptop: Laptop, rng: random.Random, *wanted: str) -> tuple[str, dict[str, Any]] | None:
    """A record on the screen; mostly one of the oldest few, so that people meet."""
    entity = rng.choice(wanted or ("owner", "business"))
    mine = laptop.writable()
    rows = [row for row in laptop.store.find(entity) if row["scope"] in mine]
    rows = sorted(rows, key=lambda row: row["id"])[:2] if rng.random() < 0.8 else rows
    return (entity, rng.choice(rows)) if rows else None


def _edit(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    found = _some_row(laptop, rng)
    if found is None:
        return
    entity, row = found
    if entity == "business" and rng.random() < 0.2:
        _edit_channels(laptop, witness, rng, row)
        return
    values: dict[str, Any] = {}
    known = [name for name in TOKENS[entity] if name in SYNCED[entity]]
    for name in rng.sample(known, rng.choice((1, 1, 2))):
        if row[name] in witness.written:
            witness.replaced.add(row[name])
        values[name] = witness.token(laptop, (entity, row["id"], name))
    if "address" in values:
        if rng.random() < 0.5:
            values["rt"] = witness.count
    elif rng.random() < 0.1:
        values["rw"] = witness.count
    laptop.store.save(entity, {"id": row["id"], **values})
    witness.addresses[row["id"]].add(tuple((row | values)[name] for name in ADDRESS))


def _edit_channels(laptop: Laptop, witness: Witness, rng: random.Random, row: dict[str, Any]) -> None:
    before = set((row["channels"] or "").split(",")) - {""}
    after = before ^ {rng.choice(CODES)}
    witness.added |= {(row["id"], code) for code in after - before}
    witness.journal += [(laptop.number, (row["id"], code)) for code in after - before]
    witness.removed |= {(row["id"], code) for code in before - after}
    laptop.store.save("business", {"id": row["id"], "channels": ",".join(c for c in CODES if c in after) or None})


def _delete(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    found = _some_row(laptop, rng)
    if found is None:
        return
    entity, row = found
    laptop.store.delete(entity, row["id"])
    if rng.random() < 0.3:
        laptop.store.restore(entity, row["id"])
    else:
        witness.deleted.setdefault(row["id"], []).append(row)
        if laptop.may_be_forked:  # it may not know that others have this record, and then tells nobody
            witness.replaced |= {value for value in row.values() if isinstance(value, str)}
            witness.removed |= {(row["id"], code) for code in (row.get("channels") or "").split(",")}


def _settle(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    waiting = settling.open_conflicts(laptop.store)
    if not waiting:
        return
    conflict = rng.choice(waiting)
    side: settling.Side = rng.choice(("kept", "lost"))
    row = laptop.store.get(conflict.entity, conflict.row_id)
    if row is None or row["scope"] not in laptop.writable() or (side == "lost" and row["deleted"] is not None):
        return
    if side == "lost":
        chosen = conflict.lost.values
        if chosen.keys() - {"deleted"} - {f.name for f in SYNCED[conflict.entity].fields}:
            return  # only a newer program can
        if "deleted" in chosen:
            witness.deleted.setdefault(row["id"], []).append(row)
        witness.replaced |= {row[n] for n in chosen if n in ENTITIES[conflict.entity] and row[n] != chosen[n]}
        if "address" in chosen:
            witness.addresses[row["id"]].add(tuple((row | chosen)[name] for name in ADDRESS))
    settling.settle(laptop.store, {conflict.id: side})


def _move(laptop: Laptop, witness: Witness, rng: random.Random) -> None:
    """Somebody in charge of both villages asks that the other one keeps an owner, with all that hangs on it."""
    found = _some_row(laptop, rng, "owner")
    if found is not None and len(laptop.writable()) > 1:
        row = found[1]
        with suppress(AppError):  # it has left already
            moving.move(laptop.store, "owner", row["id"], SCOPES[row["scope"] == SCOPES[0]])
