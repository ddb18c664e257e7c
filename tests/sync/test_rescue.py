"""Unsent work survives everything: each misfortune once, with real accounts on disk and a real server process."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import accounts, backups, outbox, vault
from models.accounts import Account
from models.clock import SYSTEM
from models.errors import FileTrouble, ServerChanged, WrongPassphrase
from models.store import Store
from server import rescue
from sync import words
from sync.engine import Engine, Outcome
from sync.enrol import Ticket, enrol_account, link, office_key
from tests.fakes import VILLAGE, owner
from tests.server.process import ServerProcess
from tests.sync.office import Laptop, Office

PASSPHRASE, OTHER = "pelangi kuda sumur teh", "kelapa sepeda hujan meja"
CHEAP = {"opslimit": 1, "memlimit": 8192}


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer with no account yet."""
    monkeypatch.setattr(vault, "ARGON2", CHEAP)
    monkeypatch.setattr(rescue, "ARGON2", CHEAP)
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path))
    return tmp_path


class Desk:
    """Somebody at an account of this computer."""

    def __init__(self, central: ServerProcess, name: str) -> None:
        self.central, self.name = central, name
        central.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
        self.account, _ = accounts.create(name, "Kel. Patokan", PASSPHRASE, VILLAGE)
        self.store = accounts.unlock(self.account, PASSPHRASE)
        self.enrol()

    def access(self, work: Any) -> Any:
        return work(self.store)

    def enrol(self) -> None:
        ticket = Ticket(self.central.address, self.central.pin, self.central.run("code", self.name).replace(" ", ""))
        enrol_account(self.access, ticket)
        sealed_for = office_key(self.store)
        assert sealed_for
        self.account.vault().seal_to_office(self.store.key, sealed_for)

    def save(self, *numbers: int) -> list[str]:
        return [self.store.save("owner", owner(n)).first_id("owner") for n in numbers]

    def sync(self) -> Outcome:
        way = link(self.store)
        assert way
        return Engine(self.access, way, SYSTEM).run()

    def reopen(self, store: Store) -> None:
        self.store.close()
        self.store = store

    @property
    def names(self) -> set[str]:
        return {row["name"] for row in self.store.find("owner")}

    @property
    def device(self) -> str:
        return outbox.device(self.store)


@pytest.fixture
def desks(central: ServerProcess) -> Iterator[Any]:
    made: list[Desk] = []

    def sit(name: str) -> Desk:
        made.append(Desk(central, name))
        return made[-1]

    yield sit
    for desk in made:
        desk.store.close()


def test_a_revoked_laptop_hands_in_its_work_and_a_supervisor_lets_it_count(desks: Any, central: ServerProcess) -> None:
    sri, dewi = desks("Sri Pencabutan"), desks("Dewi Pencabutan")
    sri.save(101)
    assert sri.sync().equal
    sri.save(102, 103)
    central.run("revoke", sri.device)

    outcome = sri.sync()
    assert (outcome.held, outcome.reason, outbox.waiting(sri.store)) == (2, words.HANDED_IN.fill(count=2), 0)
    assert sri.names >= {"Siti Contoh 101", "Siti Contoh 102", "Siti Contoh 103"}, "nothing is deleted"
    sri.save(104)
    assert sri.sync().held == 1, "later work is handed in too"
    waiting = [line.split()[0] for line in central.run("held").splitlines()]
    assert len(waiting) == 2
    assert dewi.sync().equal
    assert "Siti Contoh 102" not in dewi.names

    central.run("accept", waiting[0])
    central.run("refuse", waiting[1])
    assert central.run("held") == ""
    central.run("accept", waiting[0], code=1)
    assert dewi.sync().equal
    assert {"Siti Contoh 102", "Siti Contoh 103"} <= dewi.names
    assert "Siti Contoh 104" not in dewi.names

    sri.enrol()
    assert (sri.sync().reason, outbox.waiting(sri.store)) == (None, 0)
    assert dewi.sync().equal
    assert sorted(row["name"] for row in dewi.store.find("owner")) == sorted(sri.names), (
        "once each, the refused one too"
    )


def test_a_forgotten_passphrase_and_a_lost_sheet_cost_nothing(
    desks: Any, central: ServerProcess, machine: Path
) -> None:
    sri = desks("Sri Lupa")
    sri.save(201)
    sri.store.close()
    request = machine / "sri.dampingi-kunci"
    request.write_bytes(sri.account.vault().ask_office())
    answer, letters = central.run("open-key", str(request)).splitlines()

    sri.account.vault().take_from_office(Path(answer).read_bytes())
    sri.store, sheet = accounts.unlock_by_recovery(sri.account, letters.lower(), OTHER)
    assert sri.names == {"Siti Contoh 201"}
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    sri.store.close()
    with pytest.raises(WrongPassphrase):
        sri.account.vault().unlock_by_recovery(letters)
    assert sri.account.vault().unlock_by_recovery(sheet) == sri.store.key
    sri.store = accounts.unlock(sri.account, OTHER)


def test_a_request_for_a_key_is_opened_by_its_office_only(desks: Any, machine: Path) -> None:
    sri, dewi = desks("Sri Kunci"), desks("Dewi Kunci")
    with pytest.raises(FileTrouble):
        rescue.open_key(bytes(range(32)), sri.account.vault().ask_office())
    from server import keys

    answer, _ = rescue.open_key(keys.office_private(sri.central.home), sri.account.vault().ask_office())
    with pytest.raises(FileTrouble):
        dewi.account.vault().take_from_office(answer)
    with pytest.raises(FileTrouble):
        sri.account.vault().take_from_office(b"{}")


def test_fourteen_unsent_records_of_the_predecessor_reach_the_server_through_the_successor(
    desks: Any, central: ServerProcess, machine: Path
) -> None:
    old = desks("Kasie Lama")
    old.sync()
    old.save(*range(301, 315))
    assert outbox.waiting(old.store) == 14
    old.store.close()
    new = desks("Kasie Baru")
    assert {account.name for account in accounts.list_accounts()} == {"Kasie Lama", "Kasie Baru"}
    central.run("grant", "Kasie Lama", VILLAGE, "--end")

    request = machine / "lama.dampingi-kunci"
    request.write_bytes(old.account.vault().ask_office())
    answer, letters = central.run("open-key", str(request)).splitlines()
    old.account.vault().take_from_office(Path(answer).read_bytes())
    old.store, _ = accounts.unlock_by_recovery(old.account, letters, OTHER)
    outcome = old.sync()
    assert (outcome.sent, outcome.held, outcome.reason, old.store.count("owner")) == (14, 0, None, 0)

    assert new.sync().equal
    assert {f"Siti Contoh {n}" for n in range(301, 315)} <= new.names
    assert {row["created_by"] for row in new.store.find("owner") if row["name"] == "Siti Contoh 301"} == {
        old.store.user
    }


def test_somebody_else_at_the_same_laptop_leaves_unsent_work_alone(desks: Any) -> None:
    sri = desks("Sri Bergantian")
    sri.save(401)
    sri.store.close()
    dewi = desks("Dewi Bergantian")
    dewi.save(402)
    assert dewi.sync().equal
    sri.account.vault().change(PASSPHRASE, OTHER)
    sri.store = accounts.unlock(sri.account, OTHER)

    assert outbox.waiting(sri.store) == 1
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    assert {"Siti Contoh 401", "Siti Contoh 402"} <= sri.names


def test_a_reinstalled_program_finds_what_was_not_sent(
    desks: Any, machine: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sri = desks("Sri Pasang Ulang")
    sri.save(501)
    sri.store.close()
    fresh = tmp_path_factory.mktemp("windows")
    shutil.copytree(machine / "accounts", fresh / "accounts")
    monkeypatch.setenv("DAMPINGI_HOME", str(fresh))

    [found] = accounts.list_accounts()
    sri.store = accounts.unlock(found, PASSPHRASE)
    assert (outbox.waiting(sri.store), sri.sync().equal, outbox.waiting(sri.store)) == (1, True, 0)


def _code(desk: Desk) -> None:
    """The Dinas gives the same person a new code."""
    desk.enrol()


def test_a_restored_backup_takes_a_new_code_and_loses_nothing(desks: Any) -> None:
    sri = desks("Sri Cadangan")
    sri.save(601)
    assert sri.sync().equal
    [unsent] = sri.save(602)
    made = backups.daily(sri.store, sri.account.backups)
    assert made
    sri.store.save("owner", {"id": unsent, "note": "sesudah cadangan"})
    sri.save(603)
    assert sri.sync().equal
    sri.store.close()
    sri.store = accounts.restore(sri.account, PASSPHRASE, made)
    sri.save(604)

    assert sri.sync().reason == words.STATUS["device-forked"]
    assert outbox.waiting(sri.store) == 2
    _code(sri)
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    assert {f"Siti Contoh {n}" for n in range(601, 605)} <= sri.names
    found = sri.store.get("owner", unsent)
    assert found
    assert found["note"] == "sesudah cadangan"


def test_a_cloned_laptop_is_told_and_both_works_arrive(desks: Any, machine: Path) -> None:
    sri = desks("Sri Kembar")
    sri.save(701)
    assert sri.sync().equal
    sri.store.close()
    twin_folder = sri.account.folder.with_name("twin")
    shutil.copytree(sri.account.folder, twin_folder)
    sri.store = accounts.unlock(sri.account, PASSPHRASE)
    sri.save(702)
    assert sri.sync().equal
    sri.store.close()

    account = Account("twin", twin_folder, sri.account.name, sri.account.office)
    sri.account, sri.store = account, accounts.unlock(account, PASSPHRASE)
    sri.save(703)
    assert sri.sync().reason == words.STATUS["device-forked"]
    assert outbox.waiting(sri.store) == 1
    _code(sri)
    assert sri.sync().equal
    assert {"Siti Contoh 701", "Siti Contoh 702", "Siti Contoh 703"} <= sri.names


def test_a_wrong_server_gets_nothing(desks: Any) -> None:
    sri = desks("Sri Salah Server")
    sri.save(801)
    server = sri.store.setting("sync.server")
    sri.store.set_setting("sync.server", server | {"pin": "00" * 32})

    assert sri.sync().reason == ServerChanged.words
    assert outbox.waiting(sri.store) == 1
    sri.store.set_setting("sync.server", server)
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)


def test_an_empty_server_is_filled_again_from_a_laptop(office: Office) -> None:
    sri = office.laptop()
    kept = sri.save("owner", **owner(1))
    sri.sync()
    unsent = sri.save("owner", **owner(2))

    empty = Office(office.clock)
    anew: Laptop = empty.laptop()
    with sri.store.transaction(applying=True):
        outbox.become(sri.store, anew.device.sender.device, "", anew.device.sender.user)
    sri.engine = Engine(lambda work: work(sri.store), anew.line, sri.clock, timer=lambda: 0.0)

    outcome = sri.engine.run()
    assert (outcome.equal, outcome.refused) == (True, 0)
    assert outbox.waiting(sri.store) == 0
    assert sri.store.query("SELECT * FROM sync_quarantine") == []
    dewi = empty.laptop("Dewi Anggraini")
    dewi.sync()
    assert (dewi.get("owner", kept)["name"], dewi.get("owner", unsent)["name"]) == ("Siti Contoh 1", "Siti Contoh 2")
    empty.close()
