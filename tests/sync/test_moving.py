"""Moves between villages, guests left in care, and what leaves a laptop: whole stores against a whole server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import care, moving, outbox, registration, sessions, settling, waiting
from models.errors import AppError
from models.i18n import Words
from models.store import Store
from server import staff
from sync.engine import Engine, Offline
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.sync.office import Laptop, Office

NEXT, GUESTS, KECAMATAN = "3513141003", "3513242008", "351314"


def grant(office: Office, laptop: Laptop, scope: str, access: Any = "write") -> None:
    staff.grant(office.service.db, office.clock, laptop.device.sender.user, scope, access)


@pytest.fixture
def sri(office: Office) -> Laptop:
    """Works in both villages."""
    laptop = office.laptop()
    grant(office, laptop, NEXT)
    laptop.sync()
    return laptop


@pytest.fixture
def dewi(office: Office) -> Laptop:
    """Knows the first village only."""
    return office.laptop("Dewi Anggraini")


@pytest.fixture
def rini(office: Office) -> Laptop:
    """Works in the next village only."""
    laptop = office.laptop("Rini Astuti")
    grant(office, laptop, VILLAGE, None)
    grant(office, laptop, NEXT)
    laptop.sync()
    return laptop


def register(laptop: Laptop) -> dict[str, str]:
    owner_id = laptop.save("owner", **owner())
    shop = laptop.save("business", **business(owner_id))
    talk = laptop.save("consultation", owner_id=owner_id, business_id=shop, held_on="2026-11-24", topics="nib")
    return {"owner": owner_id, "business": shop, "consultation": talk}


def places(laptop: Laptop, ids: dict[str, str]) -> set[str]:
    return {row["scope"] if (row := laptop.store.get(name, i)) else "" for name, i in ids.items()}


def agree(*laptops: Laptop) -> None:
    for laptop in laptops:
        outcome = laptop.sync()
        assert (outcome.equal, outcome.reason, outcome.compared_anew, outcome.mended) == (True, None, (), [])
        for table in ("sync_inflight", "sync_shadow", "sync_move", "sync_quarantine"):
            assert laptop.store.query(f"SELECT * FROM {table}") == []
        assert outbox.waiting(laptop.store) == 0


def test_a_business_moves_and_every_laptop_follows(office: Office, sri: Laptop, dewi: Laptop, rini: Laptop) -> None:
    ids = register(sri)
    agree(sri, dewi)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    assert (moving.asked(sri.store, ids["owner"]), outbox.waiting(sri.store)) == (NEXT, 1)
    [item] = waiting.waiting_items(sri.store, 5)
    assert item.title.id == "Pelaku usaha: Siti Contoh 1 → pindah ke Kel. Semampir"
    agree(sri, dewi, rini)

    assert (places(sri, ids), places(dewi, ids), places(rini, ids)) == ({NEXT}, {""}, {NEXT})
    [change] = sri.store.history("owner", ids["owner"])
    assert (change.field, change.old, change.new, change.by) == ("scope", VILLAGE, NEXT, sri.store.user)


def test_what_was_never_sent_is_sent_first_and_then_moves(sri: Laptop, rini: Laptop) -> None:
    ids = register(sri)
    changes = moving.move(sri.store, "owner", ids["owner"], NEXT)

    assert changes.ids("consultation") == {ids["consultation"]}
    assert (places(sri, ids), moving.asked(sri.store, ids["owner"])) == ({VILLAGE}, NEXT)
    agree(sri, rini)
    assert places(sri, ids) == places(rini, ids) == {NEXT}


def test_a_move_of_what_is_deleted_before_it_is_sent_is_forgotten(sri: Laptop) -> None:
    ids = register(sri)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    for name, row_id in ids.items():
        sri.store.delete(name, row_id)
    agree(sri)

    assert (outbox.waiting(sri.store), moving.asked(sri.store, ids["owner"])) == (0, "")


def test_an_unsent_edit_of_somebody_else_arrives_where_the_record_went(sri: Laptop, dewi: Laptop, rini: Laptop) -> None:
    ids = register(sri)
    agree(sri, dewi)
    dewi.save("owner", id=ids["owner"], note="dari Dewi, tanpa tahu")
    late = dewi.save("follow_up", owner_id=ids["owner"], kind="visit", due="2026-12-01", responsible="me", state="open")
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    agree(sri, dewi, sri, rini)

    assert {laptop.get("owner", ids["owner"])["note"] for laptop in (sri, rini)} == {"dari Dewi, tanpa tahu"}
    assert rini.get("follow_up", late)["scope"] == NEXT
    assert places(dewi, ids | {"follow_up": late}) == {""}


def test_the_same_fact_changed_on_both_sides_of_a_move_is_asked_there(
    office: Office, sri: Laptop, dewi: Laptop, rini: Laptop
) -> None:
    ids = register(sri)
    agree(sri, dewi)
    dewi.save("owner", id=ids["owner"], phone="+6281200000111")
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    agree(sri, rini)
    rini.save("owner", id=ids["owner"], phone="+6281200000222")
    agree(rini, dewi, rini, sri)

    [conflict] = settling.open_conflicts(rini.store)
    assert {conflict.kept.by, conflict.lost.by} == {"Dewi Anggraini", "Rini Astuti"}
    assert rini.get("owner", ids["owner"])["phone"] == sri.get("owner", ids["owner"])["phone"]


def test_typing_before_and_after_the_news_of_a_move(sri: Laptop, dewi: Laptop, office: Office) -> None:
    """Dewi holds both villages: her edits made before and after she hears of the move all arrive, unasked."""
    grant(office, dewi, NEXT)
    ids = register(sri)
    agree(sri, dewi)
    dewi.line.before_answer = lambda: _type(dewi, ids["owner"], "note", "saat kabar datang")
    dewi.save("owner", id=ids["owner"], email="lama@contoh.id")
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    agree(sri, dewi)
    dewi.save("owner", id=ids["owner"], email="baru@contoh.id")
    agree(dewi, sri)

    row = sri.get("owner", ids["owner"])
    assert (row["email"], row["note"], row["scope"]) == ("baru@contoh.id", "saat kabar datang", NEXT)
    assert settling.open_conflicts(sri.store) == []


def _type(laptop: Laptop, owner_id: str, name: str, value: str) -> None:
    laptop.line.before_answer = None
    laptop.save("owner", id=owner_id, **{name: value})


def test_a_lost_answer_moves_once(sri: Laptop, dewi: Laptop) -> None:
    ids = register(sri)
    agree(sri)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    _lose_the_answer(sri)
    assert not moving.cancel(sri.store, "owner", ids["owner"]), "it is on its way"
    sri.save("owner", id=ids["owner"], note="sesudah terputus")
    agree(sri, dewi)
    assert (places(sri, ids), sri.get("owner", ids["owner"])["note"]) == ({NEXT}, "sesudah terputus")


def _lose_the_answer(laptop: Laptop) -> None:
    def lose() -> None:
        laptop.line.before_answer = None
        raise Offline

    laptop.line.before_answer = lose
    assert laptop.sync().offline


@pytest.mark.parametrize("typed", ["", "sesudah terputus"])
def test_who_hears_late_of_a_move_that_was_undone_meanwhile_keeps_the_record(
    office: Office, sri: Laptop, dewi: Laptop, typed: str
) -> None:
    """It came back to the village before it was seen anywhere else; what waits is sent, and nothing leaves."""
    grant(office, dewi, NEXT)
    ids = register(sri)
    agree(sri, dewi)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    _lose_the_answer(sri)
    if typed:
        sri.save("owner", id=ids["owner"], note=typed)
    agree(dewi)
    moving.move(dewi.store, "owner", ids["owner"], VILLAGE)
    agree(dewi, sri, dewi)

    assert (places(sri, ids), places(dewi, ids)) == ({VILLAGE}, {VILLAGE})
    assert (dewi.get("owner", ids["owner"])["note"] or "") == typed
    assert settling.open_conflicts(dewi.store) == []


def test_what_was_typed_stays_on_the_screen_until_the_other_village_answers(office: Office, sri: Laptop) -> None:
    """The record left, the edit was taken, and the line broke before the village that keeps it was read."""
    ids = register(sri)
    agree(sri)
    sri.save("owner", id=ids["owner"], note="diketik")
    moving.move(sri.store, "owner", ids["owner"], NEXT)

    def access(work: Callable[[Store], Any]) -> Any:
        if sri.store.query("SELECT 1 FROM sync_move WHERE done = 1"):
            raise Offline
        return work(sri.store)

    assert Engine(access, sri.line, sri.clock).run().offline
    assert (sri.get("owner", ids["owner"])["note"], places(sri, ids)) == ("diketik", {VILLAGE})
    agree(sri)
    assert (sri.get("owner", ids["owner"])["note"], places(sri, ids)) == ("diketik", {NEXT})


def test_there_and_back_again(sri: Laptop, dewi: Laptop) -> None:
    ids = register(sri)
    agree(sri, dewi)
    for target in (NEXT, VILLAGE):
        moving.move(sri.store, "owner", ids["owner"], target)
        agree(sri, dewi)

    assert (places(sri, ids), places(dewi, ids)) == ({VILLAGE}, {VILLAGE})


def test_a_move_can_be_taken_back_until_it_is_sent(sri: Laptop) -> None:
    ids = register(sri)
    agree(sri)
    moving.move(sri.store, "owner", ids["owner"], NEXT)
    assert moving.cancel(sri.store, "owner", ids["owner"])
    agree(sri)
    assert places(sri, ids) == {VILLAGE}


def test_moves_that_may_not_be_say_why(sri: Laptop, dewi: Laptop) -> None:
    ids = register(sri)
    agree(sri, dewi)
    for laptop, record, target, words in (
        (sri, ids["owner"], VILLAGE, moving.SAME), (sri, "nobody", NEXT, moving.GONE),
        (sri, ids["owner"], KECAMATAN, moving.NOT_OURS), (dewi, ids["owner"], NEXT, moving.NOT_THERE),
    ):  # fmt: skip
        with pytest.raises(AppError) as caught:
            moving.move(laptop.store, "owner", record, target)
        assert caught.value.words == words


def test_a_move_travels_by_stick(office: Office, tmp_path: Path) -> None:
    from tests.sync.test_stick import Carrier, dinas

    carrier = Carrier(office)
    grant(office, carrier, NEXT)
    carrier.sync()
    ids = register(carrier)
    agree(carrier)
    moving.move(carrier.store, "owner", ids["owner"], NEXT)
    carrier.hand_over(tmp_path)
    [answer] = dinas(office, tmp_path)

    assert (carrier.take_back(answer).equal, places(carrier, ids)) == (True, {NEXT})
    agree(carrier)


@pytest.fixture
def clinic(office: Office) -> Laptop:
    """A consultant at an event in the kecamatan, who holds no other village."""
    laptop = office.laptop("Lilik Sumarni")
    grant(office, laptop, KECAMATAN)
    laptop.sync()
    laptop.save(
        "event", name="Ngantor di Kecamatan", kind="clinic", held_on="2026-11-24", state="planned", scope=KECAMATAN
    )
    return laptop


def serve_guest(laptop: Laptop) -> dict[str, str]:
    owner_id = laptop.save("owner", **owner(7, scope=GUESTS, village=GUESTS))
    talk = laptop.save("consultation", owner_id=owner_id, held_on="2026-11-24", topics="halal")
    task = laptop.save(
        "follow_up", owner_id=owner_id, consultation_id=talk, kind="visit", due="2026-12-01", state="open",
        responsible="kasie", responsible_name="Kasie Lumbang",
    )  # fmt: skip
    return {"owner": owner_id, "consultation": talk, "follow_up": task}


def test_a_guest_of_another_kecamatan_is_left_in_care_and_leaves_the_laptop(office: Office, clinic: Laptop) -> None:
    ids = serve_guest(clinic)
    assert care.chip(clinic.store, GUESTS) == Words("Titipan: Kec. Lumbang", "Guest from Kec. Lumbang")
    assert care.chip(clinic.store, VILLAGE) is None
    agree(clinic)

    assert places(clinic, ids) == {""}
    assert [name for _, name, _ in care.guests_today(clinic.store)] == ["Siti Contoh 7"]
    with care.recalled(clinic.store, ids["owner"]):
        assert clinic.get("consultation", ids["consultation"])["topics"] == "halal"
    assert places(clinic, ids) == {""}
    clinic.clock.forward(days=1)
    assert care.guests_today(clinic.store) == []

    kasie = office.laptop("Kasie Lumbang")
    grant(office, kasie, GUESTS)
    agree(kasie)
    assert kasie.get("follow_up", ids["follow_up"])["responsible_name"] == "Kasie Lumbang"


def test_a_guest_that_waits_for_a_supervisor_leaves_the_laptop_too(office: Office, clinic: Laptop) -> None:
    ids = serve_guest(clinic)
    copies = {name: clinic.get(name, row_id) for name, row_id in ids.items()}
    agree(clinic)
    clinic.store.save_all(list(copies.items()))  # as a copy of the laptop offers it again

    assert clinic.sync().held == len(ids)
    assert places(clinic, ids) == {""}


def test_a_kelurahans_own_laptop_leaves_a_guest_in_care_too(office: Office, dewi: Laptop) -> None:
    grant(office, dewi, KECAMATAN)
    dewi.sync()
    dewi.save("event", name="Ngantor", kind="clinic", held_on="2026-11-24", state="planned", scope=KECAMATAN)
    dewi.store.home_scope = VILLAGE
    _, made = registration.register(dewi.store, {
        "owner.name": "Suliha", "owner.phone": "0812-0000-0792", "owner.village": GUESTS,
        "business.name": "Jamu Bu Suliha", "consent.informed": "signed",
    })  # fmt: skip
    agree(dewi)
    ids = {"owner": made.owner_id, "business": made.business_id}
    assert places(dewi, ids) == {""}
    kasie = office.laptop("Kasie Lumbang")
    grant(office, kasie, GUESTS)
    agree(kasie)
    assert places(kasie, ids) == {GUESTS}


def test_a_guests_follow_up_names_somebody_there(clinic: Laptop) -> None:
    owner_id = serve_guest(clinic)["owner"]
    who = sessions.about(clinic.store, owner_id)
    assert who
    entry = {
        "consultation.topics": "nib", "follow_up.kind": "we_call", "follow_up.due": "7", "follow_up.responsible": "me",
    }  # fmt: skip
    changes, _ = sessions.hold(clinic.store, who, entry, sessions.Author("", "Lilik Sumarni"))

    task = clinic.get("follow_up", changes.first_id("follow_up"))
    assert (task["responsible"], task["responsible_name"], task["scope"]) == ("kasie", "Kasie Desa Lumbang", GUESTS)


def test_nothing_there_can_be_changed_or_deleted(office: Office, clinic: Laptop) -> None:
    ids = serve_guest(clinic)
    agree(clinic)
    clinic.device.ctr[GUESTS] = 1
    ack = clinic.device.push(
        GUESTS, event=_event(clinic), upd=[("owner", ids["owner"], 1, 9, {"name": "X"})],
        cut=[("consultation", ids["consultation"], 9, 9)],
    )  # fmt: skip

    assert (ack.status, ack.held, ack.last) == ("done", [0, 1], ack.first)


def _event(laptop: Laptop) -> str:
    return care.event_for(laptop.store, GUESTS)


def test_an_edit_while_the_guests_record_is_on_its_way_is_handed_to_the_supervisor(clinic: Laptop) -> None:
    ids = serve_guest(clinic)
    clinic.line.before_answer = lambda: _type(clinic, ids["owner"], "note", "diketik saat dikirim")
    outcome = clinic.sync()

    assert (outcome.held, outcome.reason, outbox.waiting(clinic.store)) == (1, None, 0)
    assert places(clinic, ids) == {""}


def test_without_an_event_a_guests_record_waits_and_says_so(office: Office, clinic: Laptop, clock: FrozenClock) -> None:
    clinic.sync()
    clinic.clock.forward(days=60)
    ids = serve_guest(clinic)

    assert clinic.sync().reason == care.NO_EVENT.fill(count=3)
    assert places(clinic, ids) == {GUESTS}
    grant(office, clinic, GUESTS)
    agree(clinic)
    assert places(clinic, ids) == {GUESTS}


def test_what_waits_when_the_event_is_over_waits_on_also_where_some_was_sent_before(clinic: Laptop) -> None:
    serve_guest(clinic)
    agree(clinic)
    ids = serve_guest(clinic)
    clinic.clock.forward(days=60)

    assert clinic.sync().reason == care.NO_EVENT.fill(count=3)
    clinic.clock.forward(days=-60)
    agree(clinic)
    assert places(clinic, ids) == {""}


def test_a_server_that_knows_no_such_event_takes_nothing(office: Office, clinic: Laptop) -> None:
    clinic.device.ctr[GUESTS] = 0
    row = {"id": clinic.clock.new_id(), "name": "Tamu"}
    from tests.server.helpers import columns

    assert clinic.device.push(GUESTS, event=clinic.clock.new_id(), ins=[columns("owner", row)]).status == "no-grant"
    assert clinic.device.push("3574071001", event=_event(clinic), ins=[columns("owner", row)]).status == "no-grant"
