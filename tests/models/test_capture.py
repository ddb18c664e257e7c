from pathlib import Path

import pytest

from models.capture import captured
from models.entities import SYNCED
from models.store import Store
from tests.conftest import KEY, USER
from tests.fakes import VILLAGE, FrozenClock, owner

LOCALLY = ("sync_pending", "sync_shadow", "history")


def pending(store: Store) -> dict[str, tuple[int, int]]:
    """{field: (base, number of edits)} of everything that waits."""
    return {field: (base, n) for field, base, n in store.query("SELECT field, base, edit_no FROM sync_pending")}


def shadow(store: Store) -> dict[str, object]:
    return dict(store.query("SELECT field, value FROM sync_shadow"))


def acknowledge(store: Store, seq: int) -> None:
    """As after a sync: the server has everything, at this sequence."""
    with store.transaction(applying=True):
        store.db.execute("UPDATE owner SET _seq = ?, _h = 77", (seq,))
        store.db.execute("DELETE FROM sync_pending")
        store.db.execute("DELETE FROM sync_shadow")


@pytest.fixture
def known(store: Store) -> str:
    """A record that the server has at sequence 7."""
    record = store.save("owner", owner(rt=5)).first_id("owner")
    acknowledge(store, 7)
    return record


def raw_insert(store: Store) -> None:
    store.db.execute("INSERT INTO owner (id, scope, name) VALUES ('a', ?, 'Siti')", (VILLAGE,))


def utils_insert(store: Store) -> None:
    store.db["owner"].insert_all([{"id": "a", "scope": VILLAGE, "name": "Siti"}])


def insert_or_replace(store: Store) -> None:
    store.db["owner"].insert({"id": "a", "scope": VILLAGE, "name": "Siti"}, replace=True)


def upsert(store: Store) -> None:
    store.db["owner"].upsert({"id": "a", "scope": VILLAGE, "name": "Siti"}, pk="id")


def saved(store: Store) -> None:
    store.save("owner", owner(id="a"))


@pytest.mark.parametrize("write", [raw_insert, utils_insert, insert_or_replace, upsert, saved])
def test_every_writer_of_a_new_record_is_captured(store, write):
    write(store)
    assert store.query("SELECT tbl, row_id, field, base FROM sync_pending") == [("owner", "a", "", 0)]
    assert shadow(store) == {}
    assert store.history("owner", "a") == []


@pytest.mark.parametrize("entity", SYNCED)
def test_every_field_of_every_entity_is_captured(store, entity):
    fields = SYNCED[entity].fields
    before = {f.name: 1 if f.kind.storage == "integer" else "1" for f in fields}
    after = {f.name: 2 if f.kind.storage == "integer" else "2" for f in fields}
    record = store.save(entity, before).first_id(entity)
    with store.transaction(applying=True):
        store.db.execute(f"UPDATE {entity} SET _seq = 3")
        store.db.execute("DELETE FROM sync_pending")
    store.save(entity, after | {"id": record})
    store.delete(entity, record)
    assert pending(store) == dict.fromkeys(captured(SYNCED[entity]), (3, 1))
    assert shadow(store) == before | {"deleted": None}
    assert {c.field: (c.old, c.new) for c in store.history(entity, record)}.keys() == {*before, "deleted"}


def test_raw_update_is_captured_per_field_with_old_values_of_their_type(store, known):
    store.db["owner"].update(known, {"rt": 6, "name": "Siti Baru", "phone": owner()["phone"], "rw": None})
    assert pending(store) == {"rt": (7, 1), "name": (7, 1)}
    assert shadow(store) == {"rt": 5, "name": owner()["name"]}
    assert store.query("SELECT typeof(value) FROM sync_shadow ORDER BY field") == [("text",), ("integer",)]
    assert [(c.field, c.by) for c in store.history("owner", known)] == [("name", USER), ("rt", USER)]


def test_digits_in_a_text_stay_text_and_nothing_stays_nothing(store, known):
    store.save("owner", {"id": known, "postal_code": "00123", "nik": None})
    acknowledge(store, 8)
    store.save("owner", {"id": known, "postal_code": None, "nik": "0012"})
    assert shadow(store) == {"postal_code": "00123", "nik": None}


def test_base_is_that_of_the_first_edit_and_belongs_to_each_field(store, known):
    store.save("owner", {"id": known, "name": "Satu"})
    with store.transaction(applying=True):  # a pull while the edit waits
        store.db.execute("UPDATE owner SET _seq = 9, rt = 8")
    store.save("owner", {"id": known, "name": "Dua", "rt": 9})
    assert pending(store) == {"name": (7, 2), "rt": (9, 1)}
    assert shadow(store) == {"name": owner()["name"], "rt": 8}


def test_what_comes_from_the_server_is_not_captured(store, known):
    tables = {t: store.query(f"SELECT * FROM {t}") for t in LOCALLY}
    with store.transaction(applying=True):
        store.db.execute("UPDATE owner SET name = 'Dari server', deleted = 1")
        store.db.execute("INSERT INTO owner (id, scope, _seq) VALUES ('b', '1', 3)")
        store.db.execute("INSERT OR REPLACE INTO owner (id, scope, _seq) VALUES ('b', '2', 4)")
        store.db.execute("DELETE FROM owner WHERE id = 'b'")
    assert {t: store.query(f"SELECT * FROM {t}") for t in LOCALLY} == tables
    assert store.query("SELECT count(*) FROM sync_removed") == [(0,)]
    store.save("owner", {"id": known, "name": "Saya lagi"})
    assert pending(store) == {"name": (7, 1)}


def test_silence_ends_with_a_failed_transaction(store, known):
    def failing() -> None:
        with store.transaction(applying=True):
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    store.db["owner"].update(known, {"rt": 6})
    assert pending(store) == {"rt": (7, 1)}


def test_insert_or_replace_of_a_known_record_is_an_edit(store, known):
    store.save("owner", {"id": known, "rw": 2})
    replaced = {"id": known, "scope": VILLAGE, "name": "Siti Ganti", "rt": 5, "rw": 3}
    store.db["owner"].insert(replaced, replace=True)
    lost = dict.fromkeys(("nik", "phone", "village", "informed"))
    assert pending(store) == {"name": (7, 1), "rw": (7, 2)} | dict.fromkeys(lost, (7, 1))
    assert shadow(store) == {"rw": None} | {n: owner()[n] for n in ("name", *lost)}
    assert store.query("SELECT _seq, _h, created_by, name FROM owner") == [(7, 77, USER, "Siti Ganti")]
    assert ("rw", 2, 3) in [(c.field, c.old, c.new) for c in store.history("owner", known)]
    assert store.query("SELECT count(*) FROM sync_removed") == [(0,)]


def test_insert_or_replace_of_a_record_never_sent_stays_a_new_one(store):
    insert_or_replace(store)
    store.db["owner"].insert({"id": "a", "scope": VILLAGE, "name": "Siti Kedua"}, replace=True)
    assert list(pending(store)) == [""]
    assert [(c.old, c.new) for c in store.history("owner", "a")] == [("Siti", "Siti Kedua")]


def test_upsert_keeps_what_it_does_not_name(store, known):
    store.db["owner"].upsert({"id": known, "scope": VILLAGE, "rt": 6}, pk="id")
    assert pending(store) == {"rt": (7, 1)}
    assert store.get("owner", known)["name"] == owner()["name"]


def test_raw_delete_comes_back_as_a_soft_delete(store, known, store_path: Path):
    store.save("owner", {"id": known, "rt": 6})
    store.db.execute("DELETE FROM owner")
    store.close()
    again = Store.open(store_path, KEY)
    row = again.get("owner", known)
    assert (row["name"], row["rt"], row["deleted"] is None) == (owner()["name"], 6, False)
    assert pending(again) == {"rt": (7, 1), "deleted": (7, 1)}
    assert again.query("SELECT _seq, _h FROM owner") == [(7, 77)]
    again.close()


def test_edits_of_a_record_never_sent_need_no_fields(store):
    saved(store)
    first = store.query("SELECT hlc FROM sync_pending")
    store.save("owner", {"id": "a", "name": "Siti Kedua", "rt": 1})
    assert list(pending(store)) == [""]
    assert store.query("SELECT hlc FROM sync_pending") > first
    assert shadow(store) == {}
    assert {c.field for c in store.history("owner", "a")} == {"name", "rt"}


def test_edits_while_a_new_record_is_in_flight_have_base_nought(store):
    saved(store)
    acknowledge(store, 0)
    store.save("owner", {"id": "a", "rt": 1})
    assert pending(store) == {"rt": (0, 1)}
    assert shadow(store) == {"rt": None}


def test_a_write_of_the_same_values_is_no_edit(store, known):
    store.db.execute("UPDATE owner SET rt = 5, name = name")
    assert (pending(store), store.history("owner", known)) == ({}, [])


def test_a_transaction_that_rolls_back_captures_nothing(store, known):
    def failing() -> None:
        with store.transaction():
            store.save("owner", {"id": known, "rt": 6})
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    assert (pending(store), store.history("owner", known)) == ({}, [])


def test_deletion_and_return_are_edits_of_one_field(store, known):
    store.delete("owner", known)
    store.restore("owner", known)
    assert pending(store) == {"deleted": (7, 2)}
    assert shadow(store) == {"deleted": None}


def hlc(store: Store) -> int:
    return store.query("SELECT hlc FROM sync_device")[0][0]


def test_the_logical_clock_follows_the_clock_and_never_goes_back(store, clock: FrozenClock, known):
    seen = [hlc(store)]
    for n, step in enumerate((0, 60, -315_360_000, 0, 700_000_000)):
        clock.forward(seconds=step)
        store.save("owner", {"id": known, "rt": 10 + n})
        seen.append(hlc(store))
    assert seen == sorted(set(seen))
    assert seen[0] >> 16 == seen[1] >> 16  # same millisecond, the counter told them apart
    assert seen[-1] >> 16 == int(clock.now().timestamp() * 1000)


def test_a_writer_without_the_store_takes_the_computers_time(store, clock: FrozenClock, known):
    clock.forward(days=-40_000)
    store.save("owner", {"id": known, "rt": 6})
    before = store.query("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)")[0][0]
    store.db.execute("UPDATE owner SET rt = 7")
    assert store.query("SELECT max(at) FROM history")[0][0] >= before


def test_one_statement_on_one_record_has_one_hlc(store, known):
    store.save("owner", {"id": known, "rt": 6, "rw": 7, "name": "Bersama"})
    assert store.query("SELECT count(DISTINCT hlc), max(hlc) FROM sync_pending") == [(1, hlc(store))]
