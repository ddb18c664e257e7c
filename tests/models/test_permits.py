"""Permits: the number of each type, states, expiry, and keeping one."""

import json
from datetime import date
from itertools import product
from typing import Any

import pytest

from models import periods, permits, statistics
from models.dates import months_later
from models.facts import subjects
from models.permit_acts import fulfil, keep, revoke
from models.permits import NUMBER_KINDS, PERMIT, estimated_expiry, number_kind, renew_by, valid_on, valid_sql
from models.schema import Row
from models.services import SERVICES
from models.store import Store
from tests.factories import register
from tests.fakes import VILLAGE, business, owner

TODAY = date(2026, 11, 24)
PIRT = "206351301024331"
BASE = {"business_id": "b", "subject": "business", "type": "nib", "number": "1209220041235", "state": "active"}
OF_PRODUCT = {"subject": "product", "product_id": "p"}


def said(**values: Any) -> list[tuple[str, str, str]]:
    return [(p.severity, p.field, p.code) for p in PERMIT.problems(BASE | values, TODAY)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"number": "123"}, [("error", "number", "length")]),
        ({"number": None}, [("warning", "number", "no_number")]),
        ({"number": None, "state": "process"}, []),
        ({"type": "pirt", "number": PIRT, "state": "issued"} | OF_PRODUCT, []),
        ({"type": "pirt", "number": "P-IRT 2063513010243-31", "state": "fulfilled"}, []),
        ({"type": "pirt", "number": PIRT, "state": "active"}, [("error", "state", "state")]),
        ({"type": "pirt", "number": "206351301024321", "state": "expired"}, []),  # a stored number may run out
        ({"state": "issued"}, [("error", "state", "state")]),
        ({"type": "halal", "number": "ID35110000214820323"}, []),
        ({"type": "halal", "number": "ID321100012345"}, [("error", "number", "halal")]),
        ({"type": "slhs", "number": "440/SLHS/2026"}, []),
        ({"subject": "product"}, [("error", "product_id", "missing")]),
        ({"expires": "2030-01-01"}, [("error", "expires", "no_expiry")]),
        ({"type": "sni", "issued": "2026-02-01", "expires": "2026-01-01"}, [("error", "expires", "order")]),
        ({"type": "sni", "issued": "2016-02-01", "expires": "2036-01-01"}, []),
        ({"type": "brand", "number": "IDM000123456", "issued": "2016-02-01", "expires": "2026-02-02"},
         [("warning", "expires", "too_long")]),
        ({"type": "brand", "number": "IDM000123456", "issued": "2016-02-01", "expires": "2026-02-01"}, []),
        ({"type": "pirt", "number": PIRT, "state": "issued", "expires": "2030-05-01"}, [("warning", "expires", "year")]),
        ({"type": "pirt", "number": "1", "state": "process", "expires": "2030-05-01"}, [("error", "number", "length")]),
        ({"type": "brand", "number": "IDM000123456", "expires": "2036-02-01"}, []),
    ],
)  # fmt: skip
def test_rules(values: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert said(**values) == found


def test_a_number_is_checked_by_the_kind_of_its_type() -> None:
    assert number_kind("pirt").name == "pirt"
    assert number_kind("slhs").name == number_kind(None).name == "permit_number"
    types = {o.code for o in permits.TYPE.options}
    assert set(NUMBER_KINDS) <= types
    assert {s.permit for s in SERVICES.values() if s.permit} <= types


@pytest.mark.parametrize(
    ("values", "day", "valid"),
    [
        ({}, TODAY, True),
        ({"state": "process"}, TODAY, False),
        ({"state": "revoked"}, TODAY, False),
        ({"state": "expired"}, TODAY, False),
        ({"issued": "2026-11-25"}, TODAY, False),
        ({"issued": "2026-11-24"}, TODAY, True),
        ({"type": "pirt", "state": "issued", "expires": "2026-11-24"}, TODAY, True),
        ({"type": "pirt", "state": "issued", "expires": "2026-11-23"}, TODAY, False),
        ({"type": "pirt", "state": "fulfilled", "expires": "2027-01-01"}, TODAY, True),
        ({"type": "halal", "expires": "2025-01-01"}, TODAY, True),  # an old four-year date blocks nothing
    ],
)
def test_whether_a_permit_holds(values: dict[str, Any], day: date, valid: bool) -> None:
    assert valid_on(BASE | values, day) is valid


def test_rows_and_statements_call_the_same_permits_valid(store: Store) -> None:
    """Every type and state with every mix of the days around today."""
    days = (None, "2026-11-23", "2026-11-24", "2026-11-25")
    kinds = ((t.code, s.code) for t in permits.TYPE.options for s in permits.STATE.options)
    mixed = [(*of, issued, expires) for of, issued, expires in product(kinds, days, days)]
    rows = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(4))
    found = store.query(
        f"WITH permit(type, state, issued, expires) AS (SELECT {rows} FROM json_each(:mixed))"
        f" SELECT *, {valid_sql(':day')} FROM permit", {"mixed": json.dumps(mixed), "day": TODAY.isoformat()},
    )  # fmt: skip
    names = ("type", "state", "issued", "expires")
    assert [(*row, valid_on(dict(zip(names, row, strict=True)), TODAY)) for row in mixed] == found


@pytest.mark.parametrize(
    ("values", "fact"),
    [
        ({"issued": "2026-11-24", "expires": "2026-11-24"}, "issued"),
        ({"issued": "2026-11-25"}, None),
        ({"expires": "2026-11-23"}, None),
        ({"state": "process"}, "in_process"),
    ],
)
def test_conditions_and_figures_count_what_is_valid_today(store: Store, values: Row, fact: str | None) -> None:
    ids = register(store, 1)
    pirt = {"subject": "business", "type": "pirt", "state": "issued"} | values
    store.save("permit", pirt | {"business_id": ids["business_id"]})
    (found,) = subjects(store, ["permit.pirt"])
    assert found.facts["permit.pirt"] == fact
    assert statistics.count(store, periods.month(TODAY), VILLAGE).values["permits"] == (fact == "issued")


def test_a_pirt_is_renewed_half_a_year_ahead() -> None:
    assert renew_by({"type": "pirt", "expires": "2027-08-31"}) == date(2027, 2, 28)
    assert renew_by({"type": "brand", "expires": "2027-08-31"}) == date(2027, 8, 31)
    assert renew_by({"type": "halal", "expires": "2027-08-31"}) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 12, 31), -6, date(2026, 6, 30)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)), (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)  # fmt: skip
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_pirt_number_alone_tells_the_year_it_ends() -> None:
    assert estimated_expiry({"type": "pirt", "number": PIRT}) == {"expires": "2031-12-31", "estimated": 1}
    assert estimated_expiry({"type": "pirt", "number": PIRT, "expires": "2031-03-01"}) == {}
    assert estimated_expiry({"type": "pirt", "number": None}) == {}
    assert estimated_expiry({"type": "halal", "number": PIRT}) == {}


@pytest.fixture
def business_id(store: Store) -> str:
    owner_id = store.save("owner", owner()).first_id("owner")
    return store.save("business", business(owner_id)).first_id("business")


def kept(store: Store, **values: Any) -> dict[str, Any]:
    row = store.get("permit", keep(store, values).first_id("permit"))
    assert row is not None
    return row


def test_keeping_a_pirt_estimates_its_end_until_the_day_is_known(store: Store, business_id: str) -> None:
    row = kept(store, business_id=business_id, type="pirt", number="P-IRT 2063513010243-31", product_id="p")
    assert (row["number"], row["state"], row["subject"]) == (PIRT, "issued", "product")
    assert (row["expires"], row["estimated"]) == ("2031-12-31", 1)
    keep(store, {"id": row["id"], "expires": "2031-03-10"})
    row = store.get("permit", row["id"])
    assert row is not None
    assert (row["expires"], row["estimated"], row["number"]) == ("2031-03-10", None, PIRT)
    fulfil(store, row["id"])
    assert store.find("permit", state="fulfilled")[0]["id"] == row["id"]
    revoke(store, row["id"])
    assert store.count("permit", state="revoked") == 1


def test_a_permit_without_a_number_is_in_process(store: Store, business_id: str) -> None:
    row = kept(store, business_id=business_id, type="halal", product_id=None)
    assert (row["state"], row["subject"], row["number"], row["expires"]) == ("process", "business", None, None)


def test_a_nib_stands_on_its_business_too(store: Store, business_id: str) -> None:
    changes = keep(
        store, {"business_id": business_id, "type": "nib", "number": "1209 2200 41235", "issued": "2026-10-14"}
    )
    found = store.get("business", business_id)
    assert found is not None
    assert (found["nib"], found["nib_date"]) == ("1209220041235", "2026-10-14")
    assert changes.ids("business") == {business_id}
    keep(store, {"business_id": business_id, "type": "nib", "number": "1209220041299"})
    found = store.get("business", business_id)
    assert found is not None
    assert (found["nib"], found["nib_date"]) == ("1209220041299", "2026-10-14")


def test_a_nib_in_process_is_none_yet(store: Store, business_id: str) -> None:
    changes = keep(store, {"business_id": business_id, "type": "nib", "state": "process", "number": "1209220041235"})
    assert not changes.touches("business")
