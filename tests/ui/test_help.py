"""Bantuan and the list of keys: every answer is whole, found by words, and leads where it says."""

import tomllib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.desk import Desk
from ui import icons
from ui.help_answers import FILE, MOST_STEPS, everything
from ui.help_page import HelpPage
from ui.keys_box import KeysBox
from ui.screens import SCREENS
from ui.shell import Shell
from ui.shortcuts import SHORTCUTS
from ui.words import help as w


@pytest.fixture
def desk(ctx, shown):
    made = Desk(ctx, HelpPage)
    shown(made)
    made.page.open(about="sync")
    return made


def texts(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_every_answer_is_whole():
    known = everything()
    topics = {topic.key for topic in known.topics}
    for answer in known.answers:
        assert answer.topic in topics
        assert {*answer.screens, answer.go} <= set(SCREENS)
        assert 1 <= len(answer.steps) <= MOST_STEPS
        for words in (answer.question, answer.lead, *answer.steps):
            assert words.id.strip()
            assert words.en.strip()
    assert all(known.of_topic(topic.key) for topic in known.topics)
    assert all(not icons.pixmap(topic.icon, "ink2", 18).isNull() for topic in known.topics)
    assert len(tomllib.loads(FILE.read_text(encoding="utf-8"))["answer"]) == len(known.answers)


def test_help_begins_with_what_is_asked_on_the_screen_in_front(desk):
    page = desk.page
    assert page.topics["sync"].isChecked()
    assert w.ABOUT_SCREEN.fill(screen="SINKRONISASI").id in texts(page)
    assert page.search.hasFocus()


def test_words_find_answers_and_the_arrows_move_between_them(desk):
    desk.type("flash")
    page = desk.page
    assert len(page.questions) == len(everything().search("flash")) > 1
    desk.press(Qt.Key.Key_Down)
    assert page.questions[0].hasFocus()
    desk.press(Qt.Key.Key_Down)
    assert page.questions[1].hasFocus()
    assert page.questions[1].isChecked()


def test_what_nobody_wrote_is_said(desk):
    desk.type("zzz")
    assert w.NOTHING.fill(text="zzz").id in texts(desk.page)
    desk.page.search.clear()
    assert desk.page.questions


def test_the_button_does_it(desk):
    desk.page.topics["report"].click()
    act = next(b for b in desk.page._shown.findChildren(QWidget) if getattr(b, "text", lambda: "")() == "Buka Laporan")
    act.click()
    assert desk.went == [("reports", {})]


def test_the_card_of_keys_is_printed_from_the_one_table(desk):
    desk.page.buttons()[0].click()
    [(key, args)] = desk.went
    assert (key, args["paper"], len(args["given"])) == ("preview", "kartu-pintasan", len(SHORTCUTS))


def test_the_list_of_keys_does_what_a_line_says(ctx, shown):
    done = []
    box = KeysBox(shown(QWidget()), ctx, ("print",), done.append)
    lines = [item.text for item in box.list.items]
    assert lines[:2] == [w.KEYS.id, "Cetak"], "what this screen can do stands first"
    assert {s.act.id for s in SHORTCUTS.values()} <= set(lines)
    QTest.keyClicks(box.field, "semua cet")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert done == ["papers"]
    assert not box.isVisible()


def test_f1_tells_help_which_screen_was_in_front(ctx, shown):
    shell = Shell(ctx, lambda **_: None, lambda: None)
    shown(shell)
    shell.go("sync")
    QTest.keyClick(shell, Qt.Key.Key_F1)
    assert shell.place == ("help", {"about": "sync"})
    shell.back()
    assert shell.key == "sync"
