"""A paper that comes back: scanned into Ctrl+K it opens its record and says whether it is older than the data."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.store import Store
from tests.factories import consultation, register
from tests.reports import pdf as read_back
from ui.context import Context
from ui.owners_page import OwnersPage
from ui.palette import Palette, open_palette
from ui.preview_page import PreviewPage
from ui.shell import Shell


@pytest.fixture
def siti(store: Store) -> dict[str, str]:
    register(store, 2, owner={"name": "Nurul Hidayati"}, name="Batik Cap Anggur Muda")
    return register(store, 1, owner={"name": "Siti Aminah"}, name="Batik Rengganis Ayu")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stood at the foot of the window."""
    heard: list[str] = []
    monkeypatch.setattr(Shell, "toast", lambda _self, words, *_: heard.append(words.id))
    return heard


@pytest.fixture
def shell(ctx: Context, siti: dict[str, str], said: list[str], shown) -> Shell:
    return shown(Shell(ctx, lambda **_: None, lambda: None))


@pytest.fixture
def number(ctx: Context, shell: Shell, siti: dict[str, str], said: list[str], tmp_path: Path) -> str:
    """Of a summary that was saved, read from the paper itself."""
    ctx.go("preview", **siti)
    page = shell.findChild(PreviewPage)
    ctx.dialogs.file = tmp_path / "ringkasan.pdf"  # type: ignore[attr-defined]
    page.options.save_asked.emit()
    ctx.go("home")
    said.clear()
    return read_back.text((tmp_path / "ringkasan.pdf").read_bytes()).partition("Nomor: ")[2].partition(" ")[0]


def scan(shell: Shell, code: str) -> Palette:
    """As a scanner does: letters and an Enter."""
    palette = open_palette(shell, shell.ctx)
    QTest.keyClicks(palette.field, code)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    return palette


def texts(palette: Palette) -> list[tuple[str, str]]:
    return [(item.text, item.sub) for item in palette.list.items]


def test_a_scanned_paper_opens_its_record(shell: Shell, number: str, siti: dict[str, str], said: list[str]) -> None:
    palette = scan(shell, f"DAMPINGI:{number}")
    assert not palette.isVisible()
    assert isinstance(shell.page, OwnersPage)
    assert shell.page.subject() == siti
    assert said == ["Kertas ini masih sama dengan data. Dicetak 24 Nov 2026 09.42."]


def test_an_older_paper_says_so_and_a_new_one_is_offered(
    shell: Shell, store: Store, number: str, siti: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save("consultation", consultation(**siti))
    offered = []
    monkeypatch.setattr(Shell, "toast", lambda _self, *words: offered.append(words))
    scan(shell, f"DAMPINGI:{number}")
    ((words, action, act),) = offered
    assert words.id == "Kertas ini lebih lama dari data: dicetak 24 Nov 2026 09.42, datanya berubah sesudah itu."
    assert action.id == "Cetak yang baru"
    act()
    assert isinstance(shell.page, PreviewPage)
    assert shell.page.title() == "Pratinjau cetak — Siti Aminah"


def test_typed_by_hand_the_line_tells_before_it_is_opened(
    shell: Shell, store: Store, number: str, siti: dict[str, str]
) -> None:
    palette = open_palette(shell, shell.ctx)
    for typed in (number.lower(), number[-6:]):
        palette.field.setText(typed)
        assert texts(palette)[:2] == [
            ("Kertas", ""),
            (f"Ringkasan Pendampingan {number}", "Batik Rengganis Ayu · dicetak 24 Nov 2026 09.42 · masih sama dengan data"),
        ]  # fmt: skip
    store.save("owner", {"id": siti["owner_id"], "phone": "+6281200000999"})
    palette.field.setText(number)
    assert texts(palette)[1][1].endswith("kertas ini lebih lama dari data")
    assert len(texts(palette)) == 2


def test_a_paper_of_another_laptop_is_named_and_registers_nobody(shell: Shell, said: list[str]) -> None:
    palette = scan(shell, "DAMPINGI:RP/2026/11/999123")
    assert palette.isVisible()
    assert texts(palette)[1:] == [(
        "Kertas RP/2026/11/999123 tidak dicetak di laptop ini",
        "Cari namanya, atau tanyakan kantor di kepala kertas.",
    )]  # fmt: skip
    assert said == []


def test_who_is_gone_cannot_be_opened(shell: Shell, store: Store, number: str, siti: dict[str, str]) -> None:
    store.delete("business", siti["business_id"])
    store.delete("owner", siti["owner_id"])
    palette = scan(shell, number)
    assert palette.isVisible()
    assert texts(palette)[1][1] == "dicetak 24 Nov 2026 09.42 · datanya sudah tidak ada di laptop ini"


def test_a_scanner_faster_than_the_store_opens_the_right_record(
    shell: Shell, ctx: Context, number: str, siti: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = []
    real = ctx.background.read
    palette = open_palette(shell, ctx)
    with monkeypatch.context() as slow:
        slow.setattr(ctx.background, "read", lambda *asked: waiting.append(asked) or real(palette, lambda _: None, id))
        QTest.keyClicks(palette.field, f"DAMPINGI:{number}")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    real(*waiting[-1])
    assert not palette.isVisible()
    assert shell.page.subject() == siti
