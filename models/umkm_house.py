"""The shelf of the Rumah UMKM: handing in, counting, paying out, and the sums of it."""

from dataclasses import dataclass
from datetime import date

from models.acts import known
from models.consignment import COMMISSION, Sales, count_fits, sales
from models.errors import InvalidRecord
from models.i18n import Words, rupiah
from models.schema import Problem, Row
from models.store import Changes, Store

OVERPAID = Words("Sisa hak pemilik tinggal {rest}. Tulis paling banyak sebesar itu.",
                 "The owner is still owed {rest}. Write at most that.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """One line of the list: a consignment, whose it is, and its sums."""

    row: Row
    business: str
    sales: Sales
    ask: Words | None  # what to ask when the count does not fit


def shelf(store: Store) -> list[Shelf]:
    """Every consignment, oldest first."""
    rows = store.find("consignment")
    paid = dict(store.query(
        "SELECT consignment_id, sum(amount) FROM consignment_payment WHERE deleted IS NULL GROUP BY consignment_id"
    ))  # fmt: skip
    names = {b["id"]: b["name"] for b in store.find_in("business", "id", {r["business_id"] for r in rows})}
    return [Shelf(r, names.get(r["business_id"], ""), sales(r, paid.get(r["id"], 0)), count_fits(r)) for r in rows]


def total(lines: list[Shelf]) -> Sales:
    """The sums of many lines."""
    return sum((line.sales for line in lines), Sales())


def hand_in(store: Store, business_id: str, item: str, price: int, given: int, day: date) -> tuple[Changes, str]:
    """A business hands in goods; answers the id of the consignment."""
    owner_id = known(store, "business", business_id)["owner_id"]
    row: Row = {
        "id": store.clock.new_id(), "owner_id": owner_id, "business_id": business_id, "item": item,
        "price": price, "given": given, "given_on": day.isoformat(), "commission": COMMISSION,
    }  # fmt: skip
    return store.save("consignment", row), row["id"]


def count(store: Store, consignment_id: str, *, sold: int, returned: int, on_shelf: int, lost: int = 0) -> Changes:
    """The shelf was counted. Raises InvalidRecord when the count does not fit: it is asked about, never corrected."""
    counted: Row = {"sold": sold, "returned": returned, "on_shelf": on_shelf, "lost": lost}
    row = known(store, "consignment", consignment_id) | counted
    if words := count_fits(row):
        raise InvalidRecord([Problem("error", "count", words, "on_shelf")])
    counted |= {"id": consignment_id, "counted_on": store.clock.today().isoformat()}
    return store.save("consignment", counted)


def pay_out(store: Store, consignment_id: str, amount: int, day: date, receipt: str = "") -> tuple[Changes, Row]:
    """Hand the owner money; answers the payment, for its receipt. InvalidRecord beyond what is owed."""
    row = known(store, "consignment", consignment_id)
    paid = store.find("consignment_payment", consignment_id=consignment_id)
    rest = sales(row, sum(p["amount"] for p in paid)).rest
    if amount > rest:
        raise InvalidRecord([Problem("error", "overpaid", OVERPAID.fill(rest=rupiah(rest)), "amount")])
    payment: Row = {
        "id": store.clock.new_id(), "owner_id": row["owner_id"], "consignment_id": consignment_id,
        "amount": amount, "paid_on": day.isoformat(), "receipt": receipt,
    }  # fmt: skip
    return store.save("consignment_payment", payment), payment
