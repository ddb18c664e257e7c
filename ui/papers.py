"""Where each paper is found: one table for profile, session, Laporan, Sinkronisasi and the palette.

`offers` asks the store what can be printed for what is on the screen. A paper that has nothing to say
is offered all the same, with the reason in place of a way to print it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import urlsplit

from models import periods, receipts
from models.entities import SYNCED
from models.events import code
from models.i18n import Lang, Words, clock_time, number, short_date
from models.receipts import Seal, SyncReceipt, grouped
from models.reference import region
from models.schema import Row
from models.search import words
from models.services import SERVICES, items
from models.store import Store
from reports import PAPERS
from reports.sync_receipt import Counted, Sealed, Stood, Synced
from ui import owner_papers
from ui.paper_offer import Offer, Shown, day_text, event_words, said
from ui.shortcuts import SHORTCUTS
from ui.words import papers as w

EVENTS, HANDOVERS, RECEIPTS = 6, 3, 5  # so many of each are offered, the newest
LETTERS = 3  # of a paper's name, before the palette offers it


def _of_events(store: Store, _shown: Shown) -> list[Offer]:
    """The lists of the newest events, and each guest's certificate and number."""
    events = sorted(store.find("event"), key=lambda e: e["held_on"], reverse=True)[:EVENTS]
    if not events:
        return [Offer(key, why_not=w.NO_EVENT) for key in ("daftar-hadir", "dokumentasi", "sertifikat", "antrean")]
    ids = [event["id"] for event in events]
    guests = [g for g in store.find_in("attendance", "event_id", ids) if g["presence"] == "present"]
    tickets = store.find_in("ticket", "event_id", ids)
    found: list[Offer] = []
    for event in events:
        detail = event_words(event)
        found += [Offer(key, detail, {"record_id": event["id"]}) for key in ("daftar-hadir", "dokumentasi")]
        found += _each_guest("sertifikat", event, guests, w.TYPE_GUEST, lambda g: str(g["name"]))
        found += _each_guest("antrean", event, tickets, w.TYPE_TICKET, lambda t: f"{code(t)} {t['name']}")
    return found


def _each_guest(paper: str, event: Row, rows: Iterable[Row], hint: Words, called: Callable[[Row], str]) -> list[Offer]:
    mine = [row for row in rows if row["event_id"] == event["id"]]
    if not mine:
        return []
    found = [Offer(paper, why_not=hint.fill(event=event["name"], n=len(mine)))]
    for row in mine:
        detail = w.GUEST.fill(guest=called(row), event=event["name"])
        found.append(Offer(paper, detail, {"record_id": row["id"]}, one_of_many=True))
    return found


def _of_work(store: Store, _shown: Shown) -> list[Offer]:
    """The report of this month and the last, the handovers, and what else the office keeps."""
    this = periods.month(store.clock.today())
    found = [Offer("laporan", month.words, {"given": month}) for month in (this, this.before()) if month]
    found.append(Offer("serah-terima", w.OPEN_WORK))
    kept = sorted(store.find("handover"), key=lambda h: h["handed_on"], reverse=True)[:HANDOVERS]
    found += [Offer("serah-terima", said(w.HANDED, partial(_handed, row)), {"record_id": row["id"]}) for row in kept]
    found += _receipts(store)
    keys = [(s.printed, s.act) for s in SHORTCUTS.values()]
    return [*found, Offer("kartu-pintasan", args={"given": keys}), Offer("kunci-pemulihan", why_not=w.KEY_ONCE)]


def _receipts(store: Store) -> list[Offer]:
    """The receipts of the latest syncs."""
    found = [
        Offer("tanda-sinkron", said(w.RECEIPT, partial(_received, store, receipt)), {"given": synced(store, receipt)})
        for receipt in receipts.kept(store, RECEIPTS)
    ]
    return found or [Offer("tanda-sinkron", why_not=w.NO_RECEIPT)]


def _received(store: Store, receipt: SyncReceipt, lang: Lang) -> dict[str, object]:
    at = receipt.at.astimezone(store.clock.zone)
    when = f"{short_date(at.date(), lang, year=True)} {clock_time(receipt.at, lang, store.clock.zone)}"
    return {"when": when, "sent": number(receipt.sent, lang), "received": number(receipt.received, lang)}


def synced(store: Store, receipt: SyncReceipt) -> Synced:
    """A kept receipt as the paper takes it."""
    names = {line.entity: SYNCED[line.entity].plural for line in receipt.lines if line.entity in SYNCED}
    counted = [
        Counted(names.get(line.entity, w.OTHER_SORT), line.sent, line.received, line.waiting) for line in receipt.lines
    ]
    server: dict[str, str] = store.setting("sync.server") or {}
    address = urlsplit(server.get("address", "")).hostname or ""
    sealed = _sealed(receipt.seal) if receipt.seal else None
    return Synced(receipt.at, counted, receipt.refused, receipt.mended, receipt.equal,
                  server=address, sum=receipt.sum, sealed=sealed)  # fmt: skip


def _sealed(seal: Seal) -> Sealed:
    stands = [Stood(_place(scope), count, grouped(total)) for scope, (_, count, total) in seal.stands.items()]
    return Sealed(stands, seal.text, seal.signature, seal.genuine)


def _place(scope: str) -> str:
    known = region(scope)
    return known.name if known else scope


def _handed(row: Row, lang: Lang) -> dict[str, object]:
    return {"giver": row["from_name"], "taker": row["to_name"], "day": day_text(row["handed_on"], lang)}


def _blank(_store: Store, _shown: Shown) -> list[Offer]:
    """The forms that are filled by hand."""
    found = [Offer(key, w.BLANK) for key in ("formulir", "konsultasi", "konsultasi-2", "daftar-hadir", "dokumentasi")]
    listed = {item.service for item in items().values()}
    for service in (SERVICES[key] for key in SERVICES if key in listed):
        detail = said(w.BLANK_LIST, lambda lang, name=service.short: {"service": name.to(lang)})
        found.append(Offer("daftar-dokumen", detail, {"given": service.code}))
    return found


SHELVES: dict[str, Callable[[Store, Shown], list[Offer]]] = {
    "owner": owner_papers.offers,
    "work": _of_work,
    "event": _of_events,
    "blank": _blank,
}


def shelves(store: Store, shown: Shown, wanted: Iterable[str]) -> list[tuple[Words, list[Offer]]]:
    """The wanted shelves with what stands on them; an empty one is left out."""
    owner = store.get("owner", shown.owner_id) if shown.owner_id else None
    heads = w.SHELVES | {"owner": w.SHELVES["owner"].fill(name=owner["name"] if owner else "")}
    found = ((heads[key], SHELVES[key](store, shown)) for key in wanted)
    return [(head, offers) for head, offers in found if offers]


def fits(offer: Offer, typed: str) -> bool:
    """Whether every typed word begins one of the offer's, in either language; nothing typed fits most."""
    wanted = words(typed)
    if not wanted:
        return not offer.one_of_many
    parts = (offer.title, offer.detail, *((offer.why_not,) if offer.why_not else ()))
    there = words(" ".join(text for part in parts for text in (part.id, part.en)))
    return all(any(one.startswith(word) for one in there) for word in wanted)


def named(store: Store, typed: str, shown: Shown) -> list[Offer]:
    """The papers whose name begins as typed, for the record shown and for the office: what the palette offers."""
    wanted = [word for word in words(typed) if len(word) >= LETTERS]
    keys = {key for key, paper in PAPERS.items() if wanted and all(_begins(paper.title, word) for word in wanted)}
    if not keys:
        return []
    found = [offer for shelf in SHELVES.values() for offer in shelf(store, shown)]
    return [offer for offer in found if offer.paper in keys and not offer.one_of_many]


def _begins(title: Words, typed: str) -> bool:
    return any(word.startswith(typed) for word in words(f"{title.id} {title.en}"))
