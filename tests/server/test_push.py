"""Batches: taken once, judged field by field, refused operation by operation. On both engines."""

import msgspec
import pytest
import sqlalchemy as sa

from server.database import Database
from server.tables import CHANGE, RECORD_TABLES
from sync.protocol import MAX_OPERATIONS, MAX_TEXT
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import DIRECTORY, Device, acks, columns, record, service_on

OWNER = "01932f2e-0000-7000-8000-000000000001"
OTHER = "01932f2e-0000-7000-8000-000000000002"
NEXT = "3513141018"


@pytest.fixture
def device(db: Database, server_clock: FrozenClock) -> Device:
    return Device(service_on(db, server_clock))


@pytest.fixture
def colleague(device: Device) -> Device:
    return Device(device.service, "Dewi Anggraini", "consultant")


def owner(row_id: str = OWNER, **values: object) -> dict[str, object]:
    return {"id": row_id, "name": "Siti Aminah", "phone": "+6281200000142", "created_at": "2026-11-24"} | values


def conflicts(device: Device) -> list[dict[str, object]]:
    pages = device.pull().pages
    parts = [part for page in pages for part in page.ins if part.t == "conflict"]
    return [dict(zip(part.f, values, strict=True)) for part in parts for values in zip(*part.c, strict=True)]


def test_a_new_record_is_taken_and_given_to_others(device: Device, colleague: Device) -> None:
    ack = device.push(ins=[columns("owner", owner())])
    answer = colleague.pull()

    assert (ack.status, ack.first, ack.last, ack.refused) == ("done", 0, 1, [])
    assert record(answer, "owner", OWNER) == owner()
    assert (answer.check[VILLAGE].head, answer.check[VILLAGE].count) == (1, 1)


def test_the_same_bytes_again_give_the_same_answer_and_change_nothing(device: Device) -> None:
    body = device.batch(ins=[columns("owner", owner())])
    first = device.send(body, cursors={VILLAGE: 0})
    again = device.send(body, cursors={VILLAGE: 0})

    assert bytes(again.acks[0]) == bytes(first.acks[0])
    assert again.check == first.check


def test_an_own_batch_is_not_sent_back(device: Device) -> None:
    answer = device.send(device.batch(ins=[columns("owner", owner())]), cursors={VILLAGE: 0})

    assert answer.pages == []


def test_a_counter_that_jumps_is_a_gap_and_nothing_is_taken(device: Device) -> None:
    device.ctr[VILLAGE] = 4

    assert device.push(ins=[columns("owner", owner())]).status == "gap"
    assert device.pull().check[VILLAGE].head == 0


def test_other_bytes_under_a_used_counter_mean_a_copied_laptop(device: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.ctr[VILLAGE] = 0

    assert device.push(ins=[columns("owner", owner(OTHER))]).status == "device-forked"
    assert device.pull().check[VILLAGE].count == 1


def test_an_answer_older_than_the_kept_ones_is_already_done(device: Device) -> None:
    bodies = [device.batch(upd=[("owner", OWNER, 0, n, {"note": str(n)})]) for n in range(1, 67)]
    device.send(*bodies)

    assert [a.status for a in acks(device.send(bodies[0], bodies[2]))] == ["already", "done"]


def test_different_fields_of_two_laptops_merge_in_silence(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"name": "Siti Aminah, S.E."})])
    ack = colleague.push(upd=[("owner", OWNER, 1, 6, {"phone": "+6281200000168"})])

    merged = record(device.pull(), "owner", OWNER)
    assert merged
    assert (merged["name"], merged["phone"]) == ("Siti Aminah, S.E.", "+6281200000168")
    assert [(entity, values) for entity, _, _, _, values in ack.unseen] == [("owner", {"name": "Siti Aminah, S.E."})]
    assert conflicts(device) == []


@pytest.mark.parametrize(("hlc", "wins"), [(9 << 16, True), (3 << 16, False)])
def test_the_same_field_becomes_a_conflict_and_the_later_stamp_is_used(
    device: Device, colleague: Device, hlc: int, wins: bool
) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5 << 16, {"phone": "+6281200000001"})])
    ack = colleague.push(upd=[("owner", OWNER, 1, hlc, {"phone": "+6281200000002"})])

    [conflict] = conflicts(device)
    kept, lost = ("+6281200000002", "+6281200000001") if wins else ("+6281200000001", "+6281200000002")
    used = record(device.pull(), "owner", OWNER)
    assert used
    assert used["phone"] == kept
    assert msgspec.json.decode(str(conflict["kept"])) == {"phone": kept}
    assert msgspec.json.decode(str(conflict["lost"])) == {"phone": lost}
    assert {conflict["kept_by"], conflict["lost_by"]} == {device.sender.user, colleague.sender.user}
    assert conflict["state"] == "open"
    assert "conflict" in [entity for entity, *_ in ack.unseen]


OLD, NEW, THIRD = "+6281200000001", "+6281200000002", "+6281200000003"


def test_who_typed_a_value_and_then_the_one_before_changed_nothing(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner(phone=OLD))])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": NEW})])
    ack = colleague.push(upd=[("owner", OWNER, 1, 9 << 16, {"phone": OLD, "note": "baru"})])

    used = record(device.pull(), "owner", OWNER)
    assert used
    assert (used["phone"], used["note"]) == (NEW, "baru")
    assert (conflicts(device), ack.unseen[0][4]) == ([], {"phone": NEW})


def test_a_value_that_stands_again_as_it_was_seen_is_replaced(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner(phone=OLD))])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": NEW})])
    device.push(upd=[("owner", OWNER, 2, 6, {"phone": OLD})])
    colleague.push(upd=[("owner", OWNER, 1, 3, {"phone": THIRD})])

    used = record(device.pull(), "owner", OWNER)
    assert used
    assert (used["phone"], conflicts(device)) == (THIRD, [])


def test_a_value_that_was_never_seen_is_no_value_before(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner(phone=OLD))])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": NEW})])
    device.push(upd=[("owner", OWNER, 2, 6, {"phone": THIRD})])
    colleague.push(upd=[("owner", OWNER, 2, 7, {"phone": OLD})])

    assert len(conflicts(device)) == 1


def test_equal_values_of_two_laptops_agree(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": "+6281200000001"})])
    colleague.push(upd=[("owner", OWNER, 1, 6, {"phone": "+6281200000001"})])

    assert conflicts(device) == []


def test_a_whole_record_that_meets_one_that_stands_brings_whole_units(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner(address="Jl. Kaca", rt=11, village=VILLAGE))])
    colleague.push(ins=[columns("owner", owner(address="Jl. Suroyo", village=VILLAGE), hlc=9 << 16)])

    used = record(device.pull(), "owner", OWNER)
    assert used
    assert (used["address"], used.get("rt")) == ("Jl. Suroyo", None)
    [conflict] = conflicts(device)
    assert msgspec.json.decode(str(conflict["lost"]))["rt"] == 11


def test_a_server_field_keeps_its_value_whatever_the_stamp(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"nik": "3513144705829917"})])
    colleague.push(upd=[("owner", OWNER, 1, 900, {"nik": "3513144705829918"})])

    [conflict] = conflicts(device)
    assert msgspec.json.decode(str(conflict["kept"])) == {"nik": "3513144705829917"}


def test_a_list_is_united_without_asking(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("business", {"id": OWNER, "name": "Batik", "channels": "home"})])
    device.push(upd=[("business", OWNER, 1, 5, {"channels": "home,market"})])
    ack = colleague.push(upd=[("business", OWNER, 1, 6, {"channels": "home,online"})])

    united = record(device.pull(), "business", OWNER)
    assert united
    assert united["channels"] == "home,market,online"
    assert ack.unseen[-1][-1] == {"channels": "home,market,online"}
    assert conflicts(device) == []


def test_a_session_never_asks_and_loses_nothing(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("consultation", {"id": OWNER, "note": "awal"})])
    device.push(upd=[("consultation", OWNER, 1, 5, {"note": "satu"})])
    colleague.push(upd=[("consultation", OWNER, 1, 6, {"note": "dua"})])

    [conflict] = conflicts(device)
    assert conflict["state"] == "settled"


def test_a_deletion_with_everything_seen_stands(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    before = colleague.pull().check[VILLAGE]
    device.push(cut=[("owner", OWNER, 1, 9)])

    answer = colleague.pull(before.head)
    assert [(entity, row_id) for entity, row_id, *_ in answer.pages[0].gone] == [("owner", OWNER)]
    assert (answer.check[VILLAGE].count, answer.check[VILLAGE].sum) == (0, 0)


def test_an_edit_wins_over_a_deletion_that_had_not_seen_it(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"note": "penting"})])
    ack = colleague.push(cut=[("owner", OWNER, 1, 9)])

    assert record(device.pull(), "owner", OWNER)
    assert [c["unit"] for c in conflicts(device)] == ["deleted"]
    assert {"note": "penting", "deleted": None} in [values for *_, values in ack.unseen]


def test_a_field_of_tomorrow_that_loses_against_a_record_brought_back_is_told(
    device: Device, colleague: Device
) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(cut=[("owner", OWNER, 1, 2 << 16)])
    colleague.push(upd=[("owner", OWNER, 1, 9 << 16, {"note": "masih ada"})])
    ack = Device(device.service, "Rini Astuti").push(upd=[("owner", OWNER, 1, 3 << 16, {"colour": "merah"})])

    assert {"colour": None} in [{n: v for n, v in values.items() if n == "colour"} for *_, values in ack.unseen]


def test_an_edit_of_a_deleted_record_brings_it_back_whole(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(cut=[("owner", OWNER, 1, 5)])
    colleague.push(upd=[("owner", OWNER, 1, 9, {"note": "masih ada"})])

    back = record(device.pull(2), "owner", OWNER)
    assert back == owner(note="masih ada")
    assert [c["unit"] for c in conflicts(device)] == ["deleted"]


def test_unknown_fields_are_kept_and_passed_on(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner(shoe_size=41))])
    device.push(upd=[("owner", OWNER, 1, 5, {"shoe_size": 42})])

    given = record(colleague.pull(), "owner", OWNER)
    assert given
    assert given["extra"] == '{"shoe_size":42}'
    assert colleague.pull(1).pages[0].upd[0][-1] == {"shoe_size": 42}


REFUSED = [
    ("id", columns("owner", owner("not an id"))),
    ("text", columns("owner", owner(name="a\0b"))),
    ("text", columns("owner", owner(name="x" * (MAX_TEXT + 1)))),
    ("type", columns("owner", owner(name=5))),
    ("type", columns("owner", owner(rt="5"))),
    ("type", columns("owner", owner(rt=1 << 63))),
    ("type", columns("owner", owner(rt=1.5))),
    ("type", columns("owner", owner(pkk_cadre=True))),
    ("type", columns("owner", owner(unknown=[1]))),
    ("type", columns("owner", owner(created_at=5))),
    ("name", columns("owner", owner(_seq=5))),
    ("name", columns("owner", owner(scope="3513"))),
    ("stamp", columns("owner", owner(), hlc=-5)),
    ("unknown-entity", columns("spaceship", owner())),
    ("read-only", columns("staff", owner())),
]


@pytest.mark.parametrize(("reason", "bad"), REFUSED, ids=[f"{n}-{r}" for n, (r, _) in enumerate(REFUSED)])
def test_one_bad_record_is_refused_and_the_others_are_taken(sqlite_device: Device, reason: str, bad: object) -> None:
    ack = sqlite_device.push(ins=[bad, columns("owner", owner(OTHER))])

    assert ack.status == "done"
    assert ack.refused == [(0, reason)]
    assert sqlite_device.pull().check[VILLAGE].count == 1


@pytest.fixture
def sqlite_device(sqlite_db: Database, server_clock: FrozenClock) -> Device:
    return Device(service_on(sqlite_db, server_clock))


def test_a_nul_never_reaches_postgresql(device: Device) -> None:
    ack = device.push(ins=[columns("owner", owner(note="a\0"))], upd=[("owner", OTHER, 0, 1, {"x": "\0"})])

    assert [reason for _, reason in ack.refused] == ["text", "text"]


def test_a_patch_of_an_unknown_record_is_refused(device: Device) -> None:
    assert device.push(upd=[("owner", OWNER, 0, 1, {"name": "x"})]).refused == [(0, "unknown-row")]


def test_who_made_a_record_cannot_be_edited(device: Device) -> None:
    device.push(ins=[columns("owner", owner())])

    assert device.push(upd=[("owner", OWNER, 1, 5, {"created_by": "x"})]).refused == [(0, "read-only")]


def test_a_conflict_may_only_be_settled(device: Device, colleague: Device) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": "1"})])
    colleague.push(upd=[("owner", OWNER, 1, 6, {"phone": "2"})])
    [conflict] = conflicts(device)

    settle = ("conflict", str(conflict["id"]), 9, 9, {"state": "settled", "choice": "kept"})
    forge = ("conflict", str(conflict["id"]), 9, 9, {"kept": "{}"})
    assert device.push(upd=[settle, forge]).refused == [(1, "read-only")]
    assert [c["state"] for c in conflicts(device)] == ["settled"]


def test_a_scope_that_is_not_granted_is_neither_written_nor_read(device: Device) -> None:
    answer = device.send(device.batch(NEXT, ins=[columns("owner", owner())]), cursors={NEXT: 0})

    assert acks(answer)[0].status == "no-grant"
    assert NEXT not in answer.check
    assert device.push(DIRECTORY, ins=[columns("owner", owner())]).status == "no-grant"


@pytest.mark.parametrize(
    "body",
    [b"[]", b'{"scope":"x; DROP TABLE owner","ctr":1}', b'{"scope":"3513141017","ctr":-1}',
     b'{"scope":"3513141017","ctr":1,"ins":[{"t":"owner","f":["id","hlc"],"c":[["a"]]}]}',
     b'{"scope":"3513141017","ctr":1,"ins":[{"t":"owner","f":["hlc","id"],"c":[[1],["a"]]}]}',
     b'{"scope":"3513141017","ctr":1,"upd":[["owner"]]}'],
)  # fmt: skip
def test_what_is_no_batch_is_said_so_and_does_not_move_the_lane(sqlite_device: Device, body: bytes) -> None:
    statuses = [ack.status for ack in acks(sqlite_device.send(body))]

    assert statuses in (["invalid"], ["no-grant"])
    assert sqlite_device.push(ins=[columns("owner", owner())]).status == "done"


def test_more_operations_than_allowed_are_no_batch(sqlite_device: Device) -> None:
    many = [("owner", OWNER, 0, 1, {})] * (MAX_OPERATIONS + 1)

    assert sqlite_device.push(upd=many).status == "invalid"


def test_every_sequence_number_has_its_change_with_author_and_old_value(device: Device, db: Database) -> None:
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, 5, {"phone": "+6281200000001"})])

    with db.read() as conn:
        here = CHANGE.c.scope == VILLAGE
        found = conn.execute(sa.select(CHANGE).where(here).order_by(CHANGE.c.seq)).all()
    assert [(c.seq, c.op, c.user_id) for c in found] == [(1, "ins", device.sender.user), (2, "upd", device.sender.user)]
    assert found[1].old == '{"phone":"+6281200000142"}'


def test_a_clock_far_ahead_is_pulled_back(device: Device, colleague: Device, server_clock: FrozenClock) -> None:
    far = (int(server_clock.now().timestamp() * 1000) + 86_400_000) << 16
    device.push(ins=[columns("owner", owner())])
    device.push(upd=[("owner", OWNER, 1, far, {"phone": "1"})])
    server_clock.forward(hours=1)
    later = int(server_clock.now().timestamp() * 1000) << 16
    colleague.push(upd=[("owner", OWNER, 1, later, {"phone": "2"})])

    used = record(device.pull(), "owner", OWNER)
    assert used
    assert used["phone"] == "2"


def test_pages_are_cut_and_nothing_is_missed(device: Device) -> None:
    ids = [f"01932f2e-0000-7000-8000-{n:012x}" for n in range(25)]
    for i in ids:
        device.push(ins=[columns("owner", owner(i)), columns("business", {"id": i})])
    cursor, seen, rounds = 0, 0, 0
    while True:
        answer = device.send(cursors={VILLAGE: cursor}, want=7)
        seen += sum(len(part.c[0]) for page in answer.pages for part in page.ins)
        cursor = answer.pages[-1].cursor
        rounds += 1
        if not answer.more:
            break

    assert (seen, cursor) == (50, 50)
    assert rounds > 3


def test_record_columns_are_those_of_the_declaration(db: Database) -> None:
    found = {c["name"] for c in sa.inspect(db.engine).get_columns("business")}

    assert found == {c.name for c in RECORD_TABLES["business"].columns}
