from contextlib import suppress

import pytest

from models.entities import ENTITIES
from models.errors import InvalidRecord
from models.store import Change, Changes, Store
from tests import fakes
from tests.conftest import USER
from tests.fakes import MINUTE, VILLAGE, business, owner


def saved(store: Store, **values) -> str:
    return store.save("owner", owner(**values)).first_id("owner")


def test_new_record_gets_identity_scope_time_and_maker(store, clock):
    record = saved(store)
    row = store.get("owner", record)
    assert row is not None
    assert (row["id"], row["scope"], row["created_by"], row["extra"]) == (record, VILLAGE, USER, {})
    assert row["created_at"] == clock.stamp()
    assert {k: row[k] for k in owner()} == owner()


def test_known_id_writes_only_what_differs(store):
    record = saved(store)
    assert store.save("owner", {"id": record, "name": "Siti Baru"}) == Changes((Change("owner", record, "changed"),))
    row = store.get("owner", record)
    assert (row["name"], row["phone"]) == ("Siti Baru", owner()["phone"])
    assert store.save("owner", row) == Changes()
    assert [c.field for c in store.history("owner", record)] == ["name"]


def test_unknown_id_makes_a_record_with_that_id(store, clock):
    wanted = clock.new_id()
    assert store.save("owner", owner(id=wanted)) == Changes((Change("owner", wanted, "added"),))


def test_scope_comes_from_the_owner_also_within_a_batch(store, clock):
    kept_elsewhere = saved(store, scope="3574021001")
    first = store.save("business", business(kept_elsewhere)).first_id("business")
    both = clock.new_id()
    batch = [("owner", owner(id=both, scope="3510010001")), ("business", business(both))]
    second = store.save_all(batch).first_id("business")
    lost_parent = store.save("business", business("not-here")).first_id("business")
    assert [store.get("business", b)["scope"] for b in (first, second, lost_parent)] == [
        "3574021001", "3510010001", VILLAGE]  # fmt: skip


def test_find_and_count_take_live_records_with_equal_values(store):
    a, b, c = (saved(store, n=n, education="senior" if n > 1 else None) for n in (1, 2, 3))
    store.delete("owner", c)
    assert [r["id"] for r in store.find("owner")] == [a, b]
    assert [r["id"] for r in store.find("owner", education="senior")] == [b]
    assert [r["id"] for r in store.find("owner", education=None)] == [a]
    assert (store.count("owner"), store.count("owner", education="senior")) == (2, 1)


def test_undeclared_names_are_refused(store):
    with pytest.raises(KeyError):
        store.save("owner", owner(nickname="Iti"))
    with pytest.raises(KeyError):
        store.find("owner", nickname="Iti")
    with pytest.raises(KeyError):
        store.save("ghost", {})


def test_missing_required_field_is_refused_with_its_sentence(store):
    with pytest.raises(InvalidRecord) as refused:
        store.save("owner", owner(name=""))
    assert [(p.field, p.code) for p in refused.value.problems] == [("name", "missing")]
    record = saved(store)
    with pytest.raises(InvalidRecord):
        store.save("owner", {"id": record, "name": None})
    assert store.get("owner", record)["name"] == owner()["name"]


def test_faulty_identity_number_is_kept_for_repair(store):
    assert store.get("owner", saved(store, nik="123"))["nik"] == "123"


def test_values_of_the_wrong_type_are_a_bug_and_huge_numbers_a_sentence(store):
    with pytest.raises(TypeError):
        saved(store, rt="3")
    with pytest.raises(TypeError):
        saved(store, phone=62812)
    with pytest.raises(InvalidRecord):
        saved(store, rt=10**30)
    assert store.count("owner") == 0


def test_nul_and_half_surrogates_are_cleaned_at_the_door(store):
    row = store.get("owner", saved(store, name="Si\x00ti \ud83dBaru", note="\x00"))
    assert (row["name"], row["note"]) == ("Siti Baru", None)
    store.save("owner", {"id": row["id"], "name": "Siti Baru\udfff"})
    assert store.history("owner", row["id"]) == []


def test_batch_is_all_or_nothing(store):
    with pytest.raises(InvalidRecord):
        store.save_all([("owner", owner(1)), ("owner", owner(2, name=None))])
    assert store.count("owner") == 0


def test_batch_may_name_one_record_twice(store, clock):
    twice = clock.new_id()
    done = store.save_all([("owner", owner(id=twice)), ("owner", {"id": twice, "name": "Siti Kedua"})])
    assert done.items == (Change("owner", twice, "added"),)
    assert store.get("owner", twice)["name"] == "Siti Kedua"


def test_transactions_join_and_roll_back_as_one(store):
    def half() -> None:
        with store.transaction():
            saved(store, n=1)
            saved(store, n=2)
            raise LookupError

    with pytest.raises(LookupError):
        half()
    assert store.count("owner") == 0


def test_an_error_swallowed_inside_a_transaction_saves_nothing(store):
    def swallowing() -> None:
        with store.transaction():
            saved(store)
            with suppress(InvalidRecord):
                store.save("owner", owner(2, name=None))

    with pytest.raises(RuntimeError):
        swallowing()
    assert store.count("owner") == 0
    saved(store)
    assert store.count("owner") == 1


def test_deleted_records_stay_and_come_back(store, clock):
    record = saved(store)
    assert store.delete("owner", record) == Changes((Change("owner", record, "deleted"),))
    assert store.delete("owner", record) == Changes()
    assert store.get("owner", record)["deleted"] == int(clock.now().timestamp() * 1000)
    assert store.restore("owner", record) == Changes((Change("owner", record, "added"),))
    assert store.get("owner", record)["deleted"] is None
    assert store.get("owner", "nobody") is None


def test_settings_hold_any_json_value(store):
    assert store.setting("theme", "light") == "light"
    store.set_setting("theme", {"dark": True, "zoom": 128, "name": "a\x00b"})
    assert store.setting("theme") == {"dark": True, "zoom": 128, "name": "ab"}


def test_changes_answer_questions():
    changes = Changes((Change("owner", "a", "added"),)) | Changes((Change("business", "b", "changed"),))
    assert changes.touches("staff", "business")
    assert not changes.touches("staff")
    assert (changes.ids("owner"), changes.first_id("business"), bool(changes), bool(Changes())) == (
        {"a"},
        "b",
        True,
        False,
    )
    with pytest.raises(KeyError):
        changes.first_id("staff")


def test_every_entity_can_be_saved_found_and_deleted(store):
    for name, entity in ENTITIES.items():
        row = {f.name: 1 if f.kind.storage == "integer" else "x" for f in entity.fields}
        record = store.save(name, row).first_id(name)
        assert {k: v for k, v in store.get(name, record).items() if k in row} == row
        store.delete(name, record)
        assert store.count(name) == 0


def test_the_office_minute_is_the_frozen_one(clock):
    assert (clock.now(), fakes.MINUTE) == (MINUTE, MINUTE)


@pytest.mark.parametrize(("entity", "field"), [("owner", "nik"), ("owner", "phone"), ("business", "owner_id")])
def test_looking_up_an_identity_reads_an_index(store, entity, field):
    sql = f'SELECT id FROM {entity} WHERE deleted IS NULL AND "{field}" = ?'
    assert f"idx_{entity}_{field}" in store.query(f"EXPLAIN QUERY PLAN {sql}", ("x",))[0][3]
