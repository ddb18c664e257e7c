"""Back to a backup with real files: what was never sent goes by stick, and nothing meets a batch of the same number."""

from pathlib import Path
from typing import Any

import pytest

from models import accounts, backups, outbox
from models.errors import SyncTrouble
from models.stepping_back import uncarried
from server.exchange import exchange_folder
from sync import going_back, stick, words
from sync.going_back import Outlook
from tests.sync.near import PRIVATE
from tests.sync.test_rescue import PASSPHRASE, Desk, blank, desks, machine

__all__ = ["blank", "desks", "machine"]


@pytest.fixture
def sri(desks: Any) -> Desk:
    """She has a backup; since then she recorded one owner and changed another."""
    made = desks("Sri")
    [sent] = made.save(601)
    assert made.sync().equal
    assert backups.daily(made.store, made.account.backups, made.clock)
    made.save(602)
    made.store.save("owner", {"id": sent, "note": "sesudah cadangan"})
    return made


def outlook(sri: Desk) -> Outlook:
    [made] = backups.listed(sri.account.backups)
    return going_back.look(sri.store, backups.last_stamp(made, sri.store.key))


def go_back(sri: Desk, outlook: Outlook) -> None:
    [made] = backups.listed(sri.account.backups)
    sri.store.close()
    going_back.go_back(sri.account, sri.store.key, made, outlook, sri.clock)


def test_what_was_never_sent_reaches_the_server_by_stick(sri: Desk, tmp_path: Path):
    seen = outlook(sri)
    assert (seen.later, seen.enrolled) == (2, True)
    assert going_back.hand_over(sri.access, seen, tmp_path).records == 2
    go_back(sri, seen)
    sri.open()
    assert sri.names == {"Siti Contoh 601"}
    [aside] = sri.account.folder.glob("data-aside-*.db")
    assert backups.prove(aside, sri.store.key) == backups.records(sri.store.db.conn) + 1

    sri.save(603)
    assert sri.sync().reason == words.STATUS["device-forked"], (
        "or its next batch would bear the number of that on the stick"
    )
    with pytest.raises(SyncTrouble):
        stick.hand_over(sri.access, tmp_path)
    sri.enrol()
    assert sri.sync().equal
    assert [done.answer != "" for done in exchange_folder(sri.wire.service, PRIVATE, tmp_path)] == [True]
    assert sri.sync().equal
    assert sri.names == {f"Siti Contoh {n}" for n in (601, 602, 603)}
    assert {row["note"] for row in sri.store.find("owner", name="Siti Contoh 601")} == {"sesudah cadangan"}
    assert outbox.waiting(sri.store) == 0


def test_nothing_is_put_back_over_work_that_no_stick_carries(sri: Desk, tmp_path: Path):
    seen = outlook(sri)
    with pytest.raises(SyncTrouble):
        go_back(sri, seen)
    sri.open()
    assert going_back.hand_over(sri.access, seen, tmp_path).records == 2
    sri.save(603)  # while the file was written
    with pytest.raises(SyncTrouble):
        go_back(sri, seen)
    sri.open()
    assert len(sri.names) == 3


def test_work_behind_an_unanswered_batch_is_not_taken_for_carried(sri: Desk, tmp_path: Path):
    stick.hand_over(sri.access, tmp_path)
    seen = outlook(sri)
    assert uncarried(sri.store, seen.stamp) == 0
    [row] = sri.store.find("owner", name="Siti Contoh 602")
    sri.store.save("owner", {"id": row["id"], "note": "diubah lagi"})
    assert uncarried(sri.store, seen.stamp) == 1
    with pytest.raises(SyncTrouble) as refused:
        going_back.hand_over(sri.access, seen, tmp_path)
    assert refused.value.words == words.NOT_ALL_CARRIED


def test_what_the_backup_holds_too_needs_no_stick(sri: Desk):
    sri.clock.forward(days=1)
    assert backups.daily(sri.store, sri.account.backups, sri.clock)
    newest, _ = backups.listed(sri.account.backups)
    seen = going_back.look(sri.store, backups.last_stamp(newest, sri.store.key))
    assert (seen.later, outbox.waiting(sri.store)) == (0, 2)
    sri.store.close()
    going_back.go_back(sri.account, sri.store.key, newest, seen, sri.clock)
    sri.store = accounts.unlock(sri.account, PASSPHRASE, clock=sri.clock)
    assert outbox.waiting(sri.store) == 2
    sri.enrol()
    assert sri.sync().equal
    assert outbox.waiting(sri.store) == 0
