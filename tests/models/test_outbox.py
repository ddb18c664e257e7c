"""What leaves the laptop: batches with exact bytes, bases that stay, groups that travel whole."""

from typing import Any

import msgspec
import pytest

from models import batching, departing, inbox, moving, outbox, setting_aside
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock, business, owner

OTHER = "3513141018"


@pytest.fixture
def granted(store: Store) -> Store:
    """A store that may write its village and read the directory."""
    outbox.set_grants(store, 1, {VILLAGE: "write", VILLAGE[:4]: "read"})
    return store


def body(store: Store, most: int = 100) -> dict[str, Any]:
    [batch] = outbox.take(store, most)
    return msgspec.json.decode(batch.body)


def keys(store: Store, most: int) -> list[tuple[str, str]]:
    """(entity, id) of the new records that are taken now; the server then has them."""
    [batch] = outbox.take(store, most)
    parts = msgspec.json.decode(batch.body)["ins"]
    inbox.acknowledge(store, inbox.Answer(batch.scope, batch.ctr, 0, 1))
    return [(part["t"], row_id) for part in parts for row_id in part["c"][0]]


def new_id(store: Store) -> str:
    return store.clock.new_id()


def sent(store: Store, row_id: str, seq: int, entity: str = "owner") -> None:
    """The record as the server has it, acknowledged at `seq`."""
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_pending")
        store.query("DELETE FROM sync_inflight")
        store.query(f"UPDATE {entity} SET _seq = ? WHERE id = ?", (seq, row_id))


def test_new_records_go_whole_column_by_column(granted: Store) -> None:
    first = granted.save("owner", owner(1)).first_id("owner")
    second = granted.save("owner", owner(2, note="catatan")).first_id("owner")

    [part] = body(granted)["ins"]
    columns = dict(zip(part["f"], part["c"], strict=True))
    assert part["f"][:2] == ["id", "hlc"]
    assert sorted(columns["id"]) == sorted([first, second])
    assert dict(zip(columns["id"], columns["note"], strict=True)) == {first: None, second: "catatan"}
    assert "npwp" not in columns  # what nobody filled in does not travel


def test_what_only_a_newer_program_knows_is_set_back_beside_the_columns(granted: Store) -> None:
    owner_id = granted.save("owner", owner()).first_id("owner")
    sent(granted, owner_id, 7)
    with granted.transaction(applying=True):
        for field, value in (("note", "dari server"), ("of_tomorrow", "x")):
            granted.query("INSERT INTO sync_shadow VALUES ('owner', ?, ?, ?)", (owner_id, field, value))

    assert setting_aside.set_back(granted).ids("owner") == {owner_id}
    row = granted.get("owner", owner_id) or {}
    assert (row["note"], row["extra"]) == ("dari server", {"of_tomorrow": "x"})
    assert granted.query("SELECT field FROM sync_shadow") == []


def test_the_same_bytes_are_taken_until_they_are_answered(granted: Store) -> None:
    owner_id = granted.save("owner", owner()).first_id("owner")
    [first] = outbox.take(granted, 100)
    granted.save("owner", {"id": owner_id, "note": "sesudahnya"})

    assert outbox.take(granted, 100) == [first]


def test_what_is_typed_after_a_move_waits_for_what_flies_to_the_old_scope(granted: Store) -> None:
    outbox.set_grants(granted, 2, {VILLAGE: "write", OTHER: "write"})
    owner_id = granted.save("owner", owner(note="lama")).first_id("owner")
    sent(granted, owner_id, 7)
    granted.save("owner", {"id": owner_id, "note": "baru"})
    first = outbox.take(granted, 100)
    with granted.transaction(applying=True):
        moving.arrive(granted, OTHER, "owner", f'["{owner_id}"]')
    granted.save("owner", {"id": owner_id, "name": "Nama Contoh"})

    assert outbox.take(granted, 100) == first
    inbox.acknowledge(granted, inbox.Answer(VILLAGE, 1, 7, 8))
    assert [batch.scope for batch in outbox.take(granted, 100)] == [OTHER]


def test_an_edit_goes_with_the_base_it_was_made_on_and_its_whole_group(granted: Store) -> None:
    owner_id = granted.save("owner", owner(address="Jl. Mawar", rt=3)).first_id("owner")
    sent(granted, owner_id, 7)
    granted.save("owner", {"id": owner_id, "rt": 4, "note": "x"})
    with granted.transaction(applying=True):
        granted.query("UPDATE owner SET _seq = 9")
    granted.save("owner", {"id": owner_id, "note": "y"})

    bases = {tuple(sorted(values)): base for _, _, base, _, values in body(granted)["upd"]}
    assert bases == {("address", "postal_code", "rt", "rw", "village"): 7, ("note",): 7}


def test_a_deletion_is_sent_after_the_edits_before_it(granted: Store) -> None:
    owner_id = granted.save("owner", owner()).first_id("owner")
    sent(granted, owner_id, 7)
    granted.save("owner", {"id": owner_id, "note": "x"})
    granted.delete("owner", owner_id)

    parts = body(granted)
    assert [values for *_, values in parts["upd"]] == [{"note": "x"}]
    assert [entry[:3] for entry in parts["del"]] == [["owner", owner_id, 7]]


def test_only_granted_scopes_are_sent_each_in_its_own_batch(granted: Store) -> None:
    granted.save("owner", owner(1))
    granted.save("owner", owner(2, scope=OTHER))
    assert [batch.scope for batch in outbox.take(granted, 100)] == [VILLAGE]
    assert outbox.waiting(granted) == 2

    outbox.set_grants(granted, 2, {VILLAGE: "write", OTHER: "write"})
    assert [batch.scope for batch in outbox.take(granted, 100)] == [VILLAGE, OTHER]


def test_the_oldest_go_first_and_no_more_than_asked(granted: Store, clock: FrozenClock) -> None:
    owners: list[str] = []
    for n in range(5):
        owners.append(granted.save("owner", owner(n)).first_id("owner"))
        clock.forward(seconds=1)
    granted.save("business", business(owners[0]))

    [part] = body(granted, 3)["ins"]
    assert part["c"][0] == owners[:3]


def test_what_was_saved_at_once_is_never_parted(granted: Store) -> None:
    alone = granted.save("owner", owner(1)).first_id("owner")
    pair = [new_id(granted), new_id(granted)]
    granted.save_all([("owner", owner(2, id=pair[0])), ("business", business(pair[0], id=pair[1]))])
    granted.save("owner", owner(3))
    assert keys(granted, 1) == [("owner", alone)]

    assert keys(granted, 1) == [("owner", pair[0]), ("business", pair[1])]


def test_what_is_edited_again_stays_with_what_it_was_first_saved_with(granted: Store) -> None:
    pair = [new_id(granted), new_id(granted)]
    granted.save_all([("owner", owner(1, id=pair[0])), ("business", business(pair[0], id=pair[1]))])
    between = granted.save("owner", owner(2)).first_id("owner")
    granted.save("business", {"id": pair[1], "note": "catatan"})
    later = granted.save("owner", owner(3)).first_id("owner")

    assert set(keys(granted, 1)) == {("owner", pair[0]), ("business", pair[1]), ("owner", between)}
    assert keys(granted, 1) == [("owner", later)]


def test_an_import_is_parted_lest_its_first_batch_be_too_large(granted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "TOGETHER", 3)
    ids = [new_id(granted) for _ in range(8)]
    granted.save_all([("owner", owner(n, id=row_id)) for n, row_id in enumerate(ids)])

    assert [row_id for _, row_id in keys(granted, 2)] == ids[:2]
    assert [row_id for _, row_id in keys(granted, 5)] == ids[2:]


def test_a_batch_stays_small_however_long_the_notes(granted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "LARGEST", 5_000)
    granted.save_all([("owner", owner(n, note="x" * 4000)) for n in range(9)])

    [batch] = outbox.take(granted, 100)
    assert batch.records == 2


def test_many_edits_of_one_record_stay_together_below_the_limit(
    granted: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "MOST_OPERATIONS", 5)
    ids = [granted.save("owner", owner(n)).first_id("owner") for n in range(4)]
    for row_id in ids:
        sent(granted, row_id, 7)
    for row_id in ids:
        granted.save("owner", {"id": row_id, "note": "x"})
        granted.save("owner", {"id": row_id, "email": "a@b.id"})

    assert len(body(granted)["upd"]) <= 5


def test_a_scope_that_is_taken_away_leaves_once_its_unsent_work_is_sent(granted: Store) -> None:
    known = granted.save("owner", owner(1)).first_id("owner")
    unsent = granted.save("owner", owner(2)).first_id("owner")
    with granted.transaction(applying=True):
        granted.query("DELETE FROM sync_pending WHERE row_id = ?", (known,))
        granted.query("UPDATE owner SET _seq = 7 WHERE id = ?", (known,))

    outbox.set_grants(granted, 2, {})
    assert granted.get("owner", known)
    assert [batch.scope for batch in outbox.take(granted, 100)] == [VILLAGE]
    sent(granted, unsent, 8)
    departing.sweep(granted)

    assert (granted.count("owner"), outbox.scopes(granted)) == (0, {})
    assert granted.query("SELECT count(*) FROM history") == [(0,)]
    outbox.set_grants(granted, 3, {VILLAGE: "write"})
    assert outbox.scopes(granted)[VILLAGE].ctr == 1, "a batch that was used stays used"


def test_whether_anything_can_be_sent(granted: Store) -> None:
    assert not outbox.sendable(granted)
    granted.save("owner", owner(1, scope=OTHER))
    assert not outbox.sendable(granted)
    owner_id = granted.save("owner", owner(2)).first_id("owner")
    assert outbox.sendable(granted)
    granted.delete("owner", owner_id)
    assert not outbox.sendable(granted)
