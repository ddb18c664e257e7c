"""The unlock screen on real accounts: passphrase, recovery key, the words of each refusal."""

import pytest
from nacl.public import PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models import accounts, vault
from models.files import OUT_OF_REACH
from server import rescue
from tests.fakes import VILLAGE, SaidDialogs
from ui.recovery_sheet import RecoverySheet
from ui.unlock import UnlockScreen
from ui.words import common
from ui.words import unlock as w

PASSPHRASE = "kuda teh sumur pelangi"


@pytest.fixture
def people(tmp_path, monkeypatch, clock):
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    made = [
        accounts.create(name, "Kel. Patokan", PASSPHRASE, VILLAGE, clock=clock)
        for name in ("Sri Wahyuni", "Lailatul Fitriyah")
    ]
    return {account.name: (account, key) for account, key in made}


@pytest.fixture
def screen(qtbot, people, clock, shown):
    return shown(UnlockScreen(accounts.list_accounts(), clock, "id", SaidDialogs()))


def test_passphrase_opens_the_chosen_persons_store(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_Down)
    assert screen.account.name == "Sri Wahyuni"
    qtbot.keyClicks(screen.passphrase_form.edit, PASSPHRASE)
    with qtbot.waitSignal(screen.opened) as caught:
        qtbot.keyClick(screen.passphrase_form.edit, Qt.Key.Key_Return)
    opened = caught.args[0]
    assert (opened.account.name, opened.store.home_scope, opened.start) == ("Sri Wahyuni", VILLAGE, "home")
    opened.store.close()


def test_wrong_passphrase_is_said_beside_the_field_and_nothing_opens(qtbot, screen):
    qtbot.keyClicks(screen.passphrase_form.edit, "bukan kata sandinya")
    screen.opened.connect(lambda _: pytest.fail("opened"))
    qtbot.keyClick(screen.passphrase_form.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.passphrase_form.field.problem != "")
    assert screen.passphrase_form.field.problem == "Kata sandi salah."
    assert screen.passphrase_form.button.isEnabled()


def test_a_second_window_is_refused_with_a_sentence(qtbot, screen):
    held = accounts.unlock(screen.account, PASSPHRASE)
    qtbot.keyClicks(screen.passphrase_form.edit, PASSPHRASE)
    qtbot.keyClick(screen.passphrase_form.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.passphrase_form.field.problem != "")
    held.close()
    assert "sudah terbuka" in screen.passphrase_form.field.problem


def test_recovery_key_sets_a_new_passphrase_and_shows_a_new_sheet(qtbot, screen, people):
    account, key = people[screen.account.name]
    screen.passphrase_form.use_key.emit()
    form = screen.recovery_form
    form.key.setText(key.lower())
    form.first.setText("gunung sapu kertas angin")
    form.second.setText("gunung sapu kertas api")
    qtbot.keyClick(form.second, Qt.Key.Key_Return)
    assert form.fields[2].problem == "Belum sama dengan yang di atas."
    form.second.setText("gunung sapu kertas angin")
    qtbot.keyClick(form.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.findChildren(RecoverySheet)))
    with qtbot.waitSignal(screen.opened) as caught:
        screen.sheet.check.click()
    caught.args[0].store.close()
    accounts.unlock(account, "gunung sapu kertas angin").close()


def test_mistyped_group_of_the_recovery_key_is_named(qtbot, screen, people):
    _, key = people[screen.account.name]
    wrong = ("B" if key[0] != "B" else "C") + key[1:]
    screen.passphrase_form.use_key.emit()
    form = screen.recovery_form
    form.key.setText(wrong)
    form.first.setText(PASSPHRASE)
    form.second.setText(PASSPHRASE)
    qtbot.keyClick(form.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.fields[0].problem != "")
    assert "Kelompok ke-1" in form.fields[0].problem


def test_caps_lock_is_named_and_the_passphrase_can_be_seen(qtbot, screen):
    edit = screen.passphrase_form.edit
    qtbot.keyClick(edit, Qt.Key.Key_A)
    assert screen.passphrase_form.field.problem == ""
    edit.caps_lock.emit(True)
    assert "Caps Lock" in screen.passphrase_form.field.problem
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    edit.reveal()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "pagi"), (2, "siang"), (6, "sore"), (10, "malam"), (14, "malam"), (15, "pagi")]
)
def test_greeting_follows_the_offices_hour(clock, hours, words):
    clock.forward(hours=hours)
    assert common.greeting(clock).id.startswith(f"Selamat {words}")


def test_who_lost_the_sheet_too_opens_the_data_by_letters_of_the_dinas(qtbot, screen, people, tmp_path):
    account, _ = people[screen.account.name]
    form, said = screen.recovery_form, screen._dialogs
    screen.passphrase_form.use_key.emit()
    form.ask_office.emit()
    assert form.fields[0].problem == vault.NOT_CONNECTED.id

    opened = accounts.unlock(account, PASSPHRASE)
    account.vault().seal_to_office(opened.key, bytes(PrivateKey(bytes(32)).public_key))
    opened.close()
    said.file = tmp_path / "permintaan.dampingi-kunci"
    form.ask_office.emit()
    assert form.fields[0].problem == w.ASKED_OFFICE.id
    answer, letters = rescue.open_key(bytes(32), said.file.read_bytes())
    said.file = tmp_path / "pulled-out" / "jawaban.dampingi-kunci"
    form.take_answer.emit()
    assert form.fields[0].problem == OUT_OF_REACH.id
    said.file = tmp_path / "jawaban.dampingi-kunci"
    said.file.write_bytes(answer[:-9])
    form.take_answer.emit()
    assert form.fields[0].problem == vault.OTHER_ANSWER.id
    said.file.write_bytes(answer)
    form.take_answer.emit()
    assert form.fields[0].problem == w.ANSWER_TAKEN.id

    form.key.setText(letters)
    form.first.setText("gunung sapu kertas angin")
    form.second.setText("gunung sapu kertas angin")
    qtbot.keyClick(form.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.findChildren(RecoverySheet)))
    with qtbot.waitSignal(screen.opened) as caught:
        screen.sheet.check.click()
    caught.args[0].store.close()
