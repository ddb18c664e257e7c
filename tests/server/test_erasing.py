"""An erased person is found nowhere in the server's database or files, on SQLite and PostgreSQL alike."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.blob_files import BlobFolder
from models.identifying import ERASED
from server.blobs import Depot
from server.database import Database
from server.erasing import Eraser
from server.recount import recount
from server.tables import FIXED, RECORDS
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import Device, acks, columns, record, service_on

NAME, PHONE, OTHER_PHONE = "Wulandari Rahasia", "+6281200000777", "+6281200000778"
PLANTED = (NAME, "Rahasia", PHONE, OTHER_PHONE)
FILE = b"%PDF-1.4 " + bytes(20_000)
SHA = hashlib.sha256(FILE).hexdigest()


def row_id(n: int) -> str:
    return f"01932f2e-0000-7000-8000-{n:012d}"


OWNER, SHOP, TALK, PHOTO, LATE, STRANGER, OTHER_PHOTO = map(row_id, range(1, 8))


def photo(number: str, owner: str) -> dict[str, Any]:
    return {"id": number, "owner_id": owner, "sort": "other", "name": "Rahasia.pdf", "sha256": SHA, "size": len(FILE),
            "mime": "application/pdf"}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> BlobFolder:
    return BlobFolder(tmp_path / "blobs", bytes(32))


@pytest.fixture
def sri(db: Database, server_clock: FrozenClock, files: BlobFolder) -> Device:
    here = service_on(db, server_clock)
    device = Device(replace(here, depot=Depot(db, files)))
    device.push(ins=[
        columns("owner", {"id": OWNER, "name": NAME, "phone": PHONE, "village": VILLAGE, "informed": "yes"}),
        columns("business", {"id": SHOP, "owner_id": OWNER, "name": "Warung Rahasia", "village": VILLAGE}),
        columns("consultation", {"id": TALK, "owner_id": OWNER, "held_on": "2026-11-24", "note": f"Telepon {PHONE}"}),
        columns("attachment", photo(PHOTO, OWNER)),
    ])  # fmt: skip
    files.write(SHA, FILE)
    return device


def erase(device: Device) -> None:
    """What a laptop sends when its person presses the button."""
    blank = {"name": ERASED, "phone": None, "informed": "refused"}
    device.push(upd=[("owner", OWNER, 999, 900, blank), ("consultation", TALK, 999, 901, {"note": None})],
                cut=[("attachment", PHOTO, 999, 902)])  # fmt: skip


def remembered(db: Database) -> str:
    """Everything in every table, as text."""
    with db.read() as conn:
        tables = [*FIXED.tables.values(), *RECORDS.tables.values()]
        rows = [row for table in tables for row in conn.execute(sa.select(table))]
    return "\n".join(
        str([bytes(v).decode(errors="replace") if isinstance(v, bytes | memoryview) else v for v in r]) for r in rows
    )


def test_nothing_that_was_ever_said_of_the_person_stays(sri: Device, db: Database, files: BlobFolder) -> None:
    dewi = Device(sri.service, "Dewi")
    dewi.push(upd=[("owner", OWNER, 4, 50, {"phone": OTHER_PHONE})])
    [conflict] = [
        change for change in sri.push(upd=[("owner", OWNER, 4, 60, {"phone": None})]).unseen if change[0] == "conflict"
    ]
    dewi.push(cut=[("consultation", TALK, 4, 70)])
    late = {"id": LATE, "owner_id": OWNER, "name": "Toko Rahasia", "village": VILLAGE}
    sri.service.hand_in(dewi.sender, [dewi.batch(ins=[columns("business", late)])])
    assert all(planted in remembered(db) for planted in PLANTED)

    erase(sri)

    assert [planted for planted in PLANTED if planted in remembered(db)] == []
    assert not files.has(SHA)
    answer = sri.pull()
    assert (record(answer, "business", SHOP) or {})["name"] == ERASED, "the laptop that erased did not hold it"
    settled = record(answer, "conflict", conflict[1]) or {}
    assert (settled["state"], settled.get("kept"), settled.get("lost")) == ("settled", None, None)
    assert recount(db, sri.service.clock) == []


def test_what_others_wrote_meanwhile_goes_with_the_next_sweep(sri: Device, db: Database) -> None:
    erase(sri)
    dewi = Device(sri.service, "Dewi")
    dewi.push(ins=[columns("business", {"id": LATE, "owner_id": OWNER, "name": "Toko Rahasia", "village": VILLAGE})])
    dewi.push(upd=[("owner", OWNER, 4, 800, {"phone": OTHER_PHONE, "name": NAME})])
    assert (record(sri.pull(), "owner", OWNER) or {})["name"] == ERASED
    Eraser(db, sri.service.clock).sweep()

    assert [planted for planted in PLANTED if planted in remembered(db)] == []
    assert recount(db, sri.service.clock) == []


def test_others_keep_their_records_and_a_file_that_they_name(sri: Device, db: Database, files: BlobFolder) -> None:
    sri.push(ins=[columns("owner", {"id": STRANGER, "name": "Budi Tetap", "phone": PHONE, "village": VILLAGE}),
                  columns("attachment", photo(OTHER_PHOTO, STRANGER))])  # fmt: skip
    erase(sri)

    assert files.has(SHA)
    assert (record(sri.pull(), "owner", STRANGER) or {})["phone"] == PHONE
    assert NAME not in remembered(db)


def test_an_answer_that_is_asked_for_again_tells_no_old_value(sri: Device) -> None:
    dewi = Device(sri.service, "Dewi")
    sri.push(upd=[("owner", OWNER, 4, 50, {"phone": OTHER_PHONE})])
    body = dewi.batch(upd=[("owner", OWNER, 4, 60, {"note": "baru"})])
    assert OTHER_PHONE in str(acks(dewi.send(body)))
    erase(sri)

    [again] = acks(dewi.send(body))
    assert (again.status, OTHER_PHONE in str(again)) == ("done", False)
