"""A person's whole record, the register of requests, and erasure that keeps the counts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import access, attaching, duplicates, erasure, merging, outbox, quality_lists, search, summaries
from models.attachments import is_sha256
from models.entities import ENTITIES, SYNCED
from models.errors import AppError
from models.lists import ListQuery, row_ids
from models.store import Change, Changes, Store
from models.subject_access import answer, as_json, ask, everything_of, open_requests, personal_record
from tests.factories import consultation, follow_up, register
from tests.fakes import VILLAGE, FrozenClock

SITI = {"name": "Siti Aminah Rengganis", "nik": "3513144705829917", "phone": "+6281200000142", "birth_date": "1982-05-07",
        "sex": "P", "address": "Gg. Melati 7", "rt": 3, "rw": 2, "informed": "signed", "note": "adik Bu Sum",
        "disabled": 1, "email": "siti@contoh.id"}  # fmt: skip
SECRETS = ("Siti Aminah", "Rengganis", "3513144705829917", "81200000142", "1982-05-07", "Gg. Melati", "adik Bu Sum",
           "siti@contoh", "uang sekolah", "0220001234567", "Rahasia")  # fmt: skip


@pytest.fixture
def siti(store: Store) -> dict[str, str]:
    """Somebody with a little of everything."""
    who = register(store, 1, owner=SITI, name="Batik Rengganis Ayu", nib="0220001234567", sales_year=186_000_000, workers=4,
                   kbli="2025:13133", contact_name=SITI["name"], contact_phone=SITI["phone"])  # fmt: skip
    session = store.save("consultation", consultation(**who, note="Perlu uang sekolah anaknya", number="KK/1/0001"))
    store.save("follow_up", follow_up(**who, consultation_id=session.first_id("consultation"), what="Rahasia"))
    store.save(
        "consent", {"owner_id": who["owner_id"], "informed": "signed", "given_on": "2026-01-01", "witness": "Rahasia"}
    )
    store.save(
        "financing", who | {"scheme": "kur_micro", "state": "disbursed", "disbursed": 25_000_000, "purpose": "Rahasia"}
    )
    group = store.save("organisation", {"name": "Koperasi", "kind": "cooperative"}).first_id("organisation")
    member = {"organisation_id": group, "owner_id": who["owner_id"], "name": SITI["name"], "joined_on": "2026-01-01"}
    member_id = store.save("membership", member).first_id("membership")
    deposit = {"membership_id": member_id, "kind": "dues", "amount": 25_000, "paid_on": "2026-02-01", "note": "Rahasia"}
    store.save("savings_entry", deposit)
    case = store.save("facilitation", who | {"service": "brand", "opened_on": "2026-11-11", "state": "documents"})
    item = {"facilitation_id": case.first_id("facilitation"), "title": "KTP Siti Aminah", "state": "missing"}
    store.save("checklist_item", item)
    store.save("owner", {"id": who["owner_id"], "phone": "+6281200000999"})
    store.save("owner", {"id": who["owner_id"], "phone": SITI["phone"]})
    access.reveal(store, "owner", who["owner_id"], "nik")
    return who


def held(store: Store) -> str:
    """Everything readable that the file holds, but for what must still be sent."""
    names = [name for (name,) in store.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT IN"
        " ('sync_inflight', 'sync_shadow', 'sqlite_stat1')")]  # fmt: skip
    return "\n".join(str(row) for name in names for row in store.query(f'SELECT * FROM "{name}"'))


def test_everything_that_hangs_on_a_person_is_found(store: Store, siti: dict[str, str]) -> None:
    register(store, 2)
    found = everything_of(store, siti["owner_id"])
    assert {name: len(rows) for name, rows in found.items()} == {
        "owner": 1, "business": 1, "consent": 1, "consultation": 1, "follow_up": 1, "financing": 1, "membership": 1,
        "savings_entry": 1, "facilitation": 1, "checklist_item": 1,
    }  # fmt: skip
    with pytest.raises(AppError, match="not on this laptop"):
        everything_of(store, "nobody")


def test_the_record_is_ready_for_paper_and_whole(store: Store, siti: dict[str, str]) -> None:
    record = personal_record(store, siti["owner_id"])
    assert record.name == SITI["name"]
    texts = [text for section in record.sections for entries in section.records for _, text in entries]
    assert {"3513 1447 0582 9917", "Rp25.000.000", "Perlu uang sekolah anaknya", "KTP Siti Aminah"} <= set(texts)
    assert [s.title for s in record.sections][:2] == ["Pelaku usaha", "Usaha"]
    assert [(what, by) for _, what, by in record.changes] == [("No. HP / WhatsApp", "Sri Wahyuni")] * 2
    assert [(what, by) for _, what, by in record.viewings] == [("NIK", "Sri Wahyuni")]
    english = personal_record(store, siti["owner_id"], "en")
    assert "Owners" in [s.title for s in english.sections]


def test_the_record_is_there_for_machines_too(store: Store, siti: dict[str, str]) -> None:
    whole = json.loads(as_json(store, siti["owner_id"]))
    assert whole["records"]["owner"][0]["nik"] == SITI["nik"]
    assert whole["records"]["savings_entry"][0]["amount"] == 25_000
    assert [c["field"] for c in whole["changes"]] == ["phone", "phone"]
    assert whole["viewings"][0]["viewer"] == "Sri Wahyuni"


def test_a_change_of_a_newer_version_bears_its_own_name(store: Store, siti: dict[str, str]) -> None:
    with store.transaction():
        store.query("INSERT INTO history VALUES ('owner', ?, 99, 'shoe_size', NULL, 38, 0, 'Sri')", (siti["owner_id"],))
    assert "shoe_size" in [what for _, what, _ in personal_record(store, siti["owner_id"]).changes]


def test_requests_wait_for_72_hours(store: Store, siti: dict[str, str], clock: FrozenClock) -> None:
    _, first = ask(store, siti["owner_id"], "access")
    clock.forward(hours=1)
    _, second = ask(store, siti["owner_id"], "erase")
    clock.forward(hours=72)
    assert [(r["id"], left.total_seconds() / 3600) for r, left in open_requests(store)] == [(first, -1), (second, 0)]
    answer(store, first, "Salinan diserahkan")
    answer(store, second, "Kasus masih berjalan", refused=True)
    assert open_requests(store) == []
    assert [r["state"] for r in store.find("subject_request")] == ["done", "refused"]


def test_erasure_leaves_the_counts_and_nothing_else(store: Store, siti: dict[str, str], clock: FrozenClock) -> None:
    register(store, 2, owner={"informed": "signed"})
    before = summaries.figures(store)
    store.save_draft("register", "1", {"owner.name": "SITI AMINAH RENGGANIS"})
    store.save_draft("register", "2", {"owner.phone": "0812-0000-0142"})
    store.save_draft("session", siti["owner_id"], {"note": "x"})
    store.save_draft("session", "x", {"about": siti["business_id"]})
    store.save_draft("register", "3", {"owner.name": "Siti Amin Wati"})
    summaries.note_opened(store, "business", siti["business_id"])
    changes, done = erasure.erase(store, siti["owner_id"])
    assert changes.touches("owner", "business", "savings_entry")
    assert done.records == 9
    assert summaries.figures(store) == before
    assert [text for text in SECRETS if text in held(store)] == []
    assert [d.key for d in store.drafts()] == ["3"]
    assert store.setting(summaries.RECENT) == []
    owner = store.get("owner", siti["owner_id"]) or {}
    assert (owner["name"], owner["sex"], owner["village"], owner["informed"]) == ("(dihapus)", "P", VILLAGE, "refused")
    business = store.get("business", siti["business_id"]) or {}
    assert (business["sales_year"], business["workers"], business["kbli"]) == (186_000_000, 4, "2025:13133")
    (session,) = store.find("consultation", owner_id=siti["owner_id"])
    assert (session["number"], session["topics"], session["note"]) == ("KK/1/0001", "nib", None)
    (loan,) = store.find("financing")
    assert (loan["state"], loan["disbursed"], loan["purpose"]) == ("disbursed", 25_000_000, None)
    assert (owner["disabled"], owner["birth_date"]) == (None, None)


@pytest.mark.parametrize("typed", ["Rengganis", "Siti", "0812-0000-0142", "3513 1447", "0220001234567"])
def test_nobody_finds_the_erased(store: Store, siti: dict[str, str], typed: str) -> None:
    assert row_ids(store, ListQuery(typed))
    erasure.erase(store, siti["owner_id"])
    assert not row_ids(store, ListQuery(typed))
    assert not search.namesakes(store, typed)
    assert duplicates.twins(store, SITI) == []
    assert quality_lists.records(store) == []
    words = store.query("SELECT term FROM search_words")
    assert not {t for (t,) in words} & {"rengganis", "siti", "3513"}


def test_two_erased_are_no_twins(store: Store) -> None:
    for n in (1, 2):
        who = register(store, n, owner={"name": "Suparti", "phone": None})["owner_id"]
        store.save_draft("register", str(n), {"owner.phone": ""})
        erasure.erase(store, who)
    assert len(store.drafts()) == 2
    assert duplicates.sweep(store) == 0
    assert duplicates.pairs(store) == []


def test_conflicts_refusals_and_merges_lose_the_values(store: Store, siti: dict[str, str]) -> None:
    other = register(store, 2, owner=SITI | {"nik": None, "note": "Rahasia"})["owner_id"]
    choices: dict[str, merging.Side] = {"nik": "kept", "note": "gone"}
    merging.merge(store, siti["owner_id"], other, choices)
    conflict = {"entity": "owner", "row_id": siti["owner_id"], "unit": "phone", "kept": '{"phone":"81200000142"}',
                "lost": "{}", "state": "open"}  # fmt: skip
    store.save("conflict", conflict)
    with store.transaction():
        store.query(
            "INSERT INTO sync_quarantine VALUES (1, ?, 'owner', ?, 'Rengganis', 'x', 'x')", (VILLAGE, siti["owner_id"])
        )
    assert "owner_merge" in everything_of(store, siti["owner_id"])
    erasure.erase(store, siti["owner_id"])
    erasure.erase(store, other)
    assert [text for text in SECRETS if text in held(store)] == []
    (settled,) = store.find("conflict")
    assert (settled["state"], settled["kept"]) == ("settled", None)


def test_what_is_on_the_way_is_counted_until_it_was_answered(store: Store, siti: dict[str, str]) -> None:
    owner_id = siti["owner_id"]
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_pending")
        store.query("UPDATE owner SET _seq = 3")
        store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write')", (VILLAGE,))
    _, done = erasure.erase(store, owner_id)
    assert done.on_the_way > 5  # the server's values, until it knows better
    assert outbox.take(store, 100)
    assert erasure.on_the_way(store, owner_id) > done.on_the_way
    with store.transaction(applying=True):
        store.query("DELETE FROM sync_inflight")
        store.query("DELETE FROM sync_shadow")
    assert erasure.on_the_way(store, owner_id) == 0


def test_photos_go_with_the_person(store: Store, siti: dict[str, str]) -> None:
    sha256 = attach(store, siti["owner_id"], b"foto KTP")
    shared = attach(store, siti["owner_id"], b"foto bersama")
    attach(store, register(store, 2)["owner_id"], b"foto bersama")
    folder = attaching.blobs(store)
    assert folder.has(sha256)
    erasure.erase(store, siti["owner_id"])
    assert not folder.has(sha256)
    assert folder.has(shared)
    assert store.query("SELECT count(*) FROM blob_local") == [(1,)]
    assert store.find("attachment", owner_id=siti["owner_id"]) == []


def test_a_photo_of_somebody_erased_elsewhere_goes_from_this_disk(store: Store, siti: dict[str, str]) -> None:
    sha256 = attach(store, siti["owner_id"], b"a picture of Siti")
    with store.transaction(applying=True):  # as it arrives from the server
        store.query("UPDATE owner SET name = ?, informed = 'refused'", (erasure.ERASED,))
        store.query("UPDATE attachment SET deleted = 1, _h = NULL")
    erasure.follow(store, Changes((Change("owner", siti["owner_id"], "changed"),)))

    assert not attaching.blobs(store).has(sha256)
    assert store.query("SELECT name, sha256 FROM attachment") == [(erasure.ERASED, sha256)]
    assert store.query("SELECT * FROM blob_local") == []


def attach(store: Store, owner_id: str, data: bytes) -> str:
    import hashlib

    sha256 = hashlib.sha256(data).hexdigest()
    assert is_sha256(sha256)
    attaching.blobs(store).write(sha256, data)
    row = {"owner_id": owner_id, "sort": "other", "name": "Rahasia.jpg", "sha256": sha256, "size": len(data),
           "mime": "image/jpeg"}  # fmt: skip
    store.save("attachment", row)
    with store.transaction():
        store.query("INSERT INTO blob_local (sha256, here) VALUES (?, 1) ON CONFLICT DO NOTHING", (sha256,))
    return sha256


def test_whatever_must_be_filled_can_hold_the_word_erased() -> None:
    for entity in ENTITIES.values():
        for field in entity.fields:
            if field.required and erasure.identifies(entity, field):
                assert field.kind.storage == "text", f"{entity.name}.{field.name}"


@given(st.sampled_from(sorted(ENTITIES)))
def test_what_is_private_is_erased_or_only_counts(name: str) -> None:
    entity = SYNCED[name]
    for field in entity.fields:
        if field.private and not erasure.identifies(entity, field):
            assert field.kind.options or field.kind.storage == "integer", f"{name}.{field.name}"
