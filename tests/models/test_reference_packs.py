"""How reference packs are kept: in parts that count only when they are whole, and taken into use with an account."""

import base64

import pytest
import zstandard

from models import packs
from models.packs import Pack
from models.reference_packs import CHECKED, PART, records, take_into_use, whole
from models.store import Store
from models.workdays import holidays as days_off
from sync.protocol import MAX_TEXT
from tests.fakes import FrozenClock

HOLIDAYS = "day,name_id,name_en\n" + "".join(f"2027-01-0{n},Libur {n},Holiday {n}\n" for n in range(1, 9))

pytestmark = pytest.mark.usefixtures("shipped_lists")


def holidays(version: str, dated: str, name: str = "Libur") -> Pack:
    return packs.read("holidays", HOLIDAYS.replace("Libur", name).encode(), version, "Keputusan Contoh 1/2026", dated)


def keep(store: Store, *found: Pack) -> None:
    """What a sync leaves behind."""
    store.save_all(("reference_pack", row) for pack in found for row in records(pack))


def spoilt(rows: list[dict[str, object]], how: str) -> list[dict[str, object]]:
    last = str(rows[-1]["content"])
    match how:
        case "a part missing":
            return rows[:-1]
        case "a part cut short":
            return [*rows[:-1], rows[-1] | {"content": last[:-8]}]
        case "no base64":
            return [*rows[:-1], rows[-1] | {"content": "?" + last[1:]}]
        case "another content":
            other = records(holidays("x", "2026-01-01", "Lain"))[0]["content"]
            return [row | {"content": other} for row in rows]
        case "a size left unsaid":  # could be a bomb
            packer = zstandard.ZstdCompressor().compressobj()
            endless = base64.b64encode(packer.compress(HOLIDAYS.encode()) + packer.flush()).decode()
            return [row | {"content": endless} for row in rows]
        case "a part without a number":
            return [*rows[:-1], rows[-1] | {"part": None}]
        case _:
            return [row | {"name": "scales"} for row in rows]  # of another sort


@pytest.mark.parametrize("how", [
    "a part missing", "a part cut short", "no base64", "another content", "a size left unsaid", "a part without a number", "another name",
])  # fmt: skip
def test_never_half_a_pack(how: str) -> None:
    good, newer = records(holidays("2026", "2025-10-01")), records(holidays("2027", "2026-10-01"))
    assert [p.version for p in whole([*good, *newer])] == ["2027", "2026"]
    assert [p.version for p in whole([*good, *spoilt(newer, how)])] == ["2026"]


def test_a_long_list_goes_in_parts_that_a_record_may_carry() -> None:
    noise = "".join(f"2027-01-01,{n * 7919 % 99_991} {n * 104_729 % 99_989},x\n" for n in range(9_000))
    pack = packs.read("holidays", HOLIDAYS.encode(), "1", "Contoh", "2026-11-01")
    long = Pack(pack.name, "2", "Contoh", "2026-11-01", pack.sha256, zstandard.compress(noise.encode()))
    parts = records(long)
    assert len(parts) > 1
    assert max(len(row["content"]) for row in parts) == PART == MAX_TEXT
    assert [row["part"] for row in parts] == list(range(1, len(parts) + 1))
    assert len({row["id"] for row in parts + records(pack)}) == len(parts) + 1
    assert records(long) == parts  # the same pack is the same records


def test_an_account_brings_its_lists_and_the_next_one_its_own(store: Store, clock: FrozenClock) -> None:
    shipped = days_off()
    keep(store, holidays("2027", "2026-10-01"), holidays("2028", "2026-12-01", "Nanti"))
    take_into_use(store)
    assert {words.id for words in days_off().values()} == {f"Libur {n}" for n in range(1, 9)}
    clock.forward(days=7)
    take_into_use(store)
    assert {words.id for words in days_off().values()} == {f"Nanti {n}" for n in range(1, 9)}
    for row in store.find("reference_pack"):
        store.delete("reference_pack", row["id"])
    take_into_use(store)
    assert days_off() == shipped


def test_a_pack_is_checked_once_and_its_hash_each_time(store: Store) -> None:
    old, new = holidays("2026", "2026-10-01"), holidays("2027", "2026-11-01", "Cuti")
    keep(store, old, new)
    take_into_use(store)
    assert set(store.setting(CHECKED)) == {f"holidays:{old.sha256}", f"holidays:{new.sha256}"}
    store.query("UPDATE reference_pack SET content = 'spoilt' WHERE version = '2027'")
    take_into_use(store)
    assert packs.current("holidays") == old
    assert store.setting(CHECKED) == [f"holidays:{old.sha256}"]
