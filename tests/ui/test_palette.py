"""The palette: found by keys alone, closed by keys alone, and what each line does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.factories import register
from tests.fakes import owner
from tests.ui.desk import Host
from ui.context import Context
from ui.palette import Palette, open_palette
from ui.widgets import TextEdit
from ui.words import palette as words

Show = Callable[..., QWidget]


@pytest.fixture
def palette(ctx: Context, host: Host, shown: Show) -> Palette:
    """The palette over a window with three businesses."""
    store = ctx.background.store  # pyright: ignore[reportAttributeAccessIssue]
    register(store, 1, owner={"name": "Siti Aminah", "phone": "+6281200000142"}, name="Batik Rengganis Ayu", rw=2)
    register(store, 2, owner={"name": "Nurul Hidayati"}, name="Batik Cap Anggur Muda", rw=4)
    store.save("owner", owner(3, name="Hartatik"))
    return open_palette(shown(QWidget()), ctx)


def texts(palette: Palette) -> list[str]:
    """The lines of the palette."""
    return [item.text for item in palette.list.items]


def say(ctx: Context, said: object, **values: object) -> str:
    return ctx.words(said, **values)  # pyright: ignore[reportArgumentType]


def test_typing_finds_businesses_and_offers_acts(palette: Palette, ctx: Context) -> None:
    QTest.keyClicks(palette.field, "batik")
    assert texts(palette) == [
        "Ditemukan", "Batik Cap Anggur Muda", "Batik Rengganis Ayu", "Tindakan",
        "Daftarkan “batik” sebagai usaha baru", "Sesi baru untuk Batik Cap Anggur Muda",
        "Cetak ringkasan Batik Cap Anggur Muda",
    ]  # fmt: skip
    assert palette.list.items[2].sub == "Siti Aminah · RW 02 · 0812-0000-0142"


def test_enter_opens_the_chosen_one(palette: Palette, host: Host) -> None:
    QTest.keyClicks(palette.field, "batik")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    chosen = palette.list.current()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen
    assert chosen.text == "Batik Rengganis Ayu"
    assert host.gone == [("owners", chosen.ids)]
    assert not palette.isVisible()


def test_the_arrows_go_round_past_the_headings(palette: Palette) -> None:
    QTest.keyClicks(palette.field, "rengganis")
    met = []
    for _ in range(4):
        met.append(palette.list.current())
        QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert all(item and item.run for item in met)
    assert palette.list.current() is met[0]


@pytest.mark.parametrize(
    ("key", "modifier", "screen"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "session"),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "session"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "preview"),
    ],
)
def test_keys_act_on_the_business(
    palette: Palette, host: Host, key: Qt.Key, modifier: Qt.KeyboardModifier, screen: str
) -> None:
    QTest.keyClicks(palette.field, "rengganis")
    ids = palette.list.items[1].ids
    QTest.keyClick(palette.field, key, modifier)
    assert host.gone == [(screen, ids)]


def test_a_session_with_an_owner_who_has_no_business(palette: Palette, host: Host) -> None:
    QTest.keyClicks(palette.field, "hartatik")
    QTest.keyClick(palette.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ((screen, args),) = host.gone
    assert (screen, args["business_id"]) == ("session", "")


def test_f2_registers_what_was_typed(palette: Palette, host: Host) -> None:
    QTest.keyClicks(palette.field, " Warung Baru ")
    QTest.keyClick(palette.field, Qt.Key.Key_F2)
    assert host.gone == [("register", {"business_name": "Warung Baru"})]


def test_a_misspelt_word_is_put_right_in_place(palette: Palette, ctx: Context) -> None:
    QTest.keyClicks(palette.field, "btaik")
    assert texts(palette)[:2] == [
        say(ctx, words.NOTHING, text="btaik"), say(ctx, words.MEANT, text="batik"),
    ]  # fmt: skip
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.field.text() == "batik"
    assert "Batik Rengganis Ayu" in texts(palette)


def test_without_text_it_shows_the_last_ones_and_the_screens(palette: Palette, host: Host) -> None:
    assert texts(palette)[0] == "Terakhir dibuka"
    assert {"Batik Rengganis Ayu", "Daftarkan usaha", "Pelaku Usaha"} <= set(texts(palette))
    QTest.keyClicks(palette.field, "pelaku")
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.gone == [("owners", {})]


def test_escape_and_ctrl_k_close_it_and_the_focus_returns(ctx: Context, host: Host, shown: Show) -> None:
    window = QWidget()
    before = TextEdit()
    before.setParent(window)
    shown(window)
    for key, modifier in (
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    ):
        before.setFocus()
        palette = open_palette(window, ctx)
        assert open_palette(window, ctx) is palette
        assert palette.field.hasFocus()
        QTest.keyClick(palette.field, key, modifier)
        assert not palette.isVisible()
        assert before.hasFocus()
    assert host.gone == []


def test_a_click_beside_it_closes_and_one_inside_does_not(palette: Palette) -> None:
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.box.geometry().center())
    assert palette.isVisible()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomRight())
    assert not palette.isVisible()


def test_it_stays_inside_a_small_window(palette: Palette) -> None:
    window = palette.parentWidget()
    assert window
    window.resize(960, 420)
    QTest.keyClicks(palette.field, "a")
    assert window.rect().contains(palette.box.geometry())
    assert palette.geometry() == window.rect()


def test_more_than_fit_lead_to_the_whole_list(palette: Palette, ctx: Context, host: Host) -> None:
    for n in range(10, 17):
        register(ctx.background.store, n, name=f"Warung {n}")  # pyright: ignore[reportAttributeAccessIssue]
    QTest.keyClicks(palette.field, "warung")
    (see_all,) = [item for item in palette.list.items if item.text == say(ctx, words.SEE_ALL)]
    assert see_all.run
    see_all.run()
    assert host.gone == [("owners", {"text": "warung"})]
