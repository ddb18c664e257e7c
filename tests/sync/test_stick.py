"""A stick carries the same batches as the line: once, in any order, and never anything altered or foreign."""

import base64
import random
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from models import moving, outbox, sync_events
from models.errors import FileTrouble
from models.number_blocks import SIZES
from server import exchange as exchange_words
from server import holding, staff, tombstones
from server.exchange import exchange, exchange_folder
from sync import bundle, stick
from sync.bundle import BadBundle
from sync.engine import Outcome, settle
from sync.link import Offline
from sync.protocol import PROTO, SyncRequest, pack, schema_hash
from tests.fakes import VILLAGE, owner
from tests.sim.stores import copied
from tests.sync.office import Laptop, Office

PRIVATE = bytes(PrivateKey(bytes(range(32))))
PUBLIC = bytes(PrivateKey(PRIVATE).public_key)
NEXT = "3513141003"


class Carrier(Laptop):
    """A laptop that knows its office's key and its own, as enrolment leaves them."""

    def __init__(self, office: Office, name: str = "Sri Wahyuni") -> None:
        super().__init__(office, name, office.clock.now() - office.clock.now())
        key = base64.b64encode(bytes(self.device.key)).decode()
        self.store.set_setting("sync.key", key)
        self.store.set_setting("sync.server", {"office_key": base64.b64encode(PUBLIC).decode()})
        self.store.set_setting("sync.person", {"region": "3513141017"})
        outbox.set_grants(self.store, 1, {"3513141017": "write"})

    def access(self, work):
        return work(self.store)

    def hand_over(self, folder: Path) -> Path:
        return stick.hand_over(self.access, folder).path

    def take_back(self, path: Path):
        return stick.take_back(self.access, path)

    def waiting(self) -> int:
        return outbox.waiting(self.store)


@pytest.fixture
def laptop(office: Office) -> Carrier:
    return Carrier(office)


def dinas(office: Office, folder: Path) -> list[Path]:
    """The office takes the stick; its answer files."""
    return [folder / one.answer for one in exchange_folder(office.service, PRIVATE, folder) if one.answer]


def test_stick_carries_there_and_back(office: Office, laptop: Carrier, tmp_path: Path):
    other = Carrier(office, "Dewi")
    other.save("owner", **owner(2))
    other.sync()
    row_id = laptop.save("owner", **owner(1))
    file = laptop.hand_over(tmp_path)
    assert file.name == "dampingi-patokan-2026-11-24-0942.dtx"
    assert laptop.waiting() == 1, "nothing is done before the receipt"
    [answer] = dinas(office, tmp_path)
    outcome = laptop.take_back(answer)
    assert (outcome.sent, outcome.received, outcome.equal) == (1, 1 + len(SIZES), True)  # with Dewi's blocks of numbers
    assert laptop.waiting() == 0
    assert laptop.store.count("owner") == 2
    other.sync()
    assert other.get("owner", row_id)["name"] == "Siti Contoh 1"
    assert [event.sort for event in sync_events.events(laptop.store, 2)] == ["stick", "stick"]


def test_an_answer_older_than_a_batch_on_its_way_brings_no_page(office: Office, laptop: Carrier, tmp_path: Path):
    other = Carrier(office, "Dewi")
    other.sync()
    laptop.sync()
    laptop.hand_over(tmp_path)
    mine = laptop.save("owner", **owner(1))
    laptop.line.before_answer = lose
    assert laptop.sync().offline is True  # the batch arrived, its answer did not
    laptop.line.before_answer = None
    other.sync()
    other.store.delete("owner", mine)
    other.sync()
    [answer] = dinas(office, tmp_path)
    assert laptop.take_back(answer).received == 0

    outcome = laptop.sync()
    assert (outcome.equal, outcome.mended) == (True, [])
    assert laptop.get("owner", mine)["deleted"]


def test_an_older_answer_takes_away_no_record_that_came_back(office: Office, laptop: Carrier, tmp_path: Path):
    rini = Carrier(office, "Rini")
    for one in (laptop, rini):
        staff.grant(office.service.db, office.clock, one.device.sender.user, NEXT, "write")
        one.sync()
    person = rini.save("owner", **owner(1))
    rini.sync()
    laptop.sync()
    laptop.hand_over(tmp_path)
    moving.move(rini.store, "owner", person, NEXT)
    rini.sync()
    [answer] = dinas(office, tmp_path)
    moving.move(rini.store, "owner", person, VILLAGE)
    rini.sync()
    here = {VILLAGE: outbox.scopes(laptop.store)[VILLAGE].cursor}  # the line breaks after the first village
    request = SyncRequest(PROTO, schema_hash(), cursors=here, grants=outbox.grants_version(laptop.store))
    settle(laptop.access, office.service.sync(laptop.device.sender, request), {}, Outcome())
    assert laptop.get("owner", person)["scope"] == VILLAGE

    laptop.take_back(answer)
    assert laptop.get("owner", person)["scope"] == VILLAGE
    outcome = laptop.sync()
    assert (outcome.equal, outcome.mended) == (True, [])


def lose() -> None:
    raise Offline


def test_a_receipt_for_what_a_copy_of_the_laptop_sent_is_none_for_this_one(
    office: Office, laptop: Carrier, tmp_path: Path
):
    laptop.sync()
    before = copied(laptop.store.db.conn)
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    [answer] = dinas(office, tmp_path)
    before.backup(laptop.store.db.conn)  # the account of the day before
    mine = laptop.save("owner", **owner(2))
    outbox.take(laptop.store, 100)

    laptop.take_back(answer)

    assert laptop.waiting() == 1
    assert laptop.store.query("SELECT row_id FROM sync_pending") == [(mine,)]


def test_by_stick_too_what_the_server_forgot_goes(office: Office, laptop: Carrier, tmp_path: Path):
    other = Carrier(office, "Dewi")
    kept, gone = (other.save("owner", **owner(n)) for n in (1, 2))
    other.sync()
    laptop.sync()
    other.store.delete("owner", gone)
    other.sync()
    office.clock.forward(days=400)
    assert tombstones.purge(office.service.db, office.clock) > 0

    for name in ("hin", "balik"):  # the first answer says from where on the second one has to tell
        folder = tmp_path / name
        folder.mkdir()
        laptop.hand_over(folder)
        [answer] = dinas(office, folder)
        outcome = laptop.take_back(answer)
    assert outcome.equal is True
    assert (laptop.get("owner", gone)["deleted"] is None, laptop.get("owner", kept)["deleted"]) == (False, None)


def test_stick_then_wire_is_applied_once(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.sync()  # greeted: it has its numbers
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    [answer] = dinas(office, tmp_path)
    before = office.sums()
    assert laptop.sync().equal, "the same bytes by line get the stored answer"
    assert office.sums() == before
    assert laptop.waiting() == 0
    late = laptop.take_back(answer)
    assert (late.sent, late.received) == (0, 0)
    assert laptop.sync().equal


def test_wire_then_stick_is_applied_once(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    laptop.sync()
    laptop.save("owner", **owner(2))
    laptop.sync()
    before = office.sums()
    [answer] = dinas(office, tmp_path)
    assert office.sums() == before
    laptop.take_back(answer)
    assert laptop.sync().equal
    assert laptop.store.count("owner") == 2


def test_lost_answer_costs_nothing(office: Office, laptop: Carrier, tmp_path: Path):
    row_id = laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    [lost] = dinas(office, tmp_path)
    lost.unlink()
    laptop.store.save("owner", {"id": row_id, "name": "Siti Diubah"})
    laptop.clock.forward(hours=24)
    second = laptop.hand_over(tmp_path)
    [_, answer] = dinas(office, tmp_path)
    assert second.exists()
    laptop.take_back(answer)
    assert laptop.waiting() == 1, "the later edit goes with the next batch"
    assert laptop.sync().equal
    assert laptop.get("owner", row_id)["name"] == "Siti Diubah"


def test_an_old_answer_does_not_turn_back_the_clock(office: Office, laptop: Carrier, tmp_path: Path):
    other = Carrier(office, "Dewi")
    row_id = other.save("owner", **owner(1))
    other.sync()
    laptop.hand_over(tmp_path)
    [answer] = dinas(office, tmp_path)
    other.store.save("owner", {"id": row_id, "name": "Siti Baru"})
    other.sync()
    laptop.sync()
    laptop.take_back(answer)
    laptop.take_back(answer)
    assert laptop.get("owner", row_id)["name"] == "Siti Baru"
    assert laptop.sync().equal


def test_no_byte_can_change(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.save("owner", **owner(1))
    up = laptop.hand_over(tmp_path).read_bytes()
    [answer] = dinas(office, tmp_path)
    down = answer.read_bytes()
    before, rng = office.sums(), random.Random(7)
    forged = tmp_path / "forged.dtx"
    for number in range(1_000):
        whole = bytearray(up if number % 2 else down)
        whole[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        forged.write_bytes(whole)
        with pytest.raises(FileTrouble):
            exchange(office.service, PRIVATE, bytes(whole)) if number % 2 else laptop.take_back(forged)
    assert office.sums() == before
    assert laptop.waiting() == 1


def test_every_cut_is_noticed(laptop: Carrier, office: Office, tmp_path: Path):
    whole = laptop.hand_over(tmp_path).read_bytes()
    for end in (1, 13, 16, 40, 200, len(whole) // 2, len(whole) - 1):
        with pytest.raises(BadBundle) as said:
            exchange(office.service, PRIVATE, whole[:end])
        assert said.value.code in {"damaged", "not-ours"}


def test_foreign_files_say_what_they_are(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.save("owner", **owner(1))
    mine = laptop.hand_over(tmp_path)
    [answer] = dinas(office, tmp_path)
    other = Carrier(office, "Dewi")
    elsewhere = bytes(PrivateKey.generate())
    with pytest.raises(BadBundle, match="another office"):
        exchange(office.service, elsewhere, mine.read_bytes())
    codes = {}
    for name, attempt in {
        "other-laptop": lambda: other.take_back(answer),
        "own": lambda: laptop.take_back(mine),
        "not-ours": lambda: laptop.take_back(_file(tmp_path, b"PK\x03\x04 a workbook")),
        "format": lambda: laptop.take_back(_file(tmp_path, bundle.FAMILY + b"9\n" + bytes(80))),
        "too-large": lambda: bundle.read_head(answer.read_bytes(), bundle.MAX_FILE + 1),
    }.items():
        with pytest.raises(BadBundle) as said:
            attempt()
        codes[name] = said.value.code
    assert codes == {name: name for name in codes}
    laptop.store.set_setting(
        "sync.server", {"office_key": base64.b64encode(bytes(PrivateKey(elsewhere).public_key)).decode()}
    )
    with pytest.raises(BadBundle) as said:
        laptop.take_back(answer)
    assert "Patokan" in said.value.words.id


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "x.dtx"
    path.write_bytes(content)
    return path


def test_nobody_but_the_office_can_answer(office: Office, laptop: Carrier, tmp_path: Path):
    stranger = bytes(PrivateKey.generate())
    head = bundle.Head("down", bundle.key_id(PUBLIC), laptop.device.sender.device, "Patokan", "2026-11-24T00:00:00Z", 0)
    sealed = bundle.seal_down(head, b'{"parts":[]}', stranger, bytes(laptop.device.key.verify_key))
    with pytest.raises(BadBundle) as said:
        laptop.take_back(_file(tmp_path, sealed))
    assert said.value.code == "damaged"


def test_nobody_but_the_device_can_send(office: Office, laptop: Carrier, tmp_path: Path):
    head = bundle.Head("up", bundle.key_id(PUBLIC), laptop.device.sender.device, "Patokan", "2026-11-24T00:00:00Z", 0)
    sealed = bundle.seal_up(head, b"{}", bytes(32), PUBLIC)
    with pytest.raises(BadBundle) as said:
        exchange(office.service, PRIVATE, sealed)
    assert said.value.code == "damaged"


def test_a_bomb_is_refused_unread(office: Office, laptop: Carrier, monkeypatch: pytest.MonkeyPatch):
    bomb = bytes(bundle.MAX_INSIDE + 1)
    assert len(pack(bomb)) < 100_000
    head = bundle.Head("up", bundle.key_id(PUBLIC), laptop.device.sender.device, "Patokan", "2026-11-24T00:00:00Z", 0)
    sealed = bundle.seal_up(head, bomb, bytes(laptop.device.key), PUBLIC)
    with pytest.raises(BadBundle):
        exchange(office.service, PRIVATE, sealed)


def test_a_revoked_laptops_work_waits_for_a_supervisor(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    staff.revoke(office.service.db, office.clock, laptop.device.sender.device, "")
    before = office.sums()
    [said] = exchange_folder(office.service, PRIVATE, tmp_path)

    assert said.words == exchange_words.HELD.fill(sent=1)
    assert office.sums() == before
    [held] = holding.listed(office.service.db)
    assert (held.reason, held.operations, held.device) == ("device-revoked", 1, laptop.device.sender.device)
    outcome = laptop.take_back(tmp_path / said.answer)
    assert (outcome.held, outcome.received, laptop.waiting(), laptop.store.count("owner")) == (1, 0, 0, 1)


def test_one_bad_file_stops_no_other(office: Office, laptop: Carrier, tmp_path: Path):
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    (tmp_path / "aaa.dtx").write_bytes(b"dampingi-dtx/1\nhalf")
    done = exchange_folder(office.service, PRIVATE, tmp_path)
    assert [bool(one.answer) for one in done] == [False, True]
    found = stick.look(laptop.store, tmp_path)
    assert [bool(one.head) for one in found] == [True, False]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Kelurahan Patokan, Kec. Kraksaan", "dampingi-patokan-2026-11-24-0942.dtx"),
        ("Sokaän'an", "dampingi-soka-n-an-2026-11-24-0942.dtx"),
        ("...", "dampingi-kantor-2026-11-24-0942.dtx"),
    ],
)
def test_names_are_plain(place: str, name: str):
    assert bundle.file_name(place, "2026-11-24T09:42:00+07:00") == name
