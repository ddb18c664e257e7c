"""Registering an owner with a business: what is checked, kept, refused and amended."""

import pytest

from models import registration
from models.errors import InvalidRecord
from models.registration import Registered, amend, check, filled, kept_by, opened, refuse, register
from models.store import Store
from tests.fakes import MINUTE, VILLAGE, FrozenClock

PATOKAN, SEMAMPIR = VILLAGE, "3513141003"
GUESTS, KECAMATAN = "3513242008", "351314"
TODAY = MINUTE.date()
FOUR = {
    "owner.name": "Mistijah", "owner.phone": "0812-0000-0791", "owner.village": PATOKAN,
    "business.name": "Keripik Singkong Bu Mis", "consent.informed": "signed",
}  # fmt: skip


def everything(store: Store) -> dict[str, int]:
    return {entity: store.count(entity) for entity in ("owner", "business", "consent")}


def test_four_answers_are_enough(store: Store) -> None:
    store.save_draft("register", "d1", {"entry": FOUR})
    changes, made = register(store, FOUR, "d1")
    owner, business = store.get("owner", made.owner_id), store.get("business", made.business_id)
    assert owner is not None
    assert business is not None
    assert (owner["name"], owner["phone"], owner["village"]) == ("Mistijah", "+6281200000791", PATOKAN)
    assert (owner["legal_basis"], owner["informed"], owner["scope"]) == ("public_task", "signed", PATOKAN)
    assert business["owner_id"] == made.owner_id
    # the business stands where its owner lives and can be reached without the owner's record
    assert (business["village"], business["contact_name"]) == (PATOKAN, "Mistijah")
    assert business["contact_phone"] == owner["phone"]
    assert store.drafts() == []
    assert [(c.entity, c.verb) for c in changes.items] == [(e, "added") for e in ("owner", "business", "consent")]


@pytest.mark.parametrize(("days", "state", "held", "kept_by"), [
    (0, "planned", (PATOKAN,), GUESTS),
    (1, "planned", (PATOKAN,), PATOKAN),  # the event is over: an owner may live anywhere
    (0, "cancelled", (PATOKAN,), PATOKAN),
    (0, "planned", (PATOKAN, GUESTS), GUESTS),  # no guest: this account may write there itself
    (0, "planned", (), PATOKAN),  # not enrolled: nothing can be left anywhere
])  # fmt: skip
def test_a_kelurahan_leaves_a_guest_of_todays_event_in_care(
    store: Store, clock: FrozenClock, days: int, state: str, held: tuple[str, ...], kept_by: str
) -> None:
    for scope in (*held, *([KECAMATAN] if held else [])):
        store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write')", (scope,))
    store.save("event", {"name": "Ngantor", "kind": "clinic", "held_on": "2026-11-24", "state": state,
                         "scope": KECAMATAN})  # fmt: skip
    clock.forward(days=days)
    _, made = register(store, FOUR | {"owner.village": GUESTS})
    kept = [store.get("owner", made.owner_id), store.get("business", made.business_id), *store.find("consent")]
    assert [row and row["scope"] for row in kept] == [kept_by] * 3


def test_an_office_of_a_larger_area_leaves_every_guest_in_care_also_without_an_event(store: Store) -> None:
    store.home_scope = KECAMATAN
    store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write'), (?, 'write')", (KECAMATAN, PATOKAN))
    assert [kept_by(store, village) for village in (PATOKAN, GUESTS)] == [PATOKAN, GUESTS]


def test_the_answer_keeps_text_version_day_and_author(store: Store) -> None:
    told = FOUR | {"consent.informed": "read_aloud", "consent.witness": "Buhari", "consent.filing": "yes",
                   "consent.photo": "no"}  # fmt: skip
    _, made = register(store, told)
    (consent,) = store.find("consent", owner_id=made.owner_id)
    assert (consent["text_version"], consent["given_on"], consent["created_by"]) == (
        "F-02/1",
        "2026-11-24",
        "Sri Wahyuni",
    )
    assert (consent["filing"], consent["photo"], consent["sharing"]) == ("yes", "no", None)
    assert consent["witness"] == "Buhari"


def test_not_yet_told_agrees_to_nothing(store: Store) -> None:
    _, made = register(store, FOUR | {"consent.informed": "not_yet", "consent.photo": "yes"})
    (consent,) = store.find("consent", owner_id=made.owner_id)
    assert (consent["informed"], consent["photo"]) == ("not_yet", None)


@pytest.mark.parametrize("key", list(registration.MANDATORY))
def test_each_mandatory_field_blocks_and_nothing_is_kept(store: Store, key: str) -> None:
    with pytest.raises(InvalidRecord) as refusal:
        register(store, FOUR | {key: "  "})
    assert [p.field for p in refusal.value.problems] == [key]
    assert refusal.value.problems[0].words == registration.MANDATORY[key]
    assert everything(store) == {"owner": 0, "business": 0, "consent": 0}


def test_an_unusable_village_blocks() -> None:
    problems = check(FOUR | {"owner.village": "Atlantis"}, TODAY)
    assert [(p.field, registration.blocks(p)) for p in problems] == [("owner.village", True)]


def test_soft_faults_are_saved_as_they_stand(store: Store) -> None:
    entry = FOUR | {"owner.nik": "3513 1447 0582 991", "business.nib": "12345", "owner.birth_date": "24/11/2031"}
    problems = check(entry, TODAY)
    assert {p.field for p in problems} == {"owner.nik", "business.nib", "owner.birth_date"}
    assert not any(registration.blocks(p) for p in problems)
    assert problems[0].words.id == "Kurang 1 angka. NIK berisi 16 angka."
    _, made = register(store, entry)
    owner = store.get("owner", made.owner_id)
    assert owner is not None
    assert owner["nik"] == "351314470582991"


def test_what_no_field_can_hold_stays_in_the_note(store: Store) -> None:
    _, made = register(store, FOUR | {"owner.rt": "tiga", "business.sales_month": "lumayan"})
    owner, business = store.get("owner", made.owner_id), store.get("business", made.business_id)
    assert owner is not None
    assert business is not None
    assert (owner["rt"], owner["note"]) == (None, "RT: tiga")
    assert (business["sales_year"], business["note"]) == (None, "Penjualan sebulan: lumayan")


def test_a_month_of_sales_becomes_a_year(store: Store) -> None:
    _, made = register(store, FOUR | {"business.sales_month": "1,5 juta", "business.capital": "3 juta"})
    business = store.get("business", made.business_id)
    assert business is not None
    assert (business["sales_year"], business["numbers_year"], business["capital"]) == (18_000_000, 2026, 3_000_000)


def test_an_office_of_a_larger_area_leaves_the_record_with_the_village(store: Store) -> None:
    store.home_scope = "351314"
    register(store, FOUR | {"owner.village": SEMAMPIR})
    scopes = {r["scope"] for e in ("owner", "business", "consent") for r in store.find(e)}
    assert scopes == {SEMAMPIR}


def test_refusal_keeps_one_count_and_nothing_else(store: Store) -> None:
    store.save_draft("register", "d1", {"entry": FOUR})
    for _ in range(2):
        refuse(store, "d1")
    assert store.setting("refusals:2026-11") == 2
    assert store.drafts() == []
    assert everything(store) == {"owner": 0, "business": 0, "consent": 0}
    assert store.query("SELECT count(*) FROM history") == [(0,)]


def test_a_refusal_is_never_registered(store: Store) -> None:
    with pytest.raises(ValueError, match="refusal"):
        register(store, FOUR | {"consent.informed": "refused"})
    assert everything(store) == {"owner": 0, "business": 0, "consent": 0}


def test_opened_reads_back_as_typed(store: Store) -> None:
    entry = FOUR | {"owner.nik": "3513 1447 0582 9917", "owner.sex": "P", "business.sales_month": "Rp1.500.000",
                    "business.activity": "keripik", "business.kbli": "2025:10794", "owner.rt": "003"}  # fmt: skip
    _, made = register(store, entry)
    again = opened(store, made.owner_id, made.business_id)
    assert {k: again[k] for k in entry} == entry


def test_amend_writes_only_what_was_changed(store: Store) -> None:
    _, made = register(store, FOUR | {"owner.address": "Jl. Mawar No. 00"})
    before = opened(store, made.owner_id, made.business_id)
    store.save("owner", {"id": made.owner_id, "address": "Jl. Melati No. 00"})  # arrived while the form was open
    changes, _ = amend(store, before | {"owner.phone": "081200000792", "owner.rt": "2"}, before, made)
    owner, business = store.get("owner", made.owner_id), store.get("business", made.business_id)
    assert owner is not None
    assert business is not None
    assert (owner["phone"], owner["address"], owner["rt"]) == ("+6281200000792", "Jl. Melati No. 00", 2)
    assert (business["contact_phone"], business["rt"]) == ("+6281200000792", 2)
    assert changes.ids("consent") == set()


def test_amend_leaves_a_business_that_stands_elsewhere(store: Store) -> None:
    _, made = register(store, FOUR)
    store.save("business", {"id": made.business_id, "village": SEMAMPIR})
    before = opened(store, made.owner_id, made.business_id)
    amend(store, before | {"owner.village": "3513141005"}, before, made)
    business = store.get("business", made.business_id)
    assert business is not None
    assert business["village"] == SEMAMPIR


def test_amend_of_the_answer_is_a_new_consent(store: Store) -> None:
    _, made = register(store, FOUR | {"consent.informed": "not_yet"})
    before = opened(store, made.owner_id, made.business_id)
    amend(store, before | {"consent.informed": "signed", "consent.photo": "yes"}, before, made)
    owner = store.get("owner", made.owner_id)
    assert owner is not None
    assert owner["informed"] == "signed"
    assert [c["informed"] for c in store.find("consent", owner_id=made.owner_id)] == ["not_yet", "signed"]


def test_a_known_owner_gets_one_business_more(store: Store) -> None:
    _, made = register(store, FOUR)
    before = opened(store, made.owner_id, "")
    assert before["consent.informed"] == "signed"
    entry = before | {"business.name": "Es Lilin Bu Mis"}
    changes, both = amend(store, entry, before, Registered(made.owner_id, ""))
    assert [(c.entity, c.verb) for c in changes.items] == [("business", "added")]
    second = store.get("business", both.business_id)
    assert second is not None
    assert (second["name"], second["owner_id"], second["village"]) == ("Es Lilin Bu Mis", made.owner_id, PATOKAN)
    assert store.count("owner") == 1


def test_nothing_changed_writes_nothing(store: Store) -> None:
    _, made = register(store, FOUR | {"business.sales_month": "1,5 juta"})
    store.save("business", {"id": made.business_id, "sales_year": 18_000_005})
    before = opened(store, made.owner_id, made.business_id)
    changes, same = amend(store, dict(before), before, made)
    assert not changes
    assert same == Registered(made.owner_id, made.business_id)
    assert store.find("business")[0]["sales_year"] == 18_000_005


def test_steps_count_what_is_wanted() -> None:
    assert filled(FOUR, "owner") == (3, 6)
    assert filled(FOUR | {"owner.nik": "3513", "owner.sex": "P", "owner.birth_date": "7/5/1982"}, "owner") == (6, 6)
