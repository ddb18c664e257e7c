"""Dialogs: the safe answer has the focus and Esc, buttons name the act, nothing is left behind."""

import gc
import weakref

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from models.errors import DiskFull
from models.i18n import Words
from ui.dialogs import Dialogs, Question
from ui.widgets import HintButton, Scrim
from ui.words import common

DELETE = Question(
    Words('Hapus draf "Siti Aminah"?', 'Delete the draft "Siti Aminah"?'),
    Words("Isian yang belum disimpan akan hilang dari laptop ini.", "What is not saved will be lost."),
    Words("Hapus draf", "Delete draft"),
)


@pytest.fixture
def window(shown):
    return shown(QWidget(), 800, 500)


@pytest.fixture
def dialogs(window):
    return Dialogs(lambda: window, lambda: "id")


def when_open(act):
    """Does something with the dialog as soon as it is open; keeps what it answers."""
    said = []

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(0, look)
            return
        said.append(act(dialog))

    QTimer.singleShot(0, look)
    return said


def buttons(dialog):
    return {b.text(): b for b in dialog.findChildren(HintButton)}


@pytest.mark.parametrize(("press", "answer"), [("Hapus draf", True), ("Batal", False)])
def test_the_button_names_the_act(dialogs, press, answer):
    when_open(lambda d: buttons(d)[press].click())
    assert dialogs.confirm(DELETE) is answer


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_enter_are_the_safe_answer(dialogs, qtbot, key):
    def act(dialog):
        safe = buttons(dialog)["Batal"]
        focused = dialog.focusWidget() is safe
        qtbot.keyClick(dialog, key)
        return focused

    said = when_open(act)
    assert dialogs.confirm(DELETE) is False
    assert said == [True]


def test_a_harmless_act_is_the_primary_one(dialogs, qtbot):
    question = Question(Words("Buka?", "Open?"), Words("Data aman.", "Safe."), Words("Buka", "Open"), danger=False)
    when_open(lambda d: qtbot.keyClick(d, Qt.Key.Key_Return))
    assert dialogs.confirm(question) is True


def test_an_error_is_one_sentence_with_what_to_do(dialogs, window):
    def act(dialog):
        texts = [child.text() for child in dialog.findChildren(QWidget) if hasattr(child, "text")]
        shaded = bool(window.findChildren(Scrim))
        buttons(dialog)[common.CLOSE.id].click()
        return DiskFull.words.id in texts, shaded

    said = when_open(act)
    dialogs.show_error(DiskFull())
    assert said == [(True, True)]


def test_a_closed_dialog_is_freed_and_the_window_is_bright_again(dialogs, window, qtbot):
    kept = []
    when_open(lambda d: (kept.append(weakref.ref(d)), d.reject()))
    dialogs.confirm(DELETE)
    qtbot.waitUntil(lambda: kept[0]() is None or not shiboken6.isValid(kept[0]()))
    gc.collect()
    qtbot.waitUntil(lambda: not window.findChildren(Scrim))
    assert not window.findChildren(QDialog)


def test_files_are_paths_or_nothing(dialogs, monkeypatch, tmp_path):
    named = ("a.xlsx", None, "b.pdf", "B.PDF", "tanpa.nama", None)
    answers = iter([(str(tmp_path / name) if name else "", "") for name in named])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    title = Words("Pilih berkas", "Choose a file")
    assert dialogs.choose_file(title, "Excel (*.xlsx)") == tmp_path / "a.xlsx"
    assert dialogs.choose_file(title, "Excel (*.xlsx)") is None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    for path in ("b.pdf", "B.PDF", "tanpa.nama.pdf"):  # an ending that was not typed is added
        assert dialogs.save_file(title, "b.pdf", "PDF (*.pdf)") == tmp_path / path
    assert dialogs.save_file(title, "b.pdf", "PDF (*.pdf)") is None
