"""A first reading in ready-made parts: whole, resumed where it broke off, and given up when it must be."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models import outbox, settling
from models.blob_files import BlobFolder
from server import segments as making
from server.access import Denied
from server.segments import Segments
from server.tables import SEGMENT
from sync import segments as reading
from sync.engine import Offline
from sync.link import NotThere
from sync.protocol import Segment, decode, unpack
from tests.fakes import VILLAGE, business, owner
from tests.server.helpers import Device
from tests.sync.office import Laptop, Office

ROWS, MANY = 4, 10


@pytest.fixture
def hall(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office that makes parts of four records, with five owners who have a business each."""
    for module in (making, reading):
        monkeypatch.setattr(module, "SEGMENTS_FROM", MANY)
    monkeypatch.setattr(making, "SEGMENT_ROWS", ROWS)
    folder = BlobFolder(tmp_path / "blobs", bytes(32))
    office.service = replace(office.service, segments=Segments(office.service.db, folder, office.clock))
    first = office.laptop()
    for n in range(MANY // 2):
        first.save("business", **business(first.save("owner", **owner(n)), n))
    assert first.sync().equal is True
    return office


def asked(laptop: Laptop) -> list[int]:
    """The numbers of the parts that are fetched from now on."""
    numbers: list[int] = []
    fetch = laptop.line.segment

    def segment(scope: str, upto: int, no: int) -> bytes:
        numbers.append(no)
        return fetch(scope, upto, no)

    laptop.line.segment = segment
    return numbers


def test_a_new_laptop_reads_the_parts_and_pulls_only_what_came_later(hall: Office) -> None:
    hall.service.listing(Device(hall.service, "Pembaca").sender, VILLAGE)
    late = hall.laptop("Rina")
    late.engine._link = _without_parts(late)
    late.save("owner", **owner(50))
    late.sync()
    dewi = hall.laptop("Dewi Anggraini")
    numbers = asked(dewi)

    outcome = dewi.sync()

    assert (outcome.equal, outcome.reason, outcome.compared_anew) == (True, None, ())
    assert outcome.mended == []
    assert numbers == list(range(len(numbers)))  # each once, in order
    assert len(numbers) > 2
    assert dewi.store.count("owner") == MANY // 2 + 1
    assert outcome.received_of["owner"] == MANY // 2 + 1
    assert dewi.store.setting("sync.first_reading") == {}


def _without_parts(laptop: Laptop) -> Any:
    def not_there(*_: object) -> Any:
        raise NotThere

    laptop.line.segments = not_there
    return laptop.line


def break_off(laptop: Laptop) -> None:
    """The line breaks when the first part is here."""
    whole = laptop.line.segment

    def breaks(scope: str, upto: int, no: int) -> bytes:
        if no == 1:
            raise Offline
        return whole(scope, upto, no)

    laptop.line.segment = breaks
    assert laptop.sync().offline is True
    laptop.line.segment = whole


def test_a_broken_reading_goes_on_at_the_next_part(hall: Office) -> None:
    dewi = hall.laptop("Dewi Anggraini")
    numbers = asked(dewi)
    break_off(dewi)
    assert outbox.scopes(dewi.store)[VILLAGE].cursor == 0
    hall.laptop("Rina").sync()

    assert dewi.sync().equal is True
    assert numbers == list(range(len(numbers)))  # each once, in order
    assert len(numbers) > 2


def test_what_waits_on_the_laptop_is_kept_and_sent(hall: Office) -> None:
    dewi = hall.laptop("Dewi Anggraini")
    mine = dewi.save("owner", **owner(70))

    assert dewi.sync().equal is True
    rina = hall.laptop("Rina")
    rina.sync()
    assert rina.get("owner", mine)["name"] == owner(70)["name"]


def test_who_has_sent_something_reads_page_by_page_because_no_part_names_what_was_deleted(hall: Office) -> None:
    dewi = hall.laptop("Dewi Anggraini")
    mine = dewi.save("owner", **owner(70))
    dewi.engine._link = _without_parts(dewi)
    dewi.line.before_answer = offline
    assert dewi.sync().offline is True  # the batch arrived, its answer did not
    dewi.line.before_answer = None
    del dewi.line.segments
    sri = hall.laptop("Rina")
    sri.sync()
    sri.store.delete("owner", mine)
    sri.sync()
    numbers = asked(dewi)

    dewi.engine._greeted = False
    outcome = dewi.sync()
    assert (outcome.equal, outcome.mended, numbers) == (True, [], [])
    assert dewi.get("owner", mine)["deleted"]


def offline(*_: object) -> Any:
    raise Offline


def test_a_part_that_is_not_what_was_listed_gives_way_to_pages(hall: Office) -> None:
    dewi = hall.laptop("Dewi Anggraini")
    numbers = asked(dewi)
    fetch = dewi.line.segment

    def changed(scope: str, upto: int, no: int) -> bytes:
        return fetch(scope, upto, no)[:-no]

    dewi.line.segment = changed
    assert (dewi.sync().equal, numbers) == (True, [0])
    assert dewi.store.count("owner") == MANY // 2


def test_a_reading_begun_before_the_server_came_back_from_a_backup_ends_in_pages(hall: Office) -> None:
    dewi, sri, rina = hall.laptop("Dewi Anggraini"), hall.laptop("Sri Lain"), hall.laptop("Rina")
    copy = hall.backup()
    sri.save("owner", **owner(60))
    assert sri.sync().equal is True
    break_off(dewi)
    hall.bring_back(copy)
    rina.save("owner", **owner(61))  # under the number that the lost one had
    assert rina.sync().equal is True
    rina.office.service.listing(rina.device.sender, VILLAGE)

    outcome = dewi.sync()
    assert (outcome.equal, outcome.offline, outcome.mended) == (True, False, [])
    assert sri.sync().equal is dewi.sync().equal is True
    assert dewi.store.count("owner") == MANY // 2 + 2


def test_a_laptop_that_is_enrolled_anew_while_it_reads_counts_every_record(hall: Office) -> None:
    dewi, other = hall.laptop("Dewi Anggraini"), hall.laptop("Dewi Anggraini")
    break_off(dewi)
    outbox.become(dewi.store, other.device.sender.device, "", other.device.sender.user)
    dewi.line.sender = other.device.sender

    outcome = dewi.sync()
    assert (outcome.equal, outcome.mended, dewi.store.count("owner")) == (True, [], MANY // 2)


def test_a_part_brings_what_a_copy_of_this_laptop_deleted_before_it_knew_that_it_was_sent(hall: Office) -> None:
    sri, dewi = hall.laptop("Sri Lain"), hall.laptop("Dewi Anggraini")
    kept = sri.save("owner", **owner(60))
    sri.store.db.conn.backup(dewi.store.db.conn)
    outbox.become(dewi.store, dewi.device.sender.device, "", dewi.device.sender.user)
    dewi.store.delete("owner", kept)
    assert sri.sync().equal is True
    hall.clock.forward(days=8)  # a new set of parts is due

    assert (dewi.sync().equal, outbox.waiting(dewi.store)) == (True, 0)
    assert [one.lost.values for one in settling.open_conflicts(dewi.store)] == [{"deleted": 1}]
    assert dewi.get("owner", kept)["deleted"] is None


def test_parts_that_are_no_longer_kept_give_way_to_pages(hall: Office) -> None:
    dewi = hall.laptop("Dewi Anggraini")

    def dropped(*_: object) -> bytes:
        raise NotThere

    dewi.line.segment = dropped
    assert dewi.sync().equal is True
    assert dewi.store.count("business") == MANY // 2


def test_a_set_serves_until_much_changed_or_a_week_is_over(hall: Office) -> None:
    device = Device(hall.service, "Pembaca")
    first = hall.service.listing(device.sender, VILLAGE)
    assert hall.service.listing(device.sender, VILLAGE) == first
    hall.clock.forward(days=8)
    assert hall.service.listing(device.sender, VILLAGE).segments[0].sha256 == first.segments[0].sha256
    sri = hall.laptop("Sri Lain")
    for n in range(3):
        sri.save("owner", **owner(80 + n))
    sri.sync()

    newer = hall.service.listing(device.sender, VILLAGE)
    assert newer.upto > first.upto
    assert sum(entry.rows for entry in newer.segments) == device.pull().check[VILLAGE].count
    assert hall.service.part(device.sender, VILLAGE, first.upto, 0)  # for who is still reading it


def test_a_part_holds_whole_records_in_order_as_of_one_moment(hall: Office) -> None:
    device = Device(hall.service, "Pembaca")
    listing = hall.service.listing(device.sender, VILLAGE)
    parts = [
        decode(unpack(hall.service.part(device.sender, VILLAGE, listing.upto, no), "zstd"), Segment)
        for no in range(len(listing.segments))
    ]

    ids = {
        name: [i for part in parts for c in part.ins if c.t == name for i in c.c[0]] for name in ("owner", "business")
    }
    assert all(found == sorted(found) and len(found) == MANY // 2 for found in ids.values())
    assert {(part.scope, part.upto) for part in parts} == {(VILLAGE, listing.upto)}
    assert [part.no for part in parts] == list(range(len(parts)))


def test_a_small_scope_has_no_parts_and_a_strange_one_none_for_me(
    hall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(hall.service, "Pembaca")
    monkeypatch.setattr(making, "SEGMENTS_FROM", 10 * MANY)
    assert hall.service.listing(device.sender, VILLAGE).segments == []
    with pytest.raises(Denied):
        hall.service.listing(device.sender, "3513141018")
    with pytest.raises(Denied):
        hall.service.part(device.sender, VILLAGE, 3, 99)


def test_after_a_week_no_part_is_left(hall: Office) -> None:
    device = Device(hall.service, "Pembaca")
    hall.service.listing(device.sender, VILLAGE)
    parts = hall.service.segments
    assert parts
    hall.clock.forward(days=6)
    parts.forget()
    with hall.service.db.read() as conn:
        assert conn.execute(sa.select(SEGMENT)).all()
    hall.clock.forward(days=2)
    parts.forget()
    with hall.service.db.read() as conn:
        assert conn.execute(sa.select(SEGMENT)).all() == []
    assert not any(path.is_file() for path in parts.folder.folder.rglob("*"))
    assert timedelta(days=7) == making.KEPT
