"""Sending in the background against a real server process: enrol, send, lose the line, meet another key."""

from itertools import count

import pytest

from models import attaching, outbox, sync_events
from models.errors import AppError
from models.onboarding import Person, make_account, profile
from models.pictures import prepare
from sync.enrol import Ticket
from tests.fakes import VILLAGE
from tests.pictures import photo
from tests.server.process import ServerProcess
from ui.background import Background
from ui.context import Profile
from ui.events import Events
from ui.sync_service import SyncService

NUMBERS = count(1)
PASSPHRASE = "kuda teh sumur pelangi"


@pytest.fixture(scope="module")
def central(tmp_path_factory):
    process = ServerProcess(tmp_path_factory.mktemp("central"), "--tls")
    yield process
    process.stop()


class Office:
    """An account with its service; `views` and `pills` are what page and pill were told."""

    def __init__(self, person, qtbot):
        self.qtbot = qtbot
        made = make_account(person, PASSPHRASE)
        self.store, self.account = made.store, made.account
        self.events, self.pills, self.views, self.errors = Events(), [], [], []
        self.background = Background(made.store, self.events, self.errors.append)
        who = Profile(person.name, home_scope=VILLAGE, account=made.account)
        self.service = SyncService(self.background, self.events, made.store.clock, who)
        self.events.sync.connect(self.pills.append)
        self.service.viewed.connect(self.views.append)

    def sync(self):
        before = len(self.views)
        self.service.sync()
        self.qtbot.waitUntil(lambda: not self.service._running and len(self.views) > before, timeout=60_000)
        return self.pills[-1]

    def ask(self, work):
        answers = []
        self.background.read(self.service, work, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
        return answers[0]

    def close(self):
        self.service.stop()
        self.background.close()


@pytest.fixture
def office(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    opened = []

    def make(**person):
        made = Office(Person("Sri Wahyuni", VILLAGE, **person), qtbot)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def ticket(central):
    """A code for a person of this test's own."""
    name = f"Petugas {next(NUMBERS)}"
    central.run("staff", "add", name, "--role", "kasie", "--region", VILLAGE)
    return {"code": central.run("code", name).replace(" ", ""), "server": central.address, "server_pin": central.pin}


def test_a_code_from_the_first_run_is_used_and_everything_is_sent(office, ticket):
    made = office(**ticket)
    made.ask(lambda store: store.save("owner", {"name": "Mistijah", "village": VILLAGE, "informed": "not_yet"}))
    pill = made.sync()
    assert (pill.tone, pill.words.id[:14]) == ("ok", "Semua terkirim")
    assert made.service._outcome.sent == 1
    person = made.ask(profile)
    assert person.code == ""
    assert made.account.vault()._read()["office"]
    assert made.ask(lambda store: store.setting("staff_id"))
    assert made.errors == []


def test_photos_follow_the_records_over_the_pinned_line(office, ticket):
    made = office(**ticket)
    file = prepare(photo(noise=True), "Foto.jpg")
    owner_id = made.ask(
        lambda store: store.save("owner", {"name": "Mistijah", "village": VILLAGE, "informed": "not_yet"})
    ).first_id("owner")
    made.ask(lambda store: attaching.attach(store, file, "photo", owner_id=owner_id))
    assert made.ask(attaching.waiting).files == 1
    made.sync()
    assert made.ask(lambda store: attaching.state(store, file.sha256)) == "safe"
    assert made.service.view.files.files == 0
    assert "1 berkas terkirim, 0 diterima" in [e.words.id for e in made.ask(sync_events.events)]
    assert made.errors == []


def test_without_a_line_the_pill_is_amber_and_nothing_else_happens(office, ticket):
    made = office(**(ticket | {"server": "https://127.0.0.1:9"}))
    pill = made.sync()
    assert (pill.tone, pill.words.id) == ("wait", "Belum tersambung · 0 menunggu")
    assert made.errors == []
    assert made.ask(profile).code == ticket["code"]


def test_a_server_with_another_key_turns_the_pill_red_and_says_why(office, ticket):
    made = office(**ticket)
    made.sync()
    made.ask(lambda store: store.set_setting("sync.server", store.setting("sync.server") | {"pin": "00" * 32}))
    made.service._engine = None
    pill = made.sync()
    assert (pill.tone, pill.words.id) == ("bad", "Sinkronisasi perlu bantuan")
    assert "kunci lain" in made.service.view.status.reason.id
    assert made.errors == []


def test_a_used_code_is_refused_with_a_sentence(office, ticket):
    office(**ticket).sync()
    second = office(**ticket)
    pill = second.sync()
    assert pill.tone == "bad"
    assert "kode" in second.service.view.status.reason.id.casefold()


def test_an_edit_shows_what_waits_at_once(office, ticket, qtbot):
    made = office(**ticket)
    made.sync()
    row = {"name": "Suliha", "village": VILLAGE, "informed": "not_yet"}
    made.background.write(made.service, lambda store: store.save("owner", row))
    qtbot.waitUntil(lambda: made.pills[-1].words.id == "1 menunggu dikirim", timeout=20_000)
    assert made.pills[-1].tone == "info"


def test_the_sample_office_never_calls_anybody(office, qtbot):
    made = office(code="", server="")
    made.service.stop()
    made.service.sync()
    assert not made.service._running


def test_a_revoked_laptop_hands_in_and_goes_on_with_a_new_code(office, central, ticket):
    made = office(**ticket)
    assert made.sync().tone == "ok"
    made.ask(lambda store: store.save("owner", {"name": "Mistijah", "village": VILLAGE, "informed": "not_yet"}))
    device, user = made.ask(lambda store: (outbox.device(store), store.user))
    central.run("revoke", device)
    made.sync()
    made.qtbot.waitUntil(lambda: made.pills[-1].tone == "bad", timeout=20_000)
    assert made.views[-1].new_code
    assert "1 data yang belum terkirim sudah diserahkan" in made.views[-1].status.reason.id

    code = central.run("code", user).replace(" ", "")
    done = []
    made.service.enrol(Ticket(central.address, central.pin, code), lambda: done.append(1), done.append)
    made.qtbot.waitUntil(lambda: done == [1], timeout=20_000)
    made.sync()
    made.qtbot.waitUntil(lambda: made.pills[-1].tone == "ok", timeout=20_000)
    assert not made.views[-1].new_code


def test_after_a_bug_the_next_try_begins_anew(office, ticket, qtbot):
    made = office(**ticket)
    made.sync()
    link = made.ask(lambda store: store.setting("sync.server"))
    made.ask(lambda store: store.set_setting("sync.server", "damaged"))
    made.service._engine = None

    with qtbot.capture_exceptions() as caught:
        made.sync()
        qtbot.waitUntil(lambda: bool(caught))
    made.ask(lambda store: store.set_setting("sync.server", link))

    assert not issubclass(caught[0][0], AppError)
    assert made.sync().tone == "ok"
