from pathlib import Path

from models.store import Draft, Store
from tests.conftest import KEY


def test_draft_is_replaced_listed_newest_first_and_forgotten(store, clock):
    store.save_draft("register", "a", {"owner": {"name": "Si"}})
    clock.forward(minutes=1)
    store.save_draft("session", "b", {"note": "x"})
    clock.forward(minutes=1)
    store.save_draft("register", "a", {"owner": {"name": "Siti", "rt": 3}, "step": 2})
    newest = Draft("register", "a", {"owner": {"name": "Siti", "rt": 3}, "step": 2}, clock.stamp())
    assert [d.key for d in store.drafts()] == ["a", "b"]
    assert store.drafts("register") == [newest]
    store.delete_draft("register", "a")
    assert (store.drafts("register"), len(store.drafts())) == ([], 1)


def test_draft_survives_closing_and_is_never_a_record(store: Store, store_path: Path):
    store.save_draft("register", "a", {"name": "Si\x00ti \ud83d", "list": ["\x00"]})
    store.close()
    again = Store.open(store_path, KEY)
    assert [d.data for d in again.drafts()] == [{"name": "Siti ", "list": [""]}]
    assert again.count("owner") == 0
    assert again.query("SELECT count(*) FROM sync_pending") == [(0,)]
    again.close()
