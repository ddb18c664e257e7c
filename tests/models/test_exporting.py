"""Any sort of record as a file: only who may be in it, ids as text, no formulas, every column explained."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import exporting, legal
from models.entities import ENTITIES
from models.errors import AppError, FileTrouble
from models.exporting import Export, Request, export
from models.privacy import in_files, names_somebody, owners_of, way_to_person
from models.store import Store
from tests.factories import consultation, register

NIK = "3513144705829917"


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """Owners by what they answered; the ids of their businesses."""
    ids: dict[str, str] = {}
    for n, (who, informed, sharing) in enumerate(
        [
            ("agrees", "signed", "yes"),
            ("told", "read_aloud", "no"),
            ("not_yet", "not_yet", "yes"),
            ("refused", "refused", None),
        ]
    ):
        made = register(store, n, owner={"name": who, "informed": informed, "nik": NIK}, name=f"Usaha {who}", nib="0220001234567",
                        sales_year=12_000_000, started=2015, nib_date="2026-10-14")  # fmt: skip
        consent = {"owner_id": made["owner_id"], "informed": informed, "given_on": "2026-01-01", "sharing": sharing}
        store.save("consent", consent)
        ids[who] = made["business_id"]
    return ids


def named(made: Export) -> list[str]:
    return [str(row["name"]) for row in made.rows]


def sheet(path: Path, title: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book[title].iter_rows()]


def test_only_who_was_told_stands_in_a_file(store: Store, people: dict[str, str]) -> None:
    made = export(store, Request("owner"))
    assert named(made) == ["agrees", "told"]
    assert {w.en: n for w, n in made.left_out.items()} == {"not informed yet, or refused": 2}
    outside = export(store, Request("business", purpose="sharing"))
    assert named(outside) == ["Usaha agrees"]
    assert {w.id: n for w, n in outside.left_out.items()} == {
        "tidak menyetujui tujuan ini": 1, "belum diberi tahu atau menolak": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("informed", "sharing", "office", "outside"),
    [("signed", "yes", True, True), ("signed", "no", True, False), ("read_aloud", "yes", True, True),
     ("not_yet", "yes", False, False), ("refused", "yes", False, False), (None, "yes", False, False)],
)  # fmt: skip
def test_the_rule_of_exports(informed: str | None, sharing: str, office: bool, outside: bool) -> None:
    consents = [{"given_on": "2026-01-01", "sharing": sharing}]
    assert legal.may_export({"informed": informed}, consents, legal.OFFICE) is office
    assert legal.may_export({"informed": informed}, consents, "sharing") is outside


def test_members_and_guests_nobody_knows_stay_here(store: Store, people: dict[str, str]) -> None:
    group = store.save("organisation", {"name": "Koperasi", "kind": "cooperative"}).first_id("organisation")
    owner_id = (store.get("business", people["agrees"]) or {})["owner_id"]
    for name, owner in (("Dari sini", owner_id), ("Dari luar", None), ("Tidak ada", "unknown")):
        member = {"organisation_id": group, "name": name, "joined_on": "2026-01-01", "owner_id": owner}
        member_id = store.save("membership", member).first_id("membership")
        deposit = {"membership_id": member_id, "kind": "dues", "amount": 1, "paid_on": "2026-01-01"}
        store.save("savings_entry", deposit)
    assert named(export(store, Request("membership"))) == ["Dari sini"]
    entries = export(store, Request("savings_entry"))
    assert len(entries.rows) == 1
    assert {w.en: n for w, n in entries.left_out.items()} == {"the owner is not on this laptop": 2}
    assert named(export(store, Request("organisation"))) == ["Koperasi"]
    story = {"title": "Tanpa nama", "told_on": "2026-01-01", "action": "x", "state": "draft"}
    store.save("story", story)
    assert len(export(store, Request("story")).rows) == 1


def test_ids_are_text_amounts_numbers_days_dates(store: Store, people: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "usaha.xlsx"
    exporting.to_workbook([export(store, Request("business")), export(store, Request("owner"))], path)
    lines = sheet(path, "Usaha")
    row = dict(zip(lines[0], lines[1], strict=True))
    assert (row["NIB"], row["Penjualan setahun"], row["Tahun mulai"]) == ("0220 0012 34567", 12_000_000, 2015)
    assert row["Tanggal NIB"] == datetime(2026, 10, 14)  # noqa: DTZ001
    assert (row["ID Pemilik"], row["Pemilik"]) == (str(row["ID Pemilik"]), "agrees")
    assert "Berkas impor" not in row
    owner = dict(zip(*sheet(path, "Pelaku usaha")[:2], strict=True))
    assert owner["NIK"] == "3513 •••• •••• ••17"
    told = sheet(path, "Definisi")
    assert ["Isi", "Usaha", None, None, None] in told
    assert [
        "Penjualan setahun",
        "Yearly sales",
        "Kira-kira saja. Skala usaha dihitung otomatis.",
        "money",
        "pribadi",
    ] in told
    assert ["Tidak dibawa", "2 belum diberi tahu atau menolak", None, None, None] in told


def test_both_languages(store: Store, people: dict[str, str], tmp_path: Path) -> None:
    made = export(store, Request("business"))
    exporting.to_workbook([made], tmp_path / "a.xlsx", "en")
    assert sheet(tmp_path / "a.xlsx", "Businesses")[0][:5] == ["ID", "ID Owner", "Owner", "Business name", "Brand"]
    assert sheet(tmp_path / "a.xlsx", "Definitions")[0][:2] == ["Contents", "Businesses"]


def test_a_whole_number_is_written_down(store: Store, people: dict[str, str]) -> None:
    made = export(store, Request("owner", whole_numbers="Bank contoh"))
    column = exporting.headings(made, "id").index("NIK")
    assert [line[column] for line in exporting.cells(made, "id")] == ["3513 1447 0582 9917"] * 2
    assert store.query("SELECT field, purpose FROM access_log") == [("nik", "Bank contoh")] * 2


def test_specially_protected_fields_stay_away_unless_asked_for(store: Store, people: dict[str, str]) -> None:
    who = {"owner_id": (store.get("business", people["told"]) or {})["owner_id"]}
    store.save("financing", who | {"scheme": "bank", "state": "disbursed", "disbursed": 5})
    assert "Yang cair" not in exporting.headings(export(store, Request("financing")), "id")
    assert "Yang cair" in exporting.headings(export(store, Request("financing", special=True)), "id")


def test_only_what_the_program_made_for_itself_stays_out_of_files(store: Store, people: dict[str, str]) -> None:
    told = {"title": "Kemasan baru", "told_on": "2026-11-01", "action": "Ganti kemasan", "state": "draft"}
    store.save("story", told | {"business_id": people["agrees"], "before": "Cepat melempem"})
    made = export(store, Request("story"))
    assert "before" in [f.name for f in made.fields]
    kept = {
        name: {f.name for f in ENTITIES[name].fields} - {f.name for f in in_files(ENTITIES[name])} for name in ENTITIES
    }
    assert {name: fields for name, fields in kept.items() if fields - {"import_id"}} == {
        "attachment": {"thumb"}, "owner_merge": {"before", "after", "gone", "moved"}}  # fmt: skip


def test_some_records_only(store: Store, people: dict[str, str]) -> None:
    assert named(export(store, Request("business", ids=(people["told"], people["refused"])))) == ["Usaha told"]


def test_no_text_is_ever_a_formula(store: Store, people: dict[str, str], tmp_path: Path) -> None:
    evil = ["=1+1", "+62", "-x", "@SUM(A1)", "0812345", "351314470582991700", "=cmd|' /C calc'!A0", "biasa"]
    for text in evil:
        store.save("business", {"id": people["agrees"], "brand": text})
        made = export(store, Request("business", ids=(people["agrees"],)))
        exporting.to_workbook([made], tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        assert "f" not in {cell.data_type for row in book["Usaha"].iter_rows() for cell in row}
        exporting.to_csv(made, tmp_path / "a.csv")
        with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
            row = dict(zip(*csv.reader(file, delimiter=";"), strict=True))
        assert row["Merek dagang"].removeprefix("'") == text
        assert row["Merek dagang"] == (text if text == "biasa" else f"'{text}")
        assert (row["Tanggal NIB"], row["Penjualan setahun"]) == ("14/10/2026", "12000000")
        assert row["Jumlah pekerja"] == ""


@given(st.text(max_size=20))
def test_a_cell_of_a_csv_begins_with_no_sign_of_a_formula(text: str) -> None:
    assert not exporting._plain(text).startswith(("=", "+", "-", "@"))


def test_what_excel_cannot_hold(
    store: Store, people: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save("business", {"id": people["agrees"], "note": "x" * 40_000, "nib_date": "entah"})
    made = export(store, Request("business", ids=(people["agrees"],)))
    (line,) = exporting.cells(made, "id")
    assert max(len(str(c)) for c in line) == exporting.LONGEST_CELL
    assert "entah" in line
    monkeypatch.setattr(exporting, "MOST_ROWS", 0)
    with pytest.raises(AppError, match="Choose CSV"):
        exporting.to_workbook([made], tmp_path / "a.xlsx")


def test_a_file_that_cannot_be_written_says_so(store: Store, people: dict[str, str], tmp_path: Path) -> None:
    made = export(store, Request("business"))
    for write, name in ((exporting.to_csv, "a.csv"), (lambda m, p: exporting.to_workbook([m], p), "a.xlsx")):
        with pytest.raises(FileTrouble):
            write(made, tmp_path / "no folder" / name)


@pytest.mark.parametrize("name", ENTITIES)
def test_every_entity_can_be_exported(store: Store, people: dict[str, str], tmp_path: Path, name: str) -> None:
    made = export(store, Request(name, special=True))
    exporting.to_workbook([made], tmp_path / "a.xlsx")
    exporting.to_csv(made, tmp_path / "a.csv", "en")
    assert len(set(exporting.headings(made, "id"))) == len(exporting.headings(made, "id"))
    assert len(set(exporting.headings(made, "en"))) == len(exporting.headings(made, "en"))


def test_whose_a_record_is(store: Store, people: dict[str, str]) -> None:
    who = {"business_id": people["told"], "owner_id": (store.get("business", people["told"]) or {})["owner_id"]}
    session = store.save("consultation", consultation(**who)).first_id("consultation")
    rows = store.find("consultation")
    assert owners_of(store, ENTITIES["consultation"], rows) == {session: who["owner_id"]}
    assert way_to_person("savings_entry") == ("membership_id", "owner_id")
    assert way_to_person("program") == ()
    assert names_somebody(ENTITIES["savings_entry"])
    assert not names_somebody(ENTITIES["story"])
    product = store.save("product", {"business_id": "gone", "name": "x"}).first_id("product")
    assert owners_of(store, ENTITIES["product"], store.find("product")) == {product: None}
    assert owners_of(store, ENTITIES["staff"], [{"id": "a"}]) == {"a": None}
