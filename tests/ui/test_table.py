"""Long lists: Qt's own model test, pages fetched as they are looked at, what stays selected."""

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester

from models.i18n import Words
from ui import theme
from ui.background import Background
from ui.events import Events
from ui.row_delegate import CELL, Cell
from ui.table import KEPT_ROWS, PAGE, Column, RowModel, RowTable

COLUMNS = (
    Column(Words("Usaha & pemilik", "Business"), lambda r: Cell(r["name"], "Sumiati", avatar=r["name"])),
    Column(Words("NIB", "NIB"), lambda r: Cell("Terbit", tone="ok", icon="check"), 143, drop=1),
    Column(Words("Terakhir", "Last"), lambda r: Cell("24 Nov", muted=True), 86, drop=2),
)


class Rows:
    """A store of invented rows that remembers what it was asked."""

    def __init__(self):
        self.asked = []
        self.gone = set()

    def fetch(self, _store, ids):
        self.asked.append(ids)
        return [{"doc": i, "name": f"Usaha {i}"} for i in ids if i not in self.gone]


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def model(ctx, rows):
    return RowModel(ctx.background, rows.fetch, COLUMNS, "id")


@pytest.fixture
def table(model, shown):
    made = RowTable(model)
    shown(made, 900, 500)
    return made


def test_the_model_keeps_qts_rules(model, qtbot):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(array("q", range(500)))
    model.set_ids(array("q", range(500)))
    model.set_ids(array("q", [7, 3]))
    model.set_ids(array("q"))
    assert tester.model() is model
    assert model.rowCount() == 0


def test_only_what_is_looked_at_is_fetched(model, rows, qtbot):
    model.set_ids(array("q", range(100_000)))
    assert rows.asked == []
    assert model.row(450)["name"] == "Usaha 450"
    assert [(a[0], len(a)) for a in rows.asked] == [(400, PAGE)]
    model.row(451)
    assert len(rows.asked) == 1


def test_few_rows_are_kept(model, qtbot):
    model.set_ids(array("q", range(100_000)))
    for at in range(0, 10_000, PAGE):
        model.row(at)
    assert len(model._rows) <= KEPT_ROWS


def test_a_gone_row_is_blank_and_not_asked_for_again(model, rows, qtbot):
    rows.gone = {3}
    model.set_ids(array("q", range(10)))
    assert model.row(3) is None
    assert model.data(model.index(3, 0)) == ""
    assert model.data(model.index(3, 0), CELL) == Cell()
    assert len(rows.asked) == 1


def test_a_row_reads_as_one_sentence(model, qtbot):
    model.set_ids(array("q", [5]))
    sentence = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "Usaha 5, Sumiati, Terbit, 24 Nov"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Usaha & pemilik"


def test_selection_stays_with_its_record(table, qtbot):
    picked = []
    table.show_ids(array("q", [1, 2, 3]))
    table.picked.connect(picked.append)
    table.select(1)
    assert picked[-1]["doc"] == 2
    table.show_ids(array("q", [9, 8, 2, 1]))
    assert table.currentIndex().row() == 2
    assert table.current()["doc"] == 2
    table.show_ids(array("q", [9, 8]))
    assert picked[-1] is None


def test_enter_opens_and_arrows_move(table, qtbot):
    opened = []
    table.show_ids(array("q", [1, 2, 3]))
    table.opened.connect(opened.append)
    table.setFocus()
    table.select(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert [r["doc"] for r in opened] == [2]


def test_narrow_tables_drop_columns_but_never_the_first(table, qtbot):
    table.resize(900, 400)
    assert [table.isColumnHidden(i) for i in range(3)] == [False, False, False]
    table.resize(420, 400)
    assert [table.isColumnHidden(i) for i in range(3)] == [False, False, True]
    table.resize(230, 400)
    assert [table.isColumnHidden(i) for i in range(3)] == [False, True, True]
    assert table.columnWidth(0) <= table.viewport().width()


@pytest.mark.parametrize("look", [theme.Theme(), theme.Theme("dark"), theme.Theme("light", 1.28)], ids=str)
def test_every_sort_of_cell_is_painted(table, wear, look, qtbot):
    wear(look)
    table.show_ids(array("q", range(20)))
    table.select(1)
    picture = table.grab().toImage()
    line = table.rowViewportPosition(1) + table.horizontalHeader().height() + 4
    assert picture.pixelColor(1, line) == look.color("pri")
    assert picture.pixelColor(8, line) == look.color("priSoft")


def test_pages_come_late_and_old_wishes_are_dropped(store, qtbot, rows):
    background = Background(store, Events(), lambda e: None)
    model = RowModel(background, rows.fetch, COLUMNS, "id")
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.set_ids(array("q", range(5000)))
    assert model.row(0) is None
    qtbot.waitUntil(lambda: bool(changed))
    assert changed == [(0, PAGE - 1)]
    assert model.row(0)["doc"] == 0
    for at in range(0, 5000, PAGE):
        model.row(at)
    qtbot.waitUntil(lambda: model.row(4999) is not None)
    assert len(model._jobs) <= 4
    background.close()


def test_painting_costs_the_same_for_a_hundred_thousand_rows(ctx, rows, shown, qtbot):
    painted = []

    def name(row):
        painted.append(row["doc"])
        return Cell(row["name"])

    def paint(count):
        table = RowTable(RowModel(ctx.background, rows.fetch, (Column(Words("Usaha", "Business"), name),), "id"))
        shown(table, 900, 500)
        table.show_ids(array("q", range(count)))
        painted.clear()
        rows.asked.clear()
        table.render(QPixmap(900, 500))
        return len(painted), len(rows.asked)

    small = paint(1000)
    assert small[0] > 0
    assert paint(100_000) == small
