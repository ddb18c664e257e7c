"""A person erased on one laptop goes from the server and from every other laptop, with what each remembers."""

from models import erasure, outbox
from models.identifying import ERASED
from tests.fakes import business, owner
from tests.server.test_erasing import remembered
from tests.sync.office import Laptop, Office

NAME, PHONE, OTHER_PHONE = "Wulandari Rahasia", "+6281200000777", "+6281200000778"


def recalled(laptop: Laptop) -> str:
    """Everything in every table of a laptop's file, as text."""
    tables = [name for (name,) in laptop.store.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(row) for name in tables for row in laptop.store.query(f'SELECT * FROM "{name}"'))


def test_who_is_erased_on_one_laptop_is_known_nowhere(office: Office) -> None:
    sri, dewi = office.laptop(), office.laptop("Dewi")
    person = sri.save("owner", **owner(1, name=NAME, phone=PHONE))
    shop = sri.save("business", **business(person, name="Warung Rahasia"))
    sri.sync()
    dewi.sync()
    sri.save("owner", id=person, phone=OTHER_PHONE)
    dewi.save("owner", id=person, phone="+6281200000779")
    for laptop in (sri, dewi, sri):
        assert laptop.sync().equal
    assert sri.store.count("conflict", state="open") == 1

    talk = dewi.save("consultation", owner_id=person, held_on="2026-11-24", topics="nib", note=f"Telepon {PHONE}")
    assert dewi.sync().equal
    dewi.store.delete("consultation", talk)
    for laptop in (dewi, sri):
        assert laptop.sync().equal

    erasure.erase(sri.store, person)
    for laptop in (sri, dewi, sri):
        outcome = laptop.sync()
        assert (outcome.equal, outcome.refused, outbox.waiting(laptop.store)) == (True, 0, 0)
    assert erasure.on_the_way(sri.store, person) == 0
    assert (dewi.get("owner", person)["name"], dewi.get("business", shop)["name"]) == (ERASED, ERASED)
    for told in (remembered(office.service.db), recalled(sri), recalled(dewi)):
        assert [planted for planted in ("Rahasia", PHONE, OTHER_PHONE, "+6281200000779") if planted in told] == []
