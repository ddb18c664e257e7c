"""A copy of a laptop that goes on as the same device: what its twin sent already is settled, not counted again."""

import pytest

from models import outbox
from sync.link import Offline
from tests.fakes import owner
from tests.sync.office import Laptop, Office


def copy_of(office: Office, first: Laptop) -> Laptop:
    twin = office.laptop("Salinan")
    first.store.db.conn.backup(twin.store.db.conn)
    twin.line.sender = first.line.sender
    return twin


def _cut() -> None:
    raise Offline


@pytest.fixture
def first(office: Office) -> Laptop:
    """A laptop with an edit on its way and a new owner and an edit behind it, all of which its twin has too."""
    made = office.laptop()
    kept = made.save("owner", **owner(note="lama"))
    made.sync()
    made.save("owner", id=kept, note="baru")
    outbox.take(made.store, 10)
    made.save("owner", id=kept, name="Nama Contoh Kedua")
    made.save("owner", **owner(2))
    return made


def test_the_answer_to_a_twins_batch_does_not_bring_back_what_others_replaced(office: Office, first: Laptop) -> None:
    twin, dewi = copy_of(office, first), office.laptop("Dewi Anggraini")
    twin.line.before_answer = _cut
    assert twin.sync().offline
    twin.line.before_answer = None
    first.sync()
    dewi.sync()
    for row in dewi.store.find("owner"):
        dewi.save("owner", id=row["id"], name="Nama Contoh Ketiga", note="paling baru")
    dewi.sync()

    outcome = twin.sync()
    assert (outcome.equal, outcome.mended, outcome.reason) == (True, [], None)
    assert {row["name"] for row in twin.store.find("owner")} == {"Nama Contoh Ketiga"}
    assert {row["note"] for row in twin.store.find("owner")} == {"paling baru"}
    assert twin.store.query("SELECT count(*) FROM sync_shadow") == [(0,)]
