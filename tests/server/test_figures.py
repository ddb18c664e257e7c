"""The server counts from its rows what a laptop counts from the same records: one condition, three databases."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from models import periods, sample, statistics
from models.canonical import payload
from models.entities import ENTITIES
from models.figures import BREAKDOWNS, FIGURES, SERVER, statement
from models.periods import Period
from models.store import Store
from server.database import Database
from server.tables import RECORD_TABLES
from tests.offices import sample_office

PERIODS = [periods.month(date(2026, 11, 24)), periods.month(date(2026, 8, 1)), periods.year(date(2026, 1, 1))]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sample_office(tmp_path_factory.mktemp("office"))
    _add_what_the_sample_lacks(store)
    yield store
    store.close()


def _add_what_the_sample_lacks(store: Store) -> None:
    """A permit, money, a contract, a group, a business that closed, and a deleted one."""
    ids = store.query("SELECT id, owner_id FROM business ORDER BY rowid LIMIT 3")
    business_id, owner_id = ids[0]
    about = {"business_id": business_id, "owner_id": owner_id}
    store.save("permit", {"business_id": business_id, "subject": "business", "type": "pirt", "state": "issued",
                          "issued": "2026-11-02", "expires": "2027-04-01"})  # fmt: skip
    store.save("financing", about | {"scheme": "kur_micro", "state": "disbursed", "disbursed": 15_000_000,
                                     "disbursed_on": "2026-11-03"})  # fmt: skip
    group = store.save("organisation", {"name": "Koperasi Batik", "kind": "cooperative"}).first_id("organisation")
    store.save("membership", {"organisation_id": group, "name": "Siti", "joined_on": "2026-01-15",
                              "village": sample.SCOPE})  # fmt: skip
    store.save("partnership", {"organisation_id": group, "work": "Kain batik", "starts_on": "2026-01-01",
                               "ends_on": "2026-12-31"})  # fmt: skip
    store.save("business", {"id": ids[1][0], "existence": "closed", "existence_on": "2026-11-10"})
    store.delete("business", ids[2][0])


@pytest.fixture
def filled(db: Database, office: Store) -> Database:
    """The server's tables with the records of the office."""
    db.write(lambda conn: _fill(conn, office))
    return db


def _fill(conn: sa.Connection, office: Store) -> None:
    for entity in ENTITIES.values():
        names = payload(entity)
        found = office.query(f'SELECT scope, id, deleted, {", ".join(names)} FROM "{entity.name}"')
        rows = [
            {"scope": scope, "id": id_, "_deleted": deleted, "_seq": 1, "_created": 1, "_h": 0}
            | dict(zip(names, values, strict=True))
            for scope, id_, deleted, *values in found
        ]
        if rows:
            conn.execute(sa.insert(RECORD_TABLES[entity.name]), rows)


@pytest.mark.parametrize("period", PERIODS, ids=["november", "august", "year"])
def test_laptop_and_server_count_the_same(filled: Database, office: Store, period: Period) -> None:
    within = sample.SCOPE[:4]
    laptop = statistics.count(office, period, within)
    values = period.values(office.clock.zone, office.clock.today()) | {"within": f"{within}%"}
    with filled.read() as conn:
        for figure in FIGURES.values():
            counted = conn.execute(sa.text(statement(figure, tables=SERVER)), values).scalar_one()
            assert int(counted) == laptop.values[figure.key], figure.key
        for breakdown in BREAKDOWNS.values():
            sql = statement(FIGURES[breakdown.figure], breakdown.by, tables=SERVER)
            total = sum(int(n) for _, n in conn.execute(sa.text(sql), values))
            assert total == laptop.values[breakdown.figure], breakdown.key


def test_the_office_of_this_test_exercises_the_conditions(office: Store) -> None:
    values = statistics.count(office, PERIODS[0], sample.SCOPE[:4]).values
    untouched = {key for key, n in values.items() if not n}
    assert untouched == {"cases_refused", "flagships"}
    assert (values["businesses"], values["businesses_gone"], values["financed_sum"]) == (393, 1, 15_000_000)
