"""Every screen of the table: both languages, every look and size, readable, reachable, inside its frame."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from models.store import Store
from tests.fakes import FrozenClock
from tests.offices import sample_office
from ui import theme
from ui.screens import SCREENS
from ui.shell import Shell
from ui.widgets import ElidedLabel, FocusRing, Toast

OPENS = {"preview": "needs a paper"}  # screens that are only opened with arguments
KEYS = [key for key in SCREENS if key not in OPENS]
LOOKS = [
    (theme.Theme(), 1366, 688),
    (theme.Theme("dark"), 1100, 640),
    (theme.Theme("light", 1.28), 1366, 688),
]


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[Store]:
    opened = sample_office(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture(params=["id", "en"])
def lang(request):
    return request.param


@pytest.fixture(params=LOOKS, ids=["light", "dark-narrow", "large-text"])
def shell(request, ctx, lang, store, wear, shown):
    look, width, height = request.param
    wear(look)
    ctx.lang, ctx.theme = lang, look
    return shown(Shell(ctx, lambda **_: None, lambda: None), width, height)


def shown_children(page, kind):
    return [w for w in page.findChildren(kind) if w.isVisible()]


def in_scroll_area(widget, page):
    while widget is not None and widget is not page:
        if isinstance(widget, QAbstractScrollArea):
            return True
        widget = widget.parentWidget()
    return False


def letters(page):
    labels = [w for w in shown_children(page, QLabel) if w.buddy()]
    texts = [w.text() for w in [*labels, *shown_children(page, QAbstractButton)]]
    return [m[1].casefold() for t in texts if (m := re.search(r"(?<!&)&([^&\s])", t))]


def cut_off(page):
    """Words that do not fit their label and do not say so with an ellipsis and a tooltip."""
    for label in shown_children(page, QLabel):
        if isinstance(label, ElidedLabel) or not label.text() or label.wordWrap():
            continue
        text = label.text().replace("&", "")
        if label.textFormat().name != "RichText" and label.fontMetrics().horizontalAdvance(text) > label.width() + 1:
            yield f"{text!r} {label.width()}"


def outside(page):
    for child in shown_children(page, QWidget):
        parent = child.parentWidget()
        if isinstance(child, FocusRing | Toast) or in_scroll_area(child, page) or child.isWindow():
            continue
        corner = child.mapTo(page, QPoint(0, 0))
        inside = corner.x() >= -4 and corner.y() >= -4
        if (
            not inside
            or corner.x() + child.width() > page.width() + 4
            or corner.y() + child.height() > page.height() + 4
        ):
            yield f"{type(child).__name__} in {type(parent).__name__} at {corner.toTuple()} {child.size().toTuple()}"


def faults(shell):
    """What keeps somebody from using the page that is shown, in words."""
    page = shell.page
    for kind in (QLineEdit, QPlainTextEdit, QComboBox):
        yield from (f"{type(w).__name__} without a name for a screen reader"
                    for w in shown_children(page, kind) if not w.accessibleName())  # fmt: skip
    for button in shown_children(page, QAbstractButton):
        speaks = button.text() or button.accessibleName() or isinstance(button.parentWidget(), QLineEdit)
        if not speaks and not in_scroll_area(button, page):
            yield f"{button.objectName() or type(button).__name__} without words"
    if len(letters(page)) != len(set(letters(page))):
        yield f"a letter for two: {sorted(letters(page))}"
    small = {w.font().pixelSize() for w in shown_children(page, QLabel) if w.text()} & set(range(1, 12))
    if small:
        yield f"letters of {small} pixels"
    yield from (f"cut off: {words}" for words in cut_off(page))
    yield from (f"outside: {widget}" for widget in outside(page))


def test_a_screen_can_be_used_by_everybody(shell, qtbot):
    found = {}
    for key in KEYS:
        shell.go(key)
        for _ in range(3):  # layouts settle one level at a time
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        found[key] = list(faults(shell))
        title = shell._title
        if title.fontMetrics().horizontalAdvance(title.text()) > title.width() and shell.width() >= 1366:
            found[key].append(f"the title {title.text()!r} has {title.width()} pixels")
        if shell.width() > 1366:
            found[key].append(f"widens the window to {shell.width()}")
    assert not any(found.values()), {key: said for key, said in found.items() if said}
