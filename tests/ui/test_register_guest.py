"""Titipan in Daftarkan usaha: said in time, for a guest alone, and never in the way of saving."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from models import access
from models.store import Store
from server import staff
from tests.fakes import VILLAGE, FrozenClock, business, owner
from tests.sync.office import Office
from tests.ui.desk import Desk
from tests.ui.printers import FakeDesk
from ui.context import Context
from ui.owners_page import OwnersPage
from ui.owners_search import NothingFound
from ui.preview_page import PreviewPage
from ui.register_page import RegisterPage
from ui.widgets import ChoiceSearchEdit
from ui.words import register as words

GUESTS, KECAMATAN = "3513242008", "351314"


EVENT = {"name": "Ngantor", "kind": "clinic", "held_on": "2026-11-24", "state": "planned", "scope": KECAMATAN}


@pytest.fixture
def clinic(store: Store) -> Store:
    """A consultant of the kecamatan on the day of its event."""
    scopes = (VILLAGE, KECAMATAN)
    store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write'), (?, 'write')", scopes)
    store.home_scope = KECAMATAN
    store.save("event", EVENT)
    return store


@pytest.fixture
def desk(ctx: Context, clinic: Store, shown: Callable[..., QWidget]) -> Iterator[Desk]:
    made = Desk(ctx, RegisterPage)
    shown(made)
    made.page.open()
    yield made
    made.page.leave()


def page(desk: Desk) -> RegisterPage:
    assert isinstance(desk.page, RegisterPage)
    return desk.page


def live_in(desk: Desk, village: str) -> None:
    edit = page(desk).form.form.editors["owner.village"].widget
    assert isinstance(edit, ChoiceSearchEdit)
    edit.set_value(village)
    edit.chosen.emit(village)


def note(desk: Desk) -> tuple[str, str]:
    guest = page(desk).view.guest
    return ("", "") if guest.box.isHidden() else (guest.chip.text(), guest.why.text())


def test_a_guest_is_named_and_where_the_records_go(desk: Desk) -> None:
    assert note(desk) == ("", "")
    live_in(desk, GUESTS)
    assert note(desk) == ("Titipan: Kec. Lumbang", words.GUEST.id)
    live_in(desk, VILLAGE)
    assert note(desk) == ("", "")


def test_without_an_event_it_warns_in_time_and_saves_all_the_same(
    desk: Desk, clinic: Store, clock: FrozenClock
) -> None:
    clock.forward(days=60)
    live_in(desk, GUESTS)
    assert note(desk) == ("Titipan: Kec. Lumbang", words.GUEST_WAITS.id)
    page(desk).form.form.write({"owner.name": "Suparmi", "owner.phone": "081200000791", "business.name": "Keripik"})
    desk.submit()
    desk.type("1")
    desk.submit()
    (owner,) = clinic.find("owner")
    assert (owner["name"], owner["scope"]) == ("Suparmi", GUESTS)
    page(desk).open(owner_id=owner["id"], business_id=clinic.find("business")[0]["id"])
    assert note(desk)[0] == "Titipan: Kec. Lumbang", "known again when it is corrected"
    live_in(desk, VILLAGE)
    assert note(desk)[0] == "Titipan: Kec. Lumbang", "another address moves no record"
    page(desk).open()
    assert note(desk) == ("", "")


def test_a_draft_of_a_guest_says_it_again(desk: Desk) -> None:
    live_in(desk, GUESTS)
    desk.type("Suparmi")
    page(desk).save_draft()
    key = page(desk).draft.key
    page(desk).open(business_name="Lain")
    assert note(desk) == ("", "")
    page(desk).open(draft=key)
    assert note(desk)[0] == "Titipan: Kec. Lumbang"


def test_the_summary_of_a_guest_who_left_may_be_printed_the_same_day(
    ctx: Context, clock: FrozenClock, shown: Callable[..., QWidget], tmp_path: Path
) -> None:
    office = Office(clock)
    clinic = office.laptop("Lilik Sumarni")
    staff.grant(office.service.db, office.clock, clinic.device.sender.user, KECAMATAN, "write")
    clinic.sync()
    clinic.save("event", **EVENT)
    clinic.save("owner", **owner(3, name="Tutik", scope=VILLAGE))
    suparmi = clinic.save("owner", **owner(7, name="Suparmi", scope=GUESTS, village=GUESTS))
    clinic.save("business", **business(suparmi, name="Keripik Suparmi", scope=GUESTS, village=GUESTS))
    clinic.sync()
    assert clinic.store.get("owner", suparmi) is None
    ctx.background.store = clinic.store  # pyright: ignore[reportAttributeAccessIssue]
    owners = Desk(ctx, OwnersPage)
    shown(owners)
    owners.page.open(text="suparmi")
    nothing = owners.page.findChildren(NothingFound)[0]
    assert nothing.guest.text() == "Suparmi: titipan hari ini, sudah dikirim ke Desa Lumbang."
    nothing.print_guest.click()
    assert owners.went == [("preview", {"owner_id": suparmi})]

    preview = Desk(ctx, lambda context: PreviewPage(context, FakeDesk(tmp_path)))
    shown(preview)
    preview.page.open(**owners.went[0][1])
    assert "Suparmi" in preview.page.title()
    page_of = preview.page
    assert isinstance(page_of, PreviewPage)
    page_of.options.nik_wanted.emit("Koperasi Contoh")
    assert [v.purpose for v in access.viewings(clinic.store, "owner", suparmi)] == ["Koperasi Contoh"]
    assert clinic.store.get("owner", suparmi) is None, "nothing of it stays"
    clinic.clock.forward(days=1)
    owners.page.open(text="suparmi")
    assert nothing.guest.isHidden()


def test_a_kelurahan_says_so_on_the_day_of_an_event_alone(
    ctx: Context, store: Store, clock: FrozenClock, shown: Callable[..., QWidget]
) -> None:
    store.query("INSERT INTO sync_scope (scope, access) VALUES (?, 'write'), (?, 'read')", (VILLAGE, KECAMATAN))
    store.save("event", EVENT)
    desk = Desk(ctx, RegisterPage)
    shown(desk)
    desk.page.open()
    live_in(desk, GUESTS)
    assert note(desk) == ("Titipan: Kec. Lumbang", words.GUEST.id)
    clock.forward(days=1)
    live_in(desk, GUESTS)
    assert note(desk) == ("", "")
    desk.page.leave()
