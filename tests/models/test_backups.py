import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from models import accounts, backups, database, vault
from models.backups import Backup
from models.errors import DamagedDatabase, DiskFull
from models.store import Store
from tests.conftest import KEY
from tests.fakes import VILLAGE, owner

PASSPHRASE = "pelangi kuda sumur rajut"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_one_backup_a_day_each_proved_and_encrypted(store, folder, clock):
    store.save_all([("owner", owner(n)) for n in range(50)])
    made = backups.daily(store, folder, clock)
    assert made == Backup(folder / "2026-11-24.db", date(2026, 11, 24))
    assert backups.daily(store, folder, clock) is None
    clock.forward(days=1)
    assert backups.daily(store, folder, clock) is not None
    assert names(folder) == {"2026-11-24.db", "2026-11-25.db"}
    assert backups.prove(made.path, KEY) == 50
    assert owner()["name"].encode() not in made.path.read_bytes()
    assert (folder.stat().st_mode | made.path.stat().st_mode) & 0o077 == 0
    with pytest.raises(DamagedDatabase):
        backups.prove(made.path, bytes(32))


def test_seven_daily_and_four_weekly_ones_are_kept(store, folder, clock):
    for _ in range(40):
        backups.daily(store, folder, clock)
        clock.forward(days=1)
    last = clock.today() - timedelta(days=1)
    days = [b.day for b in backups.listed(folder)]
    assert days[:7] == [last - timedelta(days=n) for n in range(7)]
    older = days[7:]
    assert len(older) == 4
    assert len({d.isocalendar()[:2] for d in older}) == 4
    assert (days[6] - older[-1]).days <= 28
    assert all(backups.prove(b.path, KEY) == 0 for b in backups.listed(folder))


def test_saving_goes_on_while_a_backup_runs_on_another_thread(store, folder):
    store.save_all([("owner", owner(n, note="x" * 400)) for n in range(3000)])
    copied: list[int] = []
    worker = threading.Thread(target=lambda: copied.append(backups.copy(store.db.conn, KEY, folder / "now.db")))
    worker.start()
    saved = 0
    while worker.is_alive():
        store.save("owner", owner(saved))
        saved += 1
    worker.join()
    assert saved > 0
    assert 3000 <= copied[0] <= store.count("owner") == 3000 + saved


def test_a_failed_backup_leaves_nothing_under_its_name(store, folder, clock, monkeypatch):
    def full(path, key) -> int:
        raise DiskFull

    with monkeypatch.context() as fails:
        fails.setattr(backups, "prove", full)
        with pytest.raises(DiskFull):
            backups.daily(store, folder, clock)
    assert names(folder) == set()
    assert backups.daily(store, folder, clock) is not None


def test_a_copy_that_lacks_records_is_refused(store, folder, clock, monkeypatch):
    store.save("owner", owner())
    monkeypatch.setattr(backups, "prove", lambda path, key: 0)
    with pytest.raises(DamagedDatabase):
        backups.daily(store, folder, clock)
    assert names(folder) == set()


def test_damage_is_noticed_by_the_daily_backup(tmp_path, folder, clock, empty_store):
    path = tmp_path / "data.db"
    store = Store.open(path, KEY, clock=clock)
    store.save_all([("owner", owner(n)) for n in range(300)])
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[-5000] ^= 1
    path.write_bytes(damaged)
    store = Store.open(path, KEY, clock=clock)
    with pytest.raises(DamagedDatabase):
        backups.daily(store, folder, clock)
    assert names(folder) == set()
    store.close()


def test_every_kept_backup_restores_and_the_old_file_stands_aside(store, folder, clock, store_path):
    for n in range(3):
        store.save("owner", owner(n))
        backups.daily(store, folder, clock)
        clock.forward(days=1)
    store.close()
    for backup, count in zip(backups.listed(folder), (3, 2, 1), strict=True):
        before = store_path.read_bytes()
        clock.forward(seconds=1)
        aside = backups.restore(backup, store_path, KEY, clock)
        assert aside.read_bytes() == before
        restored = Store.open(store_path, KEY)
        assert restored.count("owner") == count
        assert restored.query("SELECT count(*) FROM sync_pending") == [(count,)]
        restored.close()
    assert len(names(folder)) == 3


def test_a_damaged_backup_replaces_nothing(store, folder, clock, store_path):
    store.save("owner", owner())
    made = backups.daily(store, folder, clock)
    store.close()
    content = bytearray(made.path.read_bytes())
    for place in range(5000, len(content), 4096):  # in every page: one that holds nothing may be damaged
        content[place] ^= 4
    made.path.write_bytes(content)
    good = store_path.read_bytes()
    with pytest.raises(DamagedDatabase):
        backups.restore(made, store_path, KEY, clock)
    assert store_path.read_bytes() == good


def test_an_upgrade_is_preceded_by_a_backup_and_two_are_kept(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(vault, "ARGON2", {"opslimit": 1, "memlimit": 8192})
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path))
    account, _ = accounts.create("Sri", "Patokan", PASSPHRASE, VILLAGE, clock=clock)
    for n in range(3):
        store = accounts.unlock(account, PASSPHRASE, clock=clock)
        store.save("owner", owner(n))
        store.close()
        clock.forward(days=1)
        monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, lambda conn: None))
    accounts.unlock(account, PASSPHRASE, clock=clock).close()
    kept = backups.listed(account.backups)
    assert [b.day for b in kept] == [date(2026, 11, 27), date(2026, 11, 26)]
    assert len(kept) == backups.UPGRADES


def test_a_damaged_account_is_opened_from_its_backup(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(vault, "ARGON2", {"opslimit": 1, "memlimit": 8192})
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path))
    account, _ = accounts.create("Sri", "Patokan", PASSPHRASE, VILLAGE, clock=clock)
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    store.save("owner", owner())
    made = backups.daily(store, account.backups, clock)
    store.close()
    account.data.write_bytes(b"not what it was" * 500)
    with pytest.raises(DamagedDatabase):
        accounts.unlock(account, PASSPHRASE, clock=clock)
    restored = accounts.unlock(account, PASSPHRASE, backup=made, clock=clock)
    assert (restored.count("owner"), restored.home_scope) == (1, VILLAGE)
    restored.close()


def test_the_newest_good_backup_is_found_with_its_hour(store, folder, clock):
    assert backups.newest_good(folder, KEY) is None
    store.save("owner", owner())
    older = backups.daily(store, folder, clock)
    clock.forward(days=1, hours=-2)
    newer = backups.daily(store, folder, clock)
    stamp = backups.last_stamp(newer, KEY)
    assert (backups.newest_good(folder, KEY), newer.made) == (newer, clock.now())
    store.save("owner", owner(2))
    assert store.query("SELECT min(hlc) FROM sync_pending WHERE hlc > ?", (stamp,)) != [(None,)]
    content = bytearray(newer.path.read_bytes())
    content[-100] ^= 1
    newer.path.write_bytes(content)
    assert backups.newest_good(folder, KEY) == older
    with pytest.raises(DamagedDatabase):
        backups.last_stamp(newer, KEY)
