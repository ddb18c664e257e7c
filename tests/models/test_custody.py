"""Who keeps what is recorded of a village."""

import pytest

from models.custody import keeper
from models.store import Store
from tests.fakes import VILLAGE

NEXT, KECAMATAN, FAR = "3513141003", "351314", "3574031002"


@pytest.mark.parametrize(("home", "granted", "kept"), [
    (VILLAGE, {}, [VILLAGE, VILLAGE, VILLAGE]),
    (VILLAGE, {VILLAGE: "write", NEXT: "read"}, [VILLAGE, VILLAGE, VILLAGE]),
    (VILLAGE, {VILLAGE: "write", NEXT: "write"}, [VILLAGE, NEXT, VILLAGE]),
    (KECAMATAN, {}, [VILLAGE, NEXT, KECAMATAN]),
    (KECAMATAN, {KECAMATAN: "write", VILLAGE: "write", FAR: "care"}, [VILLAGE, KECAMATAN, KECAMATAN]),
])  # fmt: skip
def test_its_own_office_where_this_account_may_write_else_the_accounts(
    store: Store, home: str, granted: dict[str, str], kept: list[str]
) -> None:
    store.home_scope = home
    for scope, access in granted.items():
        store.query("INSERT INTO sync_scope (scope, access) VALUES (?, ?)", (scope, access))
    assert [keeper(store)(village) for village in (VILLAGE, NEXT, FAR)] == kept
