"""Lists of reference from the Dinas: taken in whole by the server, read by every laptop, written by none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import kbli, packs, scales, services
from models.packs import FOLDER
from models.reference_packs import SCOPE, records
from models.store import Store
from server import ours, reference_packs, staff
from server.database import Database
from sync.engine import Engine, Outcome
from sync.enrol import enrol_account, link, read_file
from tests.fakes import MINUTE, VILLAGE, FrozenClock
from tests.server.helpers import Device, acks, columns, service_on
from tests.server.process import ServerProcess

HOLIDAYS = "day,name_id,name_en\n" + "".join(f"2027-01-0{n},Libur {n},Holiday {n}\n" for n in range(1, 9))
SIGNED = ("--version", "2", "--source", "Keputusan Contoh 1/2026", "--dated", "2026-11-01")

pytestmark = pytest.mark.usefixtures("shipped_lists")


def holidays(version: str = "1") -> packs.Pack:
    return packs.read("holidays", HOLIDAYS.encode(), version, "Keputusan Contoh 1/2026", "2026-11-01")


def test_a_pack_is_kept_once_and_stands_for_everybody(db: Database, server_clock: FrozenClock) -> None:
    sri = Device(service_on(db, server_clock))
    assert reference_packs.load(db, server_clock, holidays())
    assert not reference_packs.load(db, server_clock, holidays())
    assert reference_packs.load(db, server_clock, holidays("2"))
    assert [pack.version for pack in reference_packs.loaded(db)] == ["2", "1"]
    [page] = sri.pull(scope=SCOPE).pages
    assert [part.t for part in page.ins] == ["reference_pack"]


def test_no_laptop_writes_a_list(server_clock: FrozenClock, sqlite_db: Database) -> None:
    sri = Device(service_on(sqlite_db, server_clock))
    staff.grant(sqlite_db, server_clock, sri.sender.user, SCOPE, "write")  # not even who is given the scope by mistake
    part = {name: value for name, value in records(holidays())[0].items() if name != "scope"}
    assert sri.push(VILLAGE, ins=[columns("reference_pack", part)]).refused == [(0, "read-only")]
    assert acks(sri.send(sri.batch(SCOPE, ins=[columns("reference_pack", part)])))[0].status == "no-grant"


def test_what_two_processes_write_at_once_is_both_taken(db: Database, server_clock: FrozenClock) -> None:
    """The second decides again on what the first wrote: here, only one may add the record."""
    Device(service_on(db, server_clock))
    first, second = holidays("1"), holidays("2")
    looks: list[int] = []

    def lacking(conn: object) -> list[dict[str, object]]:
        looks.append(len(reference_packs.loaded(db)))
        if len(looks) == 1:
            reference_packs.load(db, server_clock, first)  # another process, between our look and our write
        return records(second)

    assert ours.write(db, server_clock, SCOPE, "reference_pack", lacking) == 1
    assert looks == [0, 1]
    assert {pack.version for pack in reference_packs.loaded(db)} == {"1", "2"}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    running = ServerProcess(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


def sync(store: Store, process: ServerProcess, folder: Path) -> Outcome:
    """A new laptop of Sri, enrolled by file, and its first sync."""
    process.run("staff", "add", "Sri Wahyuni", "--role", "kasie", "--region", VILLAGE)
    ticket = folder / "sri.dampingi"
    process.run("code", "Sri Wahyuni", "--file", str(ticket), "--address", process.address)
    enrol_account(lambda work: work(store), read_file(ticket))
    return again(store)


def again(store: Store) -> Outcome:
    line = link(store)
    assert line
    return Engine(lambda work: work(store), line).run()


def test_what_the_dinas_loads_is_found_on_the_laptop_after_a_sync(
    process: ServerProcess, store: Store, tmp_path: Path
) -> None:
    assert sync(store, process, tmp_path).equal

    added = "digital,Etalase daring,Online show window,Etalase,Window,marketing,Toko daring,Online shop,,marketing\n"
    higher = "2026-01-01,micro,Mikro,Micro,1000000000,3000000000\n2026-01-01,large,Besar,Large,,\n"
    letters = "ABCDEFGHIJKLMNOPQRSTUV"
    codes = "".join(f"{60_000 + n},KEGIATAN CONTOH {n},{letters[n * 22 // 1600]}\n" for n in range(1_600))
    files = {"services": (FOLDER / "services.csv").read_text("utf-8") + added,
             "scales": (FOLDER / "scales.csv").read_text("utf-8") + higher,
             "kbli_2025": f"code,title,category\n10299,PENGASAPAN BELUT,C\n{codes}"}  # fmt: skip
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        assert "dimuat" in process.run("pack", str(tmp_path / f"{name}.csv"), *SIGNED)
    assert len(process.run("pack").splitlines()) == 3
    assert again(store).equal

    assert [k.code for k in kbli.search("pengasapan")] == ["10299"]
    assert services.SERVICE.options[-1].words.en == "Online show window"
    scale = scales.scale_of(2_500_000_000, None, MINUTE.date())
    assert scale
    assert scale.code == "micro"


def test_a_damaged_list_is_refused_whole_with_a_sentence(process: ServerProcess, tmp_path: Path) -> None:
    before = process.run("pack")
    path = tmp_path / "checklists.csv"
    path.write_bytes((FOLDER / "checklists.csv").read_bytes()[:-40])
    assert "terpotong" in process.run("pack", str(path), *SIGNED, code=2)
    assert "bukan daftar Hari libur" in process.run("pack", str(path), "--list", "holidays", *SIGNED, code=2)
    assert "Tulis versi" in process.run("pack", str(path), "--version", "1", code=2)
    assert process.run("pack") == before
