"""The quality of data: gaps, faults, scores, the repairs behind each number, and what to ask next."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import quality, quality_lists
from models.i18n import Words
from models.quality import QUESTIONS, WANTED, Score
from models.quality_lists import REASONS
from models.store import Store
from tests.factories import consultation, register
from tests.fakes import VILLAGE, FrozenClock

TODAY = date(2026, 11, 24)
OWNER = {"name": "Hartatik", "nik": "3513146208719923", "birth_date": "1971-08-22", "sex": "P", "phone": "+6281200000684",
         "informed": "signed"}  # fmt: skip
BUSINESS = {"name": "Rengginang", "activity": "Rengginang", "kbli": "2025:10794", "nib": "0220001234567", "started": 2015,
            "sales_year": 48_000_000, "capital": 5_000_000, "workers": 2}  # fmt: skip


def whole(store: Store, n: int = 1, owner: dict[str, Any] | None = None, **business: Any) -> dict[str, str]:
    """A registration in which nothing is missing, but for the values given."""
    mine = {"phone": f"+62812000{n:05d}", "name": f"{chr(64 + n) * 3} Hartatik", "birth_date": f"19{60 + n}-08-{10 + n}",
            "nik": f"351314{50 + n}08{60 + n}99{n}3"}  # fmt: skip
    trade = BUSINESS | {"name": f"Usaha {'abcdefgh'[n]}", "nib": f"{n:013d}"}
    return register(store, n, owner=OWNER | mine | (owner or {}), **(trade | business))


def test_the_score_of_the_sample_office() -> None:
    found = Score(records=84, wanted=1000, filled=840, shaped=78, fresh=68, unique=82)
    assert (found.complete_percent, found.shape_percent, found.fresh_percent, found.unique_percent) == (84, 93, 81, 98)
    assert found.total == 86
    nothing = Score()
    assert (nothing.total, nothing.unique_percent) == (100, 100)


@pytest.mark.parametrize(
    ("owner", "business", "years", "missing"),
    [
        ({}, {}, [], []),
        ({"nik": None}, {}, [], ["owner.nik"]),
        ({"nik": None, "nik_absent": "refused"}, {}, [], []),
        ({"phone": ""}, {"sales_year": None}, [], ["owner.phone", "business.sales_year"]),
        ({}, {"sales_year": None, "capital": None}, [{"sales": 1, "capital": 0}], []),
        ({}, {"workers": None}, [{"workers_men": 0, "workers_women": 1}], []),
        ({}, {"workers": None, "workers_paid": 1}, [{"sales": None}], []),
        ({}, {"workers": None, "nib": None}, [{"sales": 1}], ["business.nib", "business.workers"]),
    ],
)
def test_a_gap_is_a_wanted_field_without_an_answer(
    owner: dict[str, Any], business: dict[str, Any], years: list[dict[str, Any]], missing: list[str]
) -> None:
    assert quality.gaps(OWNER | owner, BUSINESS | business, years) == missing


@pytest.mark.parametrize(
    ("owner", "business", "wrong"),
    [
        ({}, {}, []),
        ({"nik": "12"}, {}, [("owner.nik", "length")]),
        ({"sex": "L"}, {}, []),  # a warning asks for a second look and is no fault
        ({}, {"kbli": "2020:10793"}, [("business.kbli", "old_version")]),
        ({}, {"kbli": None}, []),
        ({}, {"nib": "1"}, [("business.nib", "length")]),
        ({"phone": "12"}, {}, [("owner.phone", "phone")]),
    ],
)
def test_a_fault_cannot_be_right(owner: dict[str, Any], business: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    found = quality.faults(OWNER | owner, BUSINESS | business, TODAY)
    assert [f.key for f in found] == [key for key, _ in wrong]
    assert all(f.code == code for f, (_, code) in zip(found, wrong, strict=True) if code != "phone")
    assert all(f.words.id for f in found)


@pytest.mark.parametrize(
    ("open_", "key", "closes"),
    [
        (["business.sales_year", "business.capital", "business.nib"], "sales", ("business.sales_year", "scale")),
        (["business.sales_year", "owner.nik", "owner.sex"], "id_card", ("owner.nik", "owner.sex")),
        (["business.nib", "not_informed"], "notice", ("not_informed",)),
        (["not_seen"], None, ()),
        ([], None, ()),
    ],
)
def test_the_question_that_closes_most(open_: list[str], key: str | None, closes: tuple[str, ...]) -> None:
    asked = quality.next_question(open_)
    assert (asked and asked.question.key) == key
    assert not asked or asked.closes == closes


def test_every_wanted_field_has_its_question() -> None:
    asked = {key for q in QUESTIONS for key in q.closes}
    assert set(WANTED) <= asked
    assert all(quality.field_of(key).label.id for key in WANTED)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_percents_are_rounded_and_never_leave_0_to_100(part: int, whole_: int) -> None:
    found = quality.percent(min(part, whole_), whole_)
    assert 0 <= found <= 100
    assert not whole_ or abs(found - 100 * min(part, whole_) / whole_) <= 0.5


def counts(store: Store) -> dict[str, int]:
    return {r.key: len(r.records) for r in quality_lists.repairs(quality_lists.records(store))}


def test_every_number_has_the_records_behind_it(store: Store, clock: FrozenClock) -> None:
    clock.forward(days=-400)
    old = whole(store, 1)
    visited = whole(store, 2)
    clock.forward(days=400)
    store.save("consultation", consultation(**visited, held_on="2026-01-05"))
    assert counts(store) == {"not_seen": 1}
    whole(store, 3, {"nik": "12", "informed": "not_yet"}, sales_year=None)
    whole(store, 4, {"phone": "+6281200000002"}, workers=None, kbli="2020:10793", nib="1")
    twin = whole(store, 5, {"name": "Suparti", "nik": None, "nik_absent": "none", "birth_date": "1970-01-01"})
    whole(store, 6, {"name": "Suparti", "nik": None, "birth_date": "1970-01-01"})
    whole(store, 7, existence="closed", existence_on="2026-01-01", existence_reason="pindah", kbli=None)
    assert counts(store) == {
        "nik": 1, "twins": 2, "phone_shared": 2, "not_informed": 1, "sales": 1, "workers": 1, "kbli": 1, "other": 1,
        "not_seen": 1,
    }  # fmt: skip
    found = {r.key: r for r in quality_lists.repairs(quality_lists.records(store))}
    assert [r.business_id for r in found["not_seen"].records] == [old["business_id"]]
    assert twin["business_id"] in {r.business_id for r in found["twins"].records}
    assert found["sales"].why == Words("Skala usaha belum bisa dihitung", "The scale cannot be computed")
    total = quality_lists.score(quality_lists.records(store))
    assert (total.records, total.shaped, total.fresh, total.unique) == (6, 4, 5, 4)
    assert total.wanted - total.filled == 3
    assert list(found) == [key for key in REASONS if key in found]


def test_a_repair_of_an_owner_is_counted_once(store: Store) -> None:
    who = whole(store, 1, {"informed": "not_yet"})
    store.save("business", BUSINESS | {"owner_id": who["owner_id"], "name": "Usaha kedua", "village": VILLAGE})
    assert counts(store) == {"not_informed": 1}
    assert len(quality_lists.records(store)) == 2


def test_what_changed_is_judged_anew(store: Store) -> None:
    who = whole(store, 1, sales_year=None)
    assert counts(store) == {"sales": 1}
    year = store.save("assessment", {"business_id": who["business_id"], "year": 2025, "sales": 1}).first_id(
        "assessment"
    )
    assert counts(store) == {}
    store.delete("assessment", year)
    assert counts(store) == {"sales": 1}
    store.save("business", {"id": who["business_id"], "sales_year": 1})
    assert counts(store) == {}
    other = whole(store, 2, {"nik": "12"})
    assert counts(store) == {"nik": 1}
    store.save("business", {"id": other["business_id"], "owner_id": who["owner_id"]})
    assert counts(store) == {}  # an owner without a business is no record of the list
    store.delete("business", other["business_id"])
    assert len(quality_lists.records(store)) == 1


def test_by_village_and_by_recorder(store: Store) -> None:
    store.set_setting("imports", [{"id": "imp1", "file": "Data 2025.xlsx"}])
    whole(store, 1)
    whole(store, 4)
    whole(store, 2, import_id="imp1", sales_year=None)
    whole(store, 3, import_id="lost", village="3513141009", capital=None, nib=None, workers=None)
    found = quality_lists.records(store)
    assert [(v, s.records) for v, s in quality_lists.by_village(found).items()] == [(VILLAGE, 3), ("3513141009", 1)]
    assert list(quality_lists.by_recorder(store, found)) == ["Sri Wahyuni", "Data 2025.xlsx", "Impor"]


def test_the_next_question_of_an_owner_and_what_is_wrong_in_words(store: Store) -> None:
    who = whole(store, 1, {"birth_date": None, "sex": None}, nib="1")
    asked = quality_lists.ask_next(store, who["owner_id"])
    assert asked
    assert (asked.question.key, asked.closes) == ("id_card", ("owner.birth_date", "owner.sex"))
    assert [f.key for f in quality_lists.faults_of(store, who["business_id"])] == ["business.nib"]
    assert quality_lists.faults_of(store, "none") == []
    assert quality_lists.ask_next(store, "none") is None


def test_a_month_is_remembered(store: Store, clock: FrozenClock) -> None:
    whole(store, 1, nib=None)
    quality_lists.remember(store, quality_lists.records(store))
    clock.forward(days=31)
    assert quality_lists.remembered(store, "2026-11") == {"score": 97, "repairs": 0, "recorders": {"Sri Wahyuni": 97}}
    assert quality_lists.remembered(store, "2026-12") is None


def test_other_declarations_judge_everybody_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(store, 1, {"nik": "12"})
    assert counts(store) == {"nik": 1}
    monkeypatch.setattr(quality_lists, "_VERSION", "[0]")
    with store.transaction():
        quality_lists.set_up(store.db)
    assert store.query("SELECT count(*) FROM quality") == [(0,)]
    assert counts(store) == {"nik": 1}
