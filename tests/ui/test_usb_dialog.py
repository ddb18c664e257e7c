"""The dialog of the stick: what it says, what it carries, and what it refuses, on a real store and server."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models import outbox
from server.exchange import exchange_folder
from sync.bundle import TROUBLES
from tests.fakes import FrozenClock, owner
from tests.sync.office import Office
from tests.sync.test_stick import PRIVATE, Carrier
from ui.drives import Drive
from ui.stick_banner import StickBanner
from ui.usb_dialog import UsbDialog
from ui.words import sync_lists
from ui.words import usb as words


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


def test_it_fits_its_words_at_once_and_stays_in_the_middle(carried):
    _, dialog, plugged = carried
    found, middle = dialog.height(), dialog.geometry().center().y()
    dialog.look()
    assert dialog.height() == found, "not only when it looks again"
    plugged.clear()
    dialog.note.setText(" ".join([dialog.note.text()] * 4))
    dialog.look()
    assert dialog.height() > found
    assert abs(dialog.geometry().center().y() - middle) <= 1


def test_a_stick_pulled_out_is_said(carried):
    laptop, dialog, plugged = carried
    laptop.save("owner", **owner(1))
    plugged[0] = Drive("GONE (F:)", plugged[0].root / "gone", 1)
    dialog.look()
    dialog.hand.click()
    assert "Pasang lagi" in dialog.note.text()
    assert outbox.waiting(laptop.store) == 1


def test_the_exchanges_so_far_are_listed(carried, office: Office, tmp_path: Path):
    laptop, dialog, _ = carried
    dialog.history.click()
    assert dialog.past.isVisible()
    assert sync_lists.NO_STICKS.id in said(dialog.past)
    dialog.history.click()
    laptop.save("owner", **owner(1))
    dialog.look()
    dialog.hand.click()
    exchange_folder(office.service, PRIVATE, tmp_path)
    dialog.look()
    dialog.take.click()
    dialog.history.click()
    lines = said(dialog.past)
    assert any("dampingi-patokan-2026-11-24-0942.dtx" in line for line in lines)
    assert not dialog.hand.isVisible()
    assert dialog.history.text() == words.BACK_TO_STICK.id
    dialog.history.click()
    assert dialog.hand.isVisible()


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.fixture
def banner(carried, ctx, office: Office, tmp_path: Path, shown):
    """The banner of a window, and a stick that came back from the Dinas."""
    laptop, dialog, plugged = carried
    dialog.close()
    laptop.save("owner", **owner(1))
    laptop.hand_over(tmp_path)
    exchange_folder(office.service, PRIVATE, tmp_path)
    window = QWidget()
    made = StickBanner(ctx, lambda: plugged)
    QVBoxLayout(window).addWidget(made)
    shown(window).activateWindow()
    return made, laptop, plugged


def test_a_stick_with_our_file_is_offered_and_never_taken_by_itself(banner, qtbot):
    made, laptop, plugged = banner
    qtbot.waitUntil(made.isActiveWindow)
    made.look()
    assert "KINGSTON (E:)" in made.banner.text.text()
    assert outbox.waiting(laptop.store) == 1
    plugged.clear()
    made.look()
    assert made.banner is None


def test_a_closed_banner_stays_away_until_another_file(
    banner, qtbot, office: Office, clock: FrozenClock, tmp_path: Path
):
    made, laptop, _ = banner
    qtbot.waitUntil(made.isActiveWindow)
    made.look()
    made.banner.closed.emit()
    made.look()
    assert made.isHidden()
    clock.forward(hours=1)
    laptop.hand_over(tmp_path)
    exchange_folder(office.service, PRIVATE, tmp_path)
    made.look()
    assert made.shown


def test_a_file_for_somebody_else_is_not_offered(banner, qtbot, tmp_path: Path):
    made, _, _ = banner
    qtbot.waitUntil(made.isActiveWindow)
    for answer in tmp_path.glob("*.dtx"):
        answer.unlink()
    (tmp_path / "dampingi-lain.dtx").write_bytes(b"DTX1 not ours")
    made.look()
    assert made.banner is None
