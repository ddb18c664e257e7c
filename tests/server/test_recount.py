"""The weekly recount names what was changed past the program; old deletions are forgotten. On both engines."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.blob_files import BlobFolder
from server import tombstones, weekly
from server.database import Database
from server.recount import Damage, accept, recount
from server.segments import Segments
from server.tables import AUDIT, RECORD_TABLES, SCOPE
from sync.protocol import VerifyRequest
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, record, service_on

IDS = [f"01932f2e-0000-7000-8000-{n:012x}" for n in range(6)]
OWNER = RECORD_TABLES["owner"]


@pytest.fixture
def device(db: Database, server_clock: FrozenClock) -> Device:
    made = Device(service_on(db, server_clock))
    made.push(ins=[columns("owner", *({"id": i, "name": f"Siti {i}", "shoe_size": 41} for i in IDS))])
    return made


def by_hand(device: Device, row_id: str, **values: object) -> None:
    """An UPDATE that somebody typed."""
    with device.service.db.engine.begin() as conn:
        conn.execute(sa.update(OWNER).where(OWNER.c.id == row_id).values(**values))


def test_sound_records_are_found_sound(device: Device) -> None:
    device.push(upd=[("owner", IDS[1], 6, 9, {"note": "baru"})], cut=[("owner", IDS[2], 6, 9)])

    assert recount(device.service.db, device.service.clock) == []


@pytest.mark.parametrize("column", ["name", "note", "extra", "created_at", "_h"])
def test_one_changed_cell_is_named(device: Device, column: str) -> None:
    by_hand(device, IDS[3], **{column: {"extra": '{"shoe_size":42}', "_h": 5}.get(column, "lain")})

    found = recount(device.service.db, device.service.clock)

    assert Damage(VILLAGE, "owner", IDS[3]) in found
    assert {damage.row_id for damage in found} <= {IDS[3], ""}
    with device.service.db.read() as conn:
        told = conn.execute(sa.select(AUDIT.c.subject).where(AUDIT.c.act == "recounted")).scalars().all()
    assert IDS[3] in told[-1]


def test_a_wrong_sum_is_named_and_counted_again(device: Device) -> None:
    before = device.pull().check[VILLAGE]
    with device.service.db.engine.begin() as conn:
        conn.execute(sa.update(SCOPE).where(SCOPE.c.scope == VILLAGE).values(sum=5))
    found = recount(device.service.db, device.service.clock)
    assert found == [Damage(VILLAGE)]

    accept(device.service.db, device.service.clock, found)
    assert device.pull().check[VILLAGE] == before


def test_what_an_administrator_accepts_reaches_every_laptop(device: Device) -> None:
    by_hand(device, IDS[3], name="Siti Dibetulkan")
    found = recount(device.service.db, device.service.clock)
    accept(device.service.db, device.service.clock, found)

    assert recount(device.service.db, device.service.clock) == []
    [change] = device.pull(6).pages[0].upd
    assert (change[1], change[4]["name"], change[4]["shoe_size"]) == (IDS[3], "Siti Dibetulkan", 41)
    fresh = record(device.pull(), "owner", IDS[3])
    assert fresh
    assert fresh["name"] == "Siti Dibetulkan"
    assert device.service.verify(device.sender, VerifyRequest(VILLAGE, rows=[("owner", IDS[3])])).damaged == []


class Once(threading.Event):
    """Time passes once, then the server ends."""

    def wait(self, timeout: float | None = None) -> bool:
        ended = self.is_set()
        self.set()
        return ended


def test_the_week_is_kept_across_processes(device: Device, server_clock: FrozenClock, tmp_path: Path) -> None:
    db = device.service.db
    assert weekly.due(db, server_clock)
    recount(db, server_clock)
    assert not weekly.due(db, server_clock)
    server_clock.forward(days=7)
    assert weekly.due(db, server_clock)

    segments = Segments(db, BlobFolder(tmp_path, bytes(32)), server_clock)
    weekly.every_week(db, server_clock, segments, Once())
    assert not weekly.due(db, server_clock)


def test_a_week_in_which_the_database_is_away_is_not_the_last(
    device: Device, server_clock: FrozenClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    db = device.service.db
    segments = Segments(db, BlobFolder(tmp_path, bytes(32)), server_clock)
    db.write(lambda conn: conn.execute(sa.text("ALTER TABLE audit RENAME TO away")))
    weekly.every_week(db, server_clock, segments, Once())
    assert "the weekly look failed" in caplog.text
    db.write(lambda conn: conn.execute(sa.text("ALTER TABLE away RENAME TO audit")))
    weekly.every_week(db, server_clock, segments, Once())
    assert not weekly.due(db, server_clock)


def test_deletions_are_forgotten_after_a_year_and_the_floor_rises(device: Device, server_clock: FrozenClock) -> None:
    db = device.service.db
    before = device.pull().check[VILLAGE]
    device.push(cut=[("owner", IDS[0], 6, 9)])
    server_clock.forward(days=300)
    device.push(cut=[("owner", IDS[1], 6, 9)])
    assert tombstones.purge(db, server_clock) == 0
    server_clock.forward(days=100)

    assert tombstones.purge(db, server_clock) == 1
    answer = device.pull()
    check = answer.check[VILLAGE]
    assert (check.head, check.count, check.floor) == (8, before.count - 2, 7)
    assert [row_id for page in answer.pages for _, row_id, *_ in page.gone] == [IDS[1]]
    assert recount(db, server_clock) == []
    assert tombstones.purge(db, server_clock, timedelta(days=500)) == 0


def test_a_cursor_below_the_floor_gets_its_page_and_is_told_the_floor(
    device: Device, server_clock: FrozenClock
) -> None:
    device.push(cut=[("owner", IDS[0], 6, 9)])
    device.push(upd=[("owner", IDS[3], 7, 9, {"note": "baru"})])
    server_clock.forward(days=400)
    tombstones.purge(device.service.db, server_clock)

    answer = device.pull(6)  # a laptop may be on its way through a long reading
    assert [(page.cursor, page.gone, len(page.upd)) for page in answer.pages] == [(8, [], 1)]
    assert (answer.check[VILLAGE].floor, answer.more) == (7, False)


def test_a_new_record_with_the_id_of_a_deleted_one_is_an_edit_of_it(device: Device) -> None:
    colleague = Device(device.service, "Dewi Anggraini")
    device.push(cut=[("owner", IDS[0], 6, 9)])

    ack = colleague.push(ins=[columns("owner", {"id": IDS[0], "name": "Siti lagi"})])

    assert (ack.status, ack.refused) == ("done", [])
    opened = {(v["row_id"], v["unit"]) for entity, _, _, _, v in ack.unseen if entity == "conflict"}
    assert (IDS[0], "deleted") in opened
    assert record(device.pull(), "owner", IDS[0])
