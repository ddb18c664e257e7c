"""Unsent work survives everything: each misfortune once, with real accounts on disk and the whole server."""

import json
import shutil
import uuid
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import accounts, backups, outbox, vault
from models.accounts import Account
from models.errors import FileTrouble, ServerChanged, SyncTrouble, WrongPassphrase
from server import keys, rescue, staff, supervising
from server.supervising import Act
from sync import words
from sync.engine import Engine, Outcome
from sync.enrol import Ticket, enrol_account, link, office_key
from sync.transport import HttpLink, Identity
from tests.fakes import VILLAGE, FrozenClock, owner
from tests.server.process import ServerProcess
from tests.sync.near import PRIVATE, NearWire
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


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an account on which nothing was done: each account starts as a copy of it."""
    home = tmp_path_factory.mktemp("blank")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "ARGON2", CHEAP)
        patch.setenv("DAMPINGI_HOME", str(home))
        account, _ = accounts.create("Kosong", "Kel. Patokan", PASSPHRASE, VILLAGE)
    return account.folder


def new_account(blank: Path, name: str) -> Account:
    """Somebody's account on this computer."""
    account_id = str(uuid.uuid4())
    folder = accounts.home() / "accounts" / account_id
    shutil.copytree(blank, folder)
    card = {"name": name, "office": "Kel. Patokan", "sample": False}
    (folder / "account.json").write_text(json.dumps(card))
    return Account(account_id, folder, name, card["office"])


class Desk:
    """Somebody at an account of this computer."""

    def __init__(self, wire: NearWire, account: Account, clock: FrozenClock) -> None:
        self.wire, self.account, self.clock = wire, account, clock
        self.user = wire.add_staff(account.name, VILLAGE)
        self.open()
        self.enrol()

    def open(self, passphrase: str = PASSPHRASE) -> None:
        self.store = accounts.unlock(self.account, passphrase, clock=self.clock)

    def access(self, work: Any) -> Any:
        return work(self.store)

    def enrol(self) -> None:
        """With a new code of the Dinas."""
        enrol_account(self.access, Ticket("https://near", "", self.wire.code(self.user)), self.wire)  # pyright: ignore[reportArgumentType]
        sealed_for = office_key(self.store)
        assert sealed_for
        self.account.vault().seal_to_office(self.store.key, sealed_for)

    def save(self, *numbers: int) -> list[str]:
        return [self.store.save("owner", owner(n)).first_id("owner") for n in numbers]

    def sync(self) -> Outcome:
        way = link(self.store)
        assert way
        near = HttpLink(self.wire, way._identity)  # pyright: ignore[reportArgumentType]
        return Engine(self.access, near, self.clock).run()

    def supervise(self, act: Act, **options: Any) -> list[str]:
        """What the supervisor does at the server's shell."""
        code, lines = act(self.wire.service.db, Namespace(**options))
        assert code == 0
        return lines

    def open_by_office(self, folder: Path) -> tuple[str, str]:
        """The Dinas opens the sealed key; the letters it told and the new sheet's."""
        request = folder / "kunci.dampingi-kunci"
        request.write_bytes(self.account.vault().ask_office())
        answer, letters = self.supervise(supervising.open_key, home=folder, file=request)
        self.account.vault().take_from_office(Path(answer).read_bytes())
        self.store, sheet = accounts.unlock_by_recovery(self.account, letters.lower(), OTHER, clock=self.clock)
        return letters, sheet

    @property
    def names(self) -> set[str]:
        return {row["name"] for row in self.store.find("owner")}


@pytest.fixture
def desks(office: Office, blank: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    made: list[Desk] = []
    wire = NearWire(office.service)
    monkeypatch.setattr(keys, "office_private", lambda _home: PRIVATE)

    def sit(name: str) -> Desk:
        made.append(Desk(wire, new_account(blank, name), clock))
        return made[-1]

    yield sit
    for desk in made:
        desk.store.close()


def test_a_revoked_laptop_hands_in_its_work_and_a_supervisor_lets_it_count(desks: Any) -> None:
    sri, dewi = desks("Sri"), desks("Dewi")
    sri.save(101)
    assert sri.sync().equal
    sri.save(102, 103)
    staff.revoke(sri.wire.service.db, sri.clock, outbox.device(sri.store), "")

    outcome = sri.sync()
    assert (outcome.held, outcome.reason, outbox.waiting(sri.store)) == (2, words.HANDED_IN.fill(count=2), 0)
    assert sri.names == {"Siti Contoh 101", "Siti Contoh 102", "Siti Contoh 103"}, "nothing is deleted"
    sri.save(104)
    assert sri.sync().held == 1, "later work is handed in too"
    waiting = [line.split()[0] for line in sri.supervise(supervising.list_held, all=False)]
    assert len(waiting) == 2
    assert dewi.sync().equal
    assert dewi.names == {"Siti Contoh 101"}

    sri.supervise(supervising.accept_held, id=waiting[:1])
    sri.supervise(supervising.refuse_held, id=waiting[1:])
    assert sri.supervise(supervising.list_held, all=False) == []
    assert supervising.accept_held(sri.wire.service.db, Namespace(id=waiting))[0] == 1, "each is decided once"
    assert dewi.sync().equal
    assert dewi.names == {"Siti Contoh 101", "Siti Contoh 102", "Siti Contoh 103"}

    sri.enrol()
    assert (sri.sync().reason, outbox.waiting(sri.store)) == (None, 0)
    assert dewi.sync().equal
    assert sorted(row["name"] for row in dewi.store.find("owner")) == sorted(sri.names), (
        "once each, the refused one too"
    )


def test_nobody_hands_in_for_somebody_else(desks: Any) -> None:
    sri = desks("Sri")
    stranger = HttpLink(sri.wire, Identity(outbox.device(sri.store), bytes(32)))
    sri.save(105)
    bodies = [batch.body for batch in outbox.take(sri.store, 10)]
    with pytest.raises(SyncTrouble):
        stranger.hand_in(bodies)
    assert sri.supervise(supervising.list_held, all=True) == []


def test_an_edit_and_a_deletion_of_a_revoked_laptop_count_as_its_own(desks: Any) -> None:
    sri, dewi = desks("Sri"), desks("Dewi")
    kept, dropped = sri.save(111, 112)
    assert sri.sync().equal
    assert dewi.sync().equal
    sri.store.save("owner", {"id": kept, "note": "belum terkirim"})
    sri.store.delete("owner", dropped)
    staff.revoke(sri.wire.service.db, sri.clock, outbox.device(sri.store), "")
    assert sri.sync().held == 2
    sri.enrol()
    assert (sri.sync().reason, dewi.sync().equal) == (None, True)

    assert dewi.names == {"Siti Contoh 111"}
    found = dewi.store.get("owner", kept)
    assert found
    assert found["note"] == "belum terkirim"
    assert dewi.store.history("owner", kept)[0].by == sri.user


def test_a_forgotten_passphrase_and_a_lost_sheet_cost_nothing(desks: Any, machine: Path) -> None:
    sri = desks("Sri")
    sri.save(201)
    sri.store.close()
    letters, sheet = sri.open_by_office(machine)

    assert sri.names == {"Siti Contoh 201"}
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    with pytest.raises(WrongPassphrase):
        sri.account.vault().unlock_by_recovery(letters)
    assert sri.account.vault().unlock_by_recovery(sheet) == sri.store.key
    sri.store.close()
    sri.open(OTHER)


def test_a_request_for_a_key_is_opened_by_its_office_only(desks: Any) -> None:
    sri, dewi = desks("Sri"), desks("Dewi")
    with pytest.raises(FileTrouble):
        rescue.open_key(bytes(32), sri.account.vault().ask_office())
    answer, _ = rescue.open_key(PRIVATE, sri.account.vault().ask_office())
    for wrong in (answer, b"{}", b"x"):
        with pytest.raises(FileTrouble):
            dewi.account.vault().take_from_office(wrong)


def test_fourteen_unsent_records_of_the_predecessor_reach_the_server_through_the_successor(
    desks: Any, machine: Path
) -> None:
    old = desks("Kasie Lama")
    old.sync()
    old.save(*range(301, 315))
    assert outbox.waiting(old.store) == 14
    old.store.close()
    new = desks("Kasie Baru")
    assert {account.name for account in accounts.list_accounts()} == {"Kasie Lama", "Kasie Baru"}
    staff.grant(old.wire.service.db, old.clock, old.user, VILLAGE, None)

    old.open_by_office(machine)
    outcome = old.sync()
    assert (outcome.sent, outcome.held, outcome.reason, old.store.count("owner")) == (14, 0, None, 0)

    assert new.sync().equal
    assert new.names == {f"Siti Contoh {n}" for n in range(301, 315)}
    assert {row["created_by"] for row in new.store.find("owner")} == {old.user}


def test_somebody_else_at_the_same_laptop_leaves_unsent_work_alone(desks: Any) -> None:
    sri = desks("Sri")
    sri.save(401)
    sri.store.close()
    dewi = desks("Dewi")
    dewi.save(402)
    assert dewi.sync().equal
    sri.account.vault().change(PASSPHRASE, OTHER)
    sri.open(OTHER)

    assert outbox.waiting(sri.store) == 1
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    assert {"Siti Contoh 401", "Siti Contoh 402"} <= sri.names


def test_a_reinstalled_program_finds_what_was_not_sent(
    desks: Any, machine: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sri = desks("Sri")
    sri.save(501)
    sri.store.close()
    fresh = tmp_path_factory.mktemp("windows")
    shutil.copytree(machine / "accounts", fresh / "accounts")
    monkeypatch.setenv("DAMPINGI_HOME", str(fresh))

    [sri.account] = accounts.list_accounts()
    sri.open()
    assert (outbox.waiting(sri.store), sri.sync().equal, outbox.waiting(sri.store)) == (1, True, 0)


def test_a_restored_backup_takes_a_new_code_and_loses_nothing(desks: Any) -> None:
    sri = desks("Sri")
    sri.save(601)
    assert sri.sync().equal
    [unsent] = sri.save(602)
    made = backups.daily(sri.store, sri.account.backups, sri.clock)
    assert made
    sri.store.save("owner", {"id": unsent, "note": "sesudah cadangan"})
    sri.save(603)
    assert sri.sync().equal
    sri.store.close()
    sri.store = accounts.unlock(sri.account, PASSPHRASE, backup=made, clock=sri.clock)
    sri.save(604)

    assert sri.sync().reason == words.STATUS["device-forked"]
    assert outbox.waiting(sri.store) == 2
    sri.enrol()
    assert (sri.sync().equal, outbox.waiting(sri.store)) == (True, 0)
    assert {f"Siti Contoh {n}" for n in range(601, 605)} <= sri.names
    found = sri.store.get("owner", unsent)
    assert found
    assert found["note"] == "sesudah cadangan"


def test_a_cloned_laptop_is_told_and_both_works_arrive(desks: Any, machine: Path) -> None:
    sri = desks("Sri")
    sri.save(701)
    assert sri.sync().equal
    sri.store.close()
    twin_folder = sri.account.folder.with_name("twin")
    shutil.copytree(sri.account.folder, twin_folder)
    sri.open()
    sri.save(702)
    assert sri.sync().equal
    sri.store.close()

    sri.account = Account("twin", twin_folder, sri.account.name, sri.account.office)
    sri.open()
    sri.save(703)
    assert sri.sync().reason == words.STATUS["device-forked"]
    assert outbox.waiting(sri.store) == 1
    sri.enrol()
    assert sri.sync().equal
    assert {"Siti Contoh 701", "Siti Contoh 702", "Siti Contoh 703"} <= sri.names


def test_a_wrong_server_gets_nothing_and_a_revoked_laptop_hands_in_over_the_line(
    central: ServerProcess, blank: Path
) -> None:
    """The one that needs the real line: TLS, the pinned key, and the commands of the server's shell."""
    central.run("staff", "add", "Sri", "--role", "kasie", "--region", VILLAGE)
    store = accounts.unlock(new_account(blank, "Sri"), PASSPHRASE)
    code = central.run("code", "Sri").replace(" ", "")
    enrol_account(lambda work: work(store), Ticket(central.address, central.pin, code))
    store.save("owner", owner(801))
    server = store.setting("sync.server")
    store.set_setting("sync.server", server | {"pin": "00" * 32})

    def sync() -> Outcome:
        way = link(store)
        assert way
        return Engine(lambda work: work(store), way).run()

    assert (sync().reason, outbox.waiting(store)) == (ServerChanged.words, 1)
    store.set_setting("sync.server", server)
    central.run("revoke", outbox.device(store))
    assert (sync().held, outbox.waiting(store)) == (1, 0)
    held = central.run("held").split()
    assert (held[1], held[3:]) == ("waiting", [VILLAGE, "Sri", "device-revoked", "owner", "1"])
    assert "accepted" in central.run("accept", held[0])
    store.close()


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
