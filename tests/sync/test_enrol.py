"""Enrolment: the file of the Dinas, a lost answer, an account that worked before it was known."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from models import outbox
from models.errors import FileTrouble, SyncTrouble
from models.store import Store
from server import access, staff
from sync import enrol as enrol_module
from sync.engine import Engine, Offline
from sync.enrol import Ticket, enrol_account, link, read_file
from sync.protocol import EnrolAnswer, EnrolRequest
from sync.status import state
from tests.fakes import VILLAGE, FrozenClock, owner
from tests.server.helpers import Device
from tests.sim.world import fresh_store
from tests.sync.office import Office

CODE = "ZLVGKD0T"
ELSEWHERE = "3574011001"


def written(folder: Path, content: Any) -> Path:
    path = folder / "x.dampingi"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    content = {"dampingi": 1, "address": "https://10.0.0.5:8420/", "key": "AB" * 32, "code": "zlvg kd0t"}

    assert read_file(written(tmp_path, content)) == Ticket("https://10.0.0.5:8420", "ab" * 32, CODE)


GOOD = {"dampingi": 1, "address": "https://x", "key": "ab", "code": CODE}


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"[" * 9000, b"{}" * 9000, GOOD | {"dampingi": 2}, GOOD | {"code": "ZLVGKD0X"},
     GOOD | {"address": 5}, GOOD | {"address": "file:///etc"}, {"dampingi": 1}],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_with_a_sentence(tmp_path: Path, content: Any) -> None:
    with pytest.raises(FileTrouble) as caught:
        read_file(written(tmp_path, content))
    assert caught.value.words == enrol_module.BAD_FILE


def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        read_file(tmp_path / "none.dampingi")


def test_a_mistyped_code_is_noticed_before_anything_is_asked() -> None:
    with pytest.raises(SyncTrouble) as caught:
        enrol_account(_nobody, Ticket("https://x", "", "ZLVGKD0X"))
    assert caught.value.words == enrol_module.BAD_CODE


def _nobody(_: Any) -> Any:
    raise AssertionError


class Desk:
    """The enrolment of a server in this process, on which answers can be lost."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.service = office.service
        self.lose_next = False
        monkeypatch.setattr(enrol_module, "enrol", self)

    def __call__(self, _: Any, request: EnrolRequest) -> EnrolAnswer:
        answer = access.enrol(self.service.db, self.service.clock, request, self.service.office_key)
        if self.lose_next:
            self.lose_next = False
            raise Offline
        return answer


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(office, monkeypatch)


@pytest.fixture
def before(clock: FrozenClock) -> Store:
    """The store of an account that nobody knows yet, with some work in it."""
    store = fresh_store(clock, "Sri Wahyuni", ELSEWHERE)
    store.save("owner", owner())
    return store


def code_for(office: Office, name: str) -> str:
    user = Device(office.service, name).sender.user
    return staff.issue_code(office.service.db, office.clock, user)


def test_work_from_before_gets_its_author_and_a_place_where_it_may_be_kept(
    office: Office, desk: Desk, before: Store
) -> None:
    assert state(before).pill == "offline"
    person = enrol_account(lambda work: work(before), Ticket("https://x", "", code_for(office, "Sri Wahyuni")))

    [row] = before.find("owner")
    assert (row["created_by"], row["scope"], before.user, before.home_scope) == (person.id, VILLAGE, person.id, VILLAGE)
    assert link(before) is not None
    assert outbox.device(before)


def test_a_lost_answer_is_made_good_by_trying_again(office: Office, desk: Desk, before: Store) -> None:
    given = Ticket("https://x", "", code_for(office, "Sri Wahyuni"))
    desk.lose_next = True

    with pytest.raises(Offline):
        enrol_account(lambda work: work(before), given)
    assert link(before) is None
    assert enrol_account(lambda work: work(before), given).name == "Sri Wahyuni"


def test_a_new_code_after_a_backup_loses_nothing_and_doubles_nothing(office: Office, desk: Desk, before: Store) -> None:
    from tests.sim.world import Line

    sri = office.laptop()
    kept = sri.save("owner", **owner())
    sri.sync()
    backup = fresh_store(sri.clock, sri.store.user, VILLAGE)
    sri.store.db.conn.backup(backup.db.conn)
    sri.save("owner", id=kept, note="setelah cadangan")
    sri.sync()
    backup.save("owner", {"id": kept, "phone": "+6281200000999"})

    enrol_account(lambda work: work(backup), Ticket("https://x", "", code_for(office, "Sri Wahyuni")))
    sender = Device(office.service, "x").sender.__class__(outbox.device(backup), backup.user)
    line = Line(office.service, sender, sri.line.rng, faults=False)
    outcome = Engine(lambda work: work(backup), line, sri.clock, lambda: 0.0).run()

    found = backup.get("owner", kept)
    assert found
    assert (outcome.equal, outcome.reason) == (True, None)
    assert (found["note"], found["phone"]) == ("setelah cadangan", "+6281200000999")
    assert backup.count("owner") == 1


def test_the_devices_key_never_leaves_and_signs(office: Office, desk: Desk, before: Store) -> None:
    enrol_account(lambda work: work(before), Ticket("https://x", "", code_for(office, "Sri Wahyuni")))
    found = link(before)

    assert found is not None
    assert len(base64.b64decode(found._identity.sign("nonce"))) == 64
