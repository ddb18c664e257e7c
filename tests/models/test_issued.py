"""A paper's number leads back to its record, and says whether the record has changed since."""

from dataclasses import replace

import pytest

from models import issued
from models.issued import About, Issue
from models.store import Store
from tests.factories import register
from tests.fakes import FrozenClock

NUMBER = "RP/2026/11/417003"


def printed(store: Store, about: About, number: str = NUMBER, paper: str = "ringkasan") -> None:
    issued.keep(store, Issue(number, paper, about, issued.state(store, about)))


@pytest.fixture
def siti(store: Store) -> About:
    ids = register(store, 1, owner={"name": "Siti Aminah"}, name="Batik Rengganis Ayu")
    about = About(ids["owner_id"], ids["business_id"])
    printed(store, about)
    return about


@pytest.mark.parametrize(("typed", "number"), [
    ("RP/2026/11/417003", NUMBER), ("DAMPINGI:RP/2026/11/417003", NUMBER), (" dampingi:rp/2026/11/417003\n", NUMBER),
    ("DAMPINGI;RP-2026-11-417003", NUMBER), ("SKU/2026/11/0201", "SKU/2026/11/0201"),  # a scanner under another layout
    ("RP/2026/11", ""), ("417003", ""), ("Siti", ""), ("3513144705829917", ""), ("", ""),
])  # fmt: skip
def test_what_a_scanner_types_is_understood(typed: str, number: str) -> None:
    assert issued.number_of(typed) == number


def test_a_number_leads_to_its_record(store: Store, siti: About) -> None:
    (found,) = issued.find(store, f"{issued.CODE}{NUMBER}")
    assert (found.number, found.paper, found.about, found.name) == (NUMBER, "ringkasan", siti, "Batik Rengganis Ayu")
    assert (found.at, found.by, found.older) == (store.clock.now(), store.user, False)


def test_the_last_digits_suffice(store: Store, siti: About) -> None:
    printed(store, siti, "SKU/2026/11/417003", "surat-usaha")
    assert [paper.number for paper in issued.find(store, "417003")] == [NUMBER, "SKU/2026/11/417003"]
    assert issued.find(store, "417004") == []
    assert issued.find(store, "17003") == []


@pytest.mark.parametrize("change", [
    ("owner", {"phone": "+6281200000999"}), ("business", {"name": "Batik Baru"}), ("consultation", {"held_on": "2026-11-24", "topics": "nib"}),
    ("follow_up", {"kind": "we_call", "due": "2026-11-27", "responsible": "me", "state": "open"}),
], ids=lambda change: change[0])  # fmt: skip
def test_whatever_the_paper_speaks_of_makes_it_older(
    store: Store, siti: About, change: tuple[str, dict[str, str]]
) -> None:
    entity, row = change
    known = {"owner": {"id": siti.owner_id}, "business": {"id": siti.business_id}}
    store.save(entity, row | known.get(entity, {"owner_id": siti.owner_id, "business_id": siti.business_id}))
    assert issued.find(store, NUMBER)[0].older


def test_somebody_else_or_the_server_s_answer_does_not(store: Store, siti: About) -> None:
    register(store, 2)
    with store.transaction(applying=True):
        store.query("UPDATE owner SET _seq = 7, _h = 9 WHERE id = ?", (siti.owner_id,))
    assert not issued.find(store, NUMBER)[0].older


def test_what_came_from_another_laptop_counts_though_it_was_written_before(store: Store, siti: About) -> None:
    with store.transaction(applying=True):
        store.query("UPDATE owner SET phone = '+6281200000998' WHERE id = ?", (siti.owner_id,))
    assert issued.find(store, NUMBER)[0].older


def test_printed_again_it_counts_from_then(store: Store, siti: About, clock: FrozenClock) -> None:
    store.save("owner", {"id": siti.owner_id, "phone": "+6281200000999"})
    clock.forward(minutes=5)
    printed(store, siti)
    (found,) = issued.find(store, NUMBER)
    assert (found.older, found.at) == (False, store.clock.now())


def test_a_session_leads_to_its_owner(store: Store, siti: About) -> None:
    held = {"owner_id": siti.owner_id, "business_id": siti.business_id, "held_on": "2026-11-24", "topics": "nib"}
    session = store.save("consultation", held).first_id("consultation")
    about = issued.about(store, "consultation", session)
    assert about == replace(siti, entity="consultation", record_id=session)
    printed(store, about, "LK/2026/11/417001", "konsultasi")
    store.save("consultation", {"id": session, "note": "Ditambah."})
    (found,) = issued.find(store, "LK/2026/11/417001")
    assert (found.about, found.older) == (about, True)


def test_an_event_grows_older_with_its_guests(store: Store) -> None:
    event = {"name": "Workshop", "kind": "workshop", "held_on": "2026-11-26", "state": "planned"}
    event_id = store.save("event", event).first_id("event")
    about = issued.about(store, "event", event_id)
    printed(store, about, "DH/2026/11/417001", "daftar-hadir")
    assert not issued.find(store, "DH/2026/11/417001")[0].older
    store.save("attendance", {"event_id": event_id, "name": "Tumini", "presence": "invited"})
    (found,) = issued.find(store, "DH/2026/11/417001")
    assert (found.name, found.older) == ("Workshop", True)


def test_a_business_that_moved_to_another_owner_is_followed(store: Store, siti: About) -> None:
    other = register(store, 2, owner={"name": "Hartatik"})
    store.save("business", {"id": siti.business_id, "owner_id": other["owner_id"]})
    (found,) = issued.find(store, NUMBER)
    assert (found.about.owner_id, found.older) == (other["owner_id"], True)


def test_who_is_gone_cannot_be_opened(store: Store, siti: About) -> None:
    store.delete("owner", siti.owner_id)
    store.delete("business", siti.business_id)
    (found,) = issued.find(store, NUMBER)
    assert (found.name, found.gone) == ("", True)


def test_the_table_names_nobody(store: Store, siti: About) -> None:
    (row,) = store.query("SELECT * FROM issued_paper")
    assert not [value for value in row if "Siti" in str(value) or "Batik" in str(value)]


def test_a_paper_about_no_record_is_never_older(store: Store) -> None:
    about = issued.about(store, "given", "")
    printed(store, about, "LB/2026/11/417001", "laporan")
    register(store, 1)
    (found,) = issued.find(store, "LB/2026/11/417001")
    assert (found.about, found.name, found.older, found.gone) == (About(), "", False, False)
