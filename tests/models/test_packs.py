"""Reference packs: whole lists only, newest first, carried by sync, searched with everyday words."""

import base64
from pathlib import Path

import pytest
import zstandard

from models import packs, reference
from models.errors import FileTrouble
from models.packs import Pack
from models.store import Store
from server import staff
from sync.protocol import MAX_TEXT
from tests.fakes import FrozenClock
from tests.sync.office import Laptop, Office

GIVEN = Path(__file__).parents[3] / "shared" / "data"  # official lists; not part of the project
OFFICIAL = {
    "kbli_2025": (GIVEN / "kbli.csv", 1559),
    "kbli_2020": (GIVEN / "kbli_2020.csv", 1790),
    "kbli_changes": (GIVEN / "kbli_2020_2025.csv", 1914),
    "regions": (GIVEN / "wilayah.csv", 91_599),
}
SHIPPED = ("services", "checklists", "scales", "holidays")
HOLIDAYS = "day,name_id,name_en\n" + "".join(f"2027-01-0{n},Libur {n},Holiday {n}\n" for n in range(1, 9))
needs_lists = pytest.mark.skipif(
    not all(path.exists() for path, _ in OFFICIAL.values()), reason="the official lists are not beside the project"
)


def read(name: str, data: bytes, version: str = "1", dated: str = "2026-11-20") -> Pack:
    return packs.read(name, data, version, "Keputusan Contoh 1/2026", dated)


def holidays(version: str, dated: str, name: str = "Libur") -> Pack:
    return read("holidays", HOLIDAYS.replace("Libur", name).encode(), version, dated)


def official(name: str) -> Pack:
    return read(name, OFFICIAL[name][0].read_bytes())


def kbli(categories: str = "ABCDEFGHIJKLMNOPQRSTUV", count: int = 1_520) -> str:
    """An invented list in the form of KBLI 2025."""
    lines = [f"{10_000 + n},KEGIATAN CONTOH {n},{categories[n * len(categories) // count]}" for n in range(count)]
    return "\n".join(["code,title,category", *lines, ""])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_lists_are_packs_of_their_sort(name: str) -> None:
    data = (reference.FOLDER / f"{name}.csv").read_bytes()
    pack = read(name, data)
    lines = [line for line in data.decode().splitlines() if line and not line.startswith("#")]
    assert len(pack.rows()) == len(lines) - 1
    others = [other for other in packs.SORTS if other != name and reads(other, data)]
    assert others == []


def reads(name: str, data: bytes) -> bool:
    try:
        read(name, data)
    except FileTrouble:
        return False
    return True


@needs_lists
@pytest.mark.parametrize("name", OFFICIAL)
def test_official_lists_are_read_whole_and_only_as_what_they_are(name: str) -> None:
    path, count = OFFICIAL[name]
    data = path.read_bytes()
    assert len(read(name, data).rows()) == count
    assert [other for other in OFFICIAL if reads(other, data)] == [name]
    assert not reads(name, data[: len(data) // 2])
    assert not reads(name, data[:-8])  # within the last line


def test_excels_semicolons_and_mark_make_the_same_pack() -> None:
    excel = "\ufeff" + HOLIDAYS.replace(",", ";").replace("\n", "\r\n")
    assert read("holidays", excel.encode()) == read("holidays", HOLIDAYS.encode())


@pytest.mark.parametrize(("data", "said"), [
    (b"", "CSV"),
    (b"\xff\xfe\x00", "CSV"),
    (kbli().encode(), "Ini bukan daftar Hari libur. Kolom yang diperlukan: day, name_id, name_en."),
    (HOLIDAYS[:-40].encode(), "terpotong: berhenti di baris 8"),
    (HOLIDAYS[:60].encode(), "terpotong"),
    (HOLIDAYS.replace("Libur 4", '"Libur 4').encode(), "terpotong"),
    (HOLIDAYS.replace(",Holiday 3", "").encode(), "berhenti di baris 4"),
    (HOLIDAYS.replace("2027-01-05", "5 Januari").encode(), "baris 6: day “5 Januari” tidak sesuai"),
    (HOLIDAYS.replace("2027-01-05", "2027-01-04").encode(), "baris 6: “2027-01-04” sudah ada di atas"),
])  # fmt: skip
def test_a_list_that_is_cut_or_of_another_sort_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(FileTrouble) as refused:
        read("holidays", data)
    assert said in refused.value.words.id
    assert refused.value.words.en
    assert "{" not in refused.value.words.id + refused.value.words.en


def test_a_classification_without_one_of_its_categories_is_refused() -> None:
    assert len(read("kbli_2025", kbli().encode()).rows()) == 1_520
    with pytest.raises(FileTrouble) as refused:
        read("kbli_2025", kbli("ABCDEFGHIJKLMNOPQRSTU").encode())
    assert "category V" in refused.value.words.id


@pytest.mark.parametrize("missing", range(3))
def test_a_pack_says_where_it_is_from(missing: int) -> None:
    signed = ["2", "Keputusan Contoh", "2026-11-20"]
    signed[missing] = "  "
    with pytest.raises(FileTrouble):
        packs.read("holidays", HOLIDAYS.encode(), *signed)


def test_the_newest_whole_version_counts_and_the_same_pack_adds_nothing(store: Store) -> None:
    assert packs.current(store, "holidays") is None
    first, second = holidays("2026", "2025-10-01"), holidays("2027", "2026-10-01", "Cuti")
    packs.save(store, second)
    packs.save(store, first)
    assert not packs.save(store, first)
    assert packs.versions(store, "holidays") == [second, first]
    assert packs.current(store, "holidays") == second
    assert packs.current(store, "services") is None


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
            other = packs.records(holidays("x", "2026-01-01", "Lain"))[0]["content"]
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
    good, newer = packs.records(holidays("2026", "2025-10-01")), packs.records(holidays("2027", "2026-10-01"))
    assert [p.version for p in packs.whole([*good, *newer])] == ["2027", "2026"]
    assert [p.version for p in packs.whole([*good, *spoilt(newer, how)])] == ["2026"]


def administrator(office: Office) -> tuple[Laptop, Laptop]:
    """One who may load lists, and one who receives them."""
    admin, sri = office.laptop("Pemilik Daftar"), office.laptop("Sri Wahyuni")
    for laptop, access in ((admin, "write"), (sri, "read")):
        staff.grant(office.service.db, office.clock, laptop.device.sender.user, packs.SCOPE, access)  # type: ignore[arg-type]
        laptop.sync()
    return admin, sri


def test_sync_carries_a_pack_to_every_laptop(clock: FrozenClock) -> None:
    admin, sri = administrator(Office(clock))
    pack = holidays("2027", "2026-10-01")
    packs.save(admin.store, pack)
    for laptop in (admin, sri):
        laptop.sync()
    assert packs.current(sri.store, "holidays") == pack
    packs.save(sri.store, holidays("9999", "2026-11-01"))  # whoever only reads the scope changes no list for others
    for laptop in (sri, admin):
        laptop.sync()
    assert packs.current(admin.store, "holidays") == pack


@needs_lists
def test_the_largest_list_travels_in_parts_within_the_limits(clock: FrozenClock) -> None:
    admin, sri = administrator(Office(clock))
    pack = official("regions")
    parts = packs.records(pack)
    assert len(parts) > 1
    assert max(len(row["content"]) for row in parts) <= MAX_TEXT
    admin.store.save_all(("reference_pack", row) for row in parts[:-1])
    for laptop in (admin, sri):
        laptop.sync()
    assert packs.current(sri.store, "regions") is None
    packs.save(admin.store, pack)
    for laptop in (admin, sri):
        laptop.sync()
    assert packs.current(sri.store, "regions") == pack


@needs_lists
def test_everyday_words_come_first_then_the_official_list(store: Store) -> None:
    assert [code for code, _ in packs.kbli_search(store, "pracangan")] == ["47112"]
    assert packs.kbli_search(store, "kelapa sawit perkebunan") == []
    packs.save(store, official("kbli_2025"))
    assert next(iter(packs.kbli_search(store, "keripik")))[0] == "10794"
    assert [code for code, _ in packs.kbli_search(store, "pracangan")] == ["47112"]
    assert packs.kbli_search(store, "99000")[0][1].startswith("AKTIVITAS BADAN INTERNASIONAL")
    assert packs.kbli_search(store, "   ") == []


@needs_lists
def test_what_became_of_a_code_is_said_in_the_words_of_the_list(store: Store) -> None:
    assert packs.kbli_changes(store, "10794") == []
    packs.save(store, official("kbli_changes"))
    packs.save(store, official("kbli_2025"))
    [stayed] = packs.kbli_changes(store, "10794")
    assert stayed.same_meaning
    assert stayed.title == "INDUSTRI KERUPUK, KERIPIK, PEYEK, DAN SEJENISNYA"
    [merged] = packs.kbli_changes(store, "13133")  # 13133 exists in 2025 too, with another meaning
    assert (merged.code, merged.change, merged.same_meaning) == ("13139", "Gabung Kode", False)
    [renamed] = packs.kbli_changes(store, "15121")
    assert (renamed.code, renamed.same_meaning) == ("15121", False)
    [gone] = packs.kbli_changes(store, "01119")
    assert (gone.code, gone.title, gone.same_meaning) == ("", "", False)


def test_a_retired_region_leads_to_its_successor(store: Store) -> None:
    here, there, further, back = (r.code for r in reference.children("351314")[:4])
    assert packs.region_now(store, here) == here
    shipped = (reference.FOLDER / "regions.csv").read_text(encoding="utf-8").splitlines()
    retired = {here: there, there: further, back: "3574", "3574": back}
    lines = ["code,name,successor", *(f"{line},{retired.get(line.partition(',')[0], '')}" for line in shipped)]
    packs.save(store, read("regions", ("\n".join(lines) + "\n").encode()))
    assert packs.region_now(store, here) == further
    assert packs.region_now(store, further) == further
    assert packs.region_now(store, back) in (back, "3574")  # two that name each other: it ends
