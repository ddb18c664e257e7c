"""Receipts of real syncs: what went and came by sort, what waits, and that both sides are equal."""

from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from models import outbox, receipts
from server.exchange import exchange_folder
from sync import proof, status
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


@pytest.fixture
def signing(office: Office) -> Office:
    office.service = replace(office.service, signer=SigningKey(bytes(32)))
    return office


def test_the_server_signs_how_it_stands_and_the_receipt_keeps_it(signing: Office) -> None:
    sri = Carrier(signing)
    sri.save("owner", **owner(1))
    seal = synced(sri).seal
    assert seal
    assert seal.genuine
    assert seal.stands == {s.scope: (s.cursor, s.count, s.sum) for s in outbox.scopes(sri.store).values()}


def test_the_receipt_of_an_older_server_says_that_nothing_was_signed(office: Office) -> None:
    sri = Carrier(office)
    sri.save("owner", **owner(1))
    assert synced(sri).seal is None


def test_what_another_key_signed_or_somebody_changed_does_not_pass(signing: Office) -> None:
    sri = Carrier(signing)
    sri.save("owner", **owner(1))
    seal = synced(sri).seal
    assert seal
    key = signing.service.proof_key()
    assert proof.genuine(key, seal.text, seal.signature)
    assert not proof.genuine(key, seal.text.replace("[", "[ ", 1), seal.signature)
    assert not proof.genuine(key, seal.text, "bm9uZQ==")
    sri.line.service = replace(signing.service, signer=SigningKey(b"1" * 32))
    sri.save("owner", **owner(2))
    other = synced(sri).seal
    assert other
    assert not other.genuine


def test_a_stick_brings_the_key_and_the_signature(signing: Office, tmp_path: Path) -> None:
    sri = Carrier(signing)
    sri.save("owner", **owner(1))
    sri.hand_over(tmp_path)
    [done] = exchange_folder(signing.service, PRIVATE, tmp_path)
    sri.take_back(tmp_path / done.answer)
    [kept] = receipts.kept(sri.store)
    assert kept.seal
    assert kept.seal.genuine


def test_a_file_of_an_earlier_version_learns_to_keep_signatures(office: Office) -> None:
    store = Carrier(office).store
    store.query("ALTER TABLE sync_receipt DROP COLUMN seal")
    receipts._set_up(store.db)
    receipts.keep(store, receipts.Done({"owner": 1}, seal=receipts.Seal("[]", "", genuine=False)))
    assert receipts.kept(store)[0].seal == receipts.Seal("[]", "", genuine=False)


def test_only_the_newest_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "KEPT", 2)
    sri = Carrier(office)
    for n in range(1, 4):
        receipts.keep(sri.store, receipts.Done({"owner": n}))
    assert [receipt.sent for receipt in receipts.kept(sri.store)] == [3, 2]
