"""Bad input, as a person meets it: one sentence in their language, no traceback, nothing lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from models import accounts, database, outbox
from models.errors import AppError, DiskFull, FolderReadOnly
from models.i18n import Lang
from models.store import Store
from tests.fakes import VILLAGE, FrozenClock, SaidDialogs
from tests.ui.desk import Desk
from ui.context import Context
from ui.first_run import FirstRun
from ui.page import Page
from ui.register_page import RegisterPage
from ui.session_page import SessionPage
from ui.sync_page import SyncPage
from ui.unlock import UnlockScreen

Show = Callable[..., Any]
PASSPHRASE = "kuda teh sumur pelangi"
RUBBISH = "Siti\x00 Ami\ud83dnah"  # a NUL, and half of a pair


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAMPINGI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def unlock(home: Path, clock: FrozenClock, shown: Show) -> UnlockScreen:
    """The unlock screen of one person."""
    accounts.create("Sri Wahyuni", "Kel. Patokan", PASSPHRASE, VILLAGE, clock=clock)
    return shown(UnlockScreen(accounts.list_accounts(), clock, "id", SaidDialogs()))


@pytest.fixture
def last_step(home: Path, clock: FrozenClock, shown: Show) -> FirstRun:
    """The first run, everything answered but the passphrase."""
    run = shown(FirstRun(clock, "id", SaidDialogs(), version="0.1.0"))
    run.next()
    run.skip()
    run.step.name.setText("Sri Wahyuni")
    run.step.village.set_value(VILLAGE)
    run.next()
    return run


def said(qtbot: Any, screen: UnlockScreen, passphrase: str) -> str:
    """What stands beside the passphrase after it was tried."""
    form = screen.passphrase_form
    form.start()
    qtbot.keyClicks(form.edit, passphrase)
    qtbot.keyClick(form.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.field.problem))
    return form.field.problem


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("owner.nik", "351314470582991", "Kurang 1 angka. NIK berisi 16 angka."),
        ("owner.nik", "3513144713829917", "Tanggal lahir di NIK (angka 7–12) tidak mungkin."),
        ("owner.nik", "35131447O5829917", "NIK hanya berisi angka."),
        ("owner.phone", "0712", "Nomor HP mulai dengan 08 dan 10–13 angka."),
        ("owner.birth_date", "1/1/2030", ""),
        ("owner.birth_date", "32/12/1980", ""),
        ("owner.rt", "tiga", "RT/RW berisi angka saja."),
        ("owner.village", "ngawurdesa", "Pilih kelurahan dari daftar."),
        ("business.sales_month", "banyak", "Tulis angka saja, mis. 1500000."),
        ("business.nib", "12345678901", "Kurang 2 angka. NIB berisi 13 angka."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays_as_typed(
    ctx: Context, shown: Show, store: Store, key: str, typed: str, sentence: str
) -> None:
    desk = shown(Desk(ctx, RegisterPage))
    desk.page.open()
    desk.page.form.form.lead_to("owner.name")
    desk.type("Mistijah")
    desk.page.form.form.lead_to(key)
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type(typed)
    QTest.keyClick(QApplication.activePopupWidget() or desk.focus(), Qt.Key.Key_Tab)  # an open list gets the keys
    assert desk.page.form.form.fields[key].problem.startswith(sentence)
    assert desk.page.form.form.fields[key].problem
    desk.page.save_draft()
    (draft,) = store.drafts()
    kept = draft.data["entry"][key]
    assert [c for c in kept if c.isalnum()] == [c for c in typed if c.isalnum()]
    desk.page.leave()


def test_each_wrong_passphrase_makes_the_wait_longer_and_says_how_long(
    qtbot: Any, unlock: UnlockScreen, clock: FrozenClock
) -> None:
    waits = []
    for _ in range(12):
        sentence = said(qtbot, unlock, "bukan kata sandinya")
        if sentence != "Kata sandi salah.":
            waits.append(int("".join(c for c in sentence if c.isdigit())))
            assert sentence == f"Tunggu {waits[-1]} detik, lalu coba lagi."
            clock.forward(seconds=waits[-1])
    assert len(waits) >= 3
    assert waits == sorted(set(waits))
    clock.forward(hours=1)
    with qtbot.waitSignal(unlock.opened) as caught:
        unlock._try_passphrase(PASSPHRASE)
    caught.args[0].store.close()


def test_a_newer_database_is_refused_in_words_and_stays_as_it_is(
    qtbot: Any, unlock: UnlockScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, lambda conn: None))
        accounts.unlock(unlock.account, PASSPHRASE).close()
    before = unlock.account.data.read_bytes()
    assert "versi" in said(qtbot, unlock, PASSPHRASE).lower()
    assert unlock.account.data.read_bytes() == before


@pytest.mark.parametrize("trouble", [FolderReadOnly, DiskFull])
def test_a_first_run_that_cannot_write_says_why_and_can_be_tried_again(
    qtbot: Any, last_step: FirstRun, home: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[AppError]
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise trouble

    last_step.step.take_suggestion()  # type: ignore[attr-defined]
    with monkeypatch.context() as broken:
        broken.setattr(accounts, "create", refuse)
        last_step.next()
        qtbot.waitUntil(lambda: bool(last_step.dialogs.errors))  # type: ignore[attr-defined]
    assert [type(e) for e in last_step.dialogs.errors] == [trouble]  # type: ignore[attr-defined]
    last_step.next()
    qtbot.waitUntil(lambda: last_step.answers.made is not None)
    assert last_step.answers.made is not None
    last_step.answers.made.store.close()


@pytest.mark.parametrize("make", [RegisterPage, SessionPage, SyncPage])
def test_no_edit_keeps_a_nul_or_half_a_pair(ctx: Context, shown: Show, make: type[Page]) -> None:
    page = shown(make(ctx))
    kept = texts_pasted(page)
    page.leave()
    assert any(kept.values())
    assert not {name: text for name, text in kept.items() if not can_be_stored(text)}


def test_no_edit_before_the_shell_keeps_a_nul_or_half_a_pair(last_step: FirstRun, unlock: UnlockScreen) -> None:
    for screen in (last_step, unlock):
        kept = texts_pasted(screen)
        assert any(kept.values())
        assert not {name: text for name, text in kept.items() if not can_be_stored(text)}


def texts_pasted(screen: QWidget) -> dict[str, str]:
    """What each edit of a screen holds, by its name, once rubbish was pasted into it."""
    QGuiApplication.clipboard().setText(RUBBISH)
    kept = {}
    for n, edit in enumerate([*screen.findChildren(QLineEdit), *screen.findChildren(QPlainTextEdit)]):
        edit.clear()
        edit.paste()  # what the menu of the mouse does; the keys do the same
        QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        kept[f"{n} {edit.accessibleName()}"] = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
    return kept


def can_be_stored(text: str) -> bool:
    """No NUL, and no half of a surrogate pair, which UTF-8 cannot write."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def test_rubbish_in_a_form_never_blocks_what_is_to_be_sent(ctx: Context, shown: Show, store: Store) -> None:
    desk = shown(Desk(ctx, RegisterPage))
    desk.page.open()
    for key, text in {"owner.name": RUBBISH, "owner.phone": "081200000791", "business.name": RUBBISH}.items():
        desk.page.form.form.editors[key].write(text)
    desk.submit()
    desk.type("1")
    desk.submit()
    (owner,) = store.find("owner")
    assert owner["name"] == "Siti Aminah"
    assert outbox.waiting(store) >= 2


@pytest.mark.parametrize("lang", ["id", "en"])
def test_each_sentence_is_there_in_both_languages(lang: Lang) -> None:
    def below(kind: type[AppError]) -> list[type[AppError]]:
        return [kind, *(k for sub in kind.__subclasses__() for k in below(sub))]

    assert all(kind.words.to(lang).endswith((".", "?")) for kind in below(AppError))
