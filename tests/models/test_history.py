from models.store import FieldChange
from tests.conftest import USER
from tests.fakes import owner


def test_history_says_what_changed_when_and_by_whom_newest_first(store, clock):
    record = store.save("owner", owner()).first_id("owner")
    first = clock.forward(hours=1)
    store.save("owner", {"id": record, "name": "Siti Kedua", "rt": 3})
    clock.forward(hours=1)
    store.save("owner", {"id": record, "rt": None})
    assert store.history("owner", record) == [
        FieldChange("rt", 3, None, "2026-11-24T04:42:00.000Z", USER),
        FieldChange("name", owner()["name"], "Siti Kedua", "2026-11-24T03:42:00.000Z", USER),
        FieldChange("rt", None, 3, "2026-11-24T03:42:00.000Z", USER),
    ]
    assert first.hour == 3


def test_a_clock_set_back_does_not_turn_the_order_around(store, clock):
    record = store.save("owner", owner()).first_id("owner")
    store.save("owner", {"id": record, "name": "Satu"})
    clock.forward(days=-3650)
    store.save("owner", {"id": record, "name": "Dua"})
    assert [(c.new, c.at[:4]) for c in store.history("owner", record)] == [("Dua", "2016"), ("Satu", "2026")]


def test_deletion_and_return_stand_in_the_history(store):
    record = store.save("owner", owner()).first_id("owner")
    store.delete("owner", record)
    store.restore("owner", record)
    assert [(c.field, c.new is None) for c in store.history("owner", record)] == [("deleted", True), ("deleted", False)]


def test_received_changes_stand_between_own_ones(store, clock):
    record = store.save("owner", owner()).first_id("owner")
    store.save("owner", {"id": record, "name": "Punya sendiri"})
    millis = int(clock.now().timestamp() * 1000) - 60_000
    received = ("owner", record, millis << 16, "phone", None, "+6281200000168", millis, "Dewi")
    with store.transaction(applying=True):
        store.db.execute("INSERT INTO history VALUES (?,?,?,?,?,?,?,?)", received)
    assert [(c.field, c.by) for c in store.history("owner", record)] == [("name", USER), ("phone", "Dewi")]
