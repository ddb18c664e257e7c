"""Open work goes to a successor by a list that both sign."""

import pytest

from models import handover
from models.errors import AppError
from models.handover import Colleague
from models.store import Store
from tests.factories import follow_up, register

SRI = Colleague("0190a000-0000-7000-8000-000000000001", "Sri Wahyuni")
RINI = Colleague("0190a000-0000-7000-8000-000000000002", "Rini Astuti")


def test_follow_ups_and_cases_change_hands_and_the_list_stays(store: Store) -> None:
    who = register(store, 1)
    mine = {"responsible_id": SRI.id, "responsible_name": SRI.name}
    late = store.save("follow_up", follow_up(**who, due="2026-11-20", **mine)).first_id("follow_up")
    named = follow_up(**who, due="2026-11-30", responsible_name=SRI.name)
    store.save("follow_up", named)
    store.save("follow_up", follow_up(**who, state="done", **mine))
    store.save("follow_up", follow_up(**who, responsible_id=RINI.id, responsible_name=SRI.name))
    case = who | {"service": "nib", "opened_on": "2026-11-01", "staff_id": SRI.id, "staff_name": SRI.name}
    store.save("facilitation", case | {"state": "documents"})
    store.save("facilitation", case | {"state": "closed", "outcome": "issued", "closed_on": "2026-11-02"})
    work = handover.open_work(store, SRI)
    assert [(w.entity, w.due, w.owner) for w in work] == [
        ("follow_up", "2026-11-20", "Siti Contoh 1"), ("follow_up", "2026-11-30", "Siti Contoh 1"),
        ("facilitation", None, "Siti Contoh 1"),
    ]  # fmt: skip
    changes, sheet = handover.hand_over(store, SRI, RINI, work, {"number": "BA/12", "reason": "moved"})
    assert changes.touches("handover", "follow_up", "facilitation")
    assert handover.open_work(store, SRI) == []
    assert len(handover.open_work(store, RINI)) == 4
    listed = handover.listed(store, sheet)
    assert [entity for entity, _ in listed] == ["follow_up", "follow_up", "facilitation"]
    assert (listed[0][1]["id"], listed[0][1]["responsible_name"]) == (late, "Rini Astuti")
    assert (store.get("handover", sheet) or {})["number"] == "BA/12"


def test_nothing_or_to_oneself_is_no_handover(store: Store) -> None:
    with pytest.raises(AppError, match="no open work"):
        handover.hand_over(store, SRI, RINI, [])
    store.save("follow_up", follow_up(**register(store, 1), responsible_id=SRI.id))
    work = handover.open_work(store, SRI)
    with pytest.raises(AppError, match="another colleague"):
        handover.hand_over(store, SRI, SRI, work)


def test_a_list_names_only_what_is_still_known(store: Store) -> None:
    row = {"from_id": SRI.id, "from_name": SRI.name, "to_id": RINI.id, "to_name": RINI.name, "handed_on": "2026-11-24"}
    sheet = store.save("handover", row | {"items": "follow_up gone\nsomething of-a-newer-version"}).first_id("handover")
    assert handover.listed(store, sheet) == []
    assert handover.listed(store, "none") == []
