"""Who wins when two laptops changed the same fact. Pure: no database, no network, no clock.

The rule, for each unit (a field, or a group of fields that change hands together): a change whose
base is at least as new as the unit's last change was made with that change on screen, so it simply
applies; so does a change by the device that made the last one. Otherwise two people decided without
knowing of each other: equal values agree, different values are settled by the field's policy, and
the value that loses is never dropped but reported as a `Loss`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.conflicts import DELETED
from models.schema import Entity

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change, on which device, and when by its hybrid clock."""

    device: str
    user: str
    hlc: int


# What the server itself put together out of two values belongs to no device.
NOBODY = ""


@dataclass(slots=True)
class Image:
    """A record as the server holds it. `clocks` says when a unit last changed, if later than `created`."""

    values: Values
    seq: int = 0
    created: int = 0
    clocks: dict[str, int] = field(default_factory=dict)
    deleted: int | None = None

    def changed(self, unit: str) -> int:
        """The sequence number of a unit's last change."""
        return self.clocks.get(unit, self.created)


@dataclass(frozen=True, slots=True)
class Edit:
    """Some fields of a record, changed by one author who had seen the record as of `base`."""

    values: Values
    base: int
    author: Author


@dataclass(frozen=True, slots=True)
class Loss:
    """Two values met: the one in use, the other one, and who wrote which."""

    unit: str
    kept: Values
    kept_author: Author
    lost: Values
    lost_author: Author


@dataclass(slots=True)
class Verdict:
    """What becomes of an edit: units taken as sent, units blended out of both, values that lost."""

    taken: dict[str, Values] = field(default_factory=dict)
    blended: dict[str, Values] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


AuthorOf = Callable[[int], Author]  # of a sequence number


def by_unit(entity: Entity, values: Mapping[str, Any]) -> dict[str, Values]:
    """Values sorted into their units."""
    units: dict[str, Values] = {}
    for name, value in values.items():
        units.setdefault(entity.unit(name), {})[name] = value
    return units


def judge(entity: Entity, image: Image, edit: Edit, author_of: AuthorOf) -> Verdict:
    """What an edit does to a record."""
    verdict = Verdict()
    for unit, sent in by_unit(entity, edit.values).items():
        held = {name: image.values.get(name) for name in sent}
        if held == sent:
            continue
        changed = image.changed(unit)
        if changed <= edit.base:
            verdict.taken[unit] = sent
            continue
        other = author_of(changed)
        if other.device == edit.author.device:
            verdict.taken[unit] = sent
        else:
            _settle(entity, unit, Edit(sent, edit.base, edit.author), Edit(held, changed, other), verdict)
    if image.deleted is not None and image.deleted > edit.base:
        deleter = author_of(image.deleted)
        if deleter.device != edit.author.device:
            verdict.losses.append(Loss(DELETED, {DELETED: None}, edit.author, {DELETED: 1}, deleter))
    return verdict


def _settle(entity: Entity, unit: str, sent: Edit, held: Edit, verdict: Verdict) -> None:
    policy = _policy(entity, next(iter(sent.values)))
    if policy in _BLENDS:
        blend = {name: _BLENDS[policy](entity, name, held.values[name], value) for name, value in sent.values.items()}
        if blend != held.values:
            verdict.blended[unit] = blend
        return
    if policy == "later" and _rank(sent.author) > _rank(held.author):
        verdict.taken[unit] = sent.values
        verdict.losses.append(Loss(unit, sent.values, sent.author, held.values, held.author))
    else:
        verdict.losses.append(Loss(unit, held.values, held.author, sent.values, sent.author))


def blends(entity: Entity, unit: str) -> bool:
    """Whether the values of a unit are united instead of one winning."""
    return _policy(entity, unit) in _BLENDS


def _policy(entity: Entity, name: str) -> str:
    return entity[name].merge if name in entity else "later"


def _rank(author: Author) -> tuple[int, str]:
    return author.hlc, author.device


def _union(entity: Entity, name: str, one: Any, other: Any) -> Any:
    """Both lists, in the order that the kind gives its options."""
    codes = {c for value in (one, other) if value for c in str(value).split(",")}
    order = [o.code for o in entity[name].kind.options]
    return ",".join([*(c for c in order if c in codes), *sorted(codes - set(order))]) or None


def _max(_entity: Entity, _name: str, one: Any, other: Any) -> Any:
    return max((v for v in (one, other) if v is not None), default=None)


_BLENDS: dict[str, Callable[[Entity, str, Any, Any], Any]] = {"union": _union, "max": _max}


def may_delete(image: Image, edit: Edit, author_of: AuthorOf) -> Loss | None:
    """None when a deletion stands; a `Loss` when somebody else changed the record unseen: the edit wins."""
    unseen = [seq for seq in (image.created, *image.clocks.values()) if seq > edit.base]
    others = [a for a in map(author_of, sorted(unseen)) if a.device != edit.author.device]
    if not others:
        return None
    return Loss(DELETED, {DELETED: None}, others[-1], {DELETED: 1}, edit.author)
