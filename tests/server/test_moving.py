"""Records that change their scope: taken out and brought in at once, and no edit lost on the way."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from server import holding, staff, tombstones
from server.database import Database
from server.push import accept
from server.service import Service
from sync.protocol import Ack
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, record, service_on
from tests.sim.world import fresh_server

NEXT, THIRD = "3513141018", "3513141019"
OWNER = "01932f2e-0000-7000-8000-000000000001"
NEIGHBOUR = "01932f2e-0000-7000-8000-000000000005"
SHOP = "01932f2e-0000-7000-8000-000000000002"
TALK = "01932f2e-0000-7000-8000-000000000003"
GOODS = "01932f2e-0000-7000-8000-000000000004"


@pytest.fixture
def service(server_clock: FrozenClock) -> Iterator[Service]:
    made = fresh_server(server_clock)
    yield made
    made.db.close()


@pytest.fixture
def device(service: Service) -> Device:
    return Device(service, scopes=(VILLAGE, NEXT, THIRD))


@pytest.fixture
def colleague(device: Device) -> Device:
    """Knows the first village only."""
    return Device(device.service, "Dewi Anggraini", "consultant")


def register(device: Device) -> Ack:
    return device.push(ins=[
        columns("owner", {"id": OWNER, "name": "Siti Aminah", "phone": "+6281200000142"}),
        columns("business", {"id": SHOP, "owner_id": OWNER, "name": "Keripik"}),
        columns("consultation", {"id": TALK, "owner_id": OWNER, "business_id": SHOP, "topics": "nib"}),
        columns("product", {"id": GOODS, "business_id": SHOP, "name": "Keripik pisang"}),
    ])  # fmt: skip


def move(device: Device, to: str = NEXT, scope: str = VILLAGE, entity: str = "owner", row_id: str = OWNER) -> Ack:
    return device.push(scope, mov=[(entity, row_id, 9, to)])


def counts(device: Device) -> dict[str, int]:
    answer = device.send(cursors={VILLAGE: 0, NEXT: 0, THIRD: 0})
    return {scope: check.count for scope, check in answer.check.items()}


def value(device: Device, scope: str, entity: str, row_id: str, name: str) -> Any:
    found = record(device.pull(scope=scope), entity, row_id)
    return found and found.get(name)


def test_an_owner_moves_with_all_that_hangs_on_it(device: Device) -> None:
    register(device)
    ack = move(device)

    assert sorted(moved[:2] for moved in ack.moved) == [
        ("business", SHOP), ("consultation", TALK), ("owner", OWNER), ("product", GOODS),
    ]  # fmt: skip
    assert {moved[4] for moved in ack.moved} == {NEXT}
    assert counts(device) == {VILLAGE: 0, NEXT: 4, THIRD: 0}
    assert value(device, NEXT, "product", GOODS, "name") == "Keripik pisang"


def test_a_laptop_hears_that_a_record_left_and_gets_it_whole_where_it_is(device: Device, colleague: Device) -> None:
    register(device)
    move(device)

    [left] = [page for page in colleague.pull(4).pages if page.scope == VILLAGE]
    assert {(entity, to) for entity, _, _, _, to in left.moved} == {
        ("owner", NEXT), ("business", NEXT), ("consultation", NEXT), ("product", NEXT),
    }  # fmt: skip
    assert left.ins == left.gone == []
    assert record(device.pull(0, NEXT), "owner", OWNER)


def test_an_edit_made_without_knowing_follows_the_record(device: Device, colleague: Device) -> None:
    register(device)
    move(device)
    ack = colleague.push(upd=[("owner", OWNER, 4, 10, {"note": "dari Dewi"})])

    assert [moved[4] for moved in ack.moved] == [NEXT]
    assert (ack.refused, ack.first) == ([], ack.last)
    assert value(device, NEXT, "owner", OWNER, "note") == "dari Dewi"


def test_a_value_that_was_seen_before_the_move_is_replaced_without_a_question(
    device: Device, colleague: Device
) -> None:
    register(device)
    device.push(upd=[("owner", OWNER, 4, 5 << 16, {"note": "pertama"})])
    move(device)
    colleague.push(upd=[("owner", OWNER, 5, 6 << 16, {"note": "dengan melihatnya"})])

    assert value(device, NEXT, "owner", OWNER, "note") == "dengan melihatnya"
    assert "conflict" not in {part.t for page in device.pull(scope=NEXT).pages for part in page.ins}


def test_a_value_that_was_not_seen_before_the_move_is_a_conflict_there(device: Device, colleague: Device) -> None:
    register(device)
    device.push(upd=[("owner", OWNER, 4, 5 << 16, {"note": "tak dilihat"})])
    move(device)
    colleague.push(upd=[("owner", OWNER, 4, 6 << 16, {"note": "dari Dewi"})])

    parts = {part.t: part for page in device.pull(scope=NEXT).pages for part in page.ins}
    assert len(parts["conflict"].c[0]) == 1
    assert value(device, NEXT, "owner", OWNER, "note") == "dari Dewi"


def test_what_the_mover_himself_had_not_seen_stays_somebody_elses(device: Device, colleague: Device) -> None:
    """The move is not the author of the values: the mover's own old edit must not replace them unseen."""
    register(device)
    colleague.push(upd=[("owner", OWNER, 4, 5 << 16, {"note": "dari Dewi"})])
    move(device)
    device.push(upd=[("owner", OWNER, 4, 6 << 16, {"note": "dari Sri"})])

    assert "conflict" in {part.t for page in device.pull(scope=NEXT).pages for part in page.ins}


def test_a_new_record_follows_what_it_hangs_on(device: Device, colleague: Device) -> None:
    register(device)
    move(device)
    late = "01932f2e-0000-7000-8000-000000000009"
    ack = colleague.push(ins=[columns("follow_up", {"id": late, "owner_id": OWNER, "what": "Telepon"})])
    assert [(moved[1], moved[4]) for moved in ack.moved] == [(late, NEXT)]
    colleague.push(upd=[("follow_up", late, ack.last, 12, {"what": "Kunjungi"})])

    assert value(device, NEXT, "follow_up", late, "what") == "Kunjungi"


def test_edits_follow_through_two_moves_and_back(device: Device, colleague: Device) -> None:
    register(device)
    move(device)
    move(device, THIRD, NEXT)
    colleague.push(upd=[("owner", OWNER, 4, 10, {"note": "dua kali pindah"})])
    assert value(device, THIRD, "owner", OWNER, "note") == "dua kali pindah"

    move(device, VILLAGE, THIRD)
    assert counts(device) == {VILLAGE: 4, NEXT: 0, THIRD: 0}
    assert [page.moved for page in colleague.pull().pages] == [[]]
    assert value(device, VILLAGE, "owner", OWNER, "note") == "dua kali pindah"


def test_a_record_offered_again_that_came_back_before_its_deletion_was_forgotten_stays(
    device: Device, server_clock: FrozenClock
) -> None:
    register(device)
    move(device)
    move(device, VILLAGE, NEXT, entity="business", row_id=SHOP)
    device.push(cut=[("business", SHOP, 99, 10)])
    server_clock.forward(days=400)
    assert tombstones.purge(device.service.db, server_clock) > 0
    late = "01932f2e-0000-7000-8000-000000000009"

    ack = device.push(ins=[
        columns("owner", {"id": late, "name": "Budi"}), columns("business", {"id": SHOP, "owner_id": OWNER, "name": "K"}),
    ])  # fmt: skip
    assert (ack.status, ack.refused, ack.moved) == ("done", [], [])
    assert (value(device, VILLAGE, "business", SHOP, "name"), value(device, VILLAGE, "owner", late, "name")) == (
        "K",
        "Budi",
    )


def test_a_deletion_made_without_knowing_follows_too(device: Device, colleague: Device) -> None:
    register(device)
    move(device)
    ack = colleague.push(cut=[("product", GOODS, 4, 10)])

    assert ack.refused == []
    assert counts(device)[NEXT] == 3


def test_a_business_moves_alone_with_what_is_about_it(device: Device) -> None:
    register(device)
    move(device, entity="business", row_id=SHOP)

    assert counts(device) == {VILLAGE: 1, NEXT: 3, THIRD: 0}
    assert value(device, VILLAGE, "owner", OWNER, "name") == "Siti Aminah"


def test_conflicts_move_with_their_record(device: Device, colleague: Device) -> None:
    register(device)
    device.push(upd=[("owner", OWNER, 4, 5 << 16, {"note": "a"})])
    colleague.push(upd=[("owner", OWNER, 4, 6 << 16, {"note": "b"})])
    ack = move(device)

    assert "conflict" in {moved[0] for moved in ack.moved}


@pytest.mark.parametrize(
    ("entity", "row_id", "to", "reason"),
    [("owner", OWNER, "3574031001", "target"), ("consultation", TALK, NEXT, "target"), ("owner", TALK, NEXT, "moved"),
     ("owner", OWNER, VILLAGE, "target"), ("owner", OWNER, "351314", "target")],
)  # fmt: skip
def test_a_move_that_may_not_be_is_refused(device: Device, entity: str, row_id: str, to: str, reason: str) -> None:
    register(device)
    ack = move(device, to, entity=entity, row_id=row_id)

    assert (ack.refused, ack.moved) == ([(0, reason)], [])
    assert counts(device)[VILLAGE] == 4


def test_the_second_move_of_the_same_record_is_told(device: Device) -> None:
    register(device)
    move(device)
    ack = move(device, THIRD)

    assert ack.refused == [(0, "moved")]
    assert counts(device) == {VILLAGE: 0, NEXT: 4, THIRD: 0}


def test_a_move_sent_twice_happens_once(device: Device) -> None:
    register(device)
    body = device.batch(mov=[("owner", OWNER, 9, NEXT)])
    first, again = device.send(body), device.send(body)

    assert bytes(first.acks[0]) == bytes(again.acks[0])
    assert counts(device)[NEXT] == 4


def test_a_grant_that_ended_holds_back_what_was_made_after_it(device: Device, server_clock: FrozenClock) -> None:
    register(device)
    staff.grant(device.service.db, server_clock, device.sender.user, VILLAGE, None)
    millis = int(server_clock.now().timestamp() * 1000)
    before, after = (millis - 1000) << 16, (millis + 60_000) << 16
    ack = device.push(upd=[("owner", OWNER, 4, before, {"note": "sempat"}), ("owner", OWNER, 4, after, {"phone": "x"})])

    assert (ack.status, ack.held) == ("done", [1])
    reader = Device(device.service, "Pembaca", "viewer")
    found = record(reader.pull(), "owner", OWNER)
    assert found
    assert (found["note"], found["phone"]) == ("sempat", "+6281200000142")
    server_clock.forward(days=91)
    assert device.push(upd=[("owner", OWNER, 4, before, {"note": "terlalu lama"})]).held == [0]


@pytest.mark.parametrize("late", ["owner", "business", "consultation"])
def test_new_records_that_hang_together_wait_together(device: Device, server_clock: FrozenClock, late: str) -> None:
    """One was edited after the grant ended: an owner without the business, or the other way round, is never shown."""
    staff.grant(device.service.db, server_clock, device.sender.user, VILLAGE, None)
    millis = int(server_clock.now().timestamp() * 1000)
    stamps = {late: (millis + 60_000) << 16}
    records: list[tuple[str, dict[str, Any]]] = [
        ("owner", {"id": NEIGHBOUR, "name": "Suliha"}),
        ("owner", {"id": OWNER, "name": "Siti Aminah"}),
        ("business", {"id": SHOP, "owner_id": OWNER, "name": "Keripik"}),
        ("consultation", {"id": TALK, "owner_id": OWNER, "business_id": SHOP, "topics": "nib"}),
    ]
    before = (millis - 1000) << 16
    alone, *family = [columns(name, row, hlc=stamps.get(name, before)) for name, row in records]
    alone.c[1] = [before]
    ack = device.push(ins=[alone, *family])

    reader = Device(device.service, "Pembaca", "viewer")
    assert (ack.status, ack.held, reader.pull().check[VILLAGE].count) == ("done", [1, 2, 3], 1)
    for waiting in holding.listed(device.service.db):
        assert accept(device.service.db, server_clock, waiting.id, "")
    assert reader.pull().check[VILLAGE].count == 4


def test_the_same_on_postgresql_also_in_both_directions_at_once(
    postgres_db: Database, server_clock: FrozenClock
) -> None:
    """Scopes are locked in the order of their codes: no deadlock, nothing doubled; edits and new records follow."""
    device = Device(service_on(postgres_db, server_clock), scopes=(VILLAGE, NEXT, THIRD))
    colleague = Device(device.service, "Dewi Anggraini", "consultant")
    test_edits_follow_through_two_moves_and_back(device, colleague)
    ids = [f"01932f2e-0000-7000-8000-0000000001{n:02d}" for n in range(8)]
    device.push(VILLAGE, ins=[columns("owner", *({"id": i, "name": "A"} for i in ids[:4]))])
    device.push(NEXT, ins=[columns("owner", *({"id": i, "name": "B"} for i in ids[4:]))])
    there = [device.batch(VILLAGE, mov=[("owner", i, 9, NEXT)]) for i in ids[:4]]
    back = [device.batch(NEXT, mov=[("owner", i, 9, VILLAGE)]) for i in ids[4:]]
    threads = [threading.Thread(target=device.send, args=bodies) for bodies in (there, back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(device) == {VILLAGE: 8, NEXT: 4, THIRD: 0}
    assert {record(device.pull(scope=NEXT), "owner", i) is not None for i in ids[:4]} == {True}

    late = {"id": "01932f2e-0000-7000-8000-000000000010", "owner_id": ids[0], "what": "Telepon"}
    ack = colleague.push(ins=[columns("follow_up", late)])
    assert [moved[4] for moved in ack.moved] == [NEXT]
    staff.grant(postgres_db, server_clock, colleague.sender.user, VILLAGE, None)
    after = (int(server_clock.now().timestamp() * 1000) + 60_000) << 16
    assert colleague.push(upd=[("owner", ids[4], 99, after, {"note": "terlambat"})]).held == [0]
    [held] = holding.listed(postgres_db)
    accepted = accept(postgres_db, server_clock, held.id, "")
    assert accepted
    assert accepted.refused == []
    assert value(device, VILLAGE, "owner", ids[4], "note") == "terlambat"
