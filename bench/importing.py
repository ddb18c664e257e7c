"""An office's workbook of 1,000 rows: read, checked, written."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from bench.measure import Figure, below, timed
from models import importing
from models.import_columns import guess_columns, is_heading
from models.import_plan import start
from models.store import Store
from models.workbook import read_workbook
from tests.fakes import VILLAGE

OFFICE = Path(__file__).parents[1] / "tests" / "data" / "contoh-data-umkm.xlsx"
ROWS = 1_000


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "thousand.xlsx"
        _grow(book)
        store = Store.open(Path(folder) / "store.db", bytes(range(32)), user="Sri", home_scope=VILLAGE)
        written: list[int] = []

        def whole() -> None:
            sheet = max(read_workbook(book, is_heading), key=lambda s: len(s.rows))
            today = store.clock.today()
            columns = [guess.target for guess in guess_columns(sheet, today)]
            plan = start(sheet, columns, store.home_scope, importing.known_people(store), today)
            _, done = importing.apply(store, plan, "not_yet")
            written.append(done.owners)

        took = timed(whole)
        note = f"{written[0]} owners written"
        yield below(f"import of {ROWS} rows: read, checked, written", took / 1000, "s", 5, note)
        store.close()


def _grow(target: Path) -> None:
    """The sample office's list, repeated with other names until it has enough rows."""
    book = openpyxl.load_workbook(OFFICE)
    sheet = book.active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=sheet.max_row - 3)]
    lines = [row for row in rows if sum(v is not None for v in row) > 3]
    n = 0
    while n < ROWS - len(lines):
        for row in lines:
            n += 1
            sheet.append([_other(value, n) for value in row])
    book.save(target)


def _other(value: object, n: int) -> object:
    """The same sort of cell of somebody else: other digits at the end of an id, another word behind a name."""
    text = str(value)
    if value is None or isinstance(value, float):
        return value
    if text.isdigit() and len(text) > 9:
        other = f"{text[:-4]}{(int(text[-4:]) + n) % 9_000 + 1_000:04d}"
        return int(other) if isinstance(value, int) else other
    if text.replace(" ", "").isalpha() and len(text) > 12:
        return f"{text} {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n % 7)}"
    return value
