"""Any sort of record out of a workbook: dry run with reasons, merge or skip, one act takes it back."""

from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from models import exporting, record_import
from models.entities import ENTITIES
from models.errors import AppError
from models.import_columns import Guess
from models.record_applying import Applied, apply, export_left, recent, undo, undoable
from models.record_import import RecordPlan, guess, is_heading_of, plan, remember_columns, targets_of
from models.store import Store
from models.workbook import Sheet, SheetRow, read_workbook
from tests.factories import follow_up, register
from tests.fakes import FrozenClock

PRODUCT = ("Nama Usaha", "Nama Produk", "Kapasitas", "Satuan", "Periode", "Harga per satuan", "Catatan")


def sheet(headings: tuple[str, ...], *rows: tuple[Any, ...]) -> Sheet:
    return Sheet("produk.xlsx", "Sheet1", headings, tuple(SheetRow(n, r) for n, r in enumerate(rows, start=2)))


def products(store: Store, *rows: tuple[Any, ...]) -> RecordPlan:
    return plan(
        store, "product", sheet(PRODUCT, *rows), ["business_id", "name", "capacity", "unit", "period", "price", "note"]
    )


@pytest.fixture
def usaha(store: Store) -> str:
    return register(store, 1, name="Keripik Bu Sum", nib="0220001234567")["business_id"]


GOOD = ("Keripik Bu Sum", "Keripik talas", 200, "bungkus", "minggu", "15 rb", None)


def states(found: RecordPlan) -> list[str]:
    return [row.state for row in found.rows]


def test_columns_are_guessed_in_either_language_and_remembered(store: Store) -> None:
    source = sheet(("Product name", "Harga per satuan", "Business", "ID", "Warna"), ("a", 1, "b", "c", "d"))
    found = guess(store, ENTITIES["product"], source)
    assert [g.target for g in found] == ["name", "price", "business_id", "id", ""]
    assert found[0] == Guess("name")
    chosen = plan(store, "product", source, ["name", "price", "business_id", "", "note"])
    remember_columns(store, chosen)
    assert [g.target for g in guess(store, ENTITIES["product"], source)] == ["name", "price", "business_id", "", "note"]
    assert guess(store, ENTITIES["organisation"], source)[4].target == ""  # another sort of record
    assert is_heading_of(ENTITIES["product"])("KAPASITAS")
    assert not is_heading_of(ENTITIES["product"])("Plafon")
    assert "import_id" not in targets_of(ENTITIES["product"])


def test_a_good_row_is_new_and_the_same_file_again_adds_nothing(store: Store, usaha: str) -> None:
    found = products(store, GOOD, (*GOOD[:1], "Emping", 90, "kg", "per minggu", 20_000, "x"))
    assert states(found) == ["new", "new"]
    _, done = apply(store, found)
    assert (done.added, done.merged, done.same, done.left) == (2, 0, 0, 0)
    (talas, _) = store.find("product", business_id=usaha)
    assert (talas["capacity"], talas["period"], talas["price"]) == (200, "week", 15_000)
    again = products(store, GOOD, (*GOOD[:1], "Emping", 90, "kg", "per minggu", 20_000, "x"))
    assert states(again) == ["same", "same"]
    assert apply(store, again)[1].added == 0
    assert store.count("product") == 2


@pytest.mark.parametrize(
    ("row", "state", "said"),
    [
        (("Keripik Bu Sum", None, 1, "kg", "week", 1, None), "held", "Nama produk wajib diisi."),
        (("Tidak ada", "Stik", 1, "kg", "week", 1, None), "held",
         "Usaha “Tidak ada” tidak ditemukan. Impor dulu datanya, atau tulis ID-nya."),
        (("Kembar", "Stik", 1, "kg", "week", 1, None), "held", "Ada lebih dari satu Usaha “Kembar”. Tulis ID-nya."),
        (("0220 0012 34567", "Stik", 1, "kg", "week", 1, None), "new", ""),
        (("KERIPIK BU SUM", "Stik", "banyak", "kg", "week", 1, None), "check",
         "Kapasitas: “banyak” tidak terbaca. Tulis angka bulat saja, mis. 3."),
        ((None, "Stik", 1, "kg", "week", 1, None), "held", "Usaha wajib diisi."),
    ],
)  # fmt: skip
def test_every_row_says_what_is_wrong(store: Store, usaha: str, row: tuple[Any, ...], state: str, said: str) -> None:
    for n in (2, 3):
        register(store, n, name="Kembar")
    (only,) = products(store, row).rows
    assert (only.state, " ".join(r.words.id for r in only.reasons)) == (state, said)


def test_what_cannot_be_read_goes_into_the_note_where_there_is_one(store: Store, usaha: str) -> None:
    (only,) = products(store, ("Keripik Bu Sum", "Stik", "banyak", "kg", "week", 1, "enak")).rows
    assert only.values["note"] == "enak\nKapasitas: banyak"
    group = store.save("organisation", {"name": "Koperasi", "kind": "cooperative"}).first_id("organisation")
    source = sheet(
        ("Organisasi", "Nama anggota", "Anggota sejak"), ("Koperasi", "Siti", "kapan-kapan"), (group, "Tumini", None)
    )
    held, lacking = plan(store, "membership", source, ["organisation_id", "name", "joined_on"]).rows
    assert (held.state, lacking.state) == ("held", "held")
    assert "tidak terbaca" in held.reasons[0].words.id
    assert [r.field for r in lacking.reasons] == ["joined_on"]


def test_defaults_fill_what_the_file_does_not_say(store: Store) -> None:
    source = sheet(
        ("Nama", "Kelurahan / desa", "NIK"),
        ("Paini", "Patokan, Kraksaan", "3513145402789901"),
        ("Tumini", "3513141017", None),
    )
    chosen = ["name", "village", "nik"]
    assert states(plan(store, "owner", source, chosen)) == ["held", "held"]
    found = plan(store, "owner", source, chosen, {"informed": "not_yet"})
    ready = [row for row in found.rows if row.state == "new"]
    assert ready[-1].values["informed"] == "not_yet"
    apply(store, found)
    again = plan(store, "owner", source, chosen, {"informed": "signed"})
    assert {row.state for row in again.rows if row.number == 3} == {"differs"}


def test_existing_records_are_merged_skipped_or_added(store: Store, usaha: str, clock: FrozenClock) -> None:
    apply(store, products(store, GOOD, (*GOOD[:1], "Emping", 90, "kg", "week", 1, None)))
    clock.forward(hours=1)
    dearer = (*GOOD[:5], 18_000, "naik")
    found = products(store, dearer, (*GOOD[:1], "Emping", 95, None, None, None, None))
    assert states(found) == ["differs", "differs"]
    assert [(d.field.name, d.here, d.file) for d in found.side_by_side(2)] == [
        ("price", 15_000, 18_000),
        ("note", None, "naik"),
    ]
    assert (found.undecided, found.counts["differs"]) == (2, 2)
    assert apply(store, found)[1].left == 2
    chosen = found.decide("merge").decide("skip", 3)
    assert chosen.undecided == 0
    _, done = apply(store, chosen)
    assert (done.merged, done.left) == (1, 1)
    assert {p["name"]: (p["price"], p["note"], p["capacity"]) for p in store.find("product")} == {
        "Keripik talas": (18_000, "naik", 200), "Emping": (1, None, 90),
    }  # fmt: skip
    other = products(store, (*GOOD[:1], "Emping", 95, None, None, None, None)).decide("add")
    assert apply(store, other)[1].added == 1
    assert [p["capacity"] for p in store.find("product", name="Emping")] == [90, 95]


def test_records_are_found_by_their_id_first(store: Store, usaha: str) -> None:
    known = store.save("product", {"business_id": usaha, "name": "Lama"}).first_id("product")
    source = sheet(
        ("ID", "Nama produk", "Usaha"), (known, "Baru", usaha), ("0190a000-0000-7000-8000-00000000000a", "Lain", usaha)
    )
    found = plan(store, "product", source, ["id", "name", "business_id"])
    assert states(found) == ["differs", "new"]
    apply(store, found.decide("add"))
    assert sorted(p["name"] for p in store.find("product")) == ["Baru", "Lain", "Lama"]
    assert store.get("product", "0190a000-0000-7000-8000-00000000000a")


def test_a_row_twice_in_a_file_is_listed_once_more(store: Store, usaha: str) -> None:
    found = products(store, GOOD, GOOD)
    assert states(found) == ["new", "held"]
    assert found.rows[1].reasons[0].words.id == "Sama dengan baris 2 di berkas ini."


def test_two_equal_records_are_both_met_again(store: Store, usaha: str) -> None:
    for _ in range(2):
        store.save("product", {"business_id": usaha, "name": "Stik"})
    found = products(store, *[("Keripik Bu Sum", "Stik", None, None, None, None, None)] * 3)
    assert states(found) == ["same", "same", "held"]


def test_another_nik_is_another_person(store: Store) -> None:
    register(store, 1, owner={"name": "Siti", "nik": "3513145402789901"})
    columns, place = ["name", "village", "nik"], "3513141017"
    source = sheet(
        ("a", "b", "c"), ("Siti", place, "3513145402789902"), ("Siti", place, None), ("X", place, "3513145402789901")
    )
    found = plan(store, "owner", source, columns, {"informed": "signed"})
    assert [row.existing is not None for row in found.rows] == [False, True, False]


def test_everything_is_taken_back_at_once(store: Store, usaha: str, clock: FrozenClock) -> None:
    old = store.save("product", {"business_id": usaha, "name": "Keripik talas", "price": 1}).first_id("product")
    found = products(store, GOOD, *[(*GOOD[:1], f"Baru {n}", n, "kg", "week", 1, None) for n in range(5)]).decide(
        "merge"
    )
    _, done = apply(store, found)
    clock.forward(hours=24)
    names = {p["name"]: p["id"] for p in store.find("product")}
    store.save("product", {"id": names["Baru 1"], "price": 7})
    store.save("product", {"id": names["Baru 2"], "price": 2})
    store.save("product", {"id": names["Baru 2"], "price": 1})
    store.save(
        "permit",
        {"business_id": usaha, "product_id": names["Baru 3"], "subject": "product", "type": "pirt", "state": "issued"},
    )
    store.delete("product", names["Baru 4"])
    assert [a.id for a in undoable(store)] == [done.id]
    changes, kept = undo(store, done.id)
    assert (len(changes.items), kept) == (2, 4)
    assert sorted(p["name"] for p in store.find("product")) == ["Baru 1", "Baru 2", "Baru 3", "Keripik talas"]
    talas = store.get("product", old) or {}
    assert (talas["price"], talas["capacity"]) == (1, None)
    assert recent(store) == [Applied(**{**vars_of(done), "undone": True})]
    with pytest.raises(AppError, match="undone already"):
        undo(store, done.id)


def vars_of(done: Applied) -> dict[str, Any]:
    return {name: getattr(done, name) for name in done.__dataclass_fields__}


def test_after_24_hours_it_stays(store: Store, usaha: str, clock: FrozenClock) -> None:
    _, done = apply(store, products(store, GOOD))
    clock.forward(hours=24, seconds=1)
    assert undoable(store) == []
    with pytest.raises(AppError, match="24 hours"):
        undo(store, done.id)


def test_the_rest_is_handed_back_with_reasons(store: Store, usaha: str, tmp_path: Path) -> None:
    apply(store, products(store, GOOD))
    found = products(store, (*GOOD[:5], 99, None), ("Tidak ada", "Stik", 1, "kg", "week", 1, None), GOOD)
    export_left(found, tmp_path / "sisa.xlsx")
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(tmp_path / "sisa.xlsx").active.iter_rows()]  # type: ignore[union-attr]
    assert rows[0] == ["Baris", *PRODUCT, "Alasan"]
    assert [(r[0], r[-1][:30]) for r in rows[1:]] == [
        ("2", "Sudah ada dengan isi lain; dil"),
        ("3", "Usaha “Tidak ada” tidak ditemu"),
    ]
    export_left(found.decide("merge"), tmp_path / "sisa.xlsx", "en")
    assert len(list(openpyxl.load_workbook(tmp_path / "sisa.xlsx").active.iter_rows())) == 2  # type: ignore[union-attr]


def test_who_lives_elsewhere_is_kept_there(store: Store) -> None:
    store.home_scope = "3513"
    source = sheet(("Nama", "Desa", "Jenis"), ("Paini", "3513141009", None))
    apply(store, plan(store, "owner", source, ["name", "village", ""], {"informed": "not_yet"}))
    (owner,) = store.find("owner")
    assert owner["scope"] == "3513141009"
    group = plan(
        store,
        "organisation",
        sheet(("Nama", "Desa"), ("Koperasi", "3513141009")),
        ["name", "village"],
        {"kind": "group"},
    )
    apply(store, group)
    assert store.find("organisation")[0]["scope"] == "3513"


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_was_exported_is_recognised_again(store: Store, tmp_path: Path, extension: str, lang: Any) -> None:
    who = register(store, 1, owner={"informed": "signed"}, name="Keripik", nib="0220001234567", sales_year=12_000_000,
                   kbli="2025:10794", started=2015, nib_date="2026-10-14", qris=1, channels="home,market", note="=1+1")  # fmt: skip
    store.save("follow_up", follow_up(**who, due="2026-12-01"))
    for name in ("business", "follow_up"):
        made = exporting.export(store, exporting.Request(name))
        path = tmp_path / f"{name}.{extension}"
        exporting.to_csv(made, path, lang) if extension == "csv" else exporting.to_workbook([made], path, lang)
        source = read_workbook(path, is_heading_of(ENTITIES[name]))[0]
        columns = [g.target for g in guess(store, ENTITIES[name], source)]
        found = plan(store, name, source, columns)
        assert states(found) == ["same"], found.side_by_side(found.rows[0].number)


def test_dirty_rows_are_stored_or_listed(store: Store, usaha: str) -> None:
    random = Random(7)
    dirt: list[Any] = [
        None,
        "",
        "  ",
        "banyak",
        "1,5 juta",
        -3,
        10**30,
        "=1+1",
        "minggu",
        True,
        3.5,
        "\u0000x",
        "½",
        "NIK",
        "0812",
    ]
    rows = [
        tuple(g if random.random() < 0.8 else random.choice(dirt) for g in (*GOOD[:1], f"Produk {n % 9_000}", n % 50, *GOOD[3:]))
        for n in range(2_000)
    ]  # fmt: skip
    found = products(store, *rows)
    counts = found.counts
    assert sum(counts.values()) == len(rows)
    assert all(row.reasons for row in found.rows if row.state in ("held", "check"))
    _, done = apply(store, found)
    assert done.added == store.count("product") == counts["new"] + counts["check"]
    assert done.added + done.merged + done.same + done.left == len(rows)
    again = products(store, *rows)
    assert apply(store, again)[1].added == 0
    assert record_import.STORED == ("new", "check")
