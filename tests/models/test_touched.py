"""One note an owner: whoever wrote, every reader sees it once."""

from models import touched
from models.store import Store
from tests.factories import register


def test_each_reader_sees_each_change_once(store: Store) -> None:
    one, other = register(store, 1), register(store, 2)
    docs, last = touched.since(store, "a")
    assert docs == [1, 2]
    with store.transaction():
        touched.seen(store, "a", last)
    assert touched.since(store, "a") == ([], last)
    assert touched.since(store, "b", 1)[0] == [1]
    store.save("business", {"id": other["business_id"], "name": "Lain"})
    assert touched.since(store, "a")[0] == [2]
    store.save("assessment", {"business_id": one["business_id"], "year": 2025})
    assert touched.since(store, "a")[0] == [2, 1]
    store.save("business", {"id": one["business_id"], "owner_id": other["owner_id"]})
    assert set(touched.since(store, "a")[0]) == {1, 2}


def test_what_belongs_to_nobody_here_is_no_note(store: Store) -> None:
    store.save("business", {"owner_id": "elsewhere", "name": "Titipan", "village": "3513141017"})
    store.save("assessment", {"business_id": "elsewhere", "year": 2025})
    assert touched.since(store, "a") == ([], 0)


def test_what_sync_keeps_for_itself_is_no_change(store: Store) -> None:
    register(store, 1)
    _, last = touched.since(store, "a")
    with store.transaction(applying=True):
        touched.seen(store, "a", last)
        store.query("UPDATE owner SET _seq = 7, _h = 1")
    assert touched.since(store, "a")[0] == []


def test_other_declarations_make_the_notes_anew(store: Store) -> None:
    register(store, 1)
    with store.transaction():
        touched.seen(store, "a", 99)
        store.set_setting("touched", "another version")
        touched.set_up(store.db)
        touched.set_up(store.db)
    assert touched.since(store, "a")[0] == [1]
    store.delete("owner", store.find("owner")[0]["id"])
    assert touched.since(store, "a")[0] == [1]
