"""Staff, grants and codes as an administrator keeps them."""

import pytest
import sqlalchemy as sa

from server import staff
from server.database import Database
from server.tables import DEVICE
from tests.fakes import VILLAGE, FrozenClock
from tests.server.helpers import DIRECTORY, Device, record, service_on

NEXT = "3513141018"


def test_staff_stand_in_the_directory_that_everybody_there_reads(db: Database, server_clock: FrozenClock) -> None:
    here = service_on(db, server_clock)
    sri, dewi = Device(here), Device(here, "Dewi Anggraini", "consultant")

    found = record(sri.pull(scope=DIRECTORY), "staff", dewi.sender.user)
    assert found
    assert (found["name"], found["role"]) == ("Dewi Anggraini", "consultant")


def test_a_grant_reaches_the_laptop_with_its_next_sync_and_can_end(db: Database, server_clock: FrozenClock) -> None:
    sri = Device(service_on(db, server_clock))
    known = sri.send(grants=0).grants
    assert known
    assert known.scopes == {VILLAGE: "write", DIRECTORY: "read", "global": "read"}
    staff.grant(db, server_clock, sri.sender.user, NEXT, "write")
    staff.grant(db, server_clock, sri.sender.user, VILLAGE, None)

    changed = sri.send(grants=known.ver).grants
    assert changed
    assert changed.scopes == {NEXT: "write", DIRECTORY: "read", "global": "read"}
    assert sri.send(grants=changed.ver).grants is None


def test_a_name_that_two_people_bear_must_be_said_by_id(db: Database, server_clock: FrozenClock) -> None:
    here = service_on(db, server_clock)
    first, _ = Device(here), Device(here)

    with pytest.raises(ValueError, match="2 people"):
        staff.find_staff(db, "sri wahyuni")
    assert staff.find_staff(db, first.sender.user) == first.sender.user


def test_the_directory_refuses_what_no_record_may_hold(db: Database, server_clock: FrozenClock) -> None:
    with pytest.raises(ValueError, match="text"):
        staff.add_staff(db, server_clock, {"name": "a\0", "role": "kasie", "region": VILLAGE}, [VILLAGE])


def test_a_laptop_hears_who_else_writes_in_its_scopes_and_when_each_was_last_there(
    db: Database, server_clock: FrozenClock
) -> None:
    here = service_on(db, server_clock)
    sri, dewi, reader = Device(here), Device(here, "Dewi Anggraini"), Device(here, "Pembaca", scopes=(NEXT,))
    gone = Device(here, "Lailatul Fitriyah")
    staff.revoke(db, server_clock, gone.sender.device, sri.sender.user)
    asked = server_clock.stamp()
    dewis = DEVICE.c.id == dewi.sender.device
    db.write(lambda conn: conn.execute(sa.update(DEVICE).where(dewis).values(last_seen=asked)))

    told = here.hello(sri.sender).laptops
    assert told == {VILLAGE: {sri.sender.device: "", dewi.sender.device: asked}}
    assert here.hello(reader.sender).laptops == {NEXT: {reader.sender.device: ""}}
