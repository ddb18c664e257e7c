"""Every paper is found from somewhere; what cannot be printed says why; the chooser works by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models import receipts
from models.store import Store
from reports import PAPERS
from reports.paper import Officer, Request
from tests.fakes import business, owner
from tests.ui.desk import Host
from ui import papers
from ui.context import Context
from ui.palette import open_palette
from ui.paper_chooser import PaperChooser, open_papers
from ui.paper_offer import Offer, Shown
from ui.words import papers as words

Show = Callable[..., QWidget]


@pytest.fixture
def siti(store: Store) -> dict[str, str]:
    """An owner with a business, a session, a case with documents, a seminar and a ticket of today."""
    person = store.save("owner", owner(1, name="Siti Aminah", informed="signed")).first_id("owner")
    links = {"owner_id": person, "business_id": store.save("business", business(person)).first_id("business")}
    agreed = {"owner_id": person, "informed": "signed", "given_on": "2026-11-20", "sharing": "yes"}
    store.save("consent", agreed)
    store.save("consultation", links | {"held_on": "2026-11-20", "topics": "brand", "place": "office"})
    case = {"service": "brand", "state": "documents", "opened_on": "2026-11-11"}
    case_id = store.save("facilitation", links | case).first_id("facilitation")
    for n in (1, 2):
        item = {"facilitation_id": case_id, "title": f"Dokumen {n}", "number": n, "mandatory": 1}
        store.save("checklist_item", item | {"state": "brought" if n == 1 else "missing"})
    event = {"name": "Klinik Patokan", "kind": "clinic", "held_on": "2026-11-24", "state": "planned"}
    event_id = store.save("event", event).first_id("event")
    guest = {"event_id": event_id, "number": 1, "name": "Siti Aminah", "owner_id": person, "presence": "present"}
    store.save("attendance", guest)
    desk = {"event_id": event_id, "letter": "B", "name": "Legalitas"}
    ticket = {"desk_id": store.save("event_desk", desk).first_id("event_desk"), "letter": "B", "number": 11}
    ticket |= {"event_id": event_id, "name": "Siti Aminah", "owner_id": person, "state": "waiting",
               "arrived_at": "2026-11-24T01:20:00Z"}  # fmt: skip
    store.save("ticket", ticket)
    return links


def all_offers(store: Store, shown: Shown) -> list[Offer]:
    return [offer for shelf in papers.SHELVES.values() for offer in shelf(store, shown)]


def test_every_paper_is_offered_somewhere(store: Store, siti: dict[str, str]) -> None:
    assert {offer.paper for offer in all_offers(store, Shown.of(siti))} == set(PAPERS)


def test_what_is_offered_can_be_collected(store: Store, siti: dict[str, str]) -> None:
    receipts.keep(store, receipts.Done({"owner": 1}, {"business": 2}))
    ready = [offer for offer in all_offers(store, Shown.of(siti)) if not offer.why_not]
    assert {offer.paper for offer in ready} == set(PAPERS) - {"kunci-pemulihan"}
    for offer in ready:
        args = {"owner_id": "", **offer.args}
        request = Request(
            number="X/1", today=store.clock.today(), officer=Officer("Sri"), scope=store.home_scope, **args
        )
        assert PAPERS[offer.paper].collect(store, request).subject, offer.paper


def test_an_owner_of_whom_little_is_known_is_told_what_is_missing(store: Store) -> None:
    person = store.save("owner", owner(2)).first_id("owner")
    why = {o.paper: o.why_not for o in papers.SHELVES["owner"](store, Shown(person))}
    assert (why["ringkasan"], why["data-saya"]) == (None, None)
    assert why["surat-usaha"] == why["data-oss"] == words.NO_BUSINESS
    assert (why["konsultasi"], why["daftar-dokumen"]) == (words.NO_SESSION, words.NO_CASE)
    assert (why["sertifikat"], why["antrean"]) == (words.NOT_PRESENT, words.NO_TICKET)


def test_of_who_refused_only_the_own_record_is_printed(store: Store, siti: dict[str, str]) -> None:
    store.save("owner", {"id": siti["owner_id"], "informed": "refused"})
    offers = papers.SHELVES["owner"](store, Shown.of(siti))
    assert [offer.paper for offer in offers if not offer.why_not] == ["data-saya"]


def test_sharing_needs_the_fourth_purpose(store: Store, siti: dict[str, str]) -> None:
    store.save(
        "consent", {"owner_id": siti["owner_id"], "informed": "signed", "given_on": "2026-11-21", "sharing": "no"}
    )
    why = {o.paper: o.why_not for o in papers.SHELVES["owner"](store, Shown.of(siti))}
    assert why["surat-pendampingan"] == words.NOT_SHARING


def test_typing_narrows_and_enter_opens(ctx: Context, host: Host, siti: dict[str, str], shown: Show) -> None:
    window = shown(QWidget())
    open_papers(window, ctx, siti)
    [chooser] = window.findChildren(PaperChooser)
    QTest.keyClicks(chooser.field, "daftar dok mer")
    lines = [item.text for item in chooser.list.items]
    assert lines[:2] == ["Untuk Siti Aminah", "Daftar Dokumen dan Tanda Terima"]
    assert chooser.list.items[1].sub == "Merek (HKI) · 1 dari 2 dokumen"
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    [(key, args)] = host.gone
    assert (key, args["paper"], args["owner_id"]) == ("preview", "daftar-dokumen", siti["owner_id"])


def test_one_guest_of_many_is_found_by_name(ctx: Context, host: Host, siti: dict[str, str], shown: Show) -> None:
    window = shown(QWidget())
    open_papers(window, ctx, {}, ("event",))
    [chooser] = window.findChildren(PaperChooser)
    subs = [item.sub for item in chooser.list.items]
    assert "Klinik Patokan: ketik nama peserta (1 hadir)" in subs
    assert not any("Siti" in sub for sub in subs)
    QTest.keyClicks(chooser.field, "sertif siti")
    assert [item.sub for item in chooser.list.items[1:]] == ["Siti Aminah · Klinik Patokan"]


def test_what_cannot_be_printed_is_passed_over(ctx: Context, store: Store, host: Host, shown: Show) -> None:
    person = store.save("owner", owner(2)).first_id("owner")
    window = shown(QWidget())
    open_papers(window, ctx, {"owner_id": person}, ("owner",))
    [chooser] = window.findChildren(PaperChooser)
    QTest.keyClicks(chooser.field, "surat")
    assert [item.off for item in chooser.list.items[1:]] == [True] * 3
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert host.gone == []
    assert chooser.isVisible()


def test_the_palette_knows_papers_by_name(ctx: Context, host: Host, siti: dict[str, str], shown: Show) -> None:
    palette = open_palette(shown(QWidget()), ctx, siti)
    QTest.keyClicks(palette.field, "rekomendasi")
    assert [item.text for item in palette.list.items[:2]] == ["Cetakan", "Surat Rekomendasi Pendaftaran Merek"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.gone[0][1]["paper"] == "rekomendasi-merek"
