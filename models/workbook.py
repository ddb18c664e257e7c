"""An office's list read from a workbook: its headings and its rows, whatever stands around them.

Lists as offices keep them have titles above, two-storey headings, numbered columns, blank and
merged cells, totals and signatures below. `read_workbook` finds the table in each sheet and leaves
the rest out; `write_workbook` hands rows back. Only this file knows openpyxl.
"""

import csv
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any, BinaryIO, TypeVar

from models.errors import FileTrouble
from models.i18n import Words
from models.typed import clean, line

T = TypeVar("T")
CellValue = str | int | float | bool | datetime | date | None
IsHeading = Callable[[str], bool]

OPEN_IN_EXCEL = Words("Berkas sedang dibuka di Excel. Tutup dulu di Excel, lalu pilih lagi.",
                      "The file is open in Excel. Close it there first, then choose it again.")  # fmt: skip
PASSWORD = Words("Berkas ini terkunci sandi. Simpan salinan tanpa sandi, lalu pilih salinannya.",
                 "This file is password-protected. Save a copy without password, then choose the copy.")  # fmt: skip
OLD_FORMAT = Words("Berkas ini berformat Excel lama (.xls). Di Excel pilih Simpan Sebagai .xlsx, lalu pilih lagi.",
                   "This file has the old Excel format (.xls). Save it as .xlsx in Excel, then choose that.")  # fmt: skip
BROKEN = Words("Berkas ini rusak atau bukan berkas Excel. Buka di Excel, simpan ulang sebagai .xlsx, lalu pilih lagi.",
               "This file is damaged or no Excel file. Open it in Excel, save it again as .xlsx, then choose that.")  # fmt: skip
MISSING = Words("Berkas tidak ditemukan. Pilih lagi berkasnya.", "The file was not found. Choose it again.")
TOO_LARGE = Words("Berkas ini terlalu besar. Bagi menjadi beberapa berkas, paling banyak 50.000 baris.",
                  "This file is too large. Split it into files of at most 50,000 rows.")  # fmt: skip
NO_TABLE = Words("Tidak ada tabel di berkas ini. Baris judul kolom (NAMA, NIK, …) dan isinya harus ada.",
                 "There is no table in this file. It needs a row of headings (NAME, NIK, …) and rows below.")  # fmt: skip

OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")
MAX_ROWS = 50_000
MAX_BLANK_RUN = 1_000  # a sheet formatted down to row 1,048,576 ends here
MAX_COLUMNS = 120
MAX_UNPACKED = 600_000_000  # bytes; more is no office's list but a trap
MERGES_BELOW = 60_000_000  # bytes of one sheet; only a sheet read whole tells its merged cells
HEADING_ROWS = 40  # titles above a table are shorter than this
SERIAL = {"no", "nomor", "no urut", "nomor urut", "nr", "urut"}
TOTALS = re.compile(r"(grand |sub ?)?total|(sub ?)?jumlah( total| keseluruhan| seluruhnya| semua)?|jml|rata rata")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a table: its number as Excel shows it, and one value for each heading."""

    number: int
    values: tuple[CellValue, ...]


@dataclass(frozen=True)
class Sheet:
    """The table found in one sheet; `left_out` are the rows around and inside it that are no data."""

    file: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    left_out: tuple[SheetRow, ...] = ()
    known: int = 0  # how many headings were recognised
    hidden: bool = False


def plain(text: str) -> str:
    """A heading for comparison: small letters and digits, one blank between words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def read_workbook(path: Path, is_heading: IsHeading) -> list[Sheet]:
    """The tables of a workbook or CSV file, the likeliest first.

    Raises FileTrouble with what to do when the file is missing, open in Excel, locked by a
    password, of the old format, broken, too large or without any table.
    """
    try:
        grids = _csv_grids(path) if path.suffix.casefold() in (".csv", ".txt") else _xlsx_grids(path)
    except OSError as error:
        raise FileTrouble(sentence(error)) from error
    found = [_table(path.name, *grid, is_heading) for grid in grids]
    sheets = [s for s in found if s is not None]
    if not sheets:
        raise FileTrouble(NO_TABLE)
    best = max(s.known for s in sheets)  # a sheet that only explains the others knows far fewer headings
    return sorted(sheets, key=lambda s: (s.hidden, s.known < 2, 2 * s.known < best, -len(s.rows)))


def sentence(error: OSError) -> Words:
    """What to do about a file that the system does not hand out."""
    if isinstance(error, PermissionError):  # what Windows says of a file that Excel holds
        return OPEN_IN_EXCEL
    return MISSING if isinstance(error, FileNotFoundError) else BROKEN


Grid = tuple[str, bool, list[tuple[CellValue, ...]]]  # title, hidden, rows from row 1


def _xlsx_grids(path: Path) -> list[Grid]:
    return opened(path, _unpacked)


def opened(path: Path, work: Callable[[BinaryIO], T]) -> T:
    """What `work` makes of a .xlsx file.

    FileTrouble with what to do when Excel holds it, when it is locked by a password, of the old format,
    broken or a trap; OSError when the system does not hand it out.
    """
    if path.with_name(f"~${path.name}").exists():  # Excel's owner file; opening and closing there removes a stale one
        raise FileTrouble(OPEN_IN_EXCEL)
    with path.open("rb") as file:
        if file.read(len(OLE_HEADER)) == OLE_HEADER:
            raise FileTrouble(PASSWORD if "EncryptedPackage".encode("utf-16-le") in file.read() else OLD_FORMAT)
        file.seek(0)
        try:
            _check_size(file)
            return work(file)
        except (FileTrouble, OSError):
            raise
        except Exception as error:  # a damaged file makes zipfile and openpyxl raise anything
            raise FileTrouble(BROKEN) from error


def _check_size(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        if sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED:
            raise FileTrouble(TOO_LARGE)


def _unpacked(file: BinaryIO) -> list[Grid]:
    with zipfile.ZipFile(file) as archive:
        largest = max(i.file_size for i in archive.infolist())
    import openpyxl  # a fifth of a second: not at the start of the app

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of drop-down lists and footers, which do not matter here
        book = openpyxl.load_workbook(file, read_only=largest > MERGES_BELOW, data_only=True)
        grids = [_grid(sheet) for sheet in book.worksheets]
        book.close()
    return grids


def _grid(sheet: Any) -> Grid:
    rows: list[tuple[CellValue, ...]] = []
    blank = 0
    for values in sheet.iter_rows(values_only=True, max_col=min(sheet.max_column or 1, MAX_COLUMNS)):
        row = tuple(_value(v) for v in values)
        rows.append(row)
        blank = 0 if any(v is not None for v in row) else blank + 1
        if blank > MAX_BLANK_RUN:
            break
        if len(rows) > MAX_ROWS + HEADING_ROWS + MAX_BLANK_RUN:
            raise FileTrouble(TOO_LARGE)
    merged = getattr(sheet, "merged_cells", None)
    for area in merged.ranges if merged else ():
        _fill_merged(rows, area.min_row - 1, area.max_row, area.min_col - 1, area.max_col)
    return str(sheet.title), sheet.sheet_state != "visible", rows


def _fill_merged(rows: list[tuple[CellValue, ...]], top: int, bottom: int, left: int, right: int) -> None:
    """A cell merged downwards counts in each of its rows (a village beside its twenty owners)."""
    if bottom - top < 2 or top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for i in range(top + 1, min(bottom, len(rows))):
        row = list(rows[i])
        row[left : min(right, len(row))] = [value] + [None] * (min(right, len(row)) - left - 1)
        rows[i] = tuple(row)


def _value(value: object) -> CellValue:
    """A cell's value without what is no content: outer blanks, `#N/A`, what nobody can see or store."""
    if isinstance(value, str):
        text = line(value)
        return None if not text or re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", text) else text
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    return value if isinstance(value, (int, float, datetime, date)) else None


def _csv_grids(path: Path) -> list[Grid]:
    raw = path.read_bytes()
    text = raw.decode("latin-1")
    with suppress(UnicodeDecodeError):
        text = raw.decode("utf-8-sig")
    first = text[:4096]
    delimiter = max(";,\t", key=first.count)  # Excel writes ";" where the comma is decimal
    rows = [tuple(_value(cell) for cell in row) for row in csv.reader(text.splitlines(), delimiter=delimiter)]
    if len(rows) > MAX_ROWS + HEADING_ROWS:
        raise FileTrouble(TOO_LARGE)
    return [(path.stem, False, rows)]


def _table(
    file: str, title: str, hidden: bool, rows: list[tuple[CellValue, ...]], is_heading: IsHeading
) -> Sheet | None:
    width = max((len(r) for r in rows), default=0)
    rows = [r + (None,) * (width - len(r)) for r in rows]
    place = _heading_place(rows, is_heading)
    if place is None:
        return None
    top, storeys, headings, known = place
    used = [i for i in range(width) if headings[i] or _any(rows[top + storeys :], i)]
    serial = next((i for i in used if plain(headings[i]) in SERIAL), None)
    data: list[SheetRow] = []
    left_out: list[SheetRow] = []
    for number, row in enumerate(rows[top + storeys :], start=top + storeys + 1):
        if all(v is None for i, v in enumerate(row) if i != serial):
            continue
        is_data = _is_data(row, headings, serial)
        (data if is_data else left_out).append(SheetRow(number, tuple(row[i] for i in used)))
    if not data:
        return None
    return Sheet(file, title, tuple(headings[i] for i in used), tuple(data), tuple(left_out), known, hidden)


def _any(rows: Iterable[tuple[CellValue, ...]], column: int) -> bool:
    return any(row[column] is not None for row in rows)


def _heading_place(rows: list[tuple[CellValue, ...]], is_heading: IsHeading) -> tuple[int, int, list[str], int] | None:
    """Where the headings stand: first row, one or two storeys, the texts, how many are known."""
    best: tuple[int, int, list[str], int] | None = None
    for top, row in enumerate(rows[:HEADING_ROWS]):
        one = [_text(v) for v in row]
        candidates = [(top, 1, one)]
        if top + 1 < len(rows) and _may_be_second_storey(row, rows[top + 1]):
            candidates.append((top, 2, _two_storeys(one, [_text(v) for v in rows[top + 1]])))
        for first, storeys, texts in candidates:
            known = len({plain(t) for t in texts if t and is_heading(t)})
            if known >= 2 and (best is None or known > best[3]):
                best = (first, storeys, texts, known)
    return best or _densest_row(rows)


def _densest_row(rows: list[tuple[CellValue, ...]]) -> tuple[int, int, list[str], int] | None:
    """The first row of texts only that is about as wide as the table: headings nobody knows."""
    widths = [sum(v is not None for v in r) for r in rows]
    usual = median([w for w in widths if w] or [0])
    for top, row in enumerate(rows[:HEADING_ROWS]):
        texts = all(isinstance(v, str) for v in row if v is not None)
        if texts and widths[top] >= 2 and widths[top] >= usual - 1 and any(widths[top + 1 :]):
            return top, 1, [_text(v) for v in row], 0
    return None


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)


def _may_be_second_storey(upper: Sequence[CellValue], lower: Sequence[CellValue]) -> bool:
    """A second storey has only texts, and stands under gaps or merged cells of the first."""
    texts = [v for v in lower if v is not None]
    under_gap = any(b is not None and (a is None or a == b) for a, b in zip(upper, lower, strict=True))
    return bool(texts) and under_gap and all(isinstance(v, str) and not re.search(r"\d{3}", v) for v in texts)


def _two_storeys(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [below or above for above, below in zip(upper, lower, strict=True)]


def _is_data(row: tuple[CellValue, ...], headings: Sequence[str], serial: int | None) -> bool:
    """Not a total, a section title, a signature, the headings again or the columns' numbers."""
    filled = {i: v for i, v in enumerate(row) if v is not None}
    content = {i: v for i, v in filled.items() if i != serial}
    said = [plain(v) for v in list(filled.values())[:2] if isinstance(v, str)]
    if any(TOTALS.fullmatch(text) for text in said) and len(content) <= max(3, len(headings) // 2):
        return False
    if sum(plain(_text(v)) == plain(headings[i]) for i, v in content.items()) * 2 > len(content):
        return False
    if len(filled) > 2 and _counts_up([str(v).strip("() .") for v in filled.values()]):
        return False
    if serial is None:
        return len(content) >= 2
    return serial in filled or len(content) >= 3


def _counts_up(texts: Sequence[str]) -> bool:
    """`1 2 3 4 …` or `(1) (2) (3)`: the numbers that official forms print under their headings."""
    return all(t.isdigit() for t in texts) and [int(t) for t in texts] == list(
        range(int(texts[0]), int(texts[0]) + len(texts))
    )


def write_workbook(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write texts as texts: no id is rounded, no cell is ever a formula."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 (a new workbook has one sheet)
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    widths = [len(h) for h in headings]
    for r, row in enumerate([headings, *rows], start=1):
        for c, text in enumerate(row, start=1):
            cell = sheet.cell(r, c, clean(text))
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = "@"
            cell.quotePrefix = r > 1
            widths[c - 1] = max(widths[c - 1], min(len(text), 60))
    for c, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(c)].width = width + 2
        sheet.cell(1, c).font = Font(bold=True)
        sheet.cell(1, c).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise FileTrouble(sentence(error)) from error
