"""A case from its first document to its permit, on a real store."""

from typing import Any

import pytest

from models import facilitation_acts as acts
from models.errors import InvalidRecord
from models.facilitation import place_of
from models.facilitation_acts import Opening, add_item, answer_referral, demand, move, open_case, refer, tick
from models.permit_acts import keep
from models.sessions import Author
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock, business, owner

SRI = Author("staff-sri", "Sri Wahyuni")
DEWI = Author("", "Dewi Anggraini")
NIB = "1209220041235"
PIRT = "2063513010243-31"


def guest(store: Store, **values: Any) -> dict[str, str]:
    owner_id = store.save("owner", owner(**values)).first_id("owner")
    business_id = store.save("business", business(owner_id)).first_id("business")
    return {"owner_id": owner_id, "business_id": business_id}


def opened(store: Store, service: str = "coop_join", **values: Any) -> str:
    return open_case(store, Opening(**(guest(store) | {"service": service} | values)), SRI)[1]


def case_of(store: Store, case_id: str) -> dict[str, Any]:
    row = store.get("facilitation", case_id)
    assert row is not None
    return row


def items(store: Store, case_id: str) -> list[dict[str, Any]]:
    return sorted(store.find("checklist_item", facilitation_id=case_id), key=lambda item: item["number"])


def tick_all(store: Store, case_id: str, author: Author = SRI) -> None:
    for item in items(store, case_id):
        if item["mandatory"] and item["state"] != "brought":
            tick(store, item["id"], "brought", author)


def steps(store: Store, case_id: str) -> list[tuple[str | None, str, str]]:
    return [(s["from_place"], s["to_place"], s["by"]) for s in store.find("facilitation_step", facilitation_id=case_id)]


def refused(store: Store, case_id: str, to: str, **facts: Any) -> list[tuple[str, str]]:
    before = case_of(store, case_id)
    with pytest.raises(InvalidRecord) as error:
        move(store, case_id, to, SRI, facts)
    assert case_of(store, case_id) == before
    return [(p.field, p.code) for p in error.value.problems]


def submitted(store: Store, service: str, **values: Any) -> str:
    case_id = opened(store, service, **values)
    tick_all(store, case_id)
    move(store, case_id, "submitted", SRI, {"application": "OSS-1"})
    return case_id


def test_a_case_opens_with_number_documents_and_a_first_step(store: Store) -> None:
    who = guest(store, scope="3513141003")
    opening = Opening(**who, service="pirt", due="2026-12-01", brought=frozenset({"pirt.1", "pirt.2"}),
                      links={"consultation_id": "session-1"})  # fmt: skip
    changes, case_id = open_case(store, opening, SRI)
    case = case_of(store, case_id)
    assert (case["state"], case["opened_on"], case["due"]) == ("documents", "2026-11-24", "2026-12-01")
    assert (case["staff_id"], case["staff_name"]) == ("staff-sri", "Sri Wahyuni")
    assert case["consultation_id"] == "session-1"
    assert case["number"] == f"FS/3513141003/2026/11/0001-{store.setting('session_mark')}"
    rows = items(store, case_id)
    assert [(r["key"], r["state"], r["brought_on"]) for r in rows[:3]] == [
        ("pirt.1", "brought", "2026-11-24"), ("pirt.2", "brought", "2026-11-24"), ("pirt.3", "missing", None)]  # fmt: skip
    assert len([r for r in rows if r["mandatory"]]) == 8
    assert {r["scope"] for r in [case, *rows, *store.find("facilitation_step")]} == {"3513141003"}
    assert steps(store, case_id) == [(None, "documents", "Sri Wahyuni")]
    assert changes.ids("facilitation") == {case_id}


def test_documents_follow_the_circumstances(store: Store) -> None:
    who = guest(store)
    keep(store, {"business_id": who["business_id"], "type": "pirt", "number": PIRT})
    renewal = open_case(store, Opening(**who, service="pirt"), SRI)[1]
    assert [r["key"] for r in items(store, renewal)][-1] == "pirt.11"
    small = open_case(store, Opening(**who, service="kur", amount=25_000_000), SRI)[1]
    large = open_case(store, Opening(**who, service="kur", amount=150_000_000), SRI)[1]
    counted = [sum(r["mandatory"] for r in items(store, case_id)) for case_id in (small, large)]
    assert counted == [7, 10]
    cloth = store.save("product", {"business_id": who["business_id"], "name": "Kain", "sort": "non_food"})
    label = open_case(store, Opening(**who, service="packaging", product_id=cloth.first_id("product")), SRI)[1]
    assert sum(r["mandatory"] for r in items(store, label)) == 4


def test_an_owner_without_a_business_may_join_a_cooperative(store: Store) -> None:
    case_id = opened(store, business_id=None)
    tick_all(store, case_id)
    move(store, case_id, "submitted", SRI)
    move(store, case_id, "issued", SRI, {"result_number": "A-14"})
    case = case_of(store, case_id)
    assert (place_of(case), case["result_number"], case["permit_id"]) == ("issued", "A-14", None)
    assert store.count("permit") == 0


def test_an_owner_who_is_not_here_is_served_at_home(store: Store) -> None:
    case_id = open_case(store, Opening("elsewhere", "training"), SRI)[1]
    assert case_of(store, case_id)["scope"] == VILLAGE


def test_the_last_mandatory_document_makes_it_ready_and_taking_one_back_undoes_that(
    store: Store, clock: FrozenClock
) -> None:
    case_id = opened(store)
    first, *others = items(store, case_id)
    for item in others:
        tick(store, item["id"], "brought", SRI)
    assert case_of(store, case_id)["state"] == "documents"
    clock.forward(days=1)
    changes = tick(store, first["id"], "brought", DEWI)
    assert changes.touches("facilitation", "facilitation_step")
    assert case_of(store, case_id)["state"] == "ready"
    assert items(store, case_id)[0]["brought_on"] == "2026-11-25"
    tick(store, first["id"], "later", DEWI)
    assert case_of(store, case_id)["state"] == "documents"
    assert items(store, case_id)[0]["brought_on"] is None
    tick(store, first["id"], "waived", SRI)
    assert steps(store, case_id) == [
        (None, "documents", "Sri Wahyuni"), ("documents", "ready", "Dewi Anggraini"),
        ("ready", "documents", "Dewi Anggraini"), ("documents", "ready", "Sri Wahyuni")]  # fmt: skip


def test_everything_brought_at_once_is_ready_at_once(store: Store) -> None:
    case_id = opened(store, brought=frozenset(f"coop_join.{n}" for n in range(1, 5)))
    assert case_of(store, case_id)["state"] == "ready"


def test_an_officer_may_add_demand_and_excuse_documents(store: Store) -> None:
    case_id = opened(store, "kur")
    tick_all(store, case_id)
    add_item(store, case_id, "Fotokopi buku tabungan", SRI)
    assert case_of(store, case_id)["state"] == "documents"
    added = items(store, case_id)[-1]
    assert (added["title"], added["key"], added["number"]) == ("Fotokopi buku tabungan", None, 10)
    demand(store, added["id"], False, SRI)
    assert case_of(store, case_id)["state"] == "ready"
    photo = next(item for item in items(store, case_id) if item["key"] == "kur.11")
    demand(store, photo["id"], True, SRI)
    assert case_of(store, case_id)["state"] == "documents"


def test_a_service_without_a_list_is_made_ready_by_hand(store: Store) -> None:
    case_id = opened(store, "training")
    assert case_of(store, case_id)["state"] == "documents"
    move(store, case_id, "ready", SRI)
    assert case_of(store, case_id)["state"] == "ready"
    add_item(store, opened(store, "training"), "Surat tugas", SRI, mandatory=False)
    assert store.count("facilitation", state="ready") == 1


def test_a_case_is_not_handed_in_before_its_documents_are_there(store: Store) -> None:
    case_id = opened(store)
    assert refused(store, case_id, "ready") == [("state", "incomplete")]
    assert refused(store, case_id, "submitted") == [("state", "move")]


def test_purpose_two_refused_leaves_only_the_checklist(store: Store) -> None:
    case_id = opened(store)
    tick_all(store, case_id)
    owner_id = case_of(store, case_id)["owner_id"]
    answer = {"owner_id": owner_id, "informed": "signed", "given_on": "2026-11-20", "filing": "no"}
    consent = store.save("consent", answer).first_id("consent")
    assert refused(store, case_id, "submitted") == [("state", "no_consent")]
    assert not acts.may_submit(store, case_of(store, case_id))
    store.save("consent", {"id": consent, "filing": "yes"})
    assert acts.may_submit(store, case_of(store, case_id))
    move(store, case_id, "submitted", SRI)
    assert case_of(store, case_id)["submitted_on"] == "2026-11-24"


def test_a_nib_is_issued_with_number_permit_and_business(store: Store) -> None:
    case_id = submitted(store, "nib")
    move(store, case_id, "in_process", SRI, {"check_on": "2026-11-25"})
    assert refused(store, case_id, "issued") == [("result_number", "missing")]
    move(store, case_id, "issued", DEWI, {"result_number": "1209 2200 41235", "closed_on": "2026-11-20"})
    case = case_of(store, case_id)
    permit = store.get("permit", case["permit_id"])
    found = store.get("business", case["business_id"])
    assert permit is not None
    assert found is not None
    assert (place_of(case), case["closed_on"], case["application"]) == ("issued", "2026-11-20", "OSS-1")
    assert (permit["type"], permit["number"], permit["issued"], permit["state"]) == ("nib", NIB, "2026-11-20", "active")
    assert (permit["subject"], found["nib"], found["nib_date"]) == ("business", NIB, "2026-11-20")
    assert refused(store, case_id, "documents") == [("state", "move")]
    assert steps(store, case_id)[-1] == ("in_process", "issued", "Dewi Anggraini")


def test_a_permit_needs_a_business(store: Store) -> None:
    case_id = submitted(store, "nib", business_id=None)
    assert refused(store, case_id, "issued", result_number=NIB) == [("business_id", "missing")]
    assert store.count("permit") == 0


def test_a_pirt_is_issued_first_and_fulfilled_with_its_last_commitment(store: Store) -> None:
    who = guest(store)
    chips = store.save("product", {"business_id": who["business_id"], "name": "Keripik"}).first_id("product")
    case_id = submitted(store, "pirt", **who, product_id=chips)
    move(store, case_id, "issued", SRI, {"result_number": PIRT, "issuer": "Dinkes", "expires": "2031-11-20"})
    (permit,) = store.find("permit")
    assert (permit["state"], permit["subject"], permit["product_id"]) == ("issued", "product", chips)
    assert (permit["expires"], permit["estimated"], permit["issuer"]) == ("2031-11-20", None, "Dinkes")
    training, inspection = (item for item in items(store, case_id) if item["after_issue"])
    tick(store, training["id"], "brought", SRI)
    assert store.find("permit")[0]["state"] == "issued"
    tick(store, inspection["id"], "brought", SRI)
    assert store.find("permit")[0]["state"] == "fulfilled"
    assert not tick(store, inspection["id"], "brought", SRI)
    assert place_of(case_of(store, case_id)) == "issued"


def test_a_pirt_without_its_day_ends_with_the_year_of_its_number(store: Store) -> None:
    case_id = submitted(store, "pirt")
    move(store, case_id, "issued", SRI, {"result_number": PIRT})
    (permit,) = store.find("permit")
    assert (permit["expires"], permit["estimated"], permit["subject"]) == ("2031-12-31", 1, "business")


def test_refused_and_cancelled_need_a_reason_and_may_be_opened_again(store: Store) -> None:
    case_id = submitted(store, "halal")
    assert refused(store, case_id, "refused") == [("reason", "missing")]
    move(store, case_id, "refused", SRI, {"reason": "Bahan belum bersertifikat"})
    case = case_of(store, case_id)
    assert (place_of(case), case["closed_on"], case["reason"]) == ("refused", "2026-11-24", "Bahan belum bersertifikat")
    move(store, case_id, "documents", DEWI)
    case = case_of(store, case_id)
    assert (place_of(case), case["outcome"], case["closed_on"], case["reason"]) == ("documents", None, None, None)
    move(store, case_id, "cancelled", SRI, {"reason": "Pemilik pindah"})
    assert [s["note"] for s in store.find("facilitation_step", facilitation_id=case_id)] == [
        None, None, None, "Bahan belum bersertifikat", None, "Pemilik pindah"]  # fmt: skip


def test_a_case_that_is_gone_is_named(store: Store) -> None:
    case_id = opened(store)
    store.delete("facilitation", case_id)
    for gone in (case_id, "unknown"):
        with pytest.raises(InvalidRecord) as error:
            move(store, gone, "cancelled", SRI, {"reason": "x"})
        assert [p.code for p in error.value.problems] == ["gone"]


def referral(store: Store, **values: Any) -> str:
    row = {"owner_id": "o", "office": "Dinkes", "reason": "Pemeriksaan sarana", "service": "slhs"} | values
    return refer(store, row, SRI).first_id("referral")


def test_another_office_accepts_and_handles_the_case(store: Store) -> None:
    case_id = opened(store, "slhs")
    sent = referral(store, facilitation_id=case_id)
    row = store.get("referral", sent)
    assert row is not None
    assert (row["state"], row["sent_on"], row["sent_by"]) == ("sent", "2026-11-24", "Sri Wahyuni")
    answer_referral(store, sent, accepted=True, by="dr. Ratna")
    row = store.get("referral", sent)
    assert row is not None
    assert (row["state"], row["answered_on"], row["answered_by"]) == ("accepted", "2026-11-24", "dr. Ratna")
    assert case_of(store, case_id)["office"] == "Dinkes"


def test_declining_needs_a_reason_and_leaves_the_case_here(store: Store) -> None:
    case_id = opened(store, "slhs")
    sent = referral(store, facilitation_id=case_id)
    with pytest.raises(InvalidRecord, match="declined"):
        answer_referral(store, sent, accepted=False, by="dr. Ratna")
    answer_referral(store, sent, accepted=False, by="dr. Ratna", answer="Di luar wilayah")
    assert store.find("referral", state="declined")[0]["answer"] == "Di luar wilayah"
    assert case_of(store, case_id)["office"] is None


def test_an_answer_is_given_once(store: Store) -> None:
    accepted, withdrawn = referral(store), referral(store)
    answer_referral(store, accepted, accepted=True, by="dr. Ratna")
    acts.withdraw_referral(store, withdrawn)
    for sent in (accepted, withdrawn):
        with pytest.raises(InvalidRecord, match="already answered"):
            answer_referral(store, sent, accepted=True, by="dr. Ratna")
        with pytest.raises(InvalidRecord, match="already answered"):
            acts.withdraw_referral(store, sent)
    assert store.count("referral", state="withdrawn") == 1
