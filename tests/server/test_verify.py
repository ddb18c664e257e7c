"""What differs is narrowed down on both engines: bucket sums, hashes, records, the server's own damage."""

from typing import Any

import pytest
import sqlalchemy as sa

from models.canonical import bucket, plus
from server.access import Denied
from server.database import Database
from server.tables import RECORD_TABLES
from sync.protocol import MAX_NAMED, BadMessage, VerifyAnswer, VerifyRequest
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import DIRECTORY, Device, columns, service_on

IDS = [f"01932f2e-0000-7000-8000-{n:012x}" for n in range(300)]


@pytest.fixture
def device(db: Database, server_clock: FrozenClock) -> Device:
    made = Device(service_on(db, server_clock))
    made.push(
        ins=[columns("owner", *({"id": i, "name": f"Siti {i}"} for i in IDS)), columns("business", {"id": IDS[7]})]
    )
    made.push(cut=[("owner", IDS[0], 301, 9)])
    return made


def ask(device: Device, **what: Any) -> VerifyAnswer:
    return device.service.verify(device.sender, VerifyRequest(VILLAGE, **what))


def test_the_sums_of_the_buckets_make_the_scopes_sum(device: Device) -> None:
    check = device.pull().check[VILLAGE]
    answer = ask(device)

    assert len(answer.sums) == 256
    assert (answer.head, plus(0, answer.sums)) == (check.head, check.sum)


def test_a_bucket_lists_its_live_records(device: Device) -> None:
    wanted = [bucket(IDS[0]), bucket(IDS[7])]
    answer = ask(device, buckets=wanted)

    assert {(entity, row_id) for entity, row_id, _ in answer.hashes} == {
        ("owner", IDS[256]), ("owner", IDS[7]), ("owner", IDS[263]), ("business", IDS[7]),
    }  # fmt: skip


def test_records_come_whole_deleted_ones_as_gone_unknown_ones_not_at_all(device: Device) -> None:
    unknown = IDS[1][:-12] + "f" * 12
    answer = ask(device, rows=[("owner", IDS[0]), ("owner", IDS[5]), ("owner", unknown), ("no_such_thing", IDS[5])])

    assert answer.page
    assert [(part.t, part.c[0]) for part in answer.page.ins] == [("owner", [IDS[5]])]
    assert [(entity, row_id) for entity, row_id, *_ in answer.page.gone] == [("owner", IDS[0])]
    assert answer.damaged == []


def test_a_record_changed_behind_the_servers_back_is_named_and_not_given(device: Device) -> None:
    table = RECORD_TABLES["owner"]
    with device.service.db.engine.begin() as conn:
        conn.execute(sa.update(table).where(table.c.id == IDS[5]).values(name="lain"))

    answer = ask(device, rows=[("owner", IDS[5]), ("owner", IDS[6])])
    assert answer.damaged == [("owner", IDS[5])]
    assert answer.page
    assert [part.c[0] for part in answer.page.ins] == [[IDS[6]]]


def test_only_who_may_see_a_scope_may_compare_it(device: Device) -> None:
    stranger = Device(device.service, "Orang Lain", scopes=(DIRECTORY,))

    with pytest.raises(Denied):
        ask(stranger)
    with pytest.raises(Denied):
        device.service.verify(device.sender, VerifyRequest("9999999999"))


@pytest.mark.parametrize("rows", [[("owner", "no id")], [("owner", IDS[0])] * (MAX_NAMED + 1)])
def test_what_cannot_be_asked_is_refused(device: Device, rows: list[Any]) -> None:
    with pytest.raises(BadMessage):
        ask(device, rows=rows)
