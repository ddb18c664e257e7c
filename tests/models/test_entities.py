"""Every declared entity works everywhere at once: table, store, capture, what is sent, rules."""

from datetime import date
from typing import Any

import msgspec
import pytest

from models import outbox
from models.entities import ENTITIES
from models.kinds import KINDS
from models.schema import Entity, Field
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock

TODAY = date(2026, 11, 24)
EACH = pytest.mark.parametrize("entity", ENTITIES.values(), ids=list(ENTITIES))
# Of kinds that are neither a choice nor a number nor plain text.
EXAMPLES = {
    "date": "2026-11-20", "birth_date": "1990-06-05", "due_date": "2026-12-01", "day": "2027-01-05",
    "moment": "2026-11-24T02:42:00.000Z", "region": VILLAGE, "village": VILLAGE, "kbli": "2025:13133", "kbli_list": "2025:13133,2025:10794", "year": 2025,
}  # fmt: skip


def example(field: Field) -> Any:
    kind = field.kind
    if kind.options:
        return kind.options[0].code
    return EXAMPLES.get(kind.name, 1 if kind.storage == "integer" else "7")


def full(entity: Entity) -> dict[str, Any]:
    return {field.name: example(field) for field in entity.fields}


@EACH
def test_a_full_record_is_kept_captured_and_sent(store: Store, entity: Entity) -> None:
    outbox.set_grants(store, 1, {VILLAGE[:digits]: "write" for digits in (4, 6, 10)})
    record_id = store.save(entity.name, full(entity)).first_id(entity.name)
    row = store.get(entity.name, record_id)
    assert row is not None
    assert {name: row[name] for name in full(entity)} == full(entity)
    assert row["scope"] == VILLAGE[: entity.scope_digits]
    [batch] = outbox.take(store, 10)
    [part] = msgspec.json.decode(batch.body)["ins"]
    sent = dict(zip(part["f"], (column[0] for column in part["c"]), strict=True))
    assert {name: sent[name] for name in full(entity)} == full(entity)


@EACH
def test_each_change_leaves_its_trace(store: Store, entity: Entity, clock: FrozenClock) -> None:
    record_id = store.save(entity.name, full(entity)).first_id(entity.name)
    clock.forward(minutes=1)
    text = next(f for f in entity.fields if f.kind.storage == "text" and not f.kind.options)
    store.save(entity.name, {"id": record_id, text.name: "8"})
    assert [(c.field, c.old, c.new) for c in store.history(entity.name, record_id)] == [
        (text.name, example(text), "8")]  # fmt: skip


@EACH
def test_rules_take_any_record_however_little_is_known(entity: Entity) -> None:
    assert all(p.field in entity for p in entity.problems(full(entity), TODAY))
    for field in entity.fields:
        nothing_else = {field.name: example(field)}
        assert all(p.words.id and p.words.en for p in entity.problems(nothing_else, TODAY))
    assert {p.code for p in entity.problems({}, TODAY)} <= {"missing"}


@EACH
def test_declarations_are_sound(entity: Entity) -> None:
    for field in entity.fields:
        assert KINDS[field.kind.name] is field.kind, f"{field.name}: two kinds bear the name {field.kind.name}"
        assert field.label.id
        assert field.label.en
    named = {key for key, _ in entity.sections}
    assert not named or {f.section for f in entity.fields} <= named | {""}
    assert entity.scope_digits in (4, 6, 10)
    parents = {name.removesuffix("_id") for name in entity.kept_with if name in entity}
    assert parents <= set(ENTITIES)


def test_labels_differ_within_an_entity() -> None:
    doubled = {
        entity.name: sorted(
            {f.label.id for f in entity.fields if [g.label.id for g in entity.fields].count(f.label.id) > 1}
        )
        for entity in ENTITIES.values()
    }
    assert {name: labels for name, labels in doubled.items() if labels} == {}
