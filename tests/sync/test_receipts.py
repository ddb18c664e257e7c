"""Receipts of real syncs: what went and came by sort, what waits, and that both sides are equal."""

from pathlib import Path

import pytest

from models import receipts
from server.exchange import exchange_folder
from sync import status
from tests.fakes import FrozenClock, business, owner
from tests.sync.office import Office
from tests.sync.test_stick import PRIVATE, Carrier


@pytest.fixture
def office(clock: FrozenClock) -> Office:
    return Office(clock)


def synced(laptop: Carrier) -> receipts.SyncReceipt:
    """One sync with its record, as the program does it; the receipt it left."""
    outcome = laptop.sync()
    status.record(laptop.store, outcome)
    return receipts.kept(laptop.store, 1)[0]


def test_a_receipt_counts_by_sort_and_says_that_both_are_equal(office: Office) -> None:
    sri, dewi = Carrier(office), Carrier(office, "Dewi")
    for laptop in (sri, dewi):
        laptop.sync()  # each has its numbers
    person = sri.save("owner", **owner(1))
    sri.save("business", **business(person))
    sri.save("business", **business(person, 2))
    sent = synced(sri)
    assert {line.entity: line.sent for line in sent.lines if line.sent} == {"owner": 1, "business": 2}
    assert (sent.sent, sent.waiting, sent.equal) == (3, 0, True)
    came = synced(dewi)
    assert {line.entity: line.received for line in came.lines if line.entity != "staff"} == {"owner": 1, "business": 2}
    assert came.sum == sent.sum, "both hold the same"


def test_a_sync_that_carried_nothing_leaves_no_receipt(office: Office) -> None:
    sri = Carrier(office)
    sri.save("owner", **owner(1))
    synced(sri)
    status.record(sri.store, sri.sync())
    assert len(receipts.kept(sri.store)) == 1


def test_a_stick_leaves_a_receipt_too(office: Office, tmp_path: Path) -> None:
    sri = Carrier(office)
    sri.save("owner", **owner(1))
    sri.hand_over(tmp_path)
    assert receipts.kept(sri.store) == [], "nothing is received before the answer"
    [done] = exchange_folder(office.service, PRIVATE, tmp_path)
    sri.take_back(tmp_path / done.answer)
    [kept] = receipts.kept(sri.store)
    assert (kept.way, kept.sent) == ("stick", 1)


def test_only_the_newest_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "KEPT", 2)
    sri = Carrier(office)
    for n in range(1, 4):
        receipts.keep(sri.store, receipts.Done({"owner": n}))
    assert [receipt.sent for receipt in receipts.kept(sri.store)] == [3, 2]
