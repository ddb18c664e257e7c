"""Two colleagues of one kabupaten with a laptop each, and the moments in which their laptops meet the server."""

from datetime import date, datetime, time
from typing import Any

from models import outbox
from models.clock import Clock
from models.sessions import Author
from models.store import Store
from server import staff
from tests import fakes
from tests.fakes import VILLAGE, FrozenClock
from tests.sync.office import Laptop, Office

PATOKAN, SEMAMPIR = VILLAGE, "3513141003"
DISTRICT, REGENCY = VILLAGE[:6], VILLAGE[:4]
SRI, DEWI = Author("", "Sri Wahyuni"), Author("", "Dewi Anggraini")
MILLION = 1_000_000


def on(year: int, month: int, day: int) -> FrozenClock:
    """A clock that stands at nine in the morning of a day."""
    return FrozenClock(datetime.combine(date(year, month, day), time(9), Clock().zone))


def colleagues(clock: FrozenClock, *others: str) -> tuple[Laptop, Laptop]:
    """Sri of Patokan and Dewi of Semampir; both write for the whole kecamatan, kabupaten and `others`."""
    office = Office(clock)
    sri, dewi = office.laptop("Sri Wahyuni"), office.laptop("Dewi Anggraini")
    dewi.store.home_scope = SEMAMPIR
    for laptop in (sri, dewi):
        person = laptop.device.sender.user
        laptop.store.set_setting("staff_id", person)
        for scope in dict.fromkeys((SEMAMPIR, DISTRICT, REGENCY, *others)):
            staff.grant(office.service.db, clock, person, scope, "write")
    return sri, dewi


def meet(sri: Laptop, dewi: Laptop) -> None:
    """Everybody syncs until nobody has anything new: both hold what the server holds, to the last sum."""
    for laptop in (sri, dewi, sri):
        outcome = laptop.sync()
        assert (outcome.reason, outcome.equal, outcome.refused) == (None, True, 0)
    assert sums(sri) == sums(dewi)


def sums(laptop: Laptop) -> dict[str, tuple[int, int]]:
    """Count and content sum of every scope on a laptop."""
    return {scope.scope: (scope.count, scope.sum) for scope in outbox.scopes(laptop.store).values()}


def later(sri: Laptop, dewi: Laptop, **delta: float) -> None:
    """Time goes on for everybody."""
    for clock in (sri.office.clock, sri.clock, dewi.clock):
        clock.forward(**delta)


def registered(store: Store, n: int, village: str = PATOKAN, **values: Any) -> list[tuple[str, dict[str, Any]]]:
    """An owner with a business in a village, as rows for `save_all`."""
    owner_id, business_id = store.clock.new_id(), store.clock.new_id()
    where = {"scope": village, "village": village}
    told = {key: values.pop(key) for key in ("nik", "informed") if key in values}
    return [
        ("owner", fakes.owner(n, **where, **told) | {"id": owner_id}),
        ("business", fakes.business(owner_id, n, **where, **values) | {"id": business_id}),
    ]
