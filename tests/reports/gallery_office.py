"""The sample office, and what each paper is about in it: filled, with nothing known, and beyond all measure."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw

from models import periods, sample
from models.i18n import Words
from models.store import Store
from reports.paper import Officer, Paper
from reports.photo_sheet import Photo
from reports.sync_receipt import Counted, Sealed, Stood, Synced
from tests.offices import sample_office
from tests.reports.samples import LONG
from ui.shortcuts import SHORTCUTS

SRI = Officer("Sri Wahyuni", "Kasie Patokan", "Kelurahan Patokan")
DINAS_KOP = {
    "above": "PEMERINTAH KABUPATEN PROBOLINGGO",
    "office": "DINAS KOPERASI, USAHA MIKRO,\nPERDAGANGAN DAN PERINDUSTRIAN",
    "address": "Jl. Contoh No. 00, Kraksaan 67282 · Telp. (0335) 000000 · dkupp@contoh.go.id",
}
OWN_KOP = {"address": "Jl. Contoh No. 00, Patokan, Kraksaan 67282"}
MARKUP = "<b>Toko</b> & <a href='http://contoh.id'>Anak</a> ]]> %s {x} \\n"
NIK_EXTREME = "3513145807829903"

About = dict[str, Any]  # what `tests.reports.gallery.request` takes


@contextmanager
def office() -> Iterator[Store]:
    """A real encrypted store with the sample office."""
    with TemporaryDirectory() as folder:
        store = sample_office(Path(folder))
        try:
            store.set_setting("letterhead_dinas", DINAS_KOP)
            store.set_setting("letterhead", OWN_KOP)
            yield store
        finally:
            store.close()


def about(store: Store, paper: Paper, variant: str) -> About | None:
    """What a paper is about in one variant; None where there is no such variant. Made when it is missing."""
    make = _ABOUT[paper.key if paper.about == "given" else paper.about].get(variant)
    return make(store) if make else None


def business(store: Store, name: str = "Batik Rengganis Ayu") -> About:
    """A business of the sample office."""
    return store.find("business", name=name)[0]


def siti(store: Store) -> About:
    """Siti Aminah and her batik."""
    found = business(store)
    return {"owner_id": found["owner_id"], "business_id": found["id"]}


def bare(store: Store) -> About:
    """An owner of whom only the name and the village are known, and a business likewise."""
    owner = {"name": "Tumini", "village": sample.SCOPE, "informed": "signed"}
    owner_id = store.save("owner", owner).first_id("owner")
    store.save("consent", {"owner_id": owner_id, "informed": "signed", "given_on": "2026-11-20", "filing": "yes",
                           "sharing": "yes"})  # fmt: skip
    row = {"owner_id": owner_id, "name": "Warung Tumini", "village": sample.SCOPE}
    return {"owner_id": owner_id, "business_id": store.save("business", row).first_id("business")}


def extreme(store: Store) -> About:
    """An owner with endless names, markup in every text, sixty sessions and sixty follow-ups."""
    known = store.find("owner", nik=NIK_EXTREME)
    if known:
        return {"owner_id": known[0]["id"], "business_id": store.find("business", owner_id=known[0]["id"])[0]["id"]}
    owner = {
        "name": LONG, "title_before": "Prof. Dr. Ir. H.", "title_after": "S.E., M.M., M.Si., Ph.D.", "nik": NIK_EXTREME,
        "sex": "P", "birth_date": "1982-07-18", "birth_place": "Probolinggo", "phone": "+6281200009903", "address": "x" * 300,
        "rt": 999, "rw": 999, "village": sample.SCOPE, "postal_code": "67282", "informed": "signed", "email": "a" * 80 + "@contoh.id",
        "family_card": "3513142807829903", "npwp": NIK_EXTREME,
    }  # fmt: skip
    owner_id = store.save("owner", owner).first_id("owner")
    row = {
        "owner_id": owner_id, "name": MARKUP, "activity": "Usaha " * 40, "kbli": "2025:10794", "nib": "9999999999999",
        "nib_date": "2026-10-14", "village": sample.SCOPE, "started": 1998, "sales_year": 1_999_999_999, "capital": 999_999_999,
        "numbers_year": 2025, "workers_men": 100, "workers_women": 200, "main_product": "Keripik " * 20, "premises": "own",
        "address": "Gang " * 40, "brand": MARKUP,
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
    store.save_all([("product", {
        "business_id": business_id, "name": f"Produk {n} {MARKUP}", "capacity": 10**9, "unit": "lembar", "period": "week",
        "ingredients": "Tepung, garam, " * 40, "price": 10**9, "shelf_life_days": 365, "packaging": LONG,
    }) for n in range(1, 7)])  # fmt: skip
    store.save("consent", {"owner_id": owner_id, "informed": "signed", "given_on": "2026-11-20", "filing": "yes",
                           "photo": "yes", "sharing": "yes"})  # fmt: skip
    return links


def _case(store: Store, case: About, items: list[tuple[str, str]]) -> str:
    """A facilitation with documents: what they are called and whether they are there."""
    case_id = store.save("facilitation", case).first_id("facilitation")
    store.save_all([("checklist_item", {
        "facilitation_id": case_id, "title": title, "number": number, "mandatory": 1, "state": state,
        "brought_on": "2026-11-11" if state == "brought" else None,
    }) for number, (title, state) in enumerate(items, start=1)])  # fmt: skip
    return case_id


def lilik(store: Store) -> About:
    """Lilik Rohmawati at desk 2 of the clinic, as the pictures have her."""
    event = {"name": "Bupati Ngantor di Kecamatan", "kind": "clinic", "held_on": "2026-11-24", "starts": "08.00",
             "ends": "12.00", "place": "Pendopo Kec. Kraksaan", "state": "planned"}  # fmt: skip
    event_id = store.save("event", event).first_id("event")
    desk_id = store.save("event_desk", {"event_id": event_id, "letter": "B", "name": "Legalitas"}).first_id(
        "event_desk"
    )
    owner = {"name": "Lilik Rohmawati", "nik": "3513145209799929", "sex": "P", "phone": "+6281200000233",
             "village": "3513141003", "informed": "signed"}  # fmt: skip
    owner_id = store.save("owner", owner).first_id("owner")
    row = {"owner_id": owner_id, "name": "Dodol Mangga Barokah", "village": "3513141003"}
    links = {"owner_id": owner_id, "business_id": store.save("business", row).first_id("business")}
    advice = (
        "Ganti plastik bening dengan standing pouch. Label memuat nama produk, komposisi, berat bersih, nama dan alamat "
        "produsen, kode produksi, tanggal kedaluwarsa, dan No. P-IRT. Ajukan halal lewat pernyataan mandiri; logo halal "
        "dipasang setelah sertifikat terbit."
    )
    held = {"held_on": "2026-11-24", "started_at": "2026-11-24T02:38:48Z", "topics": "halal,packaging", "advice": advice,
            "staff_name": "Dewi Anggraini", "place": "event"}  # fmt: skip
    consultation_id = store.save("consultation", links | held).first_id("consultation")
    ticket = {"event_id": event_id, "letter": "B", "number": 11, "desk_id": desk_id, "name": owner["name"], "state": "called",
              "arrived_at": "2026-11-24T01:20:00Z", "consultation_id": consultation_id, "business_name": row["name"],
              "topics": "halal,packaging", "village": "3513141003"}  # fmt: skip
    ticket_id = store.save("ticket", links | ticket).first_id("ticket")
    case = {
        "service": "halal",
        "state": "documents",
        "opened_on": "2026-11-24",
        "consultation_id": consultation_id,
    } | links
    titles = (
        ["NIB", "KTP", "Daftar produk"],
        ["Daftar bahan dan bukti halalnya", "Uraian proses produksi", "Foto produk"],
    )
    _case(
        store,
        case,
        [(title, state) for state, group in zip(("brought", "missing"), titles, strict=True) for title in group],
    )
    store.save("follow_up", links | {"kind": "visit", "what": "Kasie Semampir", "due": "2026-12-01", "responsible": "kasie",
                                     "responsible_name": "Rini Astuti", "state": "open", "consultation_id": consultation_id})  # fmt: skip
    return {"owner_id": owner_id, "record_id": consultation_id, "ticket_id": ticket_id}


def _endless_session(store: Store) -> About:
    endless = extreme(store)
    held = store.find("consultation", owner_id=endless["owner_id"])[0]
    case = {
        "service": "halal",
        "state": "documents",
        "opened_on": "2026-11-11",
        "consultation_id": held["id"],
    } | endless
    _case(store, case, [(f"Dokumen {n}. {MARKUP}", "brought" if n % 3 else "missing") for n in range(1, 61)])
    store.save("follow_up", endless | {"kind": "visit", "what": LONG, "due": "2026-12-01", "responsible": "kasie",
                                       "responsible_name": LONG, "state": "open", "consultation_id": held["id"]})  # fmt: skip
    return {"owner_id": endless["owner_id"], "record_id": held["id"]}


WORKSHOP = {
    "name": "Workshop Peningkatan Kualitas Produk dan Kemasan", "kind": "workshop", "held_on": "2026-11-26", "starts": "08.00",
    "ends": "15.00", "place": "Aula Kecamatan Kraksaan", "state": "planned", "target": 120,
}  # fmt: skip


def _workshop(store: Store) -> About:
    """120 invited guests, most of them owners of the sample office."""
    event_id = store.save("event", WORKSHOP).first_id("event")
    known = [b for b in store.find("business") if b["name"] != MARKUP]
    owners = {o["id"]: o for o in store.find("owner")}
    guests = []
    for number in range(1, 121):
        found = known[number % len(known)]
        owner = owners[found["owner_id"]]
        guests.append({"event_id": event_id, "number": number, "name": owner["name"], "owner_id": owner["id"], "invited": 1,
                       "business_name": found["name"], "village": owner["village"], "presence": "present"})  # fmt: skip
    store.save_all([("attendance", guest) for guest in guests])
    return {"record_id": event_id, "given": photos(4)}


def _endless_workshop(store: Store) -> About:
    event = WORKSHOP | {"name": MARKUP * 3, "place": LONG, "until": "2026-11-28", "minutes": "Uraian panjang. " * 200}
    event_id = store.save("event", event).first_id("event")
    store.save_all([("attendance", {
        "event_id": event_id, "number": number, "name": LONG, "business_name": MARKUP, "village": sample.SCOPE, "presence": "present",
    }) for number in range(1, 61)])  # fmt: skip
    return {"record_id": event_id, "given": [replace(p, caption=MARKUP, place_and_time=LONG) for p in photos(9)]}


def _trade_mark(store: Store) -> About:
    """The case of Siti Aminah; two documents were left here today."""
    found = store.find("facilitation", business_id=business(store)["id"], service="brand")[0]
    today = store.clock.today().isoformat()
    for item in store.find("checklist_item", facilitation_id=found["id"])[3:5]:
        store.save("checklist_item", {"id": item["id"], "state": "brought", "brought_on": today})
    return {"owner_id": found["owner_id"], "record_id": found["id"]}


def _endless_case(store: Store) -> About:
    endless = extreme(store)
    titles = [(f"Dokumen {n}. {MARKUP}", "brought" if n % 3 else "missing") for n in range(1, 61)]
    case_id = _case(store, endless | {"service": "halal", "state": "documents", "opened_on": "2026-11-11"}, titles)
    return {"owner_id": endless["owner_id"], "record_id": case_id}


def _handover(store: Store, work: list[str], giver: str, taker: str) -> About:
    row = {"from_id": "a", "from_name": giver, "to_id": "b", "to_name": taker, "handed_on": "2026-11-24"}
    return {"record_id": store.save("handover", row | {"items": "\n".join(work)}).first_id("handover")}


def _endless_handover(store: Store) -> About:
    endless = extreme(store)
    work = [f"follow_up {row['id']}" for row in store.find("follow_up", owner_id=endless["owner_id"])]
    case_id = _case(
        store, endless | {"service": "halal", "state": "documents", "opened_on": "2026-11-11"}, [(MARKUP, "missing")]
    )
    return _handover(store, [*work, *([f"facilitation {case_id}"] * 60)], LONG, LONG)


def _guest(store: Store, event: About) -> About:
    return {
        "record_id": store.find("attendance", event_id=event["record_id"])[
            80 % store.count("attendance", event_id=event["record_id"])
        ]["id"]
    }


def _endless_ticket(store: Store) -> About:
    event = _endless_workshop(store)["record_id"]
    desk_id = store.save("event_desk", {"event_id": event, "letter": "Z", "name": LONG}).first_id("event_desk")
    ticket = {"event_id": event, "letter": "Z", "number": 99999, "desk_id": desk_id, "name": LONG, "state": "waiting",
              "arrived_at": "2026-11-24T01:20:00Z", "topics": "nib,pirt,halal,brand,packaging,financing"}  # fmt: skip
    return {"record_id": store.save("ticket", ticket).first_id("ticket")}


def photos(count: int) -> list[Photo]:
    """Invented pictures of a room, upright and lying."""
    made: list[Photo] = []
    for number in range(count):
        size = (900, 600) if number % 3 else (500, 800)
        picture = Image.new("L", size, 200)
        draw = ImageDraw.Draw(picture)
        for seat in range(5):
            draw.ellipse((60 + seat * 90, 300, 120 + seat * 90, 360), fill=90)
        draw.text((20, 20), str(number), fill=0)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=60)
        made.append(
            Photo(
                out.getvalue(), f"Pemaparan materi bagian {number + 1}", f"13.{number:02d} WIB · Aula Kelurahan Patokan"
            )
        )
    return made


def _nothing(_store: Store) -> About:
    return {}


DAY = sample.MOMENT.date()
SYNCED = Synced(
    sample.MOMENT,
    [Counted(Words("Pelaku usaha", "Owners"), 1, 2), Counted(Words("Usaha", "Businesses"), 1, 1), Counted(Words("Sesi", "Sessions"), 12, 2),
     Counted(Words("Tindak lanjut", "Follow-ups"), 8, 0, 3)],
    equal=True, laptop="PATOKAN-1", server="dampingi.contoh.go.id", sum="9f3a c2d1 77b0 04ee",
    sealed=Sealed(
        [Stood("Kab. Probolinggo", 4, "e47f 5a1c 0b3d 9c25"), Stood("Kelurahan Patokan", 91, "4ba1 c83e 2d77 68b1")],
        '["01a20b6e-7cc0-7b8a-a08a-da77bc3bd511","2026-11-24T02:43:02.118Z",{"3513":[4,4,-1981857488394738917],'
        '"3513141017":[122,91,5449771378395025377]}]', "Wm9uZGVyIHNsZXV0ZWw" * 4 + "dGVrZW5pbmc=", genuine=True),
)  # fmt: skip
# What a paper is about (its key where the screen hands the data over) -> variant -> how it comes to be.
_ABOUT: dict[str, dict[str, Callable[[Store], About]]] = {
    "owner": {"filled": siti, "blank": bare, "extreme": extreme},
    "office": {"blank": _nothing},
    "consultation": {"filled": lilik, "blank": _nothing, "extreme": _endless_session},
    "event": {"filled": _workshop, "blank": _nothing, "extreme": _endless_workshop},
    "attendance": {"filled": lambda store: _guest(store, _workshop(store)), "extreme": lambda store: _guest(store, _endless_workshop(store))},
    "ticket": {"filled": lambda store: {"record_id": lilik(store)["ticket_id"]}, "extreme": _endless_ticket},
    "facilitation": {"filled": _trade_mark, "blank": lambda _: {"given": "pirt"}, "extreme": _endless_case},
    "handover": {
        "filled": _nothing, "blank": lambda store: _handover(store, [], "Tumini", "Sutrisno"), "extreme": _endless_handover,
    },
    "kartu-pintasan": {
        "filled": lambda _: {"given": [(key.printed, key.act) for key in SHORTCUTS.values()]},
        "extreme": lambda _: {"given": [(Words("Ctrl+Shift+Alt+PageDown", ""), Words(LONG, MARKUP))] * 60},
    },
    "tanda-sinkron": {
        "filled": lambda _: {"given": SYNCED}, "blank": lambda _: {"given": Synced(sample.MOMENT, [])},
        "extreme": lambda _: {"given": replace(SYNCED, counted=[Counted(Words(LONG, LONG), 10**6, 10**6, 10**6)] * 60,
                                               equal=False, refused=10**6, server=MARKUP, sum="9f" * 32)},
    },
    "kunci-pemulihan": {
        "filled": lambda _: {"given": "7KQ2-M9XA-4TWE-HR3C-P6NB-Z5DG"}, "extreme": lambda _: {"given": "-".join(["WWWW"] * 12)},
    },
    "laporan": {
        "filled": lambda _: {"given": periods.month(DAY)}, "blank": lambda _: {"given": periods.month(DAY.replace(year=2020))},
        "extreme": lambda _: {"given": periods.year(DAY)},
    },
}  # fmt: skip
