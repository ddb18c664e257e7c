"""The pill and the list of events, from what really happened."""

from datetime import timedelta

import pytest

from models import sync_events
from models.i18n import Words
from models.people import name_of
from models.store import Store
from sync import status, words
from sync.engine import Outcome, Progress
from sync.enrol import SETTING
from tests.fakes import MINUTE, FrozenClock, owner

HELP = Words("Perlu bantuan", "Needs help")


@pytest.fixture
def enrolled(store: Store) -> Store:
    store.set_setting(SETTING, {"address": "https://x", "pin": "", "office_key": ""})
    return store


@pytest.mark.parametrize(
    ("outcome", "progress", "pill"),
    [
        (None, None, "ok"),
        (Outcome(equal=True), None, "ok"),
        (Outcome(offline=True), None, "offline"),
        (Outcome(reason=HELP), None, "help"),
        (None, Progress(8, 14), "sending"),
        (Outcome(offline=True), Progress(8, 14), "sending"),
        (Outcome(reason=HELP), Progress(8, 14), "help"),
    ],
)
def test_the_pill(enrolled: Store, outcome: Outcome | None, progress: Progress | None, pill: str) -> None:
    found = status.state(enrolled, outcome, progress)

    assert found.pill == pill
    assert found.reason == (HELP if pill == "help" else None)
    assert (found.sent, found.total) == ((8, 14) if progress else (0, 0))


def test_what_waits_is_counted_in_records_and_conflicts_in_records_too(enrolled: Store) -> None:
    owner_id = enrolled.save("owner", owner()).first_id("owner")
    enrolled.save("owner", {"id": owner_id, "note": "x"})
    conflict = {"entity": "owner", "row_id": owner_id, "kept": "{}", "lost": "{}", "state": "open"}
    with enrolled.transaction(applying=True):
        enrolled.save_all([("conflict", conflict | {"unit": unit}) for unit in ("note", "phone")])

    found = status.state(enrolled, Outcome(equal=True))
    assert (found.pill, found.waiting, found.conflicts) == ("conflict", 1, 1)
    assert status.state(enrolled).pill == "offline"


def test_an_account_that_nobody_knows_is_offline_with_a_reason(store: Store) -> None:
    found = status.state(store)

    assert (found.pill, found.reason) == ("offline", words.NOT_ENROLLED)


def test_events_say_what_happened_newest_first(enrolled: Store, clock: FrozenClock) -> None:
    status.record(enrolled, Outcome(sent=22, received=5, equal=True))
    assert status.state(enrolled).last_ok == MINUTE
    clock.forward(minutes=5)
    status.record(enrolled, Outcome(offline=True))
    status.record(enrolled, Outcome(offline=True))
    status.record(enrolled, Outcome(refused=2, skew=timedelta(minutes=-47), reason=HELP))

    found = sync_events.events(enrolled)
    assert [event.sort for event in found] == ["help", "clock", "refused", "offline", "done"]
    assert found[-1].words.id == "Terkirim 22 data, diterima 5 perubahan"
    assert found[1].words.id.startswith("Jam laptop berbeda 47 menit")
    assert status.state(enrolled).last_ok == MINUTE


def test_a_sync_without_news_is_no_event_but_counts_as_connected(enrolled: Store) -> None:
    status.record(enrolled, Outcome(equal=True))

    assert sync_events.events(enrolled) == []
    assert status.state(enrolled).last_ok == MINUTE


def test_only_the_newest_events_are_kept(enrolled: Store) -> None:
    for n in range(sync_events.KEPT + 20):
        sync_events.record(enrolled, "done", Words(str(n), str(n)))

    found = sync_events.events(enrolled, 1000)
    assert len(found) == sync_events.KEPT
    assert found[0].words.id == str(sync_events.KEPT + 19)


def test_every_status_of_a_batch_has_words() -> None:
    from typing import get_args

    from sync.protocol import Status

    assert set(words.STATUS) == set(get_args(Status)) - {"done", "held"}


def test_people_have_names_where_somebody_knows_them(enrolled: Store, clock: FrozenClock) -> None:
    known, stranger = clock.new_id(), clock.new_id()
    enrolled.save("staff", {"id": known, "name": "Dewi Anggraini", "role": "consultant"})
    enrolled.set_setting("sync.person", {"id": "me", "name": "Sri Wahyuni"})

    assert name_of(enrolled, known) == "Dewi Anggraini"
    assert name_of(enrolled, "me") == "Sri Wahyuni"
    assert name_of(enrolled, "Lailatul Fitriyah") == "Lailatul Fitriyah"
    assert (name_of(enrolled, stranger), name_of(enrolled, None)) == ("", "")
