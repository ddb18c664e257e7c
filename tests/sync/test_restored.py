"""A server that came back from a backup: what it lost is offered again, and nothing counts in its old numbers."""

import pytest

from models import outbox, settling
from server.push import push
from sync.protocol import Ack, decode
from tests.fakes import VILLAGE, owner
from tests.server.helpers import columns
from tests.sync.office import Laptop, Office


@pytest.fixture
def pair(office: Office) -> tuple[Laptop, Laptop, str]:
    """Two laptops that hold an owner."""
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    kept = sri.save("owner", **owner())
    sri.sync()
    dewi.sync()
    return sri, dewi, kept


def lose_an_edit(office: Office, sri: Laptop, kept: str) -> None:
    copy = office.backup()
    sri.save("owner", id=kept, note="setelah cadangan")
    sri.sync()
    office.bring_back(copy)


def test_an_edit_that_was_lost_comes_back_though_others_wrote_since(
    office: Office, pair: tuple[Laptop, Laptop, str]
) -> None:
    sri, dewi, kept = pair
    lose_an_edit(office, sri, kept)
    for n in range(2, 6):  # beyond the number that the edit had
        dewi.save("owner", **owner(n))
    assert dewi.sync().equal is True

    assert (sri.sync().equal, dewi.sync().equal) == (True, True)
    assert {laptop.get("owner", kept)["note"] for laptop in (sri, dewi)} == {"setelah cadangan"}


def test_who_slept_through_two_restores_offers_what_the_first_one_lost(
    office: Office, pair: tuple[Laptop, Laptop, str]
) -> None:
    sri, dewi, kept = pair
    lose_an_edit(office, sri, kept)
    for n in range(2, 6):
        dewi.save("owner", **owner(n))
    dewi.sync()
    office.bring_back(office.backup())

    assert sri.sync().equal is True
    assert sri.get("owner", kept)["note"] == "setelah cadangan"


def test_a_conflict_that_was_lost_comes_back(office: Office, pair: tuple[Laptop, Laptop, str]) -> None:
    sri, dewi, kept = pair
    copy = office.backup()
    for laptop, note in ((sri, "satu"), (dewi, "dua")):
        laptop.save("owner", id=kept, note=note)
    sri.sync()
    dewi.sync()
    [before] = settling.open_conflicts(dewi.store)
    office.bring_back(copy)

    assert (dewi.sync().equal, dewi.sync().refused, sri.sync().equal) == (True, 0, True)
    assert before.id in {conflict.id for conflict in settling.open_conflicts(sri.store)}


def test_a_batch_of_before_is_not_taken_in_the_new_numbers(office: Office, pair: tuple[Laptop, Laptop, str]) -> None:
    sri, _, kept = pair
    sri.save("owner", id=kept, note="di jalan")
    [flying] = outbox.take(sri.store, 100)
    office.bring_back(office.backup())

    answer = push(office.service.db, office.clock, sri.device.sender, VILLAGE, flying.body)
    assert decode(answer, Ack).status == "gap"
    assert sri.sync().equal is True
    assert (sri.get("owner", kept)["note"], outbox.waiting(sri.store)) == ("di jalan", 0)


def test_typed_while_a_record_was_offered_again_has_not_seen_what_others_wrote(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi Anggraini")
    same = sri.save("owner", **owner(note="dari Sri"))
    sri.sync()
    dewi.device.push(ins=[columns("owner", {"id": "01a20b70-0000-7000-8000-000000000009", "name": "Lain"})])
    dewi.store.save("owner", {"id": same} | {name: value for name, value in owner().items() if name != "note"})
    dewi.line.before_answer = lambda: type_once(dewi, same)
    dewi.engine._greeted = True
    outbox.set_grants(dewi.store, 1, {VILLAGE: "write"})
    dewi.store.query("UPDATE sync_scope SET ctr = 1 WHERE scope = ?", (VILLAGE,))

    assert dewi.sync().equal is True
    [conflict] = settling.open_conflicts(dewi.store)
    assert {conflict.kept.values["note"], conflict.lost.values["note"]} == {"dari Sri", "dari Dewi"}


def type_once(laptop: Laptop, owner_id: str) -> None:
    laptop.line.before_answer = None
    laptop.save("owner", id=owner_id, note="dari Dewi")


@pytest.mark.parametrize("known", [True, False])
def test_a_new_code_for_the_same_person_leaves_unsent_records_where_they_belong(office: Office, known: bool) -> None:
    sri = office.laptop()
    outbox.set_grants(sri.store, 1, {VILLAGE: "write"})
    guest = sri.save("owner", **owner(scope="3513071001", village="3513071001"))

    with sri.store.transaction(applying=True):
        outbox.adopt(sri.store, VILLAGE, known=known)

    assert sri.get("owner", guest)["scope"] == ("3513071001" if known else VILLAGE)
