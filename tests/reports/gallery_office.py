"""The sample office with everything a paper may be about, an owner of whom nothing is known, and an extreme one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models import sample
from models.store import Store
from reports.paper import Officer, Paper
from tests.fakes import FrozenClock
from tests.reports.samples import LONG

KEY = bytes(range(32))
SRI = Officer("Sri Wahyuni", "Kasie Patokan", "Kelurahan Patokan")
DINAS_KOP = {
    "above": "PEMERINTAH KABUPATEN PROBOLINGGO",
    "office": "DINAS KOPERASI, USAHA MIKRO,\nPERDAGANGAN DAN PERINDUSTRIAN",
    "address": "Jl. Contoh No. 00, Kraksaan 67282 · Telp. (0335) 000000 · dkupp@contoh.go.id",
}
OWN_KOP = {"address": "Jl. Contoh No. 00, Patokan, Kraksaan 67282"}
MARKUP = "<b>Toko</b> & <a href='http://contoh.id'>Anak</a> ]]> %s {x} \\n"


@contextmanager
def office() -> Iterator[Store]:
    """A real encrypted store with the sample office and the two odd owners."""
    with TemporaryDirectory() as folder:
        clock = FrozenClock(sample.MOMENT)
        store = Store.open(Path(folder) / "data.db", KEY, clock=clock, user=SRI.name, home_scope=sample.SCOPE)
        try:
            sample.build(store)
            store.set_setting("letterhead_dinas", DINAS_KOP)
            store.set_setting("letterhead", OWN_KOP)
            yield store
        finally:
            store.close()


def business(store: Store, name: str = "Batik Rengganis Ayu") -> dict[str, Any]:
    """A business of the sample office."""
    return store.find("business", name=name)[0]


def bare(store: Store) -> dict[str, str]:
    """An owner of whom only the name and the village are known, and a business likewise."""
    owner = {"name": "Tumini", "village": sample.SCOPE, "informed": "signed"}
    owner_id = store.save("owner", owner).first_id("owner")
    row = {"owner_id": owner_id, "name": "Warung Tumini", "village": sample.SCOPE}
    return {"owner_id": owner_id, "business_id": store.save("business", row).first_id("business")}


def extreme(store: Store) -> dict[str, str]:
    """An owner with endless names, markup in every text, sixty sessions and sixty follow-ups."""
    owner = {
        "name": LONG, "title_before": "Prof. Dr. Ir. H.", "title_after": "S.E., M.M., M.Si., Ph.D.", "nik": "3513145807829903",
        "sex": "P", "birth_date": "1982-07-18", "birth_place": "Probolinggo", "phone": "+6281200009903", "address": "x" * 300,
        "rt": 999, "rw": 999, "village": sample.SCOPE, "postal_code": "67282", "informed": "signed", "email": "a" * 80 + "@contoh.id",
    }  # fmt: skip
    owner_id = store.save("owner", owner).first_id("owner")
    row = {
        "owner_id": owner_id, "name": MARKUP, "activity": "Usaha " * 40, "kbli": "2025:10794", "nib": "9999999999999",
        "nib_date": "2026-10-14", "village": sample.SCOPE, "started": 1998, "sales_year": 1_999_999_999, "capital": 999_999_999,
        "numbers_year": 2025, "workers_men": 100, "workers_women": 200, "main_product": "Keripik " * 20, "premises": "own",
        "address": "Gang " * 40,
    }  # fmt: skip
    business_id = store.save("business", row).first_id("business")
    links = {"owner_id": owner_id, "business_id": business_id}
    store.save_all([("consultation", links | {
        "held_on": f"2026-{n % 11 + 1:02d}-{n % 27 + 1:02d}", "topics": "nib,pirt,halal,brand,packaging,financing",
        "note": f"Pertemuan ke-{n}. " + "Catatan yang cukup panjang. " * (n % 7), "advice": MARKUP, "staff_name": LONG,
    }) for n in range(1, 61)])  # fmt: skip
    store.save_all([("follow_up", links | {
        "kind": "owner_sends", "what": f"Langkah {n}. {MARKUP}", "due": "2026-12-01", "responsible": "me", "state": "open",
    }) for n in range(1, 61)])  # fmt: skip
    store.save("consent", {"owner_id": owner_id, "informed": "signed", "given_on": "2026-11-20", "filing": "yes",
                           "photo": "yes", "sharing": "yes"})  # fmt: skip
    return links


def about(store: Store, paper: Paper) -> dict[str, dict[str, Any]]:
    """What a paper that is not about an owner is about, in each variant."""
    return _ABOUT[paper.about](store)


def _the_office(_store: Store) -> dict[str, dict[str, Any]]:
    return {"blank": {}}


_ABOUT: dict[str, Callable[[Store], dict[str, dict[str, Any]]]] = {
    "office": _the_office,
}
