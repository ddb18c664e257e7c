"""Pelaku Usaha: typing, chips, orders, the panel, and what its keys do."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from models import access
from models.lists import FILTERS, SORTS, ListQuery
from models.store import Store
from tests.factories import consultation, follow_up, register
from tests.fakes import owner
from tests.ui.desk import Desk
from ui.context import Context
from ui.owner_panel import address
from ui.owners_page import OwnersPage
from ui.widgets import StatusChip

Show = Callable[..., QWidget]
SITI = {"name": "Siti Aminah", "nik": "3513144705829917", "phone": "+6281200000142", "informed": "signed"}


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    """Siti's business, with sessions and a late follow-up, between two others and an owner without one."""
    register(store, 2, owner={"name": "Yuliana", "nik": "3513146111750000"}, name="Stik Mangga Renyah")
    siti = register(store, 1, owner=SITI, name="Batik Rengganis Ayu", activity="Batik tulis", nib="0000000000142",
                    main_product="Batik motif mangga", rt=3, rw=2, sales_year=186_000_000)  # fmt: skip
    for day, note in (("2026-11-20", "Menjajaki KUR mikro."), ("2026-10-02", "NIB"), ("2026-09-01", "NIB")):
        store.save("consultation", consultation(**siti, held_on=day, note=note, place="visit", staff_name="Dewi"))
    store.save("follow_up", follow_up(**siti, due="2026-11-20", what="Ambil etiket"))
    register(store, 3, owner={"name": "Tutik"}, name="Sambal Pecel Bu Tutik", nib="0000000000266")
    store.save("owner", owner(9, name="Hartatik", nik=None, informed="signed"))
    return siti


@pytest.fixture
def desk(ctx: Context, ids: dict[str, str], shown: Show) -> Desk:
    """The page of that office in a window."""
    made = Desk(ctx, OwnersPage)
    ctx.events.changed.connect(made.page.refresh)
    shown(made)
    page(made).open()
    return made


def page(desk: Desk) -> OwnersPage:
    assert isinstance(desk.page, OwnersPage)
    return desk.page


def listed(desk: Desk) -> list[str]:
    """The names in the list."""
    rows = page(desk).table.rows
    found = [rows.row(i) for i in range(len(rows.ids))]
    return [row["business"] or row["owner"] for row in found if row]


def panel_texts(desk: Desk) -> list[str]:
    """Every text on the panel."""
    QApplication.processEvents()
    return [w.text() for w in page(desk).panel.findChildren(QLabel) if w.isVisible() and w.text()]


def count(desk: Desk) -> str:
    return page(desk).search.accessibleDescription()


def test_lists_everything_with_the_caret_in_the_search_field(desk: Desk) -> None:
    assert set(listed(desk)) == {"Batik Rengganis Ayu", "Stik Mangga Renyah", "Sambal Pecel Bu Tutik", "Hartatik"}
    assert count(desk) == "3 usaha"
    assert page(desk).search.hasFocus()
    assert not page(desk).panel.isVisible()


def test_typing_filters_at_each_letter(desk: Desk) -> None:
    desk.type("sit")
    assert listed(desk) == ["Batik Rengganis Ayu"]
    assert count(desk) == "1 dari 3 usaha"
    desk.press(Qt.Key.Key_Escape)
    assert len(listed(desk)) == 4


@pytest.mark.parametrize("key", [f.key for f in FILTERS])
def test_a_chip_filters_and_can_be_cleared(desk: Desk, key: str) -> None:
    page(desk).chips[key].click()
    assert page(desk).controls.query.filters == (key,)
    assert page(desk).controls.clear.isVisible()
    page(desk).controls.clear.click()
    assert page(desk).controls.query == ListQuery()
    assert not page(desk).chips[key].isChecked()


def test_the_order_is_chosen_from_a_menu(desk: Desk) -> None:
    page(desk).controls.sort.click()
    menu = page(desk).findChild(QMenu)
    assert [a.text() for a in menu.actions()] == [s.words.id for s in SORTS]
    menu.actions()[1].trigger()
    assert listed(desk)[0] == "Batik Rengganis Ayu"
    assert page(desk).controls.sort.text() == "Urutkan: nama usaha"


def test_down_goes_into_the_list_and_the_panel_follows(desk: Desk) -> None:
    desk.type("rengganis")
    desk.press(Qt.Key.Key_Down)
    assert page(desk).table.hasFocus()
    said = panel_texts(desk)
    assert "Siti Aminah · Pemilik" in said
    assert "3513 •••• •••• ••17" in said
    assert "0812-0000-0142" in said
    assert "RT 03 / RW 02, Kel. Patokan, Kec. Kraksaan" in said
    assert "20 Nov 2026" in said
    assert "Menjajaki KUR mikro." in said
    assert "Sebelumnya: 2 Okt 2026, 1 Sep 2026" in said
    chips = [c.text() for c in page(desk).panel.findChildren(StatusChip)]
    assert chips == ["Mikro", "Ada NIB", "Terlambat", "Terlambat 4 hari"]


def test_the_panel_closes_when_its_business_leaves_this_laptop(desk: Desk, ids: dict[str, str]) -> None:
    page(desk).open(business_id=ids["business_id"])
    assert page(desk).panel.isVisible()
    desk.ctx.background.write(desk, lambda store: store.delete("business", ids["business_id"]))
    assert not page(desk).panel.isVisible()


def test_what_is_to_be_mended_stands_on_the_panel(desk: Desk) -> None:
    desk.type("yuliana")
    desk.enter()
    chips = [c.text() for c in page(desk).panel.findChildren(StatusChip)]
    assert chips == ["Belum punya NIB", "Belum diberi tahu", "NIK perlu dicek"]
    assert "Belum ada sesi dengan pelaku usaha ini." in panel_texts(desk)


def test_an_owner_without_a_business_has_a_panel_too(desk: Desk) -> None:
    desk.type("hartatik")
    desk.enter()
    assert "Pemilik, belum ada usaha" in panel_texts(desk)
    desk.press(Qt.Key.Key_F4)
    ((screen, args),) = desk.went
    assert (screen, args["business_id"]) == ("session", "")


def test_showing_the_nik_is_logged_and_masked_again_for_the_next(desk: Desk, store: Store, ids: dict[str, str]) -> None:
    desk.type("rengganis")
    desk.enter()
    panel = page(desk).panel
    assert access.viewings(store, "owner", ids["owner_id"]) == []
    panel.nik_button.click()
    assert panel.nik.text() == "3513 1447 0582 9917"
    assert [v.viewer for v in access.viewings(store, "owner", ids["owner_id"])] == ["Sri Wahyuni"]
    assert desk.said[-1].id == "Setiap kali NIK dilihat, nama Anda ikut dicatat."
    panel.nik_button.click()
    assert panel.nik.text() == "3513 •••• •••• ••17"
    assert len(access.viewings(store, "owner", ids["owner_id"])) == 1
    panel.nik_button.click()
    page(desk).refresh(None)
    assert page(desk).panel.nik.text() == "3513 •••• •••• ••17"


def test_the_phone_number_is_copied(desk: Desk) -> None:
    desk.type("rengganis")
    desk.enter()
    (copy,) = [b for b in page(desk).panel.findChildren(QPushButton) if b.text() == "Salin"]
    copy.click()
    assert QGuiApplication.clipboard().text() == "0812-0000-0142"


@pytest.mark.parametrize(
    ("key", "modifier", "screen"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "register"),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "session"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "preview"),
    ],
)
def test_keys_act_on_the_selected_business(
    desk: Desk, ids: dict[str, str], key: Qt.Key, modifier: Qt.KeyboardModifier, screen: str
) -> None:
    desk.type("rengganis")
    desk.enter()
    desk.press(key, modifier)
    assert desk.went == [(screen, ids)]


def test_keys_do_nothing_while_nothing_is_selected(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.went == []


def test_escape_closes_the_panel_then_goes_back(desk: Desk) -> None:
    desk.type("rengganis")
    desk.enter()
    desk.press(Qt.Key.Key_Escape)
    assert not page(desk).panel.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert desk.went == [("back", {})]


def test_ctrl_f_goes_to_the_search_field(desk: Desk) -> None:
    desk.type("b")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page(desk).search.hasFocus()
    assert page(desk).search.selectedText() == "b"


def test_nothing_found_asks_what_was_meant_and_offers_to_register(desk: Desk) -> None:
    desk.type("btaik")
    nothing = page(desk).nothing
    assert nothing.isVisible()
    assert nothing.said.text() == "Tidak ada yang cocok dengan “btaik”"
    nothing.act.click()
    assert desk.went == [("register", {"business_name": "btaik"})]
    nothing.suggestion.click()
    assert listed(desk) == ["Batik Rengganis Ayu"]
    assert not nothing.isVisible()


def test_nothing_behind_a_chip_offers_to_clear_it(desk: Desk, store: Store) -> None:
    page(desk).open(filters=("follow_up",), text="tutik")
    nothing = page(desk).nothing
    assert nothing.isVisible()
    assert nothing.clear.isVisible()
    nothing.clear.click()
    assert listed(desk) == ["Sambal Pecel Bu Tutik"]


def test_an_empty_office_is_told_how_to_begin(ctx: Context, shown: Show) -> None:
    desk = Desk(ctx, OwnersPage)
    shown(desk)
    page(desk).open()
    QApplication.processEvents()
    for button in [b for b in desk.findChildren(QPushButton) if b.isVisible()]:
        button.click()
    assert [key for key, _ in desk.went] == ["register", "import"]
    assert len(page(desk).buttons()) == 1


def test_a_record_is_shown_even_if_the_filters_would_hide_it(desk: Desk, ids: dict[str, str], store: Store) -> None:
    page(desk).chips["no_nib"].click()
    page(desk).open(**ids)
    assert page(desk).controls.query == ListQuery()
    row = page(desk).table.current()
    assert row
    assert row["business"] == "Batik Rengganis Ayu"
    assert page(desk).panel.isVisible()
    assert store.setting("recently_opened")[0] == ["business", ids["business_id"]]


def test_coming_back_keeps_the_query_and_the_selection(desk: Desk) -> None:
    desk.type("i")
    page(desk).table.select(1)
    before = page(desk).table.current()
    page(desk).leave()
    page(desk).open()
    assert page(desk).table.current() == before
    assert page(desk).search.text() == "i"


def test_a_deleted_record_leaves_the_list_and_the_panel(desk: Desk, ctx: Context, ids: dict[str, str]) -> None:
    desk.type("rengganis")
    desk.enter()
    ctx.background.write(desk, lambda store: store.delete("business", ids["business_id"]))
    ctx.background.write(desk, lambda store: store.delete("owner", ids["owner_id"]))
    assert listed(desk) == []
    assert not page(desk).panel.isVisible()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"address": "Jl. Mawar 3", "rt": 3, "rw": 2, "village": "3513141017"},
         "Jl. Mawar 3, RT 03 / RW 02, Kel. Patokan, Kec. Kraksaan"),
        ({"rw": 2, "village": None}, "RW 02"),
        ({}, ""),
    ],
)  # fmt: skip
def test_an_address_in_one_line(place: dict[str, Any], said: str) -> None:
    assert address(place) == said


def test_in_english(ctx: Context, ids: dict[str, str], shown: Show) -> None:
    ctx.lang = "en"
    desk = Desk(ctx, OwnersPage)
    shown(desk)
    page(desk).open(**ids)
    assert count(desk) == "3 businesses"
    assert "Siti Aminah · Owner" in panel_texts(desk)
    QTest.mouseClick(page(desk).chips["no_nib"], Qt.MouseButton.LeftButton)
    assert page(desk).chips["no_nib"].text() == "No NIB yet"
