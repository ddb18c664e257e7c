"""From an office's list to records: guesses, cures, possible duplicates, writing, taking back."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import import_plan, importing, outbox
from models.errors import AppError, InvalidRecord
from models.import_columns import Guess, guess_columns, is_heading
from models.import_plan import Decision, Plan
from models.import_rows import Finding
from models.names import name_key, names_alike
from models.store import Store
from models.workbook import Sheet, SheetRow, read_workbook
from tests.fakes import VILLAGE, FrozenClock, business, owner

SAMPLE = Path(__file__).parents[1] / "data" / "contoh-data-umkm.xlsx"
TODAY = date(2026, 11, 24)
MAYANGAN = "3574031001"  # Kelurahan Mayangan, Kota Probolinggo: where the sample comes from
HEADINGS = ("NAMA PEMILIK", "NIK", "NO. HP", "NAMA USAHA", "DESA")
PAINI = ("Paini", "3513145402789901", "0812-0000-0101", "Keripik Paini", "Patokan")
TUMINI = ("Tumini", "3513145402799902", "0812-0000-0102", "Tempe Tumini", "Patokan")


def sheet(*rows: Iterable[Any], headings: tuple[str, ...] = HEADINGS) -> Sheet:
    numbered = tuple(SheetRow(n, tuple(row)) for n, row in enumerate(rows, start=2))
    return Sheet("data.xlsx", "Sheet1", headings, numbered, known=len(headings))


def plan_of(store: Store, source: Sheet) -> Plan:
    columns = [g.target for g in guess_columns(source, TODAY, importing.remembered_columns(store, source))]
    return import_plan.start(source, columns, store.home_scope, importing.known_people(store), TODAY)


def plan(store: Store, *rows: Iterable[Any], headings: tuple[str, ...] = HEADINGS) -> Plan:
    return plan_of(store, sheet(*rows, headings=headings))


def one(store: Store, value: Any, heading: str) -> Plan:
    """A good row with one more column."""
    return plan(store, (*PAINI, value), headings=(*HEADINGS, heading))


def only(found: Plan, number: int = 2) -> Finding:
    (finding,) = found.findings[number]
    return finding


@pytest.fixture(scope="module")
def sample() -> Sheet:
    return read_workbook(SAMPLE, is_heading)[0]


# Columns.


def test_every_column_of_the_sample_is_guessed(sample: Sheet) -> None:
    guesses = dict(zip(sample.headings, guess_columns(sample, TODAY), strict=True))
    assert guesses.pop("NO") == Guess("")
    assert {h: g.target for h, g in guesses.items()} == {
        "NAMA PEMILIK": "owner.name", "NIK": "owner.nik", "L/P": "owner.sex", "ALAMAT": "owner.address",
        "RT/RW": "rt_rw", "KELURAHAN/DESA": "owner.village", "KECAMATAN": "district", "NO. HP": "owner.phone",
        "NAMA USAHA": "business.name", "JENIS USAHA": "business.activity", "OMZET/BULAN": "sales_month",
        "MODAL": "business.capital", "TK": "business.workers", "NIB": "business.nib", "TH BERDIRI": "business.started",
    }  # fmt: skip
    assert all(g.certain for g in guesses.values())


@pytest.mark.parametrize(("heading", "target"), [
    ("NM PEMILIK USAHA", "owner.name"), ("No. KTP (NIK)", "owner.nik"), ("KELURAHN", "owner.village"),
    ("Omzet", "business.sales_year"), ("ALAMAT USAHA", "business.address"), ("Alamat Lengkap", "owner.address"),
])  # fmt: skip
def test_headings_of_the_street_are_guessed_and_marked_uncertain_unless_exact(heading: str, target: str) -> None:
    (guess,) = guess_columns(sheet(("x",), headings=(heading,)), TODAY)
    assert guess == Guess(target, certain=heading == "ALAMAT USAHA")


def test_an_unknown_heading_is_guessed_from_what_stands_below() -> None:
    rows = [("3513145402789901", "0812-0000-0101", "apa"), ("3513145402799902", "0812-0000-0102", "saja"),
            ("3513145402809903", "81200000103", "ini")]  # fmt: skip
    guesses = guess_columns(sheet(*rows, headings=("A", "B", "C")), TODAY)
    assert [(g.target, g.certain) for g in guesses] == [("owner.nik", False), ("owner.phone", False), ("", True)]


def test_a_target_is_given_once_and_an_empty_column_brings_nothing() -> None:
    source = sheet(("Paini", "Paini", None), headings=("NAMA", "NAMA PEMILIK", "KET"))
    assert [g.target for g in guess_columns(source, TODAY)] == ["owner.name", "", ""]


def test_a_layout_is_remembered_by_the_headings(store: Store) -> None:
    found = import_plan.with_columns(
        plan(store, PAINI), ["owner.name", "", "owner.phone", "business.brand", "owner.village"]
    )
    importing.remember_columns(store, found)
    again = plan_of(store, sheet(TUMINI))
    assert again.columns == found.columns
    assert plan(store, (*PAINI, "x"), headings=(*HEADINGS, "KET")).columns[1] == "owner.nik"  # another file


# Rows.


def test_the_sample_is_read_with_its_faults(store: Store, sample: Sheet) -> None:
    store.home_scope = MAYANGAN
    found = plan_of(store, sample)
    assert [found.count("ready"), found.count("check"), found.count("held")] == [82, 24, 14]
    codes = {n: {f.code for f in fs} for n, fs in found.findings.items() if fs}
    assert codes[42] == {"no_name"}
    assert codes[52] == {"village_misspelt"}
    assert codes[46] == {"excel"}
    assert codes[25] == codes[59] == {"length"}
    assert codes[84] == {"serial"}
    assert codes[31] == {"zero"}
    assert codes[29] == {"date"}
    assert codes[30] == codes[62] == {"two_phones"}
    assert codes[126] >= {"no_business_name"}
    assert codes[124] == {"shared_phone"}
    assert 50 not in codes  # "1,5 juta"
    assert (found.row(50).business["sales_year"], found.row(25).business["sales_year"]) == (18_000_000, 18_000_000)
    assert (found.row(51).owner["name"], found.row(95).owner["village"]) == ("Mariyam", "3574031010")


def test_all_cures_of_the_sample_leave_what_only_a_person_knows(store: Store, sample: Sheet) -> None:
    store.home_scope = MAYANGAN
    cured = import_plan.with_cures(before := plan_of(store, sample), before.cures)
    assert not cured.cures
    assert [cured.count("ready"), cured.count("check"), cured.count("held")] == [96, 13, 11]
    left = {f.code for fs in cured.findings.values() for f in fs}
    assert left == {"excel", "length", "date", "serial", "nik_sex", "no_name", "duplicate", "shared_phone"}
    assert cured.row(62).owner["phone"] == "+6281200009129"
    assert cured.row(62).business["note"] == "HP lain: 0813-0000-1111"


@pytest.mark.parametrize(("value", "cure"), [(81200000101, "0812-0000-0101"), ("812-0000-0101", "0812-0000-0101"),
                                             (81200000101.0, "0812-0000-0101")])  # fmt: skip
def test_a_lost_zero_is_marked_and_cured(store: Store, value: Any, cure: str) -> None:
    found = plan(store, (PAINI[0], PAINI[1], value, *PAINI[3:]))
    assert (found.states[2], only(found).cure) == ("check", {"owner.phone": cure})
    cured = import_plan.with_cures(found, found.cures)
    assert (cured.states[2], cured.row(2).owner["phone"]) == ("ready", "+6281200000101")


@pytest.mark.parametrize("value", ["'0812-0000-0101", "+62 812-0000-0101", "62812 0000 0101", "0812.0000.0101"])
def test_other_spellings_of_a_phone_need_no_cure(store: Store, value: str) -> None:
    found = plan(store, (PAINI[0], PAINI[1], value, *PAINI[3:]))
    assert (found.states[2], found.row(2).owner["phone"]) == ("ready", "+6281200000101")


def test_a_wrong_nik_goes_in_as_it_stands_and_is_not_used_for_matching(store: Store) -> None:
    short = ("Paini", "35131454027899", *PAINI[2:])
    found = plan(store, short, ("Tumini", "35131454027899", *TUMINI[2:]))
    assert [found.states[2], found.states[3]] == ["check", "check"]
    assert found.row(2).owner["nik"] == "35131454027899"
    assert "NIK perlu dicek" in only(found).words.id


def test_the_nik_fills_sex_and_birth_only_where_nothing_stands(store: Store) -> None:
    found = one(store, "L", "L/P")
    assert (found.row(2).owner["sex"], found.row(2).owner["birth_date"]) == ("L", "1978-02-14")
    assert only(found).target == "owner.sex"
    assert plan(store, PAINI).row(2).owner["sex"] == "P"


def test_what_no_field_can_hold_goes_into_the_note(store: Store) -> None:
    found = one(store, "lumayan", "OMZET/BULAN")
    assert (found.states[2], found.row(2).business["note"]) == ("check", "Dari berkas — OMZET/BULAN: lumayan")
    assert only(found).words.id.endswith("Isinya masuk catatan.")


@pytest.mark.parametrize(("value", "expected"), [
    (datetime.combine(date(1978, 2, 14), datetime.min.time()), "1978-02-14"), (28535, "1978-02-14"),
    ("14/02/1978", "1978-02-14"), ("14 Februari 1978", "1978-02-14"),
])  # fmt: skip
def test_dates_in_every_dress(store: Store, value: Any, expected: str) -> None:
    found = one(store, value, "TGL LAHIR")
    assert (found.states[2], found.row(2).owner["birth_date"]) == ("ready", expected)


def test_place_and_date_of_birth_in_one_cell(store: Store) -> None:
    born = one(store, "Probolinggo, 14-02-1978", "TTL").row(2).owner
    assert (born["birth_place"], born["birth_date"]) == ("Probolinggo", "1978-02-14")
    assert one(store, "Probolinggo", "TTL").row(2).owner["birth_place"] == "Probolinggo"


@pytest.mark.parametrize("value", ["003/002", "RT 3 RW 2", "3-2", "RT.003/RW.002"])
def test_rt_and_rw_in_one_cell(store: Store, value: str) -> None:
    found = one(store, value, "RT/RW").row(2)
    assert [found.owner["rt"], found.owner["rw"], found.business["rt"]] == [3, 2, 3]


def test_rt_rw_that_excel_took_for_a_date_is_cured(store: Store) -> None:
    found = one(store, datetime(2026, 2, 3), "RT/RW")  # noqa: DTZ001 (a cell knows no zone)
    assert only(found).cure == {"rt_rw": "003/002"}
    assert import_plan.with_cures(found, found.cures).row(2).owner["rw"] == 2


def test_an_unreadable_rt_rw_is_kept(store: Store) -> None:
    found = one(store, "belakang masjid", "RT/RW")
    assert (found.states[2], found.row(2).business["note"]) == ("check", "Dari berkas — RT/RW: belakang masjid")


def test_a_row_without_name_or_village_is_held_with_the_remedy(store: Store) -> None:
    found = plan(store, (None, *PAINI[1:]), (*TUMINI[:4], None), ("Suwarno", None, None, "Kopi", "Entahberantah"))
    assert [found.states[n] for n in (2, 3, 4)] == ["held", "held", "held"]
    assert only(found, 2).words.id == "Nama wajib diisi. Tanpa nama, baris ini dilewati."
    assert only(found, 4).code == "village"
    mended = import_plan.with_edit(found, 2, "owner.name", "Paini")
    assert (mended.states[2], mended.row(2).owner["name"]) == ("ready", "Paini")


def test_a_misspelt_village_is_held_until_its_cure_is_taken(store: Store) -> None:
    found = plan(store, (*PAINI[:4], "Patoakn"))
    assert found.states[2] == "held"
    assert only(found).words.id == "Maksudnya Patokan (Kec. Kraksaan)?"
    assert import_plan.with_cures(found, found.cures).row(2).owner["village"] == VILLAGE


def test_a_name_of_two_villages_means_the_one_in_the_named_or_the_own_kecamatan(store: Store) -> None:
    assert plan(store, PAINI).row(2).owner["village"] == VILLAGE  # there is a Patokan in Kec. Bantaran too
    there = one(store, "Bantaran", "KECAMATAN").row(2).owner["village"]
    assert (there != VILLAGE, there[:6]) == (True, "351304")
    store.home_scope = "3513"
    held = plan(store, PAINI)
    assert (held.states[2], only(held).code) == ("held", "village_repeats")


def test_a_file_without_villages_is_the_offices_own(store: Store) -> None:
    found = plan(store, PAINI[:4], headings=HEADINGS[:4])
    assert (found.states[2], found.row(2).owner["village"]) == ("ready", VILLAGE)


def test_a_business_without_a_name_takes_its_product_and_owner(store: Store) -> None:
    found = plan(store, (*PAINI[:3], None, "Patokan", "tempe"), headings=(*HEADINGS, "JENIS USAHA"))
    assert (found.states[2], found.row(2).business["name"]) == ("check", "Tempe Paini")
    assert import_plan.with_cures(found, found.cures).states[2] == "ready"


def test_other_columns_read_the_rows_anew(store: Store) -> None:
    found = import_plan.with_edit(plan(store, PAINI), 2, "business.name", "Keripik Baru")
    changed = import_plan.with_columns(
        found, ["owner.name", "owner.nik", "owner.phone", "business.brand", "owner.village"]
    )
    assert changed.row(2).business["brand"] == "Keripik Paini"
    assert changed.row(2).business["name"] == "Usaha Paini"


# Possible duplicates.


def test_names_are_compared_as_people_write_them() -> None:
    assert name_key("H. Moch. Soekarno, S.Pd") == name_key("Muhammad Sukarno")
    assert name_key("St. Maimunah") == name_key("SITI MAIMUNAH")
    assert names_alike("St. Maimunah", "Maimunah")
    assert not names_alike("Sumiati", "Sumarni")


def test_the_same_phone_and_a_like_name_is_held_until_decided(store: Store) -> None:
    found = plan(store, PAINI, ("Ibu Paini", None, PAINI[2], "Tempe", "Patokan"))
    assert (found.states[2], found.states[3]) == ("ready", "held")
    assert "Mungkin sudah ada: Paini, baris 2" in only(found, 3).words.id
    match = found.open_match(3)
    assert match is not None
    assert match.reasons == ("phone", "name")
    assert not found.cures  # no suggestion ever merges people
    different = import_plan.with_decision(found, 3, Decision())
    assert (different.states[3], different.owner_row(3)) == ("ready", 3)
    same = import_plan.with_decision(found, 3, Decision(match.person))
    assert (same.states[3], same.owner_row(3)) == ("ready", 2)
    assert import_plan.with_decision(found, 3, Decision(match.person, skip=True)).states[3] == "skipped"
    assert import_plan.with_decision(same, 3, None).states[3] == "held"


def test_the_same_nik_with_another_name_is_held(store: Store) -> None:
    found = plan(store, PAINI, ("Suwarno", PAINI[1], "0812-0000-0109", "Kopi", "Patokan"))
    assert "NIK sama dengan Paini, baris 2" in only(found, 3).words.id


def test_the_same_name_and_village_is_held_but_two_valid_niks_are_two_persons(store: Store) -> None:
    assert plan(store, PAINI, ("PAINI", None, None, "Kopi", "Patokan")).states[3] == "held"
    assert plan(store, PAINI, ("PAINI", TUMINI[1], None, "Kopi", "Patokan")).states[3] == "ready"


def test_a_family_phone_is_no_duplicate_but_is_told(store: Store) -> None:
    found = plan(store, PAINI, (*TUMINI[:2], PAINI[2], *TUMINI[3:]))
    assert (found.states[3], only(found, 3).code) == ("check", "shared_phone")


def test_an_office_phone_in_every_row_stays_fast_and_joins_nobody(store: Store) -> None:
    rows = [
        (f"Orang {chr(65 + i % 26)}k{chr(97 + i // 26)}", None, "0812-0000-0100", f"Usaha {i}", "Patokan")
        for i in range(600)
    ]
    assert plan(store, *rows).count("check") == 599


def test_somebody_in_the_store_is_found(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Paini", nik=PAINI[1])).first_id("owner")
    store.save("business", business(owner_id, name="Keripik Paini"))
    found = plan(store, PAINI)
    match = found.open_match(2)
    assert match is not None
    assert (match.person.id, match.person.businesses, "sudah terdaftar" in only(found).words.id) == (
        owner_id, ("Keripik Paini",), True)  # fmt: skip


# Writing.


def test_an_import_writes_owners_businesses_and_what_they_were_told(store: Store, clock: FrozenClock) -> None:
    changes, done = importing.apply(store, plan(store, PAINI, TUMINI), "read_aloud")
    assert (done.owners, done.businesses, done.file, done.at) == (2, 2, "data.xlsx", clock.stamp())
    (first, _second), (mine, _) = store.find("owner"), store.find("business")
    assert (first["name"], first["legal_basis"], first["informed"], first["import_id"]) == (
        "Paini", "public_task", "read_aloud", done.id)  # fmt: skip
    assert (mine["owner_id"], mine["scope"], mine["contact_phone"]) == (first["id"], VILLAGE, "+6281200000101")
    (told,) = store.find("consent", owner_id=first["id"])
    assert (told["informed"], told["given_on"], told["text_version"]) == ("read_aloud", "2026-11-24", "F-02/1")
    assert changes.ids("owner") == {o["id"] for o in store.find("owner")}


def test_held_and_skipped_rows_are_not_written(store: Store) -> None:
    found = plan(store, PAINI, (None, *TUMINI[1:]), ("Paini", None, None, "Kopi", "Patokan"))
    match = found.open_match(4)
    assert match is not None
    found = import_plan.with_decision(found, 4, Decision(match.person, skip=True))
    _, done = importing.apply(store, found, "not_yet")
    assert (done.owners, done.businesses, done.held, store.count("business")) == (1, 1, 1, 1)


def test_one_owner_with_two_businesses_by_the_same_nik(store: Store) -> None:
    found = plan(store, PAINI, (*PAINI[:3], "Warung Paini", "Patokan"))
    assert found.states[3] == "ready"
    importing.apply(store, found, "not_yet")
    assert (store.count("owner"), store.count("business")) == (1, 2)
    again = plan(store, PAINI, PAINI)
    assert again.states[3] == "held"  # the same business once more is for a person to decide


def test_the_same_person_gets_the_business_of_the_row(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Paini", nik=PAINI[1])).first_id("owner")
    found = plan(store, PAINI)
    match = found.open_match(2)
    assert match is not None
    importing.apply(store, import_plan.with_decision(found, 2, Decision(match.person)), "signed")
    (mine,) = store.find("business")
    assert (mine["owner_id"], store.count("owner"), store.count("consent")) == (owner_id, 1, 0)
    assert store.get("owner", owner_id)["informed"] == "not_yet"  # type: ignore[index]


def test_the_same_person_as_a_held_row_becomes_an_owner_all_the_same(store: Store) -> None:
    found = plan(store, (*PAINI[:4], None), ("Paini", None, PAINI[2], "Kopi", "Patokan"))
    match = found.open_match(3)
    assert match is not None
    importing.apply(store, import_plan.with_decision(found, 3, Decision(match.person)), "not_yet")
    assert (store.count("owner"), store.count("business")) == (1, 1)


@pytest.mark.parametrize(("home", "granted", "expected"), [
    (VILLAGE, [], [VILLAGE, VILLAGE, VILLAGE]), (VILLAGE, [VILLAGE, "3513141003"], [VILLAGE, "3513141003", VILLAGE]),
    ("351314", [], [VILLAGE, "3513141003", "351314"]),
])  # fmt: skip
def test_custody_is_the_village_where_this_office_may_write_else_its_own(
    store: Store, home: str, granted: list[str], expected: list[str]
) -> None:
    store.home_scope = home
    outbox.set_grants(store, 1, dict.fromkeys(granted, "write") | ({"351314": "read"} if granted else {}))
    rows = [PAINI, (*TUMINI[:4], "3513141003"), ("Suwarno", None, None, "Kopi", MAYANGAN)]
    importing.apply(store, plan(store, *rows), "not_yet")
    assert [o["scope"] for o in store.find("owner")] == expected
    assert [b["scope"] for b in store.find("business")] == expected
    assert [c["scope"] for c in store.find("consent")] == expected
    assert store.find("owner")[2]["village"] == MAYANGAN  # an address may lie anywhere


def test_nobody_refuses_for_a_whole_list(store: Store) -> None:
    with pytest.raises(ValueError, match="refused"):
        importing.apply(store, plan(store, PAINI), "refused")


def test_a_failure_at_some_row_writes_nothing(store: Store) -> None:
    found = plan(store, PAINI, TUMINI)
    found.row(3).business["sales_year"] = 2**70
    with pytest.raises(InvalidRecord):
        importing.apply(store, found, "not_yet")
    assert [store.count(e) for e in ("owner", "business", "consent")] == [0, 0, 0]
    assert importing.recent(store) == []


def test_dirt_never_jams_the_store(store: Store) -> None:
    found = import_plan.with_edit(plan(store, PAINI), 2, "business.name", "Keripik\x00 \ud800Paini")
    importing.apply(store, found, "not_yet")
    assert store.find("business")[0]["name"] == "Keripik Paini"


def test_the_sample_goes_in(store: Store, sample: Sheet) -> None:
    store.home_scope = MAYANGAN
    before = plan_of(store, sample)
    _, done = importing.apply(store, import_plan.with_cures(before, before.cures), "not_yet")
    assert (done.owners, done.businesses, done.to_check, done.held) == (109, 109, 13, 11)
    assert store.count("owner", informed="not_yet") == 109
    again = plan_of(store, sample)
    assert again.count("ready", "check") == 0  # the whole file once more: everybody is there


# Taking back.


def test_an_import_is_taken_back_within_a_day(store: Store, clock: FrozenClock) -> None:
    store.save("owner", owner(7))
    _, done = importing.apply(store, plan(store, PAINI, TUMINI), "not_yet")
    assert importing.undoable(store) == [done]
    clock.forward(hours=23, minutes=59)
    changes, undone = importing.undo(store, done.id)
    assert (undone.removed, undone.kept, len(changes.items)) == (4, 0, 6)
    assert [store.count(e) for e in ("owner", "business", "consent")] == [1, 0, 0]
    assert importing.undoable(store) == []
    with pytest.raises(AppError):
        importing.undo(store, done.id)


def test_after_a_day_an_import_stays(store: Store, clock: FrozenClock) -> None:
    _, done = importing.apply(store, plan(store, PAINI), "not_yet")
    clock.forward(hours=24, seconds=1)
    assert importing.undoable(store) == []
    with pytest.raises(AppError, match="24 hours"):
        importing.undo(store, done.id)
    assert store.count("owner") == 1


def edit_owner(store: Store, owner_id: str, business_id: str) -> None:
    store.save("owner", {"id": owner_id, "phone": "+6281200000777"})


def edit_business(store: Store, owner_id: str, business_id: str) -> None:
    store.save("business", {"id": business_id, "brand": "Paini Asli"})


def hold_session(store: Store, owner_id: str, business_id: str) -> None:
    store.save("consultation", {"owner_id": owner_id, "held_on": "2026-11-24", "topics": "nib"})


def add_follow_up(store: Store, owner_id: str, business_id: str) -> None:
    store.save("follow_up", {"owner_id": owner_id, "business_id": business_id, "kind": "visit", "due": "2026-12-01",
                             "responsible": "me", "state": "open"})  # fmt: skip


def add_business(store: Store, owner_id: str, business_id: str) -> None:
    store.save("business", business(owner_id, 2))


def tell_again(store: Store, owner_id: str, business_id: str) -> None:
    store.save("consent", {"owner_id": owner_id, "informed": "signed", "given_on": "2026-11-24"})


@pytest.mark.parametrize("touch", [edit_owner, edit_business, hold_session, add_follow_up, add_business, tell_again])
def test_who_was_touched_since_stays_with_everything(store: Store, clock: FrozenClock, touch: Any) -> None:
    _, done = importing.apply(store, plan(store, PAINI, TUMINI), "not_yet")
    (paini,) = store.find("owner", name="Paini")
    (keripik,) = store.find("business", owner_id=paini["id"])
    clock.forward(minutes=5)
    touch(store, paini["id"], keripik["id"])
    businesses = store.count("business", owner_id=paini["id"])
    _, undone = importing.undo(store, done.id)
    assert [o["name"] for o in store.find("owner")] == ["Paini"]
    assert store.count("business") == businesses
    assert (undone.removed, undone.kept) == (2, 2)
    assert store.count("consent", owner_id=paini["id"]) >= 1


def test_a_business_given_to_a_known_owner_is_taken_back_alone(store: Store) -> None:
    owner_id = store.save("owner", owner(1, name="Paini", nik=PAINI[1])).first_id("owner")
    found = plan(store, PAINI)
    match = found.open_match(2)
    assert match is not None
    _, done = importing.apply(store, import_plan.with_decision(found, 2, Decision(match.person)), "not_yet")
    importing.undo(store, done.id)
    assert (store.count("business"), store.get("owner", owner_id)["deleted"]) == (0, None)  # type: ignore[index]


# What was held.


def test_held_rows_go_back_with_their_reasons_and_can_be_imported_once_mended(store: Store, tmp_path: Path) -> None:
    found = plan(store, PAINI, (None, "3513145402799902", 81200000102, "=1+1", "Patokan"))
    importing.export_held(found, tmp_path / "held.xlsx")
    book = openpyxl.load_workbook(tmp_path / "held.xlsx")
    cells = book.active
    assert cells is not None
    assert [c.value for c in cells[1]] == ["Baris", *HEADINGS, "Alasan"]
    assert [c.value for c in cells[2]] == [
        "3", None, "3513145402799902", "81200000102", "=1+1", "Patokan", "Nama wajib diisi. Tanpa nama, baris ini dilewati.",
    ]  # fmt: skip
    cells["B2"] = "Tumini"
    cells["E2"] = "Tempe Tumini"
    book.save(tmp_path / "mended.xlsx")
    (again,) = read_workbook(tmp_path / "mended.xlsx", is_heading)
    mended = plan_of(store, again)
    assert mended.columns == ("", "owner.name", "owner.nik", "owner.phone", "business.name", "owner.village", "")
    assert mended.count("ready", "check") == 1
