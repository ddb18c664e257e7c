"""Blocks of numbers from the server: two laptops never give out one number, however long they are offline."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from models.number_blocks import SIZES
from models.numbering import GIVEN, left, next_letter, next_number, take_letter
from models.store import Store
from server import number_blocks, staff
from server.database import Database
from server.tables import RECORD_TABLES
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, columns, service_on
from tests.sync.office import Laptop, Office

MONTH = "2026/11"
NEXT = "3513141018"


def test_every_laptop_that_greets_at_once_gets_ranges_of_its_own(db: Database, server_clock: FrozenClock) -> None:
    here = service_on(db, server_clock)
    devices = [Device(here, f"Kasie {n}") for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(2):  # greeting again changes nothing
            list(threads.map(here.hello, [device.sender for device in devices]))
    table = RECORD_TABLES["number_block"]
    with db.read() as conn:
        blocks = conn.execute(sa.select(table.c.series, table.c.device, table.c.first, table.c.last)).all()
    assert len(blocks) == len(devices) * len(SIZES)
    for series, size in SIZES.items():
        ranges = sorted((b.first, b.last) for b in blocks if b.series == series)
        assert ranges == [(1 + n * size, (n + 1) * size) for n in range(len(devices))]


def test_a_scope_granted_later_brings_its_block(server_clock: FrozenClock, sqlite_db: Database) -> None:
    sri = Device(service_on(sqlite_db, server_clock))
    sri.service.hello(sri.sender)
    assert "number_block" not in [part.t for page in sri.pull(scope=NEXT).pages for part in page.ins]
    staff.grant(sqlite_db, server_clock, sri.sender.user, NEXT, "write")
    sri.service.hello(sri.sender)
    assert "number_block" in [part.t for page in sri.pull(scope=NEXT).pages for part in page.ins]


def test_a_laptop_may_bring_a_block_back_and_never_change_one(server_clock: FrozenClock, sqlite_db: Database) -> None:
    sri = Device(service_on(sqlite_db, server_clock))
    block = {
        "id": server_clock.new_id(),
        "series": "case",
        "region": VILLAGE,
        "device": "gone",
        "first": 1,
        "last": 200,
    }
    assert sri.push(ins=[columns("number_block", block)]).refused == []
    assert sri.push(upd=[("number_block", block["id"], 9, 9, {"last": 900})]).refused == [(0, "read-only")]
    assert sri.push(cut=[("number_block", block["id"], 9, 9)]).refused == [(0, "read-only")]
    sri.service.hello(sri.sender)
    assert ranges(sqlite_db, sri, "case") == [(201, 400)]


def ranges(db: Database, of: Device, series: str) -> list[tuple[int, int]]:
    table = RECORD_TABLES["number_block"]
    mine = (table.c.device == of.sender.device) & (table.c.series == series)
    with db.read() as conn:
        return [(row.first, row.last) for row in conn.execute(sa.select(table).where(mine))]


def test_a_server_back_from_a_backup_leaves_free_what_was_given_out_since(
    server_clock: FrozenClock, sqlite_db: Database
) -> None:
    here = service_on(sqlite_db, server_clock)
    sri, dewi = Device(here), Device(here, "Dewi Anggraini")
    here.hello(sri.sender)
    for _ in range(2):  # and the next time again
        number_blocks.skip(sqlite_db, server_clock)
    here.hello(dewi.sender)
    assert ranges(sqlite_db, sri, "session") == [(1, 200)]
    assert ranges(sqlite_db, dewi, "session") == [(1 + 11 * 200, 12 * 200)]


def offline(laptop: Laptop) -> list[str]:
    """The numbers that a laptop gives out by itself: the first and the last of its block, and beyond."""

    def letter(store: Store) -> str:
        number = next_letter(store, "RP", store.clock.today())
        take_letter(store, number)
        return number

    gives: dict[str, Callable[[Store], str]] = {
        f"KK/{VILLAGE}/{MONTH}/": lambda store: next_number(store, "session", VILLAGE),
        f"FS/{VILLAGE}/{MONTH}/": lambda store: next_number(store, "case", VILLAGE),
        f"RP/{MONTH}/": letter,
    }
    given: list[str] = []
    for (stem, give), (series, size) in zip(gives.items(), SIZES.items(), strict=True):
        given += [give(laptop.store) for _ in range(3)]
        [block] = laptop.store.find("number_block", series=series, device=laptop.device.sender.device)
        assert block["last"] - block["first"] + 1 == size
        laptop.store.set_setting(GIVEN, laptop.store.setting(GIVEN) | {stem: block["last"] - 2})
        given += [give(laptop.store) for _ in range(5)]  # two more, then past the block
    return given


def test_two_laptops_offline_never_give_out_one_number(clock: FrozenClock) -> None:
    office = Office(clock)
    sri, dewi = office.laptop("Sri Wahyuni"), office.laptop("Sri Wahyuni")  # even two of one name and office
    stem = f"KK/{VILLAGE}/{MONTH}/"
    for laptop in (sri, dewi):
        assert laptop.sync().equal
        assert left(laptop.store, "session", VILLAGE) == SIZES["session"]
        assert left(laptop.store, "letter", "RP") == SIZES["letter"]
    numbers = [offline(laptop) for laptop in (sri, dewi)]
    assert len({*numbers[0], *numbers[1]}) == len(numbers[0]) + len(numbers[1])
    assert numbers[0][:2] == [f"{stem}0001", f"{stem}0002"]
    assert numbers[1][:2] == [f"{stem}0201", f"{stem}0202"]
    assert numbers[1][7] == f"{stem}0003-01"
    assert numbers[1][-1] == f"RP/{MONTH}/101003"
    assert [left(laptop.store, "case", VILLAGE) for laptop in (sri, dewi)] == [0, 0]
