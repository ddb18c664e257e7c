"""Reading an office's workbook, however it was laid out; and the sentence for every file that cannot be read."""

from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from models import workbook
from models.errors import FileTrouble
from models.import_columns import is_heading
from models.workbook import Sheet, read_workbook, write_workbook

SAMPLE = Path(__file__).parents[1] / "data" / "contoh-data-umkm.xlsx"

BORN = date(1982, 5, 7)


def saved(path: Path, *rows: list[object], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    fill(book.active, *rows, merge=merge)
    book.save(path)
    return path


def fill(sheet: Worksheet | None, *rows: list[object], merge: str = "") -> None:
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)


def first(path: Path) -> Sheet:
    return read_workbook(path, is_heading)[0]


def texts(sheet: Sheet, heading: str) -> list[object]:
    at = sheet.headings.index(heading)
    return [row.values[at] for row in sheet.rows]


def test_the_sample_of_an_office_is_found_between_titles_blanks_and_total() -> None:
    sheet = first(SAMPLE)
    assert sheet.title == "DATA UMKM"
    assert sheet.headings[:4] == ("NO", "NAMA PEMILIK", "NIK", "L/P")
    assert (len(sheet.rows), sheet.rows[0].number, sheet.rows[-1].number) == (120, 5, 130)
    assert [row.number for row in sheet.left_out] == [132]  # JUMLAH
    assert "Mariyam" in texts(sheet, "NAMA PEMILIK")  # was "  Mariyam "


def test_two_storeys_of_headings_and_numbered_columns(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["DAFTAR UMKM"],
        ["NO", "NAMA PEMILIK", "ALAMAT", None, "NAMA USAHA"],
        [None, None, "RT", "RW", None],
        [1, 2, 3, 4, 5],
        [1, "Paini", "003", "001", "Keripik"],
        merge="C2:D2",
    )
    sheet = first(path)
    assert sheet.headings == ("NO", "NAMA PEMILIK", "RT", "RW", "NAMA USAHA")
    assert [row.values[1] for row in sheet.rows] == ["Paini"]


def test_a_village_merged_beside_its_owners_counts_for_each_of_them(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["NAMA", "KELURAHAN", "HP"],
        ["Paini", "Patokan", "1"],
        ["Suwarno", None, "2"],
        ["Tumini", "Semampir", "3"],
        merge="B2:B3",
    )
    assert texts(first(path), "KELURAHAN") == ["Patokan", "Patokan", "Semampir"]


def test_totals_section_titles_repeated_headings_and_signatures_are_left_out(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["NO", "NAMA PEMILIK", "NIK", "NAMA USAHA"],
        [None, "RW 01"],
        [1, "Paini", "3513", "Keripik"],
        ["NO", "NAMA PEMILIK", "NIK", "NAMA USAHA"],
        [2, "Jumlah Sari", "3513", "Tempe"],
        [3],
        ["Jumlah :", None, None, 2],
        [None, "Mengetahui, Lurah", None, "Kasie"],
    )
    sheet = first(path)
    assert texts(sheet, "NAMA PEMILIK") == ["Paini", "Jumlah Sari"]
    assert [row.number for row in sheet.left_out] == [2, 4, 7, 8]


def test_the_biggest_sheet_with_headings_comes_first_and_hidden_ones_last(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    fill(book.active, ["Petunjuk"], ["Isi lembar berikutnya"])
    fill(book.create_sheet("RW 01"), ["NAMA", "NIK"], ["Paini", "1"])
    fill(book.create_sheet("RW 02"), ["NAMA", "NIK"], ["Tumini", "2"], ["Suwarno", "3"])
    hidden = book.create_sheet("lama")
    fill(hidden, ["NAMA", "NIK"], *[[f"Orang {i}", str(i)] for i in range(9)])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [s.title for s in read_workbook(tmp_path / "a.xlsx", is_heading)] == ["RW 02", "RW 01", "lama"]


def test_formulas_give_their_last_value_and_errors_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["NAMA", "NIK", "MODAL"], ["Paini", "#N/A", "=1000*2"])
    with ZipFile(path) as old, ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b"<f>1000*2</f><v></v>", b"<f>1000*2</f><v>2000</v>").replace(
                b"<f>1000*2</f><v />", b"<f>1000*2</f><v>2000</v>"))  # fmt: skip
    assert first(tmp_path / "b.xlsx").rows[0].values == ("Paini", None, 2000)


def test_dates_numbers_and_dirty_texts_arrive_as_what_they_are(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["NAMA", "TANGGAL LAHIR", "MODAL"],
        [" Siti\u00a0 Aminah\u200b ", datetime.combine(BORN, time()), 1.5],
    )
    name, born, capital = first(path).rows[0].values
    assert (name, born, capital) == ("Siti Aminah", datetime.combine(BORN, time()), 1.5)
    assert isinstance(born, date)


def test_unknown_headings_are_still_a_table(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["Data"], ["A1", "B1", "C1"], ["Paini", 3, 4], ["Tumini", 5, 6])
    sheet = first(path)
    assert (sheet.headings, len(sheet.rows), sheet.known) == (("A1", "B1", "C1"), 2, 0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_separator(tmp_path: Path, delimiter: str) -> None:
    lines = ["NAMA|NIK|ALAMAT", 'Paini|3513|"Jl. Mawar"', "Tumini|3514|Jl. Bromo"]
    (tmp_path / "a.csv").write_text("\n".join(lines).replace("|", delimiter), encoding="utf-8-sig")
    assert texts(first(tmp_path / "a.csv"), "ALAMAT") == ["Jl. Mawar", "Jl. Bromo"]


def test_csv_of_an_old_windows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("NAMA;NIK\nRen\xe9e;1\n".encode("latin-1"))
    assert texts(first(tmp_path / "a.csv"), "NAMA") == ["Ren\xe9e"]


def trouble(path: Path) -> str:
    with pytest.raises(FileTrouble) as caught:
        read_workbook(path, is_heading)
    assert caught.value.words.en
    return caught.value.words.id


def test_a_file_open_in_excel_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["NAMA", "NIK"], ["Paini", "1"])
    (tmp_path / "~$a.xlsx").write_bytes(b"Sri")
    assert trouble(path) == "Berkas sedang dibuka di Excel. Tutup dulu di Excel, lalu pilih lagi."


def test_what_windows_says_of_a_file_that_excel_holds_becomes_the_same_sentence() -> None:
    assert workbook.sentence(PermissionError(13, "Permission denied")) is workbook.OPEN_IN_EXCEL
    assert workbook.sentence(IsADirectoryError(21, "Is a directory")) is workbook.BROKEN


def test_a_password_an_old_format_and_a_broken_file_each_say_what_to_do(tmp_path: Path) -> None:
    locked, old = tmp_path / "locked.xlsx", tmp_path / "old.xls"
    locked.write_bytes(workbook.OLE_HEADER + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    old.write_bytes(workbook.OLE_HEADER + bytes(500) + "Workbook".encode("utf-16-le"))
    assert "terkunci sandi" in trouble(locked)
    assert ".xlsx" in trouble(old)
    assert trouble(tmp_path / "gone.xlsx").startswith("Berkas tidak ditemukan")


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "no sheet"])
def test_a_broken_file_is_a_sentence_not_a_traceback(tmp_path: Path, damage: str) -> None:
    path, body = tmp_path / "a.xlsx", SAMPLE.read_bytes()
    if damage == "no sheet":
        with ZipFile(SAMPLE) as old, ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, b"<broken" if "sheet1" in name else old.read(name))
    else:
        path.write_bytes({"empty": b"", "text": b"NAMA", "cut": body[: len(body) // 2]}[damage])
    assert "rusak" in trouble(path)


def test_an_empty_workbook_has_no_table(tmp_path: Path) -> None:
    assert "Tidak ada tabel" in trouble(saved(tmp_path / "a.xlsx", []))
    assert "Tidak ada tabel" in trouble(saved(tmp_path / "b.xlsx", ["NAMA", "NIK"]))


def test_a_huge_sheet_is_read_without_its_merged_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MERGES_BELOW", 10)
    path = saved(tmp_path / "a.xlsx", ["NAMA", "NIK"], ["Paini", "1"], ["Tumini", "2"], merge="A2:A3")
    assert [row.values[1] for row in first(path).rows] == ["1"]  # the second row's name is hidden by the merge
    assert first(SAMPLE).rows[0].values[1] == "Ernawati"


def test_what_is_too_large_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 100)
    assert "terlalu besar" in trouble(SAMPLE)


def test_written_texts_stay_texts_and_never_become_formulas(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_workbook(
        path, "Tertahan: [1]", ["NAMA", "NIK"], [['=HYPERLINK("x")', "3513144705829917"], ["+62\x01812", "08"]]
    )
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [[(c.value, c.data_type, c.number_format) for c in row] for row in sheet.iter_rows(min_row=2)]
    assert cells == [
        [('=HYPERLINK("x")', "s", "@"), ("3513144705829917", "s", "@")],
        [("+62812", "s", "@"), ("08", "s", "@")],
    ]
    assert sheet.title == "Tertahan   1 "


def test_a_workbook_that_cannot_be_written_is_open_in_excel(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        write_workbook(tmp_path / "no" / "out.xlsx", "x", ["A"], [])
