"""Two owners become one, with everything that hangs on them, and can be separated for 30 days."""

from typing import Any

import pytest

from models import duplicates, merging
from models.entities import ENTITIES
from models.errors import AppError, InvalidRecord
from models.schema import Row
from models.store import Store
from tests.factories import consultation, follow_up, register
from tests.fakes import VILLAGE, FrozenClock

NUR = {"name": "Nur Hasanah", "nik": "3513145802889941", "phone": "+6281200000519", "birth_date": "1988-02-18",
       "address": "RT 02 Patokan", "rt": 2, "rw": 5, "informed": "signed"}  # fmt: skip
OTHER = {
    "name": "Nurhasanah",
    "nik": None,
    "phone": "+6281200000519",
    "address": "Gg. Melati",
    "rw": 5,
    "education": "senior",
}
CHOICES: dict[str, merging.Side] = {
    "name": "kept",
    "nik": "kept",
    "birth_date": "kept",
    "address": "gone",
    "education": "gone",
}


@pytest.fixture
def pair(store: Store) -> tuple[str, str]:
    """The pair of the sample office, with sessions and a notification each."""
    one = register(store, 1, owner=NUR, name="Konveksi Hijab Al-Barokah")
    other = register(store, 2, owner=OTHER, name="Jahit Bu Nur")
    for who, sessions in ((one, 5), (other, 1)):
        for _ in range(sessions):
            store.save("consultation", consultation(**who))
    store.save("follow_up", follow_up(**other))
    store.save("consent", {"owner_id": one["owner_id"], "informed": "signed", "given_on": "2026-03-03"})
    store.save("consent", {"owner_id": other["owner_id"], "informed": "not_yet", "given_on": "2026-01-12"})
    return one["owner_id"], other["owner_id"]


def get(store: Store, owner_id: str) -> Row:
    row = store.get("owner", owner_id)
    assert row is not None
    return row


def state(store: Store) -> dict[str, Any]:
    """Everything but the merges, as somebody would see it."""
    names = [n for n in ENTITIES if n != "owner_merge"]
    return {n: sorted((r["id"], str(r)) for r in store.find(n)) for n in names}


def test_both_stand_side_by_side(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = (get(store, i) for i in pair)
    lines = {line.field.name: line for line in merging.side_by_side(kept, gone)}
    assert lines["phone"].same
    assert (lines["name"].kept, lines["name"].gone) == ("Nur Hasanah", "Nurhasanah")
    assert {"informed", "import_id", "npwp"} & set(lines) == set()
    assert merging.to_choose(kept, gone) == ["name", "nik", "birth_date", "education", "address"]
    assert merging.moves_along(store, *pair) == {
        "business": (1, 1), "consent": (1, 1), "consultation": (5, 1), "follow_up": (0, 1),
    }  # fmt: skip


def test_everything_moves_along_and_nothing_is_lost(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = pair
    changes, event = merging.merge(store, kept, gone, CHOICES)
    row = get(store, kept)
    assert (row["name"], row["nik"], row["address"], row["rt"], row["education"]) == (
        "Nur Hasanah", NUR["nik"], "Gg. Melati", None, "senior")  # fmt: skip
    assert row["informed"] == "signed"
    assert merging.moves_along(store, *pair) == {
        "business": (2, 0), "consent": (2, 0), "consultation": (6, 0), "follow_up": (1, 0),
    }  # fmt: skip
    assert get(store, gone)["deleted"]
    assert changes.touches("owner", "business", "owner_merge")
    assert [m["id"] for m in merging.recent(store)] == [event]
    duplicates.sweep(store)
    assert duplicates.count(store) == 0


def test_separating_restores_everything(store: Store, pair: tuple[str, str], clock: FrozenClock) -> None:
    before = state(store)
    _, event = merging.merge(store, *pair, CHOICES)
    clock.forward(days=30)
    merging.undo(store, event)
    assert state(store) == before
    assert merging.recent(store) == []
    with pytest.raises(AppError, match="separated already"):
        merging.undo(store, event)


def test_after_30_days_it_stays(store: Store, pair: tuple[str, str], clock: FrozenClock) -> None:
    _, event = merging.merge(store, *pair, CHOICES)
    clock.forward(days=30, seconds=1)
    assert merging.recent(store) == []
    with pytest.raises(AppError, match="30 days"):
        merging.undo(store, event)
    with pytest.raises(AppError, match="already"):
        merging.undo(store, "unknown")


def test_what_was_changed_since_stays(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = pair
    _, event = merging.merge(store, kept, gone, CHOICES)
    store.save("owner", {"id": kept, "education": "bachelor"})
    (task,) = store.find("follow_up")
    elsewhere = register(store, 3)["owner_id"]
    store.save("follow_up", {"id": task["id"], "owner_id": elsewhere})
    store.save("consultation", consultation(owner_id=kept))
    merging.undo(store, event)
    assert get(store, kept)["education"] == "bachelor"
    assert get(store, kept)["address"] == NUR["address"]
    assert store.count("follow_up", owner_id=elsewhere) == 1
    assert (store.count("consultation", owner_id=kept), store.count("consultation", owner_id=gone)) == (6, 1)


def test_nothing_is_preselected(store: Store, pair: tuple[str, str]) -> None:
    with pytest.raises(InvalidRecord) as refused:
        merging.merge(store, *pair, {"name": "kept", "nik": "kept"})
    assert [p.words.id for p in refused.value.problems] == [
        "Pilih Tanggal lahir.",
        "Pilih Pendidikan.",
        "Pilih Alamat.",
    ]
    assert store.count("owner") == 2


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [("not_yet", "signed", "signed"), ("signed", "not_yet", "signed"), ("read_aloud", "signed", "signed"),
     ("signed", "refused", "refused"), ("not_yet", "not_yet", "not_yet")],
)  # fmt: skip
def test_who_was_told_once_was_told(store: Store, mine: str, theirs: str, told: str) -> None:
    one, other = (register(store, 1, owner={"informed": i})["owner_id"] for i in (mine, theirs))
    merging.merge(store, one, other, {})
    assert get(store, one)["informed"] == told


def test_a_merge_of_a_merge_is_undone_from_the_top(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = pair
    before = state(store)
    third = register(store, 3, owner=OTHER)["owner_id"]
    full = state(store)
    _, first = merging.merge(store, kept, gone, CHOICES)
    choices = dict.fromkeys(merging.to_choose(get(store, third), get(store, kept)), "gone")
    _, second = merging.merge(store, third, kept, choices)  # type: ignore[arg-type]
    with pytest.raises(AppError, match="newer merge first"):
        merging.undo(store, first)
    merging.undo(store, second)
    merging.undo(store, first)
    assert state(store) == full
    assert {k: len(v) for k, v in state(store).items()} != {k: len(v) for k, v in before.items()}


def test_a_laptop_that_never_held_the_record_can_undo(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = pair
    before = get(store, gone)
    _, event = merging.merge(store, kept, gone, CHOICES)
    with store.transaction(applying=True):
        store.query("DELETE FROM owner WHERE id = ?", (gone,))
    merging.undo(store, event)
    assert get(store, gone) == before


def test_gone_foreign_or_the_same_records_are_refused(store: Store, pair: tuple[str, str]) -> None:
    kept, gone = pair
    for one, other in ((kept, kept), (kept, "none"), ("none", gone)):
        with pytest.raises(AppError, match="Load the list"):
            merging.merge(store, one, other, CHOICES)
    with store.transaction():
        store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write')", (VILLAGE,))
    merging.undo(store, merging.merge(store, kept, gone, CHOICES)[1])
    with store.transaction():
        store.query("UPDATE sync_scope SET access = 'read'")
    with pytest.raises(AppError, match="another office"):
        merging.merge(store, kept, gone, CHOICES)
    store.delete("owner", gone)
    with pytest.raises(AppError, match="Load the list"):
        merging.merge(store, kept, gone, CHOICES)


def test_a_failure_halfway_leaves_both(store: Store, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(store)
    monkeypatch.setattr(merging, "_packed", lambda value: 1 / (not isinstance(value, list)))
    with pytest.raises(ZeroDivisionError):
        merging.merge(store, *pair, CHOICES)
    assert state(store) == before
    assert merging.recent(store) == []
