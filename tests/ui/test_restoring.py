"""Back to a backup on real files: a damaged one at unlocking, by keys alone; and from the settings, by way of a stick."""

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from models import accounts, backups, outbox
from models.accounts import Account
from models.errors import DamagedDatabase
from models.i18n import Words
from models.store import Store
from sync import bundle
from tests.fakes import VILLAGE, FrozenClock, SaidDialogs, owner
from ui import app, preferences
from ui.context import Context
from ui.drives import Drive
from ui.gate import Opened
from ui.recovery_sheet import RecoverySheet
from ui.restore_sheet import RestoreSheet
from ui.settings_backup import BackupSection
from ui.unlock import UnlockScreen
from ui.unlock_damaged import DamagedForm
from ui.words import restoring as w

PASSPHRASE = "kuda teh sumur pelangi"
OFFICE = bytes(PrivateKey(bytes(range(32))).public_key)
LAPTOP = "01a1aaaa-0000-7000-8000-00000000000d"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A computer with an account that has a backup of yesterday at 07.55, and its paper key; each test gets a copy."""
    home, clock = tmp_path_factory.mktemp("prepared"), FrozenClock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAMPINGI_HOME", str(home))
        patch.setattr("models.vault.ARGON2", {"opslimit": 1, "memlimit": 8192 * 8})
        account, paper = accounts.create("Sri Wahyuni", "Kel. Patokan", PASSPHRASE, VILLAGE, clock=clock)
        store = accounts.unlock(account, PASSPHRASE, clock=clock)
    enrol(store)
    store.save("owner", owner(1))
    clock.forward(days=-1, hours=-1, minutes=-47)
    backups.daily(store, account.backups, clock)
    store.close()
    return home, paper


@pytest.fixture
def home(prepared: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "home"
    shutil.copytree(prepared[0], made)
    monkeypatch.setenv("DAMPINGI_HOME", str(made))
    return made


@pytest.fixture
def account(home: Path) -> Account:
    [made] = accounts.list_accounts()
    return made


def enrol(store: Store) -> None:
    outbox.become(store, LAPTOP, "", store.user)
    store.set_setting("sync.key", base64.b64encode(bytes(SigningKey.generate())).decode())
    store.set_setting("sync.server", {"address": "", "pin": "", "office_key": base64.b64encode(OFFICE).decode()})
    outbox.set_grants(store, 1, {VILLAGE: "write"})


@pytest.fixture
def window(home: Path, clock: FrozenClock, qtbot):
    made = app.Window(home, clock, preferences.Preferences())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def screen(account: Account, clock: FrozenClock, shown) -> UnlockScreen:
    return shown(UnlockScreen([account], clock, "id", SaidDialogs()))


def press(window, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget(), key)


def damage(account: Account) -> bytes:
    content = bytearray(account.data.read_bytes())
    content[700] ^= 1
    account.data.write_bytes(content)
    return bytes(content)


def offered(screen: UnlockScreen, qtbot) -> DamagedForm:
    """What comes when the passphrase is typed."""
    QTest.keyClicks(screen.passphrase_form.edit, PASSPHRASE)
    QTest.keyClick(screen.passphrase_form.edit, Qt.Key.Key_Return)
    return form_of(screen, qtbot)


def form_of(screen: UnlockScreen, qtbot) -> DamagedForm:
    qtbot.waitUntil(lambda: isinstance(screen._forms.currentWidget(), DamagedForm))
    form = screen._forms.currentWidget()
    assert isinstance(form, DamagedForm)
    return form


def texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel)}


def test_a_damaged_file_is_told_and_opened_from_its_backup_by_keys_alone(screen, account, qtbot):
    broken = damage(account)
    form = offered(screen, qtbot)
    assert {w.DAMAGED_WHY.id, "Senin, 23 November 2026, 07.55"} <= texts(form)
    assert screen.focusWidget() is form.later, "nothing happens by an Enter too many"
    press(screen, Qt.Key.Key_Escape)
    assert screen.focusWidget() is screen.passphrase_form.edit
    assert account.data.read_bytes() == broken

    form = offered(screen, qtbot)
    while screen.focusWidget() is not form.button:
        press(screen, Qt.Key.Key_Tab)
    with qtbot.waitSignal(screen.opened) as caught:
        press(screen, Qt.Key.Key_Space)
    store = caught.args[0].store
    assert [row["name"] for row in store.find("owner")] == ["Siti Contoh 1"]
    store.close()
    assert [aside.read_bytes() for aside in account.folder.glob("data-aside-*.db")] == [broken]


def test_without_a_good_backup_it_says_whom_to_call_and_changes_nothing(screen, account, qtbot):
    [backup] = backups.listed(account.backups)
    backup.path.write_bytes(b"not what it was" * 500)
    account.data.unlink()
    form = offered(screen, qtbot)
    assert {w.NO_GOOD.id, w.CALL.id} <= texts(form)
    assert form.button.isHidden()
    assert screen.focusWidget() is form.later
    press(screen, Qt.Key.Key_Space)
    assert screen.focusWidget() is screen.passphrase_form.edit
    assert not account.data.exists()


def test_who_comes_by_the_paper_key_gets_the_backup_too(screen, account, prepared, qtbot):
    damage(account)
    screen._try_recovery(prepared[1], "gunung sapu kertas angin")
    form = form_of(screen, qtbot)
    [backup] = backups.listed(account.backups)
    good = backup.path.read_bytes()
    backup.path.write_bytes(b"pulled away" * 500)
    form.button.click()
    qtbot.waitUntil(lambda: form.problem.isVisible())
    assert form.button.isEnabled()
    backup.path.write_bytes(good)
    form.button.click()
    qtbot.waitUntil(lambda: bool(screen.findChildren(RecoverySheet)))
    with qtbot.waitSignal(screen.opened) as caught:
        screen.sheet.check.click()
    caught.args[0].store.close()


class Host:
    """A window that remembers what shall be done while the data is closed."""

    def __init__(self) -> None:
        self.meanwhile: list[Callable[[], Words]] = []

    def lock_out(self, meanwhile: Callable[[], Words]) -> None:
        self.meanwhile.append(meanwhile)

    def toast(self, *_: object) -> None:
        """Nobody reads it here."""


@pytest.fixture
def store(account: Account, clock: FrozenClock) -> Iterator[Store]:
    """The open account, in which one owner was recorded since the backup."""
    made = accounts.unlock(account, PASSPHRASE, clock=clock)
    made.save("owner", owner(2))
    yield made
    made.close()


@pytest.fixture
def section(ctx: Context, account: Account, shown) -> BackupSection:
    ctx.profile, ctx.host = replace(ctx.profile, account=account), Host()  # pyright: ignore[reportAttributeAccessIssue]
    made = shown(BackupSection(ctx))
    made.open()
    return made


def ask(section: BackupSection, drives: list[Drive]) -> RestoreSheet:
    account = section.ctx.profile.account
    assert account
    sheet = RestoreSheet(section.ctx, section, account, backups.listed(account.backups)[0], lambda: drives)
    sheet.open_over(section)
    return sheet


def after(section: BackupSection, qtbot) -> str:
    """Closes the account and does what was asked for; what the unlock screen says then."""
    qtbot.waitUntil(lambda: bool(section.ctx.host.meanwhile))
    section.ctx.background.store.close()
    return section.ctx.host.meanwhile.pop()().id


def contents(account: Account) -> tuple[list[str], int]:
    store = accounts.unlock(account, PASSPHRASE)
    names = sorted(row["name"] for row in store.find("owner"))
    waiting = outbox.waiting(store)
    store.close()
    return names, waiting


def test_without_a_stick_nothing_happens_and_it_says_so(section, account, store):
    [button] = section.restore_buttons
    assert button.accessibleName() == "Pulihkan cadangan 23 Nov 07.55…"
    button.click()
    section.findChild(RestoreSheet).reject()

    sheet = ask(section, [])
    assert sheet.windowTitle() == "Pulihkan cadangan 23 Nov 07.55?"
    assert "1 data yang belum terkirim sesudah waktu itu disimpan dulu ke flashdisk." in texts(sheet)
    assert sheet.focusWidget() is sheet.cancel
    sheet.act.click()
    assert w.NO_STICK.id in texts(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert section.ctx.host.meanwhile == []
    store.close()
    assert contents(account) == (["Siti Contoh 1", "Siti Contoh 2"], 2)


def test_what_the_stick_does_not_take_stays(section, store, tmp_path, qtbot):
    sheet = ask(section, [Drive("HILANG (F:)", tmp_path / "gone", 1)])
    sheet.act.click()
    assert sheet.problem.isVisible()
    assert sheet.act.isEnabled()
    assert section.ctx.host.meanwhile == []
    sheet.reject()

    store.set_setting("sync.server", None)
    sheet = ask(section, [Drive("KINGSTON (E:)", tmp_path, 1)])
    assert w.NOT_CONNECTED.fill(n="1").id in texts(sheet)
    assert sheet.act.isHidden()


def test_when_nothing_waits_no_stick_is_needed(section, account, store, clock, qtbot):
    clock.forward(days=1)
    section._make()
    assert len(section.restore_buttons) == 2
    sheet = ask(section, [])
    assert w.NOTHING_UNSENT.id in texts(sheet)
    sheet.act.click()
    assert "25 Nov 09.42" in after(section, qtbot)
    assert contents(account) == (["Siti Contoh 1", "Siti Contoh 2"], 2)


def test_a_damaged_backup_is_not_put_in_place_and_a_damaged_file_is_set_aside(section, account, store, qtbot):
    [backup] = backups.listed(account.backups)
    good = backup.path.read_bytes()
    backup.path.write_bytes(b"not what it was" * 500)
    sheet = ask(section, [])
    assert w.BAD_BACKUP.id in texts(sheet)
    assert sheet.act.isHidden()
    sheet.reject()

    backup.path.write_bytes(good)
    sheet = ask(section, [])
    sheet._failed(DamagedDatabase())  # what any question to such a file ends in
    assert w.UNREADABLE.id in texts(sheet)
    sheet.act.click()
    assert "sudah dipulihkan" in after(section, qtbot)
    assert contents(account) == (["Siti Contoh 1"], 1)
    assert len([*account.folder.glob("data-aside-*.db")]) == 1


def test_what_waits_goes_onto_the_stick_before_the_backup_comes_back(window, account, clock, qtbot, tmp_path):
    opened = accounts.unlock(account, PASSPHRASE, clock=clock)
    opened.save("owner", owner(2))
    window.enter(Opened(account, opened))
    window.account.sync.stop()
    window.account.shell.go("settings", section="backup")
    section = window.account.shell.page._sections["backup"]
    sheet = ask(section, [Drive("KINGSTON (E:)", tmp_path, 11_400_000_000)])
    qtbot.waitUntil(sheet.act.isEnabled)
    sheet.act.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockScreen))
    [file] = tmp_path.glob("*.dtx")
    assert bundle.read_head(file.read_bytes()).records == 2
    news = window.centralWidget().passphrase_form.news
    assert news.isVisible()
    assert "2 data ada di flashdisk" in news.text.text()
    assert contents(account) == (["Siti Contoh 1"], 1)
    [aside] = account.folder.glob("data-aside-*.db")
    assert backups.prove(aside, opened.key) == 2
