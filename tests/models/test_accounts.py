import stat
from pathlib import Path

import pytest

from models import accounts, database, vault
from models.errors import AlreadyOpen, DamagedDatabase, FolderReadOnly, NewerDatabase, WrongPassphrase
from tests.fakes import VILLAGE, owner

PASSPHRASE = "pelangi kuda sumur rajut"
OTHER = "tembaga lilin papan nuri"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vault, "ARGON2", {"opslimit": 1, "memlimit": 8192})
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def made(home, clock):
    return accounts.create("Sri Wahyuni", "Kelurahan Patokan", PASSPHRASE, VILLAGE, clock=clock)


def test_an_account_is_made_listed_and_opened(made, clock):
    account, _ = made
    assert accounts.list_accounts() == [account]
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    row = store.get("owner", store.save("owner", owner()).first_id("owner"))
    assert (row["scope"], row["created_by"], row["created_at"]) == (VILLAGE, "Sri Wahyuni", clock.stamp())
    store.close()
    again = accounts.unlock(account, PASSPHRASE, clock=clock)
    assert (again.count("owner"), again.home_scope, again.user) == (1, VILLAGE, "Sri Wahyuni")
    again.close()


def test_an_account_that_cannot_be_opened_lets_go_of_its_file(made, clock):
    account, _ = made
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    store.set_setting("sync.person", {"name": "without an id"})
    store.close()
    with pytest.raises(KeyError) as kept:  # as the crash dialog keeps it, with all that its frames hold
        accounts.unlock(account, PASSPHRASE, clock=clock)
    with pytest.raises(KeyError):  # not AlreadyOpen
        accounts.unlock(account, PASSPHRASE, clock=clock)
    assert kept.value.args == ("id",)


def test_accounts_stand_by_name_with_the_sample_office_last(made, clock):
    accounts.create("Aku Contoh", "Kantor contoh", PASSPHRASE, VILLAGE, sample=True, clock=clock)
    accounts.create("ani", "Kelurahan Patokan", PASSPHRASE, VILLAGE, clock=clock)
    assert [(a.name, a.sample) for a in accounts.list_accounts()] == [
        ("ani", False), ("Sri Wahyuni", False), ("Aku Contoh", True)]  # fmt: skip


def test_only_name_and_office_stand_in_the_clear(made):
    account, _ = made
    assert stat.S_IMODE(account.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in account.folder.iterdir()} == {0o600}
    assert {p.name for p in account.folder.iterdir()} == {"account.json", "key.json", "key.copy", "data.db"}
    readable = {p.name for p in account.folder.iterdir() if b"Sri Wahyuni" in p.read_bytes()}
    assert readable == {"account.json"}
    assert VILLAGE.encode() not in b"".join(p.read_bytes() for p in account.folder.iterdir())


def test_one_damaged_card_hides_no_other_account(made, home):
    other = home / "accounts" / "broken"
    other.mkdir()
    (other / "account.json").write_text("{")
    assert accounts.list_accounts() == [made[0]]


def test_wrong_passphrase_and_second_window(made, clock):
    account, _ = made
    with pytest.raises(WrongPassphrase):
        accounts.unlock(account, OTHER, clock=clock)
    store = accounts.unlock(account, PASSPHRASE, clock=clock)
    with pytest.raises(AlreadyOpen):
        accounts.unlock(account, PASSPHRASE, clock=clock)
    store.close()


def test_a_weak_passphrase_leaves_nothing_behind(home, clock):
    with pytest.raises(WrongPassphrase):
        accounts.create("Sri", "Patokan", "pendek", VILLAGE, clock=clock)
    assert list(home.glob("accounts/*")) == []


def test_recovery_key_opens_and_both_secrets_change(made, clock):
    account, recovery = made
    store, fresh = accounts.unlock_by_recovery(account, recovery, OTHER, clock=clock)
    store.save("owner", owner())
    store.close()
    with pytest.raises(WrongPassphrase):
        accounts.unlock(account, PASSPHRASE, clock=clock)
    with pytest.raises(WrongPassphrase):
        accounts.unlock_by_recovery(account, recovery, OTHER, clock=clock)
    store, _ = accounts.unlock_by_recovery(account, fresh, PASSPHRASE, clock=clock)
    assert store.count("owner") == 1
    store.close()


def test_a_weak_new_passphrase_closes_the_store_again(made, clock):
    account, recovery = made
    with pytest.raises(WrongPassphrase):
        accounts.unlock_by_recovery(account, recovery, "pendek", clock=clock)
    accounts.unlock(account, PASSPHRASE, clock=clock).close()
    accounts.unlock_by_recovery(account, recovery, OTHER, clock=clock)[0].close()


def test_a_missing_file_is_not_replaced_by_an_empty_one(made, clock):
    account, _ = made
    account.data.unlink()
    with pytest.raises(DamagedDatabase):
        accounts.unlock(account, PASSPHRASE, clock=clock)
    assert not account.data.exists()


def test_a_newer_file_is_refused_and_free_again(made, clock, monkeypatch):
    account, _ = made
    with monkeypatch.context() as newer:
        newer.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, lambda conn: None))
        accounts.unlock(account, PASSPHRASE, clock=clock).close()
    with pytest.raises(NewerDatabase):
        accounts.unlock(account, PASSPHRASE, clock=clock)
    with monkeypatch.context() as newer:
        newer.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, lambda conn: None))
        accounts.unlock(account, PASSPHRASE, clock=clock).close()
    assert [p.name[:8] for p in account.backups.iterdir()] == ["upgrade-"]


def test_a_home_that_cannot_be_made_has_its_sentence(home, clock, monkeypatch):
    def refuse(*_args, **_options) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(FolderReadOnly):
        accounts.create("Sri", "Patokan", PASSPHRASE, VILLAGE, clock=clock)


def test_without_a_chosen_home_the_system_says_where(monkeypatch):
    monkeypatch.delenv("DAMPINGI_HOME")
    assert accounts.home().name == "Dampingi"
    assert accounts.home().is_absolute()
