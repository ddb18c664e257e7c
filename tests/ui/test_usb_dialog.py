"""The dialog of the stick: what it says, what it carries, and what it refuses, on a real store and server."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models import outbox
from server.exchange import exchange_folder
from sync.bundle import TROUBLES
from tests.fakes import FrozenClock, owner
from tests.sync.office import Office
from tests.sync.test_stick import PRIVATE, Carrier
from ui.drives import Drive
from ui.usb_dialog import UsbDialog


@pytest.fixture
def office(clock: FrozenClock) -> Office:
    return Office(clock)


@pytest.fixture
def carried(ctx, office: Office, tmp_path: Path, qtbot):
    """A dialog over the store of an enrolled laptop, and the stick in it."""
    laptop = Carrier(office)
    ctx.background.store = laptop.store
    plugged = [Drive("KINGSTON (E:)", tmp_path, 11_400_000_000)]
    dialog = UsbDialog(ctx, None, lambda: plugged)
    qtbot.addWidget(dialog)
    dialog.show()
    return laptop, dialog, plugged


def test_hands_over_and_takes_the_receipt(carried, office: Office, tmp_path: Path):
    laptop, dialog, _ = carried
    Carrier(office, "Dewi").sync()
    laptop.save("owner", **owner(1))
    dialog.look()
    assert not dialog.take.isEnabled()
    QTest.keyClick(dialog.hand, Qt.Key.Key_Return)
    assert "dampingi-patokan-2026-11-24-0942.dtx" in dialog.note.text()
    assert outbox.waiting(laptop.store) == 1
    exchange_folder(office.service, PRIVATE, tmp_path)
    dialog.look()
    assert dialog.take.isEnabled(), "offered, not taken by itself"
    assert outbox.waiting(laptop.store) == 1
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert outbox.waiting(laptop.store) == 0
    assert not dialog.take.isEnabled(), "the same file is not offered again"


def test_a_damaged_file_is_named_and_changes_nothing(carried, office: Office, tmp_path: Path):
    laptop, dialog, _ = carried
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    [done] = exchange_folder(office.service, PRIVATE, tmp_path)
    answer = tmp_path / done.answer
    whole = bytearray(answer.read_bytes())
    whole[-1] ^= 1
    answer.write_bytes(whole)
    dialog.look()
    dialog.take.click()
    assert dialog.note.text() == TROUBLES["damaged"].id
    assert outbox.waiting(laptop.store) == 1


def test_without_a_stick_nothing_can_be_pressed(carried):
    _, dialog, plugged = carried
    plugged.clear()
    dialog.look()
    assert not dialog.hand.isEnabled()
    assert not dialog.take.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_stick_pulled_out_is_said(carried):
    laptop, dialog, plugged = carried
    laptop.save("owner", **owner(1))
    plugged[0] = Drive("GONE (F:)", plugged[0].root / "gone", 1)
    dialog.look()
    dialog.hand.click()
    assert "Pasang lagi" in dialog.note.text()
    assert outbox.waiting(laptop.store) == 1
