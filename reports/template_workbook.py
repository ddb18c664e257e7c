"""A workbook of the Dinas: which of its cells wait for a figure, and a copy with the figures in them.

Formats, formulas, column widths and printing settings stay, because the copy is the very workbook that was
read. What openpyxl does not carry along (charts, drawn shapes) is said beforehand.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from models.errors import FileTrouble
from models.i18n import Lang, Words
from models.report_templates import Spot
from models.workbook import BROKEN, SERIAL, TOO_LARGE, opened, plain, sentence

MOST_ROWS, MOST_COLUMNS, MOST_SPOTS = 400, 60, 2_000
TITLE_COLUMNS = 2  # more than a label is ever wide
MACROS = Words("Berkas ini berisi makro (.xlsm). Di Excel pilih Simpan Sebagai .xlsx, lalu pilih lagi.",
               "This file has macros (.xlsm). Save it as .xlsx in Excel, then choose that.")  # fmt: skip
NO_SPOT = Words("Tidak ada sel kosong di samping atau di bawah judul. Pilih template yang masih kosong.",
                "No empty cell stands beside or below a heading. Choose a template that is still empty.")  # fmt: skip
# Headings of columns that hold no figure.
NOT_OURS = SERIAL | {
    "keterangan",
    "ket",
    "catatan",
    "satuan",
    "target",
    "sumber",
    "paraf",
    "tanda tangan",
    "notes",
    "unit",
}
_BLANK = re.compile(r"[\s.…_\-–—]*")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Template:
    """What a workbook asks for; `loses` when it has charts or drawn shapes, which the copy will not have."""

    path: Path
    spots: tuple[Spot, ...]
    loses: bool


def read(path: Path) -> Template:
    """Find the cells to fill. FileTrouble says what to do with a file that cannot be used."""
    if path.suffix.casefold() == ".xlsm":
        raise FileTrouble(MACROS)
    if path.suffix.casefold() != ".xlsx":
        raise FileTrouble(BROKEN)
    try:
        book, loses = opened(path, _look)
    except OSError as error:
        raise FileTrouble(sentence(error)) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    spots = tuple(spot for sheet in shown for spot in _Grid(sheet).spots())
    if len(spots) > MOST_SPOTS:
        raise FileTrouble(TOO_LARGE)
    if not spots:
        raise FileTrouble(NO_SPOT)
    return Template(path, spots, loses)


def fill(path: Path, values: Mapping[Spot, int | Words], lang: Lang) -> bytes:
    """A copy of the workbook with these values; numbers as numbers. The workbook itself is only read."""

    def work(file: BinaryIO) -> bytes:
        book = _load(file)
        for spot, value in values.items():
            book[spot.sheet][spot.cell].value = value.to(lang) if isinstance(value, Words) else value
        book.calculation.fullCalcOnLoad = True  # sums of what was filled are made when it is opened
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    try:
        return opened(path, work)
    except OSError as error:
        raise FileTrouble(sentence(error)) from error


def _load(file: BinaryIO) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file)


def _look(file: BinaryIO) -> tuple[Any, bool]:
    with zipfile.ZipFile(file) as archive:
        loses = any(name.startswith(("xl/charts/", "xl/drawings/drawing")) for name in archive.namelist())
    return _load(file), loses


class _Grid:
    """The upper left part of a sheet: what is written where, and which cells are part of a merged one."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.rows, self.columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column + 1, MOST_COLUMNS)
        self.covered: dict[tuple[int, int], tuple[int, int]] = {}  # a cell under a merged one, and which
        self.titles: set[tuple[int, int]] = set()  # cells that reach over several columns
        for area in sheet.merged_cells.ranges:
            if area.max_col - area.min_col >= TITLE_COLUMNS:
                self.titles.add((area.min_row, area.min_col))
            for r in range(area.min_row, min(area.max_row, self.rows) + 1):
                for c in range(area.min_col, min(area.max_col, self.columns) + 1):
                    self.covered[r, c] = (area.min_row, area.min_col)

    def spots(self) -> list[Spot]:
        """Empty cells of tables, and the first empty cell beside a label of a form."""
        return [spot for r in range(1, self.rows + 1) for c in range(1, self.columns + 1) if (spot := self._spot(r, c))]

    def _spot(self, r: int, c: int) -> Spot | None:
        if self.covered.get((r, c), (r, c)) != (r, c) or not self._empty(r, c):
            return None
        left, gap = self._left(r, c)
        above = self._above(r, c)
        if plain(above) in NOT_OURS or not left or (not above and (gap or self._in_a_head(r, c))):
            return None
        return Spot(self.sheet.title, self.sheet.cell(r, c).coordinate, left, above)

    def _value(self, r: int, c: int) -> Any:
        return self.sheet.cell(*self.covered.get((r, c), (r, c))).value

    def _empty(self, r: int, c: int) -> bool:
        value = self._value(r, c)
        return value is None or (isinstance(value, str) and _BLANK.fullmatch(value) is not None)

    def _text(self, r: int, c: int) -> str:
        value = self._value(r, c)
        words = isinstance(value, str) and not value.startswith("=") and _LETTER.search(value)
        return " ".join(value.split()) if words else ""

    def _left(self, r: int, c: int) -> tuple[str, bool]:
        """The label of a row, and whether another empty cell stands between."""
        gap = False
        for at in range(c - 1, 0, -1):
            if text := self._text(r, at):
                return text, gap
            gap = gap or self._empty(r, at)
        return "", gap

    def _above(self, r: int, c: int) -> str:
        """The heading of a column: the nearest text above in the same table, when it stands in a row of headings."""
        for at in range(r - 1, 0, -1):
            if text := self._text(at, c):
                return text if self._heads(at) else ""
            if all(self._empty(at, column) for column in range(1, self.columns + 1)):
                return ""
        return ""

    def _in_a_head(self, r: int, c: int) -> bool:
        """Whether the label beside a cell is a title, or the last of a row of headings: no label of a form."""
        at = next(at for at in range(c - 1, 0, -1) if self._text(r, at))
        label = self.covered.get((r, at), (r, at))
        first = label[1]
        return label in self.titles or (first > 1 and bool(self._text(r, first - 1)))

    def _heads(self, r: int) -> bool:
        """Whether texts stand side by side in a row, as headings do."""
        cells = [self.covered.get((r, c), (r, c)) if self._text(r, c) else None for c in range(1, self.columns + 1)]
        return any(one and other and one != other for one, other in pairwise(cells))
