"""Files between a laptop and a real server application: resumed after cuts, verified, never lost."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from models import attaching, outbox
from models.blob_files import BlobFolder
from models.pictures import Prepared, prepare
from models.store import Store
from server.api import make_app
from server.blobs import Depot
from sync.engine import Offline
from sync.files import LEAST_PIECE, Answered, Files, FilesOutcome
from tests.conftest import KEY
from tests.fakes import VILLAGE, FrozenClock, owner
from tests.pictures import document, photo
from tests.server.test_api import signed_in
from tests.sync.office import Laptop, Office

SERVER_KEY = bytes(reversed(range(32)))


@dataclass
class CutLine:
    """The real application behind a line that breaks where it is told to."""

    client: TestClient[Any]
    headers: dict[str, str]
    asked: list[str] = field(default_factory=list)
    before: set[int] = field(default_factory=set)  # requests that never arrive
    after: set[int] = field(default_factory=set)  # answers that never arrive
    spoil: bool = False  # another byte than the server sent

    def file(self, method: str, sha256: str, scope: str, headers: dict[str, str], body: bytes | None) -> Answered:
        n = len(self.asked)
        self.asked.append(method)
        if n in self.before:
            raise Offline
        path = f"/v1/blob/{sha256}?region={scope}"
        got = self.client.request(method, path, headers=self.headers | headers, content=body)
        if n in self.after:
            raise Offline
        spoilt = self.spoil and method == "GET" and got.status_code < 300
        return Got(got.status_code, got.headers, got.content[:-1] + b"\0" if spoilt else got.content)


@dataclass(frozen=True)
class Got:
    status: int
    headers: Any
    body: bytes


@dataclass
class Desk:
    """A laptop whose files go over such a line."""

    laptop: Laptop
    line: CutLine

    def __post_init__(self) -> None:
        self.store = self.laptop.store
        self.files = Files(lambda work: work(self.store), self.line, count(0, 2).__next__)  # pieces keep their size
        self.files._piece = LEAST_PIECE

    def attach(self, file: Prepared) -> None:
        owner_id = self.laptop.save("owner", **owner())
        attaching.attach(self.store, file, "photo", owner_id=owner_id)

    def sync(self) -> FilesOutcome:
        assert self.laptop.sync().equal
        return self.files.run()


class Hall:
    """An office with files: the server's application, and laptops with stores in files."""

    def __init__(self, clock: FrozenClock, folder: Path, empty: Path) -> None:
        self.office, self.folder, self.empty = Office(clock), folder, empty
        self.depot = BlobFolder(folder / "server", SERVER_KEY)
        self.service = replace(self.office.service, depot=Depot(self.office.service.db, self.depot))

    def desk(self, client: TestClient[Any], name: str) -> Desk:
        laptop = self.office.laptop(name)
        folder = self.folder / name
        folder.mkdir()
        laptop.store.close()
        shutil.copy(self.empty, folder / "data.db")
        laptop.store = Store.open(folder / "data.db", KEY, clock=laptop.clock, home_scope=VILLAGE)
        outbox.become(laptop.store, laptop.device.sender.device, "", laptop.device.sender.user)
        return Desk(laptop, CutLine(client, signed_in(client, laptop.device)))


@pytest.fixture
def hall(clock: FrozenClock, tmp_path: Path, empty_store: Path) -> Hall:
    return Hall(clock, tmp_path, empty_store)


@pytest.fixture
def client(hall: Hall) -> Iterator[TestClient[Any]]:
    with TestClient(make_app(hall.service), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def here(hall: Hall, client: TestClient[Any]) -> Iterator[Desk]:
    desk = hall.desk(client, "Sri")
    yield desk
    desk.store.close()


@pytest.fixture
def there(hall: Hall, client: TestClient[Any]) -> Iterator[Desk]:
    desk = hall.desk(client, "Dewi")
    yield desk
    desk.store.close()


@pytest.fixture
def file() -> Prepared:
    return prepare(document(size=150_000), "Surat.pdf")


def test_a_file_reaches_the_other_laptop(here: Desk, there: Desk, file: Prepared) -> None:
    here.attach(file)

    assert here.sync().sent == 1
    assert there.laptop.sync().received
    assert attaching.state(there.store, file.sha256) == "waiting"
    assert there.files.run().fetched == 1

    assert attaching.content(there.store, file.sha256) == file.data
    assert attaching.state(here.store, file.sha256) == attaching.state(there.store, file.sha256) == "safe"


def test_a_file_waits_for_its_record(here: Desk, file: Prepared) -> None:
    here.attach(file)

    assert here.files.run() == FilesOutcome()
    assert here.line.asked == []
    assert attaching.waiting(here.store).files == 1


def test_a_record_whose_file_nobody_sent_waits(here: Desk, there: Desk, file: Prepared) -> None:
    here.attach(file)
    here.laptop.sync()

    outcome = there.sync()

    assert (outcome.fetched, outcome.refused, outcome.offline) == (0, 0, False)
    assert attaching.state(there.store, file.sha256) == "waiting"


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize("cut", range(12))
def test_a_cut_at_any_request_is_gone_on_from(here: Desk, there: Desk, file: Prepared, cut: int, lost: str) -> None:
    here.attach(file)
    here.laptop.sync()
    getattr(here.line, lost).add(cut)
    cut_up = here.files.run()
    sent_before = here.line.asked.count("PATCH")
    again = here.sync()

    assert cut_up.offline == (cut < 11)
    assert cut_up.sent + again.sent == 1
    assert here.line.asked.count("PATCH") <= 11  # at most one piece goes twice
    assert sent_before >= cut - 1

    getattr(there.line, lost).add(cut)
    there.laptop.sync()
    first, second = there.files.run(), there.files.run()
    assert first.fetched + second.fetched == 1
    assert attaching.content(there.store, file.sha256) == file.data


def test_cuts_of_every_kind_lose_nothing(here: Desk, there: Desk) -> None:
    chance = random.Random(7)
    files = [prepare(document(size=chance.randint(1, 90_000)), "a.pdf") for _ in range(6)] + [prepare(photo(), "b.jpg")]
    for made in files:
        here.attach(made)
    here.laptop.sync()
    for desk in (here, there):
        desk.line.before = {n for n in range(400) if chance.random() < 0.2}
        desk.line.after = {n for n in range(400) if chance.random() < 0.2}

    runs = 0
    while attaching.to_send(here.store):
        here.files.run()
        runs += 1
        assert runs < 60
    there.laptop.sync()
    while attaching.to_fetch(there.store):
        there.files.run()
        runs += 1
        assert runs < 120

    assert all(attaching.content(there.store, made.sha256) == made.data for made in files)
    assert all(attaching.content(here.store, made.sha256) == made.data for made in files)


def test_bytes_that_changed_on_the_way_are_refused(here: Desk, there: Desk, file: Prepared) -> None:
    here.attach(file)
    here.sync()
    there.line.spoil = True

    outcome = there.sync()

    assert (outcome.fetched, outcome.refused) == (0, 1)
    assert not attaching.blobs(there.store).has(file.sha256)
    there.line.spoil = False
    there.files = Files(lambda work: work(there.store), there.line)
    assert there.files.run().fetched == 1


def test_what_the_server_has_is_not_sent_again(here: Desk, there: Desk, file: Prepared) -> None:
    here.attach(file)
    here.sync()
    there.attach(file)

    assert there.sync().sent == 1
    assert there.line.asked == ["HEAD"]


def test_urgent_records_go_first(here: Desk, file: Prepared) -> None:
    here.attach(file)
    here.laptop.sync()
    pieces = iter([False, False, True])

    outcome = here.files.run(lambda: next(pieces))

    assert outcome.stopped
    assert here.line.asked == ["HEAD", "PATCH", "PATCH"]
    assert here.files.run().sent == 1


def test_a_server_that_lost_its_files_gets_them_again(hall: Hall, here: Desk, file: Prepared) -> None:
    here.attach(file)
    here.sync()
    hall.depot.remove(file.sha256)
    with here.store.transaction(applying=True):
        here.store.query("UPDATE sync_scope SET epoch = 'before the restore'")
    attaching.meet_server(here.store)

    assert here.sync().sent == 1
    assert hall.depot.read(file.sha256) == file.data


def test_a_file_lost_on_disk_is_fetched_back(here: Desk, file: Prepared) -> None:
    here.attach(file)
    here.sync()
    attaching.blobs(here.store).remove(file.sha256)
    with pytest.raises(attaching.NotHere):
        attaching.content(here.store, file.sha256)

    assert here.files.run().fetched == 1
    assert attaching.content(here.store, file.sha256) == file.data


def test_neither_disk_shows_the_bytes(hall: Hall, here: Desk, file: Prepared) -> None:
    here.attach(file)
    here.sync()

    found = [path for path in hall.folder.rglob("*") if path.is_file()]
    assert len(found) >= 3
    assert not [path for path in found if b"%PDF" in path.read_bytes() or b"xxxxxxxxxxxxxxxx" in path.read_bytes()]
    assert hashlib.sha256(hall.depot.read(file.sha256)).hexdigest() == file.sha256


def test_a_database_from_a_backup_finds_its_files_and_sends_them(here: Desk, file: Prepared) -> None:
    here.attach(file)
    here.laptop.sync()
    here.store.query("DELETE FROM blob_local")  # the backup was older than the photo

    here.files.run()
    assert attaching.state(here.store, file.sha256) == "here"  # not "safe": nobody verified it
    assert here.files.run().sent == 1
