"""Nothing of a dirty list gets lost: every row is stored or listed with a reason, and once is enough.

`DIRTY_ROWS=20000 pytest tests/models/test_dirty_workbook.py` proves the same of a whole regency's list.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models import import_plan, importing
from models.import_columns import guess_columns, is_heading
from models.import_plan import DUPLICATE, Plan
from models.store import Store
from models.workbook import read_workbook
from tests import dirty_workbook
from tests.dirty_workbook import AGAIN, CLEAN, DIRT, SECOND, Dirty

ROWS = int(os.environ.get("DIRTY_ROWS", "400"))
ONLY_A_PERSON_KNOWS = {"no name", "name of digits", "village misspelt", "village unknown", "village missing", AGAIN}


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Dirty:
    return dirty_workbook.write(tmp_path_factory.mktemp("dirty") / "data.xlsx", ROWS)


def plan_of(store: Store, dirty: Dirty) -> Plan:
    (sheet,) = read_workbook(dirty.path, is_heading)
    today = date(2026, 11, 24)
    columns = [guess.target for guess in guess_columns(sheet, today)]
    return import_plan.start(sheet, columns, store.home_scope, importing.known_people(store), today)


def listed(plan: Plan, folder: Path) -> list[tuple[int, str]]:
    """Number and reason of each row in the workbook that hands the held ones back."""
    importing.export_held(plan, folder / "held.xlsx")
    sheet = openpyxl.load_workbook(folder / "held.xlsx").active
    assert sheet is not None
    return [(int(str(row[0])), str(row[-1] or "")) for row in list(sheet.iter_rows(values_only=True))[1:]]


def test_every_sort_of_dirt_is_in_it(dirty: Dirty) -> None:
    assert set(dirty.rows.values()) == {CLEAN, AGAIN, SECOND, *DIRT}
    assert len(dirty.rows) == ROWS


def test_rows_in_are_rows_stored_and_rows_listed(store: Store, dirty: Dirty, tmp_path: Path) -> None:
    plan = plan_of(store, dirty)
    assert {row.number for row in plan.rows} == set(dirty.rows)
    _, done = importing.apply(store, plan, "not_yet")
    held = listed(plan, tmp_path)
    assert store.count("business") + len(held) == ROWS
    assert {number for number, _ in held} == {n for n, state in plan.states.items() if state == "held"}
    assert all(reason for _, reason in held)
    assert (done.businesses, done.held) == (store.count("business"), len(held))
    sorts = {number: dirty.rows[number] for number, _ in held}
    assert set(sorts.values()) >= ONLY_A_PERSON_KNOWS
    clean = [f.code for n, sort in sorts.items() if sort == CLEAN for f in plan.findings[n] if f.level == "held"]
    assert set(clean) <= {DUPLICATE}  # somebody above has the same name and no NIK
    again = plan_of(store, dirty)
    assert again.count("ready", "check") == 0, Counter(dirty.rows[n] for n, s in again.states.items() if s != "held")
    _, nothing = importing.apply(store, again, "not_yet")
    assert (nothing.owners, nothing.businesses) == (0, 0)
    assert store.count("business") + len(held) == ROWS
