"""Kantor contoh: the office of the pictures, inside two years of its kecamatan.

Kelurahan Patokan is told in `resources/sample` (`models/sample_office.py`): its figures are those of the
pictures. The neighbours are invented from a seed (`models/sample_neighbours.py`); this laptop may read them.
"""

from datetime import datetime

from models import outbox
from models.clock import iso
from models.entities import SYNCED
from models.numbering import MARK
from models.sample_neighbours import VILLAGES, neighbours
from models.sample_office import MOMENT, REGENCY, SCOPE, SESSION_MARK, Office, Record
from models.store import Store
from models.summaries import RECENT

LAST_OPENED = ("Batik Rengganis Ayu", "Keripik Talas Bu Sum", "Sirup Anggur Bayuangga", "Kerupuk Ikan Suliha")
ARRIVED = ("ticket", "facilitation_step")  # recorded this morning, but not waiting: the hub has the queue
_ORDER = {name: place for place, name in enumerate(SYNCED)}


def build(store: Store, now: datetime = MOMENT) -> None:
    """Writes the office as it stands at `now`; with another day than its own, all its days move along.

    What was recorded on the last day waits to be sent, the rest is taken as sent.
    """
    office = Office(now)
    told = list(office.records())
    morning = iso(office.moment(f"{MOMENT:%Y-%m-%d} 00:00"))
    fresh = {row["id"] for entity, row in told if row["created_at"] >= morning and entity not in ARRIVED}
    sent = [(entity, row | office.old.get(row["id"], {})) for entity, row in told if row["id"] not in fresh]
    waiting = [(entity, row) for entity, row in told if row["id"] in fresh or row["id"] in office.old]
    access = {SCOPE: "write", SCOPE[:6]: "write", REGENCY: "write"} | dict.fromkeys((v.code for v in VILLAGES), "read")
    outbox.set_grants(store, 1, access)
    with store.transaction(applying=True):
        store.save_all(_sorted([*sent, *neighbours(office)]))
    with store.transaction():
        store.save_all(waiting)
        store.set_setting("staff_id", office.ids["staff", "Sri Wahyuni"])
        store.set_setting(MARK, SESSION_MARK)
        store.set_setting(RECENT, [["business", office.ids["business", name]] for name in LAST_OPENED])


def _sorted(records: list[Record]) -> list[Record]:
    """One entity after the other, which a store takes much faster."""
    return sorted(records, key=lambda record: _ORDER[record[0]])
